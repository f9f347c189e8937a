"""One report, whatever form it takes: its sum, its charts, its sections of rows. A form only draws it.

Everything a person reads is in words already, in the language in which the report was made, and safe to show; beside
the words stands the value that a spreadsheet or a calendar can count with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Generic, TypeVar

from tracker.errors import UnknownValue
from tracker.reports.rows import Row

T = TypeVar("T")
Value = str | date | int | Decimal | None


@dataclass(frozen=True)
class Field(Generic[T]):
    """One thing that is said of each row, as a column of a table or as a line of its own.

    `value` is what stands behind the words, where that is a day or a number. `share` is its part of a page's width.
    On a terminal the name of a `plain` one is left out, and one that is `beside` stands on the line before it. A
    `coded` one is a key for scripts: no page to be read by people has it.
    """

    head: str
    cell: Callable[[T], str]
    value: Callable[[T], Value] | None = None
    share: int = 2
    plain: bool = False
    beside: bool = False
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A row as a day of a calendar: from its first to its last day, both counted, under a key that stays."""

    key: str
    first: date
    last: date
    title: str
    said: str


@dataclass(frozen=True)
class Section(Generic[T]):
    """A part of a report. Its `items` may be read once: they stream from the register.

    Of its fields the first says which one a row is (its ref or key) and the second names it. Rows are in the order of
    every form; those of one `group` stand together. `size` is how many there are, `remark` what is to be said below:
    that there are none, or how many are left out.
    """

    key: str
    title: str
    fields: tuple[Field[T], ...]
    items: Iterable[T]
    row: Callable[[T], Row]
    size: int = 0
    group: Callable[[T], str] | None = None
    remark: str = ""
    mark: Callable[[T], Mark | None] | None = None
    tone: str = ""

    def groups(self) -> Iterator[tuple[str, Iterator[T]]]:
        """The rows under their headings; under none when nothing groups them."""
        if self.group is None:
            yield "", iter(self.items)
        else:
            yield from groupby(self.items, key=self.group)


# Charts: each with its numbers in words, so that none has to be read off a picture.


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, the length of each of its parts, and what is said beside it."""

    name: str
    parts: tuple[int | Decimal, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under one another. With several `parts` each bar is stacked; they are told apart without colour."""

    title: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series: its period's name, how many years after the first one, its value and that in words."""

    name: str
    at: Decimal
    value: Decimal
    said: str


@dataclass(frozen=True, slots=True)
class Course:
    """A series against its target: what was read, where the target lies, and where the present pace leads."""

    title: str
    readings: tuple[Point, ...]
    target: Point | None
    leads: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: open at its beginning when `first` is None."""

    name: str
    first: date | None
    last: date
    said: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches under one another, with today's line."""

    title: str
    today: date
    spans: tuple[Span, ...]


Chart = Bars | Course | Spans


@dataclass(frozen=True)
class Report:
    """A report. `name` is its name for scripts and files; `head` and the sections are its JSON.

    `asked` says of whom and of what it is; `counts` add up to `total`. `columns` are the fields of its CSV, as paths
    into the rows. `remarks` are what a reader must know to read it right; `anchor` closes it. One that is `compact` is
    close-set on upright paper: it is to be read on one page.
    """

    name: str
    title: str
    language: str
    as_of: date
    sections: tuple[Section[Any], ...]
    head: Row
    columns: tuple[str, ...]
    asked: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    total: str = ""
    charts: Iterable[Chart] = ()
    remarks: tuple[str, ...] = ()
    anchor: str = ""
    compact: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """What may be left out: its charts and each of its sections. The sum and the anchor stay."""
        return ("charts", *(section.key for section in self.sections))

    def only(self, parts: Collection[str]) -> Report:
        """The same with these of its parts. Raises UnknownValue for another one."""
        for part in parts:
            if part not in self.parts:
                raise UnknownValue("part", part, self.parts)
        kept = tuple(section for section in self.sections if section.key in parts)
        return replace(self, sections=kept, charts=self.charts if "charts" in parts else ())

    def rows(self) -> Iterator[Row]:
        """Every row with the section it stands in, in the order of every form."""
        for section in self.sections:
            for item in section.items:
                yield {"section": section.key, "as_of": self.as_of.isoformat(), **section.row(item)}
