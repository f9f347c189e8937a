"""The same path in tmux, which is how many people keep a terminal open."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.tui.terminal import PATIENCE, a_morning_at_the_desk, command_line, environment_in

SESSION = "desk"


class Tmux:
    """A session of a tmux server of its own."""

    def __init__(self, folder: Path, columns: int, lines: int) -> None:
        self._server = ["tmux", "-S", str(folder / "tmux.socket"), "-f", "/dev/null"]
        self._code = folder / "exit-code"
        words = [f"{name}={value}" for name, value in environment_in(folder).items() if name != "TERM"]
        program = shlex.join(["env", *words, *command_line()])
        self._run(
            *("new-session", "-d", "-s", SESSION, "-c", str(folder), "-x", str(columns), "-y", str(lines)),
            f"{program}; echo $? > {shlex.quote(str(self._code))}; sleep 60",
        )
        # tmux waits after Esc for what may be a longer key.
        self._run("set-option", "-s", "escape-time", "10")

    def _run(self, *words: str) -> str:
        return subprocess.run(
            [*self._server, *words], check=True, capture_output=True, text=True, encoding="utf-8"
        ).stdout

    def press(self, *keys: str) -> None:
        """Press keys by name, the screen at rest after each."""
        for key in keys:
            self._run("send-keys", "-t", SESSION, key)
            before, same_since = "", monotonic()
            while monotonic() - same_since < 0.4:
                sleep(0.05)
                if (screen := self._screen()) != before:
                    before, same_since = screen, monotonic()

    def write(self, text: str) -> None:
        """Type text."""
        self._run("send-keys", "-t", SESSION, "-l", text)

    def sees(self, *texts: str) -> str:
        """Wait until all of them are on the screen; the screen."""
        end = monotonic() + PATIENCE
        while True:
            screen = self._screen()
            if all(text in screen for text in texts):
                return screen
            assert monotonic() < end, f"waited for {texts}. On the screen:\n{screen}"
            sleep(0.05)

    def _screen(self) -> str:
        return self._run("capture-pane", "-p", "-t", SESSION)

    def ends(self) -> int:
        """Wait for the end of the program; its exit code."""
        end = monotonic() + PATIENCE
        while not (self._code.exists() and self._code.read_text()):
            assert monotonic() < end, "it did not end"
            sleep(0.05)
        return int(self._code.read_text())

    def close(self) -> None:
        """End the server."""
        self._run("kill-server")


@pytest.fixture(params=[(80, 24), (160, 50)], ids=["80x24", "160x50"])
def tmux(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tmux]:
    terminal = Tmux(tmp_path, *request.param)
    yield terminal
    terminal.close()


def test_a_morning_at_the_desk_in_tmux(tmux: Tmux, tmp_path: Path) -> None:
    a_morning_at_the_desk(tmux, tmp_path)
