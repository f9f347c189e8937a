"""A report on a terminal, or in a mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from tracker.i18n import _
from tracker.reports.layout import cells, pad, wrap
from tracker.reports.listing import NOTHING
from tracker.reports.model import Bar, Bars, Chart, Course, Field, Report, Section, Spans
from tracker.reports.words import anchored, sums, titled

T = TypeVar("T")
# The cells of the longest bar.
BAR = 30
FULL, HALF = "█", "▌"


def draw(report: Report, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """The sum, charts as bars, and a few lines for each row. Without a width no line is broken."""
    yield from _lines(report.title, width)
    for said in report.asked:
        yield from _lines(said, width)
    if report.counts:
        yield "\n"
        yield from _sum(sums(report))
    for chart in report.charts:
        yield from _chart(chart, width)
    for section in report.sections:
        yield from _section(section, width, colour)
    yield "\n"
    for remark in report.remarks:
        yield from _lines(remark, width)
    yield from _lines(anchored(report), width)


def _sum(counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    widest = max(cells(name) for name, _count in counts)
    digits = len(str(counts[-1][1]))
    for name, count in counts[:-1]:
        yield f"  {pad(name, widest)}  {count:>{digits}}\n"
    yield f"  {pad('', widest)}  {'─' * digits}\n  {pad(counts[-1][0], widest)}  {counts[-1][1]:>{digits}}\n"


def _section(section: Section[T], width: int | None, colour: bool) -> Iterator[str]:
    yield "\n"
    title = "".join(_lines(section.title, width))
    yield f"\x1b[{section.tone or '1'}m{title[:-1]}\x1b[0m\n" if colour else title
    for group, items in section.groups():
        if group:
            yield "\n"
            yield from _lines(group, width, "  ", "    ")
        for item in items:
            which, title = section.fields[0].cell(item), section.fields[1].cell(item)
            yield from _lines(title, width, f"    {which}  ", " " * 6)
            for fact in _facts(section.fields[2:], item):
                yield from _lines(fact, width, " " * 6, " " * 8)
    if section.remark:
        yield from _lines(section.remark, width, "  ", "  ")


def _facts(fields: Sequence[Field[T]], item: T) -> list[str]:
    """What is known of a row, a line each, or several on one."""
    lines: list[str] = []
    for field in fields:
        said = field.cell(item)
        if said in ("", NOTHING):
            continue
        if not field.plain:
            said = _("{name}: {said}").format(name=field.head, said=said)
        if field.beside and lines:
            lines[-1] = f"{lines[-1]}; {said}"
        else:
            lines.append(said)
    return lines


def _chart(chart: Chart, width: int | None) -> Iterator[str]:
    match chart:
        case Bars(bars=bars):
            drawn = bars
        case Course(_title, readings, target, leads):
            points = (*readings, *leads, *((target,) if target else ()))
            drawn = tuple(Bar(point.name, (point.value,), point.said) for point in points)
        case Spans(spans=spans):
            drawn = tuple(Bar(span.name, (), span.said) for span in spans)
    yield "\n"
    yield from _lines(titled(chart), width)
    widest = max((cells(bar.name) for bar in drawn), default=0)
    most = float(max((sum(bar.parts) for bar in drawn), default=0))
    room = BAR if most else 0
    if width is not None:
        room = max(0, min(room, width - widest - max((cells(bar.said) for bar in drawn), default=0) - 6))
    for bar in drawn:
        if room:
            yield f"  {pad(bar.name, widest)}  {pad(_bar(bar, most, room), room)}  {bar.said}\n"
        else:
            # Stretches of time, or no room for a bar: in words alone.
            yield from _lines(_("{name}: {said}").format(name=bar.name, said=bar.said), width, "  ", "    ")


def _bar(bar: Bar, most: float, room: int) -> str:
    halves = round(2 * room * float(sum(bar.parts)) / most) if most else 0
    return FULL * (halves // 2) + HALF * (halves % 2)


def _lines(text: str, width: int | None, first: str = "", rest: str = "") -> Iterator[str]:
    if width is None:
        yield f"{first}{text}\n"
    else:
        yield from (f"{line}\n" for line in wrap(text, width, first=first, rest=rest))
