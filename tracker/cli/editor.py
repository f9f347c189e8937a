"""A page in the person's own editor. What was typed is never lost: when it is refused, the file stays."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.cli.parser import Misuse
from tracker.i18n import _


def editor(options: str) -> list[str]:
    """The editor's command. Raises Misuse, naming the options, without an editor or a terminal."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not command.strip():
        raise Misuse(_("There is no editor: set EDITOR, or give options: {options}.").format(options=options))
    if not sys.stdin.isatty():
        raise Misuse(_("The editor needs a terminal. Without one, give options: {options}.").format(options=options))
    try:
        return shlex.split(command)
    except ValueError:
        raise Misuse(_("EDITOR cannot be read as a command: {command}.").format(command=command)) from None


@contextmanager
def edited(command: list[str], text: str) -> Iterator[tuple[Path, str]]:
    """The page as the person left it. Its file goes when the block ends well, and stays when it does not."""
    number, name = tempfile.mkstemp(prefix="tracker-", suffix=".toml")
    with os.fdopen(number, "w", encoding="utf-8") as page:
        page.write(text)
    file = Path(name)
    try:
        left = subprocess.run([*command, name], check=False).returncode
    except OSError:
        file.unlink()
        raise Misuse(_("The editor {editor} cannot be started.").format(editor=command[0])) from None
    if left:
        raise Misuse(_("The editor ended with an error. Nothing was changed; the page is {file}.").format(file=name))
    try:
        written = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misuse(_("{file} is not a text in UTF-8 any more.").format(file=name)) from None
    yield file, written
    file.unlink(missing_ok=True)
