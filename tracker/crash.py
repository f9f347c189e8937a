"""A defect that nobody foresaw: what a person is told, and what is kept for whoever mends it.

The person gets a reference; the trace lies in a file of that name which only they can read. It has neither the words
of the command line nor the variables of the program, and no password.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from traceback import format_exception

from tracker.i18n import _
from tracker.settings import APPLICATION

# So many of the latest are kept.
KEPT = 100
_IN_URL = re.compile(r"(://[^:/@\s]*):\S*@")
_NAMED = re.compile(r"(?i)\b((?:pass(?:word|wd|phrase)?|pwd)\s*[=:]\s*)('[^']*'|\"[^\"]*\"|[^\s&'\",;)]+)")


def crash_folder() -> Path:
    """Where traces lie: in the folder that the system keeps for a program's state."""
    from platformdirs import user_state_path

    return user_state_path(APPLICATION, appauthor=False) / "crashes"


def without_secrets(text: str) -> str:
    """Text without the passwords in it: of URLs, of `password=`, and the one that PostgreSQL's library looks up."""
    text = _NAMED.sub(r"\1***", _IN_URL.sub(r"\1:***@", text))
    secret = os.environ.get("PGPASSWORD")
    return text.replace(secret, "***") if secret else text


def trace(crash: BaseException) -> str:
    """Where it failed, without passwords and without the values of variables."""
    return without_secrets("".join(format_exception(crash)))


def told(crash: BaseException) -> str:
    """Keep the trace for whoever mends it, and say in a sentence what happened and where it lies."""
    now = datetime.now(UTC)
    reference = f"{now:%Y%m%d}-{token_hex(4)}"
    folder = crash_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"{reference}.log"
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8", errors="backslashreplace") as page:
            page.write(f"{now.isoformat(timespec='seconds')}\n{trace(crash)}")
    except OSError:
        said = _(
            "Something failed unexpectedly (reference {reference}). Nothing half-done was kept. No log could be kept."
        )
        return said.format(reference=reference)
    for old in sorted(folder.glob("*.log"))[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    said = _(
        "Something failed unexpectedly (reference {reference}). Nothing half-done was kept."
        " What a developer needs is in {file}; only you can read it."
    )
    return said.format(reference=reference, file=file)
