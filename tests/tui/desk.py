"""A person at the interface: presses keys, waits for what should happen, and reads the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic, process_time
from typing import Any, TypeVar
from weakref import WeakSet

import textual.app
import textual.pilot
from textual._context import active_app
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import Worker

from tracker.i18n import Language
from tracker.settings import Settings
from tracker.tui.app import TrackerApp
from tracker.tui.screens.room import Room
from tracker.tui.widgets.commitment_list import CommitmentList
from tracker.tui.widgets.mark_form import MarkForm

DAY = date(2026, 11, 21)
PATIENCE = 30.0
# Longer than the interface waits for a person who types.
QUIET = 0.2
# Sooner than this what is on the screen is painted anew.
SOON = 0.02
# An answer that nobody has worked at for so long is held back by the test, and not waited for again.
HELD_BACK = 0.1
S = TypeVar("S", bound=Screen[Any])
_held_back: WeakSet[Worker[Any]] = WeakSet()


async def at_rest(soon: float = SOON, patience: float = 2) -> bool:
    """Wait until nothing is ready to run or due soon, and no answer is on its way; False when it goes on for long."""
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + patience
    while (now := loop.time()) < end:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=end)
        asked = {worker for worker in active_app.get().workers if not worker.is_finished} - set(_held_back)
        if due < now + soon:
            await asyncio.sleep(due - now)
        elif not asked:
            return True
        else:
            used = process_time()
            answered, _ = await asyncio.wait([worker._task for worker in asked], timeout=HELD_BACK)
            if not answered and process_time() - used < HELD_BACK / 100:
                _held_back.update(asked)
    return False


# Textual waits for 20 ms in which the process did next to nothing, twice for each key: on a machine that is free that
# is long, and on one that is not it comes before anything is done.
textual.app.wait_for_idle = textual.pilot.wait_for_idle = lambda *_: at_rest()


@dataclass(frozen=True)
class FixedSettings(Settings):
    """Settings for which today is always the same day."""

    day: date = DAY

    def today(self) -> date:
        return self.day


class Person:
    """Somebody in front of the interface."""

    def __init__(self, app: TrackerApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Put text where the cursor stands, all at once, as an input method does."""
        focused = self.app.focused
        if isinstance(focused, TextArea):
            focused.insert(text)
        else:
            assert isinstance(focused, Input)
            focused.insert_text_at_cursor(text)
        await self.pilot.pause()

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait until it is true; fail with the screen when it does not become so."""
        end = monotonic() + PATIENCE
        while not true():
            assert monotonic() < end, f"{what or true} did not happen. On the screen:\n{self.screen}"
            await asyncio.sleep(0.02)
        await at_rest()

    async def sees(self, *texts: str) -> None:
        """Wait until all of them are on the screen."""
        await self.until(lambda: all(text in self.screen for text in texts), f"to see {texts}")

    async def hears(self, text: str) -> None:
        """Wait until a notice says it."""
        await self.until(lambda: any(text in each.message for each in self.app._notifications), f"to hear {text}")

    async def at(self, screen: type[S]) -> S:
        """Wait until the person is in that room or dialog."""
        await self.until(lambda: isinstance(self.app.screen, screen), f"to be at {screen.__name__}")
        found = self.app.screen
        assert isinstance(found, screen)
        return found

    async def settles(self) -> None:
        """Wait until nothing is asked or due any more."""
        end = monotonic() + PATIENCE
        while not await at_rest(QUIET) or any(not worker.is_finished for worker in self.app.workers):
            assert monotonic() < end, f"the screen did not come to rest:\n{self.screen}"
            await asyncio.sleep(0.01)

    async def has_rows(self, count: int | None = None) -> None:
        """Wait until the list shows an answer (of so many)."""
        rows = self.rows
        await self.until(
            lambda: rows.length and rows.current if count is None else rows.length == count, f"{count} rows"
        )

    @property
    def room(self) -> Room:
        """The room that the person is in."""
        return self.app.rooms[-1]

    @property
    def filter_line(self) -> Input:
        """The filter of the register."""
        return self.app.register_room.filter_line

    @property
    def screen(self) -> str:
        """What is on the screen, as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def rows(self) -> CommitmentList:
        """The list of the room that the person is in."""
        return self.room.query_one(CommitmentList)

    @property
    def form(self) -> MarkForm:
        """The form of the mark dialog."""
        return self.app.screen.query_one(MarkForm)


Open = Callable[..., AbstractAsyncContextManager[Person]]


@asynccontextmanager
async def opened(
    settings: FixedSettings, size: tuple[int, int] = (80, 24), language: Language = "en", room: str = "register"
) -> AsyncIterator[Person]:
    """The interface, open and filled, in that room."""
    app = TrackerApp(replace(settings, language=language))
    async with app.run_test(size=size, notifications=True) as pilot:
        person = Person(app, pilot)
        await person.until(lambda: app.is_open, "the register to open")
        await person.until(lambda: person.rows.generation, "the first answer")
        if room != app.rooms[-1].place:
            app.go(room)
            await person.until(lambda: app.room(room).is_mounted, f"to be in {room}")
            if app.rooms[-1].query(CommitmentList):
                await person.until(lambda: person.rows.generation, "the first answer")
        if room == "today":
            # Its sections come one after the other.
            await person.settles()
        yield person
        # A thread that still asks would leave its connection open.
        await at_rest()
    app.close_tracker()
