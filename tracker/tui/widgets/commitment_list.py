"""Commitments as a list of sections: rows are asked for when they come onto the screen, and few are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from textual import events
from textual.message import Message

from tracker.domain.commands import Seen
from tracker.domain.views import CommitmentView
from tracker.tui.actions import LIST, bindings, rebind
from tracker.tui.asking import BLOCK
from tracker.tui.columns import DEFAULT, REF_CELLS, Columns
from tracker.tui.groups import group_name
from tracker.tui.messages import Block, BlocksWanted
from tracker.tui.sections import Line, Sections
from tracker.tui.selection import Selection
from tracker.tui.shown import cell
from tracker.tui.symbols import PICKED
from tracker.tui.widgets.rows import Part, Rows

# Enough for two screenfuls on each side of any window; memory does not grow with the register.
BLOCKS_KEPT = 24
FOLDED, UNFOLDED = "▸", "▾"

Rowset = tuple[CommitmentView, ...]


class CommitmentList(Rows):
    """Commitments as they stood on a day: a plain list, or groups under headings that can be folded."""

    BINDINGS = bindings(LIST)

    class Picked(Message):
        """Others are selected than before."""

    class AllWanted(Message):
        """All that match are to be selected."""

    class HeaderClicked(Message):
        """The name of a column was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        rebind(self, LIST)
        self._sections = Sections()
        self._blocks: OrderedDict[Block, Rowset] = OrderedDict()
        self._held = 0
        self._asked: set[Block] = set()
        self.generation = 0
        # As wide as the longest ref so far: a ref that is cut is of no use.
        self.ref_cells = REF_CELLS
        self._columns: Columns | None = None
        self._width = 0
        self._selection = Selection()
        # Where a range begins, where it ends now, and what was selected before it.
        self._range: tuple[int, int, Selection] | None = None
        self._to_the_end = False
        self.as_of = date.min
        self.grouping = ""
        self.names: Sequence[str] = DEFAULT
        self.sort, self.descending = "", False

    # What is shown

    def show(
        self,
        sections: Sections,
        blocks: Mapping[Block, Rowset],
        as_of: date,
        *,
        grouping: str = "",
        at: int | None = None,
    ) -> None:
        """Show another answer, with the cursor on line `at`, as far down the screen as it was, or on the first row."""
        self.generation += 1
        self.as_of, self.grouping = as_of, grouping
        self._sections = sections
        self._blocks.clear()
        self._held = 0
        self._asked.clear()
        self._range = None
        self._to_the_end = False
        self.lay_out()
        for block, rows in blocks.items():
            self._keep(block, rows)
        begin = self.first_row if at is None else at
        top = 0 if at is None else max(self.scroll_offset.y + begin - self.cursor, 0)
        self.set_length(len(sections))
        self.cursor = max(min(begin, self.length - 1), 0)
        self.scroll_to(y=min(top, self.cursor), animate=False, immediate=True)
        self.came_into_view()
        self.post_message(self.Moved())

    @property
    def sections(self) -> Sections:
        """The groups that are shown."""
        return self._sections

    @property
    def first_row(self) -> int:
        """The first line that is no heading; the first line when all are folded."""
        rows = (index for index in range(min(self._sections.headed, len(self._sections)), len(self._sections)))
        return next((index for index in rows if self._sections.line(index).place is not None), 0)

    def counted(self, total: int) -> None:
        """The rows of a plain list are so many: it was shown before they were counted."""
        (group,) = self._sections.groups
        if group.count != total:
            on_last = self.cursor == self.length - 1
            self._sections = Sections([replace(group, count=total)])
            self.set_length(total)
            if on_last and self._to_the_end:
                self.action_last_row()
        self._to_the_end = False
        self.came_into_view()

    def take(self, generation: int, blocks: Mapping[Block, Rowset]) -> None:
        """Take rows that were asked for; those of an earlier answer are too late and are dropped."""
        if generation != self.generation:
            return
        for block, rows in blocks.items():
            self._keep(block, rows)
            self._asked.discard(block)
        self.refresh()
        if self.length and self._block(self._sections.line(self.cursor)) in blocks:
            self.post_message(self.Moved())
        self.came_into_view()

    def _keep(self, block: Block, rows: Rowset) -> None:
        self._held += len(rows) - len(self._blocks.get(block, ()))
        self._blocks[block] = rows
        self._blocks.move_to_end(block)
        self.ref_cells = max((self.ref_cells, *(len(row.ref) for row in rows)))
        self._selection = self._selection.shown(rows)
        while self._held > BLOCKS_KEPT * BLOCK and len(self._blocks) > 1:
            self._held -= len(self._blocks.popitem(last=False)[1])

    def give_up(self) -> None:
        """What was asked for does not come; the next movement asks again."""
        self._asked.clear()

    def replace(self, commitment: CommitmentView) -> None:
        """One commitment has changed: draw its rows again, and no others."""
        for block, rows in self._blocks.items():
            for place, row in enumerate(rows):
                if row.ref == commitment.ref:
                    self._blocks[block] = (*rows[:place], commitment, *rows[place + 1 :])
                    self.repaint_row(self._sections.index(block[0], block[1] * BLOCK + place))
        self._selection = self._selection.shown((commitment,))

    def set_columns(self, names: Sequence[str], sort: str, *, descending: bool) -> None:
        """Show these columns, in this order, and say by which the rows are sorted."""
        self.names, self.sort, self.descending = names, sort, descending
        self.lay_out()

    # Lines, rows and blocks

    @staticmethod
    def _block(line: Line) -> Block:
        return line.group, (line.place or 0) // BLOCK

    def row(self, index: int) -> CommitmentView | None:
        """The commitment on a line; None on a heading, and while it has not arrived."""
        line = self._sections.line(index)
        return None if line.place is None else self._row(line)

    def _row(self, line: Line) -> CommitmentView | None:
        assert line.place is not None
        block = self._block(line)
        rows, place = self._blocks.get(block), line.place % BLOCK
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
    def here(self) -> tuple[str, int]:
        """Where the cursor stands: the key of its group, and its place there."""
        if not self.length:
            return "", 0
        line = self._sections.line(self.cursor)
        return self._sections.groups[line.group].key, line.place or 0

    def came_into_view(self) -> None:
        """Ask for what is on the screen and not here, else for what a screenful up or down would show.

        One question at a time: a fast scroll asks for its end.
        """
        if self._asked or not self._length:
            return
        window = self.window
        beside = (window.start - len(window), window.stop + len(window))
        for wanted in ({*window, self.cursor}, {each for each in beside if 0 <= each < self._length}):
            lines = [self._sections.line(index) for index in wanted]
            needed = {self._block(line) for line in lines if line.place is not None}
            if missing := tuple(sorted(needed - self._blocks.keys())):
                self._asked.update(missing)
                self.post_message(BlocksWanted(missing))
                return

    # Selecting

    @property
    def selection(self) -> Selection:
        """What is selected."""
        return self._selection

    def select(self, selection: Selection) -> None:
        """Select these and no others."""
        self._selection = selection
        self.refresh()
        self.post_message(self.Picked())

    def chosen(self) -> tuple[Seen, ...]:
        """Those selected by name, else the one under the cursor, each in the version that is shown."""
        if self._selection:
            return self._selection.chosen()
        row = self.current
        return (Seen(ref=row.ref, version=row.version),) if row else ()

    def action_select(self) -> None:
        """Select the row, or no longer, and go on to the next."""
        if row := self.current:
            self.select(self._selection.turned(row))
        self.action_row_down()

    def action_select_all(self) -> None:
        """Ask for all that match: the list knows only some of them."""
        self.post_message(self.AllWanted())

    def action_select_down(self) -> None:
        """Take the next row into the range; on the way back, out of it."""
        self._extend(1)

    def action_select_up(self) -> None:
        """Take the row above into the range; on the way back, out of it."""
        self._extend(-1)

    def _extend(self, step: int) -> None:
        left, leaving = self.cursor, self.current
        begin, end, before = self._range or (left, -1, self._selection)
        if end != left:
            begin, before = left, self._selection
        self._step(left + step, step)
        # The rows on both ends of the step belong to the range, unless the range has become shorter.
        shorter = abs(self.cursor - begin) < abs(left - begin)
        selection = self._selection
        if shorter and leaving and leaving.ref not in before:
            selection = selection.dropped(leaving)
        elif not shorter:
            selection = selection.picked(row for row in (leaving, self.current) if row)
        self._range = (begin, self.cursor, before)
        self.select(selection)

    # Folding

    def action_fold(self) -> None:
        """Hide the rows of the group; the cursor goes to its heading."""
        self._turn(fold=True)

    def action_unfold(self) -> None:
        """Show the rows of the group."""
        self._turn(fold=False)

    def turn(self) -> bool:
        """Fold the group on whose heading the cursor stands, or unfold it; whether there is one."""
        if not self.length or self._sections.line(self.cursor).place is not None:
            return False
        group = self._sections.groups[self._sections.line(self.cursor).group]
        self._turn(fold=not self._sections.is_folded(group))
        return True

    def _turn(self, *, fold: bool) -> None:
        if not self._sections.headed or not self.length:
            return
        number = self._sections.line(self.cursor).group
        group = self._sections.groups[number]
        if self._sections.is_folded(group) == fold:
            return
        heading = self._sections.index(number, None)
        self._sections = self._sections.turned(group.key)
        self.set_length(len(self._sections))
        self.cursor = heading
        self.came_into_view()

    def action_last_row(self) -> None:
        """To the last row; when they are still being counted, to the last one then."""
        super().action_last_row()
        self._to_the_end = True

    # How a row looks

    def header_parts(self, width: int) -> list[Part]:
        """The names of the columns."""
        return self._layout(width).header(self.sort, descending=self.descending)

    def row_parts(self, index: int, width: int) -> list[Part]:
        """A heading with its name and count, or a commitment."""
        line = self._sections.line(index)
        group = self._sections.groups[line.group]
        if line.place is None:
            fold = FOLDED if self._sections.is_folded(group) else UNFOLDED
            said = f"{group_name(self.grouping, group)} · {group.count}"
            return [(f" {fold} ", "quiet"), (cell(said, width - 3), "heading")]
        commitment = self._row(line)
        if commitment is None:
            return [("     ", ""), (cell(f"{line.place + 1} …", width - 5), "quiet")]
        picked = PICKED if commitment.ref in self._selection else " "
        return self._layout(width).row(commitment, self.as_of, group.key, picked=picked)

    def _layout(self, width: int) -> Columns:
        if self._columns is None or self._width != width or self._columns.cells["ref"] != self.ref_cells:
            self._columns, self._width = self.columns_in(width), width
        return self._columns

    def columns_in(self, width: int) -> Columns:
        """How a row is shared out."""
        return Columns(width, self.ref_cells, self.names)

    def lay_out(self) -> None:
        """Share it out anew."""
        self._columns = None
        self.refresh()

    def header_clicked(self, event: events.Click) -> None:
        """Say which column was meant."""
        column = self._layout(self.scrollable_content_region.width).at(event.x)
        if column is not None:
            self.post_message(self.HeaderClicked(column))
