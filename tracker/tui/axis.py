"""A stretch of time in cells: its header, and deadlines as bars at their true width.

Nothing is said by colour alone: the last cell of a bar is the symbol of the commitment's state, a bar with no stated
beginning is broken, what was the deadline before it was moved is shaded, and today is a line through all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rich.cells import cell_len

from tracker.domain.deadline import Deadline
from tracker.domain.views import CommitmentView
from tracker.i18n import pgettext
from tracker.render import period
from tracker.tui.columns import Columns, by_when
from tracker.tui.scale import Zoom, cell_of, month_of, moved, unit_of
from tracker.tui.shown import cell
from tracker.tui.symbols import symbol
from tracker.tui.widgets.rows import Part

SOLID, BROKEN, OPEN, BASELINE = "━", "╌", "◂", "░"
TODAY, TICK, TODAY_ABOVE = "│", "╷", "▼"
# The same where today's line goes through.
CROSSED = {SOLID: "┿", BROKEN: "┼", OPEN: OPEN, BASELINE: TODAY}
BEFORE, AFTER = "‹", "›"
# A deadline that lies outside the window is named in so many cells.
NAMED = 14


@dataclass(frozen=True, slots=True)
class Axis:
    """So many cells from one on (`left`), and the day that is today."""

    zoom: Zoom
    left: int
    width: int
    today: date

    @classmethod
    def around(cls, zoom: Zoom, at: date, width: int, today: date) -> Axis:
        """The window with a day at a third of it: more of what comes is seen than of what was."""
        return cls(zoom, cell_of(zoom, at) - width // 3, width, today)

    def place(self, day: date) -> int:
        """The cell of the window that a day lies in; it may lie outside."""
        return cell_of(self.zoom, day) - self.left

    def header(self) -> list[Part]:
        """The months, quarters or years, each named where it begins."""
        cells: list[Part] = [(" ", "")] * self.width
        for first, end, name in self._units():
            begin = max(first, 0)
            if first >= 0:
                cells[first] = (TICK, "")
            if cell_len(name) < end - begin:
                cells[begin + 1 : begin + 1 + len(name)] = [(letter, "") for letter in name]
        here = self.place(self.today)
        if 0 <= here < self.width:
            letter = cells[here][0]
            cells[here] = (TODAY_ABOVE if letter in (" ", TICK) else letter, "picked")
        return _parts(cells)

    def _units(self) -> Iterator[tuple[int, int, str]]:
        """The units in the window: the cells where each begins and where the next does, and its name."""
        first = unit_of(self.zoom, month_of(self.zoom, self.left))
        while (begin := self.place(first)) < self.width:
            after = moved(self.zoom, first, 1)
            yield begin, min(self.place(after), self.width), _called(self.zoom, first)
            if after == first:
                # The calendar ends here.
                return
            first = after

    def row(self, commitment: CommitmentView) -> list[Part]:
        """Today's line, the deadline as it was at first when it was moved, and the deadline."""
        cells: list[Part] = [(" ", "")] * self.width
        here = self.place(self.today)
        if 0 <= here < self.width:
            cells[here] = (TODAY, "picked")
        deadline, baseline = commitment.deadline, commitment.baseline
        if deadline is None or deadline.end is None:
            return _parts(cells)
        if baseline and baseline.end and (baseline.start, baseline.end) != (deadline.start, deadline.end):
            # Of one with no stated beginning there is only the end to show.
            self._fill(cells, self.place(baseline.start or baseline.end), self.place(baseline.end), BASELINE, "quiet")
        self._deadline(cells, deadline, deadline.end, commitment)
        return _parts(cells)

    def _deadline(self, cells: list[Part], deadline: Deadline, end: date, commitment: CommitmentView) -> None:
        mark, last = symbol(commitment), self.place(end)
        first = 0 if deadline.start is None else self.place(deadline.start)
        if last < 0 or first >= self.width:
            self._name(cells, by_when(deadline, NAMED), mark.tone, before=last < 0)
            return
        self._fill(cells, first, last, BROKEN if deadline.start is None else SOLID, mark.tone)
        if deadline.start is None:
            cells[0] = (OPEN, mark.tone)
        if last < self.width:
            cells[last] = (mark.cells[0], mark.tone)

    def _fill(self, cells: list[Part], first: int, last: int, drawn: str, tone: str) -> None:
        here = self.place(self.today)
        for at in range(max(first, 0), min(last + 1, self.width)):
            cells[at] = (CROSSED[drawn] if at == here else drawn, tone)

    def _name(self, cells: list[Part], name: str, tone: str, *, before: bool) -> None:
        said = f"{BEFORE} {name}" if before else f"{name} {AFTER}"
        said = cell(said, min(cell_len(said), self.width))
        begin = 0 if before else self.width - len(said)
        cells[begin : begin + len(said)] = [(letter, tone) for letter in said]


def _called(zoom: Zoom, first: date) -> str:
    """The month, quarter or year that begins on that day; each fits its cells in every language."""
    match zoom:
        case Zoom.MONTH:
            return period(f"{first.year:04d}-{first.month:02d}")
        case Zoom.QUARTER:
            said = pgettext("on the time axis", "Q{quarter} {year}")
            return said.format(quarter=(first.month + 2) // 3, year=first.year)
        case Zoom.YEAR:
            return period(f"{first.year:04d}")


def _parts(cells: list[Part]) -> list[Part]:
    """Neighbours of one tone as one part."""
    return [("".join(text for text, _tone in some), tone) for tone, some in groupby(cells, key=lambda part: part[1])]


class TimeColumns(Columns):
    """Ref and title in the left third, and the time beside them."""

    def __init__(self, width: int, ref_cells: int, zoom: Zoom, at: date, today: date) -> None:
        left = width // 3
        super().__init__(left - 1, ref_cells, ("ref", "title"))
        taken = sum(cell_len(text) for text, _tone in super().header())
        self.axis = Axis.around(zoom, at, max(width - taken, 1), today)

    def header(self, sort: str = "", *, descending: bool = False) -> list[Part]:
        """The names of the columns, and the time axis."""
        return [*super().header(sort, descending=descending), *self.axis.header()]

    def row(self, commitment: CommitmentView, as_of: date, section: str = "", *, picked: str = " ") -> list[Part]:
        """One commitment with its bar."""
        return [*super().row(commitment, as_of, section, picked=picked), *self.axis.row(commitment)]
