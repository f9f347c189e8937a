"""A deadline is as exact as its source, and no more."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.deadline import (
    Certainty,
    Deadline,
    Period,
    Precision,
    ReviewPolicy,
    parse_period,
    read_day,
    read_period,
)
from tracker.errors import BadDate

SPELLINGS = {
    "2026-08-31": (date(2026, 8, 31), date(2026, 8, 31), "day"),
    "2024-02-29": (date(2024, 2, 29), date(2024, 2, 29), "day"),
    "2026-W35": (date(2026, 8, 24), date(2026, 8, 30), "week"),
    "2026-W01": (date(2025, 12, 29), date(2026, 1, 4), "week"),
    "2026-W53": (date(2026, 12, 28), date(2027, 1, 3), "week"),
    "2026-08": (date(2026, 8, 1), date(2026, 8, 31), "month"),
    "2028-02": (date(2028, 2, 1), date(2028, 2, 29), "month"),
    "2026-Q3": (date(2026, 7, 1), date(2026, 9, 30), "quarter"),
    "2026-Q4": (date(2026, 10, 1), date(2026, 12, 31), "quarter"),
    "2026-H1": (date(2026, 1, 1), date(2026, 6, 30), "half"),
    "2026-H2": (date(2026, 7, 1), date(2026, 12, 31), "half"),
    "9999-H2": (date(9999, 7, 1), date(9999, 12, 31), "half"),
    "2026": (date(2026, 1, 1), date(2026, 12, 31), "year"),
    "2026-01-30..2026-02-02": (date(2026, 1, 30), date(2026, 2, 2), "range"),
    "2026..2030": (date(2026, 1, 1), date(2030, 12, 31), "range"),
    "2026-05..2026-08": (date(2026, 5, 1), date(2026, 8, 31), "range"),
    "..2030": (None, date(2030, 12, 31), "year"),
    "..2026-06-30": (None, date(2026, 6, 30), "day"),
    "event:visit-2026-02-05": (None, None, "event"),
    "recurring": (None, None, "recurring"),
    "none": (None, None, "none"),
}


@pytest.mark.parametrize(("value", "expected"), SPELLINGS.items(), ids=SPELLINGS)
def test_each_spelling_has_its_days_and_its_precision(
    value: str, expected: tuple[date | None, date | None, str]
) -> None:
    period = parse_period(value)
    assert (period.start, period.end, period.precision) == expected
    assert period.value == value


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13", "2026-00-10", "2025-W53", "0000", "2026-02-30..2026-03-01"])
def test_a_day_that_does_not_exist_is_impossible(value: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_period(value)
    assert (refused.value.reason, refused.value.value) == ("impossible", value)


@pytest.mark.parametrize("value", ["2030..2026", "2026-02-02..2026-01-30", "2026-Q3..2026-Q1"])
def test_a_range_that_ends_before_it_begins_is_reversed(value: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_period(value)
    assert refused.value.reason == "reversed"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2026..",
        "..",
        "2026...2030",
        "2026-Q5",
        "2026-H3",
        "2026-8-5",
        "26",
        "20266",
        "soon",
        "event:",
        "event:A B",
        "2026-08-31T00:00",
        "２０２６",
        "٢٠٢٦",
        "..none",
        "2026..none",
        "none..2026",
        "2026-q3",
        "+2026",
        "2026 2027",
    ],
)
def test_anything_else_is_no_date(value: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_period(value)
    assert refused.value.reason == "unknown"


years = st.integers(1, 9999).map("{:04d}".format)
singles = st.one_of(
    years,
    st.dates().map(date.isoformat),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.tuples(years, st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2"])).map("-".join),
    st.dates(date(1, 1, 8), date(9999, 12, 24)).map(lambda day: "{:04d}-W{:02d}".format(*day.isocalendar())),
)


@given(singles)
def test_a_period_is_spelled_as_it_was_read_and_ends_no_earlier_than_it_begins(value: str) -> None:
    period = parse_period(value)
    assert period.value == value
    assert period.start is not None
    assert period.end is not None
    assert period.start <= period.end


@given(singles, singles)
def test_a_range_goes_from_the_first_day_of_one_to_the_last_day_of_the_other(first: str, last: str) -> None:
    start, end = parse_period(first).start, parse_period(last).end
    assert start is not None
    assert end is not None
    if start > end:
        with pytest.raises(BadDate):
            parse_period(f"{first}..{last}")
    else:
        period = parse_period(f"{first}..{last}")
        assert (period.start, period.end, period.value) == (start, end, f"{first}..{last}")
    by = parse_period(f"..{last}")
    assert (by.start, by.end) == (None, end)


@given(st.dates(date(1, 1, 8), date(9999, 12, 24)))
def test_a_day_lies_in_its_week_month_quarter_half_and_year(day: date) -> None:
    year, week, _ = day.isocalendar()
    quarter, half = (day.month + 2) // 3, (day.month + 5) // 6
    written = f"{day.year:04d}"
    for value in (
        f"{year:04d}-W{week:02d}",
        f"{written}-{day.month:02d}",
        f"{written}-Q{quarter}",
        f"{written}-H{half}",
        written,
    ):
        period = parse_period(value)
        assert period.start is not None
        assert period.end is not None
        assert period.start <= day <= period.end, value


@given(st.integers(1, 9998), st.sampled_from([("Q", 4), ("H", 2)]))
def test_quarters_and_halves_fill_a_year_without_gap_or_overlap(year: int, parts: tuple[str, int]) -> None:
    letter, number = parts
    periods = [parse_period(f"{year:04d}-{letter}{part}") for part in range(1, number + 1)]
    edges = [(period.start, period.end) for period in periods]
    assert edges[0][0] == date(year, 1, 1)
    assert edges[-1][1] == date(year, 12, 31)
    for (_, end), (start, _) in itertools.pairwise(edges):
        assert end is not None
        assert start == end + timedelta(days=1)


# A deadline


def test_a_deadline_keeps_the_words_of_its_source_clean() -> None:
    deadline = Deadline.of("2026", " trong năm 2026\u202e\x1b ")
    assert deadline.text == "trong năm 2026"
    assert (deadline.value, deadline.precision, deadline.certainty) == ("2026", "year", "stated")


def test_a_deadline_at_an_event_has_the_days_of_the_event_and_is_derived() -> None:
    visit = Deadline.of(
        "event:visit", "ngày 5/2", event=Period("2026-02-05", date(2026, 2, 5), date(2026, 2, 5), Precision.DAY)
    )
    assert (visit.start, visit.end, visit.precision, visit.certainty) == (
        date(2026, 2, 5),
        date(2026, 2, 5),
        "event",
        "derived",
    )
    assert visit.event == "visit"


def test_a_deadline_at_an_event_without_a_date_has_no_end() -> None:
    congress = Deadline.of("event:congress", "Đại hội", event=parse_period("none"))
    assert (congress.end, congress.certainty) == (None, "none")
    assert Deadline.of("event:congress").end is None
    assert Deadline.of("2026").event is None


@pytest.mark.parametrize("value", ["none", "recurring"])
def test_words_without_a_date_are_no_deadline_and_make_none_up(value: str) -> None:
    soon = Deadline.of(value, "sớm", Certainty.STATED)
    assert (soon.start, soon.end, soon.certainty, soon.text) == (None, None, "none", "sớm")


# What a person types


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("value", [value for value in SPELLINGS if value != "recurring"])
def test_the_one_spelling_may_be_typed_in_both_languages(value: str, language: str) -> None:
    reading = read_period(f"  {value} ", language)
    assert (reading.period.value, reading.guessed) == (value, False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("25/12/2026", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("31.8.2026", "2026-08-31"),
        ("31-08-2026", "2026-08-31"),
        ("05/05/2026", "2026-05-05"),
        ("12/2026", "2026-12"),
        ("tháng 12/2026", "2026-12"),
        ("tháng 3 năm 2026", "2026-03"),
        ("ngày 5 tháng 2 năm 2026", "2026-02-05"),
        ("5 tháng 2 năm 2026", "2026-02-05"),
        ("quý III/2026", "2026-Q3"),
        ("5 Feb 2026", "2026-02-05"),
        ("February 5, 2026", "2026-02-05"),
        ("20 September 2026", "2026-09-20"),
        ("May 2027", "2027-05"),
        ("Quý 4 năm 2026", "2026-Q4"),
        ("Q2/2026", "2026-Q2"),
        ("q2 2026", "2026-Q2"),
        ("năm 2026", "2026"),
        ("trong năm 2026", "2026"),
        ("đến năm 2030", "..2030"),
        ("đến hết năm 2030", "..2030"),
        ("DEN NAM 2030", "..2030"),
        ("2026-q3", "2026-Q3"),
        ("2026-w35", "2026-W35"),
        ("2026-q1..2026-h2", "2026-Q1..2026-H2"),
        ("..2026-q3", "..2026-Q3"),
        ("không có", "none"),
        ("không", "none"),
        ("None", "none"),
    ],
)
def test_a_date_that_can_be_read_one_way_is_taken(typed: str, value: str) -> None:
    for language in ("vi", "en"):
        reading = read_period(typed, language)
        assert (reading.period.value, reading.guessed) == (value, False)


@pytest.mark.parametrize("typed", ["05/12/2026", "5.12.2026", "05-12-2026"])
def test_a_date_that_can_be_read_two_ways_is_day_first_in_vietnamese_and_says_so(typed: str) -> None:
    reading = read_period(typed, "vi")
    assert (reading.period.value, reading.guessed) == ("2026-12-05", True)


@pytest.mark.parametrize("typed", ["05/12/2026", "5.12.2026", "05-12-2026"])
def test_in_english_it_is_refused_with_both_readings(typed: str) -> None:
    with pytest.raises(BadDate) as refused:
        read_period(typed, "en")
    assert refused.value.reason == "ambiguous"
    assert set(refused.value.readings) == {"2026-12-05", "2026-05-12"}
    assert refused.value.value == typed


@pytest.mark.parametrize("typed", ["25/12/26", "5.2.26", "05/12/026"])
def test_a_two_digit_year_is_refused_in_both_languages(typed: str) -> None:
    for language in ("vi", "en"):
        with pytest.raises(BadDate) as refused:
            read_period(typed, language)
        assert refused.value.reason == "two_digit_year"


@pytest.mark.parametrize("typed", ["31/2/2026", "32/12/2026", "13/2026", "ngày 30 tháng 2 năm 2026", "0/0/2026"])
def test_a_typed_day_that_does_not_exist_is_named_as_it_was_typed(typed: str) -> None:
    with pytest.raises(BadDate) as refused:
        read_period(typed, "vi")
    assert (refused.value.reason, refused.value.value) == ("impossible", typed)


@given(st.dates())
def test_a_numeric_date_is_never_read_as_a_day_that_it_does_not_say(day: date) -> None:
    typed = f"{day.day}/{day.month}/{day.year:04d}"
    reading = read_period(typed, "vi")
    assert reading.period.start == day
    if day.day <= 12 and day.day != day.month:
        assert reading.guessed
        with pytest.raises(BadDate):
            read_period(typed, "en")
    else:
        assert not reading.guessed
        assert read_period(typed, "en").period.start == day


@given(st.text(max_size=40), st.sampled_from(["vi", "en"]))
def test_whatever_is_typed_gives_a_period_or_one_clear_refusal(typed: str, language: str) -> None:
    try:
        period = read_period(typed, language).period
    except BadDate:
        return
    assert parse_period(period.value) == period


def test_one_day_is_asked_for_and_a_month_is_none() -> None:
    assert read_day("5/2/2026", "vi") == date(2026, 2, 5)
    for typed in ("2026-02", "2026-02-05..2026-02-05", "none", "tomorrow"):
        with pytest.raises(BadDate) as refused:
            read_day(typed, "vi")
        assert refused.value.reason == "not_a_day"
    with pytest.raises(BadDate) as refused:
        read_day("31/4/2026", "vi")
    assert refused.value.reason == "impossible"


# House review dates


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("sớm", 90),
        ("trong thời gian SỚM nhất", 90),
        ("trong thời gian tới", 180),
        ("Trong thời gian tới", 180),
        ("", 180),
    ],
)
def test_without_a_date_our_desk_looks_again_after_the_days_of_the_written_policy(text: str, days: int) -> None:
    since = date(2026, 1, 1)
    assert ReviewPolicy().review_on(Deadline.of("none", text), since) == since + timedelta(days=days)


def test_without_any_deadline_our_desk_looks_again_too() -> None:
    assert ReviewPolicy(nothing=10).review_on(None, date(2026, 1, 1)) == date(2026, 1, 11)


def test_the_policy_can_be_set() -> None:
    policy = ReviewPolicy(soon=7, coming=14, nothing=21)
    since = date(2026, 1, 1)
    assert policy.review_on(Deadline.of("none", "sớm"), since) == date(2026, 1, 8)
    assert policy.review_on(Deadline.of("none", "thời gian tới"), since) == date(2026, 1, 15)
    assert policy.review_on(Deadline.of("event:congress"), since) == date(2026, 1, 22)


def test_with_a_deadline_to_watch_there_is_no_review_date() -> None:
    assert ReviewPolicy().review_on(Deadline.of("2026", "sớm trong năm 2026"), date(2026, 1, 1)) is None


def test_words_that_only_contain_the_letters_of_soon_are_not_soon() -> None:
    assert ReviewPolicy().review_on(Deadline.of("none", "somewhere"), date(2026, 1, 1)) == date(2026, 6, 30)
