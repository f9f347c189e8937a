"""A real terminal with `python -m tracker` in it, and the path that a person walks there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Protocol

import pyte

PATIENCE = 30.0
KEYS = {
    "F1": "\x1bOP",
    "F2": "\x1bOQ",
    "F3": "\x1bOR",
    "F4": "\x1bOS",
    "F9": "\x1b[20~",
    "F10": "\x1b[21~",
    "F12": "\x1b[24~",
    "Enter": "\r",
    "Escape": "\x1b",
    "Tab": "\t",
    "Down": "\x1b[B",
    "Delete": "\x1b[3~",
}
# Questions to the terminal about itself, which pyte would print.
_QUESTIONS = re.compile(r"\x1b\[[>?=][0-9;]*(?:\$p|u)|\x1bP[^\x1b]*\x1b\\")


class Terminal(Protocol):
    """What a person has in front of them."""

    def press(self, *keys: str) -> None:
        """Press keys by name."""

    def write(self, text: str) -> None:
        """Type text."""

    def sees(self, *texts: str) -> str:
        """Wait until all of them are on the screen; the screen."""

    def ends(self) -> int:
        """Wait for the end of the program; its exit code."""


def a_morning_at_the_desk(terminal: Terminal, folder: Path) -> None:
    """Open a new register, look at Today, filter, mark, see it, write the report, leave."""
    terminal.sees("[Today]", "VL-2025-026", "A new register was made")
    terminal.press("F2")
    terminal.write("duong cao toc")
    terminal.sees("1 commitment matches", "VL-2025-013")
    terminal.press("Enter", "F4")
    terminal.sees("New status", "Now: Newly recorded")
    terminal.press("Enter")
    terminal.sees("Withdrawn")
    terminal.press("Down", "Down", "Down", "Enter")
    terminal.sees("One of these is enough: evidence, note.")
    terminal.write("Hai gói thầu đã ký.")
    terminal.sees("Hai gói thầu đã ký.")
    terminal.press("F9")
    terminal.sees("VL-2025-013 is marked", "In progress")
    terminal.press("Enter")
    terminal.sees("Commitment", "Our side", "since")
    # Esc gives up what is still asked before it leaves.
    terminal.press("Escape")
    terminal.sees("1 commitment matches")
    terminal.press("Escape")
    terminal.sees("37 commitments")
    terminal.press("F3")
    terminal.sees("Go to")
    terminal.write("p")
    terminal.sees("Total 37 = ", "Overdue (")
    terminal.press("F9")
    terminal.sees("Write to a file: Overdue report", "overdue-")
    terminal.press("F9")
    terminal.sees("The report is written to")
    (report,) = folder.glob("overdue-*.md")
    assert "VL-2026-001" in report.read_text(encoding="utf-8")
    terminal.press("F10")
    assert terminal.ends() == 0


def a_document_looked_through(terminal: Terminal, folder: Path) -> None:
    """Read a statement, accept, reject, leave, come back to what waits."""
    (folder / "tuyen-bo.txt").write_text(
        "Tuyên bố chung của Việt Nam và Lào.\n"
        "Hai bên nhất trí lập quỹ chung trong năm 2027.\n"
        "Lào cam kết giảm phí 10%.\n"
        "Việt Nam sẽ xây trường học tại Lào.\n",
        encoding="utf-8",
    )
    terminal.sees("[Today]", "VL-2025-026", "A new register was made")
    terminal.press("F3")
    terminal.sees("Go to")
    terminal.write("d")
    terminal.sees("[Drafts]", "No document has been read for drafts.")
    terminal.press("F2")
    terminal.sees("Read a document for drafts", "Needed.")
    terminal.write(str(folder / "tuyen-bo.txt"))
    terminal.press("F9")
    terminal.sees("Still missing.")
    terminal.write("2026-10-01")
    terminal.press("F9")
    terminal.sees("tuyen-bo.txt", "0 of 3 decided", "lập quỹ chung")
    terminal.press("F4")
    terminal.sees("1 of 3 decided", "giảm phí")
    terminal.press("Delete")
    terminal.sees("Reject the draft")
    terminal.write("mong muốn")
    terminal.press("F9")
    terminal.sees("2 of 3 decided", "xây trường học")
    terminal.press("Escape")
    terminal.sees("[Drafts]", "2 of 3", "1 draft waits")
    terminal.press("F10")
    assert terminal.ends() == 0


def command_line() -> list[str]:
    """The program as a person starts it."""
    return [sys.executable, "-m", "tracker", "--lang", "en", "--actor", "Lan"]


class PtyTerminal:
    """A pseudo terminal whose bytes are drawn by pyte; `received` are the bytes themselves."""

    def __init__(self, number: int, child: int, columns: int, lines: int) -> None:
        self._number = number
        self._child = child
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.received = b""

    def press(self, *keys: str) -> None:
        """Press keys by name, the screen at rest after each."""
        for key in keys:
            os.write(self._number, KEYS[key].encode())
            self._read(0.4)

    def write(self, text: str) -> None:
        """Type text."""
        os.write(self._number, text.encode())

    def sees(self, *texts: str) -> str:
        """Wait until all of them are on the screen; the screen."""
        end = monotonic() + PATIENCE
        while not all(text in self.screen for text in texts):
            assert monotonic() < end, f"waited for {texts}. On the screen:\n{self.screen}"
            self._read(0.05)
        return self.screen

    def gone(self, text: str) -> None:
        """Wait until it is not on the screen any more."""
        end = monotonic() + PATIENCE
        while text in self.screen:
            assert monotonic() < end, f"{text} stays. On the screen:\n{self.screen}"
            self._read(0.05)

    def ends(self) -> int:
        """Wait for the end of the program; its exit code."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            self._read(0.05)
            child, status = os.waitpid(self._child, os.WNOHANG)
            if child:
                self._child = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it did not end. On the screen:\n{self.screen}")

    @property
    def screen(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def _read(self, seconds: float) -> None:
        """Draw what comes, until nothing has come for so long."""
        while select.select([self._number], [], [], seconds)[0]:
            try:
                data = os.read(self._number, 1 << 16)
            except OSError:
                return
            if not data:
                return
            self.received += data
            self._stream.feed(_QUESTIONS.sub("", data.decode("utf-8", "ignore")).encode())

    def close(self) -> None:
        """Let go of the terminal, and of the program when it still runs."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._number)


@contextmanager
def in_a_pty(
    command: list[str], environment: dict[str, str], folder: Path, size: tuple[int, int]
) -> Iterator[PtyTerminal]:
    """Run the command in a pseudo terminal of that size."""
    columns, lines = size
    child, number = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(number, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    terminal = PtyTerminal(number, child, columns, lines)
    try:
        yield terminal
    finally:
        terminal.close()


def environment_in(folder: Path) -> dict[str, str]:
    """An environment in which everything the program keeps lies in that folder."""
    return {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
    }
