"""Everything that can be proved about a register: its file, its guards, its history, and the tables made from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from sqlalchemy import ForeignKeyConstraint, func, select, text
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.outcomes import Finding, Progress, Verification, untold
from tracker_db import guard, models, proof, replayed
from tracker_db.history import anchor as last_anchor
from tracker_db.session import Database
from tracker_db.upgrade import HEAD, refuse_other_schema, revision_of

# So many findings are told one by one.
MOST = 100


def prove_copy(database: Database, name: str) -> str:
    """The anchor of a copy whose file and history hold, also of an earlier schema's; it is only read.

    A person knows it by that name.

    Raises HistoryBroken, and what `verify` raises but for DatabaseBehind.
    """
    with database.read() as session:
        connection = session.connection()
        revision = revision_of(connection, name)
        if revision is None:
            raise errors.DatabaseMissing(name)
        if revision > HEAD:
            raise errors.DatabaseTooNew(name, revision)
        found = list(islice(chain(_damage(session, False), proof.broken(connection)), MOST))
        if found:
            raise errors.HistoryBroken(name, found)
        return last_anchor(session)


def verify(
    database: Database, *, whole: bool = True, anchor: str | None = None, told: Progress = untold
) -> Verification:
    """Prove a register; with `whole`, compare its tables and its search index with a replay of its history too.

    `anchor` is one that was printed earlier (see `proof.is_anchor`): does the history still go through it? `told`
    hears of the steps "file", "history" and "tables". Changes nothing. Raises DatabaseMissing, NotOurDatabase,
    DatabaseTooNew, DatabaseBehind, DatabaseDamaged, DatabaseUnreachable.
    """
    if database.path is not None and not database.path.is_file():
        raise errors.DatabaseMissing(str(database))
    with database.read() as session:
        refuse_other_schema(session.connection(), str(database))
        found = list(islice(_findings(session, whole, anchor, told), MOST + 1))
        # How many there are altogether costs as much as to tell them, and is worth less: one more is enough to know.
        acts = session.execute(select(func.count()).select_from(models.Act)).scalar_one()
        entries = session.execute(select(func.count()).select_from(models.Entry)).scalar_one()
        now = last_anchor(session)
    if whole and len(found) <= MOST:
        found += _search_index(database)
    lost = {"history_cut", "history_rewritten", "anchor_unknown"} & {finding.code for finding in found}
    held = anchor if anchor and not lost else None
    return Verification(str(database), now, acts, entries, whole, tuple(found[:MOST]), max(0, len(found) - MOST), held)


def findings_of(session: Session, *, whole: bool = True) -> list[Finding]:
    """The same for what a transaction has written so far, at most `MOST`."""
    return list(islice(_findings(session, whole, None), MOST))


def _findings(session: Session, whole: bool, anchor: str | None, told: Progress = untold) -> Iterator[Finding]:
    connection = session.connection()
    lost = [found] if anchor and (found := proof.unanchored(connection, anchor)) else []
    made = chain(replayed.texts_that_differ(session), replayed.differences(session, told)) if whole else ()
    unguarded = [Finding("guard_missing", {"trigger": name}) for name in guard.missing(connection)]
    told("file", 0, 1)
    history = proof.broken(connection, told)
    yield from chain(lost, _damage(session, whole), unguarded, history, _loose_ends(session), made)


def _damage(session: Session, whole: bool) -> Iterator[Finding]:
    """What SQLite says of its own file. PostgreSQL looks after its own."""
    if session.connection().dialect.name == "sqlite":
        for said in session.execute(text(f"PRAGMA {'integrity_check' if whole else 'quick_check'}")).scalars():
            if said != "ok":
                yield Finding("damaged", {"said": said})


def _loose_ends(session: Session) -> Iterator[Finding]:
    """Rows that point at rows which are not there: keys are checked when a row is written, unless that is off."""
    for table in models.Base.metadata.sorted_tables:
        for constraint in table.constraints:
            if not isinstance(constraint, ForeignKeyConstraint):
                continue
            key = next(iter(constraint.elements))
            other, column = key.column.table.alias("other"), key.parent
            there = select(other.c[key.column.name]).where(other.c[key.column.name] == column).exists()
            loose = session.execute(
                select(func.count()).select_from(table).where(column.is_not(None), ~there)
            ).scalar_one()
            if loose:
                facts = {"table": table.name, "column": column.name, "number": loose, "other": key.column.table.name}
                yield Finding("points_nowhere", facts)


def _search_index(database: Database) -> list[Finding]:
    """Whether SQLite's search index fits its words. It can be asked as a writer only; nothing is written."""
    if database.path is None:
        return []
    try:
        with database.trial() as session:
            session.execute(text("INSERT INTO commitment_search (commitment_search) VALUES ('integrity-check')"))
    except errors.DatabaseDamaged:
        return [Finding("search_index_differs")]
    except errors.DatabaseReadOnly:
        # Then nobody can have written into it either.
        return []
    return []
