"""Undo: the last act of a person is found by an index, and texts that were taken back wait for a redo."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_index("ix_act_actor", "act", ["actor", "number"], unique=False)
    op.create_table(
        "withdrawn_text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_withdrawn_text")),
    )
