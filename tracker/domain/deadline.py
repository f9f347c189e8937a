"""Deadlines: as exact as their source, and no more (one spelling for seeds, command line and screen)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from tracker.domain.text import clean, fold, folded_words
from tracker.errors import BadDate

# What a single day can be: a schedule counts years before and after it.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


class Precision(StrEnum):
    """How exact the source was."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"
    EVENT = "event"
    RECURRING = "recurring"
    NONE = "none"


class Certainty(StrEnum):
    """Where the interval comes from: the source's words, a later agreement, a rule of ours, or nowhere."""

    STATED = "stated"
    AGREED = "agreed"
    DERIVED = "derived"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from start to end, both included; either may be open. `value` is the one spelling of it."""

    value: str
    start: date | None
    end: date | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, with the source's own words. `end` is the last day that is still in time."""

    text: str
    value: str
    start: date | None
    end: date | None
    precision: Precision
    certainty: Certainty

    @classmethod
    def of(
        cls, value: str, text: str = "", certainty: Certainty = Certainty.STATED, event: Period | None = None
    ) -> Deadline:
        """The deadline spelled `value`; one at an event takes the event's days, when it has them.

        Raises BadDate when `value` is none of the spellings.
        """
        period = parse_period(value)
        if period.precision is Precision.EVENT:
            start, end = (event.start, event.end) if event else (None, None)
            period = Period(period.value, start, end, Precision.EVENT)
            certainty = Certainty.DERIVED if end else Certainty.NONE
        elif period.precision in (Precision.NONE, Precision.RECURRING):
            certainty = Certainty.NONE
        return cls(clean(text), period.value, period.start, period.end, period.precision, certainty)

    @property
    def event(self) -> str | None:
        """The key of the event it points at, or None."""
        return self.value.removeprefix("event:") if self.precision is Precision.EVENT else None


_YEAR = r"(?P<year>[0-9]{4})"
_SPELLINGS = (
    (re.compile(rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})"), Precision.DAY),
    (re.compile(rf"{_YEAR}-W(?P<part>[0-9]{{2}})"), Precision.WEEK),
    (re.compile(rf"{_YEAR}-(?P<month>[0-9]{{2}})"), Precision.MONTH),
    (re.compile(rf"{_YEAR}-Q(?P<part>[1-4])"), Precision.QUARTER),
    (re.compile(rf"{_YEAR}-H(?P<part>[12])"), Precision.HALF),
    (re.compile(_YEAR), Precision.YEAR),
)
_EVENT = re.compile(r"event:(?P<key>[a-z0-9][a-z0-9-]*)")


def parse_period(value: str) -> Period:
    """Read the one spelling.

    2026-08-31, 2026-W35, 2026-08, 2026-Q3, 2026-H2, 2026, A..B, ..A, event:KEY, recurring, none.
    Raises BadDate: impossible (30 February), reversed (the end before the start), unknown.
    """
    value = value.strip()
    if value in ("none", "recurring"):
        return Period(value, None, None, Precision(value))
    if _EVENT.fullmatch(value):
        return Period(value, None, None, Precision.EVENT)
    if ".." in value:
        first, _, last = value.partition("..")
        end = _single(last, whole=value)
        if not first:
            return Period(value, None, end.end, end.precision)
        start = _single(first, whole=value)
        if start.start and end.end and start.start > end.end:
            raise BadDate(value, "reversed")
        return Period(value, start.start, end.end, Precision.RANGE)
    return _single(value, whole=value)


def _single(value: str, whole: str) -> Period:
    for spelling, precision in _SPELLINGS:
        if match := spelling.fullmatch(value):
            parts = {name: int(number) for name, number in match.groupdict().items()}
            try:
                start, end = _days(precision, **parts)
            except (ValueError, OverflowError):
                raise BadDate(whole, "impossible") from None
            return Period(value, start, end, precision)
    raise BadDate(whole, "unknown")


def _days(precision: Precision, year: int, month: int = 1, day: int = 1, part: int = 1) -> tuple[date, date]:
    match precision:
        case Precision.DAY:
            start = date(year, month, day)
            return start, start
        case Precision.WEEK:
            start = date.fromisocalendar(year, part, 1)
            return start, start + timedelta(days=6)
        case Precision.MONTH:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case Precision.QUARTER | Precision.HALF:
            months = 3 if precision is Precision.QUARTER else 6
            start = date(year, 1 + (part - 1) * months, 1)
            # Counted back from the last month's own end: a month after 9999-12 does not exist.
            last = start + relativedelta(months=months - 1)
            return start, last.replace(day=monthrange(last.year, last.month)[1])
        case _:
            return date(year, 1, 1), date(year, 12, 31)


_NUMERIC_DAY = re.compile(r"(?P<a>[0-9]{1,2})[/.-](?P<b>[0-9]{1,2})[/.-](?P<year>[0-9]{2,4})")
_YEAR_WORDS = r"(?: nam |/)(?P<year>[0-9]{4})"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NAME = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + ")"
# Worded forms without their diacritics, and the one spelling that each means; * marks what a rule of ours derives.
# English names of months leave nothing to guess, and it is how we write days in English.
_WORDED = (
    (re.compile(rf"(?P<day>[0-9]{{1,2}}) thang (?P<month>[0-9]{{1,2}}){_YEAR_WORDS}"), "{year}-{month:02d}-{day:02d}"),
    (re.compile(r"(?:thang )?(?P<month>[0-9]{1,2})(?: nam |[/.-])(?P<year>[0-9]{4})"), "{year}-{month:02d}"),
    (re.compile(rf"quy (?P<part>[1-4]|i{{1,3}}|iv){_YEAR_WORDS}"), "{year}-Q{part}"),
    (re.compile(r"q(?P<part>[1-4])[/ -](?P<year>[0-9]{4})"), "{year}-Q{part}"),
    (re.compile(rf"(?:6 thang|nua) dau{_YEAR_WORDS}"), "{year}-H1"),
    (re.compile(rf"(?:6 thang|nua) cuoi{_YEAR_WORDS}"), "{year}-H2"),
    (re.compile(r"dau nam (?P<year>[0-9]{4})"), "*{year}-Q1"),
    (re.compile(r"giua nam (?P<year>[0-9]{4})"), "*{year}-05..{year}-08"),
    (re.compile(r"cuoi nam (?P<year>[0-9]{4})"), "*{year}-Q4"),
    (re.compile(r"nam (?P<year>[0-9]{4})"), "{year}"),
    (re.compile(rf"(?P<day>[0-9]{{1,2}}) {_MONTH_NAME} (?P<year>[0-9]{{4}})"), "{year}-{month:02d}-{day:02d}"),
    (re.compile(rf"{_MONTH_NAME} (?P<day>[0-9]{{1,2}}),? (?P<year>[0-9]{{4}})"), "{year}-{month:02d}-{day:02d}"),
    (re.compile(rf"{_MONTH_NAME} (?P<year>[0-9]{{4}})"), "{year}-{month:02d}"),
)
# "trước ngày 30/6" includes the day, as offices read it; "trước năm 2030" ends with 2029 (domain rules, section 2).
_LIMIT = re.compile(
    r"(?:(?P<before>truoc)|(?P<by>(?:den|cham nhat|muon nhat)(?: het)?|het)|trong|vao)?(?: |^)(?:ngay )?(?P<rest>.+)"
)
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4} | {name[:3]: number for number, name in enumerate(_MONTHS, 1)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A period as it was read; `guessed` says that another reading existed, so the reading must be shown."""

    period: Period
    guessed: bool = False


def read_period(value: str, language: str) -> Reading:
    """What a person types for a deadline: the one spelling, a numeric date, or a worded one in either language.

    `25/12/2026` can be read one way only. `05/12/2026` is day first in Vietnamese, said so by `guessed`;
    in English it is refused with both readings. Two-digit years are refused. Raises BadDate.
    """
    value = clean(value)
    folded = " ".join(fold(value).split())
    if folded in ("none", "khong", "khong co"):
        return Reading(parse_period("none"))
    limit = _LIMIT.fullmatch(folded)
    assert limit is not None or not folded
    try:
        read = _plain(limit["rest"], language) if limit else None
        if read is None:
            spelled = value.upper() if value[:1].isdigit() or value.startswith("..") else value
            return Reading(parse_period(spelled))
    except BadDate as error:
        raise BadDate(value, error.reason, error.readings) from None
    start, end = read.period.start, read.period.end
    assert limit is not None
    if limit["before"] and start is not None and read.period.precision is not Precision.DAY:
        return Reading(parse_period(spelling(None, start - timedelta(days=1))), read.guessed)
    if (limit["before"] or limit["by"]) and end is not None:
        return Reading(parse_period(f"..{read.period.value}"), read.guessed)
    return read


def _plain(folded: str, language: str) -> Reading | None:
    """The reading of a date or period without a word of limit, or None when it is neither numeric nor worded."""
    if match := _NUMERIC_DAY.fullmatch(folded):
        return _numeric(folded, match["a"], match["b"], match["year"], language)
    for words, value in _WORDED:
        if match := words.fullmatch(folded):
            parts = {name: _NUMBERS.get(part[:3]) or int(part) for name, part in match.groupdict().items()}
            spelled = value.format(**parts)
            return Reading(parse_period(spelled.removeprefix("*")), guessed=spelled.startswith("*"))
    return None


def _numeric(value: str, a: str, b: str, year: str, language: str) -> Reading:
    if len(year) != 4:
        raise BadDate(value, "two_digit_year")
    day_first = _possible(int(year), int(b), int(a))
    month_first = _possible(int(year), int(a), int(b))
    match day_first, month_first:
        case None, None:
            raise BadDate(value, "impossible")
        case (str() as only, None) | (None, str() as only):
            return Reading(parse_period(only))
        case str() as first, str() as second if first != second:
            if language != "vi":
                raise BadDate(value, "ambiguous", (first, second))
            return Reading(parse_period(first), guessed=True)
        case _:
            return Reading(parse_period(str(day_first)))


def _possible(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def read_day(value: str, language: str) -> date:
    """A single day as a person types it. Raises BadDate when it is no day, or not one day."""
    try:
        period = read_period(value, language).period
    except BadDate as error:
        raise day_needed(error) from None
    if period.precision is not Precision.DAY or period.start is None:
        raise BadDate(clean(value), "not_a_day")
    return within_reach(period.start, value)


def within_reach(day: date, value: str) -> date:
    """The day, typed as `value`, when it is one that anybody means. Raises BadDate for a year like 0226 or 9999."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadDate(clean(value), "out_of_reach")
    return day


def published_day(period: Period, typed: str, today: date) -> date:
    """The day from which the times that a text of that period names are counted. Raises BadDate.

    What came out has a first day, and that is not to come.
    """
    if period.start is None:
        raise BadDate(typed, "not_published")
    if period.start > today:
        raise BadDate(typed, "to_come")
    return within_reach(period.start, typed)


def day_needed(error: BadDate) -> BadDate:
    """The refusal where one day is asked for: to name what else a date can be would lead to the next refusal."""
    return BadDate(error.value, "not_a_day") if error.reason == "unknown" else error


def read_done(value: str, language: str) -> str:
    """When something was done, as a person types it: a period in the one spelling, or "unknown". Raises BadDate."""
    if fold(value.strip()) in ("unknown", "khong ro"):
        return "unknown"
    try:
        period = read_period(value, language).period
    except BadDate as error:
        raise (BadDate(value, "not_when_done") if error.reason == "unknown" else error) from None
    if period.start is None and period.end is None:
        raise BadDate(value, "not_when_done")
    return period.value


def read_deadline(value: str, language: str) -> tuple[Reading, str]:
    """A deadline as a person types it, and the words to keep beside it when they are all there is.

    Words that name no day ("sớm", "trong thời gian tới") are no deadline: the house looks again instead.
    Raises BadDate.
    """
    words = folded_words(value)
    if _vague(words) and not any(sign.isdigit() for sign in words):
        return Reading(parse_period("none")), clean(value)
    return read_period(value, language), ""


def _vague(words: str) -> str | None:
    """Which of the house's rules the words fall under, if they name no day: soon | coming."""
    return "soon" if "som" in words.split() else "coming" if "thoi gian toi" in words else None


def spelling(start: date | None, end: date) -> str:
    """The one spelling of the days from start to end: the coarsest that says exactly these."""
    if start is None:
        return f"..{end.isoformat()}"
    year = f"{start.year:04d}"
    parts = ("H1", "H2", "Q1", "Q2", "Q3", "Q4", f"{start.month:02d}")
    for value in (start.isoformat(), year, *(f"{year}-{part}" for part in parts)):
        period = parse_period(value)
        if (period.start, period.end) == (start, end):
            return value
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{year}..{end.year}"
    return f"{start.isoformat()}..{end.isoformat()}"


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """House review dates for commitments without a deadline, in days (domain rules, section 2). Never a deadline."""

    soon: int = 90
    coming: int = 180
    nothing: int = 180

    def review_on(self, deadline: Deadline | None, since: date) -> date | None:
        """When our own desk should look again, counted from `since`; None when there is a deadline to watch."""
        if deadline is not None and deadline.end is not None:
            return None
        return since + timedelta(days=self.rule(deadline)[1])

    def rule(self, deadline: Deadline | None) -> tuple[str, int]:
        """Which line of the policy the source's words fall under (soon, coming, nothing), and its days."""
        name = (_vague(folded_words(deadline.text)) if deadline else None) or "nothing"
        return name, getattr(self, name)
