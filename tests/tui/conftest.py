"""A register with the curated commitments, and the interface on it, on a fixed day."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.desk import DAY, FixedSettings, Open, opened
from tracker.bootstrap import open_tracker


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeded once; each test has a copy."""
    file = tmp_path_factory.mktemp("seeded") / "tracker.sqlite"
    with open_tracker(settings_of(f"sqlite:///{file}"), may_create=True) as tracker:
        tracker.seeding.load(hand=tracker.hand("seed"))
    return file


@pytest.fixture
def settings(seeded_file: Path, tmp_path: Path) -> FixedSettings:
    """Settings of a seeded register, in English."""
    return settings_of(f"sqlite:///{shutil.copy(seeded_file, tmp_path / 'tracker.sqlite')}")


@pytest.fixture
def seeded(database_url: str) -> FixedSettings:
    """Settings of a seeded register, once on each kind of database."""
    settings = settings_of(database_url)
    with open_tracker(settings) as tracker:
        tracker.seeding.load(hand=tracker.hand("seed"))
    return settings


@pytest.fixture
def desk(settings: FixedSettings) -> Open:
    """Opens the interface on the seeded register: `async with desk(...) as person`."""
    from functools import partial

    return partial(opened, settings)


@pytest.fixture(scope="module", autouse=True)
def _kept_no_longer_than_a_file() -> Iterator[None]:
    """The interface hides from the garbage collector what it has loaded. Here hundreds would stay, 5 MB each."""
    yield
    gc.unfreeze()
    gc.collect()


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    from tracker.i18n import language, use_language

    before = language()
    yield
    use_language(before)


def settings_of(url: str) -> FixedSettings:
    return FixedSettings(database=url, database_is_default=False, actor="Lan", language="en", day=DAY)


@pytest.fixture
def articles(tmp_path: Path) -> str:
    """The file of a short article."""
    file = tmp_path / "bai.txt"
    file.write_text("Tin ngày 02/12/2025.\n\nHai bên sẽ mở chợ biên giới trong năm 2027.\n", encoding="utf-8")
    return str(file)
