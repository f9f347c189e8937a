"""Help: what can be done, by key and name, out of the registry; symbols, colours; the words of the filter."""

from __future__ import annotations

from dataclasses import dataclass

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
from tracker.tui.actions import HELP, Action, bindings, key_name
from tracker.tui.rooms import ROOMS
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
    """What a place is called: a room by its own name."""
    named = {
        actions.EVERYWHERE: _("Everywhere"),
        actions.ACTS: _("On chosen commitments"),
        actions.DETAIL: _("On one commitment"),
        actions.ROWS: _("In every list"),
        actions.PAGE: _("On every page"),
        actions.TEXT: _("In the text of a document"),
        actions.DOCUMENT: _("On one document"),
        actions.REVIEW: _("Looking through drafts"),
        actions.FIGURE: _("On one figure"),
        actions.WHY: _("In the answer to “why?”"),
        actions.LIST: _("In lists of commitments"),
        actions.FACET: _("Among values to filter by"),
        actions.ORDERING: _("When choosing columns"),
        actions.VIEWS: _("When choosing a saved view"),
        actions.DIALOG: _("In every dialog"),
        actions.FORM: _("In every form of an act"),
        actions.DATES: _("In a date field"),
        actions.CALENDAR: _("In the calendar"),
        actions.HELP: _("In the help"),
    } | {room.name: room.says() for room in ROOMS}
    return named.get(where, where)


@dataclass(frozen=True)
class Entry:
    """A line of the help: what stands in the margin, what is said, and all that it is found by."""

    head: Content
    says: Content
    words: str
    keys: tuple[str, ...] = ()

    def answers(self, wanted: str) -> bool:
        """Whether it has all the words, or (when a key was typed) that very key."""
        return _as_key(wanted) in self.keys or all(word in self.words for word in wanted.split())


def _as_key(typed: str) -> str:
    return typed.replace(" ", "").replace("-", "+") or " "


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
        self.query_one(Input).placeholder = _("a key, such as f4, or words")
        self._write()

    @on(Input.Changed)
    def _write(self) -> None:
        wanted = " ".join(fold(self.query_one(Input).value).split())
        width = max(min(self.size.width - 4, 100), 40)
        sections = [
            *self._actions(),
            (_("Symbols"), _symbols()),
            (_("Signs of drafts"), _signs()),
            (_("Colours"), _colours()),
            (_("Filter"), _qualifiers()),
        ]
        exact = [entry for _name, entries in sections for entry in entries if _as_key(wanted) in entry.keys]
        lines: list[Content] = []
        for name, entries in sections:
            # Who types f1 means that key, and not F10, nor a word with these letters.
            fitting = [e for e in entries if e in exact] if exact else [e for e in entries if e.answers(wanted)]
            if not exact and wanted and all(word in fold(name) for word in wanted.split()):
                fitting = entries
            if fitting:
                said = [indented(entry.says, width, KEYS_WIDTH, entry.head) for entry in fitting]
                lines += [shown(name, "bold $accent"), *said, Content("")]
        nothing = shown(_("Nothing in the help has these words."), "$quiet")
        self.query_one("#text", Static).update(Content("\n").join(lines) if lines else nothing)

    def _actions(self) -> list[tuple[str, list[Entry]]]:
        places = dict.fromkeys((*self._from, actions.ROWS, actions.EVERYWHERE, *(a.where for a in actions.ACTIONS)))
        return [
            (place_name(where), [self._entry(action) for action in actions.ACTIONS if action.where == where])
            for where in places
        ]

    def _entry(self, action: Action) -> Entry:
        keys = shown(action.all_keys, "bold") if action.all_keys else shown(_("palette"), "$quiet")
        found_by = fold(" ".join((*self.office.names_of(action), action.all_keys, place_name(action.where))))
        pressed = {key_name(key).lower() for key in action.live_keys} | {*action.live_keys, action.chord} - {""}
        return Entry(keys, shown(action.says()), found_by, tuple(sorted(pressed)))

    async def action_move(self, to: str) -> None:
        """Scroll the text, wherever the cursor is."""
        await self.app.run_action(to, self.query_one(VerticalScroll))

    def on_input_submitted(self) -> None:
        """To the text, to scroll it."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Wrap it for another width."""
        self._write()


def _plain(head: Content, says: Content) -> Entry:
    return Entry(head, says, fold(f"{head.plain} {says.plain}"))


def _symbols() -> list[Entry]:
    return [_plain(shown(each.cells, TONE_COLOURS[each.tone]), shown(each.says())) for each in legend()]


def _signs() -> list[Entry]:
    from tracker.tui.widgets.review_text import legend as signs

    return [_plain(shown(sign.cells, TONE_COLOURS[sign.tone]), shown(says)) for sign, says in signs()]


def _colours() -> list[Entry]:
    """A colour repeats what the symbol and the words say; nothing is said by colour alone."""
    meanings = {
        "late": _("late: the deadline has passed"),
        "soon": _("soon: the deadline is near"),
        "calm": _("open and in time"),
        "review": _("our review is due"),
        "claimed": _("reported done, to be confirmed"),
        "done": _("done"),
        "quiet": _("closed, paused, without a deadline; and all that stands beside"),
    }
    return [_plain(shown("■■", TONE_COLOURS[tone]), shown(says)) for tone, says in meanings.items()]


def _qualifiers() -> list[Entry]:
    words = [
        _plain(shown(_('words  "a phrase"')), shown(_("in title, statement and parties; marks may be left out"))),
        _plain(shown(_("-term  OR  ( )")), shown(_("not; either; together"))),
    ]
    return words + [
        _plain(shown(f"{name}:"), shown(", ".join(allowed) if allowed else _example(name)))
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
