"""`tracker`: the interface, and `tracker keys`: what each of its keys does."""

from __future__ import annotations

import sys

from tracker.cli.call import Call
from tracker.cli.output import say
from tracker.cli.parser import Misuse
from tracker.errors import FileRefused
from tracker.i18n import _


def open_interface(call: Call) -> int:
    """Open the interface and stay until the person leaves it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misuse(_("The interface needs a terminal. Without one: tracker list, tracker report overdue."))
    from tracker.cli.curtain import curtain

    with curtain():
        from tracker.tui.app import run

        as_of = call.as_of if call.args.as_of is not None else None
        return run(call.settings, as_of, no_color=call.args.no_color)


def list_keys(call: Call) -> int:
    """Every action of the interface with its keys, also when settings.toml gives keys that cannot be given."""
    from tracker.render import error, safe
    from tracker.reports.listing import Column, Listing
    from tracker.tui.keymap import NamedKeys, apply_keys, named_keys

    code = 0
    try:
        apply_keys(call.settings)
    except FileRefused as refused:
        say(error(refused))
        code = refused.exit_code
    listing: Listing[NamedKeys] = Listing(
        NamedKeys.row,
        (
            Column(lambda: _("Action"), lambda named: named.action, whole=True),
            Column(lambda: _("Keys"), lambda named: safe(", ".join(named.keys)) or "–", most=30),
            Column(lambda: _("Menu"), lambda named: named.menu or "–", most=6, least=4),
            Column(lambda: _("Name"), lambda named: named.name),
        ),
        ("action", "keys", "menu", "name"),
    )
    call.listed(listing, named_keys())
    return code
