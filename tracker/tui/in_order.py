"""Keys that come in one burst: each is heard where the one before it has led."""

from __future__ import annotations

from collections import deque
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen

# What was asked for may have gone before it heard: then the next key waits so long and no longer.
LOST_AFTER = 0.3


class KeyHeard(Message):
    """It follows a key from part to part up to the app: whatever the key does has been done when this arrives."""

    def __init__(self, number: int, place: Screen[Any]) -> None:
        super().__init__()
        self.number, self.place = number, place


class KeysInOrder(App[None], inherit_bindings=False):
    """Textual sends a key to where the cursor is as it comes, though a Tab or a menu before it may not have been heard.

    So a key that may lead elsewhere is waited for. Letters in a text lead nowhere, and are not.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[events.Key | events.Paste] = deque()
        self._sent = 0
        self._awaits_key = False

    async def on_event(self, event: events.Event) -> None:
        """Hold back what is typed until the key before it has been heard."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._awaits_key:
            self._held.append(event)
        elif isinstance(event, events.Key) and not self._is_text(event):
            place = self.screen
            hears = self.focused or place
            await super().on_event(event)
            self._sent += 1
            self._awaits_key = hears.post_message(KeyHeard(self._sent, place).set_sender(hears))
            self.set_timer(LOST_AFTER, lambda sent=self._sent: self._heard_key(sent))
        else:
            await super().on_event(event)

    def _is_text(self, key: events.Key) -> bool:
        # What edits text is not needed to show the first room.
        from textual.widgets import Input, TextArea

        return key.is_printable and isinstance(self.focused, Input | TextArea)

    async def on_key_heard(self, message: KeyHeard) -> None:
        """Send on what came meanwhile, to a new place not before it knows where its cursor stands."""
        if self.screen is not message.place and self.screen.post_message(
            KeyHeard(message.number, self.screen).set_sender(self.screen)
        ):
            return
        # A cursor that is sent elsewhere goes there by a call that stands in line before this one.
        self.call_later(self._heard_key, message.number)

    async def _heard_key(self, number: int) -> None:
        if number != self._sent:
            return
        self._awaits_key = False
        while self._held and not self._awaits_key:
            await self.on_event(self._held.popleft())
