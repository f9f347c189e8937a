"""The mark dialog asks for what a status needs, and loses nothing that was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tui.desk import DAY, Open, Person
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.status import Status
from tracker.errors import DatabaseBusy, DatabaseUnreachable
from tracker.i18n import _
from tracker.tui.drafts import Drafts
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.widgets.bars import Notice

COLLEAGUE = Hand("Minh", "cli", DAY)


async def open_dialog(person: Person, status: Status | None = None) -> MarkDialog:
    await person.press("f4")
    dialog = await person.at(MarkDialog)
    await person.until(lambda: person.form.status.editor.has_focus, "the form")
    if status:
        person.form.status.editor.value = status
        await person.pilot.pause()
    return dialog


def answer(person: Person) -> str:
    return person.app.screen.query_one(".answer", Notice).said


def cannot_keep_drafts(person: Person) -> None:
    """The folder of drafts cannot be made."""
    person.app.drafts = Drafts(Path("/dev/null/drafts"), "register", "UTC")


def asked_for(person: Person) -> set[str]:
    names = ("done", "review", "replaced_by", "confirmed_by", "evidence", "note", "effective")
    return {name for name in names if getattr(person.form, name).display}


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (Status.NOT_STARTED, set()),
        (Status.IN_PROGRESS, {"evidence"}),
        (Status.PARTIAL, {"evidence"}),
        (Status.DELIVERED, {"evidence", "confirmed_by", "done"}),
        (Status.SUSPENDED, {"review", "evidence"}),
        (Status.NOT_DELIVERED, {"evidence"}),
        (Status.WITHDRAWN, {"evidence"}),
        (Status.SUPERSEDED, {"replaced_by"}),
    ],
)
async def test_each_status_asks_for_its_reasons_only(desk: Open, status: Status, asked: set[str]) -> None:
    async with desk() as person:
        await open_dialog(person, status)
        assert asked_for(person) == asked | {"note", "effective"}
        assert [value for _said, value in person.form.tier.editor._options] == [1, 2, 3]


async def test_what_is_missing_is_said_beside_the_field(desk: Open) -> None:
    async with desk() as person:
        await open_dialog(person)
        await person.press("f9")
        assert person.form.status.said == "Choose a status."
        person.form.status.editor.value = Status.DELIVERED
        await person.pilot.pause()
        await person.press("f9")
        form = person.form
        assert form.done.wants
        assert form.confirmed_by.said == "Still missing; one is enough: confirmed by, evidence of tier 2 or 3."
        assert form.evidence.wants
        assert not form.note.wants
        form.confirmed_by.editor.value = "Vụ Đông Nam Á"
        form.done.editor.value = "unknown"
        await person.pilot.pause()
        assert not any(field.wants for field in (form.done, form.confirmed_by, form.evidence))
        await person.press("f9")
        await person.at(RegisterRoom)
        await person.sees("Delivered")


async def test_dates_are_read_as_they_are_typed(desk: Open) -> None:
    async with desk((80, 24), "vi") as person:
        await open_dialog(person, Status.SUSPENDED)
        form = person.form
        for typed, said in [
            ("05/12/2026", "Hiểu là 05/12/2026 (ngày trước, tháng sau)."),
            ("2026-Q4", "“2026-Q4”"),
            ("1/2/27", "“1/2/27”"),
        ]:
            form.review.editor.value = typed
            await person.pilot.pause()
            assert said in form.review.said
        assert form.review.wants


async def test_keys_alone_can_mark(desk: Open) -> None:
    async with desk() as person:
        await open_dialog(person)
        await person.press("enter", "down", "down", "enter")
        await person.until(lambda: person.form.chosen is Status.NOT_STARTED, "the second status")
        await person.until(lambda: person.app.focused is person.form.note.editor, "to be led to the note")
        await person.press("shift+tab")
        assert person.form.status.editor.has_focus
        await person.press("tab")
        await person.write("Asked; no answer.")
        await person.press("f9")
        await person.at(RegisterRoom)
        await person.sees("Not started")


async def test_a_stale_mark_keeps_the_text_and_shows_what_has_changed(desk: Open) -> None:
    async with desk() as person:
        await open_dialog(person, Status.IN_PROGRESS)
        ref = person.rows.current.ref if person.rows.current else ""
        person.form.note.editor.text = "My own words."
        person.app.tracker.commitments.record_status(
            RecordStatus(commitments=(Seen(ref=ref),), status=Status.NOT_STARTED, note="Faster."), COLLEAGUE
        )
        await person.press("f9")
        await person.until(lambda: "Somebody changed" in answer(person))
        assert "Status: theirs “Not started” | yours “In progress”" in answer(person)
        assert person.form.note.editor.text == "My own words."
        assert person.form.chosen is Status.IN_PROGRESS
        await person.press("f9")
        await person.at(RegisterRoom)
        detail = person.app.tracker.commitments.show(ref, as_of=DAY)
        assert [update.note for update in detail.updates][:2] == ["My own words.", "Faster."]


async def test_evidence_of_a_withdrawal_is_taken_and_not_insisted_on(desk: Open) -> None:
    async with desk() as person:
        ref = person.rows.current.ref if person.rows.current else ""
        await open_dialog(person, Status.WITHDRAWN)
        assert not person.form.evidence.said
        person.form.note.editor.text = "Taken back."
        person.form.evidence.editor.value = "https://example.org/letter"
        await person.press("f9")
        await person.at(RegisterRoom)
        update, *_before = person.app.tracker.commitments.show(ref, as_of=DAY).updates
        assert [piece.value for piece in update.evidence] == ["https://example.org/letter"]


async def test_one_side_is_marked_apart(desk: Open) -> None:
    async with desk((120, 40)) as person:
        ref = person.rows.current.ref if person.rows.current else ""
        seen = person.app.tracker.commitments.show(ref, as_of=DAY).commitment
        await open_dialog(person)
        await person.press("shift+tab", "enter")
        await person.sees("the whole", "Hà Nội", "Vientiane")
        await person.press("down", "down", "enter")
        side = person.form.side.editor.value
        assert side == [each.key for each in seen.parties if each.role == "undertaker"][1]
        person.form.status.editor.value = Status.DELIVERED
        person.form.done.editor.value = "unknown"
        person.form.confirmed_by.editor.value = "Vientiane"
        await person.pilot.pause()
        await person.press("f9")
        await person.at(RegisterRoom)
        after = person.app.tracker.commitments.show(ref, as_of=DAY).commitment
        assert [(each.party, each.status) for each in after.sides] == [(side, Status.DELIVERED)]
        assert after.status is seen.status
        await open_dialog(person)
        assert Status.DELIVERED in offered(person)
        person.form.side.editor.value = str(side)
        await person.pilot.pause()
        assert Status.DELIVERED not in offered(person)


@pytest.mark.parametrize("typed", ["unknown", "khong ro", "không rõ", "Không rõ"])
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_an_unknown_day_is_known_in_both_languages(desk: Open, typed: str, language: str) -> None:
    async with desk((80, 24), language) as person:
        await open_dialog(person, Status.DELIVERED)
        person.form.done.editor.value = typed
        await person.pilot.pause()
        assert not person.form.done.wants
        assert person.form.done.said == _("It is done; the day is not known.")


@pytest.mark.parametrize("key", ["f10", "ctrl+q"])
async def test_quitting_with_text_that_cannot_be_kept_is_asked_twice(desk: Open, key: str) -> None:
    async with desk() as person:
        cannot_keep_drafts(person)
        await open_dialog(person, Status.IN_PROGRESS)
        person.form.note.editor.text = "Not saved."
        await person.pilot.pause()
        await person.press(key)
        await person.hears("What you typed will be lost. Once more leaves the program.")
        assert isinstance(person.app.screen, MarkDialog)
        assert not person.app._exit
        await person.press(key)
        await person.until(lambda: person.app._exit)


async def test_a_lost_answer_is_asked_for_again_and_done_once(desk: Open) -> None:
    async with desk() as person:
        ref = person.rows.current.ref if person.rows.current else ""
        await open_dialog(person, Status.IN_PROGRESS)
        person.form.note.editor.text = "Once only."
        await person.pilot.pause()
        acts = losing_the_first_answer(person)
        await person.press("f9")
        await person.until(lambda: "What you typed is kept." in answer(person))
        await person.press("f9")
        await person.at(RegisterRoom)
        assert acts[0] == acts[1]
        updates = person.app.tracker.commitments.show(ref, as_of=DAY).updates
        assert [update.note for update in updates].count("Once only.") == 1


async def test_after_a_lost_answer_other_words_are_another_act(desk: Open) -> None:
    async with desk() as person:
        ref = person.rows.current.ref if person.rows.current else ""
        await open_dialog(person, Status.IN_PROGRESS)
        person.form.note.editor.text = "First."
        await person.pilot.pause()
        losing_the_first_answer(person)
        await person.press("f9")
        await person.until(lambda: "What you typed is kept." in answer(person))
        person.form.note.editor.text = "Better said."
        await person.press("f9")
        await person.until(lambda: "Somebody changed" in answer(person))
        await person.press("f9")
        await person.at(RegisterRoom)
        updates = person.app.tracker.commitments.show(ref, as_of=DAY).updates
        assert [update.note for update in updates][:2] == ["Better said.", "First."]


def losing_the_first_answer(person: Person) -> list[str]:
    """The register records, and the connection is gone before it says so; the acts that it was asked for."""
    commitments = person.app.tracker.commitments
    record, acts = commitments.record_status, list[str]()

    def recorded(command: RecordStatus, hand: Hand) -> Any:
        acts.append(hand.act_id)
        done = record(command, hand)
        if len(acts) == 1:
            raise DatabaseUnreachable("the server", "it closed the connection")
        return done

    vars(commitments)["record_status"] = recorded
    return acts


async def test_a_busy_database_keeps_the_text_and_the_next_act_is_another(desk: Open) -> None:
    async with desk() as person:
        await open_dialog(person, Status.IN_PROGRESS)
        person.form.note.editor.text = "Once only."
        commitments = person.app.tracker.commitments
        record, acts = commitments.record_status, list[str]()

        def busy(command: RecordStatus, hand: Hand) -> Any:
            acts.append(hand.act_id)
            if len(acts) == 1:
                raise DatabaseBusy("tracker.sqlite")
            return record(command, hand)

        vars(commitments)["record_status"] = busy
        await person.press("f9")
        await person.until(lambda: "What you typed is kept." in answer(person))
        assert person.form.note.editor.text == "Once only."
        await person.press("f9")
        await person.at(RegisterRoom)
        assert acts[0] != acts[1]


async def test_a_defect_keeps_the_text_too(desk: Open) -> None:
    async with desk() as person:
        await open_dialog(person, Status.IN_PROGRESS)
        person.form.note.editor.text = "Still here."

        def broken(*_args: object) -> None:
            raise ZeroDivisionError("[/] a defect")

        vars(person.app.tracker.commitments)["record_status"] = broken
        await person.press("f9")
        await person.until(lambda: "[/] a defect" in answer(person))
        assert person.form.note.editor.text == "Still here."


async def test_leaving_with_text_that_cannot_be_kept_is_asked_twice(desk: Open) -> None:
    async with desk() as person:
        cannot_keep_drafts(person)
        await open_dialog(person, Status.IN_PROGRESS)
        person.form.note.editor.text = "Not saved."
        await person.pilot.pause()
        await person.press("escape")
        await person.until(lambda: "will be lost" in answer(person))
        await person.press("escape")
        await person.at(RegisterRoom)


async def test_a_closed_commitment_is_offered_open_statuses_only(desk: Open) -> None:
    async with desk() as person:
        await person.press("end")
        await open_dialog(person)
        assert offered(person) == {status for status in Status if not status.closed}


def offered(person: Person) -> set[Status]:
    return {value for _said, value in person.form.status.editor._options if isinstance(value, Status)}


async def test_evidence_that_cannot_be_found_is_refused_by_name(desk: Open) -> None:
    async with desk() as person:
        await open_dialog(person, Status.PARTIAL)
        person.form.evidence.editor.value = "no-such-file.pdf"
        await person.press("f9")
        await person.until(lambda: "no-such-file.pdf" in person.form.evidence.said)
        assert person.form.evidence.editor.has_focus
        assert isinstance(person.app.screen, MarkDialog)


async def test_what_is_answered_is_called_needed_no_longer(desk: Open) -> None:
    async with desk() as person:
        await open_dialog(person, Status.NOT_STARTED)
        assert person.form.note.said == "Needed."
        person.form.note.fill("The partner has not begun.")
        await person.until(lambda: not person.form.note.said, "nothing more to be said")
