"""The answer to "why is this overdue?": the words, the rule, the days, the arithmetic, who said so."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tracker.domain.explanation import Explanation
from tracker.render import error as worded
from tracker.render import explanation as explained
from tracker.render.explanation import question
from tracker.tui.actions import WHY, bindings
from tracker.tui.messages import Explained, Failed
from tracker.tui.openings import ASource, open_it
from tracker.tui.page import Page
from tracker.tui.screens.room import ABOVE_ALL, Place
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import KeyLine

NAMES = 18


class WhyDialog(Place[None], ModalScreen[None]):
    """Over any room with a chosen commitment. Enter opens the source, Esc goes back."""

    place = WHY
    CSS_PATH = "why.tcss"
    BINDINGS = [*bindings(WHY), *ABOVE_ALL]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._given: Explanation | None = None

    def compose(self) -> ComposeResult:
        """The question, the steps of the answer, the keys."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            with VerticalScroll():
                yield Static(id="steps", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Ask."""
        ref, day = self._ref, self.office.day
        self.ask("why", lambda tracker: Explained(tracker.commitments.explain(ref, as_of=day)))

    def on_explained(self, message: Explained) -> None:
        """Tell it."""
        self._given = message.explanation
        self.retell()

    def on_failed(self, message: Failed) -> None:
        """Say why there is no answer."""
        self.query_one("#steps", Static).update(shown(worded(message.error)))

    def retell(self) -> None:
        """Say everything again: the language or the width has changed."""
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        if self._given is None or not width:
            return
        self.query_one(".title", Static).update(shown(question(self._given)))
        page = Page(width, NAMES)
        for step in explained(self._given):
            for number, sentence in enumerate(step.sentences):
                page.field(step.name if number == 0 else "", shown(sentence), apart=number == 0 and bool(page.blocks))
        self.query_one("#steps", Static).update(page.content if page.blocks else Content(""))

    def on_resize(self) -> None:
        """Write it for another width."""
        self.call_after_refresh(self.retell)

    def action_source(self) -> None:
        """Open the document on the sentence."""
        if self._given is not None and self._given.source is not None:
            source = self._given.source
            office = self.office
            self.dismiss()
            open_it(office, ASource(source.sha256, source.start, source.end, self._ref))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()
