"""Opening: at once, on a new register, and when there is none to be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.tui.desk import DAY, PATIENCE, FixedSettings, Person, opened
from tracker import bootstrap
from tracker.tui.app import TrackerApp
from tracker.tui.screens.help import HelpRoom
from tracker.tui.screens.reports import ReportsRoom
from tracker.tui.screens.today import TodayRoom

Waiting = tuple[Person, Event]


async def test_a_new_register_is_made_and_said_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    settings = FixedSettings(database=url, database_is_default=True, actor="Lan", language="en", day=DAY)
    async with opened(settings) as person:
        await person.has_rows(37)
        await person.hears("A new register was made at")
        await person.hears("new.sqlite, with 37 commitments")


async def test_an_unusable_database_ends_with_its_code_and_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear sir, " * 200)
    for url, said in [
        (f"sqlite:///{tmp_path}/nowhere/tracker.sqlite", "does not exist"),
        (f"sqlite:///{file}", "is something else than a register"),
    ]:
        app = TrackerApp(FixedSettings(url, False, "Lan", "en", day=DAY))
        async with app.run_test() as pilot:
            for _ in range(500):
                if app._exit:
                    break
                await pilot.pause(0.01)
            assert any(said in str(each) for each in app._exit_renderables), app._exit_renderables
            app._exit_renderables.clear()
        assert app.return_code == 7


@asynccontextmanager
async def while_opening(settings: FixedSettings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Waiting]:
    """The interface on a register that opens when it is told to."""
    may_open, open_tracker = Event(), bootstrap.open_tracker

    def slowly(*given: Any, **named: Any) -> bootstrap.Tracker:
        assert may_open.wait(PATIENCE)
        return open_tracker(*given, **named)

    monkeypatch.setattr(bootstrap, "open_tracker", slowly)
    app = TrackerApp(settings)
    try:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            person = Person(app, pilot)
            await person.sees("opening the register")
            yield person, may_open
    finally:
        may_open.set()
        app.close_tracker()


ASKING = ("f4", "f5", "f6", "f12", "ctrl+p", "enter", "down", "end", "escape")


async def test_what_asks_the_register_waits_until_it_is_open(
    settings: FixedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with while_opening(settings, monkeypatch) as (person, may_open):
        for key in ASKING:
            await person.press(key)
            assert isinstance(person.app.screen, TodayRoom), key
        may_open.set()
        await person.has_rows()
        await person.sees("Overdue · 4")


async def test_what_is_typed_while_it_opens_is_asked_when_it_is_open(
    settings: FixedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with while_opening(settings, monkeypatch) as (person, may_open):
        await person.press("f2", *"is:overdue")
        await person.pilot.pause()
        await person.sees("is:overdue", "opening the register")
        may_open.set()
        await person.has_rows(4)
        await person.sees("4 commitments match")


async def test_a_question_before_it_is_open_is_answered_by_a_sentence(
    settings: FixedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with while_opening(settings, monkeypatch) as (person, may_open):
        person.app.go_to("VL-2025-013")
        await person.hears("The register is still being opened.")
        await person.press("escape", "f1")
        await person.at(HelpRoom)
        may_open.set()
        await person.until(lambda: person.app.is_open)
        await person.press("escape", "f3", "p")
        await person.at(ReportsRoom)
        await person.sees("Overdue (")


async def test_the_first_screen_does_not_wait_for_the_register(settings: FixedSettings) -> None:
    app = TrackerApp(replace(settings))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TodayRoom)
        await pilot.press("f3", "f4", "f5", "f6", "f12", "down", "enter")
        for _ in range(500):
            if app.is_open:
                break
            await pilot.pause(0.01)
    app.close_tracker()


def test_the_interface_is_painted_before_the_database_library_loads() -> None:
    code = "import sys, tracker.tui.app; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
