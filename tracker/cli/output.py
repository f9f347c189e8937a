"""Where the answer goes: stdout. The conversation goes to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from tracker.errors import FileProblem
from tracker.i18n import _

NARROWEST = 40


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


def write(pieces: Iterable[str]) -> None:
    """Write the answer to stdout. A closed pipe is passed on; a full disk is FileProblem."""
    from tracker.reports.files import pour

    try:
        pour(pieces, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        raise FileProblem(_("standard output"), "unwritable") from None
