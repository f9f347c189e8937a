"""Charts: every number stands beside its mark, inside the picture; parts are told apart without colour."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.schedule import BUCKETS
from tracker.reports.charts import drawn, numbers
from tracker.reports.drawing import Drawing, Label, hatched, svg
from tracker.reports.emf import emf
from tracker.reports.model import Bar, Bars, Chart, Course, Point, Span, Spans

LONG = "Ủy ban nhân dân thành phố với một cái tên <dài> đến mức phải xuống dòng & còn hơn thế"


def point(name: str, at: int, value: str, said: str) -> Point:
    return Point(name, Decimal(at), Decimal(value), said)


CHARTS: tuple[Chart, ...] = (
    Bars("plain", (), (Bar("một", (3,), "3"), Bar(LONG, (0,), "0"))),
    Bars("stacked", tuple("abcdef"), (Bar(LONG, (3, 1, 4, 1, 5, 9), "23"), Bar("hai", (0, 0, 0, 0, 0, 1), "1"))),
    Bars("nothing", (), ()),
    Course(
        "course",
        (point("2024", 0, "2.25", "2,25 tỷ USD"), point("2025", 1, "3", "3 tỷ USD")),
        point("đến 2030", 6, "10", "10 tỷ USD"),
        (point("2027", 3, "5", "5 tỷ USD"),),
    ),
    Course(
        "long sources",
        (
            point("2021 đến 2024, bình quân", 0, "2.25", f"2,25 tỷ USD theo {LONG}"),
            point("2025", 1, "3", f"3 tỷ USD theo {LONG}"),
        ),
        point("đến 2030", 6, "10", "10 tỷ USD"),
    ),
    Course("one reading", (point("2025", 0, "3", "3"),), None),
    Spans(
        "spans",
        date(2026, 11, 21),
        (
            Span(LONG, date(2026, 1, 1), date(2026, 12, 31), "31/12/2026"),
            Span("trễ", None, date(2026, 6, 30), "30/6/2026", late=True),
            Span("một ngày", date(2027, 1, 5), date(2027, 1, 5), "5/1/2027"),
        ),
    ),
    Spans("no spans", date(2026, 11, 21), ()),
)


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_names_and_numbers_stand_in_the_picture(chart: Chart) -> None:
    drawing = drawn(chart)
    said = " ".join(label.said for label in labels(drawing))
    for name, number in numbers(chart):
        assert all(word in said for word in f"{name} {number}".split())
    for label in labels(drawing):
        wide = len(label.said) * 5.3
        left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
        assert -1 <= left <= left + wide <= drawing.width + 1
        assert 0 <= label.y <= drawing.height


def test_the_first_period_of_a_series_is_named_on_its_axis() -> None:
    for chart in CHARTS:
        if isinstance(chart, Course):
            assert chart.readings[0].name in [label.said for label in labels(drawn(chart)) if label.anchor == "middle"]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_the_picture_is_well_formed_and_the_same_each_time(chart: Chart) -> None:
    page = ET.fromstring(svg(drawn(chart)))
    assert {element.tag.rpartition("}")[2] for element in page} <= {"title", "desc", "line", "rect", "circle", "text"}
    assert svg(drawn(chart)) == svg(drawn(chart))


def test_every_bucket_has_a_filling_of_its_own() -> None:
    assert len({tuple(hatched(kind, 0, 0, 30, 14)) for kind, _bucket in enumerate(BUCKETS)}) == len(BUCKETS)
    for shape in hatched(3, 10, 20, 7, 30):
        edges = [getattr(shape, name) for name in ("x1", "x2") if hasattr(shape, name)]
        assert all(10 - 1e-9 <= edge <= 17 + 1e-9 for edge in edges)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_metafile_is_made_of_whole_records_and_has_every_label(chart: Chart) -> None:
    drawing = drawn(chart)
    made = emf(drawing)
    at, kinds = 0, []
    while at < len(made):
        kind, size = struct.unpack_from("<II", made, at)
        assert size % 4 == 0
        kinds.append(kind)
        at += size
    assert (kinds[0], kinds[-1]) == (1, 14)
    assert struct.unpack_from("<II", made, 48) == (len(made), len(kinds))
    assert all(label.said.encode("utf-16-le") in made for label in labels(drawing))
