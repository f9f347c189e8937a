"""The timeline: bars as wide as their time, today's line, nearer and farther, and what has no deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from tests.tui.desk import DAY, Open, Person
from tests.tui.test_register import in_a_register_of
from tests.tui.test_today import COMMITMENT
from tracker.domain.deadline import Deadline
from tracker.domain.schedule import Schedule
from tracker.domain.views import CommitmentView
from tracker.i18n import LANGUAGES, Language, use_language
from tracker.tui.axis import BASELINE, BROKEN, OPEN, SOLID, TODAY, TODAY_ABOVE, Axis, TimeColumns
from tracker.tui.scale import ZOOMS, Zoom, cell_of, month_of, moved, unit_of
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.timeline import TimelineRoom
from tracker.tui.screens.today import TodayRoom

SIZES = [(80, 24), (160, 50)]
FAR = date(2000, 1, 1)


def due(value: str, baseline: str = "", schedule: Schedule = Schedule.IN_WINDOW) -> CommitmentView:
    deadline = Deadline.of(value)
    return replace(
        COMMITMENT, deadline=deadline, baseline=Deadline.of(baseline) if baseline else deadline, schedule=schedule
    )


def drawn(commitment: CommitmentView, axis: Axis) -> str:
    text = "".join(part for part, _tone in axis.row(commitment))
    assert cell_len(text) == axis.width
    return text


def whole(zoom: Zoom, today: date = FAR) -> Axis:
    """Wide enough for all of 2026 and what is near."""
    return Axis(zoom, cell_of(zoom, date(2025, 12, 1)), 1000, today)


@pytest.mark.parametrize(("zoom", "cells"), [(Zoom.MONTH, 365), (Zoom.QUARTER, 48), (Zoom.YEAR, 12)])
def test_a_year_is_a_year_wide(zoom: Zoom, cells: int) -> None:
    axis = whole(zoom)
    bar = drawn(due("2026"), axis)
    assert bar.strip() == SOLID * (cells - 1) + "●"
    assert bar.index(SOLID) == axis.place(date(2026, 1, 1))
    assert (
        drawn(due("2026-Q2"), axis).strip()
        == SOLID * (axis.place(date(2026, 6, 30)) - axis.place(date(2026, 4, 1))) + "●"
    )


@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_day_is_one_cell(zoom: Zoom) -> None:
    assert drawn(due("2026-08-31"), whole(zoom)).strip() == "●"


@pytest.mark.parametrize("zoom", ZOOMS)
def test_days_lie_in_their_order_and_none_in_another_month(zoom: Zoom) -> None:
    day, before = date(2023, 12, 31), -1
    for _step in range(900):
        now = cell_of(zoom, day)
        assert now - before in ((1,) if zoom is Zoom.MONTH else (0, 1)) or before == -1
        assert month_of(zoom, now) == day.replace(day=1)
        before, day = now, day + timedelta(days=1)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_calendar_ends_without_an_accident(zoom: Zoom) -> None:
    for at in (date.min, date.max):
        axis = Axis.around(zoom, at, 100, at)
        assert cell_len("".join(text for text, _tone in axis.header())) == 100
        drawn(due("9999"), axis)
        drawn(due("0001-01-01..9999-12-31"), axis)
    assert moved(zoom, date.max, 1) == date.max
    assert moved(zoom, date.min, -1) == date.min
    assert unit_of(Zoom.QUARTER, date(2026, 6, 30)) == date(2026, 4, 1)


def test_what_has_no_stated_beginning_is_open_on_the_left() -> None:
    axis = whole(Zoom.YEAR)
    bar = drawn(due("..2030"), axis).rstrip()
    assert bar == OPEN + BROKEN * (axis.place(date(2030, 12, 31)) - 1) + "●"
    assert SOLID not in bar


def test_a_moved_deadline_keeps_its_baseline_in_sight() -> None:
    axis = whole(Zoom.YEAR)
    assert drawn(due("2027", "2026"), axis).strip() == BASELINE * 12 + SOLID * 11 + "●"
    assert drawn(due("2026-12-31", "..2026-06-30"), axis).strip() == BASELINE + " " * 5 + "●"
    assert BASELINE not in drawn(due("2026", "2026"), axis)


def test_lateness_is_a_symbol_and_todays_line_goes_through_all() -> None:
    axis = whole(Zoom.YEAR, DAY)
    here = axis.place(DAY)
    late = drawn(due("2026-02-05", schedule=Schedule.OVERDUE), axis)
    assert late.strip() == "▲" + " " * 8 + TODAY
    assert drawn(due("2026"), axis)[here] == "┿"
    assert drawn(due("..2030"), axis)[here] == "┼"
    assert drawn(due("2027", "2026"), axis)[here] == TODAY
    assert drawn(due("2026-11"), axis)[here] == "●"


def test_what_lies_outside_is_named_at_its_end() -> None:
    axis = Axis.around(Zoom.MONTH, DAY, 60, DAY)
    assert drawn(due("2025-12-31"), axis).startswith("‹ 31 Dec 2025 ")
    assert drawn(due("2045"), axis).endswith(" 2045 ›")
    assert drawn(due("2045"), replace(axis, width=4))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zoom", ZOOMS)
def test_every_unit_is_named_in_its_own_cells(zoom: Zoom, language: Language) -> None:
    use_language(language)
    axis = whole(zoom)
    header = "".join(text for text, _tone in axis.header())
    assert cell_len(header) == axis.width
    first, names = date(2026, 1, 1), set()
    for _unit in range(4):
        after = moved(zoom, first, 1)
        named = header[axis.place(first) : axis.place(after)]
        assert str(first.year) in named
        names.add(named.strip())
        first = after
    assert len(names) == 4


# In the room


def bar_of(person: Person, ref: str) -> str:
    """Its row from the cell on where the time begins."""
    width = person.rows.scrollable_content_region.width
    columns = person.rows.columns_in(width)
    assert isinstance(columns, TimeColumns)
    return next(line for line in person.screen.splitlines() if ref in line)[width - columns.axis.width :]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_room_shows_bars_and_counts_the_rest(desk: Open, size: tuple[int, int], language: Language) -> None:
    async with desk(size, language) as person:
        await person.press("g", "l")
        await person.at(TimelineRoom)
        await person.has_rows(6)
        await person.sees("2026", "2027", TODAY_ABOVE)
        counts = ("6 with a deadline", "31 without") if language == "en" else ("6 có thời hạn", "31 không có")
        await person.sees(*counts)
        assert f"{SOLID * 10}┿●" in bar_of(person, "VL-2025-004")
        assert f"{SOLID * 11}○" in bar_of(person, "VL-2025-031")
        assert bar_of(person, "VL-2026-001").count("▲") == 1
        lines = person.screen.splitlines()
        here = next(line for line in lines if TODAY_ABOVE in line).index(TODAY_ABOVE)
        rows = [line for line in lines if "VL-202" in line][:6]
        assert {line[here] for line in rows} == {TODAY, "┿"}
        assert all(len(line) <= size[0] for line in lines)


async def test_nearer_and_farther_by_keys_and_by_the_menu(desk: Open) -> None:
    async with desk((160, 50), room="timeline") as person:
        await person.sees("╷2026")
        await person.press("plus")
        await person.sees("╷Q1 2027")
        assert SOLID * 40 not in bar_of(person, "VL-2025-004")
        await person.press("ctrl+right")
        await person.sees("╷December 2026")
        await person.press("plus")
        await person.sees("╷December 2026")
        await person.press("ctrl+left", "minus", "minus")
        await person.sees("╷2026")
        await person.press("f8", "q")
        await person.sees("╷Q1 2027")
    async with desk((160, 50), room="timeline") as person:
        await person.sees("╷Q1 2027")


async def test_time_moves_and_home_is_today(desk: Open) -> None:
    async with desk(room="timeline") as person:
        await person.has_rows(6)
        await person.sees("╷2026", TODAY_ABOVE, "31 without")
        before, cursor = person.screen, person.rows.cursor
        await person.press("right", "right")
        await person.sees("╷2031")
        assert TODAY_ABOVE not in person.screen
        assert "2026 ›" not in person.screen
        assert "‹ 2026" in person.screen
        await person.press("left", "left")
        assert person.screen == before
        for _year in range(7):
            await person.press("left")
        await person.sees("2027 ›")
        await person.press("home")
        await person.until(lambda: person.screen == before, "today again")
        await person.press("down", "ctrl+g")
        assert person.rows.cursor == cursor + 1
        await person.press("end")
        assert person.rows.cursor == 5
        await person.press("ctrl+home")
        assert person.rows.cursor == 0


async def test_on_another_day_the_line_stands_elsewhere(desk: Open) -> None:
    async with desk((160, 50), room="timeline") as person:
        await person.has_rows(6)
        assert bar_of(person, "VL-2025-004").index("┿") - bar_of(person, "VL-2025-004").index(SOLID) == 10
        person.app.show_day(date(2026, 3, 1))
        await person.sees("1 Mar 2026")
        await person.until(lambda: f"{SOLID * 2}┿{SOLID * 8}●" in person.screen, "the line in March")
        await person.press("home")
        assert f"{SOLID * 2}┿{SOLID * 8}●" in person.screen


async def test_the_registers_filter_is_kept_and_said(desk: Open) -> None:
    async with desk() as person:
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(4)
        await person.press("enter", "g", "l")
        await person.at(TimelineRoom)
        await person.has_rows(4)
        await person.sees("Filter of the register: is:overdue", "4 with a deadline", "0 without")
        await person.press("f2")
        await person.at(RegisterRoom)
        await person.until(lambda: person.app.focused is person.filter_line)
        person.filter_line.value = "2027"
        await person.press("enter", "g", "l")
        await person.at(TimelineRoom)
        await person.sees("Filter of the register: 2027", "VL-2025-031")
        assert "VL-2026-001" not in person.screen
        person.app.register_room.filter_line.value = "("
        await person.press("escape")
        await person.at(RegisterRoom)
        await person.press("g", "l")
        await person.hears("(")


async def test_those_without_a_deadline_are_a_key_away(desk: Open) -> None:
    async with desk(room="timeline") as person:
        await person.sees("31 without")
        await person.press("ctrl+u")
        await person.has_rows(31)
        await person.sees("6 with a deadline", "Next step")
        assert TODAY_ABOVE not in person.screen
        await person.press("enter")
        await person.at(DetailRoom)
        await person.press("escape")
        await person.at(TimelineRoom)
        await person.press("escape")
        await person.has_rows(6)
        await person.sees(TODAY_ABOVE)
        person.app.filter_by("due:none")
        await person.at(RegisterRoom)
        await person.sees("31 commitments match")
        await person.press("g", "l")
        await person.sees("Nothing with a deadline is found", "Ctrl+U")
        await person.press("f", "k")
        await person.has_rows(31)


async def test_acts_and_selection_work_as_in_every_list(desk: Open) -> None:
    async with desk(room="timeline") as person:
        await person.has_rows(6)
        await person.press("down", "space", "space")
        await person.sees("2 selected")
        assert len(person.room.chosen()) == 2
        await person.press("f4")
        await person.at(MarkDialog)
        await person.press("escape")
        await person.at(TimelineRoom)
        await person.press("escape")
        await person.until(lambda: "selected" not in person.screen)
        await person.press("enter")
        await person.at(DetailRoom)
        await person.press("escape")
        assert person.rows.cursor == 3
        await person.press("escape")
        await person.at(TodayRoom)


async def test_only_rows_on_the_screen_are_read(desk: Open) -> None:
    async with desk(room="timeline") as person:
        offsets = in_a_register_of(person, 1_000_000)
        await person.press("f5")
        await person.has_rows(1_000_000)
        offsets.clear()
        await person.press("end")
        await person.sees("V-000999999")
        await person.press("plus", "left", "minus")
        await person.settles()
        assert len(offsets) <= 4
