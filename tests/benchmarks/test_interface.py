"""The interface's benchmark runs on a real terminal and gives what was promised; how fast is nobody's test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import interface
from tests.benchmarks.fingers import Effort
from tests.benchmarks.generate import generate
from tests.benchmarks.interface import measure
from tests.benchmarks.measure import Figure

ROWS = 120
PROMISED = (
    "interface.first_frame",
    "interface.first_screen",
    *(f"interface.key.{key}" for key in ("down", "pagedown", "end", "filter", "open", "mark")),
    "interface.longest_block",
    "interface.memory",
)


def test_every_promised_figure_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    generate(ROWS, url)
    figures: dict[str, Figure] = {}
    monkeypatch.setattr(interface, "CALM", 0.3)
    measure(
        url, ROWS, figures.__setitem__, Effort(warm=0, starts=1, downs=2, pages=1, ends=1, words=1, opens=1, marks=1)
    )
    for name in PROMISED:
        figure = figures[name]
        assert figure["rows"] == ROWS
        assert figure["value"] > 0
        assert figure["floor"] > 0 or name == "interface.longest_block"
        assert figure["ratio"] > 0 or name == "interface.longest_block"
        if ".key." in name:
            assert figure["p95"] >= figure["value"]
