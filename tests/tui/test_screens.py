"""The screens are those that were reviewed; `python -m tests.tui.screens` makes the files anew."""

from __future__ import annotations

import pytest

from tests.tui.desk import FixedSettings
from tests.tui.screens import FOLDER, SCENES, SIZES, file_of, screen, seeded_in
from tracker.i18n import LANGUAGES, Language


@pytest.fixture(scope="module")
def on_a_fixed_day(tmp_path_factory: pytest.TempPathFactory) -> FixedSettings:
    return seeded_in(tmp_path_factory.mktemp("screens"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_is_the_one_reviewed(
    on_a_fixed_day: FixedSettings, scene: str, size: tuple[int, int], language: Language
) -> None:
    shown = await screen(on_a_fixed_day, scene, size, language)
    assert shown.splitlines() == file_of(scene, size, language).read_text(encoding="utf-8").splitlines()
    assert all(len(line) <= size[0] for line in shown.splitlines())


def test_no_screen_is_kept_that_is_no_more() -> None:
    kept = {file_of(scene, size, language) for scene in SCENES for size in SIZES for language in LANGUAGES}
    assert set(FOLDER.glob("*.txt")) == kept
