"""A document cut into the units that are judged: sentences, headings, captions, items of lists, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.reading.sentences import paragraphs, sentences
from tracker.reading.spelling import spelled

LONGEST = 5000
# The depth of what a dash begins.
UNNUMBERED = 7


class UnitKind(StrEnum):
    """What a unit is by its form."""

    SENTENCE = "sentence"
    HEADING = "heading"
    CAPTION = "caption"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in the text as read. `depth` and `marker` are of the item it belongs to (0 and "": no item).

    `paragraph` counts from 1; `first` says that it begins its paragraph; `body` is where it begins after the marker.
    """

    start: int
    end: int
    body: int
    kind: UnitKind
    paragraph: int
    first: bool
    depth: int = 0
    marker: str = ""


_MARKER = re.compile(
    r"\s*(?:"
    r"(?P<part>(?:phần|chương|mục|điều|part|chapter|section|article)\s+(?:[0-9]{1,3}|[ivxlc]+)\b[.:]?)"
    r"|(?P<roman>[IVX]{1,6}[.)/])"
    r"|(?P<number>(?:[0-9]{1,3}\.)+[0-9]{1,3}\.?(?=\s)|[0-9]{1,3}[.)/](?=\s))"
    r"|(?P<bracket>\((?:[0-9]{1,2}|[ivx]{1,4})\)(?=\s))"
    r"|(?P<letter>(?:[a-z]|đ|Đ|[A-Z])[.)](?=\s))"
    r"|(?P<dash>[-–—•*+●▪◦](?=\s))"
    r")\s*",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:^|[\s(\[.\-–—])(?:ảnh|ảnh tư liệu|ảnh minh họa|photo|image|nguồn ảnh)\s*:")
_NOTE = re.compile(r"^\s*(?:theo\s+)?(?:ttxvn|vov|vgp|vnexpress)\s*(?:/\S+)?\s*$")
_CLOSED = re.compile(r"[.!?…;:,][\"”’»)\]./]*\s*$")


def units(text: str) -> Iterator[Unit]:
    """Every unit of the text, first to last."""
    for number, (start, end) in enumerate(paragraphs(text), 1):
        line = text[start:end]
        if line.startswith("|"):
            yield Unit(start, end, start, UnitKind.ROW, number, True)
            continue
        depth, marker, body = _item(line)
        if _CAPTION.search(plain := spelled(line)) or _NOTE.match(plain):
            yield Unit(start, end, start, UnitKind.CAPTION, number, True)
            continue
        parts = [part for span in sentences(text, start + body, end) for part in _cut(text, *span)] or [(start, end)]
        for place, (first, last) in enumerate(parts):
            heading = len(parts) == 1 and not _CLOSED.search(line) and (depth == 0 or _is_title(line[body:]))
            yield Unit(
                start if place == 0 else first,
                last,
                first,
                UnitKind.HEADING if heading else UnitKind.SENTENCE,
                number,
                place == 0,
                depth,
                marker,
            )


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What runs on for pages without a full stop is no sentence; it is judged in pieces."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield start, stop
        start = stop
    yield start, end


def _item(line: str) -> tuple[int, str, int]:
    """The depth, the marker and the length of the marker of a line; depths grow inwards."""
    found = _MARKER.match(line)
    if found is None or found.end() >= len(line):
        return 0, "", 0
    marker = found.group().strip()
    match found.lastgroup:
        case "part":
            depth = 1
        case "roman":
            depth = 2
        case "number":
            depth = 3 + min(marker.strip(".)").count("."), 2)
        case "bracket":
            depth = 5
        case "letter":
            # "A." and "I." head parts of a text; "a)" is an item of a list.
            depth = 2 if marker[0].isupper() and marker[0] != "Đ" and marker.endswith(".") else 6
        case _:
            depth = UNNUMBERED + (marker == "+")
    return depth, marker, found.end()


def _is_title(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > len(letters) * 0.8
