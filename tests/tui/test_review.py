"""Looking through drafts: each is seen beside its sentence, one key decides, and nothing decided is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import sleep

import pytest
from textual.events import Paste

from tests.tui.desk import DAY, FixedSettings, Open, Person, opened
from tests.tui.hostile import FORBIDDEN, HOSTILE, packed, read_as
from tracker.bootstrap import open_tracker
from tracker.domain.codes import CitationRole, Kind
from tracker.domain.commands import AddCommitment
from tracker.domain.register import Citation, Words
from tracker.reading import drafting
from tracker.reading.drafting import Watch, draft_file
from tracker.reading.drafts import Draft
from tracker.reading.files import FileText, read_text
from tracker.reading.review import KeptDraft, Review, UnderReview
from tracker.tui.draft_sheet import draft_sheet
from tracker.tui.screens.deciding import (
    EditDraftDialog,
    MergeDraftDialog,
    RejectDraftDialog,
    ReportDraftDialog,
)
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.drafts import DraftsRoom
from tracker.tui.screens.reading import ReadDialog
from tracker.tui.screens.review import ReviewRoom
from tracker.tui.screens.undo import UndoDialog
from tracker.tui.widgets.page_view import PageView
from tracker.tui.widgets.review_text import ReviewText

TEXT = """Tuyên bố chung của Việt Nam và Lào.
Hai bên nhất trí lập quỹ chung trong năm 2027. Thời tiết hôm nay đẹp.
Hai bên nhất trí sớm hoàn thành đường cao tốc Hà Nội - Vientiane.
Lào cam kết giảm phí 10%.
"""
PUBLISHED = "2026-10-01"
WIDE = (160, 50)


def keep(settings: FixedSettings, text: str = TEXT, name: str = "tuyen-bo.txt") -> str:
    """Read a document for review; its hash."""
    source = read_text(name, text.encode())
    read = draft_file(source, date.fromisoformat(PUBLISHED))
    with open_tracker(settings) as tracker:
        drafts, updates = tracker.drafts.beside(read, source.sha256, as_of=DAY)
        hand = tracker.hand("cli")
        tracker.drafts.save(source, read, drafts, hand, published=PUBLISHED, publisher="TTXVN", updates=updates)
    return source.sha256


def decided(settings: FixedSettings) -> list[str]:
    return [each.decision for each in kept(settings)]


def kept(settings: FixedSettings) -> tuple[KeptDraft, ...]:
    with open_tracker(settings) as tracker:
        return tracker.drafts.listing(None)


async def reviewing(person: Person) -> ReviewRoom:
    """Go to the drafts by the menu, and into the first document."""
    await person.press("g", "d")
    await person.at(DraftsRoom)
    await person.sees("tuyen-bo.txt")
    await person.press("enter")
    room = await person.at(ReviewRoom)
    await person.until(lambda: room.chosen_draft, "the first draft")
    return room


def sentence(room: ReviewRoom) -> str:
    assert room.chosen_draft is not None
    return room.chosen_draft.draft.sentence


async def test_drafts_are_seen_beside_their_sentences_and_accepted_by_one_key(seeded: FixedSettings) -> None:
    keep(seeded)
    async with opened(seeded, WIDE) as person:
        room = await reviewing(person)
        await person.sees("0 of 3 decided", "Lập quỹ chung", "both sides", "trong năm 2027", "paragraph 2", "nhất trí")
        await person.press("f4")
        await person.hears("was added")
        await person.sees("1 of 3 decided", "đường cao tốc")
        assert sentence(room).startswith("Hai bên nhất trí sớm hoàn thành")
        assert decided(seeded) == ["accepted", "open", "open"]


async def test_a_review_goes_on_where_it_was_left(seeded: FixedSettings) -> None:
    keep(seeded)
    async with opened(seeded) as person:
        await reviewing(person)
        await person.press("f4")
        await person.sees("1 of 3 decided")
        await person.press("escape")
        await person.at(DraftsRoom)
        await person.sees("1 of 3", "2 drafts wait")
    async with opened(seeded) as person:
        room = await reviewing(person)
        await person.sees("1 of 3 decided")
        assert sentence(room).startswith("Hai bên nhất trí sớm hoàn thành")


async def test_undo_lets_an_accepted_draft_wait_again_and_goes_back_to_it(seeded: FixedSettings) -> None:
    keep(seeded)
    async with opened(seeded) as person:
        room = await reviewing(person)
        first = sentence(room)
        await person.press("f4")
        await person.sees("1 of 3 decided")
        await person.press("ctrl+z")
        await person.at(UndoDialog)
        await person.sees("leaves the register again")
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.sees("0 of 3 decided")
        await person.until(lambda: sentence(room) == first, "to be back at the draft")
        assert decided(seeded) == ["open", "open", "open"]


async def test_a_draft_is_rejected_with_a_reason_and_the_rejection_taken_back(
    desk: Open, settings: FixedSettings
) -> None:
    keep(settings)
    async with desk() as person:
        room = await reviewing(person)
        first = sentence(room)
        await person.press("delete")
        await person.at(RejectDraftDialog)
        await person.press("f9")
        await person.sees("Still missing.")
        await person.write("mong muốn")
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.sees("1 of 3 decided")
        first_kept = kept(settings)[0]
        assert (first_kept.decision, first_kept.reason) == ("rejected", "mong muốn")
        await person.press("ctrl+left")
        await person.sees("✕ Rejected", "mong muốn")
        await person.press("f4")
        await person.hears("It is rejected already.")
        await person.press("ctrl+z")
        await person.hears("The draft waits again.")
        await person.sees("0 of 3 decided")
        assert sentence(room) == first


async def test_a_draft_is_merged_into_the_commitment_that_it_is_like(desk: Open, settings: FixedSettings) -> None:
    keep(settings)
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.press("right")
        await person.sees("VL-2025-013", "alike in wording")
        await person.press("ctrl+g")
        await person.at(MergeDraftDialog)
        await person.sees("VL-2025-013")
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.hears("VL-2025-013 has one more source")
        assert [(each.decision, each.ref) for each in kept(settings)][1] == ("merged", "VL-2025-013")


async def test_a_draft_is_merged_into_another_one_that_is_looked_up(desk: Open, settings: FixedSettings) -> None:
    keep(settings)
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.press("ctrl+g")
        dialog = await person.at(MergeDraftDialog)
        await person.until(lambda: dialog._ready, "the form")
        dialog.form.fields["ref"].go_there()
        await person.write("vl-2025-002")
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.until(lambda: kept(settings)[0].ref == "VL-2025-002", "the merge")


async def test_what_is_edited_is_accepted_as_edited(desk: Open, settings: FixedSettings) -> None:
    keep(settings)
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.press("f2")
        dialog = await person.at(EditDraftDialog)
        await person.until(lambda: dialog.form.typed["title_vi"], "the form to be filled")
        typed = dialog.form.typed
        assert (typed["deadline"], typed["text"], typed["kind"]) == ("2027", "trong năm 2027", "programme")
        dialog.form.fill({"title_vi": "Lập quỹ", "deadline": "2027-06"})
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.sees("1 of 3 decided")
        (ref,) = [each.ref for each in kept(settings) if each.ref]
        with open_tracker(settings) as tracker:
            view = tracker.commitments.show(ref, as_of=DAY).commitment
        assert (view.title.vi, view.deadline and view.deadline.value) == ("Lập quỹ", "2027-06")
        assert view.sources[0].sentence == "Hai bên nhất trí lập quỹ chung trong năm 2027."


async def test_a_sentence_that_is_on_record_is_not_made_another_commitment_by_one_key(
    desk: Open, settings: FixedSettings, tmp_path: Path
) -> None:
    file = tmp_path / "tuyen-bo.txt"
    file.write_text(TEXT, encoding="utf-8")
    with open_tracker(settings) as tracker:
        hand = tracker.hand("cli")
        tracker.library.add_documents([file], hand)
        place = tracker.commitments.read_place("tuyen-bo.txt:2")
        origin = Citation(**place.model_dump(), role=CitationRole.ORIGIN)
        command = AddCommitment(ref="Q-2026-001", title=Words(vi="Quỹ chung"), kind=Kind.PROGRAMME, sources=(origin,))
        tracker.commitments.add(command, hand)
    keep(settings)
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.sees("Q-2026-001", "this sentence is its source already")
        await person.press("f4")
        await person.at(EditDraftDialog)
        await person.sees("This sentence is a source of Q-2026-001 already.")
        assert decided(settings) == ["open", "open", "open"]


async def test_whom_the_register_does_not_know_is_said_in_the_form(desk: Open, settings: FixedSettings) -> None:
    keep(settings, "Thủ tướng Việt Nam hội đàm với Thủ tướng Nhật Bản.\nNhật Bản cam kết xây trường học.\n")
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.press("f2")
        await person.at(EditDraftDialog)
        await person.sees("Not known to the register, and so not filled in: Nhật Bản")


async def test_a_report_opens_the_mark_form_filled_in(desk: Open, settings: FixedSettings) -> None:
    text = "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\nĐường cao tốc Hà Nội - Vientiane đã khởi công.\n"
    keep(settings, text)
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.sees("◆ To decide: it reports on a commitment", "Reported: In progress", "VL-2025-013")
        await person.press("f4")
        dialog = await person.at(ReportDraftDialog)
        await person.until(lambda: dialog.form.typed.get("evidence"), "the form to be filled")
        assert dialog.form.typed["evidence"] == "tuyen-bo.txt:2"
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.sees("1 of 1 decided")
        await person.hears("Every draft of this document is decided.")
        assert [(each.decision, each.ref) for each in kept(settings)] == [("accepted", "VL-2025-013")]


async def test_a_click_on_a_sentence_chooses_its_draft(desk: Open, settings: FixedSettings) -> None:
    keep(settings)
    async with desk(WIDE) as person:
        room = await reviewing(person)
        text = room.query_one(ReviewText)
        row = next(y for y, line in enumerate(person.screen.splitlines()) if "Lào cam kết giảm phí" in line)
        await person.pilot.click(text, offset=(12, row - text.region.y))
        await person.until(lambda: sentence(room) == "Lào cam kết giảm phí 10%.", "its draft")
        await person.press("tab")
        assert room.query_one("#draft", PageView).has_focus
        await person.press("right")
        assert sentence(room).startswith("Hai bên nhất trí lập quỹ")


async def test_what_a_draft_is_like_opens_from_beside_it(desk: Open, settings: FixedSettings) -> None:
    keep(settings)
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.press("right", "tab")
        page = person.app.screen.query_one("#draft", PageView)
        await person.until(lambda: any(block.opens for block in page._blocks), "something to open")
        await person.press("3", "enter")
        await person.at(DetailRoom)


async def test_a_file_is_read_and_its_review_opens(desk: Open, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(TEXT, encoding="utf-8")
    async with desk() as person:
        await person.press("g", "d")
        await person.sees("No document has been read for drafts.")
        await person.press("f2")
        dialog = await person.at(ReadDialog)
        await person.until(lambda: dialog._ready, "the form")
        await person.write(str(file))
        await person.press("f9")
        await person.sees("Still missing.")
        dialog.form.fill({"published": PUBLISHED})
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.sees("tin.txt", "0 of 3 decided", "1 Oct 2026")
        await person.hears("3 drafts")


async def test_a_pasted_text_needs_a_name(desk: Open) -> None:
    async with desk() as person:
        await person.press("g", "d", "f2")
        dialog = await person.at(ReadDialog)
        await person.until(lambda: dialog._ready, "the form")
        dialog.form.fill({"text": TEXT, "published": PUBLISHED})
        await person.press("f9")
        await person.sees("A pasted text needs a name.")
        dialog.form.fill({"name": "tuyên bố"})
        await person.press("f9")
        await person.at(ReviewRoom)
        await person.sees("tuyên bố", "0 of 3 decided")


async def test_what_is_pasted_stands_there_once_and_keeps_its_lines(desk: Open) -> None:
    async with desk() as person:
        await person.press("g", "d", "f2")
        dialog = await person.at(ReadDialog)
        await person.until(lambda: dialog._ready, "the form")
        field = dialog.form.fields["text"]
        field.go_there()
        # A terminal sends the ends of lines as the Enter key does.
        person.app.post_message(Paste("Tuyên bố chung.\rHai bên nhất trí.\r\n\x1b[31mhết"))
        await person.until(lambda: field.typed, "the text")
        await person.settles()
        assert field.typed == "Tuyên bố chung.\nHai bên nhất trí.\n␛[31mhết"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.pdf", b"%PDF-1.4 nothing", "a.pdf is damaged"), ("a.txt", b"\xff\xfe\x00", "a.txt is not a text in UTF-8.")],
)
async def test_a_file_that_cannot_be_read_is_said_at_its_field(
    desk: Open, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    async with desk(WIDE) as person:
        await person.press("g", "d", "f2")
        dialog = await person.at(ReadDialog)
        await person.until(lambda: dialog._ready, "the form")
        dialog.form.fill({"file": str(tmp_path / name), "published": PUBLISHED})
        await person.press("f9")
        # The whole path stands before it, wherever a line ends.
        await person.until(lambda: said in dialog.form.fields["file"].said, "the reason")
        assert dialog.form.fields["file"].wants


async def test_reading_a_long_document_is_stopped_and_nothing_is_kept(
    desk: Open, settings: FixedSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(source: FileText, published: date, *, language: str | None, watch: Watch) -> None:
        while True:
            watch(1, 2)
            sleep(0.01)

    monkeypatch.setattr(drafting, "draft_file", long)
    async with desk() as person:
        await person.press("g", "d", "f2")
        dialog = await person.at(ReadDialog)
        await person.until(lambda: dialog._ready, "the form")
        dialog.form.fill({"text": TEXT, "name": "dài", "published": PUBLISHED})
        await person.press("f9")
        await person.sees("Reading: 50 %. Esc stops it")
        await person.press("escape")
        await person.sees("Stopped. Nothing was changed.")
        assert kept(settings) == ()


async def test_nothing_is_decided_on_another_day(desk: Open, settings: FixedSettings) -> None:
    keep(settings)
    async with desk() as person:
        await reviewing(person)
        person.app.show_day(date(2026, 11, 1))
        await person.sees("Nothing can be recorded here")
        await person.press("f4")
        await person.hears("the register is changed only as it is today")
        assert decided(settings) == ["open", "open", "open"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_draft_is_written_out_and_does_nothing(text: str) -> None:
    one = Draft(0, 9, 1, text, text, (text,), (text,), "joint", None, (), "agreed", 0.9, (f"agree: {text}",))
    draft = KeptDraft(1, text, "0" * 64, "rejected", text, None, one)
    document = UnderReview("0" * 64, text, text, PUBLISHED, "statement", 1, 1)
    blocks = draft_sheet(draft, Review(document, text, (draft,), {}, {}), 60)
    written = "\n".join(block.content.plain for block in blocks)
    assert not FORBIDDEN.search(written)
    assert packed(written).count(packed(read_as(text))) >= 6


async def test_a_hostile_document_is_shown_and_does_nothing(desk: Open, settings: FixedSettings) -> None:
    hostile = "[red]đỏ[/red] \x1b[31m[@click=app.quit]x[/] \u202e"
    text = f"Việt Nam và Lào ra tuyên bố chung.\nHai bên nhất trí lập quỹ {hostile} trong năm 2027.\n"
    keep(settings, text, "tuyen-bo.txt[bold]")
    async with desk(WIDE) as person:
        await reviewing(person)
        await person.sees("[red]đỏ[/red]", "[@click=app.quit]x[/]", "tuyen-bo.txt[bold]")
        assert not FORBIDDEN.search(person.screen)
        await person.press("f2")
        await person.at(EditDraftDialog)
        await person.sees("[red]đỏ[/red]")
        assert not FORBIDDEN.search(person.screen)


async def test_the_names_of_a_draft_are_whole_where_they_fit(desk: Open, settings: FixedSettings) -> None:
    keep(settings)
    async with desk((120, 40), language="vi") as person:
        await reviewing(person)
        await person.sees("Mức độ cam kết ")
