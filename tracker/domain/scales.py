"""The register in the words of other people's scales. A translation, never a status: nobody sets it.

What a scale has no word for stays `untranslated`, so that each scale adds up to all commitments. The mappings are
ours; the sources of the scales themselves:
- ogp: Open Government Partnership, Independent Reporting Mechanism, completion in five grades (its glossary).
- g7: G7/G20 Research Group, Toronto: +1, 0, -1. That the words of the three grades are exactly these is not
  confirmed, and the Group scores each member apart within a fixed window: one number for all is no score of theirs.
- promises: PolitiFact's meter. `compromise` is given when a promise is over; an open one is never called so here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from tracker.domain.schedule import Schedule
from tracker.domain.status import Status

UNTRANSLATED = "untranslated"
SCALES: dict[str, tuple[str, ...]] = {
    "ogp": ("complete", "substantial", "limited", "not_started", "no_evidence", UNTRANSLATED),
    "g7": ("full", "partial", "failure", UNTRANSLATED),
    "promises": ("kept", "compromise", "in_the_works", "stalled", "broken", "not_yet_rated", UNTRANSLATED),
}
# Scales whose wording is not confirmed on their own publications.
UNCONFIRMED = frozenset({"g7"})
_OGP = {
    Status.DELIVERED: "complete",
    Status.PARTIAL: "substantial",
    Status.IN_PROGRESS: "limited",
    Status.NOT_STARTED: "not_started",
    Status.RECORDED: "no_evidence",
}
_PROMISES = {
    Status.DELIVERED: "kept",
    Status.PARTIAL: "in_the_works",
    Status.IN_PROGRESS: "in_the_works",
    Status.CLAIMED_DONE: "in_the_works",
    Status.SUSPENDED: "stalled",
    Status.WITHDRAWN: "broken",
    Status.NOT_DELIVERED: "broken",
    Status.RECORDED: "not_yet_rated",
}


def grade(scale: str, status: Status, state: Schedule, *, silent: bool) -> str:
    """The grade of a commitment on a scale; `silent`: nothing was said of it for longer than the house allows."""
    match scale:
        case "ogp":
            return _OGP.get(status, UNTRANSLATED)
        case "g7":
            return _g7(status, state)
        case _:
            found = _PROMISES.get(status, UNTRANSLATED)
            return "stalled" if found == "in_the_works" and silent else found


def _g7(status: Status, state: Schedule) -> str:
    match status:
        case Status.DELIVERED:
            return "full"
        case Status.IN_PROGRESS | Status.PARTIAL:
            return "partial"
        case Status.WITHDRAWN | Status.NOT_DELIVERED:
            return "failure"
        case Status.NOT_STARTED if state is Schedule.OVERDUE:
            # Its window is over.
            return "failure"
        case _:
            return UNTRANSLATED


class Span(StrEnum):
    """The length of a period by which a scorecard counts."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def of(self, day: date) -> str:
        """The period in which a day lies, in the one spelling."""
        match self:
            case Span.MONTH:
                return f"{day:%Y-%m}"
            case Span.QUARTER:
                return f"{day.year:04d}-Q{(day.month + 2) // 3}"
            case _:
                return f"{day.year:04d}"

    def earlier(self, day: date) -> date:
        """The same day one period before; the month's last day where there is no such day."""
        months = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}[self]
        return day - relativedelta(months=months)
