"""Reports: reading only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

from tracker.domain.lateness import OVERDUE_BY, SECTIONS, Asked, OverdueReport
from tracker.errors import UnknownValue
from tracker.services.looking_ahead import LookingAhead
from tracker.services.looking_back import LookingBack
from tracker.services.meeting import Meeting
from tracker.services.scoped import asked
from tracker_db.overdue_by import OverdueBy

# So many of the next deadlines are drawn.
SOONEST = 12


class Reports(LookingAhead, LookingBack, Meeting):
    """What is overdue, and the relatives of that report."""

    @contextmanager
    def overdue(
        self,
        *,
        as_of: date,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
        by: str = "lead",
    ) -> Iterator[OverdueReport]:
        """The overdue report of a day, by one of the domain's OVERDUE_BY; its rows stream while the block is open.

        At most `limit` in a section. Raises BadQuery, UnknownValue, BadDate, NotFound (a party nobody knows),
        Ambiguous.
        """
        if by not in OVERDUE_BY:
            raise UnknownValue("group", by, OVERDUE_BY)
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            rows = OverdueBy(report.session, report.day, report.term, with_leads_only=lead is not None)
            yield OverdueReport(
                as_of=as_of,
                soon_days=report.day.soon_days,
                counts=rows.counts(),
                sizes=rows.sizes(),
                sections={section: Asked(partial(rows.section, section, limit)) for section in SECTIONS},
                anchor=report.scope.anchor,
                late=Asked(rows.late),
                soonest=Asked(partial(rows.soonest, SOONEST)),
                query=query,
                lead=report.scope.lead,
                partner=report.scope.partner,
                limit=limit,
                by=by,
                placed={} if by == "lead" else {section: rows.placed(by, section, limit) for section in SECTIONS},
            )
