"""What a meeting wants to know beside the lists: what can be announced, and which follow-ups are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import FromClause, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker.domain.reported import FollowUpAwaited, Part
from tracker.domain.status import Stage, Status
from tracker.domain.views import CommitmentView
from tracker_db import models
from tracker_db.filters import Filter
from tracker_db.follow_ups import FollowUps, held_on
from tracker_db.parties import Directory
from tracker_db.view import CHUNK, Day, Viewer, commitments_on

SIDES = ("home", "counterpart")


class Briefing:
    """Of the commitments that match, on a day."""

    def __init__(self, session: Session, day: Day, directory: Directory, term: query.Term) -> None:
        self._session, self._day, self._directory = session, day, directory
        self._commitments: FromClause = commitments_on(session, day.as_of)
        self._term, self._directory = term, directory
        self._condition = Filter(session, self._commitments, day, directory).where(term)
        self._viewer = Viewer(session, day, directory)

    def owed(self) -> Mapping[tuple[bool, bool], int]:
        """How many open ones are undertaken by our side, by the other, by both, by nobody: counted in one walk."""
        found = Filter(self._session, self._commitments, self._day, self._directory, scanning=True)
        ours, theirs = (func.coalesce(found.where(query.parse_query(f"side:{side}")), false()) for side in SIDES)
        is_open = found.where(query.And((self._term, query.Is("open"))))
        counted = select(ours.label("ours"), theirs.label("theirs")).select_from(self._commitments).where(is_open)
        sides = counted.subquery().c
        rows = select(sides.ours, sides.theirs, func.count()).group_by(sides.ours, sides.theirs)
        return {(bool(ours), bool(theirs)): number for ours, theirs, number in self._session.execute(rows)}

    def ready(self, since: date | None, limit: int | None = None) -> Part[CommitmentView]:
        """What a party says is done, and what was confirmed as done since that day."""
        c = self._commitments.c
        claimed = c.stage == Stage.CLAIMED
        done = and_(c.status == Status.DELIVERED, c.status_since >= since) if since else None
        wanted: Select[*tuple[Any, ...]] = select(self._commitments).where(
            self._condition, claimed if done is None else or_(claimed, done)
        )
        ordered = wanted.order_by(c.closed, c.sort_day, c.ref).limit(limit)
        return Part(self._count(wanted), self._viewer.stream(self._fetched(ordered)))

    def follow_ups(self, limit: int | None = None) -> Part[FollowUpAwaited]:
        """Follow-ups of which something is awaited, the earliest first."""
        step, c = models.FollowUp, self._commitments.c
        wanted: Select[*tuple[Any, ...]] = (
            select(step, c.id)
            .join(self._commitments, c.id == step.commitment_id)
            .where(held_on(self._day.as_of), step.due_on.is_not(None), c.closed.is_(False), self._condition)
        )
        return Part(self._count(wanted), self._awaited(wanted.order_by(step.due_on, step.key).limit(limit)))

    def _count(self, wanted: Select[*tuple[Any, ...]]) -> int:
        return self._session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()

    def _fetched(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[Any]:
        yield from self._session.execute(wanted.execution_options(yield_per=CHUNK))

    def _awaited(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[FollowUpAwaited]:
        steps = FollowUps(self._session, self._day, self._directory, self._commitments)
        for rows in self._session.execute(wanted.execution_options(yield_per=CHUNK)).partitions():
            ids = {row.id for row in rows}
            found = self._session.execute(select(self._commitments).where(self._commitments.c.id.in_(ids))).all()
            views = dict(zip((row.id for row in found), self._viewer.of(found), strict=True))
            for row in rows:
                view = views[row.id]
                yield FollowUpAwaited(view, steps.view(row[0], view.ref, view.title, shut=False))
