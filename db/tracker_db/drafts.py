"""Drafts under review, by name of the question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.codes import CitationRole
from tracker.domain.register import Citation
from tracker_db.models import Draft, ReadDocument

OPEN = "open"
# What was decided on a draft is told by what its sentence is to the commitment.
DECIDED = {CitationRole.ORIGIN: "accepted", CitationRole.REAFFIRMS: "merged"}
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


def follow(session: Session, sources: Mapping[str, Sequence[Citation]]) -> None:
    """Have the drafts that went into commitments follow what became of these: what is not cited is open again.

    `sources` has those of each commitment after an undo or a redo. A draft keeps the ref, so that a redo finds it.
    """
    for row in session.execute(select(Draft).where(Draft.ref.in_(sources))).scalars():
        start = json.loads(row.content)["start"]
        cited = (each.role for each in sources[row.ref or ""] if (each.document, each.start) == (row.sha256, start))
        row.decision = DECIDED.get(next(cited, CitationRole.REPORTS), OPEN)
