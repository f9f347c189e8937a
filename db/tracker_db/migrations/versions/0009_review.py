"""A decided draft names the act that decided it: once that is taken back, the draft waits again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("draft", sa.Column("act", sa.String(length=36), nullable=True))
