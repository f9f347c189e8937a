"""What is answered, as JSON knows it: the shapes that scripts rely on."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.domain.deadline import Deadline
    from tracker.domain.register import Words
    from tracker.domain.views import (
        CommitmentDetail,
        CommitmentView,
        DocumentView,
        EntryView,
        EventView,
        EvidenceView,
        FigureView,
        MilestoneView,
        PartyListing,
        PartyView,
        ReadingView,
        SideView,
        SourceView,
        StatusUpdateView,
        TargetView,
    )

Row = dict[str, object]


def commitment_row(view: CommitmentView) -> Row:
    """A commitment: exactly the promised keys, then those that were added since."""
    return {
        "ref": view.ref,
        "title": _words(view.title),
        "statement": _words(view.statement),
        "kind": view.kind,
        "sector": view.sector,
        "instrument": view.instrument,
        "strength": view.strength,
        "status": view.status.value,
        "status_since": view.status_since.isoformat(),
        "done": view.done,
        "sides": [_side(side) for side in view.sides],
        "schedule": view.schedule.value,
        "days_overdue": view.days_overdue,
        "days_past_baseline": view.days_past_baseline,
        "moves": view.moves,
        "deadline": deadline_row(view.deadline),
        "baseline": deadline_row(view.baseline),
        "review_on": _day(view.review_on),
        "lead": _party(view.lead, with_role=False) if view.lead else None,
        "parties": [_party(party) for party in view.parties],
        "sources": [_source(source) for source in view.sources],
        "targets": [_target(target) for target in view.targets],
        "evidence_tier": view.evidence_tier,
        "next": {"what": view.next.what, "on": view.next.on.isoformat()} if view.next else None,
        "last_update": view.last_update.isoformat(),
        "silent_days": view.silent_days,
        "tags": list(view.tags),
        "version": view.version,
        "band": view.band,
        "review_overdue": view.review_overdue,
        "replaced_by": view.replaced_by,
        "milestones": [_milestone(milestone) for milestone in view.milestones],
        "event": _words(view.event) if view.event else None,
    }


def detail_row(detail: CommitmentDetail) -> Row:
    """A commitment, whole: the promised keys, its sources' sentences, its status updates and history."""
    row = commitment_row(detail.commitment)
    row["sources"] = [{**_source(source), "sentence": source.sentence} for source in detail.commitment.sources]
    return {
        **row,
        "updates": [_update(update) for update in detail.updates],
        "figures": [figure_row(figure) for figure in detail.figures],
        "history": [entry_row(entry) for entry in detail.entries],
    }


def deadline_row(deadline: Deadline | None) -> Row | None:
    """A deadline: the source's words, the one spelling, and the days."""
    if deadline is None:
        return None
    return {
        "text": deadline.text,
        "value": deadline.value,
        "start": _day(deadline.start),
        "end": _day(deadline.end),
        "precision": deadline.precision.value,
        "certainty": deadline.certainty.value,
    }


def party_row(party: PartyListing) -> Row:
    """A party."""
    return {
        "key": party.key,
        "name": _words(party.name),
        "kind": party.kind,
        "country": party.country,
        "parent": party.parent,
        "aliases": list(party.aliases),
    }


def document_row(document: DocumentView) -> Row:
    """A document; its text only where one was asked for."""
    row: Row = {
        "sha256": document.sha256,
        "file": document.file,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "text_added": document.text_added,
        "commitments": document.commitments,
    }
    return row if document.text is None else {**row, "text": document.text}


def event_row(event: EventView) -> Row:
    """An event."""
    return {
        "key": event.key,
        "kind": event.kind,
        "name": _words(event.name),
        "on": event.on,
        "parties": list(event.parties),
    }


def figure_row(figure: FigureView) -> Row:
    """A figure with all its readings and the targets set on it."""
    return {
        "key": figure.key,
        "name": _words(figure.name),
        "unit": figure.unit,
        "per": figure.per,
        "readings": [_reading(reading) for reading in figure.readings],
        "targets": [{"ref": ref, "value": number(value)} for ref, value in figure.targets],
    }


def entry_row(entry: EntryView) -> Row:
    """An entry of history."""
    return {
        "number": entry.number,
        "act": entry.act,
        "kind": entry.kind,
        "subject": entry.subject,
        "ref": entry.ref,
        "position": entry.position,
        "actor": entry.actor,
        "channel": entry.channel,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "effective_on": entry.effective_on.isoformat(),
        "reason": entry.reason,
        "changes": {name: list(pair) for name, pair in entry.changes.items()},
        "undoes": entry.undoes,
        "hash": entry.hash,
    }


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number: a whole one without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def _day(given: date | None) -> str | None:
    return given.isoformat() if given else None


def _words(words: Words) -> Row:
    return {"vi": words.vi, "en": words.en}


def _party(party: PartyView, *, with_role: bool = True) -> Row:
    role: Row = {"role": party.role} if with_role else {}
    return {"party": party.key, **role, "basis": party.basis, "name": _words(party.name)}


def _side(side: SideView) -> Row:
    return {"party": side.party, "status": side.status.value, "since": side.since.isoformat(), "done": side.done}


def _source(source: SourceView) -> Row:
    return {
        "document": source.document,
        "sha256": source.sha256,
        "published": source.published,
        "paragraph": source.paragraph,
        "start": source.start,
        "end": source.end,
        "role": source.role,
    }


def _target(target: TargetView) -> Row:
    return {
        "figure": target.figure,
        "value": number(target.value),
        "unit": target.unit,
        "by": None if target.by == "none" else target.by,
    }


def _milestone(milestone: MilestoneView) -> Row:
    return {"name": _words(milestone.name), "deadline": deadline_row(milestone.deadline)}


def _update(update: StatusUpdateView) -> Row:
    return {
        "on": update.effective_on.isoformat(),
        "status": update.status.value,
        "note": update.note,
        "side": update.side,
        "confirmed_by": update.confirmed_by,
        "actor": update.actor,
        "evidence": [_evidence(evidence) for evidence in update.evidence],
    }


def _evidence(evidence: EvidenceView) -> Row:
    return {
        "kind": evidence.kind,
        "value": evidence.value,
        "tier": evidence.tier,
        "paragraph": evidence.paragraph,
        "sentence": evidence.sentence,
    }


def _reading(reading: ReadingView) -> Row:
    return {
        "period": reading.period,
        "value": number(reading.value),
        "qualifier": reading.qualifier,
        "note": reading.note,
        "document": reading.document,
        "paragraph": reading.paragraph,
    }
