"""`tracker --help`: every command in one screen."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.cli.command import Command
from tracker.i18n import _


def overview(commands: Sequence[Command]) -> str:
    """The help of the program as a whole."""
    shown = [command for command in commands if command.words]
    widest = max(len(_usage(command)) for command in shown)
    lines = [
        _("Who promised what to whom, by when, and where it stands."),
        "",
        _("usage: tracker [COMMAND] [OPTIONS]"),
        "",
        _("Without a command the interface opens."),
        "",
        *(f"  {_usage(command):<{widest}}  {command.help()}" for command in shown),
        "",
        _("Options of every command, before or after it:"),
        "",
        *(
            f"  {option:<{widest}}  {meaning}"
            for option, meaning in (
                ("--database URL|PATH", _("the register; also TRACKER_DATABASE")),
                ("--as-of " + _("DATE"), _("list, show, report, interface: that day instead of today")),
                ("--known " + _("DATE"), _("the same: as it was known on that day")),
                ("--actor " + _("NAME"), _("who acts; also TRACKER_ACTOR, else the login")),
                ("--lang vi|en", _("the language; also TRACKER_LANG, else the locale")),
                ("--format FORMAT", "table, json, jsonl, csv, md"),
                ("--no-color", _("no colours; also NO_COLOR")),
                ("--version", _("the version, and nothing else")),
                ("-h, --help", _("this help; after a command, the help of that command")),
            )
        ),
        "",
        _("Exit codes:"),
        "",
        *(
            f"  {code:>3}  {meaning}"
            for code, meaning in (
                (0, _("done")),
                (1, _("unexpected")),
                (2, _("wrong usage")),
                (3, _("no such thing")),
                (4, _("refused by a rule")),
                (5, _("conflict or locked: look again")),
                (6, _("input file cannot be taken")),
                (7, _("database cannot be used")),
                (10, _("--fail-if-any, and there are some")),
                (130, _("interrupted")),
            )
        ),
    ]
    return "\n".join(lines) + "\n"


def _usage(command: Command) -> str:
    return " ".join((*command.words, *((command.takes,) if command.takes else ())))
