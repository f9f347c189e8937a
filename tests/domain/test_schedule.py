"""The schedule: computed for a day, never stored; the first line of the table that fits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.schedule import BUCKET_OF, BUCKETS, Schedule, band, schedule
from tracker.domain.status import OPEN, Status

DAY = date(2026, 11, 21)
END = date(2026, 6, 30)


def state(status: str, as_of: date = DAY, **dates: Any) -> str:
    nothing: dict[str, Any] = dict.fromkeys(("start", "end", "done_start", "done_end", "review_on"))
    return schedule(Status(status), as_of=as_of, **nothing | dates)


@pytest.mark.parametrize(
    ("status", "dates", "expected", "bucket"),
    [
        ("superseded", {"end": END}, "replaced", "replaced"),
        ("not_delivered", {"end": END}, "closed_undone", "closed_undone"),
        ("withdrawn", {}, "closed_undone", "closed_undone"),
        ("delivered", {"done_start": END, "done_end": END}, "done_no_deadline", "done_no_deadline"),
        ("delivered", {"end": END, "done_start": END, "done_end": END}, "done_on_time", "done_on_time"),
        (
            "delivered",
            {"end": END, "done_start": END + timedelta(1), "done_end": DAY},
            "done_late",
            "done_late",
        ),
        ("delivered", {"end": END}, "timeliness_unknown", "timeliness_unknown"),
        ("delivered", {"end": END, "done_start": END, "done_end": DAY}, "timeliness_unknown", "timeliness_unknown"),
        ("suspended", {"end": END, "review_on": END}, "paused", "paused"),
        ("recorded", {"review_on": DAY - timedelta(1)}, "review_due", "no_deadline"),
        ("in_progress", {"review_on": DAY}, "no_deadline", "no_deadline"),
        ("in_progress", {}, "no_deadline", "no_deadline"),
        ("claimed_done", {"end": END}, "late_claim", "late_claim"),
        ("in_progress", {"end": END}, "overdue", "open_overdue"),
        ("in_progress", {"end": DAY + timedelta(30)}, "due_soon", "open_within"),
        ("claimed_done", {"end": DAY}, "due_soon", "open_within"),
        ("in_progress", {"end": DAY + timedelta(31)}, "in_window", "open_within"),
        ("in_progress", {"start": DAY, "end": DAY + timedelta(31)}, "in_window", "open_within"),
        ("in_progress", {"start": DAY + timedelta(1), "end": DAY + timedelta(31)}, "not_due", "open_within"),
    ],
)
def test_each_line_of_the_table(status: str, dates: dict[str, date], expected: str, bucket: str) -> None:
    assert state(status, **dates) == expected
    assert BUCKET_OF[Schedule(expected)] == bucket


@pytest.mark.parametrize("status", ["recorded", "not_started", "in_progress", "partial"])
def test_due_today_is_not_overdue_and_one_day_later_it_is(status: str) -> None:
    assert state(status, as_of=END, end=END) == "due_soon"
    assert state(status, as_of=END + timedelta(1), end=END) == "overdue"


def test_a_year_is_in_its_window_all_year_and_overdue_from_the_first_of_january() -> None:
    year = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    assert state("in_progress", as_of=date(2025, 12, 31), **year) == "not_due"
    assert state("in_progress", as_of=date(2026, 1, 1), **year) == "in_window"
    assert state("in_progress", as_of=date(2026, 12, 31), **year) == "due_soon"
    assert state("in_progress", as_of=date(2027, 1, 1), **year) == "overdue"


def test_something_done_on_time_stays_done_on_time_for_ever() -> None:
    done = {"end": END, "done_start": END, "done_end": END}
    assert {state("delivered", as_of=DAY + timedelta(days), **done) for days in range(0, 4000, 100)} == {"done_on_time"}


def test_the_days_that_count_as_soon_can_be_set() -> None:
    assert state("recorded", end=DAY + timedelta(31), soon_days=31) == "due_soon"
    assert state("recorded", end=DAY + timedelta(1), soon_days=0) == "in_window"


def test_a_review_date_that_has_passed_never_makes_a_dated_one_overdue() -> None:
    assert state("in_progress", end=DAY + timedelta(90), review_on=date(2020, 1, 1)) == "in_window"


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
maybe = st.none() | days


@given(st.sampled_from(Status), maybe, maybe, maybe, maybe, maybe, st.dates(), st.integers(0, 400))
def test_every_commitment_has_exactly_one_state_on_every_day_and_the_buckets_add_up(
    status: Status,
    start: date | None,
    end: date | None,
    done_start: date | None,
    done_end: date | None,
    review_on: date | None,
    as_of: date,
    soon_days: int,
) -> None:
    found = schedule(
        status,
        start=start,
        end=end,
        done_start=done_start,
        done_end=done_end,
        review_on=review_on,
        as_of=as_of,
        soon_days=soon_days,
    )
    assert found in Schedule
    assert sum(found in states for states in BUCKETS.values()) == 1
    if found in ("overdue", "late_claim"):
        assert end is not None
        assert as_of > end
        assert status in OPEN
    if end is None:
        assert found not in ("overdue", "late_claim", "due_soon", "in_window", "not_due", "done_late", "done_on_time")


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_the_first_and_the_last_day_of_the_calendar_are_days_too(as_of: date) -> None:
    assert state("recorded", as_of=as_of, end=date.max) in ("due_soon", "in_window")


def test_the_buckets_are_those_of_the_report() -> None:
    assert list(BUCKETS) == [
        "done_on_time",
        "done_late",
        "done_no_deadline",
        "timeliness_unknown",
        "open_within",
        "open_overdue",
        "late_claim",
        "no_deadline",
        "paused",
        "replaced",
        "closed_undone",
    ]
    assert set(BUCKET_OF) == set(Schedule)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-90"),
        (90, "31-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, ">180"),
        (9999, ">180"),
    ],
)
def test_delays_fall_into_four_bands(late: int, expected: str) -> None:
    assert band(late) == expected
