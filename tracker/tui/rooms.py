"""The rooms that one can go to, by name. A new room is one line here; it is loaded when somebody goes there."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.tui.screens.room import Room


@dataclass(frozen=True, slots=True)
class RoomName:
    """A room: its name, what it `says` it is, its letter in the go menu, and `module:Class`."""

    name: str
    says: Callable[[], str]
    letter: str
    made_by: str

    def make(self) -> Room:
        """The room itself."""
        module, name = self.made_by.split(":")
        made: Room = getattr(import_module(module), name)()
        return made


# The first one is home: the interface opens there, and going back ends there.
ROOMS: tuple[RoomName, ...] = (
    RoomName("today", lambda: _("Today"), "t", "tracker.tui.screens.today:TodayRoom"),
    RoomName("register", lambda: _("Register"), "r", "tracker.tui.screens.register:RegisterRoom"),
    RoomName("timeline", lambda: _("Timeline"), "l", "tracker.tui.screens.timeline:TimelineRoom"),
    RoomName("figures", lambda: _("Figures"), "f", "tracker.tui.screens.figures:FiguresRoom"),
    RoomName("drafts", lambda: _("Drafts"), "d", "tracker.tui.screens.drafts:DraftsRoom"),
    RoomName("reports", lambda: _("Reports"), "p", "tracker.tui.screens.reports:ReportsRoom"),
    RoomName("history", lambda: _("History"), "h", "tracker.tui.screens.history:HistoryRoom"),
)
HOME = ROOMS[0].name


def load_rooms() -> None:
    """Load every room and dialog, so that none is loaded while somebody waits for it."""
    from tracker.tui import screens

    for module in iter_modules(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    # What is loaded stays: nobody needs to look for garbage among it, which takes longer than a keystroke.
    gc.freeze()
