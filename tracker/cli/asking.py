"""Questions: list, show, history, the overdue report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.cli.call import Call
from tracker.cli.output import finish, say
from tracker.domain.query import QUALIFIERS, narrowed
from tracker.domain.views import CommitmentView
from tracker.i18n import _
from tracker.reports.detail import render_detail
from tracker.reports.facts import render_explanation
from tracker.reports.formats import render_list
from tracker.reports.listing import COMMITMENTS, ENTRIES
from tracker.reports.overdue import render_overdue

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

SOME_OVERDUE = 10
# Qualifiers whose values are names with spaces: the shell eats the quotes of lead:"Bộ Công Thương".
_NAMED = ("lead", "party", "owner", "undertaker", "counterpart", "partner", "doc")
_UNQUOTED = re.compile(rf'(?P<name>-?(?:{"|".join(_NAMED)}):)(?P<value>[^"]*\s[^"]*)', re.DOTALL)
_ANOTHER = re.compile(rf"\s-?\(?(?:{'|'.join(QUALIFIERS)}):|\sOR\s|[()]")


def list_commitments(call: Call) -> int:
    """`tracker list`: the commitments that match, in the order of the register."""
    with (
        call.tracker() as tracker,
        tracker.commitments.listing(
            _asked(call, tracker), as_of=call.as_of, limit=call.args.limit, offset=call.args.offset
        ) as views,
    ):
        counted = _Counted()
        pieces = render_list(call.form, COMMITMENTS, map(counted, views), width=call.width, colour=call.colour)
        call.answer(pieces)
    if not counted.seen and call.form == "table":
        # Below the headings.
        finish()
        say(_("No commitment matches."))
    return 0


def show(call: Call) -> int:
    """`tracker show`: one commitment, whole; with --why, what its schedule state follows from."""
    with call.tracker() as tracker:
        if call.args.why:
            given = tracker.commitments.explain(ref_of(call.args.ref), as_of=call.as_of)
            call.answer(render_explanation(call.form, given, width=call.width, colour=call.colour))
            return 0
        detail = tracker.commitments.show(ref_of(call.args.ref), as_of=call.as_of)
        call.answer(render_detail(call.form, detail, width=call.width, colour=call.colour))
    return 0


def history(call: Call) -> int:
    """`tracker history`: entries, newest first."""
    ref = call.args.ref and ref_of(call.args.ref)
    with call.tracker() as tracker:
        entries = tracker.commitments.history(ref, limit=call.args.limit, offset=call.args.offset)
        call.answer(render_list(call.form, ENTRIES, entries, width=call.width, colour=call.colour))
    return 0


def report_overdue(call: Call) -> int:
    """`tracker report overdue`: what is late, and all that stands beside it."""
    with (
        call.tracker() as tracker,
        tracker.reports.overdue(
            as_of=call.as_of,
            query=query_of(call.args.query),
            lead=call.args.lead,
            partner=call.args.partner,
            limit=call.args.limit,
        ) as report,
    ):
        call.answer(render_overdue(call.form, report, width=call.width, colour=call.colour))
        if call.args.fail_if_any and report.sizes.get("overdue"):
            return SOME_OVERDUE
    return 0


def _asked(call: Call, tracker: Tracker) -> str:
    """The query; after `@name`, what else is asked of that saved view."""
    first, *rest = call.args.query or ("",)
    if not first.startswith("@"):
        return query_of(call.args.query)
    return narrowed(tracker.saved_views.get(first[1:]).query, query_of(rest))


def ref_of(typed: str) -> str:
    """A ref as a person types it, in capitals as the register has it."""
    return typed.strip().upper()


def query_of(words: Sequence[str]) -> str:
    """The query that the words of a command line make; a name with spaces is put back in its quotes."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    match = _UNQUOTED.fullmatch(word)
    if match is None or _ANOTHER.search(match["value"]):
        return word
    return f'{match["name"]}"{match["value"]}"'


class _Counted:
    """Passes commitments on and remembers whether there were any."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, view: CommitmentView) -> CommitmentView:
        self.seen += 1
        return view
