"""The open commitments in the plan of a year: carried over, within it, standing; by lead and then by deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, case, func, literal, select
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker.domain.codes import Kind
from tracker.domain.reported import PLANNED, Part
from tracker.domain.views import CommitmentView
from tracker_db.filters import Filter
from tracker_db.parties import Directory
from tracker_db.scan import ORDERED, Columned, unindexed
from tracker_db.view import CHUNK, Day, Viewer, commitments_on


class Planned:
    """The days of the plan, from its first to its last, and the open commitments that match."""

    def __init__(
        self, session: Session, day: Day, directory: Directory, term: query.Term, first: date, last: date
    ) -> None:
        self._session, self._day, self._directory = session, day, directory
        self._first, self._last = first, last
        self._commitments: FromClause = commitments_on(session, day.as_of)
        columns = unindexed(self._commitments, session.connection().dialect, ORDERED)
        condition = Filter(session, self._commitments, day, directory, scanning=True).where(term)
        self._open = self._commitments.c.closed.is_(False), condition
        self._place = self._placed(columns)

    def counts(self) -> dict[str, int]:
        """How many stand in each place; they add up to all that is open."""
        asked = select(self._place, func.count()).select_from(self._commitments).where(*self._open)
        found = dict(self._session.execute(asked.group_by(self._place)).all())
        return {place: found.get(place, 0) for place in PLANNED}

    def part(self, place: str, size: int, limit: int | None = None) -> Part[CommitmentView]:
        """Those in one place: leads in the order of a Vietnamese list, those without a lead last."""
        c = self._commitments.c
        places = {party_id: number for number, party_id in enumerate(self._directory.by_id)}
        lead = case(places, value=c.lead_id, else_=len(places)) if places else literal(0)
        wanted = select(self._commitments).where(*self._open, self._within(place), self._place == place)
        viewer = Viewer(self._session, self._day, self._directory)
        return Part(size, viewer.stream(self._fetched(wanted.order_by(lead, c.sort_day, c.ref).limit(limit))))

    def _placed(self, columns: Columned) -> ColumnElement[str]:
        c = columns.c
        return case(
            (c.deadline_end < self._first, "carried_over"),
            (c.deadline_start > self._last, "later"),
            (c.deadline_end.is_not(None), "within"),
            (c.kind == Kind.STANDING, "standing"),
            else_="undated",
        )

    def _within(self, place: str) -> ColumnElement[bool]:
        """The stretch of the default order in which a place lies: what is undated stands at its end."""
        day = self._commitments.c.sort_day
        return day < self._first if place == "carried_over" else day >= self._first

    def _fetched(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[Row[Any]]:
        yield from self._session.execute(wanted.execution_options(yield_per=CHUNK))
