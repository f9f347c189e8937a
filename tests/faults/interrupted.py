"""Killed at any instant of a long piece of work: afterwards it is all there, or nothing of it is; and it can be done."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from sqlalchemy import text

from tests.factories import TODAY, marking, settings_for
from tests.faults.ledger import Outcome, wrong_with
from tests.faults.processes import all_of, child, kill
from tests.storage.older import FIRST, make_older
from tracker.bootstrap import Tracker, back_up, import_archive, open_tracker, restore
from tracker.domain.history import Hand
from tracker.reports.files import write_whole
from tracker_db.session import Database
from tracker_db.upgrade import HEAD, upgrade


def _killed(work: Callable[[int], None], after: float) -> bool:
    """Run it and kill it so many seconds after it began; whether it had come to its end."""
    with child(work) as (number, pipe):
        os.read(pipe, 1)
        time.sleep(after)
        kill(number)
        return all_of(pipe) == b"."


def _times(work: Callable[[], None], kills: int, chance: Random) -> list[float]:
    """Instants all over the time that it takes as a process of its own, which is measured first, and a little later."""
    with child(_begun(work)) as (_number, pipe):
        os.read(pipe, 1)
        began = time.perf_counter()
        assert all_of(pipe) == b".", "it comes to its end when nobody kills it"
        took = time.perf_counter() - began
    return [chance.random() * took * 1.3 for _ in range(kills)]


def migrations_killed(folder: Path, kills: int, chance: Random) -> Outcome:
    """A register of the first schema is brought up to date. Lost: neither the old nor the new one is there."""
    old = folder / "old.sqlite"
    make_older(f"sqlite:///{old}")
    content = _content(old)
    file = folder / "register.sqlite"
    url = f"sqlite:///{file}"

    def migrate() -> None:
        shutil.copy(old, file)
        upgrade(url)

    lost, ends = 0, 0
    for after in _times(migrate, kills, chance):
        shutil.copy(old, file)
        ends += _killed(_begun(lambda: upgrade(url)), after)
        revision = _revision(file)
        lost += revision not in (FIRST, HEAD) or _content(file) != content
        upgrade(url)
        database = Database(url)
        lost += len(wrong_with(database))
        database.close()
        Path(f"{file}-journal").unlink(missing_ok=True)
    return Outcome(kills, lost, (("had come to their end", ends),))


def seeds_killed(folder: Path, kills: int, chance: Random) -> Outcome:
    """The curated commitments are loaded into an empty register. Lost: some of them are there, but not all."""
    empty = folder / "empty.sqlite"
    upgrade(f"sqlite:///{empty}")
    file = folder / "seeded.sqlite"
    url = f"sqlite:///{file}"

    def load() -> None:
        with Tracker(settings_for(url), Database(url)) as tracker:
            tracker.seeding.load(hand=Hand("Biên tập", "seed", TODAY))

    def load_anew() -> None:
        shutil.copy(empty, file)
        load()

    lost, ends = 0, 0
    instants = _times(load_anew, kills, chance)
    whole = _content(file)
    nothing = _content(empty)
    for after in instants:
        shutil.copy(empty, file)
        ends += _killed(_begun(load), after)
        lost += _content(file) not in (nothing, whole)
        load()
        database = Database(url)
        lost += _content(file) != whole or len(wrong_with(database))
        database.close()
    return Outcome(kills, lost, (("had come to their end", ends),))


def first_runs_killed(folder: Path, kills: int, chance: Random) -> Outcome:
    """The first run makes and seeds a register. Lost: a register that is not whole lies in its place."""
    place = folder / "first" / "tracker.sqlite"

    def first_run() -> None:
        open_tracker(settings_for(f"sqlite:///{place}", database_is_default=True)).close()

    def first_run_anew() -> None:
        shutil.rmtree(place.parent, ignore_errors=True)
        first_run()

    lost, ends = 0, 0
    instants = _times(first_run_anew, kills, chance)
    whole = _content(place)
    for after in instants:
        shutil.rmtree(place.parent, ignore_errors=True)
        ends += _killed(_begun(first_run), after)
        lost += place.exists() and _content(place) != whole
        first_run()
        lost += _content(place) != whole
    return Outcome(kills, lost, (("had come to their end", ends),))


def imports_killed(folder: Path, kills: int, chance: Random) -> Outcome:
    """An archive comes into a database that is not there yet. Lost: a part of it is, or it cannot be done again."""
    source, archive, file = (folder / name for name in ("source.sqlite", "all.zip", "register.sqlite"))
    with open_tracker(settings_for(f"sqlite:///{source}"), may_create=True) as tracker:
        tracker.seeding.load(hand=Hand("Biên tập", "seed", TODAY))
        archive.write_bytes(b"".join(tracker.transfer.archive()))
    whole = _content(source)

    def take() -> None:
        file.unlink(missing_ok=True)
        import_archive(settings_for(f"sqlite:///{file}"), archive)

    lost, ends = 0, 0
    for after in _times(take, kills, chance):
        ends += _killed(_begun(take), after)
        lost += file.exists() and _content(file) != whole
    take()
    return Outcome(kills, lost + (_content(file) != whole), (("had come to their end", ends),))


def restores_killed(folder: Path, kills: int, chance: Random) -> Outcome:
    """A backup is put back over a register that went on. Lost: neither the one nor the other is there, whole."""
    file, kept = folder / "register.sqlite", folder / "kept.sqlite"
    settings = settings_for(f"sqlite:///{file}")
    with open_tracker(settings, may_create=True) as tracker:
        tracker.seeding.load(hand=Hand("Biên tập", "seed", TODAY))
        back_up(settings, kept)
        with tracker.commitments.listing(as_of=TODAY) as rows:
            ref = next(iter(rows)).ref
        for place in range(20):
            command = marking("in_progress", ref, note=f"lần {place}")
            tracker.commitments.record_status(command, Hand("Lan", "cli", TODAY))
    later = folder / "later.sqlite"
    back_up(settings, later)
    states = [_content(each) for each in (kept, later)]

    def put_back(backup: Path) -> None:
        for old in folder.glob("*.before-restore-*"):
            old.unlink()
        restore(settings, backup)

    lost, ends = 0, 0
    for number, after in enumerate(_times(lambda: put_back(kept), kills, chance)):
        backup = (later, kept)[number % 2]
        ends += _killed(_begun(lambda backup=backup: put_back(backup)), after)  # type: ignore[misc]
        lost += _content(file) not in states
        database = Database(settings.database)
        lost += len(wrong_with(database))
        database.close()
    put_back(kept)
    return Outcome(kills, lost + (_content(file) != states[0]), (("had come to their end", ends),))


def reports_killed(folder: Path, kills: int, chance: Random) -> Outcome:
    """A report is written over an older one, again and again. Lost: a file that is neither of them, whole."""
    file = folder / "report.json"
    pages = [json.dumps({"page": number, "rows": [number] * 40_000}) for number in range(7)]
    write_whole(file, [pages[0]], replace=True)

    def write(pipe: int) -> None:
        os.write(pipe, b".")
        while True:
            for page in pages:
                write_whole(file, (page[at : at + 4096] for at in range(0, len(page), 4096)), replace=True)

    lost = 0
    for _ in range(kills):
        _killed(write, chance.random() * 0.02)
        lost += file.read_text() not in pages
    return Outcome(kills, lost)


def _begun(work: Callable[[], object]) -> Callable[[int], None]:
    def tell(pipe: int) -> None:
        os.write(pipe, b"!")
        work()
        os.write(pipe, b".")

    return tell


def _revision(file: Path) -> str:
    database = Database(f"sqlite:///{file}")
    with database.read() as session:
        found: str = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    database.close()
    return found


def _content(file: Path) -> list[tuple[str, int]]:
    """How much of everything there is, whatever the schema."""
    database = Database(f"sqlite:///{file}")
    with database.read() as session:
        counted = [
            (table, int(session.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar_one()))
            for table in ("act", "entry", "commitment", "commitment_version", "status_update", "party", "citation")
        ]
    database.close()
    return counted
