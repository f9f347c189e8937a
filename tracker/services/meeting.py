"""The report that is taken to a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.domain.query import NOBODY, And, Is
from tracker.domain.reported import BRIEF, SIDES_OF, BriefReport
from tracker.services.acts import House
from tracker.services.scoped import asked
from tracker_db import meetings
from tracker_db.aims import Aims
from tracker_db.briefing import Briefing


class Meeting:
    """What is to be said to a partner."""

    def __init__(self, house: House) -> None:
        self._house = house

    @contextmanager
    def brief(
        self,
        partner: str,
        *,
        as_of: date,
        event: str | None = None,
        query: str = "",
        lead: str | None = None,
        limit: int | None = BRIEF,
    ) -> Iterator[BriefReport]:
        """Where things stand with a partner, for a meeting or for the event with this key.

        Raises BadQuery, UnknownValue, BadDate, Ambiguous, NotFound (a party nobody knows, the event).
        """
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            session = report.session
            visit, first, until = meetings.event(session, event) if event else (None, None, None)
            parties = None if partner == NOBODY else report.directory.matching(partner)
            last = meetings.last_meeting(session, min(as_of, first or as_of), parties, event or "")
            since = (last[1] or last[2]) if last else None
            briefing = Briefing(session, report.day, report.directory, report.term)
            owed = briefing.owed()
            open_ones = And((report.term, Is("open")))
            yield BriefReport(
                report.scope,
                visit,
                last[0] if last else None,
                since,
                {side: report.listing(term, size=owed.get(sides, 0)) for side, (term, sides) in SIDES_OF.items()},
                report.listing("is:overdue"),
                report.listing(f"is:open due:{as_of}..{until}") if until and until >= as_of else None,
                briefing.ready(since, limit),
                Aims(session, report.day, report.directory, open_ones).standing(limit),
                briefing.follow_ups(limit),
            )
