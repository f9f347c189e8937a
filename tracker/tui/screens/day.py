"""Choose the day to look at."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from tracker.domain.deadline import read_day
from tracker.errors import BadDate
from tracker.i18n import _, language
from tracker.render import day as in_words
from tracker.render import error as worded
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.typed import TextLine


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
            yield Field(_("Day"), TextLine(compact=True, placeholder=in_words(self.office.day)))
            with Horizontal(classes="buttons"):
                if not self.office.shows_today:
                    yield Button(shown(_("Back to today (F6)")), id="today", compact=True)
                yield Button(shown(_("Look (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    @property
    def _field(self) -> Field[Input]:
        return self.query_one(Field)

    def _read(self) -> date | None:
        """The day that was typed, its reading said; None when there is none."""
        try:
            read = read_day(self._field.editor.value, language())
        except BadDate as error:
            self._field.remark(worded(error) if self._field.editor.value else "", wanting=True)
            return None
        self._field.remark(_("Read as {day}.").format(day=in_words(read)))
        return read

    @on(Input.Changed)
    def _typed(self) -> None:
        self._read()

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Look at it."""
        if (chosen := self._read()) is not None:
            self.dismiss(chosen)

    @on(Button.Pressed, "#today")
    def action_today(self) -> None:
        """Back to today; where today is shown there is nothing to go back to."""
        if not self.office.shows_today:
            self.dismiss(self.office.settings.today())

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Stay."""
        self.dismiss(None)
