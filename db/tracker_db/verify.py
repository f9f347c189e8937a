"""Everything that can be proved about a register: its file, its guards, its history, and the tables made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from sqlalchemy import ForeignKeyConstraint, func, select, text
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain import history
from tracker.domain.outcomes import MOST_FINDINGS, Finding, Progress, Verification, untold
from tracker_db import guard, models, proof, replayed, search
from tracker_db.history import anchor as last_anchor
from tracker_db.session import Database
from tracker_db.upgrade import HEAD, refuse_other_schema, revision_of, tables_there

# Without these there is no history.
_HISTORY = (models.Act.__tablename__, models.Entry.__tablename__)


def prove_copy(database: Database, name: str, *, whole: bool = False, told: Progress = untold) -> Verification:
    """Prove the file and the history of a copy, which a person knows by that name; with `whole` all that `verify` does.

    Of an earlier schema only file and history can be proved. Raises what `verify` raises but for DatabaseBehind.
    """
    with database.read() as session:
        proved = prove_state(session, name, whole=whole, told=told)
    return _with_search_index(proved, database)


def prove_state(session: Session, name: str, *, whole: bool, told: Progress = untold) -> Verification:
    """The same of what a session sees; SQLite's search index is not looked at."""
    revision = revision_of(session.connection(), name)
    if revision is None:
        raise errors.DatabaseMissing(name)
    if revision > HEAD:
        raise errors.DatabaseTooNew(name, revision)
    if whole and revision == HEAD:
        return _told(session, name, _findings(session, True, None, told), whole=True)
    return _told(session, name, _past(session, told), whole=False)


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
        proved = _told(session, str(database), _findings(session, whole, anchor, told), whole=whole)
    lost = {"history_cut", "history_rewritten", "anchor_unknown", "table_missing"}
    held = anchor if anchor and not lost & {finding.code for finding in proved.findings} else None
    return _with_search_index(replace(proved, held=held), database)


def _told(session: Session, name: str, findings: Iterator[Finding], *, whole: bool) -> Verification:
    # How many there are altogether costs as much as to tell them, and is worth less: one more is enough to know.
    found = list(islice(findings, MOST_FINDINGS + 1))
    acts = entries = 0
    if not gone(session, _HISTORY):
        acts = session.execute(select(func.count()).select_from(models.Act)).scalar_one()
        entries = session.execute(select(func.count()).select_from(models.Entry)).scalar_one()
    more = max(0, len(found) - MOST_FINDINGS)
    return Verification(name, anchor_there(session), acts, entries, whole, tuple(found[:MOST_FINDINGS]), more)


def _with_search_index(proved: Verification, database: Database) -> Verification:
    there = {finding.facts.get("table") for finding in proved.findings if finding.code == "table_missing"}
    if not proved.whole or proved.more or search.SEARCH.name in there:
        return proved
    return replace(proved, findings=(*proved.findings, *_search_index(database)))


def anchor_there(session: Session) -> str:
    """The anchor of the history, also where that is gone: then of nothing."""
    return f"0:{history.NOTHING_BEFORE}" if gone(session, _HISTORY) else last_anchor(session)


def gone(session: Session, wanted: Iterable[str]) -> list[str]:
    """Those of the wanted tables that are not there."""
    there = set(tables_there(session.connection(), str(session.connection().engine.url.database)))
    return [name for name in wanted if name not in there]


def _ours() -> list[str]:
    return [table.name for table in (*models.Base.metadata.sorted_tables, search.SEARCH)]


def findings_of(session: Session, *, whole: bool = True) -> list[Finding]:
    """The same for what a transaction has written so far: one more than `MOST_FINDINGS` says that there are others."""
    return list(islice(_findings(session, whole, None), MOST_FINDINGS + 1))


def _past(session: Session, told: Progress) -> Iterator[Finding]:
    """What is wrong with the file and the history, whatever the schema."""
    told("file", 0, 1)
    yield from _damage(session, False)
    missing = [Finding("table_missing", {"table": name}) for name in gone(session, _HISTORY)]
    yield from missing or proof.broken(session.connection(), told)


def _findings(session: Session, whole: bool, anchor: str | None, told: Progress = untold) -> Iterator[Finding]:
    connection = session.connection()
    if missing := gone(session, _ours()):
        # What is made from history or from the others cannot be compared then.
        yield from (Finding("table_missing", {"table": name}) for name in missing if name not in _HISTORY)
        yield from _past(session, told)
        return
    lost = [found] if anchor and (found := proof.unanchored(connection, anchor)) else []
    made = chain(replayed.texts_that_differ(session), replayed.differences(session, told)) if whole else ()
    unguarded = [Finding("guard_missing", {"trigger": name}) for name in guard.missing(connection)]
    others = guard.foreign(connection, [*_ours(), "alembic_version"])
    unguarded += [Finding("trigger_foreign", {"trigger": name, "table": table}) for name, table in others]
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
