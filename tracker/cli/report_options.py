"""The options of the reports, with their help."""

from __future__ import annotations

from tracker.cli.options import query, report_output
from tracker.cli.parser import Parser, whole_number
from tracker.i18n import _


def for_due(parser: Parser) -> None:
    """`tracker report due`."""
    _of_a_report(parser)
    parser.add_argument("--days", type=whole_number, metavar="N", default=30, help=_("so many days ahead; else 30"))


def for_changes(parser: Parser) -> None:
    """`tracker report changes`."""
    _of_a_report(parser)
    parser.add_argument(
        "--since",
        metavar=_("DATE|EVENT"),
        default="last-meeting",
        help=_("a day, an event's key, or last-meeting: the latest one with the partner, or of all"),
    )


def for_brief(parser: Parser) -> None:
    """`tracker report brief`."""
    parser.add_argument("partner", metavar=_("PARTY"), help=_("the other side's party; bodies under it count too"))
    _of_a_report(parser, partner=False)
    parser.add_argument("--event", metavar="KEY", help=_("the visit or session that is prepared"))


def for_slippage(parser: Parser) -> None:
    """`tracker report slippage`."""
    _of_a_report(parser)


def for_targets(parser: Parser) -> None:
    """`tracker report targets`."""
    _of_a_report(parser)


def for_scorecard(parser: Parser) -> None:
    """`tracker report scorecard`."""
    _of_a_report(parser)
    parser.add_argument(
        "--by",
        metavar="month|quarter|year",
        default="quarter",
        help=_("the periods in which deadlines end; else quarter"),
    )
    parser.add_argument(
        "--before", metavar=_("DATE"), help=_("compare with that day; else with the same day one such period earlier")
    )


def for_plan(parser: Parser) -> None:
    """`tracker report plan`."""
    parser.add_argument(
        "year", metavar=_("YEAR"), nargs="?", type=whole_number, help=_("the plan's year; else the coming one")
    )
    _of_a_report(parser)


def _of_a_report(parser: Parser, *, partner: bool = True) -> None:
    query(parser)
    party = _("PARTY")
    parser.add_argument("--lead", metavar=party, help=_("only what this party leads, or a body under it"))
    if partner:
        parser.add_argument("--partner", metavar=party, help=_("only what concerns this party of the other side"))
    parser.add_argument("--limit", type=whole_number, metavar="N", help=_("at most so many in each section"))
    parser.add_argument("--fail-if-any", action="store_true", help=_("exit code 10 when there is a row"))
    report_output(parser)
