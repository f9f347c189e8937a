"""A picture made of lines, boxes, dots and labels, in points; as SVG. Filled by hatching, it needs no colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

# The height of letters, and the mean width of one.
LETTER, LETTER_WIDTH = 10.0, 5.3
INK, GREY = "#222222", "#777777"
# As many as there are buckets, those that differ most first.
FILLINGS = (
    *("full", "rising", "", "rising falling", "falling", "upright", "level", "upright level"),
    *("rising level", "falling upright", "rising upright level"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """From one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.75
    dashed: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: full, or only its edge."""

    x: float
    y: float
    width: float
    height: float
    full: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle about a point: full, or only its edge."""

    x: float
    y: float
    full: bool = True
    radius: float = 3.5


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text on its baseline; `x` is its `anchor`: start, middle or end."""

    x: float
    y: float
    said: str
    anchor: str = "start"


Shape = Line | Box | Dot | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture; `said` is all that it shows, for those who do not see it."""

    title: str
    said: str
    width: float
    height: float
    shapes: tuple[Shape, ...]


def hatched(kind: int, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """A box of one of the fillings, which stay apart in black and white."""
    filling = FILLINGS[kind % len(FILLINGS)].split()
    yield Box(x, y, width, height, full="full" in filling)
    if "rising" in filling:
        yield from _rising(x, y, width, height)
    if "falling" in filling:
        for line in _rising(0, y, width, height):
            yield Line(x + width - line.x1, line.y1, x + width - line.x2, line.y2, line.width)
    if "upright" in filling:
        yield from (Line(x + step, y, x + step, y + height, 0.6) for step in _steps(width, 4))
    if "level" in filling:
        yield from (Line(x, y + step, x + width, y + step, 0.6) for step in _steps(height, 3))


def _rising(x: float, y: float, width: float, height: float, apart: float = 5.0) -> Iterator[Line]:
    for step in _steps(width + height, apart):
        top = (x + step, y) if step <= width else (x + width, y + step - width)
        foot = (x + step - height, y + height) if step >= height else (x, y + step)
        yield Line(*top, *foot, 0.6)


def _steps(length: float, apart: float) -> Iterator[float]:
    at = apart
    while at < length:
        yield at
        at += apart


def svg(drawing: Drawing, font: str = "sans-serif") -> str:
    """The picture as one element, to stand in a page or alone."""
    body = "".join(map(_element, drawing.shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}"'
        f' width="{_n(drawing.width)}" height="{_n(drawing.height)}" role="img" font-family="{escape(font)}"'
        f' font-size="{_n(LETTER)}" fill="{INK}"><title>{escape(drawing.title)}</title>'
        f"<desc>{escape(drawing.said)}</desc>{body}</svg>"
    )


def _element(shape: Shape) -> str:
    match shape:
        case Line():
            dash = ' stroke-dasharray="4 3"' if shape.dashed else ""
            return (
                f'<line x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(shape.y2)}"'
                f' stroke="{GREY if shape.grey else INK}" stroke-width="{_n(shape.width)}"{dash}/>'
            )
        case Box():
            return (
                f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
                f" {_filled(shape.full)}/>"
            )
        case Dot():
            return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}" {_filled(shape.full)}/>'
        case Label():
            return f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" text-anchor="{shape.anchor}">{escape(shape.said)}</text>'


def _filled(full: bool) -> str:
    return f'fill="{INK if full else "#ffffff"}" stroke="{INK}" stroke-width="0.75"'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
