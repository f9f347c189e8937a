"""Undo and redo as a person meets them: which act is meant, what stands in its way, and what the register says then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import (
    REF,
    TODAY,
    a_citation,
    a_hand,
    a_party,
    adding,
    amending,
    delivering,
    everything,
    evidence,
    marking,
    moving,
)
from tests.services.small_seeds import SEED, Write
from tests.storage.tables import tables
from tests.storage.test_history import broken_links
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.register import Evidence, Span, Target
from tracker.domain.views import CommitmentView, Done

OTHER = "C-2025-002"
LAN, MINH = a_hand(), a_hand(actor="Minh")


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """A register with two commitments, the first by the end of June 2026, put there by Lan."""
    tracker.commitments.add(adding(deadline_value="2026-06-30", deadline_text="trước ngày 30/6/2026"), LAN)
    tracker.commitments.add(adding(OTHER, title="Mở chợ biên giới"), LAN)
    return tracker


def shown(desk: Tracker, ref: str = REF) -> CommitmentView:
    return desk.commitments.show(ref, as_of=TODAY).commitment


def marked(desk: Tracker, *refs: str, status: str = "in_progress", hand: Any = LAN, **fields: Any) -> Done:
    return desk.commitments.record_status(marking(status, *refs, note="đã họp", **fields), hand)


# What is taken back, and what is brought back


ACTS: list[tuple[str, Callable[[Tracker], Any]]] = [
    ("add", lambda desk: desk.commitments.add(adding(None, targets=(Target(figure="trade", value=5),)), LAN)),  # type: ignore[arg-type]
    ("mark", lambda desk: desk.commitments.record_status(delivering(), LAN)),
    ("mark of a side", lambda desk: marked(desk, side="la", effective_on=date(2026, 3, 1))),
    ("backdated mark", lambda desk: marked(desk, effective_on=date(2026, 1, 5))),
    ("move", lambda desk: desk.commitments.move_deadline(moving("2027", source=a_citation(start=40, end=60)), LAN)),
    ("amend", lambda desk: desk.commitments.amend(amending(title="Đường bay", parties=[]), LAN)),
    ("batch", lambda desk: marked(desk, REF, OTHER)),
    ("party", lambda desk: desk.library.add_party(a_party("la-mofa", "Bộ Ngoại giao Lào", aliases=("BNGL",)), LAN)),
]


@pytest.mark.parametrize("act", [act for _, act in ACTS], ids=[name for name, _ in ACTS])
def test_what_is_taken_back_leaves_nothing_and_what_is_brought_back_is_all_there(
    desk: Tracker, act: Callable[[Tracker], Any]
) -> None:
    marked(desk, REF, status="suspended", review_on=date(2027, 1, 1), effective_on=date(2026, 2, 1))
    before, acts = tables(desk.database), desk.status().acts
    act(desk)
    after = tables(desk.database)
    assert after != before
    for _ in range(2):
        desk.commitments.undo(LAN)
        assert tables(desk.database) == before
        desk.commitments.redo(LAN)
        assert tables(desk.database) == after
    assert desk.status().acts == acts + 5
    with desk.database.read() as session:
        assert broken_links(session) == []


def test_the_answer_says_what_was_taken_back_and_how_things_stand_now(desk: Tracker) -> None:
    number = marked(desk, REF, OTHER).number
    version = shown(desk).version
    done = desk.commitments.undo(MINH, REF)
    assert [(view.ref, view.status) for view in done.commitments] == [(REF, "recorded"), (OTHER, "recorded")]
    (remark,) = done.remarks
    facts = dict(remark.facts)
    assert (remark.code, facts["number"], facts["kind"], facts["refs"]) == ("undone", number, "batch", (REF, OTHER))
    assert (facts["actor"], facts["at"].utcoffset().total_seconds()) == ("Lan", 7 * 3600)
    # Whoever saw it before the undo decides on something else.
    assert shown(desk).version == version + 1
    with pytest.raises(errors.StaleCommitment) as refused:
        desk.commitments.record_status(marking("partial", version=version, evidence=(evidence(),)), LAN)
    assert ("status", "in_progress", "recorded") in [
        (found.name, found.seen, found.stored) for found in refused.value.differences
    ]


def test_history_tells_the_act_its_undo_and_its_redo(desk: Tracker) -> None:
    number = marked(desk).number
    desk.commitments.undo(LAN)
    told = [(entry.kind, entry.takes_back, entry.taken_back_by) for entry in desk.commitments.history(REF)]
    assert told == [("undo", number, None), ("mark", None, number + 1), ("add", None, None)]
    assert desk.commitments.history(REF)[0].changes["status"] == ("in_progress", "recorded")
    desk.commitments.redo(LAN)
    told = [(entry.kind, entry.takes_back, entry.taken_back_by) for entry in desk.commitments.history(REF)]
    assert told[:3] == [("redo", number + 1, None), ("undo", number, number + 2), ("mark", None, None)]


def test_a_commitment_that_is_taken_back_is_nowhere_and_its_ref_is_spent(desk: Tracker) -> None:
    done = desk.commitments.add(adding(None, title="Cầu Khoảng Cách"), LAN)
    ref = done.commitments[0].ref
    undone = desk.commitments.undo(LAN)
    assert undone.commitments == ()
    assert [remark.code for remark in undone.remarks] == ["undone", "gone"]
    assert undone.remarks[1].facts["refs"] == (ref,)
    assert desk.commitments.count("", as_of=TODAY) == 2
    assert desk.commitments.page("khoang cach", as_of=TODAY, offset=0, limit=9) == ()
    with pytest.raises(errors.NotFound):
        shown(desk, ref)
    # Its history is there for who asks.
    assert [entry.kind for entry in desk.commitments.history(ref)] == ["undo", "add"]
    with pytest.raises(errors.RefSpent):
        desk.commitments.add(adding(ref), LAN)
    assert desk.commitments.add(adding(None), MINH).commitments[0].ref == "C-2025-004"
    assert desk.commitments.redo(LAN).commitments[0].ref == ref
    assert shown(desk, ref).title.vi == "Cầu Khoảng Cách"


def test_a_move_taken_back_is_no_move(desk: Tracker) -> None:
    desk.commitments.move_deadline(moving("2027"), LAN)
    assert shown(desk).moves == 1
    desk.commitments.undo(LAN)
    view = shown(desk)
    assert view.deadline is not None
    assert (view.moves, view.deadline.value, view.deadline == view.baseline) == (0, "2026-06-30", True)


def test_the_text_of_a_document_goes_and_comes_with_its_adding(desk: Tracker, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text("Hai bên nhất trí.\n")
    ((document, _),) = desk.library.add_documents([file], LAN)
    desk.commitments.undo(LAN)
    assert document.sha256 not in [listed.sha256 for listed in desk.library.documents()]
    desk.commitments.redo(LAN)
    assert desk.library.document("tin.txt").text == "Hai bên nhất trí.\n"
    desk.commitments.undo(LAN)
    # Given again by another hand, it is simply added.
    ((_, outcome),) = desk.library.add_documents([file], MINH)
    assert outcome == "added"
    assert desk.library.document("tin.txt").text == "Hai bên nhất trí.\n"


def test_a_day_in_the_past_and_a_report_know_nothing_of_what_was_taken_back(desk: Tracker) -> None:
    day = date(2026, 7, 15)
    with desk.reports.overdue(as_of=day) as report:
        before = report.counts.buckets, [view.ref for view in report.rows("overdue")]
    desk.commitments.record_status(delivering(effective_on=date(2026, 7, 1)), LAN)
    desk.commitments.undo(LAN)
    with desk.reports.overdue(as_of=day) as report:
        assert (report.counts.buckets, [view.ref for view in report.rows("overdue")]) == before
    assert desk.commitments.show(REF, as_of=day).updates == ()


# Which act is meant


def test_undo_goes_back_through_ones_own_acts_and_redo_forward_again(desk: Tracker) -> None:
    first, second = marked(desk), desk.commitments.move_deadline(moving("2027", OTHER), LAN)
    desk.commitments.amend(amending(OTHER, sector="investment"), MINH)
    assert [desk.commitments.undo(LAN).remarks[0].facts["number"] for _ in range(2)] == [second.number, first.number]
    assert [desk.commitments.redo(LAN).remarks[0].facts["number"] for _ in range(2)] == [first.number, second.number]
    with pytest.raises(errors.NothingToReverse):
        desk.commitments.redo(LAN)


def test_after_something_new_there_is_nothing_to_redo_but_by_its_number(desk: Tracker) -> None:
    number = marked(desk).number
    desk.commitments.undo(LAN)
    desk.commitments.amend(amending(OTHER, sector="investment"), LAN)
    assert desk.commitments.next_redo(LAN) is None
    with pytest.raises(errors.NothingToReverse) as refused:
        desk.commitments.redo(LAN)
    assert (refused.value.asked, refused.value.exit_code) == ("redo", 4)
    assert desk.commitments.redo(LAN, act=str(number)).commitments[0].status == "in_progress"


def test_with_a_ref_it_is_the_last_act_on_that_commitment_whoever_did_it(desk: Tracker) -> None:
    by_minh = marked(desk, hand=MINH)
    marked(desk, OTHER)
    view = desk.commitments.next_undo(LAN, REF)
    assert view is not None
    assert (view.number, view.actor, view.kind, view.refs) == (by_minh.number, "Minh", "mark", (REF,))
    desk.commitments.undo(LAN, REF)
    assert shown(desk).status == "recorded"
    brought = desk.commitments.next_redo(MINH, REF)
    assert brought is not None
    assert brought.number == by_minh.number
    desk.commitments.redo(MINH, REF)
    assert shown(desk).status == "in_progress"


def test_what_comes_next_is_told_beforehand(desk: Tracker) -> None:
    done = marked(desk)
    undo = desk.commitments.next_undo(LAN)
    assert undo is not None
    assert (undo.number, undo.id, undo.undoes) == (done.number, done.act, None)
    assert desk.commitments.next_undo(a_hand(actor="Hoa")) is None
    assert desk.commitments.next_redo(LAN) is None
    desk.commitments.undo(LAN)
    redo = desk.commitments.next_redo(LAN)
    assert redo is not None
    assert redo.number == done.number


def test_an_act_is_named_by_its_number_or_its_id(desk: Tracker) -> None:
    first, second = marked(desk), marked(desk, OTHER)
    desk.commitments.undo(MINH, act=first.act)
    desk.commitments.undo(MINH, OTHER, str(second.number))
    assert (shown(desk).status, shown(desk, OTHER).status) == ("recorded", "recorded")
    undo = desk.commitments.redo(MINH, act=first.act)
    assert undo.commitments[0].status == "in_progress"


def test_the_same_undo_sent_twice_is_done_once(desk: Tracker) -> None:
    marked(desk)
    marked(desk, OTHER)
    hand = a_hand("11111111-2222-3333-4444-555555555555")
    first = desk.commitments.undo(hand)
    before = everything(desk.database)
    assert desk.commitments.undo(hand) == first
    assert everything(desk.database) == before


# What is refused


def test_what_cannot_be_meant_is_refused_with_its_reason(desk: Tracker) -> None:
    number = marked(desk).number
    undo = desk.commitments.undo(LAN).number
    before = everything(desk.database)
    refusals: list[tuple[Callable[[], Done], type[errors.TrackerError], dict[str, Any]]] = [
        (
            lambda: desk.commitments.undo(LAN, act=str(number)),
            errors.ActNotReversed,
            {"reason": "undone", "other": undo, "exit_code": 4},
        ),
        (lambda: desk.commitments.undo(LAN, act=str(undo)), errors.ActNotReversed, {"reason": "reversal"}),
        (lambda: desk.commitments.redo(LAN, act="2"), errors.ActNotReversed, {"reason": "counts"}),
        (lambda: desk.commitments.undo(LAN, act="99"), errors.NotFound, {"kind": "act", "exit_code": 3}),
        (lambda: desk.commitments.undo(LAN, OTHER, "2"), errors.NotFound, {"kind": "act"}),
        (lambda: desk.commitments.undo(LAN, "C-2025-999"), errors.NotFound, {"kind": "commitment"}),
        (lambda: desk.commitments.undo(a_hand(actor="Hoa")), errors.NothingToReverse, {"asked": "undo", "ref": ""}),
        (lambda: desk.commitments.redo(LAN, OTHER), errors.NothingToReverse, {"asked": "redo", "ref": OTHER}),
    ]
    for asked, kind, fields in refusals:
        with pytest.raises(kind) as refused:
            asked()
        assert {name: getattr(refused.value, name) for name in fields} == fields
    assert everything(desk.database) == before
    redone = desk.commitments.redo(LAN).number
    for act in (undo, redone):
        with pytest.raises(errors.ActNotReversed):
            desk.commitments.redo(LAN, act=str(act))


def in_the_way(desk: Tracker, asked: Callable[[], Done]) -> tuple[str, int, str, str]:
    """What stands in the way of an act, of which nothing is kept: reason, number, who, what."""
    before = everything(desk.database)
    with pytest.raises(errors.ActInTheWay) as refused:
        asked()
    assert everything(desk.database) == before
    error = refused.value
    assert error.exit_code == 4
    return error.reason, error.other, error.actor, error.ref


def test_a_later_act_that_said_the_same_stands_in_the_way(desk: Tracker) -> None:
    first = marked(desk, REF, OTHER)
    later = marked(desk, status="suspended", hand=MINH, review_on=date(2027, 1, 1))
    assert in_the_way(desk, lambda: desk.commitments.undo(LAN)) == ("later", later.number, "Minh", REF)
    # Another field is another matter.
    desk.commitments.amend(amending(title="Đường bay"), MINH)
    desk.commitments.undo(MINH, act=str(later.number))
    desk.commitments.undo(LAN, act=str(first.number))
    assert (shown(desk).status, shown(desk).title.vi) == ("recorded", "Đường bay")
    # What came after it was taken back is not overruled by bringing it back.
    again = marked(desk, OTHER, hand=MINH)
    assert in_the_way(desk, lambda: desk.commitments.redo(LAN, act=str(first.number)))[:2] == ("later", again.number)


def test_what_was_added_stays_while_somebody_uses_it(desk: Tracker, tmp_path: Path) -> None:
    party = desk.library.add_party(a_party("la-mofa", "Bộ Ngoại giao Lào"), LAN).number
    led = desk.commitments.amend(amending().model_copy(update={"lead": "la-mofa"}), MINH)
    assert in_the_way(desk, lambda: desk.commitments.undo(LAN, act=str(party))) == ("uses", led.number, "Minh", REF)
    other = desk.commitments.amend(amending().model_copy(update={"lead": "vn-mofa"}), MINH)
    # Earlier days still show it.
    assert in_the_way(desk, lambda: desk.commitments.undo(LAN, act=str(party)))[1] == led.number
    desk.commitments.undo(MINH, act=str(other.number))
    desk.commitments.undo(MINH, act=str(led.number))
    desk.commitments.undo(LAN, act=str(party))
    with pytest.raises(errors.NotFound):
        desk.library.party("la-mofa")
    assert in_the_way(desk, lambda: desk.commitments.redo(MINH, act=str(led.number)))[:2] == ("gone", party)

    (tmp_path / "tin.txt").write_text("Hai bên nhất trí.\n")
    ((document, _),) = desk.library.add_documents([tmp_path / "tin.txt"], LAN)
    place = Span(document=document.sha256, paragraph=1, start=0, end=17)
    proof = marked(desk, evidence=(Evidence(kind="citation", value="tin.txt", place=place),))
    text = desk.status().acts - 1
    assert in_the_way(desk, lambda: desk.commitments.undo(LAN, act=str(text)))[:2] == ("uses", proof.number)


def test_a_commitment_stays_while_another_was_replaced_by_it_or_somebody_touched_it(desk: Tracker) -> None:
    added = desk.commitments.add(adding("C-2025-003"), LAN).number
    replaced = marked(desk, status="superseded", hand=MINH, replaced_by="C-2025-003")
    assert in_the_way(desk, lambda: desk.commitments.undo(LAN)) == ("uses", replaced.number, "Minh", REF)
    desk.commitments.undo(MINH)
    touched = desk.commitments.amend(amending("C-2025-003", sector="investment"), MINH)
    assert in_the_way(desk, lambda: desk.commitments.undo(LAN)) == ("later", touched.number, "Minh", "C-2025-003")
    desk.commitments.undo(MINH)
    desk.commitments.undo(LAN)
    for act in (touched, replaced):
        assert in_the_way(desk, lambda act=act: desk.commitments.redo(MINH, act=str(act.number)))[:2] == ("gone", added)  # type: ignore[misc]


def test_what_an_act_built_on_comes_back_first(desk: Tracker) -> None:
    first = desk.commitments.amend(amending(tags=["a"]), LAN)
    second = desk.commitments.amend(amending(tags=["a", "b"]), MINH)
    desk.commitments.undo(MINH)
    desk.commitments.undo(LAN)
    assert in_the_way(desk, lambda: desk.commitments.redo(MINH))[:2] == ("gone", first.number)
    desk.commitments.redo(LAN)
    desk.commitments.redo(MINH)
    assert shown(desk).tags == ("a", "b")
    assert second.number > first.number


def test_a_party_does_not_come_back_under_a_name_that_another_has_by_now(desk: Tracker) -> None:
    desk.library.add_party(a_party("la-mofa", "Bộ Ngoại giao Lào"), LAN)
    desk.commitments.undo(LAN)
    desk.library.add_party(a_party("la-foreign", "Bộ Ngoại giao Lào"), MINH)
    with pytest.raises(errors.AlreadyThere):
        desk.commitments.redo(LAN)


def test_a_party_added_again_after_an_undo_is_there_once(desk: Tracker) -> None:
    party = a_party("la-mofa", "Bộ Ngoại giao Lào")
    desk.library.add_party(party, LAN)
    desk.commitments.undo(LAN)
    again = desk.library.add_party(party, MINH).number
    assert in_the_way(desk, lambda: desk.commitments.redo(LAN))[:2] == ("later", again)
    desk.commitments.undo(MINH)
    desk.commitments.redo(LAN)
    assert desk.library.party("la-mofa").key == "la-mofa"


def test_what_was_added_again_stays_while_a_use_of_it_was_brought_back(desk: Tracker) -> None:
    party = a_party("la-mofa", "Bộ Ngoại giao Lào")
    desk.library.add_party(party, LAN)
    led = desk.commitments.amend(amending().model_copy(update={"lead": "la-mofa"}), MINH)
    desk.commitments.undo(MINH)
    desk.commitments.undo(LAN)
    again = desk.library.add_party(party, LAN)
    desk.commitments.redo(MINH, act=str(led.number))
    assert in_the_way(desk, lambda: desk.commitments.undo(LAN, act=str(again.number)))[:2] == ("uses", led.number)
    desk.commitments.undo(MINH, act=str(led.number))
    desk.commitments.undo(LAN, act=str(again.number))


# Beside the curated commitments


def test_what_the_seeds_say_is_corrected_in_the_seeds(loaded: Tracker) -> None:
    with pytest.raises(errors.ActNotReversed) as refused:
        loaded.commitments.undo(LAN, "VL-2026-001")
    assert refused.value.reason == "seed"
    assert loaded.commitments.next_undo(LAN, "VL-2026-001") is None
    # Though the same person loaded them.
    with pytest.raises(errors.NothingToReverse):
        loaded.commitments.undo(a_hand(actor=SEED.actor))


def test_newer_seeds_take_what_was_undone_for_never_said(loaded: Tracker, write: Write) -> None:
    ref = "VL-2026-001"
    title = loaded.commitments.show(ref, as_of=TODAY).commitment.title
    loaded.commitments.amend(amending(ref, title="Do tay sửa"), LAN)
    loaded.commitments.undo(LAN)
    assert loaded.commitments.show(ref, as_of=TODAY).commitment.title == title
    result = loaded.seeding.load(write({"000.toml": (title.vi, "Đường bay mới")}), hand=SEED)
    assert (result.changed, result.left) == (1, ())
    # Now the seeds have spoken since.
    with pytest.raises(errors.ActInTheWay) as refused:
        loaded.commitments.redo(LAN)
    assert (refused.value.reason, refused.value.channel) == ("later", "seed")


def test_a_seed_leaves_alone_a_ref_that_somebody_gave_and_took_back(tracker: Tracker, write: Write) -> None:
    tracker.commitments.add(adding("VL-2026-001"), LAN)
    tracker.commitments.undo(LAN)
    result = tracker.seeding.load(write(), hand=SEED)
    assert [left.facts["ref"] for left in result.left if left.code == "seed_foreign"] == ["VL-2026-001"]
    tracker.commitments.redo(LAN)
    assert tracker.commitments.show("VL-2026-001", as_of=TODAY).commitment.version == 3


def test_the_sides_of_one_commitment_go_back_one_after_the_other(desk: Tracker) -> None:
    for side in ("la", "vn"):
        marked(desk, side=side)
    for left in (("la",), ()):
        desk.commitments.undo(LAN)
        assert tuple(side.party for side in shown(desk).sides) == left


def test_what_was_brought_back_is_not_brought_back_again(desk: Tracker) -> None:
    marked(desk)
    desk.commitments.undo(LAN, ref=REF)
    desk.commitments.redo(LAN, ref=REF)
    before = everything(desk.database)
    with pytest.raises(errors.NothingToReverse):
        desk.commitments.redo(LAN, ref=REF)
    assert desk.commitments.next_redo(LAN, ref=REF) is None
    assert everything(desk.database) == before
