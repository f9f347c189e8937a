"""Choose the columns of a list, and their order."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from tracker.i18n import _
from tracker.tui.actions import ORDERING, bindings
from tracker.tui.columns import ALWAYS, COLUMNS, DEFAULT, TO_CHOOSE
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown
from tracker.tui.symbols import PICKED


class ColumnsDialog(Dialog[tuple[str, ...] | None]):
    """Yields the columns to show, in their order, or None. Ref and title are always there."""

    also = (ORDERING,)
    BINDINGS = bindings(ORDERING)

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self._shown = set(columns)
        self._order = [*columns, *(name for name in TO_CHOOSE if name not in columns)]

    def compose(self) -> ComposeResult:
        """The columns, those shown with a mark."""
        with Vertical(classes="dialog small"):
            yield Static(shown(_("Columns")), classes="title", markup=False)
            said = _("Space shows or hides · Ctrl+↑ Ctrl+↓ move. On a narrow screen the last ones give way.")
            yield Static(shown(said), classes="under-title", markup=False)
            yield OptionList(compact=True, markup=False)
            with Horizontal(classes="buttons"):
                yield Button(shown(_("As at first")), id="reset", compact=True)
                yield Button(shown(_("Save (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    def on_mount(self) -> None:
        """Write them down."""
        self._write(0)
        self._list.focus()

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def _write(self, at: int) -> None:
        self._list.clear_options()
        for name in self._order:
            mark = PICKED if name in self._shown else " "
            always = _("always") if name in ALWAYS else ""
            self._list.add_option(Option(shown(f" {mark} {COLUMNS[name].says()}") + shown(f"  {always}", "$quiet")))
        self._list.highlighted = at

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._turn(event.option_index)

    def action_turn(self) -> None:
        """Show the column, or hide it."""
        self._turn(self._list.highlighted or 0)

    def _turn(self, at: int) -> None:
        name = self._order[at]
        if name not in ALWAYS:
            self._shown ^= {name}
        self._write(at)

    def action_earlier(self) -> None:
        """Further to the left."""
        self._move(-1)

    def action_later(self) -> None:
        """Further to the right."""
        self._move(1)

    def _move(self, by: int) -> None:
        at = self._list.highlighted or 0
        to = max(min(at + by, len(self._order) - 1), 0)
        self._order.insert(to, self._order.pop(at))
        self._write(to)

    @on(Button.Pressed, "#reset")
    def _reset(self) -> None:
        self._shown = set(DEFAULT)
        self._order = [*DEFAULT, *(name for name in TO_CHOOSE if name not in DEFAULT)]
        self._write(0)
        self._list.focus()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Show them so."""
        self.dismiss(tuple(name for name in self._order if name in self._shown))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave them as they were."""
        self.dismiss(None)
