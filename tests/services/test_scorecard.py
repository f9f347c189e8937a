"""The buckets by lead and by period, beside those of an earlier day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.factories import TODAY, a_hand, a_role, adding, delivering, marking
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.reported import ScorecardReport
from tracker.domain.scales import SCALES, Span
from tracker.domain.schedule import BUCKET_OF
from tracker.domain.views import CommitmentView


def scorecard(tracker: Tracker, as_of: date = TODAY, **asked: Any) -> ScorecardReport:
    with tracker.reports.scorecard(as_of=as_of, **asked) as report:
        return report


def counted(views: tuple[CommitmentView, ...], key_of: Any) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for view in views:
        found.setdefault(key_of(view), Counter())[BUCKET_OF[view.schedule]] += 1
    return found


@pytest.mark.parametrize("as_of", [TODAY, date(2025, 12, 4), date(2027, 6, 1)])
@pytest.mark.parametrize("asked", [{}, {"partner": "la-vientiane"}, {"query": "is:open sector:politics"}])
def test_every_part_adds_up_to_all_and_counts_what_a_list_shows(
    seeded_register: Tracker, as_of: date, asked: dict[str, str]
) -> None:
    query = asked.get("query", "") or (f"partner:{asked['partner']}" if asked else "")
    views = seeded_register.commitments.page(query, as_of=as_of, offset=0, limit=1000)
    for span in Span:
        report = scorecard(seeded_register, as_of, by=span.value, **asked)
        now = {score.key: +Counter(score.counts.buckets) for score in report.leads.rows if score.counts.total}
        assert now == counted(views, lambda view: view.lead.key if view.lead else "none")

        def period_of(view: CommitmentView, span: Span = span) -> str:
            return span.of(view.deadline.end) if view.deadline and view.deadline.end else "none"

        periods = {score.key: +Counter(score.counts.buckets) for score in report.periods.rows if score.counts.total}
        assert periods == counted(views, period_of)
        assert report.total.total == len(views)
        for scale in SCALES:
            assert sum(grade.count for grade in report.grades.rows if grade.scale == scale) == len(views)


def test_the_day_before_is_the_same_day_a_period_earlier_or_the_one_that_is_asked_for(seeded_register: Tracker) -> None:
    assert scorecard(seeded_register).before_day == date(2026, 8, 21)
    assert scorecard(seeded_register, by="year").before_day == date(2025, 11, 21)
    report = scorecard(seeded_register, before=date(2025, 12, 4))
    with seeded_register.reports.overdue(as_of=date(2025, 12, 4)) as then:
        assert report.before == then.counts
    assert sum(score.before.total for score in report.leads.rows) == report.before.total == 34
    with pytest.raises(errors.UnknownValue):
        scorecard(seeded_register, by="week")


def test_the_four_numbers_of_an_office(tracker: Tracker) -> None:
    for number, deadline in enumerate(("2026-06", "2026-03", "2026-12", "2026-01"), 1):
        parties = (a_role("la"), *([a_role("vn-moit", "lead")] if number < 4 else []))
        tracker.commitments.add(adding(f"C-2026-{number:03d}", parties=parties, deadline_value=deadline), a_hand())
    tracker.commitments.record_status(delivering("C-2026-001", done="2026-05-20"), a_hand())
    tracker.commitments.record_status(delivering("C-2026-002", done="2026-05-20"), a_hand())
    tracker.commitments.record_status(marking("not_started", "C-2026-004", note="tìm, không thấy"), a_hand())
    report = scorecard(tracker)
    four = ("done_on_time", "done_late", "open_within", "open_overdue")
    assert [report.total.buckets[name] for name in four] == [1, 1, 1, 1]
    assert [(score.key, score.counts.total) for score in report.leads.rows] == [("vn-moit", 3), ("none", 1)]
    grades = {(grade.scale, grade.grade): grade.count for grade in report.grades.rows if grade.count}
    assert grades == {
        ("ogp", "complete"): 2,
        ("ogp", "no_evidence"): 1,
        ("ogp", "not_started"): 1,
        ("g7", "full"): 2,
        ("g7", "failure"): 1,
        ("g7", "untranslated"): 1,
        ("promises", "kept"): 2,
        ("promises", "not_yet_rated"): 1,
        ("promises", "untranslated"): 1,
    }
