"""The interface on the register as it was known earlier: it says so, and nothing can be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import marking
from tests.tui.desk import DAY, FixedSettings, opened
from tracker.bootstrap import open_tracker
from tracker.domain.commands import SaveView
from tracker.errors import DatabaseReadOnly
from tracker.tui.screens.register import RegisterRoom

REF = "VL-2025-013"
# Later than the real seeding of the file; it is known at the end of that day and not before.
TOLD = datetime(2099, 1, 10, 3, tzinfo=UTC)


@pytest.fixture
def told_late(settings: FixedSettings, monkeypatch: pytest.MonkeyPatch) -> FixedSettings:
    """A commitment was marked on a day of 2099, and the register is looked at as it was known the day before."""
    monkeypatch.setattr("tracker.bootstrap._now", lambda: TOLD)
    late = replace(settings, day=TOLD.date() + timedelta(days=1))
    with open_tracker(late) as tracker:
        tracker.commitments.record_status(marking("in_progress", REF, note="đã họp"), tracker.hand("cli"))
        assert tracker.commitments.show(REF, as_of=late.day).commitment.status == "in_progress"
    return replace(late, known=TOLD.date() - timedelta(days=1))


async def test_a_banner_says_what_is_known_and_nothing_is_recorded(told_late: FixedSettings) -> None:
    async with opened(told_late, size=(120, 40)) as person:
        await person.sees("as it was known on 9 Jan 2099")
        assert person.app.tracker.commitments.show(REF, as_of=told_late.day).commitment.status == "recorded"
        await person.app.screen.run_action("mark")
        await person.pilot.pause()
        assert isinstance(person.app.screen, RegisterRoom)
        await person.hears("Nothing can be recorded here")
        await person.press("ctrl+z")
        await person.pilot.pause()
        assert isinstance(person.app.screen, RegisterRoom)


def test_what_is_known_earlier_refuses_every_act(told_late: FixedSettings) -> None:
    with open_tracker(told_late) as tracker:
        hand = tracker.hand("tui")
        with pytest.raises(DatabaseReadOnly):
            tracker.commitments.record_status(marking("in_progress", REF, note="đã họp"), hand)
        with pytest.raises(DatabaseReadOnly):
            tracker.saved_views.save(SaveView(name="một", query="is:open"), hand)


async def test_today_has_no_such_banner(settings: FixedSettings) -> None:
    async with opened(replace(settings, known=None)) as person:
        assert person.app.banner == ""
        assert person.app.day == DAY
