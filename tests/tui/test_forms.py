"""The forms of the acts: each asks for what its act needs, says what is wrong at the field, and does what it says."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from textual.widgets import Static

from tests.tui.desk import DAY, Open, Person
from tracker.domain.commands import AmendCommitment, OnMany, RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.status import Status
from tracker.domain.views import CommitmentDetail, Preview
from tracker.services import acting
from tracker.tui.forms import open_act
from tracker.tui.screens.act import ActDialog
from tracker.tui.screens.add import AddDialog
from tracker.tui.screens.batch import BatchDialog
from tracker.tui.screens.compare import CompareDialog
from tracker.tui.screens.edit import EditDialog
from tracker.tui.screens.follow_up import AnswerDialog, PlanDialog, PutOffDialog
from tracker.tui.screens.library import DocumentDialog, PartyDialog
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.move import MoveDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.tell import EvidenceDialog, NoteDialog
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.one_of import OneOfList

REF = "VL-2025-013"
DATED = "VL-2025-004"
COLLEAGUE = Hand("Minh", "cli", DAY)
D = TypeVar("D", bound=ActDialog)


async def opened(person: Person, act: str, dialog: type[D], *refs: str) -> D:
    """Open the form of an act on these commitments."""
    room = await person.at(RegisterRoom)
    chosen = tuple(Seen(ref=ref) for ref in refs or (REF,))
    vars(room)["chosen"] = lambda: chosen
    open_act(room, act)
    found = await person.at(dialog)
    await person.until(lambda: found._ready, "the form to be filled")
    return found


def shown(person: Person, ref: str = REF) -> CommitmentDetail:
    return person.app.tracker.commitments.show(ref, as_of=DAY)


async def fill(person: Person, dialog: ActDialog, **texts: str) -> None:
    dialog.form.fill(texts)
    await person.pilot.pause()


async def saved(person: Person) -> None:
    await person.press("f9")
    await person.at(RegisterRoom)


async def test_what_was_told_before_does_not_lie_over_a_form(desk: Open) -> None:
    async with desk() as person:
        person.app.say("A new register was made.")
        await person.until(lambda: person.app.screen.query("Toast"), "the notice")
        await opened(person, "note", NoteDialog)
        await person.until(lambda: not person.app.screen.query("Toast"), "nothing over the form")


async def test_what_was_refused_before_is_said_no_longer(desk: Open) -> None:
    async with desk((80, 24)) as person:
        dialog = await opened(person, "move", MoveDialog, DATED)
        present = shown(person, DATED).commitment.deadline
        assert present is not None
        await fill(person, dialog, deadline=present.value, note="Agreed.")
        await person.press("f9")
        below = dialog.query_one(".answer", Notice)
        await person.until(lambda: "see “" in below.said)
        await fill(person, dialog, note="")
        assert not below.said
        await person.press("f9")
        await person.sees("Still missing")
        assert not below.said


async def test_without_a_document_the_form_says_where_a_source_comes_from(desk: Open, articles: str) -> None:
    async with desk((80, 24)) as person:
        await opened(person, "add", AddDialog)
        await person.sees("no document here has its text", "F9 o: Add the text of a document")
        await person.press("escape", "f9", "o")
        dialog = await person.at(DocumentDialog)
        await person.until(lambda: dialog._ready)
        await fill(person, dialog, file=articles)
        await saved(person)
        await opened(person, "add", AddDialog)
        await person.settles()
        assert "no document here" not in person.screen


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_a_deadline_is_moved_and_the_baseline_stays(desk: Open, language: str) -> None:
    async with desk((80, 24), language) as person:
        before = shown(person, DATED).commitment
        dialog = await opened(person, "move", MoveDialog, DATED)
        await person.press("f9")
        assert dialog.form.fields["deadline"].wants
        await fill(person, dialog, deadline="trước ngày 30/6/2027", note="Hai bên thống nhất.")
        assert dialog.form.fields["deadline"].said
        assert not dialog.form.fields["note"].wants
        await saved(person)
        after = shown(person, DATED).commitment
        assert after.deadline is not None
        assert after.deadline.value == "..2027-06-30"
        assert after.baseline == before.baseline
        assert after.moves == before.moves + 1


async def test_a_move_to_the_same_deadline_is_refused_at_its_field(desk: Open) -> None:
    async with desk() as person:
        present = shown(person, DATED).commitment.deadline
        assert present is not None
        dialog = await opened(person, "move", MoveDialog, DATED)
        await fill(person, dialog, deadline=present.value, note="Again.")
        await person.press("f9")
        await person.until(lambda: "already; a move must change it" in dialog.form.fields["deadline"].said)
        assert dialog.form.fields["deadline"].editor.has_focus
        assert "see “New deadline”" in dialog.query_one(".answer", Notice).said


async def test_words_without_a_day_are_no_deadline_and_are_kept(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "move", MoveDialog)
        await fill(person, dialog, deadline="sớm", note="Dated no more.")
        assert "we look again on 19 Feb 2027" in dialog.form.fields["deadline"].said
        await saved(person)
        after = shown(person).commitment.deadline
        assert after is not None
        assert (after.value, after.text) == ("none", "sớm")


async def test_a_note_leaves_the_status_and_is_in_the_history(desk: Open) -> None:
    async with desk() as person:
        before = shown(person).commitment
        dialog = await opened(person, "note", NoteDialog)
        await person.press("f9")
        assert dialog.form.fields["note"].said == "Still missing."
        await person.write("Called; they are preparing it.")
        await saved(person)
        await person.hears("the note is recorded")
        detail = shown(person)
        assert detail.updates[0].note == "Called; they are preparing it."
        assert (detail.commitment.status, detail.commitment.status_since) == (before.status, before.status_since)


async def test_evidence_is_added_to_what_stands(desk: Open) -> None:
    async with desk() as person:
        before = shown(person).commitment
        dialog = await opened(person, "evidence", EvidenceDialog)
        await fill(person, dialog, evidence="nowhere.pdf", tier="3")
        await person.press("f9")
        await person.until(lambda: "nowhere.pdf" in dialog.form.fields["evidence"].said)
        await fill(person, dialog, evidence="https://example.org/measured")
        await saved(person)
        after = shown(person)
        assert after.commitment.evidence_tier == 3
        assert after.commitment.status is before.status
        assert [each.value for each in after.updates[0].evidence] == ["https://example.org/measured"]


async def test_a_follow_up_is_planned_done_in_one_key_and_answered(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        await person.press("f9")
        assert {name for name, field in dialog.form.fields.items() if field.wants} == {"what", "on"}
        await fill(person, dialog, what="Nhắc báo cáo", on="2026-11-21", how="call", answer_due="2026-12-01")
        await fill(person, dialog, rule="every blue moon")
        assert dialog.form.fields["rule"].wants
        await fill(person, dialog, rule="monthly", to="bo xay dung 2")
        await person.press("f9")
        await person.until(lambda: dialog.form.fields["to"].wants, "no such party")
        await fill(person, dialog, to="")
        await saved(person)
        await person.press("ctrl+t")
        await person.hears("is done; its answer is due on")
        planned = person.app.tracker.followups.listing(as_of=DAY, ref=REF)
        assert sorted(each.on.isoformat() for each in planned if each.state != "closed") == ["2026-11-21", "2026-12-21"]
        await person.press("ctrl+t")
        answer = await person.at(AnswerDialog)
        await person.until(lambda: answer._ready)
        await person.write("It will come in December.")
        await saved(person)
        (closed,) = person.app.tracker.followups.listing(as_of=DAY, ref=REF, state="closed")
        assert closed.answer == "It will come in December."


@pytest.mark.parametrize(("button", "day"), [(0, "2026-11-22"), (1, "2026-11-28"), (2, "2026-12-21")])
async def test_putting_off_asks_for_the_day_only(desk: Open, button: int, day: str) -> None:
    async with desk() as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        await fill(person, dialog, what="Ask", on="2026-11-21")
        await saved(person)
        await person.press("ctrl+l")
        other = await person.at(PutOffDialog)
        await person.until(lambda: other._ready)
        assert list(other.form.fields) == ["on"]
        await person.sees("Tomorrow", "Next week", "Next month")
        await person.pilot.click(f"#day-{button}")
        await person.at(RegisterRoom)
        (planned,) = person.app.tracker.followups.listing(as_of=DAY, ref=REF)
        assert planned.on.isoformat() == day


async def test_what_lies_ahead_is_put_off_from_its_own_day(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        await fill(person, dialog, what="Ask", on="2026-11-21", answer_due="2026-12-01")
        await saved(person)
        await person.press("ctrl+t")
        await person.hears("is done; its answer is due on")
        await person.press("ctrl+l")
        other = await person.at(PutOffDialog)
        await person.until(lambda: other._ready)
        await person.sees("Ask: its answer is due on 1 Dec 2026", "A day later", "A week later", "A month later")
        await person.pilot.click("#day-1")
        await person.at(RegisterRoom)
        (waiting,) = person.app.tracker.followups.listing(as_of=DAY, ref=REF)
        assert str(waiting.answer_due) == "2026-12-08"


async def test_without_a_follow_up_nothing_is_done(desk: Open) -> None:
    async with desk() as person:
        await person.press("ctrl+l")
        await person.hears("has no follow-up that is open")


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_an_edit_sends_what_was_changed_and_nothing_else(desk: Open, language: str) -> None:
    async with desk((80, 24), language) as person:
        before = shown(person).commitment
        dialog = await opened(person, "edit", EditDialog)
        assert dialog.form.typed["title_vi"] == before.title.vi
        await person.press("f9")
        await person.until(lambda: dialog.query_one(".answer", Notice).said)
        await fill(person, dialog, title_en="The motorway", tags="giao thông, Cao tốc", note="Better English.")
        await saved(person)
        detail = shown(person)
        assert detail.commitment.title.en == "The motorway"
        assert detail.commitment.title.vi == before.title.vi
        assert detail.commitment.tags == ("giao-thong", "cao-toc")
        assert set(detail.entries[0].changes) == {"title", "tags"}
        assert detail.entries[0].reason == "Better English."


async def test_a_party_is_named_with_its_role_and_taken_away(desk: Open) -> None:
    async with desk((100, 40)) as person:
        before = shown(person).commitment.parties
        dialog = await opened(person, "edit", EditDialog)
        rows = dialog.form.fields["parties"].editor.rows  # type: ignore[attr-defined]
        assert len(rows) == len(before) + 1
        rows[0].line.value = ""
        rows[-1].line.value = "Không có ai tên thế"
        rows[-1].role.value = "supporting"
        await person.pilot.pause()
        await person.press("f9")
        await person.until(lambda: "Không có ai tên thế" in dialog.form.fields["parties"].said)
        rows[-1].line.value = "bo ngoai giao"
        await person.pilot.pause()
        await saved(person)
        after = shown(person).commitment.parties
        assert [(each.key, each.role) for each in after] == [
            *((each.key, each.role) for each in before[1:]),
            ("vn-mofa", "supporting"),
        ]


async def test_a_new_commitment_needs_its_source_and_shows_the_sentence(desk: Open, articles: str) -> None:
    async with desk((100, 40)) as person:
        await person.press("insert")
        dialog = await person.at(AddDialog)
        await person.until(lambda: dialog._ready)
        await person.press("f9")
        assert dialog.form.fields["source"].wants
        assert dialog.form.fields["title_vi"].said == "Still missing; one is enough: title (vi), title (en)."
        person.app.tracker.library.add_documents([Path(articles)], person.app.tracker.hand("cli"))
        await fill(person, dialog, source="bai.txt:2", title_vi="Mở chợ biên giới", deadline="năm 2027")
        await person.until(lambda: "Hai bên sẽ mở chợ" in dialog.form.fields["source"].said)
        await saved(person)
        (added,) = person.app.tracker.commitments.page("cho bien gioi", as_of=DAY, offset=0, limit=5)
        assert added.deadline is not None
        assert added.deadline.value == "2027"
        assert added.sources[0].paragraph == 2


async def test_a_place_that_is_not_there_is_said_at_the_source(desk: Open, articles: str) -> None:
    async with desk((100, 40)) as person:
        dialog = await opened(person, "add", AddDialog)
        await fill(person, dialog, source="nothing.txt:1", title_vi="A")
        await person.press("f9")
        await person.until(lambda: "nothing.txt" in dialog.form.fields["source"].said)
        assert dialog.form.fields["source"].wants


async def test_a_party_and_a_document_are_added(desk: Open, articles: str) -> None:
    async with desk((80, 24)) as person:
        dialog = await opened(person, "party", PartyDialog)
        await fill(person, dialog, name_vi="Vụ Đông Bắc Á", country="VNM")
        await person.press("f9")
        await person.until(lambda: dialog.form.fields["country"].wants)
        await fill(person, dialog, country="vn", aliases="ĐBÁ")
        await saved(person)
        assert person.app.tracker.library.party("đbá").key == "vu-dong-bac-a"
        document = await opened(person, "document", DocumentDialog)
        await fill(person, document, file=articles + ".missing")
        await person.press("f9")
        await person.until(lambda: document.form.fields["file"].wants)
        await fill(person, document, file=articles, published="2026-11")
        await saved(person)
        assert person.app.tracker.library.document("bai.txt").published == "2026-11"


@pytest.mark.parametrize("act", ["move", "note", "evidence", "follow_up", "edit", "add", "party", "document"])
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_form_fits_and_can_be_left(desk: Open, act: str, language: str) -> None:
    async with desk((80, 24), language) as person:
        dialog = await opened(person, act, ActDialog)
        lines = person.screen.splitlines()
        assert "F9" in lines[-2]
        assert all(len(line) <= 80 for line in lines)
        for _time in range(40):
            await person.press("tab")
            focused = person.app.focused
            assert focused is not None
            assert dialog.region.contains_region(focused.region)
        await person.press("escape")
        await person.at(RegisterRoom)


async def test_away_from_today_no_form_opens(desk: Open) -> None:
    async with desk() as person:
        room = await person.at(RegisterRoom)
        person.app.show_day(DAY.replace(month=1))
        for act in ("edit", "add"):
            open_act(room, act)
        await person.hears("the register is changed only as it is today")
        assert person.app.screen is room


async def test_a_status_is_recorded_of_many_at_once(desk: Open) -> None:
    async with desk() as person:
        closed = next(
            view.ref for view in person.app.tracker.commitments.page("is:closed", as_of=DAY, offset=0, limit=1)
        )
        dialog = await opened(person, "mark", MarkDialog, REF, "VL-2025-026", closed)
        await person.sees("3 commitments: VL-2025-013, VL-2025-026")
        await fill(person, dialog, status="withdrawn", note="Given up.")
        await person.press("f9")
        await person.at(BatchDialog)
        await person.sees("2 commitments will be changed. 1 is refused", closed, "is closed already")
        await person.sees("VL-2025-026 Carry out the Hà Nội - Vientiane memorandum")
        await person.press("escape")
        await person.at(MarkDialog)
        assert shown(person).commitment.status is not Status.WITHDRAWN
        await person.press("f9")
        await person.at(BatchDialog)
        await person.press("f9")
        await person.at(RegisterRoom)
        await person.hears("2 commitments were changed")
        assert {shown(person, ref).commitment.status for ref in (REF, "VL-2025-026")} == {Status.WITHDRAWN}


async def test_a_stale_edit_shows_both_values_and_lets_the_person_choose(desk: Open) -> None:
    async with desk((100, 40)) as person:
        dialog = await opened(person, "edit", EditDialog)
        await fill(person, dialog, title_en="Mine", tags="mine", sector="border")
        theirs = {"title": {"vi": shown(person).commitment.title.vi, "en": "Theirs"}, "strength": "signed"}
        person.app.tracker.commitments.amend(
            AmendCommitment(commitments=(Seen(ref=REF),), fields=theirs | {"sector": "local"}), COLLEAGUE
        )
        await person.press("f9")
        await person.at(CompareDialog)
        await person.sees("Title (en)", "Mine", "Theirs", "Sector", "Border", "Local cooperation")
        called = [str(each.content) for each in person.app.screen.query(".called").results(Static)]
        assert called == ["Title (en)", "Sector"]
        assert person.screen.count("▐●▌ yours") == person.screen.count("▐ ▌ theirs") == 2
        await person.until(lambda: person.app.focused is not None)
        await person.press("right", "down", "right", "left", "f9")
        await person.at(EditDialog)
        await person.pilot.pause()
        typed = dialog.form.typed
        assert (typed["title_en"], typed["sector"], typed["tags"], typed["strength"]) == (
            "Theirs",
            "border",
            "mine",
            "signed",
        )
        await saved(person)
        after = shown(person).commitment
        assert (after.title.en, after.sector, after.tags, after.strength) == ("Theirs", "border", ("mine",), "signed")


@pytest.mark.parametrize(
    ("act", "texts", "count"),
    [
        ("move", {"deadline": "2027-Q2", "note": "Agreed."}, 2),
        ("note", {"note": "Heard nothing."}, 3),
        ("evidence", {"evidence": "https://example.org/report"}, 3),
        ("follow_up", {"what": "Remind", "on": "2026-12-01"}, 2),
        ("edit", {"lead": "bộ ngoại giao", "add_tags": "ưu tiên", "sector": "border"}, 3),
    ],
)
async def test_every_act_works_on_many_and_is_one_act(desk: Open, act: str, texts: dict[str, str], count: int) -> None:
    async with desk((100, 40)) as person:
        tracker = person.app.tracker
        (closed,) = tracker.commitments.page("is:closed", as_of=DAY, offset=0, limit=1)
        before = len(tracker.commitments.history())
        dialog = await opened(person, act, ActDialog, REF, DATED, closed.ref)
        await fill(person, dialog, **texts)
        await person.press("f9")
        await person.at(BatchDialog)
        await person.sees(f"{count} commitments will be changed.")
        await person.press("f9")
        await person.at(RegisterRoom)
        await person.hears(f"{count} commitments were changed")
        added = tracker.commitments.history()[: len(tracker.commitments.history()) - before]
        assert len({entry.act for entry in added}) == 1
        if act == "edit":
            for ref in (REF, DATED, closed.ref):
                view = shown(person, ref).commitment
                assert view.lead is not None
                assert (view.lead.key, view.sector) == ("vn-mofa", "border")
                assert "uu-tien" in view.tags


async def test_recording_many_can_be_stopped_and_then_nothing_is_kept(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, reached = Event(), Event()
    own = acting.ACTS[RecordStatus]

    def slow(*given: Any) -> Any:
        if given[3].ref == DATED:
            reached.set()
            gate.wait(10)
        return own[1](*given)

    monkeypatch.setitem(acting.ACTS, RecordStatus, (own[0], own[1]))
    async with desk((100, 40)) as person:
        before = len(person.app.tracker.commitments.history())
        dialog = await opened(person, "mark", MarkDialog, REF, DATED, "VL-2025-026")
        await fill(person, dialog, status="withdrawn", note="Given up.")
        await person.press("f9")
        await person.at(BatchDialog)
        monkeypatch.setitem(acting.ACTS, RecordStatus, (own[0], slow))
        await person.press("f9")
        await person.at(MarkDialog)
        await person.until(reached.is_set)
        await person.press("escape")
        gate.set()
        await person.sees("Stopped. Nothing was changed.")
        assert len(person.app.tracker.commitments.history()) == before
        await person.press("f9")
        await person.at(BatchDialog)
        await person.press("f9")
        await person.at(RegisterRoom)
        assert len(person.app.tracker.commitments.history()) == before + 3


async def test_looking_beforehand_can_be_stopped(desk: Open) -> None:
    async with desk((100, 40)) as person:
        gate, asked = Event(), list[int]()

        def slow(command: OnMany, hand: Hand) -> Preview:
            asked.append(len(command.commitments))
            gate.wait(10)
            return Preview(tuple(seen.ref for seen in command.commitments), ())

        vars(person.app.tracker.commitments)["preview"] = slow
        refs = [f"C-2020-{number:04d}" for number in range(450)]
        dialog = await opened(person, "note", NoteDialog, *refs)
        await fill(person, dialog, note="Said of many.")
        await person.press("f9")
        await person.until(lambda: asked, "the look to begin")
        assert "Checking beforehand: 0 of 450. Esc stops it." in dialog.query_one(".answer", Notice).said
        await person.press("escape")
        gate.set()
        await person.until(lambda: "Checking" not in dialog.query_one(".answer", Notice).said)
        await person.pilot.pause(0.2)
        assert person.app.screen is dialog
        assert asked == [200]
        assert dialog.form.typed["note"] == "Said of many."


async def test_a_form_is_told_that_somebody_was_faster(desk: Open) -> None:
    async with desk((100, 40)) as person:
        dialog = await opened(person, "note", NoteDialog)
        await person.write("Mine.")
        person.app.tracker.commitments.record_status(
            RecordStatus(commitments=(Seen(ref=REF),), status=Status.NOT_STARTED, note="Faster."), COLLEAGUE
        )
        await person.until(lambda: "It was changed meanwhile." in dialog.query_one(".answer", Notice).said)
        assert dialog.form.typed["note"] == "Mine."
        await person.press("f9")
        await person.until(lambda: "Somebody changed" in dialog.query_one(".answer", Notice).said)
        await saved(person)
        assert [update.note for update in shown(person).updates][:2] == ["Mine.", "Faster."]


@pytest.mark.parametrize("first", [["enter"], []], ids=["open", "closed"])
@pytest.mark.parametrize("typed", ["hoan", "hoàn", "hoa\x7fàn"])
async def test_letters_lead_to_a_choice_with_and_without_diacritics(desk: Open, typed: str, first: list[str]) -> None:
    async with desk((80, 24), "vi") as person:
        dialog = await opened(person, "mark", MarkDialog)
        dialog.form.fields["status"].go_there()
        await person.press(*first)
        if first:
            await person.until(lambda: isinstance(person.app.focused, OneOfList), "the list to be open")
        await person.press(*("backspace" if sign == "\x7f" else sign for sign in typed))
        await person.press("enter")
        await person.until(lambda: dialog.form.typed["status"] == "partial", "“Hoàn thành một phần” to be chosen")
