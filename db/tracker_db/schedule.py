"""The schedule of `tracker.domain.schedule` in SQL: the same table, line by line, for a column of commitments."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, case, literal

from tracker.domain.schedule import Schedule, last_soon_day
from tracker.domain.status import Status
from tracker_db.scan import Columned

# The states of what is closed.
CLOSED_STATES = frozenset(
    {
        Schedule.REPLACED,
        Schedule.CLOSED_UNDONE,
        Schedule.DONE_NO_DEADLINE,
        Schedule.DONE_ON_TIME,
        Schedule.DONE_LATE,
        Schedule.TIMELINESS_UNKNOWN,
    }
)


def schedule_of(commitments: Columned, as_of: date, soon_days: int) -> ColumnElement[str]:
    """An expression that gives each row's schedule state on `as_of`; a property test compares it with the domain."""
    c = commitments.c
    delivered = c.status == Status.DELIVERED
    return case(
        (c.status == Status.SUPERSEDED, Schedule.REPLACED),
        (c.status.in_((Status.NOT_DELIVERED, Status.WITHDRAWN)), Schedule.CLOSED_UNDONE),
        (and_(delivered, c.deadline_end.is_(None)), Schedule.DONE_NO_DEADLINE),
        (and_(delivered, c.done_end <= c.deadline_end), Schedule.DONE_ON_TIME),
        (and_(delivered, c.done_start > c.deadline_end), Schedule.DONE_LATE),
        (delivered, Schedule.TIMELINESS_UNKNOWN),
        (c.status == Status.SUSPENDED, Schedule.PAUSED),
        (and_(c.deadline_end.is_(None), c.review_on < as_of), Schedule.REVIEW_DUE),
        (c.deadline_end.is_(None), Schedule.NO_DEADLINE),
        (and_(c.deadline_end < as_of, c.status == Status.CLAIMED_DONE), Schedule.LATE_CLAIM),
        (c.deadline_end < as_of, Schedule.OVERDUE),
        (c.deadline_end <= last_soon_day(as_of, soon_days), Schedule.DUE_SOON),
        (c.deadline_start.is_(None) | (c.deadline_start <= as_of), Schedule.IN_WINDOW),
        else_=literal(Schedule.NOT_DUE.value),
    )
