"""What is answered about following up: follow-ups, the agenda and its digests, saved views. Frozen, as all views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.register import Words
from tracker.domain.views import CommitmentView, EntryView, PartyListing

LINES = ("follow_up", "answer", "review", "deadline", "overdue")


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A planned contact or look on one day. `state`: planned | due | waiting | answer_late | closed."""

    key: str
    ref: str
    title: Words
    what: str
    how: str
    to: PartyListing | None
    on: date
    rule: str
    answer_due: date | None
    done_on: date | None
    answer: str
    answered_on: date | None
    dropped: bool
    state: str


@dataclass(frozen=True, slots=True)
class FollowUpDetail:
    """One follow-up with its history, newest first."""

    follow_up: FollowUpView
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """What is to be done on a day. `kind`: follow_up | answer | review | deadline | overdue; `band` of its delay."""

    kind: str
    on: date
    band: str
    commitment: CommitmentView
    follow_up: FollowUpView | None = None

    @property
    def subject_ref(self) -> str:
        """The key of the follow-up, or the ref of the commitment."""
        return self.follow_up.key if self.follow_up else self.commitment.ref


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due by `as_of` and until `until`, oldest first. What has long been late is counted, not listed.

    `counts` has overdue and review: all that are late with a deadline or a house review. `cut` names the kinds of
    which there are more lines than these.
    """

    as_of: date
    until: date
    lines: tuple[AgendaLine, ...]
    counts: Mapping[str, int]
    cut: frozenset[str] = frozenset()
    # The part of a query that finds what belongs to this lead.
    query: str = ""

    @property
    def days(self) -> tuple[tuple[date | None, tuple[AgendaLine, ...]], ...]:
        """The lines by day; before all days, under None, what was due before `as_of`."""
        found: dict[date | None, list[AgendaLine]] = {}
        for line in self.lines:
            found.setdefault(line.on if line.on >= self.as_of else None, []).append(line)
        return tuple((day, tuple(lines)) for day, lines in found.items())


@dataclass(frozen=True, slots=True)
class Digest:
    """What one lead (none: nobody leads it) has not yet acknowledged of the agenda."""

    lead: PartyListing | None
    agenda: Agenda


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query with its columns, order (a minus before it: the other way round) and groups, under a name."""

    key: str
    name: str
    query: str
    columns: tuple[str, ...]
    sort: str
    group: str
    slot: int | None
