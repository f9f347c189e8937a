"""The orders of a list: each can be walked along an index, piece by piece, and each can be sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    UnaryExpression,
    and_,
    case,
    exists,
    literal,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session

from tracker.domain.status import Status
from tracker_db import models
from tracker_db.parties import Directory
from tracker_db.scan import Columned, unindexed
from tracker_db.types import FOREVER


@dataclass(frozen=True)
class Piece:
    """The commitments that fulfil `condition`, in the order of an index that begins with `columns`."""

    condition: ColumnElement[bool]
    columns: tuple[ColumnElement[Any], ...]
    descending: bool = False

    @property
    def sorted_by(self) -> list[UnaryExpression[Any]]:
        """Its order."""
        return [column.desc() if self.descending else column.asc() for column in self.columns]

    def up_to(self, row: Row[Any]) -> ColumnElement[bool]:
        """That a row comes before this one, which has the columns' values, or is it."""
        here = tuple_(
            *(literal(value, column.type) for value, column in zip(row[: len(self.columns)], self.columns, strict=True))
        )
        return tuple_(*self.columns) >= here if self.descending else tuple_(*self.columns) <= here

    def turned(self) -> Piece:
        """The same from its end."""
        return Piece(self.condition, self.columns, not self.descending)


@dataclass(frozen=True)
class Order:
    """Pieces one after another, and the same as one sort."""

    pieces: tuple[Piece, ...]
    keys: tuple[tuple[ColumnElement[Any], bool], ...]

    @property
    def sorted_by(self) -> list[UnaryExpression[Any]]:
        """As one sort."""
        return [key.desc() if descending else key.asc() for key, descending in self.keys]

    def turned(self) -> Order:
        """The same from its end."""
        pieces = tuple(piece.turned() for piece in reversed(self.pieces))
        return Order(pieces, tuple((key, not descending) for key, descending in self.keys))


def order_of(
    session: Session,
    commitments: FromClause,
    directory: Directory,
    sort: str = "deadline",
    *,
    descending: bool = False,
    columns: Columned | None = None,
) -> Order:
    """One of the domain's SORTS. Turned round, what is open still comes first, and what has no day or lead last.

    `columns` are those to ask when the rows are counted rather than walked along.
    """
    c = (commitments if columns is None else columns).c
    # A sort is for what no index gives: it reads the rows as the conditions find them.
    keys = unindexed(commitments, session.connection().dialect).c
    match sort:
        case "deadline" if descending:
            return _latest_first(c, keys)
        case "deadline":
            return _walk(c.closed, c.sort_day, c.ref)
        case "lead":
            return _by_lead(c, keys, _leads(session, commitments, directory), descending)
        case "status":
            return _by_status(c, keys, descending)
        case _:
            names = [*({"updated": ["valid_from"], "made": ["began_on"]}.get(sort, [])), "ref"]
            walked = Piece(true(), tuple(c[name] for name in names), descending)
            return Order((walked,), tuple((keys[name], descending) for name in names))


def _walk(*columns: ColumnElement[Any]) -> Order:
    return Order((Piece(true(), columns),), tuple((column, False) for column in columns))


def _latest_first(c: Any, keys: Any) -> Order:
    columns = (c.closed, c.sort_day, c.ref)
    pieces = [
        Piece(and_(c.closed.is_(closed), part), columns, descending=True)
        for closed in (False, True)
        for part in (c.sort_day < FOREVER, c.sort_day == FOREVER)
    ]
    undated = keys.sort_day == FOREVER
    return Order(tuple(pieces), ((keys.closed, False), (undated, False), (keys.sort_day, True), (keys.ref, True)))


def _by_status(c: Any, keys: Any, descending: bool) -> Order:
    place = case({status.value: number for number, status in enumerate(Status)}, value=keys.status)
    pieces = [Piece(c.status == status.value, (c.status, c.ref), descending) for status in Status]
    order = reversed(pieces) if descending else pieces
    return Order(tuple(order), ((place, descending), (keys.ref, descending)))


def _by_lead(c: Any, keys: Any, leads: Sequence[int], descending: bool) -> Order:
    columns = (c.lead_id, c.ref)
    pieces = [Piece(c.lead_id == lead, columns, descending) for lead in (reversed(leads) if descending else leads)]
    pieces.append(Piece(c.lead_id.is_(None), (c.ref,), descending))
    place = case({lead: number for number, lead in enumerate(leads)}, value=keys.lead_id) if leads else literal(0)
    return Order(tuple(pieces), ((keys.lead_id.is_(None), False), (place, descending), (keys.ref, descending)))


def _leads(session: Session, commitments: FromClause, directory: Directory) -> list[int]:
    """Who leads anything, in the order of a Vietnamese list."""
    asked: Select[Any]
    if commitments is models.Commitment.__table__:
        has_some = exists(literal(1)).select_from(commitments).where(commitments.c.lead_id == models.Party.id)
        asked = select(models.Party.id).where(has_some)
    else:
        asked = select(commitments.c.lead_id).distinct()
    found = set(session.execute(asked).scalars())
    return [party_id for party_id in directory.by_id if party_id in found]
