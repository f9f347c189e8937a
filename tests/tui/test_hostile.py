"""Text from data is shown to the letter, in every widget that shows data, and does nothing.

All two hundred texts stand on one screen where there is room for them, else the same widget is told one after the
other. What is looked for is on the screen, whole: where a cell cuts a text, as much of it as the cell has room for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.errors import MarkupError as RichMarkupError
from rich.text import Text
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from tests.domain.test_pace import a_figure
from tests.tui.desk import DAY, FixedSettings, Open, Person, opened
from tests.tui.hostile import FAMILIES, FORBIDDEN, HOSTILE, packed, read_as
from tests.tui.test_forms import opened as opened_form
from tracker.domain.agenda import SavedView
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.lateness import OverdueReport
from tracker.domain.register import Words
from tracker.domain.status import Status
from tracker.domain.views import (
    ActView,
    AimView,
    CitedView,
    CommitmentDetail,
    CommitmentView,
    DocumentView,
    EntryView,
    EvidenceView,
    Facet,
    FacetValue,
    Group,
    MilestoneView,
    NextStep,
    PartyView,
    Preview,
    SourceView,
    StatusUpdateView,
)
from tracker.errors import BadDate, NotFound
from tracker.tui.completion import Offer, Offers
from tracker.tui.messages import Explained, Failed, ToUndo
from tracker.tui.openings import AFigure, ASource, open_it
from tracker.tui.palette import COMMITMENTS_OFFERED, Commitments
from tracker.tui.screens.act import ActDialog
from tracker.tui.screens.batch import BatchDialog
from tracker.tui.screens.choice import ChoiceDialog
from tracker.tui.screens.compare import CompareDialog, Differing
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.document import DocumentRoom
from tracker.tui.screens.figure import FigureRoom
from tracker.tui.screens.figures import FiguresRoom
from tracker.tui.screens.history import HistoryRoom
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.reports import ReportsRoom
from tracker.tui.screens.timeline import TimelineRoom
from tracker.tui.screens.today import TodayRoom
from tracker.tui.screens.undo import UndoDialog
from tracker.tui.screens.views import ViewsDialog
from tracker.tui.screens.why import WhyDialog
from tracker.tui.shown import cell
from tracker.tui.widgets.bars import Bar, Notice
from tracker.tui.widgets.completing import CompletingLine, OfferList
from tracker.tui.widgets.detail_pane import DetailPane
from tracker.tui.widgets.document_text import MARGIN, DocumentText
from tracker.tui.widgets.entry_list import EntryList
from tracker.tui.widgets.facet_pane import FacetPane
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.page_view import GUTTER, PageView
from tracker.tui.widgets.report_list import ReportList
from tracker.tui.widgets.source_field import LONGEST, SourceField

COUNT = len(HOSTILE)
# High enough for all rows of a list at once.
TALL = COUNT + 30
# So much of a text any notice or dialog has room for.
ROOM = 60
FRAME = re.compile("[\u2500-\u259f]")
READ = dict(zip(HOSTILE, map(read_as, HOSTILE), strict=True))


# The texts themselves


def test_there_are_two_hundred_and_no_two_are_the_same() -> None:
    assert COUNT == 200
    assert len(set(HOSTILE)) == len(set(READ.values())) == COUNT
    assert all(READ.values())
    assert min(map(len, FAMILIES.values())) >= 8


def test_each_would_do_harm_if_it_were_given_to_a_widget_as_it_is() -> None:
    for text in HOSTILE:
        assert (
            FORBIDDEN.search(text)
            or is_changed_by(Content.from_markup, text)
            or is_changed_by(Text.from_markup, text)
            or cell_len(text) != len(text)
            or len(text) >= 100
            or text != read_as(text)
            or text in FAMILIES["templates and other languages"]
            or "[" in text
            or "]" in text
            or not text.isascii()
        ), text
    markup = FAMILIES["markup of Textual and Rich"] + FAMILIES["links that act"]
    assert sum(is_changed_by(Content.from_markup, text) for text in markup) > 30


def is_changed_by(read: Callable[[str], Any], text: str) -> bool:
    try:
        return bool(read(text).plain != text)
    except (RichMarkupError, Exception):  # noqa: BLE001 - whatever it is, a widget would have fallen over it
        return True


def test_a_cell_is_exactly_as_wide_as_it_is_told() -> None:
    for text in (*HOSTILE, "", "a"):
        for width in (1, 2, 5, 13, 40):
            made = cell(text, width)
            assert cell_len(made) == width, (text, width)
            assert not FORBIDDEN.search(made)
            assert "\n" not in made


# What is seen


def beginning(text: str, cells: int) -> str:
    """As much of what is read of it as surely fits into so many cells."""
    whole = READ[text]
    return whole if cell_len(whole) <= cells else set_cell_size(whole, cells - 2).rstrip()


def harmless(person: Person) -> None:
    """Nothing on the screen does anything, and no line is wider than the terminal."""
    there = person.screen
    assert not FORBIDDEN.search(there)
    assert max(map(cell_len, there.splitlines())) <= person.app.size.width
    assert person.app.is_running


def drawn(person: Person, widget: Widget, cut: int = 0) -> list[str]:
    """The lines of the screen where the widget lies, each without so many cells of its margin."""
    place = widget.region
    strips = person.app.screen._compositor.render_strips()[place.y : place.bottom]
    return [FRAME.sub("", strip.crop(place.x + cut, place.right).text) for strip in strips]


def missing(
    person: Person, widget: Widget, texts: Iterable[str], *, times: int = 1, cut: int = 0, limit: int | None = None
) -> list[str]:
    """Those that are not drawn by the widget so often; where it breaks its lines does not matter."""
    there = packed("".join(drawn(person, widget, cut)))
    return [text for text in texts if there.count(packed(READ[text])[:limit]) < times]


async def sees_rows(person: Person, rows: Widget, *widths: int) -> None:
    """Each text stands on the line of its own ref, in cells of these widths (so often as there are widths)."""
    await person.until(lambda: REFS[-1] in person.screen, "the last row")
    await person.settles()
    lines = {found[0]: line for line in drawn(person, rows) if (found := re.search(r"HX-2026-\d{3}", line))}
    assert lines.keys() == set(REFS)
    for ref, text in zip(REFS, HOSTILE, strict=True):
        assert lines[ref].count(beginning(text, min(widths))) >= len(widths), (ref, lines[ref])
        assert beginning(text, max(widths)) in lines[ref], (ref, lines[ref])
    harmless(person)


async def sees_each(
    person: Person, tell: Callable[[str], object], *widgets: Widget, times: int = 1, texts: Sequence[str] = HOSTILE
) -> None:
    """Told one after the other, each is drawn by the widgets so often, before the next is told."""
    for text in texts:
        tell(text)
        await person.pilot.pause()
        for widget in widgets:
            assert not missing(person, widget, [text], times=times, limit=ROOM), f"{text!r} in {drawn(person, widget)}"
        harmless(person)


# A register of such texts


def words(text: str) -> Words:
    return Words.model_construct(vi=text, en=text)


REFS = tuple(f"HX-2026-{number:03}" for number in range(1, COUNT + 1))


def party(text: str, role: str, *, ours: bool) -> PartyView:
    return PartyView(f"key-{role}", words(text), role, "stated", "VN" if ours else "LA", ours)


def hostile_view(sample: CommitmentView, ref: str, text: str) -> CommitmentView:
    return replace(
        sample,
        ref=ref,
        title=words(text),
        statement=words(text),
        next=NextStep(text, DAY, "follow_up"),
        tags=(text,),
        parties=(party(text, "lead", ours=True), party(text, "counterpart", ours=False)),
        sources=(SourceView(text, "f" * 64, "none", 1, 0, 1, "origin", text),),
        deadline=sample.deadline and replace(sample.deadline, text=text),
    )


class Register:
    """Two hundred commitments, one with each text wherever people's words stand."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.commitments, self.library = person.app.tracker.commitments, person.app.tracker.library
        self._show = self.commitments.show
        self.sample = self.commitments.show("VL-2026-001", as_of=DAY)
        self.views = tuple(
            hostile_view(self.sample.commitment, ref, text) for ref, text in zip(REFS, HOSTILE, strict=True)
        )
        self.group = Group("follow_up", None, "", COUNT)
        vars(self.commitments).update(
            page=self.page,
            count=lambda query="", **_named: COUNT,
            position=lambda ref, query="", **_named: REFS.index(ref) if ref in REFS else None,
            show=self.show,
            section=lambda key, day, query="": replace(self.group, key=key, count=COUNT if key == "follow_up" else 0),
            today=lambda day, query="": (self.group,),
            facet=lambda query, name, **_named: Facet(
                name, tuple(FacetValue(f"={ref}", words(text), 7) for ref, text in zip(REFS, HOSTILE, strict=True))
            ),
            groups=lambda query, by, **_named: tuple(
                Group(ref, words(text), ref, 1) for ref, text in zip(REFS, HOSTILE, strict=True)
            ),
        )

    def page(self, query: str = "", *, offset: int, limit: int, **_named: Any) -> tuple[CommitmentView, ...]:
        """Of a group the one that stands in it."""
        found = (self.views[REFS.index(query)],) if query in REFS else self.views
        return found[offset : offset + limit]

    def show(self, ref: str, *, as_of: date) -> CommitmentDetail:
        if ref not in REFS:
            return self._show(ref, as_of=as_of)
        return replace(self.sample, commitment=self.views[REFS.index(ref)])

    def whole(self) -> CommitmentDetail:
        """One commitment with all the texts in every part of it; of long lists the page shows the newest fifty."""
        fifty = [HOSTILE[begin : begin + 4] for begin in range(0, COUNT, 4)]
        entry, update = self.sample.entries[0], StatusUpdateView(DAY, Status.IN_PROGRESS, "", None, "", "")
        view = replace(
            self.sample.commitment,
            ref=REFS[0],
            parties=tuple(party(text, "undertaker", ours=number % 2 > 0) for number, text in enumerate(HOSTILE)),
            sources=tuple(SourceView(text, "f" * 64, "none", 1, 0, 1, "origin", text) for text in HOSTILE),
            milestones=tuple(MilestoneView(words(text), None) for text in HOSTILE),
            tags=HOSTILE,
        )
        return replace(
            self.sample,
            commitment=view,
            updates=tuple(
                replace(update, note=a, actor=b, confirmed_by=c, evidence=(EvidenceView("link", d, 1),))
                for a, b, c, d in fifty
            ),
            entries=tuple(
                replace(entry, position=2, actor=a, reason=b, changes={"title": ({"en": c}, {"en": d})})
                for a, b, c, d in fifty
            ),
        )


async def hostile(person: Person) -> Register:
    """Let the services answer so, and the register be read again."""
    register = Register(person)
    await person.press("f5")
    await person.has_rows(COUNT)
    return register


# Lists


async def test_rows_of_the_register_and_its_pane(desk: Open) -> None:
    async with desk((240, TALL)) as person:
        await hostile(person)
        columns = ("ref", "title", "lead", "partner", "source", "next", "tags")
        person.rows.set_columns(columns, "", descending=False)
        cells = person.rows.columns_in(person.rows.scrollable_content_region.width).cells
        assert cells.keys() >= {"title", "lead", "partner", "source"}
        await sees_rows(person, person.rows, *(width for name, width in cells.items() if name not in ("ref", "next")))
        person.rows.set_columns(("ref", "title", "next"), "", descending=False)
        await person.settles()
        there = person.screen
        assert [text for text in HOSTILE if beginning(text, 18) not in there] == []


async def test_headings_of_groups_and_values_to_filter_by(desk: Open) -> None:
    async with desk((120, COUNT + 20)) as person:
        await hostile(person)
        await person.press("v", "g", "down", "enter")
        await person.until(lambda: person.rows.length == 2 * COUNT, "the groups")
        left = set(HOSTILE)
        person.room.query_one(DetailPane).display = False
        for key in ("home", "end"):
            await person.press(key)
            await person.settles()
            there = person.screen
            left -= {text for text in left if f"▾ {beginning(text, 60)}" in there}
            harmless(person)
        assert not left
        await person.press("f", "a")
        pane = person.room.query_one(FacetPane)
        await person.until(lambda: pane.display and pane.has_focus and len(pane._facets) > 2, "the values")
        await person.press(*("down",) * 8, "enter")
        pane.to("lead")
        await person.settles()
        there = "\n".join(drawn(person, pane))
        assert [text for text in HOSTILE if beginning(text, 12) not in there] == []
        harmless(person)


async def test_rows_of_today_and_of_the_timeline(desk: Open) -> None:
    async with desk((240, TALL)) as person:
        await hostile(person)
        for name, room, widths in (("today", TodayRoom, (20, 26)), ("timeline", TimelineRoom, (20,))):
            person.app.go(name)
            await person.at(room)
            await person.press("f5")
            person.room.query_one(DetailPane).display = False
            await sees_rows(person, person.rows, *widths)


async def test_rows_and_leads_of_the_report(desk: Open) -> None:
    async with desk((160, 2 * COUNT + 40)) as person:
        register = await hostile(person)
        reports = person.app.tracker.reports
        overdue = reports.overdue

        @contextmanager
        def hostile_report(**named: Any) -> Iterator[OverdueReport]:
            with overdue(**named) as report:
                lead = {view.ref: replace(view.parties[0], key=view.ref) for view in register.views}
                rows = (replace(v, parties=(lead[v.ref], *v.parties[1:])) for v in register.views)
                sizes = {**dict.fromkeys(report.sizes, 0), "overdue": COUNT}
                yield replace(report, sizes=sizes, sections={**report.sections, "overdue": rows})

        vars(reports)["overdue"] = hostile_report
        await person.press("f3", "p")
        await person.at(ReportsRoom)
        await sees_rows(person, person.room.query_one(ReportList), 20)
        lines = [line.strip(" ▌") for line in person.screen.splitlines()]
        assert [text for text in HOSTILE if not any(line.startswith(beginning(text, 60)) for line in lines)] == []


async def test_entries_of_the_history_and_the_act_to_take_back(desk: Open) -> None:
    async with desk((160, TALL + 40)) as person:
        commitments = person.app.tracker.commitments
        sample = commitments.history(limit=1)[0]

        def history(ref: str | None = None, *, limit: int | None = None, offset: int = 0, **_named: Any) -> Any:
            entries = [
                replace(sample, ref=ref, reason=text, actor=text, changes={"title": (None, {"en": text})})
                for ref, text in zip(REFS, HOSTILE, strict=True)
            ]
            return tuple(entries[offset:][:limit])

        vars(commitments)["history"] = history
        await person.press("g", "h")
        await person.at(HistoryRoom)
        rows = person.room.query_one(EntryList)
        await sees_rows(person, rows, 20, 60)
        notice = person.room.query_one("#entry", Notice)
        notice.styles.max_height = 40
        await sees_each(person, lambda text: setattr(rows, "cursor", HOSTILE.index(text)), notice, times=2)
        told: EntryView = history(limit=1)[0]
        act = ActView(told.number, told.act, "mark", "", "tui", told.recorded_at, (told.ref,), None)
        vars(commitments)["next_undo"] = lambda hand, ref=None, act_=None, **_named: act
        await person.press("delete")
        dialog = await person.at(UndoDialog)
        told_of = dialog.query_one(".under-title")
        await sees_each(person, lambda text: dialog.post_message(ToUndo(replace(act, actor=text))), told_of)


# Pages


async def test_one_commitment_whole_beside_the_list_and_on_its_page(desk: Open) -> None:
    async with desk((140, 3200)) as person:
        register = await hostile(person)
        whole = register.whole()
        shown = vars(register.commitments)["show"]
        vars(register.commitments)["show"] = lambda ref, **named: whole if ref == REFS[0] else shown(ref, **named)
        person.app.go_to(REFS[0])
        room = await person.at(DetailRoom)
        await person.until(lambda: room._detail == whole, "the whole of it")
        await person.settles()
        seen = "".join(packed("".join(drawn(person, page, GUTTER))) for page in room.pages if page.display)
        # Sources twice, a party, a milestone, a tag; once among the updates, once among the entries.
        assert [text for text in HOSTILE if seen.count(packed(READ[text])) < 7] == []
        harmless(person)
        for line in range(3, 60, 17):
            await person.pilot.click(offset=(30, line))
        assert person.app.screen is room


async def test_the_pane_beside_the_list(desk: Open) -> None:
    async with desk((160, 70)) as person:
        register = await hostile(person)
        pane = person.room.query_one(DetailPane)
        # The row under the cursor is shown there once its answer comes.
        await person.settles()
        await sees_each(
            person, lambda text: pane.show(register.show(REFS[HOSTILE.index(text)], as_of=DAY)), pane, times=5
        )


async def test_a_document_and_what_is_cited_of_it(desk: Open) -> None:
    async with desk((140, 900)) as person:
        text = "\n".join(HOSTILE)
        places, at = [], 0
        for hostile_text in HOSTILE:
            places.append(CitedView(REFS[0], words(hostile_text), "origin", 1, at, at + len(hostile_text)))
            at += len(hostile_text) + 1
        document = DocumentView("f" * 64, "tin.txt", "", "", "vi", "none", True, 1, text)
        vars(person.app.tracker.library).update(
            document=lambda _ref: document, cited=lambda _sha256, as_of: tuple(places)
        )
        open_it(person.app, ASource("f" * 64, 0, 0, REFS[0]))
        room = await person.at(DocumentRoom)
        await person.settles()
        body, notice = room.query_one(DocumentText), room.query_one("#lit", Notice)
        paragraphs = [text for text in HOSTILE if "\n" not in text]
        assert len(paragraphs) > COUNT - 10
        assert missing(person, body, paragraphs, cut=MARGIN) == []
        await person.pilot.resize_terminal(140, 40)
        await sees_each(person, lambda _text: body.action_next_citation(), notice)
        bar = room.query_one(Bar)
        short = [text for text in HOSTILE if cell_len(READ[text]) < 40]
        await sees_each(person, lambda text: bar.tell(text, text), bar, texts=short, times=2)


async def test_figures_and_their_readings(desk: Open) -> None:
    async with desk((160, 1800)) as person:
        one = a_figure(("2024", 2), ("2025", 3))
        figures = tuple(replace(one, key=ref, name=words(text)) for ref, text in zip(REFS, HOSTILE, strict=True))
        readings = tuple(replace(one.readings[0], note=text, document=text) for text in HOSTILE)
        aims = tuple(
            AimView(ref, words(text), Decimal(5), None) for ref, text in zip(REFS[:20], HOSTILE[::10], strict=True)
        )
        whole = replace(one, unit=HOSTILE[0], readings=readings, targets=aims)
        vars(person.app.tracker.library).update(figures=lambda as_of: figures, figure=lambda key, as_of: whole)
        person.app.go("figures")
        await person.at(FiguresRoom)
        await person.settles()
        there = person.screen
        assert [text for text in HOSTILE if beginning(text, 60) not in there] == []
        harmless(person)
        open_it(person.app, AFigure("trade"))
        room = await person.at(FigureRoom)
        page = room.query_one(PageView)
        await person.until(lambda: page.current, "the page")
        assert missing(person, page, HOSTILE, times=2, cut=GUTTER) == []
        harmless(person)


async def test_why(desk: Open) -> None:
    async with desk((120, 90)) as person:
        given = person.app.tracker.commitments.explain("VL-2026-001", as_of=DAY)
        assert given.deadline is not None
        assert given.deadline_by is not None
        await person.press("ctrl+e")
        dialog = await person.at(WhyDialog)

        def tell(text: str) -> None:
            assert given.deadline is not None
            assert given.deadline_by is not None
            said = replace(given.deadline_by, actor=text, reason=text)
            deadline = replace(given.deadline, text=text)
            dialog.post_message(Explained(replace(given, deadline=deadline, deadline_by=said)))

        await sees_each(person, tell, dialog.query_one("#steps"), times=3)


# Dialogs


async def test_the_heading_of_every_form_and_what_is_said_at_its_fields(desk: Open) -> None:
    async with desk((160, 90)) as person:
        register = await hostile(person)
        for act in ("mark", "note", "evidence", "move", "edit", "follow_up"):
            dialog = await opened_form(person, act, ActDialog)
            field = next(iter(dialog.form.fields.values()))
            places = (dialog.query_one(".title"), dialog.query_one(".answer"), field._below)

            def tell(text: str, dialog: ActDialog = dialog, field: Field[Widget] = field) -> None:
                dialog.look_at(register.views[HOSTILE.index(text)])
                dialog.answer(text)
                field.remark(text)

            await sees_each(person, tell, *places, texts=HOSTILE if act == "mark" else HOSTILE[::20])
            await person.press("escape")
            await person.until(lambda: isinstance(person.app.screen, RegisterRoom), "to be back")


async def test_what_is_typed_into_lines_and_blocks(desk: Open) -> None:
    async with desk((160, 50)) as person:
        dialog = await opened_form(person, "edit", ActDialog)
        title = dialog.form.fields["title_en"]
        await person.press("escape")
        await person.at(RegisterRoom)
        note = await opened_form(person, "note", ActDialog)
        for text in HOSTILE:
            title.fill(text)
            assert packed(title.typed) == packed(READ[text])
            note.form.fill({"note": text})
            await person.pilot.pause()
            assert packed(note.form.typed["note"]) == packed(READ[text])
            there = packed("".join(drawn(person, note.form.fields["note"].editor)))
            assert packed(READ[text])[-12:] in there
            harmless(person)


async def test_what_is_offered_below_a_line(desk: Open) -> None:
    async with desk((160, 50)) as person:
        form = await opened_form(person, "follow_up", ActDialog)
        line = form.query_one(CompletingLine)
        line.focus()
        await person.pilot.pause()
        some = 4
        for begin in range(0, COUNT, some):
            texts = HOSTILE[begin : begin + some]
            offers = Offers(0, len(line.value), tuple(Offer(text, text) for text in texts))
            line.post_message(CompletingLine.Arrived(line.value, 0, offers))
            await person.pilot.pause()
            options = person.app.screen.query_one(OfferList)
            for number, text in enumerate(texts):
                said = str(options.get_option_at_index(number).prompt)
                assert packed(said).count(packed(READ[text])) == 2
            assert beginning(texts[0], 40) in " ".join(" ".join(drawn(person, options)).split())
            harmless(person)
        for begin in range(0, COUNT, some):
            line._offers = Offers(0, len(line.value), (Offer(HOSTILE[begin]),))
            line.take(0)
            assert packed(line.value) == packed(READ[HOSTILE[begin]])


async def test_the_paragraph_that_a_source_names(desk: Open) -> None:
    async with desk((160, 60)) as person:
        field = (await opened_form(person, "add", ActDialog)).form.fields["source"]
        assert isinstance(field, SourceField)
        # No place yet: nothing is asked.
        field.fill("x")
        whole = [text for text in HOSTILE if len(text) <= LONGEST]
        assert len(whole) > COUNT - 10
        await sees_each(
            person, lambda text: field.post_message(SourceField.Found("x", text)), field._below, texts=whole
        )


async def test_both_values_of_a_field_that_two_have_changed(desk: Open) -> None:
    async with desk((160, 60)) as person:
        fifty = [HOSTILE[begin : begin + 4] for begin in range(0, COUNT, 4)]
        person.app.push_screen(CompareDialog(HOSTILE[0], tuple(Differing("x", a, b, c) for a, b, c, _d in fifty)))
        compare = await person.at(CompareDialog)
        await person.until(lambda: len(compare.query(".value")) == 2 * len(fifty), "the values")
        for shift in range(4):
            turned = [(*four[shift:], *four[:shift]) for four in fifty]
            if shift:
                await person.press("escape")
                person.app.push_screen(CompareDialog(a_ref(), tuple(Differing("x", *row[:3]) for row in turned)))
                compare = await person.at(CompareDialog)
                await person.until(lambda c=compare: len(c.query(".value")) == 2 * len(fifty), "the values")
            for kind, place in ((".called", 0), (".value", 1)):
                said = {packed(str(each.content)) for each in compare.query(kind).results(Static)}
                assert {packed(READ[row[place]]) for row in turned} <= said
            await person.pilot.pause()
            harmless(person)


def a_ref() -> str:
    return HOSTILE[1]


async def test_a_batch_beforehand(desk: Open) -> None:
    async with desk((160, TALL)) as person:
        half = COUNT // 2
        for first, second in ((HOSTILE[:half], HOSTILE[half:]), (HOSTILE[half:], HOSTILE[:half])):
            refused = tuple((ref, NotFound("party", text, ())) for ref, text in zip(REFS, first, strict=False))
            dialog = BatchDialog("Mark", Preview(second, refused))
            person.app.push_screen(dialog)
            await person.at(BatchDialog)
            dialog.query_one(".dialog").styles.max_height = TALL
            dialog.query_one("BatchRows").styles.max_height = TALL
            await person.settles()
            there = person.screen
            assert [text for text in HOSTILE if beginning(text, 20) not in there] == []
            harmless(person)
            await person.press("escape")


async def test_saved_views_and_choices(desk: Open) -> None:
    async with desk((160, TALL)) as person:
        views = tuple(SavedView(text, text, "deadline", False, (), None, None) for text in HOSTILE)
        choices = [(ref, text) for ref, text in zip(REFS, HOSTILE, strict=True)]
        for dialog, longest in ((ViewsDialog(views), 30), (ChoiceDialog(HOSTILE[0], choices, REFS[0]), 40)):
            person.app.push_screen(dialog)
            await person.at(type(dialog))
            options = dialog.query_one(OptionList)
            for number, text in enumerate(HOSTILE):
                said = str(options.get_option_at_index(number).prompt)
                assert beginning(text, longest) in " ".join(said.split())
            for place in range(0, COUNT, 20):
                options.highlighted = place
                await person.pilot.pause()
                harmless(person)
            await person.press("escape")


async def test_notices_and_errors(desk: Open) -> None:
    async with desk((160, 120)) as person:
        # A room without columns: Textual cuts a wide character in two where an edge lies below a notice.
        person.app.go("history")
        room = await person.at(HistoryRoom)
        for text in HOSTILE:
            person.app.say(text, timeout=0.4)
            person.app.clear_notifications()
            said = NotFound("party", text, (text,))
            room.post_message(Failed("rows", said))
            room.post_message(Failed("rows", BadDate(text, "unreadable")))
        await person.pilot.pause()
        harmless(person)
        for begin in range(0, COUNT, 10):
            some = HOSTILE[begin : begin + 10]
            for text in some:
                person.app.say(text, timeout=30)
            await person.until(lambda: len(list(person.app.screen.query("Toast"))) >= 10, "the notices")
            await person.until(lambda some=some: all_told(person, some), f"to hear {some}")
            harmless(person)
            person.app.clear_notifications()
            await person.until(lambda: not person.app.screen.query("Toast"), "no notices")


def all_told(person: Person, texts: Sequence[str]) -> bool:
    told = "".join(packed("".join(drawn(person, toast))) for toast in person.app.screen.query("Toast"))
    return all(packed(READ[text])[:ROOM] in told for text in texts)


async def test_the_palette(desk: Open) -> None:
    async with desk((160, 50)) as person:
        register = await hostile(person)
        provider = Commitments(person.app.screen)
        for begin in range(0, COUNT, COMMITMENTS_OFFERED):
            some = slice(begin, begin + COMMITMENTS_OFFERED)
            vars(register.commitments)["page"] = lambda query="", some=some, **_named: register.views[some]
            said = [str(hit.match_display) async for hit in provider.search(HOSTILE[begin])]  # type: ignore[attr-defined]
            assert len(said) == len(HOSTILE[some]) + 1
            for text, hit in zip(HOSTILE[some], said, strict=False):
                assert beginning(text, 40) in " ".join(hit.split())
            assert packed(READ[HOSTILE[begin]]) in packed(said[-1])
        await person.press("f12")
        await person.write("quan he")
        await person.sees(beginning(HOSTILE[COUNT - 1], 20))
        harmless(person)


async def test_copies(desk: Open) -> None:
    async with desk((160, TALL)) as person:
        register = await hostile(person)
        vars(person.room)["chosen"] = lambda: tuple(Seen(ref=ref) for ref in REFS)
        for way in ("t", "l", "c", "q"):
            person.app.copy_to_clipboard("")
            await person.press("y", way)
            await person.until(lambda: person.app.clipboard, "a copy")
            assert not FORBIDDEN.search(person.app.clipboard)
            copied = packed(person.app.clipboard)
            assert [text for text in HOSTILE if packed(READ[text]) not in copied] == []
        harmless(person)
        assert register.views


async def test_a_click_on_a_link_in_it_does_nothing(desk: Open) -> None:
    async with desk((160, TALL)) as person:
        await hostile(person)
        links = [REFS[HOSTILE.index(text)] for text in FAMILIES["links that act"]]
        for ref in links:
            line = next(y for y, text in enumerate(person.screen.splitlines()) if f" {ref}" in text)
            await person.pilot.click(offset=(30, line))
            await person.pilot.hover(offset=(33, line))
        assert isinstance(person.app.screen, RegisterRoom)
        harmless(person)


async def test_a_draft_with_it_does_nothing(desk: Open) -> None:
    async with desk((100, 30)) as person:
        drafted = {"title_en": "".join(HOSTILE), "parties": HOSTILE[0], "note": "\n".join(HOSTILE)}
        person.app.drafts.of("edit", "VL-2025-013").keep(drafted)
        form = await opened_form(person, "edit", ActDialog)
        assert packed(form.form.typed["title_en"]) == packed(read_as("".join(HOSTILE)))
        harmless(person)


async def test_a_note_with_markup_comes_back_as_typed(settings: FixedSettings) -> None:
    async with opened(settings, (240, 50)) as person:
        ref = person.rows.current.ref if person.rows.current else ""
        note = "[/] [@click=app.quit]bấm[/] [red]"
        command = RecordStatus(commitments=(Seen(ref=ref),), status=Status.IN_PROGRESS, note=note)
        person.app.tracker.commitments.record_status(command, Hand("[b]Lan[/b]", "cli", DAY))
        await person.press("f5", "down", "up")
        await person.sees(note, "[b]Lan[/b]")
