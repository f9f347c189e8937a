"""The tables of reading: documents whose drafts are looked through, the drafts, and what was decided on each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker_db.models.base import Base
from tracker_db.types import CODE, KEY, REF


class ReadDocument(Base):
    """A document as it was read for drafting. It joins the register's documents with the first accepted draft."""

    __tablename__ = "read_document"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    file: Mapped[str]
    publisher: Mapped[str]
    published: Mapped[str] = mapped_column(KEY)
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(CODE)
    text: Mapped[str] = mapped_column(deferred=True)
    actor: Mapped[str]
    at: Mapped[datetime]


class Draft(Base):
    """A draft of a document, as JSON in `content`, and its decision: open, accepted, merged or rejected.

    What somebody looks through is no fact of the register: no entry tells it, and it is not in the anchor. What is
    accepted becomes a commitment, and that has its entry. `act` is the act that accepted or merged it: while that is
    taken back the draft is open, whatever `decision` says.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("sha256", "position"),
        Index("ix_draft_decision", "decision", "sha256", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("read_document.sha256"))
    position: Mapped[int]
    content: Mapped[str]
    decision: Mapped[str] = mapped_column(CODE)
    reason: Mapped[str]
    ref: Mapped[str | None] = mapped_column(REF)
    act: Mapped[str | None] = mapped_column(String(36))
    actor: Mapped[str]
    decided_at: Mapped[datetime | None]
