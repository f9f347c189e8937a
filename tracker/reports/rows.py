"""What is answered, as JSON knows it: the shapes that scripts rely on."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.domain.pace import Range

if TYPE_CHECKING:
    from tracker.domain.agenda import AgendaLine, FollowUpView, SavedView
    from tracker.domain.deadline import Deadline
    from tracker.domain.explanation import Explanation, Said
    from tracker.domain.pace import Outlook, Pace
    from tracker.domain.register import Words
    from tracker.domain.views import (
        AimView,
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
        "title": words_row(view.title),
        "statement": words_row(view.statement),
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
        "next": {"what": view.next.what, "on": view.next.on.isoformat(), "kind": view.next.kind} if view.next else None,
        "last_update": view.last_update.isoformat(),
        "silent_days": view.silent_days,
        "tags": list(view.tags),
        "version": view.version,
        "band": view.band,
        "review_overdue": view.review_overdue,
        "replaced_by": view.replaced_by,
        "milestones": [milestone_row(milestone) for milestone in view.milestones],
        "event": words_row(view.event) if view.event else None,
    }


def detail_row(detail: CommitmentDetail) -> Row:
    """A commitment, whole: the promised keys, its sources' sentences, its status updates and history."""
    row = commitment_row(detail.commitment)
    row["sources"] = [{**_source(source), "sentence": source.sentence} for source in detail.commitment.sources]
    return {
        **row,
        "updates": [_update(update) for update in detail.updates],
        "figures": [figure_row(figure) for figure in detail.figures],
        "follow_ups": [follow_up_row(listed) for listed in detail.follow_ups],
        "history": [entry_row(entry) for entry in detail.entries],
    }


def follow_up_row(view: FollowUpView) -> Row:
    """A follow-up on a day."""
    return {
        "key": view.key,
        "ref": view.ref,
        "title": words_row(view.title),
        "what": view.what,
        "how": view.how,
        "to": {"party": view.to.key, "name": words_row(view.to.name)} if view.to else None,
        "on": view.on.isoformat(),
        "rule": view.rule,
        "answer_due": _day(view.answer_due),
        "done_on": _day(view.done_on),
        "answer": view.answer,
        "answered_on": _day(view.answered_on),
        "dropped": view.dropped,
        "state": view.state,
    }


def agenda_row(line: AgendaLine) -> Row:
    """A line of the agenda, with what a reader needs of its commitment."""
    view = line.commitment
    return {
        "kind": line.kind,
        "on": line.on.isoformat(),
        "band": line.band or None,
        "ref": view.ref,
        "title": words_row(view.title),
        "lead": _party(view.lead, with_role=False) if view.lead else None,
        "status": view.status.value,
        "schedule": view.schedule.value,
        "deadline": deadline_row(view.deadline),
        "follow_up": follow_up_row(line.follow_up) if line.follow_up else None,
    }


def saved_view_row(view: SavedView) -> Row:
    """A saved view."""
    return {
        "name": view.name,
        "query": view.query,
        "columns": list(view.columns),
        "sort": view.sort,
        "group": view.group,
        "slot": view.slot,
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
        "name": words_row(party.name),
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
        "name": words_row(event.name),
        "on": event.on,
        "parties": list(event.parties),
    }


def figure_row(figure: FigureView) -> Row:
    """A figure with all its readings and the targets set on it."""
    return {
        "key": figure.key,
        "name": words_row(figure.name),
        "unit": figure.unit,
        "per": figure.per,
        "readings": [_reading(reading) for reading in figure.readings],
        "targets": [{"ref": aim.ref, "value": number(aim.value), "by": aim.by} for aim in figure.targets],
    }


def outlook_row(aim: AimView, found: Outlook) -> Row:
    """What follows from a figure's readings for one target. Rates are per year: 0.1 is 10 %."""
    latest, trend = found.latest, found.trend
    return {
        "ref": aim.ref,
        "value": number(aim.value),
        "by": aim.by,
        "latest": {"period": latest.period.value, "value": _range(latest.value)} if latest else None,
        "gap": _range(found.gap),
        "reached": found.reached,
        "growth": found.growth,
        "because": found.because,
        "years_left": _rate(found.years_left),
        "needed": _pace(found.needed),
        "present": {
            "from": trend.first.period.value,
            "to": trend.last.period.value,
            **(_pace(trend.pace) or {}),
        }
        if trend
        else None,
        "leads_to": _range(found.leads_to),
        "reached_in": list(found.reached_in) if found.reached_in else None,
        "remarks": list(found.remarks),
    }


def explanation_row(given: Explanation) -> Row:
    """Why a commitment stands where it stands, in codes and days."""
    review = given.review
    return {
        "ref": given.ref,
        "as_of": given.as_of.isoformat(),
        "status": given.status.value,
        "schedule": given.schedule.value,
        "line": given.line,
        "soon_days": given.soon_days,
        "rule": given.rule,
        "deadline": deadline_row(given.deadline),
        "baseline": deadline_row(given.baseline),
        "moves": given.moves,
        "done": given.done,
        "review": {"on": review.on.isoformat(), "rule": review.rule, "days": review.days, "since": _day(review.since)}
        if review
        else None,
        "counts": [
            {"what": count.code, "first": count.first.isoformat(), "last": count.last.isoformat(), "days": count.days}
            for count in given.counts
        ],
        "deadline_by": _said(given.deadline_by),
        "status_by": _said(given.status_by),
        "source": {**_source(given.source), "sentence": given.source.sentence} if given.source else None,
    }


def _said(said: Said | None) -> Row | None:
    if said is None:
        return None
    return {
        "number": said.number,
        "kind": said.kind,
        "actor": said.actor,
        "channel": said.channel,
        "on": said.on.isoformat(),
        "reason": said.reason,
    }


def _range(span: Range | None) -> list[int | float] | None:
    return None if span is None else [number(span.low), number(span.high)]


def _rate(value: Decimal | None) -> int | float | None:
    return None if value is None else number(round(value, 6))


def _pace(pace: Pace | None) -> Row | None:
    if pace is None:
        return None
    compound = pace.compound
    return {
        "arithmetic": _range(Range(round(pace.arithmetic.low, 6), round(pace.arithmetic.high, 6))),
        "compound": [_rate(compound.low), _rate(compound.high)] if compound else None,
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
        "takes_back": entry.takes_back,
        "taken_back_by": entry.taken_back_by,
        "hash": entry.hash,
    }


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number: a whole one without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def _day(given: date | None) -> str | None:
    return given.isoformat() if given else None


def words_row(words: Words) -> Row:
    """Words in both languages."""
    return {"vi": words.vi, "en": words.en}


def _party(party: PartyView, *, with_role: bool = True) -> Row:
    role: Row = {"role": party.role} if with_role else {}
    return {"party": party.key, **role, "basis": party.basis, "name": words_row(party.name)}


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


def milestone_row(milestone: MilestoneView) -> Row:
    """A milestone."""
    return {"name": words_row(milestone.name), "deadline": deadline_row(milestone.deadline)}


def _update(update: StatusUpdateView) -> Row:
    return {
        "on": update.effective_on.isoformat(),
        "status": update.status.value,
        "note": update.note,
        "side": update.side,
        "confirmed_by": update.confirmed_by,
        "actor": update.actor,
        "evidence": [evidence_row(evidence) for evidence in update.evidence],
    }


def evidence_row(evidence: EvidenceView) -> Row:
    """A piece of evidence."""
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
