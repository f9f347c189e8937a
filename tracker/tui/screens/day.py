"""Choose the day to look at."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from tracker.i18n import _
from tracker.render import day as in_words
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown
from tracker.tui.widgets.date_field import DateField


class DayDialog(Dialog[date | None]):
    """Yields the day, or None when the person stays. From another day, today is one of the choices."""

    BINDINGS = [Binding("f6", "today", show=False)]

    def compose(self) -> ComposeResult:
        """One line to type the day in, with its reading."""
        with Vertical(classes="dialog"):
            yield Static(shown(_("Look at another day")), classes="title", markup=False)
            yield Static(
                shown(
                    _(
                        "The register as it stood at the end of that day."
                        " For a day to come: today's, with the schedule of that day."
                    )
                ),
                classes="under-title",
                markup=False,
            )
            yield DateField(_("Day"), placeholder=in_words(self.office.day))
            with Horizontal(classes="buttons"):
                if not self.office.shows_today:
                    yield Button(shown(_("Back to today (F6)")), id="today", compact=True)
                yield Button(shown(_("Look (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Look at it."""
        if (chosen := self.query_one(DateField).value) is not None:
            self.dismiss(date.fromisoformat(chosen))

    @on(Button.Pressed, "#today")
    def action_today(self) -> None:
        """Back to today; where today is shown there is nothing to go back to."""
        if not self.office.shows_today:
            self.dismiss(self.office.settings.today())

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Stay."""
        self.dismiss(None)
