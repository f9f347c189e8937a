"""What can be named in a form, found fast enough to be offered while somebody types."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain import views
from tracker.domain.register import Words
from tracker_db import models


def tags(session: Session, beginning: str, limit: int) -> tuple[str, ...]:
    """The tags that were ever given and begin so, in their order.

    Each is one step down the index to the next one: a tag on half of a million commitments costs no more than another.
    """
    tag = models.Tag.tag
    found: list[str] = []
    least = tag >= beginning
    while len(found) < limit:
        following = session.scalar(select(func.min(tag)).where(least))
        if following is None or not following.startswith(beginning):
            break
        found.append(following)
        least = tag > following
    return tuple(found)


def documents(session: Session) -> tuple[views.DocumentView, ...]:
    """All documents by file name, without counting who cites them."""
    table = models.Document
    columns = (table.sha256, table.file, table.title, table.publisher, table.language, table.published)
    rows = session.execute(select(*columns, table.text.is_not(None)).order_by(table.file, table.sha256))
    return tuple(views.DocumentView(*row) for row in rows)


def figures(session: Session) -> Iterator[tuple[str, Words, str]]:
    """The key, the name and the unit of each measured series, by key."""
    table = models.Figure
    rows = session.execute(select(table.key, table.name_vi, table.name_en, table.unit).order_by(table.key))
    for row in rows:
        yield row.key, Words(vi=row.name_vi, en=row.name_en), row.unit
