"""Choose one of a few."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.i18n import _
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown

NOW, ELSE = "●", " "


class ChoiceDialog(Dialog[str | None]):
    """Yields the code that was chosen, or None. The present one carries a mark."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], present: str) -> None:
        super().__init__()
        self._title, self._choices, self._present = title, choices, present

    def compose(self) -> ComposeResult:
        """The choices."""
        with Vertical(classes="dialog small"):
            yield Static(shown(self._title), classes="title", markup=False)
            lines = [Option(shown(f" {NOW if code == self._present else ELSE} {name}")) for code, name in self._choices]
            yield OptionList(*lines, compact=True, markup=False)
            yield Static(shown(_("↑ ↓ Enter · Esc leaves"), "$quiet"), classes="under-title", markup=False)

    def on_mount(self) -> None:
        """Begin on the present one."""
        codes = [code for code, _name in self._choices]
        self.query_one(OptionList).highlighted = codes.index(self._present) if self._present in codes else 0
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])

    def action_save(self) -> None:
        """Take the one under the cursor."""
        self.query_one(OptionList).action_select()

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
