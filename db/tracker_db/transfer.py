"""Every row of a register, out of one database and into another: the same numbers, the same state, the same seals."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, DateTime, Integer, MetaData, Table, Text, event, func, insert, select, text
from sqlalchemy.orm import Session

from tracker import errors
from tracker_db import history, models, texts
from tracker_db.search import put_many
from tracker_db.session import Database
from tracker_db.types import UTCDateTime
from tracker_db.upgrade import HEAD, check, is_empty, revision_of, upgrade, upgrade_within
from tracker_db.verify import findings_of

AT_ONCE = 1000
Row = dict[str, Any]
assert texts.WithdrawnText.__tablename__ in models.Base.metadata.tables, "the texts are among the tables"

# What is searched has another form in each engine, and the same rows.
SEARCH = Table(
    "commitment_search",
    MetaData(),
    Column("id", Integer, nullable=False),
    Column("folded", Text, nullable=False),
    Column("exact", Text, nullable=False),
)


def tables() -> list[Table]:
    """All tables, each after those that its rows point at."""
    return [*models.Base.metadata.sorted_tables, SEARCH]


def tables_of(connection: Connection, name: str) -> tuple[str, list[Table]]:
    """The schema of a register, whichever it is, and its tables as they lie there; a person knows it by that name.

    Raises NotOurDatabase, DatabaseMissing.
    """
    revision = revision_of(connection, name)
    if revision is None:
        raise errors.DatabaseMissing(name)
    if revision == HEAD:
        return revision, tables()
    found = MetaData()
    event.listen(found, "column_reflect", _moments_in_utc)
    # What SQLite keeps beside a search table is made from it.
    found.reflect(connection, only=lambda table, _all: not table.startswith((SEARCH.name, "alembic_")))
    return revision, [*found.sorted_tables, SEARCH]


def _moments_in_utc(_inspector: object, _table: Table, column: Any) -> None:
    if isinstance(column["type"], DateTime):
        column["type"] = UTCDateTime()


def rows(session: Session, table: Table, without: str = "") -> Iterator[Row]:
    """The rows of a table in the order of their keys, without that column; of parties each after its parent."""
    if table is SEARCH:
        key = "rowid" if session.connection().dialect.name == "sqlite" else "commitment_id"
        found = session.execute(
            text(f"SELECT {key} AS id, folded, exact FROM commitment_search ORDER BY {key}"),
            execution_options={"yield_per": AT_ONCE},
        )
        return (dict(row._mapping) for row in found)
    columns = [column for column in table.c if column.name != without]
    statement = select(*columns).order_by(*table.primary_key)
    streamed = session.execute(statement, execution_options={"yield_per": AT_ONCE})
    kept = (dict(row._mapping) for row in streamed)
    return iter(_parents_first(list(kept))) if table.name == models.Party.__tablename__ else kept


def _parents_first(parties: Sequence[Row]) -> list[Row]:
    by_id = {party["id"]: party for party in parties}

    def depth(party: Row) -> int:
        steps, seen = 0, {party["id"]}
        while party["parent_id"] in by_id and party["parent_id"] not in seen:
            party = by_id[party["parent_id"]]
            seen.add(party["id"])
            steps += 1
        return steps

    return sorted(parties, key=lambda party: (depth(party), party["id"]))


def load(session: Session, table: Table, given: Iterable[Mapping[str, Any]]) -> int:
    """Put rows into a table that has none; how many."""
    number, waiting = 0, iter(given)
    while some := list(itertools.islice(waiting, AT_ONCE)):
        if table is SEARCH:
            put_many(session.connection(), [dict(row) for row in some])
        else:
            session.execute(insert(table), some)
        number += len(some)
    return number


def settle(connection: Connection) -> None:
    """Have the next rows numbered after those that were put in. SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in models.Base.metadata.sorted_tables:
        key = table.primary_key.columns.values()[0]
        name = connection.execute(select(func.pg_get_serial_sequence(table.name, key.name))).scalar_one_or_none()
        last = connection.execute(select(func.max(key))).scalar_one() if name else None
        if last is not None:
            connection.execute(select(func.setval(name, last)))


@contextmanager
def filled(database: Database) -> Iterator[Session]:
    """A transaction on a register that nobody has used yet, made if there is none: filled whole, or as it was.

    Raises NotEmpty, FolderMissing, and what opening a register raises.
    """
    path = database.path
    if path is not None and not os.path.lexists(path):
        yield from _new_file(database, path)
        return
    made = is_empty(database)
    if made:
        database.make_file()
    else:
        check(database)
    with database.write() as session:
        if made:
            upgrade_within(session.connection(), str(database))
        if not is_unused(session):
            raise errors.NotEmpty(str(database))
        yield session


def _new_file(database: Database, path: Path) -> Iterator[Session]:
    """Under another name until it is whole."""
    if not path.parent.is_dir():
        raise errors.FolderMissing(str(database))
    draft = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    made = Database(database.url.set(database=str(draft)).render_as_string(hide_password=False))
    try:
        upgrade(_spelt(made))
        with made.write() as session:
            yield session
        made.close()
        os.link(draft, path)
    except FileExistsError:
        raise errors.NotEmpty(str(database)) from None
    finally:
        made.close()
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                os.unlink(f"{draft}{end}")


def _spelt(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def is_unused(session: Session) -> bool:
    """Whether nobody has done anything in this register yet."""
    return session.execute(select(models.Act.number).limit(1)).first() is None


def copy(source: Database, target: Database) -> str:
    """Put one state of a register into another database, on either engine, and give the anchor that both have.

    Raises NotEmpty, HistoryBroken (then nothing was put there), and what opening a register raises.
    """
    check(source)
    with source.read() as old, filled(target) as new:
        for table in tables():
            load(new, table, rows(old, table))
        settle(new.connection())
        if found := findings_of(new):
            raise errors.HistoryBroken(str(source), found)
        return history.anchor(new)
