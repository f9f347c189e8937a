"""Rooms with chosen commitments, from which acts are done."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from tracker.domain.commands import Seen
from tracker.i18n import _
from tracker.tui.actions import ACTS, bindings
from tracker.tui.forms import go_on, open_act
from tracker.tui.messages import FollowUpFound, SourceFound
from tracker.tui.openings import ASource, TheReason, open_it
from tracker.tui.screens.room import Room


class Marking(Room):
    """A room with a chosen commitment: opens the forms of the acts."""

    also: ClassVar[tuple[str, ...]] = (ACTS,)
    BINDINGS = bindings(ACTS)

    @abstractmethod
    def chosen_ref(self) -> str | None:
        """The commitment under the cursor, or None."""

    def chosen(self) -> tuple[Seen, ...]:
        """The commitments that an act is meant for, as the person sees them: one, unless the room lets choose more."""
        ref = self.chosen_ref()
        return (Seen(ref=ref),) if ref is not None else ()

    def action_why(self) -> None:
        """Why the chosen commitment is overdue, due, or whatever it is."""
        if (ref := self.chosen_ref()) is not None:
            open_it(self.office, TheReason(ref))

    def action_source(self) -> None:
        """The document that the chosen commitment was taken from, on its sentence."""
        ref, day = self.chosen_ref(), self.office.day
        if ref is not None:
            self.ask("source", lambda tracker: SourceFound(tracker.commitments.explain(ref, as_of=day)))

    def on_source_found(self, message: SourceFound) -> None:
        """Open it."""
        given = message.explanation
        if given.source is None:
            self.office.say(_("No source is on record."))
        else:
            open_it(self.office, ASource(given.source.sha256, given.source.start, given.source.end, given.ref))

    def action_mark(self) -> None:
        """Say where the chosen commitments stand."""
        open_act(self, "mark")

    def action_act(self, name: str) -> None:
        """Do something else to them: open its form, or do it at once where there is nothing to ask."""
        open_act(self, name)

    def on_follow_up_found(self, message: FollowUpFound) -> None:
        """Go on with the follow-up that was asked for."""
        go_on(self, message)
