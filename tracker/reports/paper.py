"""A report in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tracker.i18n import _
from tracker.reports.charts import numbers
from tracker.reports.formats import markdown
from tracker.reports.model import Chart, Field, Report
from tracker.reports.words import anchored, sums, titled

T = TypeVar("T")


def draw(report: Report) -> Iterator[str]:
    """Headings, the sum, charts as tables of their numbers, a table for each group of a section."""
    yield f"# {markdown(report.title)}\n\n"
    yield from (f"{markdown(asked)}\n\n" for asked in report.asked)
    if report.counts:
        yield f"| {markdown(report.total)} | {markdown(_('Commitments'))} |\n| --- | ---: |\n"
        yield from (f"| {markdown(name)} | {count} |\n" for name, count in sums(report))
    for chart in report.charts:
        yield from _chart(chart)
    for section in report.sections:
        yield f"\n## {markdown(section.title)}\n\n"
        for group, items in section.groups():
            if group:
                yield f"### {markdown(group)}\n\n"
            yield from _table(section.fields, items)
            yield "\n"
        if section.remark:
            yield f"{markdown(section.remark)}\n"
    yield from (f"\n{markdown(remark)}\n" for remark in report.remarks)
    yield f"\n{markdown(anchored(report))}\n"


def _table(fields: tuple[Field[T], ...], items: Iterable[T]) -> Iterator[str]:
    begun = False
    for item in items:
        if not begun:
            yield f"| {' | '.join(markdown(field.head) for field in fields)} |\n|{' --- |' * len(fields)}\n"
            begun = True
        yield f"| {' | '.join(markdown(field.cell(item)) for field in fields)} |\n"


def _chart(chart: Chart) -> Iterator[str]:
    yield f"\n## {markdown(titled(chart))}\n\n| | |\n| --- | --- |\n"
    yield from (f"| {markdown(name)} | {markdown(said)} |\n" for name, said in numbers(chart))
