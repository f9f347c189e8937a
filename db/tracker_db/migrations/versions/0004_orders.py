"""Indexes for every order of the list, for counts by facet, and for pages of the whole history."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = (
    (
        "ix_commitment_order",
        "commitment",
        (
            *("closed", "sort_day", "ref", "stage", "status", "sector", "lead_id", "kind", "instrument", "strength"),
            *("deadline_start", "deadline_end", "review_on", "done_start", "done_end", "valid_from", "began_on"),
        ),
    ),
    ("ix_commitment_updated", "commitment", ("valid_from", "ref")),
    ("ix_commitment_made", "commitment", ("began_on", "ref")),
    ("ix_commitment_status", "commitment", ("status", "ref")),
    ("ix_commitment_by_lead", "commitment", ("lead_id", "ref")),
    (
        "ix_participation_party",
        "participation",
        ("party_id", "commitment_id", "role", "valid_to", "valid_from"),
    ),
    ("ix_citation_document", "citation", ("document_id", "commitment_id", "valid_to", "valid_from")),
    ("ix_entry_act", "entry", ("act_number", "id")),
)


def upgrade() -> None:
    """Bring the schema forward."""
    for name, table in (
        ("ix_commitment_order", "commitment"),
        ("ix_commitment_valid_from", "commitment"),
        ("ix_participation_party", "participation"),
        ("ix_citation_document_id", "citation"),
        ("ix_entry_act_number", "entry"),
    ):
        op.drop_index(name, table)
    for name, table, columns in INDEXES:
        op.create_index(name, table, list(columns), unique=False)
