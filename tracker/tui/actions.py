"""Every action of the interface, once: key bindings, footer, help and command palette are read from here.

An action says its name when it is shown, so that a change of language needs no new classes. Each has a key that
no Vietnamese input method rewrites (F-keys, arrows, Enter, Esc, Ctrl) or stands in the palette. A letter does
nothing but move the cursor: who types to search must not set something off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from tracker.i18n import _


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do: `where` it lives, which `keys` do it, and what it `says` it is.

    `rank` is its place in the footer (0: not there). `records` says that it changes the register, which only
    today's register allows; `asks` that it is of no use before the register is open. `says_away` is what it is
    called while another day than today is shown, when that is something else. `chord` is a menu's letter and its own
    letter in that menu.
    """

    name: str
    where: str
    keys: tuple[str, ...]
    says: Callable[[], str]
    rank: int = 0
    records: bool = False
    in_palette: bool = True
    asks: bool = False
    says_away: Callable[[], str] | None = None
    chord: str = ""

    @property
    def target(self) -> str:
        """The name Textual runs it by: the interface's own actions are asked of the app, the others of the room."""
        return f"app.{self.name}" if self.where == EVERYWHERE else self.name

    def called(self, *, today: bool) -> str:
        """What it is called while the register of today, or of another day, is shown."""
        return self.says_away() if self.says_away and not today else self.says()

    @property
    def key(self) -> str:
        """The key that the footer shows, in the form people know."""
        return key_name(self.keys[0]) if self.keys else ""

    @property
    def all_keys(self) -> str:
        """Every key, in the form people know."""
        return "  ".join(key_name(key) for key in self.keys)


EVERYWHERE = "everywhere"
# Every room with a chosen commitment.
ACTS = "acts"
REGISTER = "register"
DETAIL = "detail"
OVERDUE = "overdue"
ROWS = "rows"
PAGE = "page"
TEXT = "text"
DOCUMENT = "document"
FIGURES = "figures"
FIGURE = "figure"
WHY = "why"
DIALOG = "dialog"
HELP = "help"

ACTIONS: tuple[Action, ...] = (
    Action("help", EVERYWHERE, ("f1", "question_mark"), lambda: _("Help"), rank=1),
    Action("palette", EVERYWHERE, ("f12", "ctrl+p"), lambda: _("All commands"), rank=50, in_palette=False, asks=True),
    Action(
        "day",
        EVERYWHERE,
        ("f6",),
        lambda: _("Look at another day"),
        rank=60,
        asks=True,
        says_away=lambda: _("Back to today"),
    ),
    Action("language", EVERYWHERE, ("f7",), lambda: _("Tiếng Việt / English"), rank=70),
    Action("theme", EVERYWHERE, ("f8",), lambda: _("Light or dark")),
    Action("quit", EVERYWHERE, ("f10", "ctrl+q"), lambda: _("Quit"), rank=90),
    Action("focus_next", EVERYWHERE, ("tab",), lambda: _("To the next part of the screen"), in_palette=False),
    Action("how_to_quit", EVERYWHERE, ("ctrl+c",), lambda: _("Copy what is selected"), in_palette=False),
    Action("figures", EVERYWHERE, (), lambda: _("Figures"), asks=True, chord="gf"),
    Action("filter", REGISTER, ("f2", "slash"), lambda: _("Filter"), rank=10),
    Action("overdue", REGISTER, ("f3",), lambda: _("Overdue report"), rank=30, asks=True),
    Action("why", DETAIL, ("f2",), lambda: _("Why this state?"), rank=12, in_palette=False, asks=True),
    Action("why", ACTS, ("ctrl+e",), lambda: _("Why this state?"), asks=True, chord="vw"),
    Action("source", ACTS, (), lambda: _("Open the source on its sentence"), asks=True, chord="gs"),
    Action("mark", ACTS, ("f4",), lambda: _("Mark status"), rank=20, records=True, asks=True),
    Action("read_again", REGISTER, ("f5",), lambda: _("Read again"), asks=True),
    Action("open", REGISTER, ("enter",), lambda: _("Open"), rank=15, asks=True),
    Action("leave", REGISTER, ("escape",), lambda: _("Clear the filter, back to the list"), in_palette=False),
    Action("read_again", DETAIL, ("f5",), lambda: _("Read again"), asks=True),
    Action("leave", DETAIL, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("left_column", DETAIL, ("left",), lambda: _("To the left column"), in_palette=False),
    Action("right_column", DETAIL, ("right",), lambda: _("To the right column"), in_palette=False),
    Action("open", PAGE, ("enter",), lambda: _("Open"), rank=15, in_palette=False, asks=True),
    Action("next_section", PAGE, ("tab",), lambda: _("To the next section; 1 to 9: to that section"), in_palette=False),
    Action("section_before", PAGE, ("shift+tab",), lambda: _("To the section before"), in_palette=False),
    Action("block_up", PAGE, ("up", "k"), lambda: _("One step up"), in_palette=False),
    Action("block_down", PAGE, ("down", "j"), lambda: _("One step down"), in_palette=False),
    Action("page_up", PAGE, ("pageup",), lambda: _("One page up"), in_palette=False),
    Action("page_down", PAGE, ("pagedown", "space"), lambda: _("One page down"), in_palette=False),
    Action("first_block", PAGE, ("home",), lambda: _("To the beginning"), in_palette=False),
    Action("last_block", PAGE, ("end",), lambda: _("To the end"), in_palette=False),
    Action("next_citation", TEXT, ("right", "n"), lambda: _("Next citation"), rank=20),
    Action("citation_before", TEXT, ("left", "N"), lambda: _("Citation before"), rank=25),
    Action("open", DOCUMENT, ("enter",), lambda: _("Open its commitment"), rank=15),
    Action("line_up", TEXT, ("up", "k"), lambda: _("One line up"), in_palette=False),
    Action("line_down", TEXT, ("down", "j"), lambda: _("One line down"), in_palette=False),
    Action("page_up", TEXT, ("pageup",), lambda: _("One page up"), in_palette=False),
    Action("page_down", TEXT, ("pagedown", "space"), lambda: _("One page down"), in_palette=False),
    Action("first_line", TEXT, ("home",), lambda: _("To the beginning"), in_palette=False),
    Action("last_line", TEXT, ("end",), lambda: _("To the end"), in_palette=False),
    Action("leave", DOCUMENT, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("open", FIGURES, ("enter",), lambda: _("Open"), rank=15, asks=True),
    Action("read_again", FIGURES, ("f5",), lambda: _("Read again"), asks=True),
    Action("leave", FIGURES, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("read_again", FIGURE, ("f5",), lambda: _("Read again"), asks=True),
    Action("leave", FIGURE, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("source", WHY, ("enter",), lambda: _("Open the source on its sentence"), rank=20, asks=True),
    Action("leave", WHY, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("open", OVERDUE, ("enter",), lambda: _("Open"), rank=15, asks=True),
    Action("write", OVERDUE, ("f9",), lambda: _("Write to a file"), rank=25, asks=True),
    Action("read_again", OVERDUE, ("f5",), lambda: _("Read again"), asks=True),
    Action("leave", OVERDUE, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("row_up", ROWS, ("up", "k"), lambda: _("One row up"), in_palette=False),
    Action("row_down", ROWS, ("down", "j"), lambda: _("One row down"), in_palette=False),
    Action("page_up", ROWS, ("pageup",), lambda: _("One page up"), in_palette=False),
    Action("page_down", ROWS, ("pagedown", "space"), lambda: _("One page down"), in_palette=False),
    Action("first_row", ROWS, ("home",), lambda: _("To the first row"), in_palette=False),
    Action("last_row", ROWS, ("end",), lambda: _("To the last row"), in_palette=False),
    Action("save", DIALOG, ("f9", "ctrl+s"), lambda: _("Save"), rank=10, in_palette=False),
    Action("leave", DIALOG, ("escape",), lambda: _("Leave without saving"), rank=20, in_palette=False),
    Action("leave", HELP, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
)

_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """A key as it is printed on the keyboard: `ctrl+p` is Ctrl+P, `question_mark` is ?."""
    parts = [_KEY_NAMES.get(part) or part.capitalize() for part in key.split("+")]
    return parts[0].lower() if len(parts) == 1 and len(key) == 1 else "+".join(parts)


def bindings(*where: str) -> list[BindingType]:
    """The key bindings of the actions that live in these places."""
    return [
        Binding(",".join(action.keys), action.target, show=False)
        for action in ACTIONS
        if action.where in where and action.keys
    ]


def found(target: str, *where: str) -> Action | None:
    """The action that Textual runs as `target` in these places, or None when it is not one of ours."""
    return next((a for a in ACTIONS if a.target == target and a.where in (*where, EVERYWHERE)), None)


def live(*where: str) -> tuple[Action, ...]:
    """The actions of these places and those of everywhere, in the order of the registry."""
    return tuple(action for action in ACTIONS if action.where in (*where, EVERYWHERE))
