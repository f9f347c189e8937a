"""What a date field says of what is typed: how it is read, what the house makes of it, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.deadline import (
    Deadline,
    Precision,
    Reading,
    ReviewPolicy,
    parse_period,
    read_day,
    read_deadline,
    read_done,
    read_period,
)
from tracker.errors import BadDate
from tracker.i18n import _, language
from tracker.render import day as in_words
from tracker.render import error as worded
from tracker.render import period

UNKNOWN_DAY = "unknown"


class DateKind(StrEnum):
    """What is asked for: one day, a day or a period, when something was done, or by when something is promised."""

    DAY = "day"
    PERIOD = "period"
    DONE = "done"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Told:
    """The date in the one spelling, None when it cannot be taken; what is said of it; the words it consists of."""

    value: str | None
    said: str
    words: str = ""


def told(kind: DateKind, typed: str, *, words: str, policy: ReviewPolicy, since: date) -> Told:
    """How a typed date is read. `words` are the source's own; a house review would be counted from `since`."""
    try:
        match kind:
            case DateKind.DONE if read_done(typed, language()) == UNKNOWN_DAY:
                return Told(UNKNOWN_DAY, _("It is done; the day is not known."))
            case DateKind.DEADLINE:
                reading, said = read_deadline(typed, language())
                value = reading.period.value
                if value == Precision.NONE:
                    return Told(value, _reviewed(Deadline.of(value, said or words), policy, since), said)
            case DateKind.DAY:
                read_day(typed, language())
                reading = read_period(typed, language())
            case _:
                reading = read_period(typed, language())
                if reading.period.precision is Precision.NONE:
                    return Told(None, _("A day or a period is needed, such as 2026-08-31 or 2026-08."))
    except BadDate as error:
        return Told(None, worded(error))
    return Told(reading.period.value, _read_as(reading))


def _read_as(reading: Reading) -> str:
    said, read = period(reading.period.value), reading.period
    if reading.guessed and read.precision is Precision.DAY:
        return _("Read as {period}, day first.").format(period=said)
    if reading.guessed and read.end is not None:
        return _("Read as {period}, until {day}, by the rule of the house.").format(period=said, day=in_words(read.end))
    if read.precision is not Precision.DAY and read.end is not None:
        return _("Read as {period}, until {day}.").format(period=said, day=in_words(read.end))
    return _("Read as {period}.").format(period=said)


def _reviewed(deadline: Deadline, policy: ReviewPolicy, since: date) -> str:
    review = policy.review_on(deadline, since)
    assert review is not None
    return _("No deadline. By the rule of the house we look again on {day}.").format(day=in_words(review))


def first_day(value: str) -> date | None:
    """The day on which a calendar opens for a date in the one spelling: its first, else its last."""
    try:
        found = parse_period(value)
    except BadDate:
        return None
    return found.start or found.end
