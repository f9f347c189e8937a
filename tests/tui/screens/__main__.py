"""Make the files of all screens anew, and take away those of screens that are no more."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.screens import FOLDER, screens, seeded_in


async def remake() -> None:
    """Write them."""
    with TemporaryDirectory() as folder:
        made = {file: text async for file, text in screens(seeded_in(Path(folder)))}
    for file in set(FOLDER.glob("*.txt")) - set(made):
        file.unlink()
    for file, text in made.items():
        file.write_text(text, encoding="utf-8")


asyncio.run(remake())
