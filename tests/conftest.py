"""What every test has: no settings of the person who runs it, and a database of each kind when it asks."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

from tests import postgres
from tests.factories import NOW, furnish, settings_for
from tracker.bootstrap import Tracker
from tracker_db.session import Database

# As in the program: most of what is made stays, and looking through it takes long.
gc.set_threshold(50_000)


# A shell has what runs in its background ignore Ctrl+C, and the programs that tests start and interrupt would too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Connects(AssertionError):
    """A test was about to reach for the network."""


def _stay_here(event: str, given: tuple[Any, ...]) -> None:
    """Nothing is asked of the network: neither a name nor a connection, but of the database that was given."""
    if event == "socket.getaddrinfo" or (event == "socket.connect" and given[0].family != socket.AF_UNIX):
        wanted = str(given[0] if event == "socket.getaddrinfo" else given[1])
        allowed = os.environ.get("TEST_DATABASE_URL")
        if not allowed or (make_url(allowed).host or "") not in wanted:
            raise Connects(wanted)


# For good: whoever wanted to could not take it out again.
sys.addaudithook(_stay_here)

SETTINGS = ("TRACKER_", "XDG_", "LC_", "PG", "TEXTUAL_")
MORE_SETTINGS = ("LANGUAGE", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "EDITOR", "VISUAL")


def pytest_xdist_auto_num_workers() -> int:
    """Two processes for each core: tests wait half of their time, for a screen, a server or another program."""
    return 2 * (os.cpu_count() or 1)


# The same examples in every run; and a database that one test's examples share, each cleaning up after itself.
settings.register_profile(
    "tracker",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("tracker")


@pytest.fixture(scope="session", autouse=True)
def _nobodys_settings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(SETTINGS) or name in MORE_SETTINGS:
                patch.delenv(name)
        patch.setenv("LANG", "C.UTF-8")
        # The interface looks at what colours a terminal has.
        patch.setenv("TERM", "xterm-256color")
        yield


@pytest.fixture(autouse=True)
def home() -> Iterator[Path]:
    """An empty home folder. No XDG variable is set, so settings and data are looked for below it."""
    with tempfile.TemporaryDirectory(prefix="tracker-home-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", folder)
        yield Path(folder)


# Databases


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """The PostgreSQL server, started by the first test that asks; its programs are the ones that are found."""
    with postgres.running() as server, pytest.MonkeyPatch.context() as patch:
        if server.programs is not None:
            patch.setenv("PATH", str(server.programs), prepend=os.pathsep)
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Runs the test once on each kind of database."""
    name: str = request.param
    return name


@pytest.fixture
def engine_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with nothing in it, not even tables."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        yield from _on_postgresql(request)


@pytest.fixture
def database_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database that is up to date and has no data."""
    if engine_name == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "tracker.sqlite")
        yield f"sqlite:///{file}"
    else:
        yield from _on_postgresql(request, request.getfixturevalue("migrated_postgresql"))


def _on_postgresql(request: pytest.FixtureRequest, template: str = "template1") -> Iterator[str]:
    server: postgres.Server = request.getfixturevalue("postgresql")
    url = server.create(template)
    yield url
    server.drop(url)


# Migrated once: a copy takes a fraction of the time.


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tracker_db.upgrade import upgrade

    file = tmp_path_factory.mktemp("migrated") / "tracker.sqlite"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: postgres.Server) -> Iterator[str]:
    """The name of a database that is up to date, to make others from."""
    from tracker_db.upgrade import upgrade

    url = postgresql.create()
    upgrade(url)
    yield str(make_url(url).database)
    postgresql.drop(url)


# Registers


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An up-to-date database without data, open."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def long_lived_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an up-to-date database without data that the tests of a file share, once on each kind."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("shared")
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), folder / 'tracker.sqlite')}"
    else:
        yield from _on_postgresql(request, request.getfixturevalue("migrated_postgresql"))


@pytest.fixture
def empty_tracker(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tracker]:
    """The services on 21 November 2026, on a register with nothing in it."""
    monkeypatch.setattr("tracker.bootstrap._now", lambda: NOW)
    with Tracker(settings_for(database_url), Database(database_url)) as opened:
        yield opened


@pytest.fixture
def tracker(empty_tracker: Tracker) -> Tracker:
    """The same, on a register with parties, an article, events and a figure, but no commitment yet."""
    furnish(empty_tracker.database)
    return empty_tracker


@pytest.fixture(scope="module")
def shared_empty_tracker(long_lived_url: str) -> Iterator[Tracker]:
    """The services on an empty register, for tests after which it is still empty."""
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as opened:
        yield opened


@pytest.fixture(scope="module")
def long_lived_tracker(long_lived_url: str) -> Iterator[Tracker]:
    """The services on a register like that of `tracker`, which the tests of a file share."""
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as opened:
        furnish(opened.database)
        yield opened


@pytest.fixture(scope="module")
def seeded_register(long_lived_url: str) -> Iterator[Tracker]:
    """The services on a register with the curated commitments, on each kind of database. For reading only."""
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as opened:
        opened.seeding.load(hand=opened.hand("seed"))
        yield opened
