"""Reports: reading only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

from tracker.domain.codes import PARTNER_ROLES, Role
from tracker.domain.query import And, HasParty, parse_query
from tracker.domain.register import Words
from tracker.domain.views import SECTIONS, Asked, OverdueReport
from tracker.errors import Ambiguous, NotFound
from tracker.services.acts import House
from tracker_db import history
from tracker_db.overdue import OverdueRows
from tracker_db.parties import Directory

# So many of the next deadlines are drawn.
SOONEST = 12


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
        asked = [
            *([HasParty((lead,), (Role.LEAD,))] if lead else []),
            *([HasParty((partner,), PARTNER_ROLES, partner=True)] if partner else []),
        ]
        term = And((parse_query(query), *asked)) if asked else parse_query(query)
        with self._house.database.read() as session:
            day = self._house.day(as_of)
            rows = OverdueRows(session, day, term, with_leads_only=lead is not None)
            directory = Directory(session)
            yield OverdueReport(
                as_of=as_of,
                soon_days=day.soon_days,
                counts=rows.counts(),
                sizes=rows.sizes(),
                sections={section: Asked(partial(rows.section, section, limit)) for section in SECTIONS},
                anchor=history.anchor(session),
                late=Asked(rows.late),
                soonest=Asked(partial(rows.soonest, SOONEST)),
                query=query,
                lead=_named(directory, lead),
                partner=_named(directory, partner),
                limit=limit,
            )


def _named(directory: Directory, name: str | None) -> Words | None:
    """The party's own name when one is called so; the words that were typed when they mean several."""
    if name is None:
        return None
    try:
        return directory.one(name).listing.name
    except (NotFound, Ambiguous):
        return Words(vi=name)
