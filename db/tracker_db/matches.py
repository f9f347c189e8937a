"""The commitments that match a query, in the default order: a page of them costs little, whatever the register's size.

A page of what is common lies near the front of the order: it is found by walking along the index and testing each
row. A page of what is rare is found through the indexes of what was asked for, and few rows are sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
        self._plain = is_plain(term)
        self._listed = _conditions(Filter(session, self._commitments, day, directory), term)
        self._tested = _conditions(Filter(session, self._commitments, day, directory, row_by_row=True), term)
        c = self._commitments.c
        self._order: list[ColumnElement[Any]] = [c.closed, c.sort_day, c.ref]

    def rows(self, limit: int | None = None, offset: int = 0) -> Iterator[Row[Any]]:
        """The rows of a window."""
        if None in self._listed:
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
        everything = select(self._commitments).where(self._listed[exact]).order_by(*self._order)
        now = self._commitments is models.Commitment.__table__
        if limit is None or not now or self._plain:
            return self._fetched(everything.limit(limit).offset(offset or None))
        if offset + limit <= WALKED:
            last = self._last_walked()
            walk = select(self._commitments).where(self._tested[exact])
            walk = walk if last is None else walk.where(last)
            rows = self._session.execute(walk.order_by(*self._order).limit(limit).offset(offset or None)).all()
            if last is None or len(rows) == limit:
                return iter(rows)
        # Sorted by number alone: whole rows would fill the sorter.
        ids = everything.with_only_columns(self._commitments.c.id).limit(limit).offset(offset or None)
        return self._fetched(select(self._commitments).where(self._commitments.c.id.in_(ids)).order_by(*self._order))

    def _last_walked(self) -> ColumnElement[bool] | None:
        """Up to the last row that is walked along, or None when there are not so many."""
        c = self._commitments.c
        last = self._session.execute(select(*self._order).order_by(*self._order).limit(1).offset(WALKED - 1)).first()
        if last is None:
            return None
        here = tuple_(*(literal(value, column.type) for value, column in zip(last, self._order, strict=True)))
        return tuple_(c.closed, c.sort_day, c.ref) <= here

    def _count_exact(self) -> int:
        asked = select(func.count()).select_from(self._commitments).where(self._listed[True])
        return self._session.execute(asked).scalar_one()

    def _fetched(self, statement: Select[Any]) -> Iterator[Row[Any]]:
        return iter(self._session.execute(statement.execution_options(yield_per=CHUNK)))


def _conditions(filter_: Filter, term: query.Term) -> Mapping[bool | None, ColumnElement[bool]]:
    """What a row must fulfil; when somebody typed marks, by whether it has the words as typed."""
    condition, as_typed = filter_.where(term), filter_.as_typed(term)
    if as_typed is None:
        return {None: condition}
    return {True: and_(condition, as_typed), False: and_(condition, not_(as_typed))}
