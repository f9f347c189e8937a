"""Questions: list, show, history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.cli.call import Call
from tracker.cli.output import finish, say
from tracker.domain.query import QUALIFIERS, narrowed, read_sort
from tracker.domain.views import CommitmentView
from tracker.errors import BadOption
from tracker.i18n import _
from tracker.reports.detail import render_detail
from tracker.reports.facts import render_explanation
from tracker.reports.formats import render_list
from tracker.reports.listing import CHOICE, COMMITMENTS, ENTRIES, Listing

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.domain.agenda import SavedView

WITH_COLUMNS = ("table", "csv", "md")
# Qualifiers whose values are names with spaces: the shell eats the quotes of lead:"Bộ Công Thương".
_NAMED = ("lead", "party", "owner", "undertaker", "counterpart", "partner", "doc")
_UNQUOTED = re.compile(rf'(?P<name>-?(?:{"|".join(_NAMED)}):)(?P<value>[^"]*\s[^"]*)', re.DOTALL)
_ANOTHER = re.compile(rf"\s-?\(?(?:{'|'.join(QUALIFIERS)}):|\sOR\s|[()]")


def list_commitments(call: Call) -> int:
    """`tracker list`: the commitments that match, in the order of the register or another one."""
    order = read_sort(call.args.sort) if call.args.sort is not None else None
    listing = _with_columns(call.args.columns, call.form)
    with call.tracker() as tracker:
        query, view = _asked(call, tracker)
        if view is not None:
            # What the view says counts where nothing else is asked for; its columns are for tables.
            order = order or (read_sort(view.sort) if view.sort else None)
            if call.args.columns is None and view.columns and call.form in WITH_COLUMNS:
                listing = COMMITMENTS.choose(CHOICE, view.columns)
        return _list(call, tracker, listing, query, order or ("deadline", False))


def _list(call: Call, tracker: Tracker, listing: Listing[CommitmentView], query: str, order: tuple[str, bool]) -> int:
    with tracker.commitments.listing(
        query,
        as_of=call.as_of,
        limit=call.args.limit,
        offset=call.args.offset,
        sort=order[0],
        descending=order[1],
    ) as views:
        counted = _Counted()
        pieces = render_list(call.form, listing, map(counted, views), width=call.width, colour=call.colour)
        call.answer(pieces)
    if not counted.seen and call.args.limit != 0 and call.form == "table":
        # Below the headings.
        finish()
        say(_("No commitment matches."))
    return 0


def _with_columns(names: str | None, form: str) -> Listing[CommitmentView]:
    if names is None:
        return COMMITMENTS
    if form not in WITH_COLUMNS:
        # The rows of JSON are a promise.
        raise BadOption("--columns", "needless")
    return COMMITMENTS.choose(CHOICE, [name.strip() for name in names.split(",")])


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
        return call.listed(ENTRIES, entries)


def _asked(call: Call, tracker: Tracker) -> tuple[str, SavedView | None]:
    """The query; after `@name`, that saved view and what else is asked of it."""
    first, *rest = call.args.query or ("",)
    if not first.startswith("@"):
        return query_of(call.args.query), None
    view = tracker.saved_views.get(first[1:])
    return narrowed(view.query, query_of(rest)), view


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
