"""The command palette: actions by their names in both languages, commitments by ref or words, without diacritics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import LoadingIndicator

from tracker.domain.text import fold
from tracker.domain.views import CommitmentView
from tracker.errors import TrackerError
from tracker.i18n import _
from tracker.render import words
from tracker.tui.actions import Action, live
from tracker.tui.screens.room import Place
from tracker.tui.shown import cell, line, shown
from tracker.tui.symbols import symbol
from tracker.tui.widgets.typed import CommandLine

if TYPE_CHECKING:
    from tracker.tui.app import TrackerApp

COMMITMENTS_OFFERED = 8
TITLE_CELLS = 56


class Palette(CommandPalette):
    """Textual's palette, with our own line to type in."""

    def compose(self) -> ComposeResult:
        """The line, then what is found; the names are those that Textual's palette looks for."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield CommandLine(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()


def open_palette(app: TrackerApp) -> None:
    """Open it over the present room, unless it is open."""
    if not isinstance(app.screen, CommandPalette):
        app.push_screen(Palette([Actions, Commitments], placeholder=_("A command, a ref or words …")))


def score(typed: str, names: tuple[str, ...]) -> float:
    """How well the names answer what was typed, both folded: 0 not at all, 1 when one begins with it."""
    wanted = fold(typed).split()
    best = 0.0
    for name in map(fold, names):
        if all(word in name for word in wanted):
            begins = name.startswith(wanted[0]) if wanted else True
            best = max(best, 1.0 if begins else 0.8)
    return best


class OurProvider(Provider):
    """A provider that knows the interface it serves."""

    @property
    def office(self) -> TrackerApp:
        """The interface."""
        from tracker.tui.app import TrackerApp

        assert isinstance(self.app, TrackerApp)
        return self.app


class Actions(OurProvider):
    """What can be done in the present room."""

    def _offered(self) -> list[Action]:
        place = self.screen
        assert isinstance(place, Place)
        return [action for action in live(*place.places) if action.in_palette]

    def _display(self, action: Action) -> Content:
        place = self.screen
        assert isinstance(place, Place)
        said = shown(action.says()) + shown(f"  {action.all_keys}", "$quiet")
        why_not = place.why_not(action)
        return said + "\n" + shown(why_not, "$warning") if why_not else said

    def _run(self, action: Action) -> Callable[[], object]:
        return partial(self.screen.run_action, action.target)

    async def discover(self) -> Hits:
        """Everything, in the order of the registry."""
        for action in self._offered():
            yield DiscoveryHit(self._display(action), self._run(action), text=action.says())

    async def search(self, query: str) -> Hits:
        """Those whose name in either language has all the words."""
        for action in self._offered():
            if matched := score(query, self.office.names_of(action)):
                yield Hit(matched, self._display(action), self._run(action), text=action.says())


class Commitments(OurProvider):
    """Commitments to jump to, and the filter for more of them."""

    async def search(self, query: str) -> Hits:
        """By ref, then by words; last, the typed words as a filter."""
        for rank, found in enumerate(await asyncio.to_thread(self._found, query)):
            title = cell(words(found.title), TITLE_CELLS).rstrip()
            said = shown(f"{symbol(found).cells} {found.ref}  ", "$quiet") + shown(title)
            yield Hit(0.7 - rank / 100, said, partial(self.office.go_to, found.ref), text=found.ref)
        yield Hit(
            0.01,
            shown(_("Filter the register by “{words}”").format(words=line(query))),
            partial(self.office.filter_by, query),
            text=query,
        )

    def _found(self, query: str) -> list[CommitmentView]:
        """At most a few; a query that cannot be read finds nothing (the filter says what is wrong with it)."""
        commitments, day = self.office.tracker.commitments, self.office.day
        found: dict[str, CommitmentView] = {}
        for asked in (f"ref:{query.strip().upper()}", query):
            try:
                rows = commitments.page(asked, as_of=day, offset=0, limit=COMMITMENTS_OFFERED)
            except TrackerError:
                continue
            found |= {row.ref: row for row in rows}
        return list(found.values())[:COMMITMENTS_OFFERED]
