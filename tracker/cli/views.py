"""Saved views: save, list, drop. `tracker list @name` asks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.asking import query_of
from tracker.cli.call import CHANNEL, Call
from tracker.domain.commands import SaveView
from tracker.domain.views import Remark
from tracker.errors import NotFound, UnknownValue
from tracker.i18n import _
from tracker.reports.listing import VIEWS

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

SLOTS = tuple(map(str, range(1, 10)))


def save(call: Call) -> int:
    """`tracker view save`: in the place of a view of that name, if there is one."""
    args = call.args
    name = args.name.removeprefix("@")
    with call.tracker() as tracker:
        command = SaveView(
            name=name,
            query=query_of(args.query),
            columns=tuple(part.strip() for part in args.columns.split(",") if part.strip()),
            sort=args.sort,
            group=args.group,
            slot=_slot(args.slot, tracker, name),
        )
        tracker.saved_views.save(command, tracker.hand(CHANNEL))
        saved = tracker.saved_views.get(name)
    call.remark(Remark("view_saved", {"name": saved.name, "key": saved.key}))
    return call.listed(VIEWS, (saved,))


def list_views(call: Call) -> int:
    """`tracker view list`."""
    with call.tracker() as tracker:
        found = tracker.saved_views.listing()
    return call.listed(VIEWS, found, _("No view is saved."))


def drop(call: Call) -> int:
    """`tracker view drop`."""
    with call.tracker() as tracker:
        gone = tracker.saved_views.get(call.args.name.removeprefix("@"))
        tracker.saved_views.drop(gone.name, tracker.hand(CHANNEL))
    call.remark(Remark("view_dropped", {"name": gone.name}))
    return call.listed(VIEWS, (gone,))


def _slot(typed: str | None, tracker: Tracker, name: str) -> int | None:
    """The slot as it is typed; without one a view keeps the slot that it has."""
    if typed is None:
        try:
            return tracker.saved_views.get(name).slot
        except NotFound:
            return None
    if typed.lower() == "none":
        return None
    if typed not in SLOTS:
        raise UnknownValue("slot", typed, (*SLOTS, "none"))
    return int(typed)
