"""Days laid out in cells of the terminal: near, a cell is a day; farther, so many cells are a month, whatever month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta


class Zoom(StrEnum):
    """What the time axis names, nearest first."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def nearer(self) -> Zoom:
        """The next one with more cells for the same days; the nearest itself."""
        return ZOOMS[max(ZOOMS.index(self) - 1, 0)]

    @property
    def farther(self) -> Zoom:
        """The next one with fewer cells for the same days; the farthest itself."""
        return ZOOMS[min(ZOOMS.index(self) + 1, len(ZOOMS) - 1)]


ZOOMS = tuple(Zoom)
_MONTHS = {Zoom.MONTH: 1, Zoom.QUARTER: 3, Zoom.YEAR: 12}
# A quarter and a year are both twelve cells wide. The nearest zoom has a cell for each day.
_CELLS_OF_A_MONTH = {Zoom.QUARTER: 4, Zoom.YEAR: 1}


def cell_of(zoom: Zoom, day: date) -> int:
    """The cell that a day lies in, counted from a beginning that is the same for all days."""
    if zoom is Zoom.MONTH:
        return day.toordinal()
    cells = _CELLS_OF_A_MONTH[zoom]
    return (day.year * 12 + day.month - 1) * cells + (day.day - 1) * cells // monthrange(day.year, day.month)[1]


def month_of(zoom: Zoom, cell: int) -> date:
    """The first day of the month that a cell lies in; outside the calendar, its first or last month."""
    if zoom is Zoom.MONTH:
        return date.fromordinal(min(max(cell, 1), date.max.toordinal())).replace(day=1)
    months = min(max(cell // _CELLS_OF_A_MONTH[zoom], 12), 9999 * 12 + 11)
    return date(months // 12, months % 12 + 1, 1)


def unit_of(zoom: Zoom, day: date) -> date:
    """The first day of the month, quarter or year with that day."""
    months = _MONTHS[zoom]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def moved(zoom: Zoom, day: date, units: int) -> date:
    """The day so many months, quarters or years later; the same day where the calendar ends."""
    try:
        return day + relativedelta(months=units * _MONTHS[zoom])
    except (ValueError, OverflowError):
        return day
