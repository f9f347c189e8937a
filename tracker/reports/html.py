"""A report as one page for a browser: it needs nothing else, prints well, and can be heard as well as seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.i18n import _
from tracker.reports.charts import drawn
from tracker.reports.drawing import svg
from tracker.reports.model import Chart, Report, Section
from tracker.reports.table import columns
from tracker.reports.words import anchored, opening, tabled

T = TypeVar("T")


def draw(report: Report) -> Iterator[str]:
    """The page, row by row: what is a chart is a picture in it, and every heading and row can be linked to."""
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("report.html")
    yield from page.generate(
        go=_("Go to the rows"),
        contents=_("Contents"),
        commitments=_("Commitments"),
        report=report,
        opening=opening(report),
        sums=tabled(report),
        anchored=anchored(report),
        columns=columns,
        picture=_picture,
        ids=_Ids(),
        width=_width,
    )


def _picture(chart: Chart) -> Markup:
    return Markup(svg(drawn(chart)))


def _width(section: Section[T], share: int) -> str:
    return f"{100 * share / sum(column.share for column in columns(section)):.2f}%"


class _Ids:
    """A row's anchor: its ref; when it stands in the page a second time, with its section before it."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def __call__(self, section: str, which: str) -> str:
        name = "-".join(which.split()) or "row"
        while name in self._given:
            name = f"{section}.{name}"
        self._given.add(name)
        return name
