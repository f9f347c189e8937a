"""Processes of our own that can be killed: forked, so that each begins at once with everything loaded."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# What a child says before it ends by itself: it failed, and how.
FAILED = 70


@contextmanager
def child(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """Runs `work` in a process of its own, which is given the end of a pipe to write to; gives its id and our end.

    It is killed when the block is left, if it still runs. Nothing that the parent has open may be used in it.
    """
    number, mine = _begin(work)
    try:
        yield number, mine
    finally:
        try:
            os.kill(number, signal.SIGKILL)
        finally:
            os.waitpid(number, 0)
            os.close(mine)


def _begin(work: Callable[[int], None]) -> tuple[int, int]:
    mine, its = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()
    number = os.fork()
    if number:
        os.close(its)
        return number, mine
    os.close(mine)
    code = 0
    try:
        work(its)
    except BaseException:  # noqa: BLE001 - a child ends here, whatever it met
        traceback.print_exc()
        code = FAILED
    finally:
        os._exit(code)


def kill(number: int) -> None:
    """End a child so that it cannot do anything about it."""
    os.kill(number, signal.SIGKILL)


def all_of(pipe: int) -> bytes:
    """All that was written to a pipe, when nobody writes to it any more."""
    said = b""
    while piece := os.read(pipe, 1 << 16):
        said += piece
    return said


def together(works: list[Callable[[int], None]]) -> list[bytes]:
    """Run all of them at the same time; what each wrote. Raises RuntimeError when one failed."""
    running = [_begin(work) for work in works]
    answers: list[bytes] = []
    failed = 0
    for number, mine in running:
        answers.append(all_of(mine))
        os.close(mine)
        failed += os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) != 0
    if failed:
        raise RuntimeError(f"{failed} of {len(works)} processes failed")
    return answers
