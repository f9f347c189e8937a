"""Delivery status: set by a person, with the reason that each one needs (domain rules, section 1A)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from tracker.errors import ChangeNotAllowed, ReasonMissing


class Status(StrEnum):
    """Where a commitment stands, as somebody said it."""

    RECORDED = "recorded"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PARTIAL = "partial"
    CLAIMED_DONE = "claimed_done"
    DELIVERED = "delivered"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    NOT_DELIVERED = "not_delivered"
    WITHDRAWN = "withdrawn"

    @property
    def closed(self) -> bool:
        """Nothing more is expected; only a status that opens it again, with a note, may follow."""
        return self in CLOSED


CLOSED = frozenset({Status.DELIVERED, Status.SUPERSEDED, Status.NOT_DELIVERED, Status.WITHDRAWN})
OPEN = frozenset(Status) - CLOSED


class Stage(StrEnum):
    """Statuses that the schedule treats alike; the first column of the indexes that reports walk."""

    RUNNING = "running"
    CLAIMED = "claimed"
    PAUSED = "paused"
    CLOSED = "closed"

    @classmethod
    def of(cls, status: Status) -> Stage:
        """The stage of a status."""
        if status.closed:
            return cls.CLOSED
        return {Status.CLAIMED_DONE: cls.CLAIMED, Status.SUSPENDED: cls.PAUSED}.get(status, cls.RUNNING)


# What a status needs, each a group of which one thing must be given.
NEEDS: dict[Status, tuple[frozenset[str], ...]] = {
    # Its source; whoever takes an assessment back says why.
    Status.RECORDED: (frozenset({"note", "evidence"}),),
    Status.NOT_STARTED: (frozenset({"note"}),),
    Status.IN_PROGRESS: (frozenset({"note", "evidence"}),),
    Status.PARTIAL: (frozenset({"evidence"}),),
    Status.CLAIMED_DONE: (frozenset({"note", "evidence"}),),
    Status.DELIVERED: (frozenset({"evidence2", "confirmed_by"}), frozenset({"done"})),
    Status.SUSPENDED: (frozenset({"note"}), frozenset({"review"})),
    Status.SUPERSEDED: (frozenset({"replaced_by"}),),
    Status.NOT_DELIVERED: (frozenset({"note"}),),
    Status.WITHDRAWN: (frozenset({"note"}),),
}


def needs(old: Status, new: Status) -> tuple[frozenset[str], ...]:
    """What must be given to go from `old` to `new`: groups of which one member is enough.

    Members: note, evidence, evidence2 (tier 2 or more), confirmed_by, done, review, replaced_by.
    """
    reopening = (frozenset({"note"}),) if old.closed and not new.closed else ()
    return reopening + tuple(group for group in NEEDS[new] if group not in reopening)


def check_change(ref: str, old: Status, new: Status, given: frozenset[str]) -> None:
    """Refuse a change that the rules do not allow or whose reason is missing.

    Raises ChangeNotAllowed (a closed one closed again) or ReasonMissing (the first group not given).
    """
    if old.closed and new.closed:
        raise ChangeNotAllowed(ref, old, new)
    for group in needs(old, new):
        if not group & given:
            raise ReasonMissing(ref, new, needs="|".join(sorted(group)))


def given_reasons(
    *,
    note: str,
    evidence_tiers: Sequence[int],
    confirmed_by: str,
    done: str | None,
    review: bool,
    replaced_by: str | None,
) -> frozenset[str]:
    """The members of `needs` that a person's answer covers."""
    answers = {
        "note": bool(note.strip()),
        "evidence": bool(evidence_tiers),
        "evidence2": any(tier >= 2 for tier in evidence_tiers),
        "confirmed_by": bool(confirmed_by.strip()),
        "done": done is not None,
        "review": review,
        "replaced_by": bool(replaced_by),
    }
    return frozenset(name for name, answered in answers.items() if answered)
