"""Indexes for earlier days: counts, lists and the overdue report without reading every version."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TESTED = (
    *("stage", "status", "sector", "lead_id", "kind", "instrument", "strength"),
    *("deadline_start", "deadline_end", "review_on", "done_start", "done_end", "valid_from", "began_on"),
)


def upgrade() -> None:
    """Bring the schema forward."""
    table = "commitment_version"
    op.drop_index("ix_commitment_version_order", table)
    order = ["closed", "sort_day", "ref", "valid_to", "commitment_id", *_TESTED]
    op.create_index("ix_commitment_version_order", table, order, unique=False)
    lead = ["stage", "lead_id", "sort_day", "ref", "valid_from", "valid_to"]
    op.create_index("ix_commitment_version_lead", table, lead, unique=False)
    review = ["lead_id", "review_on", "ref", "valid_from", "valid_to"]
    op.create_index("ix_commitment_version_review", table, review, unique=False)
