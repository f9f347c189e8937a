"""Why a commitment stands where it stands: every state has its answer, and the answer names who said so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import DOCUMENT, REF, TODAY, a_citation, a_hand, adding, delivering, marking, moving
from tracker.bootstrap import Tracker
from tracker.domain.explanation import Explanation
from tracker.domain.schedule import Schedule

UNDATED = "C-2025-002"


def why(tracker: Tracker, ref: str = REF, as_of: date = TODAY) -> Explanation:
    return tracker.commitments.explain(ref, as_of=as_of)


def counted(given: Explanation) -> dict[str, int]:
    return {count.code: count.days for count in given.counts}


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """Two commitments of 2 December 2025: one for the year 2026's first half, one soon."""
    tracker.commitments.add(adding(deadline_value="2026-H1", deadline_text="nửa đầu năm 2026"), a_hand())
    tracker.commitments.add(adding(UNDATED, deadline_value="none", deadline_text="sớm"), a_hand())
    return tracker


def test_overdue_is_days_past_the_end_and_past_the_baseline(desk: Tracker) -> None:
    desk.commitments.move_deadline(moving("2026-08-31", source=a_citation(start=30, end=40, role="softens")), a_hand())
    given = why(desk)
    assert (given.schedule, given.line, given.rule) == (Schedule.OVERDUE, 11, "day")
    assert counted(given) == {"past_end": 82, "moved_on": 62, "past_baseline": 144}
    assert given.deadline_by is not None
    assert (given.deadline_by.kind, given.deadline_by.actor, given.deadline_by.reason) == (
        "move",
        "Lan",
        "hai bên thống nhất",
    )
    assert given.source is not None
    assert (given.source.sha256, given.source.start, given.source.role) == (DOCUMENT, 30, "softens")


def test_before_the_move_the_answer_is_that_of_the_day(desk: Tracker) -> None:
    desk.commitments.move_deadline(moving("2026-08-31"), a_hand())
    given = why(desk, as_of=date(2026, 6, 15))
    assert (given.schedule, given.moves, given.rule) == (Schedule.DUE_SOON, 0, "period")
    assert counted(given) == {"since_start": 165, "until_end": 15}
    assert given.deadline_by is not None
    assert given.deadline_by.kind == "add"


def test_a_review_is_counted_by_the_policy_from_the_day_of_the_act(desk: Tracker) -> None:
    given = why(desk, UNDATED)
    assert (given.schedule, given.rule) == (Schedule.REVIEW_DUE, "vague")
    assert given.review is not None
    assert (given.review.rule, given.review.days, given.review.since) == ("soon", 90, date(2025, 12, 2))
    assert counted(given) == {"review_counted": 90, "past_review": 264}
    desk.commitments.record_status(marking("in_progress", UNDATED, note="đã họp"), a_hand())
    later = why(desk, UNDATED)
    assert later.schedule is Schedule.NO_DEADLINE
    assert later.review is not None
    assert later.review.since == TODAY
    assert counted(later) == {"review_counted": 90, "until_review": 90}


def test_a_review_set_by_hand_is_no_policy(desk: Tracker) -> None:
    review = TODAY + timedelta(days=7)
    desk.commitments.record_status(marking("suspended", note="tạm dừng", review_on=review), a_hand())
    given = why(desk)
    assert given.schedule is Schedule.PAUSED
    assert given.review is not None
    assert (given.review.rule, given.review.since) == ("set", None)
    assert counted(given) == {"until_review": 7}
    assert given.status_by is not None
    assert given.status_by.reason == "tạm dừng"


@pytest.mark.parametrize(
    ("done", "state", "counts"),
    [
        ("2026-05-20", Schedule.DONE_ON_TIME, {"done_before_end": 41}),
        ("2026-07", Schedule.DONE_LATE, {"done_after_end": 1}),
        ("2026", Schedule.TIMELINESS_UNKNOWN, {}),
        ("unknown", Schedule.TIMELINESS_UNKNOWN, {}),
    ],
)
def test_what_is_done_was_done_before_or_after(
    desk: Tracker, done: str, state: Schedule, counts: dict[str, int]
) -> None:
    desk.commitments.record_status(delivering(done=done), a_hand())
    given = why(desk)
    assert given.schedule is state
    assert counted(given) == counts


def test_every_state_and_every_day_of_the_curated_register_has_an_answer(seeded_register: Tracker) -> None:
    with seeded_register.commitments.listing("", as_of=TODAY) as rows:
        refs = [row.ref for row in rows]
    for as_of in (TODAY, date(2027, 1, 1), date(2028, 6, 1)):
        for ref in refs:
            given = why(seeded_register, ref, as_of)
            assert all(count.days >= 0 for count in given.counts), ref
            assert list(Schedule)[given.line - 1] is given.schedule
            assert given.source is not None
            assert given.deadline_by is not None


def test_an_event_gives_its_date(seeded_register: Tracker) -> None:
    given = why(seeded_register, "VL-2026-002")
    assert given.rule == "event"
    assert counted(given) == {"past_end": 289}


def test_an_earlier_day_is_not_explained_by_what_was_taken_back_since(desk: Tracker) -> None:
    july = date(2026, 7, 15)
    before = why(desk, as_of=july)
    desk.commitments.move_deadline(moving("2026-12-31", effective_on=date(2026, 7, 1)), a_hand())
    desk.commitments.record_status(marking("in_progress", note="đã họp", effective_on=date(2026, 7, 2)), a_hand())
    desk.commitments.undo(a_hand())
    desk.commitments.undo(a_hand())
    assert why(desk, as_of=july) == before
    desk.commitments.redo(a_hand())
    brought = why(desk, as_of=july).deadline_by
    assert brought is not None
    assert brought.kind == "move"


def test_what_was_told_late_of_an_earlier_day_explains_no_later_one(desk: Tracker) -> None:
    desk.commitments.record_status(marking("in_progress", note="đã khởi công", effective_on=date(2026, 9, 1)), a_hand())
    desk.commitments.record_status(marking("not_started", note="chưa làm", effective_on=date(2026, 3, 1)), a_hand())
    said = why(desk).status_by
    assert said is not None
    assert (said.reason, said.on) == ("đã khởi công", date(2026, 9, 1))
