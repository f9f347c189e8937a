"""What changed since a day, an event or the last meeting."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.factories import PARTIES, TODAY, a_document, a_hand, adding, evidence, marking, moving, record
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.commands import AnswerFollowUp, FinishFollowUp, PlanFollowUp, Seen
from tracker.domain.history import Hand
from tracker.domain.reported import ChangesReport

Rows = dict[str, list[Any]]


def changes(tracker: Tracker, since: str, as_of: date = TODAY, **asked: Any) -> Rows:
    with tracker.reports.changes(since=since, as_of=as_of, **asked) as report:
        return read(report)


def read(report: ChangesReport) -> Rows:
    rows: Rows = {kind: list(part.rows) for kind, part in report.told.items()}
    rows |= {name: list(getattr(report, name).rows) for name in ("overdue", "evidence", "answers")}
    sizes = {kind: part.size for kind, part in report.told.items()}
    sizes |= {name: getattr(report, name).size for name in ("overdue", "evidence", "answers")}
    if report.scope.limit is None:
        assert {name: len(found) for name, found in rows.items()} == sizes
    return rows


class Desk:
    """A desk whose clock is set: what it does is recorded on that day of November, and effective on it."""

    def __init__(self, tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
        self.day = 1
        monkeypatch.setattr("tracker.bootstrap._now", lambda: datetime(2026, 11, self.day, 3, tzinfo=UTC))
        self.tracker = Tracker(tracker.settings, tracker.database)
        record(tracker.database, *PARTIES, a_document(), at=datetime(2026, 10, 30, tzinfo=UTC))
        for number, deadline in enumerate(("2026-06", "2026-11-15", "2027"), 1):
            self.tracker.commitments.add(adding(f"C-2025-{number:03d}", deadline_value=deadline), self.on(1))

    def on(self, day: int) -> Hand:
        self.day = day
        return a_hand(today=date(2026, 11, day))

    def mark(self, status: str, ref: str, recorded: int, **fields: Any) -> None:
        self.tracker.commitments.record_status(marking(status, ref, **fields), self.on(recorded))

    def move(self, value: str, recorded: int) -> None:
        self.tracker.commitments.move_deadline(moving(value, "C-2025-001"), self.on(recorded))


@pytest.fixture
def desk(empty_tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Three commitments of December 2025, put on record on 1 November 2026."""
    return Desk(empty_tracker, monkeypatch)


def test_each_act_stands_in_its_section_with_what_was_before(desk: Desk) -> None:
    desk.move("2027-Q1", 5)
    desk.move("2027-Q2", 6)
    desk.mark("partial", "C-2025-003", 7, evidence=(evidence(),))
    found = changes(desk.tracker, "2026-11-05")
    assert [(told.on.day, told.before.deadline.value, told.after.deadline.value) for told in found["moved"]] == [
        (5, "2026-06", "2027-Q1"),
        (6, "2027-Q1", "2027-Q2"),
    ]
    assert {told.commitment.baseline.value for told in found["moved"]} == {"2026-06"}
    (told,) = found["marked"]
    assert (told.before.status, told.after.status, [piece.tier for piece in told.evidence], told.late) == (
        "recorded",
        "partial",
        [2],
        False,
    )
    assert [came.commitment.ref for came in found["evidence"]] == ["C-2025-003"]
    assert [view.ref for view in found["overdue"]] == ["C-2025-002"]
    assert [told.on.day for told in changes(desk.tracker, "2026-11-06")["moved"]] == [6]
    assert changes(desk.tracker, "2026-11-05", date(2026, 11, 5))["marked"] == []
    assert [told.on.day for told in changes(desk.tracker, "2026-11-05", date(2026, 11, 5))["moved"]] == [5]


def test_what_is_taken_back_did_not_happen(desk: Desk) -> None:
    desk.move("2027-Q1", 5)
    desk.tracker.commitments.undo(desk.on(6))
    assert changes(desk.tracker, "2026-11-02")["moved"] == []
    desk.tracker.commitments.redo(desk.on(7))
    assert len(changes(desk.tracker, "2026-11-02")["moved"]) == 1


def test_it_falls_overdue_on_the_day_after_its_last(desk: Desk) -> None:
    def fell(since: str, as_of: date = TODAY) -> list[str]:
        return [view.ref for view in changes(desk.tracker, since, as_of)["overdue"]]

    assert fell("2026-11-16") == ["C-2025-002"]
    assert fell("2026-11-17") == []
    assert fell("2026-11-10", date(2026, 11, 15)) == []
    assert fell("2026-01-01") == ["C-2025-001", "C-2025-002"]


def test_what_was_recorded_late_is_marked_and_an_older_day_told_since_is_not_lost(desk: Desk) -> None:
    delivered = {"done": "2026-05-20", "evidence": (evidence(),), "effective_on": date(2026, 5, 20)}
    desk.mark("delivered", "C-2025-001", 20, **delivered)
    desk.mark("in_progress", "C-2025-003", 20, note="họp", effective_on=date(2026, 11, 12))
    desk.mark("in_progress", "C-2025-002", 20, note="hôm nay")
    told = changes(desk.tracker, "2026-11-10")["marked"]
    assert [(row.commitment.ref, row.on, row.late) for row in told] == [
        ("C-2025-001", date(2026, 5, 20), True),
        ("C-2025-003", date(2026, 11, 12), True),
        ("C-2025-002", date(2026, 11, 20), False),
    ]
    assert {row.recorded_on for row in told} == {date(2026, 11, 20)}
    assert len(changes(desk.tracker, "2026-11-10", limit=2)["marked"]) == 2
    # On 19 November the register of that day, as it is known now.
    marked = changes(desk.tracker, "2026-11-10", date(2026, 11, 19))["marked"]
    assert [row.commitment.ref for row in marked] == ["C-2025-003"]


def test_an_answer_stands_on_the_day_it_came(desk: Desk) -> None:
    plan = PlanFollowUp(commitments=(Seen(ref="C-2025-003"),), what="Hỏi tiến độ", on=date(2026, 11, 3))
    key = desk.tracker.followups.plan(plan, desk.on(2)).follow_ups[0].key
    desk.tracker.followups.finish(FinishFollowUp(key=key, answer_due=date(2026, 11, 10)), desk.on(4))
    desk.tracker.followups.answer(AnswerFollowUp(key=key, answer="Đã duyệt"), desk.on(9))
    (came,) = changes(desk.tracker, "2026-11-09")["answers"]
    assert (came.commitment.ref, came.on, came.follow_up.answer) == ("C-2025-003", date(2026, 11, 9), "Đã duyệt")
    assert changes(desk.tracker, "2026-11-10")["answers"] == []


def test_it_counts_from_an_event_or_from_the_last_meeting_with_the_partner(seeded_register: Tracker) -> None:
    def begins(since: str, as_of: date, **asked: str) -> tuple[str, date]:
        with seeded_register.reports.changes(since=since, as_of=as_of, **asked) as report:  # type: ignore[arg-type]
            return report.event.key if report.event else "", report.since

    assert begins("last-meeting", TODAY, partner="Lào") == ("visit-2026-02-05", date(2026, 2, 5))
    assert begins("last-meeting", date(2025, 12, 4), partner="Lào") == ("visit-2025-12", date(2025, 12, 1))
    assert begins("last-meeting", TODAY, partner="la-vientiane") == ("capitals-talks-2025-12-02", date(2025, 12, 2))
    assert begins("visit-2025-04", TODAY) == ("visit-2025-04", date(2025, 4, 24))
    assert begins("2026-03", TODAY) == ("", date(2026, 3, 1))
    for since, refused in (("visit-2099", errors.NotFound), ("congress-cpv", errors.BadOption)):
        with pytest.raises(refused):
            begins(since, TODAY)
    with pytest.raises(errors.NotFound):
        begins("last-meeting", date(2020, 1, 1))


def test_all_that_the_curated_articles_say_is_added_on_their_own_days(seeded_register: Tracker) -> None:
    found = changes(seeded_register, "2025-01-01", date(2027, 1, 1))
    assert len(found["added"]) == seeded_register.commitments.count(as_of=TODAY)
    assert not any(told.late for told in found["added"])
    days = [told.on for told in found["added"]]
    assert days == sorted(days)
