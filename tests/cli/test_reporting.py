"""Reports to files: several formats in one run, names with the day in them, nothing when there is nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from tracker.cli.command import REPORTS
from tracker.reports.forms import FORMS

pytestmark = pytest.mark.usefixtures("register")
LATER = "--as-of=2027-03-01"


def test_every_form_can_be_asked_for() -> None:
    assert sorted(FORMS) == sorted(REPORTS)
    assert REPORTS[0] == "table"


@pytest.mark.parametrize("name", ["{report}-{as_of}", "{report}-{as_of}.{suffix}", "{report}-{as_of}.md"])
def test_several_formats_in_one_run(run: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert run("report", "overdue", LATER, "--format", "md,json,csv", "-o", folder / name).code == 0
    assert sorted(file.name for file in folder.iterdir()) == [
        f"overdue-2027-03-01.{end}" for end in ("csv", "json", "md")
    ]
    alone = run("report", "overdue", LATER, "--format", "json")
    assert (folder / "overdue-2027-03-01.json").read_text() == alone.out


def test_several_files_are_written_all_or_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("before")
    (tmp_path / "x.csv").mkdir()
    answer = run("report", "overdue", LATER, "--format", "md,json,csv", "-o", tmp_path / "x")
    assert (answer.code, answer.out) == (6, "")
    assert "x.csv" in answer.err
    assert (tmp_path / "x.md").read_text() == "before"
    assert sorted(file.name for file in tmp_path.glob("*x.*")) == ["x.csv", "x.md"]


def test_the_last_of_several_that_cannot_be_put_in_its_place_brings_the_others_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def refuses(source: str, target: Path) -> None:
        if str(target).endswith(".csv"):
            raise PermissionError
        replace(source, target)

    monkeypatch.setattr("os.replace", refuses)
    (tmp_path / "x.md").write_text("before")
    answer = run("report", "overdue", LATER, "--format", "md,json,csv", "-o", tmp_path / "x")
    assert (answer.code, answer.out) == (6, "")
    assert (tmp_path / "x.md").read_text() == "before"
    assert [file.name for file in tmp_path.glob("*x.*")] == ["x.md"]


@pytest.mark.parametrize("report", ["overdue", "due"])
def test_parts_of_a_report(run: Run, tmp_path: Path, report: str) -> None:
    whole = json.loads(run("report", report, LATER, "--format", "json").out)
    names = [name for name, rows in whole.items() if isinstance(rows, list) and name != "asked"]
    first, last = names[0], names[-1]
    some = json.loads(run("report", report, LATER, "--format", "json", "--parts", f"{last},{first}").out)
    assert [name for name, rows in some.items() if isinstance(rows, list) and name != "asked"] == [first, last]
    assert (some[first], some[last], some["anchor"]) == (whole[first], whole[last], whole["anchor"])
    answer = run("report", report, LATER, "--parts", "first")
    assert (answer.code, answer.out) == (2, "")
    assert "first" in answer.err
    assert first in answer.err


def test_charts_are_a_part(run: Run) -> None:
    chart = "Overdue by band"
    assert chart in run("report", "overdue", LATER, "--lang=en").out
    assert chart not in run("report", "overdue", LATER, "--lang=en", "--parts=overdue").out
    assert chart in run("report", "overdue", LATER, "--lang=en", "--parts=charts").out


def test_a_name_with_the_language(run: Run, tmp_path: Path) -> None:
    assert run("report", "overdue", "--lang=vi", "-o", tmp_path / "{lang}.csv").code == 0
    assert (tmp_path / "vi.csv").exists()


def test_what_cannot_be_delivered_is_refused_in_one_sentence(run: Run, tmp_path: Path) -> None:
    for words, said in (
        (("--format", "md,json"), "-o"),
        (("--format", "md,odt", "-o", tmp_path / "x"), "odt"),
        (("-o", tmp_path / "{day}.md"), "{day}"),
        (("-o", tmp_path / "x.odt"), "odt"),
        (("-o", tmp_path / "x.md", "--output", tmp_path / "x.json"), "-o"),
        (("--to", "a@example.org"), "--to"),
        (("--attach", "csv"), "--attach"),
    ):
        answer = run("report", "overdue", *words)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err
        assert len(answer.err.splitlines()) == 1
    assert [file.name for file in tmp_path.iterdir() if file.suffix in (".md", ".odt", ".json")] == []


@pytest.mark.parametrize("form", [form for form in FORMS if not FORMS[form].text])
def test_what_no_terminal_can_show_is_for_files_and_pipes(
    run: Run, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / f"a.{form}"
    assert run("report", "overdue", "-o", file).code == 0
    assert file.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")
    piped = subprocess.run(
        [sys.executable, "-m", "tracker", "report", "overdue", f"--format={form}", "--as-of=2026-11-21"],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}", "TRACKER_LANG": "en"},
        capture_output=True,
        check=True,
    )
    assert piped.stdout == file.read_bytes()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    answer = run("report", "overdue", f"--format={form}")
    assert (answer.code, answer.out) == (2, "")
    assert "-o FILE" in answer.err


def test_a_mail_is_addressed(run: Run) -> None:
    answer = run("report", "overdue", "--format=eml", "--to=a@example.org", "--attach=csv")
    assert "To: a@example.org" in answer.out
    assert "overdue-2026-11-21.csv" in answer.out
    assert run("report", "overdue", "--format=eml", "--to=a@example.org\nBcc: b@example.org").code == 2
    assert run("report", "overdue", "--format=eml", "--attach=odt").code == 2


def test_nothing_is_written_when_there_is_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    nothing = ("report", "overdue", "--skip-empty", "-o", file, "--as-of", "2025-12-05", "ref:VL-2025-004")
    answer = run(*nothing)
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert not file.exists()
    assert run(*nothing[:-1], LATER, "--fail-if-any").code == 10
    assert json.loads(file.read_text())["overdue"]
