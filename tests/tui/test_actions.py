"""One registry: what it names is in the help and the palette, has a key that no input method eats, and works."""

from __future__ import annotations

import re
from functools import partial

import pytest
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from tests.tui.desk import Open, Person
from tracker.tui import actions
from tracker.tui.actions import ACTIONS, Action, key_name
from tracker.tui.app import TrackerApp
from tracker.tui.palette import score
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.document import DocumentRoom
from tracker.tui.screens.figure import FigureRoom
from tracker.tui.screens.figures import FiguresRoom
from tracker.tui.screens.help import HelpRoom, place_name
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.marking import Marking
from tracker.tui.screens.overdue import OverdueRoom
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.room import Dialog, Room
from tracker.tui.screens.why import WhyDialog
from tracker.tui.symbols import SYMBOLS, legend
from tracker.tui.widgets.document_text import DocumentText
from tracker.tui.widgets.page_view import PageView
from tracker.tui.widgets.rows import Rows

PLACES = {
    actions.ACTS: Marking,
    actions.EVERYWHERE: TrackerApp,
    actions.REGISTER: RegisterRoom,
    actions.DETAIL: DetailRoom,
    actions.OVERDUE: OverdueRoom,
    actions.ROWS: Rows,
    actions.PAGE: PageView,
    actions.TEXT: DocumentText,
    actions.DOCUMENT: DocumentRoom,
    actions.FIGURES: FiguresRoom,
    actions.FIGURE: FigureRoom,
    actions.WHY: WhyDialog,
    actions.DIALOG: MarkDialog,
    actions.HELP: HelpRoom,
}


def named(action: Action) -> str:
    return f"{action.where}.{action.name}"


@pytest.mark.parametrize("action", ACTIONS, ids=named)
def test_each_action_can_be_done_and_needs_no_letter(action: Action) -> None:
    assert callable(getattr(PLACES[action.where], f"action_{action.name}"))
    letterless = [key for key in action.keys if len(key) > 1 and key not in ("question_mark", "slash")]
    assert letterless or action.in_palette
    assert all(len(set(key)) == len(key) for key in action.keys if key.isalpha() and len(key) == 2 and key[0] != "f")


def test_letters_do_nothing_but_move_the_cursor() -> None:
    letters = {(key, action.where) for action in ACTIONS for key in action.keys if len(key) == 1}
    moving = {(key, where) for key in "jk" for where in (actions.ROWS, actions.PAGE, actions.TEXT)}
    assert letters == moving | {("n", actions.TEXT), ("N", actions.TEXT)}


async def test_who_types_in_a_list_sets_nothing_off(desk: Open) -> None:
    async with desk() as person:
        before = person.screen
        await person.press(*"lao qdtmrw")
        await person.pilot.pause(0.2)
        await person.at(RegisterRoom)
        assert not person.app._exit
        assert person.screen.splitlines()[0] == before.splitlines()[0]
        await person.press("f3")
        room = await person.at(OverdueRoom)
        await person.press(*"laoqdtmrw")
        await person.pilot.pause(0.2)
        assert person.app.screen is room


def test_no_key_does_two_things_in_one_place() -> None:
    for where in PLACES:
        # On a page Tab goes through its sections before it goes on.
        inner = {"tab"} if where == actions.PAGE else set()
        keys = [key for action in ACTIONS if action.where in (where, actions.EVERYWHERE) for key in action.keys]
        assert len(keys) == len(set(keys)) + len(inner), where


def test_every_dialog_has_the_dialogs_keys() -> None:
    assert {action.name for action in ACTIONS if action.where == Dialog.place} == {"save", "leave"}


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_help_lists_every_action_and_symbol(desk: Open, language: str) -> None:
    async with desk((100, 40), language) as person:
        await person.press("f1")
        room = await person.at(HelpRoom)
        text = re.sub(r"\s+", " ", str(room.query_one("#text", Static).content))
        for action in ACTIONS:
            assert action.says() in text
            assert all(key_name(key) in text for key in action.keys)
            assert place_name(action.where) in text
        for symbol in legend():
            assert symbol.says() in text
            assert symbol.cells.strip() in text
        assert text.index(place_name(actions.REGISTER)) < text.index(place_name(actions.OVERDUE))


async def test_help_is_searched_without_diacritics(desk: Open) -> None:
    async with desk((100, 40), "vi") as person:
        await person.press("question_mark")
        room = await person.at(HelpRoom)
        await person.write("bao cao qua han")
        await person.until(lambda: "Lọc" not in str(room.query_one("#text", Static).content))
        assert "Báo cáo quá hạn" in str(room.query_one("#text", Static).content)
        await person.press("escape")
        await person.at(RegisterRoom)


async def test_help_scrolls_from_the_search_line(desk: Open) -> None:
    async with desk((80, 24)) as person:
        await person.press("f1")
        room = await person.at(HelpRoom)
        text = room.query_one(VerticalScroll)
        assert isinstance(person.app.focused, Input)
        await person.until(lambda: text.max_scroll_y > 20)
        await person.press("down")
        await person.until(lambda: text.scroll_y == 1)
        await person.press("end")
        await person.until(lambda: text.scroll_y == text.max_scroll_y)
        await person.press("home")
        await person.until(lambda: text.scroll_y == 0)
        await person.press("pagedown")
        await person.until(lambda: text.scroll_y > 10)
        await person.press("pageup")
        await person.until(lambda: text.scroll_y == 0)
        await person.press("up")
        await person.write("F9")
        await person.sees("Write to a file")
        assert person.app.focused is room.query_one(Input)


async def test_help_opens_over_a_dialog_and_goes_back_to_it(desk: Open) -> None:
    async with desk((80, 24)) as person:
        await person.press("f4")
        dialog = await person.at(MarkDialog)
        await person.until(lambda: person.form.status.editor.has_focus, "the form")
        person.form.note.editor.focus()
        await person.press("?")
        assert person.form.note.editor.text == "?"
        await person.press("f1")
        await person.at(HelpRoom)
        await person.sees("In every dialog", "Leave without saving")
        await person.press("escape")
        assert await person.at(MarkDialog) is dialog
        assert person.form.note.editor.text == "?"


def test_every_state_has_a_symbol_of_its_own() -> None:
    cells = [symbol.cells for symbol in SYMBOLS.values()]
    assert len(set(cells)) == len(cells)


async def test_the_palette_finds_actions_in_both_languages_and_commitments(desk: Open) -> None:
    async with desk((120, 40)) as person:
        for typed, found in [
            ("qua han", "Overdue report"),
            ("overdue rep", "Overdue report"),
            ("vl-2025-013", "VL-2025-013"),
            ("duong cao toc", "VL-2025-013"),
            ("zzzz", "Filter the register by “zzzz”"),
        ]:
            await person.press("f12")
            await person.until(lambda: isinstance(person.app.screen, CommandPalette))
            await person.write(typed)
            await person.until(partial(is_offered, person, found), f"{typed}: {found}")
            await person.press("escape", "escape")
            await person.at(RegisterRoom)


async def test_the_palette_goes_where_it_says(desk: Open) -> None:
    async with desk((120, 40)) as person:
        rooms: list[tuple[str, type[Room]]] = [("VL-2025-013", DetailRoom), ("bao cao qua han", OverdueRoom)]
        for typed, room in rooms:
            await person.press("ctrl+p")
            await person.until(lambda: isinstance(person.app.screen, CommandPalette))
            await person.write(typed)
            await person.until(lambda: person.app.screen.query_one(OptionList).option_count > 1)
            await person.press("enter")
            await person.at(room)
            await person.press("escape")
            await person.at(RegisterRoom)


async def test_the_palette_filters_the_register_from_any_room(desk: Open) -> None:
    async with desk((120, 40)) as person:
        await person.press("f3")
        await person.at(OverdueRoom)
        await person.press("f12")
        await person.until(lambda: isinstance(person.app.screen, CommandPalette))
        await person.write("is:claimed")
        await person.until(partial(is_offered, person, "Filter the register by “is:claimed”"))
        await person.press("enter")
        await person.at(RegisterRoom)
        await person.sees("is:claimed", "Nothing matches")


def is_offered(person: Person, found: str) -> bool:
    return found in offered(person)


def offered(person: Person) -> str:
    found = person.app.screen.query(OptionList)
    return "\n".join(str(option.prompt) for options in found for option in options.options)


def test_what_begins_with_the_words_is_offered_first() -> None:
    assert score("bao cao", ("Overdue report", "Báo cáo quá hạn")) > score("bao cao", ("Ghi báo cáo ra tệp",)) > 0
    assert score("dong", ("Đóng",)) > 0
    assert score("khong", ("Đóng",)) == 0


async def test_the_footer_shows_what_works_and_obeys_the_mouse(desk: Open) -> None:
    async with desk() as person:
        last = person.screen.splitlines()[-1]
        assert all(part in last for part in ("F1 Help", "F2 Filter", "F4 Mark status"))
        await person.pilot.click("KeyLine", offset=(last.index("Filter"), 0))
        await person.until(lambda: isinstance(person.app.focused, Input))


async def test_textuals_own_commands_are_not_offered_and_write_nothing(desk: Open) -> None:
    async with desk() as person:
        person.app.action_screenshot("stolen.svg", "/tmp")
        await person.press("f12")
        await person.until(lambda: isinstance(person.app.screen, CommandPalette) and "Help" in offered(person))
        assert "screenshot" not in offered(person).lower()
        assert "Maximize" not in offered(person)
