"""Directives and plans: which items give a task, to whom, and in which order of headings they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.reading import rules
from tracker.reading.addressees import Addressees
from tracker.reading.findings import Finding
from tracker.reading.parties import Parties
from tracker.reading.spelling import Shadow, Word
from tracker.reading.units import UNNUMBERED, Unit, UnitKind

_CLOSED = re.compile(r"[.;:]\s*$")
_TITLE = 80
_LABEL = re.compile(r"[^:;.]{3,60}:\s*")
_ENDED = re.compile(r"[.;]\s*$")
# Tells how things are: "Hiện nay, tổng số trạm là 180".
_STATE = re.compile(r"(?:hiện nay|hiện tại|hiện|tính đến|quá trình|thực tế)(?!\w)[^.;]*?(?:,| đang )")
_CARRY_ON = re.compile(
    r"(?:trong đó|cụ thể|bao gồm|gồm|đồng thời|trước mắt|trường hợp|định kỳ|nhất là|đặc biệt|kịp thời|trên cơ sở)\b"
)


@dataclass
class _Level:
    """A heading that governs what stands under it."""

    depth: float
    owners: tuple[str, ...] = ()
    idle: bool = False
    aims: bool = False
    funds: bool = False
    unit: Unit | None = None


class Directives:
    """Judges the units of one directive or plan, in their order."""

    def __init__(self, text: Shadow, given: list[Word], parties: Parties) -> None:
        self._text = text
        self._whom = Addressees(text, given, parties)
        self._levels: list[_Level] = []
        self._over = False
        self._forms = rules.directive()
        self._cues = rules.cues()
        self._tasks: set[Unit] = set()
        # Tasks since the last heading or line of owners, and whom such a line named for them.
        self._nameless: list[int] = []
        self._named: tuple[list[int], tuple[str, ...]] = ([], ())
        self._begun = self._numbered = False
        # The paragraph that tells what is carried out.
        self._preamble = 0
        # Whether it is a plan, whose issuer does what nobody is told to.
        self._plan = False
        # Whether items stood under the last heading already.
        self._listed = False
        # Whose directive it is, by a line of its own in capitals: whose aims are told without a name.
        self._issuer: tuple[str, ...] = ()
        self._said: tuple[int, tuple[str, ...]] = (0, ())

    def judge(self, unit: Unit, following: Unit | None = None) -> Finding | None:
        """Whether this unit gives a task; units are given first to last, each with the one that follows."""
        self._named = ([], ())
        words = self._whom.words(unit.body, unit.end)
        if unit.kind is UnitKind.CAPTION or not words:
            return None
        plain = self._text.text
        if self._over and self._is_upper(unit) and self._forms["signs"].at(plain, words, 0):
            # Behind the signature a plan or an appendix may begin.
            self._over, self._levels = False, []
        if self._over:
            return None
        if plain.startswith(("nơi nhận", "tm. ", "kt. "), unit.start):
            self._over = True
            return None
        if label := _LABEL.match(plain, unit.body, unit.end):
            said = replace(unit, body=label.end())
            lead = self._forms["lead_line"].at(plain, words, 0) is not None
            if lead and not self._tells_to_act(said):
                return self._named_below(unit, words)
            if (lead or self._forms["labels"].at(plain, words, 0)) and label.end() < unit.end:
                # "Nội dung: Rà soát ...", "Cơ quan thực hiện: Sở Tư pháp rà soát ..."
                unit, words = said, self._whom.words(said.body, said.end)
        owners, at = self._whom.at_the_head(unit, words)
        self._begun = self._begun or unit.depth > 0 or unit.kind is UnitKind.SENTENCE
        if self._is_upper(unit):
            self._issuer = self._issuer or self._whom.issues(unit)
            self._plan = self._plan or (not self._numbered and self._forms["plans"].at(plain, words, 0) is not None)
        if unit.first and unit.depth:
            self._levels = [level for level in self._levels if level.depth < unit.depth]
        if self._is_title(unit, words, following) or self._is_heading(unit, words, at):
            self._enter(unit, words, owners)
            return None
        begins = unit.depth > 0 and self._whom.first_act(words, 0) == 0
        enacts = not begins and any(self._forms["enacts"].find(plain, words))
        opens = plain[unit.start : unit.end].rstrip().endswith(":")
        formula = self._forms["formula"].at(plain, words, 0) is not None
        behind = unit.depth > 0 and at > 0 and self._whom.opens_with_a_clause(unit)
        if enacts or (formula and not behind) or self._is_preamble(unit, words):
            return None
        if opens:
            self._enter(unit, words, owners)
            return self._dated_goal(unit, words)
        self._listed = self._listed or unit.depth > 0
        if self._idle(owners) or self._past(unit, words, at):
            return None
        task = self._task(unit, words, owners, at)
        if task is not None:
            self._nameless.append(unit.start)
        return task

    def named(self) -> tuple[list[int], tuple[str, ...]]:
        """Where the tasks begin whose owners the last unit named, if it did: "Đơn vị chủ trì: Sở Tư pháp"."""
        return self._named

    def headings(self) -> list[Unit]:
        """The headings above, innermost first."""
        return [level.unit for level in reversed(self._levels) if level.unit]

    def _idle(self, owners: tuple[str, ...]) -> bool:
        return any(level.idle or (level.funds and not owners) for level in self._levels)

    def _is_preamble(self, unit: Unit, words: list[Word]) -> bool:
        """Whether it tells, before the first numbered section, what is carried out ("Thực hiện Nghị quyết số ...")."""
        self._numbered = self._numbered or 0 < unit.depth < UNNUMBERED
        if self._numbered or unit.depth:
            return False
        if unit.first:
            carries = [word.text for word in words[:2]] in (["thực", "hiện"], ["triển", "khai"])
            paper = self._forms["papers"].at(self._text.text, words, 2) is not None
            self._preamble = unit.paragraph if carries and paper else 0
        return self._preamble == unit.paragraph and not self._whom.assigns(unit)

    def _aims(self) -> bool:
        return any(level.aims for level in self._levels)

    def _enter(self, unit: Unit, words: list[Word], owners: tuple[str, ...]) -> None:
        titled = self._is_upper(unit) or unit.kind is UnitKind.HEADING
        # A sentence that opens the list of the item right above stands inside that, and ends with it.
        items = (level.depth for level in self._levels if level.depth == int(level.depth))
        # "Trong đó:" goes on with it, wherever it stands.
        goes_on = _CARRY_ON.match(self._text.text, unit.body) is not None
        inside = 0.5 if titled or (self._listed and not goes_on) else max(items, default=0.5)
        depth, self._listed, self._nameless = unit.depth or inside + 0.5, False, []
        self._levels = [level for level in self._levels if level.depth < depth]
        title = self._forms["idle_sections"].at(self._text.text, words, 0)
        aims = self._forms["aims"].at(self._text.text, words, 0)
        line = re.sub(r"\s*\([^)]*\)?$", "", self._text.cased[unit.body : unit.end].strip().rstrip(":")).strip()
        said = [word for word in words if word.start < unit.body + len(line)]
        if not owners and not title and not aims and unit.depth and said:
            # "5. Các tỉnh, thành phố:" names whoever it is for, and so does "5. Các chủ rừng là tổ chức (...)".
            several = said[0].text == "các" and not self._of_things(said)
            opens = self._text.text[unit.body : unit.end].rstrip().endswith(":")
            colon = opens and self._whom.first_act(said, 0) is None
            label = any(self._forms[name].at(self._text.text, said, 0) for name in ("labels", "lead_line"))
            named = (several or colon) and len(said) <= 14 and said[0].text != "về" and not label
            owners = (line,) if named else ()
        self._levels.append(
            _Level(
                depth,
                owners or (self._whom.addressed(unit, words) if unit.depth == 0 else ()),
                title is not None and aims is None,
                aims is not None,
                self._forms["funds"].at(self._text.text, words, 0) is not None,
                # What the whole is called gives nobody a deadline: "Kế hoạch ... đến năm 2030".
                unit if self._begun else None,
            )
        )

    def _of_things(self, words: list[Word]) -> bool:
        """Whether a title beginning with "các" names no body: "Các nhiệm vụ trọng tâm"."""
        plain = self._text.text
        return any(list_of.at(plain, words, 1) for list_of in (self._forms["column_task"], self._cues.things))

    def _is_title(self, unit: Unit, words: list[Word], following: Unit | None) -> bool:
        """A numbered line without an end mark, over items of its own or among aims ("2. Mục tiêu cụ thể")."""
        if not (unit.first and unit.depth) or _CLOSED.search(self._text.text[unit.body : unit.end]):
            return False
        over = following is not None and following.depth > unit.depth and following.paragraph > unit.paragraph
        return over or self._forms["aims"].at(self._text.text, words, 0) is not None

    def _is_heading(self, unit: Unit, words: list[Word], at: int) -> bool:
        """A line that names a section or an owner and has no verb of acting."""
        if not unit.first:
            return False
        if unit.depth == 0 and self._is_upper(unit):
            return True
        if unit.kind is UnitKind.HEADING and unit.depth == 0 and not self._begun:
            # What the directive or plan is called, in capitals or not.
            return True
        if unit.kind is UnitKind.HEADING and (unit.depth == 0 or self._is_upper(unit)):
            return self._is_upper(unit) or not (self._levels and self._whom.first_act(words, 0) == 0)
        if self._aims():
            return False
        ended = _ENDED.search(self._text.text[unit.body : unit.end])
        if unit.depth and not ended and self._text.text.startswith(("về ", "đối với việc "), unit.body):
            return True
        act = self._whom.first_act(words, at)
        if act is None:
            return not (ended and unit.depth >= 5)
        return unit.depth in (1, 2, 3, 4, 5) and len(words) <= 14 and not ended and not at

    def _is_upper(self, unit: Unit) -> bool:
        # A title may run into the sentence below it.
        letters = [c for c in self._text.cased[unit.body : unit.end] if c.isalpha()][:_TITLE]
        return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)

    def _past(self, unit: Unit, words: list[Word], at: int) -> bool:
        if self._whom.assigns(unit):
            return False
        if _STATE.match(self._text.text, unit.body, unit.end):
            return True
        if unit.depth == 0:
            # "Hoàn thành các dự án đã được phê duyệt" begins with its act: what is done in it is only named.
            if self._whom.first_act(words, at) == at:
                return False
            return any(word.text in ("đã", "vừa") for word in words[:40])
        for place in range(at, min(at + 8, len(words))):
            if words[place].text in ("đã", "vừa", "đang"):
                return True
            if self._cues.acts.at(self._text.text, words, place):
                return False
        return False

    def _tells_to_act(self, unit: Unit) -> bool:
        """Whether somebody is named at its head who acts, and not only named."""
        words = self._whom.words(unit.body, unit.end)
        owners, at = self._whom.at_the_head(unit, words)
        act = self._whom.first_act(words, at)
        return bool(owners) and act is not None and act <= at + 3

    def _named_below(self, unit: Unit, words: list[Word]) -> Finding | None:
        """A heading or its tasks get their owner on a line of their own ("Cơ quan chủ trì: Bộ Tư pháp")."""
        if any(word.text == "phối" for word in words[:4]):
            return None
        colon = self._text.text.find(":", unit.body, unit.end)
        if not self._text.text[colon + 1 : unit.end].strip(" .;:"):
            # "b) Phân công thực hiện:" stands over the lines that name them.
            return None
        if self._nameless:
            said = self._text.cased[colon + 1 : unit.end].strip(" .;")
            self._named, self._nameless = (self._nameless, self._whom.named(unit, colon) or (said,)), []
            return None
        heading = next((level.unit for level in reversed(self._levels) if level.unit), None)
        if heading is None or heading.depth < 2 or heading in self._tasks:
            return None
        words = self._whom.words(heading.body, heading.end)
        if (act := self._whom.first_act(words, 0)) is None:
            return None
        self._tasks.add(heading)
        why = (f"task: {self._text.cased[words[act].start : words[act].end]}",)
        return Finding(heading, 0.7, "will", self._whom.named(unit, colon), "stated", why, words[act].start)

    def _dated_goal(self, unit: Unit, words: list[Word]) -> Finding | None:
        """A preamble counts once when it names a goal in numbers and gives a task."""
        if not self._whom.assigns(unit):
            return None
        if not re.search(
            r"(?:đạt|trên|tăng trưởng)[^,;]{0,60}[0-9]+(?:,[0-9]+)?\s?%|[0-9] (?:tỷ|triệu)",
            self._text.text[unit.start : unit.end],
        ):
            return None
        return Finding(unit, 0.7, "will", self._whom.asked(unit, words), "stated", ("goal in numbers",), unit.body)

    def _task(self, unit: Unit, words: list[Word], owners: tuple[str, ...], at: int) -> Finding | None:
        plain = self._text.text
        if owners or unit.first:
            self._said = (unit.paragraph, owners)
        owners = owners or self._whom.given_to(unit, words)
        above = self._said[1] if self._said[0] == unit.paragraph else ()
        above = above or next((level.owners for level in reversed(self._levels) if level.owners), ())
        act = self._whom.first_act(words, at)
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
        thing = self._cues.things.at(plain, words, 0) is not None and not (unit.depth and act == 0)
        if thing and not owners and not self._whom.assigns(unit):
            return None
        if self.closes(words):
            return None
        if act is None:
            # An item that gives a state to reach, with no verb that we know.
            item = unit.depth >= 5 and self._levels and len(words) >= 6 and not owners
            return Finding(unit, 0.6, "will", owners or above, "heading", ("item",), unit.body) if item else None
        within = bool(self._levels)
        starts = act <= at + 3
        given = bool(self._whom.assigns(unit))
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
            owners or above or (self._issuer if self._plan else ()),
            basis,
            ("task: " + self._text.cased[words[act].start : words[min(act + 1, len(words) - 1)].end],),
            words[act].start,
        )

    def closes(self, words: list[Word]) -> bool:
        """A closing sentence that only says by when ("Hoàn thành trước ngày 30/6/2026")."""
        found = self._cues.closes.at(self._text.text, words, 0)
        if found is None:
            return False
        rest = [word.text for word in words[found.last + 1 :]]
        return len(rest) <= 14 and not any(
            self._cues.acts.at(self._text.text, words, place) and words[place].text not in ("hoàn", "thực", "cấp")
            for place in range(found.last + 1, len(words))
        )
