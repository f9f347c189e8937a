"""Write a report to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Select, Static

from tracker.errors import FileProblem
from tracker.i18n import _
from tracker.render import error as worded
from tracker.reports.files import write_whole
from tracker.reports.forms import FORMS, draw
from tracker.tui.kinds import ReportKind, Scope
from tracker.tui.messages import Failed, Written
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.one_of import OneOf
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

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

    def __init__(self, kind: ReportKind, asked: Scope) -> None:
        super().__init__()
        self._kind, self._asked = kind, asked
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
            yield Notice(classes="answer")
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
        replace = self._replaces == str(path)

        def write(tracker: Tracker) -> Written:
            with kind.opened(tracker, asked, day) as report:
                width = TEXT_WIDTH if form == "table" else None
                write_whole(path, draw(form, report, width=width), replace=replace)
            return Written(str(path))

        self.query_one("#save", Button).disabled = True
        self.ask("write", write, exclusive=False)

    def on_written(self, message: Written) -> None:
        """Done."""
        self.dismiss(message.path)

    def on_failed(self, message: Failed) -> None:
        """Say why not."""
        self.query_one("#save", Button).disabled = False
        sentences = [worded(message.error)]
        if isinstance(message.error, FileProblem) and message.error.reason == "exists":
            self._replaces = message.error.file
            sentences.append(_("Write once more to replace it, or choose another name."))
        self.query_one(Notice).say("\n".join(sentences))

    def broke_off(self, group: str, sentence: str) -> None:
        """A defect of ours: it can be tried again."""
        self.query_one("#save", Button).disabled = False
        self.query_one(Notice).say(sentence)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Write nothing; what is being written is waited for."""
        if not self.is_acting:
            self.dismiss(None)
