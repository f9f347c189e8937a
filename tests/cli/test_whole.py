"""The program as a whole: help, exit codes, the first run, pipes, and what each command loads."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, process
from tracker.cli import VERSION
from tracker.cli.commands import COMMANDS, GROUPS
from tracker.cli.options import CODES, COLUMNS, ORDERS, PARTY_KINDS, STATUSES
from tracker.crash import crash_folder
from tracker.domain import query
from tracker.domain.codes import SECTORS, Instrument, Kind, PartyKind, Strength
from tracker.domain.status import Status
from tracker.reports.listing import CHOICE

# Help


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_is_in_the_language_that_was_asked_for(run: Run, language: str) -> None:
    answer = run("--help", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    assert ("cách dùng" in answer.out) == (language == "vi")
    for command in COMMANDS:
        helped = run(*command.words, "--help", f"--lang={language}")
        assert helped.code == 0
        assert helped.err == ""
        if command.words:
            assert ("cách dùng: tracker" in helped.out) == (language == "vi")
            assert ("usage:" in helped.out) == (language == "en")


def test_help_knows_the_language_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert "cách dùng" in run("--help").out
    assert "usage" in run("--help", "--lang", "en").out
    monkeypatch.setenv("LANG", "C")
    settings = home / ".config" / "commitment-tracker" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "vi"')
    assert "cách dùng" in run("list", "-h").out
    settings.write_text("broken")
    assert run("--help").code == 0
    assert run("list").code == 6


def test_the_version_is_the_project_s(run: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    for words in (("--version",), ("list", "--version"), ("--version", "show")):
        assert run(*words).out == f"{VERSION}\n"


def test_what_help_lists_is_what_the_domain_knows() -> None:
    assert tuple(Status) == STATUSES
    assert tuple(PartyKind) == PARTY_KINDS
    assert (ORDERS.split(", "), COLUMNS.split(", ")) == (list(query.SORTS), list(query.COLUMNS))
    assert tuple(CHOICE) == query.COLUMNS
    assert [text.split(", ") for text in CODES.values()] == [
        list(Kind),
        list(SECTORS),
        list(Instrument),
        list(Strength),
    ]


# Exit codes


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("lits",), 2, "Did you mean “list”?"),
        (("report",), 2, "overdue"),
        (("report", "overdu"), 2, "Did you mean “overdue”?"),
        (("list", "--colour"), 2, "--colour"),
        (("show",), 2, "REF"),
        (("show", "VL-2025-001", "VL-2025-002"), 2, "VL-2025-002"),
        (("list", "status:nope"), 2, "in_progress"),
        (("list", "due:2026-13"), 2, "2026-13"),
        (("list", "(is:open"), 2, "parenthesis"),
        (("list", '"mở'), 2, "quotation mark"),
        (("list", "--format", "pdf"), 2, "jsonl"),
        (("list", "--lang", "fr"), 2, "vi, en"),
        (("list", "--actor", ""), 2, "--actor"),
        (("list", "--database", ""), 2, "--database"),
        (("list", "--as-of", "2026-02-30"), 2, "does not exist"),
        (("mark", "finished", "VL-2025-001"), 2, "delivered"),
        (("mark", "in_progress", "VL-2025-001", "--note", "x", "--tier", "7"), 2, "tier"),
        (("mark", "in_progress", "VL-2025-001", "--evidence", "https://a.vn", "--tier", "7"), 2, "0, 1, 2, 3"),
        (("mark", "in_progress", "VL-2025-001", "--note", "x", "--done", "2026"), 2, "--done"),
        (("show", "VL-2025-999"), 3, "Did you mean"),
        (("show", "nothing like it"), 3, "NOTHING LIKE IT"),
        (("mark", "in_progress", "what?", "--note", "x"), 3, "WHAT?"),
        (("list", "lead:nobody"), 3, "nobody"),
        (("show", "VL-2026-001", "--as-of", "2025-01-01"), 3, "begins"),
        (("mark", "in_progress", "VL-2025-001"), 4, "without evidence or a note"),
        (("mark", "in_progress", "VL-2025-001", "--note", "x", "--if-version", "9"), 5, "version 9"),
        (("mark", "in_progress", "VL-2025-001", "--evidence", "/no/such/file"), 6, "/no/such/file"),
        (("seed", "--from", "/no/such"), 2, "/no/such"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_code(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    in_vietnamese = run(*words, "--lang=vi") if "--lang" not in words else answer
    assert in_vietnamese.code == code
    assert in_vietnamese.err != answer.err or "--lang" in words


def test_a_database_that_cannot_be_used(run: Run, tmp_path: Path, register: Path) -> None:
    missing = run("list", "--database", tmp_path / "none.sqlite")
    assert missing.code == 7
    assert "tracker seed" in missing.err
    assert not (tmp_path / "none.sqlite").exists()
    other = tmp_path / "notes.txt"
    other.write_text("something else" * 1000)
    assert run("list", "--database", other).code == 7
    assert other.read_text().startswith("something else")
    assert run("seed", "--database", tmp_path / "no" / "folder.sqlite").code == 7
    assert run("mark", "in_progress", "VL-2025-001", "--note", "x", "--database", tmp_path).code == 7


def test_seeds_that_cannot_be_taken(run: Run, tmp_path: Path, register: Path) -> None:
    (tmp_path / "parties.toml").write_text("[[party]]\nkey = 3")
    answer = run("seed", "--from", tmp_path)
    assert answer.code == 6
    assert "parties.toml" in answer.err
    assert len(answer.err.splitlines()) > 1


def test_an_unexpected_failure_is_one_sentence(run: Run, register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(call: object) -> int:
        raise RuntimeError("bad\x1b[2J luck")

    monkeypatch.setattr("tracker.cli.asking.list_commitments", broken)
    answer = run("list")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "\x1b" not in answer.err
    (log,) = crash_folder().iterdir()
    assert f"reference {log.stem}" in answer.err
    assert str(log) in answer.err
    assert "bad" in log.read_text()
    assert "in broken" in log.read_text()
    assert (stat.S_IMODE(log.stat().st_mode), stat.S_IMODE(log.parent.stat().st_mode)) == (0o600, 0o700)
    monkeypatch.setenv("TRACKER_DEBUG", "1")
    assert "Traceback" in run("list").err


def test_control_c(run: Run, register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(call: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker.cli.asking.list_commitments", interrupted)
    assert run("list").code == 130


# Registers


def test_the_first_run_makes_a_register_and_says_where(run: Run, home: Path) -> None:
    answer = run("list", "--format", "json")
    assert answer.code == 0
    assert len(answer.json) > 30
    assert len(answer.err.splitlines()) == 1
    assert str(home) in answer.err
    assert str(len(answer.json)) in answer.err
    again = run("list", "--format", "json")
    assert (again.err, again.out) == ("", answer.out)


def test_seeding_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    where = ("--database", tmp_path / "new.sqlite")
    first = run("seed", *where, "--format=json")
    assert first.code == 0
    assert first.json["added"] > 30
    exported = run("export", *where).out
    second = run("seed", *where, "--format=json")
    assert (second.json["added"], second.json["changed"]) == (0, 0)
    assert second.err == ""
    assert run("export", *where).out == exported


def test_export_has_no_clock(run: Run, register: Path, tmp_path: Path) -> None:
    whole = run("export").json
    assert list(whole) == ["commitments", "parties", "documents", "events", "figures", "follow_ups", "views"]
    lines = [json.loads(line) for line in run("export", "--format", "jsonl").out.splitlines()]
    assert len(lines) == sum(map(len, whole.values()))
    file = tmp_path / "register.jsonl"
    assert run("export", "-o", file).code == 0
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == lines


def test_database_status_and_upgrade(run: Run, register: Path, tmp_path: Path) -> None:
    status = run("db", "status", "--format=json").json
    assert status["commitments"] > 30
    assert status["revision"] == status["head"]
    assert "Schema" in run("db", "status").out
    made = run("db", "upgrade", "--database", tmp_path / "empty.sqlite", "--format=json")
    assert made.code == 0, made.err
    assert made.json["commitments"] == 0


def test_the_main_path_on_every_database(run: Run, database_url: str) -> None:
    where = f"--database={database_url}"
    assert run("seed", where).code == 0
    assert len(run("list", where, "--format=json").json) > 30
    assert run("mark", "in_progress", "VL-2025-004", "--note", "đã họp", where).code == 0
    assert run("move", "VL-2025-004", "2027", "--note", "lùi một năm", where).code == 0
    shown = run("show", "VL-2025-004", where, "--format=json").json
    assert (shown["status"], shown["moves"], len(shown["history"])) == ("in_progress", 1, 3)
    report = run("report", "overdue", where, "--as-of=2028-01-01", "--format=json").json
    assert "VL-2025-004" in [row["ref"] for row in report["overdue"]]
    assert run("history", where).code == 0
    assert run("export", where).code == 0
    status = run("db", "status", where)
    assert status.code == 0
    assert "commitments" in status.out.lower()


# As processes


def loaded(*words: str) -> set[str]:
    script = (
        "import sys; from tracker.cli import main; code = main(sys.argv[1:]);"
        " print(*sorted(name for name in sys.modules if '.' not in name), file=sys.stderr); sys.exit(code)"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
    answer = subprocess.run(
        [sys.executable, "-c", script, *words], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return set(answer.stderr.split())


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("mark", "--help"), ("--help", "--lang=vi")])
def test_help_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    heavy = {"sqlalchemy", "alembic", "textual", "rich", "pydantic", "pydantic_core", "dateutil", "tracker_db"}
    assert loaded(*words) & heavy == set()


def test_a_list_loads_no_interface(register: Path) -> None:
    assert loaded("list", "--limit=1") & {"textual", "rich", "alembic"} <= {"alembic"}


def test_help_comes_at_once() -> None:
    def takes() -> float:
        begun = time.perf_counter()
        assert process("--help").returncode == 0
        return time.perf_counter() - begun

    # Once is enough: at other times the machine is busy with other tests.
    assert any(takes() < 0.25 for _attempt in range(20))


def test_vietnamese_is_written_whatever_the_locale(register: Path) -> None:
    answer = process("list", "--lang=vi", "--limit=1", env={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"})
    assert answer.returncode == 0
    assert "Tiến độ" in answer.stdout


def test_a_closed_pipe_is_met_with_silence(register: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
    reading = subprocess.Popen(
        [sys.executable, "-m", "tracker", "export"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reading.stdout is not None
    assert reading.stderr is not None
    reading.stdout.close()
    said = reading.stderr.read()
    reading.stderr.close()
    assert (reading.wait(60), said) == (0, b"")


def test_no_room_for_the_answer(register: Path) -> None:
    if not Path("/dev/full").exists():
        return
    with open("/dev/full", "w") as full:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
        answer = subprocess.run(
            [sys.executable, "-m", "tracker", "list"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert answer.returncode == 6
    assert len(answer.stderr.splitlines()) == 1


def test_an_interrupt_is_a_code_not_a_trace(register: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
    script = "import os, signal, sys; from tracker.cli import main; from tracker.cli import asking;"
    script += " asking.list_commitments = lambda call: os.kill(os.getpid(), signal.SIGINT) or 0;"
    script += " sys.exit(main(['list']))"
    answer = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (answer.returncode, answer.stderr) == (130, "Interrupted.\n")


@pytest.mark.parametrize(
    ("words", "environment", "painted"),
    [((), {}, True), (("--no-color",), {}, False), ((), {"NO_COLOR": "1"}, False), ((), {"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    register: Path, words: tuple[str, ...], environment: dict[str, str], painted: bool
) -> None:
    ours, theirs = pty.openpty()
    everything = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}", "TERM": "xterm"} | environment
    listing = [sys.executable, "-m", "tracker", "list", "is:overdue", "--limit=1", *words]
    with subprocess.Popen(listing, env=everything, stdout=theirs) as process:
        process.wait(60)
    os.close(theirs)
    said = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert ("\x1b[" in said) == painted
    assert "days late" in said


def test_without_a_terminal_there_is_no_interface(register: Path) -> None:
    answer = process(stdin=subprocess.DEVNULL)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "tracker list" in answer.stderr


def test_groups_say_what_they_want(run: Run) -> None:
    for group in GROUPS:
        answer = run(group)
        assert answer.code == 2
        assert group in answer.err
