"""What must hold whatever goes wrong, tried often: a table of how often, and how often it did not hold."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import reduce
from itertools import count
from operator import add
from pathlib import Path
from random import Random

from sqlalchemy.exc import SQLAlchemyError

from tests import postgres
from tests.factories import furnish, settings_for
from tests.faults import crowd, failing, interrupted, kills, secrets, stories, texts
from tests.faults.ledger import Outcome
from tracker.bootstrap import Tracker
from tracker_db.session import Database
from tracker_db.upgrade import upgrade

SEED = 20261128
# Acts of one story: a commitment's chain stays as long as those of a busy desk.
A_STORY = 200


@dataclass
class Place:
    """Where it is tried: a folder, a PostgreSQL server if there is one, and chance that is the same each time."""

    folder: Path
    server: postgres.Server | None
    chance: Random = field(default_factory=lambda: Random(SEED))
    _numbers: Iterator[int] = field(default_factory=count)

    def file(self) -> Path:
        """A name that nothing has yet."""
        return self.folder / f"{next(self._numbers)}.sqlite"

    def empty_folder(self) -> Path:
        """A folder with nothing in it."""
        folder = self.folder / f"folder-{next(self._numbers)}"
        folder.mkdir()
        return folder

    def sqlite(self) -> str:
        """A register on SQLite with nothing in it."""
        url = f"sqlite:///{self.file()}"
        upgrade(url)
        return url

    def postgresql(self) -> str:
        """A register on PostgreSQL with nothing in it. Raises NoServer."""
        if self.server is None:
            raise NoServer
        url = self.server.create()
        upgrade(url)
        return url


class NoServer(Exception):
    """It is tried on PostgreSQL, and there is none."""


@dataclass(frozen=True)
class Fault:
    """One thing to try: what it says in the table, how often in full and else, and how."""

    says: str
    full: int
    few: int
    tried: Callable[[Place, int], Outcome]


def _kills(place: Place, url: str, times: int, *, wal: bool = False) -> Outcome:
    kills.prepare(url)
    path = Database(url).path
    if wal and path is not None:
        kills.into_wal(path)
    return kills.writers_killed(url, times, place.chance)


def _crowd(url: str, times: int, what: Callable[[str, int], Outcome]) -> Outcome:
    crowd.prepare(url)
    return what(url, times)


def _stories(place: Place, acts: int, told: Callable[[int], Outcome]) -> Outcome:
    parts = [min(A_STORY, acts - first) for first in range(0, acts, A_STORY)]
    return reduce(add, map(told, parts))


def _failing(url: str, most: int) -> Outcome:
    with Tracker(settings_for(url), Database(url)) as tracker:
        furnish(tracker.database)
        failing.prepare(tracker)
        return failing.database_calls_failing(tracker, most)


def _texts(url: str) -> Outcome:
    with Tracker(settings_for(url), Database(url)) as tracker:
        furnish(tracker.database)
        return texts.texts_through_forms(tracker)


FAULTS: Mapping[str, Fault] = {
    "kills.delete": Fault(
        "writers killed (SIGKILL), SQLite with a rollback journal",
        1000,
        25,
        lambda place, times: _kills(place, place.sqlite(), times),
    ),
    "kills.wal": Fault(
        "the same, SQLite with a write-ahead log",
        1000,
        25,
        lambda place, times: _kills(place, place.sqlite(), times, wal=True),
    ),
    "kills.postgresql": Fault(
        "the same, PostgreSQL", 1000, 25, lambda place, times: _kills(place, place.postgresql(), times)
    ),
    "edits.sqlite": Fault(
        "conflicting edits of 8 processes, SQLite",
        1000,
        40,
        lambda place, times: _crowd(place.sqlite(), times, crowd.conflicting_edits),
    ),
    "edits.postgresql": Fault(
        "the same, PostgreSQL",
        1000,
        40,
        lambda place, times: _crowd(place.postgresql(), times, crowd.conflicting_edits),
    ),
    "commits.sqlite": Fault(
        "commits of 8 processes, SQLite", 800, 80, lambda place, times: _crowd(place.sqlite(), times, crowd.commits)
    ),
    "commits.postgresql": Fault(
        "the same, PostgreSQL", 800, 80, lambda place, times: _crowd(place.postgresql(), times, crowd.commits)
    ),
    "calls.database": Fault(
        "the n-th statement or commit fails, 7 acts, every n", 50, 50, lambda place, n: _failing(place.sqlite(), n)
    ),
    "calls.file": Fault(
        "the n-th call to the file system fails, a report, every n",
        50,
        50,
        lambda place, n: failing.file_calls_failing(place.empty_folder(), n),
    ),
    "killed.migration": Fault(
        "killed while a register of the first schema is upgraded",
        200,
        6,
        lambda place, times: interrupted.migrations_killed(place.empty_folder(), times, place.chance),
    ),
    "killed.seed": Fault(
        "killed while the curated commitments are loaded",
        100,
        4,
        lambda place, times: interrupted.seeds_killed(place.empty_folder(), times, place.chance),
    ),
    "killed.first_run": Fault(
        "killed during the first run",
        50,
        3,
        lambda place, times: interrupted.first_runs_killed(place.empty_folder(), times, place.chance),
    ),
    "killed.import": Fault(
        "killed while an archive is imported",
        200,
        4,
        lambda place, times: interrupted.imports_killed(place.empty_folder(), times, place.chance),
    ),
    "killed.restore": Fault(
        "killed while a backup is put back",
        200,
        4,
        lambda place, times: interrupted.restores_killed(place.empty_folder(), times, place.chance),
    ),
    "killed.report": Fault(
        "killed while a report is written over an older one",
        200,
        10,
        lambda place, times: interrupted.reports_killed(place.empty_folder(), times, place.chance),
    ),
    "acts.replayed": Fault(
        "random acts whose replay is what the tables say",
        10_000,
        200,
        lambda place, acts: _stories(
            place, acts, lambda part: stories.told_and_replayed(place.sqlite(), part, place.chance)
        ),
    ),
    "acts.taken_back": Fault(
        "undo and redo in stories of random acts",
        2000,
        100,
        lambda place, acts: _stories(place, acts, lambda part: stories.taken_back(place.sqlite(), part, place.chance)),
    ),
    "acts.each_kind": Fault(
        "undo and redo of every kind of act, on one and on many",
        20,
        1,
        lambda place, times: stories.each_kind_taken_back(place.sqlite(), times, place.chance),
    ),
    "known.earlier": Fault(
        "moments of a story: as known then, day by day",
        1000,
        60,
        lambda place, acts: _stories(
            place,
            acts,
            lambda part: stories.known_earlier(place.sqlite(), place.empty_folder(), part, 20, place.chance),
        ),
    ),
    "engines.same": Fault(
        "the same random acts on SQLite and PostgreSQL",
        1000,
        60,
        lambda place, acts: _stories(
            place,
            acts,
            lambda part: stories.the_same_story_twice(
                place.sqlite(), place.postgresql(), part, place.chance.randrange(1 << 30)
            ),
        ),
    ),
    "texts": Fault(
        "hostile texts in every form of a report, read back", 1, 1, lambda place, _times: _texts(place.sqlite())
    ),
    "password": Fault(
        "outputs looked through for a password",
        1,
        1,
        lambda place, _times: secrets.canary(place.empty_folder()),
    ),
    "password.at_work": Fault(
        "outputs, processes, rows and files looked through for it after a day's work on PostgreSQL",
        1,
        1,
        lambda place, _times: secrets.canary_at_work(place.empty_folder(), place.postgresql()),
    ),
}


def run(*, full: bool, as_json: bool, only: str = "") -> int:
    """Try all of them, or those whose names begin so, and print a table, or one object of named figures; 0 when everything held."""
    figures: dict[str, dict[str, float]] = {}
    # Whoever stops it finds no server and no folder left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if not as_json:
        print(f"{'tried':>7} {'lost':>5} {'seconds':>8}")
    with _place() as place:
        for name, fault in FAULTS.items():
            if not name.startswith(tuple(only.split(","))):
                continue
            began = time.perf_counter()
            try:
                outcome = fault.tried(place, fault.full if full else fault.few)
            except NoServer:
                if not as_json:
                    print(f"{'–':>7} {'–':>5} {'–':>8}  {fault.says} (there is no PostgreSQL here)", flush=True)
                continue
            figures[f"faults.{name}"] = {"tried": outcome.tried, "lost": outcome.lost, **_added_up(outcome)}
            if not as_json:
                beside = ", ".join(f"{what} {value:g}" for what, value in _added_up(outcome).items())
                took = time.perf_counter() - began
                said = f"{fault.says} ({beside})" if beside else fault.says
                print(f"{outcome.tried:>7} {outcome.lost:>5} {took:>8.1f}  {said}", flush=True)
    if as_json:
        print(json.dumps(figures))
    return 1 if any(figure["lost"] for figure in figures.values()) else 0


def _added_up(outcome: Outcome) -> dict[str, float]:
    names = dict.fromkeys(name for name, _value in outcome.beside)
    return {name: sum(value for other, value in outcome.beside if other == name) for name in names}


@contextmanager
def _place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="tracker-faults-") as folder, ExitStack() as stack:
        server: postgres.Server | None = None
        try:
            server = stack.enter_context(postgres.running())
            if server.programs is not None:
                os.environ["PATH"] = f"{server.programs}{os.pathsep}{os.environ['PATH']}"
        except (OSError, RuntimeError, SQLAlchemyError) as none:
            print(f"PostgreSQL: {none}", file=sys.stderr)
        yield Place(Path(folder), server)
