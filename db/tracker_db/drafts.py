"""Drafts under review, by name of the question."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from tracker import errors
from tracker.domain.register import Commitment
from tracker_db.models import Act, Draft, Entry, ReadDocument

OPEN, ACCEPTED = "open", "accepted"


class Kept(NamedTuple):
    """A draft, its document, what is decided on it now, and the act that last decided it."""

    draft: Draft
    document: ReadDocument
    decision: str
    act: str | None


def _act() -> ColumnElement[str | None]:
    """The act that decided a draft. The schema 0008 kept none; what it accepted was added by the act that is meant."""
    add = aliased(Act)
    added = (
        select(add.id)
        .join(Entry, Entry.act_number == add.number)
        .where(Entry.subject == Commitment.kind_of_subject, Entry.ref == Draft.ref, Entry.position == 1)
        .correlate(Draft)
        .scalar_subquery()
    )
    return func.coalesce(Draft.act, case((Draft.decision == ACCEPTED, added)))


def decision() -> ColumnElement[str]:
    """What is decided on a draft now: it is open again while the act that decided it is taken back."""
    undo, redo = aliased(Act), aliased(Act)
    taken_back = exists().where(undo.undoes == _act(), ~exists().where(redo.undoes == undo.id))
    return case((taken_back, OPEN), else_=Draft.decision)


def _all() -> Select[Draft, ReadDocument, str, str | None]:
    asked = select(Draft, ReadDocument, decision(), _act())
    return asked.join(ReadDocument, ReadDocument.sha256 == Draft.sha256)


def kept(session: Session, *, decided: str | None = None, sha256: str | None = None) -> list[Kept]:
    """The drafts with their documents, in the order of the documents' texts; all, or those so decided."""
    asked = _all()
    if decided is not None:
        asked = asked.where(decision() == decided)
    if sha256 is not None:
        asked = asked.where(Draft.sha256 == sha256)
    rows = session.execute(asked.order_by(ReadDocument.at, Draft.sha256, Draft.position))
    return [Kept(*row) for row in rows]


def of_sentence(session: Session, sha256: str, start: int) -> list[Kept]:
    """The drafts of the sentence that begins there."""
    return [one for one in kept(session, sha256=sha256) if json.loads(one.draft.content)["start"] == start]


def one(session: Session, number: int, *, locked: bool = False) -> Kept:
    """The draft of that number, `locked` where the database can. Raises NotFound with those that wait beside it."""
    asked = _all().where(Draft.id == number)
    found = session.execute(asked.with_for_update(of=Draft) if locked else asked).one_or_none()
    if found is None:
        near = select(Draft.id).where(Draft.id.in_((number - 1, number + 1)), decision() == OPEN).order_by(Draft.id)
        raise errors.NotFound("draft", str(number), tuple(map(str, session.execute(near).scalars())))
    return Kept(*found)


def documents(session: Session, sha256: str | None = None) -> list[tuple[ReadDocument, int, int]]:
    """The documents that were read, the latest first, with how many drafts each has and how many are decided."""
    states = select(Draft.sha256, decision().label("now")).subquery()
    asked = (
        select(ReadDocument, func.count(states.c.now), func.count(case((states.c.now != OPEN, 1))))
        .outerjoin(states, states.c.sha256 == ReadDocument.sha256)
        .group_by(ReadDocument.sha256)
        .order_by(ReadDocument.at.desc(), ReadDocument.sha256)
    )
    if sha256 is not None:
        asked = asked.where(ReadDocument.sha256 == sha256)
    return [(document, drafts, done) for document, drafts, done in session.execute(asked)]


def changed_since(session: Session, moment: datetime, limit: int) -> list[str]:
    """The refs of the commitments that the last so many entries since then speak of, the latest first."""
    then = select(Act.number).where(Act.recorded_at <= moment).order_by(Act.recorded_at.desc()).limit(1)
    before = session.execute(then).scalar() or 0
    entries = (
        select(Entry.ref)
        .where(Entry.act_number > before, Entry.subject == "commitment")
        .order_by(Entry.act_number.desc(), Entry.id.desc())
        .limit(limit)
    )
    return list(dict.fromkeys(session.execute(entries).scalars()))
