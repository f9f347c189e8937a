"""The command line: parse, call a service, print.

argparse, because a person who types `tracker list` waits for what is imported: 28 ms with it, 105 ms with
cyclopts, 185 ms with typer. What a command needs is imported when that command runs.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence

VERSION = "0.1.0"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; the words are those after the program's name."""
    # A short command would spend a quarter of its time on looking for garbage among what it imported, last of all
    # when the process ends and everything goes anyway.
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)
    if argv is None and any("://" in word for word in sys.argv):
        from tracker.cli.secrets import hide_password

        hide_password()
    from tracker.cli.run import run

    return run(list(sys.argv[1:] if argv is None else argv))
