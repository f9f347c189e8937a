"""Reports on what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.domain.reported import DueReport
from tracker.domain.schedule import last_soon_day
from tracker.services.acts import House
from tracker.services.scoped import asked
from tracker_db.ahead import Ahead


class LookingAhead:
    """What falls due. Each raises BadQuery, UnknownValue, BadDate, NotFound (a party nobody knows), Ambiguous."""

    def __init__(self, house: House) -> None:
        self._house = house

    @contextmanager
    def due(
        self,
        *,
        as_of: date,
        days: int = 30,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
    ) -> Iterator[DueReport]:
        """What ends from this day on and within so many days, by day; reviews of our desk apart."""
        until = last_soon_day(as_of, days)
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            ahead = Ahead(report.session, report.day, report.directory, report.term, as_of, until)
            yield DueReport(
                report.scope,
                days,
                until,
                report.listing(f"is:open due:{as_of}..{until}"),
                ahead.milestones(limit),
                ahead.reviews(limit),
            )
