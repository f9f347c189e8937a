"""What lies at the edge: days that nobody means, a day that is still to come, nothing at all, and what is no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "overdue", "--as-of", "9999-12-31"), "a day from 1900 to 2999 is needed"),
        (("report", "overdue", "--as-of", "0001-01-01"), "a day from 1900 to 2999 is needed"),
        (("list", "--as-of", "0226-05-01"), "a day from 1900 to 2999 is needed"),
        (("report", "changes", "--since", "0001-01-01"), "a day from 1900 to 2999 is needed"),
        (("report", "changes", "--since", "2030-11-01"), "later than the day that the report is of"),
        (("report", "changes", "--since", "2026-02-05", "--as-of", "2026-01-01"), "later than the day"),
        (("list", "--known", "2030-01-10"), "is still to come; a day until today"),
        (("db", "verify", "--anchor", "abc"), "“abc” is no anchor, the 64 digits and letters"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31"])
def test_the_first_and_the_last_day_have_every_report(run: Run, day: str) -> None:
    for report in ("overdue", "scorecard", "slippage", "targets", "due"):
        assert run("report", report, "--as-of", day).code == 0


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("drafts", "list"), "No draft waits for a decision."),
        (("drafts", "list", "--all"), "No draft is kept."),
        (("view", "list"), "No view is saved."),
        (("party", "list", "zzzz"), "No party matches."),
        (("list", "zzzz"), "No commitment matches."),
    ],
)
def test_of_nothing_a_table_says_so_and_json_is_an_empty_list(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in run(*words).err
    answer = run(*words, "--format", "json")
    assert (answer.json, answer.err) == ([], "")


@pytest.mark.usefixtures("register")
def test_none_of_many_does_not_say_that_none_matches(run: Run) -> None:
    assert "No commitment matches" not in run("list", "--limit", "0").err


@pytest.mark.usefixtures("register")
def test_a_mark_that_changes_nothing_shows_its_reason_alone(run: Run) -> None:
    for note in ("bắt đầu", "tiếp tục"):
        run("mark", "in_progress", "VL-2025-013", "--note", note)
    assert " – “tiếp tục”" not in (told := run("history", "VL-2025-013").out)
    assert "“tiếp tục”" in told


def test_a_folder_is_no_register(run: Run, tmp_path: Path) -> None:
    answer = run("list", "--database", tmp_path)
    assert answer.code == 7
    assert "something else than a register" in answer.err
