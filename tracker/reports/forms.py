"""The forms that a report can take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from tracker.reports.model import Report


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the suffix of its files, the function that draws it, and whether a terminal can show it."""

    suffix: str
    drawn_by: str
    text: bool = True


# A form's library is loaded when that form is drawn.
FORMS: dict[str, Form] = {
    "table": Form("txt", "tracker.reports.text:draw"),
    "md": Form("md", "tracker.reports.paper:draw"),
    "json": Form("json", "tracker.reports.data:draw_json"),
    "jsonl": Form("jsonl", "tracker.reports.data:draw_lines"),
    "csv": Form("csv", "tracker.reports.data:draw_csv"),
}


def render(form: str, report: Report, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """The report in a form that is text, in pieces. `width` is the terminal's; without one no line is broken."""
    module, name = FORMS[form].drawn_by.split(":")
    draw = getattr(import_module(module), name)
    pieces: Iterable[str] = draw(report, width, colour) if form == "table" else draw(report)
    yield from pieces
