"""The rooms as plain text, to be read and reviewed: `python -m tests.tui.screens` makes the files here anew.

A room is added by one line of `SCENES`: its name and the keys that lead there from Today (words with a colon are
typed). Day, clock, register, sizes and languages are fixed, so that the files change only when the screen does.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.tui.desk import DAY, FixedSettings, opened
from tracker import bootstrap
from tracker.i18n import LANGUAGES, Language
from tracker.reading.drafting import draft_file
from tracker.reading.files import read_text
from tracker.tui import state

FOLDER = Path(__file__).parent
SIZES = ((80, 24), (160, 50))
NOON = datetime(DAY.year, DAY.month, DAY.day, 5, tzinfo=UTC)
SCENES: Mapping[str, tuple[str, ...]] = {
    "today": (),
    "today-selected": ("space", "shift+down", "shift+down"),
    "register": ("g", "r"),
    "register-filtered": ("f2", "is:overdue", "enter"),
    "register-facets": ("g", "r", "f", "s"),
    "register-grouped": ("g", "r", "v", "g", "down", "enter", "home"),
    "timeline": ("g", "l"),
    "timeline-months": ("g", "l", "plus", "plus", "down"),
    "timeline-undated": ("g", "l", "ctrl+u"),
    "columns": ("g", "r", "v", "c"),
    "commitment": ("down", "enter"),
    "mark": ("f4",),
    "edit": ("ctrl+r",),
    "move": ("ctrl+d",),
    "calendar": ("ctrl+d", "f4"),
    "follow-up": ("e", "l"),
    "add": ("insert",),
    "drafts": ("g", "d"),
    "drafts-read": ("g", "d", "f2"),
    "review": ("g", "d", "enter"),
    "review-amount": ("g", "d", "enter", "right"),
    "review-decided": ("g", "d", "enter", "f4", "right", "f4", "ctrl+left"),
    "review-edit": ("g", "d", "enter", "f2"),
    "review-merge": ("g", "d", "enter", "right", "ctrl+g"),
    "reports": ("g", "p"),
    "history": ("g", "h"),
    "help": ("f1",),
}

# Scenes of a register with a document under review, which would stand in the history of all others.
UNDER_REVIEW = frozenset(scene for scene in SCENES if scene.startswith(("drafts", "review")))
STATEMENT = """Tuyên bố chung của Việt Nam và Lào.

Hai bên đánh giá cao kết quả hợp tác trong năm qua.
Hai bên nhất trí hoàn thành khu kinh tế thương mại qua biên giới Lao Bảo - Densavan trong năm 2027. Hai bên nhất trí đưa kim ngạch thương mại song phương đạt 10 tỷ USD vào năm 2030.
Lào cam kết giảm phí qua biên giới 10%. Việt Nam sẽ xem xét xây trường học tại Lào.
Hai bên mong muốn nhân dân hai nước qua lại nhiều hơn.
"""


@contextmanager
def at_noon() -> Iterator[None]:
    """The register's clock stands still."""
    with patch.object(bootstrap, "_now", lambda: NOON):
        yield


@contextmanager
def never_seen_before() -> Iterator[None]:
    """What the interface remembers from one screen is forgotten before the next."""
    with TemporaryDirectory() as folder, patch.object(state, "state_file", lambda: Path(folder) / "interface.json"):
        yield


def seeded_in(folder: Path) -> FixedSettings:
    """Settings of a register with the curated commitments."""
    settings = FixedSettings(f"sqlite:///{folder / 'tracker.sqlite'}", False, "Lan", "en", day=DAY)
    with at_noon(), bootstrap.open_tracker(settings, may_create=True) as tracker:
        tracker.seeding.load(hand=tracker.hand("seed"))
    return settings


@contextmanager
def under_review(settings: FixedSettings) -> Iterator[FixedSettings]:
    """A copy of the register with a statement that was read."""
    with TemporaryDirectory() as folder:
        file = shutil.copy(settings.database.removeprefix("sqlite:///"), folder)
        there = replace(settings, database=f"sqlite:///{file}")
        source = read_text("tuyen-bo-chung.txt", STATEMENT.encode())
        read = draft_file(source, DAY)
        with at_noon(), bootstrap.open_tracker(there) as tracker:
            drafts, updates = tracker.drafts.beside(read, source.sha256, as_of=DAY)
            published, hand = DAY.isoformat(), tracker.hand("tui")
            tracker.drafts.save(source, read, drafts, hand, published=published, publisher="TTXVN", updates=updates)
        yield there


async def screen(settings: FixedSettings, scene: str, size: tuple[int, int], language: Language) -> str:
    """What a person sees there."""
    there = under_review(settings) if scene in UNDER_REVIEW else nullcontext(settings)
    with at_noon(), never_seen_before(), there as register:
        async with opened(register, size, language, room="today") as person:
            await person.settles()
            for key in SCENES[scene]:
                await (person.write(key) if ":" in key else person.press(key))
                await person.settles()
            return person.screen + "\n"


def file_of(scene: str, size: tuple[int, int], language: Language) -> Path:
    """Where that screen is kept."""
    return FOLDER / f"{scene}-{size[0]}x{size[1]}-{language}.txt"


async def screens(settings: FixedSettings) -> AsyncIterator[tuple[Path, str]]:
    """Every screen with its file."""
    for scene in SCENES:
        for size in SIZES:
            for language in LANGUAGES:
                yield file_of(scene, size, language), await screen(settings, scene, size, language)
