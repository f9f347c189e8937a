"""Draft commitments as a list: the columns a person reads, and the row of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.render import deadline, label, safe
from tracker.reports.listing import NOTHING, Column, Listing
from tracker.reports.rows import Row, deadline_row, number

if TYPE_CHECKING:
    from tracker.reading.drafts import Draft, Target
    from tracker.reading.likeness import Likeness, ProposedUpdate
    from tracker.reading.review import KeptDraft


def draft_row(draft: Draft) -> Row:
    """A draft, as scripts are promised it."""
    return {
        "start": draft.start,
        "end": draft.end,
        "sentence": draft.sentence,
        "title": draft.title,
        "owners": list(draft.owners),
        "counterparts": list(draft.counterparts),
        "basis": draft.basis,
        "deadline": deadline_row(draft.deadline),
        "targets": [_target(target) for target in draft.targets],
        "strength": draft.strength,
        "confidence": draft.confidence,
        "why": list(draft.why),
        "similar": [like.ref for like in draft.similar],
        "likeness": [_likeness(like) for like in draft.similar],
        "paragraph": draft.paragraph,
        "page": draft.page,
        "status": draft.status or None,
    }


def update_row(update: ProposedUpdate) -> Row:
    """A sentence that reports on a commitment, and the status proposed for it."""
    return {
        "start": update.start,
        "end": update.end,
        "sentence": update.sentence,
        "status": update.status,
        **_likeness(update.like),
    }


def _place(draft: Draft) -> str:
    """The paragraph, and the page of the original where it has pages."""
    if draft.page is None:
        return str(draft.paragraph)
    return _("{paragraph}, page {page}").format(paragraph=draft.paragraph, page=draft.page)


def _title(draft: Draft) -> str:
    """What is promised, or what is reported of a promise."""
    if not draft.status:
        return safe(draft.title)
    said = _("{ref} is reported “{status}”: {sentence}")
    status = label("status", draft.status)
    return said.format(ref=draft.similar[0].ref, status=status, sentence=safe(draft.sentence))


def _commitment(kept: KeptDraft) -> str:
    """The one on record that a draft went into, or that it reports on, or those that it is like."""
    if kept.ref:
        return _("went into {ref}").format(ref=kept.ref)
    refs = ", ".join(like.ref for like in kept.draft.similar)
    if not refs:
        return NOTHING
    return (_("reports on {ref}") if kept.draft.status else _("like {ref}")).format(ref=refs)


def _likeness(like: Likeness) -> Row:
    return {"ref": like.ref, "score": like.score, "relation": like.relation, "because": list(like.because)}


def _target(target: Target) -> Row:
    return {
        "text": target.text,
        "value": None if target.value is None else number(target.value),
        "unit": target.unit,
        "bound": target.bound,
        "per": target.per,
        "series": target.series,
    }


DRAFTS: Listing[Draft] = Listing(
    draft_row,
    (
        Column(lambda: _("Sure"), lambda draft: f"{draft.confidence:.0%}", whole=True),
        Column(lambda: _("Paragraph"), _place, whole=True),
        Column(lambda: _("Who"), lambda draft: safe(", ".join(draft.owners)) or NOTHING, most=30),
        Column(lambda: _("Deadline"), lambda draft: deadline(draft.deadline), most=26),
        Column(lambda: _("Title"), lambda draft: safe(draft.title)),
        Column(lambda: _("Like"), lambda draft: ", ".join(like.ref for like in draft.similar) or NOTHING, most=24),
        Column(lambda: _("Why"), lambda draft: safe("; ".join(draft.why)), most=30),
    ),
    (
        "start",
        "end",
        "confidence",
        "owners",
        "counterparts",
        "deadline.value",
        "deadline.text",
        "strength",
        "title",
        "sentence",
    ),
)
UPDATES: Listing[ProposedUpdate] = Listing(
    update_row,
    (
        Column(lambda: _("Ref"), lambda update: update.like.ref, whole=True),
        Column(lambda: _("Status"), lambda update: label("status", update.status), most=24),
        Column(lambda: _("Sentence"), lambda update: safe(update.sentence), most=100),
    ),
    ("start", "end", "ref", "status", "score", "sentence"),
)


def kept_row(kept: KeptDraft) -> Row:
    """A draft under review: its number and decision before the draft itself."""
    return {
        "number": kept.number,
        "document": kept.file,
        "sha256": kept.sha256,
        "decision": kept.decision,
        "reason": kept.reason,
        "ref": kept.ref,
        **draft_row(kept.draft),
    }


KEPT: Listing[KeptDraft] = Listing(
    kept_row,
    (
        Column(lambda: _("Number"), lambda kept: str(kept.number), whole=True),
        Column(lambda: _("Document"), lambda kept: safe(kept.file), most=24),
        Column(lambda: _("Decision"), lambda kept: label("decision", kept.decision), most=16),
        Column(lambda: _("Sure"), lambda kept: f"{kept.draft.confidence:.0%}", whole=True),
        Column(lambda: _("Paragraph"), lambda kept: _place(kept.draft), whole=True),
        Column(lambda: _("Who"), lambda kept: safe(", ".join(kept.draft.owners)) or NOTHING, most=30),
        Column(lambda: _("Deadline"), lambda kept: deadline(kept.draft.deadline), most=26),
        Column(lambda: _("Title"), lambda kept: _title(kept.draft)),
        Column(lambda: _("Commitment"), _commitment, most=28),
    ),
    ("number", "document", "decision", "reason", "ref", "start", "end", "confidence", "owners", "title", "sentence"),
)
