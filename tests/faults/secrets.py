"""A password that is nowhere to be found: not in what is said, kept or shown of a process that was given it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tracker
import tracker_db
from tests.faults.ledger import Outcome

CANARY = "mat-khau-7Qx"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("db", "status"),
    ("db", "upgrade"),
    ("report", "overdue", "--format", "json"),
    ("history",),
    ("mark", "in_progress", "VL-2025-001", "--note", "x"),
    ("export", "--format", "json"),
)
# Fails inside a command with an exception that nobody foresaw and that holds the URL.
_CRASH = """
import sys
from tracker import bootstrap
from tracker.cli import main
def broken(settings, **_):
    raise RuntimeError(f"cannot use {settings.database}; password='%s' PASSWORD=%s")
bootstrap.open_tracker = broken
raise SystemExit(main(sys.argv[1:]))
"""


def canary(folder: Path) -> Outcome:
    """Commands on a PostgreSQL that does not answer well, with the password in each place a URL has for one.

    Looked through: stdout, stderr, traces asked for with TRACKER_DEBUG, the private log of a crash, every file that
    was made, and the process list while they wait. Lost: each place where it stands.
    """
    hits = tried = 0
    home = folder / "home"
    home.mkdir()
    with _deaf_server(folder) as host:
        urls = (
            f"postgresql://lan:{CANARY}@/register?host={host}",
            f"postgresql://lan@/register?host={host}&password={CANARY}",
            f"postgresql://lan:{CANARY}@/%zz%?host=",
        )
        environment = {**_environment(home), "PGCONNECT_TIMEOUT": "1"}
        for url in urls:
            for words in COMMANDS:
                for debug in ({}, {"TRACKER_DEBUG": "1"}):
                    tried += 1
                    hits += CANARY in _said(
                        ("-m", "tracker", *words), {**environment, **debug, "TRACKER_DATABASE": url}
                    )
            tried += 1
            crash = ("-c", _CRASH % (CANARY, CANARY), "list")
            hits += CANARY in _said(crash, {**environment, "TRACKER_DATABASE": url, "TRACKER_DEBUG": "1"})
        for url in urls[:2]:
            tried += 1
            hits += _listed(("-m", "tracker", "list", "--database", url), _environment(home))
    files = [path for path in home.rglob("*") if path.is_file()]
    hits += sum(CANARY.encode() in path.read_bytes() for path in files)
    # A crash has left its log, or nothing was looked through.
    hits += not any(path.suffix == ".log" for path in files)
    return Outcome(tried + len(files), hits)


def _environment(home: Path) -> dict[str, str]:
    folders = dict.fromkeys(str(Path(package.__path__[0]).parent) for package in (tracker, tracker_db))
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(folders),
    }


def _said(words: Sequence[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
    )
    return done.stdout + done.stderr


def _listed(words: Sequence[str], environment: dict[str, str]) -> bool:
    """Whether the password stands in the process list while the command waits for the server."""
    process = subprocess.Popen(
        [sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            # It has begun again without the password, or is on its way there.
            shown = Path(f"/proc/{process.pid}/cmdline").read_bytes()
            if b"tracker" in shown and CANARY.encode() not in shown:
                return False
            time.sleep(0.02)
        return True
    finally:
        process.kill()
        process.wait()


@contextmanager
def _deaf_server(folder: Path) -> Iterator[str]:
    """A folder with the socket of a server that takes connections and never says anything."""
    place = folder / "s"
    place.mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place / ".s.PGSQL.5432"))
        listener.listen(64)
        yield str(place)
