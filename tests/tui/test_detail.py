"""One commitment: its sections, what Enter opens, why it is overdue, its source with the sentence lit, its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.domain.test_pace import a_figure, against
from tests.factories import a_citation, a_hand
from tests.tui.desk import DAY, FixedSettings, Open, Person, opened
from tracker.bootstrap import open_tracker
from tracker.domain.commands import AmendCommitment, Seen
from tracker.domain.register import Words
from tracker.domain.views import CitedView, CommitmentDetail, DocumentView
from tracker.tui.chart import chart
from tracker.tui.openings import ACommitment, AFigure, ASource, open_it
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.document import DocumentRoom
from tracker.tui.screens.figure import FigureRoom
from tracker.tui.screens.figures import FiguresRoom
from tracker.tui.screens.why import WhyDialog
from tracker.tui.widgets.document_text import LONGEST, DocumentText, pieces
from tracker.tui.widgets.page_view import PageView

TARGET, LATE = "VL-2025-012", "VL-2026-001"
SIZES = [(80, 24), (160, 50)]
FIRST = "Hai bên nhất trí mở đường bay thẳng trong năm 2026."
SECOND = "Lào sẽ xem xét miễn thị thực."


async def at_commitment(person: Person, ref: str) -> DetailRoom:
    person.app.go_to(ref)
    room = await person.at(DetailRoom)
    await person.sees(ref, "Deadline" if person.app.settings.language == "en" else "Thời hạn")
    return room


@pytest.mark.parametrize("size", SIZES)
async def test_the_sections_are_reached_by_tab_and_by_number(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size) as person:
        room = await at_commitment(person, TARGET)
        left, right = room.pages
        names = [page.current.section for page in (left, right) if page.current]
        assert names[0] == TARGET
        seen = []
        for _step in range(8):
            focused = person.app.focused
            assert isinstance(focused, PageView)
            assert focused.current is not None
            seen.append(focused.current.section)
            await person.press("tab")
            await person.pilot.pause()
        assert seen == [TARGET, "Deadline", "Our side", "Other side", "Targets", "Sources", "Updates", "History"]
        await person.press("6")
        await person.until(lambda: section(person) == "Sources")
        await person.press("shift+tab")
        await person.until(lambda: section(person) == "Targets")
        await person.press("9")
        assert section(person) == "Targets"


def section(person: Person) -> str:
    focused = person.app.focused
    assert isinstance(focused, PageView)
    return focused.current.section if focused.current else ""


async def test_two_columns_fold_into_one(desk: Open) -> None:
    async with desk((160, 50)) as person:
        room = await at_commitment(person, TARGET)
        assert room.pages[1].display
        await person.press("right")
        await person.until(lambda: room.pages[1].has_focus)
        await person.pilot.resize_terminal(80, 24)
        await person.until(lambda: not room.pages[1].display and room.pages[0].has_focus)
        await person.press("end")
        await person.sees("Imported")


async def test_the_next_commitment_begins_at_its_beginning_with_nothing_of_the_last_one(desk: Open) -> None:
    async with desk((80, 24)) as person:
        await at_commitment(person, TARGET)
        await person.press("end")
        await person.sees("Imported")
        await person.press("escape")
        await at_commitment(person, LATE)
        assert section(person) == LATE
        assert TARGET not in person.screen
        await person.press("escape")
        await at_commitment(person, TARGET)
        assert section(person) == TARGET


async def test_from_one_commitment_to_another_and_back(desk: Open) -> None:
    async with desk((80, 24)) as person:
        first = await at_commitment(person, TARGET)
        person.app.go_to(LATE)
        await person.until(lambda: person.app.screen is not first)
        await person.sees(f"Commitment {LATE}")
        await person.press("escape")
        await person.until(lambda: person.app.screen is first)
        await person.sees(f"Commitment {TARGET}")
        assert section(person) == TARGET


@pytest.mark.parametrize(("size", "language"), [(SIZES[0], "en"), (SIZES[1], "vi")])
async def test_why_is_told_on_one_key(desk: Open, size: tuple[int, int], language: str) -> None:
    async with desk(size, language) as person:
        await at_commitment(person, LATE)
        await person.press("f2")
        await person.at(WhyDialog)
        await person.sees(LATE, "“ngày 5/2”", "289")
        await person.press("end")
        await person.sees("11")
        await person.press("escape")
        await person.at(DetailRoom)


async def test_why_from_the_list_and_for_every_state(desk: Open) -> None:
    async with desk((120, 40)) as person:
        seen = set()
        for ref in (LATE, "VL-2025-004", "VL-2025-031", TARGET, "VL-2025-006"):
            person.app.filter_by(f"ref:{ref}")
            await person.has_rows(1)
            await person.until(lambda ref=ref: person.rows.current and person.rows.current.ref == ref)
            await person.press("ctrl+e")
            await person.at(WhyDialog)
            await person.sees(ref, "Who said so")
            seen.add(next(line for line in person.screen.splitlines() if "Why is" in line))
            await person.press("escape")
            await person.until(lambda: person.app.screen is person.app.register_room)
        assert len(seen) == 5


async def test_a_commitment_that_was_not_there_on_that_day_says_so(desk: Open) -> None:
    async with desk() as person:
        person.app.show_day(date(2025, 4, 30))
        person.app.go_to(LATE)
        await person.at(DetailRoom)
        await person.sees("4 Feb 2026")
        await person.press("f2", "enter", "tab", "down", "end")
        assert person.app.is_running


async def test_what_replaces_it_is_opened_with_enter(desk: Open) -> None:
    async with desk() as person:
        commitments = person.app.tracker.commitments
        show = commitments.show

        def replaced(ref: str, **named: Any) -> CommitmentDetail:
            detail = show(ref, **named)
            replaced_by = LATE if ref == TARGET else None
            return replace(detail, commitment=replace(detail.commitment, replaced_by=replaced_by))

        vars(commitments)["show"] = replaced
        room = await at_commitment(person, TARGET)
        await person.sees("Replaced by")
        view = room.pages[0]
        while not (view.current and view.current.opens == ACommitment(LATE)):
            await person.press("down")
        await person.press("enter")
        await person.until(lambda: person.app.screen is not room)
        await person.sees("State visit")
        await person.press("escape")
        await person.until(lambda: person.app.screen is room)
        assert view.current is not None
        assert view.current.opens == ACommitment(LATE)


async def test_without_its_text_a_source_says_how_to_add_it(desk: Open) -> None:
    async with desk() as person:
        await at_commitment(person, TARGET)
        await person.press("6", "enter")
        await person.at(DocumentRoom)
        await person.sees("tracker document add 000_71fae73bf112ebc2.txt")
        await person.press("right", "down", "end", "pageup")
        assert person.app.is_running


# The source


@pytest.fixture
def with_text(settings: FixedSettings, tmp_path: Path) -> FixedSettings:
    """Two commitments that cite a text of many paragraphs, far from its beginning and at its end."""
    filler = "\n".join(f"Đoạn đệm số {number}, không có cam kết nào." for number in range(1, 80))
    text = f"{filler}\n{FIRST} {SECOND}\n{filler}\n{SECOND}\n"
    file = tmp_path / "bai.txt"
    file.write_text(text, encoding="utf-8")
    with open_tracker(settings) as tracker:
        tracker.library.add_documents([file], a_hand(), title="Bài báo", published="2026-01-05")
        sha256 = tracker.library.document("bai.txt").sha256
        for ref, sentence, start in (
            (TARGET, FIRST, text.index(FIRST)),
            (LATE, SECOND, text.index(SECOND)),
            ("VL-2025-004", SECOND, text.rindex(SECOND)),
        ):
            view = tracker.commitments.show(ref, as_of=DAY).commitment
            paragraph = 160 if start > len(filler) * 2 else 80
            cited = a_citation(sha256, paragraph=paragraph, start=start, end=start + len(sentence), role="reaffirms")
            kept = [
                {"document": s.sha256, "paragraph": s.paragraph, "start": s.start, "end": s.end, "role": s.role}
                for s in view.sources
            ]
            tracker.commitments.amend(
                AmendCommitment(
                    commitments=(Seen(ref=ref),),
                    fields={"sources": [*kept, cited.model_dump(mode="json")]},
                    note="đọc lại",
                ),
                a_hand(),
            )
    return settings


def lit(person: Person) -> str:
    """The lines of the screen with the lit sentence."""
    lines = [line for line in person.screen.splitlines() if "▌" in line]
    return " ".join(" ".join(line.split("▌", 1)[1] for line in lines).split())


@pytest.mark.parametrize(("size", "language"), [(SIZES[0], "vi"), (SIZES[1], "en")])
async def test_the_source_opens_on_its_sentence(with_text: FixedSettings, size: tuple[int, int], language: Any) -> None:
    async with opened(with_text, size, language) as person:
        room = await at_commitment(person, TARGET)
        page = next(page for page in reversed(room.pages) if page.display)
        await person.press("6", "down")
        await person.until(lambda: page.current and isinstance(page.current.opens, ASource))
        await person.press("enter")
        await person.at(DocumentRoom)
        await person.until(lambda: FIRST in lit(person), "the sentence lit")
        await person.sees("80", f"{TARGET} ")
        await person.press("right")
        await person.until(lambda: SECOND in lit(person), "the next one lit")
        await person.sees(f"{LATE} ")
        await person.press("right")
        await person.until(lambda: SECOND in lit(person) and "VL-2025-004 " in person.screen)
        await person.press("n")
        await person.until(lambda: FIRST in lit(person), "around to the first")
        await person.press("left", "left", "enter")
        await person.until(lambda: isinstance(person.app.screen, DetailRoom) and person.app.screen is not room)
        await person.sees(LATE)
        await person.press("escape")
        await person.at(DocumentRoom)
        await person.until(lambda: SECOND in lit(person))


async def test_the_source_of_the_chosen_one_from_the_palette(with_text: FixedSettings) -> None:
    async with opened(with_text, (120, 40)) as person:
        await person.press("f12")
        await person.write("open the source")
        await person.sees("Open the source on its sentence")
        await person.press("enter")
        await person.at(DocumentRoom)


async def test_a_citation_that_another_commitment_has_is_marked_more_quietly(with_text: FixedSettings) -> None:
    async with opened(with_text, (160, 50)) as person:
        sha256 = person.app.tracker.library.document("bai.txt").sha256
        (first, second, _third) = person.app.tracker.library.cited(sha256, as_of=DAY)
        assert (first.ref, second.ref) == (TARGET, LATE)
        open_it(person.app, ASource(sha256, first.start, first.end, TARGET))
        await person.at(DocumentRoom)
        await person.until(lambda: FIRST in lit(person))
        await person.press("end")
        await person.sees("│" + SECOND)
        assert "▌" not in person.screen


def test_a_very_long_paragraph_is_wrapped_in_pieces() -> None:
    text = "Mở đầu.\n" + "một dòng rất dài " * 20_000 + "\n\n" + "x" * 30_000 + "\nKết."
    cut = pieces(text)
    assert [piece.number for piece in cut if piece.first] == [1, 2, 3, 4]
    assert max(piece.end - piece.start for piece in cut) <= 2 * LONGEST
    rebuilt = dict.fromkeys(range(1, 5), "")
    for piece in cut:
        rebuilt[piece.number] += text[piece.start : piece.end]
    assert [rebuilt[number] for number in rebuilt] == [line.strip() for line in text.split("\n") if line.strip()]


async def test_a_large_document_is_wrapped_only_where_it_is_seen(settings: FixedSettings) -> None:
    async with opened(settings) as person:
        text = "\n".join(f"Đoạn {number}: hai bên nhất trí hợp tác." for number in range(1, 50_001))
        start = text.index("Đoạn 40000:")
        place = CitedView(TARGET, Words(vi="Xa"), "origin", 40_000, start, start + 20)
        library = person.app.tracker.library
        document = DocumentView("f" * 64, "to.txt", "", "", "vi", "none", True, 1, text)
        vars(library).update(document=lambda _ref: document, cited=lambda _sha256, as_of: (place,))
        open_it(person.app, ASource("f" * 64, start, start + 20, TARGET))
        room = await person.at(DocumentRoom)
        await person.sees("Đoạn 40000:", "40000")
        for key, sees in (
            ("end", "Đoạn 50000:"),
            ("home", "Đoạn 1:"),
            ("right", "Đoạn 40000:"),
            ("pageup", "Đoạn 399"),
        ):
            await person.press(key)
            await person.sees(sees)
        assert len(room.query_one(DocumentText)._wrapped) < 500


# Figures


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_target_to_the_series_to_its_commitment(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size) as person:
        room = await at_commitment(person, TARGET)
        await person.press("5")
        await person.sees("┃", "░", "USD 2.25 billion", "reached in 2027")
        await person.press("enter")
        await person.at(FigureRoom)
        await person.sees("vn-la-trade", "USD 3 billion", "002_d72743f1fed76618.txt")
        await person.press("2", "enter")
        await person.at(DocumentRoom)
        await person.press("escape")
        await person.at(FigureRoom)
        await person.press("3", "enter")
        await person.until(lambda: isinstance(person.app.screen, DetailRoom) and person.app.screen is not room)
        await person.press("escape", "escape")
        await person.until(lambda: person.app.screen is room)


@pytest.mark.parametrize(("size", "language"), [(SIZES[0], "vi"), (SIZES[1], "en")])
async def test_the_figures_room_lists_series_and_where_they_lead(
    desk: Open, size: tuple[int, int], language: str
) -> None:
    async with desk(size, language) as person:
        person.app.go("figures")
        await person.at(FiguresRoom)
        await person.sees(TARGET, "2027", "10")
        await person.press("down", "enter")
        await person.at(FigureRoom)
        await person.sees("vn-la-trade")
        await person.press("escape")
        await person.at(FiguresRoom)
        await person.press("f7")
        await person.sees("Viet Nam - Laos trade" if language == "vi" else "Kim ngạch thương mại Việt Nam - Lào")


async def test_the_figures_of_an_earlier_day_are_those_known_then(desk: Open) -> None:
    async with desk((120, 40)) as person:
        person.app.show_day(date(2025, 12, 4))
        open_it(person.app, AFigure("vn-la-trade"))
        await person.at(FigureRoom)
        await person.sees("One reading is too few for a pace.")
        assert "2025  USD" not in person.screen
        await person.press("f6", "f6")
        await person.sees("2025  USD 3 billion")


@pytest.mark.parametrize("width", [30, 40, 80, 120])
def test_a_chart_is_never_wider_than_its_place_and_says_its_numbers(width: int) -> None:
    figure = a_figure(("2021", 1.3e9), ("2024", 2.25e9, "about"), ("2025", 3e9), ("2025", 2.9e9))
    drawn = chart(figure, against(5e9, "2030", ("2021", 1.3e9), ("2024", 2.25e9, "about"), ("2025", 3e9)), width)
    lines = drawn.plain.splitlines()
    assert max(map(len, lines)) <= max(width, 30)
    for part in ("█", "░", "┃", "USD 3 billion", "USD 2.9 billion", "target USD 5 billion"):
        assert part in drawn.plain
    bars = [line for line in lines if "█" in line or "░░" in line]
    assert len({line.index("┃") for line in bars if "┃" in line}) == 1


def test_a_chart_without_readings_or_without_a_target() -> None:
    assert "There is no reading." in chart(a_figure(), None, 40).plain
    assert "┃" not in chart(a_figure(("2024", 2)), None, 40).plain
    many = a_figure(*((str(year), year) for year in range(1990, 2026)))
    assert "24 earlier periods are not drawn" in chart(many, None, 60).plain
