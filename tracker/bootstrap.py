"""Puts the parts together; the only file that knows them all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from sqlalchemy import make_url

from tracker.domain.history import Hand
from tracker.domain.outcomes import DatabaseStatus, SeedResult
from tracker.errors import DatabaseMissing, DatabaseUnreachable
from tracker.services.acts import House
from tracker.services.commitments import Commitments
from tracker.services.followups import FollowUps
from tracker.services.library import Library
from tracker.services.saved_views import SavedViews
from tracker.services.seeding import Seeding
from tracker.services.transfer import Transfer
from tracker.settings import Settings
from tracker_db import queries
from tracker_db.session import Database, while_wanted
from tracker_db.upgrade import HEAD, check, is_empty, upgrade
from tracker_db.watch import Watch, watch

if TYPE_CHECKING:
    from tracker.services.drafts import Drafts
    from tracker.services.letters import Letters
    from tracker.services.reports import Reports


@dataclass
class Tracker:
    """An open register with its services. `made` says that this run made it, `seeded` what was put into it then."""

    settings: Settings
    database: Database
    made: bool = False
    seeded: SeedResult | None = None

    def __post_init__(self) -> None:
        settings = self.settings
        zone = ZoneInfo(settings.zone)
        house = self._house = House(
            self.database, _now, settings.home, settings.soon_days, settings.silent_days, settings.review, zone
        )
        self.commitments = Commitments(house)
        self.followups = FollowUps(house)
        self.saved_views = SavedViews(house)
        self.library = Library(house)
        self.seeding = Seeding(house)
        self.transfer = Transfer(house)

    # What few commands ask for is loaded when it is asked for: every other one would wait 25 ms for it.

    @cached_property
    def reports(self) -> Reports:
        """What is overdue, and the relatives of that report."""
        from tracker.services.reports import Reports

        return Reports(self._house)

    @cached_property
    def drafts(self) -> Drafts:
        """What documents promise, beside what is on record."""
        from tracker.services.drafts import Drafts

        return Drafts(self._house)

    @cached_property
    def letters(self) -> Letters:
        """Letters that ask how promises stand."""
        from tracker.services.letters import Letters

        return Letters(self._house)

    def hand(self, channel: str) -> Hand:
        """Who acts now, today, through this channel."""
        return Hand(self.settings.actor, channel, self.settings.today())

    def while_wanted(self, wanted: Callable[[], bool]) -> AbstractContextManager[None]:
        """Questions asked in this block end with TakenBack when nobody waits for their answers any more."""
        return while_wanted(wanted)

    def status(self) -> DatabaseStatus:
        """Where the register lies and how it stands."""
        return _status(self.database)

    def watch(self) -> Watch:
        """Begin to watch for what anybody commits, this program's other connections too."""
        return watch(self.database)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_tracker(settings: Settings, *, may_create: bool = False) -> Tracker:
    """Open the register of these settings.

    With no database configured a missing one is made in the user's data folder and seeded; a configured one is made
    when `may_create`. Raises DatabaseMissing, FolderMissing, NotOurDatabase, DatabaseTooNew, DatabaseBehind,
    GuardMissing, DatabaseUnreachable, DriverMissing.
    """
    database = Database(settings.database)
    tracker = Tracker(settings, database)
    try:
        if settings.database_is_default and database.path is not None and not database.path.exists():
            tracker.seeded = _make_seeded(settings, database.path)
            tracker.made = True
        elif may_create and is_empty(database):
            upgrade(settings.database)
            tracker.made = True
        check(database)
    except BaseException:
        tracker.close()
        raise
    return tracker


def open_known(settings: Settings) -> Tracker | None:
    """The register of these settings if there is one: nothing is made. Raises as `open_tracker`."""
    path = Database(settings.database).path
    return None if path is not None and not path.is_file() else open_tracker(settings)


# Proving citations needs no register.
check_citations = Seeding.check


def upgrade_database(settings: Settings) -> DatabaseStatus:
    """Make the register's schema, or bring it up to date."""
    path = Database(settings.database).path
    if settings.database_is_default and path is not None:
        _make_folder(path)
    upgrade(settings.database)
    return database_status(settings)


def database_status(settings: Settings) -> DatabaseStatus:
    """Where the register lies and how it stands, also when its schema is behind."""
    database = Database(settings.database)
    if database.path is not None and not database.path.is_file():
        # SQLite would make an empty file of a name that is only looked up.
        raise DatabaseMissing(str(database))
    try:
        return _status(database)
    finally:
        database.close()


def _status(database: Database) -> DatabaseStatus:
    with database.read() as session:
        return queries.database_status(session, database, HEAD)


def _make_folder(path: Path) -> None:
    """The folder of the register's default place, for its owner alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachable(str(path), error.strerror or "") from None


def _make_seeded(settings: Settings, path: Path) -> SeedResult:
    """Make the first register under another name and put it in place when it is whole: never half a seed."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        _make_folder(path)
        url = make_url(settings.database).set(database=str(draft)).render_as_string(hide_password=False)
        upgrade(url)
        with Tracker(replace(settings, database=url), Database(url)) as first:
            seeded = first.seeding.load(hand=first.hand("seed"))
        # A link, not a rename: another first run may have been faster, and its register may be in use by now.
        with suppress(FileExistsError):
            os.link(draft, path)
        return seeded
    except OSError as error:
        raise DatabaseUnreachable(str(path), error.strerror or "") from None
    finally:
        draft.unlink(missing_ok=True)


def _now() -> datetime:
    return datetime.now(UTC)
