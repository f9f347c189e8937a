"""Reports on what was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from tracker.domain.deadline import parse_period
from tracker.domain.query import NOBODY
from tracker.domain.reported import (
    CHARTED,
    HAPPENINGS,
    LAST_MEETING,
    ChangesReport,
    SlippageReport,
    TargetsReport,
)
from tracker.domain.views import EventView
from tracker.errors import BadDate
from tracker.services.acts import House
from tracker.services.scoped import Asked, asked
from tracker_db import meetings
from tracker_db.aims import Aims
from tracker_db.happened import Happened
from tracker_db.slips import Slips


class LookingBack:
    """What changed. Each raises BadQuery, UnknownValue, BadDate, NotFound (a party nobody knows), Ambiguous."""

    def __init__(self, house: House) -> None:
        self._house = house

    @contextmanager
    def changes(
        self,
        *,
        as_of: date,
        since: str = LAST_MEETING,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
    ) -> Iterator[ChangesReport]:
        """What happened since a day, an event (by its key) or the last meeting with the partner, both days counted.

        It also raises NotFound (the event, or there was no meeting) and BadOption (the event has no date).
        """
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            first, event = _since(report, since, partner)
            happened = Happened(
                report.session,
                report.day,
                report.directory,
                report.term,
                since=first,
                zone=self._house.zone,
                limit=limit,
            )
            yield ChangesReport(
                report.scope,
                first,
                event,
                {kind: happened.told(kind) for kind in HAPPENINGS},
                # The first day on which it is late is the one after its last.
                report.listing(f"is:overdue due:{_before(first)}..{max(_before(as_of), _before(first))}"),
                happened.evidence(),
                happened.answers(),
            )

    @contextmanager
    def slippage(
        self,
        *,
        as_of: date,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
    ) -> Iterator[SlippageReport]:
        """What was moved from its baseline: how far, how often, by what; added up by lead and by partner."""
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            slips = Slips(report.session, report.day, report.directory, report.term)
            yield SlippageReport(
                report.scope, slips.total(), slips.moved(limit), slips.leads(limit), slips.partners(limit)
            )

    @contextmanager
    def targets(
        self,
        *,
        as_of: date,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
    ) -> Iterator[TargetsReport]:
        """Each figure against each target that commitments set."""
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            aims = Aims(report.session, report.day, report.directory, report.term)
            yield TargetsReport(report.scope, aims.standing(limit), tuple(aims.distinct(CHARTED)))


def _since(report: Asked, typed: str, partner: str | None) -> tuple[date, EventView | None]:
    try:
        period = parse_period(typed)
    except BadDate:
        parties = report.directory.matching(partner) if partner and partner != NOBODY else None
        return meetings.since(report.session, typed, report.scope.as_of, parties)
    if period.start is None:
        raise BadDate(typed, "unknown")
    return period.start, None


def _before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day
