"""Lines offer what can be meant; nothing that is offered holds up typing or overrides what was typed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.desk import DAY, Open, Person
from tests.tui.test_forms import REF, opened
from tracker.bootstrap import Tracker
from tracker.domain.commands import SaveView
from tracker.tui import completion
from tracker.tui.completion import Offer, rank
from tracker.tui.screens.edit import EditDialog
from tracker.tui.screens.follow_up import PlanDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.tell import EvidenceDialog
from tracker.tui.widgets.completing import CompletingLine, OfferList


def texts(offers: completion.Offers) -> list[str]:
    return [each.text for each in offers.offers]


async def typing(person: Person, line: CompletingLine, text: str) -> None:
    """Type into the line and wait for what is offered."""
    line.focus()
    line.value = ""
    await person.pilot.pause()
    await person.write(text)
    await person.until(lambda: line.is_offering, f"offers for {text}")


def test_what_is_typed_with_marks_finds_the_exact_first() -> None:
    assert rank("bo cong", ("Bộ Công Thương",)) == 0
    assert rank("công bộ", ("Bộ Công Thương",)) is not None
    assert rank("lao", ("Bộ Lao động", "Lào")) == 0
    exact, folded = rank("lào", ("Lào",)), rank("lào", ("Lao động",))
    assert exact is not None
    assert folded is not None
    assert exact < folded
    assert rank("thuong x", ("Bộ Công Thương",)) is None


async def test_parties_are_found_folded_by_name_alias_and_key(desk: Open) -> None:
    async with desk() as person:
        tracker = person.app.tracker
        for typed in ("xay dung", "Bộ Xây", "ministry of construction", "vn-moc"):
            assert "Ministry of Construction (Viet Nam)" in texts(completion.parties(tracker, typed, len(typed)))
        listed = tracker.library.parties()
        everything = texts(completion.parties(tracker, "", 0))
        assert everything == [each.name.said_in("en") for each in listed][: completion.MOST]


@pytest.mark.parametrize("key", ["enter", "tab"])
async def test_an_offer_is_taken_by_keys(desk: Open, key: str) -> None:
    async with desk((80, 24)) as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        line = dialog.form.fields["to"].editor
        assert isinstance(line, CompletingLine)
        await typing(person, line, "ngoai giao")
        await person.sees("Ministry of Foreign Affairs (Viet Nam)")
        first = line._offers.offers[0].text
        await person.press("down", "down")
        second = line._offers.offers[1].text
        assert first != second
        await person.press(key)
        assert line.value == second
        assert not line.is_offering
        assert line.has_focus


async def test_escape_closes_the_list_and_not_the_form(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        line = dialog.form.fields["to"].editor
        assert isinstance(line, CompletingLine)
        await typing(person, line, "bo")
        await person.press("escape")
        assert not line.is_offering
        assert person.app.screen is dialog
        assert line.value == "bo"
        await person.press("escape")
        await person.at(RegisterRoom)


async def test_an_offer_is_taken_by_the_mouse(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        line = dialog.form.fields["to"].editor
        assert isinstance(line, CompletingLine)
        await typing(person, line, "ngoai giao")
        await person.pilot.click(OfferList, offset=(3, 1))
        await person.until(lambda: not line.is_offering)
        assert line.value == line._offers.offers[1].text
        assert line.has_focus


async def test_a_burst_of_an_input_method_is_offered_once_it_rests(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        line = dialog.form.fields["to"].editor
        assert isinstance(line, CompletingLine)
        line.focus()
        await person.pilot.pause()
        await person.press(*"Bo", "backspace", "ộ", "space", *"Ngoai", "backspace", "backspace", "backspace", *"oại")
        await person.settles()
        assert line.is_offering
        assert line.value == "Bộ Ngoại"
        assert any("Ngoại" in name for name in ("Bộ Ngoại giao",))
        await person.press("down", "enter")
        assert line.value == "Ministry of Foreign Affairs (Viet Nam)"


async def test_a_slow_register_holds_up_nobody(desk: Open) -> None:
    async with desk() as person:
        dialog = await opened(person, "follow_up", PlanDialog)
        line = dialog.form.fields["to"].editor
        assert isinstance(line, CompletingLine)
        gate, asked = threading.Event(), list[str]()

        def slow(tracker: Tracker, text: str, at: int) -> completion.Offers:
            asked.append(text)
            gate.wait(10)
            return completion.Offers(0, len(text), (Offer(f"offer for {text}"),))

        line._source = slow
        line.focus()
        await person.pilot.pause()
        await person.write("first")
        await person.until(lambda: asked == ["first"])
        await person.write(" second")
        assert line.value == "first second"
        await person.until(lambda: len(asked) == 2)
        gate.set()
        await person.until(lambda: line.is_offering)
        assert [each.text for each in line._offers.offers] == ["offer for first second"]


async def test_tags_and_figures_are_offered_one_by_one(desk: Open) -> None:
    async with desk() as person:
        tracker = person.app.tracker
        dialog = await opened(person, "edit", EditDialog)
        dialog.form.fill({"tags": "đường bộ, đường sắt"})
        await person.pilot.pause()
        await person.press("f9")
        await person.at(RegisterRoom)
        assert texts(completion.tags(tracker, "duo", 3)) == ["duong-bo", "duong-sat"]
        found = completion.tags(tracker, "duong-bo, đường", 15)
        assert (found.start, texts(found)) == (10, ["duong-sat"])
        figures = texts(completion.figures(tracker, "", 0))
        assert figures
        assert all(each.endswith("=") for each in figures)
        assert not completion.figures(tracker, "vn-la-trade=5", 13).offers


async def test_refs_are_found_by_words(desk: Open) -> None:
    async with desk() as person:
        tracker = person.app.tracker
        assert REF in texts(completion.refs(tracker, "duong cao toc", 13))
        assert texts(completion.refs(tracker, REF.lower(), 5)) == [REF]


async def test_evidence_is_a_place_or_a_path(desk: Open, articles: str) -> None:
    async with desk() as person:
        tracker = person.app.tracker
        tracker.library.add_documents([Path(articles)], tracker.hand("cli"))
        assert texts(completion.evidence(tracker, "bai", 3)) == ["bai.txt:"]
        paragraphs = completion.evidence(tracker, "bai.txt:", 8)
        assert [(each.text, each.said[:8]) for each in paragraphs.offers] == [("1", "Tin ngày"), ("2", "Hai bên ")]
        folder = str(Path(articles).parent)
        assert articles in texts(completion.evidence(tracker, f"{folder}/BA", len(folder) + 3))
        assert not completion.evidence(tracker, "https://example.org/a", 20).offers
        assert not completion.evidence(tracker, "/nowhere/at/all", 15).offers
        dialog = await opened(person, "evidence", EvidenceDialog)
        line = dialog.form.fields["evidence"].editor
        assert isinstance(line, CompletingLine)
        await typing(person, line, "bai")
        await person.press("enter")
        await person.until(lambda: line.is_offering, "paragraphs")
        await person.press("down", "down", "enter")
        assert line.value == "bai.txt:2"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sta", "status:"),
        ("status:pro", "in_progress"),
        ("status:recorded,del", "delivered"),
        ("is:over", "overdue"),
        ("lead:xay", '"Ministry of Construction (Viet Nam)"'),
        ('lead:"bo xay', '"Ministry of Construction (Viet Nam)"'),
        ("cao toc (-sector:infra", "infrastructure"),
        ("due:2026-q", "2026-Q4"),
        ("@qua", '@"Quá hạn"'),
    ],
)
async def test_the_filter_offers_qualifiers_and_their_values(desk: Open, typed: str, offered: str) -> None:
    async with desk((80, 24)) as person:
        tracker = person.app.tracker
        tracker.saved_views.save(SaveView(name="Quá hạn", query="is:overdue"), tracker.hand("cli"))
        found = completion.query(tracker, typed, len(typed))
        assert offered in texts(found)
        line = typed[: found.start] + offered + typed[found.end :]
        if "@" not in typed and not offered.endswith(":"):
            person.app.tracker.commitments.count(line + ")" * typed.count("("), as_of=DAY)


async def test_words_in_the_filter_stay_words(desk: Open) -> None:
    async with desk() as person:
        tracker = person.app.tracker
        for typed in ("d", "duong", "duong cao", 'title "lea', "status:recorded ", ""):
            assert not completion.query(tracker, typed, len(typed)).offers


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_a_name_in_either_language_offers_its_term(desk: Open, language: str) -> None:
    named = [
        ("quá hạn", "is:overdue"),
        ("qua han", "is:overdue"),
        ("overdue", "is:overdue"),
        ("trễ hạn", "is:overdue"),
        ("TRE HA", "is:overdue"),
        ("đường cao tốc tre han", "is:overdue"),
        ("cao toc -(qua han", "is:overdue"),
        ("dang trien khai", "status:in_progress"),
        ("Đang triển kh", "status:in_progress"),
        ("in prog", "status:in_progress"),
        ("hoan thanh", "status:delivered"),
        ("delivered", "status:delivered"),
        ("newly", "status:recorded"),
        ("is:open moi ghi", "status:recorded"),
        ("-tam hoan", "status:suspended"),
    ]
    async with desk((80, 24), language) as person:
        tracker = person.app.tracker
        for typed, offered in named:
            found = completion.query(tracker, typed, len(typed))
            assert offered in texts(found), typed
            line = typed[: found.start] + offered + typed[found.end :]
            assert line.endswith(offered)
            tracker.commitments.count(line + ")" * typed.count("("), as_of=DAY)
        for typed in ('"quá hạn', "hạn ", "quá hạn x", "quan"):
            assert not completion.query(tracker, typed, len(typed)).offers


async def test_a_name_stays_words_until_its_term_is_chosen(desk: Open) -> None:
    async with desk((80, 24)) as person:
        await person.press("f2")
        line = person.app.focused
        assert isinstance(line, CompletingLine)
        await person.write("hop tac qua han")
        await person.until(lambda: line.is_offering)
        await person.sees("is:overdue", "past its deadline")
        await person.press("enter")
        assert line.value == "hop tac qua han"
        await person.press("f2")
        await person.write(" ")
        await person.press("backspace")
        await person.until(lambda: line.is_offering)
        await person.press("down", "enter")
        assert line.value == "hop tac is:overdue"
        await person.until(lambda: person.rows.length in range(1, 5), "the overdue ones among them")


async def test_enter_in_the_filter_takes_nothing_that_was_not_gone_to(desk: Open) -> None:
    async with desk((80, 24)) as person:
        await person.press("f2")
        line = person.app.focused
        assert isinstance(line, CompletingLine)
        await person.write("sta")
        await person.until(lambda: line.is_offering)
        await person.sees("status:", "delivery status")
        await person.press("enter")
        assert line.value == "sta"
        assert person.rows.has_focus
        await person.press("f2")
        await person.write("tus")
        await person.until(lambda: line.is_offering)
        await person.press("tab")
        assert line.value == "status:"
        await person.until(lambda: line.is_offering, "the statuses")
        await person.sees("Newly recorded")
        await person.press("down", "enter")
        assert line.value == "status:recorded"
        assert isinstance(person.app.focused, Input)
