"""The register as it was known at a moment: a copy, for its reader alone, in which nothing was recorded since.

Drafts are known by the last decision on each: one that was decided since waits, whatever was decided before that.

What is known now is served by indexes. What was known then is asked for seldom, and of a copy every question can be
asked in the same words, while nobody who writes to the register waits longer than the copying takes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, select, text, update
from sqlalchemy.orm import Session

from tracker.domain import register
from tracker.domain.follow_up import FollowUp
from tracker.domain.saved_view import StoredView
from tracker_db import chains, guard, models, search
from tracker_db.chains import Kept
from tracker_db.derived import Derived
from tracker_db.drafts import OPEN
from tracker_db.history import KINDS, NAMES
from tracker_db.session import Database
from tracker_db.texts import WithdrawnText
from tracker_db.upgrade import upgrade
from tracker_db.view import CHUNK

# What others point at comes before them.
_IN_ORDER: Sequence[type[register.Subject]] = (
    *(register.Party, register.Document, register.Event, register.Figure, register.Commitment),
    *(FollowUp, StoredView),
)


def last_act_by(database: Database, moment: datetime) -> int | None:
    """The number of the last act recorded by then (0: none was), or None when nothing was recorded since."""
    act = models.Act
    with database.read() as session:
        reviewed = session.execute(select(exists(_read_since(moment)) | exists(_decided_since(moment)))).scalar_one()
        last = session.execute(select(func.max(act.number))).scalar() or 0
        # Acts are recorded in the order of their numbers: this walks back along them.
        newest = select(act.number).where(act.recorded_at <= moment).order_by(act.number.desc()).limit(1)
        then = session.execute(newest).scalar() or 0
    return None if then == last and not reviewed else then


def _read_since(moment: datetime) -> Select[str]:
    """The documents that were read for review after that moment."""
    return select(models.ReadDocument.sha256).where(models.ReadDocument.at > moment)


def _decided_since(moment: datetime) -> Select[int]:
    """The drafts that were decided after it."""
    return select(models.Draft.id).where(models.Draft.decided_at > moment)


def copy_as_known(database: Database, file: Path, number: int, moment: datetime) -> Database:
    """Make a new SQLite file with the register as it was at a moment, after the act of that number."""
    copy = Database(f"sqlite:///{file}".replace("%", "%25").replace("?", "%3F"))
    try:
        with database.read() as session:
            last = session.execute(select(func.max(models.Act.number))).scalar() or 0
        # Whichever is less: to do again what was done by then, or to take out what was done since.
        if 2 * number < last:
            upgrade(copy.url.render_as_string(hide_password=False))
            with database.read() as session, copy.connect() as connection:
                _copy_history(session, connection, number)
            with copy.write() as session:
                _do_again(session, number)
        else:
            if database.path is None:
                upgrade(copy.url.render_as_string(hide_password=False))
                with database.read() as session, copy.connect() as connection:
                    _copy_rows(session, connection)
            else:
                _copy_file(database, copy)
            with copy.write() as session:
                _rewind(session, number)
        with copy.write() as session:
            _let_wait(session, moment)
        copy.frozen = True
    except BaseException:
        copy.close()
        raise
    return copy


def _copy_file(database: Database, copy: Database) -> None:
    copy.make_file()
    assert copy.path is not None
    with database.read() as session:
        source = session.connection().connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        target = sqlite3.connect(copy.path)
        try:
            source.backup(target)
        finally:
            target.close()


def _copy_rows(session: Session, connection: Connection) -> None:
    # A party may stand before the one above it.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table in models.Base.metadata.sorted_tables:
        for rows in session.execute(select(table).execution_options(yield_per=CHUNK)).mappings().partitions():
            connection.execute(insert(table), [dict(row) for row in rows])
    found = session.execute(text("SELECT commitment_id AS id, folded, exact FROM commitment_search"))
    for words in found.mappings().partitions(CHUNK):
        search.put_many(connection, [dict(row) for row in words])


def _copy_history(session: Session, connection: Connection, number: int) -> None:
    """The acts by then with their entries, and what no entry holds: the texts, and the drafts of all days."""
    act, entry, document = models.Act, models.Entry, models.Document
    with_text = select(document.sha256, document.text).where(document.text.is_not(None))
    copied: Sequence[tuple[Select[*tuple[Any, ...]], type[models.Base]]] = (
        (select(act.__table__).where(act.number <= number), act),
        (select(entry.__table__).where(entry.act_number <= number), entry),
        (select(WithdrawnText.__table__), WithdrawnText),
        (with_text, WithdrawnText),
        (select(models.ReadDocument.__table__), models.ReadDocument),
        (select(models.Draft.__table__), models.Draft),
    )
    for asked, into in copied:
        for rows in session.execute(asked.execution_options(yield_per=CHUNK)).mappings().partitions():
            connection.execute(insert(into), [dict(row) for row in rows])


def _do_again(session: Session, number: int) -> None:
    """Make all that is made from the entries."""
    derived = Derived(session)
    for each in _touched(session, 0, number):
        if each.was_there:
            _settle(derived, each)
    derived.write_tally()


def _let_wait(session: Session, moment: datetime) -> None:
    """Forget the documents that were read for review since, and what was decided since on drafts of the others."""
    draft, document = models.Draft, models.ReadDocument
    session.execute(delete(draft).where(draft.sha256.in_(_read_since(moment))))
    session.execute(delete(document).where(document.at > moment))
    waits = {"decision": OPEN, "reason": "", "ref": None, "act": None, "actor": "", "decided_at": None}
    session.execute(update(draft).where(draft.decided_at > moment).values(waits))


@dataclass(frozen=True)
class _Touched:
    """A subject of which something was recorded since: all its entries, and those there were by then."""

    kind: type[register.Subject]
    ref: str
    entries: Sequence[Kept]
    then: Sequence[Kept]

    @property
    def was_there(self) -> bool:
        return bool(chains.counting(self.then))

    @property
    def is_there(self) -> bool:
        return bool(chains.counting(self.entries))


def _rewind(session: Session, number: int) -> None:
    """Make again what is made from the entries of all that was touched since, and take the acts since out."""
    derived, touched = Derived(session), list(_touched(session, number, number))
    for each in touched:
        if each.was_there:
            _settle(derived, each)
    for each in reversed(touched):
        if not each.was_there and each.is_there:
            _settle(derived, each)
    for each in touched:
        if each.was_there and each.kind is register.Party and any(kept.change.keys() & NAMES for kept in each.entries):
            for row_id, ref in derived.led_or_joined_by(each.ref):
                entries = chains.kept_entries(session, register.Commitment.kind_of_subject, ref)
                present = chains.value_on(register.Commitment, _by(entries, number))
                if present is not None:
                    derived.find(row_id, present)
    derived.write_tally()
    _forget(session, number)


def _touched(session: Session, since: int, number: int) -> Iterator[_Touched]:
    """Of which something was recorded after the act `since`, with what there was by the act `number`."""
    entry = models.Entry
    rows = session.execute(
        select(entry.subject, entry.ref).where(entry.act_number > since).group_by(entry.subject, entry.ref)
    ).all()
    for kind in _IN_ORDER:
        refs = [row.ref for row in rows if KINDS[row.subject] is kind]
        found: dict[str, list[Kept]] = {}
        for first in range(0, len(refs), CHUNK):
            found |= chains.kept_of(session, kind.kind_of_subject, refs[first : first + CHUNK])
        # As they came: a body after the one above it.
        for ref, entries in sorted(found.items(), key=lambda each: min(kept.number for kept in each[1])):
            yield _Touched(kind, ref, entries, _by(entries, number))


def _by(entries: Sequence[Kept], number: int) -> list[Kept]:
    return [kept for kept in entries if kept.number <= number]


def _settle(derived: Derived, each: _Touched) -> None:
    if each.kind is register.Commitment:
        derived.rebuild(each.ref, each.then, each.entries)
    elif each.was_there:
        derived.save(each.kind, each.then)
    else:
        derived.drop(each.kind.kind_of_subject, each.ref)


def _forget(session: Session, number: int) -> None:
    """Take the later acts out of the copy, which only its reader has; its triggers stand again afterwards."""
    connection = session.connection()
    triggers = guard.expected(connection.dialect.name)
    for name in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    session.execute(delete(models.Entry).where(models.Entry.act_number > number))
    session.execute(delete(models.Act).where(models.Act.number > number))
    for statement in triggers.values():
        connection.exec_driver_sql(statement)
