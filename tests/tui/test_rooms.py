"""The rooms and the ways between them, and the menus behind letters and function keys."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from tests.tui.desk import Open, Person
from tracker.i18n import Language
from tracker.tui.rooms import ROOMS
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.history import HistoryRoom
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.menu import Menu
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.reports import ReportsRoom
from tracker.tui.screens.today import TodayRoom
from tracker.tui.widgets.report_list import ReportList

SIZES = [(80, 24), (160, 50)]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_room_says_where_one_is(desk: Open, size: tuple[int, int], language: Language) -> None:
    async with desk(size, language) as person:
        for room in ROOMS:
            person.app.go(room.name)
            await person.sees(f"[{room.says()}")
            top = person.screen.splitlines()[0]
            if size[0] == 160:
                assert all(other.says() in top for other in ROOMS)
            assert all(len(line) <= size[0] for line in person.screen.splitlines())


async def test_back_is_one_level_and_the_same_row(desk: Open) -> None:
    async with desk() as person:
        await person.press("down", "down", "down")
        await person.press("g", "p")
        reports = await person.at(ReportsRoom)
        rows = reports.query_one(ReportList)
        await person.until(lambda: rows.current, "the report")
        await person.press("down")
        at, scroll = rows.cursor, rows.scroll_offset
        await person.press("enter")
        await person.at(DetailRoom)
        await person.press("g", "h")
        await person.at(HistoryRoom)
        await person.press("escape")
        await person.at(DetailRoom)
        await person.press("escape")
        assert await person.at(ReportsRoom) is reports
        assert (rows.cursor, rows.scroll_offset) == (at, scroll)
        await person.press("escape")
        await person.at(RegisterRoom)
        assert person.rows.cursor == 3
        await person.press("escape", "escape")
        await person.at(TodayRoom)
        assert person.app.is_running
        await person.press("g", "p")
        assert await person.at(ReportsRoom) is reports
        assert rows.cursor == at


async def test_going_to_a_room_on_the_way_back_goes_back_to_it(desk: Open) -> None:
    async with desk() as person:
        await person.press("g", "p")
        await person.at(ReportsRoom)
        await person.press("g", "h")
        await person.at(HistoryRoom)
        await person.press("g", "r")
        await person.at(RegisterRoom)
        assert [room.place for room in person.app.rooms] == ["today", "register"]


async def test_a_click_on_a_rooms_name_goes_there(desk: Open) -> None:
    async with desk((160, 50)) as person:
        top = person.screen.splitlines()[0]
        await person.pilot.click("Bar", offset=(top.index("History") + 1, 0))
        await person.at(HistoryRoom)
        await person.sees("[History]")


async def test_the_folded_names_open_the_menu(desk: Open) -> None:
    async with desk((46, 24)) as person:
        top = person.screen.splitlines()[0]
        assert "[Register] ▾" in top
        assert "History" not in top
        await person.pilot.click("Bar", offset=(3, 0))
        await person.at(Menu)


async def test_a_menu_is_chosen_from_by_letter_by_arrows_and_by_click(desk: Open) -> None:
    async with desk() as person:
        await person.press("f3")
        await person.at(Menu)
        await person.sees("You are here.", "Reports", "History")
        # Going where one is closes the menu: what is typed next is no longer for it.
        await person.press("r")
        await person.at(RegisterRoom)
        await person.press("f3")
        await person.at(Menu)
        # The first line that can be chosen is where one begins.
        names = [room.name for room in ROOMS]
        at = names.index("reports") - (names[0] == "register")
        await person.press(*["down"] * at, "enter")
        await person.at(ReportsRoom)
        await person.press("escape", "f3", "escape")
        await person.at(RegisterRoom)
        await person.press("g")
        await person.at(Menu)
        await person.sees(" h  History")
        line = next(number for number, text in enumerate(person.screen.splitlines()) if " h  History" in text)
        await person.pilot.click(offset=(8, line))
        await person.at(HistoryRoom)
        await person.press("g")
        await person.at(Menu)
        await person.pilot.click(offset=(70, 3))
        await person.at(HistoryRoom)


async def test_letters_that_come_at_once_go_where_they_say(desk: Open) -> None:
    async with desk() as person:
        for key in "gt":
            person.app.post_message(events.Key(key, key))
        await person.at(TodayRoom)
        for key in "gr":
            person.app.post_message(events.Key(key, key))
        await person.at(RegisterRoom)


async def test_a_marked_letter_is_the_letter(desk: Open) -> None:
    async with desk() as person:
        for typed in ("v", "backspace", "đ"):
            await person.press(typed)
        await person.until(lambda: not isinstance(person.app.screen, Menu))
        await person.sees("The register as it stood at the end of that day")


async def test_letters_in_a_text_field_are_typed(desk: Open) -> None:
    async with desk() as person:
        await person.press("f2", *"gvfey")
        assert isinstance(person.app.focused, Input)
        assert person.app.focused.value == "gvfey"


async def test_what_cannot_be_done_now_says_why(desk: Open) -> None:
    async with desk((100, 40)) as person:
        await person.press("f2")
        await person.write("zzzz")
        await person.sees("Nothing matches")
        await person.press("enter", "f9")
        await person.at(Menu)
        await person.sees("Mark status", "No commitment is chosen.")
        await person.press("m")
        await person.at(Menu)
        await person.press("escape", "escape")
        await person.has_rows(37)
        await person.press("e", "m")
        await person.at(MarkDialog)


async def test_the_same_menus_open_by_keys_without_letters(desk: Open) -> None:
    async with desk((100, 40)) as person:
        for key, said in [("f3", "Go to"), ("f8", "View"), ("f9", "Act"), ("ctrl+f", "Filter by"), ("ctrl+k", "Copy")]:
            await person.press(key)
            await person.at(Menu)
            await person.sees(said)
            await person.press("escape")
            await person.at(RegisterRoom)


async def test_a_menu_hears_the_keys_of_the_room_below(desk: Open) -> None:
    async with desk((100, 40)) as person:
        await person.press("v", "f3")
        await person.at(Menu)
        await person.sees("Go to")
        await person.press("r", "f8")
        await person.sees("View")
        await person.press("f8")
        await person.at(RegisterRoom)
        await person.press("g", "f4")
        await person.at(MarkDialog)


COPIES = [
    ("n", "VL-2025-013"),
    ("t", "Carry out the Hà Nội"),
    ("l", "VL-2025-013 · Carry out"),
    ("c", "SHA-256"),
    ("q", ""),
]


@pytest.mark.parametrize(("letter", "text"), COPIES)
async def test_a_commitment_is_copied(desk: Open, letter: str, text: str) -> None:
    async with desk() as person:
        await choose(person, "VL-2025-013")
        await person.press("y", letter)
        await person.hears("Copied: ")
        assert text in person.app.clipboard
        assert person.app.clipboard


async def choose(person: Person, ref: str) -> None:
    await person.press("f2")
    await person.write(ref)
    await person.has_rows(1)
    await person.press("enter")
