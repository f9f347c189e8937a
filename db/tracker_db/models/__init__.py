"""The tables. Names and constraints follow one convention from the first day, so that migrations can name them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from tracker_db.models.base import Base as Base
from tracker_db.models.drafting import Draft as Draft
from tracker_db.models.drafting import ReadDocument as ReadDocument
from tracker_db.models.following import Acknowledged as Acknowledged
from tracker_db.models.following import FollowUp as FollowUp
from tracker_db.models.following import SavedView as SavedView
from tracker_db.types import CODE, FOREVER, KEY, REF, SORT_KEY


class Party(Base):
    """A state, party body, ministry, city, company or person; `sort_key` is its place in a Vietnamese list."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True)
    kind: Mapped[str] = mapped_column(CODE)
    country: Mapped[str] = mapped_column(String(2))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    name_vi: Mapped[str]
    name_en: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SORT_KEY)


class PartyAlias(Base):
    """Another name of a party, as people write it."""

    __tablename__ = "party_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]


class Document(Base):
    """A text as it was read. The text is optional: the register knows a document by its hash before it has it."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    file: Mapped[str]
    title: Mapped[str]
    publisher: Mapped[str]
    language: Mapped[str] = mapped_column(String(8))
    published: Mapped[str] = mapped_column(KEY)
    published_start: Mapped[date | None]
    published_end: Mapped[date | None]
    text: Mapped[str | None] = mapped_column(deferred=True)


class Event(Base):
    """A visit, session or anniversary; `held_on` is its date in the one spelling, with its days beside it."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True)
    kind: Mapped[str] = mapped_column(CODE)
    name_vi: Mapped[str]
    name_en: Mapped[str]
    held_on: Mapped[str] = mapped_column(KEY)
    held_start: Mapped[date | None]
    held_end: Mapped[date | None]


class EventParty(Base):
    """Who takes part in an event."""

    __tablename__ = "event_party"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)


class CommitmentState:
    """The typed columns that a commitment has on a day, now and in every earlier version."""

    ref: Mapped[str] = mapped_column(REF)
    title_vi: Mapped[str]
    title_en: Mapped[str]
    statement_vi: Mapped[str]
    statement_en: Mapped[str]
    kind: Mapped[str] = mapped_column(CODE)
    sector: Mapped[str] = mapped_column(CODE)
    instrument: Mapped[str] = mapped_column(CODE)
    strength: Mapped[str] = mapped_column(CODE)
    status: Mapped[str] = mapped_column(CODE)
    status_since: Mapped[date]
    done: Mapped[str | None] = mapped_column(KEY)
    done_start: Mapped[date | None]
    done_end: Mapped[date | None]
    review_on: Mapped[date | None]
    replaced_by: Mapped[str | None] = mapped_column(REF)
    evidence_tier: Mapped[int]
    moves: Mapped[int]
    deadline_text: Mapped[str | None]
    deadline_value: Mapped[str | None] = mapped_column(KEY)
    deadline_start: Mapped[date | None]
    deadline_end: Mapped[date | None]
    deadline_precision: Mapped[str | None] = mapped_column(CODE)
    deadline_certainty: Mapped[str | None] = mapped_column(CODE)
    baseline_text: Mapped[str | None]
    baseline_value: Mapped[str | None] = mapped_column(KEY)
    baseline_start: Mapped[date | None]
    baseline_end: Mapped[date | None]
    baseline_precision: Mapped[str | None] = mapped_column(CODE)
    baseline_certainty: Mapped[str | None] = mapped_column(CODE)
    # Copies that indexes need: open before closed, undated last, the schedule's groups, the lead.
    closed: Mapped[bool]
    stage: Mapped[str] = mapped_column(CODE)
    sort_day: Mapped[date]
    # The number of entries that made this state.
    version: Mapped[int]
    # The effective days of the first and the last of them.
    began_on: Mapped[date]
    valid_from: Mapped[date]

    @declared_attr
    def lead_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("party.id"))


# What conditions on a commitment's own columns test, beside those by which it is ordered.
TESTED_COLUMNS = (
    *("stage", "status", "sector", "lead_id", "kind", "instrument", "strength"),
    *("deadline_start", "deadline_end", "review_on", "done_start", "done_end", "valid_from", "began_on"),
)


class Commitment(CommitmentState, Base):
    """A commitment as it stands now, which is also its last version: valid from its last entry's day on."""

    __tablename__ = "commitment"
    __table_args__ = (
        # The default order, and beside it all that conditions test: pages, counts and facets are read from here alone.
        Index("ix_commitment_order", "closed", "sort_day", "ref", *TESTED_COLUMNS),
        Index("ix_commitment_lead", "stage", "lead_id", "sort_day", "ref"),
        # Of all rows: a condition on it, in each engine's words, would load both engines' drivers with the models.
        Index("ix_commitment_review", "lead_id", "review_on", "ref"),
        # The other orders.
        Index("ix_commitment_updated", "valid_from", "ref"),
        Index("ix_commitment_made", "began_on", "ref"),
        Index("ix_commitment_status", "status", "ref"),
        Index("ix_commitment_by_lead", "lead_id", "ref"),
        Index("ix_commitment_moved", "moves", "lead_id", "ref"),
        UniqueConstraint("ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)


class CommitmentVersion(CommitmentState, Base):
    """An earlier state: it held from `valid_from` to the day before `valid_to`."""

    __tablename__ = "commitment_version"
    __table_args__ = (
        # As for the present: what an earlier day is counted and ordered by stands here, with when it held.
        Index("ix_commitment_version_order", "closed", "sort_day", "ref", "valid_to", "commitment_id", *TESTED_COLUMNS),
        Index("ix_commitment_version_lead", "stage", "lead_id", "sort_day", "ref", "valid_from", "valid_to"),
        Index("ix_commitment_version_review", "lead_id", "review_on", "ref", "valid_from", "valid_to"),
        Index("ix_commitment_version_commitment", "commitment_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    valid_to: Mapped[date]


# What a commitment has on a day, by name.
STATE_COLUMNS = [
    column.key
    for column in CommitmentVersion.__table__.columns
    if column.key not in ("id", "commitment_id", "valid_to")
]


class Part:
    """A row of a commitment's list, in its place, from the day it was said to the day before it no longer was."""

    __tablename__: str

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date] = mapped_column(default=FOREVER)

    @declared_attr
    def commitment_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("commitment.id"), index=True)


class Participation(Part, Base):
    """A party's role in a commitment, and who says so."""

    __tablename__ = "participation"
    __table_args__ = (Index("ix_participation_party", "party_id", "commitment_id", "role", "valid_to", "valid_from"),)

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    role: Mapped[str] = mapped_column(CODE)
    basis: Mapped[str] = mapped_column(CODE)


class Citation(Part, Base):
    """A place in a document and what it does to the commitment."""

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_document", "document_id", "commitment_id", "valid_to", "valid_from"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    paragraph: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    role: Mapped[str] = mapped_column(CODE)


class Target(Part, Base):
    """A measured aim on a commitment."""

    __tablename__ = "target"

    figure_id: Mapped[int] = mapped_column(ForeignKey("figure.id"), index=True)
    value: Mapped[Decimal]
    by: Mapped[str] = mapped_column(KEY)


class Milestone(Part, Base):
    """A result on the way."""

    __tablename__ = "milestone"
    __table_args__ = (Index("ix_milestone_deadline", "deadline_end", "commitment_id"),)

    name_vi: Mapped[str]
    name_en: Mapped[str]
    deadline_text: Mapped[str | None]
    deadline_value: Mapped[str | None] = mapped_column(KEY)
    deadline_start: Mapped[date | None]
    deadline_end: Mapped[date | None]
    deadline_precision: Mapped[str | None] = mapped_column(CODE)
    deadline_certainty: Mapped[str | None] = mapped_column(CODE)


class Side(Part, Base):
    """Where one side of a joint commitment stands."""

    __tablename__ = "side"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    status: Mapped[str] = mapped_column(CODE)
    since: Mapped[date]
    done: Mapped[str | None] = mapped_column(KEY)


class Tag(Part, Base):
    """A word that somebody put on a commitment."""

    __tablename__ = "tag"
    __table_args__ = (Index("ix_tag_tag", "tag", "commitment_id"),)

    tag: Mapped[str] = mapped_column(KEY)


class Figure(Base):
    """A measured series."""

    __tablename__ = "figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True)
    name_vi: Mapped[str]
    name_en: Mapped[str]
    unit: Mapped[str]
    per: Mapped[str] = mapped_column(CODE)


class Reading(Base):
    """One measured value of a figure; conflicting ones stand side by side."""

    __tablename__ = "reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    figure_id: Mapped[int] = mapped_column(ForeignKey("figure.id"), index=True)
    position: Mapped[int]
    period: Mapped[str] = mapped_column(KEY)
    period_end: Mapped[date | None]
    value: Mapped[Decimal]
    qualifier: Mapped[str] = mapped_column(CODE)
    note: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    paragraph: Mapped[int | None]
    start: Mapped[int | None]
    end: Mapped[int | None]


class Act(Base):
    """What a person did, once. Never updated, never deleted (triggers). `hash` seals it and all acts before it."""

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_actor", "actor", "number"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[str] = mapped_column(CODE)
    actor: Mapped[str]
    channel: Mapped[str] = mapped_column(CODE)
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    undoes: Mapped[str | None] = mapped_column(String(36), index=True)
    hash: Mapped[str] = mapped_column(String(64))


class Entry(Base):
    """What an act said of one subject. Never updated, never deleted (triggers). `hash` chains per subject."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("subject", "ref", "position"),
        # In this order, which is that of `id`, a page of the register's history is found without reading entries.
        Index("ix_entry_act", "act_number", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_number: Mapped[int] = mapped_column(ForeignKey("act.number"))
    kind: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(CODE)
    ref: Mapped[str] = mapped_column(KEY)
    position: Mapped[int]
    effective_on: Mapped[date]
    reason: Mapped[str]
    # Canonical JSON: {"fields": {name: [before, after]}, "update": {...}}.
    changes: Mapped[str]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class StatusUpdate(Base):
    """What somebody said on where a commitment stands, in the act that said it."""

    __tablename__ = "status_update"
    __table_args__ = (Index("ix_status_update_commitment", "commitment_id", "effective_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    act_number: Mapped[int] = mapped_column(ForeignKey("act.number"), index=True)
    # Of the entry that told it.
    position: Mapped[int]
    effective_on: Mapped[date]
    status: Mapped[str] = mapped_column(CODE)
    note: Mapped[str]
    side_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    confirmed_by: Mapped[str]


class Evidence(Base):
    """What makes a status update believable."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    status_update_id: Mapped[int] = mapped_column(ForeignKey("status_update.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE)
    value: Mapped[str]
    tier: Mapped[int]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    paragraph: Mapped[int | None]
    start: Mapped[int | None]
    end: Mapped[int | None]


class Tally(Base):
    """How many commitments share what the buckets depend on, so that a report of a million counts in no time.

    `kind`: running or claimed (day: the deadline's end), review (no deadline; day: the review date), paused, or a
    closed one's schedule state (day: FOREVER). Kept by `history` in the same transaction.
    """

    __tablename__ = "tally"

    kind: Mapped[str] = mapped_column(CODE, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]
