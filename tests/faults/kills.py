"""Writers that are killed at any instant: what was acknowledged is there, whole; what was not is there whole or not."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from random import Random

from tests.factories import TODAY, adding, furnish, marking, settings_for
from tests.faults.ledger import Outcome, acts_of, wrong_with
from tests.faults.processes import all_of, child, kill
from tracker.bootstrap import Tracker
from tracker.domain.history import Hand
from tracker_db.session import Database

REFS = tuple(f"C-2025-{number:03d}" for number in range(1, 7))
# An act of the writers is on so many commitments: with fewer entries it would be half an act.
WHOLE = 3
# The whole register is checked after so many kills, and at the end.
CHECKED = 250


def prepare(url: str) -> None:
    """A register with some commitments, on a database that is up to date."""
    with Tracker(settings_for(url), Database(url)) as tracker:
        furnish(tracker.database)
        for ref in REFS:
            tracker.commitments.add(adding(ref, deadline_value="2026"), Hand("Lan", "cli", TODAY))


def into_wal(file: Path) -> None:
    """Turn a file that nobody has open into one with a write-ahead log."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def writers_killed(url: str, kills: int, chance: Random) -> Outcome:
    """Kill so many writers, one after the other. Lost: acknowledged acts that are gone, acts by half, broken rows."""
    acknowledged: set[str] = set()
    bad: list[str] = []
    for number in range(kills):
        with child(lambda pipe, number=number: _write(url, number, pipe)) as (writer, pipe):  # type: ignore[misc]
            # It has opened the register and done something; then any instant will do.
            said = os.read(pipe, 64)
            time.sleep(chance.random() * 0.03)
            kill(writer)
            said += all_of(pipe)
        acknowledged.update(said.decode().split())
        if number % CHECKED == CHECKED - 1 or number == kills - 1:
            database = Database(url)
            there = acts_of(database)
            bad += [f"{act}: acknowledged and gone" for act in acknowledged if act not in there]
            bad += [f"{act}: {size} of {WHOLE}" for act, size in there.items() if "/" in act and size != WHOLE]
            bad += wrong_with(database)
            database.close()
    return Outcome(kills, len(set(bad)), (("acknowledged", len(acknowledged)),))


def _write(url: str, number: int, pipe: int) -> None:
    chance = Random(number)
    with Tracker(settings_for(url), Database(url)) as tracker:
        for place in range(10_000):
            act = f"{number}/{place}"
            refs = chance.sample(REFS, WHOLE)
            command = marking("in_progress", *refs, note=f"lần {act}")
            tracker.commitments.record_status(command, Hand("Lan", "tui", TODAY, act))
            os.write(pipe, f"{act}\n".encode())
