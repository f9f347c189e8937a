"""What may be asked: frozen commands that a face fills in and a service carries out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from tracker.domain.codes import How, Instrument, Kind, Strength
from tracker.domain.register import (
    Citation,
    Evidence,
    Key,
    Name,
    Named,
    Participation,
    Party,
    Ref,
    Target,
    Text,
    Value,
    Words,
)
from tracker.domain.status import Status


class Seen(Value):
    """A commitment and the version of it that the person saw (null: the present one, whatever it is)."""

    ref: Ref
    version: int | None = None


class OnMany(Value):
    """An act on one or many commitments: one act, all of them or none."""

    commitments: tuple[Seen, ...] = Field(min_length=1)


class RecordStatus(OnMany):
    """Say where commitments stand; without a status, tell something (a note, evidence) of each as it stands."""

    status: Status | None
    note: Text = ""
    effective_on: date | None = None
    done: str | None = None
    evidence: tuple[Evidence, ...] = ()
    confirmed_by: Text = ""
    side: str | None = None
    review_on: date | None = None
    replaced_by: str | None = None


class MoveDeadline(OnMany):
    """A new agreed deadline; the baseline stays."""

    value: str
    text: Text = ""
    note: Text = ""
    source: Citation | None = None
    effective_on: date | None = None


class AddCommitment(Value):
    """A new commitment. Without a ref it takes the next number of `prefix` and the source's year."""

    ref: Ref | None = None
    prefix: str = "C"
    title: Name
    statement: Words = Words()
    kind: Kind
    sector: str = "other"
    instrument: Instrument = Instrument.OTHER
    strength: Strength = Strength.AGREED
    deadline_value: str | None = None
    deadline_text: Text = ""
    parties: tuple[Participation, ...] = ()
    sources: tuple[Citation, ...] = Field(min_length=1)
    targets: tuple[Target, ...] = ()
    tags: tuple[str, ...] = ()
    review_on: date | None = None
    effective_on: date | None = None
    note: Text = ""


class AmendCommitment(OnMany):
    """Correct the fields named in `fields` (names of `Commitment`; plain values), and what each has of its own.

    `lead` (a party; empty: none) becomes the assigned lead of each; tags come to those of each, or go from them.
    """

    fields: dict[str, Any] = Field(default_factory=dict)
    lead: str | None = None
    add_tags: tuple[Key, ...] = ()
    drop_tags: tuple[Key, ...] = ()
    note: Text = ""
    effective_on: date | None = None


class PlanFollowUp(OnMany):
    """Plan a contact or look for each. `rule` as people write a cadence, or empty.

    One that is `made` already, today, is not planned but awaits its answer.
    """

    what: Named
    how: How = How.OTHER
    to: str | None = None
    on: date
    rule: str = ""
    answer_due: date | None = None
    made: bool = False


class FinishFollowUp(Value):
    """The contact or look was made, today unless said; with its answer, or with the day on which one is due."""

    key: str
    on: date | None = None
    answer: Text = ""
    answer_due: date | None = None


class AnswerFollowUp(Value):
    """The answer came, today unless said."""

    key: str
    answer: Annotated[Text, Field(min_length=1)]
    on: date | None = None


class PutOffFollowUp(Value):
    """Another day: for the contact, or for the answer once the contact is made."""

    key: str
    on: date
    note: Text = ""


class DropFollowUp(Value):
    """It will not be made, or its answer is no longer awaited; a cadence ends with it."""

    key: str
    note: Text = ""


class SaveView(Value):
    """Keep a query with its columns, order and groups under a name; a slot that another view has becomes this one's."""

    name: str
    query: Text = ""
    columns: tuple[str, ...] = ()
    sort: str = ""
    group: str = ""
    slot: int | None = None


class AddParty(Value):
    """A new party."""

    party: Party


AMENDABLE = (
    "title",
    "statement",
    "kind",
    "sector",
    "instrument",
    "strength",
    "review_on",
    "parties",
    "sources",
    "targets",
    "milestones",
    "tags",
)
