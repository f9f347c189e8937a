"""Directives and plans: which items give a task, to whom, and in which order of headings they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from tracker.reading import rules
from tracker.reading.findings import Finding
from tracker.reading.parties import Mention, Parties
from tracker.reading.spelling import Found, Shadow, Word, spelled
from tracker.reading.units import Unit, UnitKind

_JOINS = re.compile(r"[\s,;:/()]*(?:(?:và|cùng|and)\s+)?(?:các\s+)?")
_GIVES = re.compile(r"(?:giao|yêu cầu|đề nghị|phân công|đối với|giao cho)\s+")
_SEVERAL = re.compile(r"các bộ(?: trưởng)?(?: các)?(?: bộ)?\s*:?\s+")
# What follows is no part of the name: "các bộ, cơ quan theo chức năng, nhiệm vụ được giao".
_BY_RULE = re.compile(r"(?<!\w)(?:theo|căn cứ|trên cơ sở|chịu trách nhiệm)(?!\w)")
_CLOSED = re.compile(r"[.;:]\s*$")
# How many of whom: "100% các phường, xã".
_SHARE = re.compile(r"(?:(?:trên|ít nhất|tối thiểu)\s+)?[0-9]+(?:,[0-9]+)?\s?%\s+(?:số\s+)?")
# Tells how things are: "Hiện nay, tổng số trạm là 180".
_STATE = re.compile(r"(?:hiện nay|hiện tại|hiện|tính đến|quá trình|thực tế)(?!\w)[^.;]*?(?:,| đang )")
_CARRY_ON = re.compile(r"(?:trong đó|đồng thời|trước mắt|trường hợp|định kỳ|nhất là|đặc biệt|kịp thời|trên cơ sở)\b")


@dataclass
class _Level:
    """A heading that governs what stands under it."""

    depth: float
    owners: tuple[str, ...] = ()
    idle: bool = False
    aims: bool = False
    unit: Unit | None = None


@dataclass
class Directives:
    """Judges the units of one directive or plan, in their order."""

    text: Shadow
    given: list[Word]
    parties: Parties
    levels: list[_Level] = field(default_factory=list)
    over: bool = False
    heading: Unit | None = None

    def __post_init__(self) -> None:
        self._starts = [word.start for word in self.given]
        self._forms = rules.directive()
        self._cues = rules.cues()
        self._tasks: set[Unit] = set()
        self._begun = False
        # Whether items stood under the last heading already.
        self._listed = False
        # Whose directive it is, by a line of its own in capitals: whose aims are told without a name.
        self._issuer: tuple[str, ...] = ()
        self._said: tuple[int, tuple[str, ...]] = (0, ())

    def judge(self, unit: Unit, following: Unit | None = None) -> Finding | None:
        """Whether this unit gives a task; units are given first to last, each with the one that follows."""
        words = self._in(unit.body, unit.end)
        if unit.kind is UnitKind.CAPTION or not words:
            return None
        plain = self.text.text
        if self.over and self._is_upper(unit) and self._forms["signs"].at(plain, words, 0):
            # Behind the signature a plan or an appendix may begin.
            self.over, self.levels = False, []
        if self.over:
            return None
        if plain.startswith(("nơi nhận", "tm. ", "kt. "), unit.start):
            self.over = True
            return None
        if self._forms["lead_line"].at(plain, words, 0) and ":" in plain[unit.body : unit.body + 60]:
            return self._named_below(unit)
        owners, at = self._lead(unit, words)
        self._begun = self._begun or unit.depth > 0 or unit.kind is UnitKind.SENTENCE
        if not self._issuer and self._is_upper(unit):
            self._issuer = self._issues(unit)
        if unit.first and unit.depth:
            self.levels = [level for level in self.levels if level.depth < unit.depth]
        if self._is_title(unit, words, following) or self._is_heading(unit, words, at):
            self._enter(unit, words, owners)
            return None
        begins = unit.depth > 0 and self._first_act(words, 0) == 0
        enacts = not begins and any(self._forms["enacts"].find(plain, words))
        if enacts or self._forms["formula"].at(plain, words, 0):
            return None
        opens = plain[unit.start : unit.end].rstrip().endswith(":")
        if opens:
            self._enter(unit, words, owners)
            return self._dated_goal(unit, words)
        self._listed = self._listed or unit.depth > 0
        if self._idle() or self._past(unit, words, at):
            return None
        return self._task(unit, words, owners, at)

    def headings(self) -> list[Unit]:
        """The headings above, innermost first."""
        return [level.unit for level in reversed(self.levels) if level.unit]

    def _in(self, start: int, end: int) -> list[Word]:
        return self.given[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _idle(self) -> bool:
        return any(level.idle for level in self.levels)

    def _aims(self) -> bool:
        return any(level.aims for level in self.levels)

    def _enter(self, unit: Unit, words: list[Word], owners: tuple[str, ...]) -> None:
        titled = self._is_upper(unit) or unit.kind is UnitKind.HEADING
        # A sentence that opens the list of the item right above stands inside that, and ends with it.
        items = (level.depth for level in self.levels if level.depth == int(level.depth))
        inside = 0.5 if titled or self._listed else max(items, default=0.5)
        depth, self._listed = unit.depth or inside + 0.5, False
        self.levels = [level for level in self.levels if level.depth < depth]
        title = self._forms["idle_sections"].at(self.text.text, words, 0)
        aims = self._forms["aims"].at(self.text.text, words, 0)
        line = re.sub(r"\s*\([^)]*\)?$", "", self.text.cased[unit.body : unit.end].strip().rstrip(":")).strip()
        said = [word for word in words if word.start < unit.body + len(line)]
        if not owners and not title and not aims and unit.depth and said:
            # "5. Các tỉnh, thành phố:" names whoever it is for, and so does "5. Các chủ rừng là tổ chức (...)".
            several = said[0].text == "các" and not self._of_things(said)
            colon = self.text.text[unit.body : unit.end].rstrip().endswith(":") and self._first_act(said, 0) is None
            named = (several or colon) and len(said) <= 14 and said[0].text != "về"
            owners = (line,) if named else ()
        self.levels.append(
            _Level(
                depth,
                owners or (self._named_in(unit) if unit.depth == 0 else ()),
                title is not None and aims is None,
                aims is not None,
                # What the whole is called gives nobody a deadline: "Kế hoạch ... đến năm 2030".
                unit if self._begun else None,
            )
        )

    def _of_things(self, words: list[Word]) -> bool:
        """Whether a title beginning with "các" names no body: "Các nhiệm vụ trọng tâm"."""
        plain = self.text.text
        return any(list_of.at(plain, words, 1) for list_of in (self._forms["column_task"], self._cues.things))

    def _issues(self, unit: Unit) -> tuple[str, ...]:
        """The body whose name is the whole of a line ("CHÍNH PHỦ")."""
        whole = self.text.cased[unit.body : unit.end].strip()
        names = (name for name in rules.parties()["bodies"]["words"] if spelled(name) == spelled(whole))
        return tuple(name.capitalize() for name in names)

    def _named_in(self, unit: Unit, after: int = 0) -> tuple[str, ...]:
        found = self.parties.between(max(unit.body, after), unit.end)
        return self._joined([m for m in found if m.kind in ("body", "general")])

    def _is_title(self, unit: Unit, words: list[Word], following: Unit | None) -> bool:
        """A numbered line without an end mark, over items of its own or among aims ("2. Mục tiêu cụ thể")."""
        if not (unit.first and unit.depth) or _CLOSED.search(self.text.text[unit.body : unit.end]):
            return False
        over = following is not None and following.depth > unit.depth and following.paragraph > unit.paragraph
        return over or self._forms["aims"].at(self.text.text, words, 0) is not None

    def _is_heading(self, unit: Unit, words: list[Word], at: int) -> bool:
        """A line that names a section or an owner and has no verb of acting."""
        if not unit.first:
            return False
        if unit.kind is UnitKind.HEADING and unit.depth == 0 and not self._begun:
            # What the directive or plan is called, in capitals or not.
            return True
        if unit.kind is UnitKind.HEADING and (unit.depth == 0 or self._is_upper(unit)):
            return self._is_upper(unit) or not (self.levels and self._first_act(words, 0) == 0)
        if self._aims():
            return False
        if (
            unit.depth
            and self.text.text.startswith(("về ", "đối với việc "), unit.body)
            and not re.search(r"[.;]\s*$", self.text.text[unit.body : unit.end])
        ):
            return True
        act = self._first_act(words, at)
        closed = re.search(r"[.;]\s*$", self.text.text[unit.body : unit.end])
        return (act is None and not (closed and unit.depth >= 5)) or (
            unit.depth in (1, 2, 3, 4, 5)
            and len(words) <= 14
            and not re.search(r"[.;]\s*$", self.text.text[unit.body : unit.end])
            and not (at and act is not None)
        )

    def _is_upper(self, unit: Unit) -> bool:
        letters = [c for c in self.text.cased[unit.body : unit.end] if c.isalpha()]
        return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)

    def _first_act(self, words: list[Word], at: int) -> int | None:
        """The number of the first word of acting, not before word `at`."""
        for place in range(at, len(words)):
            # Capitals inside a line are a name's: "Liên minh Hợp tác xã", "Viện Nghiên cứu".
            named = place > 0 and self.text.cased[words[place].start].isupper() and not self._after_stop(words[place])
            if not named and self._cues.acts.at(self.text.text, words, place):
                return place
        return None

    def _after_stop(self, word: Word) -> bool:
        return self.text.text[max(0, word.start - 3) : word.start].strip()[-1:] in (":", ".", ";", ")", "-")

    def _lead(self, unit: Unit, words: list[Word]) -> tuple[tuple[str, ...], int]:
        """Who is named at the head of a unit, and the number of the first word after."""
        plain, cased = self.text.text, self.text.cased
        at = unit.body
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
        for mention in self.parties.between(at, unit.end):
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
        act = self._first_act(words, place)
        end = words[act].start if act is not None else unit.end
        if (colon := plain.find(":", at, end)) >= 0:
            end = colon
        if by := _BY_RULE.search(plain, at, end):
            end = by.start()
        tail = cased[at:end].strip(" ,;:.")
        # What stands between the name and the verb belongs to the name, when it is short.
        named = act is not None or colon >= 0 or unit.kind is UnitKind.HEADING
        if tail and len(tail) < 90 and named and not re.search(r"[.;]|(?<!\w)(?:đã|vừa|đang|có)(?!\w)", tail):
            found[-1] = f"{found[-1]}{cased[at : at + cased[at:end].find(tail) + len(tail)]}"
            place = act if act is not None else len(words)
        return tuple(dict.fromkeys(found)), place

    def _portfolios(self, at: int, end: int) -> tuple[list[str], int]:
        names: list[str] = []
        known = sorted(rules.parties()["bodies"]["portfolios"], key=len, reverse=True)
        while True:
            name = next((name for name in known if self.text.cased.startswith(name, at)), None)
            if name is None:
                return names, at
            names.append(name)
            at += len(name)
            joined = re.match(r"\s*(?:,|và|;)\s*", self.text.text[at : min(end, at + 8)])
            if joined is None or not any(self.text.cased.startswith(name, at + joined.end()) for name in known):
                return names, at
            at += joined.end()

    def _past(self, unit: Unit, words: list[Word], at: int) -> bool:
        if self._assigns_in(unit):
            return False
        if _STATE.match(self.text.text, unit.body, unit.end):
            return True
        if unit.depth == 0:
            # "Hoàn thành các dự án đã được phê duyệt" begins with its act: what is done in it is only named.
            if self._first_act(words, at) == at:
                return False
            return any(word.text in ("đã", "vừa") for word in words[:40])
        for place in range(at, min(at + 8, len(words))):
            if words[place].text in ("đã", "vừa", "đang"):
                return True
            if self._cues.acts.at(self.text.text, words, place):
                return False
        return False

    def _assigns_in(self, unit: Unit) -> list[Found[str]]:
        words = self._in(unit.body, unit.end)
        found = []
        for assign in self._forms["assigns"].find(self.text.text, words):
            near = self.parties.between(assign.end, min(assign.end + 24, unit.end))
            if (
                near
                and near[0].kind in ("body", "general", "office")
                and "," not in self.text.text[assign.end : near[0].start]
            ):
                found.append(assign)
        return found

    def _named_below(self, unit: Unit) -> Finding | None:
        """A heading whose task gets its owner on a line of its own ("Cơ quan chủ trì: Bộ Tư pháp")."""
        heading = next((level.unit for level in reversed(self.levels) if level.unit), None)
        if heading is None or heading.depth < 2 or heading in self._tasks:
            return None
        words = self._in(heading.body, heading.end)
        if (act := self._first_act(words, 0)) is None:
            return None
        self._tasks.add(heading)
        after = self.text.text.find(":", unit.body, unit.end)
        why = (f"task: {self.text.cased[words[act].start : words[act].end]}",)
        return Finding(heading, 0.7, "will", self._named_in(unit, after), "stated", why, words[act].start)

    def _dated_goal(self, unit: Unit, words: list[Word]) -> Finding | None:
        """A preamble counts once when it names a goal in numbers and gives a task."""
        if not self._assigns_in(unit):
            return None
        if not re.search(
            r"(?:đạt|trên|tăng trưởng)[^,;]{0,60}[0-9]+(?:,[0-9]+)?\s?%|[0-9] (?:tỷ|triệu)",
            self.text.text[unit.start : unit.end],
        ):
            return None
        return Finding(unit, 0.7, "will", self._asked(unit, words), "stated", ("goal in numbers",), unit.body)

    def _asked(self, unit: Unit, words: list[Word]) -> tuple[str, ...]:
        """Those to whom a preamble speaks: named between its verb of asking and their own first verb."""
        asked = self._assigns_in(unit)[0].end
        act = self._first_act(words, bisect_left(words, asked, key=lambda word: word.start))
        end = words[act].start if act is not None else unit.end
        found = (m for m in self.parties.between(asked, end) if m.kind in ("body", "general", "office"))
        return self._joined(list(found))

    def _joined(self, found: list[Mention]) -> tuple[str, ...]:
        """Names as they are written; one that stands right behind another belongs to it."""
        spans: list[tuple[int, int]] = []
        for mention in found:
            if spans and not self.text.text[spans[-1][1] : mention.start].strip():
                spans[-1] = (spans[-1][0], mention.end)
            else:
                spans.append((mention.start, mention.end))
        return tuple(dict.fromkeys(self.text.cased[start:end] for start, end in spans))

    def _task(self, unit: Unit, words: list[Word], owners: tuple[str, ...], at: int) -> Finding | None:
        plain = self.text.text
        if owners or unit.first:
            self._said = (unit.paragraph, owners)
        above = self._said[1] if self._said[0] == unit.paragraph else ()
        above = above or next((level.owners for level in reversed(self.levels) if level.owners), ())
        act = self._first_act(words, at)
        if self._aims():
            return Finding(
                unit,
                0.8,
                "strive",
                owners or above or self._issuer,
                "heading" if not owners else "stated",
                ("aim",),
                unit.body,
            )
        if self._cues.things.at(plain, words, 0) and not owners and not self._assigns_in(unit):
            return None
        if self.closes(words):
            return None
        if act is None:
            # An item that gives a state to reach, with no verb that we know.
            item = unit.depth >= 5 and self.levels and len(words) >= 6 and not owners
            return Finding(unit, 0.6, "will", owners or above, "heading", ("item",), unit.body) if item else None
        within = bool(self.levels)
        starts = act <= at + 3
        given = bool(self._assigns_in(unit))
        if not within and not given and not owners:
            return None
        if not starts and not owners and not given and not unit.depth and not _CARRY_ON.match(plain, words[0].start):
            return None
        strength = "will"
        for found, code in ((self._cues.consider, "consider"), (self._cues.strive, "strive")):
            if any(found.at(plain, words, place) for place in range(act, min(act + 2, len(words)))):
                strength = code
        weight = 0.9 if owners and starts else 0.85 if starts else 0.7
        basis = "stated" if owners else "heading" if above else ""
        return Finding(
            unit,
            weight,
            strength,
            owners or above or self._named_in(unit),
            basis,
            ("task: " + self.text.cased[words[act].start : words[min(act + 1, len(words) - 1)].end],),
            words[act].start,
        )

    def closes(self, words: list[Word]) -> bool:
        """A closing sentence that only says by when ("Hoàn thành trước ngày 30/6/2026")."""
        found = self._cues.closes.at(self.text.text, words, 0)
        if found is None:
            return False
        rest = [word.text for word in words[found.last + 1 :]]
        return len(rest) <= 14 and not any(
            self._cues.acts.at(self.text.text, words, place) and words[place].text not in ("hoàn", "thực", "cấp")
            for place in range(found.last + 1, len(words))
        )
