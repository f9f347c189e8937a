"""One of some choices. Letters lead to a choice by its words, in any case and without diacritics."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Select
from textual.widgets._select import SelectOverlay

from tracker.domain.text import fold

Meant = TypeVar("Meant")


class OneOfList(SelectOverlay):
    """The open list. Textual looks for letters only in prompts that are plain texts; ours are made safe to show."""

    def _find_search_match(self, query: str) -> int | None:
        wanted = fold(query)
        places = [(fold(str(each.prompt)).find(wanted), number) for number, each in enumerate(self.options)]
        return min(((place, number) for place, number in places if place >= 0), default=(0, None))[1]

    async def _on_key(self, event: events.Key) -> None:
        # A Vietnamese input method takes a letter back and writes another.
        if event.key in ("backspace", "ctrl+h"):
            self._search_query = self._search_query[:-1]
            event.stop()
        else:
            await super()._on_key(event)


class OneOf(Select[Meant]):
    """What is chosen, and the list when it is open."""

    def compose(self) -> ComposeResult:
        """The same two as Textual's, with a list of ours."""
        for part in super().compose():
            yield OneOfList().data_bind(compact=Select.compact) if isinstance(part, SelectOverlay) else part

    def on_key(self, event: events.Key) -> None:
        """A letter opens the list, and is looked for in it."""
        if not self.expanded and event.is_printable and event.key != "space":
            event.stop()
            self.action_show_overlay()
            self.query_one(OneOfList).post_message(events.Key(event.key, event.character))
