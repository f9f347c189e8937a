"""A copy of a text that is compared with rules: lower case, NFC, one placement of tones; its places lead back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")

# "hoà, thuỷ, khoẻ" and "hòa, thủy, khỏe" are one spelling. Not after q, whose u belongs to it ("quý").
_OLD = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
_NEW = str.maketrans("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy")
_TONED = {
    base: dict(zip("\u0300\u0301\u0309\u0303\u0323", toned, strict=True))
    for base, toned in {"o": "òóỏõọ", "u": "ùúủũụ"}.items()
}
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]+")
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shadow:
    """`text` as rules see it, `cased` the same with its capitals, character for character.

    Without `places` each character stands at the same place as in what was read.
    """

    text: str
    cased: str
    places: tuple[int, ...] | None = None

    def place(self, at: int) -> int:
        """Where the character at `at` stands in the text as read."""
        return at if self.places is None else self.places[at]


def shadow(text: str) -> Shadow:
    """The copy of any text that rules are compared with."""
    if unicodedata.is_normalized("NFC", text):
        return Shadow(spelled(text), text)
    composed: list[str] = []
    places: list[int] = []
    at = 0
    for cluster in _CLUSTER.finditer(text):
        made = unicodedata.normalize("NFC", cluster.group())
        composed += (text[at : cluster.start()], made)
        places += (*range(at, cluster.start()), *(cluster.start() for _ in made))
        at = cluster.end()
    composed.append(text[at:])
    places += range(at, len(text) + 1)
    cased = "".join(composed)
    return Shadow(spelled(cased), cased, tuple(places))


def spelled(text: str) -> str:
    """Lower case and new tone placement, character for character."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := c.lower()) == 1 else c for c in text)
    return _OLD.sub(_moved, lowered)


_TONED_FIRST = re.compile(r"([òóỏõọ])([ae])(?!\w)|([ùúủũụ])(y)(?!\w)")


def either_way(phrase: str) -> str:
    """A pattern for a phrase in new spelling that takes both placements of its tones ("đảng ủy", "đảng uỷ")."""

    def both(new: re.Match[str]) -> str:
        first, second = (part for part in new.groups() if part)
        mark = next(c for c in unicodedata.normalize("NFD", first) if c in _TONED["o"])
        bare = unicodedata.normalize("NFD", first)[0]
        return f"(?:{new.group()}|{bare}{unicodedata.normalize('NFC', second + mark)})"

    return _TONED_FIRST.sub(both, re.escape(phrase))


def _moved(old: re.Match[str]) -> str:
    first, second = old.group()[0], old.group()[1]
    mark = next(c for c in unicodedata.normalize("NFD", second) if unicodedata.combining(c))
    return _TONED[first][mark] + second.translate(_NEW)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits of a shadow."""

    start: int
    end: int
    text: str


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a shadow between two places."""
    return [
        Word(match.start(), match.end(), match.group())
        for match in _LETTERS.finditer(text, start, len(text) if end is None else end)
    ]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase of a lexicon in a text: where, which words of the list given, and what it stands for."""

    start: int
    end: int
    first: int
    last: int
    means: T


class Lexicon(Generic[T]):
    """Phrases and what each stands for. The longest that begins at a word is taken; time grows with the words only."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[bool, ...], T]]] = {}
        for phrase, means in phrases:
            found = words(spelled(phrase))
            parts = tuple(word.text for word in found)
            commas = tuple("," in phrase[one.end : two.start] for one, two in pairwise(found))
            self._by_first.setdefault(parts[0], []).append((parts, commas, means))
        for choices in self._by_first.values():
            choices.sort(key=lambda choice: -len(choice[0]))

    def at(self, text: str, given: list[Word], place: int) -> Found[T] | None:
        """The longest phrase that begins with the word at `place`."""
        for parts, commas, means in self._by_first.get(given[place].text, ()) if place < len(given) else ():
            last = place + len(parts) - 1
            if last >= len(given) or any(given[place + n].text != part for n, part in enumerate(parts)):
                continue
            gaps = (text[given[n].end : given[n + 1].start] for n in range(place, last))
            if all(_joined(gap.replace(",", "", comma)) for gap, comma in zip(gaps, commas, strict=True)):
                return Found(given[place].start, given[last].end, place, last, means)
        return None

    def find(self, text: str, given: list[Word]) -> Iterator[Found[T]]:
        """Every phrase, first to last, none inside another."""
        place = 0
        while place < len(given):
            if found := self.at(text, given, place):
                yield found
                place = found.last + 1
            else:
                place += 1

    def ends(self, text: str, given: list[Word], place: int) -> bool:
        """Whether some phrase ends with the word before `place`."""
        return any(
            (found := self.at(text, given, begin)) is not None and found.last == place - 1
            for begin in range(max(0, place - 6), place)
        )


# A phrase may be broken over a line, and "kinh tế-xã hội" is written with or without spaces; nothing else parts it.
@lru_cache(maxsize=64)
def _joined(between: str) -> bool:
    return not between.strip(" \t\n\u00a0-–'’.")


def lexicon(groups: Mapping[str, Iterable[str]]) -> Lexicon[str]:
    """A lexicon of named lists of phrases; each phrase stands for the name of its list."""
    return Lexicon((phrase, name) for name, phrases in groups.items() for phrase in phrases)
