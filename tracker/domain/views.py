"""What is answered: frozen, complete, ready to be shown or written. No row and no session hides in a view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tracker.domain.deadline import Deadline
from tracker.domain.register import Words
from tracker.domain.schedule import BUCKET_OF, Schedule, band
from tracker.domain.status import Status
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.domain.agenda import FollowUpView


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party in a role on a commitment; `ours` says on which side it stands."""

    key: str
    name: Words
    role: str
    basis: str
    country: str
    ours: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A place in a document. `sentence` is filled where one commitment is shown and the text is there."""

    document: str
    sha256: str
    published: str
    paragraph: int
    start: int
    end: int
    role: str
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class TargetView:
    """A measured aim."""

    figure: str
    name: Words
    value: Decimal
    unit: str
    by: str | None


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A result on the way."""

    name: Words
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class SideView:
    """Where one side of a joint commitment stands, and since when."""

    party: str
    status: Status
    since: date
    done: str | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next, and on which day: a follow-up's words, or "review". `kind`: follow_up | answer | review."""

    what: str
    on: date
    kind: str = "review"


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """One commitment on one day."""

    ref: str
    title: Words
    statement: Words
    kind: str
    sector: str
    instrument: str
    strength: str
    status: Status
    status_since: date
    done: str | None
    schedule: Schedule
    days_overdue: int | None
    days_past_baseline: int | None
    moves: int
    deadline: Deadline | None
    baseline: Deadline | None
    review_on: date | None
    review_overdue: bool
    replaced_by: str | None
    evidence_tier: int
    last_update: date
    silent_days: int
    version: int
    parties: tuple[PartyView, ...] = ()
    sources: tuple[SourceView, ...] = ()
    targets: tuple[TargetView, ...] = ()
    milestones: tuple[MilestoneView, ...] = ()
    sides: tuple[SideView, ...] = ()
    tags: tuple[str, ...] = ()
    next: NextStep | None = None
    # The name of the event at which the deadline points.
    event: Words | None = None

    @property
    def lead(self) -> PartyView | None:
        """Who is answerable at our desk."""
        return next((party for party in self.parties if party.role == "lead"), None)

    @property
    def partners(self) -> tuple[PartyView, ...]:
        """The other side's parties, those bound or asked."""
        return tuple(party for party in self.parties if not party.ours and party.role != "lead")

    @property
    def move_of(self) -> SideView | None:
        """Whose move it is: the side that is furthest behind, once one side has been marked apart from the whole.

        An undertaker that nobody has marked stands where it stood when the whole was recorded.
        """
        if not self.sides or self.status.closed:
            return None
        unmarked = {
            party.key: SideView(party.key, Status.RECORDED, self.status_since)
            for party in self.parties
            if party.role == "undertaker"
        }
        sides = unmarked | {side.party: side for side in self.sides}
        waiting = [side for side in sides.values() if not side.status.closed]
        return min(waiting, key=lambda side: (list(Status).index(side.status), side.since), default=None)

    @property
    def band(self) -> str | None:
        """The band of its delay."""
        return band(self.days_overdue) if self.days_overdue else None

    @property
    def bucket(self) -> str:
        """The bucket that counts it."""
        return BUCKET_OF[self.schedule]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence: `value` is a link, a file's name or a document's; with a place in a document, its span."""

    kind: str
    value: str
    tier: int
    paragraph: int | None = None
    sentence: str | None = None
    sha256: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class StatusUpdateView:
    """What somebody said on where it stands."""

    effective_on: date
    status: Status
    note: str
    side: str | None
    confirmed_by: str
    actor: str
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of history: the fields that changed, each with its plain value before and after.

    `names` are those of the parties and documents that the values name by key, and of the document it is about.
    """

    number: int
    act: str
    kind: str
    subject: str
    ref: str
    position: int
    actor: str
    channel: str
    recorded_at: datetime
    effective_on: date
    reason: str
    changes: Mapping[str, tuple[Any, Any]]
    undoes: str | None
    hash: str
    # The numbers of the act that its act takes back, and of the undo in force that takes its act back.
    takes_back: int | None = None
    taken_back_by: int | None = None
    names: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActView:
    """An act, with the refs of all that it changed, in its order."""

    number: int
    id: str
    kind: str
    actor: str
    channel: str
    recorded_at: datetime
    refs: tuple[str, ...]
    undoes: str | None
    # The files of the first documents among them.
    names: Mapping[str, Words] = field(default_factory=dict)
    # Where somebody is to decide on it: the first of its entries, and what their commitments are called.
    entries: tuple[EntryView, ...] = ()
    titles: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommitmentDetail:
    """One commitment, whole: the view, its sentences, its status updates and its history, newest first."""

    commitment: CommitmentView
    updates: tuple[StatusUpdateView, ...]
    entries: tuple[EntryView, ...]
    figures: tuple[FigureView, ...]
    follow_ups: tuple[FollowUpView, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document; `text` is filled only where one is shown."""

    sha256: str
    file: str
    title: str
    publisher: str
    language: str
    published: str
    text_added: bool
    commitments: int = 0
    text: str | None = None


@dataclass(frozen=True, slots=True)
class CitedView:
    """A place in a document from which a commitment is taken: what the text is lit with."""

    ref: str
    title: Words
    role: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PartyListing:
    """A party as a list shows it."""

    key: str
    name: Words
    kind: str
    country: str
    parent: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """An event; `deadlines` counts the commitments that point at it."""

    key: str
    kind: str
    name: Words
    on: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One measured value with its source."""

    period: str
    value: Decimal
    qualifier: str
    note: str
    document: str | None
    paragraph: int | None
    sha256: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class AimView:
    """A target as a figure knows it: the commitment that sets it, the value, and by when."""

    ref: str
    title: Words
    value: Decimal
    by: str | None


@dataclass(frozen=True, slots=True)
class FigureView:
    """A series with its readings, oldest period first, and the targets set on it."""

    key: str
    name: Words
    unit: str
    per: str
    readings: tuple[ReadingView, ...]
    targets: tuple[AimView, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value as the query language takes it after the facet's name, a party's or document's name, and how many."""

    value: str
    name: Words | None
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What a query may be narrowed by: its values, most first, and how many `more` there are."""

    name: str
    values: tuple[FacetValue, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a list: `query` is the whole query that finds it, and `count` how many it finds."""

    key: str
    name: Words | None
    query: str
    count: int
    sort: str = "deadline"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since an act: the number of the last one, whom it touched (None: too many) and who did it."""

    number: int
    refs: frozenset[str] | None = frozenset()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the commitments as they are now, its number, and remarks that a person should see."""

    act: str
    number: int
    commitments: tuple[CommitmentView, ...] = ()
    remarks: tuple[Remark, ...] = ()
    follow_ups: tuple[FollowUpView, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would do: the refs that it would change, and those that it would refuse, each with the reason.

    `titles` are those of all that there are.
    """

    will: tuple[str, ...] = ()
    refused: tuple[tuple[str, TrackerError], ...] = ()
    titles: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth saying beside an answer: `code` with its facts, worded by `render.remark`."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
