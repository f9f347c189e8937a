"""The agenda of a day and the digests of the leads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import TODAY, a_hand, a_role, adding, delivering, everything
from tests.services.test_following_up import KEY, plan
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.agenda import Agenda
from tracker.domain.commands import FinishFollowUp, PutOffFollowUp

TRADE = (a_role("vn-moit", "lead", "assigned"), a_role("la"))
FOREIGN = (a_role("vn-mofa", "lead", "assigned"), a_role("la"))


def put(desk: Tracker, ref: str, deadline: str | None, *parties: object, review: date | None = None) -> None:
    fields = {"deadline_value": deadline, "review_on": review, "parties": parties or (a_role("vn"), a_role("la"))}
    desk.commitments.add(adding(ref, **fields), a_hand())


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """Commitments that end and are reviewed around 21 November 2026, of two leads and of none."""
    put(tracker, "C-2025-001", "2027", *TRADE)
    put(tracker, "C-2025-002", "2026-11-25", *FOREIGN)
    put(tracker, "C-2025-003", "2026-11-18", *TRADE)
    put(tracker, "C-2025-004", "2026-06-30", *TRADE)
    put(tracker, "C-2025-005", None, review=date(2026, 11, 21))
    put(tracker, "C-2025-006", None, *FOREIGN, review=date(2026, 3, 1))
    return tracker


def told(agenda: Agenda) -> list[tuple[str, str]]:
    return [(line.kind, line.subject_ref) for line in agenda.lines]


def test_today_and_the_week_ahead_and_what_was_due_before(desk: Tracker) -> None:
    plan(desk, "C-2025-001", on=TODAY)
    plan(desk, "C-2025-001", on=date(2026, 11, 28))
    plan(desk, "C-2025-001", on=date(2026, 11, 29))
    found = desk.followups.agenda(as_of=TODAY)
    assert (found.as_of, found.until) == (TODAY, date(2026, 11, 28))
    assert told(found) == [
        ("overdue", "C-2025-003"),
        ("follow_up", KEY),
        ("review", "C-2025-005"),
        ("deadline", "C-2025-002"),
        ("follow_up", "F-2026-002"),
    ]
    assert [(day, len(lines)) for day, lines in found.days] == [
        (None, 1),
        (TODAY, 2),
        (date(2026, 11, 25), 1),
        (date(2026, 11, 28), 1),
    ]
    assert found.counts == {"overdue": 2, "review": 1}
    assert told(desk.followups.agenda(as_of=TODAY, days=0)) == [("follow_up", KEY), ("review", "C-2025-005")]


def test_what_is_late_is_a_line_as_long_as_nobody_does_it(desk: Tracker) -> None:
    plan(desk, "C-2025-001", on=TODAY, answer_due=TODAY + timedelta(days=5))
    much_later = TODAY + timedelta(days=300)
    assert ("follow_up", KEY) in told(desk.followups.agenda(as_of=much_later))
    desk.followups.finish(FinishFollowUp(key=KEY), a_hand())
    found = desk.followups.agenda(as_of=much_later)
    assert [(line.kind, line.band) for line in found.lines if line.subject_ref == KEY] == [("answer", ">180")]


def test_what_has_long_been_overdue_is_counted_and_comes_up_when_it_enters_a_further_band(desk: Tracker) -> None:
    assert ("overdue", "C-2025-004") not in told(desk.followups.agenda(as_of=TODAY))
    # 30 June and 181 days.
    found = desk.followups.agenda(as_of=date(2026, 12, 30))
    assert [(line.on, line.band) for line in found.lines if line.subject_ref == "C-2025-004"] == [
        (date(2026, 6, 30), ">180")
    ]


@pytest.mark.parametrize("days", [31, 60, 200, 366])
def test_whoever_looks_far_ahead_sees_each_line_once(desk: Tracker, days: int) -> None:
    for late in (1, 30, 31, 90, 91, 180, 181, 300):
        ended = TODAY - timedelta(days=late)
        put(desk, f"C-2025-1{late:03d}", ended.isoformat())
    lines = told(desk.followups.agenda(as_of=TODAY, days=days))
    assert len(lines) == len(set(lines))
    assert {("overdue", f"C-2025-1{late:03d}") for late in (1, 30, 31, 91, 181)} <= set(lines)


def test_one_lead_s_agenda_has_the_parties_under_it(desk: Tracker) -> None:
    assert told(desk.followups.agenda(as_of=TODAY, lead="Bộ Công Thương")) == [("overdue", "C-2025-003")]
    found = desk.followups.agenda(as_of=TODAY, lead="Việt Nam")
    assert told(found) == [("overdue", "C-2025-003"), ("deadline", "C-2025-002")]
    assert found.counts == {"overdue": 2, "review": 1}
    with pytest.raises(errors.NotFound):
        desk.followups.agenda(as_of=TODAY, lead="Bộ Lễ")


def test_more_lines_than_a_person_reads_are_cut_and_it_says_so(desk: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker_db.agenda.AgendaRows.lines.__kwdefaults__", {"unseen_by": None, "most": 1})
    for _ in range(2):
        plan(desk, "C-2025-001", on=TODAY)
    found = desk.followups.agenda(as_of=TODAY)
    assert found.cut == {"follow_up"}
    assert [kind for kind, _ in told(found)].count("follow_up") == 1


def test_one_digest_a_lead_and_what_is_acknowledged_is_not_told_again(desk: Tracker) -> None:
    plan(desk, "C-2025-001", on=TODAY)
    digests = desk.followups.digest(as_of=TODAY)
    assert [(each.lead.key if each.lead else None, told(each.agenda)) for each in digests] == [
        ("vn-moit", [("overdue", "C-2025-003"), ("follow_up", KEY)]),
        ("vn-mofa", [("deadline", "C-2025-002")]),
        (None, [("review", "C-2025-005")]),
    ]
    before = desk.status().anchor
    noted = desk.followups.acknowledge(a_hand(), as_of=TODAY, lead="vn-moit")
    assert [told(each.agenda) for each in noted] == [told(digests[0].agenda)]
    assert desk.status().anchor == before
    left = desk.followups.digest(as_of=TODAY)
    assert [each.lead.key if each.lead else None for each in left] == ["vn-mofa", None]
    desk.followups.acknowledge(a_hand(), as_of=TODAY)
    assert desk.followups.digest(as_of=TODAY) == ()
    # The agenda is for whoever asks: it shows all.
    assert len(desk.followups.agenda(as_of=TODAY).lines) == 4


def test_an_acknowledged_line_comes_again_when_it_changes(desk: Tracker) -> None:
    plan(desk, "C-2025-001", on=TODAY)
    desk.followups.acknowledge(a_hand(), as_of=TODAY)
    assert desk.followups.digest(as_of=TODAY) == ()
    # Late from tomorrow on: a further band, for the follow-up.
    tomorrow = desk.followups.digest(as_of=TODAY + timedelta(days=1), lead="vn-moit")
    assert [told(each.agenda) for each in tomorrow] == [[("follow_up", KEY)]]
    desk.followups.put_off(PutOffFollowUp(key=KEY, on=TODAY + timedelta(days=2)), a_hand())
    assert [told(each.agenda) for each in desk.followups.digest(as_of=TODAY)] == [[("follow_up", KEY)]]
    plan(desk, "C-2025-001", on=TODAY)
    assert ("follow_up", "F-2026-002") in told(desk.followups.digest(as_of=TODAY)[0].agenda)


def test_looking_changes_nothing(desk: Tracker) -> None:
    before = everything(desk.database)
    desk.followups.agenda(as_of=TODAY)
    desk.followups.digest(as_of=TODAY)
    assert everything(desk.database) == before


def test_the_agenda_of_an_earlier_day_is_what_was_known_then(desk: Tracker) -> None:
    plan(desk, "C-2025-001", on=TODAY)
    desk.commitments.record_status(delivering("C-2025-003"), a_hand())
    later = a_hand(today=TODAY + timedelta(days=2))
    desk.commitments.record_status(delivering("C-2025-001"), later)
    found = told(desk.followups.agenda(as_of=TODAY + timedelta(days=1)))
    assert found == [("follow_up", KEY), ("review", "C-2025-005"), ("deadline", "C-2025-002")]
    assert ("follow_up", KEY) not in told(desk.followups.agenda(as_of=TODAY + timedelta(days=2)))


def test_the_first_and_the_last_day_of_the_calendar_have_an_agenda(desk: Tracker) -> None:
    plan(desk, "C-2025-001", on=date.max)
    assert desk.followups.agenda(as_of=date.min).lines == ()
    assert [line.subject_ref for line in desk.followups.agenda(as_of=date.max).lines] == [KEY]
