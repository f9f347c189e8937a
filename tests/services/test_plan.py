"""The yearly plan: what is carried over, what falls in the year, what stands; by lead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import TODAY, a_commitment, a_deadline, a_hand, a_role, delivering, record
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.register import Milestone, Words
from tracker.domain.text import sort_key
from tracker.reports.plan import quarter


def plan(tracker: Tracker, as_of: date = TODAY, **asked: Any) -> dict[str, list[str]]:
    with tracker.reports.plan(as_of=as_of, **asked) as report:
        found = {place: [view.ref for view in part.rows] for place, part in report.parts.items()}
        if report.scope.limit is None:
            assert {place: len(refs) for place, refs in found.items()} == {
                place: part.size for place, part in report.parts.items()
            }
        return found | {"milestones": [step.milestone.name.vi for step in report.milestones.rows]}


def test_the_coming_year_is_planned_and_the_law_s_day_is_in_the_year_before(seeded_register: Tracker) -> None:
    with seeded_register.reports.plan(as_of=TODAY) as report:
        assert (report.year, report.send_by) == (2027, date(2026, 11, 15))
    found = plan(seeded_register)
    assert found["within"] == ["VL-2025-031"]
    # The agreement for 2026 is not late yet; what is still open at the turn of the year goes on.
    assert {"VL-2025-004", "VL-2025-026", "VL-2026-001"} <= set(found["carried_over"])
    assert "VL-2025-004" in plan(seeded_register, year=2026)["within"]
    assert set(found["milestones"]) == {
        "Hoạt động nhân 65 năm thiết lập quan hệ ngoại giao",
        "Hoạt động nhân 50 năm ký Hiệp ước",
    }


@pytest.mark.parametrize("as_of", [TODAY, date(2025, 12, 4)])
@pytest.mark.parametrize("year", [2025, 2026, 2027, 2040])
def test_every_open_commitment_stands_in_one_place(seeded_register: Tracker, as_of: date, year: int) -> None:
    with seeded_register.reports.plan(as_of=as_of, year=year) as report:
        assert sum(report.counts.values()) == seeded_register.commitments.count("is:open", as_of=as_of)
    found = plan(seeded_register, as_of, year=year)
    listed = [ref for place in ("carried_over", "within", "standing") for ref in found[place]]
    assert len(listed) == len(set(listed))


def test_each_place_has_its_own(tracker: Tracker) -> None:
    steps = (
        Milestone(name=Words(vi="khởi công"), deadline=a_deadline("2027-06")),
        Milestone(name=Words(vi="khánh thành"), deadline=a_deadline("2029")),
    )
    spelled = ["2026-06", "2026-12", "2027-Q3", "2026..2030", "..2030", "2028", None, None]
    record(
        tracker.database,
        *(
            a_commitment(
                f"C-2025-{number:03d}",
                deadline=deadline,
                kind="standing" if number == 7 else "project",
                milestones=steps if number == 4 else (),
                parties=(a_role("la"), a_role("vn-mofa" if number == 3 else "vn-moit", "lead")),
            )
            for number, deadline in enumerate(spelled, 1)
        ),
    )
    found = plan(tracker)
    assert found["carried_over"] == ["C-2025-001", "C-2025-002"]
    assert found["within"] == ["C-2025-004", "C-2025-005", "C-2025-003"]
    assert found["standing"] == ["C-2025-007"]
    assert found["milestones"] == ["khởi công"]
    with tracker.reports.plan(as_of=TODAY) as report:
        assert dict(report.counts) == {"carried_over": 2, "within": 3, "standing": 1, "later": 1, "undated": 1}
    tracker.commitments.record_status(delivering("C-2025-001"), a_hand())
    assert plan(tracker, lead="vn-moit", limit=1)["carried_over"] == ["C-2025-002"]
    assert plan(tracker, lead="vn-mofa")["within"] == ["C-2025-003"]


def test_rows_stand_by_lead_in_vietnamese_order(seeded_register: Tracker) -> None:
    with seeded_register.reports.plan(as_of=TODAY) as report:
        for part in report.parts.values():
            order = [
                (sort_key(view.lead.name.vi) if view.lead else "~", (view.deadline and view.deadline.end) or date.max)
                for view in part.rows
            ]
            assert order == sorted(order)


def test_a_year_that_no_calendar_has_is_refused(seeded_register: Tracker) -> None:
    for year in (0, 1, 10000):
        with pytest.raises(errors.BadDate), seeded_register.reports.plan(as_of=TODAY, year=year):
            pass


def test_the_plan_is_no_more_exact_than_the_deadline() -> None:
    spelled = {"2027-Q3": "2027-Q3", "2027-08-31": "2027-Q3", "..2027-08": "2027-Q3", "2027": "2027", "2027-H1": "2027"}
    assert {value: quarter(a_deadline(value), 2027) for value in spelled} == spelled
    assert [quarter(a_deadline(value), 2027) for value in ("2026..2030", "2026-06")] == ["2027", "2027"]
    assert quarter(None, 2027) == "2027"
