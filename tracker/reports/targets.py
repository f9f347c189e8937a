"""Each figure against each target: the latest reading, the gap, the pace needed and the present one, where it leads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.domain.pace import Outlook, Range, last_years, path, points, years_between
from tracker.i18n import _
from tracker.render import day, label, pace, period, safe, words
from tracker.render.values import quantity
from tracker.reports import target_fields
from tracker.reports.framing import framed, part_section
from tracker.reports.model import Course, Field, Point, Report

if TYPE_CHECKING:
    from tracker.domain.reported import TargetsReport
    from tracker.domain.views import FigureView

COLUMNS = (
    *("ref", "title.vi", "title.en", "status", "figure", "name.vi", "name.en", "unit", "value", "by"),
    *("latest.period", "latest.value.low", "latest.value.high", "gap.low", "gap.high", "reached", "growth"),
    *("needed.arithmetic.low", "needed.compound.low", "present.from", "present.to", "present.arithmetic.low"),
    *("leads_to.low", "leads_to.high", "reached_in", "remarks"),
)


def targets_report(report: TargetsReport) -> Report:
    """The report in the present language, to be drawn once."""
    scope = report.scope
    return framed(
        "targets",
        _("Figures against targets as of {day}").format(day=day(scope.as_of)),
        scope,
        (
            part_section(
                "targets",
                _("Targets ({count})"),
                report.targets,
                scope,
                (*target_fields.first(words), _commitment(), *target_fields.standing(), *target_fields.closing()),
                target_fields.target_row,
                group=lambda aim: words(aim.figure.name),
            ),
        ),
        columns=COLUMNS,
        charts=(_course(*different) for different in report.different),
        remarks=(
            _("Where the present pace leads is a projection from the readings given, not a forecast of either side."),
        ),
    )


def _commitment() -> target_fields.Column:
    return Field(
        _("Commitment"),
        lambda aim: _("{title} ({status})").format(
            title=words(aim.commitment.title), status=label("status", aim.commitment.status)
        ),
        share=5,
    )


def _course(figure: FigureView, value: Decimal, by: str | None, found: Outlook) -> Course:
    measured = points(figure)
    first = measured[0].end if measured else found.by
    readings = tuple(
        Point(
            period(point.period.value),
            _at(first, point.end),
            read.value,
            _beside(quantity(read.value, figure.unit, read.qualifier), read.document, read.paragraph),
        )
        for point in measured
        for read in point.readings
    )
    ahead = () if found.reached == "yes" else path(found, last_years(found))
    leads = tuple(
        Point(
            _("{year}, at the present pace").format(year=year),
            _at(first, date(year, 12, 31)),
            _middle(there),
            pace.span(figure, found, there),
        )
        for year, there in ahead
    )
    # A target without a date lies where the picture ends.
    last = max((point.at for point in (*readings, *leads)), default=Decimal(0))
    target = Point(
        _("target"),
        _at(first, found.by) if found.by else last,
        value,
        pace.aim(figure, value, by),
    )
    return Course(
        _("{figure}: {target}").format(figure=words(figure.name), target=pace.aim(figure, value, by)),
        readings,
        target,
        leads,
    )


def _at(first: date | None, end: date) -> Decimal:
    return years_between(first, end) if first else Decimal(0)


def _middle(value: Range) -> Decimal:
    return (value.low + value.high) / 2


def _beside(said: str, document: str | None, paragraph: int | None) -> str:
    if document is None:
        return said
    return _("{reading}: {document}, paragraph {paragraph}").format(
        reading=said, document=safe(document), paragraph=paragraph
    )
