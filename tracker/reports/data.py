"""A report for programs: JSON, JSON lines, CSV."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reports.formats import csv_rows, json_array, json_line, json_text
from tracker.reports.model import Report


def draw_json(report: Report) -> Iterator[str]:
    """One object: the head, the sections by their keys, the anchor."""
    yield json_text(report.head)[:-1]
    for section in report.sections:
        yield f",\n{json_text(section.key)}: "
        yield from json_array(map(section.row, section.items))
    yield f',\n"anchor": {json_text(report.anchor)}}}\n'


def draw_lines(report: Report) -> Iterator[str]:
    """A line for each row."""
    return map(json_line, report.rows())


def draw_csv(report: Report) -> Iterator[str]:
    """A heading, then a line for each row."""
    return csv_rows(("section", "as_of", *report.columns), report.rows())
