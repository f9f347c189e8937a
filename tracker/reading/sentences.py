"""Where the paragraphs and sentences of a document lie, in characters of the decoded file."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A date line that a collection put in front of the text is no part of its first sentence.
_HEADER = re.compile(r"\s*date [0-9]{4}(?:-[0-9]{2}){0,2}\s+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# What may end a sentence: its mark and closing quotes, before space and what may begin the next one.
_END = re.compile(r"[.!?…]+[\"”’»)]*(?=\s+[\"“‘«(\[]?(?P<next>\w))")
_ABBREVIATION = re.compile(r"(?:\b(?:TS|ThS|PGS|GS|TP|Tp|St|Mr|Mrs|Ms|Dr|No|vs|Art|U\.S)|\b[A-ZĐ])\.$")
_NUMBERING = re.compile(r"\s*(?:\d+|[IVX]+)\.")
_SPACE = re.compile(r"\s*")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The span of each non-empty line, trimmed, first to last; paragraph n is the n-th of them."""
    for line in _LINE.finditer(text):
        start = line.start()
        if start == 0 and (header := _HEADER.match(line.group())):
            start = header.end()
        content = text[start : line.end()]
        yield start + len(content) - len(content.lstrip()), start + len(content.rstrip())


def paragraph_span(text: str, number: int) -> tuple[int, int] | None:
    """The span of paragraph `number`, counted from 1, or None."""
    return next((span for place, span in enumerate(paragraphs(text), 1) if place == number), None)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences between two offsets, trimmed."""
    begin = start
    for mark in _END.finditer(text, start, end):
        # Never the whole sentence at a time: a text may be one line of a million characters.
        if mark["next"].islower() or _ABBREVIATION.search(text, max(begin, mark.end() - 8), mark.end()):
            continue
        if mark.end() - begin < 16 and _NUMBERING.fullmatch(text, begin, mark.end()):
            continue
        yield begin, mark.end()
        space = _SPACE.match(text, mark.end(), end)
        begin = space.end() if space else mark.end()
    if text[begin:end].strip():
        yield begin, end


def is_whole_sentences(text: str, paragraph: int, start: int, end: int) -> bool:
    """Whether a span is one or more whole sentences of that paragraph."""
    span = paragraph_span(text, paragraph)
    if span is None:
        return False
    found = list(sentences(text, *span))
    return any(first == start for first, _ in found) and any(last == end for _, last in found) and start < end
