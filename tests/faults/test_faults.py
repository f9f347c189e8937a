"""What must hold whatever goes wrong, with few and fixed cases; `python -m tests.benchmarks faults --full` has many."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.faults import crowd, failing, interrupted, kills, replay, secrets, stories, texts
from tests.faults.ledger import Outcome, wrong_with
from tests.faults.records import COUNT
from tracker.bootstrap import Tracker


@pytest.mark.parametrize("wal", [False, True], ids=["as made", "wal"])
def test_what_a_killed_writer_acknowledged_is_there_and_whole(database_url: str, tmp_path: Path, wal: bool) -> None:
    kills.prepare(database_url)
    if wal:
        if not database_url.startswith("sqlite"):
            return
        kills.into_wal(tmp_path / "tracker.sqlite")
    outcome = kills.writers_killed(database_url, 4, Random(1))
    assert outcome.lost == 0
    assert dict(outcome.beside)["acknowledged"] >= 4


def test_eight_processes_overwrite_nobody_and_are_never_locked_out(database_url: str) -> None:
    crowd.prepare(database_url)
    edits = crowd.conflicting_edits(database_url, 8)
    assert (edits.tried, edits.lost) == (8, 0)
    commits = crowd.commits(database_url, 16)
    assert (commits.tried, commits.lost) == (16, 0)


def test_an_act_one_of_whose_database_calls_fails_says_so_and_leaves_nothing(tracker: Tracker) -> None:
    failing.prepare(tracker)
    outcome = failing.database_calls_failing(tracker, 50, ("add", "mark two", "undo"))
    assert outcome.tried > 50
    assert outcome.lost == 0


def test_a_report_one_of_whose_file_calls_fails_leaves_the_old_one(tmp_path: Path) -> None:
    outcome = failing.file_calls_failing(tmp_path, 50)
    assert outcome.tried >= 8
    assert outcome.lost == 0


@pytest.mark.parametrize(
    "work",
    [
        interrupted.migrations_killed,
        interrupted.seeds_killed,
        interrupted.first_runs_killed,
        interrupted.imports_killed,
        interrupted.restores_killed,
        interrupted.reports_killed,
    ],
)
def test_work_that_is_killed_is_done_whole_or_not_at_all(
    work: Callable[[Path, int, Random], Outcome], tmp_path: Path
) -> None:
    outcome = work(tmp_path, 2, Random(3))
    assert (outcome.tried, outcome.lost) == (2, 0)


def test_the_texts_that_do_harm_do_none_in_any_form(tracker: Tracker) -> None:
    if not tracker.database.path:
        # What is drawn comes from the same views.
        return
    outcome = texts.texts_through_forms(tracker)
    assert outcome.tried == 11 * COUNT
    assert outcome.lost == 0


def test_a_password_stands_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "COMMANDS", (("db", "status"),))
    assert secrets.canary(tmp_path).lost == 0


def test_a_password_that_is_worked_with_stands_nowhere(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = request.getfixturevalue("postgresql")
    url = server.create(request.getfixturevalue("migrated_postgresql"))
    monkeypatch.setattr(
        secrets, "WORK", (("seed",), ("db", "backup", "-o", "kept.pgdump"), ("export", "-o", "all.zip"))
    )
    try:
        assert secrets.canary_at_work(tmp_path, url).lost == 0
    finally:
        server.drop(url)


def test_a_test_that_reaches_for_the_network_is_stopped() -> None:
    with pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 9), timeout=0.1)


# Stories


def test_what_random_acts_leave_is_what_a_replay_says_on_every_day(database_url: str) -> None:
    outcome = stories.told_and_replayed(database_url, 50, Random(4))
    assert outcome.lost == 0
    assert dict(outcome.beside)["done"] > 15


def test_the_register_as_known_earlier_is_what_it_was(database_url: str, tmp_path: Path) -> None:
    outcome = stories.known_earlier(database_url, tmp_path, 40, 4, Random(5))
    assert (outcome.tried, outcome.lost) == (4, 0)


def test_after_undo_everything_is_as_before_and_history_is_longer(database_url: str) -> None:
    outcome = stories.taken_back(database_url, 40, Random(7))
    assert outcome.tried >= 2
    assert outcome.lost == 0


def test_every_kind_of_act_can_be_taken_back_and_done_again(database_url: str) -> None:
    outcome = stories.each_kind_taken_back(database_url, 1, Random(9))
    assert (outcome.tried, outcome.lost) == (19, 0)


def test_the_same_acts_leave_the_same_on_both_engines(
    migrated_sqlite: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = shutil.copy(migrated_sqlite, tmp_path / "one.sqlite")
    server = request.getfixturevalue("postgresql")
    other = server.create(request.getfixturevalue("migrated_postgresql"))
    try:
        assert stories.the_same_story_twice(f"sqlite:///{file}", other, 40, 8).lost == 0
    finally:
        server.drop(other)


def test_a_row_that_its_entries_do_not_say_is_noticed(tracker: Tracker) -> None:
    failing.prepare(tracker)
    assert wrong_with(tracker.database) == []
    with tracker.database.connect() as connection:
        connection.exec_driver_sql("UPDATE commitment SET version = version + 1 WHERE ref = 'C-2025-001'")
        connection.exec_driver_sql("UPDATE commitment SET status = 'partial' WHERE ref = 'C-2025-002'")
    assert len(wrong_with(tracker.database)) == 1
    now = replay.read(tracker.database)[-1].recorded_at
    assert stories.differences(tracker, now, stories.DAYS[-1:]) == 1
