"""Cadences of follow-ups: read as people write them, kept as an RRULE (RFC 5545) of days, weeks, months or years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from tracker.domain.text import clean, fold
from tracker.errors import UnknownValue

# What an office writes; shown when a rule cannot be read.
EXAMPLES = ("weekly", "every 2 weeks", "monthly", "quarterly", "yearly", "hằng tháng", "2 tuần một lần", "FREQ=WEEKLY")
# The longest interval of each: about ten years.
FREQUENCIES: Mapping[str, int] = {"DAILY": 3650, "WEEKLY": 520, "MONTHLY": 120, "YEARLY": 10}
# Nobody waits longer for the next time; a rule that never comes true is looked for no further.
HORIZON = timedelta(days=12 * 366)
LONGEST = 200

_UNITS: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(("day", "ngay"), ("DAILY", 1)),
    **dict.fromkeys(("week", "tuan"), ("WEEKLY", 1)),
    **dict.fromkeys(("month", "thang"), ("MONTHLY", 1)),
    **dict.fromkeys(("quarter", "quy"), ("MONTHLY", 3)),
    **dict.fromkeys(("half year", "nua nam"), ("MONTHLY", 6)),
    **dict.fromkeys(("year", "nam"), ("YEARLY", 1)),
}
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "half-yearly": "half year",
    "yearly": "year",
    "annually": "year",
}
_ENGLISH = re.compile(r"every (?:(?P<number>[0-9]{1,4}) )?(?P<unit>day|week|month|quarter|half year|year)s?")
_VIETNAMESE = (
    re.compile(r"(?:hang|moi|cu) (?:(?P<number>[0-9]{1,4}|mot) )?(?P<unit>ngay|tuan|thang|quy|nua nam|nam)"),
    re.compile(
        r"(?:moi |cu )?(?P<number>[0-9]{1,4}|mot)? ?(?P<unit>ngay|tuan|thang|quy|nua nam|nam)(?: mot | 1 | ?/ ?)lan"
    ),
)
_DAY = r"(?:[+-]?[1-9][0-9]?)?(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBERS = r"-?[1-9][0-9]{0,2}"
# In the order of the canonical text. Hours and smaller are no cadence of an office.
_PARTS: Mapping[str, re.Pattern[str]] = {
    "FREQ": re.compile("|".join(FREQUENCIES)),
    "INTERVAL": re.compile(r"0*[1-9][0-9]{0,3}"),
    "COUNT": re.compile(r"0*[1-9][0-9]{0,2}"),
    "UNTIL": re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?"),
    "BYMONTH": re.compile(r"[1-9][0-9]?(?:,[1-9][0-9]?)*"),
    "BYMONTHDAY": re.compile(rf"{_NUMBERS}(?:,{_NUMBERS})*"),
    "BYDAY": re.compile(rf"{_DAY}(?:,{_DAY})*"),
    "BYSETPOS": re.compile(rf"{_NUMBERS}(?:,{_NUMBERS})*"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}
_CHOOSING = ("BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
# Only rules whose days come soon, or can soon be seen never to come, are followed.
_CHOSEN_BY = {"DAILY": {"BYDAY"}, "WEEKLY": {"BYDAY"}, "MONTHLY": set(_CHOOSING), "YEARLY": set(_CHOOSING)}


def read_rule(typed: str) -> str:
    """A cadence as a person writes it, as the register keeps it: RRULE text, its parts in one order.

    `weekly`, `every 2 weeks`, `quarterly`, `hằng tháng`, `2 tuần một lần`, with or without diacritics, or
    `FREQ=...`; empty for none. Raises UnknownValue.
    """
    words = clean(typed)
    if not words:
        return ""
    parts = _said(" ".join(fold(words).split())) or _spelled(words)
    if parts is None or not _comes_true(parts):
        raise UnknownValue("rule", typed, EXAMPLES)
    return _text(parts)


def next_after(rule: str, anchor: date, day: date) -> date | None:
    """The first time after `day` of a cadence that began on `anchor`; None when it comes no more.

    Counted from the anchor each time, so that nothing drifts: monthly from 31 January gives 28 February, 31 March.
    Where a month is too short for the anchor's day, its last day counts.
    """
    if day == date.max:
        return None
    last = _later(max(anchor, day), HORIZON)
    parts = _parts(rule)
    if "UNTIL" in parts:
        last = min(last, _day(parts["UNTIL"]))
    moments = _moments(parts, anchor, last)
    known = islice(moments, int(parts["COUNT"])) if "COUNT" in parts else moments
    return next((moment.date() for moment in known if moment.date() > day), None)


def plain_rule(rule: str) -> tuple[str, int] | None:
    """The unit (day, week, month, year) and number of a cadence that says no more than these; else None."""
    parts = _parts(rule)
    if set(parts) - {"FREQ", "INTERVAL", "COUNT", "UNTIL"}:
        return None
    unit = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}[parts["FREQ"]]
    return unit, int(parts.get("INTERVAL", 1))


def rule_ends(rule: str) -> tuple[int | None, date | None]:
    """How often a cadence comes at all, and its last day, where it says so."""
    parts = _parts(rule)
    return (int(parts["COUNT"]) if "COUNT" in parts else None, _day(parts["UNTIL"]) if "UNTIL" in parts else None)


def _said(words: str) -> dict[str, str] | None:
    words = f"every {_ADVERBS[words]}" if words in _ADVERBS else words
    found = next(filter(None, (pattern.fullmatch(words) for pattern in (_ENGLISH, *_VIETNAMESE))), None)
    if found is None:
        return None
    frequency, times = _UNITS[found["unit"]]
    number = found["number"]
    many = times * (int(number) if number and number != "mot" else 1)
    return {"FREQ": frequency, "INTERVAL": str(many)} if 0 < many <= FREQUENCIES[frequency] else None


def _spelled(words: str) -> dict[str, str] | None:
    text = words.upper().removeprefix("RRULE:").strip("; ")
    pairs = [part.partition("=") for part in text.split(";")]
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    well = len(text) <= LONGEST and len(parts) == len(pairs) and "FREQ" in parts
    if not well or not all(name in _PARTS and _PARTS[name].fullmatch(value) for name, value in parts.items()):
        return None
    chosen = {name for name in _CHOOSING if name in parts}
    counted = any(letter.isdigit() for letter in parts.get("BYDAY", ""))
    if (
        int(parts.get("INTERVAL", 1)) > FREQUENCIES[parts["FREQ"]]
        or chosen - _CHOSEN_BY[parts["FREQ"]]
        or (counted and parts["FREQ"] in ("DAILY", "WEEKLY"))
        or ("BYSETPOS" in parts and not chosen & {"BYMONTHDAY", "BYDAY"})
    ):
        return None
    if "UNTIL" in parts:
        parts["UNTIL"] = parts["UNTIL"][:8]
    return parts


def _text(parts: Mapping[str, str]) -> str:
    said = {name: str(int(value)) if name in ("INTERVAL", "COUNT") else value for name, value in parts.items()}
    if said.get("INTERVAL") == "1":
        del said["INTERVAL"]
    return ";".join(f"{name}={said[name]}" for name in _PARTS if name in said)


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";"))


def _comes_true(parts: Mapping[str, str]) -> bool:
    """Whether such a day exists at all: the thirtieth of February does not."""
    try:
        if "UNTIL" in parts:
            _day(parts["UNTIL"])
        anchor = date(2024, 1, 31 if _clamped(parts, date(2024, 1, 31)) else 1)
        return next(iter(_moments(parts, anchor, anchor + HORIZON)), None) is not None
    except ValueError:
        return False


def _moments(parts: Mapping[str, str], anchor: date, last: date) -> Iterator[datetime]:
    # Loaded when a cadence is followed: most commands need none.
    from dateutil.rrule import rrule, rrulestr

    text = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    found = rrulestr(text, dtstart=datetime.combine(anchor, time()))
    assert isinstance(found, rrule)
    chosen: dict[str, Any] = {"until": datetime.combine(last, time()), **_clamped(parts, anchor)}
    return iter(found.replace(**chosen))


def _clamped(parts: Mapping[str, str], anchor: date) -> dict[str, object]:
    """The last day of 28 to the anchor's that the month has, where the rule names no day of its own."""
    chosen = {name for name in _CHOOSING if name in parts}
    if anchor.day <= 28 or chosen - {"BYMONTH"}:
        return {}
    days = {"bymonthday": tuple(range(28, anchor.day + 1)), "bysetpos": -1}
    if parts["FREQ"] == "MONTHLY":
        return dict(days)
    if parts["FREQ"] == "YEARLY" and not chosen and (anchor.month, anchor.day) == (2, 29):
        return {"bymonth": 2, **days}
    return {}


def _later(day: date, by: timedelta) -> date:
    return day + by if date.max - day > by else date.max


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
