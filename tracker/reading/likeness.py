"""Which commitments on record a sentence may be about: it proposes, with reasons, and never decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from math import log, sqrt

from tracker.domain.codes import Strength
from tracker.domain.text import fold, folded_words
from tracker.reading import rules
from tracker.reading.spelling import Lexicon, lexicon, shadow, words

# On the curated commitments, rewordings of one of them lie above this and different ones below.
LEAST = 0.3
LEAST_FOR_REPORTS = 0.25
# A report is on each commitment that it is like by so much of the most.
ABOUT_AS_ALIKE = 0.85
MOST = 3
# So many words in a row, but one of them rare, make a name ("cao tốc Hà Nội - Vientiane"); in few texts on record.
LONG_NAME = 5
FEW = 3
_HEAVIEST_FIRST = tuple(strength.value for strength in Strength)


@dataclass(frozen=True, slots=True)
class Known:
    """A commitment on record, as far as likeness goes: `texts` are one in each language.

    `places` are its citations: hash, first and last character. `since` is the day that its source is of.
    """

    ref: str
    texts: tuple[str, ...]
    parties: tuple[str, ...]
    strength: str
    end: date | None
    amounts: frozenset[tuple[Decimal, str]]
    places: tuple[tuple[str, int, int], ...] = ()
    since: date | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is compared with the record: a draft's sentence and what was read in it."""

    text: str
    partners: tuple[str, ...] = ()
    strength: str = ""
    end: date | None = None
    amounts: frozenset[tuple[Decimal, str]] = frozenset()
    place: tuple[str, int, int] = ("", 0, 0)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A commitment that may be meant: how alike (0 to 1), same | stronger | weaker | moved, and why.

    The reasons: place (the same sentence is its source), target, deadline, name (of a project or event), wording.
    """

    ref: str
    score: float
    relation: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedUpdate:
    """A sentence that reports on a commitment on record, and the status that a person may give it for that."""

    start: int
    end: int
    sentence: str
    like: Likeness
    status: str


@cache
def _common() -> tuple[frozenset[str], float]:
    data = rules.likeness()["common"]
    return frozenset(fold(word) for word in data["words"]), data["weight"]


@cache
def _reports() -> Lexicon[str]:
    return lexicon(rules.likeness()["reports"])


def reported_status(sentence: str) -> str | None:
    """The status that a sentence reports (delivered, partial, in_progress), or None."""
    text = shadow(sentence).text
    found = [phrase.means for phrase in _reports().find(text, words(text))]
    return next((status for status in ("delivered", "partial", "in_progress") if status in found), None)


class Record:
    """The commitments on record, ready to be compared with: words and pairs of words, the rare ones heavier."""

    def __init__(self, known: Iterable[Known], background: Iterable[str] = ()) -> None:
        """`background` are texts of the same kind: few commitments alone do not tell which words are rare."""
        self._known = list(known)
        self._by_ref = {one.ref: one for one in self._known}
        counted = [(number, Counter(_terms(text))) for number, one in enumerate(self._known) for text in one.texts]
        beside = [Counter(_terms(text)) for text in background]
        self._texts = len(self._known) + len(beside) + 1
        self._documents = Counter(term for terms in (*(terms for _, terms in counted), *beside) for term in terms)
        self._vectors = [(number, self._weighed(terms)) for number, terms in counted]
        self._places: dict[str, list[int]] = {}
        for place, (_, vector) in enumerate(self._vectors):
            for term in vector:
                self._places.setdefault(term, []).append(place)

    def like(self, claim: Claim) -> tuple[Likeness, ...]:
        """Those taken from the same place, then at most three alike, best first; none without one of the partners."""
        return self._like(claim, LEAST, by_name=True)

    def reported(self, claim: Claim, status: str, published: date) -> tuple[Likeness, ...]:
        """Those that a report of a status may be on, about as alike as the best: one may be on several.

        A name alone is not enough: news names what it does not report on. What was promised later is not meant, and
        what stands so already is no news.
        """

        def is_news(one: Known) -> bool:
            return (one.since or published) <= published and one.status != status

        alike = self._like(claim, LEAST_FOR_REPORTS, by_name=False)
        found = [like for like in alike if is_news(self._by_ref[like.ref])]
        return tuple(like for like in found if like.score >= ABOUT_AS_ALIKE * found[0].score)

    def _like(self, claim: Claim, least: float, *, by_name: bool) -> tuple[Likeness, ...]:
        vector = self._weighed(Counter(_terms(claim.text)))
        products: dict[int, float] = {}
        for term, weight in vector.items():
            for place in self._places.get(term, ()):
                products[place] = products.get(place, 0.0) + weight * self._vectors[place][1][term]
        scores: dict[int, float] = {}
        for place, product in products.items():
            number = self._vectors[place][0]
            scores[number] = max(scores.get(number, 0.0), product)
        found = []
        for number, one in enumerate(self._known):
            score = scores.get(number, 0.0)
            because = self._because(one, claim, score, least, by_name)
            if because and (because[0] == "place" or self._concerns(one, claim.partners)):
                # A name is wording, too.
                more = len(set(because) - {"name"}) - 1
                sure = 1.0 if because[0] == "place" else min(0.99, score + 0.2 * max(more, 0))
                found.append(Likeness(one.ref, round(sure, 2), relation(one, claim), because))
        found.sort(key=lambda like: (-like.score, like.ref))
        placed = sum(like.because[0] == "place" for like in found)
        return tuple(found[: placed + MOST])

    def _because(self, one: Known, claim: Claim, score: float, least: float, by_name: bool) -> tuple[str, ...]:
        document, start, end = claim.place
        reasons = []
        if any(sha == document and first < end and start < last for sha, first, last in one.places):
            reasons.append("place")
        if claim.amounts & one.amounts and score >= least / 3:
            reasons.append("target")
        if claim.end is not None and claim.end == one.end and score >= least / 2:
            reasons.append("deadline")
        if by_name and score >= least * 2 / 3 and any(self._share_a_name(text, claim.text) for text in one.texts):
            reasons.append("name")
        if score >= least:
            reasons.append("wording")
        # The same day alone says nothing.
        return () if reasons == ["deadline"] else tuple(reasons)

    def _share_a_name(self, text: str, other: str) -> bool:
        """Whether both call something by one long name, a project or an event, that stands in few commitments."""
        common, _ = _common()
        said = f" {' '.join(_words(other))} "
        for run in _runs(_words(text), LONG_NAME):
            own = [word for word in run if word not in common]
            if len(own) >= LONG_NAME - 1 and f" {' '.join(run)} " in said:
                pairs = [f"{one} {two}" for one, two in pairwise(run)]
                if min(self._documents[pair] for pair in pairs) <= FEW:
                    return True
        return False

    @staticmethod
    def _concerns(one: Known, partners: Sequence[str]) -> bool:
        if not partners:
            return True
        whom = f" {folded_words(' '.join((*one.parties, *one.texts)))} "
        return any(f" {folded_words(name)} " in whom for name in partners)

    def _weighed(self, terms: Counter[str]) -> dict[str, float]:
        common, little = _common()
        weights = {}
        for term, times in terms.items():
            rare = log((self._texts + 1) / (self._documents[term] + 1)) + 1
            plain = all(word in common for word in term.split())
            weights[term] = (1 + log(times)) * rare * (little if plain else 1.0)
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


@cache
def _other_names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Places by their other names: "Viêng Chăn" is Vientiane."""
    listed = rules.parties()["places"]["names"]
    called = {
        folded_words(alias): folded_words(name)
        for name, _state, *aliases in listed
        for alias in aliases
        # "Thủ đô Hà Nội" has the name in it.
        if not any(other != alias and other in alias for other in (name.lower(), *aliases))
    }
    return re.compile(rf"\b(?:{'|'.join(sorted(called, key=len, reverse=True))})\b"), called


def _words(text: str) -> list[str]:
    names, called = _other_names()
    return names.sub(lambda name: called[name.group()], folded_words(text)).split()


def _runs(given: list[str], length: int) -> Iterator[list[str]]:
    return (given[at : at + length] for at in range(len(given) - length + 1))


def _terms(text: str) -> list[str]:
    single = _words(text)
    return [*single, *(f"{one} {two}" for one, two in pairwise(single))]


def relation(one: Known, claim: Claim) -> str:
    """What a claim says of a commitment: the same, something stronger or weaker, or the same by another day (moved)."""
    for value, unit in claim.amounts:
        other = [known for known, of in one.amounts if of == unit]
        if other and value not in other:
            return "stronger" if value > max(other) else "weaker"
    if claim.end is not None and claim.end != one.end:
        # A day where there was none binds more.
        return "stronger" if one.end is None else "moved"
    if claim.strength in _HEAVIEST_FIRST and one.strength in _HEAVIEST_FIRST:
        difference = _HEAVIEST_FIRST.index(claim.strength) - _HEAVIEST_FIRST.index(one.strength)
        return "same" if difference == 0 else "stronger" if difference < 0 else "weaker"
    return "same"
