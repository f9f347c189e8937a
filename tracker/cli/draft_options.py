"""The options of what reads documents."""

from __future__ import annotations

from tracker.cli.options import output
from tracker.cli.parser import Parser
from tracker.i18n import _


def for_draft(parser: Parser) -> None:
    """`tracker draft`."""
    parser.add_argument("file", metavar="FILE", help=_("the document: .txt, .md, .html, .docx, or .pdf with its text"))
    parser.add_argument(
        "--published",
        metavar=_("DATE"),
        required=True,
        help=_("when it was published: what “this year” and “next month” mean in it"),
    )
    parser.add_argument("--language", metavar="vi|en", help=_("its language; without it, told by its letters"))
    parser.add_argument(
        "--updates",
        action="store_true",
        help=_("instead of drafts: its sentences that report on commitments on record, with a status to propose"),
    )
    output(parser)
