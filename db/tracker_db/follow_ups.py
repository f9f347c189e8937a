"""Follow-ups as they stood on a day: which are due, one commitment's, all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.agenda import FollowUpView
from tracker.domain.codes import How
from tracker.domain.follow_up import FollowUp, FollowUpState, state_of
from tracker.domain.register import Words
from tracker_db import models
from tracker_db.parties import Directory
from tracker_db.types import FOREVER
from tracker_db.view import CHUNK, Day, commitments_on


def awaited(session: Session, as_of: date, *, now: bool) -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """The day on which something of a follow-up is awaited, as it was known on a day, and where that holds.

    `now` says that commitments are asked as they stand at present: then only what belongs to open ones is found, in an
    index that holds nothing else. Of an earlier day the caller looks whether the commitment was open.
    """
    c = models.FollowUp.__table__.c
    latest = session.execute(select(func.max(c.valid_from))).scalar_one_or_none()
    if now and (latest is None or as_of >= latest):
        return c.agenda_on, true()
    return c.due_on, held_on(as_of)


def held_on(as_of: date) -> ColumnElement[bool]:
    """That a row of a follow-up is its state on that day."""
    table, day = models.FollowUp, min(as_of, FOREVER - timedelta(days=1))
    return and_(table.valid_to > day, table.valid_from <= day)


def letter_numbered(session: Session, number: str, year: int) -> str | None:
    """The key of a letter that went out in a year under a number, which its title says; None when there is none."""
    table = models.FollowUp
    sent = select(table.key, table.what).where(
        table.how == How.LETTER,
        table.what.contains(number, autoescape=True),
        table.done_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    # 7/AB is no part of 17/AB.
    whole = re.compile(rf"(?<!\w){re.escape(number)}(?!\w)")
    return next((row.key for row in session.execute(sent.order_by(table.key)) if whole.search(row.what)), None)


class FollowUps:
    """The follow-ups of a day as views."""

    def __init__(
        self,
        session: Session,
        day: Day,
        directory: Directory | None = None,
        commitments: FromClause | None = None,
    ) -> None:
        self._session = session
        self._as_of = day.as_of
        self._directory = directory or Directory(session)
        self._commitments = commitments_on(session, day.as_of) if commitments is None else commitments

    def listing(
        self, *, ref: str | None = None, state: str | None = None, keys: Sequence[str] | None = None
    ) -> Iterator[FollowUpView]:
        """Those of a commitment, in a state, with these keys; else all. What is awaited first stands first."""
        table, c = models.FollowUp, self._commitments.c
        named = (c.ref.label("ref"), c.title_vi, c.title_en, c.closed.label("shut"))
        wanted: Select[Any] = select(table, *named).join(self._commitments, c.id == table.commitment_id)
        wanted = wanted.where(held_on(self._as_of))
        if ref is not None:
            wanted = wanted.where(c.ref == ref)
        if keys is not None:
            wanted = wanted.where(table.key.in_(keys))
        if state is not None:
            wanted = wanted.where(self._in_state(FollowUpState(state)))
        shut = or_(c.closed.is_(True), table.due_on.is_(None))
        # Said, because SQLite and PostgreSQL put nothing at opposite ends.
        order = (shut, table.due_on.nulls_last(), table.planned_on.desc(), table.key)
        for row in self._session.execute(wanted.order_by(*order).execution_options(yield_per=CHUNK)):
            yield self.view(row[0], row.ref, Words(vi=row.title_vi, en=row.title_en), shut=row.shut)

    def view(self, kept: models.FollowUp, ref: str, title: Words, *, shut: bool) -> FollowUpView:
        """A row as a person sees it. With its commitment (`shut`) it is closed too, until that is reopened."""
        due_on = None if shut else kept.due_on
        return FollowUpView(
            key=kept.key,
            ref=ref,
            title=title,
            what=kept.what,
            how=kept.how,
            to=self._directory.by_id[kept.party_id].listing if kept.party_id else None,
            on=kept.planned_on,
            rule=kept.rule,
            answer_due=kept.answer_due_on,
            done_on=kept.done_on,
            answer=kept.answer,
            answered_on=kept.answered_on,
            dropped=kept.dropped,
            state=state_of(due_on, done=kept.done_on is not None, as_of=self._as_of),
        )

    def _in_state(self, state: FollowUpState) -> ColumnElement[bool]:
        table, closed = models.FollowUp, self._commitments.c.closed
        if state is FollowUpState.CLOSED:
            return or_(closed.is_(True), table.due_on.is_(None))
        done = table.done_on.is_not(None)
        on_time = {
            FollowUpState.PLANNED: and_(~done, table.due_on > self._as_of),
            FollowUpState.DUE: and_(~done, table.due_on <= self._as_of),
            FollowUpState.WAITING: and_(done, table.due_on >= self._as_of),
            FollowUpState.ANSWER_LATE: and_(done, table.due_on < self._as_of),
        }
        return and_(closed.is_(False), on_time.get(state, true()))


def told_by(session: Session, act_number: int) -> tuple[str, ...]:
    """The keys of the follow-ups that an act spoke of, in its order."""
    entry = models.Entry
    rows = session.execute(
        select(entry.ref)
        .where(entry.act_number == act_number, entry.subject == FollowUp.kind_of_subject)
        .order_by(entry.id)
    )
    return tuple(dict.fromkeys(rows.scalars()))


def nearest_keys(session: Session, key: str) -> tuple[str, ...]:
    """The keys around a mistyped one's place."""
    table = models.FollowUp
    before = session.execute(
        select(table.key).where(table.key < key).order_by(table.key.desc()).distinct().limit(2)
    ).scalars()
    after = session.execute(select(table.key).where(table.key > key).order_by(table.key).distinct().limit(1)).scalars()
    return (*reversed(before.all()), *after)
