"""The tables of following up: follow-ups, saved views, what a lead's desk has seen."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker_db.models.base import Base
from tracker_db.types import CODE, KEY, REF


class FollowUp(Base):
    """A planned contact or look as it stood from `valid_from` to the day before `valid_to`."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_commitment", "commitment_id", "valid_to"),
        Index("ix_follow_up_agenda", "agenda_on", "key"),
        Index("ix_follow_up_valid_from", "valid_from"),
        UniqueConstraint("key", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(REF)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    what: Mapped[str]
    how: Mapped[str] = mapped_column(CODE)
    planned_on: Mapped[date]
    rule: Mapped[str]
    anchor: Mapped[date]
    answer_due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    answer: Mapped[str]
    answered_on: Mapped[date | None]
    dropped: Mapped[bool]
    # The day of what is awaited, the contact or its answer; null when nothing is.
    due_on: Mapped[date | None]
    # The same, only where it is to be shown now: the latest state, of an open commitment.
    agenda_on: Mapped[date | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class SavedView(Base):
    """A query with its columns, order and groups, under a name; `columns` with a space between."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True)
    name: Mapped[str]
    query: Mapped[str]
    columns: Mapped[str]
    sort: Mapped[str] = mapped_column(CODE)
    grouping: Mapped[str] = mapped_column(CODE)
    slot: Mapped[int | None] = mapped_column(unique=True)


class Acknowledged(Base):
    """A line of a lead's digest that its desk has seen; it stays away until its day or its band is another one.

    What a desk has seen is no fact of the register: no entry tells it, and it is not in the anchor.
    """

    __tablename__ = "acknowledged"

    # The key of a party; empty for what has no lead.
    lead: Mapped[str] = mapped_column(KEY, primary_key=True)
    kind: Mapped[str] = mapped_column(CODE, primary_key=True)
    # Of the follow-up, or of the commitment.
    ref: Mapped[str] = mapped_column(REF, primary_key=True)
    day: Mapped[date]
    band: Mapped[str] = mapped_column(CODE)
    actor: Mapped[str]
    at: Mapped[datetime]
