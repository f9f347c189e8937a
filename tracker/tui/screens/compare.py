"""Two people changed the same fields: both values side by side, and a choice for each."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, RadioButton, RadioSet, Static

from tracker.i18n import _
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import line, shown

MARKS = {True: "●", False: " "}


@dataclass(frozen=True, slots=True)
class Differing:
    """A field with what they wrote and what you typed, in words."""

    name: str
    called: str
    theirs: str
    yours: str


class Choice(RadioButton):
    """One of two; the chosen one can be told without colour."""

    def __init__(self, said: str, *, chosen: bool) -> None:
        super().__init__(shown(said), value=chosen)
        self.BUTTON_INNER = MARKS[chosen]

    def watch_value(self) -> None:
        """Mark it."""
        self.BUTTON_INNER = MARKS[self.value]
        super().watch_value()


class Sides(RadioSet):
    """Yours and theirs. They stand side by side: an arrow chooses between them, up and down lead to the next field."""

    BINDINGS = [
        Binding("left", "choose(0)", show=False),
        Binding("right", "choose(1)", show=False),
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
    ]

    def action_choose(self, number: int) -> None:
        """Choose that one."""
        self._selected = number
        self.query(Choice)[number].value = True

    def action_go(self, step: int) -> None:
        """To the next field, or the one before."""
        if step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


class CompareDialog(Dialog[frozenset[str]]):
    """Yields the names of the fields in which theirs is taken; yours stays in the others."""

    CSS_PATH = "compare.tcss"

    def __init__(self, ref: str, fields: tuple[Differing, ...]) -> None:
        super().__init__()
        self._ref, self._fields = ref, fields

    def compose(self) -> ComposeResult:
        """For each field theirs and yours, and which one stays."""
        with Vertical(classes="dialog"):
            yield Static(
                shown(_("{ref} was changed meanwhile").format(ref=line(self._ref))), classes="title", markup=False
            )
            yield Static(shown(_("Choose for each field.")), classes="under-title", markup=False)
            with VerticalScroll(can_focus=False):
                for number, field in enumerate(self._fields):
                    yield Static(shown(line(field.called)), classes="called", markup=False)
                    with Sides(id=f"field-{number}", compact=True):
                        yield Choice(_("yours"), chosen=True)
                        yield Choice(_("theirs"), chosen=False)
                    with Horizontal(classes="values"):
                        yield Static(shown(field.yours or _("(nothing)")), classes="value", markup=False)
                        yield Static(shown(field.theirs or _("(nothing)")), classes="value", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(shown(_("Take these (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Keep mine (Esc)")), id="leave", compact=True)

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Take what is chosen."""
        self.dismiss(
            frozenset(
                field.name
                for number, field in enumerate(self._fields)
                if self.query_one(f"#field-{number}", RadioSet).pressed_index == 1
            )
        )

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Keep what was typed everywhere."""
        self.dismiss(frozenset())
