"""The options of what proves, keeps and moves a register."""

from __future__ import annotations

from tracker.cli.parser import Once, Parser
from tracker.i18n import _


def for_verify(parser: Parser) -> None:
    """`tracker db verify`."""
    parser.add_argument(
        "--anchor",
        metavar="HEX",
        help=_("an anchor from a report or backup: was the history cut or rewritten since?"),
    )
    parser.add_argument(
        "--history",
        action="store_true",
        help=_("only the history, guards and keys: the tables are not compared with a replay (seconds, not minutes)"),
    )


def for_upgrade(parser: Parser) -> None:
    """`tracker db upgrade`."""
    parser.add_argument("--no-backup", action="store_true", help=_("do not copy the register first"))


def for_backup(parser: Parser) -> None:
    """`tracker db backup`."""
    parser.add_argument(
        "-o",
        "--output",
        dest="file",
        metavar=_("FILE"),
        action=Once,
        help=_("a new file; without it one in the folder of backups (tracker db status says where)"),
    )
    parser.add_argument(
        "--history",
        action="store_true",
        help=_("prove only the file and the history of the copy, not its tables (seconds, not minutes)"),
    )


def for_restore(parser: Parser) -> None:
    """`tracker db restore`."""
    parser.add_argument(
        "file", metavar=_("FILE"), help=_("a backup; on PostgreSQL it goes into a database with nothing in it")
    )


def for_import(parser: Parser) -> None:
    """`tracker import`."""
    parser.add_argument("file", metavar=_("FILE"), help=_("an archive that tracker export -o FILE.zip wrote"))


def for_grant(parser: Parser) -> None:
    """`tracker db grant`."""
    parser.add_argument("role", metavar=_("ROLE"), help=_("a database role that there is on the server, also a group"))
    parser.add_argument(
        "--may",
        metavar="read|record|nothing",
        required=True,
        action=Once,
        help=_("from now on it may only read, or record too, or neither; what it was given before is taken away"),
    )


def for_copy(parser: Parser) -> None:
    """`tracker db copy`."""
    parser.add_argument("source", metavar=_("FROM"), help=_("the register: a path or a URL"))
    parser.add_argument("target", metavar=_("TO"), help=_("where nothing is yet: a path or a URL"))
