"""The overdue report on the screen: the sum first, then the five sections, each by lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from tracker.domain.schedule import BUCKETS
from tracker.domain.views import Done
from tracker.i18n import _, ngettext
from tracker.render import error as worded
from tracker.render import label
from tracker.tui.actions import OVERDUE, bindings
from tracker.tui.messages import Failed, ReportArrived
from tracker.tui.report_lines import gathered
from tracker.tui.screens.marking import Marking
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.report_list import ReportList
from tracker.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# What the screen shows of each section; the file has them all.
SHOWN = 500


class OverdueRoom(Marking):
    """The report of the day that is shown; Esc goes back to the same row of the register."""

    place = OVERDUE
    CSS_PATH = "overdue.tcss"
    BINDINGS = bindings(OVERDUE)
    AUTO_FOCUS = "ReportList"

    def __init__(self) -> None:
        super().__init__()
        self._report: ReportArrived | None = None

    def compose(self) -> ComposeResult:
        """Title, banner, the sum, the sections, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="sum")
        yield ReportList()
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for the report."""
        self.retell()
        self.action_read_again()

    def retell(self) -> None:
        """Say everything again."""
        self.query_one(Bar).tell(_("Overdue report"), _("as of {day}").format(day=self.office.day_in_words))
        self.query_one("#banner", Notice).say(self.office.banner)
        self.query_one(ReportList).refresh()
        self.query_one("#sum", Notice).say(self._sum() if self._report else _("counting …"))

    def _sum(self) -> str:
        assert self._report is not None
        counts = self._report.counts
        parts = [
            f"{counts.buckets[bucket]} {label('bucket', bucket).lower()}"
            for bucket in BUCKETS
            if counts.buckets.get(bucket)
        ]
        total = ngettext("{count} commitment", "{count} commitments", counts.total).format(count=counts.total)
        return _("{total} = {parts}").format(total=total, parts="  +  ".join(parts) or "0")

    def action_read_again(self) -> None:
        """Ask once more."""
        day = self.office.day

        def arrived(tracker: Tracker) -> ReportArrived:
            with tracker.reports.overdue(as_of=day, limit=SHOWN) as report:
                return gathered(report)

        self.ask("report", arrived)

    def on_report_arrived(self, message: ReportArrived) -> None:
        """Show it; the cursor stays on its commitment."""
        self._report = message
        self.query_one(ReportList).show(message.lines, message.as_of)
        self.retell()

    def on_failed(self, message: Failed) -> None:
        """Say why there is none."""
        self.query_one("#sum", Notice).say(worded(message.error))

    def day_changed(self) -> None:
        """The report of another day."""
        self.retell()
        self.action_read_again()

    def was_changed(self, done: Done) -> None:
        """Count again."""
        self.action_read_again()

    def chosen_ref(self) -> str | None:
        """The commitment under the cursor."""
        chosen = self.query_one(ReportList).current
        return chosen.ref if chosen else None

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """To the commitment under the cursor."""
        if (ref := self.chosen_ref()) is not None:
            self.office.go_to(ref)

    def action_write(self) -> None:
        """Ask where to write the report."""
        from tracker.tui.screens.write import WriteDialog

        self.app.push_screen(WriteDialog(), self._written)

    def _written(self, path: str | None) -> None:
        if path is not None:
            self.office.say(_("The report is written to {path}.").format(path=path))

    def action_leave(self) -> None:
        """Back to the register."""
        self.dismiss()
