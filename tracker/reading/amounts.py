"""Amounts that are promised: value, unit, currency, bound, per what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from tracker.reading import rules
from tracker.reading.spelling import Shadow


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and where it stands in the shadow. `value` is None when the number is not written in digits."""

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    bound: str | None = None
    per: str | None = None
    series: str | None = None


_NUMBER = (
    r"(?P<n>[0-9]{1,3}(?:[.\u00a0][0-9]{3})+(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)"
)
_RANGE = r"(?:[0-9]+(?:[.,][0-9]+)?\s*(?:%|phần trăm|tỷ|tỉ|triệu|nghìn|billion|million)?\s*(?:-|–|đến|to)\s*)?"


def _words(phrases: list[str]) -> str:
    return "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = rules.measures()
    scale = _words(list(data["scales"]))
    symbols = [s for names in data["currencies"].values() for s in names if not s[-1].isalpha()]
    named = [s for names in data["currencies"].values() for s in names if s[-1].isalpha()]
    percent = _words(data["percent"]["words"])
    money = re.compile(
        rf"(?<![\w.,/]){_RANGE}{_NUMBER}\s*(?:(?P<scale>{scale})\s*)?(?P<unit>{_words(named)})(?!\w)"
        rf"|(?P<symbol>us\$|{_words(symbols)})\s?(?P<n2>[0-9][0-9.,]*[0-9]|[0-9])\s*(?P<scale2>{scale})?(?!\w)"
    )
    share = re.compile(rf"(?<![\w.,/]){_RANGE}{_NUMBER}\s?(?P<unit>{percent})(?![\w])")
    more = "được|mức|khoảng|ít nhất|trên|hơn|thêm|từ|over|the"
    counted = re.compile(
        rf"(?P<before>(?<!\w)(?:{_words(data['counted']['reach'])})\s+(?:(?:{more})\s+){{0,3}})"
        rf"{_RANGE}{_NUMBER}\s*(?:(?P<scale>{scale})\s+)?(?:[a-z-]+\s){{0,2}}?"
        rf"(?P<unit>{_words(data['counted']['words'])})(?!\w)"
    )
    bound = re.compile(
        r"(?:" + "|".join(rf"(?P<{name}>{_words(words)})" for name, words in data["bounds"].items()) + r")\s*$"
    )
    return money, share, counted, bound


@cache
def _currency() -> dict[str, str]:
    return {name: code for code, names in rules.measures()["currencies"].items() for name in names}


_DIGIT = re.compile(r"[0-9]")


def amounts(text: Shadow, start: int, end: int, year: int) -> list[Amount]:
    """The amounts between two places, first to last; what was before that year, or is compared with, is left out."""
    if not _DIGIT.search(text.text, start, end):
        return []
    money, share, counted, _ = _patterns()
    found: list[Amount] = []
    for match in money.finditer(text.text, start, end):
        number, scale = match["n"] or match["n2"], match["scale"] or match["scale2"]
        unit = _currency()[match["unit"] or match["symbol"]]
        found.append(_amount(text, start, end, match.start(), match.end(), number, scale, unit))
    for match in share.finditer(text.text, start, end):
        found.append(_amount(text, start, end, match.start(), match.end(), match["n"], None, "percent"))
    for match in counted.finditer(text.text, start, end):
        begin = match.end("before")
        if not any(known.start < match.end() and begin < known.end for known in found):
            found.append(_amount(text, start, end, begin, match.end(), match["n"], match["scale"], match["unit"]))
    return sorted((amount for amount in found if not _was(text, start, amount, year)), key=lambda amount: amount.start)


def _amount(
    text: Shadow, start: int, end: int, first: int, last: int, number: str, scale: str | None, unit: str
) -> Amount:
    data = rules.measures()
    before = _patterns()[3].search(text.text, max(start, first - 16), first)
    bound = before.lastgroup if before else None
    if bound is None and re.match(r"\s*trở (?:lên|xuống)", text.text[last:end]):
        bound = "at_least" if "lên" in text.text[last : last + 9] else "at_most"
    per = next(
        (name for name, ends in data["per"].items() if any(text.text[last:end].lstrip().startswith(e) for e in ends)),
        None,
    )
    begin = before.start() if before else first
    left = text.text[max(start, first - 80) : first]
    named = [(left.rfind(w), key) for key, ws in data["series"].items() for w in ws if w in left]
    value = number_value(number)
    if value is not None and scale:
        value *= Decimal(int(data["scales"][scale]))
    return Amount(begin, last, text.cased[begin:last], value, unit, bound, per, max(named)[1] if named else None)


def number_value(number: str) -> Decimal | None:
    """A number as Vietnamese or English writes it: 1.250,5 and 1,250.5; a mark before three digits parts thousands."""
    plain = number.replace("\u00a0", "")
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", plain):
        plain = plain.replace(",", "")
    else:
        plain = plain.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


_CLAUSE = re.compile(r"[;(]|,(?![0-9])")
_YEAR = re.compile(r"(?<!\w)(?:trong\s+)?(?:năm|in|since)\s+((?:19|20)[0-9]{2})(?!\w)")
_PAST = re.compile(r"(?<!\w)đã(?!\w)")


def _was(text: Shadow, start: int, amount: Amount, year: int) -> bool:
    """Whether an amount is no promise: compared with, reached already, or of a year that is over."""
    left = text.text[start : amount.start]
    if any(left.rstrip().endswith(word) for word in rules.measures()["was"]["before"]):
        return True
    said_after = _YEAR.match(text.text[amount.end :].lstrip())
    if said_after and int(said_after[1]) < year:
        return True
    clause = left[max((m.end() for m in _CLAUSE.finditer(left)), default=0) :]
    return _PAST.search(clause) is not None or any(int(said) < year for said in _YEAR.findall(clause))
