"""The overdue report on the curated commitments, on the days that matter."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from tests.factories import TODAY, a_hand, a_role, adding, days
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.lateness import SECTIONS
from tracker.domain.schedule import BUCKET_OF, BUCKETS
from tracker.domain.text import sort_key
from tracker.domain.views import CommitmentView

MEMORANDUM = "VL-2025-026"
POLITBUROS = "VL-2025-004"
SOLIDARITY_YEAR = "VL-2025-031"
TRADE_TARGET = "VL-2025-012"
VISIT = ["VL-2026-001", "VL-2026-002", "VL-2026-003"]
FIRST_OF_JANUARY = date(2027, 1, 1)


def section(tracker: Tracker, name: str, as_of: date, **asked: str) -> list[CommitmentView]:
    with tracker.reports.overdue(as_of=as_of, **asked) as report:  # type: ignore[arg-type]
        return list(report.rows(name))


def refs(views: list[CommitmentView]) -> list[str]:
    return [view.ref for view in views]


def shown(tracker: Tracker, ref: str, as_of: date) -> CommitmentView:
    return tracker.commitments.show(ref, as_of=as_of).commitment


# On 21 November 2026


def test_the_memorandum_of_2022_to_2025_and_the_visit_of_february_are_overdue(seeded_register: Tracker) -> None:
    overdue = {view.ref: view for view in section(seeded_register, "overdue", TODAY)}
    assert {MEMORANDUM, *VISIT} <= set(overdue)
    assert [overdue[ref].days_overdue for ref in VISIT] == [289] * 3
    assert (overdue[MEMORANDUM].days_overdue, overdue[MEMORANDUM].band) == (325, ">180")
    deadline = overdue[MEMORANDUM].deadline
    assert deadline is not None
    assert (deadline.text, deadline.precision) == ("giai đoạn 2022–2025", "range")


def test_the_agreement_for_2026_is_in_its_window_until_the_year_is_over(seeded_register: Tracker) -> None:
    assert shown(seeded_register, POLITBUROS, TODAY).schedule == "in_window"
    assert shown(seeded_register, POLITBUROS, date(2026, 12, 31)).schedule == "due_soon"
    view = shown(seeded_register, POLITBUROS, FIRST_OF_JANUARY)
    assert (view.schedule, view.days_overdue) == ("overdue", 1)
    assert POLITBUROS not in refs(section(seeded_register, "overdue", date(2026, 12, 31)))
    assert POLITBUROS in refs(section(seeded_register, "overdue", FIRST_OF_JANUARY))


def test_the_solidarity_year_is_not_due_before_its_year(seeded_register: Tracker) -> None:
    assert shown(seeded_register, SOLIDARITY_YEAR, TODAY).schedule == "not_due"
    assert shown(seeded_register, SOLIDARITY_YEAR, FIRST_OF_JANUARY).schedule == "in_window"


def test_the_trade_target_without_a_date_is_never_overdue_but_our_desk_is_late(seeded_register: Tracker) -> None:
    for day in days(date(2025, 12, 4), date(2032, 1, 1), 97):
        assert TRADE_TARGET not in refs(section(seeded_register, "overdue", day))
    assert TRADE_TARGET in refs(section(seeded_register, "review_due", TODAY))
    view = shown(seeded_register, TRADE_TARGET, TODAY)
    assert view.deadline is not None
    assert (view.deadline.text, view.deadline.end, view.status) == ("sớm", None, "in_progress")


# On 4 December 2025, the day after the last article of that week


def test_nothing_was_overdue_on_4_december_2025(seeded_register: Tracker) -> None:
    with seeded_register.reports.overdue(as_of=date(2025, 12, 4)) as report:
        assert report.counts.buckets["open_overdue"] == 0
        assert report.sizes["overdue"] == report.sizes["late_claim"] == 0
        assert list(report.rows("overdue")) == []
        assert report.counts.total > 30
        assert MEMORANDUM in refs(list(report.rows("due_soon")))


def test_nothing_that_was_said_only_in_2026_is_known_on_4_december_2025(seeded_register: Tracker) -> None:
    day = date(2025, 12, 4)
    views = seeded_register.commitments.page(as_of=day, offset=0, limit=1000)
    assert not {view.ref for view in views} & set(VISIT)
    for view in views:
        detail = seeded_register.commitments.show(view.ref, as_of=day)
        said = [source.published for source in view.sources]
        assert all(published < "2026" for published in said), view.ref
        assert all(update.effective_on <= day for update in detail.updates), view.ref
        assert all(
            reading.document is None or not reading.document.startswith("002")
            for figure in detail.figures
            for reading in figure.readings
        ), view.ref
        assert view.last_update <= day
    assert seeded_register.commitments.count("status:delivered", as_of=day) == 0
    assert shown(seeded_register, TRADE_TARGET, day).status == "recorded"


# On every day


def test_the_buckets_add_up_on_every_day(seeded_register: Tracker) -> None:
    for day in days(date(2025, 1, 1), date(2028, 12, 31), 61):
        views = seeded_register.commitments.page(as_of=day, offset=0, limit=1000)
        with seeded_register.reports.overdue(as_of=day) as report:
            assert list(report.counts.buckets) == list(BUCKETS)
            assert report.counts.total == len(views) == seeded_register.commitments.count(as_of=day), day
            assert +Counter(report.counts.buckets) == Counter(BUCKET_OF[view.schedule] for view in views), day
            for name in SECTIONS:
                rows = list(report.rows(name))
                assert len(rows) == report.sizes[name], (day, name)
                assert all(view.schedule == name for view in rows), (day, name)


def test_rows_stand_by_lead_in_vietnamese_order_and_then_by_deadline(seeded_register: Tracker) -> None:
    for name in SECTIONS:
        rows = section(seeded_register, name, TODAY)
        order = [
            (
                view.lead is None,
                sort_key(view.lead.name.vi) if view.lead else "",
                (view.review_on if name == "review_due" else view.deadline and view.deadline.end) or date.max,
                view.ref,
            )
            for view in rows
        ]
        assert order == sorted(order), name
    leads = [view.lead.name.vi for view in section(seeded_register, "review_due", TODAY) if view.lead]
    firsts = list(dict.fromkeys(lead.split()[0] for lead in leads))
    assert firsts == [
        first for first in ("Ban", "Bộ", "Hội", "Học", "Liên", "Thành", "UBND", "Ủy", "Văn") if first in firsts
    ]


def test_a_report_can_be_asked_of_one_lead_or_one_partner(seeded_register: Tracker) -> None:
    for lead in ("vn-mofa", "Bộ Ngoại giao", "bo ngoai giao"):
        with seeded_register.reports.overdue(as_of=TODAY, lead=lead) as report:
            rows = list(report.rows("overdue"))
            assert report.lead is not None
            assert report.lead.vi == "Bộ Ngoại giao"
            assert report.counts.total == seeded_register.commitments.count("lead:vn-mofa", as_of=TODAY)
        assert refs(rows) == VISIT
    with seeded_register.reports.overdue(as_of=TODAY, partner="la-vientiane") as report:
        assert refs(list(report.rows("overdue"))) == [MEMORANDUM]
        assert report.counts.total == seeded_register.commitments.count("partner:la-vientiane", as_of=TODAY) > 3
    with seeded_register.reports.overdue(as_of=TODAY, partner="Lào", lead="vn-mofa", query="kind:event") as report:
        assert refs(list(report.rows("overdue"))) == VISIT[:2]


def test_of_a_long_section_the_first_rows_can_be_asked_and_the_size_says_how_many_there_are(
    seeded_register: Tracker,
) -> None:
    whole = section(seeded_register, "review_due", TODAY)
    with seeded_register.reports.overdue(as_of=TODAY, limit=5) as report:
        assert list(report.rows("review_due")) == whole[:5]
        assert report.sizes["review_due"] == len(whole) > 5
    with seeded_register.reports.overdue(as_of=TODAY, limit=0) as report:
        assert list(report.rows("review_due")) == []


def test_a_report_of_somebody_whom_nobody_knows_is_refused(seeded_register: Tracker) -> None:
    for asked in ({"lead": "Bộ Ngoại giaoo"}, {"partner": "nobody"}, {"query": "lead:nobody"}):
        with pytest.raises(errors.NotFound), seeded_register.reports.overdue(as_of=TODAY, **asked):  # type: ignore[arg-type]
            pass
    with pytest.raises(errors.UnknownValue), seeded_register.reports.overdue(as_of=TODAY, query="status:late"):
        pass


def test_a_report_names_the_state_of_the_register_that_it_was_made_from(seeded_register: Tracker) -> None:
    with seeded_register.reports.overdue(as_of=TODAY) as report:
        assert report.anchor == seeded_register.status().anchor


def test_those_without_a_lead_stand_last(tracker: Tracker) -> None:
    for number, lead in enumerate(["vn-mond", None, "vn-moit", "vn-hanoi", None, "vn-mofa"], 1):
        parties = (a_role("la"), *([a_role(lead, "lead")] if lead else []))
        tracker.commitments.add(adding(f"C-2025-{number:03d}", parties=parties, deadline_value="2026-06"), a_hand())
    rows = section(tracker, "overdue", TODAY)
    assert [view.lead.key if view.lead else None for view in rows] == [
        "vn-moit",
        "vn-mofa",
        "vn-mond",
        "vn-hanoi",
        None,
        None,
    ]
    with tracker.reports.overdue(as_of=TODAY, limit=5) as report:
        assert list(report.rows("overdue")) == rows[:5]


# What the charts show


def test_the_late_are_counted_by_lead_and_band_and_the_next_deadlines_are_told(seeded_register: Tracker) -> None:
    for as_of in (TODAY, date(2027, 1, 1), date(2026, 3, 1)):
        with seeded_register.reports.overdue(as_of=as_of) as report:
            late, again = list(report.late), list(report.late)
            rows = list(report.rows("overdue"))
            soonest = list(report.soonest)
            soon = list(report.rows("due_soon"))
        assert late == again
        assert Counter({(of.lead, band): count for of in late for band, count in of.bands.items()}) == Counter(
            (view.lead.name if view.lead else None, view.band) for view in rows
        )
        ends = [view.deadline.end for view in soonest if view.deadline and view.deadline.end]
        assert ends == sorted(ends)
        assert {view.ref for view in soonest} <= {view.ref for view in soon}
        assert len(soonest) == min(len(soon), 12)


def placed(tracker: Tracker, by: str, name: str, **asked: Any) -> list[tuple[str, str]]:
    with tracker.reports.overdue(as_of=TODAY, by=by, **asked) as report:
        return [(row.under, row.commitment.ref) for row in report.placed[name]]


def test_by_partner_each_stands_under_all_of_its_partners_and_the_sum_counts_it_once(seeded_register: Tracker) -> None:
    for name in SECTIONS:
        rows = placed(seeded_register, "partner", name)
        views = section(seeded_register, name, TODAY)
        expected = {(party.key, view.ref) for view in views for party in view.partners}
        expected |= {("none", view.ref) for view in views if not view.partners}
        assert set(rows) == expected, name
        assert len(rows) == len(expected), name
        headings = [heading for heading, _ref in rows]
        assert list(dict.fromkeys(headings)) == [heading for heading, _group in groupby(headings)]
    with (
        seeded_register.reports.overdue(as_of=TODAY, by="partner") as report,
        seeded_register.reports.overdue(as_of=TODAY) as by_lead,
    ):
        assert report.counts == by_lead.counts
        assert report.sizes == by_lead.sizes


def test_by_sector_each_stands_once(seeded_register: Tracker) -> None:
    rows = placed(seeded_register, "sector", "review_due")
    views = {view.ref: view.sector for view in section(seeded_register, "review_due", TODAY)}
    assert {ref: heading for heading, ref in rows} == views
    assert len(rows) == len(views)
    assert placed(seeded_register, "sector", "review_due", limit=3) == rows[:3]
    assert placed(seeded_register, "sector", "review_due", lead="vn-mofa") == [
        row
        for row in rows
        if shown(seeded_register, row[1], TODAY).lead.key == "vn-mofa"  # type: ignore[union-attr]
    ]


def test_by_what_nothing_is_put_together_is_refused(seeded_register: Tracker) -> None:
    with pytest.raises(errors.UnknownValue), seeded_register.reports.overdue(as_of=TODAY, by="colour"):
        pass
