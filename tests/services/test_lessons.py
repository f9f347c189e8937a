"""Defects that were found in other trackers: none of them happens here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import REF, TODAY, a_hand, adding, days, delivering, evidence, marking
from tracker.bootstrap import Tracker
from tracker.domain.views import CommitmentView


def section(tracker: Tracker, name: str, as_of: date) -> list[str]:
    with tracker.reports.overdue(as_of=as_of) as report:
        return [view.ref for view in report.rows(name)]


def shown(tracker: Tracker, as_of: date) -> CommitmentView:
    return tracker.commitments.show(REF, as_of=as_of).commitment


@pytest.fixture
def late(tracker: Tracker) -> Tracker:
    """One commitment that was due at the end of June 2026."""
    tracker.commitments.add(adding(deadline_value="2026-06-30"), a_hand())
    return tracker


def test_what_was_done_in_time_is_never_shown_as_late_afterwards(late: Tracker) -> None:
    late.commitments.record_status(delivering(done="2026-06-29"), a_hand())
    for day in days(TODAY, date(2031, 1, 1), 200):
        with late.reports.overdue(as_of=day) as report:
            assert report.counts.buckets["done_on_time"] == 1
            assert list(report.rows("overdue")) == []
        assert late.commitments.count("is:overdue", as_of=day) == 0


def test_a_report_on_progress_does_not_clear_what_is_overdue(late: Tracker) -> None:
    told: list[tuple[str, dict[str, Any]]] = [
        ("recorded", {"note": "n"}),
        ("not_started", {"note": "n"}),
        ("in_progress", {"note": "n"}),
        ("partial", {"evidence": (evidence(3),)}),
    ]
    for status, more in told:
        late.commitments.record_status(marking(status, **more), a_hand())
        assert section(late, "overdue", TODAY) == [REF], status


def test_a_claim_that_nobody_confirmed_is_neither_done_nor_forgotten(late: Tracker) -> None:
    late.commitments.record_status(marking("claimed_done", note="bạn báo xong"), a_hand())
    assert section(late, "overdue", TODAY) == []
    assert section(late, "late_claim", TODAY) == [REF]


def test_late_is_not_broken_it_stays_open_until_somebody_says_otherwise(late: Tracker) -> None:
    for day in days(TODAY, date(2036, 1, 1), 365):
        view = shown(late, day)
        assert (view.status, view.schedule) == ("recorded", "overdue")


def test_what_is_overdue_stays_on_the_list_every_day(late: Tracker) -> None:
    for day in days(date(2026, 7, 1), date(2026, 8, 1)):
        assert section(late, "overdue", day) == [REF]


def test_what_nobody_looked_into_is_not_shown_as_not_started(late: Tracker) -> None:
    assert late.commitments.count("status:not_started", as_of=TODAY) == 0
    assert late.commitments.count("status:recorded", as_of=TODAY) == 1


def test_a_year_stays_a_year(tracker: Tracker) -> None:
    (view,) = tracker.commitments.add(
        adding(deadline_value="..2029", deadline_text="đến năm 2029"), a_hand()
    ).commitments
    assert view.deadline is not None
    assert (view.deadline.value, view.deadline.precision, view.deadline.text) == ("..2029", "year", "đến năm 2029")
