"""Noticing that somebody committed, without reading a row."""

from __future__ import annotations

import os
import select
import socket
from abc import ABC, abstractmethod
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any, Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tracker import errors
from tracker_db.session import CHANNEL, Database

# So often a file is looked at, and a lost server asked whether it is there again. A server speaks by itself.
EVERY = 0.25
AGAIN = 1.0


def watch(database: Database) -> Watch:
    """Begin to watch. Raises what opening the database raises."""
    return _File(database) if database.path else _Server(database)


class Watch(ABC):
    """A look at a register's database over a connection of its own, for one thread; any thread may close it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looking = Lock()
        self._connection: Connection | None = None
        self._tried = monotonic()
        self._open()
        # The end of one wakes whoever waits at the other.
        self._wake, self._woken = socket.socketpair()

    def changed(self, timeout: float) -> bool:
        """Whether somebody committed since the last call (or since the watch began); waits for it at most so long.

        A database that is away has not changed; when it is there again, it may have. False once closed.
        """
        until = monotonic() + timeout
        with self._looking:
            while not self._is_closed:
                if self._connection is None:
                    if self._came_back():
                        return True
                elif self._has_changed():
                    return True
                left = until - monotonic()
                if left <= 0:
                    return False
                self._wait(left)
        return False

    def close(self) -> None:
        """End a `changed` that waits, and let go of the connection."""
        with suppress(OSError):
            self._wake.close()
        with self._looking:
            self._drop()
            self._woken.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def _open(self) -> None:
        """Connect, and count what happens from now on."""

    @abstractmethod
    def _heard(self, connection: Connection) -> bool:
        """Whether something happened since it was last asked."""

    @abstractmethod
    def _wait(self, left: float) -> None:
        """Wait until something may have happened, at most so long."""

    @property
    def _is_closed(self) -> bool:
        return self._wake.fileno() < 0

    def _has_changed(self) -> bool:
        assert self._connection is not None
        # The driver's own errors too: what it is told is not asked through SQLAlchemy.
        try:
            return self._heard(self._connection)
        except (DBAPIError, OSError, self._connection.dialect.loaded_dbapi.Error):
            self._drop()
            return False

    def _came_back(self) -> bool:
        if monotonic() - self._tried < AGAIN:
            return False
        self._tried = monotonic()
        try:
            self._open()
        except (errors.DatabaseUnusable, DBAPIError, OSError):
            # It may have left again between the answer and the first question.
            self._drop()
            return False
        return True

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError, OSError):
                connection.close()

    def _sleep(self, seconds: float, *descriptors: int) -> None:
        waiting = select.poll()
        for descriptor in (self._woken.fileno(), *descriptors):
            waiting.register(descriptor, select.POLLIN)
        waiting.poll(seconds * 1000)


class _File(Watch):
    """SQLite counts for each connection what the others commit."""

    def _open(self) -> None:
        self._connection = self._database.alone()
        self._file = self._identity()
        # Whoever is committing just now is heard at the next look.
        self._version = self._read(self._connection) or 0

    def _heard(self, connection: Connection) -> bool:
        file = self._identity()
        if file != self._file:
            # Another file was put in its place, as a restore does.
            self._drop()
            self._tried = -AGAIN
            return self._came_back()
        version = self._read(connection)
        before, self._version = self._version, version if version is not None else self._version
        return self._version != before

    def _wait(self, left: float) -> None:
        self._sleep(min(left, EVERY))

    def _identity(self) -> tuple[int, int]:
        found = os.stat(self._database.path or "")
        return found.st_dev, found.st_ino

    @staticmethod
    def _read(connection: Connection) -> int | None:
        try:
            version: int = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        except DBAPIError as error:
            if "locked" in str(error.orig):
                return None
            raise
        return version


class _Server(Watch):
    """PostgreSQL tells what `Database.write` announces, when it is committed."""

    def _open(self) -> None:
        self._connection = self._database.alone()
        self._connection.exec_driver_sql(f"LISTEN {CHANNEL}")

    def _heard(self, connection: Connection) -> bool:
        return any(True for _ in self._driver(connection).notifies(timeout=0))

    def _wait(self, left: float) -> None:
        if self._connection is None:
            self._sleep(min(left, EVERY))
        else:
            self._sleep(left, self._driver(self._connection).fileno())

    @staticmethod
    def _driver(connection: Connection) -> Any:
        return connection.connection.driver_connection
