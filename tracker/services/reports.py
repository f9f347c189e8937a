"""Reports: reading only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from tracker.domain.codes import PARTNER_ROLES, Role
from tracker.domain.query import And, HasParty, parse_query
from tracker.domain.register import Words
from tracker.domain.views import SECTIONS, CommitmentView, OverdueReport
from tracker.errors import Ambiguous, NotFound
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
                sections={section: _Stream(rows, section, limit) for section in SECTIONS},
                anchor=history.anchor(session),
                query=query,
                lead=_named(directory, lead),
                partner=_named(directory, partner),
                limit=limit,
            )


@dataclass(frozen=True, slots=True)
class _Stream(Iterable[CommitmentView]):
    """The rows of a section, asked for anew each time they are read: one transaction sees one state."""

    rows: OverdueRows
    section: str
    limit: int | None

    def __iter__(self) -> Iterator[CommitmentView]:
        return self.rows.section(self.section, self.limit)


def _named(directory: Directory, name: str | None) -> Words | None:
    """The party's own name when one is called so; the words that were typed when they mean several."""
    if name is None:
        return None
    try:
        return directory.one(name).listing.name
    except (NotFound, Ambiguous):
        return Words(vi=name)
