"""A program with a watch on its event loop: `python -m tests.benchmarks.watched FILE DAY bare|tracker [ARGUMENT...]`.

A beat in the loop comes late by as long as the loop was busy with something else. The beats that came late are
written to FILE when the program ends, each as the moment and the milliseconds. For the tracker today is DAY.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

BEAT = 0.005
# What is shorter is the beat's own uncertainty.
WORTH_TELLING = 2.0


class Watched(asyncio.DefaultEventLoopPolicy):
    """Makes loops that beat, and keeps the late beats."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[tuple[float, float]] = []

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """A loop that beats from its start."""
        loop = super().new_event_loop()
        loop.call_soon(self._beat, loop, perf_counter())
        return loop

    def _beat(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        now = perf_counter()
        if (late := (now - due) * 1000) > WORTH_TELLING:
            self.late.append((due, round(late, 2)))
        loop.call_later(BEAT, self._beat, loop, now + BEAT)


def main(file: str, day: str, program: str, *arguments: str) -> int:
    """Run the bare list, or the tracker as a person starts it."""
    watched = Watched()
    asyncio.set_event_loop_policy(watched)
    code = _bare(arguments) if program == "bare" else _tracker(date.fromisoformat(day), arguments)
    Path(file).write_text(json.dumps(watched.late))
    return code


def _bare(arguments: Sequence[str]) -> int:
    from tests.benchmarks import bare

    bare.main(*arguments)
    return 0


def _tracker(day: date, arguments: Sequence[str]) -> int:
    from tracker import cli
    from tracker.settings import Settings

    setattr(Settings, "today", lambda _: day)  # noqa: B010 - the clock of a benchmark stands still
    return cli.main(arguments)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
