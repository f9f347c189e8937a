"""What reading a document gives: the draft commitments, and the text's other sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.deadline import Deadline
from tracker.reading.likeness import Likeness

# Whose side a text is read from, unless it is said otherwise.
HOME = "Việt Nam"


@dataclass(frozen=True, slots=True)
class Target:
    """An amount to reach, with the words it was read from."""

    text: str
    value: Decimal | None
    unit: str
    bound: str | None = None
    per: str | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment that a document seems to make: characters `start` to `end` of the text as read.

    `confidence` is between 0 and 1; `why` names the cues; `basis` says where the owners come from. `page` is that of
    the original, if it has pages. With a `status` the sentence makes no commitment but reports that one on record,
    the first of those `similar`, stands so.
    """

    start: int
    end: int
    paragraph: int
    sentence: str
    title: str
    owners: tuple[str, ...]
    counterparts: tuple[str, ...]
    basis: str
    deadline: Deadline | None
    targets: tuple[Target, ...]
    strength: str
    confidence: float
    why: tuple[str, ...]
    similar: tuple[Likeness, ...] = ()
    page: int | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Drafting:
    """What was read: the kind and language of a text of that day, its two sides, the drafts, its other sentences.

    `others` are (start, end, sentence): what promises nothing may still report on a promise.
    """

    published: date
    kind: str
    language: str
    home: str
    sides: tuple[str, ...]
    drafts: tuple[Draft, ...]
    others: tuple[tuple[int, int, str], ...]
