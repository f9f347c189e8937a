"""What was moved from its baseline, how far, how often, and by what."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import DOCUMENT, TODAY, a_hand, a_role, adding, moving
from tracker.bootstrap import Tracker
from tracker.domain.register import Citation

ENDS = {"2026": date(2026, 12, 31), "2027-Q1": date(2027, 3, 31)}


def slippage(tracker: Tracker, as_of: date = TODAY, **asked: Any) -> dict[str, Any]:
    with tracker.reports.slippage(as_of=as_of, **asked) as report:
        return {
            "total": report.total,
            "moved": list(report.moved.rows),
            "leads": list(report.leads.rows),
            "partners": list(report.partners.rows),
        }


def promised(tracker: Tracker, ref: str | None, lead: str | None = None, *partners: str) -> str:
    parties = (a_role("vn"), *map(a_role, partners), *([a_role(lead, "lead")] if lead else []))
    done = tracker.commitments.add(adding(ref, parties=parties, deadline_value="2026-06-30"), a_hand())
    return done.commitments[0].ref


def moved(tracker: Tracker, ref: str, value: str, on: date, **fields: Any) -> None:
    tracker.commitments.move_deadline(moving(value, ref, effective_on=on, **fields), a_hand())


def test_the_days_lie_between_the_baseline_and_the_present_deadline_however_often_it_was_moved(
    tracker: Tracker,
) -> None:
    promised(tracker, "C-2025-001", "vn-moit", "la")
    moved(tracker, "C-2025-001", "2026-12-31", date(2026, 5, 1), note="đợt một")
    cited = Citation(document=DOCUMENT, paragraph=2, start=30, end=40, role="reports")
    moved(tracker, "C-2025-001", "2027-03-31", date(2026, 10, 1), note="đợt hai", source=cited)
    (slip,) = slippage(tracker)["moved"]
    assert (slip.days, slip.commitment.moves, slip.moved_on, slip.note) == (274, 2, date(2026, 10, 1), "đợt hai")
    assert [(place.paragraph, place.start) for place in slip.sources] == [(2, 30)]
    (earlier,) = slippage(tracker, date(2026, 6, 1))["moved"]
    assert (earlier.days, earlier.commitment.moves, earlier.note, earlier.sources) == (184, 1, "đợt một", ())
    assert slippage(tracker, date(2026, 4, 1))["moved"] == []


def test_what_was_moved_and_taken_back_was_not_moved(tracker: Tracker) -> None:
    promised(tracker, "C-2025-001")
    moved(tracker, "C-2025-001", "2027", date(2026, 5, 1))
    tracker.commitments.undo(a_hand())
    assert slippage(tracker)["total"].commitments == 0


def test_a_move_between_no_end_and_an_end_counts_as_one_but_has_no_days(tracker: Tracker) -> None:
    promised(tracker, "C-2025-001", "vn-moit")
    promised(tracker, "C-2025-002", "vn-moit")
    moved(tracker, "C-2025-001", "none", date(2026, 5, 1))
    moved(tracker, "C-2025-002", "2026-07-01", date(2026, 5, 1))
    found = slippage(tracker)
    assert [(slip.commitment.ref, slip.days) for slip in found["moved"]] == [("C-2025-002", 1), ("C-2025-001", None)]
    assert [(sum_.key, sum_.commitments, sum_.moves, sum_.days) for sum_ in found["leads"]] == [("vn-moit", 2, 2, 1)]


@settings(max_examples=8)
@given(
    st.lists(st.tuples(st.sampled_from(["vn-moit", "vn-mofa", None]), st.sampled_from(["2026", "2027-Q1"])), max_size=4)
)
def test_leads_add_up_to_all_and_partners_each_count_their_own(
    long_lived_tracker: Tracker, promises: list[tuple[str | None, str]]
) -> None:
    tracker = long_lived_tracker
    made = []
    for lead, value in promises:
        ref = promised(tracker, None, lead, "la", "la-moic")
        moved(tracker, ref, value, date(2026, 5, 1))
        made.append((lead, (ENDS[value] - date(2026, 6, 30)).days))
    found = slippage(tracker)
    days = sum(slipped for _lead, slipped in made)
    assert (found["total"].commitments, found["total"].days) == (len(promises), days)
    assert sum(sum_.days for sum_ in found["leads"]) == days
    assert sum(sum_.commitments for sum_ in found["leads"]) == len(promises)
    assert [(sum_.key, sum_.commitments, sum_.days) for sum_ in found["partners"]] == [
        (key, len(promises), days) for key in ("la", "la-moic") if promises
    ]
    for _promise in range(2 * len(promises)):
        tracker.commitments.undo(a_hand())
