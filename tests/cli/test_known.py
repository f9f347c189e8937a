"""The register as it was known on a day, from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LATER = datetime(2026, 11, 21, 3, tzinfo=UTC)
SEEDED = datetime(2026, 11, 10, 3, tzinfo=UTC)


@pytest.fixture
def told_late(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The register was seeded on 10 November. On the 21st somebody told what had been so since the 2nd."""
    monkeypatch.setenv("TRACKER_DATABASE", str(tmp_path / "register.sqlite"))
    monkeypatch.setenv("TRACKER_ACTOR", "Lan")
    monkeypatch.setattr("tracker.bootstrap._now", lambda: SEEDED)
    assert run("seed").code == 0
    monkeypatch.setattr("tracker.bootstrap._now", lambda: LATER)
    assert run("mark", "in_progress", "VL-2025-013", "--note", "đã họp", "--on", "2026-11-02").code == 0
    return run


def test_what_was_told_later_is_left_out(told_late: Run) -> None:
    def status(*words: str) -> object:
        return told_late("show", "VL-2025-013", "--format", "json", *words).json["status"]

    assert status() == status("--as-of", "2026-11-05") == "in_progress"
    assert status("--known", "2026-11-20") == status("--known", "2026-11-20", "--as-of", "2026-11-05") == "recorded"
    assert status("--known", "2026-11-21") == "in_progress"
    refs = [row["ref"] for row in told_late("list", "--known", "2026-11-09", "--format", "json").json]
    assert refs == []


def test_it_is_said_wherever_it_is_shown(told_late: Run) -> None:
    answer = told_late("report", "overdue", "--known", "2026-11-20")
    assert "As known on 20 Nov 2026" in answer.out
    assert "as it was known on 20 Nov 2026" in answer.err
    found = told_late("report", "overdue", "--known", "2026-11-20", "--format", "json").json
    assert found["known"] == "2026-11-20"
    assert found["anchor"] != told_late("report", "overdue", "--format", "json").json["anchor"]


def test_an_act_has_no_use_for_it(told_late: Run) -> None:
    answer = told_late("mark", "partial", "VL-2025-013", "--known", "2026-11-20")
    assert answer.code == 2
    assert "--known" in answer.err
    assert told_late("list", "--known", "hôm kia").code == 2


def test_the_copy_goes_with_the_command(told_late: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    assert told_late("list", "--known", "2026-11-20").code == 0
    assert list(place.iterdir()) == []
