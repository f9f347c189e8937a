"""Adding, moving and correcting commitments, and what they point at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tests.factories import (
    REF,
    SAID_ON,
    TODAY,
    a_citation,
    a_document,
    a_hand,
    a_party,
    a_role,
    adding,
    amending,
    everything,
    marking,
    moving,
    record,
)
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.register import Target
from tracker.domain.views import CommitmentView

NOBODY = "e" * 64


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """A register with one commitment, by the end of June 2026."""
    tracker.commitments.add(adding(deadline_value="2026-06-30", deadline_text="trước ngày 30/6/2026"), a_hand())
    return tracker


@pytest.fixture(scope="module")
def shared_desk(long_lived_tracker: Tracker) -> Tracker:
    """The same, for tests after which nothing has changed."""
    long_lived_tracker.commitments.add(adding(deadline_value="2026-06-30"), a_hand())
    return long_lived_tracker


def shown(desk: Tracker, ref: str = REF, as_of: date = TODAY) -> CommitmentView:
    return desk.commitments.show(ref, as_of=as_of).commitment


# Adding


def test_a_commitment_stands_on_record_from_the_day_of_its_source(desk: Tracker) -> None:
    view = shown(desk)
    assert (view.status, view.status_since, view.last_update, view.version) == ("recorded", SAID_ON, SAID_ON, 1)
    assert view.deadline == view.baseline
    assert view.deadline is not None
    assert (view.deadline.text, view.deadline.certainty) == ("trước ngày 30/6/2026", "stated")
    assert [(party.key, party.ours) for party in view.parties] == [("vn", True), ("la", False)]
    assert [party.key for party in view.partners] == ["la"]
    assert shown(desk, as_of=SAID_ON).ref == REF
    with pytest.raises(errors.NotYet) as refused:
        shown(desk, as_of=date(2025, 12, 1))
    assert (refused.value.began, refused.value.exit_code) == (SAID_ON, 3)


def test_a_commitment_has_the_figures_that_it_aims_at_and_nobody_elses_aims(desk: Tracker) -> None:
    for ref, value in (("VL-2025-008", 5), ("VL-2025-009", 7)):
        desk.commitments.add(adding(ref, targets=(Target(figure="trade", value=Decimal(value)),)), a_hand())
    (figure,) = desk.commitments.show("VL-2025-009", as_of=TODAY).figures
    assert [(aim.ref, aim.value) for aim in figure.targets] == [("VL-2025-009", 7)]
    assert [aim.ref for aim in desk.library.figure("trade").targets] == ["VL-2025-008", "VL-2025-009"]


def test_a_ref_that_is_left_out_is_the_next_of_its_prefix_and_its_sources_year(desk: Tracker) -> None:
    add = desk.commitments.add
    assert add(adding(None), a_hand()).commitments[0].ref == "C-2025-002"
    assert add(adding(None, prefix="VL"), a_hand()).commitments[0].ref == "VL-2025-001"
    undated = "d" * 64
    record(desk.database, a_document(undated, "undated.txt", published="none"))
    add_undated = adding(None, sources=(a_citation(undated),))
    assert add(add_undated, a_hand(today=date(2027, 1, 1))).commitments[0].ref == "C-2027-001"


def test_a_deadline_at_an_event_takes_the_events_days(desk: Tracker) -> None:
    (view,) = desk.commitments.add(
        adding(None, deadline_value="event:visit", deadline_text="dịp thăm"), a_hand()
    ).commitments
    assert view.deadline is not None
    assert (view.deadline.end, view.deadline.certainty) == (date(2026, 2, 5), "derived")
    (view,) = desk.commitments.add(adding(None, deadline_value="event:congress"), a_hand()).commitments
    assert view.deadline is not None
    assert (view.deadline.end, view.schedule) == (None, "review_due")


def test_vague_words_are_kept_and_make_a_review_date_not_a_deadline(desk: Tracker) -> None:
    (view,) = desk.commitments.add(adding(None, deadline_text="sớm"), a_hand()).commitments
    assert view.deadline is not None
    assert (view.deadline.text, view.deadline.end, view.review_on) == ("sớm", None, date(2026, 3, 2))
    assert (view.schedule, view.days_overdue) == ("review_due", None)


REFUSED: list[tuple[str, Callable[[Tracker], Any], type[errors.TrackerError], dict[str, Any]]] = [
    ("a ref twice", lambda desk: desk.commitments.add(adding(), a_hand()), errors.AlreadyThere, {"ref": REF}),
    (
        "an unknown party",
        lambda desk: desk.commitments.add(adding(None, parties=(a_role("xx"),)), a_hand()),
        errors.NotFound,
        {"kind": "party", "ref": "xx"},
    ),
    (
        "an unknown document",
        lambda desk: desk.commitments.add(adding(None, sources=(a_citation(NOBODY),)), a_hand()),
        errors.NotFound,
        {"kind": "document"},
    ),
    (
        "an unknown event",
        lambda desk: desk.commitments.add(adding(None, deadline_value="event:visi"), a_hand()),
        errors.NotFound,
        {"kind": "event", "nearest": ("visit",)},
    ),
    (
        "an unknown figure",
        lambda desk: desk.commitments.add(adding(None, targets=(Target(figure="gdp", value=1),)), a_hand()),  # type: ignore[arg-type]
        errors.NotFound,
        {"kind": "figure", "ref": "gdp"},
    ),
    (
        "a date that is none",
        lambda desk: desk.commitments.add(adding(None, deadline_value="2026-02-30"), a_hand()),
        errors.BadDate,
        {"reason": "impossible"},
    ),
    (
        "an addition in the future",
        lambda desk: desk.commitments.add(adding(None, effective_on=date(2026, 11, 22)), a_hand()),
        errors.InTheFuture,
        {"what": "effective"},
    ),
    (
        "an addition without an origin",
        lambda desk: desk.commitments.add(adding("C-2025-009", sources=(a_citation(role="reports"),)), a_hand()),
        errors.NoSource,
        {"ref": "C-2025-009"},
    ),
    (
        "a move without a reason",
        lambda desk: desk.commitments.move_deadline(moving("2027", note=""), a_hand()),
        errors.ReasonMissing,
        {"status": "move", "needs": "note|source"},
    ),
    (
        "a move to where it is",
        lambda desk: desk.commitments.move_deadline(moving("2026-06-30"), a_hand()),
        errors.SameDeadline,
        {"value": "2026-06-30"},
    ),
    (
        "a move of nothing",
        lambda desk: desk.commitments.move_deadline(moving("2027", "C-2025-099"), a_hand()),
        errors.NotFound,
        {"ref": "C-2025-099", "nearest": (REF,)},
    ),
    (
        "a move in the future",
        lambda desk: desk.commitments.move_deadline(moving("2027", effective_on=date(2026, 11, 22)), a_hand()),
        errors.InTheFuture,
        {},
    ),
    (
        "a move before it began",
        lambda desk: desk.commitments.move_deadline(moving("2027", effective_on=date(2025, 12, 1)), a_hand()),
        errors.BeforeItBegan,
        {},
    ),
    (
        "a move to no date",
        lambda desk: desk.commitments.move_deadline(moving("mai"), a_hand()),
        errors.BadDate,
        {"value": "mai"},
    ),
    (
        "an unknown field",
        lambda desk: desk.commitments.amend(amending(owner="Lan"), a_hand()),
        errors.UnknownValue,
        {"what": "field", "value": "owner"},
    ),
    (
        "a field that has an act of its own",
        lambda desk: desk.commitments.amend(amending(status="delivered"), a_hand()),
        errors.UnknownValue,
        {"value": "status"},
    ),
    (
        "a value that is none",
        lambda desk: desk.commitments.amend(amending(kind="promise"), a_hand()),
        errors.UnknownValue,
        {"what": "kind", "value": "promise"},
    ),
    (
        "a correction that changes nothing",
        lambda desk: desk.commitments.amend(amending(sector="other"), a_hand()),
        errors.BadOption,
        {"reason": "nothing_to_change"},
    ),
    (
        "a correction that takes the last source away",
        lambda desk: desk.commitments.amend(amending(sources=[]), a_hand()),
        errors.NoSource,
        {"ref": REF},
    ),
    (
        "a correction that takes the last origin away",
        lambda desk: desk.commitments.amend(
            amending(sources=[a_citation(role="reports").model_dump(mode="json")]), a_hand()
        ),
        errors.NoSource,
        {"ref": REF},
    ),
    (
        "a correction with an unknown party",
        lambda desk: desk.commitments.amend(amending(parties=[a_role("xx").model_dump(mode="json")]), a_hand()),
        errors.NotFound,
        {"kind": "party", "ref": "xx"},
    ),
    (
        "a party twice",
        lambda desk: desk.library.add_party(a_party("vn", "Việt Nam"), a_hand()),
        errors.AlreadyThere,
        {"kind": "party", "ref": "vn"},
    ),
    (
        "a party under nobody",
        lambda desk: desk.library.add_party(a_party("vn-x", "X", parent="vn-y"), a_hand()),
        errors.NotFound,
        {"kind": "party", "ref": "vn-y"},
    ),
    (
        "nothing to show",
        lambda desk: desk.commitments.show("C-2025-01", as_of=TODAY),
        errors.NotFound,
        {"nearest": (REF,)},
    ),
    ("no history", lambda desk: desk.commitments.history("VL-2025-001"), errors.NotFound, {"nearest": (REF,)}),
    ("no such party", lambda desk: desk.library.party("Bộ Công Thươn"), errors.NotFound, {"kind": "party"}),
]


@pytest.mark.parametrize(("ask", "error", "facts"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_is_refused_with_its_facts_and_leaves_no_trace(
    shared_desk: Tracker, ask: Callable[[Tracker], Any], error: type[errors.TrackerError], facts: dict[str, Any]
) -> None:
    before = everything(shared_desk.database)
    with pytest.raises(error) as refused:
        ask(shared_desk)
    assert {name: getattr(refused.value, name) for name in facts} == facts
    assert everything(shared_desk.database) == before


def test_a_mistyped_ref_offers_the_ones_around_it(desk: Tracker) -> None:
    for number in (2, 3, 5, 6):
        desk.commitments.add(adding(f"C-2025-00{number}"), a_hand())
    for typed, nearest in (
        ("C-2025-004", ("C-2025-002", "C-2025-003", "C-2025-005")),
        ("c-2025-005", ("C-2025-005",)),
        (" C-2025-9 ", ("C-2025-005", "C-2025-006")),
        ("A", (REF,)),
    ):
        with pytest.raises(errors.NotFound) as refused:
            desk.commitments.show(typed, as_of=TODAY)
        assert refused.value.nearest == nearest, typed


def test_two_leads_are_refused_in_few_words(desk: Tracker) -> None:
    leads = [a_role(key, "lead").model_dump(mode="json") for key in ("vn-moit", "vn-mofa")]
    with pytest.raises((errors.UsageError, ValidationError)) as refused:
        desk.commitments.amend(amending(parties=leads), a_hand())
    assert len(str(refused.value)) < 300
    assert shown(desk).version == 1


# Moving


def test_a_move_keeps_the_baseline_and_is_counted(desk: Tracker) -> None:
    first = shown(desk)
    desk.commitments.move_deadline(moving("2026-Q3", text="trong quý III", effective_on=date(2026, 5, 1)), a_hand())
    desk.commitments.move_deadline(moving("2026-10-31", source=a_citation(role="softens"), note=""), a_hand())
    view = shown(desk)
    assert view.baseline == first.deadline
    assert view.deadline is not None
    assert (view.deadline.value, view.deadline.certainty, view.moves) == ("2026-10-31", "agreed", 2)
    assert (view.days_overdue, view.days_past_baseline, view.band) == (21, 144, "1-30")
    assert [source.role for source in view.sources] == ["origin", "softens"]
    on_first_of_june = shown(desk, as_of=date(2026, 6, 1))
    assert on_first_of_june.deadline is not None
    assert (on_first_of_june.deadline.text, on_first_of_june.moves, on_first_of_june.schedule) == (
        "trong quý III",
        1,
        "not_due",
    )
    assert shown(desk, as_of=date(2026, 4, 30)).moves == 0


def test_a_moved_deadline_that_is_kept_is_late_only_against_the_baseline(desk: Tracker) -> None:
    desk.commitments.move_deadline(moving("..2026-12-31"), a_hand())
    view = shown(desk)
    assert (view.schedule, view.days_overdue, view.days_past_baseline) == ("in_window", None, 144)


def test_the_first_deadline_of_one_that_had_none_becomes_its_baseline(desk: Tracker) -> None:
    desk.commitments.add(adding("C-2025-002"), a_hand())
    desk.commitments.move_deadline(moving("2026", "C-2025-002"), a_hand())
    view = shown(desk, "C-2025-002")
    assert view.baseline == view.deadline
    assert view.review_on is None
    assert view.moves == 0


def test_a_move_told_late_holds_today_when_nobody_moved_it_since(desk: Tracker) -> None:
    desk.commitments.record_status(marking("in_progress", note="đã họp", effective_on=date(2026, 9, 1)), a_hand())
    done = desk.commitments.move_deadline(moving("2027", effective_on=date(2026, 3, 1)), a_hand())
    assert done.remarks == ()
    assert (shown(desk).status, shown(desk).deadline.value) == ("in_progress", "2027")


def test_a_move_told_late_says_so_when_a_later_one_stands(desk: Tracker) -> None:
    desk.commitments.move_deadline(moving("2028", effective_on=date(2026, 9, 1)), a_hand())
    baseline = shown(desk).baseline
    done = desk.commitments.move_deadline(moving("2027", effective_on=date(2026, 3, 1)), a_hand())
    assert [remark.code for remark in done.remarks] == ["backdated"]
    assert (shown(desk).deadline.value, shown(desk).baseline, shown(desk).moves) == ("2028", baseline, 2)
    assert shown(desk, as_of=date(2026, 4, 1)).deadline.value == "2027"


def test_two_sources_of_moves_told_in_any_order_both_stay(desk: Tracker) -> None:
    first, second = a_citation(start=300, end=400), a_citation(start=500, end=600)
    desk.commitments.move_deadline(moving("2028", source=first, effective_on=date(2026, 9, 1)), a_hand())
    desk.commitments.move_deadline(moving("2027", source=second, effective_on=date(2026, 3, 1)), a_hand())
    assert {(source.start, source.end) for source in shown(desk).sources} >= {(300, 400), (500, 600)}


def test_giving_a_first_deadline_is_no_move_even_when_an_earlier_one_is_told_later(desk: Tracker) -> None:
    desk.commitments.add(adding("C-2025-002"), a_hand())
    desk.commitments.move_deadline(moving("2027", "C-2025-002", effective_on=date(2026, 9, 1)), a_hand())
    desk.commitments.move_deadline(moving("2028", "C-2025-002", effective_on=date(2026, 3, 1)), a_hand())
    view = shown(desk, "C-2025-002")
    assert view.deadline is not None
    assert view.baseline is not None
    assert (view.deadline.value, view.baseline.value, view.moves) == ("2027", "2028", 1)


# Correcting


def test_a_correction_replaces_what_it_names_and_nothing_else(desk: Tracker) -> None:
    before = shown(desk)
    parties = [a_role("vn-moit", "lead", "assigned").model_dump(mode="json"), a_role("la").model_dump(mode="json")]
    desk.commitments.amend(amending(title="Đường bay", parties=parties, tags=["hang-khong"]), a_hand())
    view = shown(desk)
    assert (view.title.vi, view.tags, view.version) == ("Đường bay", ("hang-khong",), 2)
    assert view.lead is not None
    assert (view.lead.key, view.lead.basis) == ("vn-moit", "assigned")
    assert (view.deadline, view.status, view.sources, view.kind) == (
        before.deadline,
        before.status,
        before.sources,
        before.kind,
    )
    entry = desk.commitments.history(REF)[0]
    assert set(entry.changes) == {"title", "parties", "tags"}
    assert (entry.kind, entry.actor, entry.channel) == ("amend", "Lan", "cli")
