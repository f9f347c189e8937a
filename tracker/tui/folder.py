"""A folder, shown by the desktop's own program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from threading import Thread


def show(folder: Path) -> bool:
    """Ask the desktop to show a folder. False when there is no desktop, as on a machine that is reached over a line."""
    if sys.platform == "win32":
        os.startfile(folder)
        return True
    on_mac = sys.platform == "darwin"
    # Without a desktop xdg-open would give the terminal to a text browser.
    if not on_mac and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    program = which("open" if on_mac else "xdg-open")
    if program is None:
        return False
    nowhere = subprocess.DEVNULL
    shown = subprocess.Popen([program, folder], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    # Whoever shows it may stay as long as the folder is looked at; nobody waits for that here.
    Thread(target=shown.wait, daemon=True).start()
    return True
