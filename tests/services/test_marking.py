"""Marking where a commitment stands: what is kept, what is refused, what leaves no trace."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import (
    REF,
    TODAY,
    a_deadline,
    a_hand,
    adding,
    amending,
    delivering,
    everything,
    evidence,
    marking,
    moving,
)
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.commands import RecordStatus
from tracker.domain.register import Evidence
from tracker.domain.views import CommitmentView, Remark

TOMORROW = date(2026, 11, 22)
OTHER = "C-2025-002"


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """A register with two commitments: by the end of June 2026, and without a date."""
    return two_added(tracker)


@pytest.fixture(scope="module")
def shared_desk(long_lived_tracker: Tracker) -> Tracker:
    """The same, for tests after which nothing has changed."""
    return two_added(long_lived_tracker)


def two_added(tracker: Tracker) -> Tracker:
    tracker.commitments.add(adding(deadline_value="2026-06-30", deadline_text="trước ngày 30/6/2026"), a_hand())
    tracker.commitments.add(adding(OTHER, title="Mở chợ biên giới"), a_hand())
    return tracker


def mark(desk: Tracker, command: RecordStatus) -> CommitmentView:
    return desk.commitments.record_status(command, a_hand()).commitments[0]


def shown(desk: Tracker, ref: str = REF, as_of: date = TODAY) -> CommitmentView:
    return desk.commitments.show(ref, as_of=as_of).commitment


# What is kept


def test_a_mark_is_kept_with_its_note_its_evidence_and_who_said_it(desk: Tracker) -> None:
    given = (evidence(1, "https://báo.vn/1"), evidence(2, "https://chính-phủ.vn/2"))
    done = desk.commitments.record_status(
        marking(
            "partial",
            note="đã xong chặng đầu",
            evidence=given,
            confirmed_by="Vụ Hợp tác",
            effective_on=date(2026, 5, 1),
        ),
        a_hand(actor="Minh"),
    )
    assert done.number == 4
    assert shown(desk) == done.commitments[0]
    view = done.commitments[0]
    assert (view.status, view.status_since, view.evidence_tier, view.version) == ("partial", date(2026, 5, 1), 2, 2)
    (told,) = desk.commitments.show(REF, as_of=TODAY).updates
    assert (told.note, told.confirmed_by, told.actor, told.effective_on) == (
        "đã xong chặng đầu",
        "Vụ Hợp tác",
        "Minh",
        date(2026, 5, 1),
    )
    assert [(piece.kind, piece.value, piece.tier) for piece in told.evidence] == [
        ("link", "https://báo.vn/1", 1),
        ("link", "https://chính-phủ.vn/2", 2),
    ]


def test_many_are_marked_in_one_act(desk: Tracker) -> None:
    done = desk.commitments.record_status(marking("in_progress", REF, OTHER, note="đã họp"), a_hand())
    assert [view.status for view in done.commitments] == ["in_progress", "in_progress"]
    entries = desk.commitments.history(limit=2)
    assert {(entry.act, entry.kind, entry.ref) for entry in entries} == {
        (done.act, "mark", REF),
        (done.act, "mark", OTHER),
    }


def test_the_same_status_again_keeps_since_when_and_adds_the_note(desk: Tracker) -> None:
    mark(desk, marking("in_progress", note="một", effective_on=date(2026, 3, 1), evidence=(evidence(2),)))
    view = mark(desk, marking("in_progress", note="hai", effective_on=date(2026, 4, 1)))
    assert (view.status_since, view.evidence_tier, view.last_update) == (date(2026, 3, 1), 2, date(2026, 4, 1))
    assert [told.note for told in desk.commitments.show(REF, as_of=TODAY).updates] == ["hai", "một"]


@pytest.mark.parametrize(
    ("done", "schedule"),
    [
        ("2026-06-30", "done_on_time"),
        ("2026-Q2", "done_on_time"),
        ("..2026-06", "done_on_time"),
        ("2026-07-01", "done_late"),
        ("2026", "timeliness_unknown"),
        ("unknown", "timeliness_unknown"),
    ],
)
def test_delivered_says_when_and_so_whether_in_time(desk: Tracker, done: str, schedule: str) -> None:
    view = mark(desk, delivering(done=done))
    assert (view.status, view.done, view.schedule) == ("delivered", done, schedule)
    # It can be read back from its entries, too.
    assert shown(desk).done == done
    desk.commitments.amend(amending(sector="border"), a_hand())
    assert shown(desk).schedule == schedule


def test_delivered_may_be_confirmed_by_a_named_person_instead_of_a_document(desk: Tracker) -> None:
    mark(desk, marking("delivered", confirmed_by="Đại sứ quán tại Vientiane", done="2026-05"))
    assert desk.commitments.show(REF, as_of=TODAY).updates[0].confirmed_by == "Đại sứ quán tại Vientiane"


def test_delivered_without_a_deadline_is_neither_in_time_nor_late(desk: Tracker) -> None:
    assert mark(desk, delivering(OTHER)).schedule == "done_no_deadline"


def test_suspended_has_a_review_date_and_is_paused_however_late(desk: Tracker) -> None:
    view = mark(desk, marking("suspended", note="chờ bạn", review_on=date(2027, 1, 15)))
    assert (view.schedule, view.review_on, view.days_overdue) == ("paused", date(2027, 1, 15), None)
    assert not view.review_overdue
    assert shown(desk, as_of=date(2027, 1, 16)).review_overdue


def test_moving_the_deadline_of_a_suspended_one_leaves_its_review_date(desk: Tracker) -> None:
    mark(desk, marking("suspended", note="chờ bạn", review_on=date(2027, 1, 15)))
    desk.commitments.move_deadline(moving("2027"), a_hand())
    assert shown(desk).review_on == date(2027, 1, 15)


def test_superseded_names_the_other_one(desk: Tracker) -> None:
    view = mark(desk, marking("superseded", replaced_by=OTHER))
    assert (view.schedule, view.replaced_by) == ("replaced", OTHER)


def test_a_closed_one_is_reopened_with_a_note_and_forgets_when_it_was_done(desk: Tracker) -> None:
    mark(desk, delivering())
    with pytest.raises(errors.ReasonMissing) as refused:
        mark(desk, marking("in_progress", evidence=(evidence(),)))
    assert refused.value.needs == "note"
    view = mark(desk, marking("in_progress", note="báo nhầm"))
    assert (view.status, view.done, view.schedule) == ("in_progress", None, "overdue")
    mark(desk, marking("superseded", replaced_by=OTHER))
    assert mark(desk, marking("recorded", note="vẫn còn")).replaced_by is None


def test_without_a_deadline_a_mark_sets_when_our_desk_looks_again(desk: Tracker) -> None:
    assert shown(desk, OTHER).review_on == date(2026, 5, 31)  # 180 days after the article of 2 December 2025
    assert shown(desk, OTHER).schedule == "review_due"
    view = mark(desk, marking("in_progress", OTHER, note="đã họp"))
    assert (view.schedule, view.review_on) == ("no_deadline", date(2027, 5, 20))
    view = mark(desk, marking("in_progress", OTHER, note="đã họp", review_on=date(2026, 12, 1)))
    assert view.review_on == date(2026, 12, 1)
    assert view.next is not None
    assert (view.next.what, view.next.on) == ("review", date(2026, 12, 1))


# Sides


def test_each_side_of_a_joint_promise_has_its_own_status(desk: Tracker) -> None:
    mark(desk, marking("claimed_done", note="ta báo xong", side="vn", effective_on=date(2026, 4, 1)))
    view = mark(desk, marking("not_started", note="bạn chưa bắt đầu", side="Lào", effective_on=date(2026, 5, 1)))
    assert view.status == "recorded"
    assert [(side.party, side.status, side.since) for side in view.sides] == [
        ("la", "not_started", date(2026, 5, 1)),
        ("vn", "claimed_done", date(2026, 4, 1)),
    ]
    assert view.move_of is not None
    assert view.move_of.party == "la"
    assert [told.side for told in desk.commitments.show(REF, as_of=TODAY).updates] == ["la", "vn"]
    assert view.schedule == "overdue"


@pytest.mark.parametrize("name", ["la", "Lào", "LAOS", "chdcnd lao"])
def test_a_side_is_called_by_any_of_its_names(desk: Tracker, name: str) -> None:
    mark(desk, marking("delivered", side=name, confirmed_by="x", done="unknown"))
    with pytest.raises(errors.ChangeNotAllowed):
        mark(desk, marking("withdrawn", side=name, note="thôi"))
    view = mark(desk, marking("in_progress", side=name, note="mở lại"))
    assert [(side.party, side.status) for side in view.sides] == [("la", "in_progress")]


def test_marking_a_side_leaves_what_was_said_of_the_whole(desk: Tracker) -> None:
    before = mark(desk, marking("suspended", note="chờ", review_on=date(2027, 1, 15), evidence=(evidence(3),)))
    view = mark(desk, marking("in_progress", note="bạn làm", side="la"))
    assert (view.status, view.status_since, view.review_on, view.evidence_tier) == (
        before.status,
        before.status_since,
        before.review_on,
        before.evidence_tier,
    )


# Days


def test_a_mark_told_late_counts_from_its_day_and_says_so(desk: Tracker) -> None:
    mark(desk, marking("in_progress", note="tháng 9", effective_on=date(2026, 9, 1)))
    done = desk.commitments.record_status(
        marking("not_started", note="tháng 3", effective_on=date(2026, 3, 1)), a_hand()
    )
    assert done.remarks == (Remark("backdated", {"ref": REF, "day": date(2026, 3, 1), "since": date(2026, 9, 1)}),)
    assert shown(desk).status == "in_progress"
    assert shown(desk, as_of=date(2026, 3, 1)).status == "not_started"
    assert shown(desk, as_of=date(2026, 2, 28)).status == "recorded"
    assert shown(desk).version == 3


def test_what_is_marked_today_is_not_yet_known_yesterday(desk: Tracker) -> None:
    mark(desk, marking("withdrawn", note="thôi"))
    assert shown(desk, as_of=date(2026, 11, 20)).status == "recorded"
    assert shown(desk, as_of=date(2030, 1, 1)).status == "withdrawn"


# What is refused


REFUSED: list[tuple[Any, type[errors.TrackerError], dict[str, Any]]] = [
    (marking("delivered", done="2026-05-20"), errors.ReasonMissing, {"needs": "confirmed_by|evidence2"}),
    (delivering(evidence=(evidence(1),)), errors.ReasonMissing, {"needs": "confirmed_by|evidence2"}),
    (marking("delivered", evidence=(evidence(),)), errors.ReasonMissing, {"needs": "done", "status": "delivered"}),
    (marking("in_progress"), errors.ReasonMissing, {"needs": "evidence|note", "ref": REF}),
    (marking("in_progress", note="   \u200b"), errors.ReasonMissing, {}),
    (marking("not_started"), errors.ReasonMissing, {"needs": "note"}),
    (marking("partial", note="xong một nửa"), errors.ReasonMissing, {"needs": "evidence"}),
    (marking("suspended", note="chờ"), errors.ReasonMissing, {"needs": "review"}),
    (marking("superseded"), errors.ReasonMissing, {"needs": "replaced_by"}),
    (marking("withdrawn"), errors.ReasonMissing, {"needs": "note"}),
    (marking("superseded", replaced_by=REF), errors.BadOption, {"reason": "itself"}),
    (marking("superseded", replaced_by="C-2025-020"), errors.NotFound, {"kind": "commitment", "nearest": (REF, OTHER)}),
    (marking("in_progress", note="n", replaced_by=OTHER), errors.BadOption, {"reason": "needless"}),
    (marking("in_progress", note="n", done="2026-05-20"), errors.BadOption, {"reason": "needless"}),
    (marking("in_progress", note="n", side="nobody"), errors.NotFound, {"kind": "party"}),
    (
        marking("in_progress", note="n", effective_on=TOMORROW),
        errors.InTheFuture,
        {"what": "effective", "day": TOMORROW},
    ),
    (delivering(done="2026-11-22"), errors.InTheFuture, {"what": "done", "day": TOMORROW, "today": TODAY}),
    (delivering(done="2027"), errors.InTheFuture, {"what": "done"}),
    (delivering(done="soon"), errors.BadDate, {"value": "soon"}),
    (delivering(done="none"), errors.BadDate, {}),
    (delivering(done="event:visit"), errors.BadDate, {}),
    (
        marking("in_progress", note="n", effective_on=date(2025, 12, 1)),
        errors.BeforeItBegan,
        {"day": date(2025, 12, 1), "began": date(2025, 12, 2), "ref": REF},
    ),
    (marking("in_progress", note="n", version=7), errors.StaleCommitment, {"seen": 7, "stored": 1}),
    (
        marking("in_progress", "C-2025-003", note="n"),
        errors.NotFound,
        {"kind": "commitment", "ref": "C-2025-003", "nearest": (REF, OTHER)},
    ),
]


@pytest.mark.parametrize(("command", "error", "facts"), REFUSED, ids=range(len(REFUSED)))
def test_what_a_rule_forbids_is_refused_with_its_facts_and_leaves_no_trace(
    shared_desk: Tracker, command: RecordStatus, error: type[errors.TrackerError], facts: dict[str, Any]
) -> None:
    before = everything(shared_desk.database)
    with pytest.raises(error) as refused:
        shared_desk.commitments.record_status(command, a_hand())
    assert {name: getattr(refused.value, name) for name in facts} == facts
    assert everything(shared_desk.database) == before


@pytest.mark.parametrize(
    "closing", [delivering(), marking("withdrawn", note="thôi"), marking("not_delivered", note="hết")]
)
def test_a_closed_one_is_neither_closed_again_nor_moved(desk: Tracker, closing: RecordStatus) -> None:
    mark(desk, closing)
    before = everything(desk.database)
    for again in (delivering(), marking("withdrawn", note="n"), marking("superseded", replaced_by=OTHER)):
        with pytest.raises(errors.ChangeNotAllowed) as refused:
            mark(desk, again)
        assert (refused.value.ref, refused.value.status, refused.value.asked) == (REF, closing.status, again.status)
    with pytest.raises(errors.ChangeNotAllowed) as refused:
        desk.commitments.move_deadline(moving("2027"), a_hand())
    assert refused.value.asked == "move"
    assert everything(desk.database) == before


def test_exit_codes_tell_usage_absence_rule_and_conflict_apart() -> None:
    assert [
        kind.exit_code
        for kind in (
            errors.UnknownValue,
            errors.BadDate,
            errors.BadQuery,
            errors.BadOption,
            errors.NotFound,
            errors.Ambiguous,
            errors.ReasonMissing,
            errors.InTheFuture,
            errors.StaleCommitment,
            errors.DatabaseBusy,
            errors.FileRefused,
            errors.FileProblem,
            errors.DatabaseMissing,
            errors.GuardMissing,
        )
    ] == [2, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]


# Evidence as a person gives it


def test_evidence_is_a_link_a_file_by_its_hash_or_a_place_in_a_document(desk: Tracker, tmp_path: Path) -> None:
    read = desk.commitments.read_evidence
    assert read("https://x.vn/a:5") == Evidence(kind="link", value="https://x.vn/a:5", tier=1)
    file = tmp_path / "công hàm.pdf"
    file.write_bytes(b"%PDF")
    given = read(str(file), 2)
    assert (given.kind, given.tier) == ("file", 2)
    assert given.value.startswith("công hàm.pdf sha256:")
    article = tmp_path / "bao.txt"
    article.write_text("date 2026-05-02\n\n  Hai bên đã họp. Đã ký biên bản.  \nHết.\n")
    desk.library.add_documents([article], a_hand())
    place = read("bao.txt:2").place
    assert place is not None
    assert (place.paragraph, article.read_text()[place.start : place.end]) == (2, "Hai bên đã họp. Đã ký biên bản.")
    assert read("bao:2").place == place
    assert read(f"{place.document[:8]}:2").place == place
    mark(desk, marking("in_progress", evidence=(read("bao:2", 2),)))
    (told,) = desk.commitments.show(REF, as_of=TODAY).updates
    assert [(piece.value, piece.paragraph, piece.sentence) for piece in told.evidence] == [
        ("bao.txt", 2, "Hai bên đã họp. Đã ký biên bản.")
    ]


def test_evidence_that_is_not_there_is_named(desk: Tracker, tmp_path: Path) -> None:
    read = desk.commitments.read_evidence
    with pytest.raises(errors.FileProblem) as missing:
        read(str(tmp_path / "nowhere.pdf"))
    assert missing.value.reason == "no_evidence"
    with pytest.raises(errors.FileProblem) as folder:
        read(str(tmp_path))
    assert folder.value.reason == "folder"
    with pytest.raises(errors.NotFound):
        read("nowhere:3")
    with pytest.raises(errors.BadOption) as textless:
        read("001:3")
    assert (textless.value.reason, textless.value.value) == ("no_text", "001_article.txt")
    article = tmp_path / "002.txt"
    article.write_text("Một câu.\n")
    desk.library.add_documents([article], a_hand())
    for place in ("002:2", "002:0"):
        with pytest.raises(errors.BadOption) as refused:
            read(place)
        assert refused.value.reason == "no_paragraph"
    for odd in ("002:²", "", "x\x00y", "a" * 5000, "a" * 5000 + ":5"):
        with pytest.raises(errors.TrackerError):
            read(odd)


def test_a_deadline_is_shown_as_exactly_as_it_was_said(desk: Tracker) -> None:
    assert shown(desk).deadline == a_deadline("2026-06-30", "trước ngày 30/6/2026")
