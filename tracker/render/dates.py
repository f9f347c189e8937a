"""Days, periods and deadlines in words. The source's own words stand beside what was computed from them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.deadline import Certainty, Deadline, Precision, parse_period
from tracker.errors import BadDate
from tracker.i18n import _, ngettext, pgettext
from tracker.render.safe import safe

if TYPE_CHECKING:
    from tracker.domain.views import CommitmentView


def day(given: date) -> str:
    """31 Dec 2026, or 31/12/2026 in Vietnamese."""
    return pgettext("a day", "{day} {month} {year}").format(
        day=given.day, month=_short_month(given.month), year=given.year
    )


def day_in_full(value: str) -> str:
    """A period in words; a day with its month as a word, where digits alone could be read in two ways."""
    try:
        read = date.fromisoformat(value)
    except ValueError:
        return period(value)
    return pgettext("a day in full", "{day} {month} {year}").format(
        day=read.day, month=_month(read.month), year=read.year
    )


def _short_month(month: int) -> str:
    return (
        pgettext("in a day", "Jan"),
        pgettext("in a day", "Feb"),
        pgettext("in a day", "Mar"),
        pgettext("in a day", "Apr"),
        pgettext("in a day", "May"),
        pgettext("in a day", "Jun"),
        pgettext("in a day", "Jul"),
        pgettext("in a day", "Aug"),
        pgettext("in a day", "Sep"),
        pgettext("in a day", "Oct"),
        pgettext("in a day", "Nov"),
        pgettext("in a day", "Dec"),
    )[month - 1]


def _month(month: int) -> str:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        pgettext("a month", "May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[month - 1]


def _quarter(quarter: int) -> str:
    return (_("Q1"), _("Q2"), _("Q3"), _("Q4"))[quarter - 1]


def period(value: str) -> str:
    """A period in the one spelling (2026-Q3, ..2030, none) in words; `unknown` too.

    Never refuses: other text is shown as it is.
    """
    if value == "unknown":
        return _("on an unknown day")
    try:
        read = parse_period(value)
    except BadDate:
        return safe(value)
    first, dots, last = read.value.partition("..")
    if dots and not first:
        return _("by {day}").format(day=period(last)) if len(last) == 10 else _by_the_end(last)
    if dots and len(first) == len(last) == 4:
        return pgettext("years", "{first}–{last}").format(first=first, last=last)
    if dots:
        return _("{first} to {last}").format(first=period(first), last=period(last))
    return _single(read.value, read.precision, read.start)


def published(value: str) -> str:
    """When a document was published, as exactly as it is known."""
    return _("not known") if value == "none" else period(value)


def held(value: str) -> str:
    """When an event is held, as exactly as it is known."""
    return _("no date yet") if value == "none" else period(value)


def _by_the_end(last: str) -> str:
    return _("by the end of {period}").format(period=period(last))


def _single(value: str, precision: Precision, start: date | None) -> str:
    match precision:
        case Precision.EVENT:
            return _("at the event {event}").format(event=value.removeprefix("event:"))
        case Precision.RECURRING:
            return pgettext("deadline", "recurring")
        case Precision.NONE:
            return _("no deadline")
    assert start is not None
    year = value[:4]
    match precision:
        case Precision.DAY:
            return day(start)
        case Precision.WEEK:
            return _("week {week} of {year}").format(week=int(value[6:]), year=year)
        case Precision.MONTH:
            return pgettext("part of a year", "{part} {year}").format(part=_month(start.month), year=year)
        case Precision.QUARTER:
            return pgettext("part of a year", "{part} {year}").format(part=_quarter(int(value[6])), year=year)
        case Precision.HALF if value[6] == "1":
            return _("the first half of {year}").format(year=year)
        case Precision.HALF:
            return _("the second half of {year}").format(year=year)
        case _:
            return pgettext("a year", "{year}").format(year=year)


def deadline(given: Deadline | None) -> str:
    """By when: the source's words, then what was computed, marked when it was derived or agreed later."""
    if given is None:
        return _("no deadline")
    text = safe(given.text)
    if given.end is None:
        computed = _("no date yet") if given.precision is Precision.EVENT else period(given.value)
        return _beside(text or (period(given.value) if given.event else ""), computed)
    until = day(given.end)
    match given.certainty:
        case Certainty.DERIVED:
            computed = _("until {day}, derived").format(day=until)
        case Certainty.AGREED:
            computed = _("until {day}, as agreed later").format(day=until)
        case _ if not text and given.precision is Precision.DAY:
            return until
        case _:
            computed = _("until {day}").format(day=until)
    return _beside(text or period(given.value), computed)


def _beside(text: str, computed: str) -> str:
    return (
        pgettext("words of the source, then the reading", "{text} ({reading})").format(text=text, reading=computed)
        if text
        else computed
    )


def days_late(days: int) -> str:
    """How late, in days."""
    return ngettext("{days} day late", "{days} days late", days).format(days=days)


def moves(count: int) -> str:
    """How often the deadline was moved."""
    if count == 0:
        return _("never moved")
    return ngettext("moved once", "moved {count} times", count).format(count=count)


def overdue(view: CommitmentView) -> str:
    """One short phrase for the schedule column: how late it is, or the state it is in."""
    from tracker.render.labels import label

    if view.days_overdue and view.schedule == "overdue":
        return days_late(view.days_overdue)
    return label("schedule", view.schedule)
