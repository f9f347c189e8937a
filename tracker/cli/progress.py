"""How far a long piece of work is: one line on a terminal, written over again, and gone when the work ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from time import monotonic

from tracker.domain.outcomes import Progress
from tracker.errors import TakenBack
from tracker.i18n import _
from tracker.reports.layout import cut

# In seconds: what is over before needs no line; and how often the line is written.
PATIENCE, AGAIN = 1.0, 0.2


@contextmanager
def progress() -> Iterator[Progress]:
    """Gives what is to be told how far the work is. Without a terminal on stderr nothing is said.

    Ctrl+C ends the work at once, in the middle of a question to the database too.
    """
    shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    next_at = monotonic() + PATIENCE
    written = False

    def told(step: str, done: int, of: int) -> None:
        nonlocal next_at, written
        if shown and monotonic() >= next_at:
            _write(f"\r{cut(_worded(step, done, of), get_terminal_size().columns - 1)}\x1b[K")
            next_at, written = monotonic() + AGAIN, True

    try:
        yield told
    except TakenBack:
        raise KeyboardInterrupt from None
    finally:
        if written:
            _write("\r\x1b[K")


def _worded(step: str, done: int, of: int) -> str:
    sentences = {
        "file": _("Checking the file …"),
        "history": _("Proving the history: {percent} % of {of} acts"),
        "tables": _("Comparing the tables with the history: {percent} % of {of}"),
    }
    how_to_stop = _("Ctrl+C stops")
    return f"{sentences[step].format(percent=100 * done // max(of, 1), of=of)} · {how_to_stop}"


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
