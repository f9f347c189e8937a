"""Columns that SQLite reads from the index it is walking along, and looks up in no other.

Its planner knows no statistics: of two conditions it takes any that an index could answer, also one that half the
rows fulfil, and then fetches half the rows one by one. PostgreSQL knows better and is left alone.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Dialect, FromClause, Select, func, literal_column, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection, WriteableColumnCollection

from tracker_db import models

# What the default order begins with: of these, conditions are looked up in its index.
ORDERED = frozenset({"id", "closed", "sort_day"})


# So many rows are sooner found one by one than by reading the index of all that are there.
FEW = 50_000


class Columned(Protocol):
    """Anything with columns."""

    @property
    def c(self) -> ReadOnlyColumnCollection[str, Any]:
        """The columns, by name."""


class Unindexed:
    """A table's columns, all but `indexed` of them behind a plus, which means nothing but that no index is asked."""

    def __init__(self, table: FromClause, indexed: Set[str] = frozenset()) -> None:
        named = ((c.name, c if c.name in indexed else behind_plus(c)) for c in table.c)
        self.c: ReadOnlyColumnCollection[str, Any] = WriteableColumnCollection(list(named)).as_readonly()


def behind_plus(column: Any) -> ColumnElement[Any]:
    """The column, so that SQLite does not look it up in an index."""
    return literal_column(f"+{column.table.name}.{column.name}", column.type)


def unindexed(commitments: FromClause, dialect: Dialect, indexed: Set[str] = frozenset()) -> Columned:
    """The columns to test rows by while they are read from an index that was chosen for them."""
    present = commitments is models.Commitment.__table__
    return Unindexed(commitments, indexed) if present and dialect.name == "sqlite" else commitments


def are_many(session: Session, ids: Select[Any]) -> bool:
    """Whether these are better looked for among all than looked up one by one."""
    few = select(func.count()).select_from(ids.limit(FEW).subquery())
    asked = few.compile()
    # A report asks the same of each of its sections.
    known = session.info.setdefault("many", {})
    key = str(asked), str(asked.params)
    if key not in known:
        known[key] = session.execute(few).scalar_one() == FEW
    return bool(known[key])
