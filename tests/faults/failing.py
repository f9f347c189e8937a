"""The n-th call to the database, or to the file system, fails: the act says so and nothing of it is kept."""

from __future__ import annotations

import builtins
import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from tests.factories import TODAY, a_hand, adding, amending, delivering, everything, marking, moving
from tests.faults.ledger import Outcome, wrong_with
from tracker.bootstrap import Tracker
from tracker.domain.commands import PlanFollowUp, Seen
from tracker.errors import TrackerError
from tracker.reports.files import write_whole

FIRST, SECOND = "C-2025-001", "C-2025-002"
LAN = a_hand()
ACTS: dict[str, Callable[[Tracker], object]] = {
    "add": lambda tracker: tracker.commitments.add(adding(None, deadline_value="2027"), LAN),
    "mark": lambda tracker: tracker.commitments.record_status(delivering(FIRST), LAN),
    "mark two": lambda tracker: tracker.commitments.record_status(marking("in_progress", FIRST, SECOND, note="x"), LAN),
    "move": lambda tracker: tracker.commitments.move_deadline(moving("2028", FIRST), LAN),
    "amend": lambda tracker: tracker.commitments.amend(amending(FIRST, title="Khác"), LAN),
    "follow up": lambda tracker: tracker.followups.plan(
        PlanFollowUp(commitments=(Seen(ref=FIRST),), what="Hỏi", on=TODAY), LAN
    ),
    "undo": lambda tracker: tracker.commitments.undo(LAN),
}


def prepare(tracker: Tracker) -> None:
    """Two commitments, one of them amended since."""
    for ref in (FIRST, SECOND):
        tracker.commitments.add(adding(ref, deadline_value="2026"), LAN)
    tracker.commitments.amend(amending(SECOND, title="Chợ biên giới"), LAN)


def database_calls_failing(tracker: Tracker, most: int, acts: Iterable[str] = tuple(ACTS)) -> Outcome:
    """Each act with its n-th call failing, for every n up to `most`. Lost: what was done by half or in silence."""
    tried = lost = 0
    for act in map(ACTS.__getitem__, acts):
        before = everything(tracker.database)
        for n in range(1, most + 1):
            with failing_call(n) as calls:
                try:
                    act(tracker)
                    answered = True
                except (TrackerError, DBAPIError, sqlite3.Error):
                    answered = False
            failed = calls[0] >= n
            tried += failed
            after = everything(tracker.database)
            if failed:
                lost += answered or after != before
            else:
                # All its calls were fewer than n: it is done, and taken back so that the next one begins alike.
                lost += not answered or after == before
                tracker.commitments.undo(LAN) if act is not ACTS["undo"] else tracker.commitments.redo(LAN)
                break
        lost += len(wrong_with(tracker.database))
    return Outcome(tried, lost)


@contextmanager
def failing_call(n: int) -> Iterator[list[int]]:
    """The n-th statement or commit fails with an input or output error; gives how many there were."""
    calls = [0]

    def count(*_: object) -> None:
        calls[0] += 1
        if calls[0] == n:
            raise sqlite3.OperationalError("disk I/O error")

    def statement(_connection: object, _cursor: object, said: str, *_: object) -> None:
        count()

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", count)
    try:
        yield calls
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", count)


def file_calls_failing(folder: Path, most: int) -> Outcome:
    """A report is written over an older one, with the n-th call to the file system failing."""
    file = folder / "report.md"
    old, new = b"old\n" * 50_000, b"new\n" * 60_000
    tried = lost = 0
    for n in range(1, most + 1):
        file.write_bytes(old)
        with failing_file(n) as calls:
            try:
                write_whole(file, (new[at : at + 8192] for at in range(0, len(new), 8192)), replace=True)
                answered = True
            except (TrackerError, OSError):
                answered = False
        failed = calls[0] >= n
        tried += failed
        lost += file.read_bytes() != (new if answered else old)
        lost += [each.name for each in folder.iterdir()] != [file.name]
        if not failed:
            lost += not answered
            break
    return Outcome(tried, lost)


@contextmanager
def failing_file(n: int) -> Iterator[list[int]]:
    """The n-th call that makes, writes or moves a file fails: the disk is full. Gives how many there were."""
    calls = [0]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            calls[0] += 1
            if calls[0] == n:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*given, **named)

        return call

    class Page:
        """A file each of whose writes is a call."""

        def __init__(self, page: Any) -> None:
            self._page = page
            self.write, self.flush, self.fileno = counted(page.write), counted(page.flush), page.fileno

        def __enter__(self) -> Page:
            return self

        def __exit__(self, *_: object) -> None:
            self._page.close()

    real = os.fdopen
    with (
        mock.patch("tracker.reports.files.mkstemp", counted(tempfile.mkstemp)),
        mock.patch.object(os, "fdopen", lambda *given, **named: Page(real(*given, **named))),
        mock.patch.object(os, "fsync", counted(os.fsync)),
        mock.patch.object(os, "chmod", counted(os.chmod)),
        mock.patch.object(os, "replace", counted(os.replace)),
        mock.patch.object(builtins, "open", counted(builtins.open)),
    ):
        yield calls
