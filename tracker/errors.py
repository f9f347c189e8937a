"""Every failure a person can meet, as a fact with fields; `render.error` words it, `exit_code` ends the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(eq=False)
class TrackerError(Exception):
    """The root: anything a person can be told in one sentence. Its own code is never used."""

    exit_code = 1
    # The commitment that it is about, where an act on many was refused.
    concerns = ""


class TakenBack(Exception):
    """Nobody waits for the answer any more: it is no failure, and no person is told."""


@dataclass(eq=False)
class UsageError(TrackerError):
    """What was asked cannot be understood: exit code 2."""

    exit_code = 2


@dataclass(eq=False)
class UnknownValue(UsageError):
    """`value` is none of the `allowed` values of `what` (a status, a sector, a query qualifier...)."""

    what: str
    value: str
    allowed: Sequence[str] = ()


@dataclass(eq=False)
class BadDate(UsageError):
    """`value` is no date: `reason` is impossible | ambiguous | two_digit_year | unknown | reversed |
    not_a_day | not_when_done."""

    value: str
    reason: str = "unknown"
    readings: Sequence[str] = ()


@dataclass(eq=False)
class BadQuery(UsageError):
    """The query cannot be read at `near`: `reason` is parenthesis | quote | operator | too_long | too_deep."""

    near: str
    reason: str


@dataclass(eq=False)
class BadOption(UsageError):
    """Option `option` cannot be used as given: `reason` is missing | nothing_to_change | needless | invalid |
    itself | no_text | no_paragraph | one_only | one_letter | one_file | bad_pattern | no_terminal | one_answer |
    no_such_hole | no_date | once | for_new | for_report (then `value` is the draft's number)."""

    option: str
    reason: str
    value: str = ""


@dataclass(eq=False)
class NotFound(TrackerError):
    """No `kind` (commitment, party, document, figure, event, act, follow_up, view) is called `ref`: exit code 3.

    `nearest` are offered.
    """

    exit_code = 3
    kind: str
    ref: str
    nearest: Sequence[str] = ()


@dataclass(eq=False)
class Ambiguous(TrackerError):
    """Several of `kind` are called `ref`: exit code 3, with the candidates."""

    exit_code = 3
    kind: str
    ref: str
    candidates: Sequence[str] = ()


@dataclass(eq=False)
class NotYet(TrackerError):
    """On `day` the commitment was not in the register: it begins on `began`. Exit code 3."""

    exit_code = 3
    ref: str
    day: date
    began: date


@dataclass(eq=False)
class Refused(TrackerError):
    """A rule of the domain says no: exit code 4."""

    exit_code = 4


@dataclass(eq=False)
class ReasonMissing(Refused):
    """`status` was given without what it `needs` (domain rules, section 1A)."""

    ref: str
    status: str
    needs: str


@dataclass(eq=False)
class ChangeNotAllowed(Refused):
    """A closed commitment is neither closed again nor moved; `asked` is the status or "move"."""

    ref: str
    status: str
    asked: str


@dataclass(eq=False)
class InTheFuture(Refused):
    """What happened cannot lie after today: `what` is effective | done."""

    what: str
    day: date
    today: date


@dataclass(eq=False)
class BeforeItBegan(Refused):
    """An act cannot be effective before the commitment was made."""

    ref: str
    day: date
    began: date


@dataclass(eq=False)
class NotASide(Refused):
    """`party` is neither bound by the commitment nor asked to act; `sides` are (keys of parties)."""

    ref: str
    party: str
    sides: Sequence[str] = ()


@dataclass(eq=False)
class ReviewPast(Refused):
    """A review lies ahead: `day` is before the act's own day."""

    ref: str
    day: date


@dataclass(eq=False)
class AlreadyThere(Refused):
    """A `kind` called `ref` exists already."""

    kind: str
    ref: str


@dataclass(eq=False)
class NoSource(Refused):
    """A commitment needs at least one origin."""

    ref: str


@dataclass(eq=False)
class SameDeadline(Refused):
    """A move must change the deadline."""

    ref: str
    value: str


@dataclass(eq=False)
class DraftDecided(Refused):
    """The draft `number` was accepted, merged or rejected before; `ref` is the commitment it went into."""

    number: str
    decision: str
    ref: str | None = None


@dataclass(eq=False)
class FollowUpRefused(Refused):
    """A follow-up, or planning one on a commitment, does not allow the act. `ref` names it; `reason` is closed (the
    commitment) | past (a day before `day`) | same_day | done | dropped | answered | not_done | early (an answer
    before `day`) | note (none is given) | never (its rule)."""

    ref: str
    reason: str
    day: date | None = None


@dataclass(eq=False)
class NumberTaken(Refused):
    """Another letter of the year went out under this number: `follow_up` is the key under which it is on record."""

    number: str
    follow_up: str


@dataclass(eq=False)
class NoRoles(Refused):
    """`database` is a file: its permissions say who may read and write it."""

    database: str


@dataclass(eq=False)
class RightsElsewhere(Refused):
    """The database role `role` could do more than it was to be given: by `ways` (owner, groups, PUBLIC)."""

    database: str
    role: str
    ways: Sequence[str]


@dataclass(eq=False)
class RefSpent(Refused):
    """The commitment that was given `ref` was taken back: a ref is never given twice."""

    ref: str


@dataclass(eq=False)
class NothingToReverse(Refused):
    """There is no act to `asked` (undo | redo): of this actor, or on the commitment `ref`."""

    asked: str
    ref: str = ""


@dataclass(eq=False)
class ActNotReversed(Refused):
    """Act `number` cannot be `asked` (undo | redo): `reason` is undone | counts | reversal | seed.

    It is taken back already, by act `other`; it counts, so there is nothing to bring back; it is itself an undo that
    was taken back, or a redo; or it is what the curated commitments say.
    """

    asked: str
    number: int
    reason: str
    other: int | None = None


@dataclass(eq=False)
class ActInTheWay(Refused):
    """Act `number` cannot be `asked` (undo | redo) because of act `other` on `ref`.

    Its `reason` is later | uses | gone | drafted: the other one came later and said the same; it uses what this one
    added; what this one needs went with it; or it decided anew on the draft that this one took up.
    """

    asked: str
    number: int
    reason: str
    other: int
    kind: str
    actor: str
    channel: str
    recorded_at: datetime
    ref: str


@dataclass(eq=False)
class Conflict(TrackerError):
    """Somebody else was faster: exit code 5, look again."""

    exit_code = 5


@dataclass(frozen=True)
class Difference:
    """One field in which what the person saw and what is stored differ."""

    name: str
    seen: str
    stored: str


@dataclass(eq=False)
class StaleCommitment(Conflict):
    """The person decided on version `seen`; `stored` is there now. `differences` lists what has changed since."""

    ref: str
    seen: int
    stored: int
    differences: Sequence[Difference] = ()


@dataclass(eq=False)
class AskedMeanwhile(Conflict):
    """Somebody wrote to the same addressee (key `to`) about `ref` since the letter was made."""

    ref: str
    to: str


@dataclass(eq=False)
class DatabaseBusy(Conflict):
    """Another writer held the database for longer than we wait."""

    database: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where (file, then key), and the reason in the person's words or a code."""

    file: str
    key: str
    reason: str


@dataclass(eq=False)
class FileRefused(TrackerError):
    """An input file cannot be taken, and nothing of it was: exit code 6."""

    exit_code = 6
    file: str
    problems: Sequence[Problem] = field(default_factory=tuple)


@dataclass(eq=False)
class SettingMissing(TrackerError):
    """What is asked for needs these `keys` in the part `part` of the settings file. Exit code 6.

    `example` is a line as it may stand there.
    """

    exit_code = 6
    file: str
    part: str
    keys: Sequence[str]
    example: str = ""


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


@dataclass(eq=False)
class FileProblem(TrackerError):
    """A file to read or write: `reason` is missing | exists | unreadable | unwritable | not_text |
    folder | no_evidence | not_a_backup | beside (it lies under another name) | too_large | damaged | protected |
    no_text_layer | empty. Exit code 6."""

    exit_code = 6
    file: str
    reason: str
