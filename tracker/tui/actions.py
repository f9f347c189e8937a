"""Every action of the interface, once: key bindings, footer, menus, help and command palette are read from here.

An action says its name when it is shown, so that a change of language needs no new classes. Each has a key that
no Vietnamese input method rewrites (F-keys, arrows, Enter, Esc, Ctrl), or stands in a menu or the palette. A letter
moves the cursor or opens a menu, and does nothing else: who types to search must not set something off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from textual.binding import Binding, BindingsMap, BindingType
from textual.dom import DOMNode

from tracker.i18n import _
from tracker.tui.rooms import ROOMS


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do: `where` it lives, which `keys` do it, and what it `says` it is.

    `rank` is its place in the footer (0: not there). `records` says that it changes the register, which only
    today's register allows; `asks` that it is of no use before the register is open. `chord` is a menu's letter and
    its own letter in that menu. `argument` is what its method is called with: one method may serve several.
    `gives_way` marks a shared key that a room may use for its own; `listed` is not what a menu knows without a line.
    """

    name: str
    where: str
    keys: tuple[str, ...]
    says: Callable[[], str]
    rank: int = 0
    records: bool = False
    in_palette: bool = True
    asks: bool = False
    chord: str = ""
    argument: str = ""
    gives_way: bool = False
    listed: bool = True

    @property
    def id(self) -> str:
        """What settings.toml calls it."""
        return f"{self.where}.{self.name}" + (f"_{self.argument}" if self.argument else "")

    @property
    def target(self) -> str:
        """The name Textual runs it by: the interface's own actions are asked of the app, the others of the room."""
        call = target(self.name, *((self.argument,) if self.argument else ()))
        return f"app.{call}" if self.where == EVERYWHERE else call

    @property
    def live_keys(self) -> tuple[str, ...]:
        """The keys that do it now: those of settings.toml, else its own."""
        return _remapped.get(self.id, self.keys)

    @property
    def key(self) -> str:
        """The key that the footer shows, in the form people know."""
        return key_name(self.live_keys[0]) if self.live_keys else ""

    @property
    def all_keys(self) -> str:
        """Every key, in the form people know; its letters in a menu, when it has some, last."""
        return "  ".join((*map(key_name, self.live_keys), *((" ".join(self.chord),) if self.chord else ())))


def target(name: str, *given: object) -> str:
    """How Textual spells a call of an action."""
    return f"{name}({', '.join(map(repr, given))})" if given else name


EVERYWHERE = "everywhere"
# Every room with a chosen commitment.
ACTS = "acts"
TODAY = "today"
REGISTER = "register"
TIMELINE = "timeline"
DETAIL = "detail"
REPORTS = "reports"
HISTORY = "history"
ROWS = "rows"
PAGE = "page"
TEXT = "text"
DOCUMENT = "document"
DRAFTS = "drafts"
REVIEW = "review"
FIGURES = "figures"
FIGURE = "figure"
WHY = "why"
LIST = "list"
FACET = "facet"
ORDERING = "ordering"
VIEWS = "views"
DIALOG = "dialog"
FORM = "form"
DATES = "dates"
CALENDAR = "calendar"
HELP = "help"

# What a dialog lets through.
ABOVE_DIALOGS = ("help", "quit")

GO, VIEW, FILTER, ACT, COPY = "gvfey"


def _slot(slot: str) -> str:
    return _("Saved view {slot}").format(slot=slot)


def _act(name: str, keys: tuple[str, ...], says: Callable[[], str], letter: str) -> Action:
    """Something that is done to the chosen commitments, by its form or at once."""
    return Action("act", ACTS, keys, says, records=True, asks=True, chord=ACT + letter, argument=name)


def _decide(name: str, keys: tuple[str, ...], says: Callable[[], str], letter: str, rank: int = 0) -> Action:
    """What a person decides on the chosen draft."""
    return Action(name, REVIEW, keys, says, rank=rank, records=True, asks=True, chord=ACT + letter)


def _begin(name: str, keys: tuple[str, ...], says: Callable[[], str], letter: str) -> Action:
    """Something that is put on record and was not there before."""
    return Action("begin", EVERYWHERE, keys, says, records=True, asks=True, chord=ACT + letter, argument=name)


ACTIONS: tuple[Action, ...] = (
    Action("help", EVERYWHERE, ("f1", "question_mark"), lambda: _("Help"), rank=1),
    Action("menu", EVERYWHERE, ("f3", "g"), lambda: _("Go to …"), rank=5, argument=GO),
    *(Action("go", EVERYWHERE, (), room.says, asks=True, chord=GO + room.letter, argument=room.name) for room in ROOMS),
    Action("palette", EVERYWHERE, ("f12", "ctrl+p"), lambda: _("All commands"), rank=50, in_palette=False, asks=True),
    Action("menu", EVERYWHERE, ("f8", "v"), lambda: _("View …"), rank=45, argument=VIEW),
    Action("day", EVERYWHERE, ("f6",), lambda: _("Look at another day"), rank=60, asks=True, chord="vd"),
    Action("today", EVERYWHERE, (), lambda: _("Back to today"), asks=True, chord="vb"),
    Action("views", EVERYWHERE, (), lambda: _("Saved views (v 1 … v 9) …"), asks=True, chord="vm"),
    *(
        Action("slot", EVERYWHERE, (), partial(_slot, slot), asks=True, chord=f"v{slot}", argument=slot, listed=False)
        for slot in "123456789"
    ),
    Action("language", EVERYWHERE, ("f7",), lambda: _("Tiếng Việt / English"), rank=70, chord="vl"),
    Action("theme", EVERYWHERE, (), lambda: _("Theme: night, day, high contrast"), chord="vt"),
    Action("menu", EVERYWHERE, ("ctrl+f", "f"), lambda: _("Filter by …"), argument=FILTER),
    Action("quit", EVERYWHERE, ("f10", "ctrl+q"), lambda: _("Quit"), rank=90),
    Action(
        "focus_next",
        EVERYWHERE,
        ("tab",),
        lambda: _("To the next part of the screen"),
        in_palette=False,
        gives_way=True,
    ),
    Action("how_to_quit", EVERYWHERE, ("ctrl+c",), lambda: _("Copy what is selected"), in_palette=False),
    Action("menu", ACTS, ("f9", "e"), lambda: _("Act …"), rank=14, argument=ACT, gives_way=True),
    Action("mark", ACTS, ("f4",), lambda: _("Mark status"), rank=20, records=True, asks=True, chord="em"),
    Action("why", DETAIL, ("f2",), lambda: _("Why this state?"), rank=12, in_palette=False, asks=True),
    Action("why", ACTS, ("ctrl+e",), lambda: _("Why this state?"), asks=True, chord="vy"),
    Action("source", ACTS, (), lambda: _("Open the source on its sentence"), asks=True, chord="gs"),
    Action("undo", EVERYWHERE, ("ctrl+z",), lambda: _("Undo"), rank=40, records=True, asks=True, chord="eu"),
    Action("redo", EVERYWHERE, ("ctrl+y",), lambda: _("Redo"), records=True, asks=True, chord="ek"),
    _act("edit", ("ctrl+r",), lambda: _("Edit"), "t"),
    _act("move", ("ctrl+d",), lambda: _("Move the deadline"), "d"),
    _act("note", ("ctrl+n",), lambda: _("Add a note"), "n"),
    _act("evidence", (), lambda: _("Add evidence"), "v"),
    _act("follow_up", (), lambda: _("Plan a follow-up"), "l"),
    _act("follow_up_done", ("ctrl+t",), lambda: _("Follow-up done"), "c"),
    _act("put_off", ("ctrl+l",), lambda: _("Put the follow-up off"), "p"),
    _begin("add", ("insert",), lambda: _("Add a commitment"), "a"),
    _begin("party", (), lambda: _("Add a party"), "b"),
    _begin("document", (), lambda: _("Add the text of a document"), "o"),
    _begin("read", (), lambda: _("Read a document for drafts"), "i"),
    Action("menu", ACTS, ("ctrl+k", "y"), lambda: _("Copy …"), argument=COPY),
    Action("copy", ACTS, (), lambda: _("Copy the ref"), asks=True, chord="yn", argument="ref"),
    Action("copy", ACTS, (), lambda: _("Copy the title"), asks=True, chord="yt", argument="title"),
    Action("copy", ACTS, (), lambda: _("Copy as a line"), asks=True, chord="yl", argument="line"),
    Action("copy", ACTS, (), lambda: _("Copy the citation"), asks=True, chord="yc", argument="citation"),
    Action("copy", ACTS, (), lambda: _("Copy the source's sentence"), asks=True, chord="yq", argument="sentence"),
    Action("filter", TODAY, ("f2", "slash"), lambda: _("Filter the register"), rank=10, chord="fl"),
    Action("read_again", TODAY, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
    Action("open", TODAY, ("enter",), lambda: _("Open"), rank=22, asks=True),
    Action("leave", TODAY, ("escape",), lambda: _("Select nothing, back to the list"), in_palette=False),
    Action("filter", REGISTER, ("f2", "slash"), lambda: _("Filter"), rank=10, chord="fl"),
    Action("read_again", REGISTER, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
    Action("open", REGISTER, ("enter",), lambda: _("Open"), rank=22, asks=True),
    Action("leave", REGISTER, ("escape",), lambda: _("Select nothing, clear the filter, back"), in_palette=False),
    Action("preset", REGISTER, (), lambda: _("Overdue"), chord="fo", argument="is:overdue"),
    Action("preset", REGISTER, (), lambda: _("Due soon"), chord="fd", argument="schedule:due_soon"),
    Action("preset", REGISTER, (), lambda: _("Reported done, to be confirmed"), chord="fc", argument="is:claimed"),
    Action("preset", REGISTER, (), lambda: _("Our review is due"), chord="fr", argument="is:review"),
    Action("preset", REGISTER, (), lambda: _("Follow-ups due"), chord="fu", argument="is:follow-up"),
    Action("preset", REGISTER, (), lambda: _("Still open"), chord="fb", argument="is:open"),
    Action("facet", REGISTER, (), lambda: _("By status …"), asks=True, chord="fs", argument="status"),
    Action("facet", REGISTER, (), lambda: _("By schedule …"), asks=True, chord="fh", argument="schedule"),
    Action("facet", REGISTER, (), lambda: _("By lead …"), asks=True, chord="fa", argument="lead"),
    Action("facet", REGISTER, (), lambda: _("By partner …"), asks=True, chord="fp", argument="partner"),
    Action("facet", REGISTER, (), lambda: _("By sector …"), asks=True, chord="fm", argument="sector"),
    Action("facet", REGISTER, (), lambda: _("By source …"), asks=True, chord="fn", argument="doc"),
    Action("preset", REGISTER, (), lambda: _("Without a filter"), chord="fx", argument=" "),
    Action("facets", REGISTER, (), lambda: _("Values to filter by: show or hide"), asks=True, chord="vf"),
    Action("columns", REGISTER, (), lambda: _("Columns …"), asks=True, chord="vc"),
    Action("sort", REGISTER, (), lambda: _("Sort …"), asks=True, chord="vs"),
    Action("reverse", REGISTER, (), lambda: _("Sort the other way round"), asks=True, chord="vo"),
    Action("group", REGISTER, (), lambda: _("Group …"), asks=True, chord="vg"),
    Action("keep_view", REGISTER, (), lambda: _("Keep this view …"), records=True, asks=True, chord="vk"),
    Action("filter", TIMELINE, ("f2", "slash"), lambda: _("Filter the register"), rank=10, chord="fl"),
    Action("read_again", TIMELINE, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
    Action("open", TIMELINE, ("enter",), lambda: _("Open"), rank=15, asks=True),
    Action("leave", TIMELINE, ("escape",), lambda: _("Select nothing, back to the bars, back"), in_palette=False),
    Action("earlier", TIMELINE, ("left",), lambda: _("Earlier"), rank=22),
    Action("later", TIMELINE, ("right",), lambda: _("Later"), rank=23),
    Action("now", TIMELINE, ("home",), lambda: _("To today’s line"), chord="vh"),
    Action("there", TIMELINE, ("ctrl+g",), lambda: _("To where this deadline ends"), chord="ve"),
    Action("nearer", TIMELINE, ("plus", "equals_sign", "ctrl+right"), lambda: _("Zoom in"), rank=16),
    Action("farther", TIMELINE, ("minus", "ctrl+left"), lambda: _("Zoom out"), rank=17),
    Action("zoom", TIMELINE, (), lambda: _("Time axis: months"), chord="va", argument="month"),
    Action("zoom", TIMELINE, (), lambda: _("Time axis: quarters"), chord="vq", argument="quarter"),
    Action("zoom", TIMELINE, (), lambda: _("Time axis: years"), chord="vn", argument="year"),
    Action("undated", TIMELINE, ("ctrl+u",), lambda: _("Without a deadline"), rank=24, asks=True, chord="fk"),
    Action("read_again", DETAIL, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
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
    Action("next_citation", TEXT, ("right", "n"), lambda: _("Next citation"), rank=20, gives_way=True),
    Action("citation_before", TEXT, ("left", "N"), lambda: _("Citation before"), rank=25, gives_way=True),
    Action("open", DOCUMENT, ("enter",), lambda: _("Open its commitment"), rank=15),
    Action("line_up", TEXT, ("up", "k"), lambda: _("One line up"), in_palette=False),
    Action("line_down", TEXT, ("down", "j"), lambda: _("One line down"), in_palette=False),
    Action("page_up", TEXT, ("pageup",), lambda: _("One page up"), in_palette=False),
    Action("page_down", TEXT, ("pagedown", "space"), lambda: _("One page down"), in_palette=False),
    Action("first_line", TEXT, ("home",), lambda: _("To the beginning"), in_palette=False),
    Action("last_line", TEXT, ("end",), lambda: _("To the end"), in_palette=False),
    Action("leave", DOCUMENT, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("open", DRAFTS, ("enter",), lambda: _("Look through"), rank=15, asks=True),
    Action("menu", DRAFTS, ("f9", "e"), lambda: _("Act …"), rank=14, argument=ACT),
    Action("read", DRAFTS, ("f2",), lambda: _("Read a document"), rank=12, records=True, asks=True),
    Action("read_again", DRAFTS, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
    Action("leave", DRAFTS, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    _decide("accept_draft", ("f4",), lambda: _("Accept"), "n", 2),
    _decide("edit_draft", ("f2", "ctrl+r"), lambda: _("Edit"), "t", 3),
    _decide("merge_draft", ("ctrl+g",), lambda: _("Merge"), "g", 4),
    _decide("reject_draft", ("delete",), lambda: _("Reject"), "l", 4),
    _decide("reopen_draft", ("ctrl+o",), lambda: _("Let it wait again"), "c"),
    Action("menu", REVIEW, ("f9", "e"), lambda: _("Act …"), rank=15, argument=ACT),
    Action("next_waiting", REVIEW, ("right",), lambda: _("Next"), rank=4),
    Action("waiting_before", REVIEW, ("left",), lambda: _("Previous"), rank=16),
    Action("next_draft", REVIEW, ("ctrl+right",), lambda: _("Next draft, decided or not")),
    Action("draft_before", REVIEW, ("ctrl+left",), lambda: _("Draft before, decided or not")),
    Action("read_again", REVIEW, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
    Action("leave", REVIEW, ("escape",), lambda: _("Back"), rank=6, in_palette=False),
    Action("open", FIGURES, ("enter",), lambda: _("Open"), rank=15, asks=True),
    Action("read_again", FIGURES, ("f5",), lambda: _("Read again"), asks=True),
    Action("leave", FIGURES, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("read_again", FIGURE, ("f5",), lambda: _("Read again"), asks=True),
    Action("leave", FIGURE, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("source", WHY, ("enter",), lambda: _("Open the source on its sentence"), rank=20, asks=True),
    Action("leave", WHY, ("escape",), lambda: _("Back"), rank=10, in_palette=False),
    Action("filter", REPORTS, ("f2", "slash"), lambda: _("Lead, partner, words"), rank=12, chord="fl"),
    Action("kind", REPORTS, (), lambda: _("Another report"), chord="fr"),
    Action("open", REPORTS, ("enter",), lambda: _("Open"), rank=15, asks=True),
    Action("write", REPORTS, ("f9",), lambda: _("Write to a file"), rank=10, asks=True, chord="eg"),
    Action("open_folder", REPORTS, ("ctrl+o",), lambda: _("Open the folder of what was written"), chord="eq"),
    Action("read_again", REPORTS, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
    Action("leave", REPORTS, ("escape",), lambda: _("Back"), rank=11, in_palette=False),
    Action("open", HISTORY, ("enter",), lambda: _("Open"), rank=15, asks=True),
    Action("undo_act", HISTORY, ("delete",), lambda: _("Undo this act"), rank=16, records=True, asks=True, chord="eh"),
    Action("filter", HISTORY, ("f2", "slash"), lambda: _("Actor, kind, words"), rank=14, chord="fl"),
    Action(
        "only_this", HISTORY, ("ctrl+o",), lambda: _("Only this commitment, or all"), rank=17, asks=True, chord="fo"
    ),
    Action("read_again", HISTORY, ("f5",), lambda: _("Read again"), asks=True, chord="vr"),
    Action("leave", HISTORY, ("escape",), lambda: _("Back"), rank=11, in_palette=False),
    Action("row_up", ROWS, ("up", "k"), lambda: _("One row up"), in_palette=False),
    Action("row_down", ROWS, ("down", "j"), lambda: _("One row down"), in_palette=False),
    Action("page_up", ROWS, ("pageup",), lambda: _("One page up"), in_palette=False),
    Action("page_down", ROWS, ("pagedown",), lambda: _("One page down"), in_palette=False),
    Action("first_row", ROWS, ("home", "ctrl+home"), lambda: _("To the first row"), in_palette=False, gives_way=True),
    Action("last_row", ROWS, ("end",), lambda: _("To the last row"), in_palette=False),
    Action("select", LIST, ("space",), lambda: _("Select"), rank=35, in_palette=False),
    Action("select_down", LIST, ("shift+down",), lambda: _("Select down to the next row"), in_palette=False),
    Action("select_up", LIST, ("shift+up",), lambda: _("Select up to the row above"), in_palette=False),
    Action("select_all", LIST, ("ctrl+a",), lambda: _("Select all that match"), asks=True),
    Action("fold", LIST, ("left",), lambda: _("Fold the group"), in_palette=False, gives_way=True),
    Action("unfold", LIST, ("right",), lambda: _("Unfold the group"), in_palette=False, gives_way=True),
    Action("choose", FACET, ("enter", "space"), lambda: _("Filter by it, or no longer"), rank=2, in_palette=False),
    Action("turn", ORDERING, ("space",), lambda: _("Show or hide the column"), in_palette=False),
    Action("earlier", ORDERING, ("ctrl+up",), lambda: _("Move the column to the left"), in_palette=False),
    Action("later", ORDERING, ("ctrl+down",), lambda: _("Move the column to the right"), in_palette=False),
    Action("drop", VIEWS, ("delete",), lambda: _("Drop the view"), in_palette=False),
    Action("save", DIALOG, ("f9", "ctrl+s"), lambda: _("Save"), rank=10, in_palette=False),
    Action("discard", FORM, ("f8",), lambda: _("Discard what was typed"), in_palette=False),
    Action("leave", DIALOG, ("escape",), lambda: _("Leave without saving"), rank=20, in_palette=False),
    Action("calendar", DATES, ("f4", "down", "ctrl+space", "ctrl+@"), lambda: _("Open the calendar"), in_palette=False),
    Action("earlier", CALENDAR, ("left",), lambda: _("Back by one"), in_palette=False),
    Action("later", CALENDAR, ("right",), lambda: _("On by one"), in_palette=False),
    Action("above", CALENDAR, ("up",), lambda: _("One row up"), in_palette=False),
    Action("below", CALENDAR, ("down",), lambda: _("One row down"), in_palette=False),
    Action("page_back", CALENDAR, ("pageup",), lambda: _("A month or year back"), in_palette=False),
    Action("page_on", CALENDAR, ("pagedown",), lambda: _("A month or year on"), in_palette=False),
    Action("today", CALENDAR, ("home",), lambda: _("Today"), in_palette=False),
    Action("unit", CALENDAR, ("f4",), lambda: _("Day, month, quarter or year"), in_palette=False),
    Action("choose", CALENDAR, ("enter", "space"), lambda: _("Take it"), in_palette=False),
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
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
}


def key_name(key: str) -> str:
    """A key as it is printed on the keyboard: `ctrl+p` is Ctrl+P, `question_mark` is ?."""
    parts = [_KEY_NAMES.get(part) or part.capitalize() for part in key.split("+")]
    return parts[0].lower() if len(parts) == 1 and len(key) == 1 else "+".join(parts)


def bindings(*where: str) -> list[BindingType]:
    """The key bindings of the actions that live in these places."""
    return [binding_of(action) for action in ACTIONS if action.where in where and action.keys]


def bindings_beside(room: str, *where: str) -> list[BindingType]:
    """The same without the keys that a room uses for its own, for a list that stands in it."""
    taken = {key for action in ACTIONS if action.where == room for key in action.keys}
    left = [replace(a, keys=tuple(key for key in a.keys if key not in taken)) for a in ACTIONS if a.where in where]
    return [binding_of(action) for action in left if action.keys]


def binding_of(action: Action) -> Binding:
    """Its own keys, as Textual wants them."""
    return Binding(",".join(action.keys), action.target, show=False, id=action.id)


def found(called: str, *where: str) -> Action | None:
    """The action that Textual runs by that name in these places, or None when it is not one of ours."""
    return next((a for a in _CALLED.get(called, ()) if a.where in (*where, EVERYWHERE)), None)


# Asked for each key of each place whenever a footer is drawn.
_CALLED: dict[str, list[Action]] = {}
for _each in ACTIONS:
    _CALLED.setdefault(_each.target, []).append(_each)


def live(*where: str) -> tuple[Action, ...]:
    """The actions of these places and those of everywhere, in the order of the registry."""
    return tuple(action for action in ACTIONS if action.where in (*where, EVERYWHERE))


# The keys of settings.toml, by the action's id. One keyboard for the whole process, as there is one language.
_remapped: dict[str, tuple[str, ...]] = {}


def use_keys(remapped: Mapping[str, tuple[str, ...]]) -> None:
    """From now on these keys do these actions; the others keep their own."""
    _remapped.clear()
    _remapped.update(remapped)


def rebind(node: DOMNode, *where: str) -> None:
    """Give something that listens to keys those of settings.toml, for the actions of these places."""
    if not _remapped:
        return
    kept = {
        key: [binding for binding in bound if binding.id not in _remapped]
        for key, bound in node._bindings.key_to_bindings.items()
    }
    there = {binding.id for _key, binding in node._bindings}
    for action in ACTIONS:
        if action.id in _remapped and (action.where in where or action.id in there):
            for key in action.live_keys:
                kept.setdefault(key, []).insert(0, Binding(key, action.target, show=False, id=action.id))
    node._bindings = BindingsMap.from_keys(kept)
