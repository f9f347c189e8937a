"""The deadlines of the generated register: ends from 2020 to 2032, in every precision, with Vietnamese words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from tests.benchmarks.surroundings import events
from tracker.domain.codes import Kind
from tracker.domain.deadline import Certainty, Deadline, Precision, parse_period
from tracker.domain.register import Commitment, Words

FIRST_YEAR, LAST_YEAR = 2020, 2032
# How often a dated deadline is so exact.
_SHARES: Mapping[Precision, int] = {
    Precision.DAY: 26,
    Precision.WEEK: 2,
    Precision.MONTH: 14,
    Precision.QUARTER: 14,
    Precision.HALF: 8,
    Precision.YEAR: 24,
    Precision.RANGE: 9,
    Precision.EVENT: 3,
}
_PRECISIONS, _SUMS = list(_SHARES), list(accumulate(_SHARES.values()))
_UNDATED = (
    ("none", "sớm"),
    ("none", "trong thời gian tới"),
    ("recurring", "hằng năm"),
    ("event:session-la-2028", "tại kỳ họp tới"),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with its plain form, as an entry keeps it."""

    deadline: Deadline
    plain: Mapping[str, Any]

    @property
    def end(self) -> date:
        """The last day in time, for a dated one."""
        assert self.deadline.end is not None
        return self.deadline.end


def _due(value: str, text: str, certainty: Certainty = Certainty.STATED) -> Due:
    key = value.removeprefix("event:")
    held = next((parse_period(event.on) for event in events() if event.key == key), None)
    deadline = Deadline.of(value, text, certainty, held)
    # The plain form is the domain's own: one throw-away commitment spells it.
    title, kind = Words(vi="-"), Kind.EVENT
    carrier = Commitment(ref="X-2020-001", title=title, kind=kind, status_since=date.min, deadline=deadline)
    return Due(deadline, carrier.plain()["deadline"])


def _spelled() -> Iterator[tuple[str, str]]:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        yield str(year), f"trong năm {year}"
        yield f"..{year}", f"đến năm {year}"
        yield f"{year - 1}..{year}", f"giai đoạn {year - 1} - {year}"
        yield f"{year}-03..{year}-09", f"từ tháng 3 đến tháng 9/{year}"
        yield from ((f"{year}-H{half}", f"{('đầu', 'cuối')[half - 1]} năm {year}") for half in (1, 2))
        yield from ((f"{year}-Q{quarter}", f"quý {quarter}/{year}") for quarter in range(1, 5))
        yield from ((f"{year}-{month:02d}", f"tháng {month}/{year}") for month in range(1, 13))
        yield from ((f"{year}-W{week:02d}", f"tuần {week} năm {year}") for week in range(2, 52, 7))
        for step in range(0, 360, 5):
            day = date(year, 1, 4) + timedelta(days=step)
            yield day.isoformat(), f"trước ngày {day.day}/{day.month}/{day.year}"
    yield from ((f"event:{event.key}", "tại kỳ họp Ủy ban liên chính phủ") for event in events() if event.on != "none")


@cache
def _dated() -> Mapping[Precision, list[Due]]:
    found: dict[Precision, list[Due]] = {}
    for value, text in _spelled():
        due = _due(value, text)
        found.setdefault(due.deadline.precision, []).append(due)
    return found


@cache
def _moved() -> tuple[list[date], list[Due]]:
    agreed = [_due(value, "", Certainty.AGREED) for value, _text in _spelled() if not value.startswith("event:")]
    agreed.sort(key=lambda due: (due.end, due.deadline.value))
    return [due.end for due in agreed], agreed


@cache
def _undated() -> list[Due]:
    return [_due(value, text) for value, text in _UNDATED]


def some(random: Random) -> Due | None:
    """Two of three have an end, one of six only words, one of six nothing at all."""
    draw = random.random()
    if draw < 1 / 6:
        return None
    if draw < 1 / 3:
        return random.choice(_undated())
    return random.choice(_dated()[random.choices(_PRECISIONS, cum_weights=_SUMS)[0]])


def later(random: Random, end: date) -> Due | None:
    """A deadline agreed later, up to two years after `end`; none when there is no more room before 2033."""
    ends, agreed = _moved()
    first = bisect_right(ends, end + timedelta(days=30))
    last = bisect_right(ends, end + timedelta(days=730))
    return agreed[random.randrange(first, last)] if first < last else None
