"""Indexes for reports: milestones by their last day, and what was moved."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_index("ix_milestone_deadline", "milestone", ["deadline_end", "commitment_id"], unique=False)
    op.create_index("ix_commitment_moved", "commitment", ["moves", "lead_id", "ref"], unique=False)
