"""Two ways in: a reader that cannot change anything, a writer that does all or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from tests.factories import a_party, record
from tests.roles import logins
from tracker import errors
from tracker_db import session as store
from tracker_db.session import Database, wal_is_safe, while_wanted


def parties(database: Database) -> int:
    with database.read() as session:
        return int(session.execute(text("SELECT count(*) FROM party")).scalar_one())


# Settings of each connection


@pytest.fixture
def file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A register's file."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "tracker.sqlite"))


@pytest.fixture
def sqlite(file: Path) -> Iterator[Database]:
    """A register in a file, open."""
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.mark.parametrize("door", ["read", "write"])
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("recursive_triggers", 1), ("trusted_schema", 0), ("cell_size_check", 1)],
)
def test_each_connection_is_careful(sqlite: Database, door: str, pragma: str, value: int) -> None:
    with getattr(sqlite, door)() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_only_the_writer_may_write(sqlite: Database) -> None:
    with sqlite.read() as session:
        assert session.execute(text("PRAGMA query_only")).scalar_one() == 1
    with sqlite.write() as session:
        assert session.execute(text("PRAGMA query_only")).scalar_one() == 0


def test_a_reader_that_tries_to_write_is_refused(database: Database) -> None:
    with pytest.raises(errors.DatabaseReadOnly), database.read() as session:
        session.execute(text("DELETE FROM party"))


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 49, 1), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_only_on_an_sqlite_without_the_bug_that_corrupts_files(
    version: tuple[int, ...], safe: bool
) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.parametrize(("safe", "mode", "synchronous"), [(True, "wal", 2), (False, "delete", 3)])
def test_the_journal_of_a_new_file_obeys_it(
    safe: bool, mode: str, synchronous: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "wal_is_safe", lambda: safe)
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    database.make_file()
    with database.write() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == mode
        assert session.execute(text("PRAGMA synchronous")).scalar_one() == synchronous
    database.close()


def test_a_postgresql_reader_has_one_snapshot_for_a_whole_report(postgresql: Any, migrated_postgresql: str) -> None:
    url = postgresql.create(migrated_postgresql)
    database = Database(url)
    with database.read() as session:
        before = session.execute(text("SELECT count(*) FROM party")).scalar_one()
        record(database, a_party("vn"))
        assert session.execute(text("SELECT count(*) FROM party")).scalar_one() == before
    assert parties(database) == before + 1
    database.close()
    postgresql.drop(url)


# All or nothing


def test_what_fails_on_the_way_leaves_no_trace(database: Database) -> None:
    class Stumbled(Exception):
        pass

    def stumble() -> None:
        with database.write() as session:
            session.execute(text("INSERT INTO tally (kind, day, number) VALUES ('running', '2026-01-01', 1)"))
            raise Stumbled

    with pytest.raises(Stumbled):
        stumble()
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM tally")).scalar_one() == 0


def test_a_writer_that_waits_too_long_is_told_that_the_register_is_busy(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    other = Database(database_url)
    with database.write() as holder:
        holder.execute(text("INSERT INTO tally (kind, day, number) VALUES ('running', '2026-01-01', 1)"))
        with pytest.raises(errors.DatabaseBusy) as refused:
            record(other, a_party("vn"))
        assert refused.value.exit_code == 5
    record(other, a_party("vn"))
    assert parties(other) == 1
    other.close()


def test_a_writer_waits_for_another_that_is_quick(database: Database, database_url: str) -> None:
    other = Database(database_url)
    waiting = threading.Thread(target=lambda: record(other, a_party("vn")))
    with database.write():
        waiting.start()
        waiting.join(0.05)
        assert waiting.is_alive()
    waiting.join()
    assert parties(database) == 1
    other.close()


def test_readers_do_not_wait_for_a_reader(database: Database, database_url: str) -> None:
    other = Database(database_url)
    with database.read() as one, other.read() as two:
        assert one.execute(text("SELECT 1")).scalar_one() == two.execute(text("SELECT 1")).scalar_one()
    other.close()


# No room, no right


@contextmanager
def no_more_pages_than_now() -> Iterator[None]:
    """Every SQLite file opened meanwhile is as large as it may become."""

    def limit(connection: Any, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA max_page_count=1")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def test_when_the_disk_is_full_the_act_is_refused_and_nothing_changed(sqlite: Database, file: Path) -> None:
    record(sqlite, a_party("vn"))
    sqlite.close()
    before = file.read_bytes()
    with no_more_pages_than_now():
        with pytest.raises(errors.DiskFull) as refused:
            record(sqlite, *(a_party(f"vn-{number}", "Bộ " + "x" * 280) for number in range(200)))
        assert refused.value.database == str(file)
        sqlite.close()
    assert file.read_bytes() == before
    assert parties(sqlite) == 1
    record(sqlite, a_party("la"))
    assert parties(sqlite) == 2


@contextmanager
def not_as_root() -> Iterator[None]:
    """As somebody for whom a file's mode counts."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_only_be_read_can_be_read_and_refuses_an_act(migrated_sqlite: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="tracker-read-only-", dir="/tmp") as folder:
        file = Path(shutil.copy(migrated_sqlite, folder))
        database = Database(f"sqlite:///{file}")
        record(database, a_party("vn"))
        database.close()
        before = file.read_bytes()
        file.chmod(0o444)
        Path(folder).chmod(0o555)
        with not_as_root():
            assert parties(database) == 1
            with pytest.raises(errors.DatabaseReadOnly):
                record(database, a_party("la"))
            database.close()
        Path(folder).chmod(0o700)
        assert file.read_bytes() == before


def test_a_file_that_may_not_even_be_read_is_unreachable(migrated_sqlite: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="tracker-closed-", dir="/tmp") as folder:
        file = Path(shutil.copy(migrated_sqlite, folder))
        file.chmod(0)
        Path(folder).chmod(0o555)
        with not_as_root():
            database = Database(f"sqlite:///{file}")
            with pytest.raises(errors.DatabaseUnusable):
                parties(database)
            database.close()
        Path(folder).chmod(0o700)


def test_a_role_is_told_that_it_has_no_right_to_do_that(postgresql: Any, migrated_postgresql: str) -> None:
    url = postgresql.create(migrated_postgresql)
    with logins(url, "stranger") as urls, closing(Database(urls["stranger"])) as stranger:
        with pytest.raises(errors.RightMissing):
            parties(stranger)
        with pytest.raises(errors.RightMissing):
            record(stranger, a_party("vn"))
        with closing(Database(url)) as owner, owner.connect() as connection:
            connection.execute(text(f"REVOKE CONNECT ON DATABASE {owner.url.database} FROM PUBLIC"))
        stranger.close()
        with pytest.raises(errors.RightMissing):
            parties(stranger)
    postgresql.drop(url)


def test_a_connection_that_was_cut_is_unreachable_and_the_next_act_works(
    postgresql: Any, migrated_postgresql: str
) -> None:
    url = postgresql.create(migrated_postgresql)
    database, other = Database(url), Database(url)

    def write_and_be_cut() -> None:
        with database.write() as session:
            own = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with other.read() as killer:
                killer.execute(text(f"SELECT pg_terminate_backend({own})"))
            session.execute(text("SELECT 1"))

    with pytest.raises(errors.DatabaseUnreachable):
        write_and_be_cut()
    record(database, a_party("vn"))
    assert parties(database) == 1
    database.close()
    other.close()
    postgresql.drop(url)


def test_what_nobody_waits_for_any_more_is_not_read_to_its_end(sqlite: Database) -> None:
    asked: list[bool] = []

    def wanted() -> bool:
        asked.append(len(asked) < 3)
        return asked[-1]

    endless = text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
    with pytest.raises(errors.TakenBack), while_wanted(wanted), sqlite.read() as session:
        session.execute(endless)
    assert asked == [True, True, True, False]
    with pytest.raises(errors.TakenBack), while_wanted(wanted), sqlite.read():
        raise AssertionError("it was not wanted from the first")
    with sqlite.read() as session:
        assert session.execute(text("WITH n(x) AS (SELECT 1) SELECT count(*) FROM n")).scalar_one() == 1
