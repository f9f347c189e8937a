"""A register proved, kept, put back and taken elsewhere, as a person types it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NOTE = ("--note", "họp ở Vinh")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_register_is_proved_and_a_report_s_anchor_with_it(register: Path, run: Run) -> None:
    anchor = run("report", "overdue", "--format", "json").json["anchor"]
    assert f"Anchor of the history: {anchor}" in run("report", "overdue").out
    run("mark", "in_progress", "VL-2025-013", *NOTE)
    answer = run("db", "verify", "--anchor", anchor)
    assert answer.code == 0
    assert "All is well: 114 entries of 2 acts" in answer.out
    assert "The history goes through the anchor." in answer.out
    assert run("db", "verify", "--history", "--format", "json").json["good"] is True
    assert run("db", "verify", "--anchor", "yesterday").code == 2


def test_what_was_changed_past_the_program_ends_with_seven_and_a_sentence_each(register: Path, run: Run) -> None:
    with sqlite3.connect(register) as past:
        past.execute("DROP TRIGGER guard_entry_update")
        past.execute("UPDATE entry SET reason = 'khác' WHERE id = 90")
        past.execute("UPDATE commitment SET status = 'withdrawn' WHERE ref = 'VL-2025-013'")
    past.close()
    answer = run("db", "verify")
    assert answer.code == 7
    sentences = answer.out.splitlines()
    assert sentences[0].startswith("The trigger guard_entry_update, which keeps history from being edited, is missing")
    assert sentences[1].startswith("Act 1: the entry on commitment VL-")
    assert "commitment VL-2025-013: the table commitment says something else than the history, in status." in answer.out
    found = run("db", "verify", "--format", "json").json
    assert (found["good"], [each["code"] for each in found["findings"]][:2]) == (
        False,
        ["guard_missing", "entry_changed"],
    )
    # It can be rescued, and is not called good.
    rescued = run("db", "backup", "-o", "kept.sqlite")
    assert rescued.code == 7
    assert rescued.err.startswith("Copied, but the copy does not hold what its history says")
    assert sentences[1] in rescued.err
    assert run("db", "restore", "kept.sqlite").code == 6


def test_a_quick_backup_says_what_was_not_proved(register: Path, run: Run) -> None:
    answer = run("db", "backup", "-o", "kept.sqlite", "--history")
    assert (answer.code, "its tables were not compared" in answer.err) == (0, True)
    assert run("db", "restore", "kept.sqlite").code == 0


@pytest.mark.parametrize("name", ["-", ""])
def test_a_backup_wants_the_name_of_a_file(register: Path, run: Run, name: str) -> None:
    answer = run("db", "backup", "-o", name)
    assert (answer.code, answer.out, answer.err) == (2, "", "-o wants the name of a file here.\n")
    assert not Path("-").exists()


def test_an_export_says_what_it_wrote_and_knows_the_endings_of_its_names(register: Path, run: Run) -> None:
    assert run("export", "-o", "a.json").err == "Written to a.json.\n"
    assert run("export", "-o", "a.zip").err == "a.zip is written; it is proved when it is imported.\n"
    answer = run("export", "-o", "a.xyz")
    assert (answer.code, "xyz" in answer.err) == (2, True)
    assert not Path("a.xyz").exists()


def test_how_many_findings_are_not_named_is_said(register: Path, run: Run) -> None:
    with sqlite3.connect(register) as past:
        past.execute("UPDATE commitment SET status = 'withdrawn' WHERE ref <= 'VL-2025-015'")
    past.close()
    answer = run("db", "copy", register, "other.sqlite")
    assert answer.code == 7
    number = len(run("db", "verify", "--format", "json").json["findings"])
    assert answer.err.splitlines()[-1] == f"  and {number - 10} more"


def test_a_backup_is_made_and_put_back(register: Path, run: Run, home: Path, tmp_path: Path) -> None:
    made = run("db", "backup", "-o", tmp_path / "giữ lại.sqlite", "--format", "json")
    assert (made.code, made.err) == (0, "Copied, opened and proved.\n")
    before = run("export").out
    run("mark", "in_progress", "VL-2025-013", *NOTE)
    assert run("export").out != before
    answer = run("db", "restore", tmp_path / "giữ lại.sqlite", "--format", "json")
    assert answer.code == 0
    assert answer.json["anchor"] == made.json["anchor"]
    assert run("export").out == before
    # The old one is a register of its own.
    assert "in_progress" in run("show", "VL-2025-013", "--database", answer.json["kept"], "--format", "json").out
    again = run("db", "backup", "-o", tmp_path / "giữ lại.sqlite")
    assert (again.code, again.out) == (6, "")
    assert "exists already" in again.err


def test_looking_copies_nothing_and_the_day_s_first_act_does(register: Path, run: Run, home: Path) -> None:
    for words in (("list",), ("show", "VL-2025-013"), ("report", "overdue"), ("history",), ("db", "status")):
        assert run(*words).code == 0
    assert not [each for each in home.rglob("*") if each.is_file()]
    assert "none in " in run("db", "status").out
    answer = run("mark", "in_progress", "VL-2025-013", *NOTE)
    assert answer.err.count("\n") == 1
    kept = run("db", "status", "--format", "json").json
    assert kept["last_backup"].startswith(str(home))
    assert Path(kept["last_backup"]).parent == Path(kept["backups"])
    run("mark", "in_progress", "VL-2025-013", "--note", "nữa")
    assert len(list(Path(kept["backups"]).iterdir())) == 1
    assert run("db", "restore", kept["last_backup"]).code == 0
    assert "in_progress" not in run("show", "VL-2025-013", "--format", "json").json["status"]


def test_settings_say_where_copies_go_and_whether_any_are_made(register: Path, run: Run, home: Path) -> None:
    settings = home / ".config" / "commitment-tracker" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[backup]\nfolder = "kept"\ndaily = 3\n')
    run("mark", "in_progress", "VL-2025-013", *NOTE)
    assert len(list((settings.parent / "kept").rglob("*.sqlite"))) == 1
    settings.write_text("[backup]\nautomatic = false\n")
    run("mark", "in_progress", "VL-2025-014", *NOTE)
    assert not list(home.glob(".local/state/**/*.sqlite"))
    settings.write_text('[backup]\ndaily = 0\nlargest = "much"\ncolour = 1\n')
    answer = run("list")
    assert answer.code == 6
    assert all(f"backup.{key}" in answer.err for key in ("daily", "largest", "colour"))


def test_everything_is_exported_imported_and_copied(register: Path, run: Run, tmp_path: Path) -> None:
    assert run("export", "-o", tmp_path / "all.zip").code == 0
    other, third = tmp_path / "other.sqlite", tmp_path / "third.sqlite"
    answer = run("import", tmp_path / "all.zip", "--database", other, "--format", "json")
    assert (answer.code, answer.json["commitments"], answer.json["acts"]) == (0, 37, 1)
    assert run("export", "--database", other).out == run("export").out
    copied = run("db", "copy", register, third, "--format", "json")
    assert copied.json["anchor"] == answer.json["anchor"]
    for taken in (("import", tmp_path / "all.zip", "--database", other), ("db", "copy", register, third)):
        again = run(*taken)
        assert (again.code, again.out) == (7, "")
        assert "has something in it already" in again.err
    assert run("import", register, "--database", tmp_path / "fourth.sqlite").code == 6
    assert not (tmp_path / "fourth.sqlite").exists()


@pytest.mark.parametrize("words", [("import", "no.zip"), ("db", "restore", "no.sqlite")])
def test_a_file_that_is_not_there_is_named(register: Path, run: Run, words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (6, "")
    assert words[-1] in answer.err
