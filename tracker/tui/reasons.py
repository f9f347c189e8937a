"""What a person has typed to mark a commitment, and what it amounts to: read here, carried out by the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.deadline import read_day, read_done
from tracker.domain.register import Evidence
from tracker.domain.status import Status, given_reasons, needs
from tracker.domain.views import CommitmentView, PartyView
from tracker.i18n import language

# Tier 0 says that there is no evidence: nobody gives that.
TIERS = (1, 2, 3)
# Statuses that need no evidence and may have some.
WITH_EVIDENCE = frozenset({Status.SUSPENDED, Status.NOT_DELIVERED, Status.WITHDRAWN})
SIDE_ROLES = ("undertaker", "counterpart")


@dataclass(frozen=True, slots=True)
class Answers:
    """The form as typed: every text exactly as it stands there."""

    status: Status
    note: str = ""
    effective: str = ""
    evidence: str = ""
    tier: int = 1
    confirmed_by: str = ""
    done: str = ""
    review: str = ""
    replaced_by: str = ""
    side: str | None = None

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Answers:
        """The answers from the texts of the form's fields; a field that is not asked for has none."""
        texts = {name: text for name, text in typed.items() if name not in ("status", "tier", "side")}
        return cls(Status(typed["status"]), tier=int(typed.get("tier", "1")), side=typed.get("side") or None, **texts)

    def missing(self, before: Status) -> tuple[frozenset[str], ...]:
        """The groups of reasons, of which one member is enough, that this change still needs."""
        given = given_reasons(
            note=self.note,
            evidence_tiers=(self.tier,) if self.evidence.strip() else (),
            confirmed_by=self.confirmed_by,
            done=self.done.strip() or None,
            review=bool(self.review.strip()),
            replaced_by=self.replaced_by.strip() or None,
        )
        return tuple(group for group in needs(before, self.status) if not group & given)

    def command(self, commitments: tuple[Seen, ...], evidence: tuple[Evidence, ...]) -> RecordStatus:
        """The command. Raises BadDate."""
        return RecordStatus(
            commitments=commitments,
            status=self.status,
            note=self.note,
            effective_on=day_typed(self.effective),
            done=done_typed(self.done),
            evidence=evidence,
            confirmed_by=self.confirmed_by,
            side=self.side,
            review_on=day_typed(self.review),
            replaced_by=self.replaced_by.strip().upper() or None,
        )


def day_typed(text: str) -> date | None:
    """A day, or None when nothing was typed. Raises BadDate."""
    return read_day(text, language()) if text.strip() else None


def done_typed(text: str) -> str | None:
    """When it was done, in the one spelling; "unknown" in either language. Raises BadDate."""
    return read_done(text, language()) if text.strip() else None


def asked_for(before: Status, after: Status) -> frozenset[str]:
    """The fields the form shows for this change, beside note and effective day, which it always shows."""
    asked = frozenset(member for group in needs(before, after) for member in group)
    return asked | {"evidence"} if after in WITH_EVIDENCE else asked


def sides_of(commitment: CommitmentView) -> tuple[PartyView, ...]:
    """The parties that can be marked apart: those that undertook it and those it was undertaken to."""
    return tuple({each.key: each for each in commitment.parties if each.role in SIDE_ROLES}.values())


def stood(commitment: CommitmentView, side: str | None) -> Status:
    """Where it stands now: the whole, or one side, which is newly recorded until somebody says otherwise."""
    if side is None:
        return commitment.status
    return next((each.status for each in commitment.sides if each.party == side), Status.RECORDED)


def open_to(before: Status) -> tuple[Status, ...]:
    """The statuses that may follow: a closed commitment is only opened again."""
    return tuple(status for status in Status if not (before.closed and status.closed))
