"""Why a commitment stands where it stands: each line of the rules for deadlines, by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_deadline import SPELLINGS
from tracker.domain.deadline import Certainty, Deadline, Period, Precision, parse_period, read_period
from tracker.domain.explanation import RULES, rule_of

VISIT = parse_period("2026-02-05")


@pytest.mark.parametrize(
    ("text", "value", "certainty", "rule"),
    [
        ("ngày 31/8/2026", "2026-08-31", "stated", "day"),
        ("ngày 31 tháng 8 năm 2026", "2026-08-31", "stated", "day"),
        ("05/12/2026", "2026-12-05", "stated", "day_first"),
        ("05/05/2026", "2026-05-05", "stated", "day"),
        ("ngày 5/2", "2026-02-05", "derived", "derived_year"),
        ("tháng 9", "2026-09", "derived", "derived_year"),
        ("năm 2026", "2026", "stated", "period"),
        ("giai đoạn 2022–2025", "2022..2025", "stated", "period"),
        ("quý III/2026", "2026-Q3", "stated", "period"),
        ("", "2026-Q3", "stated", "period"),
        ("đầu năm 2026", "2026-Q1", "derived", "part_of_year"),
        ("giữa năm 2026", "2026-05..2026-08", "derived", "part_of_year"),
        ("đến năm 2030", "..2030", "stated", "by_end"),
        ("chậm nhất ngày 30/6/2026", "..2026-06-30", "stated", "by_end"),
        ("trước năm 2030", "..2029", "stated", "before_year"),
        ("trước năm 2030", "..2029-12-31", "stated", "before_year"),
        ("trước ngày 30/6/2026", "..2026-06-30", "stated", "before_day"),
        ("trước ngày 30/6/2026", "2026-06-30", "stated", "before_day"),
        ("hằng năm", "recurring", "stated", "recurring"),
        ("sớm", "none", "none", "vague"),
        ("", "none", "none", "no_words"),
    ],
)
def test_the_rule_that_reads_the_words(text: str, value: str, certainty: str, rule: str) -> None:
    assert rule_of(Deadline.of(value, text, Certainty(certainty))) == rule


def test_an_event_has_its_date_or_not_yet() -> None:
    assert rule_of(Deadline.of("event:visit", "nhân chuyến thăm")) == "event_undated"
    assert rule_of(Deadline.of("event:visit", "ngày 5/2", Certainty.DERIVED, VISIT)) == "event"
    assert rule_of(None) == "no_words"


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("trước năm 2030", "before_year"),
        ("trước ngày 30/6/2026", "before_day"),
        ("đến năm 2030", "by_end"),
        ("05/12/2026", "day_first"),
    ],
)
def test_what_a_person_types_is_read_by_the_rule_that_is_named(typed: str, rule: str) -> None:
    assert rule_of(Deadline.of(read_period(typed, "vi").period.value, typed)) == rule


@given(st.sampled_from(list(SPELLINGS)), st.text(max_size=20), st.sampled_from(["stated", "agreed", "derived"]))
def test_every_deadline_is_read_by_one_of_the_rules(value: str, text: str, certainty: str) -> None:
    event = Period(value, VISIT.start, VISIT.end, Precision.EVENT)
    assert rule_of(Deadline.of(value, text, Certainty(certainty), event)) in RULES
