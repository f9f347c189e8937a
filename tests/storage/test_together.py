"""Several people at once: nobody's work is lost without a word."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from tests.factories import REF, TODAY, a_hand, adding, amending, everything, marking, moving, settings_for
from tests.storage.test_history import broken_links
from tracker import errors
from tracker.bootstrap import Tracker
from tracker_db.session import Database


def at_once(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Do all of them at the same time; what each gave, or the error of ours that it met."""
    start = Barrier(len(tasks))

    def do(task: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return task()
        except errors.TrackerError as error:
            return error

    with ThreadPoolExecutor(len(tasks)) as people:
        return list(people.map(do, tasks))


def test_of_two_who_saw_the_same_version_one_wins_and_the_other_is_told_what_changed(
    tracker: Tracker, database_url: str
) -> None:
    tracker.commitments.add(adding(deadline_value="2026"), a_hand())
    with Tracker(settings_for(database_url), Database(database_url)) as other:
        results = at_once(
            [
                lambda: tracker.commitments.record_status(
                    marking("in_progress", version=1, note="đã họp"), a_hand(actor="Lan")
                ),
                lambda: other.commitments.record_status(
                    marking("suspended", version=1, note="chờ", review_on=date(2027, 1, 1)), a_hand(actor="Minh")
                ),
            ]
        )
    (lost,) = [result for result in results if isinstance(result, errors.StaleCommitment)]
    (won,) = [result for result in results if result is not lost]
    assert (lost.ref, lost.seen, lost.stored, lost.exit_code) == (REF, 1, 2, 5)
    status = next(difference for difference in lost.differences if difference.name == "status")
    assert (status.seen, status.stored) == ("recorded", won.commitments[0].status)
    shown = tracker.commitments.show(REF, as_of=TODAY)
    assert shown.commitment.status == won.commitments[0].status
    assert len(shown.entries) == 2


def test_a_stale_move_and_a_stale_correction_leave_no_trace(tracker: Tracker) -> None:
    tracker.commitments.add(adding(deadline_value="2026"), a_hand())
    tracker.commitments.amend(amending(title="Đường bay thẳng"), a_hand())
    before = everything(tracker.database)
    with pytest.raises(errors.StaleCommitment) as refused:
        tracker.commitments.move_deadline(moving("2027", version=1), a_hand())
    assert [(one.name, one.seen, one.stored) for one in refused.value.differences] == [
        ("title", "Mở đường bay thẳng", "Đường bay thẳng")
    ]
    with pytest.raises(errors.StaleCommitment):
        tracker.commitments.amend(amending(sector="border", version=1), a_hand())
    assert everything(tracker.database) == before
    tracker.commitments.amend(amending(sector="border", version=2), a_hand())


@pytest.mark.parametrize("apart", [False, True], ids=["one program", "programs apart"])
def test_nothing_is_lost_when_four_add_at_once(tracker: Tracker, database_url: str, apart: bool) -> None:
    desks = [Tracker(settings_for(database_url), Database(database_url)) for _ in range(4)] if apart else [tracker] * 4

    def add_ten(desk: Tracker) -> list[str]:
        return [desk.commitments.add(adding(None), a_hand()).commitments[0].ref for _ in range(10)]

    results = at_once([lambda desk=desk: add_ten(desk) for desk in desks])  # type: ignore[misc]
    refs = [ref for result in results for ref in result]
    assert sorted(refs) == [f"C-2025-{number:03d}" for number in range(1, 41)]
    assert tracker.commitments.count(as_of=TODAY) == 40
    with tracker.database.read() as session:
        assert broken_links(session) == []
    assert tracker.status().acts == 41
    for desk in desks if apart else ():
        desk.close()


def test_all_notes_on_one_commitment_are_kept_when_many_write_them(tracker: Tracker) -> None:
    tracker.commitments.add(adding(), a_hand())

    def tell(person: int) -> None:
        for number in range(5):
            tracker.commitments.record_status(marking("in_progress", note=f"{person}.{number}"), a_hand())

    assert at_once([lambda person=person: tell(person) for person in range(4)]) == [None] * 4  # type: ignore[misc]
    shown = tracker.commitments.show(REF, as_of=TODAY)
    assert {update.note for update in shown.updates} == {
        f"{person}.{number}" for person in range(4) for number in range(5)
    }
    assert [entry.position for entry in shown.entries] == list(range(21, 0, -1))
