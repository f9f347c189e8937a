"""Who is what to a commitment: a row for each party with its role and who says so, and one more to add another."""

from __future__ import annotations

import json

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Select

from tracker.domain.codes import BASIS_OF, Basis, Role
from tracker.domain.views import CommitmentView
from tracker.i18n import _
from tracker.render import label, words
from tracker.tui import completion
from tracker.tui.shown import shown
from tracker.tui.widgets.completing import CompletingLine
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.one_of import OneOf

# A party's name, role and basis, as they stand in the row.
Named = tuple[str, str, str]


class PartyRow(Horizontal):
    """One party."""

    DEFAULT_CSS = """
    PartyRow { height: 1; }
    PartyRow CompletingLine { width: 1fr; }
    PartyRow .role { width: 16; }
    PartyRow .basis { width: 24; }
    """

    def __init__(self, named: Named | None = None) -> None:
        super().__init__()
        name, role, basis = named or ("", Role.UNDERTAKER.value, Basis.STATED.value)
        self.line = CompletingLine(completion.parties, placeholder=_("one more party"))
        self.line.value = name
        self.role: Select[str] = OneOf(
            [(shown(label("role", each)), each.value) for each in Role],
            value=role,
            allow_blank=False,
            compact=True,
            classes="role",
        )
        self.basis: Select[str] = OneOf(
            [(shown(label("basis", each)), each.value) for each in Basis],
            value=basis,
            allow_blank=False,
            compact=True,
            classes="basis",
        )

    def compose(self) -> ComposeResult:
        """Name, role, basis."""
        yield self.line
        yield self.role
        yield self.basis

    @property
    def named(self) -> Named:
        """What stands in it."""
        return self.line.value.strip(), str(self.role.value), str(self.basis.value)

    @on(Select.Changed, ".role")
    def _another_role(self) -> None:
        # For a new party: who is taken to say so depends on the role. What stood there keeps its basis.
        if not self.line.value.strip():
            self.basis.value = BASIS_OF[Role(str(self.role.value))].value


class PartyRows(Vertical):
    """The rows; the last one is always empty."""

    DEFAULT_CSS = "PartyRows { height: auto; }"

    def compose(self) -> ComposeResult:
        """One to begin with."""
        yield PartyRow()

    @property
    def rows(self) -> list[PartyRow]:
        """All of them."""
        return [row for row in self.children if isinstance(row, PartyRow)]

    @property
    def named(self) -> list[Named]:
        """The parties that are named."""
        return [row.named for row in self.rows if row.line.value.strip()]

    def show(self, named: list[Named]) -> None:
        """Put these in the place of what stands there."""
        with self.app.batch_update():
            for row in self.rows:
                row.remove()
            self.mount(*(PartyRow(each) for each in named), PartyRow())

    @on(Input.Changed)
    def _more(self) -> None:
        if self.rows and self.rows[-1].line.value.strip():
            self.mount(PartyRow())


class PartiesField(Field[PartyRows]):
    """The parties as one text: JSON of rows of name, role and basis."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__(name, PartyRows(), hint)
        self.add_class("-under")

    @property
    def typed(self) -> str:
        """What stands there, as text."""
        return spelled(self._named())

    def _named(self) -> list[Named]:
        return self._filled if self._filled is not None else self.editor.named

    _filled: list[Named] | None = None

    def fill(self, text: str) -> None:
        """Put rows there; what is no list of rows is left out."""
        self._filled = read_rows(text)
        self.editor.show(self._filled)
        self.call_after_refresh(self._shown)

    def _shown(self) -> None:
        self._filled = None

    def go_there(self) -> None:
        """To the first row."""
        if self.editor.rows:
            self.editor.rows[0].line.focus()

    def in_words(self, text: str) -> str:
        """One party a line."""
        return "\n".join(
            f"{label('role', role)}: {name} ({label('basis', basis)})" for name, role, basis in read_rows(text)
        )


def spelled(named: list[Named]) -> str:
    """Rows as text; empty when there is none."""
    return json.dumps(named, ensure_ascii=False) if named else ""


def read_rows(text: str) -> list[Named]:
    """The rows of a text; of one that is none of ours, none."""
    try:
        given = json.loads(text) if text else []
    except ValueError:
        return []
    rows: list[Named] = []
    for row in given if isinstance(given, list) else []:
        match row:
            case [str(name), str(role), str(basis)] if role in list(Role) and basis in list(Basis):
                rows.append((name, role, basis))
    return rows


def rows_of(view: CommitmentView) -> str:
    """The parties of a commitment as text."""
    return spelled([(words(party.name), party.role, party.basis) for party in view.parties])
