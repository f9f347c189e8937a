"""End to end in a real pseudo terminal: `python -m tracker` on a new register."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.tui.terminal import a_document_looked_through, a_morning_at_the_desk, command_line, environment_in, in_a_pty
from tracker.cli.curtain import GONE, RAISED


# pty.fork in a process with threads: the child calls nothing but exec.
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
def test_a_morning_at_the_desk(tmp_path: Path, size: tuple[int, int]) -> None:
    with in_a_pty(command_line(), environment_in(tmp_path), tmp_path, size) as terminal:
        a_morning_at_the_desk(terminal, tmp_path)
        # The terminal is given back as it was: the other screen left, the cursor shown, the mouse let go.
        for ending in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
            assert ending in terminal.received


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_document_looked_through(tmp_path: Path) -> None:
    with in_a_pty(command_line(), environment_in(tmp_path), tmp_path, (80, 24)) as terminal:
        a_document_looked_through(terminal, tmp_path)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_something_is_said_before_the_interface_is_loaded_and_nothing_stays_when_that_fails(tmp_path: Path) -> None:
    failing = "from tracker.cli.curtain import curtain\nwith curtain():\n raise SystemExit(3)"
    with in_a_pty([sys.executable, "-c", failing], environment_in(tmp_path), tmp_path, (80, 24)) as terminal:
        assert terminal.ends() == 3
        assert terminal.received.startswith(RAISED.encode())
        assert terminal.received.index(b"opening the register") < terminal.received.index(GONE.encode())


# As a Vietnamese input method sends it: the letters, backspaces over those that change, what they become.
BURST, MEANT = "To\x7fô\x7fổ co\x7fông tac\x7f\x7fác hop\x7f\x7fọp", "Tổ công tác họp"


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_an_input_method_writes_what_was_meant(tmp_path: Path) -> None:
    with in_a_pty(command_line(), environment_in(tmp_path), tmp_path, (100, 40)) as terminal:
        terminal.sees("[Today]", "need you")
        for field in ("F2", "F12", "F1"):
            terminal.press(field)
            for _time in range(3):
                terminal.write(BURST)
                terminal.sees(MEANT)
                assert "\x7f" not in terminal.screen
                terminal.write("\x7f" * len(MEANT) * 2)
                terminal.gone(MEANT)
            if field != "F1":
                # Home, Ctrl+H and End in one burst with letters.
                terminal.write("ng\x1b[Hko\x08hô\x1b[F rõ")
                terminal.sees("không rõ")
            terminal.press("Escape")
            if field != "F2":
                terminal.press("Escape")
        terminal.press("F4")
        terminal.sees("New status")
        terminal.press("Enter")
        terminal.sees("Withdrawn")
        terminal.press("Down", "Down", "Down", "Enter")
        terminal.sees("One of these is enough: evidence, note.")
        for _time in range(3):
            terminal.write(BURST + ". ")
        terminal.sees(". ".join([MEANT] * 3))
        terminal.press("F9")
        terminal.sees("is marked")
        terminal.press("F10")
        assert terminal.ends() == 0
    (register,) = tmp_path.rglob("tracker.sqlite")
    with closing(sqlite3.connect(register)) as stored:
        dump = "\n".join(stored.iterdump())
    assert ". ".join([MEANT] * 3) in dump


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_an_unusable_database_is_said_on_the_terminal(tmp_path: Path) -> None:
    command = [*command_line(), "--database", str(tmp_path / "nowhere" / "tracker.sqlite")]
    with in_a_pty(command, environment_in(tmp_path), tmp_path, (100, 24)) as terminal:
        assert terminal.ends() == 7
        assert "does not exist" in " ".join(terminal.screen.split())
