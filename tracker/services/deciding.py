"""What a person decides on a draft: accepted, merged into a known commitment, taken as a report on it, or rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import TypeAdapter
from sqlalchemy import update

from tracker import errors
from tracker.domain.codes import Basis, CitationRole, Instrument, Kind, Role, Strength
from tracker.domain.commands import AddCommitment, RecordStatus, Seen
from tracker.domain.deadline import Certainty, Precision, parse_period
from tracker.domain.history import ActKind, Hand
from tracker.domain.register import Citation, Commitment, Document, Evidence, Participation, Span, Words
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView, Done, Remark
from tracker.reading.aims import Series
from tracker.reading.drafts import Draft
from tracker.reading.likeness import relation
from tracker.reading.review import ACCEPTED, MERGED, OPEN, REJECTED, KeptDraft, Proposal
from tracker.services import acting
from tracker.services.acts import House, Writing
from tracker.services.adding import add
from tracker.services.comparing import aims, claim, figures, known, targets
from tracker_db import drafts as stored
from tracker_db import models, queries
from tracker_db.parties import Directory, directory_of
from tracker_db.texts import proves

AS_KEPT = TypeAdapter(Draft)


class Deciding:
    """Decisions on drafts. Each is an act with its commitment, but a rejection, which changes none."""

    def __init__(self, house: House) -> None:
        self._house = house

    def proposal(self, number: int) -> Proposal:
        """The commitment that a draft would become, to be looked at first. Raises NotFound."""
        with self._house.database.read() as session:
            return proposed(stored.one(session, number), directory_of(session), figures(session))

    def accept(self, number: int, hand: Hand, command: AddCommitment | None = None) -> Done:
        """Make a commitment of a draft, as proposed or as the command says, with the draft's sentence as its origin.

        A draft that reports on a commitment marks it so. Owners that the register does not know are named in remarks.
        Raises NotFound, DraftDecided, and what adding or marking a commitment raises.
        """
        with self._house.act(ActKind.ADD, hand) as writing:
            kept = stored.one(writing.session, number, locked=True)
            if writing.done_before:
                return self._done(writing, kept.draft.ref or "", hand, [])
            proposal = proposed(kept, writing.directory, figures(writing.session))
            if proposal.mark:
                return self._report(writing, kept, proposal.mark, hand)
            _refuse_decided(kept)
            put_document(writing, kept.document, hand)
            one, given = proposal.kept.draft.deadline, command or proposal.command
            as_read = one is not None and one.value == given.deadline_value
            given = given.model_copy(update={"sources": proposal.command.sources})
            ref = add(self._house, writing, given, hand, one.certainty if one and as_read else Certainty.STATED)
            self._decide(kept.draft, ACCEPTED, hand, ref=ref, act=writing.recorder.act.id)
            # Whoever has changed the parties has seen whom the register does not know.
            unknown = proposal.unknown if given.parties == proposal.command.parties else ()
            remarks = [Remark("party_unknown", {"name": name}) for name in unknown]
            if given.targets == proposal.command.targets:
                unaimed = (amount for amount, figure in proposal.aims.items() if figure is None)
                remarks += [Remark("aimed_at_nothing", {"amount": amount, "ref": ref}) for amount in unaimed]
            return self._done(writing, ref, hand, remarks)

    def report(self, number: int, command: RecordStatus, hand: Hand) -> Done:
        """Mark the commitment that a draft reports on, as the command says.

        Raises NotFound, DraftDecided, and what marking a commitment raises.
        """
        with self._house.act(ActKind.MARK, hand) as writing:
            kept = stored.one(writing.session, number, locked=True)
            if writing.done_before:
                return self._done(writing, kept.draft.ref or "", hand, [])
            return self._report(writing, kept, command, hand)

    def _report(self, writing: Writing, kept: stored.Kept, command: RecordStatus, hand: Hand) -> Done:
        _refuse_decided(kept)
        put_document(writing, kept.document, hand)
        remarks = acting.carry_out(self._house, writing, command, hand)
        ref = command.commitments[0].ref
        self._decide(kept.draft, ACCEPTED, hand, ref=ref, act=writing.recorder.act.id)
        return self._done(writing, ref, hand, remarks)

    def merge(self, number: int, ref: str, hand: Hand) -> Done:
        """Give a commitment on record the draft's sentence as one more source: it reaffirms, strengthens or softens it.

        Raises NotFound, DraftDecided, ReportNotMerged: a source alone would leave out the status that it reports.
        """
        with self._house.act(ActKind.AMEND, hand) as writing:
            kept = stored.one(writing.session, number, locked=True)
            if writing.done_before:
                return self._done(writing, ref, hand, [])
            _refuse_decided(kept)
            draft = kept_draft(kept)
            if draft.draft.status:
                raise errors.ReportNotMerged(str(number), draft.draft.status, draft.draft.similar[0].ref)
            now = writing.recorder.value(Commitment, ref)
            if now is None:
                raise errors.NotFound("commitment", ref, queries.nearest_refs(writing.session, ref))
            put_document(writing, kept.document, hand)
            (view,) = queries.commitments(writing.session, [ref], self._house.day(hand.today))
            new = _citation(draft, _role(draft, view))
            cited = any((each.document, each.start) == (new.document, new.start) for each in now.sources)
            if not cited:
                writing.recorder.put(now.model_copy(update={"sources": (*now.sources, new)}), hand.today)
            # What is a source of it already changes nothing, and so is no act that could be taken back.
            self._decide(kept.draft, MERGED, hand, ref=ref, act=None if cited else writing.recorder.act.id)
            return self._done(writing, ref, hand, [Remark("source_already", {"ref": ref})] if cited else [])

    def reject(self, numbers: Sequence[int], reason: str, hand: Hand) -> tuple[KeptDraft, ...]:
        """Put drafts aside, all or none, with the reason. Nothing else changes.

        Raises NotFound, DraftDecided, BadOption.
        """
        if not reason.strip():
            raise errors.BadOption("--reason", "missing")
        return self._decide_all(numbers, REJECTED, hand, _refuse_decided, reason.strip())

    def reopen(self, numbers: Sequence[int], hand: Hand) -> tuple[KeptDraft, ...]:
        """Let drafts wait again, all or none, that were decided without an act. Others do when their act is taken back.

        Raises NotFound, DraftDecided (by an act).
        """

        def refuse(kept: stored.Kept) -> None:
            if kept.decision == ACCEPTED or (kept.decision != OPEN and kept.act):
                _refuse_decided(kept)

        return self._decide_all(numbers, OPEN, hand, refuse)

    def _decide_all(
        self,
        numbers: Sequence[int],
        decision: str,
        hand: Hand,
        refuse: Callable[[stored.Kept], None],
        reason: str = "",
    ) -> tuple[KeptDraft, ...]:
        """Decisions that are no acts, in one transaction. Numbers are locked in one order, whoever else decides."""
        with self._house.database.write() as session:
            found = {number: stored.one(session, number, locked=True) for number in sorted(set(numbers))}
            for kept in found.values():
                refuse(kept)
                self._decide(kept.draft, decision, hand, reason=reason)
            return tuple(
                kept_draft(found[number]._replace(decision=decision, act=None)) for number in dict.fromkeys(numbers)
            )

    def _decide(
        self,
        row: models.Draft,
        decision: str,
        hand: Hand,
        *,
        ref: str | None = None,
        act: str | None = None,
        reason: str = "",
    ) -> None:
        row.decision, row.ref, row.act, row.reason = decision, ref, act, reason
        row.actor, row.decided_at = hand.actor, self._house.now()

    def _done(self, writing: Writing, ref: str, hand: Hand, remarks: list[Remark]) -> Done:
        number = writing.finish()
        views = writing.views([ref], self._house.day(hand.today))
        return Done(writing.recorder.act.id, number, views, tuple(remarks))


def kept_draft(kept: stored.Kept) -> KeptDraft:
    """A draft as people see it: one whose act is taken back went nowhere."""
    row, decided = kept.draft, kept.decision != OPEN
    reason, ref, act = (row.reason, row.ref, kept.act) if decided else ("", None, None)
    content = AS_KEPT.validate_json(row.content)
    return KeptDraft(row.id, kept.document.file, row.sha256, kept.decision, reason, ref, content, act)


def put_document(writing: Writing, document: models.ReadDocument, hand: Hand) -> None:
    """The document in the register, where it is not there yet: with its text, which its hash has to prove."""
    known = writing.recorder.value(Document, document.sha256)
    given = known or Document(
        sha256=document.sha256,
        file=document.file,
        publisher=document.publisher,
        published=document.published,
        language=document.language,
    )
    proved = proves(document.sha256, document.text)
    if writing.recorder.put(given.model_copy(update={"text_added": given.text_added or proved}), hand.today) and proved:
        table = models.Document
        writing.session.execute(update(table).where(table.sha256 == document.sha256).values(text=document.text))


def _refuse_decided(kept: stored.Kept) -> None:
    if kept.decision != OPEN:
        raise errors.DraftDecided(str(kept.draft.id), kept.decision, kept.draft.ref)


def proposed(kept: stored.Kept, directory: Directory, series: Sequence[Series]) -> Proposal:
    """The commitment that a draft would become, among the parties and the measured series on record."""
    draft, document = kept_draft(kept), kept.document
    one, deadline = draft.draft, draft.draft.deadline
    parties, unknown = _participations(directory, one)
    vietnamese = document.language == "vi"
    names = {part.party: directory.one(part.party).listing.name for part in parties}
    found = tuple(aims(one, names.values(), series))
    command = AddCommitment(
        # What reports has no title of its own.
        title=_words(one.title or one.sentence, vietnamese=vietnamese),
        statement=_words(one.sentence, vietnamese=vietnamese),
        kind=Kind.TARGET if one.targets else Kind.PROGRAMME,
        instrument=Instrument.PLAN if document.kind == "directive" else Instrument.LEADERS_STATEMENT,
        strength=Strength(one.strength) if one.strength else Strength.AGREED,
        deadline_value=deadline.value if deadline else None,
        deadline_text=deadline.text if deadline else "",
        parties=parties,
        sources=(_citation(draft, CitationRole.ORIGIN),),
        targets=targets(one, found),
    )
    aimed = {amount.text: series.name if series else None for amount, series in found}
    return Proposal(draft, command, names, unknown, aimed, _reported(draft, document.published) if one.status else None)


def _words(text: str, *, vietnamese: bool) -> Words:
    return Words(vi=text) if vietnamese else Words(en=text)


def _reported(kept: KeptDraft, published: str) -> RecordStatus:
    """The status update that a draft proposes: its sentence is the evidence, of a press report's weight.

    It is so since the day of the report, where that is one day.
    """
    one, period = kept.draft, parse_period(published)
    place = Span(document=kept.sha256, paragraph=one.paragraph, start=one.start, end=one.end)
    return RecordStatus(
        commitments=(Seen(ref=one.similar[0].ref),),
        status=Status(one.status),
        effective_on=period.start if period.precision is Precision.DAY else None,
        note=one.sentence,
        evidence=(Evidence(kind="citation", value=kept.file, place=place),),
    )


def _participations(directory: Directory, one: Draft) -> tuple[tuple[Participation, ...], tuple[str, ...]]:
    found: dict[tuple[str, Role], Participation] = {}
    unknown = []
    for names, role in ((one.owners, Role.UNDERTAKER), (one.counterparts, Role.COUNTERPART)):
        for name in names:
            try:
                key = directory.one(name).listing.key
            except (errors.NotFound, errors.Ambiguous):
                unknown.append(name)
                continue
            basis = Basis.STATED if one.basis == "stated" else Basis.PROPOSED
            found.setdefault((key, role), Participation(party=key, role=role, basis=basis))
    return tuple(found.values()), tuple(unknown)


def _role(kept: KeptDraft, view: CommitmentView) -> CitationRole:
    """What a draft's sentence does to a commitment on record."""
    roles = {"stronger": CitationRole.STRENGTHENS, "weaker": CitationRole.SOFTENS}
    return roles.get(relation(known(view), claim(kept.draft, kept.sha256)), CitationRole.REAFFIRMS)


def _citation(kept: KeptDraft, role: CitationRole) -> Citation:
    one = kept.draft
    return Citation(document=kept.sha256, paragraph=one.paragraph, start=one.start, end=one.end, role=role)
