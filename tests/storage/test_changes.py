"""What happened since somebody looked; pages of the whole history; the names in it."""

from __future__ import annotations

import pytest

from tests.factories import DOCUMENT, TODAY, a_role, adding, amending, marking
from tracker.bootstrap import Tracker
from tracker.domain.commands import PlanFollowUp, Seen
from tracker.domain.register import Words
from tracker.domain.views import Changes
from tracker_db import changes


def test_changes_since_an_act_name_what_it_touched_and_who_acted(tracker: Tracker) -> None:
    before = tracker.commitments.changed_since(0)
    assert tracker.commitments.changed_since(before.number) == Changes(before.number, frozenset(), ())
    for number in (1, 2, 3):
        tracker.commitments.add(adding(f"C-2025-00{number}"), tracker.hand("cli"))
    note = {"note": "đã họp"}
    tracker.commitments.record_status(marking("in_progress", "C-2025-001", "C-2025-003", **note), tracker.hand("tui"))
    after = tracker.commitments.changed_since(before.number)
    assert after == Changes(before.number + 4, frozenset({"C-2025-001", "C-2025-002", "C-2025-003"}), ("Lan",))
    last = tracker.commitments.changed_since(after.number - 1)
    assert last.refs == {"C-2025-001", "C-2025-003"}


def test_too_many_changes_are_not_named(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tracker.commitments.changed_since(0).number
    for number in (1, 2, 3):
        tracker.commitments.add(adding(f"C-2025-00{number}"), tracker.hand("cli"))
    monkeypatch.setattr(changes, "MOST_REFS", 3)
    assert tracker.commitments.changed_since(before).refs == {"C-2025-001", "C-2025-002", "C-2025-003"}
    monkeypatch.setattr(changes, "MOST_REFS", 2)
    assert tracker.commitments.changed_since(before).refs is None


def test_a_page_of_the_history_is_a_piece_of_it(seeded_register: Tracker) -> None:
    whole = seeded_register.commitments.history()
    assert len(whole) == seeded_register.commitments.history_count()
    numbers = [entry.number for entry in whole]
    assert numbers == sorted(numbers, reverse=True)
    for offset, limit in ((0, 10), (7, 30), (len(whole) - 5, 50), (0, 1000), (len(whole), 5)):
        assert seeded_register.commitments.history(limit=limit, offset=offset) == whole[offset : offset + limit]
    ref = next(entry.ref for entry in whole if entry.subject == "commitment")
    one = seeded_register.commitments.history(ref)
    assert seeded_register.commitments.history_count(ref) == len(one)
    assert seeded_register.commitments.history(ref, limit=1, offset=1) == one[1:2]


def test_an_entry_names_the_parties_and_documents_in_its_values(tracker: Tracker) -> None:
    tracker.commitments.add(adding(), tracker.hand("cli"))
    roles = (a_role("vn"), a_role("la"), a_role("vn-moit", "lead", "assigned"))
    tracker.commitments.amend(amending(parties=roles), tracker.hand("cli"))
    amended, added = tracker.commitments.history("C-2025-001")
    assert amended.names["vn-moit"] == Words(vi="Bộ Công Thương")
    file = Words(vi="001_article.txt", en="001_article.txt")
    assert added.names == {"la": Words(vi="Lào", en="Laos"), "vn": Words(vi="Việt Nam"), DOCUMENT: file}
    by_key = {entry.ref: entry for entry in tracker.commitments.history()}
    assert by_key["vn-moit"].names == {"vn": Words(vi="Việt Nam")}
    assert by_key["visit"].names.keys() == {"vn", "la"}


def test_a_follow_up_touches_its_commitment(tracker: Tracker) -> None:
    tracker.commitments.add(adding(), tracker.hand("cli"))
    before = tracker.commitments.changed_since(0).number
    planned = PlanFollowUp(commitments=(Seen(ref="C-2025-001"),), what="Gọi điện", on=TODAY)
    tracker.followups.plan(planned, tracker.hand("cli"))
    assert tracker.commitments.changed_since(before).refs == {"C-2025-001"}
