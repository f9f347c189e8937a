"""What every report is framed with: its day, what was asked, its parts as sections, its anchor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.i18n import _, language
from tracker.render import day
from tracker.reports.model import Chart, Field, Mark, Report, Section
from tracker.reports.rows import Row
from tracker.reports.words import asked, remaining

if TYPE_CHECKING:
    from tracker.domain.reported import Part, Scope

T = TypeVar("T")


def framed(
    name: str,
    title: str,
    scope: Scope,
    sections: Sequence[Section[Any]],
    *,
    columns: Sequence[str],
    head: Row | None = None,
    said: Iterable[str] = (),
    counts: Sequence[tuple[str, int]] = (),
    total: str = "",
    charts: Iterable[Chart] = (),
    remarks: Iterable[str] = (),
    compact: bool = False,
) -> Report:
    """A report of this scope; `said` stands with what was asked, `head` in its JSON after the day."""
    sizes = {section.key: section.size for section in sections}
    return Report(
        name=name,
        title=title,
        language=language(),
        as_of=scope.as_of,
        asked=(*said, *asked(scope.query, scope.lead, scope.partner)),
        sections=tuple(sections),
        head={"as_of": scope.as_of.isoformat(), **(head or {}), "sizes": sizes},
        columns=tuple(columns),
        counts=tuple(counts),
        total=total,
        charts=tuple(charts),
        remarks=tuple(remarks),
        anchor=scope.anchor,
        compact=compact,
    )


def as_known(report: Report, on: date | None) -> Report:
    """The report, saying that it leaves out what was recorded after a day; as it is, when there is none."""
    if on is None:
        return report
    said = _("As known on {day}; what was recorded later is left out.").format(day=day(on))
    return replace(report, asked=(said, *report.asked), head={**report.head, "known": on.isoformat()})


def part_section(
    key: str,
    title: str,
    part: Part[T],
    scope: Scope,
    fields: tuple[Field[T], ...],
    row: Callable[[T], Row],
    *,
    group: Callable[[T], str] | None = None,
    mark: Callable[[T], Mark | None] | None = None,
    tone: str = "",
) -> Section[T]:
    """A part as a section; its title has a hole for the count."""
    return Section(
        key=key,
        title=title.format(count=part.size),
        fields=fields,
        items=part.rows,
        row=row,
        size=part.size,
        group=group,
        remark=remaining(part.size, scope.limit),
        mark=mark,
        tone=tone,
    )
