"""Delivery status: set by a person, with the reason that each one needs."""

from __future__ import annotations

import itertools

import pytest

from tracker.domain.status import CLOSED, OPEN, Stage, Status, check_change, given_reasons, needs
from tracker.errors import ChangeNotAllowed, ReasonMissing

EVERYTHING = frozenset({"note", "evidence", "evidence2", "confirmed_by", "done", "review", "replaced_by"})
# What the table of the domain says, one line for each status: enough, and not enough.
TABLE = {
    "recorded": ([{"note"}, {"evidence"}], [set(), {"done"}]),
    "not_started": ([{"note"}], [set(), {"evidence"}]),
    "in_progress": ([{"note"}, {"evidence"}], [set(), {"review"}]),
    "partial": ([{"evidence"}], [set(), {"note"}]),
    "claimed_done": ([{"note"}, {"evidence"}], [set(), {"done"}]),
    "delivered": (
        [{"evidence", "evidence2", "done"}, {"confirmed_by", "done"}],
        [{"done"}, {"note", "done"}, {"evidence", "done"}, {"evidence2"}, {"confirmed_by"}],
    ),
    "suspended": ([{"note", "review"}], [{"note"}, {"review"}]),
    "superseded": ([{"replaced_by"}], [set(), {"note"}]),
    "not_delivered": ([{"note"}], [set(), {"evidence"}]),
    "withdrawn": ([{"note"}], [set(), {"evidence"}]),
}


def cases(place: int) -> list[tuple[str, set[str]]]:
    return [(status, given) for status, lines in TABLE.items() for given in lines[place]]


def named(value: str | set[str]) -> str:
    """The same name in every process, in which a set has an order of its own."""
    return value if isinstance(value, str) else ", ".join(sorted(value)) or "nothing"


def test_the_table_names_every_status() -> None:
    assert set(TABLE) == set(Status)


@pytest.mark.parametrize(("status", "given"), cases(0), ids=named)
def test_a_status_is_taken_with_its_reason(status: str, given: set[str]) -> None:
    check_change("C-2026-001", Status.RECORDED, Status(status), frozenset(given))


@pytest.mark.parametrize(("status", "given"), cases(1), ids=named)
def test_a_status_without_its_reason_is_refused_and_says_what_it_needs(status: str, given: set[str]) -> None:
    with pytest.raises(ReasonMissing) as refused:
        check_change("C-2026-001", Status.RECORDED, Status(status), frozenset(given))
    assert (refused.value.ref, refused.value.status) == ("C-2026-001", status)
    assert not set(refused.value.needs.split("|")) & given


def test_four_statuses_are_closed_and_six_are_open() -> None:
    assert {"delivered", "superseded", "not_delivered", "withdrawn"} == CLOSED
    assert set(Status) - CLOSED == OPEN
    assert all(status.closed == (status in CLOSED) for status in Status)


@pytest.mark.parametrize(("old", "new"), list(itertools.product(sorted(CLOSED), sorted(CLOSED))))
def test_a_closed_one_is_not_closed_again(old: Status, new: Status) -> None:
    with pytest.raises(ChangeNotAllowed) as refused:
        check_change("C-2026-001", old, new, EVERYTHING)
    assert (refused.value.status, refused.value.asked) == (old, new)


@pytest.mark.parametrize(("old", "new"), list(itertools.product(sorted(CLOSED), sorted(OPEN))))
def test_a_closed_one_is_reopened_only_with_a_note(old: Status, new: Status) -> None:
    with pytest.raises(ReasonMissing) as refused:
        check_change("C-2026-001", old, new, EVERYTHING - {"note"})
    assert refused.value.needs == "note"
    check_change("C-2026-001", old, new, EVERYTHING)


@pytest.mark.parametrize(("old", "new"), list(itertools.product(sorted(OPEN), Status)))
def test_from_an_open_one_every_status_may_follow(old: Status, new: Status) -> None:
    check_change("C-2026-001", old, new, EVERYTHING)
    assert all(group <= EVERYTHING for group in needs(old, new))


def test_being_late_closes_nothing() -> None:
    assert not any(status.closed for status in Status if status in ("recorded", "in_progress", "claimed_done"))


def test_what_a_person_answered_is_what_counts() -> None:
    assert (
        given_reasons(note=" \n", evidence_tiers=(), confirmed_by=" ", done=None, review=False, replaced_by=None)
        == frozenset()
    )
    assert given_reasons(
        note="đã họp", evidence_tiers=(1,), confirmed_by="", done="unknown", review=True, replaced_by="C-2026-002"
    ) == {"note", "evidence", "done", "review", "replaced_by"}
    assert "evidence2" in given_reasons(
        note="", evidence_tiers=(1, 2), confirmed_by="", done=None, review=False, replaced_by=None
    )


def test_each_status_has_the_stage_by_which_reports_walk() -> None:
    assert {status: Stage.of(status) for status in Status} == {
        **dict.fromkeys(CLOSED, Stage.CLOSED),
        **dict.fromkeys(OPEN, Stage.RUNNING),
        Status.CLAIMED_DONE: Stage.CLAIMED,
        Status.SUSPENDED: Stage.PAUSED,
    }
