"""The lines above and below a room: its title, a banner for another day, and the keys that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tracker.tui.actions import Action, found
from tracker.tui.shown import line, shown

if TYPE_CHECKING:
    from tracker.tui.screens.room import Place


class Bar(Widget):
    """One line: a name on the left, what is worth knowing on the right."""

    DEFAULT_CSS = """
    Bar { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = self._right = ""

    def tell(self, left: str, right: str) -> None:
        """Show other words."""
        self._left, self._right = line(left), line(right)
        self.refresh()

    def render(self) -> Content:
        """The two ends; when both do not fit, the right one goes."""
        left, right = shown(self._left, "bold"), shown(self._right, "$quiet")
        gap = self.size.width - left.cell_length - right.cell_length
        if gap < 2:
            return left.truncate(self.size.width, ellipsis=True)
        return left + " " * gap + right


class Notice(Static):
    """A sentence that stays until it is no longer true; without one it takes no room."""

    DEFAULT_CSS = """
    Notice { height: auto; padding: 0 1; display: none; }
    Notice.-said { display: block; }
    """

    def say(self, sentence: str) -> None:
        """Show the sentence, or nothing when it is empty."""
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
    }
    """
    COMPONENT_CLASSES = {"key-line--key", "key-line--name", "key-line--idle"}

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
        """The actions with a place in the footer whose key works here."""
        live = {active.binding.action for active in self.screen.active_bindings.values()}
        named = {found(target, *self.place.places) for target in live}
        return sorted((action for action in named if action and action.rank), key=lambda action: action.rank)

    def _works(self, action: Action) -> bool:
        if action.asks and not self.place.office.is_open:
            return False
        return not action.records or self.place.may_record

    def _called(self, action: Action) -> str:
        return action.called(today=self.place.office.shows_today)

    def render(self) -> Content:
        """As many as fit, in the order of their rank."""
        from textual.style import Style

        styles = {
            name: Style.from_styles(self.get_component_styles(f"key-line--{name}")).without_color
            + Style(foreground=self.get_component_styles(f"key-line--{name}").color)
            for name in ("key", "name", "idle")
        }
        parts: list[Content] = []
        self._places = []
        at = 0
        for action in self.actions():
            name = "name" if self._works(action) else "idle"
            part = Content.assemble((action.key, styles["key"]), (" " + line(self._called(action)), styles[name]))
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
