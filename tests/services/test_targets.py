"""Each figure against each target, as it was known on a day."""

from __future__ import annotations

from datetime import date

from tests.factories import TODAY, a_hand, adding
from tracker.bootstrap import Tracker
from tracker.domain.pace import outlook
from tracker.domain.register import Target
from tracker.reports.model import Course
from tracker.reports.targets import targets_report

TRADE = "VL-2025-012"


def test_trade_to_5_and_to_10_billion_with_the_readings_of_the_day(seeded_register: Tracker) -> None:
    for as_of in (TODAY, date(2025, 12, 4)):
        figure = seeded_register.library.figure("vn-la-trade", as_of=as_of)
        with seeded_register.reports.targets(as_of=as_of) as report:
            rows = list(report.targets.rows)
        assert [(aim.commitment.ref, aim.value) for aim in rows] == [(TRADE, 5 * 10**9), (TRADE, 10**10)]
        assert [aim.outlook for aim in rows] == [outlook(figure, aim.value, aim.by) for aim in rows]
    with seeded_register.reports.targets(as_of=TODAY) as report:
        latest = next(iter(report.targets.rows)).outlook.latest
    assert latest is not None
    assert latest.period.value == "2025"


def test_each_different_target_has_one_picture(tracker: Tracker) -> None:
    for number, value in enumerate(("5e9", "5e9", "7e9"), 1):
        tracker.commitments.add(
            adding(f"C-2026-{number:03d}", targets=(Target(figure="trade", value=value, by="2030"),)), a_hand()
        )
    with tracker.reports.targets(as_of=TODAY) as report:
        drawn = targets_report(report)
        assert [len(drawn.charts), report.targets.size] == [2, 3]
    for course in drawn.charts:
        assert isinstance(course, Course)
        assert course.readings == ()
        assert course.target is not None


def test_the_course_goes_on_from_the_last_reading_to_where_the_pace_leads(seeded_register: Tracker) -> None:
    with seeded_register.reports.targets(as_of=TODAY) as report:
        five, ten = targets_report(report).charts
    assert isinstance(five, Course)
    assert isinstance(ten, Course)
    assert [point.at for point in five.readings] == [0, 1]
    assert [point.at for point in five.leads] == [2, 3]
    assert five.target is not None
    assert five.leads[-1].value > five.target.value > five.leads[0].value
    assert len(ten.leads) == 5


def test_only_the_targets_that_are_asked_for(seeded_register: Tracker) -> None:
    for asked, size in (({"query": "is:closed"}, 0), ({"lead": "vn-mond"}, 0), ({"partner": "Lào"}, 2)):
        with seeded_register.reports.targets(as_of=TODAY, **asked) as report:  # type: ignore[arg-type]
            assert report.targets.size == size
            assert len(report.different) == size
