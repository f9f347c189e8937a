"""The register as a list: blocks of rows are asked for when they come onto the screen, and few are kept."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from rich.cells import cell_len

from tracker.domain.deadline import Deadline, spelling
from tracker.domain.schedule import Schedule
from tracker.domain.views import CommitmentView
from tracker.i18n import _, language
from tracker.render import label, period
from tracker.tui.messages import BlocksWanted
from tracker.tui.shown import cell
from tracker.tui.symbols import LEAD_MARKS, symbol
from tracker.tui.widgets.rows import Part, Rows

BLOCK = 50
# Enough for two screenfuls on each side of any window; memory does not grow with the register.
BLOCKS_KEPT = 24
# From these widths on there is room for the lead, and for air.
WITH_LEAD = 98
WIDE = 124
TITLE, DAYS = 1, 3
# VL-2025-013
REF_CELLS = 11


class CommitmentList(Rows):
    """Commitments in the register's order, as they stood on a day."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: OrderedDict[int, tuple[CommitmentView, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self.generation = 0
        # As wide as the longest ref so far: a ref that is cut is of no use.
        self._ref_cells = REF_CELLS
        self.as_of = date.min

    def show(
        self, total: int, block: int, rows: tuple[CommitmentView, ...], as_of: date, *, stay: bool, whole: bool = False
    ) -> None:
        """Show another answer. `stay` keeps cursor and scroll (the same question asked again).

        The whole register begins with the cursor on the commitment that it stood on, when that is among the rows.
        """
        before = self.current
        self.generation += 1
        self.as_of = as_of
        self._blocks.clear()
        self._asked.clear()
        self._keep(block, rows)
        if not stay:
            self.cursor = 0
            self.scroll_to(y=0, animate=False, immediate=True)
        self.set_length(total)
        if whole and not stay and before is not None:
            refs = [row.ref for row in rows]
            self.cursor = block * BLOCK + refs.index(before.ref) if before.ref in refs else 0
        self.came_into_view()
        self.post_message(self.Moved())

    def take(self, generation: int, blocks: dict[int, tuple[CommitmentView, ...]]) -> None:
        """Take rows that were asked for; those of an earlier answer are too late and are dropped."""
        if generation != self.generation:
            return
        for block, rows in blocks.items():
            self._keep(block, rows)
            self._asked.discard(block)
        self.refresh()
        if self.cursor // BLOCK in blocks:
            self.post_message(self.Moved())
        self.came_into_view()

    def _keep(self, block: int, rows: tuple[CommitmentView, ...]) -> None:
        self._blocks[block] = rows
        self._ref_cells = max((self._ref_cells, *(len(row.ref) for row in rows)))
        while len(self._blocks) > BLOCKS_KEPT:
            self._blocks.popitem(last=False)

    def give_up(self) -> None:
        """What was asked for does not come; the next movement asks again."""
        self._asked.clear()

    def replace(self, commitment: CommitmentView) -> None:
        """One commitment has changed: draw that row again, and no other."""
        for block, rows in self._blocks.items():
            for place, row in enumerate(rows):
                if row.ref == commitment.ref:
                    self._blocks[block] = (*rows[:place], commitment, *rows[place + 1 :])
                    self.repaint_row(block * BLOCK + place)
                    return

    def row(self, index: int) -> CommitmentView | None:
        """The commitment there, or None while it has not arrived."""
        block, place = divmod(index, BLOCK)
        rows = self._blocks.get(block)
        if rows is None or place >= len(rows):
            return None
        # What was looked at last is kept longest.
        self._blocks.move_to_end(block)
        return rows[place]

    @property
    def current(self) -> CommitmentView | None:
        """The commitment under the cursor."""
        return self.row(self.cursor) if self.length else None

    @property
    def current_block(self) -> int:
        """The block under the cursor."""
        return self.cursor // BLOCK

    def came_into_view(self) -> None:
        """Ask for what is on the screen and not here, else for what a screenful up or down would show.

        One question at a time: a fast scroll asks for its end.
        """
        if self._asked or not self._length:
            return
        window = self.window
        here = {index // BLOCK for index in (*window[:1], *window[-1:], self.cursor)}
        beside = {
            index // BLOCK
            for index in (window.start - len(window), window.stop + len(window))
            if 0 <= index < self._length
        }
        for needed in (here, beside):
            if missing := tuple(sorted(needed - self._blocks.keys())):
                self._asked.update(missing)
                self.post_message(BlocksWanted(missing))
                return

    # How a row looks

    def header_parts(self, width: int) -> list[Part]:
        """The names of the columns."""
        return header_of(Columns(width, self._ref_cells))

    def row_parts(self, index: int, width: int) -> list[Part]:
        """Symbol, ref, title, deadline, days, status, lead."""
        commitment = self.row(index)
        if commitment is None:
            return [("    ", ""), (cell(f"{index + 1} …", width - 4), "quiet")]
        return row_of(commitment, Columns(width, self._ref_cells), self.as_of)


def header_of(columns: Columns) -> list[Part]:
    """The names of the columns of such a list."""
    ref, title, deadline = (_("Ref"), ""), (_("Commitment"), ""), (_("Deadline"), "")
    days, status, leads = (_("Late/left"), ""), (_("Status"), ""), (_("Lead"), "")
    return columns.parts(("", ""), ref, title, deadline, days, status, leads)


def row_of(commitment: CommitmentView, columns: Columns, as_of: date) -> list[Part]:
    """One commitment as a row."""
    mark = symbol(commitment)
    leading = commitment.lead
    return columns.parts(
        (mark.cells, mark.tone),
        (commitment.ref, "quiet"),
        (commitment.title.said_in(language()), ""),
        (by_when(commitment.deadline, columns.deadline), ""),
        (days(commitment, as_of), mark.tone if mark.tone in ("late", "soon") else "quiet"),
        (label("status", commitment.status), "quiet" if commitment.status.closed else ""),
        (LEAD_MARKS[leading.basis] + leading.name.said_in(language()) if leading else "", "quiet"),
    )


def by_when(deadline: Deadline | None, cells: int) -> str:
    """The deadline in so many cells, as exact as its source: its period in words, else in the one spelling.

    Nothing when there is none; of a range that does not fit, the end.
    """
    if deadline is None:
        return ""
    if deadline.end is None:
        return label("precision", deadline.precision) if deadline.event else ""
    value = spelling(deadline.start, deadline.end) if deadline.event else deadline.value
    if cell_len(said := period(value)) <= cells:
        return said
    first, _dots, last = value.partition("..")
    if not (first and last):
        return value
    end = period(last) if cell_len(period(last)) < cells else last
    return f"≤ {end}" if cell_len(end) + 2 <= cells else f"≤{end}"


def days(commitment: CommitmentView, as_of: date) -> str:
    """How late it is or how long there is, in few cells."""
    if commitment.days_overdue:
        return _("{days} late").format(days=commitment.days_overdue)
    end = commitment.deadline.end if commitment.deadline else None
    if end is not None and commitment.schedule in (Schedule.DUE_SOON, Schedule.IN_WINDOW, Schedule.NOT_DUE):
        return _("{days} left").format(days=(end - as_of).days)
    return ""


class Columns:
    """How a width is shared out: the title takes what the others leave; a narrow list goes without the lead."""

    def __init__(self, width: int, ref_cells: int, *, with_lead: bool = True) -> None:
        wide = width >= WIDE
        self._gap = " " * (2 if wide else 1)
        lead = min(32, width // 6) if with_lead and width >= WITH_LEAD else 0
        # The narrow one has room for ≤31 Dec 2026.
        self.deadline = 14 if wide else 12
        self._widths = (ref_cells, 0, self.deadline, 9, 22 if wide else 15, lead)
        taken = 4 + sum(self._widths) + len(self._gap) * (5 if lead else 4) + 1
        self._title = max(width - taken, 8)

    def parts(self, mark: Part, *texts: Part) -> list[Part]:
        """The cells of a row, cut and spaced: ref, title, deadline, days, status, lead."""
        placed: list[Part] = [(f" {cell(mark[0], 2)} ", mark[1])]
        for place, ((text, tone), width) in enumerate(zip(texts, self._widths, strict=True)):
            width = width or (self._title if place == TITLE else 0)
            if width:
                placed.append((cell(text, width, right=place == DAYS) + self._gap, tone))
        return placed
