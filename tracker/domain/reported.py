"""What the reports answer beside the overdue one: frozen, with rows that stream while the register is being read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from tracker.domain.register import Words
from tracker.domain.views import CommitmentView, MilestoneView

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
