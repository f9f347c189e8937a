"""Nothing of a closed form stays in memory."""

from __future__ import annotations

import gc

import pytest
from textual._styles_cache import StylesCache

from tests.tui.desk import Open
from tracker.tui.screens import room
from tracker.tui.screens.mark import MarkDialog


def things_of(kind: type[object]) -> int:
    """How many of them there are, after what nobody needs was thrown away."""
    gc.collect()
    return sum(isinstance(each, kind) for each in gc.get_objects())


async def test_a_closed_form_is_given_back_with_all_that_was_painted(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "TIDYING_REST", 0.01)
    async with desk() as person:

        async def opened_and_closed() -> None:
            await person.press("f4")
            await person.at(MarkDialog)
            await person.settles()
            await person.press("escape")
            await person.until(lambda: person.room is person.app.screen, "the room again")
            await person.settles()

        await opened_and_closed()
        before = things_of(StylesCache)
        for _ in range(3):
            await opened_and_closed()
        # The last one may still be in the hands of whoever closes it.
        await person.until(lambda: things_of(MarkDialog) <= 1, "the forms to be gone")
        await person.until(lambda: things_of(StylesCache) <= before, "what was painted to be gone")
