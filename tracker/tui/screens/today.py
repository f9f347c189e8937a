"""Today: what needs somebody, in an order that explains itself; each line says why it is here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from tracker.i18n import _, ngettext
from tracker.tui.actions import TODAY, bindings
from tracker.tui.asking import Asked
from tracker.tui.messages import Found, Sized
from tracker.tui.screens.listing import Listing
from tracker.tui.screens.room import COUNT
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.commitment_list import CommitmentList
from tracker.tui.widgets.detail_pane import DetailPane

# Why it is here stands before whom it concerns and what comes next: those give way first.
COLUMNS = ("ref", "title", "why", "lead", "next")


class TodayRoom(Listing):
    """The room in which the interface opens."""

    place = TODAY
    CSS_PATH = "today.tcss"
    BINDINGS = bindings(TODAY)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide")]

    def compose(self) -> ComposeResult:
        """Title, another day's banner, the sections and the commitment under the cursor, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="nothing")
        with Container(id="desk"):
            yield CommitmentList()
            yield DetailPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is known before the register is open, and ask when it is."""
        self.rows.set_columns(COLUMNS, "", descending=False)
        self.retell()
        self.read()

    def tell(self) -> None:
        """How many need somebody, how many are selected, and of which day."""
        total = self._total or 0
        count = self.not_yet or ngettext("{count} needs you", "{count} need you", total).format(count=total)
        told = (self.selected, count, self.office.day_in_words)
        self.query_one(Bar).tell(_("Today"), "  ·  ".join(filter(None, told)))

    def asked(self) -> Asked:
        """The sections of the day that is shown."""
        return Asked("", self.office.day, grouping="today")

    def take_answer(self, message: Found) -> None:
        """Show it; when there is nothing to do, ask whether there is anything at all."""
        super().take_answer(message)
        nothing = message.whole and not self._total
        self.set_class(nothing, "-empty")
        if not nothing:
            self.query_one("#nothing", Notice).say("")
        else:
            asked = message.asked
            self.ask(COUNT, lambda tracker: Sized(tracker.commitments.count("", as_of=asked.day)))

    def on_sized(self, message: Sized) -> None:
        """An empty day, or an empty register."""
        self.query_one("#nothing", Notice).say(nothing_to_do(message.total))

    def queries(self) -> tuple[str, ...]:
        """Those of the sections."""
        return tuple(group.query for group in self.rows.sections.groups)


def nothing_to_do(total: int) -> str:
    """What an empty list of today means, and what to do about it."""
    if total:
        return "\n".join(
            (
                _("Nothing needs you today. Well done."),
                "",
                _("/ or F2   look for a commitment in the register"),
                _("F3 then r   go through the whole register"),
                _("F6   see what another day brings"),
            )
        )
    return "\n".join(
        (
            _("The register is empty. To begin:"),
            "",
            _("Insert   add a commitment of your own"),
            _("tracker seed   on the command line: load the curated commitments"),
            _("tracker import FILE   on the command line: take over a register"),
        )
    )
