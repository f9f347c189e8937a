"""A note or evidence without another status: what stands goes on standing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import DOCUMENT, REF, TODAY, a_hand, adding, delivering, evidence, marking
from tracker.bootstrap import Tracker
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.status import Status
from tracker.errors import BadOption, ReasonMissing

OTHER = "C-2025-002"


def telling(*refs: str, **fields: object) -> RecordStatus:
    seen = tuple(Seen(ref=ref) for ref in refs or (REF,))
    return RecordStatus(commitments=seen, status=None, **fields)  # type: ignore[arg-type]


@pytest.fixture
def register(tracker: Tracker) -> Tracker:
    tracker.commitments.add(adding(deadline_value="2026"), a_hand())
    tracker.commitments.add(adding(OTHER), a_hand())
    return tracker


def test_a_note_leaves_the_status_its_day_and_its_evidence(register: Tracker) -> None:
    register.commitments.record_status(
        marking("partial", evidence=(evidence(3),), effective_on=date(2026, 3, 1)), a_hand()
    )
    before = register.commitments.show(REF, as_of=TODAY).commitment
    register.commitments.record_status(telling(note="Đã gọi điện."), a_hand())
    detail = register.commitments.show(REF, as_of=TODAY)
    assert detail.updates[0].note == "Đã gọi điện."
    assert detail.updates[0].status is Status.PARTIAL
    after = detail.commitment
    assert (after.status, after.status_since, after.evidence_tier) == (Status.PARTIAL, before.status_since, 3)
    assert after.silent_days == 0
    assert not detail.entries[0].changes


def test_many_are_told_of_each_as_it_stands(register: Tracker) -> None:
    register.commitments.record_status(delivering(OTHER), a_hand())
    done = register.commitments.record_status(
        telling(REF, OTHER, note="Họp rà soát.", evidence=(evidence(1),)), a_hand()
    )
    assert [view.status for view in done.commitments] == [Status.RECORDED, Status.DELIVERED]
    assert [view.evidence_tier for view in done.commitments] == [1, 2]
    assert register.commitments.show(OTHER, as_of=TODAY).commitment.done == "2026-05-20"


def test_something_must_be_told(register: Tracker) -> None:
    with pytest.raises(ReasonMissing):
        register.commitments.record_status(telling(note="  "), a_hand())
    for needless in ({"done": "2026"}, {"replaced_by": OTHER}, {"side": "vn"}):
        with pytest.raises(BadOption, match="needless"):
            register.commitments.record_status(telling(note="x", **needless), a_hand())


def test_a_note_counts_as_the_last_update_for_the_review_of_the_house(register: Tracker) -> None:
    register.commitments.record_status(telling(OTHER, note="x", effective_on=date(2026, 10, 1)), a_hand())
    assert register.commitments.show(OTHER, as_of=TODAY).commitment.review_on == date(2027, 3, 30)


def test_tags_are_offered_each_once_from_where_they_begin(register: Tracker) -> None:
    for number, tag in enumerate(("cao-toc", "cao-nguyen", "dau-tu", "cao-toc", "ca-phe"), 3):
        register.commitments.add(adding(f"C-2025-{number:03d}", tags=(tag,)), a_hand())
    assert register.library.tags("cao", limit=5) == ("cao-nguyen", "cao-toc")
    assert register.library.tags("", limit=3) == ("ca-phe", "cao-nguyen", "cao-toc")
    assert register.library.tags("z", limit=5) == ()


def test_documents_are_named_without_counting(register: Tracker) -> None:
    (document,) = [each for each in register.library.named_documents() if each.sha256 == DOCUMENT]
    (counted,) = [each for each in register.library.documents() if each.sha256 == DOCUMENT]
    assert counted.commitments == 2
    assert document.commitments == 0
    assert (document.file, document.text_added) == (counted.file, counted.text_added)
