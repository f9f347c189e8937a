"""The commitments that match a query, in the default order: a page of them costs little, whatever the register's size.

A page of what is common lies near the front of the order: it is found by walking along the index and testing each
row. A page of what is rare is found through the indexes of what was asked for, and few rows are sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, not_, select, tuple_
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker_db import models
from tracker_db.filters import Filter, is_plain
from tracker_db.parties import Directory
from tracker_db.view import CHUNK, Day, commitments_on

# Rows that are walked along before the indexes are asked. More makes rare words slower, fewer the not so common ones.
WALKED = 2000


class Matches:
    """The commitments that match on a day: open first, deadline's end, undated last, ref.

    When the query has marks, those with the words exactly as typed come before all others. Raises NotFound for a
    party nobody knows.
    """

    def __init__(self, session: Session, term: query.Term, day: Day, directory: Directory) -> None:
        self._session = session
        self._commitments = commitments_on(session, day.as_of)
        self._term = term
        self._listed = Filter(session, self._commitments, day, directory)
        self._tested = Filter(session, self._commitments, day, directory, row_by_row=True)
        c = self._commitments.c
        self._order: list[ColumnElement[Any]] = [c.closed, c.sort_day, c.ref]

    def rows(self, limit: int | None = None, offset: int = 0) -> Iterator[Row[Any]]:
        """The rows of a window."""
        if self._listed.as_typed(self._term) is None:
            yield from self._window(None, limit, offset)
            return
        found = 0
        for row in self._window(True, limit, offset):
            found += 1
            yield row
        if limit is None or found < limit:
            passed = offset if found or not offset else self._count_exact()
            yield from self._window(False, None if limit is None else limit - found, offset - passed)

    def _window(self, exact: bool | None, limit: int | None, offset: int) -> Iterator[Row[Any]]:
        listed = self._condition(self._listed, exact)
        everything = select(self._commitments).where(listed).order_by(*self._order)
        now = self._commitments is models.Commitment.__table__
        if limit is None or not now or is_plain(self._term):
            return self._fetched(everything.limit(limit).offset(offset or None))
        if offset + limit <= WALKED:
            last = self._last_walked()
            walk = select(self._commitments).where(self._condition(self._tested, exact))
            walk = walk if last is None else walk.where(last)
            rows = self._session.execute(walk.order_by(*self._order).limit(limit).offset(offset or None)).all()
            if last is None or len(rows) == limit:
                return iter(rows)
        # Sorted by number alone: whole rows would fill the sorter.
        ids = select(self._commitments.c.id).where(listed).order_by(*self._order).limit(limit).offset(offset or None)
        return self._fetched(
            select(self._commitments).where(self._commitments.c.id.in_(ids)).order_by(*self._order)
        )

    def _condition(self, filter_: Filter, exact: bool | None) -> ColumnElement[bool]:
        condition, as_typed = filter_.where(self._term), filter_.as_typed(self._term)
        if exact is None or as_typed is None:
            return condition
        return and_(condition, as_typed if exact else not_(as_typed))

    def _last_walked(self) -> ColumnElement[bool] | None:
        """Up to the last row that is walked along, or None when there are not so many."""
        c = self._commitments.c
        last = self._session.execute(select(*self._order).order_by(*self._order).limit(1).offset(WALKED - 1)).first()
        if last is None:
            return None
        here = tuple_(*(literal(value, column.type) for value, column in zip(last, self._order, strict=True)))
        return tuple_(c.closed, c.sort_day, c.ref) <= here

    def _count_exact(self) -> int:
        condition = self._condition(self._listed, True)
        asked = select(func.count()).select_from(self._commitments).where(condition)
        return self._session.execute(asked).scalar_one()

    def _fetched(self, statement: Select[Any]) -> Iterator[Row[Any]]:
        return iter(self._session.execute(statement.execution_options(yield_per=CHUNK)))
