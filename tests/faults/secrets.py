"""A password that is nowhere to be found: not in what is said, kept or shown of a process that was given it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

import tracker
import tracker_db
from tests.factories import everything
from tests.faults.ledger import Outcome
from tracker_db.session import Database

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
WORK: tuple[tuple[str, ...], ...] = (
    ("seed",),
    ("list", "is:open"),
    ("mark", "in_progress", "VL-2025-001", "--note", "x"),
    ("undo",),
    ("history", "--format", "json"),
    ("report", "overdue", "-o", "report.html"),
    ("db", "status", "--format", "json"),
    ("db", "verify"),
    ("db", "backup", "-o", "kept.pgdump"),
    ("export", "-o", "all.zip"),
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


def canary_at_work(folder: Path, url: str) -> Outcome:
    """A day's work on a PostgreSQL that takes any password, with this one.

    Looked through: what each command says, the words of every process that it starts, every row of the register, and
    every file that was made.
    """
    home = folder / "home"
    home.mkdir()
    given = make_url(url).set(password=CANARY).render_as_string(hide_password=False)
    environment = _environment(home) | {"TRACKER_DATABASE": given, "TRACKER_ACTOR": "Lan"}
    hits = sum(_found_in(words, environment, folder) for words in WORK)
    database = Database(url)
    rows = everything(database)
    database.close()
    # Nothing was looked through when nothing was done.
    hits += not rows["entry"] or CANARY in repr(rows)
    files = [path for path in folder.rglob("*") if path.is_file()]
    hits += sum(any(CANARY.encode() in content for content in _contents(path)) for path in files)
    return Outcome(len(WORK) + sum(map(len, rows.values())) + len(files), hits)


def _found_in(words: Sequence[str], environment: Mapping[str, str], folder: Path) -> bool:
    """Whether the password is in what a command says, or in the words of a process of its session while it runs."""
    with tempfile.TemporaryFile() as said:
        command = subprocess.Popen(
            [sys.executable, "-m", "tracker", *words],
            env=environment,
            cwd=folder,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        listed = False
        while command.poll() is None:
            listed |= any(CANARY.encode() in each for each in _words_of(command.pid))
            time.sleep(0.002)
        said.seek(0)
        return listed or CANARY.encode() in said.read() or command.returncode not in (0, 10)


def _words_of(session: int) -> Iterator[bytes]:
    for place in Path("/proc").glob("[0-9]*"):
        # Whoever has ended meanwhile has no words any more.
        with suppress(OSError):
            if os.getsid(int(place.name)) == session:
                yield (place / "cmdline").read_bytes()


def _contents(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            yield from map(packed.read, packed.namelist())


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
