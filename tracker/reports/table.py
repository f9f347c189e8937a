"""A section as a table on paper: what is said beside something shares its column, else twelve would not fit a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from tracker.i18n import _
from tracker.reports.listing import NOTHING
from tracker.reports.model import Field, Section

T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    """A field with those that are said beside it."""

    fields: tuple[Field[T], ...]

    @property
    def head(self) -> str:
        """Its name."""
        return self.fields[0].head

    @property
    def share(self) -> int:
        """Its part of the page's width."""
        return self.fields[0].share + len(self.fields) - 1

    def cell(self, item: T) -> str:
        """What is said of a row."""
        first, *beside = self.fields
        said = [first.cell(item), *(_named(field, item) for field in beside)]
        return "; ".join(filter(None, said))


def columns(section: Section[T]) -> tuple[Column[T], ...]:
    """The columns of a section; keys are for scripts."""
    found: list[Column[T]] = []
    for field in section.fields:
        if field.coded:
            continue
        if field.beside and len(found) > 1:
            found[-1] = Column((*found[-1].fields, field))
        else:
            found.append(Column((field,)))
    return tuple(found)


def _named(field: Field[T], item: T) -> str:
    said = field.cell(item)
    if said in ("", NOTHING):
        return ""
    return said if field.plain else _("{name}: {said}").format(name=field.head, said=said)
