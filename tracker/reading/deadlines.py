"""Which dates of a sentence are its deadlines: the words of limit before them, and the lures that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from tracker.domain.deadline import Certainty, Deadline, Precision, spelling
from tracker.reading import rules
from tracker.reading.dates import dates
from tracker.reading.spelling import Lexicon, Shadow, lexicon, words


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline and where its words stand in the shadow. `limited` says that a word of limit was there."""

    start: int
    end: int
    deadline: Deadline
    limited: bool


_LIMIT = re.compile(
    r"(?<!\w)(?:(?P<before>trước)"
    r"|(?P<by>chậm nhất|muộn nhất|không muộn hơn|đến|tới|hết|vào|hạn|xong|by|before|until|no later than|not later than)"
    r"|(?P<within>trong|in|during|for|within|over))"
    r"(?:\s+(?:là|vào|trong|hết|thời gian|thời hạn|khoảng|the|end|of|ngày|tháng|năm|dịp|thời điểm|year))*\s*$"
)
_LIMIT_INSIDE = re.compile(r"(?:(?P<before>trước)|(?P<by>đến|hạn|hết|vào|by|before|until|no later|not later))(?!\w)")
_OPEN = re.compile(r"(?<!\w)(?:kể từ|từ|since|from|starting|sau|after)(?:\s+(?:ngày|tháng|năm|the|khi))*\s*$")
_INNER = re.compile(r"[0-9]|quý|cuối|đầu|giữa|những|các|mid|early|late|năm|tháng|giai đoạn|tuần")
# A law or paper cited by its number and day.
_NUMBERED = re.compile(r"[0-9]+/(?:[0-9]{4}/)?[a-zđ0-9-]+\s*$")
_BY_NUMBER = re.compile(r"(?:số|luật|hiến pháp|executive order)[^,;]{0,50}$")
_TIME_OF_DAY = re.compile(r"(?:sáng|trưa|chiều|tối|đêm)(?: ngày)? [0-9]")
_VISIT = re.compile(r"(?:thăm|visit)[^,;.]{0,60}$")
_COMES_OUT_LATE = timedelta(days=31)
_BARE_YEAR = re.compile(r"20[0-9]{2}")
_PERIOD = re.compile(r"giai đoạn|thời kỳ|20[0-9]{2}\s*[-–]")
# "theo Quy hoạch hạ tầng thời kỳ 2021 - 2030": what is followed covers that.
_FOLLOWS_A_PLAN = re.compile(
    r"(?:theo|điều chỉnh|căn cứ)(?: các)? (?:quy hoạch|kế hoạch|chương trình|chiến lược|đề án)[^,;:.]*$"
)
_HORIZON = re.compile(r"đến năm")
# A part of a year is said in passing ("dịp cuối năm"): it is a deadline after a word of limit.
_PASSING = re.compile(r"(?:đầu|giữa|cuối) năm")


@dataclass(frozen=True, slots=True)
class _Words:
    before: Lexicon[str]
    cited: re.Pattern[str]
    after: re.Pattern[str]
    plans: re.Pattern[str]
    builds: re.Pattern[str]
    undated: tuple[tuple[str, Lexicon[str]], ...]


@cache
def _words() -> _Words:
    data = rules.dates()
    lures = data["lures"]

    def whole(phrases: list[str]) -> str:
        return r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)"

    return _Words(
        lexicon({"": lures["before"]}),
        re.compile(whole(lures["cited"]) + r"[^;:]{0,60}$"),
        # "01/6 và 15/11 hằng năm"
        re.compile(r"(?:\s*(?:và|,)\s*(?:ngày\s*)?[0-9]{1,2}/[0-9]{1,2})*\s*" + whole(lures["after"])),
        re.compile(whole(lures["plans"])),
        re.compile(whole(lures["builds"])),
        (("recurring", lexicon({"": data["recurring"]["words"]})), ("none", lexicon({"": data["vague"]["words"]}))),
    )


def deadlines(text: Shadow, start: int, end: int, anchor: date, *, directive: bool = False) -> list[Dated]:
    """The deadlines between two places of the shadow, first to last. What ended before the anchor is none."""
    found = []
    for match, (first, last, inferred) in dates(text, start, end, anchor):
        dated = _dated(text, (start, end), match, (first, last), inferred, anchor, directive)
        if dated is not None:
            found.append(dated)
    found.sort(key=lambda dated: dated.start)
    # "sắp xếp đơn vị năm 2025 trước ngày 8/4": the year is of the thing.
    touched = {
        one.start
        for one, two in pairwise(found)
        if two.limited and not one.limited and not text.text[one.end : two.start].strip()
    }
    return [dated for dated in found if dated.start not in touched]


def in_cell(text: Shadow, start: int, end: int, anchor: date) -> Deadline | None:
    """The deadline that a cell of a table gives: its last day, over or not, for nothing else stands there."""
    if year := _BARE_YEAR.fullmatch(text.text, start, end):
        return Deadline.of(f"..{year.group()}", year.group(), Certainty.STATED)
    found = [
        dated
        for match, (first, last, inferred) in dates(text, start, end, anchor)
        if (dated := _dated(text, (start, end), match, (first, last), inferred, date.min, directive=True))
    ]
    if not found:
        return undated(text, start, end)
    return _at_the_latest(max(found, key=lambda dated: dated.start).deadline)


def _dated(
    text: Shadow,
    span: tuple[int, int],
    match: re.Match[str],
    days: tuple[date | None, date | None],
    inferred: bool,
    anchor: date,
    directive: bool,
) -> Dated | None:
    first, last = days
    # A directive may come out some weeks after it was given, and its first deadlines be over by then.
    earliest = anchor - _COMES_OUT_LATE if directive and not inferred and anchor > date.min else anchor
    if last is None or last < earliest:
        return None
    plain, start = text.text, span[0]
    # A word of limit may be part of the form itself ("trước 30/6", "by 2030").
    inner = _INNER.search(plain, match.start(), match.end())
    limit = _LIMIT.search(plain, max(start, match.start() - 40), inner.start() if inner else match.start())
    limit = limit or _LIMIT.search(plain, max(start, match.start() - 40), match.start())
    limit = limit or _LIMIT_INSIDE.match(plain, match.start(), match.end())
    if last == first == anchor and limit is None:
        # What is written on a day tells of that day, unless it gives time until then.
        return None
    begin = min(limit.start(), match.start()) if limit else match.start()
    if last < anchor and limit is None:
        return None
    if _is_lure(text, span, begin, match, limit is not None, directive):
        return None
    if limit and limit["before"] and first is not None and first != last:
        last = first - timedelta(days=1)
        first = None
        if last < earliest:
            return None
    elif limit and (limit["before"] or limit["by"]):
        first = None
    elif not limit and first is not None and _OPEN.search(plain, max(start, match.start() - 16), match.start()):
        # "từ năm 2026" begins then and has no end.
        return None
    value = spelling(first, last) if first else _by(last)
    certainty = Certainty.DERIVED if inferred else Certainty.STATED
    return Dated(begin, match.end(), Deadline.of(value, text.cased[begin : match.end()], certainty), limit is not None)


def _by(last: date) -> str:
    """The spelling of "by" a day: by the end of a year, where it is one."""
    return f"..{last.year}" if (last.month, last.day) == (12, 31) else spelling(None, last)


def _is_lure(
    text: Shadow, span: tuple[int, int], begin: int, match: re.Match[str], limited: bool, directive: bool
) -> bool:
    """Whether a date is none of the promise: a term, an anniversary, a cited law, a visit, what a plan covers."""
    plain, known, (start, end) = text.text, _words(), span
    if known.after.match(plain, match.end(), end):
        return True
    if _TIME_OF_DAY.match(plain, start) and match.start() - start < 10:
        # "Chiều 23/8, Thủ tướng hội kiến ..." tells when they met.
        return True
    before = words(plain, max(start, begin - 60), begin)
    touching = before and not plain[before[-1].end : begin].strip(" ,(")
    if touching and not limited and known.before.ends(plain, before, len(before)):
        return True
    left = plain[max(start, match.start() - 90) : match.start()]
    jubilee = not limited and ("kỷ niệm" in left[-70:] or "anniversary" in left[-40:])
    beyond = "nhiệm kỳ" in left[-16:] or "tầm nhìn" in left[-20:]
    if (jubilee or beyond) and not match.group().startswith("năm đoàn kết"):
        return True
    cited = "ngày" in match.group() or _BY_NUMBER.search(left) is not None
    if not limited and cited and known.cited.search(left):
        return True
    if _NUMBERED.search(left) or ("ngày" in match.group() and _VISIT.search(left)):
        return True
    if not limited and _PASSING.match(match.group()):
        return True
    ranges = any(match.groupdict().get(name) for name in ("y1", "m1", "d1"))
    inside = plain.rfind("(", start, match.start()) > plain.rfind(")", start, match.start())
    if inside and not limited and not ranges:
        return True
    if not limited and _PERIOD.match(match.group()) and _FOLLOWS_A_PLAN.search(left):
        return True
    if directive and (_PERIOD.match(match.group()) or _HORIZON.search(plain, begin, match.end())):
        # "Điều chỉnh quy hoạch hạ tầng đến năm 2030": the plan reaches so far.
        plan = next(reversed(list(known.plans.finditer(left))), None)
        touches = plan is not None and not re.search(r"[,;]", left[plan.end() :])
        return touches and known.builds.search(plain, start, match.start()) is not None
    return False


def undated(text: Shadow, start: int, end: int) -> Deadline | None:
    """Words of time that name no day ("sớm", "hằng năm"), kept beside no deadline, or a recurring one."""
    given = words(text.text, start, end)
    for value, phrases in _words().undated:
        if found := next(phrases.find(text.text, given), None):
            return Deadline.of(value, text.cased[found.start : found.end], Certainty.NONE)
    return None


def _at_the_latest(deadline: Deadline) -> Deadline:
    """A bare date in a cell of a table is the last day, with no first one."""
    if deadline.start is None or deadline.end is None or deadline.precision is Precision.RANGE:
        return deadline
    return Deadline.of(f"..{deadline.value}", deadline.text, deadline.certainty)
