"""Columns, order and headings of the register, and the names under which they are kept."""

from __future__ import annotations

from textual.widgets import Input, Select

from tests.tui.desk import Open
from tracker.domain.commands import SaveView
from tracker.domain.history import Hand
from tracker.tui.columns import ALWAYS, COLUMNS, DEFAULT, REF_CELLS, TO_CHOOSE, Columns
from tracker.tui.screens.choice import ChoiceDialog
from tracker.tui.screens.columns import ColumnsDialog
from tracker.tui.screens.history import HistoryRoom
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.today import TodayRoom
from tracker.tui.screens.views import KeepViewDialog, ViewsDialog


def test_what_does_not_fit_gives_way_from_behind_and_the_title_never() -> None:
    assert list(Columns(79, REF_CELLS).cells) == ["ref", "title", "deadline", "days", "status"]
    assert list(Columns(120, REF_CELLS).cells) == list(DEFAULT)
    narrow = Columns(30, REF_CELLS, TO_CHOOSE)
    assert list(narrow.cells) == list(ALWAYS)
    for width in (40, 79, 100, 159, 200):
        columns = Columns(width, REF_CELLS, TO_CHOOSE)
        # The air behind the last column may be cut off.
        assert len("".join(text for text, _tone in columns.header())[:-2]) <= width
        assert [columns.at(x) for x in (5, width - 200)] == ["ref", None]


def test_every_column_of_a_saved_view_can_be_shown() -> None:
    from tracker.domain import query

    assert set(TO_CHOOSE) == set(query.COLUMNS)
    assert {column.sort for column in COLUMNS.values()} - {""} <= set(query.SORTS)


async def test_columns_are_chosen_and_moved(desk: Open) -> None:
    async with desk((120, 30)) as person:
        await person.press("v", "c")
        await person.at(ColumnsDialog)
        await person.sees("■ Ref", "■ Deadline")
        await person.press("down", "space")
        await person.press("down", "space")
        await person.press(*["down"] * 4, "space")
        await person.press("ctrl+up")
        await person.press("f9")
        await person.at(RegisterRoom)
        await person.sees("Schedule")
        header = next(line for line in person.screen.splitlines() if "Late/left" in line)
        assert header.split() == ["Ref", "Commitment", "Late/left", "Status", "Schedule", "Lead"]
        await person.press("v", "c")
        await person.pilot.click("#reset")
        await person.pilot.click("#save")
        await person.sees("Deadline ↑")


async def test_the_order_is_chosen_and_turned_round(desk: Open) -> None:
    async with desk((120, 30)) as person:
        await person.press("v", "s")
        await person.at(ChoiceDialog)
        await person.sees("● By deadline")
        await person.press("down", "enter")
        await person.sees("Ref ↑")
        await person.press("v", "o")
        await person.sees("Ref ↓")
        await person.until(lambda: person.rows.first_row == 0 and person.rows.row(0).ref == "VL-2026-003")
        await person.press("v", "s", "escape")
        await person.sees("Ref ↓")


async def test_a_view_is_kept_shown_and_dropped(desk: Open) -> None:
    async with desk((120, 30)) as person:
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(4)
        await person.press("enter", "v", "s", "down", "enter", "v", "o", "v", "g", "down", "enter")
        await person.sees("Ref ↓", "by lead")
        await person.press("v", "k")
        dialog = await person.at(KeepViewDialog)
        await person.press("f9")
        await person.sees("Needed.")
        await person.write("Quá hạn")
        await person.until(lambda: dialog.query_one(Select).value == 1)
        dialog.query_one(Select).value = 3
        await person.press("f9")
        await person.at(RegisterRoom)
        await person.hears("tracker list @qua-han")
        (view,) = person.app.tracker.saved_views.listing()
        assert (view.query, view.sort, view.group, view.slot) == ("is:overdue", "-ref", "lead", 3)
        await person.press("escape", "v", "g", "home", "enter", "v", "s", "home", "enter")
        await person.has_rows(37)
        await person.sees("Deadline ↑")
        await person.press("v", "3")
        await person.sees("Ref ↓", "by lead", "is:overdue")
        await person.press("f", "x", "v", "m")
        await person.at(ViewsDialog)
        await person.sees("3 Quá hạn", "is:overdue")
        await person.press("enter")
        await person.until(lambda: person.filter_line.value == "is:overdue")
        await person.press("v", "m", "delete")
        await person.sees("Delete once more drops “Quá hạn”.")
        await person.press("delete")
        await person.sees("No view is saved yet")
        await person.press("escape", "v", "3")
        await person.hears("No view is saved under 3")
        assert person.app.tracker.saved_views.listing() == ()


async def test_a_view_is_shown_from_any_room(desk: Open) -> None:
    async with desk((120, 30)) as person:
        kept = SaveView(name="Quá hạn", query="is:overdue", columns=("tags",), slot=1)
        person.app.tracker.saved_views.save(kept, Hand("Lan", "cli", person.app.day))
        for way in (("v", "1"), ("f8", "1"), ("v", "m", "enter")):
            await person.press("f", "x", "g", "t")
            await person.at(TodayRoom)
            await person.press(*way)
            await person.at(RegisterRoom)
            await person.sees("Tags")
            await person.until(lambda: person.filter_line.value == "is:overdue")
        await person.press("g", "h", "v", "9")
        await person.hears("No view is saved under 9")
        await person.at(HistoryRoom)


async def test_a_view_of_another_hand_that_asks_too_much_is_told(desk: Open) -> None:
    async with desk((120, 30)) as person:
        await person.press("v", "k")
        dialog = await person.at(KeepViewDialog)
        dialog.query_one(Input).value = "…"
        await person.press("f9")
        await person.until(lambda: dialog.query_one(".answer").said)
        await person.press("escape")
        await person.at(RegisterRoom)
        person.app.tracker.saved_views.save(
            SaveView(name="[red]x[/]", query="is:open", columns=("tags",), slot=1), Hand("Lan", "cli", person.app.day)
        )
        await person.press("v", "1")
        await person.sees("Tags")
        await person.press("v", "m")
        await person.sees("[red]x[/]")
