"""What the reports answer beside the overdue one: frozen, with rows that stream while the register is being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from tracker.domain.agenda import FollowUpView
from tracker.domain.lateness import Counts
from tracker.domain.pace import Outlook
from tracker.domain.register import Commitment, Words
from tracker.domain.schedule import BUCKETS
from tracker.domain.views import CommitmentView, EventView, EvidenceView, FigureView, MilestoneView, SourceView

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which day, of what and of whom a report is, and the anchor that closes it. At most `limit` rows in a part."""

    as_of: date
    anchor: str
    query: str = ""
    lead: Words | None = None
    partner: Words | None = None
    limit: int | None = None


@dataclass(frozen=True)
class Part(Generic[T]):
    """A part of a report: how many there are, and the rows, which may be read once.

    `query` finds the same ones, where the query language can say it.
    """

    size: int = 0
    rows: Iterable[T] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneDue:
    """A milestone of an open commitment, with its last day."""

    commitment: CommitmentView
    milestone: MilestoneView
    on: date


@dataclass(frozen=True, slots=True)
class DueReport:
    """What ends from the day on until `until`, by day; and when our own desk is to look again."""

    scope: Scope
    days: int
    until: date
    commitments: Part[CommitmentView] = field(default_factory=Part)
    milestones: Part[MilestoneDue] = field(default_factory=Part)
    reviews: Part[CommitmentView] = field(default_factory=Part)


# The latest dated event of these kinds is "the last meeting"; an anniversary or a thematic year is none.
MEETINGS = ("visit", "session", "ceremony", "other")
LAST_MEETING = "last-meeting"


@dataclass(frozen=True, slots=True)
class Happening:
    """What an act that counts did to a commitment on a day, with the state before it and after it.

    `late`: it was recorded on a later day than the one it is told of. A curated source stands under its own day and
    is never late.
    """

    kind: str
    on: date
    recorded_on: date
    late: bool
    actor: str
    note: str
    commitment: CommitmentView
    before: Commitment | None
    after: Commitment
    side: Words | None = None
    confirmed_by: str = ""
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceCame:
    """A piece of evidence, told with a status update of that day."""

    on: date
    commitment: CommitmentView
    note: str
    evidence: EvidenceView


@dataclass(frozen=True, slots=True)
class AnswerCame:
    """The answer to a follow-up."""

    on: date
    commitment: CommitmentView
    follow_up: FollowUpView


HAPPENINGS = ("added", "moved", "marked", "amended")


@dataclass(frozen=True, slots=True)
class ChangesReport:
    """What happened from `since` on until the day, both counted; `event` is the meeting from which it counts."""

    scope: Scope
    since: date
    event: EventView | None
    told: Mapping[str, Part[Happening]]
    overdue: Part[CommitmentView]
    evidence: Part[EvidenceCame]
    answers: Part[AnswerCame]


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A figure against one target that a commitment sets. The figure has its readings, and no other targets."""

    commitment: CommitmentView
    figure: FigureView
    value: Decimal
    by: str | None
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class FollowUpAwaited:
    """A follow-up of which something is awaited, with the commitment that it is about."""

    commitment: CommitmentView
    follow_up: FollowUpView


# So many rows of a section fit on the one page of a brief.
BRIEF = 5
# Whose an open commitment is, and which sides have undertaken it, ours and the other: each stands in exactly one.
SIDES_OF = {
    "ours": ("is:open side:home -side:counterpart", (True, False)),
    "theirs": ("is:open side:counterpart -side:home", (False, True)),
    "joint": ("is:open side:joint", (True, True)),
    "nobody": ("is:open -side:home -side:counterpart", (False, False)),
}


@dataclass(frozen=True, slots=True)
class BriefReport:
    """What stands between us and a partner: by whom it is owed, and what of it needs a word at the meeting.

    `event` is the meeting that is prepared, `last` the one before it. `by_event`: what falls due until `event`.
    """

    scope: Scope
    event: EventView | None
    last: EventView | None
    since: date | None
    owed: Mapping[str, Part[CommitmentView]]
    overdue: Part[CommitmentView]
    by_event: Part[CommitmentView] | None
    ready: Part[CommitmentView]
    targets: Part[TargetStanding]
    follow_ups: Part[FollowUpAwaited]


# So many different targets have a chart.
CHARTED = 12


@dataclass(frozen=True, slots=True)
class TargetsReport:
    """Each figure against each target; `different` are the first targets that are not the same, for charts."""

    scope: Scope
    targets: Part[TargetStanding]
    different: tuple[tuple[FigureView, Decimal, str | None, Outlook], ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A commitment whose deadline was moved: how far (None: one of the two has no end), and by what the last time."""

    commitment: CommitmentView
    days: int | None
    moved_on: date | None
    note: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class SlipSum:
    """What a party's commitments add up to: how many were moved, how often, by how many days."""

    key: str
    name: Words | None
    commitments: int
    moves: int
    days: int


@dataclass(frozen=True, slots=True)
class SlippageReport:
    """Everything that was moved, the furthest first, and what it adds up to: in all, by lead, by partner."""

    scope: Scope
    total: SlipSum
    moved: Part[Slip]
    leads: Part[SlipSum]
    partners: Part[SlipSum]


@dataclass(frozen=True, slots=True)
class Tallied:
    """Counts of one day: by the key of the lead, by the period in which the deadline ends, by grade of each scale."""

    leads: Mapping[str, Counts]
    periods: Mapping[str, Counts]
    scales: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> Counts:
        """All of it: what the leads add up to."""
        buckets = dict.fromkeys(BUCKETS, 0)
        for counts in self.leads.values():
            for bucket, number in counts.buckets.items():
                buckets[bucket] += number
        return Counts(buckets)


@dataclass(frozen=True, slots=True)
class Score:
    """A lead or a period (its key; `none` for what has none) with its buckets, now and before."""

    key: str
    name: Words | None
    counts: Counts
    before: Counts


@dataclass(frozen=True, slots=True)
class Grade:
    """How many commitments a scale would give a grade, of how many."""

    scale: str
    grade: str
    count: int
    total: int


# The four numbers that a Vietnamese office reports on what it was asked to do; the other buckets stand beside them.
FOUR = ("done_on_time", "done_late", "open_within", "open_overdue")


@dataclass(frozen=True, slots=True)
class ScorecardReport:
    """The buckets of a day, and of an earlier day; the same by lead and by period; and translated scales."""

    scope: Scope
    by: str
    before_day: date
    total: Counts
    before: Counts
    leads: Part[Score]
    periods: Part[Score]
    grades: Part[Grade]


# Where an open commitment stands in the plan of a year: each in exactly one place. The first three are listed.
PLANNED = ("carried_over", "within", "standing", "later", "undated")


@dataclass(frozen=True, slots=True)
class PlanReport:
    """The plan of a year, by lead: what is carried over into it, what falls in it, what stands without an end.

    `send_by` is the day by which it is to be sent (Law on International Agreements 70/2020/QH14, article 42).
    """

    scope: Scope
    year: int
    send_by: date
    counts: Mapping[str, int]
    parts: Mapping[str, Part[CommitmentView]]
    milestones: Part[MilestoneDue]
