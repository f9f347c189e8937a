"""Following up: planning, doing, answering, putting off, dropping; cadences; what stands on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import REF, TODAY, a_hand, adding, delivering, everything, marking
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.agenda import FollowUpView
from tracker.domain.commands import (
    AnswerFollowUp,
    DropFollowUp,
    FinishFollowUp,
    PlanFollowUp,
    PutOffFollowUp,
    Seen,
)

SECOND = "C-2025-002"
KEY = "F-2026-001"


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """Two commitments of today's register."""
    tracker.commitments.add(adding(), a_hand())
    tracker.commitments.add(adding(SECOND, title="Nâng kim ngạch"), a_hand())
    return tracker


def planning(*refs: str, on: date = date(2026, 12, 1), version: int | None = None, **fields: Any) -> PlanFollowUp:
    given: dict[str, Any] = {"what": "Gửi công văn đôn đốc", "how": "letter"} | fields
    return PlanFollowUp(commitments=tuple(Seen(ref=ref, version=version) for ref in refs or (REF,)), on=on, **given)


def plan(desk: Tracker, *refs: str, **fields: Any) -> FollowUpView:
    return desk.followups.plan(planning(*refs, **fields), a_hand()).follow_ups[0]


def state(desk: Tracker, key: str, on: date) -> str:
    return desk.followups.show(key, as_of=on).follow_up.state


def test_one_act_plans_for_many_and_each_has_its_own_number(desk: Tracker) -> None:
    done = desk.followups.plan(planning(REF, SECOND, to="la-moic", answer_due=date(2026, 12, 15)), a_hand())
    assert [(view.key, view.ref) for view in done.follow_ups] == [(KEY, REF), ("F-2026-002", SECOND)]
    first = done.follow_ups[0]
    assert (first.what, first.how, first.on) == ("Gửi công văn đôn đốc", "letter", date(2026, 12, 1))
    assert first.to is not None
    assert first.to.key == "la-moic"
    assert done.commitments[0].next is not None
    assert (done.commitments[0].next.what, done.commitments[0].next.on) == (first.what, first.on)
    assert plan(desk).key == "F-2026-003"


def test_an_act_that_was_sent_before_is_not_done_again(desk: Tracker) -> None:
    hand = a_hand(act_id="11111111-1111-4111-8111-111111111111")
    first = desk.followups.plan(planning(), hand)
    again = desk.followups.plan(planning(), hand)
    assert [view.key for view in again.follow_ups] == [view.key for view in first.follow_ups] == [KEY]
    assert len(desk.followups.listing(as_of=TODAY)) == 1


def test_where_it_stands_from_day_to_day(desk: Tracker) -> None:
    plan(desk, on=TODAY + timedelta(days=2), answer_due=TODAY + timedelta(days=5))
    days = [state(desk, KEY, TODAY + timedelta(days=more)) for more in (0, 1, 2, 9)]
    assert days == ["planned", "planned", "due", "due"]
    later = a_hand(today=TODAY + timedelta(days=3))
    desk.followups.finish(FinishFollowUp(key=KEY), later)
    days = [state(desk, KEY, TODAY + timedelta(days=more)) for more in (2, 3, 5, 6)]
    assert days == ["due", "waiting", "waiting", "answer_late"]
    later = a_hand(today=TODAY + timedelta(days=8))
    answered = desk.followups.answer(AnswerFollowUp(key=KEY, answer="Bạn đồng ý"), later).follow_ups[0]
    assert (answered.answer, answered.state) == ("Bạn đồng ý", "closed")
    days = [state(desk, KEY, TODAY + timedelta(days=more)) for more in (7, 8, 90)]
    assert days == ["answer_late", "closed", "closed"]


def test_nobody_sees_it_before_the_day_on_which_it_was_planned(desk: Tracker) -> None:
    plan(desk, on=TODAY)
    yesterday = TODAY - timedelta(days=1)
    assert desk.followups.listing(as_of=yesterday) == ()
    with pytest.raises(errors.NotFound):
        desk.followups.show(KEY, as_of=yesterday)
    assert desk.commitments.count("is:follow-up", as_of=yesterday) == 0
    assert desk.commitments.count("is:follow-up", as_of=TODAY) == 1
    before = desk.commitments.show(REF, as_of=yesterday).commitment
    assert before.next is None or before.next.kind == "review"


def test_done_with_its_answer_at_once_nothing_more_is_awaited(desk: Tracker) -> None:
    plan(desk, on=TODAY, answer_due=date(2026, 12, 15))
    done = desk.followups.finish(FinishFollowUp(key=KEY, answer="Đã nhận"), a_hand())
    view = done.follow_ups[0]
    assert (view.done_on, view.answered_on, view.state) == (TODAY, TODAY, "closed")
    assert done.remarks == ()


def test_an_answer_day_that_passed_while_the_letter_waited_moves_along(desk: Tracker) -> None:
    plan(desk, on=TODAY, answer_due=TODAY + timedelta(days=14))
    later = TODAY + timedelta(days=20)
    view = desk.followups.finish(FinishFollowUp(key=KEY), a_hand(today=later)).follow_ups[0]
    assert view.answer_due == later + timedelta(days=14)
    assert view.state == "waiting"


def test_put_off_moves_the_day_and_the_answer_along(desk: Tracker) -> None:
    plan(desk, on=date(2026, 12, 1), answer_due=date(2026, 12, 11))
    view = desk.followups.put_off(PutOffFollowUp(key=KEY, on=date(2026, 12, 8), note="bạn nghỉ lễ"), a_hand())
    assert (view.follow_ups[0].on, view.follow_ups[0].answer_due) == (date(2026, 12, 8), date(2026, 12, 18))
    assert desk.followups.show(KEY, as_of=TODAY).entries[0].reason == "bạn nghỉ lễ"


def test_once_it_is_done_the_answer_is_what_is_put_off(desk: Tracker) -> None:
    plan(desk, on=TODAY, answer_due=date(2026, 12, 1))
    desk.followups.finish(FinishFollowUp(key=KEY), a_hand())
    view = desk.followups.put_off(PutOffFollowUp(key=KEY, on=date(2026, 12, 20)), a_hand()).follow_ups[0]
    assert (view.on, view.answer_due, view.state) == (TODAY, date(2026, 12, 20), "waiting")


def test_a_dropped_one_says_why_and_is_not_awaited_any_more(desk: Tracker) -> None:
    plan(desk, on=TODAY, rule="weekly")
    view = desk.followups.drop(DropFollowUp(key=KEY, note="đã gộp vào cuộc họp"), a_hand()).follow_ups[0]
    assert (view.dropped, view.state) == (True, "closed")
    assert len(desk.followups.listing(as_of=TODAY)) == 1
    assert desk.commitments.count("is:follow-up", as_of=TODAY) == 0


def test_the_next_of_a_cadence_is_planned_when_one_is_done_and_nothing_drifts(desk: Tracker) -> None:
    plan(desk, on=date(2027, 1, 31), rule="hằng tháng", answer_due=date(2027, 2, 5))
    planned = []
    for key, day in ((KEY, date(2027, 2, 1)), ("F-2027-001", date(2027, 2, 28)), ("F-2027-002", date(2027, 4, 2))):
        done = desk.followups.finish(FinishFollowUp(key=key, answer="có"), a_hand(today=day))
        planned.append((done.follow_ups[-1].key, done.follow_ups[-1].on, done.follow_ups[-1].answer_due))
        assert done.remarks[0].code == "next_planned"
    assert planned == [
        ("F-2027-001", date(2027, 2, 28), date(2027, 3, 5)),
        ("F-2027-002", date(2027, 3, 31), date(2027, 4, 5)),
        ("F-2027-003", date(2027, 4, 30), date(2027, 5, 5)),
    ]


def test_one_done_early_is_not_planned_again_for_the_same_day(desk: Tracker) -> None:
    plan(desk, on=TODAY + timedelta(days=3), rule="every 2 weeks")
    done = desk.followups.finish(FinishFollowUp(key=KEY), a_hand())
    assert done.follow_ups[-1].on == TODAY + timedelta(days=17)


def test_a_cadence_ends_when_its_rule_says_so(desk: Tracker) -> None:
    plan(desk, on=TODAY, rule="FREQ=WEEKLY;COUNT=2")
    assert desk.followups.finish(FinishFollowUp(key=KEY), a_hand()).remarks
    later = a_hand(today=TODAY + timedelta(days=7))
    assert not desk.followups.finish(FinishFollowUp(key="F-2026-002"), later).remarks


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (FinishFollowUp(key=KEY), "done"),
        (AnswerFollowUp(key=KEY, answer="nữa"), "answered"),
        (PutOffFollowUp(key=KEY, on=date(2027, 1, 1)), "answered"),
        (DropFollowUp(key=KEY, note="thôi"), "answered"),
    ],
    ids=["done", "answer", "put off", "drop"],
)
def test_what_is_over_is_over(desk: Tracker, command: Any, reason: str) -> None:
    plan(desk, on=TODAY)
    desk.followups.finish(FinishFollowUp(key=KEY, answer="xong"), a_hand())
    before = everything(desk.database)
    with pytest.raises(errors.FollowUpRefused) as refused:
        _act(desk, command)
    assert refused.value.reason == reason
    assert everything(desk.database) == before


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (AnswerFollowUp(key=KEY, answer="sớm quá"), "not_done"),
        (PutOffFollowUp(key=KEY, on=TODAY - timedelta(days=1)), "past"),
        (PutOffFollowUp(key=KEY, on=date(2026, 12, 1)), "same_day"),
        (DropFollowUp(key=KEY), "note"),
        (FinishFollowUp(key=KEY, answer_due=TODAY - timedelta(days=1)), "early"),
    ],
    ids=["answer", "past", "same day", "no note", "answer due before"],
)
def test_what_cannot_be_so_is_refused(desk: Tracker, command: Any, reason: str) -> None:
    plan(desk)
    with pytest.raises(errors.FollowUpRefused) as refused:
        _act(desk, command)
    assert refused.value.reason == reason


def _act(desk: Tracker, command: Any) -> None:
    acts: dict[type, Any] = {
        FinishFollowUp: desk.followups.finish,
        AnswerFollowUp: desk.followups.answer,
        PutOffFollowUp: desk.followups.put_off,
        DropFollowUp: desk.followups.drop,
    }
    acts[type(command)](command, a_hand())


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"on": TODAY - timedelta(days=1)}, "past"),
        ({"answer_due": date(2026, 11, 30)}, "early"),
        ({"rule": "FREQ=DAILY;COUNT=1"}, "never"),
    ],
    ids=["past", "answer before question", "a rule that never comes again"],
)
def test_planning_what_cannot_be_so_is_refused(desk: Tracker, fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(errors.FollowUpRefused) as refused:
        plan(desk, **fields)
    assert refused.value.reason == reason
    assert desk.followups.listing(as_of=TODAY) == ()


def test_planning_names_what_nobody_knows(desk: Tracker) -> None:
    for fields, kind in (({"to": "nobody"}, "party"),):
        with pytest.raises(errors.NotFound) as unknown:
            plan(desk, **fields)
        assert unknown.value.kind == kind
    with pytest.raises(errors.NotFound):
        plan(desk, REF, "C-2025-999")
    with pytest.raises(errors.UnknownValue):
        plan(desk, rule="sometimes")
    with pytest.raises(errors.NotFound) as mistyped:
        desk.followups.finish(FinishFollowUp(key="F-2026-009"), a_hand())
    assert mistyped.value.kind == "follow_up"
    with pytest.raises(errors.StaleCommitment):
        plan(desk, version=7)
    assert desk.followups.listing(as_of=TODAY) == ()


def test_a_closed_commitment_takes_its_follow_ups_off_the_agenda_and_a_reopened_one_brings_them_back(
    desk: Tracker,
) -> None:
    plan(desk, on=TODAY)
    desk.commitments.record_status(delivering(), a_hand())
    assert desk.followups.show(KEY, as_of=TODAY).follow_up.state == "closed"
    assert desk.commitments.count("is:follow-up", as_of=TODAY) == 0
    assert desk.commitments.show(REF, as_of=TODAY).commitment.next is None
    assert desk.followups.agenda(as_of=TODAY).lines == ()
    with pytest.raises(errors.FollowUpRefused) as refused:
        plan(desk)
    assert refused.value.reason == "closed"
    desk.commitments.record_status(marking("in_progress", note="mở lại"), a_hand())
    assert desk.commitments.count("is:follow-up", as_of=TODAY) == 1
    assert desk.followups.show(KEY, as_of=TODAY).follow_up.state == "due"


def test_a_cadence_ends_with_its_commitment(desk: Tracker) -> None:
    plan(desk, on=TODAY, rule="weekly")
    desk.commitments.record_status(delivering(), a_hand())
    assert not desk.followups.finish(FinishFollowUp(key=KEY), a_hand()).remarks


def test_the_next_step_is_the_earliest_of_what_is_planned_or_awaited(desk: Tracker) -> None:
    plan(desk, on=date(2026, 12, 20), what="Họp")
    plan(desk, on=TODAY, what="Công văn", answer_due=date(2026, 12, 1))
    desk.followups.finish(FinishFollowUp(key="F-2026-002"), a_hand())
    step = desk.commitments.show(REF, as_of=TODAY).commitment.next
    assert step is not None
    assert (step.what, step.on, step.kind) == ("Công văn", date(2026, 12, 1), "answer")


def test_an_earlier_day_shows_the_day_that_was_planned_then(desk: Tracker) -> None:
    plan(desk, on=TODAY + timedelta(days=1))
    later = a_hand(today=TODAY + timedelta(days=3))
    desk.followups.put_off(PutOffFollowUp(key=KEY, on=TODAY + timedelta(days=9)), later)
    assert state(desk, KEY, TODAY + timedelta(days=2)) == "due"
    assert state(desk, KEY, TODAY + timedelta(days=3)) == "planned"
    assert desk.commitments.count("is:follow-up", as_of=TODAY + timedelta(days=2)) == 1
    assert desk.commitments.count("is:follow-up", as_of=TODAY + timedelta(days=3)) == 0
    lines = desk.followups.agenda(as_of=TODAY + timedelta(days=2)).lines
    assert [line.kind for line in lines] == ["follow_up"]


def test_the_list_of_one_commitment_and_of_one_state(desk: Tracker) -> None:
    plan(desk, REF, SECOND, on=TODAY)
    plan(desk, on=date(2026, 12, 24))
    assert [view.key for view in desk.followups.listing(as_of=TODAY, ref=REF)] == [KEY, "F-2026-003"]
    assert [view.key for view in desk.followups.listing(as_of=TODAY, state="planned")] == ["F-2026-003"]
    assert [view.key for view in desk.followups.listing(as_of=TODAY, state="due")] == [KEY, "F-2026-002"]
    with pytest.raises(errors.UnknownValue):
        desk.followups.listing(as_of=TODAY, state="sometime")
    with pytest.raises(errors.NotFound):
        desk.followups.listing(as_of=TODAY, ref="C-2025-999")


def test_following_up_is_no_entry_of_the_commitment(desk: Tracker) -> None:
    before = desk.commitments.show(REF, as_of=TODAY).commitment
    plan(desk, on=TODAY)
    desk.followups.finish(FinishFollowUp(key=KEY, answer="có"), a_hand())
    after = desk.commitments.show(REF, as_of=TODAY).commitment
    assert (after.version, after.last_update, after.silent_days) == (
        before.version,
        before.last_update,
        before.silent_days,
    )
    subjects = [(entry.subject, entry.ref) for entry in desk.commitments.history(limit=2)]
    assert subjects == [("follow_up", KEY), ("follow_up", KEY)]


def test_what_is_awaited_no_more_stands_last_in_the_same_order_everywhere(desk: Tracker) -> None:
    plan(desk, on=date(2026, 12, 9))
    plan(desk, SECOND, on=date(2026, 12, 5))
    plan(desk, on=date(2026, 12, 7))
    desk.followups.drop(DropFollowUp(key=KEY, note="không cần"), a_hand())
    desk.commitments.record_status(delivering(SECOND), a_hand())
    assert [each.key[-3:] for each in desk.followups.listing(as_of=TODAY)] == ["003", "002", "001"]
