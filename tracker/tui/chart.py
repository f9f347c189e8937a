"""A figure as horizontal bars in cells of the terminal: readings, the target's line, and where the present pace leads.

Nothing is said by colour alone: readings are solid, what sources dispute is shaded, the path ahead is dotted, and the
number stands beside each bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.cells import cell_len
from textual.content import Content

from tracker.domain.pace import Outlook, Range, last_years, path, points
from tracker.domain.views import FigureView
from tracker.i18n import _, ngettext
from tracker.render import period
from tracker.render.pace import measured, span
from tracker.tui.shown import cell, shown

MOST_POINTS, MOST_YEARS = 12, 8
NARROWEST_BAR = 10
SOLID, DISPUTED, AHEAD, TARGET = "█", "▒", "░", "┃"
_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    value: Range
    text: str
    ahead: bool


def chart(figure: FigureView, found: Outlook | None, width: int) -> Content:
    """The figure's readings, and against one target the line to reach and the path of the present pace."""
    bars = list(_bars(figure, found))
    if not bars:
        return shown(_("There is no reading."), "$quiet")
    top = max(max(bar.value.high for bar in bars), found.value if found else Decimal(0), Decimal(0)) or Decimal(1)
    label_width = max(cell_len(bar.label) for bar in bars)
    text_width = max(cell_len(bar.text) for bar in bars)
    room = width - label_width - text_width - 2
    lines: list[Content] = []
    for bar in bars:
        quiet = "$quiet" if bar.ahead else ""
        if room >= NARROWEST_BAR:
            head = shown(cell(bar.label, label_width) + " ", "$quiet")
            lines.append(head + _drawn(bar, found, top, room) + shown(f" {bar.text}", quiet))
        else:
            lines.append(shown(cell(f"{bar.label}  {bar.text}", width).rstrip(), quiet))
            lines.append(_drawn(bar, found, top, max(width, NARROWEST_BAR)))
    return Content("\n").join([*_left_out(figure), *lines, *_legend(figure, found, width)])


def _bars(figure: FigureView, found: Outlook | None) -> Iterator[_Bar]:
    for point in points(figure)[-MOST_POINTS:]:
        label = period(point.period.value)
        for reading in point.readings:
            yield _Bar(label, Range(reading.value, reading.value), measured(figure, reading), False)
            label = ""
    if found is None or found.reached == "yes":
        return
    years = last_years(found)
    step = -(-len(years) // MOST_YEARS) or 1
    chosen = [year for year in years if (years[-1] - year) % step == 0]
    for year, value in path(found, chosen):
        yield _Bar(period(str(year)), value, span(figure, found, value), True)


def _drawn(bar: _Bar, found: Outlook | None, top: Decimal, width: int) -> Content:
    certain = max(float(bar.value.low / top), 0.0) * width
    whole = round(certain) if bar.ahead else int(certain)
    cells = [AHEAD if bar.ahead else SOLID] * whole
    if whole < width and not bar.ahead:
        cells.append(_EIGHTHS[int((certain - whole) * 8)])
    high = round(max(float(bar.value.high / top), 0.0) * width)
    cells += [DISPUTED] * (high - len(cells) if bar.ahead else 0)
    cells += [" "] * (width - len(cells))
    drawn = shown("".join(cells[:width]), "$quiet" if bar.ahead else "$primary")
    if found is None:
        return drawn
    at = min(max(int(found.value / top * width), 1), width) - 1
    return drawn[:at] + shown(TARGET, "bold $warning") + drawn[at + 1 :]


def _left_out(figure: FigureView) -> Sequence[Content]:
    more = len(points(figure)) - MOST_POINTS
    if more <= 0:
        return ()
    said = ngettext("{count} earlier period is not drawn", "{count} earlier periods are not drawn", more)
    return (shown(said.format(count=more), "$quiet"),)


def _legend(figure: FigureView, found: Outlook | None, width: int) -> Sequence[Content]:
    if found is None:
        return ()
    target = _("target {amount}").format(amount=span(figure, None, Range(found.value, found.value)))
    parts = [shown(TARGET, "bold $warning") + shown(f" {target}", "$quiet")]
    if found.trend is not None and last_years(found) and found.reached != "yes":
        ahead = _("if the present pace goes on")
        parts.append(shown(f"{AHEAD} {ahead}", "$quiet"))
    line = Content("   ").join(parts)
    return (line,) if line.cell_length <= width else parts
