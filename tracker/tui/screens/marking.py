"""Rooms with chosen commitments, from which acts are done."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from tracker.domain.commands import Seen
from tracker.domain.views import Done, Remark
from tracker.i18n import _
from tracker.render import remark
from tracker.tui.actions import ACTS, bindings
from tracker.tui.messages import SourceFound
from tracker.tui.openings import ASource, TheReason, open_it
from tracker.tui.screens.room import Room


class Marking(Room):
    """A room with a chosen commitment: opens the mark dialog and says what was done."""

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
        """Open the dialog on the chosen commitment, or say why it cannot be marked now."""
        from tracker.tui.screens.mark import MarkDialog

        ref = self.chosen_ref()
        if not self.may_record:
            self.office.say(self.office.why_not_today, severity="warning")
        elif not self.chosen():
            self.office.say(self.why_none(), severity="warning")
        elif ref is not None:
            self.app.push_screen(MarkDialog(ref), self._marked)

    def _marked(self, done: Done | None) -> None:
        if done is None:
            return
        self.office.changed(done)
        for commitment in done.commitments:
            self.office.say(remark(Remark("marked", {"ref": commitment.ref, "status": commitment.status})))
        for said in done.remarks:
            self.office.say(remark(said), severity="warning")
