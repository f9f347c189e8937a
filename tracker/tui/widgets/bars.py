"""The lines above and below a room: where one is, a banner for another day, and the keys that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tracker.i18n import _
from tracker.tui.actions import GO, Action, found, target
from tracker.tui.rooms import ROOMS
from tracker.tui.shown import line, shown

if TYPE_CHECKING:
    from tracker.tui.screens.room import Place


class Bar(Widget):
    """One line: the rooms with the one that the person is in on the left, what is worth knowing on the right."""

    DEFAULT_CSS = """
    Bar { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = self._right = ""
        # Where a click goes: a room, or (folded) the menu of them.
        self._ways: list[tuple[range, str]] = []

    def tell(self, title: str, right: str) -> None:
        """Show other words. A room of the registry is called by its name there, another one by its title."""
        self._title, self._right = line(title), line(right)
        self.refresh()

    def render(self) -> Content:
        """All rooms; in a narrow terminal the present one only, and of what is worth knowing as much as fits."""
        width, right = self.size.width, shown(self._right, "$quiet")
        left = self._all_rooms()
        if left.cell_length + 2 + right.cell_length > width:
            left = self._this_room()
        gap = width - left.cell_length - right.cell_length
        if gap < 2:
            # What matters most stands first: the end gives way.
            right = right.truncate(max(width - left.cell_length - 2, 0), ellipsis=True)
            gap = width - left.cell_length - right.cell_length
        if not right.cell_length:
            return left.truncate(width, ellipsis=True)
        return left + " " * gap + right

    def _here(self) -> tuple[str, str]:
        """The room of the registry that the person is in or came from, and what stands in brackets."""
        from tracker.tui.screens.room import Place

        assert isinstance(self.screen, Place)
        here = self.screen.office.named_room(self.screen)
        said = next((line(room.says()) for room in ROOMS if room.name == here), "")
        beyond = self._title if here != self.screen.place else ""
        return here, f"[{' › '.join(part for part in (said, beyond) if part)}]"

    def _all_rooms(self) -> Content:
        here, told = self._here()
        parts: list[Content] = []
        self._ways = []
        at = 0
        for room in ROOMS:
            part = shown(told, "bold") if room.name == here else shown(line(room.says()), "$quiet")
            self._ways.append((range(at, at + part.cell_length), room.name))
            parts.append(part)
            at += part.cell_length + 2
        return Content("  ").join(parts)

    def _this_room(self) -> Content:
        part = shown(self._here()[1], "bold") + shown(" ▾", "$quiet")
        self._ways = [(range(part.cell_length), "")]
        return part

    async def on_click(self, event: events.Click) -> None:
        """A click on a room's name goes there."""
        at = event.get_content_offset_capture(self).x
        for place, room in self._ways:
            if at in place and not room:
                await self.screen.run_action(f"app.{target('menu', GO)}")
            elif at in place:
                await self.screen.run_action(f"app.{target('go', room)}")


class Notice(Static):
    """A sentence that stays until it is no longer true; without one it takes no room."""

    DEFAULT_CSS = """
    Notice { height: auto; padding: 0 1; display: none; }
    Notice.-said { display: block; }
    """

    def say(self, sentence: str) -> None:
        """Show the sentence, or nothing when it is empty."""
        if sentence == self.said:
            # Every update lays the whole screen out again.
            return
        self.update(shown(sentence))
        self.set_class(bool(sentence), "-said")

    @property
    def said(self) -> str:
        """What it says now."""
        return str(self.content) if self.has_class("-said") else ""


class KeyLine(Widget):
    """The actions that can be done here and now, by key and name, the most needed first."""

    DEFAULT_CSS = """
    KeyLine {
        height: 1; padding: 0 1; background: $panel; color: $foreground; dock: bottom;
        & > .key-line--key { color: $accent; text-style: bold; }
        & > .key-line--name { color: $foreground; }
        & > .key-line--idle { color: $quiet; }
        & > .key-line--wait { color: $warning; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"key-line--key", "key-line--name", "key-line--idle", "key-line--wait"}

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[range, Action]] = []

    def on_mount(self) -> None:
        """Follow what can be done."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    @property
    def place(self) -> Place[object]:
        """The room or dialog it stands in."""
        from tracker.tui.screens.room import Place

        assert isinstance(self.screen, Place)
        return self.screen

    def actions(self) -> list[Action]:
        """The actions with a place in the footer whose key works here, and does not do something else."""
        does = {key: active.binding.action for key, active in self.screen.active_bindings.items()}
        # What listens may have a place of its own, such as a list among the parts of a room.
        listens = getattr(self.screen.focused, "place", "")
        named = {found(target, *self.place.places, listens) for target in does.values()}
        shown_here = (
            action for action in named if action and action.rank and does.get(action.live_keys[0]) == action.target
        )
        return sorted(shown_here, key=lambda action: (action.rank, action.id))

    def _works(self, action: Action) -> bool:
        if action.asks and not self.place.office.is_open:
            return False
        return not action.records or self.place.may_record

    def _waiting(self) -> str:
        if not self.place.is_late:
            return ""
        return _("working … Esc gives up") if self.place.waits_for else _("working …")

    def render(self) -> Content:
        """As many as fit, in the order of their rank."""
        from textual.style import Style

        styles = {
            name: Style.from_styles(self.get_component_styles(f"key-line--{name}")).without_color
            + Style(foreground=self.get_component_styles(f"key-line--{name}").color)
            for name in ("key", "name", "idle", "wait")
        }
        parts: list[Content] = []
        self._places = []
        at = 0
        if waiting := self._waiting():
            parts.append(Content.assemble((waiting, styles["wait"])))
            at = parts[0].cell_length + 3
        for action in self.actions():
            name = "name" if self._works(action) else "idle"
            part = Content.assemble((action.key, styles["key"]), (" " + line(action.says()), styles[name]))
            if at + part.cell_length > self.size.width:
                continue
            self._places.append((range(at, at + part.cell_length), action))
            parts.append(part)
            at += part.cell_length + 3
        return Content("   ").join(parts)

    async def on_click(self, event: events.Click) -> None:
        """A click on a name does it."""
        at = event.get_content_offset_capture(self).x
        for place, action in self._places:
            if at in place:
                await self.screen.run_action(action.target)
