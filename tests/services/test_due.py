"""What falls due, on the days that matter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import TODAY, a_deadline, a_hand, a_role, adding, marking, record
from tests.factories import a_commitment as made
from tracker.bootstrap import Tracker
from tracker.domain.register import Milestone, Words

POLITBUROS = "VL-2025-004"


def due(tracker: Tracker, as_of: date = TODAY, days: int = 30, **asked: Any) -> dict[str, list[Any]]:
    with tracker.reports.due(as_of=as_of, days=days, **asked) as report:
        return {
            "due": [view.ref for view in report.commitments.rows],
            "milestones": [(step.commitment.ref, step.milestone.name.vi, step.on) for step in report.milestones.rows],
            "reviews": [view.ref for view in report.reviews.rows],
        }


def test_the_agreement_for_2026_is_due_within_90_days_and_not_yet_within_30(seeded_register: Tracker) -> None:
    assert due(seeded_register)["due"] == []
    assert due(seeded_register, days=90)["due"] == [POLITBUROS]
    assert due(seeded_register, date(2026, 12, 31), 0)["due"] == [POLITBUROS]
    assert due(seeded_register, date(2027, 1, 1), 30)["due"] == []


def test_nothing_is_due_that_was_said_only_later(seeded_register: Tracker) -> None:
    assert due(seeded_register, date(2025, 12, 4), 90)["due"] == ["VL-2025-026"]


@settings(max_examples=25)
@given(st.integers(0, 900), st.integers(0, 400))
def test_what_is_due_is_what_is_open_and_ends_by_then(seeded_register: Tracker, ago: int, days: int) -> None:
    as_of = date(2027, 12, 31) - timedelta(days=ago)
    until = as_of + timedelta(days=days)
    views = seeded_register.commitments.page("is:open", as_of=as_of, offset=0, limit=1000)
    ends = {view.ref: view.deadline.end for view in views if view.deadline and view.deadline.end}
    found = due(seeded_register, as_of, days)
    expected = sorted((end, ref) for ref, end in ends.items() if as_of <= end <= until)
    assert found["due"] == [ref for _end, ref in expected]
    looks = sorted((view.review_on, view.ref) for view in views if view.review_on and as_of <= view.review_on <= until)
    assert found["reviews"] == [ref for _day, ref in looks]
    steps = [
        (view.ref, step.name.vi, step.deadline.end)
        for view in views
        for step in view.milestones
        if step.deadline and step.deadline.end and as_of <= step.deadline.end <= until
    ]
    assert sorted(found["milestones"]) == sorted(steps)


def test_a_milestone_is_due_before_its_commitment_and_never_of_a_closed_one(tracker: Tracker) -> None:
    steps = tuple(
        Milestone(name=Words(vi=name), deadline=a_deadline(day))
        for name, day in (("báo cáo khả thi", "2026-12-01"), ("khởi công", "2027-06"))
    )
    record(
        tracker.database,
        made("C-2025-001", deadline="2027", milestones=steps),
        made("C-2025-002", deadline="2027", milestones=steps),
    )
    tracker.commitments.record_status(marking("withdrawn", "C-2025-002", note="hai bên thống nhất dừng"), a_hand())
    assert due(tracker)["milestones"] == [("C-2025-001", "báo cáo khả thi", date(2026, 12, 1))]
    assert due(tracker, date(2026, 11, 20))["milestones"] == [
        (ref, "báo cáo khả thi", date(2026, 12, 1)) for ref in ("C-2025-001", "C-2025-002")
    ]


def test_it_can_be_asked_of_one_lead_or_one_partner(tracker: Tracker) -> None:
    for number, lead in enumerate(("vn-moit", "vn-mofa"), 1):
        parties = (a_role("la"), a_role(lead, "lead"))
        tracker.commitments.add(adding(f"C-2026-{number:03d}", parties=parties, deadline_value="2026-12-01"), a_hand())
    assert due(tracker, lead="vn-mofa")["due"] == ["C-2026-002"]
    assert due(tracker, partner="Lào")["due"] == ["C-2026-001", "C-2026-002"]
    assert due(tracker, partner="Lào", limit=1)["due"] == ["C-2026-001"]
