"""Opening: at once, on a new register, and when there is none to be had."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.tui.desk import DAY, FixedSettings, opened
from tracker.tui.app import TrackerApp


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


async def test_the_first_screen_does_not_wait_for_the_register(settings: FixedSettings) -> None:
    app = TrackerApp(replace(settings))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.screen is app.register_room
        await pilot.press("f3", "f4", "f5", "f6", "f12", "down", "enter")
        for _ in range(500):
            if app.is_open:
                break
            await pilot.pause(0.01)
    app.close_tracker()


def test_the_interface_is_painted_before_the_database_library_loads() -> None:
    code = "import sys, tracker.tui.app; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
