"""Alembic on the connection of `tracker_db.upgrade`."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import DateTime, String

from tracker_db.models import Base
from tracker_db.types import ExactDecimal, UTCDateTime


def _plain_types(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Our column types stand in a migration as what they are in the database, so that it never imports ours."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return f"sa.{DateTime(timezone=True)!r}"
    if kind == "type" and isinstance(item, ExactDecimal):
        return f"sa.{String(64)!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=_plain_types,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
