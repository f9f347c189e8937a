"""The main path of a desk's day: filter, open, mark, report."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from tests.tui.desk import PATIENCE, FixedSettings, Open, Person, opened
from tracker.domain.status import Status
from tracker.i18n import Language
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.reports import ReportsRoom
from tracker.tui.screens.today import TodayRoom
from tracker.tui.screens.write import WriteDialog

SIZES = [(80, 24), (160, 50)]


async def find_the_expressway(person: Person) -> None:
    await person.press("f2")
    await person.at(RegisterRoom)
    await person.until(lambda: person.filter_line.has_focus)
    await person.write("duong cao toc")
    await person.has_rows(1)
    await person.press("enter")
    assert person.app.focused is person.rows
    assert person.rows.current is not None
    assert person.rows.current.ref == "VL-2025-013"


async def mark_in_progress(person: Person, note: str) -> None:
    await person.press("f4")
    await person.at(MarkDialog)
    await person.until(lambda: person.form.status.editor.has_focus, "the form")
    person.form.status.editor.value = Status.IN_PROGRESS
    person.form.note.editor.focus()
    await person.pilot.pause()
    await person.write(note)
    await person.press("f9")
    await person.at(RegisterRoom)


async def test_main_path(seeded: FixedSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(seeded, (160, 50), room="today") as person:
        await person.sees("[Today]", "Overdue · 4", "325 days late")
        await find_the_expressway(person)
        await mark_in_progress(person, "Two sections have been let.\nThe third waits.")
        await person.sees("In progress", "Two sections have been let.", "The third waits.", "is marked")
        await person.press("escape")
        await person.until(lambda: person.rows.length > 30, "the whole register")
        await person.press("escape")
        await person.at(TodayRoom)
        await person.press("f3", "r")
        await person.at(RegisterRoom)
        await person.press("g", "p")
        await person.at(ReportsRoom)
        await person.sees("Total 37 =", "Overdue (4)")
        await person.press("f9")
        await person.at(WriteDialog)
        await person.press("f9")
        await person.at(ReportsRoom)
        written = tmp_path / "overdue-2026-11-21.md"
        assert "VL-2026-001" in written.read_text()
        await person.press("escape")
        await person.at(RegisterRoom)
        shown = person.app.tracker.commitments.show("VL-2025-013", as_of=seeded.day)
        assert shown.commitment.status is Status.IN_PROGRESS
        assert (shown.entries[0].actor, shown.entries[0].channel) == ("Lan", "tui")


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_both_languages_and_sizes(desk: Open, size: tuple[int, int], language: Language) -> None:
    titles = {
        "vi": ("cam kết · 21/11/2026", "Thời hạn", "Triển khai dự án đường", "Lịch sử", "Phía ta"),
        "en": ("[Register]", "Deadline", "Carry out the Hà Nội", "History", "Our side"),
    }[language]
    async with desk(size, language) as person:
        await person.sees(*titles[:2])
        await find_the_expressway(person)
        await person.sees(titles[2], "VL-2025-013")
        await person.press("enter")
        if size[0] < 130:
            await person.at(DetailRoom)
        await person.sees(titles[4])
        await person.press("end")
        await person.sees(titles[3])
        assert all(len(line) <= size[0] for line in person.screen.splitlines())


async def test_the_row_and_the_pane_change_before_anything_is_read_again(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await find_the_expressway(person)
        may_answer = Event()
        vars(person.app.tracker.commitments)["page"] = lambda *_given, **_named: may_answer.wait(PATIENCE)
        await mark_in_progress(person, "Begun.")
        await person.sees("Begun.")
        assert person.rows.current is not None
        assert person.rows.current.status is Status.IN_PROGRESS
        may_answer.set()
