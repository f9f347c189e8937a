"""A password in a database's URL on the command line, which every user of the machine sees in the process list."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from urllib.parse import unquote

# One with another @ behind the password is none, and is refused as it stands.
_IN_URL = re.compile(
    r"(?P<before>postgres\w*(?:\+\w+)?://[^:/@\s]*):(?P<secret>[^@\s]*)@(?!(?:[^?&\s]|[?&](?!\w+=))*@)"
)
_ASKED = re.compile(r"(?P<before>postgres\S*[?&])password=(?P<secret>[^&\s]*)&?")


def out_of_sight(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words without the password of a database's URL, and the password."""
    found: str | None = None
    kept: list[str] = []
    for word in words:
        for pattern, instead in ((_IN_URL, r"\g<before>@"), (_ASKED, r"\g<before>")):
            if secret := pattern.search(word):
                found = unquote(secret["secret"])
                word = pattern.sub(instead, word, count=1)
        kept.append(word)
    return kept, found


def hide_password() -> None:
    """Begin again with the password in the environment, where only this person can read it.

    PostgreSQL's library looks for it there. Until then it stands in the process list for some milliseconds.
    """
    if os.name != "posix":
        return
    words, password = out_of_sight(sys.orig_argv)
    if password is not None:
        os.execve(sys.executable, words, {**os.environ, "PGPASSWORD": password})
