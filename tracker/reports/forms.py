"""The forms that a report can take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from tracker.reports.model import Report


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the suffix of its files, the function that draws it, and whether a terminal can show it.

    `told` are the things that the function is told beside the report.
    """

    suffix: str
    drawn_by: str
    text: bool = True
    told: tuple[str, ...] = ()


# A form's library is loaded when that form is drawn.
FORMS: dict[str, Form] = {
    "table": Form("txt", "tracker.reports.text:draw", told=("width", "colour")),
    "md": Form("md", "tracker.reports.paper:draw"),
    "json": Form("json", "tracker.reports.data:draw_json"),
    "jsonl": Form("jsonl", "tracker.reports.data:draw_lines"),
    "csv": Form("csv", "tracker.reports.data:draw_csv"),
    "html": Form("html", "tracker.reports.html:draw"),
    "xlsx": Form("xlsx", "tracker.reports.workbook:draw", text=False),
    "docx": Form("docx", "tracker.reports.document:draw", text=False),
    "pdf": Form("pdf", "tracker.reports.print:draw", text=False),
    "ics": Form("ics", "tracker.reports.calendar:draw"),
    "eml": Form("eml", "tracker.reports.mail:draw", told=("to", "sender", "attach")),
}


def draw(form: str, report: Report, **told: Any) -> Iterator[str] | Iterator[bytes]:
    """The report in a form, in pieces: text, or bytes when no terminal can show it.

    `told`: the terminal's `width` (without one no line is broken) and whether it has `colour`; for a mail its `to` and
    `sender`, and the forms to `attach`.
    """
    module, name = FORMS[form].drawn_by.split(":")
    known = {what: told[what] for what in FORMS[form].told if what in told}
    pieces: Iterator[str] | Iterator[bytes] = getattr(import_module(module), name)(report, **known)
    return pieces


def render(form: str, report: Report, **told: Any) -> Iterator[str]:
    """The report in a form that is text."""
    for piece in draw(form, report, **told):
        yield piece if isinstance(piece, str) else piece.decode()


def readable_again(report: Report) -> Report:
    """The report, to be drawn several times: rows that can be read once only are kept."""
    sections = (
        replace(section, items=tuple(section.items)) if isinstance(section.items, Iterator) else section
        for section in report.sections
    )
    return replace(report, sections=tuple(sections))
