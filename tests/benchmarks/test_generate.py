"""A generated register is one that the services could have written: its rows are the sum of its entries."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text

from tests.benchmarks import follow_ups, surroundings
from tests.benchmarks.generate import NotEmpty, generate
from tests.benchmarks.stories import AS_OF, IMPORTED_TOGETHER, Step, Teller
from tests.benchmarks.words import RARE_WORD
from tests.factories import settings_for
from tracker.bootstrap import Tracker
from tracker.domain import history, register
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Act, ActKind, Entry, Hand
from tracker.domain.status import Status
from tracker_db import guard, models
from tracker_db.history import Recorder
from tracker_db.models import Base
from tracker_db.session import Database
from tracker_db.upgrade import check

ROWS = 100
# Numbered in the order of writing, which differs: what they say is compared, not which number it has.
NUMBERS = {"id", "status_update_id"}


@pytest.fixture(scope="module")
def generated(long_lived_url: str) -> Iterator[Database]:
    generate(ROWS, long_lived_url)
    database = Database(long_lived_url)
    yield database
    database.close()


def contents(database: Database) -> Mapping[str, Counter[tuple[Any, ...]]]:
    """All rows of all tables, in no order."""
    with database.read() as session:
        connection = session.connection()
        found = {
            name: Counter(
                tuple(row) for row in connection.execute(select(*(c for c in table.columns if c.name not in NUMBERS)))
            )
            for name, table in Base.metadata.tables.items()
        }
        # A day that once had some and has none any more says nothing.
        counted = Counter({row: 1 for row in found["tally"] if row[-1]})
        return found | {"tally": counted, "commitment_search": Counter(_search(connection))}


def _search(connection: Connection) -> Iterator[tuple[Any, ...]]:
    key = "rowid" if connection.dialect.name == "sqlite" else "commitment_id"
    for row_id, folded, exact in connection.execute(text(f"SELECT {key}, folded, exact FROM commitment_search")):
        # The names of parties stand in any order.
        yield row_id, tuple(sorted(folded.split())), tuple(sorted(exact.split()))


def test_it_is_what_the_services_write_of_the_same_acts(
    generated: Database, migrated_sqlite: Path, tmp_path: Path
) -> None:
    written = Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path)}")
    _write(written, _surroundings(generated))
    theirs, ours = contents(written), contents(generated)
    written.close()
    for table, rows in theirs.items():
        assert rows == ours[table], table


def _surroundings(generated: Database) -> Act:
    with generated.read() as session:
        first = session.get_one(models.Act, 1)
        return Act(first.id, ActKind(first.kind), first.actor, first.channel, first.recorded_at)


def _write(database: Database, first: Act) -> None:
    """The same stories through the one that writes every act, an act at a time, in their order."""
    with database.write() as session:
        recorder = Recorder(session, first)
        for subject in surroundings.subjects():
            recorder.put(subject, surroundings.FIRST_DAY)
        recorder.close()
    teller = Teller(0, ROWS)
    stories = [teller.story(number) for number in range(ROWS)]
    for begin in range(0, ROWS, IMPORTED_TOGETHER):
        _put(database, [story[0] for story in stories[begin : begin + IMPORTED_TOGETHER]])
    for round_ in (1, 2):
        for story in stories:
            _put(database, [story[round_]])
    told = [follow_ups.story(number, story) for number, story in enumerate(stories)]
    for position in (0, 1):
        for entries in told:
            if entries[position:]:
                _tell(database, entries[position])


def _tell(database: Database, one: follow_ups.Told) -> None:
    with database.write() as session:
        recorder = Recorder(session, one.act)
        assert recorder.put(one.value, one.effective_on, kind=one.kind)
        recorder.close()


def _put(database: Database, steps: list[Step]) -> None:
    with database.write() as session:
        recorder = Recorder(session, steps[0].act)
        for step in steps:
            value = register.Commitment.model_validate(step.state)
            assert recorder.put(
                value,
                step.effective_on,
                kind=step.kind,
                reason=step.reason,
                asserted=step.asserted,
                update=step.update,
            )
        recorder.close()


def test_every_hash_holds(generated: Database) -> None:
    with generated.read() as session:
        acts = {row.number: row for row in session.execute(select(models.Act).order_by(models.Act.number)).scalars()}
        sealed: dict[int, list[str]] = {number: [] for number in acts}
        previous: dict[tuple[str, str], str] = {}
        for entry in session.execute(select(models.Entry).order_by(models.Entry.id)).scalars():
            assert entry.previous == previous.get((entry.subject, entry.ref), history.NOTHING_BEFORE)
            assert entry.hash == _hash(acts[entry.act_number], entry)
            previous[entry.subject, entry.ref] = entry.hash
            sealed[entry.act_number].append(entry.hash)
        last = history.NOTHING_BEFORE
        for number, act in acts.items():
            assert act.hash == (last := history.act_hash(last, number, act.id, sealed[number]))
            assert act.recorded_at <= datetime(2026, 11, 21, tzinfo=UTC)


def _hash(row: models.Act, entry: models.Entry) -> str:
    told = json.loads(entry.changes)
    act = Act(row.id, ActKind(row.kind), row.actor, row.channel, row.recorded_at, row.undoes)
    return history.entry_hash(
        act,
        Entry(
            ActKind(entry.kind),
            entry.subject,
            entry.ref,
            entry.position,
            entry.effective_on,
            {name: tuple(pair) for name, pair in told["fields"].items()},
            entry.reason,
            told.get("update"),
        ),
        entry.previous,
    )


def test_the_schema_stays_as_the_migration_makes_it_and_no_register_is_written_over(database_url: str) -> None:
    database = Database(database_url)
    before = _schema(database)
    generate(3, database_url)
    check(database)
    assert _schema(database) == before
    with pytest.raises(NotEmpty):
        generate(3, database_url)
    with database.read() as session:
        assert session.execute(select(func.count()).select_from(models.Commitment)).scalar_one() == 3
    database.close()


def _schema(database: Database) -> set[tuple[str, ...]]:
    with database.read() as session:
        connection = session.connection()
        assert not guard.missing(connection)
        if database.path:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            asked = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
        else:
            asked = "SELECT 'index', indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        return {tuple(row) for row in connection.exec_driver_sql(asked)}


def test_the_same_number_of_rows_gives_the_same_register(generated: Database, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'again.sqlite'}"
    generate(ROWS, url)
    again = Database(url)
    assert contents(again) == contents(generated)
    again.close()


def test_a_person_can_work_on(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    generate(ROWS, url)
    with Tracker(settings_for(url), Database(url)) as tracker:
        assert tracker.commitments.count(as_of=AS_OF) == ROWS
        assert len(tracker.commitments.page(RARE_WORD, as_of=AS_OF, offset=0, limit=50)) == 5
        with tracker.reports.overdue(as_of=AS_OF) as report:
            assert report.counts.total == ROWS
            assert len(list(report.rows("overdue"))) == report.sizes["overdue"] > 0
        seen = tracker.commitments.page("status:in_progress", as_of=AS_OF, offset=0, limit=1)[0]
        wanted = Seen(ref=seen.ref, version=seen.version)
        command = RecordStatus(commitments=(wanted,), status=Status.NOT_STARTED, note="x")
        done = tracker.commitments.record_status(command, Hand("Lan", "cli", AS_OF))
        assert done.commitments[0].status is Status.NOT_STARTED
        followed = follow_ups.place(4, ROWS + 12, ROWS)
        assert done.number == 1 + ROWS // IMPORTED_TOGETHER + 2 * ROWS + followed + 1
        assert len(tracker.followups.listing(as_of=AS_OF)) == follow_ups.planned(ROWS)
        assert tracker.followups.agenda(as_of=AS_OF, days=150).lines
        assert (
            0 < tracker.commitments.count("is:follow-up", as_of=AS_OF + timedelta(days=150)) < follow_ups.planned(ROWS)
        )
