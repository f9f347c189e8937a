"""The register room: the list, the filter line, the day that is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any

import pytest
from textual.widgets import Input

from tests.tui.desk import DAY, PATIENCE, Open, Person
from tracker.domain.deadline import Deadline, parse_period
from tracker.domain.views import CommitmentDetail, CommitmentView
from tracker.errors import UnknownValue
from tracker.tui.asking import BLOCK, Asked
from tracker.tui.columns import REF_CELLS, WIDE, Columns, by_when
from tracker.tui.messages import Found, Written
from tracker.tui.screens.day import DayDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.room import COUNT
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.commitment_list import BLOCKS_KEPT


def in_a_register_of(person: Person, total: int) -> list[int]:
    """Put a long register behind the list; the offsets that are asked for are noted."""
    commitments = person.app.tracker.commitments
    sample = commitments.page("", as_of=DAY, offset=0, limit=1)[0]
    offsets: list[int] = []

    def page(query: str = "", *, offset: int, limit: int, **_named: object) -> tuple[CommitmentView, ...]:
        offsets.append(offset)
        numbers = range(offset, min(offset + limit, total))
        return tuple(replace(sample, ref=f"V-{number:09d}") for number in numbers)

    vars(commitments)["page"] = page
    vars(commitments)["count"] = lambda *_args, **_named: total
    return offsets


async def test_a_bad_query_is_explained_and_the_rows_stay(desk: Open) -> None:
    async with desk() as person:
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(4)
        await person.write(" is:nonsense")
        await person.sees("“nonsense” is not a condition")
        assert person.rows.length == 4
        await person.press("escape")
        await person.has_rows(37)
        assert "nonsense" not in person.screen
        assert isinstance(person.app.focused, Input)
        await person.press("escape")
        assert person.rows.has_focus


async def test_a_filter_that_is_cleared_leaves_the_cursor_on_its_commitment(desk: Open) -> None:
    async with desk() as person:
        await person.press("end")
        last = person.rows.current
        assert last is not None
        for _time in range(2):
            await person.press("f2")
            await person.write(last.ref)
            await person.has_rows(1)
            await person.press("enter", "escape")
            await person.has_rows(37)
            assert person.rows.current == last
            assert person.rows.cursor in person.rows.window
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(4)
        assert person.rows.cursor == 0


async def test_the_last_keystroke_wins(desk: Open) -> None:
    async with desk() as person:
        in_a_register_of(person, 5_000)
        counted: list[str] = []

        def counting(query: str = "", **_named: Any) -> int:
            counted.append(query)
            return 700

        vars(person.app.tracker.commitments)["count"] = counting
        await person.press("f2")
        await person.write("is:over")
        for letter in "due":
            await person.write(letter)
        # The rows come before their number.
        await person.sees("V-000000000")
        await person.sees("700 commitments match")
        # What stood there for a moment may have been counted on the way.
        await person.until(lambda: counted[-1] == "is:overdue")
        await person.press("enter", "end")
        await person.sees("V-000000699")


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
@pytest.mark.parametrize(
    ("value", "narrow", "in_words"),
    [
        ("2026-08-31", "31 Aug 2026", None),
        ("2026-H1", "2026-H1", None),
        ("2026-W35", "2026-W35", None),
        ("2026-09", "2026-09", "September 2026"),
        ("2026", "2026", None),
        ("..2030", "≤ 2030", None),
        ("..2027-06-30", "≤30 Jun 2027", "by 30 Jun 2027"),
        ("2026-01-30..2026-02-02", "≤ 2 Feb 2026", None),
        ("2026-01-15..2026-12-31", "≤31 Dec 2026", "≤ 31 Dec 2026"),
        ("2026-Q1..2026-Q3", "≤ Q3 2026", None),
        ("2026..2028", "2026–2028", None),
        ("none", "", None),
    ],
)
def test_a_deadline_is_never_more_exact_than_its_source(
    value: str, narrow: str, in_words: str | None, wide: bool
) -> None:
    columns = Columns(WIDE if wide else 80, REF_CELLS)
    said = by_when(Deadline.of(value), columns.cells["deadline"])
    assert said == (in_words or narrow if wide else narrow)


@pytest.mark.parametrize(
    ("held", "said"), [("2027", "2027"), ("2026-02-05", "5 Feb 2026"), ("2026-02-05..2026-02-07", "≤ 7 Feb 2026")]
)
def test_a_deadline_at_an_event_is_as_exact_as_the_event(held: str, said: str) -> None:
    assert by_when(Deadline.of("event:summit", event=parse_period(held)), 12) == said


async def test_the_list_says_no_day_that_the_source_does_not(desk: Open) -> None:
    async with desk() as person:
        commitments = person.app.tracker.commitments
        page = commitments.page

        def some_day(query: str = "", **named: Any) -> tuple[CommitmentView, ...]:
            given = ("2026-H1", "..2030", "2026-W35", "2026-01-30..2026-02-02")
            rows = page(query, **named)
            exact = [replace(row, deadline=Deadline.of(value)) for row, value in zip(rows, given, strict=False)]
            return (*exact, *rows[len(exact) :])

        vars(commitments)["page"] = some_day
        await person.press("f5")
        await person.sees("2026-H1", "≤ 2030", "2026-W35", "≤ 2 Feb 2026")
        assert "30 Jun 2026" not in person.screen


async def test_more_rows_are_those_of_the_list_that_is_shown(desk: Open) -> None:
    async with desk() as person:
        asked: list[str] = []
        in_a_register_of(person, 5_000)
        commitments = person.app.tracker.commitments
        page = commitments.page

        def noted(query: str = "", **named: Any) -> tuple[CommitmentView, ...]:
            if query == "is:nonsense":
                raise UnknownValue("is", "nonsense", ("overdue",))
            asked.append(query)
            return page(query, **named)

        vars(commitments)["page"] = noted
        await person.press("f5")
        await person.has_rows(5_000)
        await person.press("f2")
        await person.write("is:nonsense")
        await person.sees("“nonsense”", "5000 commitments ")
        await person.press("enter", "end")
        await person.sees("V-000004999")
        assert set(asked) == {""}


async def test_an_answer_to_an_earlier_question_is_dropped(desk: Open) -> None:
    async with desk() as person:
        room = person.app.register_room
        for asked in (Asked("lead:nobody", DAY), Asked("", date(2025, 12, 4)), Asked("", DAY, "ref")):
            room.post_message(Found(asked, (), {}, None, counted=True))
        await person.pilot.pause()
        assert person.rows.length == 37
        await person.sees("37 commitments")


async def test_moving_about(desk: Open) -> None:
    async with desk() as person:
        rows = person.rows
        await person.press("down", "down", "up")
        assert rows.cursor == 1
        await person.press("end")
        assert rows.cursor == 36
        await person.sees("VL-2025-007")
        await person.press("home", "pagedown")
        assert 10 < rows.cursor < 20
        await person.press("pageup")
        assert rows.cursor == 0
        await person.pilot.click(rows, offset=(5, 4))
        assert rows.cursor == 3
        await person.pilot.click(rows, offset=(20, 0))
        assert rows.cursor == 3


async def test_a_long_register_costs_no_more_than_its_window(desk: Open) -> None:
    async with desk() as person:
        rows = person.rows
        offsets = in_a_register_of(person, 1_000_000)
        await person.press("f5")
        await person.has_rows(1_000_000)
        await person.press("end")
        await person.sees("V-000999999")
        for _ in range(3 * BLOCKS_KEPT):
            rows.cursor -= BLOCK + 7
            await person.until(lambda: rows.current)
        assert len(rows._blocks) <= BLOCKS_KEPT
        assert len(offsets) < 6 * BLOCKS_KEPT
        assert len(list(person.app.screen.walk_children())) < 40


async def test_rows_not_there_yet_have_a_place(desk: Open) -> None:
    async with desk() as person:
        in_a_register_of(person, 5_000)
        await person.press("f5")
        await person.has_rows(5_000)
        person.rows.take = lambda *_: None  # type: ignore[method-assign]
        await person.press("end")
        await person.sees("5000 …")


@pytest.mark.parametrize("size", [(80, 24), (100, 60), (160, 50)])
async def test_the_pane_stands_beside_below_or_on_its_own(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size) as person:
        await person.press("end", "home", "down")
        beside = size != (80, 24)
        if beside:
            await person.sees("VL-2026-001 · Event")
        await person.press("enter")
        await person.sees("Invited by the Lao side", "Our side")
        assert isinstance(person.app.screen, RegisterRoom) is beside
        await person.press("escape")
        await person.at(RegisterRoom)
        assert person.app.focused is person.rows
        assert person.rows.cursor == 1


async def test_another_day_is_shown_and_not_changed(desk: Open) -> None:
    async with desk((120, 30)) as person:
        await person.press("f6")
        await person.at(DayDialog)
        await person.write("31/02/2026")
        await person.sees("“31/02/2026” is a day that does not exist")
        await person.press("f9")
        await person.at(DayDialog)
        await person.press("ctrl+u")
        await person.write("2025-12-04")
        await person.sees("Read as 4 Dec 2025")
        await person.press("f9")
        await person.sees("You look at the register of 4 Dec 2025")
        await person.until(lambda: "overdue" not in {row.schedule for row in rows_of(person)})
        await person.press("f4")
        await person.hears("the register is changed only as it is today")
        assert isinstance(person.app.screen, RegisterRoom)
        await person.press("f6")
        await person.at(DayDialog)
        await person.sees("Back to today (F6)")
        await person.press("f6")
        await person.at(RegisterRoom)
        await person.until(lambda: not person.app.screen.query_one("#banner", Notice).said)
        await person.until(lambda: "overdue" in {row.schedule for row in rows_of(person)})


def rows_of(person: Person) -> list[CommitmentView]:
    rows = (person.rows.row(index) for index in range(person.rows.length))
    return [row for row in rows if row]


async def test_language_and_theme_change_while_it_runs(desk: Open) -> None:
    async with desk() as person:
        await person.press("down", "f7")
        await person.sees("cam kết", "Thời hạn", "Trợ giúp", "trễ 289")
        assert person.rows.cursor == 1
        dark = person.app.theme
        await person.press("v", "t")
        await person.at(RegisterRoom)
        assert person.app.theme != dark
        await person.press("f7")
        await person.sees("37 commitments")


async def test_a_commitment_on_which_the_cursor_rests_is_shown_as_soon_as_it_is_opened(desk: Open) -> None:
    async with desk() as person:
        commitments, may_answer = person.app.tracker.commitments, Event()
        show = commitments.show

        def slow(ref: str, **named: Any) -> CommitmentDetail:
            may_answer.wait(PATIENCE)
            return show(ref, **named)

        await person.press("down")
        chosen = person.rows.current
        assert chosen is not None
        looked_at = lambda: person.app.looked_at and person.app.looked_at[1].commitment.ref  # noqa: E731
        await person.until(lambda: looked_at() == chosen.ref)
        vars(commitments)["show"] = slow
        await person.press("enter")
        await person.sees("Commitment " + chosen.ref, "Our side")
        may_answer.set()


async def test_a_count_stands_back_when_something_is_recorded(desk: Open) -> None:
    async with desk() as person:
        in_a_register_of(person, 5_000)
        counting, may_count = Event(), Event()

        def slow(query: str = "", **_named: Any) -> int:
            counting.set()
            may_count.wait(PATIENCE)
            return 700

        vars(person.app.tracker.commitments)["count"] = slow
        await person.press("f2")
        await person.write("x")
        await person.until(counting.is_set)
        (count,) = [worker for worker in person.app.workers if worker.group == COUNT]
        person.app.register_room.ask("act", lambda _tracker: Written("x"), exclusive=False)
        assert count.is_cancelled
        may_count.set()
        await person.sees("counting …")
