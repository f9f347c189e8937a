"""Nothing of a closed form stays in memory."""

from __future__ import annotations

import gc
from asyncio import sleep

import pytest
from textual._styles_cache import StylesCache

from tests.tui.desk import Open, Person
from tracker.tui.screens import room
from tracker.tui.screens.mark import MarkDialog

REST = 0.01


def things_of(kind: type[object]) -> int:
    """How many of them there are, after what nobody needs was thrown away."""
    gc.collect()
    return sum(isinstance(each, kind) for each in gc.get_objects())


async def painted_by_forms(person: Person, times: int) -> int:
    """How much that was painted is kept when the form was opened and closed so often."""
    for _ in range(times):
        await person.press("f4")
        await person.at(MarkDialog)
        await person.settles()
        await person.press("escape")
        await person.until(lambda: person.room is person.app.screen, "the room again")
    await sleep(10 * REST)
    await person.settles()
    return things_of(StylesCache)


async def test_a_closed_form_is_given_back_with_all_that_was_painted(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "TIDYING_REST", REST)
    async with desk() as person:
        once = await painted_by_forms(person, 1)
        often = await painted_by_forms(person, 5)
        # The last one may still be in the hands of whoever closed it.
        assert things_of(MarkDialog) <= 1
        assert often < once + 15
