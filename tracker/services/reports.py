"""Reports: reading only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.domain.query import parse_query
from tracker.domain.views import SECTIONS, OverdueReport
from tracker.services.acts import House
from tracker_db import history
from tracker_db.overdue import OverdueRows
from tracker_db.parties import Directory


class Reports:
    """What is overdue, and all that stands beside it."""

    def __init__(self, house: House) -> None:
        self._house = house

    @contextmanager
    def overdue(
        self,
        *,
        as_of: date,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
    ) -> Iterator[OverdueReport]:
        """The overdue report of a day; its rows stream while the block is open, at most `limit` in a section.

        Raises BadQuery, UnknownValue, BadDate, NotFound (a party nobody knows), Ambiguous.
        """
        term = parse_query(query)
        with self._house.database.read() as session:
            day = self._house.day(as_of)
            rows = OverdueRows(session, day, term, lead, partner)
            directory = Directory(session) if lead or partner else None
            yield OverdueReport(
                as_of=as_of,
                soon_days=day.soon_days,
                counts=rows.counts(),
                sizes=rows.sizes(),
                sections={section: rows.section(section, limit) for section in SECTIONS},
                anchor=history.anchor(session),
                query=query,
                lead=directory.one(lead).listing.name if directory and lead else None,
                partner=directory.one(partner).listing.name if directory and partner else None,
                limit=limit,
            )
