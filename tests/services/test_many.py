"""One act on many commitments: all or none, each from its own state; and the dry run before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.factories import (
    REF,
    TODAY,
    a_hand,
    a_role,
    adding,
    amending,
    delivering,
    everything,
    marking,
    moving,
)
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.commands import AmendCommitment, MoveDeadline, OnMany, Seen
from tracker.domain.views import CommitmentView

SECOND, THIRD = "C-2025-002", "C-2025-003"
ALL = (REF, SECOND, THIRD)
GONE = "C-2025-999"


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """Three commitments: led as the source says, as the desk assigned, and by nobody; with tags of their own."""
    leads = ((a_role("vn-moit", "lead", "stated"),), (a_role("vn-mofa", "lead", "assigned"),), ())
    for ref, lead, tags in zip(ALL, leads, (("asean", "hop"), ("hop",), ()), strict=True):
        parties = (*lead, a_role("vn"), a_role("la"))
        tracker.commitments.add(adding(ref, deadline_value="2026-06-30", parties=parties, tags=tags), a_hand())
    return tracker


def seen(*refs: str) -> tuple[Seen, ...]:
    return tuple(Seen(ref=ref) for ref in refs)


def moves(*refs: str, value: str = "2027", **fields: Any) -> MoveDeadline:
    return MoveDeadline(commitments=seen(*refs), value=value, **{"note": "hai bên thống nhất"} | fields)


def changes(*refs: str, **fields: Any) -> AmendCommitment:
    return AmendCommitment(commitments=seen(*refs), **fields)


def shown(desk: Tracker, ref: str) -> CommitmentView:
    return desk.commitments.show(ref, as_of=TODAY).commitment


def led(desk: Tracker) -> list[tuple[str, str] | None]:
    """Who leads each of the three, and who says so."""
    leads = (shown(desk, ref).lead for ref in ALL)
    return [(lead.key, lead.basis) if lead else None for lead in leads]


def test_many_are_moved_in_one_act_that_one_undo_takes_back(desk: Tracker) -> None:
    done = desk.commitments.move_deadline(moves(*ALL), a_hand())
    assert [(view.ref, view.moves) for view in done.commitments] == [(ref, 1) for ref in ALL]
    assert {(entry.number, entry.kind) for entry in desk.commitments.history(limit=3)} == {(done.number, "move")}
    view = desk.commitments.next_undo(a_hand())
    assert view is not None
    assert (view.kind, view.refs) == ("batch", ALL)
    desk.commitments.undo(a_hand())
    assert [shown(desk, ref).moves for ref in ALL] == [0, 0, 0]


def test_a_lead_for_many_is_assigned_and_takes_the_place_of_whoever_was_there(desk: Tracker) -> None:
    done = desk.commitments.amend(changes(*ALL, lead="Bộ Ngoại giao"), a_hand())
    assert led(desk) == [("vn-mofa", "assigned")] * 3
    # The second was led so before.
    assert [(remark.code, remark.facts["ref"]) for remark in done.remarks] == [("same", SECOND)]
    assert shown(desk, SECOND).version == 1
    assert [(part.key, part.role) for part in shown(desk, REF).parties] == [
        ("vn-mofa", "lead"),
        ("vn", "undertaker"),
        ("la", "undertaker"),
    ]
    desk.commitments.undo(a_hand())
    assert led(desk) == [("vn-moit", "stated"), ("vn-mofa", "assigned"), None]


def test_naming_the_lead_that_the_source_names_leaves_it_stated(desk: Tracker) -> None:
    desk.commitments.amend(changes(REF, THIRD, lead="vn-moit"), a_hand())
    assert led(desk)[0] == ("vn-moit", "stated")
    assert led(desk)[2] == ("vn-moit", "assigned")
    desk.commitments.amend(changes(REF, SECOND, lead=""), a_hand())
    assert led(desk) == [None, None, ("vn-moit", "assigned")]


def test_a_proposed_lead_that_the_desk_names_is_assigned(desk: Tracker) -> None:
    desk.commitments.add(adding("C-2025-004", parties=(a_role("vn-moit", "lead", "proposed"),)), a_hand())
    (view,) = desk.commitments.amend(changes("C-2025-004", lead="vn-moit"), a_hand()).commitments
    assert view.lead is not None
    assert view.lead.basis == "assigned"


def test_tags_come_and_go_on_each_by_itself(desk: Tracker) -> None:
    desk.commitments.amend(changes(*ALL, add_tags=("duong",), drop_tags=("hop",)), a_hand())
    assert [shown(desk, ref).tags for ref in ALL] == [("asean", "duong"), ("duong",), ("duong",)]


def test_a_correction_that_changes_none_of_them_is_refused(desk: Tracker) -> None:
    before = everything(desk.database)
    for command in (changes(REF, SECOND, add_tags=("hop",)), changes(*ALL), changes(REF, note="x")):
        with pytest.raises(errors.BadOption) as refused:
            desk.commitments.amend(command, a_hand())
        assert refused.value.reason == "nothing_to_change"
    assert everything(desk.database) == before


REFUSALS: list[tuple[str, Callable[[Tracker], Any], type[errors.TrackerError], str]] = [
    ("a ref", lambda desk: desk.commitments.move_deadline(moves(REF, GONE), a_hand()), errors.NotFound, GONE),
    (
        "a move to where it is",
        lambda desk: desk.commitments.move_deadline(moves(THIRD, SECOND, value="2026-06-30"), a_hand()),
        errors.SameDeadline,
        THIRD,
    ),
    (
        "one that is closed",
        lambda desk: desk.commitments.move_deadline(moves(REF, "C-2025-004"), a_hand()),
        errors.ChangeNotAllowed,
        "C-2025-004",
    ),
    (
        "what somebody changed meanwhile",
        lambda desk: desk.commitments.amend(
            AmendCommitment(commitments=(*seen(REF), Seen(ref=SECOND, version=7)), add_tags=("x",)), a_hand()
        ),
        errors.StaleCommitment,
        SECOND,
    ),
    (
        "a side",
        lambda desk: desk.commitments.record_status(
            marking("in_progress", REF, SECOND, note="n", side="vn-moit"), a_hand()
        ),
        errors.NotASide,
        REF,
    ),
    (
        "an error that names none",
        lambda desk: desk.commitments.record_status(delivering(REF, SECOND, done="2027"), a_hand()),
        errors.InTheFuture,
        REF,
    ),
]


@pytest.mark.parametrize(("act", "kind", "ref"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS])
def test_what_one_of_them_is_refused_all_are_and_the_error_names_it(
    desk: Tracker, act: Callable[[Tracker], Any], kind: type[errors.TrackerError], ref: str
) -> None:
    desk.commitments.add(adding("C-2025-004", deadline_value="2026"), a_hand())
    desk.commitments.record_status(delivering("C-2025-004"), a_hand())
    before = everything(desk.database)
    with pytest.raises(kind) as refused:
        act(desk)
    assert refused.value.concerns == ref
    assert everything(desk.database) == before


# The dry run


def test_a_preview_says_what_will_be_done_and_what_is_refused_and_keeps_nothing(desk: Tracker) -> None:
    desk.commitments.record_status(delivering(SECOND), a_hand())
    before = everything(desk.database)
    commands: list[tuple[OnMany, tuple[str, ...], list[tuple[str, type[errors.TrackerError]]]]] = [
        (moves(REF, GONE, SECOND, THIRD), (REF, THIRD), [(GONE, errors.NotFound), (SECOND, errors.ChangeNotAllowed)]),
        (
            delivering(*ALL, effective_on=date(2026, 3, 1)),
            (REF, THIRD),
            [(SECOND, errors.ChangeNotAllowed)],
        ),
        (changes(*ALL, add_tags=("hop",)), (THIRD,), [(REF, errors.BadOption), (SECOND, errors.BadOption)]),
        (changes(REF, REF, lead="nobody"), (), [(REF, errors.NotFound)]),
        (
            marking("superseded", *ALL, replaced_by=THIRD),
            (REF,),
            [(SECOND, errors.ChangeNotAllowed), (THIRD, errors.BadOption)],
        ),
        (marking("delivered", REF, THIRD), (), [(REF, errors.ReasonMissing), (THIRD, errors.ReasonMissing)]),
    ]
    for command, will, refused in commands:
        preview = desk.commitments.preview(command, a_hand())
        assert preview.will == will
        assert [(ref, type(error)) for ref, error in preview.refused] == refused
        assert everything(desk.database) == before


def test_what_a_preview_says_will_be_done_is_done(desk: Tracker) -> None:
    command = marking("suspended", *ALL, note="chờ", review_on=date(2027, 1, 1))
    preview = desk.commitments.preview(command, a_hand())
    assert preview.will == ALL
    done = desk.commitments.record_status(command, a_hand())
    assert tuple(view.ref for view in done.commitments) == ALL
    assert desk.commitments.preview(moving("2028"), a_hand()).will == (REF,)
    assert desk.commitments.preview(amending(title="Khác"), a_hand()).will == (REF,)


def test_an_act_on_many_that_is_given_up_half_way_leaves_no_trace(desk: Tracker) -> None:
    before, asked = everything(desk.database), iter((True, True, False))
    with pytest.raises(errors.TakenBack), desk.while_wanted(lambda: next(asked)):
        desk.commitments.record_status(marking("suspended", *ALL, note="chờ", review_on=date(2027, 1, 1)), a_hand())
    assert everything(desk.database) == before


def test_a_preview_knows_the_titles_of_all_that_there_are(desk: Tracker) -> None:
    titles = desk.commitments.preview(moves(REF, GONE, SECOND), a_hand()).titles
    assert titles == {ref: desk.commitments.show(ref, as_of=TODAY).commitment.title for ref in (REF, SECOND)}


def test_more_than_are_tried_at_a_time(desk: Tracker) -> None:
    more = [desk.commitments.add(adding(None), a_hand()).commitments[0].ref for _ in range(102)]
    preview = desk.commitments.preview(changes(*more, GONE, lead="vn-mofa"), a_hand())
    assert preview.will == tuple(more)
    assert [ref for ref, _ in preview.refused] == [GONE]
