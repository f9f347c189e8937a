"""A list that draws only the rows on the screen: its cost does not grow with the number of rows."""

from __future__ import annotations

from abc import abstractmethod

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tracker.tui.actions import ROWS, bindings, rebind
from tracker.tui.symbols import TONES

CURSOR = "▌"
# One cell group: its text (already safe and cut) and the tone it is drawn in.
Part = tuple[str, str]


class Rows(ScrollView, can_focus=True):
    """Rows under a header line that stays, with a cursor. Subclasses say how many there are and how one looks."""

    DEFAULT_CSS = """
    Rows {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .rows--header { color: $quiet; background: $surface; }
        & > .rows--row { color: $foreground; background: $surface; }
        & > .rows--cursor { color: $block-cursor-foreground; background: $row-cursor-blurred; }
        &:focus > .rows--cursor { background: $row-cursor; }
        & > .rows--late { color: $error; text-style: bold; }
        & > .rows--soon { color: $warning; }
        & > .rows--calm { color: $primary; }
        & > .rows--review { color: $review; }
        & > .rows--claimed { color: $claimed; }
        & > .rows--done { color: $success; }
        & > .rows--quiet { color: $quiet; }
        & > .rows--heading { color: $foreground; text-style: bold; }
        & > .rows--subheading { color: $primary; }
        & > .rows--picked { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {
        "rows--header",
        "rows--row",
        "rows--cursor",
        "rows--heading",
        "rows--subheading",
        "rows--picked",
        *(f"rows--{tone}" for tone in TONES),
    }
    BINDINGS = bindings(ROWS)

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another row, or the row under it has changed."""

    class Chosen(Message):
        """A row was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._length = 0
        rebind(self, ROWS)

    # What a subclass says

    @abstractmethod
    def header_parts(self, width: int) -> list[Part]:
        """The header line."""

    @abstractmethod
    def row_parts(self, index: int, width: int) -> list[Part]:
        """A row, cut to the width."""

    def may_stand(self, index: int) -> bool:
        """Whether the cursor may stand there."""
        return True

    def came_into_view(self) -> None:
        """The rows on the screen are others than before."""

    def header_clicked(self, event: events.Click) -> None:
        """The header line was clicked."""

    # Rows and the window on them

    @property
    def length(self) -> int:
        """How many rows there are."""
        return self._length

    def set_length(self, length: int) -> None:
        """There are so many rows now; the cursor stays where it is, or on the last one."""
        self._length = length
        self.virtual_size = Size(0, length + 1)
        self.cursor = max(min(self.cursor, length - 1), 0)
        self.refresh()

    @property
    def window(self) -> range:
        """The indexes of the rows on the screen."""
        top = self.scroll_offset.y
        return range(min(top, self._length), min(top + max(self.size.height - 1, 0), self._length))

    def repaint_row(self, index: int) -> None:
        """Draw one row again."""
        self.refresh_line(index + 1)

    def render_line(self, y: int) -> Strip:
        """The header on the first line, then the rows from the scroll position on."""
        width = self.scrollable_content_region.width
        if y == 0:
            base = self.get_component_rich_style("rows--header")
            return self._strip(self.header_parts(width), base, width)
        index = y - 1 + self.scroll_offset.y
        if index >= self._length:
            return Strip.blank(width, self.get_component_rich_style("rows--row"))
        on_cursor = index == self.cursor
        base = self.get_component_rich_style("rows--cursor" if on_cursor else "rows--row")
        drawn = self._strip(self.row_parts(index, width), base, width)
        if not on_cursor or drawn.crop(0, 1).text != " ":
            return drawn
        # Where a row begins with an empty cell, the cursor is seen without colours too.
        return Strip.join([Strip([Segment(CURSOR, base)], 1), drawn.crop(1)])

    def _strip(self, parts: list[Part], base: Style, width: int) -> Strip:
        segments = [Segment(text, base + self._tone(tone) if tone else base) for text, tone in parts]
        return Strip(segments).adjust_cell_length(width, base)

    def _tone(self, tone: str) -> Style:
        style = self.get_component_rich_style(f"rows--{tone}")
        return Style(color=style.color, bold=style.bold)

    # Cursor

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two rows again, keep the cursor on the screen, and say so."""
        self.repaint_row(before)
        self.repaint_row(now)
        self._keep_in_view()
        self.post_message(self.Moved())

    def _keep_in_view(self) -> None:
        if not self.size.height:
            # It is not on the screen yet: it is asked again with its size.
            return
        top, height = self.scroll_offset.y, max(self.size.height - 1, 1)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)

    def _step(self, to: int, direction: int) -> None:
        """The nearest row at or after `to` in that direction where the cursor may stand; else it stays."""
        to = max(min(to, self._length - 1), 0)
        while 0 <= to < self._length:
            if self.may_stand(to):
                self.cursor = to
                return
            to += direction

    def action_row_up(self) -> None:
        """One row up; from the topmost, the list shows what stands above it."""
        before = self.cursor
        self._step(self.cursor - 1, -1)
        if self.cursor == before:
            self.scroll_to(y=0, animate=False)

    def action_row_down(self) -> None:
        """One row down."""
        self._step(self.cursor + 1, 1)

    def action_page_up(self) -> None:
        """A screenful up."""
        self._step(self.cursor - max(len(self.window) - 1, 1), 1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self._step(self.cursor + max(len(self.window) - 1, 1), -1)

    def action_first_row(self) -> None:
        """To the first row."""
        self._step(0, 1)
        self.scroll_to(y=0, animate=False)

    def action_last_row(self) -> None:
        """To the last row."""
        self._step(self._length - 1, -1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row clicked; a second click chooses it."""
        index = event.y - 1 + self.scroll_offset.y
        if event.y < 1:
            self.header_clicked(event)
        if event.y < 1 or index >= self._length or not self.may_stand(index):
            return
        self.cursor = index
        if event.chain == 2:
            self.post_message(self.Chosen())

    # The window moved

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw what has come onto the screen."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.came_into_view()

    def on_resize(self) -> None:
        """Keep the cursor on the screen when it becomes smaller."""
        self._keep_in_view()
        self.refresh()
        self.came_into_view()

    def on_focus(self) -> None:
        """Show the cursor as the one that listens."""
        self.repaint_row(self.cursor)

    def on_blur(self) -> None:
        """Show the cursor as waiting."""
        self.repaint_row(self.cursor)
