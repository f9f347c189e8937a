"""Drafts under review, by name of the question."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import errors
from tracker_db.models import Draft, ReadDocument

OPEN = "open"
Kept = tuple[Draft, ReadDocument]


def kept(session: Session, *, decision: str | None = None, sha256: str | None = None) -> list[Kept]:
    """The drafts with their documents, in the order of the documents' texts; all, or those so decided."""
    asked = select(Draft, ReadDocument).join(ReadDocument, ReadDocument.sha256 == Draft.sha256)
    if decision is not None:
        asked = asked.where(Draft.decision == decision)
    if sha256 is not None:
        asked = asked.where(Draft.sha256 == sha256)
    rows = session.execute(asked.order_by(ReadDocument.at, Draft.sha256, Draft.position))
    return [(draft, document) for draft, document in rows]


def one(session: Session, number: int) -> Kept:
    """The draft of that number, locked where the database can. Raises NotFound with some that are open."""
    asked = select(Draft, ReadDocument).join(ReadDocument, ReadDocument.sha256 == Draft.sha256)
    found = session.execute(asked.where(Draft.id == number).with_for_update(of=Draft)).one_or_none()
    if found is None:
        near = session.execute(select(Draft.id).where(Draft.decision == OPEN).order_by(Draft.id).limit(3)).scalars()
        raise errors.NotFound("draft", str(number), tuple(map(str, near)))
    draft, document = found
    return draft, document
