"""Drafts beside the register: what it knows already is named with reasons, and reports on it become proposals."""

from __future__ import annotations

import hashlib
from datetime import date

from tests.services.small_seeds import ARTICLE
from tracker.bootstrap import Tracker
from tracker.reading.drafting import draft
from tracker.reading.likeness import Likeness, ProposedUpdate

TODAY = date(2026, 11, 21)
OPENING = "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\n"


def beside(tracker: Tracker, text: str) -> list[Likeness]:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    drafts, _updates = tracker.drafts.beside(draft(text, date(2026, 6, 1)), sha256, as_of=TODAY)
    return [like for one in drafts for like in one.similar]


def updates(tracker: Tracker, text: str) -> tuple[ProposedUpdate, ...]:
    return tracker.drafts.beside(draft(text, date(2026, 10, 1)), "", as_of=TODAY)[1]


def test_the_sentence_that_a_commitment_was_taken_from_is_known_again(loaded: Tracker) -> None:
    found = [(like.ref, like.score, like.because[0]) for like in beside(loaded, ARTICLE)]
    assert found == [("VL-2026-001", 1.0, "place"), ("VL-2026-002", 1.0, "place")]


def test_another_wording_of_a_commitment_is_proposed_with_its_reasons(loaded: Tracker) -> None:
    (like,) = beside(loaded, OPENING + "Hai bên nhất trí sớm mở đường bay thẳng trong năm 2026.")
    assert (like.ref, like.relation, like.because) == ("VL-2026-001", "same", ("deadline", "wording"))


def test_another_deadline_of_the_same_promise_is_said_to_be_moved(loaded: Tracker) -> None:
    (like,) = beside(loaded, OPENING + "Hai bên nhất trí mở đường bay thẳng vào năm 2028.")
    assert (like.ref, like.relation) == ("VL-2026-001", "moved")


def test_a_larger_amount_is_said_to_be_stronger(loaded: Tracker) -> None:
    (like,) = beside(loaded, OPENING + "Lào sẽ xây cầu 7 tỷ USD.")
    assert (like.ref, like.relation) == ("VL-2026-002", "stronger")


def test_the_same_boilerplate_about_something_else_is_not_alike(loaded: Tracker) -> None:
    assert beside(loaded, OPENING + "Hai bên nhất trí tăng cường hợp tác về giáo dục và y tế.") == []


def test_what_is_promised_to_another_partner_is_not_alike(loaded: Tracker) -> None:
    text = "Thủ tướng Việt Nam và Thủ tướng Nhật Bản hội đàm.\nNhật Bản cam kết mở đường bay thẳng tới Việt Nam."
    assert beside(loaded, text) == []


def test_a_sentence_that_reports_completion_proposes_a_status_and_marks_nothing(loaded: Tracker) -> None:
    text = OPENING + "Đường bay thẳng đã được khánh thành tại Vientiane."
    before = loaded.commitments.history()
    (update,) = updates(loaded, text)
    assert (update.like.ref, update.status) == ("VL-2026-001", "delivered")
    assert text[update.start : update.end] == update.sentence
    assert loaded.commitments.history() == before


def test_an_empty_register_knows_nothing(tracker: Tracker) -> None:
    assert beside(tracker, ARTICLE) == []
