"""What happens when keys, answers and other windows come at the wrong moment."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.widgets import Button

from tests.tui.desk import DAY, Open, Person
from tests.tui.test_drafts import files, typed_on_disk
from tests.tui.test_forms import REF, opened, shown
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.views import CommitmentDetail
from tracker.errors import DatabaseUnreachable
from tracker.tui.forms import open_act
from tracker.tui.screens.help import HelpRoom
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.room import COUNT
from tracker.tui.screens.tell import NoteDialog
from tracker.tui.screens.today import TodayRoom
from tracker.tui.screens.undo import UndoDialog
from tracker.tui.screens.write import WriteDialog
from tracker.tui.state import Remembered
from tracker.tui.widgets.bars import Notice


def hold(service: Any, name: str, *, times: int = 1) -> Event:
    """The next calls of that method wait until the event is set."""
    gate, own, left = Event(), getattr(service, name), [times]

    def held(*args: Any, **named: Any) -> Any:
        if left[0]:
            left[0] -= 1
            assert gate.wait(20)
        return own(*args, **named)

    vars(service)[name] = held
    return gate


def note_on(person: Person) -> None:
    room = person.room
    vars(room)["chosen"] = lambda: (Seen(ref=REF),)
    open_act(room, "note")


async def counting(person: Person, monkeypatch: pytest.MonkeyPatch) -> Event:
    """A filter whose rows are there, and whose number is still being counted."""
    monkeypatch.setattr("tracker.tui.asking.BLOCK", 10)
    monkeypatch.setattr("tracker.tui.widgets.commitment_list.BLOCK", 10)
    gate = hold(person.app.tracker.commitments, "count")
    person.app.register_room.filter_by("is:open")
    await person.sees("counting …")
    await person.until(lambda: any(worker.group == COUNT for worker in person.app.workers), "to count")
    return gate


async def test_what_is_typed_before_the_form_is_filled_is_not_lost(desk: Open) -> None:
    async with desk() as person:
        gate = hold(person.app.tracker.commitments, "show")
        note_on(person)
        dialog = await person.at(NoteDialog)
        dialog.form.fields["note"].go_there()
        await person.pilot.pause()
        await person.write("Typed at once")
        gate.set()
        await person.until(lambda: dialog._ready)
        assert dialog.form.typed["note"] == "Typed at once"
        await person.press("escape")
        await person.hears("it is here again when you open this form")
        assert files()


async def test_leaving_before_the_form_is_filled_keeps_the_older_draft(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of a question that takes long the first Esc gives up the question.
    monkeypatch.setattr("tracker.tui.screens.room.PATIENCE", 60.0)
    async with desk() as person:
        await opened(person, "note", NoteDialog)
        await person.write("Long and thoughtful")
        await person.press("escape")
        await person.at(RegisterRoom)
        gate = hold(person.app.tracker.commitments, "show")
        note_on(person)
        dialog = await person.at(NoteDialog)
        dialog.form.fields["note"].go_there()
        await person.pilot.pause()
        await person.write("x")
        await person.press("escape")
        assert "will be lost" in dialog.query_one(".answer", Notice).said
        await person.press("escape")
        await person.at(RegisterRoom)
        gate.set()
        again = await opened(person, "note", NoteDialog)
        assert "Long and thoughtful" in again.form.typed["note"]


async def test_a_form_that_could_not_look_looks_again_when_asked(desk: Open) -> None:
    async with desk() as person:
        await opened(person, "note", NoteDialog)
        await person.write("Written before")
        await person.press("escape")
        await person.at(RegisterRoom)
        commitments = person.app.tracker.commitments
        own, lost = commitments.show, [True]

        def show(*args: Any, **named: Any) -> CommitmentDetail:
            if lost[0]:
                raise DatabaseUnreachable("the server", "it is gone")
            return own(*args, **named)

        vars(commitments)["show"] = show
        note_on(person)
        dialog = await person.at(NoteDialog)
        await person.until(lambda: "it is gone" in dialog.query_one(".answer", Notice).said)
        lost[0] = False
        await person.press("f9")
        await person.until(lambda: dialog._ready, "the form to be filled")
        assert dialog.form.typed["note"] == "Written before"
        await person.press("f9")
        await person.at(RegisterRoom)
        assert "Written before" in str(shown(person).updates)


async def test_two_windows_and_one_draft(desk: Open) -> None:
    async with desk() as person:
        await opened(person, "note", NoteDialog)
        await person.write("In this window")
        await typed_on_disk(person, "In this window")
        # Another window saves its own text of the same form.
        for file in files():
            file.unlink()
        await person.press("escape")
        await person.hears("it is here again when you open this form")
        assert files()


def test_two_windows_remember_each_its_own(tmp_path: Path) -> None:
    file = tmp_path / "interface.json"
    one, other = Remembered(file), Remembered(file)
    one.keep("theme", "day")
    other.keep("language", "vi")
    again = Remembered(file)
    assert (again.text("theme"), again.text("language")) == ("day", "vi")


def test_what_is_remembered_may_be_hostile(tmp_path: Path) -> None:
    file = tmp_path / "interface.json"
    file.write_text('{"theme": "\\ud800", "language": "en"}')
    Remembered(file).keep("language", "vi")
    assert Remembered(file).text("language") == "vi"
    assert [each.name for each in tmp_path.iterdir()] == ["interface.json"]


async def test_a_draft_does_not_stop_the_counting_beneath(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as person:
        gate = await counting(person, monkeypatch)
        await opened(person, "note", NoteDialog)
        await person.write("x")
        await typed_on_disk(person, "x")
        await person.press("escape")
        await person.at(RegisterRoom)
        gate.set()
        await person.until(lambda: "counting …" not in person.screen, "the count")


async def test_a_refused_act_does_not_end_the_counting_beneath(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as person:
        gate = await counting(person, monkeypatch)
        dialog = await opened(person, "note", NoteDialog)

        def lost(*_args: object) -> None:
            raise DatabaseUnreachable("the server", "it is gone")

        vars(person.app.tracker.commitments)["record_status"] = lost
        await person.write("x")
        await person.press("f9")
        await person.until(lambda: "it is gone" in dialog.query_one(".answer", Notice).said)
        await person.press("escape")
        await person.at(RegisterRoom)
        gate.set()
        await person.until(lambda: "counting …" not in person.screen, "the count")


async def test_from_the_help_of_a_form_nobody_goes_to_another_day(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "note", NoteDialog)
        await person.write("Said.")
        await person.press("f1")
        await person.at(HelpRoom)
        for key in ("f6", "f12", "f3", "f7", "insert"):
            await person.press(key)
            await person.pilot.pause()
            assert isinstance(person.app.screen, HelpRoom), key
        assert person.app.shows_today
        await person.press("escape")
        assert person.app.screen is dialog
        assert dialog.form.typed["note"] == "Said."


async def test_on_another_day_no_view_is_kept_or_dropped(desk: Open) -> None:
    async with desk() as person:
        person.app.show_day(DAY.replace(day=1))
        await person.pilot.pause()
        await person.app.screen.run_action("keep_view")
        await person.pilot.pause()
        assert isinstance(person.app.screen, RegisterRoom)
        await person.hears("the register is changed only as it is today")


async def test_a_follow_up_is_not_done_for_one_of_many_in_silence(desk: Open) -> None:
    async with desk() as person:
        vars(person.room)["chosen"] = lambda: (Seen(ref=REF), Seen(ref="VL-2025-004"))
        open_act(person.room, "follow_up_done")
        await person.hears("for one commitment at a time")


async def test_all_that_match_can_be_selected_again_when_gathering_failed(desk: Open) -> None:
    async with desk() as person:
        await person.has_rows()

        def lost(*_args: object, **_named: object) -> None:
            raise DatabaseUnreachable("the server", "it is gone")

        vars(person.app.tracker.commitments)["refs"] = lost
        await person.press("ctrl+a")
        await person.hears("it is gone")
        assert not person.rows.selection


async def test_what_was_discarded_comes_back_with_the_same_key(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "note", NoteDialog)
        await person.write("A long thought")
        await typed_on_disk(person, "A long thought")
        await person.press("f8")
        await person.sees("F8 brings it back")
        assert dialog.form.typed["note"] == ""
        await person.until(lambda: not files())
        await person.press("f8")
        await person.pilot.pause()
        assert dialog.form.typed["note"] == "A long thought"
        await typed_on_disk(person, "A long thought")


async def test_undo_from_one_history_names_all_that_the_act_changed(desk: Open) -> None:
    async with desk((80, 24), room="history") as person:
        refs = (REF, "VL-2025-004", "VL-2025-026")
        tracker = person.app.tracker
        noted = RecordStatus(commitments=tuple(Seen(ref=ref) for ref in refs), status=None, note="All three.")
        tracker.commitments.record_status(noted, tracker.hand("tui"))
        await person.press("f5")
        await person.sees("All three.")
        await person.press("home", "ctrl+o")
        await person.sees("of VL-2025-")
        await person.settles()
        await person.press("delete")
        dialog = await person.at(UndoDialog)
        await person.sees(*refs)
        assert dialog.about == set(refs)


async def test_the_act_that_another_window_took_back_meanwhile_is_told(desk: Open) -> None:
    async with desk(room="history") as person:
        tracker = person.app.tracker
        noted = RecordStatus(commitments=(Seen(ref=REF),), status=None, note="Once.")
        done = tracker.commitments.record_status(noted, tracker.hand("tui"))
        await person.press("f5")
        await person.sees("Once.")
        await person.press("home", "delete")
        dialog = await person.at(UndoDialog)
        await person.until(lambda: not dialog.query_one("#save", Button).disabled)
        tracker.commitments.undo(tracker.hand("tui"), act=done.act)
        await person.press("f9")
        await person.until(lambda: dialog.query_one(Notice).said, "to be told why not")
        assert person.app.screen is dialog


async def test_a_file_that_is_asked_for_twice_is_written_once(desk: Open, tmp_path: Path) -> None:
    async with desk(room="reports") as person:
        await person.settles()
        await person.press("f9")
        dialog = await person.at(WriteDialog)
        path = tmp_path / "report.md"
        dialog._path.editor.value = str(path)
        gate = hold(person.app.tracker.reports, "overdue")
        await person.press("enter", "enter")
        assert person.app.screen is dialog
        gate.set()
        await person.until(lambda: person.app.screen is not dialog)
        await person.hears("is written to")
        assert path.exists()


async def test_a_draft_from_before_a_colleagues_change_says_so(desk: Open) -> None:
    async with desk() as person:
        await opened(person, "note", NoteDialog)
        await person.write("On what I saw")
        await person.press("escape")
        dialog = await opened(person, "note", NoteDialog)
        assert "has been changed since" not in dialog.query_one(".draft", Notice).said
        await person.press("escape")
        await person.at(RegisterRoom)
        tracker = person.app.tracker
        noted = RecordStatus(commitments=(Seen(ref=REF),), status=None, note="Theirs.")
        tracker.commitments.record_status(noted, tracker.hand("tui"))
        dialog = await opened(person, "note", NoteDialog)
        assert dialog.form.typed["note"] == "On what I saw"
        assert "has been changed since" in dialog.query_one(".draft", Notice).said


async def test_today_is_asked_for_whole_after_a_refused_act_too(desk: Open) -> None:
    async with desk((80, 14), room="today") as person:
        await person.sees("35 need you")
        room = person.room
        assert isinstance(room, TodayRoom)
        # The first sections are there, and an act has stopped the question for the others.
        room._total = None
        room.tell()
        person.app.push_screen(UndoDialog())
        await person.at(UndoDialog)
        await person.press("escape")
        await person.sees("35 need you")
