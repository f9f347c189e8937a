"""The timeline: what the register's filter finds, with deadlines as bars along the time axis."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Container

from tracker.domain.query import narrowed
from tracker.errors import TrackerError
from tracker.i18n import _, ngettext
from tracker.tui.actions import TIMELINE, bindings
from tracker.tui.asking import Asked
from tracker.tui.messages import Sized
from tracker.tui.scale import ZOOMS, Zoom, moved
from tracker.tui.screens.listing import Listing
from tracker.tui.screens.room import COUNT
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.detail_pane import DetailPane
from tracker.tui.widgets.timeline import TimelineList

DATED, UNDATED = "-due:none", "due:none"
# The name under which the zoom is remembered.
ZOOM = "timeline_zoom"


class TimelineRoom(Listing):
    """Deadlines as bars; those without one are counted, and listed on a key."""

    place = TIMELINE
    CSS_PATH = "timeline.tcss"
    BINDINGS = bindings(TIMELINE)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (44, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self._zoom = Zoom.YEAR
        # Where in time the person looks; None goes with the day that is shown.
        self._at: date | None = None
        self._undated = False
        # How many the filter finds that are not in this list: without a deadline, or with one.
        self._others: int | None = None

    def compose(self) -> ComposeResult:
        """Title, another day's banner, the filter, the bars and the commitment under the cursor, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="filter")
        yield Notice(id="nothing")
        with Container(id="desk"):
            yield TimelineList()
            yield DetailPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is known before the register is open, and ask when it is."""
        self.rows.as_of = self.office.day
        self._zoom = Zoom(self.office.state.text(ZOOM, ZOOMS) or self._zoom)
        self._look()
        self.retell()
        self.read()

    def tell(self) -> None:
        """How many have a deadline and how many have none, how many are selected, the filter, and of which day."""
        here, others = self._total, self._others
        counts = [self.not_yet]
        if not self.not_yet:
            numbers = (others, here) if self._undated else (here, others)
            counts = [said for said in map(_told, (True, False), numbers) if said]
        told = (self.selected, *counts, self.office.day_in_words)
        self.query_one(Bar).tell(_("Timeline"), "  ·  ".join(filter(None, told)))
        query = self._shown_filter
        self.query_one("#filter", Notice).say(
            _("Filter of the register: {query}").format(query=query) if query else "",
        )
        self.query_one("#nothing", Notice).say(self._why_empty())

    def _why_empty(self) -> str:
        if self._total != 0 or self.not_yet:
            return ""
        if self._undated:
            return _("Nothing without a deadline is found. Esc leads back to the bars.")
        return _("Nothing with a deadline is found. F2 leads to the filter, Ctrl+U to those without a deadline.")

    # Asking

    @property
    def _shown_filter(self) -> str:
        return self.office.register_room.wanted

    def asked(self) -> Asked:
        """What the register's filter finds, as far as it has a deadline, or has none."""
        return Asked(self._narrowed(UNDATED if self._undated else DATED), self.office.day)

    def _narrowed(self, term: str) -> str:
        try:
            return narrowed(self._shown_filter, term)
        except TrackerError:
            # The register, asked for that, says what is wrong with it.
            return self._shown_filter

    def counted(self) -> None:
        """Ask how many the list leaves out."""
        others, day = self._narrowed(DATED if self._undated else UNDATED), self.office.day
        self.ask(COUNT, lambda tracker: Sized(tracker.commitments.count(others, as_of=day)))

    def on_sized(self, message: Sized) -> None:
        """Say it."""
        self._others = message.total
        self.tell()

    def on_screen_resume(self) -> None:
        """The register's filter may be another one now."""
        if self._shown is not None and self._shown != self.asked():
            self._others = None
            self.read()

    # Time

    def _look(self) -> None:
        rows = self.rows
        assert isinstance(rows, TimelineList)
        rows.look(self._zoom, self._at, bars=not self._undated)

    def _move(self, units: int) -> None:
        self._at = moved(self._zoom, self._at or self.office.day, units)
        self._look()

    def action_earlier(self) -> None:
        """Back by one month, quarter or year."""
        self._move(-1)

    def action_later(self) -> None:
        """On by one month, quarter or year."""
        self._move(1)

    def action_now(self) -> None:
        """To today's line."""
        self._at = None
        self._look()

    def action_there(self) -> None:
        """To where the deadline under the cursor ends."""
        current = self.rows.current
        if current and current.deadline and current.deadline.end:
            self._at = current.deadline.end
            self._look()

    def action_nearer(self) -> None:
        """More cells for the same days."""
        self.action_zoom(self._zoom.nearer)

    def action_farther(self) -> None:
        """Fewer cells for the same days."""
        self.action_zoom(self._zoom.farther)

    def action_zoom(self, zoom: str) -> None:
        """Show months, quarters or years, and again after a restart."""
        self._zoom = Zoom(zoom)
        self.office.state.keep(ZOOM, zoom)
        self._look()

    def action_undated(self) -> None:
        """Those without a deadline; from there, the bars again."""
        self._undated = not self._undated
        self._total, self._others = None, None
        self._look()
        self.tell()
        self.read()

    def leave_list(self) -> None:
        """Esc: from those without a deadline to the bars, then back."""
        if self._undated:
            self.action_undated()
        else:
            super().leave_list()


def _told(with_deadline: bool, count: int | None) -> str:
    if count is None:
        return ""
    if with_deadline:
        return ngettext("{count} with a deadline", "{count} with a deadline", count).format(count=count)
    return ngettext("{count} without", "{count} without", count).format(count=count)
