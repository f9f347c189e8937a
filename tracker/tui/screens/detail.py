"""One commitment on its own screen: two columns where there is room for them, else one under the other."""

from __future__ import annotations

from datetime import date
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from tracker.domain.views import CommitmentDetail
from tracker.i18n import _
from tracker.render import error as worded
from tracker.tui.actions import ACTS, DETAIL, PAGE, bindings
from tracker.tui.messages import DetailArrived, Failed
from tracker.tui.openings import open_it
from tracker.tui.page import Block, Page
from tracker.tui.screens.marking import Marking
from tracker.tui.sheet import facts, record
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.page_view import PageView


class DetailRoom(Marking):
    """A commitment, whole; Enter opens what the cursor stands on, Esc goes back to where it was opened."""

    place = DETAIL
    also = (ACTS, PAGE)
    CSS_PATH = "detail.tcss"
    BINDINGS = bindings(DETAIL)
    AUTO_FOCUS = "#facts"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide")]

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._detail: CommitmentDetail | None = None
        # Whether it was written in two columns.
        self._both: bool | None = None

    def compose(self) -> ComposeResult:
        """Title, another day's banner, the commitment, the keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="missing")
        with Container(id="columns"):
            yield PageView(id="facts")
            yield PageView(id="record")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is known of the commitment, and ask for what it is now."""
        self._begin()

    def show(self, ref: str) -> None:
        """Show another commitment, from its beginning."""
        self._ref, self._detail = ref, None
        self.query_one("#missing", Notice).say("")
        for page in self.pages:
            page.show(None, from_start=True)
        self.pages[0].focus()
        self._begin()

    def _begin(self) -> None:
        if self.office.looked_at is not None:
            day, detail = self.office.looked_at
            if (day, detail.commitment.ref) == (self.office.day, self._ref):
                self._detail = detail
        self.retell()
        self.action_read_again()

    @property
    def pages(self) -> tuple[PageView, PageView]:
        """What is promised, and what was said and done since."""
        return self.query_one("#facts", PageView), self.query_one("#record", PageView)

    def retell(self) -> None:
        """Say everything again."""
        self.query_one(Bar).tell(_("Commitment {ref}").format(ref=self._ref), self.office.day_in_words)
        self.query_one("#banner", Notice).say(self.office.banner)
        self._write()

    def _write(self) -> None:
        left, right = self.pages
        if self._detail is None:
            return
        written = partial(_written, self._detail, self.office.settings.zone, self.office.day)
        both = self._both = self.has_class("-wide")
        left.show(partial(written, True, not both))
        right.first_number = left.first_number + len(left.sections)
        right.show(partial(written, False, True))

    def on_resize(self) -> None:
        """Fold two columns into one, or open them."""
        self.call_after_refresh(self._fold)

    def _fold(self) -> None:
        left, right = self.pages
        if not right.display and right.has_focus:
            left.focus()
        if self.has_class("-wide") is not self._both:
            self._write()

    def action_read_again(self) -> None:
        """Ask the register once more."""
        ref, day = self._ref, self.office.day
        self.ask("detail", lambda tracker: DetailArrived(tracker.commitments.show(ref, as_of=day)))

    def on_detail_arrived(self, message: DetailArrived) -> None:
        """Show it, unless it is what stands there, or one that was shown before."""
        if message.detail.commitment.ref != self._ref:
            return
        self.query_one("#missing", Notice).say("")
        if message.detail != self._detail:
            self._detail = message.detail
            self._write()

    def on_failed(self, message: Failed) -> None:
        """Say why it cannot be shown."""
        self.query_one("#missing", Notice).say(worded(message.error))

    def chosen_ref(self) -> str | None:
        """The commitment shown."""
        return self._detail.commitment.ref if self._detail else None

    @on(PageView.Opened)
    def _open(self, event: PageView.Opened) -> None:
        open_it(self.office, event.chosen)

    @on(PageView.Beyond)
    def _beyond(self, event: PageView.Beyond) -> None:
        """From the last section of one column to the first of the other, and around."""
        pages = [page for page in self.pages if page.display]
        last = sum(len(page.sections) for page in pages)
        number = (event.section - 1) % last + 1 if event.around and last else event.section
        for page in pages:
            if page.go_to_section(number):
                page.focus()

    def action_left_column(self) -> None:
        """To what is promised."""
        self.pages[0].focus()

    def action_right_column(self) -> None:
        """To what was said and done since."""
        if self.pages[1].display:
            self.pages[1].focus()


def _written(detail: CommitmentDetail, zone: str, day: date, first: bool, last: bool, width: int) -> list[Block]:
    """The first half of the page, the last, or both."""
    page = Page(width)
    if first:
        facts(page, detail, day, charts=True)
    if last:
        record(page, detail, zone)
    return page.blocks
