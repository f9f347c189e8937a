"""Saved views: choose one, drop one, keep the present one under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from tracker.domain.agenda import SavedView
from tracker.domain.commands import SaveView
from tracker.domain.saved_view import SLOTS
from tracker.i18n import _
from tracker.render import error as worded
from tracker.tui.actions import VIEWS, bindings
from tracker.tui.messages import Failed, ViewKept, ViewsArrived
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import cell, shown
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.one_of import OneOf
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

NAME_CELLS, QUERY_CELLS = 30, 40
NO_SLOT = 0


class ViewsDialog(Dialog[SavedView | None]):
    """Yields the view to show, or None."""

    also = (VIEWS,)
    BINDINGS = bindings(VIEWS)

    def __init__(self, views: tuple[SavedView, ...]) -> None:
        super().__init__()
        self._views = views
        self._to_drop = ""

    def compose(self) -> ComposeResult:
        """Their slots, names and queries."""
        with Vertical(classes="dialog"):
            yield Static(shown(_("Saved views")), classes="title", markup=False)
            yield OptionList(compact=True, markup=False)
            yield Notice(classes="answer")
            yield Static(shown(_("Enter shows · Delete drops · Esc leaves"), "$quiet"), markup=False)

    def on_mount(self) -> None:
        """Write them down."""
        self._write()
        self._list.focus()

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def _write(self) -> None:
        self._list.clear_options()
        for view in self._views:
            slot = str(view.slot) if view.slot else " "
            line = shown(f" {slot} ", "bold $accent") + shown(cell(view.name, NAME_CELLS))
            self._list.add_option(Option(line + shown(f"  {cell(view.query, QUERY_CELLS)}", "$quiet")))
        if self._views:
            self._list.highlighted = 0
        else:
            self.query_one(Notice).say(
                _("No view is saved yet. “Keep this view …” in the menu of F8 keeps the present one.")
            )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._views[event.option_index])

    def action_save(self) -> None:
        """Show the one under the cursor."""
        if self._views:
            self._list.action_select()

    def action_drop(self) -> None:
        """Drop the one under the cursor, when asked twice."""
        at = self._list.highlighted
        if at is None or not self._views or self.is_acting:
            return
        if not self.may_record:
            self.query_one(Notice).say(self.office.why_not_recorded)
            return
        name = self._views[at].name
        if self._to_drop != name:
            self._to_drop = name
            self.query_one(Notice).say(_("Delete once more drops “{name}”.").format(name=name))
            return

        def dropped(tracker: Tracker) -> ViewsArrived:
            tracker.saved_views.drop(name, tracker.hand("tui"))
            return ViewsArrived(tracker.saved_views.listing())

        self._to_drop = ""
        self.ask("drop", dropped, exclusive=False)

    def on_views_arrived(self, message: ViewsArrived) -> None:
        """Those that are left."""
        self._views = message.views
        self.query_one(Notice).say("")
        self._write()

    def on_failed(self, message: Failed) -> None:
        """Say why it is still there."""
        self.query_one(Notice).say(worded(message.error))

    def action_leave(self) -> None:
        """Show none."""
        self.dismiss(None)


class KeepViewDialog(Dialog[str | None]):
    """Keeps a view; yields its name, or None."""

    def __init__(self, view: SaveView) -> None:
        super().__init__()
        self._view = view
        self._called = Field(_("Name"), TextLine(compact=True))
        slots = [(_("(none)"), NO_SLOT), *((f"v {slot}", slot) for slot in SLOTS)]
        choices: Select[int] = OneOf(
            [(shown(said), slot) for said, slot in slots], value=NO_SLOT, allow_blank=False, compact=True
        )
        self._slot = Field(_("Keys"), choices)

    def compose(self) -> ComposeResult:
        """A name and a slot."""
        with Vertical(classes="dialog"):
            yield Static(shown(_("Keep this view")), classes="title", markup=False)
            said = self._view.query or _("the whole register")
            yield Static(shown(said), classes="under-title", markup=False)
            yield self._called
            yield self._slot
            yield Notice(classes="answer")
            with Horizontal(classes="buttons"):
                yield Button(shown(_("Save (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    def on_mount(self) -> None:
        """A name first; the keys that are free are looked up meanwhile."""
        self._called.editor.focus()
        self.ask("views", lambda tracker: ViewsArrived(tracker.saved_views.listing()))

    def on_views_arrived(self, message: ViewsArrived) -> None:
        """Offer the first keys that no view has, unless some were chosen already."""
        free = (slot for slot in SLOTS if slot not in {view.slot for view in message.views})
        if self._slot.editor.value == NO_SLOT:
            self._slot.editor.value = next(free, NO_SLOT)

    def loses_text(self) -> bool:
        """Whether a name was typed."""
        return bool(self._called.editor.value.strip())

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Keep it; one called so is replaced, and its history knows."""
        name, slot = self._called.editor.value.strip(), self._slot.editor.value
        if not name:
            self._called.remark(_("Needed."), wanting=True)
            self._called.editor.focus()
            return
        if self.is_acting:
            return
        command = self._view.model_copy(
            update={"name": name, "slot": slot if isinstance(slot, int) and slot != NO_SLOT else None}
        )

        def kept(tracker: Tracker) -> ViewKept:
            tracker.saved_views.save(command, tracker.hand("tui"))
            return ViewKept(name)

        self.ask("keep", kept, exclusive=False)

    def on_view_kept(self, message: ViewKept) -> None:
        """Done."""
        self.dismiss(message.name)

    def on_failed(self, message: Failed) -> None:
        """Say why not."""
        self.query_one(Notice).say(worded(message.error))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Keep nothing; what is being kept is waited for."""
        if not self.is_acting:
            self.dismiss(None)
