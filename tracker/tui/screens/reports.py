"""Reports: which one, of whom, seen before it is written: its sum, then its sections."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Select, Static

from tracker.i18n import _, language
from tracker.render import error as worded
from tracker.tui.actions import REPORTS, Action, bindings
from tracker.tui.kinds import KINDS, Scope
from tracker.tui.messages import Failed, ReportArrived
from tracker.tui.report_lines import gathered
from tracker.tui.screens.marking import Marking
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.one_of import OneOf
from tracker.tui.widgets.report_list import ReportList
from tracker.tui.widgets.rows import Rows
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# The lines to type in, and how long typing rests before the report is read.
SCOPE = ("lead", "partner", "words")
CHOICE = "choice"
TYPING_REST = 0.25
# What the screen shows of each section; the file has them all.
SHOWN = 500


class ReportsRoom(Marking):
    """The report of the day that is shown; Esc goes back to the same row of the register."""

    place = REPORTS
    CSS_PATH = "reports.tcss"
    BINDINGS = bindings(REPORTS)
    AUTO_FOCUS = "ReportList"

    def __init__(self) -> None:
        super().__init__()
        self._report: ReportArrived | None = None
        self._spoken = ""
        self._kind = KINDS[0]
        self._asked = Scope()
        self._rest: Timer | None = None
        self._folder: Path | None = None

    def compose(self) -> ComposeResult:
        """Title, banner, whose report, the sum, the sections, keys."""
        yield Bar()
        yield Notice(id="banner")
        with Horizontal(classes="scope"):
            yield OneOf(self._kinds(), value=self._kind.name, allow_blank=False, compact=True, id="kind")
            yield from self._line(CHOICE)
        with Horizontal(classes="scope"):
            for name in SCOPE:
                yield from self._line(name)
        yield Notice(id="sum")
        yield ReportList()
        yield KeyLine()

    @staticmethod
    def _line(name: str) -> ComposeResult:
        yield Static(id=f"{name}-name", classes="scope-name", markup=False)
        yield TextLine(compact=True, id=name)

    @staticmethod
    def _kinds() -> list[tuple[Content, str]]:
        return [(shown(kind.says()), kind.name) for kind in KINDS]

    def on_mount(self) -> None:
        """Ask for the report."""
        self.retell()

    def retell(self) -> None:
        """Say everything again; what the report says is asked for in another language."""
        if self._spoken != language():
            self._spoken, self._report = language(), None
            self.action_read_again()
        as_of = _("as of {day}").format(day=self.office.day_in_words)
        self.query_one(Bar).tell(_("Reports"), " · ".join((self._kind.says(), as_of)))
        self.query_one("#banner", Notice).say(self.office.banner)
        choice = self.query_one("#kind", Select)
        with self.prevent(Select.Changed):
            # In another language; nobody has chosen another one.
            choice.set_options(self._kinds())
            choice.value = self._kind.name
            # Of the first one the value is the same as before, and its old words would stay.
            choice.mutate_reactive(type(choice).value)
        for name, said in zip(SCOPE, (_("Lead"), _("Partner"), _("Words")), strict=True):
            self.query_one(f"#{name}-name", Static).update(shown(said))
            self.query_one(f"#{name}", Input).placeholder = _("all")
        option, choice_line = self._kind.option, self.query_one(f"#{CHOICE}", Input)
        self.query_one(f"#{CHOICE}-name", Static).update(shown(option.says() if option else ""))
        choice_line.placeholder = option.unless_said() if option else ""
        choice_line.display = option is not None
        self.query_one(ReportList).refresh()
        self.query_one("#sum", Notice).say(self._sum() if self._report else _("counting …"))

    # Whose report

    def action_filter(self) -> None:
        """To the lines that say whose report it is."""
        self.query_one("#lead", Input).focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._asked = Scope(*(self.query_one(f"#{name}", Input).value.strip() for name in (*SCOPE, CHOICE)))
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(TYPING_REST, self.action_read_again)

    def action_kind(self) -> None:
        """To the choice of reports, open."""
        choice = self.query_one("#kind", Select)
        choice.focus()
        choice.action_show_overlay()

    @on(Select.Changed, "#kind")
    def _another_kind(self, event: Select.Changed) -> None:
        chosen = next((kind for kind in KINDS if kind.name == event.value), self._kind)
        if chosen is not self._kind:
            self._kind, self._report, self._asked = chosen, None, replace(self._asked, choice="")
            with self.prevent(Input.Changed):
                # What was typed was an answer to another question.
                self.query_one(f"#{CHOICE}", Input).value = ""
            self.retell()
            rows = self.query_one(ReportList)
            # Those of the other one would stand under the name of this one.
            rows.show(())
            self.action_read_again()
            rows.focus()

    @on(Input.Submitted)
    def _done_typing(self) -> None:
        self.query_one(ReportList).focus()

    def action_leave(self) -> None:
        """Esc: a line with something in it is emptied, then back to the list, then one level back."""
        focused, rows = self.focused, self.query_one(ReportList)
        if isinstance(focused, Input) and focused.value:
            focused.value = ""
        elif focused is not rows:
            rows.focus()
        else:
            super().action_leave()

    def _sum(self) -> str:
        assert self._report is not None
        if not self._report.counts:
            return ""
        *parts, (called, total) = self._report.counts
        said = "  +  ".join(f"{count} {name.lower()}" for name, count in parts if count)
        return _("{called} {total} = {parts}").format(called=called, total=total, parts=said or "0")

    def action_read_again(self) -> None:
        """Ask once more."""
        day, kind, asked = self.office.day, self._kind, self._asked

        def arrived(tracker: Tracker) -> ReportArrived:
            with kind.opened(tracker, asked, day, SHOWN) as report:
                return gathered(report)

        self.ask("report", arrived)

    def on_report_arrived(self, message: ReportArrived) -> None:
        """Show it; the cursor stays on its commitment."""
        self._report = message
        self.query_one(ReportList).show(message.lines)
        self.retell()

    def on_failed(self, message: Failed) -> None:
        """Say why there is none."""
        self.broke_off(message.group, worded(message.error))

    def broke_off(self, group: str, sentence: str) -> None:
        """Where the sum stands, until there is one."""
        if group == "report":
            self.query_one("#sum", Notice).say(sentence)
        else:
            super().broke_off(group, sentence)

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

        parts = self._report.parts if self._report else ()
        self.app.push_screen(WriteDialog(self._kind, self._asked, parts), self._written)

    def _written(self, path: str | None) -> None:
        if path is not None:
            self._folder = Path(path).parent
            self.office.say(_("The report is written to {path}.").format(path=path))

    def why_not(self, action: Action) -> str:
        """There is no folder to be opened before something is written."""
        if action.name == "open_folder" and self._folder is None:
            return _("Nothing has been written from here yet.")
        return super().why_not(action)

    def action_open_folder(self) -> None:
        """Show the folder of the file that was written last, where there is a desktop to show it."""
        from tracker.tui.folder import show

        if self._folder is not None and not show(self._folder):
            self.office.say(_("Nothing here can show a folder; it is {path}.").format(path=self._folder))
