"""The pane that shows one commitment, to be scrolled."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tracker.domain.views import CommitmentDetail
from tracker.tui.sheet import sheet
from tracker.tui.shown import shown


class DetailPane(VerticalScroll):
    """A commitment, whole, or a sentence that says why not."""

    DEFAULT_CSS = """
    DetailPane {
        background: $surface;
        padding: 0 1 0 2;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > Static { height: auto; }
        &:focus { background-tint: $foreground 2%; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._detail: CommitmentDetail | None = None
        self._written_for = 0

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(markup=False)

    @property
    def detail(self) -> CommitmentDetail | None:
        """What is shown."""
        return self._detail

    def show(self, detail: CommitmentDetail | None) -> None:
        """Show a commitment, or nothing. Another one is shown from its beginning."""
        if not (detail and self._detail and detail.commitment.ref == self._detail.commitment.ref):
            self.scroll_home(animate=False)
        self._detail = detail
        self.retell()

    def say(self, sentence: str) -> None:
        """Show a sentence instead."""
        self._detail = None
        self.query_one(Static).update(shown(sentence, "$quiet"))

    def retell(self) -> None:
        """Write it again: the language, the width or the day has changed."""
        from tracker.tui.app import TrackerApp

        assert isinstance(self.app, TrackerApp)
        width = self.scrollable_content_region.width
        self._written_for = width
        if self._detail is None or not width:
            self.query_one(Static).update(Content(""))
            return
        self.query_one(Static).update(sheet(self._detail, width, self.app.settings.zone, self.app.day))

    def on_resize(self) -> None:
        """Write it again for another width."""
        if self._detail and self.scrollable_content_region.width != self._written_for:
            self.retell()
