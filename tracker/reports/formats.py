"""A list in every format. Each renderer yields pieces of text and never holds more than a few rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TypeVar

from tracker.render import safe
from tracker.reports.layout import cells, cut, pad, wrap
from tracker.reports.listing import Column, Listing
from tracker.reports.rows import Row

T = TypeVar("T")
FORMATS = ("table", "json", "jsonl", "csv", "md")
# Column widths come from this many rows: a list of any length begins to appear at once.
LOOKED_AT = 100
GAP = 2
# Less than this, and the last column goes to a line of its own.
LAST = 24


def render_list(
    form: str, listing: Listing[T], items: Iterable[T], *, width: int | None = None, colour: bool = False
) -> Iterator[str]:
    """The list in that format. `width` is the terminal's; without one nothing is cut."""
    match form:
        case "json":
            yield from json_list(map(listing.row, items))
        case "jsonl":
            yield from (json_line(listing.row(item)) for item in items)
        case "csv":
            yield from csv_rows(listing.fields, map(listing.row, items))
        case "md":
            yield from markdown_table(listing.columns, items)
        case _:
            yield from text_table(listing.columns, items, width=width, colour=colour)


# JSON


# Legal in JSON as they are, but a terminal would obey them: written as \uXXXX they mean the same.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: object, *, indent: int | None = None) -> str:
    """A value as JSON in UTF-8 that does nothing to a terminal."""
    separators = (",", ": ") if indent else (", ", ": ")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return _OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def json_line(row: Row) -> str:
    """One row on one line."""
    return json_text(row) + "\n"


def json_list(rows: Iterable[Row]) -> Iterator[str]:
    """An array, one row a line; `[]` when there are none."""
    yield from json_array(rows)
    yield "\n"


def json_array(rows: Iterable[Row]) -> Iterator[str]:
    """An array without the last line end, to stand inside an object."""
    before = "[\n"
    for row in rows:
        yield before + json_text(row)
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


# CSV


def csv_rows(fields: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    """A heading, then a line for each row. `fields` are paths into it: `deadline.end` is `deadline_end`."""
    paths = [field.split(".") for field in fields]
    line = _csv_writer()
    yield line([field.replace(".", "_") for field in fields])
    for row in rows:
        yield line([_flat(_at(row, path)) for path in paths])


def _csv_writer() -> Callable[[list[str]], str]:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")

    def line(values: list[str]) -> str:
        writer.writerow(values)
        text = page.getvalue()
        page.seek(0)
        page.truncate()
        return text

    return line


def _at(row: object, path: list[str]) -> object:
    for name in path:
        if not isinstance(row, Mapping):
            return None
        row = row.get(name)
    return row


def _flat(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(safe(value))
        case list():
            return guarded("; ".join(safe(_member(member)) for member in value))
        case Mapping():
            return guarded(safe(json_text(value)))
        case _:
            return str(value)


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "␉")) else text


def _member(member: object) -> str:
    match member:
        case {"party": party, "role": role, "basis": basis}:
            return f"{role}:{party}:{basis}"
        case {"party": party, "status": status, "since": since}:
            return f"{party}:{status}:{since}"
        case {"document": document, "paragraph": paragraph, "role": role}:
            return f"{document}:{paragraph}:{role}"
        case {"figure": figure, "value": value, "unit": unit}:
            return f"{figure}={value} {unit}"
        case {"period": period, "value": value}:
            return f"{period}={value}"
        case {"ref": ref, "value": value}:
            return f"{ref}={value}"
        case _:
            return str(member)


# Markdown


_MARKUP = re.compile(r"[\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_])")


def markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(lambda found: "\\" + found.group(), text)


def markdown_table(columns: tuple[Column[T], ...], items: Iterable[T]) -> Iterator[str]:
    """A table with a heading."""
    yield f"| {' | '.join(markdown(column.head()) for column in columns)} |\n"
    yield f"|{' --- |' * len(columns)}\n"
    for item in items:
        yield f"| {' | '.join(markdown(column.cell(item)) for column in columns)} |\n"


# Text


def text_table(columns: tuple[Column[T], ...], items: Iterable[T], *, width: int | None, colour: bool) -> Iterator[str]:
    """Aligned columns. In a narrow terminal the last one stands on lines of its own; nothing is wider."""
    source = iter(items)
    first = list(islice(source, LOOKED_AT))
    leading = columns[:-1]
    widths = _widths(leading, first, width)
    gap = " " * GAP if leading else ""
    too_narrow = width is not None and sum(widths) + GAP * (len(widths) - 1) > width

    def line(texts: list[str], tones: list[str]) -> str:
        if too_narrow and width is not None:
            indent = " " * GAP
            parts = wrap("; ".join(texts[:-1]), width, rest=indent)
            return "".join(f"{part}\n" for part in chain(parts, wrap(texts[-1], width, first=indent, rest=indent)))
        shown = list(map(_fitting, texts, leading, widths, [width] * len(leading)))
        front = (" " * GAP).join(map(_painted, map(pad, shown, widths), tones, [colour] * len(shown)))
        if width is None:
            return f"{front}{gap}{texts[-1]}".rstrip() + "\n"
        # A ref longer than those looked at is not cut: it takes its room from the last column.
        left = width - sum(map(max, map(cells, shown), widths)) - GAP * len(shown)
        if width - sum(widths) - GAP * len(widths) < LAST:
            below = wrap(texts[-1], width, first=" " * GAP, rest=" " * GAP)
            return "".join(f"{part.rstrip()}\n" for part in chain((front,), below))
        return f"{front}{gap}{cut(texts[-1], max(left, 1))}".rstrip() + "\n"

    yield line([column.head() for column in columns], ["1"] * len(leading))
    for item in chain(first, source):
        tones = [column.tone(item) if column.tone else "" for column in leading]
        yield line([column.cell(item) for column in columns], tones)


def _widths(columns: tuple[Column[T], ...], first: list[T], width: int | None) -> list[int]:
    widths = []
    for column in columns:
        widest = max((cells(column.cell(item)) for item in first), default=0)
        wanted = max(widest, cells(column.head()))
        widths.append(wanted if column.whole or width is None else min(wanted, column.most))
    room = None if width is None else width - GAP * (len(columns) - 1)
    while room is not None and sum(widths) > room:
        shrinkable = [
            place for place, column in enumerate(columns) if not column.whole and widths[place] > column.least
        ]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda place: widths[place])] -= 1
    return widths


def _fitting(text: str, column: Column[T], most: int, width: int | None) -> str:
    return text if column.whole or width is None else cut(text, most)


def _painted(text: str, tone: str, colour: bool) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m" if colour and tone else text
