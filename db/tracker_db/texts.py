"""Texts of documents whose adding was taken back: no entry holds a text, and a redo gives it back."""

from __future__ import annotations

import hashlib

from sqlalchemy import String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker_db.models import Base, Document


class WithdrawnText(Base):
    """The text of a document that the register does not show as having one."""

    __tablename__ = "withdrawn_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str]


def proves(sha256: str, text: str) -> bool:
    """Whether that is the hash of the text. Once the text of a Word file was kept for drafting under the file's."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == sha256


def withdraw(session: Session, document: Document) -> None:
    """Put a document's text away, if it has one; one that nothing can prove is kept no longer."""
    text = session.execute(select(Document.text).where(Document.id == document.id)).scalar_one()
    if text is not None:
        if proves(document.sha256, text):
            session.execute(insert(WithdrawnText).values(sha256=document.sha256, text=text))
        document.text = None


def give_back(session: Session, document: Document) -> None:
    """The text that was put away, if one was, is the document's again."""
    kept = WithdrawnText.sha256 == document.sha256
    text = session.execute(select(WithdrawnText.text).where(kept)).scalar_one_or_none()
    if text is not None:
        document.text = text
        session.execute(delete(WithdrawnText).where(kept))
