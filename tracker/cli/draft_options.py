"""The options of what reads documents."""

from __future__ import annotations

from tracker.cli.options import new_commitment, output, status_update
from tracker.cli.parser import Parser, whole_number
from tracker.i18n import _


def for_draft(parser: Parser) -> None:
    """`tracker draft`."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help=_("the document: .txt, .md, .html, .docx, or .pdf with its text; - reads a text from standard input"),
    )
    parser.add_argument("--name", metavar=_("NAME"), default="", help=_("what a text from standard input is called"))
    parser.add_argument(
        "--published",
        metavar=_("DATE"),
        required=True,
        help=_("when it was published: what “this year” and “next month” mean in it"),
    )
    parser.add_argument("--publisher", metavar=_("NAME"), default="", help=_("who published it"))
    parser.add_argument("--save", action="store_true", help=_("keep the drafts in the register, to be looked through"))
    parser.add_argument("--language", metavar="vi|en", help=_("its language; without it, told by its letters"))
    parser.add_argument(
        "--updates",
        action="store_true",
        help=_("instead of drafts: its sentences that report on commitments on record, with a status to propose"),
    )
    output(parser)


def for_drafts_list(parser: Parser) -> None:
    """`tracker drafts list`."""
    parser.add_argument("--all", action="store_true", help=_("those that were decided on, too"))
    output(parser)


def for_drafts_accept(parser: Parser) -> None:
    """`tracker drafts accept`."""
    _numbers(parser)
    new_commitment(parser)
    status_update(parser)


def for_drafts_merge(parser: Parser) -> None:
    """`tracker drafts merge`."""
    parser.add_argument("number", metavar="NUMBER", type=whole_number, help=_("the draft, as the list numbers it"))
    parser.add_argument("ref", metavar="REF", help=_("the commitment that it reaffirms"))


def for_drafts_reject(parser: Parser) -> None:
    """`tracker drafts reject`."""
    _numbers(parser)
    parser.add_argument("--reason", metavar=_("TEXT"), required=True, help=_("why it is no commitment of ours"))


def for_drafts_reopen(parser: Parser) -> None:
    """`tracker drafts reopen`."""
    _numbers(parser)


def _numbers(parser: Parser) -> None:
    parser.add_argument(
        "numbers", metavar="NUMBER", nargs="+", type=whole_number, help=_("drafts, as the list numbers them")
    )
