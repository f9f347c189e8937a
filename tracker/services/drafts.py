"""Drafts beside the register, and drafts under review: kept, accepted, merged into a known commitment, rejected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import update

from tracker import errors
from tracker.domain.codes import Basis, CitationRole, Instrument, Kind, Role, Strength
from tracker.domain.commands import AddCommitment
from tracker.domain.deadline import Certainty
from tracker.domain.history import ActKind, Hand
from tracker.domain.query import parse_query
from tracker.domain.register import Citation, Commitment, Document, Participation, Words
from tracker.domain.views import CommitmentView, Done, Remark
from tracker.reading.drafting import Draft, Drafting, KeptDraft
from tracker.reading.files import FileText
from tracker.reading.likeness import LEAST_FOR_REPORTS, Claim, Known, ProposedUpdate, Record, reported_status
from tracker.services.acts import House, Writing
from tracker.services.adding import add
from tracker_db import drafts as stored
from tracker_db import models, queries

# Whoever has more is shown likeness with those that were touched last.
MOST_COMPARED = 5_000
_AS_KEPT = TypeAdapter(Draft)


class Drafts:
    """What documents promise: compared with what is on record, kept, and decided on by a person."""

    def __init__(self, house: House) -> None:
        self._house = house

    def beside(
        self, read: Drafting, sha256: str, *, as_of: date
    ) -> tuple[tuple[Draft, ...], tuple[ProposedUpdate, ...]]:
        """The drafts with the commitments that each is like, and the updates that other sentences would support."""
        with self._house.database.read() as session:
            day = self._house.day(as_of)
            listed = queries.listing(
                session, parse_query(""), day, limit=MOST_COMPARED, offset=0, sort="updated", descending=True
            )
            record = Record(map(_known, listed))
        drafts = tuple(replace(one, similar=record.like(_claim(one, sha256, read.home))) for one in read.drafts)
        return drafts, tuple(_updates(read, record))

    def save(
        self, source: FileText, read: Drafting, drafts: tuple[Draft, ...], hand: Hand, *, published: str, publisher: str
    ) -> tuple[KeptDraft, ...]:
        """Keep the drafts of a document for review. A document that is kept already keeps its drafts and decisions."""
        with self._house.database.write() as session:
            if session.get(models.ReadDocument, source.sha256) is None:
                session.add(
                    models.ReadDocument(
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
                )
                session.flush()
                for position, one in enumerate(drafts, 1):
                    content = _AS_KEPT.dump_json(one).decode()
                    session.add(
                        models.Draft(
                            sha256=source.sha256,
                            position=position,
                            content=content,
                            decision=stored.OPEN,
                            reason="",
                            ref=None,
                            actor="",
                            decided_at=None,
                        )
                    )
                session.flush()
            return tuple(map(_kept, stored.kept(session, sha256=source.sha256)))

    def listing(self, decision: str | None = stored.OPEN) -> tuple[KeptDraft, ...]:
        """The drafts under review, those still open or those so decided; None: all."""
        with self._house.database.read() as session:
            return tuple(map(_kept, stored.kept(session, decision=decision)))

    def accept(
        self, number: int, hand: Hand, *, title: str = "", kind: Kind | None = None, sector: str = "other"
    ) -> Done:
        """Make a commitment of a draft, its document a source of the register, in one act.

        Owners that the register knows become its undertakers, as proposals; the others are named in remarks.
        Raises NotFound, DraftDecided, and what adding a commitment raises.
        """
        with self._house.act(ActKind.ADD, hand) as writing:
            row, document = stored.one(writing.session, number)
            if writing.done_before:
                return self._done(writing, row.ref or "", hand, [])
            if row.decision != stored.OPEN:
                raise errors.DraftDecided(str(number), row.decision, row.ref)
            one = _AS_KEPT.validate_json(row.content)
            _put_document(writing, document, hand)
            parties, remarks = _participations(writing, one)
            words = Words(vi=title or one.title) if document.language == "vi" else Words(en=title or one.title)
            said = Words(vi=one.sentence) if document.language == "vi" else Words(en=one.sentence)
            command = AddCommitment(
                title=words,
                statement=said,
                kind=kind or (Kind.TARGET if one.targets else Kind.PROGRAMME),
                sector=sector,
                instrument=Instrument.PLAN if document.kind == "directive" else Instrument.LEADERS_STATEMENT,
                strength=Strength(one.strength),
                deadline_value=one.deadline.value if one.deadline else None,
                deadline_text=one.deadline.text if one.deadline else "",
                parties=parties,
                sources=(_citation(document.sha256, one, CitationRole.ORIGIN),),
            )
            certainty = one.deadline.certainty if one.deadline else Certainty.STATED
            ref = add(self._house, writing, command, hand, certainty)
            self._decide(row, "accepted", hand, ref=ref)
            return self._done(writing, ref, hand, remarks)

    def merge(self, number: int, ref: str, hand: Hand) -> Done:
        """Give a commitment on record the draft's sentence as a source that reaffirms it.

        Raises NotFound, DraftDecided.
        """
        with self._house.act(ActKind.AMEND, hand) as writing:
            row, document = stored.one(writing.session, number)
            if writing.done_before:
                return self._done(writing, ref, hand, [])
            if row.decision != stored.OPEN:
                raise errors.DraftDecided(str(number), row.decision, row.ref)
            now = writing.recorder.value(Commitment, ref)
            if now is None:
                raise errors.NotFound("commitment", ref, queries.nearest_refs(writing.session, ref))
            one = _AS_KEPT.validate_json(row.content)
            _put_document(writing, document, hand)
            sources = (*now.sources, _citation(document.sha256, one, CitationRole.REAFFIRMS))
            writing.recorder.put(now.model_copy(update={"sources": sources}), hand.today)
            self._decide(row, "merged", hand, ref=ref)
            return self._done(writing, ref, hand, [])

    def reject(self, number: int, reason: str, hand: Hand) -> KeptDraft:
        """Put a draft aside, with the reason. Nothing else changes. Raises NotFound, DraftDecided, BadOption."""
        if not reason.strip():
            raise errors.BadOption("--reason", "missing")
        with self._house.database.write() as session:
            row, document = stored.one(session, number)
            if row.decision != stored.OPEN:
                raise errors.DraftDecided(str(number), row.decision, row.ref)
            self._decide(row, "rejected", hand, reason=reason.strip())
            session.flush()
            return _kept((row, document))

    def _decide(
        self, row: models.Draft, decision: str, hand: Hand, *, ref: str | None = None, reason: str = ""
    ) -> None:
        row.decision, row.ref, row.reason = decision, ref, reason
        row.actor, row.decided_at = hand.actor, self._house.now()

    def _done(self, writing: Writing, ref: str, hand: Hand, remarks: list[Remark]) -> Done:
        number = writing.finish()
        views = writing.views([ref], self._house.day(hand.today))
        return Done(writing.recorder.act.id, number, views, tuple(remarks))


def _kept(found: stored.Kept) -> KeptDraft:
    row, document = found
    content = _AS_KEPT.validate_json(row.content)
    ref = None if row.decision == stored.OPEN else row.ref
    return KeptDraft(row.id, document.file, row.sha256, row.decision, row.reason, ref, content)


def _put_document(writing: Writing, document: models.ReadDocument, hand: Hand) -> None:
    """The document with its text in the register, where it is not there yet."""
    known = writing.recorder.value(Document, document.sha256)
    given = known or Document(
        sha256=document.sha256,
        file=document.file,
        publisher=document.publisher,
        published=document.published,
        language=document.language,
    )
    if writing.recorder.put(given.model_copy(update={"text_added": True}), hand.today):
        table = models.Document
        writing.session.execute(update(table).where(table.sha256 == document.sha256).values(text=document.text))


def _participations(writing: Writing, one: Draft) -> tuple[tuple[Participation, ...], list[Remark]]:
    found: dict[tuple[str, Role], Participation] = {}
    remarks = []
    for names, role in ((one.owners, Role.UNDERTAKER), (one.counterparts, Role.COUNTERPART)):
        for name in names:
            try:
                key = writing.directory.one(name).listing.key
            except (errors.NotFound, errors.Ambiguous):
                remarks.append(Remark("party_unknown", {"name": name}))
                continue
            basis = Basis.STATED if one.basis == "stated" else Basis.PROPOSED
            found.setdefault((key, role), Participation(party=key, role=role, basis=basis))
    return tuple(found.values()), remarks


def _citation(sha256: str, one: Draft, role: CitationRole) -> Citation:
    return Citation(document=sha256, paragraph=one.paragraph, start=one.start, end=one.end, role=role)


def _updates(read: Drafting, record: Record) -> Iterator[ProposedUpdate]:
    partners = tuple(name for name in read.sides if name != read.home)
    for start, end, sentence in read.others:
        status = reported_status(sentence)
        if status is None:
            continue
        found = record.like(Claim(sentence, partners), least=LEAST_FOR_REPORTS)
        if found:
            yield ProposedUpdate(start, end, sentence, found[0], status)


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
