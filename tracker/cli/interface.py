"""`tracker`: the interface."""

from __future__ import annotations

import sys

from tracker.cli.call import Call
from tracker.cli.parser import Misuse
from tracker.i18n import _


def open_interface(call: Call) -> int:
    """Open the interface and stay until the person leaves it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misuse(_("The interface needs a terminal. Without one: tracker list, tracker report overdue."))
    from tracker.cli.curtain import curtain

    with curtain():
        from tracker.tui.app import run

        return run(call.settings, call.as_of if call.args.as_of is not None else None)
