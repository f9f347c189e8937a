"""What the interface shows: the register of today or of another day."""

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
    def banner(self) -> str:
        """What to say above the register of another day; nothing on today's."""
        if self.shows_today:
            return ""
        if self.settings.known is not None:
            said = _("You look at the register of {day}, as it was known on {known}. Nothing can be recorded here.")
            return said.format(day=self.day_in_words, known=in_words(self.settings.known))
        return _("You look at the register of {day}. Nothing can be recorded here; F6 leads back to today.").format(
            day=self.day_in_words
        )

    @property
    def why_not_today(self) -> str:
        """Why nothing can be recorded now."""
        if self.settings.known is not None:
            return self.banner
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
