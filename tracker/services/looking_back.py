"""Reports on what was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta

from tracker.domain.deadline import parse_period, within_reach
from tracker.domain.lateness import Counts
from tracker.domain.query import NOBODY
from tracker.domain.register import Words
from tracker.domain.reported import (
    CHARTED,
    HAPPENINGS,
    LAST_MEETING,
    ChangesReport,
    Grade,
    Part,
    Score,
    ScorecardReport,
    SlippageReport,
    TargetsReport,
)
from tracker.domain.scales import Span
from tracker.domain.views import EventView
from tracker.errors import BadDate, UnknownValue
from tracker.services.acts import House
from tracker.services.scoped import Asked, asked
from tracker_db import meetings
from tracker_db.aims import Aims
from tracker_db.happened import Happened
from tracker_db.scores import Scores
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

    @contextmanager
    def scorecard(
        self,
        *,
        as_of: date,
        by: str = Span.QUARTER,
        before: date | None = None,
        query: str = "",
        lead: str | None = None,
        partner: str | None = None,
        limit: int | None = None,
    ) -> Iterator[ScorecardReport]:
        """The buckets by lead and by month, quarter or year, beside those of an earlier day.

        That day is `before`, or the same day one such period earlier. It also raises UnknownValue (`by`).
        """
        if by not in tuple(Span):
            raise UnknownValue("period", by, tuple(Span))
        span = Span(by)
        with asked(self._house, as_of=as_of, query=query, lead=lead, partner=partner, limit=limit) as report:
            earlier = report.on(before or span.earlier(as_of))
            now, then = (
                Scores(
                    each.session, each.day, each.directory, each.term, by=span, silent_days=self._house.silent_days
                ).tallied()
                for each in (report, earlier)
            )
            names = {known.listing.key: known.listing.name for known in report.directory.by_id.values()}
            grades = [
                Grade(scale, grade, number, now.total.total)
                for scale, found in now.scales.items()
                for grade, number in found.items()
            ]
            yield ScorecardReport(
                report.scope,
                span.value,
                earlier.day.as_of,
                now.total,
                then.total,
                _scores(now.leads, then.leads, names, limit),
                _scores(now.periods, then.periods, {}, limit),
                Part(len(grades), grades),
            )


def _scores(
    now: Mapping[str, Counts], then: Mapping[str, Counts], names: Mapping[str, Words], limit: int | None
) -> Part[Score]:
    """Those there are now, then those that there were only before."""
    keys = [*now, *(key for key in then if key not in now)]
    scores = [Score(key, names.get(key), now.get(key, Counts()), then.get(key, Counts())) for key in keys]
    return Part(len(scores), scores[:limit])


def _since(report: Asked, typed: str, partner: str | None) -> tuple[date, EventView | None]:
    try:
        period = parse_period(typed)
    except BadDate:
        parties = report.directory.matching(partner) if partner and partner != NOBODY else None
        return meetings.since(report.session, typed, report.scope.as_of, parties)
    if period.start is None:
        raise BadDate(typed, "unknown")
    if period.start > report.scope.as_of:
        raise BadDate(typed, "after_the_day")
    return within_reach(period.start, typed), None


def _before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day
