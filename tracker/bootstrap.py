"""Puts the parts together; the only file that knows them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import make_url

from tracker.domain.history import Hand
from tracker.domain.outcomes import DatabaseStatus, May, Progress, SeedResult, Verification, untold
from tracker.domain.views import Remark
from tracker.errors import DatabaseMissing, DatabaseUnreachable, DatabaseUnusable, NoRoles, ProgramMissing
from tracker.services.acts import House
from tracker.services.commitments import Commitments
from tracker.services.followups import FollowUps
from tracker.services.library import Library
from tracker.services.saved_views import SavedViews
from tracker.services.seeding import Seeding
from tracker.services.transfer import Transfer
from tracker.settings import Settings, database_url, state_folder
from tracker_db import queries
from tracker_db.session import Database, while_wanted
from tracker_db.upgrade import HEAD, check, is_behind, is_empty, upgrade
from tracker_db.watch import Watch, watch

if TYPE_CHECKING:
    from tracker.services.backups import Backups
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
    # Where the copy lies that is read in the register's place, when it is asked for as it was known earlier.
    _copy: TemporaryDirectory[str] | None = None

    def __post_init__(self) -> None:
        self._keeps = False
        settings = self.settings
        zone = ZoneInfo(settings.zone)
        house = self._house = House(
            *(self.database, _now, settings.home, settings.soon_days, settings.silent_days, settings.review, zone),
            keep=self._keep,
        )
        self.commitments = Commitments(house)
        self.followups = FollowUps(house)
        self.saved_views = SavedViews(house)
        self.library = Library(house)
        self.seeding = Seeding(house)
        self.transfer = Transfer(house, _as_csv)

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

    @cached_property
    def backups(self) -> Backups:
        """The copies of this register."""
        return backups_of(self.settings, self.database)

    def keep_copies(self) -> None:
        """From now on a copy is made before the first act of a day, and before imports and acts on many."""
        self._keeps = True
        self.database.before_writing = lambda: self.backups.daily()

    def _keep(self, why: str) -> None:
        if self._keeps:
            self.backups.before(why)

    def said_of_copies(self) -> list[Remark]:
        """What is to be told about copies that were not made by themselves, each remark once."""
        return self.backups.remarks() if "backups" in vars(self) else []

    def hand(self, channel: str) -> Hand:
        """Who acts now, today, through this channel."""
        return Hand(self.settings.actor, channel, self.settings.today())

    def while_wanted(self, wanted: Callable[[], bool]) -> AbstractContextManager[None]:
        """Questions asked in this block end with TakenBack when nobody waits for their answers any more."""
        return while_wanted(wanted)

    @property
    def may_record(self) -> bool:
        """Whether anything can be recorded in it."""
        return not self.database.frozen

    def status(self) -> DatabaseStatus:
        """Where the register lies and how it stands."""
        return _status(self.database)

    def watch(self) -> Watch:
        """Begin to watch for what anybody commits, this program's other connections too."""
        return watch(self.database)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
        if self._copy is not None:
            self._copy.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_tracker(settings: Settings, *, may_create: bool = False) -> Tracker:
    """Open the register of these settings.

    With no database configured a missing one is made in the user's data folder and seeded; a configured one is made
    when `may_create`. With a day in `settings.known` it is the register as it was known at the end of that day, which
    refuses to be written to, as does one that this person may only read. Raises DatabaseMissing, FolderMissing,
    NotOurDatabase, DatabaseTooNew, DatabaseBehind, GuardMissing, RightMissing, DatabaseUnreachable, DriverMissing.
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
        database.frozen = check(database) is May.READ
        tracker.keep_copies()
        return tracker if settings.known is None else _as_known(tracker, settings.known)
    except BaseException:
        tracker.close()
        raise


def _as_known(tracker: Tracker, day: date) -> Tracker:
    """The register as it was known at the end of a day; itself, when nothing was recorded since."""
    if day >= tracker.settings.today():
        return tracker
    from tracker_db.known import copy_as_known, last_act_by

    midnight = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(tracker.settings.zone))
    moment = midnight - timedelta(microseconds=1)
    number = last_act_by(tracker.database, moment)
    if number is None:
        return tracker
    folder = TemporaryDirectory(prefix="tracker-known-")
    try:
        copy = copy_as_known(tracker.database, Path(folder.name) / "register.sqlite", number, moment)
    except BaseException:
        folder.cleanup()
        raise
    tracker.close()
    return Tracker(tracker.settings, copy, tracker.made, tracker.seeded, folder)


def backups_of(settings: Settings, database: Database) -> Backups:
    """The copies of a register, also of one that cannot be opened."""
    from tracker.services.backups import Backups

    policy = settings.backup
    policy = policy if policy.folder is not None else replace(policy, folder=state_folder() / "backups")
    return Backups(database, policy, _now, ZoneInfo(settings.zone))


def back_up(
    settings: Settings, file: Path | None = None, *, whole: bool = True, told: Progress = untold
) -> tuple[Path, Verification]:
    """Copy the register to a file, or into the folder of copies; the file, and what proving the copy found."""
    with open_database(settings) as database, while_wanted(lambda: True):
        if is_empty(database):
            raise DatabaseMissing(str(database))
        return backups_of(settings, database).asked(file, whole=whole, told=told)


def restore(settings: Settings, file: Path, told: Progress = untold) -> tuple[str, Path | None]:
    """Make the register what a backup holds: its anchor, and the file in which the register of before is kept."""
    from tracker_db import copies

    with open_database(settings) as database, while_wanted(lambda: True):
        if settings.database_is_default and database.path is not None:
            _make_folder(database.path)
        kept = None
        if database.path is not None:
            kept = database.path.with_name(f"{database.path.name}.before-restore-{_now():%Y%m%dT%H%M%SZ}")
        anchor = copies.put_back(file, database, kept or Path(), told)
        return anchor, kept if kept is not None and kept.exists() else None


def open_known(settings: Settings) -> Tracker | None:
    """The register of these settings if there is one: nothing is made. Raises as `open_tracker`."""
    path = Database(settings.database).path
    return None if path is not None and not path.is_file() else open_tracker(settings)


# Proving citations needs no register.
check_citations = Seeding.check


def upgrade_database(
    settings: Settings, *, keep: bool = True, say: Callable[[Remark], None] = lambda _said: None
) -> DatabaseStatus:
    """Make the register's schema, or bring it up to date; what is there is copied first, unless not to `keep` it.

    On PostgreSQL, where a migration happens whole or not at all, a copy that cannot be made is no obstacle: it is said.
    """
    with open_database(settings) as database:
        if settings.database_is_default and database.path is not None:
            _make_folder(database.path)
        if keep and not is_empty(database) and is_behind(database):
            try:
                file = backups_of(settings, database).make("migration")
                say(Remark("kept_before", {"file": str(file)}))
            except ProgramMissing as error:
                say(Remark("backup_failed", {"error": error}))
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


def grant(settings: Settings, role: str, wanted: May) -> None:
    """Let a database role of PostgreSQL read the register, or record in it too, or nothing any more.

    Raises NoRoles, NotFound, RightMissing, RightsElsewhere, and what opening the register raises.
    """
    from tracker_db import rights

    with open_database(settings) as database:
        check(database)
        if database.path is not None:
            raise NoRoles(str(database))
        with database.connect() as connection:
            rights.grant(connection, str(database), role, wanted)


def import_archive(settings: Settings, file: Path) -> DatabaseStatus:
    """Put an archive into a register that is not there yet, or that nobody has used.

    Raises FileRefused, FileProblem, FileBroken, NotEmpty, FolderMissing: then nothing of it was put there.
    """
    from tracker.services.unpacking import Archive
    from tracker_db.transfer import copy, filled

    with closing(Archive(file)) as archive, open_database(settings) as database:
        if settings.database_is_default and database.path is not None:
            _make_folder(database.path)
        if archive.revision == HEAD:
            with filled(database) as session:
                archive.load(session)
        else:
            with archive.brought_forward() as older:
                copy(older, database)
        return _status(database)


def archive_as_it_lies(settings: Settings) -> Iterator[bytes]:
    """The archive of a register of any schema, this version's or not: it is only read."""
    from tracker.services.archive import write_archive
    from tracker_db.copies import still

    with open_database(settings) as database, still(database) as looked_at:
        yield from write_archive(looked_at)


def _as_csv(kind: str, members: Iterator[Any]) -> Iterator[str]:
    from tracker.reports.formats import render_list
    from tracker.reports.listing import ENTRIES, UNCOUNTED

    return render_list("csv", UNCOUNTED if kind == "commitments" else ENTRIES, members)


def copy_database(source: str, target: str) -> str:
    """Put a register into another database (paths or URLs), and give the anchor that both have."""
    from tracker_db.copies import still
    from tracker_db.transfer import copy

    with (
        closing(Database(database_url(source))) as named,
        still(named) as old,
        closing(Database(database_url(target))) as new,
    ):
        return copy(old, new)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The register's database, whatever state it is in."""
    database = Database(settings.database)
    try:
        yield database
    finally:
        database.close()


def verify_database(
    settings: Settings, *, whole: bool = True, anchor: str | None = None, told: Progress = untold
) -> Verification:
    """Prove the register (see `verify.verify`). Raises ValueError for what can be no anchor."""
    from tracker_db.copies import still
    from tracker_db.proof import is_anchor
    from tracker_db.verify import verify

    if anchor is not None and not is_anchor(anchor := anchor.strip()):
        raise ValueError(f"no anchor: {anchor!r}")
    # Always wanted: but a question that SQLite is at can be interrupted then.
    with (
        open_database(settings) as database,
        still(database, 1 if whole else 50) as looked_at,
        while_wanted(lambda: True),
    ):
        try:
            return replace(verify(looked_at, whole=whole, anchor=anchor, told=told), database=str(database))
        except DatabaseUnusable as error:
            error.database = str(database)
            raise


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
