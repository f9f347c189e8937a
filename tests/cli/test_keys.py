"""`tracker keys`: the actions of the interface, their keys, and keys of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def settings(home: Path, text: str) -> Path:
    file = home / ".config" / "commitment-tracker" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_every_action_with_its_keys(run: Run) -> None:
    listed = {row["action"]: row for row in json.loads(run("keys", "--format", "json").out)}
    assert listed["acts.mark"] == {"action": "acts.mark", "keys": ["f4"], "menu": "em", "name": "Mark status"}
    assert "acts.mark" in run("keys").out
    assert "Cập nhật tình trạng" in run("keys", "--lang", "vi").out


def test_keys_of_ones_own_are_listed(run: Run, home: Path) -> None:
    settings(home, '[keys]\n"acts.mark" = "f11, ctrl+b"')
    listed = {row["action"]: row["keys"] for row in json.loads(run("keys", "--format", "json").out)}
    assert listed["acts.mark"] == ["f11", "ctrl+b"]


def test_a_clash_is_told_with_both_actions_and_hinders_nothing_else(run: Run, home: Path) -> None:
    file = settings(home, '[keys]\n"acts.mark" = "f6"')
    answer = run("keys")
    assert answer.code == 6
    assert all(part in answer.err for part in (str(file), "acts.mark", "everywhere.day"))
    assert "acts.mark" in answer.out
    assert run("--help").code == 0
    assert run("db", "status", "--database", str(home / "none")).code == 7


@pytest.mark.parametrize("text", ["keys = 3", '[keys]\n"acts.mark" = 4', '[keys]\n"acts.mark" = ""', 'theme = "pink"'])
def test_what_is_no_key_or_theme_is_refused(run: Run, home: Path, text: str) -> None:
    settings(home, text)
    answer = run("list")
    assert answer.code == 6
    assert "must be" in answer.err
