"""News and statements: which sentences bind somebody, and whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from tracker.reading import rules
from tracker.reading.findings import Finding
from tracker.reading.parties import Mention, Parties
from tracker.reading.rules import Cue, Undertaking
from tracker.reading.spelling import Found, Lexicon, Shadow, Word
from tracker.reading.subjects import Subject, Subjects
from tracker.reading.units import Unit, UnitKind

# Nouns as often as verbs: the words before and after tell.
# What no thing does.
_PERSONAL = ("agree", "pledge", "resolve")
_ALSO_NOUNS = ("pledge", "resolve", "offer", "decide")
_DETERMINERS = ("a", "an", "the", "be", "its", "their", "this")
_SIDE_BY_SIDE = ("và", "và cũng", "và luôn", "and", "and also", "đồng thời")
_AND_ALSO = (" and", " và", " cũng", " đồng thời", " and further", " and also")
# A sentence that begins so tells how things are.
_ONGOING = ("đã", "đang", "ngày", "vừa")
_TO_COME = ("sớm", "sẽ", "tiếp", "soon", "further")
_SUCH_AS = ("đó", "như", "gồm", "là")
_LIST_OF_ACTS = ("một", "những", "các", "nhiều", "phương", "biện", "nội")


@dataclass(frozen=True, slots=True)
class _Segment:
    """What lies between two semicolons of a sentence, with its words and cues."""

    start: int
    words: list[Word]
    cues: list[Found[Cue]]

    def place(self, at: int) -> int:
        """The number of the word that begins at or after a place."""
        return bisect_left(self.words, at, key=lambda word: word.start)


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
        self._before: Finding | None = None
        self._opened: Finding | None = None
        self._was_found = False
        # Once tasks are given, a body with a verb of acting is another one that has its task.
        self._was_asked = False

    def judge(self, unit: Unit) -> Finding | None:
        """Whether this unit binds somebody; units are given first to last."""
        found = self._judged(unit)
        if found is not None and self._text.text[unit.start : unit.end].rstrip().endswith(":"):
            # What a list is opened with is no commitment; what stands in the list is.
            self._opened = found
            return None
        if unit.kind is UnitKind.SENTENCE:
            self._was_found = found is not None
            self._was_asked = self._was_asked or (found is not None and found.why[0].startswith("assign"))
            self._before = found or self._before
        return found

    def _judged(self, unit: Unit) -> Finding | None:
        if unit.kind is UnitKind.CAPTION:
            return None
        segments = self._segments(unit)
        best: Finding | None = None
        frame: Found[Cue] | None = None
        for segment in segments:
            found, frame = self._in_segment(unit, segment, frame)
            if found and (best is None or found.weight > best.weight):
                best = found
        if unit.kind is UnitKind.HEADING:
            self._opened = None
            # A heading promises nothing by itself; a headline that says who agreed on what does.
            return best if best and best.weight >= 0.8 and best.basis else None
        if unit.depth < 3 and unit.first:
            self._opened = None
        return best or (self._inherited(unit) if unit.depth >= 3 else None) or self._continued(unit, segments[0])

    def _segments(self, unit: Unit) -> list[_Segment]:
        stops = [m.end() for m in re.finditer(";", self._text.text[unit.body : unit.end])]
        segments: list[_Segment] = []
        start = unit.body
        for stop in (*stops, unit.end - unit.body):
            end = unit.body + stop
            given = self._words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            segments.append(_Segment(start, given, list(self._rules.all.find(self._text.text, given))))
            start = end
        return segments

    def _in_segment(
        self, unit: Unit, segment: _Segment, frame: Found[Cue] | None
    ) -> tuple[Finding | None, Found[Cue] | None]:
        """The surest undertaking of a segment, and the frame that holds at its end."""
        best: Finding | None = None
        for cue in segment.cues:
            what = cue.means.undertaking
            governing = what is not None and what.name in ("agree", "pledge") and not self._is_noun(segment, cue)
            if what and self._binds(segment, cue, what, frame):
                found = self._finding(unit, segment, cue, what, frame)
                if found and (best is None or found.weight > best.weight):
                    best = found
            if cue.means.frame is not None or governing:
                frame = cue
        return best, frame

    def _finding(
        self, unit: Unit, segment: _Segment, cue: Found[Cue], what: Undertaking, frame: Found[Cue] | None
    ) -> Finding | None:
        owners, basis = self._subject(unit, segment, cue, frame, personal=what.name in _PERSONAL)
        if what.name == "assign":
            owners, basis = self._parties.stand_for(cue.end, min(cue.end + 160, unit.end))
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
            cue.start,
        )

    def _with_partner(self, segment: _Segment, cue: Found[Cue], owners: tuple[str, ...], basis: str) -> Subject:
        """Who agrees with somebody is bound together with them ("thống nhất với lãnh đạo Hà Nội trong việc ...")."""
        place = segment.place(cue.end)
        if place >= len(segment.words) or segment.words[place].text not in ("với", "with"):
            return owners, basis
        partner = next(iter(self._parties.between(segment.words[place].end, segment.words[place].end + 2)), None)
        if partner is None:
            return owners, basis
        others, _ = self._parties.stand_for(partner.start, segment.words[-1].end)
        return (tuple(dict.fromkeys((*owners, *others))), "joint") if others else (owners, basis)

    def _strength(self, segment: _Segment, cue: Found[Cue], what: Undertaking) -> str:
        for phrases, code in ((self._rules.consider, "consider"), (self._rules.strive, "strive")):
            if self._followed(segment, cue, phrases, 3):
                return code
        return what.strength

    # Does it bind?

    def _binds(self, segment: _Segment, cue: Found[Cue], what: Undertaking, frame: Found[Cue] | None) -> bool:
        """Whether a word of undertaking is one here: what governs it, and what follows it."""
        kind = frame.means.frame if frame else None
        match what.name:
            case "affirm":
                return self._affirms(segment, cue)
            case "assign":
                return self._assigns(segment, cue) or self._asks_to_act(segment, cue)
            case "back":
                helped = self._rules.past.ends(self._text.text, segment.words, segment.place(cue.start))
                return (
                    kind not in ("request", "wish") and not helped and self._followed(segment, cue, self._rules.step, 8)
                )
            case "agree":
                asked = frame is not None and frame.start >= segment.start and kind == "request"
                near = asked and frame is not None and cue.first - frame.last <= 5
                return not near and not self._is_noun(segment, cue) and self._acts_after(segment, cue, "agree")
        if kind in ("request", "wish", "praise", "stance") and self._governs(segment, cue, frame):
            return False
        if what.name == "memorandum":
            # A memorandum "to buy" promises; one "on cooperation" was signed, and that is done.
            place = segment.place(cue.end)
            return any(word.text == "to" for word in segment.words[place : place + 6])
        if what.name in _ALSO_NOUNS and self._is_noun(segment, cue):
            return False
        return self._acts_after(segment, cue, what.name)

    def _followed(self, segment: _Segment, cue: Found[Cue], phrases: Lexicon[str], within: int) -> bool:
        place = segment.place(cue.end)
        last = min(place + within, len(segment.words))
        return any(phrases.at(self._text.text, segment.words, at) for at in range(place, last))

    def _affirms(self, segment: _Segment, cue: Found[Cue]) -> bool:
        """Affirming is an undertaking right before one of a few words ("khẳng định tiếp tục ...")."""
        text, given, place = self._text.text, segment.words, segment.place(cue.end)
        if place >= len(given) or text[cue.end : given[place].start].strip(" ,"):
            return False
        return (
            self._rules.next.at(text, given, place) is not None
            and self._rules.no_act["affirm"].at(text, given, place) is None
            and self._acts_after(segment, cue, "affirm")
        )

    def _assigns(self, segment: _Segment, cue: Found[Cue]) -> bool:
        """Giving a task: to a body that stands right after, and none of another state."""
        found = self._parties.between(cue.end, cue.end + 40)
        done_first = self._rules.acts.ends(self._text.text, segment.words, segment.place(cue.start))
        # "Bộ Ngoại giao" gives nothing; "thí điểm giao cho các tập đoàn" is what somebody does who was named before.
        if done_first or self._parties.covers(cue.start, cue.end):
            return False
        near = any(m.kind in ("body", "general", "office") and m.start - cue.end <= 12 for m in found)
        abroad = any(m.kind == "state" and m.name != self._parties.states[0] for m in found[:2])
        return near and not abroad and not self._is_noun(segment, cue)

    def _asks_to_act(self, segment: _Segment, cue: Found[Cue]) -> bool:
        """Giving a task to whom it concerns: "Thủ tướng yêu cầu đẩy nhanh tiến độ"."""
        place, given = segment.place(cue.end), segment.words
        if self._text.text[cue.start : cue.end] != "yêu cầu" or self._is_noun(segment, cue) or place >= len(given):
            return False
        gives = self._subjects.between(segment.start, cue.start)
        asks = gives[1] in ("office", "stated") and not set(gives[0]) & set(self._parties.states[1:])
        return asks and self._acts_now(segment, place)

    def _is_noun(self, segment: _Segment, cue: Found[Cue]) -> bool:
        """Whether the words before make a noun of it ("các cam kết", "sự nhất trí")."""
        place = segment.place(cue.start)
        if place == 0 or self._is_pledge(cue):
            return False
        before = segment.words[place - 1]
        # "Nhật Bản cam kết" is no "bản cam kết".
        if self._text.text[before.end : cue.start].strip() or self._parties.ends_at(before.end):
            return False
        return self._rules.before_nouns.ends(self._text.text, segment.words, place)

    def _is_pledge(self, cue: Found[Cue]) -> bool:
        """Whether it is a noun that binds all the same: "reaffirmed its commitment to ..."."""
        return " ".join(self._text.text[cue.start : cue.end].split()) in self._rules.noun_pledges

    def _governs(self, segment: _Segment, cue: Found[Cue], frame: Found[Cue] | None) -> bool:
        """Whether a frame before still governs: no new clause with a party of its own came between."""
        if frame is None:
            return False
        if frame.start < segment.start:
            return True
        between = self._text.text[frame.end : cue.start]
        # "mong muốn và sẵn sàng", "call on and will work with": side by side, neither governs the other.
        if between.strip() in _SIDE_BY_SIDE:
            return False
        if frame.means.frame in ("request", "wish"):
            return True
        if between.rstrip().endswith((*_AND_ALSO, ",")):
            return False
        return "," not in between or not self._parties.between(frame.end, cue.start)

    def _acts_after(self, segment: _Segment, cue: Found[Cue], name: str) -> bool:
        """Whether a verb of acting follows, adverbs passed over, and nothing that makes it a mere stance."""
        text, given = self._text.text, segment.words
        place = segment.place(cue.end)
        refuses = self._rules.no_act.get(name)
        english = cue.means.undertaking is not None and cue.means.undertaking.english
        done, ahead = self._rules.no_act.get(f"{name}_done"), False
        for _ in range(12):
            if place >= len(given):
                # "The two sides agreed to:" is followed by what its list says.
                return bool(given) and text.startswith(":", given[-1].end)
            if done and not ahead and done.at(text, given, place):
                return False
            if refuses and refuses.at(text, given, place):
                return False
            adverb = self._rules.adverbs.at(text, given, place)
            act = None if english else self._rules.acts.at(text, given, place)
            if adverb and (act is None or adverb.end >= act.end):
                # "Nhất trí nâng cấp quan hệ" is done with these words, "nhất trí sớm nâng cấp" is to come.
                ahead = ahead or given[place].text in _TO_COME
                place = adverb.last + 1
            elif english:
                if given[place].text in ("the", "its") and self._party_at(given[place + 1 : place + 2]):
                    return False
                return given[place].text not in _DETERMINERS or name in ("pledge", "decide")
            elif act:
                return True
            elif (party := self._party_at(given[place : place + 1])) and (
                given[place - 1].text in ("cùng", "với") or (name == "agree" and given[place].text == "hai")
            ):
                # "sẵn sàng cùng Việt Nam thúc đẩy", "nhất trí hai bên cần thúc đẩy"
                place = segment.place(party)
            elif given[place].text == "với":
                return name == "will" or self._in_doing(segment, place)
            elif name in ("agree", "pledge") and given[place].text not in self._rules.no_verbs:
                # After "nhất trí" and "cam kết" comes a verb, whether or not our list has it, but no party.
                beside = not text[given[place - 1].end : given[place].start].strip()
                return beside and self._party_at(given[place : place + 1]) is None
            else:
                return name == "will" or (name in ("agree", "decide") and self._lists_acts(segment, place))
        return False

    def _in_doing(self, segment: _Segment, place: int) -> bool:
        """Whether somebody is agreed with on an act: "thống nhất với lãnh đạo Hà Nội trong việc tăng cường"."""
        given = segment.words
        return any(
            given[at - 1].text == "việc" and self._rules.acts.at(self._text.text, given, at)
            for at in range(place + 2, min(place + 14, len(given)))
        )

    def _lists_acts(self, segment: _Segment, place: int) -> bool:
        """Whether a list of acts is agreed on: "nhất trí một số phương hướng, trong đó tăng cường"."""
        text, given = self._text.text, segment.words
        if given[place].text not in _LIST_OF_ACTS:
            return False
        return any(
            (text[given[at - 1].end : given[at].start].strip() == ":" or given[at - 1].text in _SUCH_AS)
            and self._rules.acts.at(text, given, at) is not None
            for at in range(place + 2, min(place + 60, len(given)))
        )

    def _party_at(self, given: list[Word]) -> int | None:
        """Where the party that begins with this word ends."""
        found = self._parties.between(given[0].start, given[0].end) if given else []
        return found[0].end if found else None

    # Whom?

    def _subject(
        self, unit: Unit, segment: _Segment, cue: Found[Cue], frame: Found[Cue] | None, *, personal: bool
    ) -> Subject:
        """Who undertakes: between the frame and the cue, else before the frame, else before the segment."""
        if self._is_pledge(cue) and (whose := self._parties.before(cue.start)):
            return (whose,), "stated"
        framed = frame is not None and frame.means.frame is not None and segment.start <= frame.start < cue.start
        start, end = segment.start, cue.start
        if framed and frame is not None:
            found = self._subjects.between(frame.end, cue.start, personal=personal)
            if not self._is_pledge(cue) and found[1]:
                return self._subjects.resolved(found, cue.start)
            end = frame.start
        if (found := self._subjects.between(start, end, personal=personal))[1]:
            return self._subjects.resolved(found, cue.start)
        if segment.start > unit.body and (found := self._subjects.between(unit.body, segment.start))[1] != "thing":
            return self._subjects.resolved(found, cue.start)
        return (), ""

    # What a unit takes from those before it.

    def _inherited(self, unit: Unit) -> Finding | None:
        """An item of a list that a commitment opened."""
        opened = self._opened
        if opened is None:
            return None
        why = (*opened.why, "list")
        return Finding(unit, opened.weight - 0.05, opened.strength, opened.owners, opened.basis, why, unit.body)

    def _continued(self, unit: Unit, first: _Segment) -> Finding | None:
        """A sentence that carries on what the one before it undertook, or the act of a side in the present."""
        text, given = self._text.text, first.words
        go_on = self._rules.continues.at(text, given, 0)
        place = go_on.last + 1 if go_on else 0
        # "Đặc biệt là tổ chức đấu thầu"
        place += go_on is not None and place < len(given) and given[place].text == "là"
        if place >= len(given):
            return None
        mention = next(iter(self._parties.between(given[place].start, given[place].end)), None)
        joint = mention is not None and mention.kind == "joint"
        asked = self._was_asked and mention is not None and mention.kind in ("body", "general")
        if mention is not None:
            if not (joint or asked or (self._agreed and mention.kind in ("state", "group"))):
                return None
            place = first.place(mention.end)
        if not self._acts_now(first, place):
            return None
        previous = self._before if self._was_found else None
        same = previous is not None and unit.paragraph - previous.unit.paragraph <= 1
        if mention is not None and (self._agreed or same or asked):
            return self._side_acts(unit, mention, given[0].start)
        if mention is None and same and previous:
            why = (*previous.why, "carried on")
            return Finding(unit, 0.65, previous.strength, previous.owners, previous.basis, why, given[0].start)
        if mention is None and self._agreed and unit.first and not go_on:
            # "Cùng nhau thực hiện tốt ...": in an agreed statement whoever is not named is both.
            why = (f"acts: {self._text.cased[given[place].start : given[place].end]}",)
            return Finding(unit, 0.55, "agreed", self._parties.states, "joint", why, given[0].start)
        return None

    def _side_acts(self, unit: Unit, mention: Mention, at: int) -> Finding:
        names, basis = self._parties.stand_for(mention.start, mention.end)
        return Finding(unit, 0.6, "agreed", names, basis, (f"acts: {mention.name}",), at)

    def _acts_now(self, segment: _Segment, place: int) -> bool:
        """Whether a verb of acting stands there, adverbs passed over, in no frame and not as something past."""
        text, given = self._text.text, segment.words
        if self._rules.past.at(text, given, place) or self._rules.things.at(text, given, place):
            return False
        while adverb := self._rules.adverbs.at(text, given, place):
            if adverb.means == "cần":
                return False
            place = adverb.last + 1
        framed = bool(segment.cues) and segment.cues[0].first <= place and segment.cues[0].means.frame is not None
        ongoing = any(word.text in _ONGOING for word in given[:12])
        return not framed and not ongoing and self._rules.acts.at(text, given, place) is not None
