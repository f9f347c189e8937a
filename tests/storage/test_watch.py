"""Who watches hears of every commit, from whichever connection, soon, and of nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from tests.factories import adding, marking, settings_for
from tracker import errors
from tracker.bootstrap import Tracker
from tracker_db.session import Database
from tracker_db.watch import Watch

# Longer than anybody has to wait.
LONG = 20.0


@pytest.fixture
def other(tracker: Tracker, database_url: str) -> Iterator[Tracker]:
    """A colleague at the same register."""
    with Tracker(settings_for(database_url, actor="Minh"), Database(database_url)) as opened:
        yield opened


def add(tracker: Tracker, ref: str) -> None:
    tracker.commitments.add(adding(ref), tracker.hand("cli"))


def test_a_commit_is_heard_once(tracker: Tracker, other: Tracker) -> None:
    with tracker.watch() as watch:
        assert not watch.changed(0)
        add(other, "C-2025-001")
        assert watch.changed(LONG)
        assert not watch.changed(0)
        add(tracker, "C-2025-002")
        assert watch.changed(LONG)
        assert not watch.changed(0.3)


def test_reading_and_what_is_taken_back_are_not_heard(tracker: Tracker, other: Tracker) -> None:
    add(tracker, "C-2025-001")
    with tracker.watch() as watch:
        other.commitments.count(as_of=other.settings.today())
        with pytest.raises(errors.ReasonMissing):
            other.commitments.record_status(marking("partial", "C-2025-001"), other.hand("cli"))
        assert not watch.changed(0.6)


def test_a_wait_ends_when_it_happens(tracker: Tracker, other: Tracker) -> None:
    waiting = Event()
    heard: list[float] = []

    def listen(watch: Watch) -> None:
        waiting.set()
        if watch.changed(LONG):
            heard.append(monotonic())

    with tracker.watch() as watch:
        thread = Thread(target=listen, args=(watch,))
        thread.start()
        waiting.wait()
        add(other, "C-2025-001")
        committed = monotonic()
        thread.join()
    assert heard
    assert heard[0] - committed < LONG / 2


def test_a_wait_ends_when_the_watch_is_closed(tracker: Tracker) -> None:
    watch = tracker.watch()
    waiting = Event()
    heard: list[bool] = []

    def listen() -> None:
        waiting.set()
        heard.append(watch.changed(LONG))

    thread = Thread(target=listen)
    thread.start()
    waiting.wait()
    began = monotonic()
    watch.close()
    thread.join()
    assert monotonic() - began < LONG / 2
    assert heard == [False]
    assert not watch.changed(0)
    watch.close()


def test_a_lost_database_is_found_again(tracker: Tracker, other: Tracker, database_url: str) -> None:
    with tracker.watch() as watch:
        if other.database.path:
            moved = f"{other.database.path}.moved"
            shutil.copy(other.database.path, moved)
            os.remove(other.database.path)
            assert not watch.changed(0.3)
            os.rename(moved, other.database.path)
        else:
            with other.database.connect() as connection:
                listens = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
                connection.execute(text(f"{listens} AND datname = current_database()"))
            assert not watch.changed(0)
        assert watch.changed(LONG)
        with Tracker(settings_for(database_url), Database(database_url)) as another:
            add(another, "C-2025-009")
        assert watch.changed(LONG)
        assert not watch.changed(0)


def test_a_database_that_leaves_again_while_it_is_asked_is_looked_for_further(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Database.alone

    def gone(_database: Database) -> Connection:
        monkeypatch.setattr(Database, "alone", there)
        raise OperationalError("LISTEN", None, Exception("server closed the connection"))

    with tracker.watch() as watch:
        watch._drop()
        monkeypatch.setattr("tracker_db.watch.AGAIN", 0.0)
        monkeypatch.setattr(Database, "alone", gone)
        assert watch.changed(5.0)


def test_what_is_not_there_cannot_be_watched(tmp_path: os.PathLike[str]) -> None:
    url = f"sqlite:///{os.fspath(tmp_path)}/none.sqlite"
    with Tracker(settings_for(url), Database(url)) as tracker, pytest.raises(errors.DatabaseMissing):
        tracker.watch()
    assert not os.listdir(tmp_path)
