"""A drawing as an enhanced metafile: the one vector picture that every word processor shows and prints."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from struct import pack

from tracker.reports.drawing import LETTER, Box, Dot, Drawing, Label, Line, Shape

# Tenths of a point, so that whole numbers are exact enough.
SCALE = 10
# Stock objects of the format: white, black and empty brush; the black pen and none.
_WHITE, _BLACK = 0x80000000, 0x80000004
_FONT, _THIN, _BOLD = 1, 2, 3
# A dash and the gap after it.
_DASH, _GAP = 4.0, 3.0
_ANCHORS = {"start": 0, "end": 2, "middle": 6}
_BASELINE = 24


def emf(drawing: Drawing, font: str = "Arial") -> bytes:
    """The picture as the bytes of a file."""
    records = [
        _record(17, pack("<I", 8)),  # a map mode of our own
        _record(9, pack("<ii", *_size(drawing, SCALE))),
        _record(11, pack("<ii", *_size(drawing, SCALE))),
        _record(18, pack("<I", 1)),  # text without a background
        _font(font),
        _pen(_THIN, 0.7),
        _pen(_BOLD, 1.25),
        _record(37, pack("<I", _FONT)),
        *(record for shape in drawing.shapes for record in _shape(shape)),
        _record(14, pack("<III", 0, 16, 20)),
    ]
    body = b"".join(records)
    return _header(drawing, 108 + len(body), len(records) + 1) + body


def _record(kind: int, body: bytes) -> bytes:
    return pack("<II", kind, 8 + len(body)) + body


def _size(drawing: Drawing, scale: float) -> tuple[int, int]:
    return round(drawing.width * scale), round(drawing.height * scale)


def _header(drawing: Drawing, size: int, records: int) -> bytes:
    pixels = (0, 0, *_size(drawing, SCALE))
    hundredths = (0, 0, *_size(drawing, 2540 / 72))
    # A device of so many pixels and millimetres, which is ten pixels a point.
    device = pack("<iiii", 7200, 7200, 254, 254)
    return (
        pack("<II", 1, 108)
        + pack("<iiii", *pixels)
        + pack("<iiii", *hundredths)
        + pack("<IIIIHHIII", 0x464D4520, 0x10000, size, records, 4, 0, 0, 0, 0)
        + device
        + pack("<IIIII", 0, 0, 0, 254_000, 254_000)
    )


def _font(name: str) -> bytes:
    face = name.encode("utf-16-le")[:62].ljust(64, b"\0")
    look = pack("<iiiii8B", -round(LETTER * SCALE), 0, 0, 0, 400, 0, 0, 0, 1, 0, 0, 0, 0)
    return _record(82, pack("<I", _FONT) + look + face + bytes(224))


def _pen(number: int, width: float) -> bytes:
    return _record(38, pack("<IIiiI", number, 0, round(SCALE * width), 0, 0x222222))


def _shape(shape: Shape) -> list[bytes]:
    match shape:
        case Line():
            strokes = (
                _record(kind, _point(*end))
                for ends in _strokes(shape)
                for kind, end in zip((27, 54), ends, strict=True)
            )
            return [_record(37, pack("<I", _BOLD if shape.width > 1 else _THIN)), *strokes]
        case Box():
            corners = _point(shape.x, shape.y) + _point(shape.x + shape.width, shape.y + shape.height)
            return [*_filled(shape.full), _record(43, corners)]
        case Dot():
            r = shape.radius
            corners = _point(shape.x - r, shape.y - r) + _point(shape.x + r, shape.y + r)
            return [*_filled(shape.full), _record(42, corners)]
        case Label():
            return [_record(22, pack("<I", _ANCHORS[shape.anchor] | _BASELINE)), _text(shape)]


def _strokes(line: Line) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The line itself, or its dashes: a wide pen of the format knows no dashes."""
    along, down = line.x2 - line.x1, line.y2 - line.y1
    length = hypot(along, down)
    if not line.dashed or not length:
        yield (line.x1, line.y1), (line.x2, line.y2)
        return
    at = 0.0
    while at < length:
        end = min(at + _DASH, length)
        one, two = ((line.x1 + along * part / length, line.y1 + down * part / length) for part in (at, end))
        yield one, two
        at = end + _GAP


def _filled(full: bool) -> list[bytes]:
    return [
        _record(37, pack("<I", _THIN)),
        _record(37, pack("<I", _BLACK if full else _WHITE)),
    ]


def _point(x: float, y: float) -> bytes:
    return pack("<ii", round(x * SCALE), round(y * SCALE))


def _text(label: Label) -> bytes:
    letters = label.said.encode("utf-16-le")
    count = len(letters) // 2
    where = _point(label.x, label.y)
    # The letters stand after 76 bytes; without widths of their own they are set as the font has them.
    head = pack("<iiii", 0, 0, -1, -1) + pack("<Iff", 1, 1.0, 1.0) + where
    body = head + pack("<III", count, 76, 0) + pack("<iiii", 0, 0, -1, -1) + pack("<I", 0)
    return _record(84, body + letters + bytes(-len(letters) % 4))
