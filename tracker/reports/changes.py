"""What happened since a day: added, moved, marked, amended, fallen overdue; evidence and answers that came in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tracker.domain.change import changes as differences
from tracker.domain.register import Words
from tracker.i18n import _
from tracker.render import change, day, days_late, deadline, held, label, safe, words
from tracker.reports import columns
from tracker.reports.framing import framed, part_section
from tracker.reports.listing import NOTHING
from tracker.reports.model import Field, Report, Section
from tracker.reports.rows import Row, commitment_row, deadline_row, event_row, evidence_row, follow_up_row, words_row

if TYPE_CHECKING:
    from tracker.domain.register import Citation
    from tracker.domain.reported import AnswerCame, ChangesReport, EvidenceCame, Happening
    from tracker.domain.views import CommitmentView, EvidenceView

COLUMNS = (
    *("ref", "title.vi", "title.en", "on", "recorded_on", "late", "actor", "note", "baseline.value", "before.value"),
    *("before.end", "after.value", "after.end", "from", "to", "side", "confirmed_by", "evidence", "fields", "sources"),
    *("days_overdue", "follow_up.key", "follow_up.what", "follow_up.answer", "schedule", "lead.party"),
)


def changes_report(report: ChangesReport) -> Report:
    """The report in the present language, to be drawn once."""
    scope = report.scope
    return framed(
        "changes",
        _("What changed from {first} to {last}").format(first=day(report.since), last=day(scope.as_of)),
        scope,
        (
            *(_told(kind, report) for kind in ("added", "moved", "marked")),
            part_section(
                "overdue",
                _("Fell overdue, and still are ({count})"),
                report.overdue,
                scope,
                _overdue_fields(),
                commitment_row,
                mark=columns.mark,
                tone="31",
            ),
            part_section(
                "evidence", _("Evidence that came in ({count})"), report.evidence, scope, _proofs(), _proof_row
            ),
            part_section(
                "answers", _("Answers to follow-ups ({count})"), report.answers, scope, _answers(), _answer_row
            ),
            _told("amended", report),
        ),
        columns=COLUMNS,
        head={
            "since": report.since.isoformat(),
            "event": event_row(report.event) if report.event else None,
            "queries": {"overdue": report.overdue.query},
        },
        said=_since(report),
        remarks=(
            _("By the day on which it is so, both days counted; acts that were taken back do not count."),
            _("What was recorded only later for an earlier day says so, also where that day lies before this period."),
        ),
    )


def _since(report: ChangesReport) -> tuple[str, ...]:
    event = report.event
    if event is None:
        return ()
    return (_("Since: {event} ({when})").format(event=words(event.name), when=held(event.on)),)


def _told(kind: str, report: ChangesReport) -> Section[Happening]:
    titles = {
        "added": _("Added ({count})"),
        "moved": _("Deadline moved ({count})"),
        "marked": _("Marked ({count})"),
        "amended": _("Amended ({count})"),
    }
    return part_section(
        kind,
        titles[kind],
        report.told[kind],
        report.scope,
        (*_first(), *_FIELDS[kind](), *_last()),
        _ROWS[kind],
        group=lambda told: day(told.on),
    )


def _first() -> tuple[Field[Happening], ...]:
    return (
        Field(_("Ref"), lambda told: safe(told.commitment.ref), share=3),
        Field(_("Title"), lambda told: words(told.commitment.title), share=6),
        Field(
            _("Recorded"),
            _recorded,
            lambda told: told.recorded_on if told.late else None,
            share=3,
            plain=True,
            beside=True,
        ),
    )


def _last() -> tuple[Field[Happening], ...]:
    return (
        Field(_("By"), lambda told: safe(told.actor), share=2),
        Field(_("Note"), lambda told: safe(told.note) or NOTHING, share=4),
    )


def _added() -> tuple[Field[Happening], ...]:
    return (
        Field(_("Deadline"), lambda told: deadline(told.after.deadline), share=4),
        Field(_("Lead"), lambda told: columns.lead(told.commitment), share=3),
        Field(_("Source"), lambda told: columns.sources(told.commitment), share=4),
    )


def _moved() -> tuple[Field[Happening], ...]:
    return (
        Field(_("Baseline"), lambda told: deadline(told.commitment.baseline), share=3),
        Field(_("Before"), lambda told: deadline(told.before.deadline if told.before else None), share=3),
        Field(_("After"), lambda told: deadline(told.after.deadline), share=3),
        Field(_("Source"), lambda told: _places(told, _new_sources(told)) or NOTHING, share=4),
    )


def _marked() -> tuple[Field[Happening], ...]:
    return (
        Field(_("Status"), _from_to, share=4),
        Field(_("Side"), lambda told: words(told.side) if told.side else NOTHING, share=3),
        Field(_("Confirmed by"), lambda told: safe(told.confirmed_by) or NOTHING, share=2),
        Field(_("Evidence"), lambda told: "; ".join(map(evidence, told.evidence)) or NOTHING, share=4),
    )


def _amended() -> tuple[Field[Happening], ...]:
    return (Field(_("What changed"), _differences, share=8),)


_FIELDS: Mapping[str, Any] = {"added": _added, "moved": _moved, "marked": _marked, "amended": _amended}


def _overdue_fields() -> tuple[Field[CommitmentView], ...]:
    return (
        columns.ref(),
        columns.title(),
        Field(
            _("Days late"),
            lambda view: days_late(view.days_overdue or 0),
            lambda view: view.days_overdue,
            plain=True,
        ),
        columns.by_when(),
        columns.status(),
        columns.led_by(),
        columns.next_one(),
        columns.cited(),
    )


def _proofs() -> tuple[Field[EvidenceCame], ...]:
    return (
        Field(_("Ref"), lambda came: safe(came.commitment.ref), share=3),
        Field(_("Title"), lambda came: words(came.commitment.title), share=6),
        Field(_("Day"), lambda came: day(came.on), lambda came: came.on),
        Field(_("Evidence"), lambda came: evidence(came.evidence), share=5),
        Field(_("Note"), lambda came: safe(came.note) or NOTHING, share=4),
    )


def _answers() -> tuple[Field[AnswerCame], ...]:
    return (
        Field(_("Ref"), lambda came: safe(came.commitment.ref), share=3),
        Field(_("Title"), lambda came: words(came.commitment.title), share=6),
        Field(_("Day"), lambda came: day(came.on), lambda came: came.on),
        Field(_("Asked"), lambda came: safe(came.follow_up.what), share=4),
        Field(_("Answer"), lambda came: safe(came.follow_up.answer) or NOTHING, share=5),
        Field(_("Key"), lambda came: safe(came.follow_up.key), share=3),
    )


def evidence(given: EvidenceView) -> str:
    """A piece of evidence: where it is, and how much it proves."""
    place = safe(given.value)
    if given.paragraph is not None:
        place = _("{document}, paragraph {paragraph}").format(document=place, paragraph=given.paragraph)
    return _("{place} ({tier})").format(place=place, tier=label("evidence_tier", given.tier))


def _recorded(told: Happening) -> str:
    return _("recorded late, on {day}").format(day=day(told.recorded_on)) if told.late else ""


def _from_to(told: Happening) -> str:
    before, after = told.before, told.after
    if before is None or before.status is after.status:
        return label("status", after.status)
    return _("{before} → {after}").format(before=label("status", before.status), after=label("status", after.status))


def _new_sources(told: Happening) -> list[Citation]:
    return [cited for cited in told.after.sources if told.before is None or cited not in told.before.sources]


def _places(told: Happening, cited: list[Citation]) -> str:
    files = {source.sha256: source.document for source in told.commitment.sources}
    return "; ".join(
        _("{document}, paragraph {paragraph}").format(
            document=safe(files.get(place.document, place.document[:12])), paragraph=place.paragraph
        )
        for place in cited
    )


def _differences(told: Happening) -> str:
    view = told.commitment
    names: dict[str, Words] = {party.key: party.name for party in view.parties}
    names |= {source.sha256: Words(vi=source.document) for source in view.sources}
    said = differences(told.before, told.after)
    return "; ".join(change(field, before, after, names) for field, (before, after) in said.items()) or NOTHING


def _row(told: Happening, **facts: object) -> Row:
    view = told.commitment
    return {
        "ref": view.ref,
        "title": words_row(view.title),
        "on": told.on.isoformat(),
        "recorded_on": told.recorded_on.isoformat(),
        "late": told.late,
        "actor": told.actor,
        "note": told.note,
        **facts,
        "schedule": view.schedule.value,
        "lead": commitment_row(view)["lead"],
    }


def _added_row(told: Happening) -> Row:
    return _row(told, after=deadline_row(told.after.deadline), sources=commitment_row(told.commitment)["sources"])


def _moved_row(told: Happening) -> Row:
    return _row(
        told,
        baseline=deadline_row(told.commitment.baseline),
        before=deadline_row(told.before.deadline if told.before else None),
        after=deadline_row(told.after.deadline),
        sources=[cited.model_dump(mode="json") for cited in _new_sources(told)],
    )


def _marked_row(told: Happening) -> Row:
    return _row(
        told,
        **{"from": told.before.status.value if told.before else None},
        to=told.after.status.value,
        side=words_row(told.side) if told.side else None,
        confirmed_by=told.confirmed_by,
        evidence=[evidence_row(piece) for piece in told.evidence],
    )


def _amended_row(told: Happening) -> Row:
    return _row(told, fields=sorted(differences(told.before, told.after)))


_ROWS: Mapping[str, Any] = {
    "added": _added_row,
    "moved": _moved_row,
    "marked": _marked_row,
    "amended": _amended_row,
}


def _proof_row(came: EvidenceCame) -> Row:
    return {
        "ref": came.commitment.ref,
        "title": words_row(came.commitment.title),
        "on": came.on.isoformat(),
        "note": came.note,
        "evidence": evidence_row(came.evidence),
    }


def _answer_row(came: AnswerCame) -> Row:
    return {
        "ref": came.commitment.ref,
        "title": words_row(came.commitment.title),
        "on": came.on.isoformat(),
        "follow_up": follow_up_row(came.follow_up),
    }
