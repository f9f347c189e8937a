"""What a page of text is made of: blocks with names in the margin, in sections, some of which open something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from tracker.tui.openings import Opening
from tracker.tui.shown import indented, shown

MARGIN = 15
# On a narrower page the names of the fields are cut, for the sake of what stands beside them.
NARROW = 48
QUIET = "$quiet"
Openable = tuple[Content, Opening | None]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page, wrapped to its width: what the cursor stands on, and what Enter opens there.

    `section` is its section's name in the first block of one; `apart` keeps an empty line before it.
    """

    content: Content
    section: str = ""
    apart: bool = False
    opens: Opening | None = None


class Page:
    """Blocks under one another, with the names of the fields in the margin."""

    def __init__(self, width: int, margin: int = MARGIN, narrow: int = NARROW) -> None:
        self.width = max(width, 30)
        self._margin = margin if width >= narrow else 11
        self.blocks: list[Block] = []

    @property
    def content(self) -> Content:
        """All of it as one text."""
        lines = ([Content(""), block.content] if block.apart else [block.content] for block in self.blocks)
        return Content("\n").join(line for block in lines for line in block)

    @property
    def room(self) -> int:
        """The cells beside the margin."""
        return self.width - self._margin

    def full(self, content: Content, *, section: str = "", apart: bool = False, opens: Opening | None = None) -> None:
        """A paragraph over the whole width."""
        wrapped = Content("\n").join(content.wrap(self.width))
        self.blocks.append(Block(wrapped, section, apart, opens))

    def field(
        self, name: str, content: Content, *, section: str = "", apart: bool = False, opens: Opening | None = None
    ) -> None:
        """A value with its name in the margin, or beside the one before when there is no name."""
        head = shown(name, QUIET).truncate(self._margin - 1, ellipsis=True)
        self.blocks.append(Block(indented(content, self.width, self._margin, head), section, apart, opens))

    def section(self, name: str, values: Iterable[Content | Openable]) -> None:
        """Several values under one name, with air before them; nothing when there are none."""
        for number, value in enumerate(values):
            content, opens = value if isinstance(value, tuple) else (value, None)
            first = number == 0
            self.field(name if first else "", content, section=name if first else "", apart=first, opens=opens)
