"""The interface of somebody who may only read the register: it says so at once, and opens no form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.factories import REF, adding, furnish, settings_for
from tests.roles import logins
from tests.tui.desk import FixedSettings, opened
from tracker.bootstrap import grant, open_tracker
from tracker.domain.outcomes import May
from tracker.tui.screens.register import RegisterRoom


@pytest.fixture
def reader(postgresql: Any, migrated_postgresql: str) -> Iterator[FixedSettings]:
    """Settings of a role that reads a register with one commitment."""
    url = postgresql.create(migrated_postgresql)
    with open_tracker(settings_for(url)) as tracker:
        furnish(tracker.database)
        tracker.commitments.add(adding(), tracker.hand("cli"))
    with logins(url, "read") as urls:
        grant(settings_for(url), str(make_url(urls["read"]).username), May.READ)
        yield FixedSettings(database=urls["read"], database_is_default=False, actor="Lan", language="en")
    postgresql.drop(url)


async def test_whoever_may_only_read_is_told_so_and_records_nothing(reader: FixedSettings) -> None:
    async with opened(reader, size=(120, 40)) as person:
        await person.sees("You may read this register, but not change it", REF)
        assert person.app.shows_today
        await person.app.screen.run_action("mark")
        await person.hears("nothing can be recorded here")
        await person.press("ctrl+z")
        await person.pilot.pause()
        assert isinstance(person.app.screen, RegisterRoom)
        await person.app.run_action("go('history')")
        await person.sees("You may read this register, but not change it", REF)
