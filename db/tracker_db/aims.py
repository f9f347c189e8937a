"""The targets that commitments set, each with its figure and where that stands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, select
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker.domain.pace import Outlook, outlook
from tracker.domain.reported import Part, TargetStanding
from tracker.domain.views import FigureView
from tracker_db import models, queries
from tracker_db.filters import Filter, held
from tracker_db.parties import Directory
from tracker_db.view import CHUNK, Day, Viewer, commitments_on


class Aims:
    """The targets of the commitments that match, by figure and ref."""

    def __init__(self, session: Session, day: Day, directory: Directory, term: query.Term) -> None:
        self._session, self._day, self._directory = session, day, directory
        self._commitments: FromClause = commitments_on(session, day.as_of)
        self._condition = Filter(session, self._commitments, day, directory).where(term)
        self._figures: dict[str, FigureView] = {}
        self._outlooks: dict[tuple[str, Decimal, str | None], Outlook] = {}

    def standing(self, limit: int | None = None) -> Part[TargetStanding]:
        """Each target, with the outlook of its figure."""
        aim, figure = models.Target, models.Figure
        wanted = self._joined(self._commitments, figure.key.label("figure"), aim.value, aim.by)
        order = (figure.key, self._commitments.c.ref, aim.position)
        return Part(self._count(wanted), self._rows(wanted.order_by(*order).limit(limit)))

    def distinct(self, limit: int) -> list[tuple[FigureView, Decimal, str | None, Outlook]]:
        """The first so many different targets: a thousand commitments may set the same one."""
        aim, figure = models.Target, models.Figure
        alike = (figure.key, aim.value, aim.by)
        wanted = self._joined(figure.key.label("figure"), aim.value, aim.by).group_by(*alike)
        order = (figure.key, func.min(self._commitments.c.ref), func.min(aim.position))
        rows = self._session.execute(wanted.order_by(*order).limit(limit)).all()
        self._know({row.figure for row in rows})
        return [(self._figures[row.figure], row.value, _by(row), self._outlook(row)) for row in rows]

    def _joined(self, *columns: Any) -> Select[*tuple[Any, ...]]:
        aim, figure, c = models.Target, models.Figure, self._commitments.c
        stands: ColumnElement[bool] = held(aim, self._day)
        return (
            select(*columns)
            .select_from(aim)
            .join(figure, figure.id == aim.figure_id)
            .join(self._commitments, c.id == aim.commitment_id)
            .where(stands, self._condition)
        )

    def _count(self, wanted: Select[*tuple[Any, ...]]) -> int:
        counted = wanted.with_only_columns(func.count(), maintain_column_froms=True)
        return self._session.execute(counted).scalar_one()

    def _rows(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[TargetStanding]:
        viewer = Viewer(self._session, self._day, self._directory)
        waiting = iter(self._session.execute(wanted.execution_options(yield_per=CHUNK)))
        while chunk := list(islice(waiting, CHUNK)):
            self._know({row.figure for row in chunk})
            for row, view in zip(chunk, viewer.of(chunk), strict=True):
                yield TargetStanding(view, self._figures[row.figure], row.value, _by(row), self._outlook(row))

    def _know(self, keys: set[str]) -> None:
        if new := keys - self._figures.keys():
            # Of nobody's targets: how many commitments aim at a figure is of no account here.
            found = queries.figures(self._session, new, self._day.as_of, of="")
            self._figures |= {figure.key: figure for figure in found}

    def _outlook(self, row: Any) -> Outlook:
        key = row.figure, row.value, _by(row)
        if key not in self._outlooks:
            self._outlooks[key] = outlook(self._figures[row.figure], row.value, _by(row))
        return self._outlooks[key]


def _by(row: Any) -> str | None:
    return None if row.by == "none" else str(row.by)
