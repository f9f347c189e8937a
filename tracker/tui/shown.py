"""The only way in for text from data: never markup, never a control sequence, cut by cells of the terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from tracker.render import safe


def shown(text: str, style: str = "") -> Content:
    """The text as content that shows every character of it and does nothing; its lines stay lines."""
    text = safe(text, newlines=True)
    return Content.styled(text, style) if style else Content(text)


def line(text: str) -> str:
    """The text safe and on one line."""
    return " ".join(safe(text).split())


def cell(text: str, width: int, *, right: bool = False) -> str:
    """The text safe, on one line and exactly that many cells wide; what does not fit ends in an ellipsis."""
    text = line(text)
    taken = cell_len(text)
    if taken > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width) if width > 1 else " " * width
    return " " * (width - taken) + text if right else text + " " * (width - taken)


def indented(content: Content, width: int, indent: int, first: Content | None = None) -> Content:
    """The content wrapped to the width, each line moved in; `first` stands in the margin of the first line."""
    lines = content.wrap(max(width - indent, 10))
    margin = first or Content("")
    head = margin + " " * max(indent - margin.cell_length, 0)
    return Content("\n").join(
        (head + text if number == 0 else text.pad_left(indent)) for number, text in enumerate(lines)
    )
