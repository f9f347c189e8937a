"""Drafts beside the register, and drafts under review: what waits, and what was decided stands in `deciding`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.history import ActKind, Hand
from tracker.domain.query import parse_query
from tracker.domain.views import CommitmentView
from tracker.reading.drafting import Draft, Drafting
from tracker.reading.files import FileText
from tracker.reading.likeness import (
    ABOUT_AS_ALIKE,
    LEAST_FOR_REPORTS,
    Claim,
    Known,
    ProposedUpdate,
    Record,
    reported_status,
)
from tracker.reading.review import KeptDraft, Review, UnderReview
from tracker.reading.sentences import paragraphs
from tracker.services.deciding import AS_KEPT, Deciding, kept_draft, put_document
from tracker_db import drafts as stored
from tracker_db import models, queries
from tracker_db.session import still_wanted

# Whoever has more is shown likeness with those that were touched last.
MOST_COMPARED = 5_000


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
            record = Record(map(_known, listed))
        drafts = []
        for one in read.drafts:
            still_wanted()
            drafts.append(replace(one, similar=record.like(_claim(one, sha256, read.home))))
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
        if any(one.decision != stored.OPEN for one in stored.kept(session, sha256=row.sha256)):
            return row
        session.execute(delete(models.Draft).where(models.Draft.sha256 == row.sha256))
        session.delete(row)
        session.flush()
        return None

    def listing(self, decision: str | None = stored.OPEN) -> tuple[KeptDraft, ...]:
        """The drafts under review, those still open or those so decided; None: all."""
        with self._house.database.read() as session:
            return tuple(map(kept_draft, stored.kept(session, decided=decision)))

    def documents(self) -> tuple[UnderReview, ...]:
        """The documents that were read for review, the latest first."""
        with self._house.database.read() as session:
            return tuple(_under_review(*found) for found in stored.documents(session))

    def review(self, sha256: str, *, as_of: date) -> Review:
        """A document to look through, with every draft and decision. Raises NotFound."""
        with self._house.database.read() as session:
            found = stored.documents(session, sha256)
            if not found:
                raise errors.NotFound("document", sha256)
            kept = tuple(map(kept_draft, stored.kept(session, sha256=sha256)))
            refs = {one.ref: None for one in kept if one.ref}
            refs |= {like.ref: None for one in kept for like in one.draft.similar}
            known = queries.commitments(session, list(refs), self._house.day(as_of))
            return Review(_under_review(*found[0]), found[0][0].text, kept, {view.ref: view for view in known})


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


def _row(source: FileText, position: int, one: Draft) -> models.Draft:
    return models.Draft(
        sha256=source.sha256,
        position=position,
        content=AS_KEPT.dump_json(one).decode(),
        decision=stored.OPEN,
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
        found = record.like(Claim(sentence, partners), least=LEAST_FOR_REPORTS)
        # One sentence may report on several ("both congresses were held").
        for like in found:
            if like.score >= ABOUT_AS_ALIKE * found[0].score:
                yield ProposedUpdate(start, end, sentence, like, status)


def _known(view: CommitmentView) -> Known:
    texts = (f"{view.title.vi} {view.statement.vi}".strip(), f"{view.title.en} {view.statement.en}".strip())
    return Known(
        view.ref,
        tuple(filter(None, texts)),
        tuple(name for party in view.parties for name in (party.name.vi, party.name.en) if name),
        view.strength,
        view.deadline.end if view.deadline else None,
        frozenset((target.value, target.unit) for target in view.targets),
        tuple((source.sha256, source.start, source.end) for source in view.sources),
    )


def _claim(one: Draft, sha256: str, home: str) -> Claim:
    return Claim(
        one.sentence,
        tuple(name for name in (*one.owners, *one.counterparts) if name != home),
        one.strength,
        one.deadline.end if one.deadline else None,
        frozenset((target.value, target.unit) for target in one.targets if target.value is not None),
        (sha256, one.start, one.end),
    )
