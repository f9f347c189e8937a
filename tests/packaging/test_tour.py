"""The README's tour, run as it stands there."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from tracker.cli import main
from tracker.i18n import use_language
from tracker.settings import Settings

README = Path(__file__).parents[2] / "README.md"


def test_every_command_of_the_tour_prints_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Settings, "today", lambda _: date(2026, 11, 21))
    for name, value in {"HOME": str(home), "TRACKER_ACTOR": "Lan", "TRACKER_LANG": "en", "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    shown = re.findall(r"^```console\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    commands = [part for block in shown for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part]
    assert len(commands) >= 10
    for command in commands:
        line, _, expected = command.partition("\n")
        written = io.BytesIO()
        printed = io.TextIOWrapper(written, encoding="utf-8", write_through=True)
        with redirect_stdout(printed), redirect_stderr(printed):
            main(shlex.split(line)[1:])
        said = [row.rstrip() for row in written.getvalue().decode().replace(str(home), "/home/lan").splitlines()]
        place = 0
        for part in expected.split("...\n"):
            rows = part.rstrip("\n").splitlines()
            starts = [at for at in range(place, len(said) + 1) if said[at : at + len(rows)] == rows]
            assert starts, f"{line}\n{part}"
            place = starts[0] + len(rows)
        assert expected.endswith("...\n") or place == len(said), line
    # What comes after is in the language that it expects.
    use_language("en")
