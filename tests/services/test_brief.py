"""A page for a meeting: whose each promise is, what can be announced, what is asked already."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import TODAY, a_hand, a_role, adding, delivering, marking
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.commands import PlanFollowUp, Seen
from tracker.domain.reported import BriefReport


def read(report: BriefReport) -> dict[str, Any]:
    owed = {side: [view.ref for view in part.rows] for side, part in report.owed.items()}
    assert {side: len(refs) for side, refs in owed.items()} == {side: part.size for side, part in report.owed.items()}
    return {
        **owed,
        "overdue": [view.ref for view in report.overdue.rows],
        "ready": [view.ref for view in report.ready.rows],
        "by_event": [view.ref for view in report.by_event.rows] if report.by_event else None,
        "targets": [(aim.commitment.ref, int(aim.value)) for aim in report.targets.rows],
        "follow_ups": [step.follow_up.key for step in report.follow_ups.rows],
        "last": report.last.key if report.last else None,
    }


def brief(tracker: Tracker, partner: str = "Lào", as_of: date = TODAY, **asked: Any) -> dict[str, Any]:
    with tracker.reports.brief(partner, as_of=as_of, **{"limit": None} | asked) as report:
        return read(report)


@pytest.fixture
def both_sides(tracker: Tracker) -> Tracker:
    """A promise of ours, one of theirs, one of both, one of nobody, and one that is none of this partner's."""
    for number, bound in enumerate((("vn",), ("la",), ("vn", "la"), ()), 1):
        parties = (*map(a_role, bound), a_role("la-moic", "counterpart"))
        tracker.commitments.add(adding(f"C-2026-{number:03d}", parties=parties), a_hand())
    tracker.commitments.add(adding("C-2026-009", parties=(a_role("vn"),)), a_hand())
    return tracker


def test_each_open_commitment_stands_on_one_side(both_sides: Tracker) -> None:
    found = brief(both_sides)
    assert [found[side] for side in ("ours", "theirs", "joint", "nobody")] == [
        ["C-2026-001"],
        ["C-2026-002"],
        ["C-2026-003"],
        ["C-2026-004"],
    ]
    both_sides.commitments.record_status(marking("withdrawn", "C-2026-002", note="thôi"), a_hand())
    assert brief(both_sides)["theirs"] == []


def test_the_sides_add_up_to_what_is_open_with_the_partner(seeded_register: Tracker) -> None:
    for partner in ("Lào", "la-vientiane"):
        for as_of in (TODAY, date(2025, 12, 4)):
            found = brief(seeded_register, partner, as_of)
            refs = [ref for side in ("ours", "theirs", "joint", "nobody") for ref in found[side]]
            assert len(refs) == len(set(refs))
            open_ones = seeded_register.commitments.count(f"is:open partner:{partner}", as_of=as_of)
            assert len(refs) == open_ones > 0


def test_what_is_claimed_or_confirmed_since_the_last_meeting_can_be_announced(both_sides: Tracker) -> None:
    both_sides.commitments.record_status(marking("claimed_done", "C-2026-001", note="phía bạn báo"), a_hand())
    both_sides.commitments.record_status(delivering("C-2026-002", effective_on=date(2026, 5, 20)), a_hand())
    both_sides.commitments.record_status(
        delivering("C-2026-003", done="2026-01", effective_on=date(2026, 2, 4)), a_hand()
    )
    found = brief(both_sides)
    # The visit was on 5 February 2026.
    assert (found["last"], found["ready"]) == ("visit", ["C-2026-001", "C-2026-002"])
    assert brief(both_sides, as_of=date(2026, 2, 4))["ready"] == []


def test_for_an_event_it_counts_from_the_meeting_before_and_says_what_is_due_by_then(seeded_register: Tracker) -> None:
    found = brief(seeded_register, as_of=date(2025, 12, 20), event="visit-2026-02-05")
    assert (found["last"], found["by_event"]) == ("visit-2025-12", ["VL-2025-026"])
    assert brief(seeded_register, event="visit-2026-02-05")["by_event"] is None
    with pytest.raises(errors.NotFound):
        brief(seeded_register, event="visit-2099")


def test_the_figures_and_the_follow_ups_of_what_is_open_are_on_the_page(
    seeded_register: Tracker, both_sides: Tracker
) -> None:
    assert brief(seeded_register)["targets"] == [("VL-2025-012", 5 * 10**9), ("VL-2025-012", 10**10)]
    plan = PlanFollowUp(commitments=(Seen(ref="C-2026-001"),), what="Hỏi tiến độ", on=date(2026, 12, 1))
    key = both_sides.followups.plan(plan, a_hand()).follow_ups[0].key
    assert brief(both_sides)["follow_ups"] == [key]
    both_sides.commitments.record_status(marking("withdrawn", "C-2026-001", note="thôi"), a_hand())
    assert brief(both_sides)["follow_ups"] == []


def test_no_more_than_a_page_unless_it_is_asked_for(seeded_register: Tracker) -> None:
    with seeded_register.reports.brief("Lào", as_of=TODAY) as report:
        assert len(list(report.owed["joint"].rows)) == 5 < report.owed["joint"].size
