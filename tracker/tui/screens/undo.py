"""Take an act back, or do one again: it is shown first, one key confirms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from tracker.domain.history import ActKind
from tracker.domain.views import ActView, Done, EntryView
from tracker.i18n import _, ngettext
from tracker.render import called, change, label, subject, words
from tracker.render import day as in_words
from tracker.render import error as worded
from tracker.tui.messages import Failed, ToUndo, Undone
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import line, shown
from tracker.tui.widgets.bars import Notice

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# Of a batch, these are named.
NAMED = 6
# What changes is told in so many lines.
LINES = 9


class UndoDialog(Dialog[Done | None]):
    """Yields what was done, or None. Without the id of an `act` it is the last one that can be reversed so."""

    def __init__(self, *, redo: bool = False, act: str | None = None) -> None:
        super().__init__()
        self._redo, self._wanted = redo, act
        # What was found, whole.
        self._act: ActView | None = None
        # One hand for this dialog: sent twice, it is done once.
        self._act_id = str(uuid4())

    def compose(self) -> ComposeResult:
        """What it will do, the register's answer, two buttons."""
        with Vertical(classes="dialog"):
            yield Static(shown(_("Redo") if self._redo else _("Undo")), classes="title", markup=False)
            yield Static(shown(_("looking …")), classes="under-title", markup=False)
            yield Notice(classes="answer")
            with Horizontal(classes="buttons"):
                yes = _("Redo it (F9)") if self._redo else _("Undo it (F9)")
                yield Button(shown(yes), id="save", variant="primary", compact=True, disabled=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    def on_mount(self) -> None:
        """Ask which one it would be, and for all that it changed."""
        hand, redo, act = self.office.tracker.hand("tui"), self._redo, self._wanted

        def look(tracker: Tracker) -> ToUndo:
            commitments = tracker.commitments
            return ToUndo(commitments.next_redo(hand, act=act) if redo else commitments.next_undo(hand, act=act))

        self.ask("look", look)

    def on_to_undo(self, message: ToUndo) -> None:
        """Show what was found."""
        if message.act is None:
            none = _("There is nothing to do again.") if self._redo else _("There is nothing to undo.")
            self.query_one(".under-title", Static).update(shown(none))
            self.query_one("#leave", Button).focus()
        else:
            self._act = message.act
            self._show(message.act)

    def _show(self, act: ActView) -> None:
        self.query_one(".under-title", Static).update(shown(self._told(act)))
        self.query_one("#save", Button).disabled = False
        self.query_one("#save", Button).focus()

    def _told(self, act: ActView) -> str:
        at = act.recorded_at.astimezone(ZoneInfo(self.office.settings.zone))
        about = ", ".join(called(ref, act.names) for ref in act.refs[:NAMED])
        if more := len(act.refs) - NAMED if len(act.refs) > NAMED else 0:
            about += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
        said = _("{act}: {refs}\nby {actor}, {day} {time}, {channel}").format(
            act=label("act", act.kind),
            refs=about,
            actor=line(act.actor),
            day=in_words(at.date()),
            time=f"{at:%H:%M}",
            channel=label("channel", act.channel),
        )
        changes = [sentence for entry in act.entries for sentence in self._reversed(act, entry)]
        if changes:
            more = len(changes) > LINES or len(act.refs) > len(act.entries)
            changes = ["", *changes[:LINES], *(["…"] if more else []), ""]
        return "\n".join((said, *changes, _("This is an act of its own: nothing is lost from the history.")))

    def _reversed(self, act: ActView, entry: EntryView) -> Iterator[str]:
        """What becomes of one subject of the act: its fields as they stand and as they will."""
        title = words(act.titles[entry.ref]) if entry.ref in act.titles else ""
        yield f"{entry.ref}  {title}" if title else subject(entry)
        told = list(self._changes_of(entry))
        # Of several, each on a line.
        yield from (f"  {each}" for each in (told if len(act.entries) == 1 else ["; ".join(told)]) if each)

    def _changes_of(self, entry: EntryView) -> Iterator[str]:
        if entry.kind == ActKind.ADD:
            yield _("comes back into the register") if self._redo else _("leaves the register again")
            return
        for name, (before, after) in entry.changes.items():
            now, then = (before, after) if self._redo else (after, before)
            # The day of a status goes with it.
            if name != "status_since" or "status" not in entry.changes:
                yield line(change(name, now, then, entry.names))
        if entry.reason:
            note = _("the note “{note}” counts again") if self._redo else _("the note “{note}” counts no longer")
            yield note.format(note=line(entry.reason))

    @property
    def about(self) -> frozenset[str]:
        """What the act touched."""
        return frozenset(self._act.refs) if self._act else frozenset()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Do it."""
        if self._act is None or self.query_one("#save", Button).disabled:
            return
        hand, redo = replace(self.office.tracker.hand("tui"), act_id=self._act_id), self._redo
        act = self._wanted or self._act.id

        def take_back(tracker: Tracker) -> Undone:
            commitments = tracker.commitments
            return Undone(commitments.redo(hand, act=act) if redo else commitments.undo(hand, act=act))

        self.query_one("#save", Button).disabled = True
        self.query_one(Notice).say("")
        self.ask("undo", take_back, exclusive=False)

    def on_undone(self, message: Undone) -> None:
        """Done."""
        self.dismiss(message.done)

    def on_failed(self, message: Failed) -> None:
        """Say why not."""
        self.broke_off(message.group, worded(message.error))

    def broke_off(self, group: str, sentence: str) -> None:
        """It can be tried again."""
        self.query_one("#save", Button).disabled = self._act is None
        self.query_one(Notice).say(sentence)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave everything as it is."""
        if not self.is_acting:
            self.dismiss(None)
