"""A figure against a target, in sentences: no number is said more exactly than what it was made of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.domain.pace import HORIZON, Outlook, Pace, Range
from tracker.i18n import _, pgettext
from tracker.render.dates import day, period
from tracker.render.labels import label
from tracker.render.values import amount

if TYPE_CHECKING:
    from tracker.domain.views import FigureView, ReadingView

NO_PACE = ("no_readings", "not_comparable", "too_few")
DIGITS, ROUGH_DIGITS = 3, 2


def aim(figure: FigureView, value: Decimal, by: str | None) -> str:
    """The target: so much, by when."""
    said = amount(value, figure.unit)
    return said if by in (None, "none") else _("{target}, {by}").format(target=said, by=period(str(by)))


def measured(figure: FigureView, read: ReadingView) -> str:
    """A reading as its source says it, without its period."""
    return " ".join(filter(None, (label("qualifier", read.qualifier), amount(read.value, figure.unit))))


def span(figure: FigureView, found: Outlook | None, value: Range) -> str:
    """An amount or a range of amounts; where the present pace leads (`found`), in two digits: it is a guess."""
    if found is None:
        return amount(value.low, figure.unit)
    return _span(found, value, figure.unit, digits=ROUGH_DIGITS)


def gap(figure: FigureView, found: Outlook) -> str:
    """How much is missing, or that nothing is."""
    match found.reached:
        case "yes":
            return _("reached")
        case "disputed":
            return _("by some sources reached, by others not")
        case "unknown":
            return _("no reading to compare")
    assert found.gap is not None
    return _("{amount} missing").format(amount=_span(found, found.gap, figure.unit))


def needed(figure: FigureView, found: Outlook) -> str:
    """The pace that would reach it in time; empty when there is none."""
    if found.needed is None or found.by is None:
        return ""
    return _("{pace}, to be there by {day}").format(pace=_pace(figure, found, found.needed), day=day(found.by))


def present(figure: FigureView, found: Outlook) -> str:
    """The present pace and what it was counted from; or why there is none."""
    if found.trend is None:
        return "; ".join(
            _remark(code) for code in found.remarks if code in ("no_readings", "not_comparable", "too_few")
        )
    return _("{pace}, from {first} to {last}").format(
        pace=_pace(figure, found, found.trend.pace),
        first=period(found.trend.first.period.value),
        last=period(found.trend.last.period.value),
    )


def leads(figure: FigureView, found: Outlook) -> str:
    """Where the present pace leads; empty when it leads nowhere that can be said."""
    said = []
    if found.leads_to is not None and found.by is not None:
        there = span(figure, found, found.leads_to)
        said.append(_("about {amount} by {day}").format(amount=there, day=day(found.by)))
    if found.reached_in is not None and found.reached != "yes":
        first, last = found.reached_in
        if last == first:
            said.append(_("reached in {year}").format(year=first))
        elif last is None:
            said.append(_("reached in {year} at the earliest, or not at all").format(year=first))
        else:
            said.append(_("reached between {first} and {last}").format(first=first, last=last))
    elif "no_growth" in found.remarks:
        said.append(_("not reached within {years} years").format(years=HORIZON))
    return "; ".join(said)


def remarks(found: Outlook) -> tuple[str, ...]:
    """What a reader must know of these numbers, a sentence each."""
    because = {
        "amount_per_year": _("Counted as growth in per cent: an amount of each year grows in proportion to itself."),
        "stock": _("Counted in equal yearly steps: it is a stock, not an amount of each year."),
        "percentage": _("Counted in equal yearly steps: a percentage has no growth of its own."),
        "not_positive": _("Counted in equal yearly steps: growth in per cent needs values above zero."),
    }
    told = [_remark(code) for code in found.remarks if code not in (*NO_PACE, "no_growth")]
    counted = found.trend is not None or found.needed is not None
    return (*([because[found.because]] if counted else []), *told)


def _remark(code: str) -> str:
    return {
        "no_readings": _("There is no reading."),
        "newer_left_out": _("A newer reading is of a part of a year; it is not held against a whole one."),
        "not_comparable": _("The readings are of times that overlap or differ in length: no pace follows from them."),
        "no_date": _("The target has no date, so there is no pace needed."),
        "past": _("The target's date has passed."),
        "too_few": _("One reading is too few for a pace."),
        "two_readings": _("The present pace rests on two readings: one change, not a trend."),
        "rough": _("Some source says “about”, “over” or “under”: the numbers are rough."),
        "disputed": _("The sources differ: every number is a range."),
    }[code]


def _pace(figure: FigureView, found: Outlook, pace: Pace) -> str:
    step = _("{amount} a year").format(amount=_signed(found, pace.arithmetic, figure.unit))
    if found.growth != "compound" or pace.compound is None:
        return step
    percent = Range(pace.compound.low * 100, pace.compound.high * 100)
    return _("{percent} a year ({step} on average)").format(percent=_signed(found, percent, "%"), step=step)


def _signed(found: Outlook, value: Range, unit: str) -> str:
    return _span(found, value, unit, sign=True)


def _span(found: Outlook, value: Range, unit: str, *, sign: bool = False, digits: int = DIGITS) -> str:
    if {"rough", "disputed"} & set(found.remarks):
        digits = ROUGH_DIGITS
    low, high = _rounded(value.low, digits), _rounded(value.high, digits)
    plus = "+" if sign and low > 0 else ""
    if low == high:
        return plus + _minus(low, unit)
    return pgettext("amounts", "{low} to {high}").format(low=plus + _minus(low, unit), high=_minus(high, unit))


def _minus(value: Decimal, unit: str) -> str:
    return f"−{amount(-value, unit)}" if value < 0 else amount(value, unit)


def _rounded(value: Decimal, digits: int) -> Decimal:
    """The value in so many digits."""
    return round(value, digits - 1 - value.adjusted()) if value else Decimal(0)
