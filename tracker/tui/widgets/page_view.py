"""A page to be read with the arrow keys: the cursor stands on a block, Tab goes to the next section, Enter opens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tracker.tui.actions import PAGE, bindings, rebind
from tracker.tui.openings import Opening
from tracker.tui.page import Block

# The section's number, and the mark of the cursor or of what opens.
GUTTER = 3
CURSOR, OPENS = "▌ ", "› "
Write = Callable[[int], list[Block]]


class PageView(ScrollView, can_focus=True):
    """Shows the blocks that `write` makes for its width, and writes them again for another one."""

    DEFAULT_CSS = """
    PageView {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .page--block { color: $foreground; background: $surface; }
        & > .page--cursor { color: $foreground; background: $surface; }
        & > .page--mark { color: $quiet; }
        &:focus > .page--cursor { background: $row-cursor; }
        &:focus > .page--mark { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"page--block", "page--cursor", "page--mark"}
    BINDINGS = [
        *bindings(PAGE),
        *(Binding(str(number), f"section({number})", show=False) for number in range(1, 10)),
    ]

    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0, repaint=False)

    class Opened(Message):
        """Enter or a double click on a block that opens something."""

        def __init__(self, chosen: Opening) -> None:
            super().__init__()
            self.chosen = chosen

    class Beyond(Message):
        """Tab went past the last section, or back past the first (`around`); or a number names another page's."""

        def __init__(self, section: int, *, around: bool) -> None:
            super().__init__()
            self.section = section
            self.around = around

    def __init__(self, *, first_number: int = 1, id: str | None = None) -> None:
        super().__init__(id=id)
        rebind(self, PAGE)
        self._write: Write | None = None
        self._blocks: list[Block] = []
        self._tops: list[int] = []
        self._strips: dict[int, list[Strip]] = {}
        self._written_for = 0
        self._numbers: dict[int, str] = {}
        self.first_number = first_number

    # What is on it

    def show(self, write: Write | None, *, from_start: bool = False) -> None:
        """Show what `write` writes; the cursor stays on its block, or goes to the beginning."""
        self._write = write
        self._write_again()
        if from_start:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)

    def _write_again(self) -> None:
        width = self.scrollable_content_region.width - GUTTER
        self._written_for = width
        self._blocks = self._write(width) if self._write and width > 0 else []
        self._tops, height = [], 0
        for block in self._blocks:
            # No empty line above the first.
            height += block.apart and height > 0
            self._tops.append(height)
            height += block.content.plain.count("\n") + 1
        self._strips.clear()
        numbers = zip(self.sections, range(self.first_number, 10), strict=False)
        self._numbers = {place: str(number) for place, number in numbers}
        self.virtual_size = Size(0, height)
        self.cursor = max(min(self.cursor, len(self._blocks) - 1), 0)
        self.refresh()

    def on_resize(self) -> None:
        """Write it again for another width."""
        if self.scrollable_content_region.width - GUTTER != self._written_for:
            self._write_again()

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn before is right."""
        super().notify_style_update()
        self._strips.clear()

    @property
    def sections(self) -> list[int]:
        """The blocks at which sections begin."""
        return [place for place, block in enumerate(self._blocks) if block.section]

    @property
    def current(self) -> Block | None:
        """The block under the cursor."""
        return self._blocks[self.cursor] if self._blocks else None

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the window, written first when nobody has told the width yet: no empty page is shown."""
        if self.scrollable_content_region.width - GUTTER != self._written_for:
            self._write_again()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        place = bisect_right(self._tops, at) - 1
        base = self.get_component_rich_style("page--block")
        if place < 0:
            return Strip.blank(width, base)
        lines = self._lines(place)
        line = at - self._tops[place]
        if line >= len(lines):
            return Strip.blank(width, base)
        on_cursor = place == self.cursor
        base = self.get_component_rich_style("page--cursor") if on_cursor else base
        number = self._numbers.get(place, " ") if line == 0 else " "
        mark = number + (CURSOR if on_cursor else OPENS if self._blocks[place].opens and line == 0 else "  ")
        tone = self.get_component_rich_style("page--mark")
        strip = Strip([Segment(mark, base + Style(color=tone.color, bold=tone.bold)), *lines[line]])
        strip = strip.adjust_cell_length(width, base)
        return strip.apply_style(Style(bgcolor=base.bgcolor)) if on_cursor else strip

    def _lines(self, place: int) -> list[Strip]:
        lines = self._strips.get(place)
        if lines is None:
            content = self._blocks[place].content
            lines = Visual.to_strips(self, content, self._written_for, None, self.visual_style, apply_selection=False)
            self._strips[place] = lines
        return lines

    # Cursor

    def watch_cursor(self) -> None:
        """Draw it where it stands."""
        self.refresh()

    def _height(self, place: int) -> int:
        bottom = self._tops[place + 1] - self._blocks[place + 1].apart if place + 1 < len(self._tops) else None
        return (self.virtual_size.height if bottom is None else bottom) - self._tops[place]

    def _go(self, place: int) -> None:
        """Put the cursor on a block, as much of it on the screen as fits, from its first line."""
        if not self._blocks:
            return
        self.cursor = max(min(place, len(self._blocks) - 1), 0)
        top, height, window = self._tops[self.cursor], self._height(self.cursor), self.size.height
        above = top - self._blocks[self.cursor].apart
        if above < self.scroll_offset.y:
            self._scroll(above)
        elif top + min(height, window) > self.scroll_offset.y + window:
            self._scroll(top + min(height, window) - window)

    def _scroll(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, immediate=True)

    def action_block_down(self) -> None:
        """To the next block; through a block that is longer than the screen line by line."""
        if not self._blocks:
            return
        bottom = self._tops[self.cursor] + self._height(self.cursor)
        if bottom > self.scroll_offset.y + self.size.height:
            self._scroll(self.scroll_offset.y + 1)
        elif self.cursor + 1 < len(self._blocks):
            self._go(self.cursor + 1)

    def action_block_up(self) -> None:
        """To the block before; through a long one line by line."""
        if not self._blocks:
            return
        if self._tops[self.cursor] < self.scroll_offset.y or self.cursor == 0:
            self._scroll(self.scroll_offset.y - 1)
        else:
            self._go(self.cursor - 1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self._turn(self.size.height - 1)

    def action_page_up(self) -> None:
        """A screenful up."""
        self._turn(1 - self.size.height)

    def _turn(self, lines: int) -> None:
        if not self._blocks:
            return
        self._scroll(self.scroll_offset.y + lines)
        top = self.scroll_offset.y
        at_end = top + self.size.height >= self.virtual_size.height
        place = len(self._blocks) - 1 if lines > 0 and at_end else bisect_right(self._tops, top) - 1
        self.cursor = max(place, 0)

    def action_first_block(self) -> None:
        """To the beginning."""
        self._go(0)

    def action_last_block(self) -> None:
        """To the end."""
        self._go(len(self._blocks) - 1)

    def action_next_section(self) -> None:
        """To the next section, here or on the next page."""
        following = [place for place in self.sections if place > self.cursor]
        if following:
            self.to_section(following[0])
        else:
            self.post_message(self.Beyond(self.first_number + len(self.sections), around=True))

    def action_section_before(self) -> None:
        """To the section before, here or on the page before."""
        before = [place for place in self.sections if place < self.cursor]
        if before:
            self.to_section(before[-1])
        else:
            self.post_message(self.Beyond(self.first_number - 1, around=True))

    def action_section(self, number: int) -> None:
        """To the section with that number, here or on another page."""
        if not self.go_to_section(number):
            self.post_message(self.Beyond(number, around=False))

    def go_to_section(self, number: int) -> bool:
        """To the section with that number; False when it is not on this page."""
        place = number - self.first_number
        if not 0 <= place < len(self.sections):
            return False
        self.to_section(self.sections[place])
        return True

    def to_section(self, place: int) -> None:
        """The section that begins at that block, from the top of the screen if there is enough below it."""
        self._go(place)
        self._scroll(self._tops[place] - self._blocks[place].apart)

    def action_open(self) -> None:
        """Open what the block under the cursor names."""
        if self.current is not None and self.current.opens is not None:
            self.post_message(self.Opened(self.current.opens))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the block clicked; a second click opens it."""
        place = bisect_right(self._tops, event.y + self.scroll_offset.y) - 1
        if place < 0:
            return
        self.cursor = place
        if event.chain == 2:
            self.action_open()
