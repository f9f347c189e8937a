"""Copies of the register that are made by themselves, and which of them are kept for how long."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from tracker import errors
from tracker.domain.backup import BackupPolicy
from tracker.domain.outcomes import Progress, Verification, untold
from tracker.domain.views import Remark
from tracker_db import history
from tracker_db.session import Database

_NAME = re.compile(
    r"(?P<at>\d{8}T\d{6}Z)-(?P<act>\d+)-(?P<seal>[0-9a-f]{12})-(?P<why>daily|migration|import|batch|asked)\.\w+"
)
_MOMENT = "%Y%m%dT%H%M%SZ"
# There are few of these, and only an old version of the program can tell what they are worth.
_KEPT_FOR_EVER = ("migration",)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy, as its name tells: when it was made, why, and the number and seal of its last act."""

    file: Path
    at: datetime
    act: int
    seal: str
    why: str

    @property
    def anchor(self) -> str:
        """The beginning of its anchor, long enough for `tracker db verify --anchor`."""
        return f"{self.act}:{self.seal}"


class Backups:
    """The copies of one register."""

    def __init__(self, database: Database, policy: BackupPolicy, now: Callable[[], datetime], zone: tzinfo) -> None:
        self._database, self._policy, self._now, self._zone = database, policy, now, zone
        self._remarks: list[Remark] = []
        # The day on which it was last looked whether there is a copy of that day.
        self._looked_on = ""
        name = database.path.stem if database.path else str(database.url.database)
        assert policy.folder is not None, "the settings name one"
        named = re.sub(r"[^A-Za-z0-9._-]", "_", name)[:60]
        where = str(database.path.absolute()) if database.path else str(database)
        self.folder = policy.folder / f"{named}-{_digest(where)}"
        # Earlier versions had another folder for the same URL with a password in it.
        self._folders = [self.folder]
        if not database.path:
            masked = database.without_password.set(password="*").render_as_string(hide_password=True)
            self._folders.append(policy.folder / f"{named}-{_digest(masked)}")

    def remarks(self) -> list[Remark]:
        """What a person is to be told beside an answer, each remark once."""
        said, self._remarks = self._remarks, []
        return said

    def listing(self) -> list[Backup]:
        """The copies there are, newest first."""
        files: list[Path] = []
        for folder in self._folders:
            with suppress(OSError):
                files += folder.iterdir()
        found = [(file, match) for file in files if (match := _NAME.fullmatch(file.name))]
        read = [
            Backup(
                file,
                datetime.strptime(match["at"], _MOMENT).replace(tzinfo=UTC),
                int(match["act"]),
                match["seal"],
                match["why"],
            )
            for file, match in found
        ]
        return sorted(read, key=lambda backup: (backup.at, backup.file.name), reverse=True)

    def make(self, why: str) -> Path:
        """Copy the register now into the folder; its file and history are proved. Raises HistoryBroken."""
        from tracker_db import copies

        target = self._named(self._now(), why)
        copies.copy(self._database, target)
        self._thin()
        return target

    def asked(
        self, file: Path | None = None, *, whole: bool = True, told: Progress = untold
    ) -> tuple[Path, Verification]:
        """Copy the register because somebody wants it, to this file or into the folder; and what proving it found.

        One that does not hold is copied too: it may be all that there is. It takes the place of no other copy.
        """
        from tracker_db import copies

        if file is not None:
            return file, copies.rescue(self._database, file, whole=whole, told=told)
        at = self._now()
        while os.path.lexists(target := self._named(at, "asked")):
            at += timedelta(seconds=1)
        proved = copies.rescue(self._database, target, whole=whole, told=told)
        if proved.good:
            self._thin()
        else:
            target = target.rename(target.with_stem(target.stem.replace("asked", "damaged")))
        return target, proved

    def _named(self, at: datetime, why: str) -> Path:
        from tracker_db.copies import SUFFIX
        from tracker_db.verify import anchor_there

        self._make_folder()
        with self._database.read() as session:
            number, _, seal = anchor_there(session).partition(":")
        suffix = SUFFIX["sqlite" if self._database.path else "postgresql"]
        return self.folder / f"{at.astimezone(UTC):{_MOMENT}}-{number}-{seal[:12]}-{why}{suffix}"

    def daily(self) -> None:
        """Before the first act of a day: a copy of what was there, unless there is one of today.

        Nothing that goes wrong here keeps anybody from their work: they are told.
        """
        today = self._day(self._now())
        if self._looked_on == today:
            return
        self._looked_on = today
        newest = next(iter(self.listing()), None)
        if newest is None or self._day(newest.at) < today:
            self._by_itself("daily")

    def before(self, why: str) -> None:
        """A copy before an act on many, unless the newest one has all that there is."""
        self._by_itself(why)

    def _by_itself(self, why: str) -> None:
        # A server's copies are its keeper's: a colleague's desk would fetch the whole register over the network.
        path = self._database.path
        if not self._policy.automatic or path is None:
            return
        try:
            if not path.exists() or self._has_all():
                return
            if path.stat().st_size > self._policy.largest << 20:
                self._too_large(path)
                return
            self.make(why)
        except (errors.TrackerError, OSError) as error:
            if isinstance(error, errors.FileProblem) and error.reason == "exists":
                # Another process was at it in the same second.
                return
            self._remarks.append(Remark("backup_failed", {"error": error}))

    def _has_all(self) -> bool:
        """Whether the newest copy has everything, or there is nothing to copy."""
        with self._database.read() as session:
            number, _, seal = history.anchor(session).partition(":")
        newest = next(iter(self.listing()), None)
        return number == "0" or (newest is not None and newest.anchor == f"{number}:{seal[:12]}")

    def _too_large(self, path: Path) -> None:
        """Said once a day: copying so much unasked would be a surprise."""
        told = self.folder / "told-too-large"
        with suppress(OSError):
            if self._day(datetime.fromtimestamp(told.stat().st_mtime, UTC)) == self._day(self._now()):
                return
        self._make_folder()
        told.touch(mode=0o600)
        os.utime(told, (self._now().timestamp(),) * 2)
        size = path.stat().st_size >> 20
        self._remarks.append(Remark("backup_too_large", {"size": size, "largest": self._policy.largest}))

    def _make_folder(self) -> None:
        try:
            for folder in (*reversed(self.folder.parents), self.folder):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError:
            raise errors.FileProblem(str(self.folder), "unwritable") from None

    def _thin(self) -> None:
        from tracker_db.copies import clear_away

        clear_away(self.folder)
        kept = kept_of(self.listing(), self._policy, self._now(), self._day)
        for backup in self.listing():
            if backup not in kept:
                with suppress(OSError):
                    backup.file.unlink()

    def _day(self, at: datetime) -> str:
        return at.astimezone(self._zone).date().isoformat()


def _digest(where: str) -> str:
    """Two registers of one name are two."""
    return hashlib.sha256(where.encode()).hexdigest()[:8]


def kept_of(
    backups: Sequence[Backup], policy: BackupPolicy, now: datetime, day: Callable[[datetime], str]
) -> set[Backup]:
    """Those that stay: of each of the last days, weeks and months that have any the newest, and all of two days."""

    def newest(spans: Iterable[tuple[str, Backup]], number: int) -> set[Backup]:
        first: dict[str, Backup] = {}
        for span, backup in spans:
            first.setdefault(span, backup)
        return {first[span] for span in sorted(first, reverse=True)[:number]}

    def week(at: datetime) -> str:
        return datetime.fromisoformat(day(at)).strftime("%G-%V")

    lately = {backup for backup in backups if now - backup.at < timedelta(days=2) or backup.why in _KEPT_FOR_EVER}
    return (
        lately
        | newest(((day(backup.at), backup) for backup in backups), policy.daily)
        | newest(((week(backup.at), backup) for backup in backups), policy.weekly)
        | newest(((day(backup.at)[:7], backup) for backup in backups), policy.monthly)
    )
