"""Saved views: named queries that the interface and the command line share."""

from __future__ import annotations

from tracker import errors
from tracker.domain.agenda import SavedView
from tracker.domain.commands import SaveView
from tracker.domain.history import ActKind, Hand
from tracker.domain.saved_view import SLOTS, StoredView, check_view, view_key
from tracker.domain.views import Done
from tracker.services.acts import House
from tracker_db.saved_views import saved_view, saved_views


class SavedViews:
    """List, save and drop views."""

    def __init__(self, house: House) -> None:
        self._house = house

    def listing(self) -> tuple[SavedView, ...]:
        """All views: those with a slot by it, then the others by name."""
        with self._house.database.read() as session:
            return saved_views(session)

    def get(self, name: str) -> SavedView:
        """The view called so, whatever its case and marks. Raises NotFound with the nearest names."""
        with self._house.database.read() as session:
            return saved_view(session, name)

    def save(self, command: SaveView, hand: Hand) -> Done:
        """Keep a view under its name, in the place of one called so; a slot goes over to it in the same act.

        Raises BadQuery, UnknownValue, BadDate (a view that could not be shown), BadOption (name, nothing new).
        """
        check_view(command.query, command.columns, command.sort, command.group)
        if not view_key(command.name):
            raise errors.BadOption("NAME", "missing")
        if command.slot is not None and command.slot not in SLOTS:
            raise errors.UnknownValue("slot", str(command.slot), tuple(map(str, SLOTS)))
        fields = {name: getattr(command, name) for name in SaveView.model_fields}
        with self._house.act(ActKind.AMEND, hand) as writing:
            if not writing.done_before:
                view = StoredView(**fields)
                for other in saved_views(writing.session) if view.slot is not None else ():
                    if other.slot == view.slot and other.key != view.subject_ref:
                        kept = writing.recorder.value(StoredView, other.key)
                        assert kept is not None
                        writing.recorder.put(kept.model_copy(update={"slot": None}), hand.today)
                writing.recorder.put(view, hand.today)
            return Done(writing.recorder.act.id, writing.finish())

    def drop(self, name: str, hand: Hand) -> Done:
        """Take a view away; its history stays. Raises NotFound."""
        with self._house.act(ActKind.AMEND, hand) as writing:
            if not writing.done_before:
                key = saved_view(writing.session, name).key
                kept = writing.recorder.value(StoredView, key)
                assert kept is not None
                gone = kept.model_copy(update={"dropped": True, "slot": None})
                writing.recorder.put(gone, hand.today)
            return Done(writing.recorder.act.id, writing.finish())
