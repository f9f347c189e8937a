"""Commitments with their deadlines as bars beside them; those without one as an ordinary list."""

from __future__ import annotations

from datetime import date

from tracker.tui.actions import LIST, ROWS, TIMELINE, bindings_beside
from tracker.tui.axis import TimeColumns
from tracker.tui.columns import Columns
from tracker.tui.scale import Zoom
from tracker.tui.widgets.commitment_list import CommitmentList

# What is worth knowing of a commitment without a deadline: when we look again, and who.
WITHOUT_BARS = ("ref", "title", "next", "status", "lead")


class TimelineList(CommitmentList, inherit_bindings=False):
    """A list of commitments under a time axis. It leaves the keys that move in time to its room."""

    BINDINGS = bindings_beside(TIMELINE, ROWS, LIST)

    def __init__(self) -> None:
        super().__init__()
        self.names = WITHOUT_BARS
        self._zoom = Zoom.YEAR
        self._at: date | None = None
        self._bars = True

    def look(self, zoom: Zoom, at: date | None, *, bars: bool) -> None:
        """Look at that stretch of time (None: around the day that is shown), or at no time at all."""
        self._zoom, self._at, self._bars = zoom, at, bars
        self.lay_out()

    def columns_in(self, width: int) -> Columns:
        """Bars in two thirds of it."""
        if not self._bars:
            return super().columns_in(width)
        return TimeColumns(width, self.ref_cells, self._zoom, self._at or self.as_of, self.as_of)
