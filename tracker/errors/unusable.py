"""The database cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors.root import TrackerError


@dataclass(eq=False)
class DatabaseUnusable(TrackerError):
    """The database cannot be used: exit code 7."""

    exit_code = 7
    database: str


@dataclass(eq=False)
class DatabaseMissing(DatabaseUnusable):
    """The configured database does not exist, and this command does not make one."""


@dataclass(eq=False)
class FolderMissing(DatabaseUnusable):
    """The folder in which the database is to be made does not exist."""


@dataclass(eq=False)
class OnNetworkFolder(DatabaseUnusable):
    """The file lies on another machine's file system (`kind`: nfs4, cifs), where SQLite would corrupt it."""

    kind: str


@dataclass(eq=False)
class NotOurDatabase(DatabaseUnusable):
    """It is a file or a database of something else."""


@dataclass(eq=False)
class DatabaseDamaged(DatabaseUnusable):
    """The file is a register of ours and cannot be read any more."""


@dataclass(eq=False)
class DatabaseTooNew(DatabaseUnusable):
    """It was written by a newer version of the program (schema `revision`)."""

    revision: str


@dataclass(eq=False)
class DatabaseBehind(DatabaseUnusable):
    """It was written by an older version (schema `revision`) and wants `tracker db upgrade`, which its owner runs.

    `own`: whether whoever asks may.
    """

    revision: str
    own: bool = True


@dataclass(eq=False)
class GuardMissing(DatabaseUnusable):
    """The triggers that keep history from being edited are not all there."""

    missing: Sequence[str] = ()


@dataclass(eq=False)
class HistoryBroken(DatabaseUnusable):
    """Proving a register found something: what, stands in the `findings` (`domain.outcomes.Finding`)."""

    findings: Sequence[object] = ()


@dataclass(eq=False)
class FileBroken(HistoryBroken):
    """The same of a file that was to be taken: exit code 6."""

    exit_code = 6


@dataclass(eq=False)
class DatabaseReadOnly(DatabaseUnusable):
    """It may be read but not written."""


@dataclass(eq=False)
class RightMissing(DatabaseUnusable):
    """The server refuses that to the role that is connected."""


@dataclass(eq=False)
class DiskFull(DatabaseUnusable):
    """There was no room to write; nothing was changed."""


@dataclass(eq=False)
class DatabaseUnreachable(DatabaseUnusable):
    """The server does not answer, or the file cannot be opened; `reason` is what the driver said."""

    reason: str = ""


@dataclass(eq=False)
class BadURL(DatabaseUnusable):
    """What was meant as a database's URL is none: `reason` is unreadable | postgres | at | other_kind."""

    reason: str = "unreadable"


@dataclass(eq=False)
class SchemaMissing(DatabaseUnusable):
    """PostgreSQL's schema `schema`, in which the register is looked for, does not exist."""

    schema: str = ""


@dataclass(eq=False)
class OtherSchema(DatabaseUnusable):
    """The backup `file` is of the schema `held`, and the database is asked for in the schema `schema`: exit code 6."""

    exit_code = 6
    file: str = ""
    held: str = ""
    schema: str = ""


@dataclass(eq=False)
class DriverMissing(DatabaseUnusable):
    """PostgreSQL's driver is not installed."""


@dataclass(eq=False)
class ProgramMissing(DatabaseUnusable):
    """A program that PostgreSQL brings is needed and not there, or failed with what it `said`."""

    program: str = ""
    said: str = ""


@dataclass(eq=False)
class NotEmpty(DatabaseUnusable):
    """What is put there whole needs a database with nothing in it."""
