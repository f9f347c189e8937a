"""Who is bound: the parties that a text names, and whom its pronouns and offices stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tracker.reading import rules
from tracker.reading.spelling import Lexicon, Shadow, Word, either_way, spelled, words

# Capitals and small letters of Vietnamese alternate: a range of them would hold both.
_UPPER = "[" + "".join(chr(code) for code in range(ord("A"), 0x1F00) if chr(code).isupper()) + "]"
_CAPITALISED = re.compile(_UPPER)
_WORD = rf"(?:{_UPPER}\.(?= {_UPPER})|{_UPPER}[\w'’-]*)"
_NAME = re.compile(rf"{_WORD}(?: (?:(?:da|de|dos|bin|al|el|van|von|der) )?{_WORD}){{1,5}}")
_SURNAME = re.compile(rf"{_UPPER}[\w-]*")
# "Vietnam Airlines", "Vietnamese companies": not the state, but whoever is called after it.
_COMPANY = re.compile(
    r" (?:Airlines|Airways|Bank|Group|Corporation|Electricity|"
    r"companies|enterprises|firms|businesses|banks|universities)\b"
)
_LONGEST_SUBJECT = 200
# A text that names two other states so often, and ours never, is about those.
_NAMED_OFTEN = 4
# "Pháp luật" at the head of a sentence is no France.
_ABBREVIATED = ("us", "rok", "prc", "un", "wb", "uk", "usa", "uae", "eu", "imf", "adb", "who", "wto", "quad")
_COMMON_AFTER = {"luật", "lý", "lệnh", "chế", "quyền", "em", "tính", "động"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in the text: `kind` is joint, we, pronoun, office, state, place, group, body or general."""

    start: int
    end: int
    kind: str
    name: str


@cache
def _names() -> Lexicon[tuple[str, str]]:
    data = rules.parties()
    phrases: dict[str, tuple[str, str]] = {}
    for name in data["offices"]["words"]:
        phrases[name] = ("office", name)
    for names in data["states"]["names"]:
        for name in names:
            phrases[name] = ("state", names[0])
    for names in data["groups"]["names"]:
        for name in names:
            phrases[name] = ("group", names[0])
    for name, _state, *aliases in data["places"]["names"]:
        for alias in (name, *aliases):
            phrases[alias] = ("place", name)
    for name in data["bodies"]["general"]:
        phrases[name] = ("general", name)
    for portfolio in data["bodies"]["portfolios"]:
        phrases[f"bộ {portfolio}"] = ("body", f"Bộ {portfolio}")
        for office in ("bộ trưởng", "thứ trưởng", "bộ trưởng bộ", "thứ trưởng bộ"):
            phrases[f"{office} {portfolio}"] = ("office", f"Bộ {portfolio}")
    for name in (name for key in ("words", "sides", "local", "three") for name in data["joint"][key]):
        phrases[name] = ("joint", name)
    for name in data["joint"]["we"]:
        phrases[name] = ("we", name)
    for name in data["joint"]["pronouns"]:
        phrases[name] = ("pronoun", name)
    return Lexicon(phrases.items())


@cache
def _bodies() -> re.Pattern[str]:
    words = sorted(rules.parties()["bodies"]["words"], key=len, reverse=True)
    upper = _UPPER
    heads = "|".join(map(either_way, words))
    # The name runs on over capitalised words, each of which may carry one small one ("Ngân hàng", "Tài chính").
    small = rf"(?: [a-zà-ỹ]{{1,6}}(?=(?: {upper}|[,;:.)]| và {upper}|$)))?"
    named = "|".join(map(re.escape, sorted(rules.parties()["bodies"]["small"], key=len, reverse=True)))
    return re.compile(
        rf"(?<!\w)(?:(?={upper})(?i:{heads})(?!\w)(?: (?:và )?{upper}[\w-]*{small}){{0,8}}"
        rf"|(?:{named})(?: {upper}[\w-]*){{1,5}})"
    )


@cache
def english_names() -> dict[str, str]:
    """A state's English name by its Vietnamese one."""
    return {names[0]: names[1] for names in rules.parties()["states"]["names"]}


class Parties:
    """Every party that a text names; its two `states` or `three`, its two `cities`, and the `pair` of "hai bên"."""

    def __init__(self, text: Shadow, given: list[Word], home: str, language: str) -> None:
        self._text = text
        self._home = home
        self._language = language
        # Whoever is named without a state is of home, where the text is.
        self._ours: str | None = None
        self._persons: dict[str, str] = {}
        self.mentions = self._find(given)
        self._starts = [mention.start for mention in self.mentions]
        self._count = Counter(m.name for m in self.mentions if m.kind == "state")
        self.states = self._two_states()
        self.three = tuple(name for name, _ in self._count.most_common(3))
        if home in self.states:
            self._ours = home
        self._know_persons()
        self.cities = self._two_cities()
        self.pair = self.cities if self._opens_with_cities() else self.states
        self._written = self._as_written()
        self._groups = Counter(m.name for m in self.mentions if m.kind == "group")

    def _find(self, given: list[Word]) -> list[Mention]:
        cased = self._text.cased
        found: list[Mention] = []
        for phrase in _names().find(self._text.text, given):
            kind, name = phrase.means
            written = cased[phrase.start : phrase.end]
            if kind in ("state", "group", "place", "body"):
                if not _CAPITALISED.search(written) or (spelled(written) in _ABBREVIATED and not written.isupper()):
                    continue
                after = given[phrase.last + 1].text if phrase.last + 1 < len(given) else ""
                if phrase.first == phrase.last and after in _COMMON_AFTER and len(written) <= 4:
                    continue
            found.append(Mention(phrase.start, phrase.end, kind, name))
        taken = [(m.start, m.end) for m in found if m.kind in ("body", "joint", "general", "office")]
        starts = [start for start, _ in taken]
        at = 0
        while body := _bodies().search(cased, at):
            at = body.end()
            place = bisect_right(starts, body.start())
            if place and taken[place - 1][1] > body.start():
                # "Bộ Xây dựng và Bộ Công chính": the first is known by its name, and another may follow.
                at = taken[place - 1][1]
            elif bisect_left(starts, body.end()) == place and " " in body.group():
                found.append(Mention(body.start(), body.end(), "body", body.group()))
        # A longer name holds those inside it ("Ngân hàng Nhà nước Việt Nam"), but a state after it says whose it is.
        found.sort(key=lambda m: (m.start, -m.end))
        kept: list[Mention] = []
        for mention in found:
            if kept and mention.end <= kept[-1].end and mention.start < kept[-1].end:
                continue
            kept.append(mention)
        return kept

    def _know_persons(self) -> None:
        """Whom a name belongs to: the state named beside the office, else the home of the text."""
        cased = self._text.cased
        for place, office in enumerate(self.mentions):
            if office.kind != "office":
                continue
            at, state = office.end, self._state_before(place)
            follows = self.mentions[place + 1] if place + 1 < len(self.mentions) else None
            if follows and follows.kind in ("state", "place", "body") and follows.start - at <= 3:
                at = follows.end
                state = follows.name if follows.kind != "body" else self._whose(follows.start, follows.end)
            name = _NAME.match(cased, at + 1)
            if name is None:
                continue
            state = state or self._state_after(name.end())
            known = spelled(name.group()).split()
            keys = [" ".join(known[begin:]) for begin in range(len(known) - 1)]
            if self._language != "vi":
                # By one name alone: the last one, or the first where family names come first.
                keys += [known[-1], known[0]]
            for key in keys:
                if party := state or self._persons.get(key, self._side_of(office)):
                    self._persons[key] = party

    def _side_of(self, office: Mention) -> str | None:
        """Whose an office is that is named without a state: ours, or the other side's when we have no such office."""
        foreign = self._language == "vi" and office.name in rules.parties()["offices"]["foreign"]
        return next(iter(self.states[1:]), None) if foreign and self._ours == self._home else self._ours

    def _state_before(self, place: int) -> str | None:
        """The state right before an office, as English has it ("Japanese Prime Minister")."""
        if self._language == "vi" or not place:
            return None
        before, office = self.mentions[place - 1], self.mentions[place]
        beside = self._text.text[before.end : office.start].strip() in ("", "'s", "’s")
        return before.name if beside and before.kind in ("state", "place") else None

    def _state_after(self, at: int) -> str | None:
        """The state right after a person's name, as English has it ("President Biden of the United States")."""
        after = next(iter(self.between(at, at + 9)), None)
        if after is None or after.kind not in ("state", "place"):
            return None
        return after.name if self._text.text[at : after.start].split() in (["of"], ["of", "the"], ["của"]) else None

    def _whose(self, start: int, end: int) -> str | None:
        """The state or city in the name of a body ("Đảng Nhân dân Campuchia", "Thành ủy Hà Nội")."""
        found = _names().find(self._text.text, words(self._text.text, start, end))
        return next((phrase.means[1] for phrase in found if phrase.means[0] in ("state", "place")), None)

    def _two_cities(self) -> tuple[str, ...]:
        """The city of each of the two states that the text names most, or nothing: both have to be there."""
        lies_in = {name: state for name, state, *_ in rules.parties()["places"]["names"]}
        named = [name for name, _ in Counter(m.name for m in self.mentions if m.kind == "place").most_common()]
        first = (next((name for name in named if lies_in[name] == state), None) for state in self.states)
        cities = tuple(name for name in first if name)
        return cities if len(cities) == 2 else ()

    def _opens_with_cities(self) -> bool:
        """Whether the two cities meet: the text opens with them ("Lãnh đạo Hà Nội và Vientiane ..."), side by side.

        A road between them ("cao tốc Hà Nội - Vientiane") does not, nor does a headline over those who speak for
        states: the next office tells ("Thủ tướng Lào", "Bí thư Thành ủy Hà Nội").
        """
        opening = [m for m in self._head([m for m in self.mentions[:4] if m.kind != "office"]) if m.kind == "place"]
        if not self.cities or {m.name for m in opening} != set(self.cities):
            return False
        before = re.split(r"[\n:)\-–—]", self._text.text[: opening[0].start])[-1]
        if not set(filter(str.isalpha, before.split())) <= set(rules.parties()["joint"]["before_cities"]):
            return False
        behind = (pair for pair in pairwise(self.mentions) if pair[0].start > opening[-1].start)
        beside = (of for office, of in behind if office.kind == "office" and of.start - office.end <= 3)
        return next((of.kind == "place" for of in beside if of.kind in ("state", "place")), True)

    def _two_states(self) -> tuple[str, ...]:
        """The two states: home when the text names it, and the state it names most beside it."""
        ranked = [name for name, _ in self._count.most_common()]
        if not ranked:
            groups = Counter(m.name for m in self.mentions if m.kind in ("group", "place"))
            return tuple(name for name, _ in groups.most_common(2))
        two = [times for _, times in self._count.most_common(2)]
        elsewhere = self._home not in ranked and len(two) == 2 and two[1] >= _NAMED_OFTEN
        if self._home in ranked or (self._language == "vi" and not elsewhere):
            other = next((name for name in ranked if name != self._home), None)
            if other is None:
                groups = Counter(m.name for m in self.mentions if m.kind == "group")
                other = groups.most_common(1)[0][0] if groups else None
            return (self._home, other) if other else (self._home,)
        return tuple(ranked[:2])

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin between two places."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def person(self, start: int, end: int) -> str | None:
        """The party of a person named between two places without an office ("Winston Peters")."""
        for name in _NAME.finditer(self._text.cased, start, end):
            known = spelled(name.group()).split()
            for begin in range(len(known) - 1):
                for last in range(len(known), begin + 1, -1):
                    if party := self._persons.get(" ".join(known[begin:last])):
                        return party
        return None

    def _bearer(self, office: Mention) -> str:
        """The party of whoever bears an office; the office and the name as written when nothing tells for whom."""
        party = self.person(office.end, office.end + 60)
        name = _NAME.match(self._text.cased, office.end + 1) or _SURNAME.match(self._text.cased, office.end + 1)
        if party is None and name is not None and self._language != "vi":
            party = self._persons.get(spelled(name.group()))
        return party or self._side_of(office) or self._text.cased[office.start : name.end() if name else office.end]

    def stand_for(self, start: int, end: int) -> tuple[tuple[str, ...], str]:
        """Who acts when this span is the subject, and the basis: stated, or how it was understood. Empty: nobody."""
        found = self._head(self.between(start, end))
        if joint := next((m for m in found if m.kind == "joint"), None):
            # "Lãnh đạo hai nước Việt Nam - Lào": named right there.
            near = tuple(dict.fromkeys(m.name for m in found if m.kind in ("state", "place")))
            if joint.name in rules.parties()["joint"]["local"] and self.cities:
                return self.cities, "joint"
            if len(near) >= 2:
                return near, "joint"
            if joint.name in rules.parties()["joint"]["three"]:
                return self.three, "joint"
            return (self.pair if joint.name in rules.parties()["joint"]["sides"] else self.states), "joint"
        if any(m.kind == "we" for m in found):
            return self.we(), "joint"
        bodies = [m for m in found if m.kind in ("body", "general")]
        if bodies and (not found or found[0].kind != "office"):
            return tuple(dict.fromkeys(self._full(m) for m in bodies)), "stated"
        named = [m for m in found if m.kind in ("state", "place", "group")]
        offices = [m for m in found if m.kind == "office"]
        if offices and not named:
            party = self.person(start, end) or next(filter(None, (self._whose(m.start, m.end) for m in bodies)), None)
            return ((party,) if party else tuple(dict.fromkeys(map(self._bearer, offices)))), "office"
        if len(named) == 1 and (company := _COMPANY.match(self._text.cased, named[0].end)):
            return (self._text.cased[named[0].start : company.end()],), "stated"
        if named:
            return tuple(dict.fromkeys(m.name for m in named)), "office" if offices else "stated"
        if party := self.person(start, end):
            return (party,), "office"
        if found:
            return (), "pronoun"
        return (), ""

    def we(self) -> tuple[str, ...]:
        """Who speaks in a statement: the group that it names most, else its states."""
        group, state = (max(count.values(), default=0) for count in (self._groups, self._count))
        return tuple(name for name, _ in self._groups.most_common(1)) if group > state else self.states

    def asked(self, start: int, end: int) -> tuple[tuple[str, ...], str]:
        """Who is given a task there: a person as named, for the task is theirs; else whoever the words stand for."""
        found = self._head(self.between(start, end))
        if found and found[0].kind == "office" and (name := _NAME.match(self._text.cased, found[0].end + 1)):
            return (self._text.cased[found[0].start : name.end()],), "stated"
        return self.stand_for(start, end)

    def before(self, at: int) -> str | None:
        """The state named right before a place, as whose it is ("China's commitments", "Chinese commitments")."""
        place = bisect_left(self._starts, at) - 1
        if place < 0 or self.mentions[place].kind not in ("state", "group"):
            return None
        beside = self._text.text[self.mentions[place].end : at].strip() in ("", "'s", "’s", "'", "’")
        return self.mentions[place].name if beside else None

    def covers(self, start: int, end: int) -> bool:
        """Whether a span lies inside a party's name ("giao" in "Bộ Ngoại giao")."""
        place = bisect_left(self._starts, end) - 1
        return place >= 0 and self.mentions[place].start < start and end <= self.mentions[place].end

    def ends_at(self, end: int) -> bool:
        """Whether a party's name ends there."""
        place = bisect_left(self._starts, end)
        return place > 0 and self.mentions[place - 1].end == end

    def named_until(self, start: int) -> int:
        """Where the parties end that are named from a place on, joined to one subject; the place itself if none is."""
        found = self._head(self.between(start, start + _LONGEST_SUBJECT))
        return found[-1].end if found and found[0].start == start else start

    def _head(self, found: list[Mention]) -> list[Mention]:
        """The mentions that make one subject: the first, and those joined to it ("Việt Nam cùng Chile và Peru")."""
        kept = found[:1]
        for mention in found[1:]:
            between = self._text.cased[kept[-1].end : mention.start]
            rest = [w for w in re.findall(r"[^\s,\-–()]+", between) if not _CAPITALISED.match(w)]
            if not set(rest) <= {"và", "cùng", "với", "and", "of", "của", "the", "nước", "tại", "for", "giao"}:
                break
            kept.append(mention)
        return kept

    def _full(self, body: Mention) -> str:
        """A body's name with the state right after it: "Bộ Ngoại giao New Zealand"."""
        after = self.between(body.end, body.end + 3)
        if after and after[0].kind == "state" and self._text.text[body.end : after[0].start].strip() == "":
            return f"{body.name} {after[0].name}"
        return self._text.cased[body.start : body.end] if body.kind == "general" else body.name

    def last_before(self, at: int) -> str | None:
        """The party of the mention nearest before a place that is no pronoun."""
        for mention in reversed(
            self.mentions[max(0, bisect_left(self._starts, at) - 12) : bisect_left(self._starts, at)]
        ):
            if mention.kind in ("state", "place", "group", "body"):
                return mention.name
            if mention.kind == "office":
                return self._bearer(mention)
        return None

    def named(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Parties as they are called in the language of the text, and by the text where it never calls them so."""
        if self._language == "vi":
            return tuple(self._written.get(name, name) for name in names)
        return tuple(english_names().get(name, name) for name in names)

    def _as_written(self) -> dict[str, str]:
        """The spellings that the text has most of names that it never spells as we do ("Mỹ", "Morocco")."""
        spellings: dict[str, Counter[str]] = {}
        for mention in self.mentions:
            if mention.kind == "state":
                written = " ".join(self._text.cased[mention.start : mention.end].split())
                # A headline is in capitals, and tells no spelling.
                ours = written.casefold() == mention.name.casefold() or (len(written) > 4 and written.isupper())
                spellings.setdefault(mention.name, Counter())[mention.name if ours else written] += 1
        return {name: found.most_common(1)[0][0] for name, found in spellings.items() if name not in found}
