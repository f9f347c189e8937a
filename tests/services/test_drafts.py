"""Drafts beside the register: what it knows already is named with reasons, and reports on it become proposals."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from tests.services.small_seeds import ARTICLE
from tracker.bootstrap import Tracker, verify_database
from tracker.domain.commands import MoveDeadline, Seen
from tracker.domain.register import Words
from tracker.errors import ActInTheWay, BadOption, DraftDecided, NotFound
from tracker.reading.drafting import draft
from tracker.reading.files import read_content
from tracker.reading.likeness import Likeness, ProposedUpdate
from tracker.reading.review import KeptDraft
from tracker.render import error

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
    text = OPENING + "Lào xây cầu 5 tỷ USD đã được khánh thành."
    before = loaded.commitments.history()
    (update,) = updates(loaded, text)
    assert (update.like.ref, update.status) == ("VL-2026-002", "delivered")
    assert text[update.start : update.end] == update.sentence
    assert loaded.commitments.history() == before


def test_what_stands_so_already_and_what_was_promised_later_is_not_reported_on(loaded: Tracker) -> None:
    assert updates(loaded, OPENING + "Đường bay thẳng đã được khánh thành tại Vientiane.") == ()
    bridge = OPENING + "Lào xây cầu 5 tỷ USD đã được khánh thành."
    before_it_was_promised = draft(bridge, date(2026, 2, 1))
    assert loaded.drafts.beside(before_it_was_promised, "", as_of=TODAY)[1] == ()


def test_a_report_holds_since_the_day_it_came_out(loaded: Tracker) -> None:
    text = OPENING + "Lào đã khởi công xây cầu 5 tỷ USD."
    source = read_content("tin.txt", text.encode())
    read = draft(source.text, date(2026, 10, 1))
    drafts, found = loaded.drafts.beside(read, source.sha256, as_of=TODAY)
    hand = loaded.hand("cli")
    (one,) = loaded.drafts.save(source, read, drafts, hand, published="2026-10-01", publisher="", updates=found)
    loaded.drafts.accept(one.number, hand)
    view = loaded.commitments.show("VL-2026-002", as_of=TODAY).commitment
    assert (view.status, view.status_since) == ("in_progress", date(2026, 10, 1))


def test_drafts_are_rejected_and_let_wait_again_all_or_none(loaded: Tracker) -> None:
    first, second = kept(loaded)
    hand = loaded.hand("cli")
    with pytest.raises(NotFound):
        loaded.drafts.reject((first.number, second.number, 99), "sai", hand)
    assert [one.decision for one in loaded.drafts.listing(None)] == ["open", "open"]
    loaded.drafts.reject((second.number, first.number), "sai", hand)
    with pytest.raises(NotFound):
        loaded.drafts.reopen((first.number, 99), hand)
    assert [one.decision for one in loaded.drafts.listing(None)] == ["rejected", "rejected"]


TEXT = OPENING + "Hai bên nhất trí lập quỹ chung trong năm 2026.\nLào cam kết giảm phí 10%.\n"


def kept(tracker: Tracker, text: str = TEXT) -> tuple[KeptDraft, ...]:
    source = read_content("tuyên bố.txt", text.encode())
    read = draft(source.text, date(2026, 6, 1))
    hand = tracker.hand("cli")
    return tracker.drafts.save(source, read, read.drafts, hand, published="2026-06-01", publisher="TTXVN")


def test_drafts_are_kept_once_and_their_decisions_with_them(loaded: Tracker) -> None:
    first, second = kept(loaded)
    loaded.drafts.reject((second.number,), "đã có", loaded.hand("cli"))
    again = kept(loaded)
    assert [one.decision for one in again] == ["open", "rejected"]
    assert again[1].reason == "đã có"
    assert [one.number for one in loaded.drafts.listing()] == [first.number]
    assert again[0].draft == first.draft


def test_an_accepted_draft_is_a_commitment_with_its_sentence_as_the_source(loaded: Tracker) -> None:
    first, _ = kept(loaded)
    done = loaded.drafts.accept(first.number, loaded.hand("cli"))
    (view,) = done.commitments
    assert view.statement.vi == "Hai bên nhất trí lập quỹ chung trong năm 2026."
    assert (view.strength, view.deadline and view.deadline.value) == ("agreed", "2026")
    assert {(party.key, party.role, party.basis) for party in view.parties} == {
        ("vn", "undertaker", "proposed"),
        ("la", "undertaker", "proposed"),
    }
    (source,) = loaded.commitments.show(view.ref, as_of=TODAY).commitment.sources
    assert source.sentence == "Hai bên nhất trí lập quỹ chung trong năm 2026."
    assert [one.ref for one in loaded.drafts.listing(None)] == [view.ref, None]


def test_a_merged_draft_is_another_source_of_a_known_commitment(loaded: Tracker) -> None:
    first, _ = kept(loaded)
    loaded.drafts.merge(first.number, "VL-2026-001", loaded.hand("cli"))
    sources = loaded.commitments.show("VL-2026-001", as_of=TODAY).commitment.sources
    assert "reaffirms" in [source.role for source in sources]
    assert loaded.drafts.listing(None)[0].ref == "VL-2026-001"


def test_a_draft_that_says_more_strengthens_what_it_is_merged_into(loaded: Tracker) -> None:
    text = OPENING + "Lào sẽ xây cầu 7 tỷ USD.\n"
    source = read_content("tin.txt", text.encode())
    read = draft(source.text, date(2026, 6, 1))
    drafts, _updates = loaded.drafts.beside(read, source.sha256, as_of=TODAY)
    (one,) = loaded.drafts.save(source, read, drafts, loaded.hand("cli"), published="2026-06-01", publisher="")
    loaded.drafts.merge(one.number, "VL-2026-002", loaded.hand("cli"))
    sources = loaded.commitments.show("VL-2026-002", as_of=TODAY).commitment.sources
    assert "strengthens" in [cited.role for cited in sources]


def test_what_is_a_source_already_is_merged_without_an_act_and_let_wait_again(loaded: Tracker) -> None:
    text = OPENING + "Hai bên nhất trí lập quỹ chung trong năm 2026 và xây trường học trong năm 2028.\n"
    first, second = kept(loaded, text)
    assert first.start == second.start
    hand = loaded.hand("cli")
    (view,) = loaded.drafts.accept(first.number, hand).commitments
    before = loaded.commitments.history()
    assert loaded.drafts.merge(second.number, view.ref, hand).number == 0
    assert loaded.commitments.history() == before
    assert decisions(loaded) == [("accepted", view.ref), ("merged", view.ref)]
    loaded.drafts.reopen((second.number,), hand)
    assert decisions(loaded) == [("accepted", view.ref), ("open", None)]


def test_what_was_decided_is_not_decided_again(loaded: Tracker) -> None:
    first, _ = kept(loaded)
    loaded.drafts.accept(first.number, loaded.hand("cli"))
    before = loaded.commitments.count(as_of=TODAY)
    with pytest.raises(DraftDecided):
        loaded.drafts.accept(first.number, loaded.hand("cli"))
    with pytest.raises(DraftDecided):
        loaded.drafts.merge(first.number, "VL-2026-001", loaded.hand("cli"))
    with pytest.raises(DraftDecided):
        loaded.drafts.reject((first.number,), "sai", loaded.hand("cli"))
    assert loaded.commitments.count(as_of=TODAY) == before


def test_a_draft_is_rejected_with_a_reason_only(loaded: Tracker) -> None:
    first, _ = kept(loaded)
    with pytest.raises(BadOption):
        loaded.drafts.reject((first.number,), "  ", loaded.hand("cli"))
    assert len(loaded.drafts.listing()) == 2


def test_an_owner_whom_nobody_knows_is_said_and_left_out(loaded: Tracker) -> None:
    text = "Thủ tướng Việt Nam hội đàm với Thủ tướng Nhật Bản.\nNhật Bản cam kết xây trường học tại Việt Nam.\n"
    (one,) = kept(loaded, text)
    done = loaded.drafts.accept(one.number, loaded.hand("cli"))
    assert [(remark.code, remark.facts["name"]) for remark in done.remarks] == [("party_unknown", "Nhật Bản")]
    assert [party.key for party in done.commitments[0].parties] == ["vn"]


def test_an_empty_register_knows_nothing(tracker: Tracker) -> None:
    assert beside(tracker, ARTICLE) == []


def test_a_draft_is_open_again_when_its_act_is_taken_back_and_decided_when_it_comes_back(loaded: Tracker) -> None:
    first, second = kept(loaded)
    hand = loaded.hand("cli")

    def decisions() -> list[tuple[str, str | None]]:
        return [(one.decision, one.ref) for one in loaded.drafts.listing(None)]

    (view,) = loaded.drafts.accept(first.number, hand).commitments
    loaded.drafts.merge(second.number, "VL-2026-001", hand)
    decided = decisions()
    loaded.commitments.undo(hand)
    assert decisions() == [("accepted", view.ref), ("open", None)]
    loaded.commitments.undo(hand)
    assert decisions() == [("open", None), ("open", None)]
    loaded.commitments.redo(hand)
    loaded.commitments.redo(hand)
    assert decisions() == decided
    # Taken up a second time it is another commitment, and the first one stays gone.
    loaded.commitments.undo(hand)
    loaded.commitments.undo(hand)
    (again,) = loaded.drafts.accept(first.number, hand).commitments
    assert decisions()[0] == ("accepted", again.ref)
    assert verify_database(loaded.settings).good


def decisions(tracker: Tracker) -> list[tuple[str, str | None]]:
    return [(one.decision, one.ref) for one in tracker.drafts.listing(None)]


def test_a_draft_waits_again_when_its_commitment_is_taken_back_and_no_longer_when_it_is_done_again(
    loaded: Tracker,
) -> None:
    first, _ = kept(loaded)
    hand = loaded.hand("cli")
    (view,) = loaded.drafts.accept(first.number, hand).commitments
    loaded.commitments.undo(hand)
    assert decisions(loaded) == [("open", None), ("open", None)]
    assert loaded.drafts.listing()[0].number == first.number
    loaded.commitments.redo(hand)
    assert decisions(loaded) == [("accepted", view.ref), ("open", None)]


def test_a_draft_taken_back_is_decided_anew(loaded: Tracker) -> None:
    first, _ = kept(loaded)
    hand = loaded.hand("cli")
    loaded.drafts.merge(first.number, "VL-2026-001", hand)
    loaded.commitments.undo(hand)
    assert len(loaded.commitments.show("VL-2026-001", as_of=TODAY).commitment.sources) == 1
    loaded.drafts.reject((first.number,), "không thuộc phạm vi", hand)
    assert decisions(loaded)[0] == ("rejected", None)


def test_the_first_of_several_accepted_drafts_is_taken_back_alone(loaded: Tracker) -> None:
    first, second = kept(loaded)
    hand = loaded.hand("cli")
    done = loaded.drafts.accept(first.number, hand)
    (other,) = loaded.drafts.accept(second.number, hand).commitments
    loaded.commitments.undo(hand, act=done.act)
    assert decisions(loaded) == [("open", None), ("accepted", other.ref)]


def test_a_rejected_draft_is_let_wait_again_and_an_accepted_one_only_by_its_act(loaded: Tracker) -> None:
    first, second = kept(loaded)
    hand = loaded.hand("cli")
    loaded.drafts.reject((first.number,), "sai", hand)
    assert [one.reason for one in loaded.drafts.reopen((first.number,), hand)] == [""]
    assert decisions(loaded)[0] == ("open", None)
    loaded.drafts.accept(second.number, hand)
    with pytest.raises(DraftDecided):
        loaded.drafts.reopen((second.number,), hand)


def test_a_review_is_left_and_resumed(loaded: Tracker) -> None:
    first, second = kept(loaded)
    loaded.drafts.reject((first.number,), "đã có", loaded.hand("cli"))
    (document,) = loaded.drafts.documents()
    assert (document.file, document.drafts, document.decided) == ("tuyên bố.txt", 2, 1)
    review = loaded.drafts.review(document.sha256, as_of=TODAY)
    assert review.text == TEXT
    assert [(one.number, one.decision) for one in review.drafts] == [
        (first.number, "rejected"),
        (second.number, "open"),
    ]


def test_a_document_is_read_anew_for_another_day_while_nothing_is_decided(loaded: Tracker) -> None:
    text = OPENING + "Hai bên nhất trí lập quỹ chung trong năm nay.\n"
    source = read_content("tin.txt", text.encode())

    def read(published: date) -> KeptDraft:
        found = draft(text, published)
        spelled = published.isoformat()
        hand = loaded.hand("cli")
        (one,) = loaded.drafts.save(source, found, found.drafts, hand, published=spelled, publisher="")
        return one

    def ends(one: KeptDraft) -> int | None:
        end = one.draft.deadline and one.draft.deadline.end
        return end.year if end else None

    read(date(2025, 6, 1))
    again = read(date(2026, 6, 1))
    assert ends(again) == 2026
    loaded.drafts.reject((again.number,), "sai", loaded.hand("cli"))
    assert ends(read(date(2024, 6, 1))) == 2026


def test_an_edited_draft_is_accepted_as_edited(loaded: Tracker) -> None:
    first, _ = kept(loaded)
    proposal = loaded.drafts.proposal(first.number)
    assert proposal.command.title.vi == "Lập quỹ chung trong năm 2026"
    edited = proposal.command.model_copy(update={"title": Words(vi="Lập quỹ"), "deadline_value": "2026-12"})
    (view,) = loaded.drafts.accept(first.number, loaded.hand("cli"), edited).commitments
    assert (view.title.vi, view.deadline and view.deadline.value) == ("Lập quỹ", "2026-12")
    assert view.deadline is not None
    assert view.deadline.certainty == "stated"


def test_a_report_on_two_that_are_about_as_alike_is_proposed_for_both(loaded: Tracker) -> None:
    proposal = loaded.drafts.proposal(kept(loaded)[0].number).command
    refs = []
    for state in ("Việt Nam", "Lào"):
        words = Words(vi=f"Phối hợp chuẩn bị Đại hội Đảng của {state}")
        command = proposal.model_copy(update={"title": words, "statement": words})
        refs += [view.ref for view in loaded.commitments.add(command, loaded.hand("cli")).commitments]
    found = updates(loaded, OPENING + "Đại hội Đảng của Việt Nam và Đại hội Đảng của Lào đã được tổ chức thành công.")
    assert sorted((one.like.ref, one.status) for one in found) == [(ref, "delivered") for ref in refs]


REPORT = OPENING + "Đường bay thẳng đang được triển khai tại Vientiane.\n"


def reports(tracker: Tracker) -> tuple[KeptDraft, ...]:
    source = read_content("tin.txt", REPORT.encode())
    read = draft(source.text, date(2026, 10, 1))
    drafts, found = tracker.drafts.beside(read, source.sha256, as_of=TODAY)
    hand = tracker.hand("cli")
    return tracker.drafts.save(source, read, drafts, hand, published="2026-10-01", publisher="", updates=found)


def test_a_sentence_that_reports_waits_too_and_accepted_marks_its_commitment(loaded: Tracker) -> None:
    (one,) = [kept for kept in reports(loaded) if kept.draft.status]
    assert (one.draft.status, one.draft.similar[0].ref) == ("in_progress", "VL-2026-001")
    (view,) = loaded.drafts.accept(one.number, loaded.hand("cli")).commitments
    assert (view.ref, view.status) == ("VL-2026-001", "in_progress")
    assert (one.number, "accepted", "VL-2026-001") in [
        (each.number, each.decision, each.ref) for each in loaded.drafts.listing(None)
    ]
    loaded.commitments.undo(loaded.hand("cli"))
    assert one.number in [each.number for each in loaded.drafts.listing()]


def test_what_was_taken_up_anew_since_is_not_brought_back_beside_it(loaded: Tracker) -> None:
    first, _ = kept(loaded)
    hand = loaded.hand("cli")
    done = loaded.drafts.accept(first.number, hand)
    loaded.commitments.undo(hand)
    (again,) = loaded.drafts.accept(first.number, hand).commitments
    with pytest.raises(ActInTheWay) as refused:
        loaded.commitments.redo(hand, act=done.act)
    assert (refused.value.reason, refused.value.ref) == ("drafted", again.ref)
    assert "the draft that it took up was decided anew" in error(refused.value)
    loaded.commitments.undo(hand)
    loaded.commitments.redo(hand, act=done.act)
    assert loaded.commitments.show(done.commitments[0].ref, as_of=TODAY)


def test_one_of_two_drafts_of_a_sentence_does_not_stand_in_the_way_of_the_other(loaded: Tracker) -> None:
    text = OPENING + "Hai bên nhất trí lập quỹ chung trong năm 2026 và xây trường học trong năm 2028.\n"
    first, second = kept(loaded, text)
    hand = loaded.hand("cli")
    done = loaded.drafts.accept(first.number, hand)
    loaded.commitments.undo(hand)
    loaded.drafts.accept(second.number, hand)
    loaded.commitments.redo(hand, act=done.act)
    assert [decision for decision, _ref in decisions(loaded)] == ["accepted", "accepted"]


def test_an_amount_is_aimed_at_the_figure_that_its_sentence_names(loaded: Tracker) -> None:
    text = OPENING + "Hai bên nhất trí đưa kim ngạch hai chiều lên 7 tỷ USD vào năm 2030.\nLào cam kết giảm phí 10%.\n"
    trade, fee = kept(loaded, text)
    assert {one.number: dict(loaded.drafts.proposal(one.number).aims) for one in (trade, fee)} == {
        trade.number: {"7 tỷ USD": Words(vi="Kim ngạch", en="Trade")},
        fee.number: {"10%": None},
    }
    review = loaded.drafts.review(trade.sha256, as_of=TODAY)
    assert review.aims[trade.number] == {"7 tỷ USD": Words(vi="Kim ngạch", en="Trade")}
    done = loaded.drafts.accept(trade.number, loaded.hand("cli"))
    (target,) = done.commitments[0].targets
    assert (target.figure, target.value, target.by, done.remarks) == ("trade", 7 * 10**9, "..2030", ())
    done = loaded.drafts.accept(fee.number, loaded.hand("cli"))
    assert done.commitments[0].targets == ()
    assert [(remark.code, remark.facts["amount"]) for remark in done.remarks] == [("aimed_at_nothing", "10%")]


def test_what_was_accepted_of_one_document_is_named_beside_the_drafts_of_another(loaded: Tracker) -> None:
    (first,) = kept(loaded, OPENING + "Hai bên nhất trí lập quỹ chung về nghề cá trong năm 2026.\n")
    (second,) = kept(loaded, OPENING + "Hai bên khẳng định sẽ sớm lập quỹ chung về nghề cá trong năm 2027.\n")
    assert second.draft.similar == ()
    (view,) = loaded.drafts.accept(first.number, loaded.hand("cli")).commitments
    (one,) = loaded.drafts.review(second.sha256, as_of=TODAY).drafts
    assert [(like.ref, like.relation) for like in one.draft.similar] == [(view.ref, "moved")]


def test_a_sentence_with_two_deadlines_is_not_like_the_commitment_that_its_first_one_became(loaded: Tracker) -> None:
    text = OPENING + "Hai bên nhất trí lập quỹ chung trong năm 2026 và xây trường học trong năm 2028.\n"
    first, second = kept(loaded, text)
    loaded.drafts.accept(first.number, loaded.hand("cli"))
    review = loaded.drafts.review(first.sha256, as_of=TODAY)
    assert {one.number: one.draft.similar for one in review.drafts}[second.number] == ()


def test_a_deadline_that_moved_since_a_document_was_read_counts_as_it_is_now(loaded: Tracker) -> None:
    hand = loaded.hand("cli")
    (first,) = kept(loaded, OPENING + "Hai bên nhất trí lập quỹ chung về nghề cá trong năm 2026.\n")
    (view,) = loaded.drafts.accept(first.number, hand).commitments
    text = OPENING + "Hai bên nhất trí lập quỹ chung về nghề cá vào năm 2028.\n"
    source = read_content("tin.txt", text.encode())
    read = draft(source.text, date(2026, 6, 1))
    drafts, _updates = loaded.drafts.beside(read, source.sha256, as_of=TODAY)
    (one,) = loaded.drafts.save(source, read, drafts, hand, published="2026-06-01", publisher="")
    assert [(like.ref, like.relation) for like in one.draft.similar] == [(view.ref, "moved")]
    moved = MoveDeadline(commitments=(Seen(ref=view.ref),), value="..2028", note="hai bên thống nhất")
    loaded.commitments.move_deadline(moved, hand)
    (one,) = loaded.drafts.review(source.sha256, as_of=TODAY).drafts
    assert [(like.ref, like.relation) for like in one.draft.similar] == [(view.ref, "same")]
