"""What the interface shows: the register of today or of another day, and whether anything can be recorded in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.render import day as in_words
from tracker.settings import Settings
from tracker.tui.building import Building

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class DayShown(Building, inherit_bindings=False):
    """The register, once it is open, as it stands on the day that is shown."""

    def __init__(self, settings: Settings, as_of: date | None) -> None:
        super().__init__()
        self.settings = settings
        self._tracker: Tracker | None = None
        self._today = settings.today()
        self._day = None if as_of == self._today else as_of

    @property
    def tracker(self) -> Tracker:
        """The register, open."""
        assert self._tracker is not None
        return self._tracker

    @property
    def is_open(self) -> bool:
        """Whether the register is open yet."""
        return self._tracker is not None

    # The day that is shown

    @property
    def day(self) -> date:
        """The day that is shown: the one chosen, else today."""
        return self._day or self.settings.today()

    @property
    def shows_today(self) -> bool:
        """Whether the register is shown as it is today."""
        return self.settings.known is None and self.day == self.settings.today()

    @property
    def day_in_words(self) -> str:
        """The day that is shown."""
        return in_words(self.day)

    @property
    def may_record(self) -> bool:
        """Whether the register can be changed: only as it is today, and by whom the database lets."""
        return self.shows_today and not self._only_reads

    @property
    def _only_reads(self) -> bool:
        return self._tracker is not None and not self._tracker.may_record

    @property
    def banner(self) -> str:
        """What to say above the register of another day, or one that may only be read; else nothing on today's."""
        if self.shows_today:
            return self._why_only_read if self._only_reads else ""
        if self.settings.known is not None:
            said = _("You look at the register of {day}, as it was known on {known}. Nothing can be recorded here.")
            return said.format(day=self.day_in_words, known=in_words(self.settings.known))
        return _("You look at the register of {day}. Nothing can be recorded here; F6 leads back to today.").format(
            day=self.day_in_words
        )

    @property
    def _why_only_read(self) -> str:
        return _("You may read this register, but not change it: nothing can be recorded here.")

    @property
    def why_not_recorded(self) -> str:
        """Why nothing can be recorded now."""
        if self.settings.known is not None:
            return self.banner
        if self._only_reads:
            return self._why_only_read
        return _("You look at {day}: the register is changed only as it is today. F6 leads back to today.").format(
            day=self.day_in_words
        )

    def show_day(self, chosen: date | None) -> None:
        """Show the register of that day (None: of today) in every room."""
        self._day = None if chosen == self.settings.today() else chosen
        for room in self.every_room():
            room.day_changed()
        self.screen.refresh_bindings()

    def look_at_the_calendar(self) -> None:
        """When a new day has begun, rooms that show today show it."""
        today = self.settings.today()
        if today != self._today:
            self._today = today
            # Whoever looked at that day as another one looks at today now.
            self.show_day(self._day)
