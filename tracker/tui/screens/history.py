"""History: who changed what, when and why, of the whole register or of one commitment, newest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static

from tracker.domain.history import ActKind
from tracker.domain.register import Commitment
from tracker.domain.views import EntryView
from tracker.i18n import _, ngettext
from tracker.render import change, day, label, reversal, subject
from tracker.render import error as worded
from tracker.tui import completion
from tracker.tui.actions import HISTORY, bindings
from tracker.tui.messages import EntriesArrived, EntriesCounted, Failed
from tracker.tui.screens.marking import Marking
from tracker.tui.screens.room import COUNT
from tracker.tui.shown import line, shown
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.completing import CompletingLine
from tracker.tui.widgets.entry_list import PAGE, EntryList, moment
from tracker.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

TYPING_REST = 0.2


class HistoryRoom(Marking):
    """Every entry, with the one under the cursor written out below."""

    place = HISTORY
    CSS_PATH = "history.tcss"
    BINDINGS = bindings(HISTORY)
    AUTO_FOCUS = "EntryList"

    def __init__(self) -> None:
        super().__init__()
        # One commitment's history, or None for all.
        self._ref: str | None = None
        # What of it is sought.
        self._sought = ""
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, whose history, the list, the entry under the cursor, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="problem")
        with Horizontal(id="filter"):
            yield Static(id="filter-name", markup=False)
            yield CompletingLine(completion.history, eager=False, id="sought")
        yield EntryList(self.office.settings.zone)
        yield Notice(id="entry")
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for the newest."""
        self.retell()
        self._read(0)

    def retell(self) -> None:
        """Say everything again."""
        whose = _("of {ref}").format(ref=self._ref) if self._ref else _("of the whole register")
        self.query_one(Bar).tell(_("History"), "  ·  ".join(filter(None, (whose, self._counted))))
        self.query_one("#filter-name", Static).update(shown(_("Filter")))
        self.query_one("#sought", Input).placeholder = _("words, or actor:…  kind:…")
        self.query_one("#banner", Notice).say(self._banner())
        self.query_one(EntryList).refresh()
        self._show_entry()

    def _banner(self) -> str:
        """Which entries are shown on another day: those that its register is made of."""
        if self.office.shows_today:
            return self.office.banner
        known = _("Shown is what counts by {day}, as it is known today: also what was recorded only later.")
        return "\n".join((self.office.banner, known.format(day=self.office.day_in_words)))

    # Asking for entries

    @property
    def _of(self) -> tuple[str | None, date | None, str]:
        """Of which commitment, and by which day, None: of all; and what of them is sought."""
        return self._ref, None if self.office.shows_today else self.office.day, self._sought

    @property
    def _counted(self) -> str:
        total = self.query_one(EntryList).total
        return "" if total is None else ngettext("{count} entry", "{count} entries", total).format(count=total)

    def _read(self, offset: int, *, again: bool = False) -> None:
        ref, by, sought = of = self._of
        total = self.query_one(EntryList).total if offset else None

        def read(tracker: Tracker) -> EntriesArrived:
            found = tracker.commitments.history(ref, limit=PAGE, offset=offset, by=by, sought=sought, total=total)
            return EntriesArrived(of, offset, found, again=again)

        self.ask("older" if offset else "entries", read)

    def _count(self) -> None:
        ref, by, sought = of = self._of

        def count(tracker: Tracker) -> EntriesCounted:
            return EntriesCounted(of, tracker.commitments.history_count(ref, by=by, sought=sought))

        self.ask(COUNT, count)

    def on_entries_counted(self, message: EntriesCounted) -> None:
        """Now the oldest can be gone to."""
        if message.of == self._of:
            self.query_one(EntryList).count(message.total)
            self.retell()

    def on_entries_arrived(self, message: EntriesArrived) -> None:
        """Put them in their place; those of another history are too late."""
        if message.of != self._of:
            return
        rows = self.query_one(EntryList)
        self.query_one("#problem", Notice).say("")
        if message.offset:
            rows.add(message.offset, message.entries)
        elif message.again:
            rows.add_newer(message.entries)
        else:
            rows.show(message.entries)
        self.retell()
        if rows.total is None:
            self._count()

    @on(EntryList.Wanted)
    def _older(self, event: EntryList.Wanted) -> None:
        self._read(event.offset)

    # What is sought

    def action_filter(self) -> None:
        """To the line that says what is sought."""
        self.query_one("#sought", Input).focus()

    @on(Input.Changed, "#sought")
    def _typed(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(TYPING_REST, self._seek)

    def _seek(self) -> None:
        sought = self.query_one("#sought", Input).value.strip()
        if sought != self._sought:
            self._sought = sought
            self._read(0)

    @on(Input.Submitted)
    def _done_typing(self) -> None:
        self.query_one(EntryList).focus()

    def day_changed(self) -> None:
        """What counts by another day is another history."""
        self.retell()
        self._read(0)

    def action_read_again(self) -> None:
        """Ask for what has come since."""
        self._read(0, again=True)

    def on_failed(self, message: Failed) -> None:
        """Say why; what was there stays."""
        self.broke_off(message.group, worded(message.error))

    def broke_off(self, group: str, sentence: str) -> None:
        """Above the list, where it stays."""
        self.query_one(EntryList).give_up()
        self.query_one("#problem", Notice).say(sentence)

    # The entry under the cursor

    @on(Rows.Moved)
    def _show_entry(self) -> None:
        entry = self.query_one(EntryList).current
        self.query_one("#entry", Notice).say(written_out(entry, ZoneInfo(self.office.settings.zone)) if entry else "")

    @property
    def _entry(self) -> EntryView | None:
        return self.query_one(EntryList).current

    def chosen_ref(self) -> str | None:
        """The commitment that the entry is about; None when it is about something else."""
        entry = self._entry
        return entry.ref if entry and entry.subject == Commitment.kind_of_subject else None

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """To the commitment."""
        if (ref := self.chosen_ref()) is not None:
            self.office.go_to(ref)
        elif self._entry:
            self.office.say(_("This entry is about no commitment."))

    def action_only_this(self) -> None:
        """Only the history of the commitment under the cursor; from there, all again."""
        ref = self.chosen_ref()
        if self._ref is None and ref is None:
            return
        self._ref = ref if self._ref is None else None
        self.retell()
        self._read(0)

    def action_undo_act(self) -> None:
        """Take back the act that wrote the entry under the cursor; of an undo, bring back what it took."""
        if (entry := self._entry) is not None:
            self.office.undo(redo=entry.kind == ActKind.UNDO, act=entry.act)

    def action_leave(self) -> None:
        """What is sought is emptied, then from one commitment's history to all of it, then back."""
        line, rows = self.query_one("#sought", Input), self.query_one(EntryList)
        if line.value:
            line.value = ""
            self._seek()
            rows.focus()
        elif self.focused is not rows:
            rows.focus()
        elif self._ref is not None:
            self.action_only_this()
        else:
            super().action_leave()


def written_out(entry: EntryView, zone: ZoneInfo) -> str:
    """An entry whole, in a few lines."""
    head = (moment(entry.recorded_at, zone), label("act", entry.kind), subject(entry))
    by = (line(entry.actor), label("channel", entry.channel), _("effective {day}").format(day=day(entry.effective_on)))
    why = [_("Why: {reason}").format(reason=line(entry.reason))] if entry.reason else []
    reversed_by = [reversal(entry)] if reversal(entry) else []
    changes = [line(change(name, *pair)) for name, pair in entry.changes.items()]
    return "\n".join((" · ".join((*head, *by)), *reversed_by, *why, *changes))
