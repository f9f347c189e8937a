"""The commitments that match a query, in an order: a page of them costs little, whatever the register's size.

A page of what is common lies near the front of the order: it is found by walking along the index and testing each
row. A page of what is rare is found through the indexes of what was asked for, and few rows are sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker_db import models
from tracker_db.filters import Filter, is_everything, is_plain
from tracker_db.orders import Order, Piece, order_of
from tracker_db.parties import Directory
from tracker_db.scan import ORDERED, unindexed
from tracker_db.view import CHUNK, Day, commitments_on

# Rows that are walked along before the indexes are asked. More makes rare words slower, fewer the not so common ones.
WALKED = 2000


class Matches:
    """The commitments that match on a day, in one of the domain's SORTS.

    When the query has marks, those with the words exactly as typed come before all others. Raises NotFound for a
    party nobody knows.
    """

    def __init__(
        self,
        session: Session,
        term: query.Term,
        day: Day,
        directory: Directory,
        sort: str = "deadline",
        *,
        descending: bool = False,
    ) -> None:
        self._session = session
        self._commitments = commitments_on(session, day.as_of)
        self._now = self._commitments is models.Commitment.__table__
        self._directory = directory
        self._sort, self._descending = sort, descending
        self._everything = is_everything(term)
        # The index of the default order answers these by itself, and in that order.
        self._along = is_plain(term) and sort == "deadline"
        self._tested = _conditions(Filter(session, self._commitments, day, directory, row_by_row=True), term)
        self._order = order_of(session, self._commitments, directory, sort, descending=descending)
        self._asked = term, day

    @cached_property
    def _listed(self) -> Mapping[bool | None, ColumnElement[bool]]:
        """Made when walking does not find them: what is asked for is weighed first, which takes its time."""
        term, day = self._asked
        return _conditions(Filter(self._session, self._commitments, day, self._directory, scanning=True), term)

    def rows(self, limit: int | None = None, offset: int = 0, total: int | None = None) -> Iterator[Row[Any]]:
        """The rows of a window. Whoever knows the `total` gets the last ones as fast as the first."""
        if None in self._tested:
            yield from self._window(None, limit, offset, total)
            return
        found = 0
        for row in self._window(True, limit, offset):
            found += 1
            yield row
        if limit is None or found < limit:
            passed = offset if found or not offset else self._count(self._listed[True])
            yield from self._window(False, None if limit is None else limit - found, offset - passed)

    def versions(self, limit: int) -> Iterator[Row[Any]]:
        """The refs and versions of the first ones, and no more of them."""
        if not self._now or None not in self._tested:
            yield from self.rows(limit)
            return
        c = self._commitments.c
        yield from self._of(self._ids(self._order, None, limit, 0), c.id, c.ref, c.version)

    def position(self, ref: str) -> int | None:
        """How many stand before this one, or None when it is not among them."""
        columns = unindexed(self._commitments, self._session.connection().dialect, ORDERED)
        order = order_of(
            self._session,
            self._commitments,
            self._directory,
            self._sort,
            descending=self._descending,
            columns=None if self._everything else columns,
        )
        c = self._commitments.c
        place = case(*((piece.condition, number) for number, piece in enumerate(order.pieces)))
        before = 0
        for listed in (self._listed[exact] for exact in (True, False, None) if exact in self._listed):
            asked = select(place).select_from(self._commitments).where(c.ref == ref, listed)
            number = self._session.execute(asked).scalar()
            if number is not None:
                piece = order.pieces[number]
                here = select(*piece.columns).select_from(self._commitments).where(c.ref == ref)
                up_to = piece.up_to(self._session.execute(here).one())
                earlier = or_(*(passed.condition for passed in order.pieces[:number]), and_(piece.condition, up_to))
                return before + self._count(listed, earlier) - 1
            before += self._count(listed)
        return None

    def _window(
        self, exact: bool | None, limit: int | None, offset: int, total: int | None = None
    ) -> Iterator[Row[Any]]:
        if limit is not None and limit <= 0:
            return iter(())
        if limit is None or not self._now:
            everything = select(self._commitments).where(self._listed[exact]).order_by(*self._order.sorted_by)
            return self._fetched(everything.limit(limit).offset(offset or None))
        if total is None and self._everything and offset > WALKED:
            total = self._session.execute(select(func.coalesce(func.sum(models.Tally.number), 0))).scalar_one()
        if total is None or 2 * offset <= total:
            return self._of(self._ids(self._order, exact, limit, offset))
        limit = min(limit, total - offset)
        if limit <= 0:
            return iter(())
        from_end = self._ids(self._order.turned(), exact, limit, total - offset - limit)
        return self._of(from_end[::-1])

    def _ids(self, order: Order, exact: bool | None, limit: int, offset: int) -> list[int]:
        if self._everything or self._along:
            return self._skipping(order, self._listed[exact], limit, offset)
        if offset + limit <= WALKED:
            walked = self._walking(order, self._tested[exact], offset + limit)
            if walked is not None:
                return walked[offset:]
        # By number alone: whole rows would fill the sorter.
        found = select(self._commitments.c.id).where(self._listed[exact]).order_by(*order.sorted_by)
        return list(self._session.execute(found.limit(limit).offset(offset or None)).scalars())

    def _skipping(self, order: Order, listed: ColumnElement[bool], limit: int, offset: int) -> list[int]:
        """Nothing has to be tested that does not stand in the index, so it passes quickly what stands before."""
        found: list[int] = []
        for piece in order.pieces:
            ids = self._in(piece).where(listed).limit(limit - len(found)).offset(offset or None)
            here = list(self._session.execute(ids).scalars())
            found += here
            if len(found) == limit:
                break
            offset = 0 if here or not offset else offset - self._count(piece.condition, listed)
        return found

    def _walking(self, order: Order, tested: ColumnElement[bool], wanted: int) -> list[int] | None:
        """The first so many, or None when they are not all found among the first rows of the order."""
        found: list[int] = []
        left = WALKED
        for piece in order.pieces:
            edge = self._keys(piece).limit(1).offset(left - 1)
            last = self._session.execute(edge).first()
            ids = self._in(piece).where(tested).limit(wanted - len(found))
            found += self._session.execute(ids if last is None else ids.where(piece.up_to(last))).scalars()
            if len(found) == wanted:
                return found
            if last is not None:
                return None
            short = self._keys(piece).limit(left).subquery()
            left -= self._session.execute(select(func.count()).select_from(short)).scalar_one()
            if not left:
                return None
        return found

    def _in(self, piece: Piece) -> Select[Any]:
        return select(self._commitments.c.id).where(piece.condition).order_by(*piece.sorted_by)

    def _keys(self, piece: Piece) -> Select[Any]:
        return select(*piece.columns).where(piece.condition).order_by(*piece.sorted_by)

    def _of(self, ids: Sequence[int], *columns: ColumnElement[Any]) -> Iterator[Row[Any]]:
        for first in range(0, len(ids), CHUNK):
            chunk = ids[first : first + CHUNK]
            asked = select(*(columns or self._commitments.c)).where(self._commitments.c.id.in_(chunk))
            found = {row.id: row for row in self._session.execute(asked)}
            yield from (found[row_id] for row_id in chunk)

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        asked = select(func.count()).select_from(self._commitments).where(*conditions)
        return self._session.execute(asked).scalar_one()

    def _fetched(self, statement: Select[Any]) -> Iterator[Row[Any]]:
        return iter(self._session.execute(statement.execution_options(yield_per=CHUNK)))


def _conditions(filter_: Filter, term: query.Term) -> Mapping[bool | None, ColumnElement[bool]]:
    """What a row must fulfil; when somebody typed marks, by whether it has the words as typed."""
    condition, as_typed = filter_.where(term), filter_.as_typed(term)
    if as_typed is None:
        return {None: condition}
    return {True: and_(condition, as_typed), False: and_(condition, not_(as_typed))}
