"""The menus: what may follow a letter, or the function key that stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.domain.text import fold
from tracker.i18n import _
from tracker.tui.actions import ACT, COPY, FILTER, GO, VIEW, Action, live
from tracker.tui.shown import cell, shown

if TYPE_CHECKING:
    from tracker.tui.screens.room import Room

NAME_CELLS, KEY_CELLS = 40, 10
# With these one chooses in the menu itself.
MOVES = frozenset(("up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "tab", "shift+tab"))


def menu_name(prefix: str) -> str:
    """What a menu is called."""
    return {GO: _("Go to"), VIEW: _("View"), FILTER: _("Filter by"), ACT: _("Act"), COPY: _("Copy")}[prefix]


def menu_of(place: Room, prefix: str) -> list[Action]:
    """The actions of a room that may follow a letter."""
    return [action for action in live(*place.places) if action.chord[:1] == prefix]


class Menu(ModalScreen[Action | None]):
    """Yields the action chosen: by its letter, by arrows and Enter, or by a click. Esc chooses nothing."""

    BINDINGS = [Binding("escape", "leave", show=False)]
    CSS_PATH = "menu.tcss"

    def __init__(self, place: Room, prefix: str) -> None:
        super().__init__()
        self._place, self._prefix = place, prefix
        self._actions = menu_of(place, prefix)
        self._listed = [action for action in self._actions if action.listed]

    def compose(self) -> ComposeResult:
        """The name of the menu and its lines."""
        with Vertical(id="menu"):
            yield Static(shown(menu_name(self._prefix)), classes="title", markup=False)
            yield OptionList(*(Option(self._line(action)) for action in self._listed), compact=True, markup=False)
            yield Static(shown(_("letter, or ↑ ↓ Enter · Esc"), "$quiet"), markup=False)

    def on_mount(self) -> None:
        """Begin on the first line that can be chosen."""
        possible = (at for at, action in enumerate(self._listed) if not self._place.why_not(action))
        self.query_one(OptionList).highlighted = next(possible, None)

    def _line(self, action: Action) -> Content:
        why_not = self._place.why_not(action)
        tone = "$quiet" if why_not else ""
        key = action.key if action.live_keys else ""
        said = shown(f" {action.chord[1]} ", "$quiet" if why_not else "bold $accent") + shown(
            f" {cell(action.says(), NAME_CELLS)} {cell(key, KEY_CELLS, right=True)}", tone
        )
        return said + "\n" + shown(f"    {why_not}", "$quiet italic") if why_not else said

    async def on_key(self, event: events.Key) -> None:
        """A letter, however an input method has marked it (đ is d, ư is u), chooses its line.

        A key that is no letter does what it does in the room, another menu's too; the menu's own closes it.
        """
        typed = fold(event.character) if event.character and event.is_printable else ""
        if typed:
            meant = next((action for action in self._actions if action.chord[1] == typed), None)
        elif event.key in MOVES:
            meant = None
        else:
            heard = [action for action in live(*self._place.places) if event.key in action.live_keys]
            meant = min(heard, key=lambda action: action.gives_way, default=None)
        if meant is not None:
            event.stop()
            event.prevent_default()
            self.choose(meant)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        self.choose(self._listed[event.option_index])

    def choose(self, action: Action) -> None:
        """Take it, unless it cannot be done now: the reason stands beneath it. Who is there already stays there."""
        own = action.name == "menu" and action.argument == self._prefix
        if own or (action.name == "go" and action.argument == self._place.place):
            self.action_leave()
        elif self._place.why_not(action):
            self.app.bell()
        elif self.is_current:
            self.dismiss(action)

    def on_click(self, event: events.Click) -> None:
        """A click beside the menu closes it."""
        if not self.query_one("#menu").region.contains(event.screen_x, event.screen_y):
            self.action_leave()

    def action_leave(self) -> None:
        """Nothing."""
        if self.is_current:
            self.dismiss(None)
