"""The values of the register: what they refuse, and that a change takes two of them apart and puts them together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.factories import (
    a_citation,
    a_commitment,
    a_deadline,
    a_document,
    a_hand,
    a_party,
    a_role,
    an_act,
    evidence,
)
from tracker.domain.change import changes, replay
from tracker.domain.history import NOTHING_BEFORE, ActKind, Entry, act_hash, canonical, entry_hash, moment
from tracker.domain.register import (
    Commitment,
    Event,
    Figure,
    Milestone,
    Reading,
    Side,
    Span,
    Target,
    Words,
)
from tracker.domain.status import Status


@pytest.mark.parametrize(
    "fields",
    [
        {"ref": "vl-2026-001"},
        {"ref": "VL 2026 001"},
        {"ref": "VL-26-001"},
        {"title": ""},
        {"title": {"vi": " ", "en": ""}},
        {"title": {"vi": "a", "fr": "b"}},
        {"kind": "promise"},
        {"status": "done"},
        {"owner": "Lan"},
        {"done": "soon"},
        {"tags": ("Hai từ",)},
        {"parties": (a_role("vn", "lead"), a_role("la", "lead"))},
        {"parties": (a_role("vn"), a_role("vn"))},
    ],
    ids=str,
)
def test_a_commitment_refuses_what_is_none(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_commitment(**{"ref": "C-2026-001"} | fields)


def test_a_place_ends_after_it_begins() -> None:
    with pytest.raises(ValidationError):
        a_citation(start=20, end=20)
    with pytest.raises(ValidationError):
        a_citation(paragraph=0)


def test_a_period_that_is_none_is_refused_with_its_key() -> None:
    with pytest.raises(ValidationError) as refused:
        Event(key="visit", name=Words(vi="Chuyến thăm"), on="sớm")
    assert refused.value.errors()[0]["loc"] == ("on",)


def test_words_are_shown_in_the_language_that_there_is() -> None:
    assert Words(vi="Lào", en="Laos").said_in("en") == "Laos"
    assert Words(vi="Lào").said_in("en") == "Lào"
    assert Words(en="Laos").said_in("vi") == "Laos"


def test_money_is_kept_to_the_last_digit() -> None:
    target = Target(figure="trade", value=Decimal("5000000000.10"))
    assert target.model_dump(mode="json")["value"] == "5000000000.1"
    assert Target(figure="trade", value=Decimal("5E9")).model_dump(mode="json")["value"] == "5000000000"


deadlines = st.sampled_from([None, "2026", "2026-Q3", "..2030", "2026-01-30..2026-02-02", "none", "recurring"])
commitments = st.builds(
    a_commitment,
    st.just("C-2026-001"),
    deadline=deadlines,
    text=st.sampled_from(["", "sớm", "trong năm 2026"]),
    title=st.sampled_from(["Đường bay", "Đường cao tốc"]),
    status=st.sampled_from(Status),
    status_since=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    done=st.sampled_from([None, "unknown", "2026-05-20", "2026-Q1"]),
    review_on=st.none() | st.dates(),
    evidence_tier=st.integers(0, 3),
    parties=st.sampled_from([(), (a_role("vn"),), (a_role("vn"), a_role("la", "lead", "proposed"))]),
    sources=st.lists(st.builds(a_citation, start=st.integers(0, 10)), min_size=1, max_size=3).map(tuple),
    targets=st.sampled_from([(), (Target(figure="trade", value=Decimal("5E9"), by="..2030"),)]),
    milestones=st.sampled_from([(), (Milestone(name=Words(vi="Ký"), deadline=a_deadline("2026-Q2", "quý II")),)]),
    sides=st.sampled_from([(), (Side(party="la", status=Status.PARTIAL, since=date(2026, 1, 1)),)]),
    tags=st.sampled_from([(), ("a", "b")]),
)


@given(st.none() | commitments, commitments)
def test_a_change_put_on_what_was_before_gives_what_came_after(before: Commitment | None, after: Commitment) -> None:
    change = changes(before, after)
    assert replay(Commitment, before, change) == after
    assert canonical(change)
    if before == after:
        assert not change


def test_a_change_names_only_what_changed() -> None:
    before = a_commitment(deadline="2026")
    after = before.model_copy(update={"status": Status.PARTIAL, "review_on": date(2026, 12, 1)})
    assert changes(before, after) == {"status": ("recorded", "partial"), "review_on": (None, "2026-12-01")}
    assert set(changes(None, a_party("vn", "Việt Nam"))) == {"key", "kind", "country", "name"}


@pytest.mark.parametrize(
    "subject",
    [
        a_commitment(deadline="2026-Q3"),
        a_party(),
        a_document(),
        Event(key="visit", name=Words(vi="Chuyến thăm"), on="2026-02-05", parties=("vn",)),
        Figure(
            key="trade",
            name=Words(vi="Kim ngạch"),
            unit="USD",
            readings=(
                Reading(
                    period="2025", value=Decimal("3000000000"), place=Span(**a_citation().model_dump(exclude={"role"}))
                ),
            ),
        ),
    ],
    ids=lambda subject: subject.kind_of_subject,
)
def test_each_subject_comes_back_from_its_plain_form(subject: Any) -> None:
    assert type(subject).model_validate(subject.plain()) == subject
    assert subject.subject_ref


def test_a_deadline_at_an_event_comes_back_with_the_days_it_had() -> None:
    commitment = a_commitment()
    plain = {"text": "dịp thăm", "value": "event:visit", "start": "2026-02-05", "end": "2026-02-05"}
    given = Commitment.model_validate(commitment.plain() | {"deadline": plain})
    assert given.deadline is not None
    assert (given.deadline.end, given.deadline.certainty) == (date(2026, 2, 5), "derived")
    assert Commitment.model_validate(given.plain()) == given


# What is hashed


def test_the_hash_of_an_entry_changes_with_everything_that_it_says() -> None:
    act = an_act("a" * 36)
    entry = Entry(
        ActKind.MARK,
        "commitment",
        "C-2026-001",
        1,
        date(2026, 1, 1),
        {"status": ("recorded", "partial")},
        "đã họp",
        {"side": None},
    )
    others = [
        (an_act("b" * 36), entry, NOTHING_BEFORE),
        (an_act("a" * 36, actor="Minh"), entry, NOTHING_BEFORE),
        (an_act("a" * 36, channel="tui"), entry, NOTHING_BEFORE),
        (an_act("a" * 36, undoes="c" * 36), entry, NOTHING_BEFORE),
        (act, Entry(**_fields(entry) | {"ref": "C-2026-002"}), NOTHING_BEFORE),
        (act, Entry(**_fields(entry) | {"kind": ActKind.MOVE}), NOTHING_BEFORE),
        (act, Entry(**_fields(entry) | {"position": 2}), NOTHING_BEFORE),
        (act, Entry(**_fields(entry) | {"effective_on": date(2026, 1, 2)}), NOTHING_BEFORE),
        (act, Entry(**_fields(entry) | {"reason": "đã gặp"}), NOTHING_BEFORE),
        (act, Entry(**_fields(entry) | {"change": {"status": ("recorded", "delivered")}}), NOTHING_BEFORE),
        (act, Entry(**_fields(entry) | {"update": None}), NOTHING_BEFORE),
        (act, entry, "1" * 64),
    ]
    hashes = {entry_hash(act, entry, NOTHING_BEFORE)} | {entry_hash(*other) for other in others}
    assert len(hashes) == len(others) + 1
    assert all(len(digest) == 64 for digest in hashes)


def test_the_spelling_that_is_hashed_never_changes() -> None:
    act = an_act("00000000-0000-0000-0000-000000000001")
    entry = Entry(
        ActKind.MARK, "commitment", "C-2026-001", 1, date(2026, 1, 1), {"status": ("recorded", "partial")}, "đã họp"
    )
    assert moment(act.recorded_at) == "2026-11-21T02:30:00.123456Z"
    assert canonical({"b": [1, None], "a": "đ"}) == '{"a":"đ","b":[1,null]}'
    assert entry_hash(act, entry, NOTHING_BEFORE) == PINNED_ENTRY
    assert act_hash(NOTHING_BEFORE, 1, act.id, ["0" * 64]) == PINNED_ACT


# Made once and written down: if one of these changes, the chains of every register in use are broken.
PINNED_ENTRY = "a3fedfeeac211daebccfe74ad61c45ba9ff9944c0774626381a3e6438bf41bef"
PINNED_ACT = "0bd83a450d7e68d27a5009093692abeadf09ebfb6b348a2d0de466450e567285"


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Entry.__dataclass_fields__}


@pytest.mark.parametrize("tier", [0, 4])
def test_evidence_has_a_tier_from_a_claim_to_proof(tier: int) -> None:
    assert evidence(3).tier == 3
    with pytest.raises(ValidationError):
        evidence(tier)


def test_an_act_gets_an_id_unless_the_client_made_one() -> None:
    assert a_hand("x").act() == "x"
    assert a_hand().act() != a_hand().act()
