"""Why it is overdue, and a figure against its targets, on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("register")


def test_why_is_told_step_by_step(run: Run) -> None:
    answer = run("show", "vl-2026-001", "--why")
    assert (answer.code, answer.err) == (0, "")
    for part in (
        "Why is VL-2026-001 overdue?",
        "“ngày 5/2”",
        "002_d72743f1fed76618.txt, paragraph 1",
        "A date without a year is the next one after the source's own date",
        "5 Feb 2026 → 21 Nov 2026 = 289 days past the deadline",
        "line 11 of the schedule table",
        "Imported by Biên tập",
    ):
        assert part in answer.out, part


def test_why_for_a_script(run: Run) -> None:
    why = run("show", "VL-2025-012", "--why", "--format", "json").json
    assert (why["schedule"], why["line"], why["rule"]) == ("review_due", 8, "vague")
    assert why["review"] == {"on": "2026-05-05", "rule": "soon", "days": 90, "since": "2026-02-04"}
    assert why["counts"][-1] == {"what": "past_review", "first": "2026-05-05", "last": "2026-11-21", "days": 200}
    assert why["source"]["paragraph"] == 24
    assert run("show", "VL-2025-012", "--why", "--format", "jsonl").json == why


def test_why_on_another_day_is_that_days_answer(run: Run) -> None:
    assert run("show", "VL-2025-031", "--why", "--as-of", "2027-06-01", "--format=json").json["schedule"] == "in_window"
    assert run("show", "VL-2099-001", "--why").code == 3


def test_a_figure_with_its_targets(run: Run) -> None:
    answer = run("figure", "show", "vn-la-trade")
    assert answer.code == 0
    for part in (
        "USD 2.25 billion",
        "USD 2 billion missing",
        "+33.3% a year",
        "reached in 2027",
        "one change, not a trend",
    ):
        assert part in answer.out, part


def test_a_figure_for_a_script(run: Run) -> None:
    figure = run("figure", "show", "vn-la-trade", "--format", "json").json
    assert figure["targets"][0] == {"ref": "VL-2025-012", "value": 5_000_000_000, "by": None}
    (first, _second) = figure["outlooks"]
    assert first["gap"] == [2_000_000_000, 2_000_000_000]
    assert first["present"]["compound"] == [0.333333, 0.333333]
    assert first["reached_in"] == [2027, 2027]
    assert first["remarks"] == ["no_date", "two_readings"]


def test_a_figure_as_it_was_known_on_a_day(run: Run) -> None:
    then = run("figure", "show", "vn-la-trade", "--as-of", "2025-12-04", "--format", "json").json
    assert [reading["period"] for reading in then["readings"]] == ["2024"]
    assert "too_few" in then["outlooks"][0]["remarks"]


def test_an_unknown_figure_is_answered_with_the_nearest(run: Run) -> None:
    answer = run("figure", "show", "vn-la-trad")
    assert answer.code == 3
    assert "vn-la-trade" in answer.err


@pytest.mark.parametrize("command", [("show", "VL-2026-001", "--why"), ("figure", "show", "vn-la-trade")])
def test_a_narrow_terminal_gets_no_longer_lines(
    run: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, run(*command).out.splitlines())) <= 60
