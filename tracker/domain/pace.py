"""Where a measured figure stands against a target: gap, pace needed, present pace, and where it leads.

The average pace between two readings is told in two ways. Arithmetic: `(y1 - y0) / (t1 - t0)`. Compound: the compound
annual growth rate `(y1 / y0) ** (1 / (t1 - t0)) - 1`, by which Eurostat's reports on the Sustainable Development Goals
compare the actual with the required path. One of them leads (`growth`): compound for an amount of each year, which
grows in proportion to itself; arithmetic for a stock, a count, a percentage, and whenever a value is not positive.

Sources differ and round. Readings of one period that disagree make a range, from the lowest to the highest, and every
number that follows from them is a range too. What rests on "about", "over" or "under" is marked `rough`. A target is
taken as one to be reached from below, as every target that leaders state so far is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import ceil

from tracker.domain.deadline import Period, parse_period
from tracker.domain.views import FigureView, ReadingView

DAYS_OF_A_YEAR = Decimal("365.2425")
# The present pace is taken over so many of the last readings: older ones tell of other times.
LAST_READINGS = 4
# Nobody's pace of today says anything about a year further off.
HORIZON = 50
AMOUNT_PER_YEAR, STOCK, PERCENTAGE, NOT_POSITIVE = "amount_per_year", "stock", "percentage", "not_positive"


@dataclass(frozen=True, slots=True)
class Range:
    """A number as exactly as it is known: the same twice when the sources agree."""

    low: Decimal
    high: Decimal

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured of one period: all readings of it, and the range they span."""

    period: Period
    value: Range
    readings: tuple[ReadingView, ...]

    @property
    def rough(self) -> bool:
        """Whether some source says about, over or under."""
        return any(reading.qualifier for reading in self.readings)

    @property
    def end(self) -> date:
        """The last day that it is about."""
        assert self.period.end is not None
        return self.period.end


@dataclass(frozen=True, slots=True)
class Pace:
    """A change a year: so many units, and in proportion (0.1 is 10 %) where that means something."""

    arithmetic: Range
    compound: Range | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The present pace, from the first to the last of some readings that can be compared; `steps` lie between them."""

    first: Point
    last: Point
    steps: int
    pace: Pace

    @property
    def rough(self) -> bool:
        """Whether it rests on a reading that a source gives roughly."""
        return self.first.rough or self.last.rough


@dataclass(frozen=True, slots=True)
class Outlook:
    """A figure against one target. What cannot be known is None, and `remarks` says why, in codes.

    `reached`: yes, no, disputed (the sources differ on it), or unknown (no reading). `reached_in`: the first and last
    year in which the present pace may reach it; the last is None when it may not within `HORIZON` years.
    Remarks: no_readings, newer_left_out, not_comparable, no_date, past, too_few, two_readings, no_growth, rough,
    disputed.
    """

    value: Decimal
    by: date | None
    growth: str
    because: str
    latest: Point | None
    gap: Range | None
    reached: str
    years_left: Decimal | None
    needed: Pace | None
    trend: Trend | None
    leads_to: Range | None
    reached_in: tuple[int, int | None] | None
    remarks: tuple[str, ...]


def points(figure: FigureView) -> tuple[Point, ...]:
    """The periods of a figure with what was measured of each, in time; readings without a dated period are left out."""
    dated = [(parse_period(reading.period), reading) for reading in figure.readings]
    inside = [(period, reading) for period, reading in dated if period.end is not None]
    inside.sort(key=lambda pair: _days(pair[0]))
    together = ([*group] for _days_of_it, group in groupby(inside, key=lambda pair: _days(pair[0])))
    return tuple(_point(group[0][0], [reading for _period, reading in group]) for group in together)


def trend(figure: FigureView) -> Trend | None:
    """The present pace over the last readings that can be compared, or None when fewer than two can.

    Per year only whole years count; of a stock, days and periods that do not overlap; sums over periods of differing
    length never.
    """
    comparable = list(_comparable(figure))[-LAST_READINGS:]
    if len(comparable) < 2:
        return None
    first, last = comparable[0], comparable[-1]
    pace = _pace(
        first.value, last.value, years_between(first.end, last.end), _growth(figure, [first.value, last.value])
    )
    return Trend(first, last, len(comparable) - 1, pace)


def outlook(figure: FigureView, value: Decimal, by: str | None) -> Outlook:
    """The figure against a target `value`, to be reached by the end of the period spelled `by` (None: some time)."""
    latest = _latest(figure, by)
    end = parse_period(by).end if by else None
    present = trend(figure)
    used = [latest, *([present.first, present.last] if present else [])]
    spans = [Range(value, value), *(point.value for point in used if point is not None)]
    growth = _growth(figure, spans)
    found = Outlook(
        value=value,
        by=end,
        growth="compound" if growth == AMOUNT_PER_YEAR else "arithmetic",
        because=growth,
        latest=latest,
        gap=Range(value - latest.value.high, value - latest.value.low) if latest else None,
        reached=_reached(latest, value),
        years_left=None,
        needed=None,
        trend=present,
        leads_to=None,
        reached_in=None,
        remarks=(),
    )
    if latest is not None and figure.per != "period":
        found = _ahead(found, latest, end)
    return replace(found, remarks=tuple(_remarks(figure, found, by)))


def path(found: Outlook, years: Sequence[int]) -> tuple[tuple[int, Range], ...]:
    """Where the present pace stands at the end of each of these years, counted from its last reading."""
    if found.trend is None:
        return ()
    return tuple((year, _projected(found, years_between(found.trend.last.end, date(year, 12, 31)))) for year in years)


def years_between(first: date, last: date) -> Decimal:
    """The time between two days in years; from the end of one month to the same of another year exactly whole."""
    if (first.month, first.day) == (last.month, last.day):
        return Decimal(last.year - first.year)
    return Decimal((last - first).days) / DAYS_OF_A_YEAR


def _days(period: Period) -> tuple[date, date]:
    return period.end or date.max, period.start or date.min


def _point(period: Period, readings: list[ReadingView]) -> Point:
    values = [reading.value for reading in readings]
    return Point(period, Range(min(values), max(values)), tuple(readings))


def _latest(figure: FigureView, by: str | None) -> Point | None:
    """The last reading to hold against the target: of a whole year, of a stock, a sum over the target's own days."""
    measured = points(figure)
    if figure.per == "year":
        measured = tuple(point for point in measured if _is_a_year(point.period))
    elif figure.per == "period":
        meant = parse_period(by) if by else None
        measured = tuple(point for point in measured if meant is not None and _days(point.period) == _days(meant))
    return measured[-1] if measured else None


def _is_a_year(period: Period) -> bool:
    end = period.end
    return end is not None and period.start == date(end.year, 1, 1) and end == date(end.year, 12, 31)


def _comparable(figure: FigureView) -> Iterator[Point]:
    if figure.per == "period":
        return
    before: date | None = None
    for point in points(figure):
        if figure.per == "year" and not _is_a_year(point.period):
            continue
        # Of two that overlap the first stays: which of them is the later, nobody can say.
        if before is not None and (point.period.start is None or point.period.start <= before):
            continue
        before = point.end
        yield point


def _growth(figure: FigureView, spans: Sequence[Range]) -> str:
    if figure.unit in ("%", "percent"):
        return PERCENTAGE
    if figure.per != "year":
        return STOCK
    return AMOUNT_PER_YEAR if all(span.low > 0 for span in spans) else NOT_POSITIVE


def _pace(first: Range, last: Range, years: Decimal, growth: str) -> Pace:
    arithmetic = Range((last.low - first.high) / years, (last.high - first.low) / years)
    if growth != AMOUNT_PER_YEAR:
        return Pace(arithmetic, None)
    return Pace(arithmetic, Range(_rate(first.high, last.low, years), _rate(first.low, last.high, years)))


def _rate(first: Decimal, last: Decimal, years: Decimal) -> Decimal:
    return (last / first) ** (1 / years) - 1


def _reached(latest: Point | None, value: Decimal) -> str:
    if latest is None:
        return "unknown"
    if latest.value.low >= value:
        return "yes"
    return "disputed" if latest.value.high >= value else "no"


def _ahead(found: Outlook, latest: Point, end: date | None) -> Outlook:
    """The same with what lies ahead: nothing when it is reached, or when its time is over."""
    if found.reached == "yes":
        return found
    if end is not None and end > latest.end:
        years = years_between(latest.end, end)
        needed = _pace(latest.value, Range(found.value, found.value), years, found.because)
        found = replace(found, years_left=years, needed=needed)
        if found.trend is not None:
            found = replace(found, leads_to=_projected(found, years_between(found.trend.last.end, end)))
    return replace(found, reached_in=_reached_in(found))


def _projected(found: Outlook, years: Decimal) -> Range:
    assert found.trend is not None
    last, pace = found.trend.last.value, found.trend.pace
    if found.growth == "compound" and pace.compound is not None:
        return Range(last.low * (1 + pace.compound.low) ** years, last.high * (1 + pace.compound.high) ** years)
    return Range(last.low + pace.arithmetic.low * years, last.high + pace.arithmetic.high * years)


def _reached_in(found: Outlook) -> tuple[int, int | None] | None:
    """The first and last year that the present pace may reach it in; None when not even the fastest reading does."""
    if found.trend is None:
        return None
    pace, last = found.trend.pace, found.trend.last
    rates = pace.compound if found.growth == "compound" else None
    soonest = _years_to(last.value.high, found.value, pace.arithmetic.high, rates.high if rates else None)
    latest = _years_to(last.value.low, found.value, pace.arithmetic.low, rates.low if rates else None)
    first = _year_after(last, soonest)
    return None if first is None else (first, _year_after(last, latest))


def _years_to(now: Decimal, value: Decimal, step: Decimal, rate: Decimal | None) -> Decimal | None:
    if now >= value:
        return Decimal(0)
    if rate is not None:
        return (value / now).ln() / (1 + rate).ln() if rate > 0 else None
    return (value - now) / step if step > 0 else None


def _year_after(last: Point, years: Decimal | None) -> int | None:
    """The year in whose course so much time after the reading has passed. A yearly amount is there at a year's end."""
    if years is None or years > HORIZON:
        return None
    if (last.end.month, last.end.day) == (12, 31):
        return last.end.year + ceil(years)
    into = years + Decimal(last.end.timetuple().tm_yday) / DAYS_OF_A_YEAR
    return last.end.year + max(ceil(into) - 1, 0)


def _remarks(figure: FigureView, found: Outlook, by: str | None) -> Iterator[str]:
    measured = points(figure)
    if found.latest is None:
        yield "not_comparable" if measured else "no_readings"
        return
    if measured[-1].end > found.latest.end:
        yield "newer_left_out"
    if found.by is None:
        yield "no_date"
    elif found.by <= found.latest.end and found.reached != "yes":
        yield "past"
    if found.trend is None:
        yield "not_comparable" if len(measured) > 1 else "too_few"
    elif found.trend.steps == 1:
        yield "two_readings"
    if found.trend is not None and found.reached != "yes" and found.reached_in is None:
        yield "no_growth"
    used = [found.latest, *([found.trend.first, found.trend.last] if found.trend else [])]
    if any(point.rough for point in used):
        yield "rough"
    if any(not point.value.exact for point in used):
        yield "disputed"


def last_years(found: Outlook) -> Sequence[int]:
    """The years that a picture of it shows after the last reading: to the target's date, or to the year it leads to."""
    if found.latest is None or found.trend is None:
        return ()
    ends = [found.by.year] if found.by else [found.reached_in[0]] if found.reached_in else []
    begin = found.trend.last.end.year + 1
    return range(begin, min(max(ends, default=begin - 1), begin + HORIZON) + 1)
