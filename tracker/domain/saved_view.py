"""Saved views: a query with its columns, order and groups, under a name; a slot is one key's view."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from tracker.domain.query import COLUMNS, GROUPINGS, SORTS, parse_query
from tracker.domain.register import Named, Subject, Text
from tracker.domain.text import folded_words
from tracker.errors import UnknownValue

SLOTS = range(1, 10)


def view_key(name: str) -> str:
    """The key of a view: its name without case, marks and signs, so that `qua han` finds `Quá hạn`."""
    return "-".join(folded_words(name).split())


def _filled(name: str) -> str:
    if not 0 < len(view_key(name)) <= 80:
        raise ValueError("a name has letters or digits, 80 at most")
    return name


class StoredView(Subject):
    """A view as it was saved; `dropped` when it is there no more."""

    kind_of_subject: ClassVar[str] = "view"

    name: Annotated[Named, AfterValidator(_filled)]
    query: Text = ""
    columns: tuple[str, ...] = ()
    sort: str = ""
    group: str = ""
    slot: Annotated[int, Field(ge=SLOTS.start, lt=SLOTS.stop)] | None = None
    dropped: bool = False

    @property
    def subject_ref(self) -> str:
        return view_key(self.name)


def check_view(query: str, columns: tuple[str, ...], sort: str, group: str) -> None:
    """Refuse a view that could not be shown. Raises BadQuery, UnknownValue, BadDate."""
    parse_query(query)
    for what, names, known in (
        ("column", columns, COLUMNS),
        ("sort", (sort.removeprefix("-"),) if sort else (), SORTS),
        ("group", (group,) if group else (), GROUPINGS),
    ):
        for name in names:
            if name not in known:
                raise UnknownValue(what, name, known)
