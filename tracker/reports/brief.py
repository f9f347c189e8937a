"""A page for a meeting with a partner: both sides, in both languages, each line with its citation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.i18n import _, both
from tracker.render import day, days_late, held, in_both, label, safe, words
from tracker.reports import columns, target_fields
from tracker.reports.framing import framed, part_section
from tracker.reports.listing import COMMITMENTS, NOTHING
from tracker.reports.model import Field, Report, Section
from tracker.reports.rows import Row, commitment_row, event_row, follow_up_row

if TYPE_CHECKING:
    from tracker.domain.reported import BriefReport, FollowUpAwaited, Part
    from tracker.domain.views import CommitmentView

COLUMNS = (
    *COMMITMENTS.fields,
    *("figure", "name.vi", "name.en", "value", "by", "unit", "latest.period", "gap.low", "gap.high"),
    *("follow_up.key", "follow_up.what", "follow_up.on", "follow_up.answer_due", "follow_up.state"),
)


def brief_report(report: BriefReport) -> Report:
    """The page; its titles stand in both languages, the present one first. To be drawn once."""
    scope = report.scope
    owed = {
        "ours": both("Ours to do ({count})"),
        "theirs": both("Theirs to do ({count})"),
        "joint": both("Joint: whose move it is ({count})"),
        "nobody": both("Nobody is named as bound ({count})"),
    }
    named = {
        "ours": _("Ours"),
        "theirs": _("Theirs"),
        "joint": _("Joint"),
        "nobody": _("Nobody named"),
    }
    partner = in_both(scope.partner) if scope.partner else NOTHING
    # Who is bound by nothing that is on record has no section, unless there is such a one.
    shown = [side for side, part in report.owed.items() if part.size or side != "nobody"]
    return framed(
        "brief",
        _("{title}: {partner}").format(title=both("Brief for the meeting"), partner=partner),
        # Its title names the partner.
        replace(scope, partner=None),
        (
            *(_commitments(side, owed[side], report.owed[side], report) for side in shown),
            _commitments("overdue", both("Overdue ({count})"), report.overdue, report, tone="31"),
            *_until_the_event(report),
            _commitments("ready", both("Ready to announce ({count})"), report.ready, report, tone="32"),
            part_section(
                "targets",
                both("Figures against targets ({count})"),
                report.targets,
                scope,
                _targets(),
                target_fields.target_row,
            ),
            part_section(
                "follow_ups",
                both("Open follow-ups ({count})"),
                report.follow_ups,
                scope,
                _follow_ups(),
                _follow_up_row,
            ),
        ),
        columns=COLUMNS,
        head={
            "event": event_row(report.event) if report.event else None,
            "last_meeting": event_row(report.last) if report.last else None,
            "since": report.since.isoformat() if report.since else None,
            "owed": {side: part.size for side, part in report.owed.items()},
            "total": sum(part.size for part in report.owed.values()),
            "queries": _queries(report),
        },
        said=_said(report),
        counts=[(named[side], part.size) for side, part in report.owed.items()],
        total=_("Open, by who is bound"),
        remarks=(
            _("Each open commitment stands in one of the first sections; the sections below name some of them again."),
        ),
        compact=True,
    )


def _said(report: BriefReport) -> tuple[str, ...]:
    said = [_("As of {day}").format(day=day(report.scope.as_of))]
    if report.event:
        said.append(_("For: {event} ({when})").format(event=in_both(report.event.name), when=held(report.event.on)))
    if report.last:
        said.append(
            _("Last meeting: {event} ({when})").format(event=in_both(report.last.name), when=held(report.last.on))
        )
    return tuple(said)


def _queries(report: BriefReport) -> Row:
    """Of the sections that a limit has not cut: the queries that find the same."""
    by_event = {"by_event": report.by_event} if report.by_event else {}
    sections = {**report.owed, "overdue": report.overdue, **by_event}
    return {name: part.query for name, part in sections.items() if part.size or name != "nobody"}


def _until_the_event(report: BriefReport) -> tuple[Section[CommitmentView], ...]:
    if report.by_event is None:
        return ()
    return (_commitments("by_event", both("Due until the meeting ({count})"), report.by_event, report, tone="33"),)


def _commitments(
    key: str, title: str, part: Part[CommitmentView], report: BriefReport, *, tone: str = ""
) -> Section[CommitmentView]:
    return part_section(key, title, part, report.scope, _fields(), commitment_row, mark=columns.mark, tone=tone)


def _fields() -> tuple[Field[CommitmentView], ...]:
    return (
        replace(columns.ref(), share=2),
        Field(_("Title"), lambda view: in_both(view.title), share=8),
        Field(_("Status"), _stands, share=2, plain=True),
        replace(columns.whose_move(), beside=True),
        replace(columns.by_when(), share=3),
        replace(columns.cited(), share=4),
    )


def _stands(view: CommitmentView) -> str:
    """Where it stands, since when, and how late it is."""
    said = _("{status}, since {day}").format(status=label("status", view.status), day=day(view.status_since))
    return f"{said}; {days_late(view.days_overdue)}" if view.days_overdue else said


def _targets() -> tuple[Field[Any], ...]:
    fields = (*target_fields.first(in_both), *target_fields.standing()[:2], target_fields.closing()[1])
    return tuple(replace(field, share=share) for field, share in zip(fields, (2, 6, 5, 3, 4), strict=True))


def _follow_ups() -> tuple[Field[Any], ...]:
    return (
        Field(_("Ref"), lambda step: safe(step.commitment.ref), share=2),
        Field(_("Title"), lambda step: in_both(step.commitment.title), share=5),
        Field(_("Asked"), lambda step: safe(step.follow_up.what), share=4),
        Field(
            _("To whom"),
            lambda step: words(step.follow_up.to.name) if step.follow_up.to else NOTHING,
            share=3,
        ),
        Field(_("State"), lambda step: label("follow_up_state", step.follow_up.state), share=1),
        Field(
            _("Day"),
            lambda step: (
                day(step.follow_up.answer_due or step.follow_up.on)
                if step.follow_up.done_on
                else day(step.follow_up.on)
            ),
            beside=True,
        ),
        Field(_("Source"), lambda step: columns.sources(step.commitment), share=4),
    )


def _follow_up_row(step: FollowUpAwaited) -> Row:
    row = commitment_row(step.commitment)
    kept = ("ref", "title", "status", "schedule", "lead", "sources")
    return {**{name: row[name] for name in kept}, "follow_up": follow_up_row(step.follow_up)}
