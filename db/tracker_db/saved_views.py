"""Saved views, from their rows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.agenda import SavedView
from tracker.domain.saved_view import view_key
from tracker.domain.text import alike
from tracker_db import models


def saved_views(session: Session) -> tuple[SavedView, ...]:
    """All of them: those with a slot by it, then the others by name."""
    table = models.SavedView
    rows = session.execute(select(table).order_by(table.slot.is_(None), table.slot, table.key)).scalars()
    return tuple(map(_view, rows))


def saved_view(session: Session, name: str) -> SavedView:
    """The one called so, whatever its case and marks. Raises NotFound with the nearest names."""
    table = models.SavedView
    row = session.execute(select(table).where(table.key == view_key(name))).scalar_one_or_none()
    if row is None:
        known = {view.key: view.name for view in saved_views(session)}
        near = alike(view_key(name), known)
        raise errors.NotFound("view", name, tuple(known[key] for key in near))
    return _view(row)


def _view(row: models.SavedView) -> SavedView:
    return SavedView(row.key, row.name, row.query, tuple(row.columns.split()), row.sort, row.grouping, row.slot)
