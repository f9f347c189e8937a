"""Keys that come in one burst, from a fast hand or over a slow line, do what the same keys do one by one."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea

from tests.tui.desk import Open, Person
from tests.tui.test_forms import opened
from tracker.tui.screens.add import AddDialog
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.help import HelpRoom
from tracker.tui.screens.history import HistoryRoom
from tracker.tui.screens.library import PartyDialog
from tracker.tui.screens.tell import NoteDialog

CALLED = {"?": "question_mark", " ": "space", ":": "colon", ".": "full_stop"}


def burst(person: Person, *keys: str) -> None:
    """All of these at once, before any of them is heard; what is no key's name is a text."""
    for key in keys:
        names = (key,) if key in {"tab", "shift+tab", "enter", "escape", "down", "backspace", "f2", "f4"} else key
        for name in names:
            event = events.Key(CALLED.get(name, name), name if len(name) == 1 else None)
            person.app.post_message(event.set_sender(person.app))


async def test_text_tab_text_lands_in_two_fields(desk: Open) -> None:
    async with desk() as person:
        form = (await opened(person, "party", PartyDialog)).form
        burst(person, "So Cong Thuong", "tab", "Trade Department", "shift+tab", " Ha Noi")
        await person.until(lambda: form.typed["name_vi"] == "So Cong Thuong Ha Noi", "both texts in their fields")
        assert form.typed["name_en"] == "Trade Department"


async def test_backspaces_around_a_tab_take_what_stands_before_them(desk: Open) -> None:
    async with desk() as person:
        form = (await opened(person, "add", AddDialog)).form
        form.fields["title_vi"].go_there()
        await person.pilot.pause()
        burst(person, "Hop tac", "backspace", "backspace", "ac", "tab", "Cooperate", "backspace", "ion")
        await person.until(lambda: form.typed["title_en"] == "Cooperation")
        assert form.typed["title_vi"] == "Hop tac"


async def test_what_follows_a_key_is_heard_where_it_led(desk: Open) -> None:
    async with desk((100, 30)) as person:
        burst(person, "gh")
        await person.at(HistoryRoom)
        burst(person, "escape", "?", "undo")
        room = await person.at(HelpRoom)
        await person.until(lambda: room.query_one(Input).value == "undo", "the search of the help")
        await person.press("escape", "escape")
        burst(person, "down", "enter", "en", "Begun.")
        await person.at(NoteDialog)
        await person.until(lambda: person.app.screen.query(TextArea) or person.app.screen.query(Input))
        await person.settles()
        assert "Begun." in (await person.at(NoteDialog)).form.typed["note"]
        assert any(isinstance(room, DetailRoom) for room in person.app.rooms)


async def test_a_filter_is_typed_right_behind_its_key(desk: Open) -> None:
    async with desk((100, 30)) as person:
        burst(person, "f2", "is:overdue", "enter")
        await person.until(lambda: "overdue" in person.filter_line.value, "the filter")
        assert person.filter_line.value == "is:overdue"
        await person.has_rows(4)


async def test_a_key_whose_hearer_is_gone_holds_up_nothing(desk: Open) -> None:
    async with desk((100, 30)) as person:
        form = await opened(person, "party", PartyDialog)
        burst(person, "x")
        await person.until(lambda: form.form.typed["name_vi"] == "x")
        burst(person, "escape", "gh")
        await person.at(HistoryRoom)
