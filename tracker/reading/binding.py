"""Whether a word of undertaking binds where it stands: what governs it, and what follows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from tracker.reading.parties import Mention, Parties
from tracker.reading.rules import Cue, Cues, Undertaking
from tracker.reading.spelling import Found, Lexicon, Shadow, Word
from tracker.reading.subjects import Subjects

# Nouns as often as verbs: the words before and after tell.
_ALSO_NOUNS = ("pledge", "resolve", "offer", "decide")
_DETERMINERS = ("a", "an", "the", "be", "its", "their", "this")
_SIDE_BY_SIDE = ("và", "và cũng", "và luôn", "and", "and also", "đồng thời")
_AND_ALSO = (" and", " và", " cũng", " đồng thời", " and further", " and also", " theo đó")
# A sentence that begins so tells how things are.
_ONGOING = ("đã", "đang", "ngày", "vừa")
# "Nhất trí ký hiệp định trong năm 2027" is not done with these words.
_TIME_TO_COME = re.compile(
    r"(?<!\w)(?:trong|vào|trước|chậm nhất)\s+(?:ngày|tháng|quý|năm|nửa|cuối|đầu|thời gian tới)(?!\w)"
)
_TO_COME = ("sớm", "sẽ", "tiếp", "soon", "further")
_SUCH_AS = ("đó", "như", "gồm", "là")
_LIST_OF_ACTS = ("một", "những", "các", "nhiều", "phương", "biện", "nội")


@dataclass(frozen=True, slots=True)
class Segment:
    """What lies between two semicolons of a sentence, with its words and cues."""

    start: int
    words: list[Word]
    cues: list[Found[Cue]]

    def place(self, at: int) -> int:
        """The number of the word that begins at or after a place."""
        return bisect_left(self.words, at, key=lambda word: word.start)


class Binding:
    """Judges the words of undertaking of one text."""

    def __init__(self, text: Shadow, parties: Parties, rules: Cues, subjects: Subjects) -> None:
        self._text = text
        self._parties = parties
        self._rules = rules
        self._subjects = subjects

    def binds(self, segment: Segment, cue: Found[Cue], what: Undertaking, frame: Found[Cue] | None) -> bool:
        """Whether a word of undertaking is one here: what governs it, and what follows it."""
        kind = frame.means.frame if frame else None
        match what.name:
            case "affirm":
                return self._affirms(segment, cue)
            case "assign":
                return self._assigns(segment, cue) or self.asks_to_act(segment, cue)
            case "back":
                if kind in ("request", "wish") or self.is_noun(segment, cue):
                    return False
                helped = self._rules.past.ends(self._text.text, segment.words, segment.place(cue.start))
                return not helped and self.followed(segment, cue, self._rules.step, 8)
            case "agree":
                asked = frame is not None and frame.start >= segment.start and kind == "request"
                near = asked and frame is not None and cue.first - frame.last <= 5
                return not near and not self.is_noun(segment, cue) and self._acts_after(segment, cue, "agree")
        if kind in ("request", "wish", "praise", "stance") and self._governs(segment, cue, frame):
            return False
        if what.name == "memorandum":
            # A memorandum "to buy" promises; one "on cooperation" was signed, and that is done.
            place = segment.place(cue.end)
            return any(word.text == "to" for word in segment.words[place : place + 6])
        if what.name in _ALSO_NOUNS and self.is_noun(segment, cue):
            return False
        return self._acts_after(segment, cue, what.name)

    def followed(self, segment: Segment, cue: Found[Cue], phrases: Lexicon[str], within: int) -> bool:
        """Whether one of the phrases begins within so many words after it."""
        place = segment.place(cue.end)
        last = min(place + within, len(segment.words))
        return any(phrases.at(self._text.text, segment.words, at) for at in range(place, last))

    def _affirms(self, segment: Segment, cue: Found[Cue]) -> bool:
        """Affirming is an undertaking right before one of a few words ("khẳng định tiếp tục ...")."""
        text, given, place = self._text.text, segment.words, segment.place(cue.end)
        if place >= len(given) or text[cue.end : given[place].start].strip(" ,"):
            return False
        if given[place].text == "hai" and (party := self._party_at(given[place : place + 1])):
            # "khẳng định hai bên tiếp tục ..."
            place = segment.place(party)
            if place >= len(given):
                return False
        return (
            self._rules.next.at(text, given, place) is not None
            and self._rules.no_act["affirm"].at(text, given, place) is None
            and self._acts_after(segment, cue, "affirm", place)
        )

    def _assigns(self, segment: Segment, cue: Found[Cue]) -> bool:
        """Giving a task: to a body that stands right after, and none of another state."""
        found = self._parties.between(cue.end, cue.end + 40)
        done_first = self._rules.acts.ends(self._text.text, segment.words, segment.place(cue.start))
        # "Bộ Ngoại giao" gives nothing; "thí điểm giao cho các tập đoàn" is what somebody does who was named before.
        agreed = self._text.text.endswith("thống nhất ", segment.start, cue.start)
        if (done_first and not agreed) or self._parties.covers(cue.start, cue.end):
            return False
        near = any(self._receives(segment, cue, m) for m in found)
        abroad = any(m.kind == "state" and m.name != self._parties.states[0] for m in found[:2])
        return near and not abroad and not self.is_noun(segment, cue)

    def _receives(self, segment: Segment, cue: Found[Cue], whom: Mention) -> bool:
        """Whether a task is given to a party: it stands behind the word, and no act between ("yêu cầu lập Ban ...")."""
        within = {"body": 12, "general": 12, "office": 2}.get(whom.kind, -1)
        first, last = segment.place(cue.end), segment.place(whom.start)
        acts = any(self._rules.acts.at(self._text.text, segment.words, at) for at in range(first, last))
        return whom.start - cue.end <= within and not acts

    def asks_to_act(self, segment: Segment, cue: Found[Cue]) -> bool:
        """Giving a task to whom it concerns: "Thủ tướng yêu cầu đẩy nhanh tiến độ"."""
        place, given = segment.place(cue.end), segment.words
        if self._text.text[cue.start : cue.end] != "yêu cầu" or self.is_noun(segment, cue) or place >= len(given):
            return False
        gives = self._subjects.between(segment.start, cue.start)
        asks = gives[1] in ("office", "stated") and not set(gives[0]) & set(self._parties.states[1:])
        return asks and self.acts_now(segment, place)

    def is_noun(self, segment: Segment, cue: Found[Cue]) -> bool:
        """Whether the words before make a noun of it ("các cam kết", "sự nhất trí")."""
        place = segment.place(cue.start)
        if place == 0 or self.is_pledge(cue):
            return False
        before = segment.words[place - 1]
        # "Nhật Bản cam kết" is no "bản cam kết".
        if self._text.text[before.end : cue.start].strip() or self._parties.ends_at(before.end):
            return False
        return self._rules.before_nouns.ends(self._text.text, segment.words, place)

    def is_pledge(self, cue: Found[Cue]) -> bool:
        """Whether it is a noun that binds all the same: "reaffirmed its commitment to ..."."""
        return " ".join(self._text.text[cue.start : cue.end].split()) in self._rules.noun_pledges

    def _governs(self, segment: Segment, cue: Found[Cue], frame: Found[Cue] | None) -> bool:
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
            # "..., Thailand undertakes to": a clause of its own.
            own = cue.means.undertaking is not None and cue.means.undertaking.english
            return not (own and self._parties.ends_at(cue.start - 1) and self._opens_clause(cue.start - 1))
        if between.rstrip().endswith((*_AND_ALSO, ",")):
            return False
        return "," not in between or not self._parties.between(frame.end, cue.start)

    def _acts_after(self, segment: Segment, cue: Found[Cue], name: str, place: int = 0) -> bool:
        """Whether a verb of acting follows, adverbs passed over, and nothing that makes it a mere stance.

        It is looked for behind the cue, or from the word of that number.
        """
        text, given = self._text.text, segment.words
        place = place or segment.place(cue.end)
        refuses = self._rules.no_act.get(name)
        english = cue.means.undertaking is not None and cue.means.undertaking.english
        done, ahead = self._rules.no_act.get(f"{name}_done"), False
        for _ in range(12):
            if place >= len(given):
                # "The two sides agreed to:" is followed by what its list says.
                return bool(given) and text.startswith(":", given[-1].end)
            if done and not ahead and done.at(text, given, place):
                return _TIME_TO_COME.search(text, given[place].end, given[-1].end) is not None
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
                listed = text[given[place].start :].startswith("the following")
                return listed or given[place].text not in _DETERMINERS or name in ("pledge", "decide")
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

    def _opens_clause(self, end: int) -> bool:
        """Whether the party that ends there stands right behind a comma."""
        begins = self._parties.between(max(0, end - 60), end)[-1].start
        return self._text.text[:begins].rstrip().endswith(",")

    def _in_doing(self, segment: Segment, place: int) -> bool:
        """Whether somebody is agreed with on an act: "thống nhất với lãnh đạo Hà Nội trong việc tăng cường"."""
        given = segment.words
        return any(
            given[at - 1].text == "việc" and self._rules.acts.at(self._text.text, given, at)
            for at in range(place + 2, min(place + 14, len(given)))
        )

    def _lists_acts(self, segment: Segment, place: int) -> bool:
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

    def acts_now(self, segment: Segment, place: int) -> bool:
        """Whether a verb of acting stands there, adverbs passed over, in no frame and not as something past."""
        text, given = self._text.text, segment.words
        if self._rules.past.at(text, given, place) or self._rules.things.at(text, given, place):
            return False
        while adverb := self._rules.adverbs.at(text, given, place):
            if adverb.means == "cần":
                return False
            place = adverb.last + 1
        framed = bool(segment.cues) and segment.cues[0].first <= place and segment.cues[0].means.frame is not None
        ongoing = any(word.text in _ONGOING for word in given[place : place + 8])
        act = self._rules.acts.at(text, given, place)
        # "công nhận sự đóng góp" is a stance.
        stance = act is not None and act.last + 1 < len(given) and given[act.last + 1].text == "sự"
        return not framed and not ongoing and act is not None and not stance
