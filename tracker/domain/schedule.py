"""Schedule: where a commitment stands in time, computed for an as-of date, never stored (domain rules, section 1B)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.status import Status


class Schedule(StrEnum):
    """Exactly one of these holds for every commitment on every day."""

    REPLACED = "replaced"
    CLOSED_UNDONE = "closed_undone"
    DONE_NO_DEADLINE = "done_no_deadline"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    TIMELINESS_UNKNOWN = "timeliness_unknown"
    PAUSED = "paused"
    REVIEW_DUE = "review_due"
    NO_DEADLINE = "no_deadline"
    LATE_CLAIM = "late_claim"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_WINDOW = "in_window"
    NOT_DUE = "not_due"


BUCKETS: dict[str, frozenset[Schedule]] = {
    "done_on_time": frozenset({Schedule.DONE_ON_TIME}),
    "done_late": frozenset({Schedule.DONE_LATE}),
    "done_no_deadline": frozenset({Schedule.DONE_NO_DEADLINE}),
    "timeliness_unknown": frozenset({Schedule.TIMELINESS_UNKNOWN}),
    "open_within": frozenset({Schedule.DUE_SOON, Schedule.IN_WINDOW, Schedule.NOT_DUE}),
    "open_overdue": frozenset({Schedule.OVERDUE}),
    "late_claim": frozenset({Schedule.LATE_CLAIM}),
    "no_deadline": frozenset({Schedule.REVIEW_DUE, Schedule.NO_DEADLINE}),
    "paused": frozenset({Schedule.PAUSED}),
    "replaced": frozenset({Schedule.REPLACED}),
    "closed_undone": frozenset({Schedule.CLOSED_UNDONE}),
}
BUCKET_OF: dict[Schedule, str] = {state: bucket for bucket, states in BUCKETS.items() for state in states}


def schedule(
    status: Status,
    *,
    start: date | None,
    end: date | None,
    done_start: date | None,
    done_end: date | None,
    review_on: date | None,
    as_of: date,
    soon_days: int = 30,
) -> Schedule:
    """The state on `as_of`: the first line of the table that fits. Due today is not overdue.

    `start` and `end` are the current deadline's; `done_start` and `done_end` are null unless it is delivered
    and somebody said when. The SQL of `tracker_db.schedule` says the same, and a test compares them.
    """
    match status:
        case Status.SUPERSEDED:
            return Schedule.REPLACED
        case Status.NOT_DELIVERED | Status.WITHDRAWN:
            return Schedule.CLOSED_UNDONE
        case Status.DELIVERED:
            if end is None:
                return Schedule.DONE_NO_DEADLINE
            if done_end is not None and done_end <= end:
                return Schedule.DONE_ON_TIME
            if done_start is not None and done_start > end:
                return Schedule.DONE_LATE
            return Schedule.TIMELINESS_UNKNOWN
        case Status.SUSPENDED:
            return Schedule.PAUSED
    if end is None:
        return Schedule.REVIEW_DUE if review_on is not None and as_of > review_on else Schedule.NO_DEADLINE
    if as_of > end:
        return Schedule.LATE_CLAIM if status is Status.CLAIMED_DONE else Schedule.OVERDUE
    if end <= last_soon_day(as_of, soon_days):
        return Schedule.DUE_SOON
    return Schedule.IN_WINDOW if start is None or start <= as_of else Schedule.NOT_DUE


def last_soon_day(as_of: date, soon_days: int) -> date:
    """The last day that counts as soon on `as_of`; the calendar's own last day at most."""
    return as_of + timedelta(days=min(soon_days, (date.max - as_of).days))


BANDS = ((1, 30), (31, 90), (91, 180), (181, None))


def band(days: int) -> str:
    """The band of a delay in days, counted from 1: "1-30", "31-90", "91-180" or ">180"."""
    for first, last in BANDS:
        if last is None or days <= last:
            return f"{first}-{last}" if last else f">{first - 1}"
    raise AssertionError(days)
