"""The picture of the interface in the README: `python -m tests.tui.picture OUT.svg`, the same bytes on every run."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.tui.desk import DAY, FixedSettings, opened
from tracker import bootstrap

SIZE = (140, 40)


async def picture() -> str:
    """The register with the curated commitments, in Vietnamese, as SVG."""
    with TemporaryDirectory() as folder:
        settings = FixedSettings(
            database=f"sqlite:///{folder}/tracker.sqlite",
            database_is_default=False,
            actor="Lan",
            language="vi",
            day=DAY,
        )
        noon = datetime(DAY.year, DAY.month, DAY.day, 5, tzinfo=UTC)
        with patch.object(bootstrap, "_now", lambda: noon):
            with bootstrap.open_tracker(settings, may_create=True) as tracker:
                tracker.seeding.load(hand=tracker.hand("seed"))
            async with opened(settings, SIZE, "vi") as person:
                await person.press("down")
                await person.settles()
                return person.app.export_screenshot()


def main(out: str) -> None:
    """Write it."""
    Path(out).write_text(asyncio.run(picture()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
