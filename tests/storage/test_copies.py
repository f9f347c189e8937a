"""Backups: whole and proved, or none; and a register put back from one, with the old one kept."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from tests.cli.conftest import ROOT
from tests.factories import a_hand, adding, everything, marking
from tests.postgres import Server
from tests.storage.test_verify import plant, tamper
from tracker import errors
from tracker.bootstrap import Tracker
from tracker_db import copies, dumps
from tracker_db.session import Database
from tracker_db.upgrade import is_empty
from tracker_db.verify import verify


@pytest.fixture
def kept(tracker: Tracker, tmp_path: Path) -> tuple[Path, str]:
    """A backup of a register with one commitment, and its anchor."""
    tracker.commitments.add(adding(), a_hand())
    file = tmp_path / "kept"
    return file, copies.copy(tracker.database, file)


def test_a_backup_is_private_whole_and_has_the_anchor(tracker: Tracker, kept: tuple[Path, str]) -> None:
    file, anchor = kept
    assert anchor == tracker.status().anchor
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    # Nothing else is left beside it.
    assert [each.name for each in file.parent.glob("*kept*")] == ["kept"]
    if tracker.database.path:
        copied = Database(f"sqlite:///{file}")
        assert everything(copied) == everything(tracker.database)
        assert verify(copied).good
        copied.close()
    with pytest.raises(errors.FileProblem):
        copies.copy(tracker.database, file)


def test_a_backup_is_not_called_good_when_history_does_not_hold(tracker: Tracker, tmp_path: Path) -> None:
    tracker.commitments.add(adding(), a_hand())
    tamper(tracker.database, "UPDATE entry SET reason = 'khác' WHERE id = 3")
    with pytest.raises(errors.HistoryBroken):
        copies.copy(tracker.database, tmp_path / "kept")
    assert not list(tmp_path.glob("*kept*"))
    # Whoever asks for it gets what there is, and what is wrong with it.
    assert "entry_changed" in {found.code for found in copies.rescue(tracker.database, tmp_path / "kept").findings}
    assert (tmp_path / "kept").exists()


SPOILT = {
    "UPDATE commitment SET title_vi = 'khác', status = 'delivered'": "row_differs",
    "DROP TABLE tally": "table_missing",
}


@pytest.mark.parametrize("statement", SPOILT)
def test_tables_that_contradict_history_are_rescued_with_a_word_and_never_put_back(
    tracker: Tracker, statement: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    tracker.commitments.add(adding(), a_hand())
    with tracker.database.connect() as connection:
        connection.exec_driver_sql(statement)
    assert copies.rescue(tracker.database, tmp_path / "history", whole=False).good
    proved = copies.rescue(tracker.database, tmp_path / "kept")
    assert SPOILT[statement] in {found.code for found in proved.findings}
    into, drop = an_empty_one(tracker, tmp_path, request)
    try:
        with pytest.raises(errors.FileBroken) as refused:
            copies.put_back(tmp_path / "kept", into, tmp_path / "old")
        assert SPOILT[statement] in {getattr(found, "code", "") for found in refused.value.findings}
        assert is_empty(into)
    finally:
        drop()


def test_a_backup_that_changes_what_is_recorded_is_not_put_back(
    tracker: Tracker, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    plant(tracker.database, "act", "evil")
    assert not copies.rescue(tracker.database, tmp_path / "kept").good
    into, drop = an_empty_one(tracker, tmp_path, request)
    try:
        with pytest.raises(errors.FileBroken):
            copies.put_back(tmp_path / "kept", into, tmp_path / "old")
        assert is_empty(into)
    finally:
        drop()


def test_a_backup_whose_schema_is_said_to_be_older_is_named_itself(
    tracker: Tracker, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    tracker.commitments.add(adding(), a_hand())
    with tracker.database.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    copies.copy(tracker.database, tmp_path / "kept")
    into, drop = an_empty_one(tracker, tmp_path, request)
    try:
        with pytest.raises(errors.FileProblem, match="not_a_backup") as refused:
            copies.put_back(tmp_path / "kept", into, tmp_path / "old")
        assert refused.value.file == str(tmp_path / "kept")
        assert is_empty(into)
    finally:
        drop()


def test_what_cannot_be_read_is_told_apart_from_what_is_not_there(
    tracker: Tracker, kept: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, _ = kept
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(errors.FileProblem, match="not_a_backup"):
        copies.put_back(tmp_path / "pipe", tracker.database, tmp_path / "old")

    def refuse(*_args: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(errors.FileProblem, match="unreadable"):
        copies.put_back(file, tracker.database, tmp_path / "old")


def an_empty_one(
    tracker: Tracker, folder: Path, request: pytest.FixtureRequest
) -> tuple[Database, Callable[[], object]]:
    """Another database of the same engine with nothing in it, and how it is done away with."""
    if tracker.database.path is not None:
        into = Database(f"sqlite:///{folder / 'into.sqlite'}")
        return into, into.close
    server: Server = request.getfixturevalue("postgresql")
    url = server.create()
    into = Database(url)
    return into, lambda: (into.close(), server.drop(url))


def test_a_backup_follows_no_link_that_somebody_planted(tracker: Tracker, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "kept").symlink_to(elsewhere)
    with pytest.raises(errors.FileProblem):
        copies.copy(tracker.database, tmp_path / "kept")
    assert not elsewhere.exists()
    with pytest.raises(errors.FileProblem):
        copies.copy(tracker.database, tmp_path / "no" / "folder")


def test_a_backup_while_others_write_is_one_state_of_the_register(tracker: Tracker, tmp_path: Path) -> None:
    tracker.commitments.add(adding(), a_hand())
    stop, failures = threading.Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                tracker.commitments.record_status(marking("in_progress", note="họp"), a_hand())
        except Exception as error:  # noqa: BLE001 - told by the test
            failures.append(error)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        anchors = [copies.copy(tracker.database, tmp_path / f"kept-{number}") for number in range(4)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert failures == []
    for anchor in anchors:
        assert verify(tracker.database, whole=False, anchor=anchor).good


def test_a_register_is_put_back_and_the_old_one_kept(
    tracker: Tracker, kept: tuple[Path, str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file, anchor = kept
    before = everything(tracker.database)
    tracker.commitments.record_status(marking("in_progress", note="họp"), a_hand())
    later = everything(tracker.database)
    old = tmp_path / "old"
    if tracker.database.path is None:
        # A server's register is never written over: it goes into an empty database.
        with pytest.raises(errors.NotEmpty):
            copies.put_back(file, tracker.database, old)
        assert everything(tracker.database) == later
        server: Server = request.getfixturevalue("postgresql")
        empty = Database(server.create())
        try:
            assert copies.put_back(file, empty, old) == anchor
            assert everything(empty) == before
            assert verify(empty).good
        finally:
            empty.close()
            server.drop(empty.url.render_as_string(hide_password=False))
        return
    # Whoever has it open sees the new one.
    assert copies.put_back(file, tracker.database, old) == anchor
    assert everything(tracker.database) == before
    assert tracker.commitments.record_status(marking("in_progress", note="họp"), a_hand()).number == 3
    was = Database(f"sqlite:///{old}")
    assert everything(was) == later
    was.close()
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 4096, b"PGDMP but no dump"]
)
def test_what_is_no_backup_changes_nothing(tracker: Tracker, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    into = tracker.database
    before = everything(into)
    with pytest.raises(errors.FileProblem, match="not_a_backup"):
        copies.put_back(file, into, tmp_path / "old")
    assert everything(into) == before
    assert not (tmp_path / "old").exists()
    with pytest.raises(errors.FileProblem):
        copies.put_back(tmp_path / "missing", into, tmp_path / "old")


def test_a_dump_with_a_changed_history_is_not_put_back(
    tracker: Tracker, engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if engine_name == "sqlite":
        return
    tamper(tracker.database, "UPDATE entry SET reason = 'khác' WHERE id = 3")
    dumps._run(tracker.database, "pg_dump", f"--file={tmp_path / 'kept'}", "--format=custom", "--no-owner")
    server: Server = request.getfixturevalue("postgresql")
    empty = Database(server.create())
    try:
        with pytest.raises(errors.FileBroken) as refused:
            copies.put_back(tmp_path / "kept", empty, tmp_path / "old")
        assert refused.value.exit_code == 6
        assert is_empty(empty)
    finally:
        empty.close()
        server.drop(empty.url.render_as_string(hide_password=False))


# Only a file can be damaged by hand.


@pytest.fixture
def file_tracker(migrated_sqlite: Path, tmp_path: Path) -> Path:
    file = tmp_path / "register.sqlite"
    file.write_bytes(migrated_sqlite.read_bytes())
    return file


def test_a_backup_with_a_changed_history_is_not_put_back(file_tracker: Path, tmp_path: Path) -> None:
    from tests.factories import furnish

    database = Database(f"sqlite:///{file_tracker}")
    furnish(database)
    copies.copy(database, tmp_path / "kept")
    with sqlite3.connect(tmp_path / "kept") as past:
        past.execute("DROP TRIGGER guard_act_update")
        past.execute("UPDATE act SET actor = 'Minh'")
    past.close()
    before = everything(database)
    with pytest.raises(errors.FileBroken):
        copies.put_back(tmp_path / "kept", database, tmp_path / "old")
    assert everything(database) == before
    database.close()


def test_a_damaged_register_is_replaced_and_kept_as_it_was(file_tracker: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{file_tracker}")
    copies.copy(database, tmp_path / "kept")
    database.close()
    damaged = file_tracker.read_bytes()[:100] + os.urandom(9000)
    file_tracker.write_bytes(damaged)
    copies.put_back(tmp_path / "kept", database, tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == damaged
    assert verify(database).good
    database.close()


def test_no_password_is_among_the_words_of_a_program(
    tracker: Tracker, engine_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine_name == "sqlite":
        return
    run, seen = dumps.subprocess.run, []

    def watched(words: list[str], **how: object) -> object:
        seen.append((words, how["env"]))
        return run(words, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(dumps.subprocess, "run", watched)
    url = make_url(tracker.settings.database).set(password="canary-7")
    secret = Database(url.render_as_string(hide_password=False))
    copies.copy(secret, tmp_path / "kept")
    secret.close()
    assert seen
    for words, environment in seen:
        assert "canary-7" not in " ".join(words)
        assert environment["PGPASSWORD"] == "canary-7"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(errors.ProgramMissing, match="pg_dump"):
        copies.copy(tracker.database, tmp_path / "another")
    with tracker.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM act")).scalar_one() == 1


_RESTORING = """
import sys
from pathlib import Path
from tracker_db import copies, dumps
from tracker_db.session import Database
database = Database(sys.argv[1])
with database.read():
    pass
print("ready", flush=True)
copies.put_back(Path(sys.argv[2]), database, Path(sys.argv[3]))
print("done", flush=True)
"""


def test_a_restore_that_is_killed_leaves_the_old_register_or_the_new_one(file_tracker: Path, tmp_path: Path) -> None:
    from tests.factories import furnish

    database = Database(f"sqlite:///{file_tracker}")
    copies.copy(database, tmp_path / "empty")
    furnish(database)
    copies.copy(database, tmp_path / "furnished")
    states = {name: everything(Database(f"sqlite:///{tmp_path / name}")) for name in ("empty", "furnished")}
    chance = random.Random(7)
    for turn in range(24):
        wanted = ("empty", "furnished")[turn % 2]
        words = [
            sys.executable,
            "-c",
            _RESTORING,
            str(database.url),
            str(tmp_path / wanted),
            str(tmp_path / f"old-{turn}"),
        ]
        path = f"{ROOT}{os.pathsep}{ROOT / 'db'}"
        child = subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        # However fast the machine is: one comes to its end, one is killed at once, the others anywhere.
        if turn:
            time.sleep(chance.uniform(0, 0.15) if turn > 1 else 0)
            child.kill()
        said = child.stdout.read()
        assert turn or said == "done\n"
        child.stdout.close()
        child.wait()
        now = everything(database)
        assert now in states.values()
        assert verify(database).good
    database.close()
    copies.copy(database, tmp_path / "last")
    copies.put_back(tmp_path / "last", database, tmp_path / "old")
    database.close()
    assert not [each.name for each in tmp_path.iterdir() if each.name.startswith(".register")]
