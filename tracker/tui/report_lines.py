"""A report as lines of a list: what is on the screen, taken out of the stream while it is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.domain.views import CommitmentView
from tracker.i18n import _, pgettext
from tracker.render import label
from tracker.reports.listing import NOTHING
from tracker.reports.model import Report, Section
from tracker.reports.words import sums
from tracker.tui.columns import COLUMNS, days
from tracker.tui.messages import ReportArrived
from tracker.tui.symbols import symbol


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a section."""

    title: str
    empty: bool


@dataclass(frozen=True, slots=True)
class Under:
    """The rows below belong together under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence below a section."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Air."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its cells with the names of their columns, the commitment that it is about, its symbol and its tone."""

    heads: tuple[str, ...]
    cells: tuple[str, ...]
    ref: str | None
    mark: str = "  "
    tone: str = ""


Line = Heading | Under | Told | Gap | Entry


# How late a commitment is, or how long there is, stands first of what is said of it.
LATE = 2


def gathered(report: Report) -> ReportArrived:
    """The report with its sections read to the end (of its limit)."""
    # The sections with something in them first, then the names of the empty ones.
    lines: list[Line] = []
    written = [_section(section, report.as_of) for section in report.sections]
    for section in sorted(written, key=lambda section: len(section) == 1):
        lines += section
    lines += [Told(remark) for remark in report.remarks]
    parts = [(part.key, part.title) for part in report.sections]
    if report.charts:
        parts.insert(0, ("charts", _("Charts")))
    return ReportArrived(report.as_of, tuple(sums(report)) if report.counts else (), tuple(lines), tuple(parts))


def _section(section: Section[Any], as_of: date) -> list[Line]:
    lines: list[Line] = []
    heads = tuple(field.head for field in section.fields)
    for name, grouped in section.groups():
        items = list(grouped)
        if name:
            lines.append(Under(_with_bases(name, items)))
        for item in items:
            cells = tuple(field.cell(item) for field in section.fields)
            ref = section.row(item).get("ref")
            named = heads
            beside: tuple[str, ...] = ()
            if isinstance(item, CommitmentView):
                mark = symbol(item)
                beside = (mark.cells, mark.tone)
                named = (*heads[:LATE], COLUMNS["days"].says(), *heads[LATE:])
                cells = (*cells[:LATE], days(item, as_of), *cells[LATE:])
            lines.append(Entry(named, cells, ref if isinstance(ref, str) else None, *beside))
    if not lines:
        return [Heading(section.title, empty=True)]
    lines = _without_empty(lines)
    told = [Told(section.remark)] if section.remark else []
    return [Heading(section.title, empty=False), *lines, *told, Gap()]


def _with_bases(name: str, items: list[Any]) -> str:
    """A lead's name with whoever says so: the column that says it of each row is left out where it does not fit."""
    bases = {item.lead.basis for item in items if isinstance(item, CommitmentView) and item.lead}
    if bases <= {"stated"}:
        return name
    said = ", ".join(label("basis", basis) for basis in ("stated", "proposed", "assigned") if basis in bases)
    return pgettext("a party and who says so", "{party} ({basis})").format(party=name, basis=said)


def _without_empty(lines: list[Line]) -> list[Line]:
    """The same without the columns in which no row says anything, or none more than how late it is."""
    entries = [line for line in lines if isinstance(line, Entry)]
    heads, columns = entries[0].heads, list(zip(*(entry.cells for entry in entries), strict=True))
    said = [place for place, cells in enumerate(columns) if place < LATE or {*cells} - {"", NOTHING}]
    if heads[LATE : LATE + 1] == (COLUMNS["days"].says(),) and all(columns[LATE]):
        said = [place for place in said if heads[place] != COLUMNS["schedule"].says()]
    return [
        replace(line, heads=tuple(line.heads[at] for at in said), cells=tuple(line.cells[at] for at in said))
        if isinstance(line, Entry)
        else line
        for line in lines
    ]
