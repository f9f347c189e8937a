"""The yearly plan that article 42 of the Law on International Agreements asks for, by lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.scales import Span
from tracker.i18n import _
from tracker.render import day, deadline, label, next_step, overdue, period, safe, words
from tracker.reports import columns
from tracker.reports.framing import framed, part_section
from tracker.reports.listing import COMMITMENTS, NOTHING
from tracker.reports.model import Field, Report
from tracker.reports.rows import Row, commitment_row, milestone_row

if TYPE_CHECKING:
    from tracker.domain.deadline import Deadline
    from tracker.domain.reported import MilestoneDue, PlanReport
    from tracker.domain.views import CommitmentView

COLUMNS = ("quarter", *COMMITMENTS.fields, "milestone.name.vi", "milestone.name.en", "milestone.deadline.end")
TONES = {"carried_over": "31", "within": "", "standing": ""}


def plan_report(report: PlanReport) -> Report:
    """The plan in the present language, to be drawn once."""
    scope, year = report.scope, report.year
    titles = {
        "carried_over": _("Carried over: the deadline ends before {year}").format(year=year) + " ({count})",
        "within": _("With a deadline or period in {year}").format(year=year) + " ({count})",
        "standing": _("Standing, without an end ({count})"),
    }
    return framed(
        "plan",
        _("Plan for {year} to carry out international commitments").format(year=year),
        scope,
        (
            *(
                part_section(
                    place,
                    titles[place],
                    part,
                    scope,
                    _fields(year),
                    lambda view: _row(view, year),
                    group=columns.lead_alone,
                    mark=columns.mark,
                    tone=TONES[place],
                )
                for place, part in report.parts.items()
            ),
            part_section(
                "milestones",
                _("Milestones in {year}").format(year=year) + " ({count})",
                report.milestones,
                scope,
                _steps(),
                lambda step: _step_row(step, year),
            ),
        ),
        columns=COLUMNS,
        head={
            "year": year,
            "send_by": report.send_by.isoformat(),
            "total": sum(report.counts.values()),
            "places": dict(report.counts),
        },
        said=(_("As of {day}").format(day=day(scope.as_of)), _sent(report)),
        counts=[(_places(year)[place], count) for place, count in report.counts.items()],
        total=_("Open commitments"),
        remarks=(
            _(
                "Law on International Agreements 70/2020/QH14, article 42: a plan for each year, sent to the Ministry"
                " of Foreign Affairs by 15 November of the year before; and the foreign side is asked to do its part."
            ),
            _(
                "What begins only after {year} and what has no deadline and is not standing is counted, not listed."
            ).format(year=year),
        ),
    )


def _sent(report: PlanReport) -> str:
    send_by = day(report.send_by)
    if report.scope.as_of > report.send_by:
        return _("It was to be sent by {day}").format(day=send_by)
    return _("To be sent by {day}").format(day=send_by)


def _places(year: int) -> dict[str, str]:
    return {
        "carried_over": _("Carried over from before {year}").format(year=year),
        "within": _("Deadline or period in {year}").format(year=year),
        "standing": _("Standing"),
        "later": _("Begins after {year}").format(year=year),
        "undated": _("No deadline"),
    }


def quarter(given: Deadline | None, year: int) -> str:
    """The quarter of the plan in which a deadline lies, in the one spelling; the year when it is not as exact."""
    if given is None or given.end is None or given.end.year != year:
        return f"{year:04d}"
    meant = Span.QUARTER.of(given.end)
    return meant if given.start is None or Span.QUARTER.of(given.start) == meant else f"{year:04d}"


def _fields(year: int) -> tuple[Field[CommitmentView], ...]:
    return (
        columns.ref(),
        columns.title(),
        Field(_("When"), lambda view: period(quarter(view.deadline, year)), share=2),
        columns.by_when(),
        Field(_("Schedule"), overdue, lambda view: view.days_overdue, plain=True, beside=True),
        columns.partners(),
        Field(_("To be done"), lambda view: words(view.statement) or words(view.title), share=7),
        Field(_("Product or next step"), lambda view: _product(view, year), share=5),
        columns.status(),
        columns.named_by(),
        columns.cited(),
    )


def _product(view: CommitmentView, year: int) -> str:
    """The milestones of the year; without any, what our desk does next."""
    steps = [
        words(step.name)
        for step in view.milestones
        if step.deadline and step.deadline.end and step.deadline.end.year == year
    ]
    if steps:
        return "; ".join(steps)
    if view.next is None:
        return NOTHING
    return _("{what}, {day}").format(what=next_step(view.next), day=day(view.next.on))


def _steps() -> tuple[Field[MilestoneDue], ...]:
    return (
        Field(_("Ref"), lambda step: safe(step.commitment.ref), share=3),
        Field(_("Milestone"), lambda step: words(step.milestone.name), share=6),
        Field(
            _("When"),
            lambda step: period(quarter(step.milestone.deadline, step.on.year)),
            lambda step: step.on,
            share=2,
        ),
        Field(_("Deadline"), lambda step: deadline(step.milestone.deadline), lambda step: step.on, share=4),
        Field(_("Commitment"), lambda step: words(step.commitment.title), share=5),
        Field(_("Lead"), lambda step: columns.lead(step.commitment), share=3),
        Field(_("Status"), lambda step: label("status", step.commitment.status), share=3),
        Field(_("Source"), lambda step: columns.sources(step.commitment), share=4),
    )


def _row(view: CommitmentView, year: int) -> Row:
    return {"quarter": quarter(view.deadline, year), **commitment_row(view)}


def _step_row(step: MilestoneDue, year: int) -> Row:
    return {
        "quarter": quarter(step.milestone.deadline, year),
        **commitment_row(step.commitment),
        "milestone": milestone_row(step.milestone),
    }
