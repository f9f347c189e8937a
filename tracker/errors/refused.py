"""An act that the rules of the house, or somebody who was faster, do not allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.errors.root import TrackerError


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
class ReportNotMerged(Refused):
    """The draft `number` reports that `ref` has `status`: accepting it marks that commitment, merging would not."""

    number: str
    status: str
    ref: str


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
class ServersRole(Refused):
    """The database role `role` is one that PostgreSQL brings: its rights are the server's administrator's to give."""

    role: str


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
