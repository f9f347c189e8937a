"""Text from data is shown to the letter, everywhere, and does nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from textual.widgets import Static

from tests.tui.desk import DAY, FixedSettings, Open, Person, opened
from tests.tui.test_forms import opened as opened_form
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.register import Span, Words
from tracker.domain.status import Status
from tracker.domain.views import (
    ActView,
    CommitmentDetail,
    CommitmentView,
    EntryView,
    Facet,
    FacetValue,
    Group,
    NextStep,
    OverdueReport,
    Preview,
)
from tracker.errors import NotFound
from tracker.tui.screens.act import ActDialog
from tracker.tui.screens.batch import BatchDialog
from tracker.tui.screens.compare import CompareDialog, Differing
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.history import HistoryRoom
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.reports import ReportsRoom
from tracker.tui.screens.timeline import TimelineRoom
from tracker.tui.screens.undo import UndoDialog
from tracker.tui.shown import cell, shown
from tracker.tui.widgets.completing import CompletingLine

HOSTILE = {
    "markup": "[red]x[/red] [bold",
    "closing tag": "[/]",
    "vanishing tag": "[secret] Reply [#12]",
    "link that acts": "[@click=app.quit]x[/]",
    "window title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x1b\\",
    "colours": "\x1b[31mred\x9b0m",
    "bidi": "abc\u202egnp.exe\u2066",
    "wide": "漢字かな交じり文",
    "combining": "e\u0301\u0323\u0302\u0303\u0309 nghie\u0302\u0323m",
    "surrogate and null": "a\ud800b\x00c\r\nd",
    "template": "{ref} %s $x ${y}",
}
# What may leave for the terminal: no control character, nothing that turns the direction of writing.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def words(text: str) -> Words:
    return Words.model_construct(vi=text, en=text)


def poisoned(view: CommitmentView, text: str) -> CommitmentView:
    return replace(
        view,
        title=words(text),
        statement=words(text),
        next=NextStep(text, DAY, "follow_up"),
        tags=(text,),
        parties=tuple(replace(party, name=words(text)) for party in view.parties),
        sources=tuple(replace(source, document=text, sentence=text) for source in view.sources),
        deadline=view.deadline and replace(view.deadline, text=text),
    )


def poison(person: Person, text: str) -> None:
    """Let the services answer with the text wherever people's words stand."""
    commitments, reports = person.app.tracker.commitments, person.app.tracker.reports
    page, show, overdue = commitments.page, commitments.show, reports.overdue

    def poisoned_page(query: str = "", **named: Any) -> tuple[CommitmentView, ...]:
        return tuple(poisoned(view, text) for view in page(query, **named))

    def poisoned_show(ref: str, *, as_of: date) -> CommitmentDetail:
        detail = show(ref, as_of=as_of)
        return replace(
            detail,
            commitment=poisoned(detail.commitment, text),
            updates=tuple(replace(u, note=text, actor=text, confirmed_by=text) for u in detail.updates),
            entries=tuple(replace(e, reason=text, actor=text, changes={"title": (None, text)}) for e in detail.entries),
        )

    @contextmanager
    def poisoned_report(**named: Any) -> Iterator[OverdueReport]:
        with overdue(**named) as report:
            sections = {name: (poisoned(view, text) for view in rows) for name, rows in report.sections.items()}
            yield replace(report, sections=sections)

    vars(commitments).update(page=poisoned_page, show=poisoned_show)
    vars(reports).update(overdue=poisoned_report)


def literally(text: str) -> str:
    """The text as the screen shows it: every character of it."""
    return " ".join(str(shown(text)).split())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_every_place_shows_it_literally(desk: Open, text: str) -> None:
    async with desk((160, 50)) as person:
        poison(person, text)
        whole = literally(text)
        await person.press("f5", "down")
        await person.until(lambda: person.screen.count(whole) >= 4, f"{whole!r} in list and pane")
        assert not FORBIDDEN.search(person.screen)
        await person.press("f4")
        await person.at(MarkDialog)
        await person.sees(whole, "New status")
        assert not FORBIDDEN.search(person.screen)
        await person.press("escape")
        await person.press("f3", "p")
        await person.at(ReportsRoom)
        await person.sees(whole, "Overdue")
        assert not FORBIDDEN.search(person.screen)
        await person.until(lambda: person.app.focused is not None)
        await person.press("enter")
        await person.at(DetailRoom)
        await person.until(lambda: person.screen.count(whole) >= 4)
        assert not FORBIDDEN.search(person.screen)
        for line in range(3, 40, 9):
            await person.pilot.click(offset=(20, line))
        assert person.app.is_running
        person.app.say(text)
        await person.press("escape", "f12")
        await person.write("quan he")
        await person.sees(whole)
        assert not FORBIDDEN.search(person.screen)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_values_headings_and_reasons_show_it_literally(desk: Open, text: str) -> None:
    async with desk((200, 50)) as person:
        poison(person, text)
        commitments, whole = person.app.tracker.commitments, literally(text)
        value = FacetValue("=x", words(text), 37)
        group = Group("x", words(text), "", 37)
        vars(commitments)["facet"] = lambda _query, name, **_named: Facet(name, (value,))
        vars(commitments)["groups"] = lambda *_given, **_named: (group,)
        vars(commitments)["today"] = lambda *_given: (replace(group, key="follow_up"),)
        await person.press("v", "g", "down", "enter")
        await person.sees(f"▾ {whole}", "by lead")
        await person.until(lambda: person.screen.count(f"   {whole[:12]}") >= 6, "the values")
        assert not FORBIDDEN.search(person.screen)
        await person.press("g", "l")
        await person.at(TimelineRoom)
        await person.until(lambda: person.screen.count(whole) >= 4, "the timeline with its pane")
        assert not FORBIDDEN.search(person.screen)
        person.app.go("today")
        await person.press("f5")
        await person.sees("Follow-ups due", f"{whole[:20]}")
        assert not FORBIDDEN.search(person.screen)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_history_undo_and_copies_show_it_literally(desk: Open, text: str) -> None:
    async with desk((160, 50)) as person:
        commitments = person.app.tracker.commitments
        poison(person, text)
        history, whole = commitments.history, literally(text)

        def poisoned_history(ref: str | None = None, **named: Any) -> tuple[EntryView, ...]:
            entries = history(ref, **named)
            return tuple(replace(e, reason=text, actor=text, changes={"title": (None, text)}) for e in entries)

        def poisoned_act(_hand: Hand, ref: str | None = None, act: str | None = None) -> ActView:
            told = history(ref, limit=1)[0]
            return ActView(told.number, told.act, "mark", text, "tui", told.recorded_at, (told.ref,), None)

        vars(commitments)["history"] = poisoned_history
        vars(commitments)["next_undo"] = poisoned_act
        await person.press("f5", "y", "t")
        await person.hears("Copied: ")
        assert not FORBIDDEN.search(person.app.clipboard)
        await person.press("g", "h")
        await person.at(HistoryRoom)
        await person.until(lambda: person.screen.count(whole) >= 3, f"{whole!r} in list and pane")
        assert not FORBIDDEN.search(person.screen)
        await person.press("delete")
        await person.at(UndoDialog)
        await person.sees(cell(text, 60).rstrip()[:20], "This is an act of its own")
        assert not FORBIDDEN.search(person.screen)
        assert person.app.is_running


async def test_a_note_with_markup_comes_back_as_typed(settings: FixedSettings) -> None:
    async with opened(settings, (240, 50)) as person:
        ref = person.rows.current.ref if person.rows.current else ""
        note = "[/] [@click=app.quit]bấm[/] [red]"
        command = RecordStatus(commitments=(Seen(ref=ref),), status=Status.IN_PROGRESS, note=note)
        person.app.tracker.commitments.record_status(command, Hand("[b]Lan[/b]", "cli", DAY))
        await person.press("f5", "down", "up")
        await person.sees(note, "[b]Lan[/b]")


def test_a_cell_is_exactly_as_wide_as_it_is_told() -> None:
    from rich.cells import cell_len

    for text in (*HOSTILE.values(), "", "a", "漢" * 40):
        for width in (1, 2, 5, 13, 40):
            made = cell(text, width)
            assert cell_len(made) == width, (text, width)
            assert not FORBIDDEN.search(made)
            assert "\n" not in made


def poison_names(person: Person, text: str) -> None:
    """Let parties, documents and their paragraphs be called so."""
    library, commitments = person.app.tracker.library, person.app.tracker.commitments
    parties, documents, document = library.parties, library.named_documents, library.document
    vars(library).update(
        parties=lambda: tuple(replace(each, name=words(f"Lao {text}")) for each in parties()),
        named_documents=lambda: tuple(replace(each, title=text, text_added=True) for each in documents()),
        document=lambda ref: replace(document(documents()[0].sha256), text=f"{text}\n{text}"),
        tags=lambda beginning, *, limit: (text,),
    )
    place = Span(document="a" * 64, paragraph=1, start=0, end=len(text))
    vars(commitments).update(read_place=lambda given: place)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_every_form_shows_it_literally(desk: Open, text: str) -> None:
    async with desk((160, 50)) as person:
        poison(person, text)
        poison_names(person, text)
        whole = literally(text)
        for act in ("note", "evidence", "move", "edit"):
            dialog = await opened_form(person, act, ActDialog)
            await person.sees(whole)
            assert not FORBIDDEN.search(person.screen)
            if act == "edit":
                assert any(whole in " ".join(line.value.split()) for line in dialog.query(CompletingLine))
            await person.press("escape")
            await person.at(RegisterRoom)
        form = await opened_form(person, "follow_up", ActDialog)
        line = form.query_one(CompletingLine)
        line.focus()
        await person.pilot.pause()
        await person.write("lao")
        await person.until(lambda: line.is_offering)
        await person.sees(whole)
        assert not FORBIDDEN.search(person.screen)
        await person.press("down", "enter", "escape")
        source = (await opened_form(person, "add", ActDialog)).form.fields["source"]
        source.fill("x:1")
        await person.until(lambda: source.said.startswith("“"), "the paragraph")
        assert whole in literally(source.said)
        assert not FORBIDDEN.search(person.screen)
        person.app.push_screen(CompareDialog(text, (Differing("x", text, text, f"{text} 2"),)))
        compare = await person.at(CompareDialog)
        await person.until(lambda: compare.query(".value"))
        assert {literally(str(each.content)) for each in compare.query(".value").results(Static)} == {
            whole,
            f"{whole} 2",
        }
        assert not FORBIDDEN.search(person.screen)
        refused = ((text, NotFound("party", text, (text,))),)
        person.app.push_screen(BatchDialog(text, Preview((text, text), refused)))
        await person.at(BatchDialog)
        await person.until(lambda: person.screen.count(whole) >= 4, "the batch")
        assert not FORBIDDEN.search(person.screen)
        assert person.app.is_running


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_draft_with_it_does_nothing(desk: Open, text: str) -> None:
    async with desk((100, 30)) as person:
        person.app.drafts.of("edit", "VL-2025-013").keep({"title_en": f"one {text} two", "parties": text, "note": text})
        form = await opened_form(person, "edit", ActDialog)
        assert form.form.typed["title_en"].startswith("one ")
        assert not FORBIDDEN.search(person.screen)
        assert person.app.is_running
