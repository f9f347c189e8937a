"""The lines of a report, with a cursor that stands on rows only. Its columns are those of the row under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tracker.tui.columns import REF_CELLS, TITLE_CELLS
from tracker.tui.report_lines import Entry, Gap, Heading, Line, Told, Under
from tracker.tui.shown import cell
from tracker.tui.widgets.rows import Part, Rows

# What is longer than this ends in an ellipsis: the row is read whole when it is opened, and in the file.
WIDEST = 30


class ReportList(Rows):
    """Section headings, groups, rows."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()
        # How wide each column of a kind of row wants to be.
        self._wanted: dict[tuple[str, ...], list[int]] = {}

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show another report. The cursor stays on its row, or on the first one."""
        before = self.current
        self._lines, self._wanted = lines, {}
        entries = [line for line in lines if isinstance(line, Entry)]
        for entry in entries:
            wanted = self._wanted.setdefault(entry.heads, [min(cell_len(head), WIDEST) for head in entry.heads])
            for place, text in enumerate(entry.cells):
                if wanted[place] < WIDEST:
                    wanted[place] = min(max(wanted[place], cell_len(text)), WIDEST)
        self.set_length(len(lines))
        places = {line.cells[0]: at for at, line in enumerate(lines) if isinstance(line, Entry)}
        if before is not None and before.cells[0] in places:
            self.cursor = places[before.cells[0]]
        else:
            self.action_first_row()

    @property
    def current(self) -> Entry | None:
        """The row under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, Entry) else None

    def may_stand(self, index: int) -> bool:
        """On rows only."""
        return isinstance(self._lines[index], Entry)

    def watch_cursor(self, before: int, now: int) -> None:
        """Another section has other columns."""
        super().watch_cursor(before, now)
        self.refresh_line(0)

    def header_parts(self, width: int) -> list[Part]:
        """The names of the columns."""
        if self.current is None:
            return [("", "")]
        return [("     ", ""), *((text, "") for text in self._cells(self.current.heads, self.current.heads, width))]

    def row_parts(self, index: int, width: int) -> list[Part]:
        """One line."""
        match self._lines[index]:
            case Heading(title, empty):
                return [(" ", ""), (cell(title, width - 1), "quiet" if empty else "heading")]
            case Under(name):
                return [(" ", ""), (cell(name, width - 1), "subheading")]
            case Told(sentence):
                return [("    ", ""), (cell(sentence, width - 4), "quiet")]
            case Gap():
                return [("", "")]
            case Entry(heads, cells, _ref, mark, tone):
                ref, *rest = self._cells(heads, cells, width)
                return [("  ", ""), (f"{cell(mark, 2)} ", tone), (ref, "quiet"), *((text, "") for text in rest)]

    def _cells(self, heads: tuple[str, ...], texts: Sequence[str], width: int) -> list[str]:
        """The texts in their columns: the title takes what the others leave; those that do not fit are left out."""
        wanted = self._wanted[heads]
        first = max(wanted[0], REF_CELLS)
        title = max(TITLE_CELLS, width * 2 // 5)
        left = width - 5 - first - 2 - title
        taken = {0: first}
        for place in range(2, len(heads)):
            # What is said first may be cut; the others are left out rather than cut.
            cells = min(wanted[place], left - 2) if place == 2 else wanted[place]
            if 0 < cells <= left - 2:
                taken[place] = cells
                left -= cells + 2
        taken[1] = max(title + left, 8)
        return [cell(texts[place], taken[place]) + "  " for place in sorted(taken) if place < len(texts)]
