"""Drafts that a person looks through: a document with its drafts, and what was decided on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.commands import AddCommitment, RecordStatus
from tracker.domain.register import Words
from tracker.domain.views import CommitmentView
from tracker.reading.drafts import Draft

# Amounts, each with the name of the figure that it is aimed at; None when no figure on record is meant.
Aims = Mapping[str, Words | None]
OPEN, ACCEPTED, MERGED, REJECTED = "open", "accepted", "merged", "rejected"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft under review. `decision` is open, accepted, merged or rejected; `ref` the commitment it went into.

    `act` is the act that put it there: once that is taken back, the draft is open again.
    """

    number: int
    file: str
    sha256: str
    decision: str
    reason: str
    ref: str | None
    draft: Draft
    act: str | None = None

    @property
    def start(self) -> int:
        """Where its sentence begins in the text."""
        return self.draft.start

    @property
    def end(self) -> int:
        """Where its sentence ends."""
        return self.draft.end


@dataclass(frozen=True, slots=True)
class UnderReview:
    """A document that was read, with how many drafts it has and how many of them are decided."""

    sha256: str
    file: str
    publisher: str
    published: str
    kind: str
    drafts: int
    decided: int


@dataclass(frozen=True, slots=True)
class Review:
    """A document to look through: its text, its drafts in their order, and the commitments that they are like.

    `aims` tell which figures the amounts of the drafts that wait are aimed at, by draft.
    """

    document: UnderReview
    text: str
    drafts: tuple[KeptDraft, ...]
    known: Mapping[str, CommitmentView]
    aims: Mapping[int, Aims]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The commitment that a draft would become, with its parties' names, and those whom the register does not know.

    `mark` is what it proposes instead when it reports on a commitment.
    """

    kept: KeptDraft
    command: AddCommitment
    names: Mapping[str, Words]
    unknown: tuple[str, ...]
    aims: Aims
    mark: RecordStatus | None = None
