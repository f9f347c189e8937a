"""What somebody who has read nothing stumbles over in a small terminal."""

from __future__ import annotations

import pytest

from tests.tui.desk import Open
from tests.tui.test_forms import REF, fill, opened, shown
from tracker.tui.screens.edit import EditDialog
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.menu import Menu
from tracker.tui.screens.move import MoveDialog


@pytest.mark.parametrize(
    ("room", "needed"), [("today", "F9 Thao tác"), ("register", "F9 Thao tác"), ("reports", "F9 ")]
)
async def test_the_act_that_a_room_is_for_stands_in_the_footer(desk: Open, room: str, needed: str) -> None:
    async with desk((80, 24), "vi", room=room) as person:
        await person.until(lambda: needed in person.screen.splitlines()[-1], f"{needed} in the footer")


@pytest.mark.parametrize("room", ["today", "register", "timeline", "figures", "reports", "history"])
async def test_no_key_stands_twice_in_a_footer(desk: Open, room: str) -> None:
    async with desk((220, 30), room=room) as person:
        await person.until(lambda: "F10 Quit" in person.screen.splitlines()[-1])
        keys = [part.split()[0] for part in person.screen.splitlines()[-1].split("   ") if part.strip()]
        assert len(keys) == len(set(keys)), keys


async def test_a_series_is_called_by_its_name_above_its_page(desk: Open) -> None:
    async with desk((160, 50), room="figures") as person:
        await person.sees("Viet Nam - Laos trade")
        await person.press("enter")
        await person.sees("[Figures › Viet Nam - Laos trade")


async def test_how_many_are_selected_is_said_in_a_narrow_terminal(desk: Open) -> None:
    async with desk((80, 24), "vi") as person:
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(4)
        await person.press("enter", "v", "g", "down", "enter")
        await person.until(lambda: person.rows.grouping == "lead")
        await person.press("ctrl+a")
        await person.until(lambda: "đã chọn 4 · 4 cam kết" in " ".join(person.screen.splitlines()[0].split()))


async def test_a_title_stays_when_the_cursor_comes_with_tab(desk: Open) -> None:
    async with desk() as person:
        title = shown(person).commitment.title
        dialog = await opened(person, "edit", EditDialog, REF)
        await person.press("tab", "x", "shift+tab", "y")
        assert dialog.form.typed["title_en"] == f"{title.en}x"
        assert dialog.form.typed["title_vi"] == f"{title.vi}y"
        await fill(person, dialog, title_en=title.en, title_vi=title.vi)


async def test_words_in_the_place_of_a_source_are_told_where_they_belong(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "move", MoveDialog, REF)
        await fill(person, dialog, deadline="2027", source="agreed in December")
        await person.press("f9")
        source = dialog.form.fields["source"]
        await person.until(lambda: "such as 003:8" in source.said)
        assert "belongs in the note" in source.said
        await fill(person, dialog, deadline="", source="")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_notice_lies_over_no_button_of_a_form(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size) as person:
        await person.press("f4")
        await person.at(MarkDialog)
        person.app.say("Something that takes\ntwo lines was recorded.", timeout=60)
        await person.sees("was recorded.", "Save (F9)", "Leave (Esc)")


async def test_a_notice_lies_over_no_line_of_a_menu(desk: Open) -> None:
    async with desk() as person:
        person.app.say("Something that takes\ntwo lines was recorded.", timeout=60)
        await person.sees("was recorded.")
        await person.press("f9")
        await person.at(Menu)
        await person.sees("↑ ↓ Enter")
        assert "was recorded." not in person.screen
        await person.press("escape")
        await person.sees("was recorded.")
