"""One commitment on its own screen."""

from __future__ import annotations

from textual.app import ComposeResult

from tracker.domain.views import CommitmentDetail, Done
from tracker.i18n import _
from tracker.render import error as worded
from tracker.tui.actions import DETAIL, bindings
from tracker.tui.messages import DetailArrived, Failed
from tracker.tui.screens.marking import Marking
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.detail_pane import DetailPane


class DetailRoom(Marking):
    """A commitment, whole; Esc goes back to where it was opened."""

    place = DETAIL
    BINDINGS = bindings(DETAIL)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._detail: CommitmentDetail | None = None

    def compose(self) -> ComposeResult:
        """Title, another day's banner, the commitment, the keys."""
        yield Bar()
        yield Notice(id="banner")
        yield DetailPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for the commitment."""
        self.retell()
        self.query_one(DetailPane).focus()
        self.action_read_again()

    def retell(self) -> None:
        """Say everything again."""
        self.query_one(Bar).tell(_("Commitment"), self.office.day_in_words)
        self.query_one("#banner", Notice).say(self.office.banner)
        self.query_one(DetailPane).retell()

    def day_changed(self) -> None:
        """The same commitment on another day."""
        self.retell()
        self.action_read_again()

    def action_read_again(self) -> None:
        """Ask the register once more."""
        ref, day = self._ref, self.office.day
        self.ask("detail", lambda tracker: DetailArrived(tracker.commitments.show(ref, as_of=day)))

    def on_detail_arrived(self, message: DetailArrived) -> None:
        """Show it."""
        self._detail = message.detail
        self.query_one(DetailPane).show(message.detail)

    def on_failed(self, message: Failed) -> None:
        """Say why it cannot be shown."""
        self.query_one(DetailPane).say(worded(message.error))

    def chosen_ref(self) -> str | None:
        """The commitment to mark."""
        return self._detail.commitment.ref if self._detail else None

    def was_changed(self, done: Done) -> None:
        """Show what was recorded."""
        self.action_read_again()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()
