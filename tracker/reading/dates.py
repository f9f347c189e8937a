"""The grammar of dates in Vietnamese and English: what may be written, and the days that it means.

Each form gives the first and the last day and whether anything was inferred (a year, an edge). Anchored at the day of
publication. Which of the dates is a deadline is decided in deadlines.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

from tracker.domain.deadline import parse_period
from tracker.errors import BadDate
from tracker.reading.spelling import Shadow

_Days = tuple[date | None, date | None, bool]
_Read = Callable[[re.Match[str], date], _Days]

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20|21)[0-9]{2})"
_TO = r"\s*(?:-|–|—|đến hết|đến|tới|to|through|and)\s*(?:hết\s+)?(?:năm\s+|tháng\s+)?"
_PARTS = {
    "đầu": (1, 3),
    "giữa": (5, 8),
    "cuối": (10, 12),
    "những tháng đầu": (1, 3),
    "những tháng cuối": (10, 12),
    "các tháng cuối": (10, 12),
    "early": (1, 3),
    "mid": (5, 8),
    "late": (10, 12),
    "the end of": (10, 12),
    "the beginning of": (1, 3),
    "dịp cuối": (10, 12),
}
_PART = r"(?P<part>đầu|giữa|những tháng cuối|những tháng đầu|các tháng cuối|cuối)"


def _whole(value: str) -> _Days:
    period = parse_period(value)
    return period.start, period.end, False


def _span(first: str, last: str, guessed: bool = False) -> _Days:
    return parse_period(first).start, parse_period(last).end, guessed


def _day(m: re.Match[str], anchor: date) -> _Days:
    found = date(int(m["y"]), int(m["m"]), int(m["d"]))
    return found, found, False


def _day_range(m: re.Match[str], anchor: date) -> _Days:
    month, year = int(m["m"]), int(m["y"])
    return date(year, int(m["m1"] or month), int(m["d1"])), date(year, month, int(m["d"])), False


def _day_of_no_year(m: re.Match[str], anchor: date) -> _Days:
    found = date(anchor.year, int(m["m"]), int(m["d"]))
    if found < anchor:
        found = date(anchor.year + 1, int(m["m"]), int(m["d"]))
    return found, found, True


def _month(m: re.Match[str], anchor: date) -> _Days:
    return _whole(f"{m['y']}-{int(m['m']):02d}")


def _months(m: re.Match[str], anchor: date) -> _Days:
    return _span(f"{m['y1'] or m['y']}-{int(m['m1']):02d}", f"{m['y']}-{int(m['m']):02d}")


def _month_of_no_year(m: re.Match[str], anchor: date) -> _Days:
    month, year = int(m["m"]), _year_of(m["rel"], anchor)
    if m["rel"] is None and month < anchor.month:
        year += 1
    return _span(f"{year}-{month:02d}", f"{year}-{month:02d}", True)


def _month_part(m: re.Match[str], anchor: date) -> _Days:
    month = int(m["m"])
    year = int(m["y"]) if m["y"] else anchor.year + (month < anchor.month)
    start, end = parse_period(f"{year}-{month:02d}").start, parse_period(f"{year}-{month:02d}").end
    assert start is not None
    assert end is not None
    thirds = {
        "đầu": (1, 10),
        "giữa": (11, 20),
        "cuối": (21, end.day),
        "thượng tuần": (1, 10),
        "trung tuần": (11, 20),
        "hạ tuần": (21, end.day),
    }
    first, last = thirds[m["part"]]
    return start.replace(day=first), start.replace(day=last), True


def _quarter(m: re.Match[str], anchor: date) -> _Days:
    number = _ROMAN.get(m["q"]) or int(m["q"])
    year = int(m["y"]) if m["y"] else _year_of(m["rel"], anchor)
    if not m["y"] and m["rel"] is None and number < (anchor.month + 2) // 3:
        year += 1
    start, end, _ = _whole(f"{year}-Q{number}")
    assert start is not None
    assert end is not None
    guessed = m["y"] is None
    if m["part"] == "đầu":
        return start, (start + relativedelta(months=1)) - timedelta(days=1), True
    if m["part"] == "cuối":
        return end.replace(day=1), end, True
    return start, end, guessed


def _quarters(m: re.Match[str], anchor: date) -> _Days:
    first, last = (_ROMAN.get(m[name]) or int(m[name]) for name in ("q1", "q"))
    return _span(f"{m['y']}-Q{first}", f"{m['y']}-Q{last}")


def _half(m: re.Match[str], anchor: date) -> _Days:
    year = int(m["y"]) if m["y"] else _year_of(m["rel"], anchor)
    half = f"{year}-H{1 if m['half'] in ('đầu', 'first') else 2}"
    return _span(half, half, m["y"] is None)


def _year(m: re.Match[str], anchor: date) -> _Days:
    return _whole(m["y"])


def _relative_year(m: re.Match[str], anchor: date) -> _Days:
    year = _year_of(m["rel"], anchor)
    return _span(str(year), str(year), True)


def _years(m: re.Match[str], anchor: date) -> _Days:
    return _span(m["y1"], m["y"])


def _year_part(m: re.Match[str], anchor: date) -> _Days:
    year = int(m["y"]) if m["y"] else _year_of(m["rel"], anchor)
    first, last = _PARTS[m["part"].rstrip("- ")]
    return _span(f"{year}-{first:02d}", f"{year}-{last:02d}", True)


def _year_parts(m: re.Match[str], anchor: date) -> _Days:
    first, last = _PARTS[m["p1"]][0], _PARTS[m["part"]][1]
    return _span(f"{m['y1']}-{first:02d}", f"{m['y']}-{last:02d}", True)


def _from_now(m: re.Match[str], anchor: date) -> _Days:
    end = date(int(m["y"]), 12, 31) if m["y"] else date(anchor.year, 12, 31)
    return anchor, end, m["y"] is None


_UNITS = {"ngày": "days", "tuần": "weeks", "tháng": "months", "năm": "years"}


def _after(start: date, m: re.Match[str]) -> date:
    return start + relativedelta(**{_UNITS.get(m["unit"], f"{m['unit']}s"): _number(m["n"])})  # type: ignore[arg-type]


def _duration(m: re.Match[str], anchor: date) -> _Days:
    return anchor, _after(anchor, m), True


def _from_a_day(m: re.Match[str], anchor: date) -> _Days:
    start = _named_day(m, anchor)[0] if "mn" in m.groupdict() else _day(m, anchor)[0]
    assert start is not None
    return start, _after(start, m), True


def _months_of_year(m: re.Match[str], anchor: date) -> _Days:
    count = _number(m["n"])
    first, last = (1, count) if m["half"] == "first" else (13 - count, 12)
    return _span(f"{m['y']}-{first:02d}", f"{m['y']}-{last:02d}")


def _next(m: re.Match[str], anchor: date) -> _Days:
    ahead = 0 if m["rel"] in ("này", "this") else 1
    unit = m["unit"]
    if unit in ("tháng", "month"):
        value = f"{anchor + relativedelta(months=ahead):%Y-%m}"
    elif unit in ("quý", "quarter"):
        later = anchor + relativedelta(months=3 * ahead)
        value = f"{later.year}-Q{(later.month + 2) // 3}"
    elif unit in ("tuần", "week"):
        year, week, _ = (anchor + timedelta(weeks=ahead)).isocalendar()
        value = f"{year}-W{week:02d}"
    else:
        value = str(anchor.year + ahead)
    return _span(value, value, True)


def _decade(m: re.Match[str], anchor: date) -> _Days:
    return _span(m["y"], str(int(m["y"]) + 9))


_SPOKEN = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "mười": 10,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
}


def _number(word: str) -> int:
    return _SPOKEN.get(word) or int(word)


def _year_of(relative: str | None, anchor: date) -> int:
    return anchor.year + (1 if relative in ("tới", "sau", "next year") else 0)


def _named_day(m: re.Match[str], anchor: date) -> _Days:
    found = date(int(m["y"]), _MONTHS[m["mn"]], int(m["d"]))
    return found, found, False


def _named_month(m: re.Match[str], anchor: date) -> _Days:
    return _whole(f"{m['y']}-{_MONTHS[m['mn']]:02d}")


def _named_month_to_come(m: re.Match[str], anchor: date) -> _Days:
    month = _MONTHS[m["mn"]]
    # What is behind us in this year was meant ("the leaders who met in March").
    found = f"{anchor.year}-{month:02d}" if month >= anchor.month else f"{anchor.year - 1}-{month:02d}"
    return _span(found, found, True)


def _event_year(m: re.Match[str], anchor: date) -> _Days:
    return _whole(m["y"])


def _plain_quarter(m: re.Match[str], anchor: date) -> _Days:
    return _whole(f"{m['y']}-Q{m['q']}")


_REL = r"(?P<rel>nay|này|tới|sau)"
_UNIT = r"(?P<unit>ngày|tuần|tháng|năm|day|week|month|year)s?"
_N = r"(?P<n>[0-9]{1,3}|một|hai|ba|bốn|mười|one|two|three|four|five|six|ten)"
_GRAMMAR: tuple[tuple[str, _Read], ...] = (
    (
        rf"(?:for|during)\s+(?:a period of\s+)?{_N}\s+{_UNIT},?\s+(?:starting|beginning|from|effective)\s+"
        rf"(?:(?:on|from)\s+)?(?P<mn>{_MONTH})\s+(?P<d>[0-9]{{1,2}}),?\s+{_YEAR}",
        _from_a_day,
    ),
    (
        rf"trong\s+(?:vòng\s+)?{_N}\s+{_UNIT},?\s+(?:kể\s+)?từ\s+(?:ngày\s+)?(?P<d>[0-9]{{1,2}})"
        rf"(?:/|\s+tháng\s+)(?P<m>[0-9]{{1,2}})(?:/|\s+năm\s+){_YEAR}",
        _from_a_day,
    ),
    (rf"(?:the\s+)?(?P<half>first|last)\s+{_N}\s+months\s+of\s+{_YEAR}", _months_of_year),
    (rf"(?:in\s+)?each\s+of\s+(?P<y1>20[0-9]{{2}})(?:,\s*20[0-9]{{2}})*,?\s+and\s+{_YEAR}", _years),
    (
        rf"(?:từ\s+)?(?:ngày\s+)?(?P<d1>[0-9]{{1,2}})(?:/(?P<m1>[0-9]{{1,2}}))?\s*(?:-|–|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?(?P<d>[0-9]{{1,2}})/(?P<m>[0-9]{{1,2}})/{_YEAR}",
        _day_range,
    ),
    (rf"(?:ngày\s+)?(?P<d>[0-9]{{1,2}})(?P<s>[/.-])(?P<m>[0-9]{{1,2}})(?P=s){_YEAR}", _day),
    (rf"(?:ngày\s+)?(?P<d>[0-9]{{1,2}})\s+tháng\s+(?P<m>[0-9]{{1,2}})(?:\s+năm\s+|/|,\s*){_YEAR}", _day),
    (rf"(?P<d>[0-9]{{1,2}})\s+(?P<mn>{_MONTH}),?\s+{_YEAR}", _named_day),
    (rf"(?P<mn>{_MONTH})\s+(?P<d>[0-9]{{1,2}}),?\s+{_YEAR}", _named_day),
    (r"ngày\s+(?P<d>[0-9]{1,2})\s+tháng\s+(?P<m>[0-9]{1,2})(?!\s+năm\s+[0-9])", _day_of_no_year),
    (r"(?:ngày|trước|đến|sáng|chiều|tối|hạn)\s+(?P<d>[0-9]{1,2})[/-](?P<m>[0-9]{1,2})(?![0-9/])", _day_of_no_year),
    (
        r"(?:giai đoạn\s+)?(?:từ\s+)?(?:tháng\s+)?(?P<m1>[0-9]{1,2})(?:/(?P<y1>20[0-9]{2}))?"
        rf"{_TO}(?P<m>[0-9]{{1,2}})/{_YEAR}",
        _months,
    ),
    (
        rf"(?P<part>đầu|giữa|cuối|thượng tuần|trung tuần|hạ tuần)\s+tháng\s+(?P<m>[0-9]{{1,2}})"
        rf"(?:(?:/|\s+năm\s+){_YEAR})?",
        _month_part,
    ),
    (rf"tháng\s+(?P<m>[0-9]{{1,2}})(?:\s*/\s*|\s+năm\s+|-){_YEAR}", _month),
    (rf"(?P<m>0?[1-9]|1[0-2])/{_YEAR}", _month),
    (rf"tháng\s+(?P<m>[0-9]{{1,2}})(?:\s+năm\s+{_REL})?(?!\s*[/0-9]|\s+năm\s+[0-9])", _month_of_no_year),
    (rf"(?P<mn>{_MONTH})\s+(?:of\s+)?{_YEAR}", _named_month),
    (rf"(?:in|by|before|until|during)\s+(?P<mn>{_MONTH})(?!\s+(?:of\s+)?[0-9])(?!\w)", _named_month_to_come),
    (
        rf"qu[ýí]\s+(?P<q1>iv|i{{1,3}}|[1-4]){_TO}(?:qu[ýí]\s+)?(?P<q>iv|i{{1,3}}|[1-4])(?:\s*[/-]\s*|\s+năm\s+){_YEAR}",
        _quarters,
    ),
    (
        rf"(?:(?P<part>đầu|giữa|cuối)\s+)?qu[ýí]\s+(?P<q>iv|i{{1,3}}|[1-4])(?![\w])(?:(?:\s*[/-]\s*|\s+năm\s+|\s*,\s*){_YEAR}|\s+năm\s+{_REL})?",
        _quarter,
    ),
    (rf"(?P<part>)(?P<rel>)q(?P<q>[1-4])[\s/-]*{_YEAR}", _plain_quarter),
    (rf"(?:nửa|6 tháng|sáu tháng)\s+(?P<half>đầu|cuối)\s+(?:của\s+)?năm(?:\s+{_YEAR}|\s+{_REL})?", _half),
    (rf"(?P<half>first|second)\s+half\s+of\s+{_YEAR}(?P<rel>)", _half),
    (rf"(?P<p1>đầu|giữa|cuối)\s+năm\s+(?P<y1>20[0-9]{{2}})\s*(?:và|-|–|đến|,)\s*{_PART}\s+năm\s+{_YEAR}", _year_parts),
    (
        r"(?:giai đoạn|thời kỳ|trong các năm|các năm|từ năm|trong giai đoạn)\s+(?:từ\s+)?(?:năm\s+)?"
        rf"(?P<y1>20[0-9]{{2}}){_TO}{_YEAR}",
        _years,
    ),
    (
        r"(?:giai đoạn|các năm|thời kỳ|năm)\s+(?P<y1>20[0-9]{2})\s*(?:,|và|,\s*20[0-9]{2}\s+và)\s*"
        rf"(?:năm\s+)?{_YEAR}(?=[\s,.;)]|$)",
        _years,
    ),
    (
        rf"từ nay(?: cho)?\s+(?:đến|tới)\s+(?:hết\s+|cuối\s+)*(?:năm\s+{_YEAR}|năm nay|năm)",
        _from_now,
    ),
    (rf"{_PART}\s+năm\s+(?:{_YEAR}|{_REL})", _year_part),
    (rf"{_PART}\s+năm(?P<y>)(?P<rel>)(?=[\s,.;)]|$)(?!\s+(?:mới|học|tháng))", _year_part),
    (rf"(?P<part>early|mid-?|late|the end of|the beginning of)\s*{_YEAR}(?P<rel>)", _year_part),
    (rf"(?P<y1>20[0-9]{{2}})\s*[-–]\s*{_YEAR}(?![0-9/-])", _years),
    (rf"(?:between|from)\s+(?P<y1>20[0-9]{{2}})\s+(?:and|to|through)\s+{_YEAR}", _years),
    (rf"(?<![\w-])năm\s+{_YEAR}(?![0-9/-])", _year),
    (rf"(?<![\w-])năm\s+(?:[\w–-]+\s+){{1,8}}?{_YEAR}(?![0-9/-])", _event_year),
    (rf"(?<=apec ){_YEAR}(?![0-9/-])", _year),
    (r"(?<![\w-])(?<!những )(?<!các )(?<!nhiều )(?<!vài )năm\s+(?P<rel>nay|tới|sau)(?!\w)", _relative_year),
    (
        r"(?:trong vòng|trong|within|over the next|in the next|within the next|over the coming)\s+"
        rf"(?:[0-9]+\s*[-–]\s*)?{_N}\s+{_UNIT}"
        r"(?:\s+(?:làm việc\s+)?(?:tới|tiếp theo|kể từ))?(?!\s+(?:qua|gần đây|trước|đầu|cuối|vừa))",
        _duration,
    ),
    (r"(?P<unit>tháng|quý|tuần)\s+(?P<rel>này|tới|sau)(?!\w)", _next),
    (r"(?P<rel>next|this)\s+(?P<unit>year|month|quarter|week)\b", _next),
    (r"(?:the\s+)?(?P<y>20[0-9]0)s\b", _decade),
    (r"thập niên\s+(?P<y>20[0-9]0)", _decade),
    (
        r"(?:by|before|until|in|during|for|no later than|not later than|to|the end of|end of|as early as|after)\s+"
        rf"(?:at least\s+)?(?:the\s+)?(?:year\s+)?(?:end\s+of\s+)?{_YEAR}(?![0-9/-])",
        _year,
    ),
    (rf"(?:đến|trước|vào|trong|hạn|hết)\s+{_YEAR}(?![0-9/.,-]|\s+[a-zà-ỹđ%])", _year),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], _Read], ...]:
    return tuple(
        (re.compile(form if form.startswith("(?<") else rf"(?<![\w/.,-]){form}"), read) for form, read in _GRAMMAR
    )


# A text without any of these has no date in it: most sentences are passed over at once.
_ANY = re.compile(
    rf"[0-9]|qu[ýí]|tháng|năm|tuần|year|month|quarter|week|nay|(?:in|by|before|until|during)\s+(?:{_MONTH})"
)


def dates(text: Shadow, start: int, end: int, anchor: date) -> Iterator[tuple[re.Match[str], _Days]]:
    """Every date between two places of the shadow, the most exact forms first, none over another."""
    if not _ANY.search(text.text, start, end):
        return
    taken: list[tuple[int, int]] = []
    for form, read in _compiled():
        for match in form.finditer(text.text, start, end):
            if any(match.start() < last and first < match.end() for first, last in taken):
                continue
            # "Năm Đoàn kết Hữu nghị Việt Nam - Lào 2027": the name of a year begins with a capital.
            if read is _event_year and not text.cased[match.start()].isupper():
                continue
            try:
                days = read(match, anchor)
            except (ValueError, OverflowError, BadDate):
                continue
            taken.append(match.span())
            yield match, days
