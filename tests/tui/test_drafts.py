"""What is typed outlives a crash, a conflict, a lost database and a wrong Esc; what is saved or discarded is gone."""

from __future__ import annotations

import json
import os
import signal
import stat
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from tests.tui.desk import PATIENCE, Open, Person
from tests.tui.terminal import command_line, environment_in, in_a_pty
from tests.tui.test_forms import REF, fill, opened, saved
from tracker.errors import DatabaseUnreachable
from tracker.tui.drafts import KEPT_FOR, Draft, Drafts, drafts_folder, forget_old
from tracker.tui.screens.edit import EditDialog
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.tell import NoteDialog
from tracker.tui.widgets.bars import Notice


def drafts(folder: Path) -> Drafts:
    return Drafts(folder / "drafts", "sqlite:///register", "Asia/Ho_Chi_Minh")


def files() -> list[Path]:
    folder = drafts_folder()
    return sorted(folder.iterdir()) if folder.exists() else []


async def typed_on_disk(person: Person, text: str) -> None:
    await person.until(lambda: any(text in file.read_text(encoding="utf-8") for file in files()), f"{text} on disk")


def draft_said(person: Person) -> str:
    return person.app.screen.query_one(".draft", Notice).said


# The files


def test_a_draft_is_the_persons_alone_and_comes_back_as_typed(tmp_path: Path) -> None:
    draft = drafts(tmp_path).of("edit", "B", "A")
    assert draft.find() is None
    assert draft.keep({"note": "Ghi chú\nhai dòng [/]"})
    (file,) = (tmp_path / "drafts").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    found = drafts(tmp_path).of("edit", "A", "B").find()
    assert found is not None
    assert found.typed == {"note": "Ghi chú\nhai dòng [/]"}
    for other in (("edit", "A"), ("mark", "A", "B")):
        assert drafts(tmp_path).of(*other).find() is None
    assert Drafts(tmp_path / "drafts", "another", "UTC").of("edit", "A", "B").find() is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff garbage",
        b"[]",
        b"{}",
        b'{"draft": 2, "of": "NAME", "typed": {"note": "x"}}',
        b'{"draft": 1, "of": "somebody else", "typed": {"note": "x"}}',
        b'{"draft": 1, "of": "NAME", "typed": ["x"]}',
        b'{"draft": 1, "of": "NAME", "typed": {"note": 5}}',
        b"[" * 100_000,
        b" " * ((1 << 20) + 1),
    ],
    ids=range(10),
)
def test_garbage_and_foreign_files_are_no_drafts(tmp_path: Path, content: bytes) -> None:
    draft = drafts(tmp_path).of("edit", REF)
    assert draft.keep({"note": "x"})
    (file,) = (tmp_path / "drafts").iterdir()
    file.write_bytes(content.replace(b"NAME", file.stem.encode()))
    assert draft.find() is None


def test_links_folders_and_pipes_are_no_drafts(tmp_path: Path) -> None:
    draft = drafts(tmp_path).of("edit", REF)
    assert draft.keep({"note": "x"})
    (file,) = (tmp_path / "drafts").iterdir()
    elsewhere = tmp_path / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    assert draft.find() is None
    file.unlink()
    os.mkfifo(file)
    assert draft.find() is None
    file.unlink()
    file.mkdir()
    assert draft.find() is None
    assert not draft.keep({"note": "y"})
    assert elsewhere.exists()


def test_control_characters_in_a_draft_are_shown_and_do_nothing(tmp_path: Path) -> None:
    draft = drafts(tmp_path).of("edit", REF)
    draft.keep({"note": "a\x1b]0;owned\x07b\nc"})
    found = draft.find()
    assert found is not None
    assert found.typed == {"note": "a␛]0;owned␇b\nc"}


def test_what_comes_after_saving_is_not_kept(tmp_path: Path) -> None:
    draft = drafts(tmp_path).of("edit", REF)
    draft.keep({"note": "x"})
    draft.drop()
    assert not draft.keep({"note": "late"})
    assert not list((tmp_path / "drafts").iterdir())


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop() -> None:
    draft = Draft(Path("/dev/null/drafts/a.json"), "a", "UTC", "edit", ())
    assert not draft.keep({"note": "x"})
    draft.drop()
    assert draft.find() is None


def test_drafts_that_nobody_came_back_for_go(tmp_path: Path) -> None:
    draft = drafts(tmp_path).of("edit", REF)
    draft.keep({"note": "x"})
    (file,) = (tmp_path / "drafts").iterdir()
    began = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    forget_old(tmp_path / "drafts", began + KEPT_FOR - timedelta(days=1))
    assert draft.find() is not None
    forget_old(tmp_path / "drafts", began + KEPT_FOR + timedelta(days=1))
    assert draft.find() is None
    forget_old(tmp_path / "nowhere", began)


# In the forms


async def test_leaving_by_mistake_loses_nothing(desk: Open) -> None:
    async with desk((80, 24)) as person:
        await opened(person, "note", NoteDialog)
        await person.write("Half a sentence")
        await person.press("escape")
        await person.at(RegisterRoom)
        await person.hears("it is here again when you open this form")
        dialog = await opened(person, "note", NoteDialog)
        assert dialog.form.typed["note"] == "Half a sentence"
        assert "is here again. F8 discards it." in draft_said(person)
        await person.sees("Half a sentence", "F8 discards it")
        await person.press("f8")
        await person.pilot.pause()
        assert dialog.form.typed["note"] == ""
        assert not draft_said(person)
        assert not files()
        await person.press("escape")
        await person.at(RegisterRoom)
        other = await opened(person, "note", NoteDialog)
        assert other.form.typed["note"] == ""


async def test_what_is_discarded_is_the_choice_too(desk: Open) -> None:
    async with desk((80, 24)) as person:
        await person.press("f4")
        dialog = await person.at(MarkDialog)
        await person.settles()
        await person.press("enter", *["down"] * 6, "enter")
        await person.until(lambda: dialog.form.typed.get("status"), "a status")
        await person.until(lambda: "done" in dialog.form.typed, "what it asks for")
        await person.write("x")
        await person.press("f8")
        await person.until(lambda: not dialog.form.typed["status"], "no status")
        await person.sees("choose …")
        assert "done" not in dialog.form.typed
        await person.press("f8")
        await person.until(lambda: dialog.form.typed["status"], "the status again")
        assert dialog.form.typed["done"] == "x"


async def test_the_draft_of_another_commitment_is_another(desk: Open) -> None:
    async with desk() as person:
        await opened(person, "note", NoteDialog)
        await person.write("About the motorway")
        await person.press("escape")
        other = await opened(person, "note", NoteDialog, "VL-2025-026")
        assert other.form.typed["note"] == ""


async def test_what_is_saved_leaves_no_draft(desk: Open) -> None:
    async with desk() as person:
        await opened(person, "note", NoteDialog)
        await person.write("Said.")
        await typed_on_disk(person, "Said.")
        await saved(person)
        assert not files()


async def test_taking_the_text_away_takes_the_draft_away(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "note", NoteDialog)
        await person.write("Said.")
        await typed_on_disk(person, "Said.")
        await fill(person, dialog, note="")
        await person.until(lambda: not files())


async def test_a_lost_database_loses_no_text(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "note", NoteDialog)

        def lost(*_args: object) -> None:
            raise DatabaseUnreachable("the server", "it is gone")

        vars(person.app.tracker.commitments)["record_status"] = lost
        await person.write("Written in vain?")
        await person.press("f9")
        await person.until(lambda: "it is gone" in dialog.query_one(".answer", Notice).said)
        await typed_on_disk(person, "Written in vain?")
    async with desk() as person:
        dialog = await opened(person, "note", NoteDialog)
        assert dialog.form.typed["note"] == "Written in vain?"


async def test_a_draft_of_an_edit_comes_back_over_what_is_there(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "edit", EditDialog)
        title = dialog.form.typed["title_vi"]
        rows = dialog.form.fields["parties"].editor.rows  # type: ignore[attr-defined]
        rows[-1].line.value = "Bộ Ngoại giao"
        await fill(person, dialog, title_en="Another title")
        await person.press("escape")
        await person.at(RegisterRoom)
        (file,) = files()
        assert set(json.loads(file.read_text())["typed"]) == {"title_en", "parties"}
        again = await opened(person, "edit", EditDialog)
        await person.pilot.pause()
        assert again.form.typed["title_en"] == "Another title"
        assert again.form.typed["title_vi"] == title
        assert "Bộ Ngoại giao" in again.form.typed["parties"]
        assert set(again.form.changed) == {"title_en", "parties"}


async def test_a_form_that_was_left_half_filled_is_named_at_the_next_start(desk: Open) -> None:
    async with desk() as person:
        await opened(person, "note", NoteDialog)
        await person.write("Half a sentence")
        await person.press("escape")
    async with desk() as person:
        await person.hears("What you typed and did not save is kept:")
        await person.hears(f"{REF} · Add a note: Ctrl+N there")
        dialog = await opened(person, "note", NoteDialog)
        assert dialog.form.typed["note"] == "Half a sentence"
        await saved(person)
    async with desk() as person:
        await person.settles()
        assert not any("did not save" in each.message for each in person.app._notifications)


def test_the_forms_that_wait_are_those_of_this_register_the_latest_first(tmp_path: Path) -> None:
    ours = drafts(tmp_path)
    assert ours.waiting() == ()
    for at, (act, refs) in enumerate([("edit", ("B", "A")), ("add", ()), ("note", (REF,))]):
        ours.of(act, *refs).keep({"note": "x"})
        newest = max((tmp_path / "drafts").glob("*.json"), key=lambda file: file.stat().st_ctime_ns)
        os.utime(newest, (1_000_000 + at, 1_000_000 + at))
    Drafts(tmp_path / "drafts", "another", "UTC").of("edit", "C").keep({"note": "x"})
    (tmp_path / "drafts" / "old.json").write_text('{"draft": 1, "act": "edit", "refs": ["D"], "typed": {"note": "x"}}')
    (tmp_path / "drafts" / "bad.json").write_text('{"act": "edit", "refs": [5]}')
    assert [(each.act, each.refs) for each in ours.waiting()] == [("note", (REF,)), ("add", ()), ("edit", ("B", "A"))]


# pty.fork in a process with threads: the child calls nothing but exec.
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_killed_program_has_kept_what_was_typed(tmp_path: Path) -> None:
    command, environment = command_line(), environment_in(tmp_path)
    with in_a_pty(command, environment, tmp_path, (100, 40)) as terminal:
        terminal.sees("need you", "VL-2025-026")
        terminal.press("F4")
        terminal.sees("New status")
        terminal.press("Enter")
        terminal.sees("Withdrawn")
        terminal.press("Down", "Down", "Down", "Enter")
        terminal.sees("One of these is enough: evidence, note.")
        terminal.write("To\x7fô\x7fổ công tác đã họp")
        terminal.sees("Tổ công tác đã họp")
        end = monotonic() + PATIENCE
        while not any("h\\u1ecdp" in file.read_text() for file in tmp_path.rglob("drafts/*.json")):
            assert monotonic() < end, terminal.screen
            terminal._read(0.05)
        os.kill(terminal._child, signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL
    with in_a_pty(command, environment, tmp_path, (100, 40)) as terminal:
        terminal.sees("need you", "VL-2025-026", "did not save is kept", "Mark status: F4 there")
        terminal.press("F4")
        terminal.sees("is here again. F8 discards it.", "Tổ công tác đã họp", "In progress")
        terminal.press("F9")
        terminal.sees("is marked")
        terminal.press("F10")
        assert terminal.ends() == 0
