"""The history as a list, newest first. Older entries are asked for when they come near the screen."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.message import Message

from tracker.domain.views import EntryView
from tracker.i18n import _
from tracker.render import day as in_words
from tracker.render import label
from tracker.reports.listing import changes
from tracker.tui.shown import cell, line
from tracker.tui.widgets.rows import Part, Rows

PAGE = 200
WIDE = 120


class EntryList(Rows):
    """Entries with when, who, what, of what, and why."""

    class Wanted(Message):
        """Entries older than those that are here are to be shown."""

    def __init__(self, zone: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = ZoneInfo(zone)
        self._entries: tuple[EntryView, ...] = ()
        self._whole = False
        # The room asks for the first ones.
        self._asked = True

    def show(self, entries: tuple[EntryView, ...]) -> None:
        """Show another history from its newest entry on."""
        self._entries, self._whole, self._asked = entries, len(entries) < PAGE, False
        self.cursor = 0
        self.scroll_to(y=0, animate=False, immediate=True)
        self._settle()

    def add_newer(self, entries: tuple[EntryView, ...]) -> None:
        """Put before those here what has come since; the cursor stays on its entry."""
        known = self._entries[0] if self._entries else None
        newer = entries.index(known) if known in entries else len(entries)
        if newer == len(entries):
            self.show(entries)
        elif newer:
            self._entries = (*entries[:newer], *self._entries)
            at_top = self.cursor == 0
            self.set_length(self._length + newer)
            if not at_top:
                self.scroll_to(y=self.scroll_offset.y + newer, animate=False, immediate=True)
                self.cursor += newer
            self._settle()

    def add_older(self, offset: int, entries: tuple[EntryView, ...]) -> None:
        """Put behind those here what was asked for."""
        self._asked = False
        if offset == len(self._entries):
            self._entries += entries
            self._whole = len(entries) < PAGE
            self._settle()

    def give_up(self) -> None:
        """What was asked for does not come; the next movement asks again."""
        self._asked = False

    def _settle(self) -> None:
        self.set_length(len(self._entries) + (0 if self._whole else 1))
        self.came_into_view()
        self.post_message(self.Moved())

    @property
    def held(self) -> int:
        """How many entries are here."""
        return len(self._entries)

    @property
    def current(self) -> EntryView | None:
        """The entry under the cursor."""
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    def came_into_view(self) -> None:
        """Ask for older ones before the last is reached."""
        last = self.window[-1] if self.window else 0
        if not self._whole and not self._asked and last + PAGE // 4 >= len(self._entries):
            self._asked = True
            self.post_message(self.Wanted())

    # How a row looks

    def header_parts(self, width: int) -> list[Part]:
        """The names of the columns."""
        return self._parts(width, _("When"), _("Who"), _("What"), _("Ref"), _("Why, or what changed"), "")

    def row_parts(self, index: int, width: int) -> list[Part]:
        """One entry on one line."""
        if index >= len(self._entries):
            return [("    ", ""), (cell("…", width - 4), "quiet")]
        entry = self._entries[index]
        why = entry.reason or changes(entry)
        when = moment(entry.recorded_at, self._zone)
        return self._parts(width, when, entry.actor, label("act", entry.kind), entry.ref, why, "quiet")

    def _parts(self, width: int, when: str, who: str, what: str, ref: str, why: str, tone: str) -> list[Part]:
        wide = width >= WIDE
        gap = "  " if wide else " "
        widths = (17, 20 if wide else 8, 18 if wide else 14, 13)
        placed: list[Part] = [(" ", "")]
        for text, cells, quiet in zip((when, who, what, ref), widths, (tone, "", "", tone), strict=True):
            placed.append((cell(text, cells) + gap, quiet))
        left = width - 1 - sum(widths) - len(gap) * len(widths)
        return [*placed, (cell(line(why), max(left - 1, 1)), "")]


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment to the minute, its day as everywhere."""
    local = at.astimezone(zone)
    return f"{in_words(local.date())} {local:%H:%M}"
