"""Charts as drawings: bars, a series against its target, stretches of time. The numbers stand beside them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from tracker.i18n import _
from tracker.render import day
from tracker.reports.drawing import LETTER, LETTER_WIDTH, Box, Dot, Drawing, Label, Line, Shape, hatched
from tracker.reports.layout import cells, wrap
from tracker.reports.model import Bars, Chart, Course, Point, Spans

WIDTH = 720.0
# Of a label that is wrapped, the letters of a line and the height of it.
WRAPPED, LINE = 44, 12.0
BAR, GAP = 14.0, 8.0
PLOT = 190.0


def numbers(chart: Chart) -> tuple[tuple[str, str], ...]:
    """What a chart shows, in words: a name and what is said of it."""
    match chart:
        case Bars(bars=bars):
            return tuple((bar.name, bar.said) for bar in bars)
        case Course(readings=readings, target=target, leads=leads):
            return tuple((point.name, point.said) for point in (*readings, *leads, *((target,) if target else ())))
        case Spans(spans=spans):
            return tuple((span.name, span.said) for span in spans)


def drawn(chart: Chart) -> Drawing:
    """The picture of a chart."""
    match chart:
        case Bars():
            shapes, height = _bars(chart)
        case Course():
            shapes, height = _course(chart)
        case Spans():
            shapes, height = _spans(chart)
    said = "; ".join(f"{name}: {said}" for name, said in numbers(chart))
    return Drawing(chart.title, said, WIDTH, height, tuple(shapes))


def _bars(chart: Bars) -> tuple[list[Shape], float]:
    shapes, y = _legend(chart.parts)
    left, right = _width(bar.name for bar in chart.bars), _width(bar.said for bar in chart.bars)
    most = max((float(sum(bar.parts)) for bar in chart.bars), default=0) or 1
    scale = (WIDTH - left - right - 2 * GAP) / most
    top = y
    for bar in chart.bars:
        height = _height(bar.name, bar.said)
        middle, x = y + height / 2, left + GAP
        shapes += _lines(bar.name, left, middle, "end")
        for kind, part in enumerate(bar.parts):
            if part > 0:
                shapes += hatched(kind, x, middle - BAR / 2, float(part) * scale, BAR)
                x += float(part) * scale
        shapes += _lines(bar.said, x + GAP, middle)
        y += height
    shapes.append(Line(left + GAP, top, left + GAP, y))
    return shapes, y + 2


def _legend(parts: Sequence[str]) -> tuple[list[Shape], float]:
    """The fillings with their names, when there are several."""
    if len(parts) < 2:
        return [], 2.0
    shapes: list[Shape] = []
    x, y = 2.0, 2.0
    for kind, name in enumerate(parts):
        needed = 2 * BAR + GAP + cells(name) * LETTER_WIDTH + 2 * GAP
        if x + needed > WIDTH:
            x, y = 2.0, y + BAR + GAP
        shapes += [*hatched(kind, x, y, 2 * BAR, BAR), Label(x + 2 * BAR + GAP, y + LETTER, name)]
        x += needed
    return shapes, y + BAR + GAP


def _course(chart: Course) -> tuple[list[Shape], float]:
    """The plot on the left, every point in words on the right."""
    aims = (chart.target,) if chart.target else ()
    points = (*chart.readings, *chart.leads, *aims)
    told = [f"{name}: {said}" for name, said in numbers(chart)]
    right = _width(told) + 3 * GAP
    height = max(PLOT, sum(map(_height, told)) + 2 * LINE)
    width, foot = WIDTH - right, height - 2 * LINE
    first, last = (end(float(point.at) for point in points) for end in (min, max))
    most = max(float(point.value) for point in points) * 1.08 or 1

    def at(point: Point) -> tuple[float, float]:
        along = (float(point.at) - first) / ((last - first) or 1)
        return 2 * GAP + along * (width - 5 * GAP), foot - float(point.value) / most * (foot - GAP)

    shapes: list[Shape] = [Line(2, foot, width - GAP, foot), Line(2, GAP, 2, foot)]
    if chart.target:
        level = at(chart.target)[1]
        shapes.append(Line(2, level, width - GAP, level, dashed=True))
    line = [at(point) for point in chart.readings]
    ahead = [*line[-1:], *(at(point) for point in chart.leads)]
    shapes += [Line(*one, *two, 1.25) for one, two in itertools.pairwise(line)]
    shapes += [Line(*one, *two, 1.25, dashed=True) for one, two in itertools.pairwise(ahead)]
    free = beside = 0.0
    for point, words in zip(points, told, strict=True):
        x, y = at(point)
        shapes.append(_mark(point, chart, x, y))
        half = cells(point.name) * LETTER_WIDTH / 2
        # The first and the last one would reach over the edge of the plot.
        middle = min(max(x, half), width - half)
        if middle - half >= free:
            shapes.append(Label(middle, foot + LINE, point.name, "middle"))
            free = middle + half + GAP
        tall = _height(words)
        shapes.append(_mark(point, chart, width + GAP, beside + tall / 2))
        shapes += _lines(words, width + 3 * GAP, beside + tall / 2)
        beside += tall
    return shapes, height


def _mark(point: Point, chart: Course, x: float, y: float) -> Shape:
    """A full dot was read, an empty one is where it leads, a box is aimed at."""
    return Box(x - 3.5, y - 3.5, 7, 7) if point is chart.target else Dot(x, y, full=point in chart.readings)


def _spans(chart: Spans) -> tuple[list[Shape], float]:
    left, right = _width(span.name for span in chart.spans), _width(span.said for span in chart.spans)
    days = [chart.today, *(day for span in chart.spans for day in (span.first or span.last, span.last))]
    first, last = min(days), max(days)
    start, width = left + GAP, WIDTH - left - right - 3 * GAP
    length = (last - first).days + 1

    def at(when: date) -> float:
        return start + width * (when - first).days / length

    top = y = 2 * LINE
    shapes: list[Shape] = []
    for span in chart.spans:
        height = _height(span.name, span.said)
        middle = y + height / 2
        x = at(span.first) if span.first else start
        end = at(span.last + timedelta(days=1))
        shapes += _lines(span.name, left, middle, "end")
        shapes += hatched(3 if span.late else 1, min(x, end - 4), middle - BAR / 2, max(end - x, 4), BAR)
        shapes += _lines(span.said, WIDTH - right, middle)
        y += height
    # The ends of the axis in words, and today between them.
    today = at(chart.today)
    shapes += [Line(start, y, start + width, y), Line(today, top - 4, today, y, 1.25, dashed=True)]
    said = _("today, {day}").format(day=day(chart.today))
    half = cells(said) * LETTER_WIDTH / 2
    shapes.append(Label(min(max(today, start + half), WIDTH - half), LINE, said, "middle"))
    shapes += [Label(start, y + LINE, day(first)), Label(start + width, y + LINE, day(last), "end")]
    return shapes, y + LINE + 4


def _width(texts: Iterable[str]) -> float:
    """The room of the longest one, of a line's length at most."""
    return max((min(cells(text), WRAPPED) for text in texts), default=0) * LETTER_WIDTH + GAP


def _height(*texts: str) -> float:
    return max(BAR + 6, max(len(list(wrap(text, WRAPPED))) for text in texts) * LINE + 4)


def _lines(text: str, x: float, middle: float, anchor: str = "start") -> Iterator[Label]:
    """Its lines, about the middle."""
    lines = list(wrap(text, WRAPPED))
    y = middle - (len(lines) - 1) * LINE / 2 + LETTER * 0.35
    for number, line in enumerate(lines):
        yield Label(x, y + number * LINE, line.strip(), anchor)
