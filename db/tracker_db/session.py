"""The two ways in: `Database.read()` and `Database.write()`. Only the second commits."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from random import random
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tracker import errors
from tracker.domain.address import hidden, wrong_with

BUSY_SECONDS = 30
# SQLite's writers do not queue, and SQLite lets one look again only every 100 ms: of eight that wrote without a pause
# one in twenty found the place taken for 30 seconds.
LOOKS_AGAIN = 0.004
# "VTCT" in ASCII: marks a SQLite file as a register of ours.
APPLICATION_ID = 0x56544354
# On which PostgreSQL tells who listens that somebody committed.
CHANNEL = "tracker_changed"
# Who only listens hears of a server's end by asking, and does not wait for one that is not there.
_ATTENTIVE = {"connect_timeout": 2, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
# How often a reading SQLite looks up whether anybody still waits: some milliseconds apart.
STEPS = 50_000
_wanted: ContextVar[Callable[[], bool] | None] = ContextVar("wanted", default=None)


@contextmanager
def while_wanted(wanted: Callable[[], bool]) -> Iterator[None]:
    """What is read (on SQLite) or done to many in this block ends with TakenBack soon after nobody waits for it."""
    before = _wanted.set(wanted)
    try:
        yield
    finally:
        _wanted.reset(before)


def still_wanted() -> None:
    """Raise TakenBack when nobody waits any more for what is done in a `while_wanted` block."""
    wanted = _wanted.get()
    if wanted is not None and not wanted():
        raise errors.TakenBack


class Database:
    """A register's database. Errors of the driver come out as errors of ours, each with one clear meaning."""

    def __init__(self, url: str) -> None:
        if reason := wrong_with(url):
            raise errors.BadURL(hidden(url), reason)
        try:
            self.url = make_url(url)
        except (ArgumentError, ValueError):
            raise errors.BadURL(hidden(url)) from None
        if self.url.get_backend_name() not in ("sqlite", "postgresql"):
            raise errors.BadURL(hidden(url), "other_kind")
        if not re.fullmatch(r"[0-9,]*", "".join(self.url.query.get("port", ""))):
            raise errors.BadURL(hidden(url))
        if self.path is not None and self.url.database and self.path.is_dir():
            raise errors.NotOurDatabase(str(self))
        self._engines: dict[bool, Engine] = {}
        # Done before each write: such as keeping a copy of what was there, when a new day has begun.
        self.before_writing: Callable[[], None] | None = None
        # Nothing may be written: whoever opened it may only read, or it is a copy of what was.
        self.frozen = False
        # What readers need again and again.
        self._kept: dict[str, object] = {}

    def __str__(self) -> str:
        # The same whether the password stands in the URL or elsewhere.
        return str(self.path or self.without_password.difference_update_query(["sslpassword"]))

    @property
    def without_password(self) -> URL:
        """The URL without the password that logs in, in either of its places."""
        return self.url._replace(password=None).difference_update_query(["password"])

    @property
    def path(self) -> Path | None:
        """The file, for SQLite."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view that cannot change anything."""
        with (
            self.translated(),
            Session(self._engine(writing=False), autoflush=False, info={"kept": self._kept}) as session,
            self._while_wanted(session),
        ):
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that nobody else's write can come between: committed at the end, or nothing of it kept."""
        if self.frozen:
            raise errors.DatabaseReadOnly(str(self))
        if self.before_writing is not None:
            self.before_writing()
        with (
            self.translated(),
            Session(self._engine(writing=True), autoflush=False, expire_on_commit=False) as session,
            session.begin(),
        ):
            lock_writers(session.connection())
            _announce(session.connection())
            yield session

    @contextmanager
    def trial(self) -> Iterator[Session]:
        """A transaction like that of `write`, of which nothing is kept."""
        with (
            self.translated(),
            Session(self._engine(writing=True), autoflush=False, expire_on_commit=False) as session,
        ):
            lock_writers(session.connection())
            yield session
            session.rollback()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection in a write transaction, for migrations."""
        with self.translated(), self._engine(writing=True).begin() as connection:
            lock_writers(connection)
            yield connection

    def alone(self) -> Connection:
        """A connection that stands in no pool and begins no transaction; whoever asks for it closes it.

        Raises DatabaseMissing, DatabaseUnreachable.
        """
        if self.path is not None and not self.path.is_file():
            # SQLite would make an empty file of a name that is only looked at.
            raise errors.DatabaseMissing(str(self))
        url = self.url if self.path else self.url.set(drivername="postgresql+psycopg")
        given: dict[str, Any] = {"timeout": 0, "check_same_thread": False} if self.path else _ATTENTIVE
        with self.translated():
            engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=given)
            return engine.connect()

    def close(self) -> None:
        """Let go of every connection."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()

    def make_file(self) -> None:
        """Make the empty SQLite file, for its owner alone.

        Raises FolderMissing, OnNetworkFolder, or DatabaseUnreachable.
        """
        if self.path is None:
            return
        refuse_network_folder(self.path)
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileNotFoundError:
            raise errors.FolderMissing(str(self)) from None
        except FileExistsError:
            if self.path.is_symlink() and not self.path.exists():
                # Somebody else chose where that would be written.
                raise errors.DatabaseUnreachable(str(self), "a link to nothing") from None
            if not self.path.is_file() or self.path.stat().st_size:
                return
        except OSError as error:
            raise errors.DatabaseUnreachable(str(self), error.strerror or "") from None
        with self.translated():
            connection = sqlite3.connect(self.path)
            try:
                # A file's mode is chosen once, while nobody else can have it open.
                connection.execute(f"PRAGMA journal_mode={'WAL' if wal_is_safe() else 'DELETE'}")
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            finally:
                connection.close()

    def _engine(self, *, writing: bool) -> Engine:
        if writing not in self._engines:
            self._engines[writing] = self._sqlite(writing) if self.path else self._postgresql(writing)
        return self._engines[writing]

    def _sqlite(self, writing: bool) -> Engine:
        engine = create_engine(self.url, connect_args={"timeout": BUSY_SECONDS})

        @event.listens_for(engine, "connect")
        def _prepare(connection: sqlite3.Connection, _record: object) -> None:
            # The driver's own BEGIN comes too late for a read-change-write: we say when a transaction begins.
            connection.isolation_level = None
            cursor = connection.cursor()
            for pragma in (
                "foreign_keys=ON",
                "recursive_triggers=ON",
                "trusted_schema=OFF",
                "cell_size_check=ON",
            ):
                cursor.execute(f"PRAGMA {pragma}")
            wal = cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            cursor.execute(f"PRAGMA synchronous={'FULL' if wal else 'EXTRA'}")
            cursor.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
            if not writing:
                # In KiB. The system keeps the pages that were read; each thread's reader needs no copy of them.
                cursor.execute("PRAGMA cache_size=-500")
            cursor.close()

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            begun = connection.connection.driver_connection
            assert isinstance(begun, sqlite3.Connection)
            if writing:
                _begin_writing(begun)
            else:
                begun.execute("BEGIN")

        return engine

    def _postgresql(self, writing: bool) -> Engine:
        url = self.url.set(drivername="postgresql+psycopg")
        try:
            if writing:
                return create_engine(url, pool_pre_ping=True)
            # One snapshot for a whole report.
            return create_engine(
                url,
                pool_pre_ping=True,
                isolation_level="REPEATABLE READ",
                execution_options={"postgresql_readonly": True},
            )
        except (ModuleNotFoundError, NoSuchModuleError):
            raise errors.DriverMissing(str(self)) from None

    @contextmanager
    def _while_wanted(self, session: Session) -> Iterator[None]:
        wanted = _wanted.get()
        if wanted is None or self.path is None:
            yield
            return
        if not wanted():
            raise errors.TakenBack
        reading = session.connection().connection.driver_connection
        assert isinstance(reading, sqlite3.Connection)
        reading.set_progress_handler(lambda: not wanted(), STEPS)
        try:
            yield
        finally:
            reading.set_progress_handler(None, 0)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """In this block the driver's errors are errors of ours."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise self._meaning(error) from error

    def _meaning(self, error: Exception) -> Exception:
        driver = error.orig if isinstance(error, DBAPIError) else error
        said = str(driver).strip().splitlines()[0] if str(driver).strip() else ""
        sqlstate: str = getattr(driver, "sqlstate", None) or ""
        if said == "interrupted":
            return errors.TakenBack()
        if sqlstate in _STATES:
            return _STATES[sqlstate](str(self))
        for pattern, meaning in _MEANINGS:
            if re.search(pattern, said, re.IGNORECASE):
                return meaning(str(self))
        # Without a statement it failed to connect: a parameter of the URL is unknown, or its value is none.
        connecting = isinstance(error, ProgrammingError) and error.statement is None
        if (
            connecting
            or isinstance(error, OperationalError | sqlite3.OperationalError)
            or sqlstate.startswith(("08", "28", "3D", "57"))
        ):
            return errors.DatabaseUnreachable(str(self), said)
        return error


# What PostgreSQL says in every language.
_STATES: dict[str, type[errors.DatabaseUnusable] | type[errors.DatabaseBusy]] = {
    **dict.fromkeys(("55P03", "40P01", "40001"), errors.DatabaseBusy),
    "25006": errors.DatabaseReadOnly,
    "42501": errors.RightMissing,
    "53100": errors.DiskFull,
}
_MEANINGS: tuple[tuple[str, type[errors.DatabaseUnusable] | type[errors.DatabaseBusy]], ...] = (
    (
        r"database is locked|database table is locked|lock timeout|deadlock detected|could not serialize",
        errors.DatabaseBusy,
    ),
    (r"readonly database|read-only", errors.DatabaseReadOnly),
    (r"permission denied for", errors.RightMissing),
    (r"disk is full|no space left|could not extend file", errors.DiskFull),
    (r"disk image is malformed|malformed database schema", errors.DatabaseDamaged),
    (r"file is not a database|unsupported file format", errors.NotOurDatabase),
)


# Whose locks and shared memory SQLite cannot rely on. Of those in user space, the ones that are known to be remote.
_REMOTE = re.compile(
    r"nfs4?|cifs|smb\d?|smbfs|ncpfs|afs|ceph|glusterfs|lustre|ocfs2|gpfs|davfs2?"
    r"|fuse\.(sshfs|rclone|s3fs|davfs2?|glusterfs|ceph-fuse|gvfsd-fuse|smbnetfs|curlftpfs|google-drive-ocamlfuse)"
)
MOUNTS = Path("/proc/self/mountinfo")


def refuse_network_folder(path: Path) -> None:
    """Raise OnNetworkFolder when a file system of another machine holds the file. Without a list of mounts: never."""
    kind = file_system(path)
    if _REMOTE.fullmatch(kind):
        raise errors.OnNetworkFolder(str(path), kind)


def file_system(path: Path) -> str:
    """The kind of the file system on which a file lies, or would lie; empty when the system does not tell."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real, best, kind = os.path.realpath(path), "", ""
    for line in mounts:
        words = line.split(" ")
        if len(words) < 7 or "-" not in words:
            continue
        # A space in a name is written as \040.
        where = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), words[4])
        inside = where == "/" or real == where or real.startswith(f"{where}/")
        # Of two mounts on one place, the later one is seen.
        if inside and len(where) >= len(best):
            best, kind = where, words[words.index("-") + 1]
    return kind


def _begin_writing(connection: sqlite3.Connection) -> None:
    until = monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(LOOKS_AGAIN * (0.5 + random()))
        else:
            # Before it is committed, those who read now may end.
            connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
            return


def lock_writers(connection: Connection) -> None:
    """Let one writer in at a time, so that acts are numbered without gaps and a version seen stays true.

    SQLite's BEGIN IMMEDIATE does it by itself.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")


def _announce(connection: Connection) -> None:
    """Have those who watch told, if this transaction is committed. SQLite counts commits by itself."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite has the fix of the WAL-reset bug (3.51.3, 3.50.7 or 3.44.6), which corrupted files."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
