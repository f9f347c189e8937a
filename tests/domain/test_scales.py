"""Other people's scales: each commitment has one grade on each, and none is made up."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.scales import SCALES, UNTRANSLATED, Span, grade
from tracker.domain.schedule import Schedule
from tracker.domain.status import Status


@given(st.sampled_from(Status), st.sampled_from(Schedule), st.booleans())
def test_every_commitment_has_exactly_one_grade_on_each_scale(status: Status, state: Schedule, silent: bool) -> None:
    for scale, grades in SCALES.items():
        assert grade(scale, status, state, silent=silent) in grades


def test_what_nobody_has_looked_at_is_not_called_undone() -> None:
    def of(scale: str, status: Status, state: Schedule = Schedule.IN_WINDOW) -> str:
        return grade(scale, status, state, silent=False)

    assert [of(scale, Status.RECORDED, Schedule.OVERDUE) for scale in SCALES] == [
        "no_evidence",
        UNTRANSLATED,
        "not_yet_rated",
    ]
    assert [of("g7", Status.NOT_STARTED, state) for state in (Schedule.IN_WINDOW, Schedule.OVERDUE)] == [
        UNTRANSLATED,
        "failure",
    ]
    # Late is not broken.
    assert of("promises", Status.IN_PROGRESS, Schedule.OVERDUE) == "in_the_works"
    assert grade("promises", Status.IN_PROGRESS, Schedule.IN_WINDOW, silent=True) == "stalled"


def test_the_same_day_a_period_earlier() -> None:
    assert [span.earlier(date(2026, 5, 31)) for span in Span] == [
        date(2026, 4, 30),
        date(2026, 2, 28),
        date(2025, 5, 31),
    ]
    assert [span.of(date(2026, 5, 31)) for span in Span] == ["2026-05", "2026-Q2", "2026"]
