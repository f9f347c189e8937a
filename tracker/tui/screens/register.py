"""The register: a filter, the values to filter by, the list, and the commitment under the cursor."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static

from tracker.domain.query import FACETS
from tracker.domain.refine import toggled, values_in, without
from tracker.errors import TrackerError
from tracker.i18n import _, ngettext
from tracker.render import error as worded
from tracker.tui import completion
from tracker.tui.actions import REGISTER, bindings
from tracker.tui.asking import Asked, facet
from tracker.tui.columns import COLUMNS
from tracker.tui.groups import grouping_name
from tracker.tui.messages import FacetArrived, Found
from tracker.tui.screens.arranging import Arranging
from tracker.tui.screens.room import COUNT
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.commitment_list import CommitmentList
from tracker.tui.widgets.completing import CompletingLine
from tracker.tui.widgets.detail_pane import DetailPane
from tracker.tui.widgets.facet_pane import FacetPane

# A mistake is told to a person who rests: half a word is none.
MISTAKE_REST = 0.3


class RegisterRoom(Arranging):
    """Every commitment that the filter finds."""

    place = REGISTER
    CSS_PATH = "register.tcss"
    BINDINGS = bindings(REGISTER)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide"), (150, "-widest")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (44, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._cleared = False
        self._mistake_rest: Timer | None = None
        # The fields whose values are still to be counted, and for which question.
        self._facets_left: list[str] = []

    def compose(self) -> ComposeResult:
        """Title, another day's banner, filter, values, list and detail, keys."""
        yield Bar()
        yield Notice(id="banner")
        with Horizontal(id="filter"):
            yield Static(id="filter-name", markup=False)
            yield CompletingLine(completion.query, eager=False, id="filter-text")
        yield Notice(id="filter-error")
        with Container(id="desk"):
            yield FacetPane()
            yield CommitmentList()
            yield DetailPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is known before the register is open, and ask when it is."""
        self.rows.set_columns(self.columns, self.sort, descending=self.descending)
        self.retell()
        self.read()

    def retell(self) -> None:
        """Say everything again."""
        self.query_one("#filter-name", Static).update(shown(_("Filter")))
        self.query_one("#filter-text", Input).placeholder = _("words, or is:overdue  lead:…  due:2026-Q4")
        self.facets.refresh()
        super().retell()

    def tell(self) -> None:
        """How many there are, how many are selected, how they are grouped, and of which day."""
        count, total = self.not_yet, self._total or 0
        if not count and self._shown and self._shown.query:
            count = ngettext("{count} commitment matches", "{count} commitments match", total)
        elif not count:
            count = ngettext("{count} commitment", "{count} commitments", total)
        grouped = grouping_name(self.grouping).lower() if self.grouping else ""
        told = (self.selected, count.format(count=total), grouped, self.office.day_in_words)
        self.query_one(Bar).tell(_("Register"), "  ·  ".join(filter(None, told)))

    # Asking

    def asked(self) -> Asked:
        """What the filter finds on the day that is shown, in the order and under the headings chosen."""
        return Asked(self._query, self.office.day, self.sort, self.descending, self.grouping)

    def follows(self, *, again: bool) -> bool:
        """The whole register begins on the commitment that the cursor stood on."""
        return again or self._cleared

    def take_answer(self, message: Found) -> None:
        """Show it; nothing is wrong any more."""
        self._cleared = False
        self._say_mistake("")
        super().take_answer(message)
        if message.counted:
            self._say_when_empty()

    def _say_when_empty(self) -> None:
        if self._total == 0 and self._query:
            self._say_mistake(_("Nothing matches. Esc clears the filter."))
        elif self._total == 0:
            said = _("The register is empty. Insert adds a commitment; `tracker seed` loads the curated ones.")
            self._say_mistake(said)

    def _say_mistake(self, sentence: str) -> None:
        if self._mistake_rest:
            self._mistake_rest.stop()
            self._mistake_rest = None
        self.query_one("#filter-error", Notice).say(sentence)

    def no_answer(self, sentence: str) -> None:
        """Say why under the filter, where it stays, once the person rests."""
        if self._mistake_rest:
            self._mistake_rest.stop()
        self._mistake_rest = self.set_timer(MISTAKE_REST, lambda: self._say_mistake(sentence))

    # The filter line

    @property
    def filter_line(self) -> Input:
        """Where the query is typed."""
        return self.query_one("#filter-text", Input)

    def action_filter(self) -> None:
        """To the filter."""
        self.filter_line.focus()

    @property
    def wanted(self) -> str:
        """The query that stands in the filter."""
        return self._query

    def filter_by(self, query: str) -> None:
        """Put a query into the filter, as if typed."""
        self.filter_line.value = query.strip()
        self.rows.focus()

    def action_preset(self, query: str) -> None:
        """Filter by a query that many ask."""
        self.filter_by(query)

    @on(Input.Changed, "#filter-text")
    def _typed(self, event: Input.Changed) -> None:
        query = event.value.strip()
        if self._mistake_rest:
            self._mistake_rest.stop()
        if query != self._query:
            self._query, self._cleared = query, not query
            self._mark_facets()
            self.read()

    @on(Input.Submitted, "#filter-text")
    def _done_typing(self) -> None:
        self.rows.focus()

    def action_leave(self) -> None:
        """Esc: what was selected first; in the filter it clears, then leaves; else back to the list, or a room back."""
        text = self.filter_line
        if self.focused is text and not text.value:
            self.rows.focus()
        elif self.focused is text:
            text.value = ""
        elif self.focused is not self.rows:
            self._leave_pane()
        elif not self.select_none():
            self.leave_list()

    def leave_list(self) -> None:
        """The filter is cleared first."""
        if self.filter_line.value:
            self.filter_line.value = ""
        else:
            super().leave_list()

    # Values to filter by

    @property
    def facets(self) -> FacetPane:
        """The pane with the values."""
        return self.query_one(FacetPane)

    def action_facets(self) -> None:
        """Show the values to filter by, or hide them."""
        shown_now = self.facets.display
        self.set_class(not shown_now, "-facets")
        self.set_class(shown_now, "-no-facets")
        if shown_now:
            self.rows.focus()
        else:
            self.facets.focus()
            self.counted()

    def action_facet(self, name: str) -> None:
        """To the values of one field."""
        if not self.facets.display:
            self.action_facets()
        self.facets.to(name)
        self.facets.focus()

    def _leave_pane(self) -> None:
        # Over a narrow list the values lie on the rows: they go when they are left.
        if self.focused is self.facets and not self.has_class("-widest"):
            self.action_facets()
        self.rows.focus()

    def counted(self) -> None:
        """Ask for the values, one field after the other, most wanted first."""
        if self.facets.display:
            self._facets_left = list(FACETS)
            self._next_facet()

    def _next_facet(self) -> None:
        asked = self._shown
        if asked is None or not self._facets_left:
            return
        name = self._facets_left.pop(0)
        # Values of the same field can be added: they are counted as if none were chosen.
        query = without(asked.query, name)
        self.ask(COUNT, lambda tracker: FacetArrived(asked, facet(tracker, query, name, asked.day)))

    def on_facet_arrived(self, message: FacetArrived) -> None:
        """Show them, and ask for the next."""
        if message.asked == self._shown:
            self.facets.show(message.facet)
            self._next_facet()

    @on(FacetPane.Toggled)
    def _toggled(self, message: FacetPane.Toggled) -> None:
        try:
            self.filter_line.value = toggled(self._query, message.name, message.value)
        except TrackerError as error:
            self._say_mistake(worded(error))
        self.filter_line.action_end()

    def _mark_facets(self) -> None:
        try:
            self.facets.mark({name: values_in(self._query, name) for name in FACETS})
        except TrackerError:
            # A query that cannot be read yet has no values.
            self.facets.mark({})

    # Columns and order

    @on(CommitmentList.HeaderClicked)
    def _header_clicked(self, message: CommitmentList.HeaderClicked) -> None:
        if sort := COLUMNS[message.column].sort:
            self.sort_by(sort)
