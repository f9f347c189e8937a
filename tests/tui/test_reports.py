"""Reports: the overdue report, on the screen, and in a file that is there whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.widgets import Select, SelectionList

from tests.tui.desk import DAY, Open, Person
from tracker.domain.lateness import OverdueReport
from tracker.domain.views import CommitmentView
from tracker.errors import FileProblem
from tracker.reports.files import write_whole
from tracker.reports.forms import FORMS
from tracker.reports.model import Report
from tracker.tui.kinds import KINDS
from tracker.tui.screens import reports as reports_room
from tracker.tui.screens import write
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.reports import ReportsRoom
from tracker.tui.screens.write import WriteDialog
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.report_list import ReportList
from tracker.tui.widgets.typed import TextLine


async def open_report(person: Person) -> ReportList:
    await person.press("f3", "p")
    room = await person.at(ReportsRoom)
    rows = room.query_one(ReportList)
    await person.until(lambda: rows.current, "the report")
    return rows


async def write_as(person: Person, path: str, form: str = "md") -> None:
    await person.press("f9")
    dialog = await person.at(WriteDialog)
    dialog.query_one(Select).value = form
    await person.pilot.pause()
    await person.press("ctrl+u")
    await person.write(path)
    await person.press("f9")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_how_late_it_is_stands_in_a_column_of_its_own(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size, room="reports") as person:
        await person.sees("Overdue (4)", "Late/left", "289 late", "325 late")


async def type_choice(person: Person, text: str) -> None:
    line = person.app.screen.query_one("#choice", TextLine)
    await person.settles()
    line.focus()
    await person.until(lambda: person.app.focused is line, "the cursor in the report's own line")
    await person.write(text)


async def test_the_sum_the_sections_and_the_leads(desk: Open) -> None:
    async with desk((120, 50)) as person:
        rows = await open_report(person)
        await person.sees("Total 37 = ", "4 open, overdue", "Overdue (4)", "Ministry of Foreign Affairs")
        assert rows.current is not None
        assert rows.current.ref == "VL-2026-001"
        await person.press("down", "down", "down")
        assert rows.current.ref == "VL-2025-026"
        await person.press("enter")
        await person.at(DetailRoom)
        await person.press("escape")
        await person.at(ReportsRoom)
        assert rows.current.ref == "VL-2025-026"


async def test_leads_stand_together_and_say_who_named_them(desk: Open) -> None:
    async with desk((160, 50)) as person:
        reports = person.app.tracker.reports
        overdue = reports.overdue

        @contextmanager
        def one_is_stated(**named: Any) -> Iterator[OverdueReport]:
            with overdue(**named) as report:
                yield replace(report, sections={name: map(stated, rows) for name, rows in report.sections.items()})

        vars(reports)["overdue"] = one_is_stated
        rows = await open_report(person)
        await person.sees("VL-2026-001", "Overdue (4)")
        screen = [line.strip() for line in person.screen.splitlines()]
        overdue_ones = screen[: next(at for at, line in enumerate(screen) if line.startswith("Review due"))]
        ministry = [line for line in overdue_ones if line.startswith("Ministry of Foreign Affairs")]
        assert ministry == ["Ministry of Foreign Affairs (Viet Nam) (stated in the source, proposed)"]
        assert rows.current is not None
        said = dict(zip(rows.current.heads, rows.current.cells, strict=True))
        assert said["Lead"] == "proposed"


def stated(view: CommitmentView) -> CommitmentView:
    """VL-2026-002 with a lead that its source names."""
    if view.ref != "VL-2026-002":
        return view
    return replace(
        view, parties=tuple(replace(each, basis="stated") if each.role == "lead" else each for each in view.parties)
    )


async def test_esc_goes_back_to_the_same_row_and_scroll(desk: Open) -> None:
    async with desk() as person:
        await person.press("end", "up", "up")
        before = (person.rows.cursor, person.rows.scroll_offset.y)
        await open_report(person)
        await person.press("escape")
        await person.at(RegisterRoom)
        assert (person.rows.cursor, person.rows.scroll_offset.y) == before
        assert before[1] > 0


async def test_a_long_section_says_how_many_more(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports_room, "SHOWN", 3)
    async with desk((120, 60)) as person:
        await open_report(person)
        await person.sees("The first 3 of 4 are shown.")


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if form.text and name != "eml"])
async def test_every_format_is_written_whole(desk: Open, tmp_path: Path, form: str) -> None:
    async with desk() as person:
        await open_report(person)
        file = tmp_path / f"report.{form}"
        await write_as(person, str(file), form)
        await person.at(ReportsRoom)
        await person.hears(str(file))
        text = file.read_text()
        assert "VL-2026-001" in text
        assert "VL-2025-034" in text
        if form == "json":
            assert json.loads(text)["total"] == 37
        assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


async def test_a_file_that_is_there_is_replaced_only_when_asked_twice(desk: Open, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text("mine")
    async with desk() as person:
        await open_report(person)
        await write_as(person, str(file))
        dialog = await person.at(WriteDialog)
        await person.until(lambda: "exists already" in dialog.query_one(Notice).said)
        assert file.read_text() == "mine"
        await person.press("f9")
        await person.at(ReportsRoom)
        assert "VL-2026-001" in file.read_text()


async def test_what_was_said_of_one_file_is_not_said_of_another(
    desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk() as person:
        await open_report(person)
        await person.press("f9")
        dialog = await person.at(WriteDialog)
        await person.until(lambda: person.app.focused is dialog.query_one(TextLine), "the cursor in the name")
        await person.settles()
        # The name that is proposed is replaced by what is typed.
        await person.press(*"mine.md")
        Path("mine.md").write_text("mine")
        await person.press("f9")
        await person.until(lambda: "exists already" in dialog.query_one(Notice).said)
        dialog.query_one(Select).value = "json"
        await person.until(lambda: dialog.query_one(TextLine).value == "mine.json")
        await person.pilot.pause()
        assert not dialog.query_one(Notice).said
        dialog.query_one(Select).value = "md"
        await person.until(lambda: dialog.query_one(TextLine).value == "mine.md")
        await person.press("f9")
        await person.until(lambda: "exists already" in dialog.query_one(Notice).said)
        assert Path("mine.md").read_text() == "mine"


async def test_a_home_that_nobody_has_is_said_beside_the_path(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as person:
        await open_report(person)
        monkeypatch.delenv("HOME")
        monkeypatch.setattr("os.path.expanduser", lambda path: path)
        for typed in ("~", "~nosuchuser/x"):
            await write_as(person, typed)
            dialog = await person.at(WriteDialog)
            await person.sees(f"There is no {typed}.")
            assert not dialog.query_one(Notice).said
            await person.press("escape")
            await person.at(ReportsRoom)


async def test_a_folder_that_is_not_there_is_named(desk: Open, tmp_path: Path) -> None:
    async with desk() as person:
        await open_report(person)
        await write_as(person, str(tmp_path / "nowhere" / "report.md"))
        dialog = await person.at(WriteDialog)
        await person.until(lambda: "nowhere" in dialog.query_one(Notice).said)


def test_a_report_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text("before")

    def pieces() -> Iterator[str]:
        yield "half of it"
        raise OSError("no more room")

    with pytest.raises(FileProblem):
        write_whole(file, pieces(), replace=True)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


async def test_the_proposed_name_has_the_day(desk: Open) -> None:
    async with desk() as person:
        await open_report(person)
        await person.press("f9")
        await person.at(WriteDialog)
        await person.sees(f"overdue-{DAY.isoformat()}.md")


async def test_whose_report_it_is_is_chosen_seen_and_written(desk: Open, tmp_path: Path) -> None:
    async with desk((120, 40)) as person:
        rows = await open_report(person)
        await person.press("f2")
        await person.write("Hà Nội")
        await person.until(lambda: rows.current and rows.current.ref == "VL-2025-026", "that lead's report")
        await person.sees("Overdue (1)")
        await person.press("enter")
        file = tmp_path / "report.csv"
        await write_as(person, str(file), "csv")
        await person.at(ReportsRoom)
        assert "VL-2025-026" in file.read_text()
        assert "VL-2026-001" not in file.read_text()
        await person.press("f2", "tab")
        await person.write("zzzz")
        await person.sees("zzzz")
        await person.press("escape", "escape")
        await person.at(ReportsRoom)
        assert rows.has_focus
        await person.press("escape")
        await person.at(RegisterRoom)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
async def test_what_an_office_works_with_is_written(desk: Open, tmp_path: Path, form: str) -> None:
    async with desk() as person:
        await open_report(person)
        file = tmp_path / f"report.{form}"
        await write_as(person, str(file), form)
        await person.at(ReportsRoom)
        await person.hears(str(file))
        assert file.read_bytes()[:4] == (b"%PDF" if form == "pdf" else b"PK\x03\x04")


@pytest.mark.parametrize("language", ["en", "vi"])
async def test_every_report_is_chosen_seen_and_written(desk: Open, tmp_path: Path, language: str) -> None:
    async with desk((120, 40), language) as person:
        await open_report(person)
        room = await person.at(ReportsRoom)
        await person.press("f2", "tab")
        await person.write("la")
        await person.press("enter")
        for kind in KINDS:
            room.query_one("#kind", Select).value = kind.name
            await person.sees(kind.says(), "Tổng cộng" if language == "vi" and kind.name == "overdue" else " ")
            await person.until(lambda: room._report is not None, f"the report {kind.name}")
            file = tmp_path / f"{kind.name}.md"
            await write_as(person, str(file), "md")
            await person.at(ReportsRoom)
            await person.until(file.exists)
            assert file.read_text().startswith("# ")


async def test_in_the_other_language_the_report_is_in_it_too(desk: Open) -> None:
    async with desk((120, 40)) as person:
        await open_report(person)
        await person.sees("Overdue report", "Total")
        await person.press("f7")
        await person.sees("Báo cáo quá hạn", "Tổng cộng", "Chủ trì")
        await person.until(lambda: not re.search("Overdue|Total|Title", person.screen), "nothing of the other language")


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("overdue", "partner", "Laos"),
        ("due", "90", "Due within 90 days"),
        ("changes", "2026-11-01", "1 Nov 2026"),
        ("scorecard", "year", "2027"),
        ("plan", "2030", "2030"),
    ],
)
async def test_what_only_one_report_asks_is_typed_seen_and_written(
    desk: Open, tmp_path: Path, kind: str, typed: str, said: str
) -> None:
    async with desk((120, 40)) as person:
        rows = await open_report(person)
        room = await person.at(ReportsRoom)
        room.query_one("#kind", Select).value = kind
        await person.until(lambda: room._kind.name == kind and room._report is not None, kind)
        await type_choice(person, typed)
        await person.until(lambda: room._asked.choice == typed, "what was typed is asked")
        await person.settles()
        await person.press("enter")
        assert rows.has_focus
        file = tmp_path / "report.md"
        await write_as(person, str(file))
        await person.at(ReportsRoom)
        assert said in file.read_text()


async def test_what_a_report_cannot_be_asked_is_said(desk: Open) -> None:
    async with desk((120, 40)) as person:
        await open_report(person)
        room = await person.at(ReportsRoom)
        await type_choice(person, "people")
        await person.sees("“people”", "lead, partner")
        room.query_one("#kind", Select).value = "due"
        await person.until(lambda: not room.query_one("#choice", TextLine).value, "the other report's line is empty")
        await type_choice(person, "soon")
        await person.sees("“soon”")


async def test_parts_are_chosen(desk: Open, tmp_path: Path) -> None:
    async with desk((120, 40)) as person:
        await open_report(person)
        await person.press("f9")
        dialog = await person.at(WriteDialog)
        await person.sees("Charts", "Overdue (4)", "Suspended (0)")
        choice = dialog.query_one(SelectionList)
        choice.deselect_all()
        await person.press("f9")
        await person.until(lambda: dialog.query_one(Notice).said, "that nothing is left")
        choice.focus()
        await person.press("home", "down", "space")
        assert choice.selected == ["overdue"]
        file = tmp_path / "report.md"
        dialog.query_one(TextLine).value = str(file)
        await person.press("f9")
        await person.at(ReportsRoom)
        text = file.read_text()
        assert "Overdue (4)" in text
        assert "| Total | 37 |" in text
        assert "Suspended (0)" not in text
        assert "Overdue by band" not in text


async def test_a_write_that_is_stopped_leaves_no_file(
    desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "TOLD_EVERY", 0.0)
    going_on = Event()

    def slow(form: str, report: Report, **told: Any) -> Iterator[str]:
        for place, row in enumerate(report.rows()):
            yield str(row["ref"])
            if place == 1:
                assert going_on.wait(10)
        yield "the end"

    monkeypatch.setattr(write, "draw", slow)
    async with desk((120, 40)) as person:
        await open_report(person)
        await write_as(person, str(tmp_path / "report.md"))
        dialog = await person.at(WriteDialog)
        await person.sees("rows are written", "Esc stops it")
        assert dialog.is_acting
        await person.press("escape")
        going_on.set()
        await person.sees("No file was written.")
        assert [file.name for file in tmp_path.iterdir() if "report" in file.name] == []
        await person.press("f9")
        await person.at(ReportsRoom)
        assert (tmp_path / "report.md").read_text().endswith("the end")


async def test_the_folder_of_what_was_written_is_opened(
    desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    asked = tmp_path / "asked"
    desktop = tmp_path / "bin" / "xdg-open"
    desktop.write_text(f'#!/bin/sh\nprintf %s "$1" > "{asked}.new" && mv "{asked}.new" "{asked}"\n')
    desktop.chmod(0o755)
    monkeypatch.setenv("PATH", f"{desktop.parent}:/usr/bin:/bin")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with desk((120, 40)) as person:
        await open_report(person)
        await write_as(person, str(tmp_path / "report.md"))
        await person.at(ReportsRoom)
        await person.press("ctrl+o")
        await person.hears("Nothing here can show a folder")
        assert not asked.exists()
        monkeypatch.setenv("DISPLAY", ":0")
        await person.press("ctrl+o")
        await person.until(asked.exists)
        assert asked.read_text() == str(tmp_path)


async def test_a_brief_is_about_somebody_and_has_no_rows_of_another_report_until_it_is_known_who(desk: Open) -> None:
    async with desk((120, 40)) as person:
        rows = await open_report(person)
        room = await person.at(ReportsRoom)
        room.query_one("#kind", Select).value = "brief"
        await person.sees("Partner is needed and cannot be empty.")
        assert rows.current is None
