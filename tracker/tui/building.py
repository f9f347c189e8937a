"""The building: which rooms there are, which of them the person came through, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from tracker.tui.in_order import KeysInOrder
from tracker.tui.rooms import HOME, ROOMS
from tracker.tui.screens.room import Place, Room

if TYPE_CHECKING:
    from tracker.domain.agenda import SavedView
    from tracker.tui.screens.register import RegisterRoom


class Building(KeysInOrder, inherit_bindings=False):
    """Rooms are kept when somebody leaves them, and are as they were when they come back."""

    @property
    def rooms(self) -> list[Room]:
        """The rooms on the way back, home first; the last one is on the screen."""
        return [screen for screen in self.screen_stack if isinstance(screen, Room)]

    def every_room(self) -> Iterator[Room]:
        """Those, and the rooms that somebody has left and will find as they were."""
        open_now = self.rooms
        yield from open_now
        for room in ROOMS:
            if self.is_screen_installed(room.name):
                kept = self.room(room.name)
                if kept not in open_now and kept.is_running:
                    yield kept

    def room(self, name: str) -> Room:
        """A room of the registry: made when it is first asked for, and kept."""
        if not self.is_screen_installed(name):
            self.install_screen(next(room for room in ROOMS if room.name == name).make(), name)
        return cast(Room, self.get_screen(name))

    @property
    def register_room(self) -> RegisterRoom:
        """The register."""
        return cast("RegisterRoom", self.room("register"))

    def named_room(self, place: Place[object]) -> str:
        """The room of the registry that a place is, or was opened from."""
        names = [room.name for room in ROOMS]
        before = self.screen_stack[: self.screen_stack.index(place) + 1] if place in self.screen_stack else [place]
        return next((e.place for e in reversed(before) if isinstance(e, Room) and e.place in names), HOME)

    def go(self, name: str) -> None:
        """To a room: back to it when it is on the way back, else over the present one."""
        room = self.room(name)
        if room in self.screen_stack:
            while self.screen is not room:
                self.pop_screen()
        else:
            self.push_screen(room)

    def back(self) -> None:
        """One level back; home is the last."""
        if len(self.rooms) > 1:
            self.pop_screen()

    def go_to(self, ref: str) -> None:
        """Open one commitment over the present room, in the place laid out for the last one when nobody is there."""
        from tracker.tui.screens.detail import DetailRoom

        if not self.is_screen_installed(DetailRoom.place):
            self.install_screen(DetailRoom(ref), DetailRoom.place)
        room = cast(DetailRoom, self.get_screen(DetailRoom.place))
        if room in self.screen_stack:
            room = DetailRoom(ref)
        elif room.is_running:
            room.show(ref)
        self.push_screen(room)

    def filter_by(self, query: str) -> None:
        """To the register, filtered."""
        self.go("register")
        self.call_after_refresh(self.register_room.filter_by, query)

    def show_view(self, view: SavedView | None) -> None:
        """To the register, as that view has it; without one, nowhere."""
        if view is not None:
            self.go("register")
            self.call_after_refresh(self.register_room.show_view, view)

    def action_views(self) -> None:
        """Choose among the saved views."""
        self._ask_views(None)

    def action_slot(self, slot: str) -> None:
        """Show the view in that slot."""
        self._ask_views(int(slot))

    def _ask_views(self, slot: int | None) -> None:
        if self.rooms and self.screen is self.rooms[-1]:
            self.rooms[-1].ask_views(slot)

    def action_begin(self, act: str) -> None:
        """Put something on record that is not there yet: a commitment, a party, a document."""
        from tracker.tui.forms import open_act

        if self.rooms and self.screen is self.rooms[-1]:
            open_act(self.rooms[-1], act)
