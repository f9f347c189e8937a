"""The calendar over a form."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tracker.domain.deadline import Precision
from tracker.i18n import _
from tracker.tui.actions import CALENDAR
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown
from tracker.tui.widgets.calendar import Calendar


class CalendarDialog(Dialog[str | None]):
    """Yields a day or period in the one spelling, or None."""

    also = (CALENDAR,)
    CSS_PATH = "calendar.tcss"

    def __init__(self, at: date, today: date, units: tuple[Precision, ...]) -> None:
        super().__init__()
        self._calendar = Calendar(at, today, units)
        self._several = len(units) > 1

    def compose(self) -> ComposeResult:
        """The page, and its keys."""
        keys = _("Enter takes it · PgUp PgDn turn the page · Home is today")
        with Vertical(classes="dialog"):
            yield self._calendar
            yield Static(
                shown(f"{keys}\n" + _("F4: day, month, quarter, year") if self._several else keys),
                classes="keys",
                markup=False,
            )

    def on_mount(self) -> None:
        """The arrows work at once."""
        self._calendar.focus()

    @on(Calendar.Chosen)
    def _chosen(self, event: Calendar.Chosen) -> None:
        self.dismiss(event.value)

    def action_save(self) -> None:
        """Take what the cursor stands on."""
        self.dismiss(self._calendar.value)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
