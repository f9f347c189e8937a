"""Letters: one for each addressee, about what moves; on record in one act, and nobody is asked twice at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import TODAY, a_hand, a_role, adding, delivering, marking
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.letter import Letter, LetterKind, Post, Wanted
from tracker.i18n import use_language
from tracker.render import entry_act

LATE, CLAIMED, VAGUE, SOON, FAR = (f"C-2025-00{number}" for number in range(1, 6))
DUE = date(2026, 12, 6)


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """Promises in each state: two led by one ministry, two by another, one by nobody."""
    both = (a_role("vn"), a_role("la"))
    moit, mofa = a_role("vn-moit", "lead", "proposed"), a_role("vn-mofa", "lead", "assigned")
    asked = a_role("la-moic", "counterpart", "proposed")
    for ref, deadline, text, parties in (
        (LATE, "2026-10-31", "trong tháng 10", (*both, moit, asked)),
        (CLAIMED, "2026-11-01", "", (*both, moit)),
        (VAGUE, "none", "sớm", (*both, mofa, asked, a_role("la", "counterpart"))),
        (SOON, "2026-11-30", "", (*both, mofa)),
        (FAR, "2030", "đến năm 2030", both),
    ):
        tracker.commitments.add(
            adding(ref, deadline_value=deadline, deadline_text=text, parties=tuple(dict.fromkeys(parties))), a_hand()
        )
    tracker.commitments.record_status(marking("claimed_done", CLAIMED, note="phía bạn báo"), a_hand())
    return tracker


def wanted(*refs: str, kind: LetterKind = LetterKind.URGING, **fields: Any) -> Wanted:
    return Wanted(**{"kind": kind, "on": TODAY, "answer_due": DUE, "refs": refs} | fields)


def send(desk: Tracker, post: Post, **hand: Any) -> Any:
    return desk.letters.record([(letter, f"Công văn {letter.to.key}") for letter in post.letters], a_hand(**hand))


def contents(letters: tuple[Letter, ...]) -> dict[str, dict[str, list[str]]]:
    return {
        letter.to.key: {name: [each.commitment.ref for each in asked] for name, asked in letter.groups.items()}
        for letter in letters
    }


def test_one_letter_for_each_lead_with_what_is_late_or_due_soon(desk: Tracker) -> None:
    post = desk.letters.prepare(wanted())
    assert contents(post.letters) == {
        "vn-moit": {"overdue": [LATE], "late_claim": [CLAIMED]},
        "vn-mofa": {"review_due": [VAGUE], "open": [SOON]},
    }
    assert post.left_out == ()
    first = post.letters[0].asked[0]
    assert (first.party.basis, first.said_in[0][1].file) == ("proposed", "001_article.txt")
    assert list(contents(desk.letters.prepare(wanted(lead="BCT")).letters)) == ["vn-moit"]
    assert contents(desk.letters.prepare(wanted(query="is:claimed")).letters) == {"vn-moit": {"late_claim": [CLAIMED]}}


def test_a_note_goes_to_every_counterpart_of_the_other_side(desk: Tracker) -> None:
    post = desk.letters.prepare(wanted(kind=LetterKind.NOTE, partner="Lào"))
    assert contents(post.letters) == {
        "la-moic": {"overdue": [LATE], "review_due": [VAGUE]},
        "la": {"review_due": [VAGUE]},
    }
    assert [(left.ref, left.reason) for left in post.left_out] == [(CLAIMED, "nobody"), (SOON, "nobody")]
    only = desk.letters.prepare(wanted(kind=LetterKind.NOTE, partner="la-moic"))
    assert list(contents(only.letters)) == ["la-moic"]


def test_what_is_named_is_asked_for_in_whatever_open_state_it_is(desk: Tracker) -> None:
    post = desk.letters.prepare(wanted(FAR, LATE, LATE))
    assert contents(post.letters) == {"vn-moit": {"overdue": [LATE]}}
    assert [(left.ref, left.reason) for left in post.left_out] == [(FAR, "nobody")]
    desk.commitments.record_status(delivering(LATE), a_hand())
    with pytest.raises(errors.FollowUpRefused):
        desk.letters.prepare(wanted(LATE))
    with pytest.raises(errors.NotFound):
        desk.letters.prepare(wanted("C-2025-099"))
    with pytest.raises(errors.NotFound):
        desk.letters.prepare(wanted(lead="không ai cả"))
    with pytest.raises(errors.BadOption):
        desk.letters.prepare(wanted(answer_due=TODAY - timedelta(days=1)))


def test_what_goes_out_is_on_record_in_one_act_and_its_answer_is_awaited(desk: Tracker) -> None:
    done = send(desk, desk.letters.prepare(wanted()))
    assert [(view.ref, view.to and view.to.key, view.how, view.state) for view in done.follow_ups] == [
        (LATE, "vn-moit", "letter", "waiting"),
        (CLAIMED, "vn-moit", "letter", "waiting"),
        (SOON, "vn-mofa", "letter", "waiting"),
        (VAGUE, "vn-mofa", "letter", "waiting"),
    ]
    assert {(view.on, view.done_on, view.answer_due) for view in done.follow_ups} == {(TODAY, TODAY, DUE)}
    later = desk.followups.agenda(as_of=DUE)
    assert sorted(line.subject_ref for line in later.lines if line.kind == "answer") == [
        view.key for view in done.follow_ups
    ]
    shown = desk.commitments.show(LATE, as_of=TODAY).commitment
    assert shown.next is not None
    assert (shown.next.kind, shown.next.on) == ("answer", DUE)
    desk.commitments.undo(a_hand())
    assert desk.followups.listing(as_of=TODAY) == ()
    assert len(desk.letters.prepare(wanted()).letters) == 2


def test_one_commitment_in_two_notes_is_recorded_for_both(desk: Tracker) -> None:
    done = send(desk, desk.letters.prepare(wanted(VAGUE, kind=LetterKind.NOTE)))
    assert [(view.ref, view.to and view.to.key) for view in done.follow_ups] == [(VAGUE, "la-moic"), (VAGUE, "la")]
    assert len({view.key for view in done.follow_ups}) == 2


def test_nobody_is_asked_again_before_the_answer_is_due(desk: Tracker) -> None:
    send(desk, desk.letters.prepare(wanted(LATE)))
    post = desk.letters.prepare(wanted(lead="vn-moit"))
    assert contents(post.letters) == {"vn-moit": {"late_claim": [CLAIMED]}}
    [left] = post.left_out
    assert (left.ref, left.reason, left.before and left.before.answer_due) == (LATE, "waiting", DUE)
    # Another addressee is another matter.
    assert contents(desk.letters.prepare(wanted(LATE, kind=LetterKind.NOTE)).letters) == {
        "la-moic": {"overdue": [LATE]}
    }
    again = desk.letters.prepare(wanted(LATE, again=True))
    assert again.letters[0].asked[0].before == left.before
    send(desk, again)
    late = desk.letters.prepare(wanted(LATE, on=DUE + timedelta(days=1), answer_due=DUE + timedelta(days=9)))
    assert late.letters[0].asked[0].before is not None


def test_two_at_once_do_not_ask_twice(desk: Tracker) -> None:
    mine, theirs = desk.letters.prepare(wanted(LATE)), desk.letters.prepare(wanted(LATE, CLAIMED))
    send(desk, theirs, actor="Minh")
    before = desk.status().anchor
    with pytest.raises(errors.AskedMeanwhile):
        send(desk, mine)
    assert desk.status().anchor == before


def test_a_letter_about_what_was_changed_meanwhile_is_not_recorded(desk: Tracker) -> None:
    post = desk.letters.prepare(wanted())
    desk.commitments.record_status(marking("in_progress", SOON, note="đã họp"), a_hand(actor="Minh"))
    before = desk.status().anchor
    with pytest.raises(errors.StaleCommitment):
        send(desk, post)
    assert desk.status().anchor == before


def test_a_letter_sent_twice_by_the_client_is_recorded_once(desk: Tracker) -> None:
    post = desk.letters.prepare(wanted(LATE))
    act = "11111111-1111-4111-8111-111111111111"
    first, second = send(desk, post, act_id=act), send(desk, post, act_id=act)
    assert first.number == second.number
    assert [view.key for view in second.follow_ups] == [view.key for view in first.follow_ups]


def test_the_history_says_that_it_went_out(desk: Tracker) -> None:
    [view] = send(desk, desk.letters.prepare(wanted(LATE))).follow_ups
    [entry] = desk.followups.show(view.key, as_of=TODAY).entries
    use_language("en")
    assert entry_act(entry) == "Followed up"
