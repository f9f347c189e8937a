"""Whom a unit of a directive or plan names: at its head, behind a word of giving, or behind a colon."""

from __future__ import annotations

import re
from bisect import bisect_left

from tracker.reading import rules
from tracker.reading.parties import Mention, Parties
from tracker.reading.spelling import Found, Shadow, Word, spelled
from tracker.reading.units import Unit, UnitKind

_JOINS = re.compile(r"[\s,;:/()]*(?:(?:và|cùng|and)\s+)?(?:các\s+)?")
_GIVES = re.compile(r"(?:giao|yêu cầu|đề nghị|phân công|đối với|giao cho)\s+")
_SEVERAL = re.compile(r"các bộ(?: trưởng)?(?: các)?(?: bộ)?\s*:?\s+")
# What may open a sentence before whom it addresses: "Căn cứ kế hoạch này, các sở ...".
_CLAUSE = re.compile(r"(?:căn cứ|trên cơ sở|theo|đối với|trước|trong|đến|từ|chậm nhất)\s")
_LONGEST_CLAUSE = 300
# How many of whom: "100% các phường, xã".
_SHARE = re.compile(r"(?:(?:trên|ít nhất|tối thiểu)\s+)?[0-9]+(?:,[0-9]+)?\s?%\s+(?:số\s+)?")
_OF_A_PLACE = re.compile(r"(ủy ban nhân dân|hội đồng nhân dân) (tỉnh|thành phố|huyện|quận|xã|phường) ([\w -]{2,40})")
# What follows is no part of the name: "các bộ, cơ quan theo chức năng, nhiệm vụ được giao".
_BY_RULE = re.compile(r"(?<!\w)(?:theo|căn cứ|trên cơ sở|chịu trách nhiệm)(?!\w)")


class Addressees:
    """Finds whom the units of one directive address."""

    def __init__(self, text: Shadow, given: list[Word], parties: Parties) -> None:
        self._text = text
        self._given = given
        self._parties = parties
        self._starts = [word.start for word in given]
        self._forms = rules.directive()
        self._acts = rules.cues().acts

    def words(self, start: int, end: int) -> list[Word]:
        """The words between two places of the text."""
        return self._given[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def first_act(self, words: list[Word], at: int) -> int | None:
        """The number of the first word of acting, not before word `at`."""
        for place in range(at, len(words)):
            # Capitals inside a line are a name's: "Liên minh Hợp tác xã", "Viện Nghiên cứu".
            named = place > 0 and self._text.cased[words[place].start].isupper() and not self._after_stop(words[place])
            if not named and self._acts.at(self._text.text, words, place):
                return place
        return None

    def _after_stop(self, word: Word) -> bool:
        return self._text.text[max(0, word.start - 3) : word.start].strip()[-1:] in (":", ".", ";", ")", "-")

    def issues(self, unit: Unit) -> tuple[str, ...]:
        """The body whose name is the whole of a line in capitals ("CHÍNH PHỦ", "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN")."""
        whole = spelled(self._text.cased[unit.body : unit.end].strip())
        bodies = rules.parties()["bodies"]
        for name in (*bodies["words"], *(f"bộ {portfolio}" for portfolio in bodies["portfolios"])):
            if spelled(name) == whole:
                return (name[:1].upper() + name[1:],)
        of = _OF_A_PLACE.fullmatch(whole)
        return (f"{of[1].capitalize()} {of[2]} {of[3].title()}",) if of else ()

    def opens_with_a_clause(self, unit: Unit) -> bool:
        """Whether a unit begins with what only says by what or when: "Căn cứ kế hoạch này, ..."."""
        return _CLAUSE.match(self._text.text, unit.body, unit.end) is not None

    def at_the_head(self, unit: Unit, words: list[Word]) -> tuple[tuple[str, ...], int]:
        """Who is named at the head of a unit, or behind its opening clause, and the number of the first word after."""
        plain = self._text.text
        if words and plain.startswith("về ", words[0].start):
            return (), 0
        owners, place = self._named_at(unit, words, unit.body)
        if owners or not self.opens_with_a_clause(unit):
            return owners, place
        ends = min(unit.end, unit.body + _LONGEST_CLAUSE)
        commas = [comma.end() for comma in re.finditer(r",\s+", plain[unit.body : ends])]
        for comma in commas:
            owners, place = self._named_at(unit, words, unit.body + comma)
            if owners and self._acts_soon(words, place):
                return owners, place
        behind = (bisect_left(words, unit.body + comma, key=lambda word: word.start) for comma in commas[:1])
        return (), next((place for place in behind if self._acts_soon(words, place, 1)), 0)

    def _acts_soon(self, words: list[Word], place: int, within: int = 3) -> bool:
        act = self.first_act(words, place)
        return act is not None and act <= place + within

    def _named_at(self, unit: Unit, words: list[Word], at: int) -> tuple[tuple[str, ...], int]:
        plain, cased = self._text.text, self._text.cased
        if share := _SHARE.match(plain, at, unit.end):
            at = share.end()
        if gives := _GIVES.match(plain, at, unit.end):
            at = gives.end()
        found: list[str] = []
        if several := _SEVERAL.match(plain, at, unit.end):
            names, end = self._portfolios(several.end(), unit.end)
            if names:
                return tuple(f"Bộ {name}" for name in names), bisect_left(words, end, key=lambda w: w.start)
        mention: Mention | None = None
        for mention in self._parties.between(at, unit.end):
            if mention.kind not in ("body", "general", "office", "place", "state", "group"):
                break
            joined = _JOINS.match(plain, at, unit.end)
            if mention.start > (joined.end() if joined else at) + (4 if not found else 0):
                break
            if found and not plain[at : mention.start].strip():
                found[-1] = f"{found[-1]}{cased[at : mention.end]}"
            elif mention.kind != "state" or not found:
                found.append(cased[mention.start : mention.end])
            at = mention.end
        if not found:
            return (), 0
        place = bisect_left(words, at, key=lambda w: w.start)
        act = self.first_act(words, place)
        end = words[act].start if act is not None else unit.end
        if (colon := plain.find(":", at, end)) >= 0:
            end = colon
        if by := _BY_RULE.search(plain, at, end):
            end = by.start()
        tail = cased[at:end].strip(" ,;:.")
        # What stands between the name and the verb belongs to the name, when it is short.
        named = act is not None or colon >= 0 or unit.kind is UnitKind.HEADING
        if (
            tail
            and len(tail) < 90
            and named
            and not re.search(r"[.;]|(?<!\w)(?:đã|vừa|đang|có|ngày [0-9])(?!\w)", tail)
        ):
            found[-1] = f"{found[-1]}{cased[at : at + cased[at:end].find(tail) + len(tail)]}"
            place = act if act is not None else len(words)
        return tuple(dict.fromkeys(found)), place

    def _portfolios(self, at: int, end: int) -> tuple[list[str], int]:
        names: list[str] = []
        known = sorted(rules.parties()["bodies"]["portfolios"], key=len, reverse=True)
        while True:
            name = next((name for name in known if self._text.cased.startswith(name, at)), None)
            if name is None:
                return names, at
            names.append(name)
            at += len(name)
            joined = re.match(r"\s*(?:,|và|;)\s*", self._text.text[at : min(end, at + 8)])
            if joined is None or not any(self._text.cased.startswith(name, at + joined.end()) for name in known):
                return names, at
            at += joined.end()

    def addressed(self, unit: Unit, words: list[Word]) -> tuple[str, ...]:
        """Whom a sentence asks for what its list says, else whom it names."""
        return (self.asked(unit, words) if self.assigns(unit) else ()) or self.named(unit)

    def given_to(self, unit: Unit, words: list[Word]) -> tuple[str, ...]:
        """Whom the unit itself gives its task, behind a word of giving or a colon ("...: Bộ Xây dựng rà soát")."""
        if self.assigns(unit):
            return self.asked(unit, words)
        colon = self._text.text.rfind(":", unit.body, unit.end)
        after = next(iter(self._parties.between(colon, unit.end)), None) if colon >= 0 else None
        if after is None or after.kind != "body" or self._text.text[colon + 1 : after.start].strip():
            return ()
        return (self._text.cased[after.start : after.end],)

    def asked(self, unit: Unit, words: list[Word]) -> tuple[str, ...]:
        """Those to whom a preamble speaks: named between its verb of asking and their own first verb."""
        asked = self.assigns(unit)[0].end
        act = self.first_act(words, bisect_left(words, asked, key=lambda word: word.start))
        end = words[act].start if act is not None else unit.end
        found = (m for m in self._parties.between(asked, end) if m.kind in ("body", "general", "office"))
        return self._joined(list(found))

    def assigns(self, unit: Unit) -> list[Found[str]]:
        """The words of giving behind which somebody stands to whom a task can be given."""
        words = self.words(unit.body, unit.end)
        found = []
        for assign in self._forms["assigns"].find(self._text.text, words):
            near = self._parties.between(assign.end, min(assign.end + 24, unit.end))
            if (
                near
                and near[0].kind in ("body", "general", "office")
                and "," not in self._text.text[assign.end : near[0].start]
            ):
                found.append(assign)
        return found

    def named(self, unit: Unit, after: int = 0) -> tuple[str, ...]:
        """The bodies that a unit names, from a place of the text on."""
        found = self._parties.between(max(unit.body, after), unit.end)
        return self._joined([m for m in found if m.kind in ("body", "general")])

    def _joined(self, found: list[Mention]) -> tuple[str, ...]:
        """Names as they are written; one that stands right behind another belongs to it."""
        spans: list[tuple[int, int]] = []
        for mention in found:
            if spans and not self._text.text[spans[-1][1] : mention.start].strip():
                spans[-1] = (spans[-1][0], mention.end)
            else:
                spans.append((mention.start, mention.end))
        return tuple(dict.fromkeys(self._text.cased[start:end] for start, end in spans))
