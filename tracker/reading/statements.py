"""News and statements: which sentences bind somebody, and whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from tracker.reading import rules
from tracker.reading.binding import Binding, Segment
from tracker.reading.findings import Finding
from tracker.reading.parties import Mention, Parties
from tracker.reading.rules import Cue, Undertaking
from tracker.reading.spelling import Found, Shadow, Word
from tracker.reading.subjects import Subject, Subjects
from tracker.reading.units import UNNUMBERED, Unit, UnitKind

_TO = re.compile(r"[^:;]{3,60}? (to) [a-z]+ [a-z]")
# A recital tells why: "Whereas, the Parties intend ...".
_RECITAL = re.compile(r"(?:whereas|recalling|recognizing|recognising|noting|considering)(?!\w)")
_WHEN = ("trước", "theo", "năm", "đến", "trong", "về", "căn", "trên", "từ", "tầm")
_LONGEST_CLAUSE = 300
_BROKEN_INTO = 3
# A second verb of the first subject.
_RETURNS = re.compile(r",\s+(?:và|đồng thời|and)\s+$")
# Words that say that something is promised, and nothing of what.
_SAYS_ONLY = ("agree", "pledge", "will", "affirm")
_LINKS = re.compile(r"(?:[\s:]+(?:về việc|việc|rằng|là|sẽ|to|that)(?!\w))*\s*")
# What no thing does.
_PERSONAL = ("agree", "pledge", "resolve")


def _agrees(cue: Cue) -> bool:
    return cue.undertaking is not None and cue.undertaking.name == "agree"


class Statements:
    """Judges the units of one news item or statement, in their order.

    In an agreed statement both sides' acts in the present bind: that is how such texts are written.
    """

    def __init__(self, text: Shadow, given: list[Word], parties: Parties, *, agreed: bool) -> None:
        self._text = text
        self._words = given
        self._starts = [word.start for word in given]
        self._parties = parties
        self._agreed = agreed
        self._rules = rules.cues()
        self._subjects = Subjects(text, given, parties, self._rules)
        self._binding = Binding(text, parties, self._rules, self._subjects)
        self._before: Finding | None = None
        self._opened: Finding | None = None
        self._was_found = False
        # What was found in each part of the unit that is judged.
        self._parts: list[tuple[Segment, Finding]] = []
        # The paragraph of the last undertaking.
        self._last = 0
        # Once tasks are given, a body with a verb of acting is another one that has its task.
        self._was_asked = False

    def judge(self, unit: Unit) -> tuple[Finding, ...]:
        """Whom this unit binds, in parts where several undertake in it; units are given first to last."""
        self._parts = []
        found = self._judged(unit)
        if found is not None and self._text.text[unit.start : unit.end].rstrip().endswith(":"):
            # What a list is opened with is no commitment; what stands in the list is.
            self._opened = found
            return ()
        if unit.kind is UnitKind.SENTENCE:
            self._was_found = found is not None
            self._last = unit.paragraph if found else self._last
            self._was_asked = self._was_asked or (found is not None and found.why[0].startswith("assign"))
            self._before = found or self._before
        return self._apart(unit) or ((found,) if found else ())

    def _apart(self, unit: Unit) -> tuple[Finding, ...]:
        """Its parts as units of their own where others undertake in each ("hai bên nhất trí ...; Lào cam kết ...")."""
        if unit.kind is not UnitKind.SENTENCE or len({found.owners for _, found in self._parts}) < 2:
            return ()
        starts = [segment.words[0].start for segment, _ in self._parts]
        ends = [*(self._text.text.rindex(";", unit.start, start) for start in starts[1:]), unit.end]
        starts[0] = unit.start
        return tuple(
            replace(found, unit=replace(unit, start=start, end=end, body=max(start, unit.body)))
            for (_, found), start, end in zip(self._parts, starts, ends, strict=True)
        )

    def _judged(self, unit: Unit) -> Finding | None:
        if unit.kind is UnitKind.CAPTION or _RECITAL.match(self._text.text, unit.body):
            return None
        segments = self._segments(unit)
        best: Finding | None = None
        frame: Found[Cue] | None = None
        first = unit.end
        for segment in segments:
            found, frame = self._in_segment(unit, segment, frame)
            if found:
                self._parts.append((segment, found))
                first = min(first, found.at)
                best = found if best is None or found.weight > best.weight else best
        best = replace(best, at=first) if best else None
        if unit.kind is UnitKind.HEADING:
            self._opened = None
            # A heading promises nothing by itself; a headline that says who agreed on what does.
            return best if best and best.weight >= 0.8 and best.basis else self._headline(unit)
        if unit.first and self._opened and not self._lists(self._opened.unit, unit):
            self._opened = None
        head: Finding | None = None
        if best is None or best.why[0].startswith("assign"):
            # "Bộ Tư pháp ... trình Thủ tướng phân công các bộ": the task is that of whoever stands first.
            head = self._continued(unit, segments[0])
            if head and (best is None or head.basis == "stated") and head.why[0].startswith("acts"):
                best = head
        return best or (self._inherited(unit) if unit.depth >= 3 else None) or head

    def _headline(self, unit: Unit) -> Finding | None:
        """An English headline leaves out "are": "Dhaka, Beijing to expand trade"."""
        if not (to := _TO.match(self._text.text, unit.body, unit.end)):
            return None
        owners, basis = self._parties.stand_for(unit.body, to.start(1))
        named = basis == "stated" and len(owners) > 1
        return Finding(unit, 0.7, "will", owners, basis, ("will: to",), to.start(1)) if named else None

    def _segments(self, unit: Unit) -> list[Segment]:
        stops = [m.end() for m in re.finditer(";", self._text.text[unit.body : unit.end])]
        segments: list[Segment] = []
        start = unit.body
        for stop in (*stops, unit.end - unit.body):
            end = unit.body + stop
            given = self._words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            segments.append(Segment(start, given, list(self._rules.all.find(self._text.text, given))))
            start = end
        return segments

    def _in_segment(
        self, unit: Unit, segment: Segment, frame: Found[Cue] | None
    ) -> tuple[Finding | None, Found[Cue] | None]:
        """The surest undertaking of a segment, and the frame that holds at its end."""
        best: Finding | None = None
        agreed = -2
        for cue in segment.cues:
            what = cue.means.undertaking
            governing = (
                what is not None and what.name in ("agree", "pledge") and not self._binding.is_noun(segment, cue)
            )
            if what and self._binding.binds(segment, cue, what, frame):
                found = self._finding(unit, segment, cue, what, frame)
                # "Hai Thủ tướng thống nhất giao Bộ Xây dựng ...": the task is that of whoever is given it.
                given = what.name == "assign" and cue.first == agreed + 1 and found is not None and found.owners
                if found and (best is None or found.weight > best.weight or given):
                    best = found
                if what.name == "agree":
                    agreed = cue.last
            if cue.means.frame is not None or governing:
                frame = cue
        return best, frame

    def _finding(
        self, unit: Unit, segment: Segment, cue: Found[Cue], what: Undertaking, frame: Found[Cue] | None
    ) -> Finding | None:
        owners, basis = self._subject(unit, segment, cue, frame, personal=what.name in _PERSONAL)
        if what.name == "assign":
            # "Yêu cầu thành lập Ban ..." asks nobody by name.
            nobody = self._binding.asks_to_act(segment, cue)
            owners, basis = ((), "") if nobody else self._parties.asked(cue.end, min(cue.end + 160, unit.end))
        elif len(owners) == 1:
            agreed = next(
                (said for said in (cue, frame) if said and said.start >= segment.start and _agrees(said.means)), None
            )
            owners, basis = self._with_partner(segment, agreed, owners, basis) if agreed else (owners, basis)
        if basis == "thing" or (what.needs == "both" and not basis):
            return None
        return Finding(
            unit,
            what.weight + (0.05 if basis == "joint" else 0.0),
            self._strength(segment, cue, what),
            owners,
            basis,
            (f"{what.name}: {self._text.cased[cue.start : cue.end]}",),
            self._act_behind(cue, unit.end) if what.name in _SAYS_ONLY else cue.start,
        )

    def _act_behind(self, cue: Found[Cue], end: int) -> int:
        """Where what is promised begins, behind the word of promising ("nhất trí về việc mở ...")."""
        return _LINKS.match(self._text.text, cue.end, end).end()  # type: ignore[union-attr]

    def _with_partner(self, segment: Segment, cue: Found[Cue], owners: tuple[str, ...], basis: str) -> Subject:
        """Who agrees with somebody is bound together with them ("thống nhất với lãnh đạo Hà Nội trong việc ...")."""
        place = segment.place(cue.end)
        if place >= len(segment.words) or segment.words[place].text not in ("với", "with"):
            return owners, basis
        partner = next(iter(self._parties.between(segment.words[place].end, segment.words[place].end + 2)), None)
        if partner is None:
            return owners, basis
        others, _ = self._parties.stand_for(partner.start, segment.words[-1].end)
        return (tuple(dict.fromkeys((*owners, *others))), "joint") if others else (owners, basis)

    def _strength(self, segment: Segment, cue: Found[Cue], what: Undertaking) -> str:
        for phrases, code in ((self._rules.consider, "consider"), (self._rules.strive, "strive")):
            if self._binding.followed(segment, cue, phrases, 3):
                return code
        return what.strength

    # Whom?

    def _subject(
        self, unit: Unit, segment: Segment, cue: Found[Cue], frame: Found[Cue] | None, *, personal: bool
    ) -> Subject:
        """Who undertakes: between the frame and the cue, else before the frame, else before the segment."""
        if self._binding.is_pledge(cue) and (whose := self._parties.before(cue.start)):
            return (whose,), "stated"
        framed = frame is not None and frame.means.frame is not None and segment.start <= frame.start < cue.start
        start, end = segment.start, cue.start
        if framed and frame is not None and _RETURNS.search(self._text.text, frame.end, cue.start):
            # "Ông đánh giá cao Việt Nam hợp tác, và cam kết ...": whoever stands first goes on.
            end = frame.start
        elif framed and frame is not None:
            found = self._subjects.between(frame.end, cue.start, personal=personal)
            if not self._binding.is_pledge(cue) and found[1]:
                return self._subjects.resolved(found, cue.start)
            end = frame.start
        if (found := self._subjects.between(start, end, personal=personal))[1]:
            return self._subjects.resolved(found, cue.start)
        if segment.start > unit.body and (found := self._subjects.between(unit.body, segment.start))[1] != "thing":
            return self._subjects.resolved(found, cue.start)
        if self._text.text.startswith(("hereby ", "do hereby "), unit.body):
            # "WE, the leaders ..., hereby decide to:", paragraphs after the "we".
            return self._parties.we(), "joint"
        return (), ""

    # What a unit takes from those before it.

    @staticmethod
    def _lists(opened: Unit, unit: Unit) -> bool:
        """Whether an item is of the list that a unit opened: inside it, or beside it where nothing is numbered."""
        return unit.depth > max(opened.depth, 2) or unit.depth == opened.depth >= UNNUMBERED

    def _inherited(self, unit: Unit) -> Finding | None:
        """An item of a list that a commitment opened."""
        opened = self._opened
        if opened is None:
            return None
        why = (*opened.why, "list")
        return Finding(unit, opened.weight - 0.05, opened.strength, opened.owners, opened.basis, why, unit.body)

    def _continued(self, unit: Unit, first: Segment) -> Finding | None:
        """A sentence that carries on what the one before it undertook, or the act of a side in the present."""
        text, given = self._text.text, first.words
        go_on = self._rules.continues.at(text, given, 0)
        place = go_on.last + 1 if go_on else 0
        # "Đặc biệt là tổ chức đấu thầu"
        place += go_on is not None and place < len(given) and given[place].text == "là"
        if place >= len(given):
            return None
        if self._was_asked and not go_on:
            place = self._behind_the_time(first)
        mention = next(iter(self._parties.between(given[place].start, given[place].end)), None)
        joint = mention is not None and mention.kind == "joint"
        asked = self._was_asked and mention is not None and mention.kind in ("body", "general")
        if mention is not None:
            if not (joint or asked or (self._agreed and mention.kind in ("state", "group"))):
                return None
            place = first.place(self._parties.named_until(mention.start))
        if not self._binding.acts_now(first, place):
            return None
        previous = self._before if self._was_found else None
        same = previous is not None and unit.paragraph - previous.unit.paragraph <= 1
        if mention is not None and (self._agreed or same or asked):
            return self._side_acts(unit, mention, given[0].start)
        # A paragraph that begins with its act goes on with a list that others broke into.
        begins = unit.first and unit.depth == 0 and place == 0 and given[0].text != "về"
        goes_on = begins and self._last > 0 and unit.paragraph - self._last <= _BROKEN_INTO
        if mention is None and goes_on and self._before:
            why = (*self._before.why, "carried on")
            return Finding(unit, 0.6, self._before.strength, self._before.owners, self._before.basis, why, unit.body)
        if mention is None and same and previous:
            why = (*previous.why, "carried on")
            return Finding(unit, 0.65, previous.strength, previous.owners, previous.basis, why, given[0].start)
        if mention is None and self._agreed and unit.first and not go_on:
            # "Cùng nhau thực hiện tốt ...": in an agreed statement whoever is not named is both.
            why = (f"acts: {self._text.cased[given[place].start : given[place].end]}",)
            return Finding(unit, 0.55, "agreed", self._parties.states, "joint", why, given[0].start)
        return None

    def _behind_the_time(self, first: Segment) -> int:
        """The number of the first word behind what only says when or by what: "Theo Kế hoạch, trước ngày 1/5, ..."."""
        given = first.words
        if given[0].text not in _WHEN:
            return 0
        begins, ends = given[0].start, min(given[0].start + _LONGEST_CLAUSE, given[-1].start)
        for comma in re.finditer(",", self._text.text[begins:ends]):
            place = first.place(begins + comma.start())
            if self._binding.acts_now(first, first.place(self._parties.named_until(given[place].start))):
                return place
        return 0

    def _side_acts(self, unit: Unit, mention: Mention, at: int) -> Finding:
        names, basis = self._parties.stand_for(mention.start, mention.end)
        return Finding(unit, 0.6, "agreed", names, basis, (f"acts: {mention.name}",), at)
