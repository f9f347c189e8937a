"""A line for a place in a document, DOCUMENT:PARAGRAPH; what stands there is read out below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widgets import Input

from tracker.errors import TrackerError
from tracker.i18n import _
from tracker.render import error as worded
from tracker.tui.completion import documents
from tracker.tui.widgets.completing import CompletingLine
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.look_up import LookUp

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

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
        self._look_up = LookUp(self, self._question)
        self._known = ("", "")

    def read(self) -> None:
        """Show the paragraph when it is known; else ask for it soon."""
        if self._known[0] == self.typed.strip():
            self.remark(self._known[1])
        else:
            self.remark("")

    @on(Input.Changed)
    def _typed_on(self) -> None:
        self._look_up.soon()

    def _question(self) -> Callable[[Tracker], Message] | None:
        typed = self.typed.strip()
        if not typed.rpartition(":")[0] or not typed[-1].isdecimal():
            return None

        def look(tracker: Tracker) -> Message:
            try:
                place = tracker.commitments.read_place(typed)
                text = tracker.library.document(place.document).text or ""
                return self.Found(typed, text[place.start : place.end])
            except TrackerError as error:
                return self.Found(typed, "", error)

        return look

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
