"""What a field asks the register while somebody types: once typing rests, in a thread, the newest question only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# A person who types is not interrupted between two keys; an input method's burst is one key.
TYPING_REST = 0.08


class LookUp:
    """Puts the field's `question` (None: there is nothing to ask now); its answer is posted to the field."""

    def __init__(self, field: Widget, question: Callable[[], Callable[[Tracker], Message] | None]) -> None:
        self._field, self._question = field, question
        self._rest: Timer | None = None

    def soon(self) -> None:
        """Ask when typing rests."""
        self.not_now()
        self._rest = self._field.set_timer(TYPING_REST, self.now)

    def not_now(self) -> None:
        """Ask nothing, unless it is asked already."""
        if self._rest:
            self._rest.stop()

    def now(self) -> None:
        """Ask at once; an answer to an older question is dropped."""
        from tracker.tui.app import TrackerApp

        office = self._field.app
        assert isinstance(office, TrackerApp)
        question = self._question() if office.is_open else None
        if question is None:
            return
        tracker = office.tracker

        def look() -> None:
            answer = question(tracker)
            if not get_current_worker().is_cancelled:
                self._field.post_message(answer)

        self._field.run_worker(look, thread=True, exclusive=True, group="look up", exit_on_error=False)
