"""Help: what can be done, by key and name, out of the registry; the symbols; the words of the filter."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from tracker.domain.query import QUALIFIERS
from tracker.domain.text import fold
from tracker.i18n import _
from tracker.tui import actions
from tracker.tui.actions import HELP, Action, bindings
from tracker.tui.screens.room import Place, Room
from tracker.tui.sheet import TONE_COLOURS
from tracker.tui.shown import indented, shown
from tracker.tui.symbols import legend
from tracker.tui.widgets.bars import Bar, KeyLine
from tracker.tui.widgets.typed import TextLine

KEYS_WIDTH = 20
# They move the text from the search line too, where nothing else is to be done with them.
SCROLLING = {
    "up": "scroll_up",
    "down": "scroll_down",
    "pageup": "page_up",
    "pagedown": "page_down",
    "home": "scroll_home",
    "end": "scroll_end",
}


def place_name(where: str) -> str:
    """What a place is called."""
    return {
        actions.EVERYWHERE: _("Everywhere"),
        actions.ACTS: _("On chosen commitments"),
        actions.REGISTER: _("In the register"),
        actions.DETAIL: _("On one commitment"),
        actions.OVERDUE: _("In the overdue report"),
        actions.ROWS: _("In every list"),
        actions.PAGE: _("On every page"),
        actions.TEXT: _("In the text of a document"),
        actions.DOCUMENT: _("On one document"),
        actions.FIGURES: _("In the list of figures"),
        actions.FIGURE: _("On one figure"),
        actions.WHY: _("In the answer to “why?”"),
        actions.DIALOG: _("In every dialog"),
        actions.HELP: _("In the help"),
    }[where]


class HelpRoom(Room):
    """All actions; those that can be done where the person came from stand first."""

    place = HELP
    CSS_PATH = "help.tcss"
    BINDINGS = [
        *bindings(HELP),
        *(Binding(key, f"move('{to}')", show=False, priority=True) for key, to in SCROLLING.items()),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, asked_from: Screen[object]) -> None:
        super().__init__()
        self._from = asked_from.places if isinstance(asked_from, Place) else (actions.REGISTER,)

    def compose(self) -> ComposeResult:
        """Search, then the text."""
        yield Bar()
        with Horizontal(id="search"):
            yield Static(id="search-name", markup=False)
            yield TextLine(compact=True)
        with VerticalScroll(can_focus=True):
            yield Static(id="text", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Say it."""
        self.retell()

    def retell(self) -> None:
        """Say everything again."""
        self.query_one(Bar).tell(_("Help"), _("Every action also stands in the palette: F12 or Ctrl+P"))
        self.query_one("#search-name", Static).update(shown(_("Search")))
        self.query_one(Input).placeholder = _("a key or words")
        self._write()

    @on(Input.Changed)
    def _write(self) -> None:
        wanted = fold(self.query_one(Input).value).split()
        width = max(min(self.size.width - 4, 100), 40)
        sections = [*self._actions(), (_("Symbols"), _symbols()), (_("Filter"), _qualifiers())]
        lines: list[Content] = []
        for name, entries in sections:
            fitting = [
                indented(says, width, KEYS_WIDTH, head)
                for head, says in entries
                if all(word in fold(f"{head.plain} {says.plain} {name}") for word in wanted)
            ]
            if fitting:
                lines += [shown(name, "bold $accent"), *fitting, Content("")]
        nothing = shown(_("Nothing in the help has these words."), "$quiet")
        self.query_one("#text", Static).update(Content("\n").join(lines) if lines else nothing)

    def _actions(self) -> list[tuple[str, list[tuple[Content, Content]]]]:
        places = dict.fromkeys((*self._from, actions.ROWS, actions.EVERYWHERE, *(a.where for a in actions.ACTIONS)))
        return [
            (place_name(where), [_entry(action) for action in actions.ACTIONS if action.where == where])
            for where in places
        ]

    async def action_move(self, to: str) -> None:
        """Scroll the text, wherever the cursor is."""
        await self.app.run_action(to, self.query_one(VerticalScroll))

    def on_input_submitted(self) -> None:
        """To the text, to scroll it."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Wrap it for another width."""
        self._write()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def _entry(action: Action) -> tuple[Content, Content]:
    keys = shown(action.all_keys, "bold") if action.keys else shown(_("palette"), "$quiet")
    return keys, shown(action.says())


def _symbols() -> list[tuple[Content, Content]]:
    return [(shown(each.cells, TONE_COLOURS[each.tone]), shown(each.says())) for each in legend()]


def _qualifiers() -> list[tuple[Content, Content]]:
    words = [
        (shown(_('words  "a phrase"')), shown(_("in title, statement and parties; marks may be left out"))),
        (shown(_("-term  OR  ( )")), shown(_("not; either; together"))),
    ]
    return words + [
        (shown(f"{name}:"), shown(", ".join(allowed) if allowed else _example(name)))
        for name, allowed in QUALIFIERS.items()
    ]


def _example(name: str) -> str:
    return {
        "due": _("a day or period: 2026-Q4, <2026-12-31, 2026-01..2026-06"),
        "made": _("a day or period: 2025, >=2025-12"),
        "updated": _("a day or period: >2026-10-01"),
        "silent": _("days without an entry: >90d"),
        "sector": _("a sector's code: infrastructure, economy_trade …"),
        "ref": _("a ref: VL-2025-013"),
        "tag": _("a tag"),
        "doc": _("a document: the beginning of its file name or hash"),
    }.get(name, _("a party's name or key, in quotes when it has spaces"))
