"""Where the answer goes: stdout. The conversation goes to stderr.

An answer never waits for its reader while the register is open: SQLite's reader locks out whoever writes, and
`tracker export | less` may stand open for an hour.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from tracker.errors import FileProblem
from tracker.i18n import _

NARROWEST = 40
# So much of an answer is collected before any of it is written; what is shorter is written in one piece.
COLLECTED = 1 << 15


def say(sentence: str) -> None:
    """Something for the person beside the answer."""
    print(sentence, file=sys.stderr, flush=True)


def width() -> int | None:
    """The terminal's width; none when the answer goes elsewhere and nobody set COLUMNS."""
    if not sys.stdout.isatty() and not os.environ.get("COLUMNS", "").isdigit():
        return None
    from shutil import get_terminal_size

    return max(NARROWEST, get_terminal_size().columns)


def colour(no_color: bool) -> bool:
    """Whether colours may be used on stdout."""
    wanted = not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout.isatty()


def write(pieces: Iterable[str | bytes]) -> None:
    """Take the whole answer for stdout without waiting for whoever reads it: `finish` waits.

    A long answer begins to appear while the rest is made. Raises BrokenPipeError as soon as nobody reads any more,
    FileProblem when stdout or the folder for temporary files is full.
    """
    collected: list[bytes] = []
    size = 0
    for piece in pieces:
        collected.append(piece.encode("utf-8", "replace") if isinstance(piece, str) else piece)
        size += len(collected[-1])
        if size >= COLLECTED:
            _answer.put(b"".join(collected))
            collected, size = [], 0
    _answer.keep(b"".join(collected))


def finish() -> None:
    """Wait until the answer is read. To be called when the register is closed. Raises as `write` does."""
    _begin().finish()


@contextmanager
def delivered() -> Iterator[None]:
    """A command: its answer is waited for when it ends well; when it fails, the rest is left unwritten."""
    try:
        yield
        finish()
    except BaseException:
        _begin().abandon()
        raise


def _begin() -> _Answer:
    """Begin another answer; give the one before."""
    global _answer
    before, _answer = _answer, _Answer()
    return before


class _Answer:
    """An answer on its way to stdout, the longer part of it through a drain."""

    def __init__(self) -> None:
        self._last = b""
        self._drain: _Drain | None = None

    def put(self, piece: bytes) -> None:
        if self._drain is None:
            self._drain = _Drain()
        self._drain.put(self._last + piece)
        self._last = b""

    def keep(self, piece: bytes) -> None:
        """Keep the last piece for the end; with a drain, it goes where the others went."""
        self._last += piece
        if self._drain is not None:
            self.put(b"")

    def finish(self) -> None:
        if self._drain is not None:
            self._drain.finish()
            return
        try:
            _send(self._last)
        except OSError as failure:
            raise _refusal(failure) from None

    def abandon(self) -> None:
        if self._drain is not None:
            self._drain.abandon()


class _Drain:
    """A thread that gives stdout what lies in a temporary file, as fast as it is read."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile
        from threading import Condition, Thread

        try:
            self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - it lives as long as the drain
        except OSError:
            raise _no_room() from None
        self._changed = Condition()
        self._lying = self._given = 0
        self._ended = False
        self._failure: OSError | None = None
        # A daemon: an interrupted command does not wait for a reader who has stopped reading.
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def put(self, piece: bytes) -> None:
        """Take a piece. Raises what the thread met."""
        with self._changed:
            self._check()
            if self._lying == self._given:
                # All is given: with a reader who keeps pace the file never grows.
                self._lying = self._given = 0
            try:
                self._file.seek(self._lying)
                self._file.write(piece)
            except OSError:
                raise _no_room() from None
            self._lying += len(piece)
            self._changed.notify()

    def finish(self) -> None:
        """Wait until all is given. Raises what the thread met."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        self._thread.join()
        self._check()

    def abandon(self) -> None:
        """Let the thread end at its next look."""
        with self._changed:
            self._ended = True
            self._given = self._lying
            self._changed.notify()

    def _check(self) -> None:
        if self._failure is not None:
            raise _refusal(self._failure) from None

    def _run(self) -> None:
        with self._file:
            try:
                while piece := self._next():
                    _send(piece)
            except OSError as failure:
                with self._changed:
                    self._failure = failure

    def _next(self) -> bytes:
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._given < self._lying)
            self._file.seek(self._given)
            piece = self._file.read(min(COLLECTED, self._lying - self._given))
            self._given += len(piece)
            return piece


def _send(piece: bytes) -> None:
    """Write to stdout itself: a thread that waits in Python's own buffer would hold it at the end of the process."""
    sys.stdout.flush()
    try:
        number = sys.stdout.fileno()
    except io.UnsupportedOperation:
        sys.stdout.buffer.write(piece)
        return
    rest = memoryview(piece)
    while rest:
        try:
            rest = rest[os.write(number, rest) :]
        except BlockingIOError:
            # Whoever started us made it so that a write does not wait.
            from select import select

            select([], [number], [])


def _refusal(failure: OSError) -> Exception:
    return failure if isinstance(failure, BrokenPipeError) else FileProblem(_("standard output"), "unwritable")


def _no_room() -> FileProblem:
    from tempfile import gettempdir

    try:
        folder = gettempdir()
    except OSError:
        folder = "TMPDIR"
    return FileProblem(folder, "unwritable")


_answer = _Answer()
