"""What the rooms with a list of commitments share: asking for rows, following the cursor, selecting, the pane."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.timer import Timer

from tracker.domain.commands import Seen
from tracker.domain.views import Done
from tracker.errors import NotFound
from tracker.i18n import _, ngettext
from tracker.render import error as worded
from tracker.tui.actions import ACTS, LIST, bindings
from tracker.tui.asking import Asked, Follow, answer, count, first_sections, gather, page, still_there
from tracker.tui.messages import (
    BlocksArrived,
    BlocksWanted,
    Counted,
    DetailArrived,
    Failed,
    Found,
    Gathered,
    StillThere,
)
from tracker.tui.screens.marking import Marking
from tracker.tui.screens.room import COUNT
from tracker.tui.sections import Sections
from tracker.tui.selection import Selection
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.commitment_list import CommitmentList
from tracker.tui.widgets.detail_pane import DetailPane
from tracker.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# Rows answer every letter. How many there are may take longer: it is counted when the fingers rest.
COUNT_REST = 0.15
CURSOR_REST = 0.06
# One act changes at most so many; a greater selection is kept as its query and not gathered.
MOST_AT_ONCE = 5000


class Listing(Marking):
    """A room whose list answers one question at a time, always the newest."""

    also: ClassVar[tuple[str, ...]] = (ACTS, LIST)
    BINDINGS = bindings(ACTS)
    AUTO_FOCUS = "CommitmentList"

    def __init__(self) -> None:
        super().__init__()
        # What the list shows: the answer to this question, which need not be the last one asked.
        self._shown: Asked | None = None
        self._total: int | None = None
        self._not_shown = 0
        self._count_rest: Timer | None = None
        self._cursor_rest: Timer | None = None

    # What a room says

    @abstractmethod
    def asked(self) -> Asked:
        """What it asks now."""

    @abstractmethod
    def tell(self) -> None:
        """Say how many there are, and what the list cannot say itself."""

    def retell(self) -> None:
        """Say everything again."""
        self.query_one("#banner", Notice).say(self.office.banner)
        self.rows.refresh()
        self.query_one(DetailPane).retell()
        self.tell()

    @property
    def not_yet(self) -> str:
        """Why it cannot be said yet how many there are; nothing when it can."""
        if not self.office.is_open:
            return _("opening the register …")
        return _("counting …") if self._shown is None or self._total is None else ""

    def follows(self, *, again: bool) -> bool:
        """Whether the cursor goes where its commitment stands in the new answer."""
        return again

    def queries(self) -> tuple[str, ...]:
        """The queries that find all that the list shows."""
        return (self._shown.query,) if self._shown else ()

    def counted(self) -> None:
        """The rows are on the screen, and counted: time for what is worth less than they."""

    @property
    def rows(self) -> CommitmentList:
        """Its list."""
        return self.query_one(CommitmentList)

    # Asking for rows

    def read(self, *, again: bool = False) -> None:
        """Ask for the rows; `again` keeps the cursor on its commitment, wherever that stands now."""
        if not self.office.is_open:
            # What is typed meanwhile is asked when it is open.
            return
        self._stop_counting()
        asked = self.asked()
        follow = self._follow() if self.follows(again=again) else None
        if asked.grouping == "today" and self._shown is None:
            lines = self.size.height
            self.ask("rows", lambda tracker: first_sections(tracker, asked, lines))
        else:
            self.ask("rows", lambda tracker: answer(tracker, asked, follow))

    def _follow(self) -> Follow | None:
        if not self.rows.length:
            return None
        current, (group, place) = self.rows.current, self.rows.here
        return Follow(current.ref if current else None, group, place, self.rows.length)

    def on_found(self, message: Found) -> None:
        """Show the answer in the place of the old rows; one to a question of before is dropped."""
        if message.asked == self.asked():
            self.take_answer(message)

    def take_answer(self, message: Found) -> None:
        """Show it."""
        asked, rows = message.asked, self.rows
        if self._shown is not None and self._shown.query != asked.query and rows.selection.query is not None:
            # All that matched another filter are not what is seen now.
            rows.select(Selection())
        self._shown = asked
        self._total = sum(group.count for group in message.groups) if message.counted else None
        sections = Sections(message.groups, headed=bool(asked.grouping), folded=rows.sections.folded)
        at = sections.index(*message.at) if message.at else None
        rows.show(sections, message.blocks, asked.day, grouping=asked.grouping, at=at)
        self.tell()
        if message.whole:
            self._count_rest = self.set_timer(COUNT_REST, self._after_rows if message.counted else self._count)
        else:
            self.call_after_refresh(self._count)

    def on_screen_resume(self) -> None:
        """An act from a dialog above has stopped the counting, whether it was done or refused: count now."""
        counting = any(each.group == COUNT and not (each.is_cancelled or each.is_finished) for each in self.workers)
        if self._total is None and not counting:
            self._count()

    def _count(self) -> None:
        asked, follow = self._shown, self._follow()
        if asked is not None and asked.grouping == "today":
            # The number is that of its sections: they are asked for, all of them.
            self.ask(COUNT, lambda tracker: answer(tracker, asked, follow))
        elif asked is not None:
            self.ask(COUNT, lambda tracker: count(tracker, asked))

    def _stop_counting(self) -> None:
        if self._count_rest:
            self._count_rest.stop()
        self.workers.cancel_group(self, COUNT)

    def on_counted(self, message: Counted) -> None:
        """Say how many there are."""
        if message.asked == self._shown:
            self._total = message.total
            if not message.asked.grouping:
                self.rows.counted(message.total)
            self.tell()
            self._after_rows()

    def _after_rows(self) -> None:
        asked, refs = self._shown, frozenset(self.rows.selection.seen)
        self._not_shown = 0
        if refs and asked is not None and asked.query and self.rows.selection.query is None:
            self.ask(COUNT, lambda tracker: still_there(tracker, asked, refs))
        else:
            self.counted()

    def on_still_there(self, message: StillThere) -> None:
        """Say how many of the selected ones the filter hides."""
        if message.asked == self._shown and message.refs == frozenset(self.rows.selection.seen):
            self._not_shown = len(message.refs) - message.matching
            self.tell()
            self.counted()

    def on_blocks_wanted(self, message: BlocksWanted) -> None:
        """Ask for rows that came onto the screen: more of the answer that is shown, whatever was asked since."""
        asked, total = self._shown, self._total
        groups, generation = self.rows.sections.groups, self.rows.generation
        if asked is None:
            return

        def arrived(tracker: Tracker) -> BlocksArrived:
            blocks = {block: page(tracker, asked, groups[block[0]], block[1], total) for block in message.blocks}
            return BlocksArrived(generation, blocks)

        self.ask("blocks", arrived)

    def on_blocks_arrived(self, message: BlocksArrived) -> None:
        """Put them in their place."""
        self.rows.take(message.generation, message.blocks)

    def on_failed(self, message: Failed) -> None:
        """Say why; what was there before stays."""
        match message.group:
            case "detail" if isinstance(message.error, NotFound):
                self.query_one(DetailPane).say(worded(message.error))
            case _:
                self.broke_off(message.group, worded(message.error))

    def broke_off(self, group: str, sentence: str) -> None:
        """Rows that do not come may be asked for again."""
        if group == "blocks":
            self.rows.give_up()
        if group == "gather":
            self.select_none()
        if group == "rows":
            self.no_answer(sentence)
            if self._total is None:
                # It was asked instead of counting what is still shown.
                self._count()
        else:
            super().broke_off(group, sentence)

    def no_answer(self, sentence: str) -> None:
        """The question has no answer: say why."""
        self.office.say(sentence, severity="error")

    def action_read_again(self) -> None:
        """Ask the register once more; the cursor stays."""
        self.read(again=True)

    def action_filter(self) -> None:
        """To the filter of the register."""
        self.office.go("register")
        self.app.call_after_refresh(self.office.register_room.action_filter)

    def action_leave(self) -> None:
        """Esc: from the pane to the list, then nothing is selected any more, then back."""
        if self.focused is not self.rows:
            self.rows.focus()
        elif not self.select_none():
            self.leave_list()

    def leave_list(self) -> None:
        """Nothing is selected, and somebody wants to leave."""
        super().action_leave()

    # Selecting

    @on(CommitmentList.Picked)
    def _picked(self) -> None:
        if not self.rows.selection:
            self._not_shown = 0
        self.tell()

    @property
    def selected(self) -> str:
        """How many are selected, and how many of them are not shown; nothing when none is."""
        number = self.rows.selection.count
        if not number:
            return ""
        said = ngettext("{count} selected", "{count} selected", number).format(count=number)
        if self._not_shown:
            hidden = ngettext("{count} of them not shown", "{count} of them not shown", self._not_shown)
            said = f"{said} ({hidden.format(count=self._not_shown)})"
        return said

    @on(CommitmentList.AllWanted)
    def action_select_all(self) -> None:
        """All that match: kept as their query; by name once they are gathered, when they are few enough for one act."""
        asked, total = self._shown, self._total
        if asked is None or not total:
            return
        self.rows.select(Selection(query=asked.query, total=total))
        if total <= MOST_AT_ONCE:
            queries = self.queries()
            self.ask("gather", lambda tracker: gather(tracker, asked, queries, MOST_AT_ONCE))

    def on_gathered(self, message: Gathered) -> None:
        """All that match, by name: they stay selected whatever is filtered next."""
        selection = self.rows.selection
        if message.asked == self._shown and selection.query is not None:
            versions = {seen.ref: seen.version or 0 for seen in message.seen if seen.ref not in selection.seen}
            self.rows.select(Selection(versions))

    def select_none(self) -> bool:
        """Select nothing any more; whether something was selected."""
        was = bool(self.rows.selection)
        if was:
            self.rows.select(Selection())
        return was

    def chosen(self) -> tuple[Seen, ...]:
        """Those selected, else the one under the cursor."""
        return self.rows.chosen()

    def why_none(self) -> str:
        """Too many are selected, or they are still being gathered, or there is nothing."""
        count = self.rows.selection.count
        if count > MOST_AT_ONCE:
            said = _("{count} are selected; one act changes {most} at most. Narrow the filter.")
            return said.format(count=count, most=MOST_AT_ONCE)
        return _("Those selected are being gathered.") if count else super().why_none()

    def chosen_ref(self) -> str | None:
        """The commitment under the cursor."""
        current = self.rows.current
        return current.ref if current else None

    # The row under the cursor

    @on(Rows.Moved)
    def _moved(self) -> None:
        if self._cursor_rest:
            self._cursor_rest.stop()
        self._cursor_rest = self.set_timer(CURSOR_REST, self._show_detail)

    def _show_detail(self) -> None:
        ref, day = self.chosen_ref(), self.office.day
        if ref is None:
            self.query_one(DetailPane).show(None)
            return
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
        """To the commitment: the pane beside the list, or a screen of its own; a heading folds or unfolds."""
        if self.rows.turn() or (ref := self.chosen_ref()) is None:
            return
        pane = self.query_one(DetailPane)
        if pane.display:
            pane.focus()
        else:
            self.office.go_to(ref)

    def was_changed(self, done: Done) -> None:
        """Draw the rows that have changed at once, then see where they stand now."""
        for commitment in done.commitments:
            self.rows.replace(commitment)
        if {view.ref for view in done.commitments} & set(self.rows.selection.seen):
            self.select_none()
        self._moved()
        if self.is_seen:
            self.read(again=True)
        else:
            self._stale = True
