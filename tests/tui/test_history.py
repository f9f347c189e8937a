"""The history room: newest first, page by page, the entry whole, and undo from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from textual.widgets import Input

from tests.tui.desk import DAY, FixedSettings, Open, Person, opened
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.register import Evidence
from tracker.domain.status import Status
from tracker.domain.views import ActView, Done, EntryView
from tracker.errors import ChangeNotAllowed
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.history import HistoryRoom
from tracker.tui.screens.undo import UndoDialog
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.entry_list import PAGE, EntryList

ACT = ActView(9, "an-act", "mark", "Minh", "cli", datetime(2026, 11, 21, 3, tzinfo=UTC), ("VL-2025-013",), None)


def mark(person: Person, ref: str, note: str, actor: str = "Minh") -> Done:
    command = RecordStatus(commitments=(Seen(ref=ref),), status=Status.IN_PROGRESS, note=note)
    return person.app.tracker.commitments.record_status(command, Hand(actor, "cli", DAY))


async def open_history(person: Person) -> EntryList:
    await person.press("g", "h")
    room = await person.at(HistoryRoom)
    rows = room.query_one(EntryList)
    await person.until(lambda: rows.current, "entries")
    return rows


async def test_who_when_what_and_why(desk: Open) -> None:
    async with desk((120, 40)) as person:
        mark(person, "VL-2025-013", "[b]Two[/b] sections let.")
        rows = await open_history(person)
        await person.sees(
            "Minh", "Marked", "VL-2025-013", "[b]Two[/b] sections let.", "Status: Newly recorded → In progress"
        )
        await person.press("enter")
        await person.at(DetailRoom)
        await person.sees("VL-2025-013")
        await person.press("escape")
        await person.at(HistoryRoom)
        assert rows.cursor == 0


async def test_a_document_is_called_by_its_file(desk: Open, tmp_path: Path) -> None:
    file = tmp_path / "tuyên-bố.txt"
    file.write_text("Hai bên nhất trí.\n", "utf8")
    async with desk((120, 40)) as person:
        person.app.tracker.library.add_documents([file], Hand("Minh", "tui", DAY))
        await open_history(person)
        await person.sees("tuyên-bố.txt")


def long_history(person: Person, length: int) -> list[int]:
    """A history of so many entries; which offsets are asked for."""
    commitments = person.app.tracker.commitments
    sample = commitments.history(limit=1)[0]
    asked: list[int] = []

    def history(ref: str | None = None, *, limit: int, offset: int = 0, **_beside: object) -> tuple[EntryView, ...]:
        asked.append(offset)
        return tuple(replace(sample, position=number) for number in range(offset, min(offset + limit, length)))

    vars(commitments).update(history=history, history_count=lambda ref=None, **_beside: length)
    return asked


async def test_older_entries_come_when_they_are_near(desk: Open) -> None:
    async with desk() as person:
        asked = long_history(person, 3 * PAGE + 7)
        rows = await open_history(person)
        await person.sees(f"{3 * PAGE + 7} entries")
        assert asked == [0]
        while rows.cursor < PAGE:
            await person.press("pagedown")
        assert asked == [0, PAGE]
        assert rows.current is not None
        assert rows.current.position == rows.cursor


async def test_end_is_the_oldest_entry_and_up_from_there_are_those_before_it(desk: Open) -> None:
    length = 50 * PAGE
    async with desk() as person:
        asked = long_history(person, length)
        rows = await open_history(person)
        await person.press("end")
        await person.until(lambda: rows.current, "the oldest")
        assert rows.current is not None
        assert rows.current.position == length - 1
        while rows.cursor > length - 2 * PAGE:
            await person.press("pageup")
            await person.until(lambda: rows.current, "those before")
            assert rows.current.position == rows.cursor
        assert len(asked) < 7
        await person.press("home")
        assert rows.current.position == 0


async def test_the_history_is_sought_by_actor_kind_and_words(seeded: FixedSettings) -> None:
    async with opened(seeded, (120, 40)) as person:
        mark(person, "VL-2025-013", "Đã họp tổ công tác.", "Trần Minh")
        mark(person, "VL-2025-012", "Begun.", "Lan")
        rows = await open_history(person)
        whole = rows.length
        for sought, refs in [
            ("actor:minh", {"VL-2025-013"}),
            ("actor:lan,minh kind:mark", {"VL-2025-012", "VL-2025-013"}),
            ("kind:mark ĐÃ HỌP", {"VL-2025-013"}),
            ('"tổ công tác" VL-2025-013', {"VL-2025-013"}),
            ("kind:move", set()),
        ]:
            await person.press("f2", *("backspace",) * 40)
            await person.write(sought)
            await person.until(lambda refs=refs: {e.ref for e in rows._entries.values()} == refs, sought)  # type: ignore[misc]
            assert rows.length == len(refs)
        await person.write(" kind:nothing")
        await person.sees("“nothing” is not")
        await person.press("escape")
        await person.until(lambda: rows.length == whole, "all again")
        assert isinstance(person.app.screen, HistoryRoom)


async def test_who_acted_and_kinds_are_offered(desk: Open) -> None:
    async with desk((100, 30)) as person:
        mark(person, "VL-2025-013", "Begun.", "Trần Minh")
        await open_history(person)
        await person.press("f2")
        await person.write("actor:tra")
        await person.sees('"Trần Minh"')
        await person.press("tab")
        await person.write(" kind:mar")
        await person.sees("mark  Marked")
        await person.press("tab")
        await person.until(lambda: person.app.screen.query_one(Input).value == 'actor:"Trần Minh" kind:mark')
        await person.sees("1 entry")


async def test_on_another_day_stands_what_counts_by_then_and_the_screen_says_so(seeded: FixedSettings) -> None:
    async with opened(seeded, (120, 40)) as person:
        mark(person, "VL-2025-013", "Begun on the day itself.")
        late = RecordStatus(
            commitments=(Seen(ref="VL-2025-012"),),
            status=Status.PARTIAL,
            note="Told late.",
            effective_on=date(2026, 3, 1),
            evidence=(Evidence(kind="link", value="https://example.org", tier=1),),
        )
        person.app.tracker.commitments.record_status(late, Hand("Minh", "cli", DAY))
        rows = await open_history(person)
        await person.sees("Begun on the day itself.", "Told late.")
        whole = rows.length
        person.app.show_day(date(2026, 3, 1))
        await person.sees("Shown is what counts by 1 Mar 2026, as it is known today", "Told late.")
        await person.until(lambda: "Begun on the day" not in person.screen, "what came after that day to go")
        assert 0 < rows.length < whole
        person.app.show_day(date(2026, 2, 28))
        await person.until(lambda: "Told late." not in person.screen, "the earlier day")
        person.app.show_day(None)
        await person.sees("Begun on the day itself.", "Told late.")
        assert rows.length == whole
        assert "Shown is what counts" not in person.screen


async def test_new_entries_come_above_and_the_cursor_stays_on_its_own(desk: Open) -> None:
    async with desk() as person:
        rows = await open_history(person)
        await person.sees(f"{rows.length} entries")
        await person.press("down", "down")
        before = rows.current
        mark(person, "VL-2025-013", "Begun.")
        await person.until(lambda: rows.cursor == 3, "the list to move on")
        assert rows.current == before
        await person.sees(f"{rows.length} entries")


async def test_only_one_commitment_and_all_again(desk: Open) -> None:
    async with desk((100, 30)) as person:
        mark(person, "VL-2025-013", "Begun.")
        rows = await open_history(person)
        await person.press("ctrl+o")
        await person.sees("of VL-2025-013")
        await person.until(lambda: rows.length < 10, "few entries")
        await person.press("escape")
        await person.sees("of the whole register")
        await person.until(lambda: rows.length > 30, "all entries")
        await person.press("escape")
        await person.until(lambda: person.app.screen is person.app.register_room)


# Undo


async def test_undo_shows_the_act_first_and_is_done_when_confirmed(desk: Open) -> None:
    async with desk((100, 30)) as person:
        done = mark(person, "VL-2025-013", "Begun.", "Lan")
        commitments = person.app.tracker.commitments
        given: list[Any] = []

        def undo(hand: Hand, ref: str | None = None, act: str | None = None) -> Done:
            given.append((hand.channel, ref, act))
            return replace(done, number=done.number + 1)

        vars(commitments).update(next_undo=lambda hand, ref=None, act=None: ACT, undo=undo)
        await person.press("ctrl+z")
        dialog = await person.at(UndoDialog)
        await person.sees("Marked: VL-2025-013", "by Minh, 21 Nov 2026 10:00")
        assert given == []
        await person.press("f9")
        await person.until(lambda: person.app.screen is not dialog)
        await person.hears("VL-2025-013")
        assert given == [("tui", None, "an-act")]


async def test_nothing_to_do_again_is_said(desk: Open) -> None:
    async with desk((100, 30)) as person:
        vars(person.app.tracker.commitments)["next_redo"] = lambda hand, ref=None, act=None: None
        await person.press("ctrl+y")
        await person.at(UndoDialog)
        await person.sees("There is nothing to do again.")
        await person.press("escape")
        await person.until(lambda: person.app.screen is person.app.register_room)


async def test_an_undo_that_is_refused_says_why(desk: Open) -> None:
    async with desk((100, 30)) as person:

        def refused(hand: Hand, ref: str | None = None, act: str | None = None) -> Done:
            raise ChangeNotAllowed("VL-2025-013", "delivered", "in_progress")

        vars(person.app.tracker.commitments).update(next_undo=lambda hand, ref=None, act=None: ACT, undo=refused)
        await person.press("ctrl+z")
        dialog = await person.at(UndoDialog)
        await person.sees("Marked: VL-2025-013")
        await person.press("enter")
        await person.until(lambda: "closed already" in dialog.query_one(Notice).said)


async def test_the_act_under_the_cursor_is_undone_from_the_history(desk: Open) -> None:
    async with desk((100, 30)) as person:
        done = mark(person, "VL-2025-013", "Begun.")
        given: list[str | None] = []

        def undo(hand: Hand, ref: str | None = None, act: str | None = None) -> Done:
            given.append(act)
            return replace(done, number=done.number + 1)

        vars(person.app.tracker.commitments)["undo"] = undo
        await open_history(person)
        await person.press("delete")
        await person.at(UndoDialog)
        await person.sees("Marked: VL-2025-013", "by Minh")
        await person.press("f9")
        await person.at(HistoryRoom)
        assert given == [done.act]


async def test_an_act_is_taken_back_brought_again_and_taken_back_from_the_history(seeded: FixedSettings) -> None:
    async with opened(seeded, (110, 30)) as person:
        first = person.rows.current
        assert first is not None
        mark(person, "VL-2025-013", "Begun.", "Lan")
        for key, status in [("ctrl+z", Status.RECORDED), ("ctrl+y", Status.IN_PROGRESS)]:
            await person.press(key)
            await person.at(UndoDialog)
            await person.sees("Marked: VL-2025-013", "by Lan")
            await person.press("enter")
            await person.until(lambda: person.app.screen is person.app.register_room)
            commitments = person.app.tracker.commitments
            assert commitments.show("VL-2025-013", as_of=DAY).commitment.status is status
        await open_history(person)
        await person.sees("Redone", "Undone", "Marked")
        await person.press("down", "down", "delete")
        await person.at(UndoDialog)
        await person.sees("Undo", "Marked: VL-2025-013")
        await person.press("f9")
        await person.until(lambda: not isinstance(person.app.screen, UndoDialog))
        assert commitments.show("VL-2025-013", as_of=DAY).commitment.status is Status.RECORDED
        await person.press("home", "delete")
        await person.at(UndoDialog)
        await person.sees("Redo it (F9)", "Marked: VL-2025-013")
        await person.press("f9")
        await person.until(lambda: not isinstance(person.app.screen, UndoDialog))
        assert commitments.show("VL-2025-013", as_of=DAY).commitment.status is Status.IN_PROGRESS


async def test_undo_says_what_will_change_back(seeded: FixedSettings) -> None:
    async with opened(seeded, (110, 30)) as person:
        mark(person, "VL-2025-013", "Begun [b]now[/b].", "Lan")
        await person.press("ctrl+z")
        await person.at(UndoDialog)
        await person.sees("VL-2025-013  Carry out the Hà Nội - Vientiane expressway")
        await person.sees("Status: In progress → Newly recorded", "the note “Begun [b]now[/b].” counts no longer")
        await person.press("f9")
        await person.until(lambda: not isinstance(person.app.screen, UndoDialog))
        await person.press("ctrl+y")
        await person.sees("Status: Newly recorded → In progress", "counts again")


async def test_undo_of_a_batch_counts_and_names_the_first(seeded: FixedSettings) -> None:
    async with opened(seeded, (110, 40)) as person:
        refs = [f"VL-2025-{number:03d}" for number in range(1, 9)]
        command = RecordStatus(
            commitments=tuple(Seen(ref=ref) for ref in refs), status=Status.IN_PROGRESS, note="All begun."
        )
        person.app.tracker.commitments.record_status(command, Hand("Lan", "tui", DAY))
        await person.press("ctrl+z")
        await person.at(UndoDialog)
        await person.sees("and 2 more", "VL-2025-001  Keep deepening relations", "VL-2025-002  Deepen", "…")
        assert person.screen.count("Status: In progress → Newly recorded") == 3


async def test_another_day_is_not_undone(desk: Open) -> None:
    async with desk((100, 30)) as person:
        person.app.show_day(DAY.replace(day=1))
        await person.press("ctrl+z")
        await person.hears("the register is changed only as it is today")
