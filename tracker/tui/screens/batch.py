"""What a batch will do and what it will refuse, said before it is done."""

from __future__ import annotations

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from tracker.domain.views import Preview
from tracker.i18n import _, ngettext
from tracker.render import error as worded
from tracker.render import words
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import cell, line, shown
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.rows import Part, Rows


class BatchRows(Rows):
    """Those that are refused with the reason, then those that will be changed."""

    def __init__(self, found: Preview) -> None:
        super().__init__()
        self._will, self._refused, self._titles = found.will, found.refused, found.titles

    def on_mount(self) -> None:
        """All of them; only those on the screen are drawn."""
        self.set_length(len(self._refused) + len(self._will))

    def reason(self, index: int) -> str:
        """Why that one is refused; nothing when it is not."""
        return worded(self._refused[index][1]) if index < len(self._refused) else ""

    def header_parts(self, width: int) -> list[Part]:
        """What the marks mean."""
        return [(cell(_(" ✗ refused   ✓ will be changed"), width), "")]

    def row_parts(self, index: int, width: int) -> list[Part]:
        """One of them."""
        refused = index < len(self._refused)
        ref = self._refused[index][0] if refused else self._will[index - len(self._refused)]
        called = f"{line(ref)} {words(self._titles[ref]) if ref in self._titles else ''}"
        if not refused:
            return [(" ✓ ", "done"), (cell(called, max(width - 3, 1)), "")]
        # The reason has at least half of the line.
        cells = max(min(cell_len(called.rstrip()), (width - 5) // 2), 1)
        reason = cell(self.reason(index), max(width - 5 - cells, 1))
        return [(" ✗ ", "late"), (f"{cell(called, cells)}  ", ""), (reason, "quiet")]


class BatchDialog(Dialog[bool]):
    """Yields whether to do it for those that can."""

    CSS_PATH = "batch.tcss"

    def __init__(self, heading: str, found: Preview) -> None:
        super().__init__()
        self._heading, self._found = heading, found

    def compose(self) -> ComposeResult:
        """The counts, the list, the reason of the row under the cursor, two buttons."""
        with Vertical(classes="dialog"):
            yield Static(shown(self._heading), classes="title", markup=False)
            yield Static(shown(self._counted()), classes="under-title", markup=False)
            yield BatchRows(self._found)
            yield Notice(classes="reason")
            with Horizontal(classes="buttons"):
                yield Button(
                    shown(_("Do it (F9)")), id="save", variant="primary", compact=True, disabled=not self._found.will
                )
                yield Button(shown(_("Back (Esc)")), id="leave", compact=True)

    def _counted(self) -> str:
        will, refused = len(self._found.will), len(self._found.refused)
        said = [
            ngettext("{count} commitment will be changed.", "{count} commitments will be changed.", will).format(
                count=will
            )
        ]
        if refused:
            left = ngettext(
                "{count} is refused and stays as it is.", "{count} are refused and stay as they are.", refused
            )
            said.append(left.format(count=refused))
        said.append(_("It is one act: one Ctrl+Z takes all of it back.") if will else "")
        return " ".join(filter(None, said))

    def on_mount(self) -> None:
        """Through the list with the arrows."""
        self.query_one(BatchRows).focus()
        self._moved()

    @on(Rows.Moved)
    def _moved(self) -> None:
        rows = self.query_one(BatchRows)
        self.query_one(".reason", Notice).say(rows.reason(rows.cursor))

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Do it."""
        if self._found.will:
            self.dismiss(True)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Back to the form."""
        self.dismiss(False)
