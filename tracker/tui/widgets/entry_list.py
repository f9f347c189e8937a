"""The history as a list, newest first. Older entries are asked for when they come near the screen."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.message import Message

from tracker.domain.views import EntryView
from tracker.i18n import _
from tracker.render import day as in_words
from tracker.render import label, subject
from tracker.reports.listing import changes
from tracker.tui.shown import cell, line
from tracker.tui.widgets.rows import Part, Rows

PAGE = 200
# So near to the screen it is asked for.
NEAR = PAGE // 4
WIDE = 120


class EntryList(Rows):
    """Entries with when, who, what, of what, and why."""

    class Wanted(Message):
        """Entries from that place on are to be shown."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self, zone: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = ZoneInfo(zone)
        # By their place; between the newest and the oldest some may not be here yet.
        self._entries: dict[int, EntryView] = {}
        # How many there are; None while they are being counted.
        self.total: int | None = None
        # The room asks for the first ones.
        self._asked = True
        self._to_the_oldest = False

    def show(self, entries: tuple[EntryView, ...]) -> None:
        """Show another history from its newest entry on."""
        self._entries, self._asked = dict(enumerate(entries)), False
        self.total = len(entries) if len(entries) < PAGE else None
        self._to_the_oldest = False
        self.cursor = 0
        self.scroll_to(y=0, animate=False, immediate=True)
        self._settle()

    def count(self, total: int) -> None:
        """So many there are."""
        self.total = max(total, len(self._entries))
        self._settle()
        if self._to_the_oldest:
            self.action_last_row()

    def add_newer(self, entries: tuple[EntryView, ...]) -> None:
        """Put before those here what has come since; the cursor stays on its entry."""
        known = self._entries.get(0)
        newer = entries.index(known) if known in entries else len(entries)
        if newer == len(entries):
            self.show(entries)
        elif newer:
            moved = {place + newer: entry for place, entry in self._entries.items()}
            self._entries = dict(enumerate(entries[:newer])) | moved
            self.total = None if self.total is None else self.total + newer
            at_top = self.cursor == 0
            self.set_length(self._length + newer)
            if not at_top:
                self.scroll_to(y=self.scroll_offset.y + newer, animate=False, immediate=True)
                self.cursor += newer
            self._settle()

    def add(self, offset: int, entries: tuple[EntryView, ...]) -> None:
        """Put in their place those that were asked for."""
        self._asked = False
        self._entries |= dict(enumerate(entries, offset))
        if self.total is None and len(entries) < PAGE:
            self.total = offset + len(entries)
        self._settle()

    def give_up(self) -> None:
        """What was asked for does not come; the next movement asks again."""
        self._asked = False

    def _settle(self) -> None:
        self.set_length(len(self._entries) + 1 if self.total is None else self.total)
        self.came_into_view()
        self.post_message(self.Moved())

    @property
    def current(self) -> EntryView | None:
        """The entry under the cursor."""
        return self._entries.get(self.cursor)

    def came_into_view(self) -> None:
        """Ask for those that are not here before they are reached."""
        window = self.window
        if self._asked or not window:
            return
        first, end = max(window.start - NEAR, 0), window.stop + NEAR
        if self.total is not None:
            end = min(end, self.total)
        missing = next((place for place in range(first, end) if place not in self._entries), None)
        if missing is not None:
            self._asked = True
            # Going up, those before it are wanted next.
            above = missing and missing - 1 not in self._entries
            self.post_message(self.Wanted(max(missing - PAGE // 2, 0) if above else missing))

    def action_last_row(self) -> None:
        """To the oldest entry, as soon as it is known how many there are."""
        self._to_the_oldest = self.total is None
        super().action_last_row()

    # How a row looks

    def header_parts(self, width: int) -> list[Part]:
        """The names of the columns."""
        return self._parts(width, _("When"), _("Who"), _("What"), _("Ref"), _("Why, or what changed"), "")

    def row_parts(self, index: int, width: int) -> list[Part]:
        """One entry on one line."""
        if index not in self._entries:
            return [("    ", ""), (cell("…", width - 4), "quiet")]
        entry = self._entries[index]
        why = entry.reason or changes(entry)
        when = moment(entry.recorded_at, self._zone)
        return self._parts(width, when, entry.actor, label("act", entry.kind), subject(entry), why, "quiet")

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
