"""Drafts as they were known on an earlier day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.factories import marking, settings_for
from tests.services.small_seeds import SEED, Write
from tests.services.test_drafts import decisions, kept
from tracker.bootstrap import Tracker, open_tracker

On = Callable[[int], Tracker]


@pytest.fixture
def on(database_url: str, write: Write, monkeypatch: pytest.MonkeyPatch) -> Iterator[On]:
    """Opens the register on a day of November: it was seeded on the 2nd."""
    opened: list[Tracker] = []

    def on_day(day: int) -> Tracker:
        monkeypatch.setattr("tracker.bootstrap._now", lambda: datetime(2026, 11, day, 3, tzinfo=UTC))
        opened.append(open_tracker(settings_for(database_url)))
        return opened[-1]

    on_day(2).seeding.load(write(), hand=SEED)
    yield on_day
    for tracker in opened:
        tracker.close()


def known(database_url: str, day: int) -> list[tuple[str, str | None]]:
    with open_tracker(replace(settings_for(database_url), known=date(2026, 11, day))) as register:
        return decisions(register)


def test_a_document_that_was_read_since_is_not_there_and_what_was_decided_since_waits(
    on: On, database_url: str
) -> None:
    hand = on(2).hand("cli")
    first, second = kept(on(10))
    on(12).drafts.reject((second.number,), "đã có", hand)
    (view,) = on(14).drafts.accept(first.number, hand).commitments
    on(16).commitments.undo(hand)
    for _time in range(4):
        on(18).commitments.record_status(marking("in_progress", "VL-2026-001", note="họp"), hand)
    accepted, rejected, waits = ("accepted", view.ref), ("rejected", None), ("open", None)
    assert known(database_url, 9) == []
    assert known(database_url, 10) == known(database_url, 11) == [waits, waits]
    assert known(database_url, 13) == [waits, rejected]
    assert known(database_url, 15) == [accepted, rejected]
    assert known(database_url, 16) == known(database_url, 18) == [waits, rejected]


def test_a_decision_that_was_no_act_is_unknown_before_its_day(on: On, database_url: str) -> None:
    _first, second = kept(on(10))
    on(12).drafts.reject((second.number,), "đã có", on(12).hand("cli"))
    assert [decision for decision, _ref in known(database_url, 11)] == ["open", "open"]
    assert [decision for decision, _ref in known(database_url, 12)] == ["open", "rejected"]
