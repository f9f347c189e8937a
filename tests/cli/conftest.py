"""A command line to type at, and registers to type about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import main
from tracker.i18n import use_language
from tracker.settings import Settings

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "today", lambda self: TODAY)
    use_language("en")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: `run("list", "is:overdue")`."""

    def typed(*words: str | Path) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return typed


@pytest.fixture(scope="session")
def _seeded(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("seeded") / "seeded.sqlite"
    shutil.copy(migrated_sqlite, file)
    assert main(["seed", "--database", str(file), "--actor", "Biên tập"]) == 0
    return file


@pytest.fixture
def register(_seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with the curated commitments, as the configured one."""
    file = Path(shutil.copy(_seeded, tmp_path / "register.sqlite"))
    monkeypatch.setenv("TRACKER_DATABASE", str(file))
    monkeypatch.setenv("TRACKER_ACTOR", "Lan")
    return file


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A text of two paragraphs."""
    file = tmp_path / "bai-viet.txt"
    file.write_text("Tin tức\n\nHai bên nhất trí mở đường bay thẳng trong năm 2026.\n", encoding="utf-8")
    return file


def process(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as a person's shell does."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
    environment |= options.pop("env", {})
    return subprocess.run(
        [sys.executable, "-m", "tracker", *words],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **options,
    )
