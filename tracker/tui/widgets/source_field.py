"""A line for a place in a document, DOCUMENT:PARAGRAPH; what stands there is read out below."""

from __future__ import annotations

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from tracker.errors import TrackerError
from tracker.i18n import _
from tracker.render import error as worded
from tracker.tui.completion import documents
from tracker.tui.widgets.completing import OFFER_REST, CompletingLine
from tracker.tui.widgets.field import Field

LONGEST = 400


class SourceField(Field[CompletingLine]):
    """Documents and paragraphs are offered; the paragraph that is named is shown."""

    class Found(Message):
        """What stands at the place that was typed, or why nothing does."""

        def __init__(self, typed: str, sentence: str, error: TrackerError | None = None) -> None:
            super().__init__()
            self.typed, self.sentence, self.error = typed, sentence, error

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__(name, CompletingLine(documents, placeholder=_("DOCUMENT:PARAGRAPH")), hint)
        self._rest: Timer | None = None
        self._known = ("", "")

    def read(self) -> None:
        """Show the paragraph when it is known; else ask for it soon."""
        if self._known[0] == self.typed.strip():
            self.remark(self._known[1])
        else:
            self.remark("")

    @on(Input.Changed)
    def _typed_on(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(OFFER_REST, self._ask)

    def _ask(self) -> None:
        from tracker.tui.app import TrackerApp

        office, typed = self.app, self.typed.strip()
        assert isinstance(office, TrackerApp)
        if not typed.rpartition(":")[0] or not typed[-1].isdecimal() or not office.is_open:
            return
        tracker = office.tracker

        def look() -> None:
            try:
                place = tracker.commitments.read_place(typed)
                text = tracker.library.document(place.document).text or ""
                found = self.Found(typed, text[place.start : place.end])
            except TrackerError as error:
                found = self.Found(typed, "", error)
            if not get_current_worker().is_cancelled:
                self.post_message(found)

        self.run_worker(look, thread=True, exclusive=True, group="source", exit_on_error=False)

    @on(Found)
    def _found(self, event: SourceField.Found) -> None:
        event.stop()
        if event.typed != self.typed.strip():
            return
        if event.error is not None:
            self.remark(worded(event.error), wanting=True)
            return
        sentence = event.sentence if len(event.sentence) <= LONGEST else event.sentence[:LONGEST] + " …"
        self._known = (event.typed, f"“{sentence}”")
        self.remark(self._known[1])
