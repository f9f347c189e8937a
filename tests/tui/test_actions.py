"""One registry: what it names is in the help and the palette, has a key that no input method eats, and works."""

from __future__ import annotations

import re
from functools import partial

import pytest
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.widgets import Input, OptionList, Static

from tests.tui.desk import Open, Person
from tracker.tui import actions
from tracker.tui.actions import ACTIONS, Action, key_name, live
from tracker.tui.app import TrackerApp
from tracker.tui.clashes import clashes
from tracker.tui.palette import score
from tracker.tui.rooms import ROOMS
from tracker.tui.screens.columns import ColumnsDialog
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.document import DocumentRoom
from tracker.tui.screens.figure import FigureRoom
from tracker.tui.screens.figures import FiguresRoom
from tracker.tui.screens.help import HelpRoom, place_name
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.marking import Marking
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.reports import ReportsRoom
from tracker.tui.screens.review import ReviewRoom
from tracker.tui.screens.room import Dialog, Room
from tracker.tui.screens.views import ViewsDialog
from tracker.tui.screens.why import WhyDialog
from tracker.tui.symbols import SYMBOLS, legend
from tracker.tui.widgets.calendar import Calendar
from tracker.tui.widgets.commitment_list import CommitmentList
from tracker.tui.widgets.date_field import DateLine
from tracker.tui.widgets.document_text import DocumentText
from tracker.tui.widgets.facet_pane import FacetPane
from tracker.tui.widgets.page_view import PageView
from tracker.tui.widgets.rows import Rows

ROOMS_OF = {room.name: type(room.make()) for room in ROOMS}
PLACES: dict[str, type[DOMNode]] = {
    actions.EVERYWHERE: TrackerApp,
    actions.ACTS: Marking,
    actions.DETAIL: DetailRoom,
    actions.ROWS: Rows,
    actions.PAGE: PageView,
    actions.TEXT: DocumentText,
    actions.DOCUMENT: DocumentRoom,
    actions.REVIEW: ReviewRoom,
    actions.FIGURES: FiguresRoom,
    actions.FIGURE: FigureRoom,
    actions.WHY: WhyDialog,
    actions.LIST: CommitmentList,
    actions.FACET: FacetPane,
    actions.ORDERING: ColumnsDialog,
    actions.VIEWS: ViewsDialog,
    actions.DIALOG: MarkDialog,
    actions.FORM: MarkDialog,
    actions.DATES: DateLine,
    actions.CALENDAR: Calendar,
    actions.HELP: HelpRoom,
    **ROOMS_OF,
}
# What a Vietnamese input method makes of a letter after a vowel: a tone, or (doubled, or w) another letter.
TONES = "sfrxjz"
# Textual's own screen answers these keys before the interface does.
TEXTUALS = ("focus_next", "how_to_quit")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_can_be_done_and_needs_no_letter(action: Action) -> None:
    assert callable(getattr(PLACES[action.where], f"action_{action.name}"))
    assert needs_no_letter(action) or action.in_palette


def needs_no_letter(action: Action) -> bool:
    return any(len(key) > 1 and key not in ("question_mark", "slash") for key in action.keys)


def test_each_action_has_an_id_of_its_own() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def test_letters_move_the_cursor_or_open_a_menu() -> None:
    letters = [(key, action) for action in ACTIONS for key in action.keys if len(key) == 1]
    moving = {(key, where) for key in "jk" for where in (actions.ROWS, actions.PAGE, actions.TEXT)}
    moves = {(key, action.where) for key, action in letters if action.name != "menu"}
    assert moves == moving | {("n", actions.TEXT), ("N", actions.TEXT)}
    assert {key: action.argument for key, action in letters if action.name == "menu"} == {
        letter: letter for letter in "gvfey"
    }


def test_each_menu_opens_without_a_letter() -> None:
    menus = {action.argument: action for action in ACTIONS if action.name == "menu"}
    assert {action.chord[0] for action in ACTIONS if action.chord} <= set(menus)
    assert all(needs_no_letter(menu) for menu in menus.values())


@pytest.mark.parametrize("where", PLACES)
def test_no_two_lines_of_a_menu_have_one_letter(where: str) -> None:
    places = (where, *getattr(PLACES[where], "also", ()))
    chords = [action.chord for action in live(*places) if action.chord]
    assert len(chords) == len(set(chords)), chords


@pytest.mark.parametrize("chord", sorted({action.chord for action in ACTIONS if action.chord}))
def test_an_input_method_leaves_the_letters_of_a_menu_alone(chord: str) -> None:
    first, second = chord
    assert second.isascii()
    assert second.isalnum()
    assert second not in ("w", first)
    assert first not in "ey" or second not in TONES


async def test_who_types_in_a_list_sets_nothing_off(desk: Open) -> None:
    async with desk() as person:
        before = person.screen
        await person.press(*"laoqdtmrw")
        await person.pilot.pause(0.2)
        await person.at(RegisterRoom)
        assert not person.app._exit
        assert person.screen.splitlines()[0] == before.splitlines()[0]
        await person.press("f3", "p")
        room = await person.at(ReportsRoom)
        await person.press(*"laoqdtmrw")
        await person.pilot.pause(0.2)
        assert person.app.screen is room


def test_no_key_does_two_things_in_one_place() -> None:
    assert [(key, one.id, other.id) for key, one, other in clashes()] == []


async def test_what_the_registry_says_is_what_the_rooms_listen_to(desk: Open) -> None:
    async with desk() as person:
        for name in ROOMS_OF:
            person.app.go(name)
            room = await person.at(ROOMS_OF[name])
            bound = {key: active.binding.action for key, active in room.active_bindings.items()}
            for action in live(*room.places):
                if action.name in TEXTUALS:
                    continue
                own = action.gives_way and any(
                    set(action.keys) & set(other.keys) for other in live(name) if other.where == name
                )
                assert own or all(bound[key] == action.target for key in action.keys), action.id


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
        assert text.index(place_name(actions.REGISTER)) < text.rindex(place_name(actions.REPORTS))


async def test_help_is_searched_without_diacritics(desk: Open) -> None:
    async with desk((100, 40), "vi") as person:
        await person.press("question_mark")
        room = await person.at(HelpRoom)
        await person.write("cap nhat tinh trang")
        await person.until(lambda: "Xem ngày khác" not in str(room.query_one("#text", Static).content))
        assert "Cập nhật tình trạng" in str(room.query_one("#text", Static).content)
        await person.press("escape")
        await person.at(RegisterRoom)


async def test_help_is_searched_by_key_and_in_the_other_language(desk: Open) -> None:
    async with desk((100, 40)) as person:
        await person.press("f1")
        room = await person.at(HelpRoom)
        for typed, there, elsewhere in [
            ("f1", "F1 ? Help", "F10"),
            ("Ctrl+Z", "Ctrl+Z e u Undo", "Redo"),
            ("ctrl-y", "Ctrl+Y e k Redo", "Undo"),
            ("em", "F4 e m Mark status", "Filter"),
            ("cap nhat tinh trang", "Mark status", "Copy"),
            ("mau do zzz", "Nothing in the help has these words.", "Mark"),
            ("due soon", "◆", "F4"),
        ]:
            room.query_one(Input).value = typed
            await person.pilot.pause()
            text = re.sub(r"\s+", " ", str(room.query_one("#text", Static).content))
            assert there in text, typed
            assert elsewhere not in text, typed


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
            ("cap nhat tinh", "Mark status"),
            ("mark sta", "Mark status"),
            ("vl-2025-013", "VL-2025-013"),
            ("duong cao toc", "VL-2025-013"),
            ("zzzz", "Filter the register by “zzzz”"),
        ]:
            await person.press("f12")
            await person.until(lambda: isinstance(person.app.screen, CommandPalette))
            await person.write(typed)
            await person.until(partial(is_offered, person, found), f"{typed}: {found}")
            while isinstance(person.app.screen, CommandPalette):
                await person.press("escape")
            await person.at(RegisterRoom)


async def test_the_palette_goes_where_it_says(desk: Open) -> None:
    async with desk((120, 40)) as person:
        rooms: list[tuple[str, type[Room]]] = [("VL-2025-013", DetailRoom), ("reports", ReportsRoom)]
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
        await person.press("f3", "p")
        await person.at(ReportsRoom)
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
        assert all(part in last for part in ("F1 Help", "F3 Go to", "F2 Filter", "F4 Mark status"))
        await person.pilot.click("KeyLine", offset=(last.index("Filter"), 0))
        await person.until(lambda: isinstance(person.app.focused, Input))


async def test_textuals_own_commands_are_not_offered_and_write_nothing(desk: Open) -> None:
    async with desk() as person:
        person.app.action_screenshot("stolen.svg", "/tmp")
        await person.press("f12")
        await person.until(lambda: isinstance(person.app.screen, CommandPalette) and "Help" in offered(person))
        assert "screenshot" not in offered(person).lower()
        assert "Maximize" not in offered(person)
