"""A program on a pseudo terminal, seen from outside: what is on its screen, and at which moment it came."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

from rich.cells import cell_len

COLUMNS, LINES = 120, 40
PATIENCE = 30.0
ESCAPE = 0.2
KEYS = {
    "F2": "\x1bOQ", "F3": "\x1bOR", "F4": "\x1bOS", "F9": "\x1b[20~", "F10": "\x1b[21~", "F12": "\x1b[24~",
    "enter": "\r", "escape": "\x1b", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F", "wipe": "\x15",
}  # fmt: skip
# A ref, as every row of a list has one.
_REF = re.compile(r"(?<![\w-])[A-Z]{1,3}-\d{4}-\d{3,}(?![\w-])")
# What a terminal is told between the letters; an unfinished one waits for its end.
_PIECE = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f]+)|\x1b\[(?P<given>[0-9;:?<=>$]*)[ -/]*(?P<does>[@-~])"
    r"|\x1b[P\]][^\x1b\x07]*(?:\x1b\\|\x07)|\x1b[^\[P\]]|(?P<other>[\x00-\x1a\x1c-\x1f\x7f])"
)
# It asks whether frames may come as a whole; a terminal of today says yes.
_ASKS_FOR_WHOLE_FRAMES, _YES = "?2026$", b"\x1b[?2026;2$y"
_FRAME = "?2026"


@dataclass(frozen=True)
class Row:
    """A line with a ref in it; the one under the cursor has another background than most."""

    ref: str
    text: str
    background: str


@dataclass(frozen=True)
class Screen:
    """What could be seen after a frame. `at` is when its last byte came."""

    at: float
    lines: tuple[str, ...]
    backgrounds: tuple[tuple[str, ...], ...]

    @cached_property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read."""
        return any(len(word) > 3 and word.isalpha() for word in self.text.split())

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The lines that begin with a ref, or with a symbol and a ref, from above."""
        found = ((line, _REF.search(line), ground) for line, ground in zip(self.lines, self.backgrounds, strict=True))
        return tuple(Row(ref[0], line, ground[ref.start()]) for line, ref, ground in found if ref and ref.start() < 12)

    @cached_property
    def refs(self) -> tuple[str, ...]:
        """The refs of the rows, from above."""
        return tuple(row.ref for row in self.rows)

    @cached_property
    def cursor(self) -> int | None:
        """Which of the rows is the one under the cursor."""
        grounds = [row.background for row in self.rows]
        alone = [place for place, ground in enumerate(grounds) if grounds.count(ground) == 1]
        return alone[0] if len(alone) == 1 and len(grounds) > 2 else None

    @property
    def chosen(self) -> str | None:
        """The ref under the cursor."""
        return None if self.cursor is None else self.refs[self.cursor]


class Glass:
    """A running program and the screen in front of it."""

    def __init__(self, process: subprocess.Popen[bytes], number: int, began: float) -> None:
        self.process = process
        self.began = began
        self._number = number
        self._waiting = ""
        self._half = b""
        self._whole = True
        self._row = self._column = 0
        self._ground = ""
        self._letters = [[" "] * COLUMNS for _ in range(LINES)]
        self._grounds = [[""] * COLUMNS for _ in range(LINES)]
        self.screen = self._look(began)

    # What a person does

    def press(self, key: str) -> float:
        """Press a key by name, or a letter; the moment."""
        at = perf_counter()
        os.write(self._number, KEYS.get(key, key).encode())
        return at

    def escape(self) -> None:
        """Press Esc, and wait until it cannot be the beginning of a longer key any more."""
        self.press("escape")
        self.rest(ESCAPE)

    def until(self, true: Callable[[Screen], object], what: str) -> Screen:
        """The first screen of which it is true. Raises RuntimeError, with the screen, when none comes."""
        return self.screen if true(self.screen) else self.after(self.screen.at, true, what)

    def after(self, moment: float, true: Callable[[Screen], object], what: str) -> Screen:
        """The first screen that came after the moment and of which it is true. Raises RuntimeError when none comes."""
        end = perf_counter() + PATIENCE
        found: Screen | None = None
        while found is None and (left := end - perf_counter()) > 0:
            came = self._take(left)
            for screen in self._seen(came):
                if found is None and screen.at > moment and true(screen):
                    found = screen
            if not came and self.process.poll() is not None:
                break
        if found is None:
            raise RuntimeError(f"waited for {what}. On the screen:\n{self.screen.text}")
        return found

    def rest(self, seconds: float) -> list[Screen]:
        """Read until nothing has come for so long; what could be seen meanwhile."""
        seen: list[Screen] = []
        end = perf_counter() + PATIENCE
        while (came := self._take(seconds)) and perf_counter() < end:
            seen += self._seen(came)
        return seen

    def leave(self) -> None:
        """Press F10 and wait for the end. Raises RuntimeError when it ends otherwise than it should."""
        self.press("F10")
        end = perf_counter() + PATIENCE
        while self.process.poll() is None and perf_counter() < end:
            self._take(0.05)
        if self.process.returncode:
            raise RuntimeError(f"ended with {self.process.returncode}. On the screen:\n{self.screen.text}")

    @property
    def peak(self) -> float:
        """The most memory that the program has had until now, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024

    # What comes

    def _seen(self, came: list[tuple[float, bytes]]) -> list[Screen]:
        """What could be seen after each whole frame of these bytes."""
        frames = []
        for at, data in came:
            if self._draw(data):
                self.screen = self._look(at)
                frames.append(self.screen)
        return frames

    def _take(self, seconds: float) -> list[tuple[float, bytes]]:
        """The next bytes, each with the moment at which they came: all that are there, before any is drawn."""
        came: list[tuple[float, bytes]] = []
        while select.select([self._number], [], [], 0 if came else seconds)[0]:
            try:
                data = os.read(self._number, 1 << 16)
            except OSError:
                break
            if not data:
                break
            came.append((perf_counter(), data))
        return came

    def _look(self, at: float) -> Screen:
        return Screen(at, tuple(map("".join, self._letters)), tuple(map(tuple, self._grounds)))

    def _draw(self, data: bytes) -> bool:
        """Draw these bytes; whether a frame is whole after them."""
        data = self._half + data
        text = data.decode("utf-8", "ignore")
        # Letters that are not whole yet.
        self._half = data[len(text.encode()) :]
        text = self._waiting + text
        at, drawn = 0, False
        while piece := _PIECE.match(text, at):
            at = piece.end()
            if piece["text"]:
                self._write(piece["text"])
            elif piece["does"]:
                drawn |= self._obey(piece["given"], piece["does"])
            elif piece["other"] == "\r":
                self._column = 0
            elif piece["other"] == "\n":
                self._row = min(self._row + 1, LINES - 1)
        self._waiting = text[at:]
        return drawn or (self._whole and at > 0)

    def _write(self, text: str) -> None:
        for letter in text:
            cells = cell_len(letter)
            if cells == 0 or self._column >= COLUMNS:
                continue
            self._letters[self._row][self._column] = letter
            self._grounds[self._row][self._column] = self._ground
            for beside in range(self._column + 1, min(self._column + cells, COLUMNS)):
                self._letters[self._row][beside] = ""
            self._column += cells

    def _obey(self, given: str, does: str) -> bool:
        numbers = [int(number) if number.isdecimal() else 0 for number in given.split(";")]
        if does == "H":
            row, column = (*numbers, 1)[:2] if len(numbers) == 1 else numbers[:2]
            self._row, self._column = min(max(row, 1), LINES) - 1, min(max(column, 1), COLUMNS) - 1
        elif does == "m":
            self._colour(numbers)
        elif does == "J":
            self._letters = [[" "] * COLUMNS for _ in range(LINES)]
        elif does == "p" and given == _ASKS_FOR_WHOLE_FRAMES:
            os.write(self._number, _YES)
        elif given == _FRAME and does in "hl":
            self._whole = does == "l"
            return self._whole
        return False

    def _colour(self, numbers: list[int]) -> None:
        """The background only: it is by this that the cursor is seen."""
        place = 0
        while place < len(numbers):
            number = numbers[place]
            taken = {2: 5, 5: 3}.get([*numbers, 0, 0][place + 1], 1) if number in (38, 48) else 1
            if number == 48:
                self._ground = ";".join(map(str, numbers[place + 1 : place + taken]))
            elif number in (0, 49) or 40 <= number <= 47 or 100 <= number <= 107:
                self._ground = "" if number in (0, 49) else str(number)
            place += taken


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Iterator[Glass]:
    """A Python program on a terminal of its own, ended when the block ends."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        cwd=folder,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Glass(process, ours, began)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(ours)
