"""What the interface remembers from one run to the next: theme, language, and what rooms put by.

A small file of the person's own. It is a convenience: when it cannot be read or written the interface begins afresh,
and what is in it that nobody knows is left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from tracker.settings import APPLICATION

MOST = 1 << 16


class Remembered:
    """Texts by name."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or state_file()
        self._values = _read(self.file)

    def text(self, name: str, allowed: Sequence[str] | None = None) -> str | None:
        """A text that was put by; None when there is none, or not one of those allowed."""
        value = self._values.get(name)
        return value if value is not None and (allowed is None or value in allowed) else None

    def keep(self, name: str, kept: str) -> None:
        """Remember it from now on, also after a restart."""
        if self._values.get(name) != kept:
            # Another window may have put something by meanwhile.
            self._values = {**self._values, **_read(self.file), name: kept}
            _write(self.file, self._values)


def state_file() -> Path:
    """Where it lies."""
    from platformdirs import user_state_path

    return user_state_path(APPLICATION, appauthor=False) / "interface.json"


def _read(file: Path) -> dict[str, str]:
    try:
        with file.open("rb") as opened:
            found = json.loads(opened.read(MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _write(file: Path, values: dict[str, str]) -> None:
    """Whole or not at all, for its owner alone; a full disk or a locked folder costs the memory, not the session."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes it 0600.
        number, draft = mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(number, "w", encoding="utf-8") as opened:
                json.dump(values, opened, indent=1)
            Path(draft).replace(file)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise
