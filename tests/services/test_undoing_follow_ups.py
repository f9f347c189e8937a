"""Acts of following up are taken back and brought again as all others are; a dry run says which would be refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import REF, TODAY, a_hand, adding, delivering, everything
from tests.services.test_following_up import KEY, SECOND, plan, planning
from tests.services.test_saved_views import listed, save
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.commands import AnswerFollowUp, FinishFollowUp, PutOffFollowUp, SaveView


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """Two commitments of today's register."""
    tracker.commitments.add(adding(), a_hand())
    tracker.commitments.add(adding(SECOND, title="Nâng kim ngạch"), a_hand())
    return tracker


def rows(desk: Tracker) -> list[tuple[object, ...]]:
    """The follow-ups' rows, but for their numbers."""
    return sorted(row[1:] for row in everything(desk.database)["follow_up"])


def test_a_planned_one_is_taken_back_and_its_number_is_never_given_again(desk: Tracker) -> None:
    plan(desk, REF, SECOND, on=TODAY)
    before = rows(desk)
    done = desk.commitments.undo(a_hand())
    assert {view.ref for view in done.commitments} == {REF, SECOND}
    assert all(view.next is None or view.next.kind == "review" for view in done.commitments)
    assert desk.followups.listing(as_of=TODAY) == ()
    assert desk.commitments.count("is:follow-up", as_of=TODAY) == 0
    with pytest.raises(errors.NotFound):
        desk.followups.finish(FinishFollowUp(key=KEY), a_hand())
    redone = desk.commitments.redo(a_hand())
    assert [view.next.on for view in redone.commitments if view.next] == [TODAY, TODAY]
    assert rows(desk) == before
    desk.commitments.undo(a_hand())
    assert plan(desk).key == "F-2026-003"


def test_what_was_done_is_due_again_and_the_next_of_its_cadence_is_gone(desk: Tracker) -> None:
    plan(desk, on=TODAY, rule="weekly")
    before = rows(desk)
    desk.followups.finish(FinishFollowUp(key=KEY, answer="xong"), a_hand())
    after = rows(desk)
    desk.commitments.undo(a_hand())
    assert rows(desk) == before
    assert [(view.key, view.state) for view in desk.followups.listing(as_of=TODAY)] == [(KEY, "due")]
    desk.commitments.redo(a_hand())
    assert rows(desk) == after


def test_acts_on_one_are_taken_back_in_their_order(desk: Tracker) -> None:
    plan(desk, on=TODAY)
    done = desk.followups.finish(FinishFollowUp(key=KEY, answer_due=TODAY + timedelta(days=3)), a_hand())
    desk.followups.answer(AnswerFollowUp(key=KEY, answer="có"), a_hand())
    with pytest.raises(errors.ActInTheWay) as refused:
        desk.commitments.undo(a_hand(), act=str(done.number))
    assert refused.value.reason == "later"
    for state in ("waiting", "due"):
        desk.commitments.undo(a_hand())
        assert desk.followups.show(KEY, as_of=TODAY).follow_up.state == state


def test_a_day_that_was_put_off_comes_back(desk: Tracker) -> None:
    plan(desk, on=TODAY)
    desk.followups.put_off(PutOffFollowUp(key=KEY, on=TODAY + timedelta(days=9)), a_hand())
    desk.commitments.undo(a_hand())
    assert desk.followups.show(KEY, as_of=TODAY).follow_up.on == TODAY


def test_a_commitment_that_is_followed_up_is_not_taken_back(desk: Tracker) -> None:
    added = desk.commitments.add(adding("C-2025-003"), a_hand())
    plan(desk, "C-2025-003")
    with pytest.raises(errors.ActInTheWay) as refused:
        desk.commitments.undo(a_hand(), act=str(added.number))
    assert (refused.value.reason, refused.value.ref) == ("uses", KEY)
    desk.commitments.undo(a_hand())
    desk.commitments.undo(a_hand())
    with pytest.raises(errors.ActInTheWay):
        desk.commitments.redo(a_hand(), act=str(added.number + 1))


def test_taking_back_that_it_is_closed_puts_its_follow_ups_on_the_agenda_again(desk: Tracker) -> None:
    plan(desk, on=TODAY)
    desk.commitments.record_status(delivering(), a_hand())
    assert desk.followups.agenda(as_of=TODAY).lines == ()
    desk.commitments.undo(a_hand())
    assert [line.subject_ref for line in desk.followups.agenda(as_of=TODAY).lines] == [KEY]
    desk.commitments.redo(a_hand())
    assert desk.followups.agenda(as_of=TODAY).lines == ()


def test_a_dry_run_of_planning_says_what_it_would_refuse_and_keeps_nothing(desk: Tracker) -> None:
    desk.commitments.record_status(delivering(), a_hand())
    before = everything(desk.database)
    found = desk.commitments.preview(planning(REF, SECOND, on=TODAY), a_hand())
    assert found.will == (SECOND,)
    assert [(ref, type(error)) for ref, error in found.refused] == [(REF, errors.FollowUpRefused)]
    assert everything(desk.database) == before


def test_a_saved_view_and_its_slot_are_taken_back(desk: Tracker) -> None:
    save(desk, "Một", slot=1)
    save(desk, "Hai", slot=1)
    assert listed(desk) == [("Hai", 1), ("Một", None)]
    desk.commitments.undo(a_hand())
    assert listed(desk) == [("Một", 1)]
    desk.commitments.redo(a_hand())
    assert listed(desk) == [("Hai", 1), ("Một", None)]
    desk.saved_views.drop("Hai", a_hand())
    desk.commitments.undo(a_hand())
    assert listed(desk) == [("Hai", 1), ("Một", None)]


def test_a_slot_that_two_views_would_have_after_an_undo_is_that_of_the_last(desk: Tracker) -> None:
    save(desk, "Một", slot=1)
    freed = desk.saved_views.save(SaveView(name="Một", query="is:overdue"), a_hand())
    save(desk, "Hai", slot=1)
    desk.commitments.undo(a_hand(), act=str(freed.number))
    assert listed(desk) == [("Một", 1), ("Hai", None)]


def test_what_was_done_last_on_a_commitment_may_have_been_a_follow_up_of_it(desk: Tracker) -> None:
    minh = a_hand(actor="Minh")
    desk.commitments.record_status(delivering(SECOND), a_hand())
    planned = plan(desk, on=TODAY)
    for named in (REF, planned.key):
        view = desk.commitments.next_undo(minh, named)
        assert view is not None
        assert (view.kind, view.refs) == ("follow_up", (planned.key,))
        done = desk.commitments.undo(minh, named, str(view.number))
        assert [shown.ref for shown in done.commitments] == [REF]
        assert desk.followups.listing(as_of=TODAY) == ()
        # Also of one that is not there any more.
        assert desk.commitments.next_undo(minh, planned.key) is None
        desk.commitments.redo(minh, named)
        assert [shown.key for shown in desk.followups.listing(as_of=TODAY)] == [planned.key]


def test_the_answer_names_the_commitment_also_where_the_planners_day_was_a_later_one(desk: Tracker) -> None:
    desk.followups.plan(planning(), a_hand(today=TODAY + timedelta(1)))
    assert [view.ref for view in desk.commitments.undo(a_hand()).commitments] == [REF]
    assert [view.ref for view in desk.commitments.redo(a_hand()).commitments] == [REF]


def test_who_follows_the_register_hears_whose_follow_up_was_taken_back(desk: Tracker) -> None:
    plan(desk, REF, SECOND)
    for act in (desk.commitments.undo, desk.commitments.redo):
        before = desk.status().acts
        act(a_hand())
        assert desk.commitments.changed_since(before).refs == {REF, SECOND}
