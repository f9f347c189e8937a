"""The relatives of the overdue report, as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("register")
REPORTS: dict[str, list[str]] = {
    "due": ["--days", "90"],
    "changes": ["--since", "2025-04-01"],
    "plan": ["2026"],
    "scorecard": ["--by", "year"],
    "slippage": [],
    "targets": [],
    "brief": ["Lào", "--event", "visit-2026-02-05"],
}
NAMED = pytest.mark.parametrize("name", list(REPORTS))


@NAMED
@pytest.mark.parametrize("as_of", ["2026-11-21", "2025-12-04"])
def test_a_report_is_the_answer_and_nothing_else(run: Run, name: str, as_of: str) -> None:
    for lang in ("vi", "en"):
        answer = run("report", name, *REPORTS[name], "--as-of", as_of, "--lang", lang)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.count("\n") > 5
    answer = run("report", name, *REPORTS[name], "--as-of", as_of, "--format", "json")
    assert answer.json["as_of"] == as_of
    assert all(isinstance(answer.json[key], list) for key in answer.json["sizes"])


@NAMED
def test_the_form_follows_the_name_of_the_file(run: Run, name: str, tmp_path: Path) -> None:
    for suffix in ("md", "csv", "jsonl", "json"):
        file = tmp_path / f"report.{suffix}"
        answer = run("report", name, *REPORTS[name], "-o", file)
        assert (answer.code, answer.out) == (0, "")
        assert file.exists()
    assert json.loads(file.read_text(encoding="utf-8"))["anchor"]


@NAMED
def test_a_party_that_nobody_knows_is_no_such_thing(run: Run, name: str) -> None:
    answer = run("report", name, *REPORTS[name], "--lead", "Bộ Ngoại giaoo")
    assert (answer.code, answer.out) == (3, "")
    assert "Bộ Ngoại giao" in answer.err


@NAMED
def test_its_help_names_its_options(run: Run, name: str) -> None:
    answer = run("report", name, "--help")
    assert answer.code == 0
    assert all(option in answer.out for option in ("--as-of", "--lead", "--limit", "--format", "-o"))
