"""Reports on what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.domain.reported import PLANNED, DueReport, PlanReport
from tracker.domain.schedule import last_soon_day
from tracker.errors import BadDate
from tracker.services.acts import House
from tracker.services.scoped import asked
from tracker_db.ahead import Ahead
from tracker_db.planning import Planned

# Month and day of the year before by which a yearly plan is sent (Law 70/2020/QH14, article 42).
SEND_BY = (11, 15)


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

    @contextmanager
    def plan(
        self,
        *,
        as_of: date,
        year: int | None = None,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
    ) -> Iterator[PlanReport]:
        """The plan of a year, the coming one unless said: what is carried over, falls in it, or stands without an end.

        Law on International Agreements 70/2020/QH14, article 42, asks for it by 15 November of the year before. It
        also raises BadDate (the year).
        """
        year = as_of.year + 1 if year is None else year
        if not date.min.year < year <= date.max.year:
            raise BadDate(str(year), "impossible")
        first, last = date(year, 1, 1), date(year, 12, 31)
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            planned = Planned(report.session, report.day, report.directory, report.term, first, last)
            counts = planned.counts()
            yield PlanReport(
                report.scope,
                year,
                date(year - 1, *SEND_BY),
                counts,
                {place: planned.part(place, counts[place], limit) for place in PLANNED[:3]},
                Ahead(report.session, report.day, report.directory, report.term, first, last).milestones(limit),
            )
