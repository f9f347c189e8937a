"""How far a long piece of work is: said on a terminal, and nowhere else; it can be stopped."""

from __future__ import annotations

import io

import pytest

from tests.cli.conftest import Run
from tracker.bootstrap import Tracker, verify_database
from tracker.cli import progress
from tracker.errors import TakenBack


class Screen(io.StringIO):
    """Stderr on a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "AGAIN", 0)


def test_on_a_terminal_one_line_says_how_far_it_is_and_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with progress.progress() as told:
        told("file", 0, 1)
        told("history", 2000, 8000)
        told("tables", 500, 1000)
    said = screen.getvalue()
    assert "25 % of 8000 acts" in said
    assert "50 % of 1000" in said
    assert "\n" not in said
    assert said.endswith("\r\x1b[K")


def test_elsewhere_and_for_short_work_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for screen, patience in ((io.StringIO(), 0), (Screen(), 60)):
        monkeypatch.setattr("sys.stderr", screen)
        monkeypatch.setattr(progress, "PATIENCE", patience)
        with progress.progress() as told:
            told("tables", 500, 1000)
        assert screen.getvalue() == ""


def test_work_that_is_stopped_was_interrupted_and_leaves_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)

    def stopped() -> None:
        with progress.progress() as told:
            told("tables", 500, 1000)
            raise TakenBack

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_verify_tells_each_step_of_a_proof(seeded_register: Tracker) -> None:
    steps: list[tuple[str, int, int]] = []
    proved = verify_database(seeded_register.settings, told=lambda *step: steps.append(step))
    assert proved.good
    tables = [(done, of) for step, done, of in steps if step == "tables"]
    assert steps[0][0] == "file"
    assert tables == sorted(tables)
    assert tables[0][0] == 0 < tables[-1][0] < tables[-1][1]


def test_ctrl_c_in_the_middle_of_a_proof_ends_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("seed").code == 0

    def interrupted(*_step: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tracker_db.replayed._Replay.counted", interrupted)
    answer = run("db", "verify")
    assert (answer.code, answer.out) == (130, "")
