"""The things that have a history: commitment, party, document, event, figure.

Each is one frozen value that names others by key, never by row number.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from tracker.domain.codes import Basis, CitationRole, EventKind, Instrument, Kind, PartyKind, Role, Strength
from tracker.domain.deadline import Certainty, Deadline, Period, Precision, parse_period
from tracker.domain.status import Status
from tracker.domain.text import clean
from tracker.errors import BadDate


def _spelled(value: str) -> str:
    try:
        return parse_period(value).value
    except BadDate as error:
        # A ValueError is what pydantic names with its key, and what lets it try the rest of a union.
        raise ValueError(error.reason) from None


def plain_number(number: Decimal) -> str:
    """The one spelling of a number, to its last digit: no exponent, no zeros at the end of a fraction."""
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


Text = Annotated[str, AfterValidator(clean)]
Named = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=300)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
# A ref is one unbroken word: letters, digits and hyphens.
Ref = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*-[0-9]{4}-[0-9]{3,}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PeriodValue = Annotated[str, AfterValidator(_spelled)]
# A day, a period, or that nobody said when.
DoneValue = PeriodValue | Literal["unknown"]
Sector = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=32)]
Spoken = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Qualifier = Literal["", "about", "over", "under"]
Number = Annotated[Decimal, PlainSerializer(plain_number, return_type=str)]


class Value(BaseModel):
    """A frozen value; unknown keys are refused."""

    # Built when first used: a command that only reads needs a few of these.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Words(Value):
    """The same words in Vietnamese and English; one of them may be missing, not both."""

    vi: Text = ""
    en: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, given: object) -> object:
        return {"vi": given} if isinstance(given, str) else given

    def said_in(self, language: str) -> str:
        """The words in that language, or in the other one when they are missing."""
        return (self.en or self.vi) if language == "en" else (self.vi or self.en)


def _filled(name: Words) -> Words:
    if not (name.vi or name.en):
        raise ValueError("empty")
    return name


Name = Annotated[Words, AfterValidator(_filled)]


def _read_deadline(given: object) -> object:
    """From the plain form {text, value, certainty, start, end}; start and end count only for an event's days."""
    if not isinstance(given, Mapping):
        return given
    unknown = set(given) - {"text", "value", "certainty", "start", "end", "precision"}
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)[0]}")
    value = str(given.get("value", "none"))
    start, end = (_day(given.get(edge)) for edge in ("start", "end"))
    event = Period(value, start, end, Precision.EVENT) if value.startswith("event:") else None
    certainty = Certainty(given.get("certainty") or Certainty.STATED)
    try:
        deadline = Deadline.of(value, str(given.get("text", "")), certainty, event)
    except BadDate as error:
        raise ValueError(error.reason) from None
    if deadline.end is not None and deadline.certainty is Certainty.NONE:
        raise ValueError("a dated deadline is stated, agreed or derived")
    return deadline


def _day(given: object) -> date | None:
    return given if isinstance(given, date) or given is None else date.fromisoformat(str(given))


def _plain_deadline(deadline: Deadline | None) -> dict[str, Any] | None:
    if deadline is None:
        return None
    return {
        "text": deadline.text,
        "value": deadline.value,
        "start": deadline.start.isoformat() if deadline.start else None,
        "end": deadline.end.isoformat() if deadline.end else None,
        "precision": deadline.precision.value,
        "certainty": deadline.certainty.value,
    }


DeadlineField = Annotated[
    Deadline, BeforeValidator(_read_deadline), PlainSerializer(_plain_deadline, return_type=dict | None)
]


class Participation(Value):
    """A party's role in a commitment, and who says so."""

    party: Key
    role: Role
    basis: Basis


class Span(Value):
    """A place in a document: paragraph from 1, character offsets in the decoded file, end exclusive."""

    document: Sha256
    paragraph: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must be greater than start")
        return self


class Citation(Span):
    """A place in a document and what it does to the commitment."""

    role: CitationRole = CitationRole.ORIGIN


class Target(Value):
    """A measured aim: the figure, the value to reach, and by when (a deadline's spelling, or none)."""

    figure: Key
    value: Number
    by: PeriodValue = "none"


class Milestone(Value):
    """A result on the way, with its own deadline."""

    name: Name
    deadline: DeadlineField | None = None


class Side(Value):
    """Where one side of a joint commitment stands, since when, and when its part was done."""

    party: Key
    status: Status
    since: date
    done: DoneValue | None = None


class Evidence(Value):
    """What makes a status update believable: a link, a file by its name and hash, or a place in a document.

    tier: 1 a claim or press report, 2 an official act, document or statement, 3 independent or measured.
    """

    kind: Literal["link", "file", "citation"]
    value: Text = ""
    tier: Annotated[int, Field(ge=1, le=3)] = 1
    place: Span | None = None


class Subject(Value):
    """A value with a history of its own."""

    kind_of_subject: ClassVar[str]

    @property
    @abstractmethod
    def subject_ref(self) -> str:
        """The key by which entries name it."""

    def refers_to(self) -> frozenset[tuple[str, str]]:
        """The other subjects that it needs, each by its kind and ref: while it stands, they do."""
        return frozenset()

    def plain(self) -> dict[str, Any]:
        """As JSON knows it: ISO dates, codes, decimals as text."""
        return self.model_dump(mode="json")


class Commitment(Subject):
    """A promise on record: who, to whom, what, by when, according to which source, and where it stands."""

    kind_of_subject: ClassVar[str] = "commitment"

    ref: Ref
    title: Name
    statement: Words = Words()
    kind: Kind
    sector: Sector = "other"
    instrument: Instrument = Instrument.OTHER
    strength: Strength = Strength.AGREED
    status: Status = Status.RECORDED
    status_since: date
    done: DoneValue | None = None
    review_on: date | None = None
    replaced_by: Ref | None = None
    evidence_tier: Annotated[int, Field(ge=0, le=3)] = 0
    deadline: DeadlineField | None = None
    parties: tuple[Participation, ...] = ()
    sources: tuple[Citation, ...] = ()
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    sides: tuple[Side, ...] = ()
    tags: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _one_lead(self) -> Self:
        if sum(participation.role is Role.LEAD for participation in self.parties) > 1:
            raise ValueError("one lead at most")
        pairs = [(participation.party, participation.role) for participation in self.parties]
        if len(set(pairs)) < len(pairs):
            raise ValueError("a party stands twice in the same role")
        return self

    @property
    def subject_ref(self) -> str:
        return self.ref

    def refers_to(self) -> frozenset[tuple[str, str]]:
        deadlines = (self.deadline, *(milestone.deadline for milestone in self.milestones))
        return frozenset(
            [
                *(("party", part.party) for part in self.parties),
                *(("party", side.party) for side in self.sides),
                *(("document", cited.document) for cited in self.sources),
                *(("figure", target.figure) for target in self.targets),
                *(("event", deadline.event) for deadline in deadlines if deadline and deadline.event),
                *([("commitment", self.replaced_by)] if self.replaced_by else []),
            ]
        )

    @property
    def done_period(self) -> Period | None:
        """When it was done, if it was and somebody said when."""
        return parse_period(self.done) if self.done and self.done != "unknown" else None

    def party_in(self, role: Role) -> str | None:
        """The first party in that role."""
        return next((participation.party for participation in self.parties if participation.role is role), None)


class Party(Subject):
    """A state, party body, ministry, city, company or person."""

    kind_of_subject: ClassVar[str] = "party"

    key: Key
    kind: PartyKind = PartyKind.OTHER
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    parent: Key | None = None
    name: Name
    aliases: tuple[Named, ...] = ()

    @property
    def subject_ref(self) -> str:
        return self.key

    def refers_to(self) -> frozenset[tuple[str, str]]:
        return frozenset([("party", self.parent)] if self.parent else [])


class Document(Subject):
    """A text as it was read, known by its hash; `text_added` says that the register holds the text itself."""

    kind_of_subject: ClassVar[str] = "document"

    sha256: Sha256
    file: Named
    title: Text = ""
    publisher: Text = ""
    language: Spoken = "vi"
    published: PeriodValue = "none"
    text_added: bool = False

    @property
    def subject_ref(self) -> str:
        return self.sha256

    @property
    def published_end(self) -> date | None:
        """The last day on which it can have been published."""
        return parse_period(self.published).end


class Event(Subject):
    """A visit, session or anniversary: deadlines may point at it, and "since the last meeting" counts from it."""

    kind_of_subject: ClassVar[str] = "event"

    key: Key
    kind: EventKind = EventKind.OTHER
    name: Name
    on: PeriodValue = "none"
    parties: tuple[Key, ...] = ()

    @property
    def subject_ref(self) -> str:
        return self.key

    def refers_to(self) -> frozenset[tuple[str, str]]:
        return frozenset(("party", key) for key in self.parties)


class Reading(Value):
    """One measured value of a figure, with its source. Conflicting readings stand side by side."""

    period: PeriodValue
    value: Number
    qualifier: Qualifier = ""
    note: Text = ""
    place: Span | None = None


class Figure(Subject):
    """A measured series, such as bilateral trade in USD per year."""

    kind_of_subject: ClassVar[str] = "figure"

    key: Key
    name: Name
    unit: Named
    per: Literal["year", "stock", "period"] = "year"
    readings: tuple[Reading, ...] = ()

    @property
    def subject_ref(self) -> str:
        return self.key

    def refers_to(self) -> frozenset[tuple[str, str]]:
        return frozenset(("document", reading.place.document) for reading in self.readings if reading.place)
