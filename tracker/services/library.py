"""What commitments point at: parties, documents, events and figures."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import update

from tracker import errors
from tracker.domain.history import ActKind, Hand
from tracker.domain.register import Document, Party
from tracker.domain.text import alike, clean
from tracker.domain.views import CitedView, DocumentView, Done, EventView, FigureView, PartyListing
from tracker.services.acts import House
from tracker_db import models, named, queries
from tracker_db.parties import Directory


class Library:
    """Lists of what commitments point at, and how to add to them."""

    def __init__(self, house: House) -> None:
        self._house = house

    def parties(self, text: str = "") -> tuple[PartyListing, ...]:
        """The parties with these words in a name, in the order of a Vietnamese list."""
        with self._house.database.read() as session:
            return Directory(session).listings(text)

    def party(self, name: str) -> PartyListing:
        """The party called so, by key, name or alias. Raises NotFound with the nearest names, or Ambiguous."""
        with self._house.database.read() as session:
            return Directory(session).one(name).listing

    def add_party(self, party: Party, hand: Hand) -> Done:
        """Put a party on record. Raises AlreadyThere, NotFound (its parent)."""
        with self._house.act(ActKind.ADD, hand) as writing:
            if not writing.done_before:
                directory = Directory(writing.session)
                for name in (party.key, party.name.vi, party.name.en, *party.aliases):
                    # Two parties of one name: whoever types it could mean either, for ever.
                    if name and directory.is_taken(name):
                        raise errors.AlreadyThere("party", name)
                writing.recorder.put(party, hand.today)
            return Done(writing.recorder.act.id, writing.finish())

    def documents(self) -> tuple[DocumentView, ...]:
        """All documents, by file name."""
        with self._house.database.read() as session:
            return queries.documents(session)

    def document(self, ref: str) -> DocumentView:
        """One document with its text: by file name, a beginning of it, or of its hash. Raises NotFound, Ambiguous."""
        with self._house.database.read() as session:
            return queries.document(session, clean(ref))

    def cited(self, sha256: str, *, as_of: date) -> tuple[CitedView, ...]:
        """The places of that document from which commitments are taken, in the order of its text."""
        with self._house.database.read() as session:
            return queries.cited(session, sha256, as_of)

    def events(self) -> tuple[EventView, ...]:
        """All events: dated ones by day, then the others."""
        with self._house.database.read() as session:
            return queries.event_list(session)

    def figures(self, *, as_of: date | None = None) -> tuple[FigureView, ...]:
        """All figures with their readings and targets, as they were known on a day."""
        with self._house.database.read() as session:
            return queries.figures(session, as_of=as_of)

    def figure(self, key: str, *, as_of: date | None = None) -> FigureView:
        """One figure as it was known on a day. Raises NotFound with the nearest keys."""
        key = clean(key)
        with self._house.database.read() as session:
            found = queries.figures(session, {key}, as_of)
            if not found:
                keys = [figure.key for figure in queries.figures(session, as_of=as_of)]
                raise errors.NotFound("figure", key, tuple(alike(key, keys)))
            return found[0]

    def tags(self, beginning: str = "", *, limit: int) -> tuple[str, ...]:
        """The tags that begin so, at most `limit` of them."""
        with self._house.database.read() as session:
            return named.tags(session, beginning, limit)

    def named_documents(self) -> tuple[DocumentView, ...]:
        """All documents by file name, for somebody who types one; how many cite each is not counted."""
        with self._house.database.read() as session:
            return named.documents(session)

    def add_documents(
        self,
        paths: Sequence[Path],
        hand: Hand,
        *,
        title: str = "",
        publisher: str = "",
        published: str = "none",
        language: str = "vi",
    ) -> tuple[tuple[DocumentView, str], ...]:
        """Give the register the texts of documents, matched by SHA-256: all of the files, or none.

        Each comes back with what was done: text_added (known by its hash before), added, or unchanged.
        Raises FileProblem.
        """
        texts = [(path, *_text(path)) for path in paths]
        with self._house.act(ActKind.ADD, hand) as writing:
            outcomes: list[tuple[str, str]] = []
            for path, digest, text in texts:
                known = writing.recorder.value(Document, digest)
                given = known or Document(
                    sha256=digest,
                    file=path.name,
                    title=title,
                    publisher=publisher,
                    published=published,
                    language=language,
                )
                changed = writing.recorder.put(given.model_copy(update={"text_added": True}), hand.today)
                if changed:
                    writing.session.execute(
                        update(models.Document).where(models.Document.sha256 == digest).values(text=text)
                    )
                outcomes.append((digest, ("text_added" if known else "added") if changed else "unchanged"))
            return tuple((queries.document(writing.session, digest), outcome) for digest, outcome in outcomes)


def _text(path: Path) -> tuple[str, str]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise errors.FileProblem(str(path), "missing") from None
    except (OSError, ValueError):
        raise errors.FileProblem(str(path), "folder" if os.path.isdir(path) else "unreadable") from None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise errors.FileProblem(str(path), "not_text") from None
    if "\0" in text or not text.strip():
        raise errors.FileProblem(str(path), "not_text")
    return hashlib.sha256(content).hexdigest(), text
