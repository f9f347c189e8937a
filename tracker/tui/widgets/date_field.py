"""A line for a date: it takes every spelling, says how it reads what is typed, and opens a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from tracker.domain.deadline import Precision
from tracker.i18n import _
from tracker.tui.actions import DATES, bindings
from tracker.tui.dates import DateKind, Told, first_day, told
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.typed import TextLine

if TYPE_CHECKING:
    from tracker.tui.app import TrackerApp

PERIODS = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)


class DateLine(TextLine):
    """The line itself, with the key of the calendar."""

    BINDINGS = bindings(DATES)

    class Calendar(Message):
        """The calendar is wanted."""

    def action_calendar(self) -> None:
        """Ask for it."""
        self.post_message(self.Calendar())


class Opener(Static):
    """What the mouse opens the calendar with."""

    DEFAULT_CSS = "Opener { dock: right; width: 3; height: 1; color: $accent; }"

    def on_click(self) -> None:
        """Ask for it."""
        self.post_message(DateLine.Calendar())


class DateField(Field[DateLine]):
    """A day, when something was done, or a deadline; what it makes of the text stands below."""

    def __init__(self, name: str, kind: DateKind = DateKind.DAY, *, placeholder: str = "") -> None:
        self._kind = kind
        # The source's own words, and the day from which a house review is counted: today unless said otherwise.
        self.words = ""
        self.since: date | None = None
        super().__init__(name, DateLine(placeholder=placeholder or _example(kind), compact=True))

    def beside(self) -> Iterable[Widget]:
        """A place to click."""
        yield Opener(" ▼", markup=False)

    @property
    def _office(self) -> TrackerApp:
        from tracker.tui.app import TrackerApp

        assert isinstance(self.app, TrackerApp)
        return self.app

    def told(self) -> Told | None:
        """How what is typed is read; None when nothing is."""
        if not self.editor.value.strip():
            return None
        settings = self._office.settings
        since = self.since or settings.today()
        return told(self._kind, self.editor.value, words=self.words, policy=settings.review, since=since)

    @property
    def value(self) -> str | None:
        """The date in the one spelling; None when nothing is typed, or nothing that can be taken."""
        found = self.told()
        return found.value if found else None

    @on(Input.Changed)
    def read(self) -> None:
        """Say how it is read; of an empty line nothing."""
        found = self.told()
        self.remark(found.said if found else "", wanting=found is not None and found.value is None)

    @on(DateLine.Calendar)
    def open_calendar(self, event: DateLine.Calendar) -> None:
        """Choose on a calendar; what is chosen is written as if typed."""
        from tracker.tui.screens.calendar import CalendarDialog

        event.stop()
        today = self._office.settings.today()
        at = first_day(self.value or "") or today
        units = PERIODS if self._kind is not DateKind.DAY else (Precision.DAY,)
        self.app.push_screen(CalendarDialog(at, today, units), self._chosen)

    def _chosen(self, value: str | None) -> None:
        if value is not None:
            self.editor.value = value
            self.editor.action_end()


def _example(kind: DateKind) -> str:
    return {
        DateKind.DAY: _("a day; F4 opens the calendar"),
        DateKind.PERIOD: _("a day or a period"),
        DateKind.DONE: _("a day, a period, or “unknown”"),
        DateKind.DEADLINE: _("a day, a quarter, a year …; F4 opens the calendar"),
    }[kind]
