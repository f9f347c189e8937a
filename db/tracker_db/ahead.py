"""What lies ahead beside the commitments' own deadlines: their milestones, and our desk's reviews, each by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import FromClause, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker.domain.register import Words
from tracker.domain.reported import MilestoneDue, Part
from tracker.domain.status import Stage
from tracker.domain.views import CommitmentView, MilestoneView
from tracker_db import models
from tracker_db.filters import Filter, held
from tracker_db.parties import Directory
from tracker_db.subjects import deadline_of
from tracker_db.view import CHUNK, Day, Viewer, commitments_on

_DEADLINE = ("text", "value", "start", "end", "precision", "certainty")


class Ahead:
    """What falls on the days from `first` to `last`, of the open commitments that match."""

    def __init__(
        self, session: Session, day: Day, directory: Directory, term: query.Term, first: date, last: date
    ) -> None:
        self._session, self._day, self._directory = session, day, directory
        self._first, self._last = first, last
        self._commitments: FromClause = commitments_on(session, day.as_of)
        condition = Filter(session, self._commitments, day, directory).where(term)
        self._fits = (condition, self._commitments.c.closed.is_(False))

    def milestones(self, limit: int | None = None) -> Part[MilestoneDue]:
        """Milestones whose deadline ends on these days, by day, from their own index."""
        step, c = models.Milestone, self._commitments.c
        names = [step.name_vi, step.name_en, *(getattr(step, f"deadline_{part}") for part in _DEADLINE)]
        found = (
            select(self._commitments, *(name.label(f"step_{name.key}") for name in names))
            .join(step, step.commitment_id == c.id)
            .where(step.deadline_end.between(self._first, self._last), held(step, self._day), *self._fits)
        )
        rows = found.order_by(step.deadline_end, c.ref, step.position).limit(limit)
        return Part(self._count(found), self._steps(rows))

    def reviews(self, limit: int | None = None) -> Part[CommitmentView]:
        """Open commitments that our desk has planned to look at on these days, by day."""
        c = self._commitments.c
        # Party by party and by what they are not: for the index of reviews, which begins with the lead.
        led = or_(c.lead_id.in_(list(self._directory.by_id)), c.lead_id.is_(None))
        found = select(self._commitments).where(
            led, c.stage.not_in((Stage.CLOSED,)), c.review_on.between(self._first, self._last), *self._fits
        )
        wanted = found.order_by(c.review_on, c.ref).limit(limit)
        return Part(self._count(found), Viewer(self._session, self._day, self._directory).stream(self._fetched(wanted)))

    def _count(self, found: Select[Any]) -> int:
        counted = found.with_only_columns(func.count(), maintain_column_froms=True)
        return self._session.execute(counted).scalar_one()

    def _fetched(self, wanted: Select[Any]) -> Iterator[Row[Any]]:
        # Nothing is asked before the first row is wanted.
        yield from self._session.execute(wanted.execution_options(yield_per=CHUNK))

    def _steps(self, wanted: Select[Any]) -> Iterator[MilestoneDue]:
        viewer, waiting = Viewer(self._session, self._day, self._directory), self._fetched(wanted)
        while chunk := list(islice(waiting, CHUNK)):
            yield from map(_milestone, chunk, viewer.of(chunk))


def _milestone(row: Row[Any], commitment: CommitmentView) -> MilestoneDue:
    name = Words(vi=row.step_name_vi, en=row.step_name_en)
    return MilestoneDue(commitment, MilestoneView(name, deadline_of(row, "step_deadline")), row.step_deadline_end)
