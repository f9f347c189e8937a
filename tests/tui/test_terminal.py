"""End to end in a real pseudo terminal: `python -m tracker` on a new register."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.terminal import a_morning_at_the_desk, command_line, environment_in, in_a_pty


# pty.fork in a process with threads: the child calls nothing but exec.
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
def test_a_morning_at_the_desk(tmp_path: Path, size: tuple[int, int]) -> None:
    with in_a_pty(command_line(), environment_in(tmp_path), tmp_path, size) as terminal:
        a_morning_at_the_desk(terminal, tmp_path)
        # The terminal is given back as it was: the other screen left, the cursor shown, the mouse let go.
        for ending in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
            assert ending in terminal.received


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_an_unusable_database_is_said_on_the_terminal(tmp_path: Path) -> None:
    command = [*command_line(), "--database", str(tmp_path / "nowhere" / "tracker.sqlite")]
    with in_a_pty(command, environment_in(tmp_path), tmp_path, (100, 24)) as terminal:
        assert terminal.ends() == 7
        assert "does not exist" in " ".join(terminal.screen.split())
