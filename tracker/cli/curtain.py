"""What stands on the terminal while the interface is still being loaded: a first word, at once.

Loading takes longer than a person waits without wondering. What is typed meanwhile is not printed over the words; it
stays with the terminal until the interface reads it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.i18n import _

# The other screen, empty, with the cursor hidden; and the way back.
RAISED, GONE = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H", "\x1b[?25h\x1b[?1049l"
BOLD, PLAIN = "\x1b[1m", "\x1b[m"


@contextmanager
def curtain() -> Iterator[None]:
    """Say on the terminal that the program opens; give the terminal back as it was when the block has ended."""
    try:
        import termios
    except ModuleNotFoundError:
        # Such a terminal shows nothing before the interface does.
        yield
        return
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    silent = termios.tcgetattr(number)
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(number, termios.TCSANOW, silent)
    ended = False
    try:
        _write(RAISED + _line())
        yield
        ended = True
    finally:
        if not ended:
            # The interface leaves its screen itself.
            _write(GONE)
        termios.tcsetattr(number, termios.TCSANOW, before)


def _line() -> str:
    name, doing = _("Commitment tracker"), _("opening the register …")
    gap = shutil.get_terminal_size().columns - len(name) - len(doing) - 2
    return f" {BOLD}{name}{PLAIN}{' ' * gap}{doing}" if gap > 1 else f" {BOLD}{name}{PLAIN}"


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
