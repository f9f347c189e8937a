"""Letters that ask how promises stand: to the lead at home, or to the counterpart abroad. One for each addressee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.agenda import FollowUpView
from tracker.domain.codes import Role
from tracker.domain.letterhead import Letterhead
from tracker.domain.schedule import Schedule
from tracker.domain.views import CommitmentView, DocumentView, PartyListing, PartyView, SourceView


class LetterKind(StrEnum):
    """A công văn to whoever leads; a note verbale to whoever is asked on the other side."""

    URGING = "urging"
    NOTE = "note"


# What is asked for in the same words stands together. Of a review the delay is our own desk's, never the addressee's.
GROUPS = ("overdue", "late_claim", "review_due", "open")
# Where no refs are given, a letter asks for these. What is openly paused is left in peace.
MOVING = (Schedule.OVERDUE, Schedule.LATE_CLAIM, Schedule.REVIEW_DUE, Schedule.DUE_SOON)


def group_of(schedule: Schedule) -> str:
    """In whose words a commitment in that state is asked for: one of `GROUPS`."""
    return schedule.value if schedule.value in GROUPS else "open"


@dataclass(frozen=True, slots=True)
class Asked:
    """A commitment in a letter.

    `party` is the addressee in its role, with the basis; `said_in` where the promise says so. `before` is the last
    letter to the same addressee about it, when its answer is late.
    """

    commitment: CommitmentView
    party: PartyView
    said_in: tuple[tuple[SourceView, DocumentView], ...]
    before: FollowUpView | None = None

    @property
    def group(self) -> str:
        """In whose words it is asked for."""
        return group_of(self.commitment.schedule)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one addressee. `number` is what the clerks gave, if they gave one yet."""

    kind: LetterKind
    to: PartyListing
    asked: tuple[Asked, ...]
    on: date
    answer_due: date
    number: int | None = None

    @property
    def groups(self) -> Mapping[str, tuple[Asked, ...]]:
        """What is asked for, by `GROUPS`; those with nothing in them are not there."""
        found = {name: tuple(each for each in self.asked if each.group == name) for name in GROUPS}
        return {name: asked for name, asked in found.items() if asked}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A commitment that is in no letter: `reason` is nobody (to ask) | waiting (for the answer of `before`)."""

    ref: str
    reason: str
    before: FollowUpView | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """The letters, in the order of the addressees' first commitments, and what is in none of them."""

    letters: tuple[Letter, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What letters are asked for: these commitments; or else what a query finds that is late or due soon.

    `again` also asks where an answer is awaited already.
    """

    kind: LetterKind
    on: date
    answer_due: date
    refs: tuple[str, ...] = ()
    query: str = ""
    lead: str | None = None
    partner: str | None = None
    number: int | None = None
    again: bool = False


# What a letter cannot do without, of the part [letter] of the settings.
NEEDED = {
    LetterKind.URGING: ("issuer", "place", "number", "office"),
    LetterKind.NOTE: ("sender", "place", "number"),
}


def lacking(head: Letterhead, kind: LetterKind) -> tuple[str, ...]:
    """The settings that a letter of that kind still needs, by their keys."""
    return tuple(key for key in NEEDED[kind] if not getattr(head, key))


def addressees(view: CommitmentView, kind: LetterKind) -> tuple[PartyView, ...]:
    """Whom a letter about it goes to: its one lead, or all counterparts of the other side."""
    if kind is LetterKind.URGING:
        return (view.lead,) if view.lead else ()
    return tuple(party for party in view.parties if party.role == Role.COUNTERPART and not party.ours)


@dataclass(slots=True)
class Sorting:
    """Gathers what is asked by addressee."""

    wanted: Wanted
    _asked: dict[str, list[Asked]] = field(default_factory=dict)
    _left_out: list[LeftOut] = field(default_factory=list)

    def add(
        self,
        view: CommitmentView,
        parties: Iterable[PartyView],
        said_in: tuple[tuple[SourceView, DocumentView], ...],
        letters: Mapping[tuple[str, str], FollowUpView],
    ) -> None:
        """Put a commitment into the letters to these; `letters` are those sent and unanswered, by ref and addressee."""
        parties = tuple(parties)
        if not parties:
            self._left_out.append(LeftOut(view.ref, "nobody"))
        for party in parties:
            before = letters.get((view.ref, party.key))
            if before and before.answer_due and before.answer_due >= self.wanted.on and not self.wanted.again:
                self._left_out.append(LeftOut(view.ref, "waiting", before))
            else:
                self._asked.setdefault(party.key, []).append(Asked(view, party, said_in, before))

    def post(self, directory: Mapping[str, PartyListing]) -> Post:
        """The letters."""
        wanted = self.wanted
        letters = (
            Letter(wanted.kind, directory[key], tuple(asked), wanted.on, wanted.answer_due, wanted.number)
            for key, asked in self._asked.items()
        )
        return Post(tuple(letters), tuple(self._left_out))
