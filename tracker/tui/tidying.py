"""What a closed screen leaves behind is given back: in a day thousands of them are opened and closed."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from functools import cache
from typing import Any

from textual._styles_cache import StylesCache


class Forgetful(ThreadPoolExecutor):
    """Threads that keep nothing of what they did last.

    Textual tells each thread whom it works for, and a thread remembers that until it is given other work: a closed
    form with all that was on it would stay.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it in a thread, in a context of its own."""
        return super().submit(Context().run, fn, *args, **kwargs)


def tidy() -> None:
    """Give back what closed screens held. Takes some milliseconds."""
    # Textual keeps the painted lines of the last thousand widgets, closed ones too (its issue 6665).
    StylesCache.get_inner_outer.cache_clear()
    gc.collect()
    _settle()


@cache
def _settle() -> None:
    """The first time: the rooms stand now and stay. Looked through again, they would take ten times as long."""
    gc.freeze()
