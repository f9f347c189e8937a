"""A whole copy of a database in one file, proved before it gets its name; and a database made from such a file."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from sqlalchemy import URL

from tracker import errors
from tracker.domain.outcomes import Progress, Verification, untold
from tracker_db.dumps import dump, restore
from tracker_db.given import beginning, brought_forward, given
from tracker_db.session import BUSY_SECONDS, Database
from tracker_db.verify import prove_copy

# Pages of SQLite that are copied at a time; between them others may write.
STEP = 5000
# In bytes: so much is looked at in a few seconds.
LONG_TO_READ = 8 << 20
# What is not whole yet, with the process that writes it.
_PART = re.compile(r"\..+\.(\d{1,10})\.part(?:-journal|-wal|-shm)?")
SUFFIX = {"sqlite": ".sqlite", "postgresql": ".pgdump"}


def copy(database: Database, target: Path) -> str:
    """Write the whole database to a new file, for its owner alone, and give the anchor that was read back from it.

    The file appears under its name when it has been opened and its history proved. Raises FileProblem (exists,
    missing, unwritable), HistoryBroken, DiskFull, ProgramMissing, and what opening a database raises.
    """
    with _new_file(target) as part:
        proved = _copied(database, part, whole=False, told=untold)
        if proved.findings:
            raise errors.HistoryBroken(str(database), proved.findings)
    return proved.anchor


def rescue(database: Database, target: Path, *, whole: bool = True, told: Progress = untold) -> Verification:
    """The same, also of a register that does not hold: what was found in the copy is told, and it is kept.

    With `whole` the copy's tables are compared with its history too, unless its schema is an earlier one.
    """
    with _new_file(target) as part:
        return _copied(database, part, whole=whole, told=told)


def _copied(database: Database, part: Path, *, whole: bool, told: Progress) -> Verification:
    if database.path is None:
        return dump(database, part, whole, told)
    _copy_sqlite(database, part)
    with closing(Database(_url(part))) as copied:
        try:
            return prove_copy(copied, str(database), whole=whole, told=told)
        except errors.DatabaseDamaged:
            raise errors.DatabaseDamaged(str(database)) from None


def put_back(file: Path, database: Database, kept: Path, told: Progress = untold) -> str:
    """Make the database what the file holds, and give its anchor. On SQLite what was there is `kept` under that name.

    A file is proved whole before anything is touched, brought forward when its schema is an earlier one; on SQLite
    its content is swapped in by one transaction, so that whoever has the register open sees the old one or the new
    one, never half of it. On PostgreSQL the schema must be empty, or is made, and have the name of the one that the
    backup was made of. Raises FileProblem (missing, folder, unreadable, not_a_backup), OtherSchema, RightMissing,
    NotEmpty, FileBroken, DatabaseTooNew, DatabaseBusy, DiskFull, ProgramMissing.
    """
    begins = b"PGDMP" if database.path is None else b"SQLite format 3\0"
    if beginning(file, len(begins)) != begins:
        raise errors.FileProblem(str(file), "not_a_backup")
    if database.path is None:
        return restore(file, database, told)
    # As a copy first: opening a file may roll its journal back, and the backup stays as it is.
    with _new_file(database.path.with_name(f".{database.path.name}.restored"), keep=False) as part:
        with given(file), closing(Database(_url(part))) as copied:
            _copy_sqlite(Database(_url(file)), part)
            anchor = brought_forward(copied, file, told)
        _keep_old(database, kept)
        _swap_in(part, database)
    return anchor


def _url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)


@contextmanager
def _new_file(target: Path, *, keep: bool = True) -> Iterator[Path]:
    """An empty file beside the target, 0600, which gets its name when the block ends well. No link is followed."""
    if os.path.lexists(target) and keep:
        raise errors.FileProblem(str(target), "exists")
    if not target.parent.is_dir():
        raise errors.FileProblem(str(target.parent), "missing")
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    clear_away(target.parent, f".{target.name[:100]}.")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
        yield part
        if keep:
            with part.open("rb") as page:
                os.fsync(page.fileno())
            # A link, not a rename: what somebody put there meanwhile is not replaced.
            os.link(part, target)
            _settle(target.parent)
    except FileExistsError:
        raise errors.FileProblem(str(target), "exists") from None
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise errors.FileProblem(str(target), "unwritable") from None
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                os.unlink(f"{part}{end}")


def clear_away(folder: Path, beginning: str = ".") -> None:
    """Delete what copies that were killed have left in a folder."""
    for name in os.listdir(folder):
        found = _PART.fullmatch(name)
        if found and name.startswith(beginning) and not _runs(int(found[1])):
            with suppress(OSError):
                os.unlink(folder / name)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _settle(folder: Path) -> None:
    """A new name outlives a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _copy_sqlite(source: Database, target: Path) -> None:
    assert source.path is not None
    try:
        with (
            Database(_url(target)).translated(),
            closing(sqlite3.connect(_reading(source.path), uri=True, timeout=BUSY_SECONDS)) as old,
            closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as new,
        ):
            _all_pages(old, new)
            # A file by itself, whatever the mode of the original.
            new.execute("PRAGMA journal_mode=DELETE")
    except errors.DiskFull:
        raise
    except (errors.DatabaseUnusable, errors.DatabaseBusy) as error:
        # What was read is at fault: the other file is new.
        error.database = str(source)
        raise


@contextmanager
def still(database: Database, times: int = 1) -> Iterator[Database]:
    """The database as it stands, to look at for minutes without anybody waiting for it.

    Where readers keep writers out (SQLite's rollback journal) and there is much to look at, it is a copy, if there is
    room for one in the folder for temporary files. What is looked at so many `times` as fast may be as much larger.
    """
    path = database.path
    if path is None or not path.is_file() or path.stat().st_size < times * LONG_TO_READ or _has_wal(path):
        yield database
        return
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        part = Path(folder) / path.name
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _copy_sqlite(database, part)
            looked_at = Database(_url(part))
        except (OSError, errors.DiskFull):
            looked_at = database
        try:
            yield looked_at
        finally:
            looked_at.close()


def _has_wal(path: Path) -> bool:
    with path.open("rb") as page:
        # The version of the file's format, for writing: 2 is write-ahead.
        return page.read(19)[18:] == b"\2"


def _reading(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}?mode=ro"


def _all_pages(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Some at a time, so that others may write; where they write so much that it begins again and again, at once."""
    try:
        old.backup(new, pages=STEP, progress=_Patience(), sleep=0.05)
    except _TooOften:
        old.backup(new, progress=_Patience(), sleep=0.05)


class _TooOften(Exception):
    pass


class _Patience:
    """Told after each step: ends a copy that others do not let begin or do not let end."""

    def __init__(self) -> None:
        self._steps, self._until = 0, monotonic() + BUSY_SECONDS

    def __call__(self, status: int, _left: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if monotonic() > self._until:
                raise sqlite3.OperationalError("database is locked")
            return
        self._until = monotonic() + BUSY_SECONDS
        self._steps += 1
        if self._steps > 3 * (total // STEP + 2):
            raise _TooOften


def _keep_old(database: Database, kept: Path) -> None:
    """What is there now, as a file of that name: a copy, or where nothing can read it, the file itself."""
    path = database.path
    assert path is not None
    if not path.exists() or not path.stat().st_size:
        return
    try:
        with _new_file(kept) as part:
            _copy_sqlite(database, part)
    except (errors.DatabaseDamaged, errors.NotOurDatabase):
        os.replace(path, kept)
        for end in ("-journal", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.replace(f"{path}{end}", f"{kept}{end}")


def _swap_in(new: Path, database: Database) -> None:
    database.make_file()
    assert database.path is not None
    with (
        database.translated(),
        closing(sqlite3.connect(_reading(new), uri=True)) as source,
        closing(sqlite3.connect(database.path, timeout=BUSY_SECONDS)) as target,
    ):
        target.execute("PRAGMA synchronous=EXTRA")
        mode = target.execute("PRAGMA journal_mode").fetchone()[0]
        source.backup(target, progress=_Patience(), sleep=0.05)
        with suppress(sqlite3.OperationalError):
            # Whoever has it open keeps the mode as it is.
            target.execute(f"PRAGMA journal_mode={mode}")
