"""What may be asked: frozen commands that a face fills in and a service carries out."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from tracker.domain.codes import Instrument, Kind, Strength
from tracker.domain.register import Citation, Evidence, Name, Participation, Party, Ref, Target, Text, Value, Words
from tracker.domain.status import Status


class Seen(Value):
    """A commitment and the version of it that the person saw (null: the present one, whatever it is)."""

    ref: Ref
    version: int | None = None


class RecordStatus(Value):
    """Mark one or many commitments: one act, all of them or none."""

    commitments: tuple[Seen, ...] = Field(min_length=1)
    status: Status
    note: Text = ""
    effective_on: date | None = None
    done: str | None = None
    evidence: tuple[Evidence, ...] = ()
    confirmed_by: Text = ""
    side: str | None = None
    review_on: date | None = None
    replaced_by: str | None = None


class MoveDeadline(Value):
    """A new agreed deadline; the baseline stays."""

    commitment: Seen
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


class AmendCommitment(Value):
    """Correct the fields named in `fields` (names of `Commitment`; plain values)."""

    commitment: Seen
    fields: dict[str, Any]
    note: Text = ""
    effective_on: date | None = None


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
