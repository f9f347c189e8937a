"""A file that somebody gave: what is wrong with it is told of it, by its name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from tracker import errors
from tracker.domain.outcomes import Finding, Progress
from tracker_db.session import Database
from tracker_db.upgrade import is_behind, upgrade
from tracker_db.verify import prove_copy


def beginning(file: Path, length: int) -> bytes:
    """The first bytes of a file. Raises FileProblem (missing, folder, unreadable, not_a_backup)."""
    try:
        if file.is_file():
            with file.open("rb") as page:
                return page.read(length)
        reason = "folder" if file.is_dir() else "not_a_backup" if file.exists() else "missing"
    except OSError:
        reason = "unreadable"
    raise errors.FileProblem(str(file), reason) from None


@contextmanager
def given(file: Path) -> Iterator[None]:
    """What is wrong in this block is wrong with that file."""
    try:
        yield
    except errors.HistoryBroken as broken:
        raise errors.FileBroken(str(file), broken.findings) from None
    except errors.GuardMissing as unguarded:
        found = [Finding("guard_missing", {"trigger": name}) for name in unguarded.missing]
        raise errors.FileBroken(str(file), found) from None
    except errors.DatabaseUnreachable as error:
        # A server may have gone; an SQLite file is there, and has other tables than its schema says.
        if not isinstance(getattr(error.__cause__, "orig", error.__cause__), sqlite3.Error):
            raise
        raise errors.FileProblem(str(file), "not_a_backup") from None
    except (errors.NotOurDatabase, errors.DatabaseDamaged, errors.DatabaseMissing, DBAPIError):
        raise errors.FileProblem(str(file), "not_a_backup") from None


def brought_forward(database: Database, file: Path, told: Progress) -> str:
    """The anchor of what a file held, when that is proved whole and of the newest schema. Raises HistoryBroken."""
    for behind in (True, False):
        proved = prove_copy(database, str(file), whole=True, told=told)
        if proved.findings:
            raise errors.HistoryBroken(str(file), proved.findings)
        if behind and is_behind(database):
            upgrade(database.url.render_as_string(hide_password=False))
        else:
            break
    return proved.anchor
