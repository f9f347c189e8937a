"""The small set of seeds, written and loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.small_seeds import ARTICLE, FILES, LATER, SEED, Write
from tracker.bootstrap import Tracker


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a small set of seeds, each change put in: {file: (old, new)}."""

    def write_changed(changes: dict[str, tuple[str, str]] | None = None, name: str = "seeds", **more: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file, text in (FILES | {key.replace("_toml", ".toml"): value for key, value in more.items()}).items():
            old, new = (changes or {}).get(file, ("", ""))
            assert old in text, old
            (folder / file).write_text(text.replace(old, new, 1) if old else text + new)
        return folder

    return write_changed


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """The articles that the small set of seeds cites."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "000.txt").write_text(ARTICLE)
    (folder / "001.txt").write_text(LATER)
    return folder


@pytest.fixture
def loaded(empty_tracker: Tracker, write: Write) -> Tracker:
    """A register with the small set of seeds."""
    empty_tracker.seeding.load(write(), hand=SEED)
    return empty_tracker
