"""Copies of the register that make themselves while the interface is open: one that fails is told in a line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.desk import FixedSettings, opened
from tests.tui.test_main_path import find_the_expressway, mark_in_progress
from tracker.domain.backup import BackupPolicy
from tracker.tui.screens.register import RegisterRoom


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (BackupPolicy(folder=Path("/dev/null/kept")), "No backup was made: "),
        (BackupPolicy(largest=0), "No backup was made today: "),
        (BackupPolicy(), ""),
    ],
    ids=["fails", "too large", "made"],
)
async def test_a_copy_that_is_not_made_is_told_once_and_stops_nobody(
    settings: FixedSettings, policy: BackupPolicy, said: str
) -> None:
    async with opened(replace(settings, backup=policy)) as person:
        acts = person.app.tracker.status().acts
        await find_the_expressway(person)
        await mark_in_progress(person, "Two sections have been let.")
        await person.hears("is marked")
        # A line beside the room, not a question over it.
        await person.at(RegisterRoom)
        await mark_in_progress(person, "The third waits.")
        await person.until(lambda: person.app.tracker.status().acts == acts + 2, "both acts")
        await person.settles()
        told = [each.message for each in person.app._notifications if "backup" in each.message]
        assert len(told) == bool(said)
        assert all(each.startswith(said) for each in told)
