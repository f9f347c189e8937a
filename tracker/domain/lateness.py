"""What the overdue report answers: how many stand where, what is late, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from tracker.domain.register import Words
from tracker.domain.schedule import BUCKETS
from tracker.domain.views import CommitmentView

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many fall into each bucket; they add up to the total."""

    buckets: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(BUCKETS, 0))

    @property
    def total(self) -> int:
        """The sum of the buckets."""
        return sum(self.buckets.values())


# By what the overdue report may be put together.
OVERDUE_BY = ("lead", "partner", "sector")


@dataclass(frozen=True, slots=True)
class Placed:
    """A commitment under one heading: a party's key and name, a sector's code; `none` where there is nothing."""

    commitment: CommitmentView
    under: str
    name: Words | None = None


SECTIONS = ("overdue", "late_claim", "paused", "review_due", "due_soon")


@dataclass(frozen=True, slots=True)
class Asked(Iterable[T]):
    """What is asked for when somebody reads it, and anew each time."""

    ask: Callable[[], Iterable[T]]

    def __iter__(self) -> Iterator[T]:
        return iter(self.ask())


@dataclass(frozen=True, slots=True)
class LeadLateness:
    """How many of a lead's commitments are overdue, by band; `lead` is None for those without one."""

    lead: Words | None
    bands: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.bands.values())


@dataclass(frozen=True, slots=True)
class OverdueReport:
    """The overdue report: counts first, then five sections, each by lead and then by deadline.

    `late` counts the overdue by lead and band, `soonest` are the next deadlines.
    All of these come from the database as they are read; they may be read again while the report is open.
    """

    as_of: date
    soon_days: int
    counts: Counts
    sizes: Mapping[str, int]
    sections: Mapping[str, Iterable[CommitmentView]]
    anchor: str
    late: Iterable[LeadLateness] = ()
    soonest: Iterable[CommitmentView] = ()
    query: str = ""
    lead: Words | None = None
    partner: Words | None = None
    limit: int | None = None
    by: str = "lead"
    # The same rows under partners or sectors, when it is by those; one with several partners stands under each.
    placed: Mapping[str, Iterator[Placed]] = field(default_factory=dict)

    def rows(self, section: str) -> Iterator[CommitmentView]:
        """The commitments of a section, in the order of every format."""
        return iter(self.sections[section])
