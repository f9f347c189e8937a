"""Cadences: how people write them, when the next time is, and that nothing drifts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.recurrence import HORIZON, next_after, plain_rule, read_rule, rule_ends
from tracker.errors import UnknownValue

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
UNITS = {"day": "ngày", "week": "tuần", "month": "tháng", "year": "năm"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("weekly", "FREQ=WEEKLY"),
        ("Every week", "FREQ=WEEKLY"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("monthly", "FREQ=MONTHLY"),
        ("every 3 months", "FREQ=MONTHLY;INTERVAL=3"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("half-yearly", "FREQ=MONTHLY;INTERVAL=6"),
        ("yearly", "FREQ=YEARLY"),
        ("daily", "FREQ=DAILY"),
        ("hằng tuần", "FREQ=WEEKLY"),
        ("hàng tuần", "FREQ=WEEKLY"),
        ("2 tuần một lần", "FREQ=WEEKLY;INTERVAL=2"),
        ("2 tuan mot lan", "FREQ=WEEKLY;INTERVAL=2"),
        ("3 tháng 1 lần", "FREQ=MONTHLY;INTERVAL=3"),
        ("2 tuần/lần", "FREQ=WEEKLY;INTERVAL=2"),
        ("mỗi tháng một lần", "FREQ=MONTHLY"),
        ("HẰNG THÁNG", "FREQ=MONTHLY"),
        ("mỗi 2 tháng", "FREQ=MONTHLY;INTERVAL=2"),
        ("hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
        ("2 quý một lần", "FREQ=MONTHLY;INTERVAL=6"),
        ("nửa năm một lần", "FREQ=MONTHLY;INTERVAL=6"),
        ("hang nam", "FREQ=YEARLY"),
        ("FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO"),
        ("rrule:byday=mo,we;interval=02;freq=weekly", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
        ("FREQ=WEEKLY;INTERVAL=1;UNTIL=20271231T235959Z", "FREQ=WEEKLY;UNTIL=20271231"),
        ("  ", ""),
    ],
)
def test_a_cadence_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert read_rule(typed) == kept
    assert read_rule(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("sometimes", "every 0 weeks", "every week or so", "0 tuần một lần", "every 99999 days", "every 11 years"),
        *("FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=3", "FREQ=DAILY;BYHOUR=9", "INTERVAL=2", "FREQ="),
        *("FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;UNTIL=20261399", "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=DAILY;COUNT=0"),
        *("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=2MO"),
        *("FREQ=YEARLY;INTERVAL=11", "FREQ=MONTHLY;BYSETPOS=-1", "FREQ=DAILY;" + "BYDAY=MO;" * 100, "FREQ=DAILY;;"),
    ],
)
def test_what_is_no_cadence_of_an_office_is_refused_with_examples(typed: str) -> None:
    if typed == "FREQ=DAILY;;":
        assert read_rule(typed) == "FREQ=DAILY"
        return
    with pytest.raises(UnknownValue) as refused:
        read_rule(typed)
    assert refused.value.what == "rule"
    assert "weekly" in refused.value.allowed


def test_a_month_too_short_gives_its_last_day_and_the_next_one_is_whole_again() -> None:
    day, days = date(2026, 1, 31), []
    for _ in range(4):
        following = next_after("FREQ=MONTHLY", date(2026, 1, 31), day)
        assert following is not None
        days.append(day := following)
    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]
    leap = date(2024, 2, 29)
    assert next_after("FREQ=YEARLY", leap, leap) == date(2025, 2, 28)
    assert next_after("FREQ=YEARLY", leap, date(2027, 3, 1)) == date(2028, 2, 29)


@given(anchor=DAYS, day=DAYS, unit=st.sampled_from(sorted(UNITS)), number=st.integers(1, 10))
def test_the_next_time_comes_after_the_day_and_stands_where_the_anchor_puts_it(
    anchor: date, day: date, unit: str, number: int
) -> None:
    rule = read_rule(f"every {number} {unit}s")
    assert rule == read_rule(f"{number} {UNITS[unit]} một lần")
    assert plain_rule(rule) == (unit, number)
    found = next_after(rule, anchor, day)
    assert found is not None
    assert found > day
    assert found >= anchor
    assert found <= max(day, anchor) + HORIZON
    # None between the day and the one found; and found from the anchor alone, however late one asks.
    assert next_after(rule, anchor, found - timedelta(days=1)) == found
    if unit in ("day", "week"):
        assert (found - anchor).days % (number * (7 if unit == "week" else 1)) == 0
    else:
        months = (found.year - anchor.year) * 12 + found.month - anchor.month
        assert months % (number * (12 if unit == "year" else 1)) == 0
        assert found.day == min(anchor.day, monthrange(found.year, found.month)[1])


@given(anchor=DAYS, times=st.integers(1, 20), unit=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
def test_a_cadence_of_so_many_times_comes_no_more_often(anchor: date, times: int, unit: str) -> None:
    rule = read_rule(f"FREQ={unit};COUNT={times}")
    assert rule_ends(rule) == (times, None)
    day: date | None = anchor
    came = 1
    while (day := next_after(rule, anchor, day)) is not None:  # type: ignore[arg-type]
        came += 1
    assert came == times


@given(anchor=DAYS, more=st.integers(0, 400))
def test_a_cadence_with_a_last_day_ends_on_it(anchor: date, more: int) -> None:
    last = anchor + timedelta(days=more)
    rule = read_rule(f"FREQ=WEEKLY;UNTIL={last:%Y%m%d}")
    assert rule_ends(rule) == (None, last)
    day: date | None = anchor
    while (found := next_after(rule, anchor, day)) is not None:  # type: ignore[arg-type]
        assert found <= last
        day = found
    assert (last - (day or anchor)).days < 7


def test_the_end_of_the_calendar_is_the_end() -> None:
    assert next_after("FREQ=DAILY", date.max, date.max) is None
    assert next_after("FREQ=YEARLY", date(9999, 6, 1), date(9999, 6, 1)) is None
