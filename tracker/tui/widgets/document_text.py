"""The text of a document with places in it lit. Only the lines on the screen are wrapped: size costs nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Generic, NamedTuple, Protocol, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.style import Style as Look
from textual.visual import Visual
from textual.widget import Widget

from tracker.domain.views import CitedView
from tracker.reading.sentences import paragraphs
from tracker.tui.actions import TEXT, bindings, rebind
from tracker.tui.shown import shown

MARGIN = 6
WIDEST = 100
# A paragraph longer than this is wrapped in pieces: a file may be one line of ten megabytes.
LONGEST = 2000
WHEEL = 3
LIT, OTHER = "▌", "│"
_SPACE = re.compile(r"\s")


class Span(Protocol):
    """A place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The one after its last."""


S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a part of a very long one: its number, and its span in the text."""

    number: int
    start: int
    end: int
    first: bool


def pieces(text: str) -> list[Piece]:
    """The text in paragraphs, long ones cut at a space."""
    return [
        piece for number, (start, end) in enumerate(paragraphs(text), 1) for piece in _cut(text, number, start, end)
    ]


def _cut(text: str, number: int, start: int, end: int) -> Iterator[Piece]:
    begin = start
    while end - begin > LONGEST:
        space = _SPACE.search(text, begin + LONGEST, min(begin + 2 * LONGEST, end))
        cut = space.end() if space else min(begin + 2 * LONGEST, end)
        yield Piece(number, begin, cut, begin == start)
        begin = cut
    if begin < end:
        yield Piece(number, begin, end, begin == start)


class _Line(NamedTuple):
    """A line as it is drawn, the places on it by number, and whether it has something of what is lit."""

    strip: Strip
    places: tuple[int, ...]
    lit: bool


def _line(strip: Strip) -> _Line:
    metas = [segment.style.meta for segment in strip if segment.style and segment.text.strip()]
    return _Line(strip, tuple(meta["place"] for meta in metas if "place" in meta), any("lit" in meta for meta in metas))


class PlacedText(Widget, Generic[S], can_focus=True):
    """A text to be read, with places in it to go to. The window is kept as a piece and a line in it."""

    DEFAULT_CSS = """
    PlacedText {
        background: $surface;
        color: $foreground;
        & > .document--text { color: $foreground; background: $surface; }
        & > .document--margin { color: $quiet; }
        & > .document--lit { color: $block-cursor-foreground; background: $row-cursor; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"document--text", "document--margin", "document--lit"}
    BINDINGS = bindings(TEXT)
    ALLOW_SELECT = False

    class Moved(Message):
        """Another place is lit, or none."""

    class Chosen(Message):
        """A double click on a place."""

    def __init__(self) -> None:
        super().__init__()
        rebind(self, TEXT)
        self._text = ""
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        self._places: Sequence[S] = ()
        self._lit: tuple[int, int] | None = None
        self._at = 0
        self._top = (0, 0)
        self._wrapped: dict[int, list[_Line]] = {}
        self._laid_out = False

    # What is shown

    def put(self, text: str, cut: list[Piece], places: Sequence[S]) -> None:
        """Put a text there, with nothing lit."""
        self._text, self._pieces, self._places = text, cut, places
        self._starts = [piece.start for piece in cut]
        self._top, self._lit, self._at = (0, 0), None, -1
        self._draw_again()

    def look_of(self, place: S) -> tuple[str, str]:
        """The mark of a place in the margin, and the style of its words."""
        return OTHER, "underline"

    @property
    def place(self) -> S | None:
        """The place that is lit."""
        if self._lit is None or not 0 <= self._at < len(self._places):
            return None
        place = self._places[self._at]
        return place if (place.start, place.end) == self._lit else None

    @property
    def number(self) -> int:
        """The number of the lit place among all, from 1."""
        return self._at + 1

    @property
    def paragraph(self) -> int:
        """The number of the paragraph at the top of the window."""
        return self._pieces[self._top[0]].number if self._pieces else 0

    def _light(self, start: int, end: int) -> None:
        """Light a span and bring its beginning onto the screen, with a few lines before it."""
        self._lit = (start, end)
        self._wrapped.clear()
        if not self._pieces:
            return
        piece = max(bisect_right(self._starts, start) - 1, 0)
        line = next((row for row, line in enumerate(self._lines(piece)) if line.lit), 0)
        if (piece, line) not in list(self._window())[:-2]:
            self._top = (piece, line)
            self._move(-max(self.size.height // 4, 1))

    # The window

    def _window(self) -> Iterator[tuple[int, int]]:
        """The lines on the screen, as piece and line; a line after the last of a paragraph is empty."""
        piece, line = self._top
        for _row in range(self.size.height):
            if piece >= len(self._pieces):
                return
            yield piece, line
            line += 1
            if line >= len(self._lines(piece)):
                piece, line = piece + 1, 0

    def _move(self, lines: int) -> None:
        """Move the window; the last screenful is the end."""
        if not self._pieces:
            return
        piece, line = self._top
        for _step in range(abs(lines)):
            if lines > 0:
                if line + 1 < len(self._lines(piece)):
                    line += 1
                elif piece + 1 < len(self._pieces):
                    piece, line = piece + 1, 0
            elif line > 0:
                line -= 1
            elif piece > 0:
                piece -= 1
                line = len(self._lines(piece)) - 1
        self._top = min((piece, line), self._last_top())
        self._forget_far()
        self.refresh()

    def _last_top(self) -> tuple[int, int]:
        """The top of the last screenful."""
        rows = max(self.size.height, 1)
        for piece in range(len(self._pieces) - 1, -1, -1):
            count = len(self._lines(piece))
            if count >= rows:
                return piece, count - rows
            rows -= count
        return 0, 0

    def _forget_far(self) -> None:
        if len(self._wrapped) > 400:
            self._wrapped.clear()

    def _draw_again(self) -> None:
        self._wrapped.clear()
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Wrap for another width: what is at the top stays there; the first time, what is lit comes into sight."""
        first, self._laid_out = not self._laid_out, True
        self._wrapped.clear()
        if first and self._lit is not None:
            self._light(*self._lit)
        elif self._pieces:
            piece, line = self._top
            self._top = (piece, min(line, len(self._lines(piece)) - 1))
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn before is right."""
        super().notify_style_update()
        self._wrapped.clear()

    # Drawing

    @property
    def _text_width(self) -> int:
        return max(min(self.size.width - MARGIN - 1, WIDEST), 10)

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        base = self.get_component_rich_style("document--text")
        row = next(islice(self._window(), y, None), None)
        if row is None:
            return Strip.blank(self.size.width, base)
        return self._lines(row[0])[row[1]].strip.adjust_cell_length(self.size.width, base)

    def _lines(self, piece: int) -> list[_Line]:
        lines = self._wrapped.get(piece)
        if lines is None:
            lines = self._wrapped[piece] = self._wrap(self._pieces[piece])
        return lines

    def _wrap(self, piece: Piece) -> list[_Line]:
        base = self.get_component_rich_style("document--text")
        quiet = base + Style(color=self.get_component_rich_style("document--margin").color)
        content = Content("").join(self._parts(piece))
        drawn = Visual.to_strips(self, content, self._text_width, None, self.visual_style, apply_selection=False)
        lines = []
        for row, strip in enumerate(drawn):
            line = _line(strip)
            number = f"{piece.number:>4}" if row == 0 and piece.first else "    "
            margin = Segment(f"{number} {self._mark(line)}", quiet)
            lines.append(line._replace(strip=Strip([margin, *strip])))
        if self._ends_paragraph(piece):
            lines.append(_Line(Strip([Segment(" " * MARGIN, quiet)]), (), False))
        return lines

    def _mark(self, line: _Line) -> str:
        if line.lit:
            return LIT
        return self.look_of(self._places[line.places[0]])[0] if line.places else " "

    def _ends_paragraph(self, piece: Piece) -> bool:
        following = bisect_right(self._starts, piece.start)
        return following >= len(self._pieces) or self._pieces[following].number != piece.number

    def _parts(self, piece: Piece) -> Iterator[Content]:
        """The piece cut where a place begins or ends, each part in its own style and knowing its place."""
        touching = [n for n, place in enumerate(self._places) if place.start < piece.end and piece.start < place.end]
        spans = [(self._places[number].start, self._places[number].end) for number in touching]
        lit = self._lit or (0, 0)
        edges = {piece.start, piece.end}
        edges |= {edge for span in (*spans, lit) for edge in span if piece.start < edge < piece.end}
        for start, end in pairwise(sorted(edges)):
            part = shown(self._text[start:end].replace("\n", " "))
            here = [n for n, (first, last) in zip(touching, spans, strict=True) if first <= start and end <= last]
            meta: dict[str, int] = {"place": self._at if self._at in here else here[0]} if here else {}
            if lit[0] <= start and end <= lit[1]:
                part, meta["lit"] = part.stylize(self.get_visual_style("document--lit")), 1
            elif here:
                part = part.stylize(self.look_of(self._places[here[0]])[1])
            yield part.stylize(Look.from_meta(meta)) if meta else part

    # Keys

    def action_line_up(self) -> None:
        """One line up."""
        self._move(-1)

    def action_line_down(self) -> None:
        """One line down."""
        self._move(1)

    def action_page_up(self) -> None:
        """A screenful up."""
        self._move(1 - self.size.height)

    def action_page_down(self) -> None:
        """A screenful down."""
        self._move(self.size.height - 1)

    def action_first_line(self) -> None:
        """To the beginning."""
        self._top = (0, 0)
        self.refresh()

    def action_last_line(self) -> None:
        """To the end."""
        self._top = self._last_top()
        self.refresh()

    def action_next_citation(self) -> None:
        """Light the next place."""
        self.go_to_place(self._at + 1)

    def action_citation_before(self) -> None:
        """Light the place before."""
        self.go_to_place(self._at - 1 if self._at >= 0 else -1)

    def go_to_place(self, number: int) -> None:
        """Light the place of that number, from 0; past the last one comes the first."""
        if not self._places:
            return
        self._at = number % len(self._places)
        place = self._places[self._at]
        self._light(place.start, place.end)
        self._draw_again()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """A few lines down."""
        event.stop()
        self._move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """A few lines up."""
        event.stop()
        self._move(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        """Light the place clicked, or the first one on its line; a second click chooses it."""
        row = next(islice(self._window(), event.y, None), None)
        if row is None:
            return
        on_line = self._lines(row[0])[row[1]].places
        number = event.style.meta.get("place", next(iter(on_line), None))
        if number is None:
            return
        if number != self._at:
            self.go_to_place(number)
        if event.chain == 2:
            self.post_message(self.Chosen())


class DocumentText(PlacedText[CitedView]):
    """A text with the citations in it."""

    def show(self, text: str, cut: list[Piece], places: Sequence[CitedView], lit: tuple[int, int, str] | None) -> None:
        """Show a text and the places cited in it, with one span lit (that of the commitment given, if it is cited)."""
        self.put(text, cut, places)
        if lit is not None and lit[1] > lit[0]:
            start, end, ref = lit
            same = [number for number, place in enumerate(places) if (place.start, place.end) == (start, end)]
            self._at = next((number for number in same if places[number].ref == ref), same[0] if same else 0)
            self._light(start, end)
