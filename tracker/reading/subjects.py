"""Who undertakes: the subject of a word of undertaking, read back from it clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from tracker.reading.parties import Parties
from tracker.reading.rules import Cues
from tracker.reading.spelling import Shadow, Word

# Where a subject cannot reach over: the clause before.
_CLAUSE = re.compile(r"[,;:“”\"()]|(?<= )[-–—](?= )")
_RELATIVE = ("which", "that", "who", "mà")
_TIMES = ("gian", "năm", "tháng")
# A subject is not sought farther back than this: nobody reads a sentence so.
_FARTHEST = 700
# Nobody names an undertaker later in a clause than in its first words.
_HEAD = 7

Subject = tuple[tuple[str, ...], str]
NOBODY: Subject = ((), "")
THING: Subject = ((), "thing")


class Subjects:
    """Finds subjects in one text."""

    def __init__(self, text: Shadow, given: list[Word], parties: Parties, rules: Cues) -> None:
        self._text = text
        self._words = given
        self._starts = [word.start for word in given]
        self._parties = parties
        self._rules = rules

    def between(self, start: int, end: int, *, personal: bool = False) -> Subject:
        """The subject that stands last between two places: the parties and the basis; THING when it can bind nobody.

        What is `personal` only somebody does ("nhất trí"): a thing named in a clause farther off is not its subject.
        """
        text = self._text.text
        start = max(start, end - _FARTHEST)
        cuts = [start, *(m.end() for m in _CLAUSE.finditer(text, start, end)), end]
        for cut, last in reversed(list(pairwise(cuts))):
            first, words = self._stripped(cut, last)
            if not words:
                continue
            if self._rules.things.at(text, words, 0) or self._rules.subordinate.at(text, words, 0):
                if personal and last < end and not self._rules.subordinate.at(text, words, 0):
                    continue
                return THING
            if self._rules.no_subject.at(text, words, 0):
                continue
            if text[cut - 1 : cut] == "(" and text[last - 1] == ")":
                # What stands in brackets says something of the subject: whose city it is.
                continue
            if any(word.text in _RELATIVE for word in words):
                return THING
            names, basis = self._parties.stand_for(first, min(last, words[min(_HEAD, len(words) - 1)].end))
            if basis:
                if text[first - 1] in '“"' and self._is_name_of_thing(first):
                    return THING
                return self._with_last(first, last, names, basis)
            if text[cut - 1] not in "-–—" and self._is_proper(first, words):
                return (self._text.cased[first:last].strip(),), "stated"
        return NOBODY

    def resolved(self, found: Subject, at: int) -> Subject:
        """The subject with a pronoun replaced by the party named before it."""
        names, basis = found
        if not names and basis == "pronoun":
            last = self._parties.last_before(at)
            return ((last,) if last else ()), basis
        return found

    def _with_last(self, first: int, last: int, names: tuple[str, ...], basis: str) -> Subject:
        """The whole subject, when others are joined to the first ("Việt Nam cùng Chile và Peru")."""
        clause = self._text.text[first:last]
        if any(join in clause for join in (" và ", " and ", " cùng ")):
            return self._parties.stand_for(first, last)
        return names, basis

    def _is_name_of_thing(self, at: int) -> bool:
        """Whether a quotation is the name of something ("Hội thảo “...”")."""
        place = bisect_left(self._starts, at)
        before = self._words[max(0, place - 4) : place]
        return any(self._rules.things.at(self._text.text, before, at) for at in range(len(before)))

    def _stripped(self, first: int, last: int) -> tuple[int, list[Word]]:
        """The words of a clause after its links, its time, and the last "rằng" or "là"."""
        given = self._words[bisect_left(self._starts, first) : bisect_left(self._starts, last)]
        while given and (link := self._rules.links.at(self._text.text, given, 0)):
            given = given[link.last + 1 :]
        for place in range(len(given) - 1, 0, -1):
            before = given[place - 1].text
            if before in ("rằng", "là", "that") or (before == "tới" and given[max(0, place - 2)].text in _TIMES):
                given = given[place:]
                break
        return (given[0].start if given else last), given

    def _is_proper(self, first: int, given: list[Word]) -> bool:
        """Whether a clause is nothing but a proper name ("Vietnam Airlines")."""
        cased = self._text.cased
        after_comma = cased[max(0, first - 2) : first].strip() in (",", ":")
        named = all(cased[word.start].isupper() for word in given)
        return named and len(given) <= 6 and (after_comma or len(given) > 1)
