"""A line that offers what can be meant. What is offered comes from a thread and never holds up typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tracker.errors import TrackerError
from tracker.tui.completion import Offers, Source
from tracker.tui.shown import line, shown
from tracker.tui.widgets.look_up import LookUp
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class OfferList(OptionList, can_focus=False):
    """What is offered, below its line. The keys stay in the line; the mouse chooses here."""

    DEFAULT_CSS = """
    OfferList {
        overlay: screen; constrain: inside inflect;
        height: auto; max-height: 8; min-width: 34; max-width: 90%;
        border: none; padding: 0 1; background: $panel; color: $foreground;
        scrollbar-size-vertical: 1; display: none;
        & > .option-list--option-highlighted { background: $row-cursor; color: $block-cursor-foreground; }
    }
    """

    def __init__(self, line: CompletingLine) -> None:
        super().__init__()
        self._line = line

    def show(self, offers: Offers, at: Offset, width: int) -> None:
        """Show these below that place."""
        self.set_options(
            Option(shown(line(each.text)) + shown(f"  {line(each.said)}" if each.said else "", "$quiet"))
            for each in offers.offers
        )
        self.highlighted = None
        self.absolute_offset = at
        self.styles.width = width
        self.display = True
        self.refresh(layout=True)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._line.take(event.option_index)


class CompletingLine(TextLine):
    """One line with a source of offers. Down goes into them, Enter and Tab take one, Esc closes them and no more.

    An `eager` line takes the first offer when Enter or Tab is pressed and none was gone to; another keeps what is
    typed, unless Tab asks.
    """

    class Arrived(Message):
        """Offers for a line as it was."""

        def __init__(self, value: str, at: int, offers: Offers) -> None:
            super().__init__()
            self.value, self.at, self.offers = value, at, offers

    def __init__(self, source: Source, *, placeholder: str = "", eager: bool = True, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, compact=True, id=id)
        self._source, self._eager = source, eager
        self._offers, self._offered_for = Offers(0, 0), ""
        self._list: OfferList | None = None
        self._look_up = LookUp(self, self._question)
        self._taken = ""

    # Asking

    @on(Input.Changed)
    def _typed_on(self) -> None:
        if self.has_focus and self.value != self._taken:
            self._look_up.soon()
        else:
            self.close()

    def _question(self) -> Callable[[Tracker], Message] | None:
        if not self.has_focus:
            return None
        value, at, source = self.value, self.cursor_position, self._source

        def offered(tracker: Tracker) -> Message:
            try:
                return self.Arrived(value, at, source(tracker, value, at))
            except TrackerError:
                # What cannot be asked now is not offered; saving says what is wrong.
                return self.Arrived(value, at, Offers(0, 0))

        return offered

    @on(Arrived)
    def _arrived(self, event: CompletingLine.Arrived) -> None:
        event.stop()
        if event.value != self.value or not self.has_focus:
            return
        self._offers, self._offered_for = event.offers, event.value
        if not event.offers.offers:
            self.close()
            return
        if self._list is None:
            self._list = OfferList(self)
            self.screen.mount(self._list)
        self._list.show(event.offers, self.region.bottom_left, self.region.width)

    # Choosing

    @property
    def is_offering(self) -> bool:
        """Whether the list is open, and about what stands in the line now."""
        return self._list is not None and self._list.display and self._offered_for == self.value

    def close(self) -> None:
        """Offer nothing now."""
        self._look_up.not_now()
        if self._list is not None:
            self._list.display = False

    def take(self, index: int) -> None:
        """Write that offer in the place of what was typed of it."""
        offers = self._offers
        text = offers.offers[index].text
        self._taken = self.value[: offers.start] + text + self.value[offers.end :]
        self.close()
        self.value = self._taken
        self.cursor_position = offers.start + len(text)
        if text.endswith((":", "=", "/")):
            # There is more to say: offer that.
            self._taken = ""
            self._look_up.soon()

    async def _on_key(self, event: events.Key) -> None:
        chosen = self._list.highlighted if self._list is not None and self.is_offering else None
        match event.key:
            case "down" if self.is_offering and self._list is not None:
                self._list.action_cursor_down()
            case "up" if self.is_offering and self._list is not None and chosen is not None:
                self._list.action_cursor_up()
            case "escape" if self.is_offering:
                self.close()
            case "enter" if self.is_offering and (chosen is not None or self._eager):
                self.take(chosen or 0)
            case "tab" if self.is_offering and (chosen is not None or self.value.strip()):
                self.take(chosen or 0)
            case "down" if self._eager:
                # An empty line, or one whose list was closed: offer again.
                self._taken = ""
                self._look_up.now()
            case _:
                await super()._on_key(event)
                return
        event.stop()
        event.prevent_default()

    def on_blur(self) -> None:
        """What is offered belongs to who types here."""
        self.close()

    def on_unmount(self) -> None:
        """The list goes with its line."""
        if self._list is not None and self._list.is_attached:
            self._list.remove()
