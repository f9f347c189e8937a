"""Write a report to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Select, SelectionList, Static

from tracker.domain.lateness import Asked
from tracker.errors import FileProblem, TakenBack
from tracker.i18n import _
from tracker.render import error as worded
from tracker.reports.files import write_whole
from tracker.reports.forms import FORMS, draw
from tracker.tui.kinds import ReportKind, Scope
from tracker.tui.messages import Failed, RowsWritten, WritingStopped, Written
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.one_of import OneOf
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.reports.model import Report, Section

T = TypeVar("T")
# So often, in seconds, it is said how far it is.
TOLD_EVERY = 0.2
# A text file has no terminal to ask for its width.
TEXT_WIDTH = 100


def format_name(form: str) -> str:
    """What a format is for."""
    return {
        "docx": _("Word document"),
        "pdf": _("PDF, to print and send"),
        "xlsx": _("Excel workbook"),
        "html": _("a page for the browser"),
        "eml": _("a mail ready to be sent"),
        "ics": _("calendar"),
        "md": _("Markdown, for documents and mail"),
        "table": _("plain text"),
        "csv": _("CSV, for spreadsheets"),
        "json": _("JSON, for programs"),
        "jsonl": _("JSON lines, for programs"),
    }.get(form, form)


def path_typed(typed: str) -> Path:
    """The file that a person names, from the root on; ~ is a home. Raises FileProblem when nobody has that home."""
    try:
        return Path(typed).expanduser().absolute()
    except RuntimeError:
        raise FileProblem(typed, "missing") from None


class WriteDialog(Dialog[str | None]):
    """Yields the path that was written, or None."""

    def __init__(self, kind: ReportKind, asked: Scope, parts: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._kind, self._asked, self._parts = kind, asked, parts
        # Set when the file that is being written is not wanted any more.
        self._unwanted: Event | None = None
        self._replaces = ""
        # What an office works with stands first.
        forms = sorted(FORMS, key=lambda form: FORMS[form].text)
        choices: Select[str] = OneOf(
            [(shown(format_name(form)), form) for form in forms], value="md", allow_blank=False, compact=True
        )
        self._form = Field(_("Format"), choices)
        self._path = Field(_("File"), TextLine(compact=True))

    def compose(self) -> ComposeResult:
        """Where, and in which format."""
        with Vertical(classes="dialog"):
            yield Static(
                shown(_("Write to a file: {report}").format(report=self._kind.says())), classes="title", markup=False
            )
            yield Static(
                shown(_("Every row of the report of {day}.").format(day=self.office.day_in_words)),
                classes="under-title",
                markup=False,
            )
            yield self._path
            yield self._form
            if self._parts:
                yield Static(shown(_("Parts: Space takes one or leaves it out")), classes="under-title", markup=False)
                yield SelectionList(*((shown(title), key, True) for key, title in self._parts), compact=True)
            yield Notice(classes="answer")
            yield Notice(id="progress")
            with Horizontal(classes="buttons"):
                yield Button(shown(_("Write (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    def on_mount(self) -> None:
        """Propose a name."""
        self._path.editor.value = f"{self._kind.name}-{self.office.day.isoformat()}.md"
        self._path.editor.focus()
        # What is typed first is another name.
        self.call_after_refresh(self._path.editor.action_select_all)

    @on(Select.Changed)
    def _another_format(self) -> None:
        path = Path(self._path.editor.value)
        suffix = FORMS[str(self._form.editor.value)].suffix
        known = path.name and path.suffix in {f".{form.suffix}" for form in FORMS.values()}
        other = str(path.with_suffix(f".{suffix}")) if known else ""
        if other and other != self._path.editor.value:
            self._path.editor.value = other
            self._path.editor.action_end()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        # What was said of another file is not true of this one.
        self._replaces = ""
        self.query_one(Notice).say("")
        self._read(event.value.strip())

    def _read(self, typed: str) -> Path | None:
        """The file that was typed, named in full below; None, with the reason there, when there can be none."""
        if not typed:
            self._path.remark(_("Needed."), wanting=True)
            return None
        try:
            path = path_typed(typed)
        except FileProblem as error:
            self._path.remark(worded(error), wanting=True)
            return None
        self._path.remark(str(path))
        return path

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Write it, whole or not at all; a file that is there already is replaced only when asked twice."""
        path = self._read(self._path.editor.value.strip())
        if path is None or self.is_acting:
            return
        form, day, kind, asked = str(self._form.editor.value), self.office.day, self._kind, self._asked
        replaces, parts = self._replaces == str(path), self._chosen()
        if not parts and self._parts:
            self.query_one(Notice).say(_("Take one part at least."))
            return
        unwanted = self._unwanted = Event()

        def write(tracker: Tracker) -> Message:
            try:
                with (
                    tracker.while_wanted(lambda: not unwanted.is_set()),
                    kind.opened(tracker, asked, day) as report,
                ):
                    chosen = report.only(parts) if parts else report
                    drawn = draw(form, self._watched(chosen, unwanted), width=TEXT_WIDTH if form == "table" else None)
                    write_whole(path, _wanted(drawn, unwanted), replace=replaces)
            except TakenBack:
                return WritingStopped()
            return Written(str(path))

        self.query_one("#save", Button).disabled = True
        self.query_one(Notice).say("")
        self._say_progress(_("Reading …"))
        self.ask("write", write, exclusive=False)

    def _chosen(self) -> tuple[str, ...]:
        """The parts that are wanted; none said when all are."""
        if not self._parts:
            return ()
        chosen = self.query_one(SelectionList).selected
        return tuple(key for key, _title in self._parts if key in chosen)

    def _watched(self, report: Report, unwanted: Event) -> Report:
        """The report, which tells how far it is read, and is read no further when it is not wanted any more."""
        of = sum(section.size for section in report.sections)
        read, told = 0, monotonic()

        def rows(items: Iterable[Any]) -> Iterator[Any]:
            nonlocal read, told
            for item in _wanted(items, unwanted):
                yield item
                read += 1
                if monotonic() - told > TOLD_EVERY:
                    told = monotonic()
                    self.post_message(RowsWritten(read, max(read, of)))

        return replace(report, sections=tuple(_through(rows, section) for section in report.sections))

    def on_rows_written(self, message: RowsWritten) -> None:
        """Say how far it is."""
        if self._unwanted is not None and not self._unwanted.is_set():
            said = _("{rows} of {of} rows are written.").format(rows=message.rows, of=message.of)
            self._say_progress(said)

    def _say_progress(self, said: str) -> None:
        how = _("Esc stops it; then there is no file.")
        self.query_one("#progress", Notice).say(f"{said} {how}" if said else "")

    def on_written(self, message: Written) -> None:
        """Done."""
        self.dismiss(message.path)

    def on_writing_stopped(self) -> None:
        """As if nothing had been asked."""
        self._ended(_("Stopped. No file was written."))

    def on_failed(self, message: Failed) -> None:
        """Say why not."""
        sentences = [worded(message.error)]
        if isinstance(message.error, FileProblem) and message.error.reason == "exists":
            self._replaces = message.error.file
            sentences.append(_("Write once more to replace it, or choose another name."))
        self._ended("\n".join(sentences))

    def broke_off(self, group: str, sentence: str) -> None:
        """A defect of ours: it can be tried again."""
        self._ended(sentence)

    def _ended(self, sentence: str) -> None:
        self._unwanted = None
        self.query_one("#save", Button).disabled = False
        self._say_progress("")
        self.query_one(Notice).say(sentence)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Stop what is being written; else leave, with nothing written."""
        if self._unwanted is not None:
            self._unwanted.set()
            self.query_one("#progress", Notice).say(_("Stopping …"))
        else:
            self.dismiss(None)


def _wanted(items: Iterable[T], unwanted: Event) -> Iterator[T]:
    for item in items:
        if unwanted.is_set():
            raise TakenBack
        yield item
    if unwanted.is_set():
        raise TakenBack


def _through(rows: Callable[[Iterable[Any]], Iterator[Any]], section: Section[Any]) -> Section[Any]:
    """The section with its rows led through. What can be read anew can be so still."""
    items = section.items
    return replace(section, items=rows(items) if isinstance(items, Iterator) else Asked(partial(rows, items)))
