"""The history as it is read: entries, newest first, of one subject, of one act or of the whole register."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain import views
from tracker.domain.history import ActKind
from tracker.domain.register import Document, Words
from tracker.domain.sought import Sought
from tracker.domain.text import fold
from tracker_db import models, undo
from tracker_db.view import CHUNK

NOTHING = Sought()


def entries(
    session: Session,
    *,
    subject: str | None = None,
    ref: str | None = None,
    limit: int | None = None,
    offset: int = 0,
    by: date | None = None,
    sought: Sought = NOTHING,
    total: int | None = None,
) -> tuple[views.EntryView, ...]:
    """Entries, newest first: of one subject, or of the whole register; with `by` those effective by that day.

    Whoever knows how many there are says the `total`: then the oldest come as fast as the newest.
    """
    entry = models.Entry
    statement, wanted = _told(), _wanted(session, by, sought)
    if ref is not None:
        statement = statement.where(entry.subject == subject, entry.ref == ref, *wanted)
        statement = statement.order_by(entry.position.desc())
    elif limit is not None and limit <= CHUNK:
        # Asked first, or SQLite would read every entry to see whether it is one of them.
        ids = session.execute(_ids(wanted, limit, offset, total)).scalars().all()
        statement = statement.where(entry.id.in_(ids)).order_by(entry.id.desc())
        offset = 0
    else:
        statement = statement.where(*wanted).order_by(entry.id.desc())
    rows = session.execute(statement.limit(limit).offset(offset or None)).all()
    return with_names(session, (_entry(*row) for row in rows))


def entries_of(session: Session, act: int, limit: int) -> tuple[views.EntryView, ...]:
    """The first entries of an act, by its number, in its own order."""
    entry = models.Entry
    rows = session.execute(_told().where(entry.act_number == act).order_by(entry.id).limit(limit)).all()
    return with_names(session, (_entry(*row) for row in rows))


def every_entry(session: Session) -> Iterator[views.EntryView]:
    """All entries, oldest first, without the names of what their values name by key."""
    told = session.execute(_told().order_by(models.Entry.id), execution_options={"yield_per": CHUNK})
    return (_entry(*row) for row in told)


def count_entries(
    session: Session,
    subject: str | None = None,
    ref: str | None = None,
    *,
    by: date | None = None,
    sought: Sought = NOTHING,
) -> int:
    """How many entries there are: of one subject, or in the whole register."""
    entry, wanted = models.Entry, _wanted(session, by, sought)
    if ref is not None:
        wanted += [entry.subject == subject, entry.ref == ref]
    counted = select(func.count()).select_from(entry).join(models.Act, models.Act.number == entry.act_number)
    counted = counted.where(*wanted) if wanted else select(func.count()).select_from(entry)
    return session.execute(counted).scalar_one()


def actors(session: Session) -> list[str]:
    """Everybody who has acted, in the order of their names. One step each, however much they did."""
    act = models.Act
    found: list[str] = []
    following = session.execute(select(func.min(act.actor))).scalar()
    while following is not None:
        found.append(following)
        following = session.execute(select(func.min(act.actor)).where(act.actor > following)).scalar()
    return found


def _told() -> Select[models.Entry, models.Act, int, int | None]:
    entry, act, taken = models.Entry, models.Act, aliased(models.Act)
    told = select(entry, act, taken.number, undo.number_of_undo(act))
    return told.join(act, act.number == entry.act_number).outerjoin(taken, taken.id == act.undoes)


def _ids(wanted: list[ColumnElement[bool]], limit: int, offset: int, total: int | None) -> Select[Any]:
    """The row numbers of these entries from an index: an entry itself is long."""
    entry = models.Entry
    found = select(entry.id)
    if wanted:
        found = found.join(models.Act, models.Act.number == entry.act_number).where(*wanted)
    if total is not None and offset > total // 2:
        last = min(limit, total - offset)
        return found.order_by(entry.act_number, entry.id).limit(max(last, 0)).offset(max(total - offset - limit, 0))
    return found.order_by(entry.act_number.desc(), entry.id.desc()).limit(limit).offset(offset or None)


def _wanted(session: Session, by: date | None, sought: Sought) -> list[ColumnElement[bool]]:
    entry, act = models.Entry, models.Act
    wanted: list[ColumnElement[bool]] = [] if by is None else [entry.effective_on <= by]
    if sought.actors:
        given = [fold(name) for name in sought.actors]
        named = [name for name in actors(session) if any(_begins(each, fold(name)) for each in given)]
        wanted.append(act.actor.in_(named))
    if sought.kinds:
        # What an import says is shown as imported, whatever it did.
        kind = case((act.kind == ActKind.IMPORT, act.kind), else_=entry.kind)
        wanted.append(kind.in_(sought.kinds))
    return wanted + [_has(word) for word in sought.words]


def _begins(given: str, name: str) -> bool:
    return name.startswith(given) or f" {given}" in name


def _has(word: str) -> ColumnElement[bool]:
    """SQLite knows capitals of ASCII only: the ways in which a word is written are asked for."""
    entry = models.Entry
    ways = {word, word.lower(), word.capitalize(), word.upper()}
    return or_(
        *(text.icontains(way, autoescape=True) for text in (entry.ref, entry.reason, entry.changes) for way in ways)
    )


def _entry(entry: models.Entry, act: models.Act, takes_back: int | None, taken_back_by: int | None) -> views.EntryView:
    fields: Mapping[str, Any] = json.loads(entry.changes)["fields"]
    return views.EntryView(
        number=act.number,
        act=act.id,
        kind=act.kind if act.kind == ActKind.IMPORT else entry.kind,
        subject=entry.subject,
        ref=entry.ref,
        position=entry.position,
        actor=act.actor,
        channel=act.channel,
        recorded_at=act.recorded_at,
        effective_on=entry.effective_on,
        reason=entry.reason,
        changes={name: (before, after) for name, (before, after) in fields.items() if before != after},
        undoes=act.undoes,
        hash=entry.hash,
        takes_back=takes_back,
        taken_back_by=taken_back_by,
    )


def _documents(entry: views.EntryView) -> tuple[str, ...]:
    return (entry.ref,) if entry.subject == Document.kind_of_subject else ()


def with_names(session: Session, entries: Iterable[views.EntryView]) -> tuple[views.EntryView, ...]:
    """The entries with the names of the parties, and the files of the documents, that they name by key."""
    told = tuple(entries)
    keys = {entry.hash: frozenset((*_keys(entry.changes), *_documents(entry))) for entry in told}
    wanted = frozenset[str]().union(*keys.values())
    names: dict[str, Words] = {}
    if wanted:
        party = models.Party
        rows = session.execute(select(party.key, party.name_vi, party.name_en).where(party.key.in_(wanted)))
        names = {row.key: Words(vi=row.name_vi, en=row.name_en) for row in rows}
        names |= undo.files_of(session, wanted, frozenset(key for entry in told for key in _documents(entry)))
    return tuple(
        replace(entry, names={key: names[key] for key in sorted(keys[entry.hash]) if key in names}) for entry in told
    )


def _keys(changes: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    for field, values in changes.items():
        for value in values:
            match field, value:
                case "sources", list():
                    yield from (member["document"] for member in value)
                case (("parties" | "sides"), list()):
                    yield from (member["party"] if isinstance(member, dict) else member for member in value)
                case (("parent" | "to"), str()):
                    yield value
