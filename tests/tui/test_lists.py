"""The list of commitments: sections that fold, a selection that lasts, a cursor that follows its commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.tui.desk import DAY, Open, Person
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView, Group
from tracker.tui.asking import BLOCK
from tracker.tui.sections import Line, Sections
from tracker.tui.selection import Selection
from tracker.tui.widgets.commitment_list import BLOCKS_KEPT


def group(key: str, count: int) -> Group:
    return Group(key, None, f"tag:{key}", count)


def test_lines_are_headings_and_rows() -> None:
    sections = Sections([group("a", 2), group("b", 0), group("c", 1)], headed=True)
    assert [sections.line(index) for index in range(len(sections))] == [
        Line(0, None),
        Line(0, 0),
        Line(0, 1),
        Line(1, None),
        Line(2, None),
        Line(2, 0),
    ]
    assert [sections.index(*place) for place in ((0, None), (0, 1), (2, 0), (2, 7), (1, 0))] == [0, 2, 5, 5, 3]
    folded = sections.turned("a")
    assert [folded.line(index) for index in range(len(folded))][:2] == [Line(0, None), Line(1, None)]
    assert len(folded.turned("a")) == len(sections)
    plain = Sections([group("", 3)])
    assert [plain.line(index) for index in range(len(plain))] == [Line(0, 0), Line(0, 1), Line(0, 2)]


def test_millions_of_rows_in_thousands_of_groups_are_as_quick_as_ten() -> None:
    sections = Sections([group(f"g{number}", 1_000) for number in range(5_000)], headed=True)
    assert len(sections) == 5_005_000
    assert sections.line(len(sections) - 1) == Line(4_999, 999)
    assert sections.line(1_001) == Line(1, None)


async def test_a_selection_survives_paging_and_filtering(desk: Open) -> None:
    async with desk((100, 24)) as person:
        await person.press("space", "space", "end", "space")
        await person.sees("3 selected", "▌■")
        chosen = [seen.ref for seen in person.room.chosen()]
        assert len(chosen) == 3
        await person.press("home")
        assert person.screen.count("■") == 2
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(4)
        await person.sees("3 selected (1 of them not shown)")
        assert [seen.ref for seen in person.room.chosen()] == chosen
        await person.press("enter", "escape")
        await person.until(lambda: "selected" not in person.screen)
        assert person.screen.count("■") == 0
        assert person.filter_line.value == "is:overdue"
        await person.press("escape")
        await person.has_rows(37)


async def test_a_range_grows_and_shrinks_and_leaves_what_was_selected(desk: Open) -> None:
    async with desk() as person:
        await person.press("down", "down", "space", "home")
        await person.press("shift+down", "shift+down", "shift+down")
        await person.sees("4 selected")
        await person.press("shift+up", "shift+up")
        await person.sees("3 selected")
        assert [person.rows.row(place).ref in person.rows.selection for place in range(4)] == [True, True, True, False]
        await person.press("shift+up", "shift+up")
        await person.sees("2 selected")
        await person.press("escape")
        assert not person.rows.selection


async def test_all_that_match_are_selected_but_those_taken_out(desk: Open) -> None:
    async with desk((100, 24)) as person:
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(4)
        await person.press("enter", "ctrl+a", "space")
        await person.sees("3 selected")
        assert len(person.room.chosen()) == 3
        assert all(seen.version for seen in person.room.chosen())
        await person.press("f2", "ctrl+u")
        await person.has_rows(37)
        await person.sees("3 selected")


async def test_more_than_one_act_can_change_is_kept_as_a_query(desk: Open) -> None:
    async with desk((100, 24)) as person:
        commitments = person.app.tracker.commitments
        asked: list[str] = []
        vars(commitments)["count"] = lambda *_given, **_named: 1_000_000
        vars(commitments)["refs"] = lambda *_given, **_named: asked.append("refs")
        page = commitments.page
        vars(commitments)["page"] = lambda *given, **named: page(*given, **named) * 3
        await person.press("f5")
        await person.has_rows(1_000_000)
        await person.press("ctrl+a", "space")
        await person.sees("999999 selected")
        assert not asked
        first = person.rows.row(0)
        assert first is not None
        assert person.rows.selection == Selection({first.ref: first.version}, "", 1_000_000)
        await person.press("f4")
        await person.hears("5000 at most")
        assert person.app.screen is person.room
        await person.press("f2")
        await person.write("is:open")
        await person.until(lambda: not person.rows.selection)


async def test_what_was_acted_on_is_selected_no_longer(desk: Open) -> None:
    async with desk((100, 24)) as person:
        await person.press("space", "space")
        (first, second) = person.room.chosen()
        command = RecordStatus(commitments=(first, second), status=Status.IN_PROGRESS, note="Begun.")
        person.app.changed(person.app.tracker.commitments.record_status(command, Hand("Lan", "tui", DAY)))
        await person.until(lambda: not person.rows.selection)
        assert person.rows.row(0).status is Status.IN_PROGRESS


async def test_the_cursor_follows_its_commitment(desk: Open) -> None:
    async with desk() as person:
        await person.press("v", "s", "end", "enter")
        await person.sees("Status ↑")
        await person.press("home", "down")
        here = person.rows.current
        assert here is not None
        command = RecordStatus(commitments=(Seen(ref=here.ref),), status=Status.IN_PROGRESS, note="Begun.")
        person.app.changed(person.app.tracker.commitments.record_status(command, Hand("Lan", "tui", DAY)))
        await person.until(lambda: person.rows.cursor > 1, "the row to move")
        assert person.rows.current is not None
        assert person.rows.current.ref == here.ref
        assert person.rows.cursor in person.rows.window


async def test_groups_fold_and_unfold(desk: Open) -> None:
    async with desk((100, 30)) as person:
        await person.press("v", "g")
        await person.sees("By lead")
        await person.press("down", "down", "down", "enter")
        await person.sees("by sector", "▾ ")
        await person.press("home")
        await person.sees("▾ Politics · ")
        rows = person.rows
        count = rows.sections.groups[0].count
        assert rows.length == 37 + len(rows.sections.groups)
        assert rows.current is None
        await person.press("enter")
        await person.sees("▸ ")
        assert rows.length == 37 + len(rows.sections.groups) - count
        await person.press("right")
        assert rows.length == 37 + len(rows.sections.groups)
        await person.press("down", "down", "left")
        assert rows.cursor == 0
        await person.press("f5")
        await person.settles()
        assert rows.length == 37 + len(rows.sections.groups) - count


async def test_a_grouped_million_costs_no_more_than_its_window(desk: Open) -> None:
    async with desk() as person:
        commitments = person.app.tracker.commitments
        sample = commitments.page("", as_of=DAY, offset=0, limit=1)[0]
        asked: list[tuple[str, int]] = []

        def page(query: str = "", *, offset: int, limit: int, **_named: Any) -> tuple[CommitmentView, ...]:
            asked.append((query, offset))
            number = int(query.partition(":")[2])
            return tuple(
                replace(sample, ref=f"G-{number:04d}-{place:03d}") for place in range(offset, min(offset + limit, 250))
            )

        groups = tuple(replace(group(str(number), 250), name=sample.title) for number in range(4_000))
        vars(commitments).update(page=page, groups=lambda *_given, **_named: groups)
        await person.press("v", "g", "down", "enter")
        await person.has_rows(4_000 * 251)
        await person.press("end")
        await person.sees("G-3999-249")
        for _ in range(60):
            person.rows.cursor -= BLOCK + 7
            await person.until(lambda: person.rows.current or person.rows.turn() or True)
        held = sum(len(rows) for rows in person.rows._blocks.values())
        assert held <= (BLOCKS_KEPT + 1) * BLOCK
        assert len(asked) < 300


async def test_the_last_row_is_the_last_one_once_they_are_counted(desk: Open) -> None:
    from threading import Event

    async with desk() as person:
        commitments = person.app.tracker.commitments
        counted, sample = Event(), commitments.page("", as_of=DAY, offset=0, limit=1)[0]

        def count(*_given: object, **_named: object) -> int:
            assert counted.wait(15)
            return 5_000

        def page(query: str = "", *, offset: int, limit: int, **_named: Any) -> tuple[CommitmentView, ...]:
            return tuple(replace(sample, ref=f"V-{place:09d}") for place in range(offset, min(offset + limit, 5_000)))

        vars(commitments).update(count=count, page=page)
        await person.press("f2")
        await person.write("lao")
        await person.sees("V-000000005", "counting")
        await person.press("enter")
        await person.press("end")
        await person.sees("V-000000050")
        counted.set()
        await person.sees("V-000004999", "5000 commitments match")


async def test_a_click_on_a_heading_sorts(desk: Open) -> None:
    async with desk((120, 30)) as person:
        header = next(line for line in person.screen.splitlines() if "Late/left" in line)
        await person.pilot.click(person.rows, offset=(header.index("Ref"), 0))
        await person.sees("Ref ↑")
        await person.until(lambda: person.rows.row(0).ref == "VL-2025-001")
        await person.pilot.click(person.rows, offset=(header.index("Ref"), 0))
        await person.sees("Ref ↓")
        await person.until(lambda: person.rows.row(0).ref == "VL-2026-003")


def rows_of(person: Person) -> list[CommitmentView]:
    rows = (person.rows.row(index) for index in range(person.rows.length))
    return [row for row in rows if row]
