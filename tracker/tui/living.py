"""Living data: one thread waits for what others write to the register, and tells the interface."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# So long a look lasts; stopping ends it at once.
LISTENS = 60.0
# After a register that cannot be listened to.
RESTS = 5.0


class Listener(Thread):
    """Calls `tell` (from its own thread) whenever somebody has committed something."""

    def __init__(self, tracker: Tracker, tell: Callable[[], object]) -> None:
        super().__init__(name="listener", daemon=True)
        self._tracker = tracker
        self._tell = tell
        self._stopped = Event()
        self._end_look: Callable[[], object] = bool

    def run(self) -> None:
        """Listen until told to stop."""
        while not self._stopped.is_set():
            with suppress(TrackerError):
                self._listen()
            self._stopped.wait(RESTS)

    def _listen(self) -> None:
        with self._tracker.watch() as watch:
            self._end_look = watch.close
            # Something may have happened before the watch began.
            self._tell()
            while not self._stopped.is_set():
                if watch.changed(LISTENS):
                    self._tell()

    def stop(self) -> None:
        """Stop, and wait until it has."""
        self._stopped.set()
        self._end_look()
        if self.is_alive():
            self.join()
