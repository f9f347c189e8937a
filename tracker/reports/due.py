"""What falls due: commitments and milestones by day, and our own desk's reviews apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.i18n import _, ngettext
from tracker.render import day, deadline, safe, words
from tracker.reports import columns
from tracker.reports.framing import framed, part_section
from tracker.reports.listing import COMMITMENTS, NOTHING
from tracker.reports.model import Field, Mark, Report
from tracker.reports.rows import Row, commitment_row, milestone_row

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.reported import DueReport, MilestoneDue
    from tracker.domain.views import CommitmentView


def due_report(report: DueReport) -> Report:
    """The report in the present language, to be drawn once."""
    scope = report.scope
    return framed(
        "due",
        ngettext("Due within {days} day, as of {day}", "Due within {days} days, as of {day}", report.days).format(
            days=report.days, day=day(scope.as_of)
        ),
        scope,
        (
            part_section(
                "due",
                _("Commitments whose deadline ends by then ({count})"),
                report.commitments,
                scope,
                _fields(scope.as_of),
                commitment_row,
                group=_on,
                mark=columns.mark,
                tone="33",
            ),
            part_section(
                "milestones",
                _("Milestones that end by then ({count})"),
                report.milestones,
                scope,
                _steps(scope.as_of),
                _step_row,
                group=lambda step: day(step.on),
                mark=lambda step: Mark(
                    f"{step.commitment.ref}-{step.milestone.name.vi}",
                    step.on,
                    step.on,
                    words(step.milestone.name),
                    words(step.commitment.title),
                ),
                tone="33",
            ),
            part_section(
                "reviews",
                _("Reviews of our own desk by then ({count})"),
                report.reviews,
                scope,
                (
                    columns.ref(),
                    columns.title(),
                    columns.status(),
                    columns.by_when(),
                    columns.led_by(),
                    columns.cited(),
                ),
                commitment_row,
                group=lambda view: day(view.review_on) if view.review_on else NOTHING,
                mark=columns.review_mark,
                tone="35",
            ),
        ),
        columns=(*COMMITMENTS.fields, "milestone.name.vi", "milestone.name.en", "milestone.deadline.end"),
        head={
            "days": report.days,
            "until": report.until.isoformat(),
            "queries": {"due": report.commitments.query},
        },
        said=(_("Until {day}, both days counted").format(day=day(report.until)),),
    )


def days_left(as_of: date, end: date | None) -> str:
    """How much time is left."""
    if end is None:
        return NOTHING
    left = (end - as_of).days
    return ngettext("{days} day left", "{days} days left", left).format(days=left) if left else _("due today")


def _on(view: CommitmentView) -> str:
    return day(view.deadline.end) if view.deadline and view.deadline.end else NOTHING


def _fields(as_of: date) -> tuple[Field[CommitmentView], ...]:
    return (
        columns.ref(),
        columns.title(),
        Field(
            _("Days left"),
            lambda view: days_left(as_of, view.deadline.end if view.deadline else None),
            lambda view: (view.deadline.end - as_of).days if view.deadline and view.deadline.end else None,
            plain=True,
        ),
        columns.by_when(),
        columns.status(),
        columns.last_update(),
        columns.led_by(),
        columns.partners(),
        columns.next_one(),
        columns.cited(),
    )


def _steps(as_of: date) -> tuple[Field[MilestoneDue], ...]:
    left = partial(days_left, as_of)
    return (
        Field(_("Ref"), lambda step: safe(step.commitment.ref), share=3),
        Field(_("Milestone"), lambda step: words(step.milestone.name), share=6),
        Field(_("Days left"), lambda step: left(step.on), lambda step: (step.on - as_of).days, plain=True),
        Field(_("Deadline"), lambda step: deadline(step.milestone.deadline), lambda step: step.on, share=4),
        Field(_("Commitment"), lambda step: words(step.commitment.title), share=5),
        Field(_("Lead"), lambda step: columns.lead(step.commitment), share=3),
        Field(_("Source"), lambda step: columns.sources(step.commitment), share=4),
    )


def _step_row(step: MilestoneDue) -> Row:
    return {**commitment_row(step.commitment), "milestone": milestone_row(step.milestone)}
