"""What is told late about an earlier day changes that day, and takes nothing from what was said of later ones."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import REF, TODAY, a_hand, adding, evidence, marking
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView

MARCH, MAY, JUNE, AUGUST = date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 1), date(2026, 8, 1)


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """A register with one commitment of both countries."""
    tracker.commitments.add(adding(deadline_value="2026-06-30"), a_hand())
    return tracker


def mark(desk: Tracker, status: str, on: date | None = None, **fields: object) -> None:
    desk.commitments.record_status(marking(status, note="n", effective_on=on, **fields), a_hand())


def shown(desk: Tracker, as_of: date = TODAY) -> CommitmentView:
    return desk.commitments.show(REF, as_of=as_of).commitment


def test_a_status_said_again_today_stays_when_an_earlier_closing_is_told(desk: Tracker) -> None:
    mark(desk, "in_progress", MARCH)
    mark(desk, "in_progress")
    mark(desk, "delivered", JUNE, done="2026-06-01", evidence=(evidence(2),))
    assert shown(desk).status is Status.IN_PROGRESS
    assert shown(desk, as_of=JUNE).status is Status.DELIVERED


def test_what_an_earlier_closing_brought_does_not_cling_to_a_later_open_status(desk: Tracker) -> None:
    mark(desk, "in_progress")
    mark(desk, "delivered", MAY, done="2026-05-01", evidence=(evidence(2),))
    view = shown(desk)
    assert (view.status, view.done, view.evidence_tier) == (Status.IN_PROGRESS, None, 0)


def test_both_sides_stay_in_whatever_order_they_are_told(desk: Tracker) -> None:
    mark(desk, "in_progress", side="vn")
    mark(desk, "claimed_done", MAY, side="la")
    assert {side.party: side.status for side in shown(desk).sides} == {
        "vn": Status.IN_PROGRESS,
        "la": Status.CLAIMED_DONE,
    }


def test_an_earlier_closing_is_refused_when_it_was_closed_later(desk: Tracker) -> None:
    mark(desk, "delivered", done="unknown", evidence=(evidence(2),))
    with pytest.raises(errors.ChangeNotAllowed):
        mark(desk, "withdrawn", AUGUST)
    assert shown(desk).status is Status.DELIVERED
    assert shown(desk).version == 2


def test_a_side_keeps_when_its_part_was_done_and_the_other_side_has_the_move(desk: Tracker) -> None:
    mark(desk, "delivered", side="vn", done="2026-05", confirmed_by="Lan")
    view = shown(desk)
    assert [(side.party, side.done) for side in view.sides] == [("vn", "2026-05")]
    assert view.status is Status.RECORDED
    assert view.move_of is not None
    assert view.move_of.party == "la"
