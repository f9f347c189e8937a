"""The register: a filter, the list, and the commitment under the cursor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static

from tracker.domain.views import CommitmentView, Done
from tracker.errors import NotFound
from tracker.i18n import _, ngettext
from tracker.render import error as worded
from tracker.tui.actions import REGISTER, bindings
from tracker.tui.messages import BlocksArrived, BlocksWanted, Counted, DetailArrived, Failed, Found
from tracker.tui.screens.marking import Marking
from tracker.tui.screens.room import COUNT
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.commitment_list import BLOCK, CommitmentList
from tracker.tui.widgets.detail_pane import DetailPane
from tracker.tui.widgets.rows import Rows
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# Rows answer every letter. How many there are may take longer: it is counted when the fingers rest.
COUNT_REST = 0.15
CURSOR_REST = 0.06


def _block(tracker: Tracker, query: str, day: date, block: int) -> tuple[CommitmentView, ...]:
    return tracker.commitments.page(query, as_of=day, offset=block * BLOCK, limit=BLOCK)


class RegisterRoom(Marking):
    """The room in which the interface opens."""

    place = REGISTER
    CSS_PATH = "register.tcss"
    BINDINGS = bindings(REGISTER)
    AUTO_FOCUS = "CommitmentList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (44, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        # What the list shows: the answer to this question, which need not be the last one asked.
        self._shown = ("", date.min)
        self._total: int | None = None
        self._count_rest: Timer | None = None
        self._cursor_rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, another day's banner, filter, list and detail, keys."""
        yield Bar()
        yield Notice(id="banner")
        with Horizontal(id="filter"):
            yield Static(id="filter-name", markup=False)
            yield TextLine(compact=True, id="filter-text")
        yield Notice(id="filter-error")
        with Container(id="desk"):
            yield CommitmentList()
            yield DetailPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is known before the register is open."""
        self.retell()

    def retell(self) -> None:
        """Say everything again."""
        self.query_one("#filter-name", Static).update(shown(_("Filter")))
        self.query_one("#filter-text", Input).placeholder = _("words, or is:overdue  lead:…  due:2026-Q4")
        self.query_one("#banner", Notice).say(self.office.banner)
        self.query_one(CommitmentList).refresh()
        self.query_one(DetailPane).retell()
        self._tell_count()

    def _tell_count(self) -> None:
        if not self.office.is_open:
            count = _("opening the register …")
        elif self._total is None:
            count = _("counting …")
        elif self._shown[0]:
            count = ngettext("{count} commitment matches", "{count} commitments match", self._total)
        else:
            count = ngettext("{count} commitment", "{count} commitments", self._total)
        told = (count.format(count=self._total), self.office.day_in_words)
        self.query_one(Bar).tell(_("Register"), "  ·  ".join(told))

    # Asking for rows

    def read(self, *, again: bool = False) -> None:
        """Ask for what the filter finds: the rows at the cursor (`again`) or the first; then how many there are."""
        if not self.office.is_open:
            # What is typed meanwhile is asked when it is open.
            return
        self._stop_counting()
        query, day = self._query, self.office.day
        block = self.query_one(CommitmentList).current_block if again else 0

        def found(tracker: Tracker) -> Found:
            # Of the whole register the number is at hand.
            total = None if query else tracker.commitments.count(as_of=day)
            rows, at = _block(tracker, query, day, block), block
            if block and not rows:
                total = tracker.commitments.count(query, as_of=day)
                at = max(total - 1, 0) // BLOCK
                rows = _block(tracker, query, day, at)
            return Found(query, day, at * BLOCK + len(rows) if len(rows) < BLOCK else total, at, rows, again)

        self.ask("filter", found)

    def on_found(self, message: Found) -> None:
        """Show the answer in the place of the old rows; one to a question of before is dropped."""
        if (message.query, message.day) != (self._query, self.office.day):
            return
        self._shown = (message.query, message.day)
        self._total = message.total
        rows = self.query_one(CommitmentList)
        # While it is counted, one row more than are there tells that there are more.
        total = (message.block + 1) * BLOCK + 1 if message.total is None else message.total
        rows.show(total, message.block, message.rows, message.day, stay=message.again, whole=not message.query)
        nothing = message.query and message.total == 0
        self.query_one("#filter-error", Notice).say(_("Nothing matches. Esc clears the filter.") if nothing else "")
        self._tell_count()
        if message.total is None:
            self._count_rest = self.set_timer(COUNT_REST, self._count)

    def _count(self) -> None:
        query, day = self._shown
        self.ask(COUNT, lambda tracker: Counted(query, day, tracker.commitments.count(query, as_of=day)))

    def _stop_counting(self) -> None:
        if self._count_rest:
            self._count_rest.stop()
        self.workers.cancel_group(self, COUNT)

    def on_counted(self, message: Counted) -> None:
        """Say how many there are, and let the list end where it ends."""
        if (message.query, message.day) == self._shown:
            self._total = message.total
            self.query_one(CommitmentList).set_length(message.total)
            self._tell_count()

    def on_blocks_wanted(self, message: BlocksWanted) -> None:
        """Ask for rows that came onto the screen: more of the answer that is shown, whatever was asked since."""
        query, day = self._shown
        generation = self.query_one(CommitmentList).generation

        def arrived(tracker: Tracker) -> BlocksArrived:
            return BlocksArrived(
                generation,
                {block: _block(tracker, query, day, block) for block in message.blocks},
            )

        self.ask("blocks", arrived)

    def on_blocks_arrived(self, message: BlocksArrived) -> None:
        """Put them in their place."""
        self.query_one(CommitmentList).take(message.generation, message.blocks)

    def on_failed(self, message: Failed) -> None:
        """Say why; what was there before stays."""
        match message.group:
            case "detail" if isinstance(message.error, NotFound):
                self.query_one(DetailPane).say(worded(message.error))
            case _:
                self.broke_off(message.group, worded(message.error))

    def broke_off(self, group: str, sentence: str) -> None:
        """Say why under the filter, where it stays; rows that do not come may be asked for again."""
        if group == "blocks":
            self.query_one(CommitmentList).give_up()
        if group == "filter":
            self.query_one("#filter-error", Notice).say(sentence)
        else:
            super().broke_off(group, sentence)

    def day_changed(self) -> None:
        """The register of another day, from the same row on."""
        self.retell()
        self.read(again=True)

    def action_read_again(self) -> None:
        """Ask the register once more; the cursor stays."""
        self.read(again=True)

    # The filter line

    def action_filter(self) -> None:
        """To the filter."""
        self.query_one("#filter-text", Input).focus()

    def filter_by(self, query: str) -> None:
        """Put a query into the filter, as if typed."""
        self.query_one("#filter-text", Input).value = query
        self.query_one(CommitmentList).focus()

    @on(Input.Changed, "#filter-text")
    def _typed(self, event: Input.Changed) -> None:
        self._query = event.value.strip()
        self.read()

    @on(Input.Submitted, "#filter-text")
    def _done_typing(self) -> None:
        self.query_one(CommitmentList).focus()

    def action_leave(self) -> None:
        """Esc clears the filter, goes back to the list, and from there one level back."""
        rows, text = self.query_one(CommitmentList), self.query_one("#filter-text", Input)
        if self.focused is not rows and not (self.focused is text and text.value):
            rows.focus()
        elif text.value:
            text.value = ""
        else:
            super().action_leave()

    # The row under the cursor

    @on(Rows.Moved)
    def _moved(self) -> None:
        if self._cursor_rest:
            self._cursor_rest.stop()
        self._cursor_rest = self.set_timer(CURSOR_REST, self._show_detail)

    def _show_detail(self) -> None:
        chosen, day = self.query_one(CommitmentList).current, self.office.day
        if chosen is None:
            self.query_one(DetailPane).show(None)
            return
        ref = chosen.ref
        self.ask("detail", lambda tracker: DetailArrived(tracker.commitments.show(ref, as_of=day)))

    def on_detail_arrived(self, message: DetailArrived) -> None:
        """Show it beside the list; without room there, whoever opens it sees it at once."""
        self.office.looked_at = self.office.day, message.detail
        if self.query_one(DetailPane).display:
            self.query_one(DetailPane).show(message.detail)

    def on_resize(self) -> None:
        """A pane that appears shows the row under the cursor."""
        self.call_after_refresh(self._moved)

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """To the commitment: the pane beside the list, or a screen of its own when there is no pane."""
        from tracker.tui.screens.detail import DetailRoom

        ref = self.chosen_ref()
        if ref is None:
            return
        pane = self.query_one(DetailPane)
        if pane.display:
            pane.focus()
        else:
            self.app.push_screen(DetailRoom(ref))

    def chosen_ref(self) -> str | None:
        """The commitment under the cursor."""
        chosen = self.query_one(CommitmentList).current
        return chosen.ref if chosen else None

    def was_changed(self, done: Done) -> None:
        """Draw the rows that have changed, and the pane; nothing else."""
        for commitment in done.commitments:
            self.query_one(CommitmentList).replace(commitment)
        if self._total is None:
            # An act does not wait for a count.
            self._count()
        self._moved()
