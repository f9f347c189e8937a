"""Writes the generated register in bulk, on both databases, into exactly the schema that the migration makes."""

from __future__ import annotations

import gc
import os
import pickle
import tempfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time
from typing import IO, Any
from uuid import UUID

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.pool import NullPool

from tests.benchmarks import surroundings
from tests.benchmarks.rows import ALL_ROUNDS, COLUMNS, Numbers, Round, Row, packed_chunk
from tests.benchmarks.stories import ROUNDS
from tracker.domain import history
from tracker.domain.history import Act, ActKind
from tracker_db import models
from tracker_db.history import Recorder
from tracker_db.session import Database
from tracker_db.upgrade import upgrade

# A multiple of the commitments that one act imports.
CHUNK = 1000


class NotEmpty(Exception):
    """The database already holds a register."""


def generate(rows: int, url: str) -> None:
    """Make a register of `rows` commitments, the same for the same number. Raises NotEmpty."""
    upgrade(url)
    database = Database(url)
    try:
        with database.read() as session:
            if session.execute(select(models.Act.number).limit(1)).first():
                raise NotEmpty(str(database))
        _write_surroundings(database)
        numbers = _numbers(database, rows)
        with _bulk(database) as bulk:
            _write(bulk, numbers)
    finally:
        database.close()


def _write_surroundings(database: Database) -> None:
    recorded_at = datetime.combine(ROUNDS[0][0], time(2), UTC)
    act = Act(str(UUID(int=0, version=4)), ActKind.IMPORT, "Văn phòng", "import", recorded_at)
    with database.write() as session:
        recorder = Recorder(session, act)
        for subject in surroundings.subjects():
            recorder.put(subject, surroundings.FIRST_DAY)
        recorder.close()


def _numbers(database: Database, rows: int) -> Numbers:
    named: Mapping[str, Any] = {
        "party": models.Party.key,
        "document": models.Document.sha256,
        "figure": models.Figure.key,
    }
    with database.read() as session:
        ids: dict[str, dict[str, int]] = {
            kind: dict(session.execute(select(column, column.class_.id)).all()) for kind, column in named.items()
        }
        act = session.execute(select(func.max(models.Act.number))).scalar_one()
        entry = session.execute(select(func.max(models.Entry.id))).scalar_one()
    return Numbers(rows, act, entry, ids)


def _write(bulk: Bulk, numbers: Numbers) -> None:
    """The first round as it is made; the later ones wait in files until all before them is written."""
    tally: Counter[tuple[str, str]] = Counter()
    seal = bulk.seal(numbers.act)
    with ExitStack() as stack:
        waiting = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(1, ALL_ROUNDS)]
        for (first, *later), counted in _chunks(numbers):
            seal = _write_round(bulk, Round.unpacked(first), seal)
            for file, packed in zip(waiting, later, strict=True):
                pickle.dump(packed, file)
            tally.update(counted)
        for file in waiting:
            for packed in _kept(file):
                seal = _write_round(bulk, Round.unpacked(packed), seal)
    bulk.write("tally", ("kind", "day", "number"), [(*key, number) for key, number in sorted(tally.items())])


def _chunks(numbers: Numbers) -> Iterator[tuple[list[bytes], Counter[tuple[str, str]]]]:
    """All commitments in their order, made by as many processes as there are processors, a few chunks ahead."""
    processes = os.cpu_count() or 1
    # Nothing here goes round in circles, so nothing has to be searched for.
    with ProcessPoolExecutor(processes, initializer=gc.disable) as pool:
        ahead: deque[Future[tuple[list[bytes], Counter[tuple[str, str]]]]] = deque()
        for first in range(0, numbers.rows, CHUNK):
            ahead.append(pool.submit(packed_chunk, numbers, first, min(CHUNK, numbers.rows - first)))
            if len(ahead) > 2 * processes:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _kept(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def _write_round(bulk: Bulk, round_: Round, seal: str) -> str:
    """Seal the acts, write them and all their rows, and give the last seal."""
    acts: list[Row] = []
    for number, act, digests in round_.acts:
        seal = history.act_hash(seal, number, act[0], digests)
        acts.append((number, *act, seal))
    if acts:
        bulk.write("act", COLUMNS["act"], acts)
    for table in COLUMNS:
        if table in round_.rows:
            bulk.write(table, COLUMNS[table], round_.rows[table])
    return seal


class Bulk:
    """A connection that takes many rows at once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._sqlite = connection.dialect.name == "sqlite"

    def seal(self, act: int) -> str:
        """The hash of an act."""
        kept: str = self.connection.execute(select(models.Act.hash).where(models.Act.number == act)).scalar_one()
        return kept

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add the rows, as text, numbers and nothing else."""
        if self._sqlite:
            named, holes = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
            self.connection.exec_driver_sql(f"INSERT INTO {table} ({named}) VALUES ({holes})", list(rows))
            return
        # The search table's key has its own name in each engine.
        named = ", ".join('"commitment_id"' if name == "rowid" else f'"{name}"' for name in columns)
        driver: Any = self.connection.connection.driver_connection
        with driver.cursor().copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def _bulk(database: Database) -> Iterator[Bulk]:
    """Indexes and guards are taken away for the while and put back word for word; nothing survives a crash."""
    url = database.url if database.path else database.url.set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield from (_on_sqlite if database.path else _on_postgresql)(connection)
    finally:
        engine.dispose()


def _on_sqlite(connection: Connection) -> Iterator[Bulk]:
    run = connection.exec_driver_sql
    mode = run("PRAGMA journal_mode").scalar_one()
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-600000", "temp_store=FILE"):
        run(f"PRAGMA {pragma}").close()
    made = run(
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid"
    ).all()
    for kind, name, _statement in made:
        run(f"DROP {kind} {name}")
    connection.commit()
    yield Bulk(connection)
    for _kind, _name, statement in made:
        run(statement)
    connection.commit()
    run(f"PRAGMA journal_mode={mode}").close()


def _on_postgresql(connection: Connection) -> Iterator[Bulk]:
    run = connection.exec_driver_sql
    run("SET TIME ZONE 'UTC'")
    run("SET LOCAL maintenance_work_mem = '512MB'")
    made = run(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE 'ix\\_%%'"
    ).all()
    for name, _statement in made:
        run(f"DROP INDEX {name}")
    yield Bulk(connection)
    for _name, statement in made:
        run(statement)
    for table, columns in COLUMNS.items():
        if columns[0] == "id":
            run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    # As the server's own upkeep would have done meanwhile.
    run("ANALYZE")
    connection.commit()
