"""Drafts beside the register, and drafts under review: what waits, and what was decided stands in `deciding`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.history import ActKind, Hand
from tracker.domain.query import parse_query
from tracker.domain.views import Remark
from tracker.reading.drafts import Draft, Drafting
from tracker.reading.files import FileText
from tracker.reading.likeness import (
    Claim,
    ProposedUpdate,
    Record,
    reported_status,
)
from tracker.reading.review import OPEN, Aims, KeptDraft, Review, UnderReview
from tracker.reading.sentences import paragraphs
from tracker.services.comparing import claim, figures, known, up_to_date
from tracker.services.deciding import AS_KEPT, Deciding, kept_draft, proposed, put_document
from tracker_db import drafts as stored
from tracker_db import models, queries
from tracker_db.parties import directory_of
from tracker_db.session import still_wanted

# Whoever has more is shown likeness with those that were touched last.
MOST_COMPARED = 5_000
# Of the commitments that changed since a document was read, so many of the latest are compared with its drafts.
MOST_SINCE = 200


class Drafts(Deciding):
    """What documents promise: compared with what is on record, kept, and decided on by a person."""

    def beside(
        self, read: Drafting, sha256: str, *, as_of: date
    ) -> tuple[tuple[Draft, ...], tuple[ProposedUpdate, ...]]:
        """The drafts with the commitments that each is like, and the updates that other sentences would support.

        Before each it is asked whether somebody still waits: raises TakenBack when nobody does.
        """
        with self._house.database.read() as session:
            day = self._house.day(as_of)
            listed = queries.listing(
                session, parse_query(""), day, limit=MOST_COMPARED, offset=0, sort="updated", descending=True
            )
            record = Record(map(known, listed))
        drafts = []
        for one in read.drafts:
            still_wanted()
            drafts.append(replace(one, similar=record.like(claim(one, sha256))))
        return tuple(drafts), tuple(_updates(read, record))

    def save(
        self,
        source: FileText,
        read: Drafting,
        drafts: tuple[Draft, ...],
        hand: Hand,
        *,
        published: str,
        publisher: str,
        updates: tuple[ProposedUpdate, ...] = (),
    ) -> tuple[KeptDraft, ...]:
        """Put a document on record and keep its drafts, and the updates it proposes, for review.

        A document that is kept already keeps its drafts and decisions; while nothing is decided, another day of
        publication or another language has it read anew.
        """
        still_wanted()
        with self._house.act(ActKind.ADD, hand) as writing:
            session = writing.session
            row = session.get(models.ReadDocument, source.sha256)
            if row is not None and (row.published, row.language) != (published, read.language):
                row = self._forget(session, row)
            if row is None:
                row = models.ReadDocument(
                    sha256=source.sha256,
                    file=source.file,
                    publisher=publisher,
                    published=published,
                    language=read.language,
                    kind=read.kind,
                    text=source.text,
                    actor=hand.actor,
                    at=self._house.now(),
                )
                session.add(row)
                session.flush()
                put_document(writing, row, hand)
                found = sorted((*drafts, *_reports(source, updates)), key=lambda one: one.start)
                session.add_all(_row(source, position, one) for position, one in enumerate(found, 1))
                session.flush()
            return tuple(map(kept_draft, stored.kept(session, sha256=source.sha256)))

    def _forget(self, session: Session, row: models.ReadDocument) -> models.ReadDocument | None:
        """Forget a document of which nothing is decided; else it stays."""
        if any(one.decision != OPEN for one in stored.kept(session, sha256=row.sha256)):
            return row
        session.execute(delete(models.Draft).where(models.Draft.sha256 == row.sha256))
        session.delete(row)
        session.flush()
        return None

    def listing(self, decision: str | None = OPEN) -> tuple[KeptDraft, ...]:
        """The drafts under review, those still open or those so decided; None: all."""
        with self._house.database.read() as session:
            return tuple(map(kept_draft, stored.kept(session, decided=decision)))

    def documents(self) -> tuple[UnderReview, ...]:
        """The documents that were read for review, the latest first."""
        with self._house.database.read() as session:
            return tuple(_under_review(*found) for found in stored.documents(session))

    def read_before(self, source: FileText, published: str) -> tuple[Remark, ...]:
        """What is told of a text that is kept under another name or another day, and stays so."""
        with self._house.database.read() as session:
            row = models.ReadDocument
            file, day = session.execute(select(row.file, row.published).where(row.sha256 == source.sha256)).one()
        same = (file, day) == (source.file, published)
        return () if same else (Remark("read_before", {"file": file, "published": day}),)

    def review(self, sha256: str, *, as_of: date) -> Review:
        """A document to look through, with every draft and decision. Raises NotFound."""
        with self._house.database.read() as session:
            found = stored.documents(session, sha256)
            if not found:
                raise errors.NotFound("document", sha256)
            document, day = found[0][0], self._house.day(as_of)
            rows = stored.kept(session, sha256=sha256)
            kept = tuple(map(kept_draft, rows))
            refs = dict.fromkeys(one.ref for one in kept if one.ref)
            refs |= dict.fromkeys(like.ref for one in kept for like in one.draft.similar)
            refs |= dict.fromkeys(stored.changed_since(session, document.at, MOST_SINCE))
            views = queries.commitments(session, list(refs), day)
            return Review(
                _under_review(*found[0]),
                document.text,
                up_to_date(kept, views),
                {view.ref: view for view in views},
                dict(_aims(session, rows, kept)),
            )


def _under_review(document: models.ReadDocument, drafts: int, decided: int) -> UnderReview:
    return UnderReview(
        document.sha256,
        document.file,
        document.publisher,
        document.published,
        document.kind,
        drafts,
        decided,
    )


def _aims(session: Session, rows: Sequence[stored.Kept], drafts: Sequence[KeptDraft]) -> Iterator[tuple[int, Aims]]:
    directory, series = directory_of(session), figures(session)
    for row, kept in zip(rows, drafts, strict=True):
        if kept.decision == OPEN and kept.draft.targets:
            yield kept.number, proposed(row, directory, series).aims


def _row(source: FileText, position: int, one: Draft) -> models.Draft:
    return models.Draft(
        sha256=source.sha256,
        position=position,
        content=AS_KEPT.dump_json(one).decode(),
        decision=OPEN,
        reason="",
        ref=None,
        act=None,
        actor="",
        decided_at=None,
    )


def _reports(source: FileText, updates: tuple[ProposedUpdate, ...]) -> Iterator[Draft]:
    """The updates as drafts that propose a status."""
    begins = [start for start, _end in paragraphs(source.text)]
    for one in updates:
        yield Draft(
            start=one.start,
            end=one.end,
            paragraph=max(bisect_right(begins, one.start), 1),
            sentence=one.sentence,
            title="",
            owners=(),
            counterparts=(),
            basis="",
            deadline=None,
            targets=(),
            strength="",
            confidence=one.like.score,
            why=(f"report: {one.status}",),
            similar=(one.like,),
            page=source.page(one.start),
            status=one.status,
        )


def _updates(read: Drafting, record: Record) -> Iterator[ProposedUpdate]:
    partners = tuple(name for name in read.sides if name != read.home)
    for start, end, sentence in read.others:
        still_wanted()
        status = reported_status(sentence)
        if status is None:
            continue
        for like in record.reported(Claim(sentence, partners), status, read.published):
            yield ProposedUpdate(start, end, sentence, like, status)
