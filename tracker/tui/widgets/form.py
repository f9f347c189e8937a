"""A form: named fields under one another. What is typed in it is one mapping of texts, exactly as they stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from tracker.i18n import _
from tracker.render import label
from tracker.tui.completion import Source
from tracker.tui.shown import shown
from tracker.tui.widgets.completing import CompletingLine
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.one_of import OneOf
from tracker.tui.widgets.typed import TextBlock, TextLine

Texts = Mapping[str, str]


class Form(VerticalScroll, can_focus=False):
    """Fields by name. It says beside each what is needed, and what is wrong with what is typed."""

    class Typed(Message):
        """Something was typed or chosen."""

    def __init__(self, fields: Mapping[str, Field[Widget]], needed: Iterable[tuple[str, ...]] = ()) -> None:
        """`needed` are groups of fields; of each group one is enough."""
        super().__init__()
        self.fields = dict(fields)
        self.needed = {name: group for group in needed for name in group}
        self.tried = False
        self._blank: Texts = {}

    def compose(self) -> ComposeResult:
        """The fields in their order; those that nothing asks for yet come when something does."""
        yield from (field for field in self.fields.values() if field.display)

    def ask_for(self, name: str, *, asked: bool) -> None:
        """Show a field in its place, or hide it."""
        field = self.fields[name]
        if asked and not field.is_attached:
            names = list(self.fields)
            following = (self.fields[each] for each in names[names.index(name) + 1 :])
            self.mount(field, before=next((each for each in following if each.is_attached), None))
        field.display = asked

    def on_mount(self) -> None:
        """Nobody has typed anything yet."""
        self._blank = {name: field.typed for name, field in self.fields.items()}

    # What is typed

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields that are shown now."""
        return {name: field.typed for name, field in self.fields.items() if field.display}

    @property
    def changed(self) -> dict[str, str]:
        """What stands there otherwise than in the beginning."""
        return {name: text for name, text in self.typed.items() if text != self._blank.get(name, "")}

    @property
    def has_text(self) -> bool:
        """Whether anything was typed (not merely chosen) that would be lost."""
        return any(not isinstance(self.fields[name].editor, Select) for name in self.changed)

    def begin(self, texts: Texts | None = None) -> None:
        """This is what nobody has typed: the present state, or nothing."""
        self.fill(texts or {})
        self._blank = {name: field.typed for name, field in self.fields.items()}

    def put_aside(self) -> Texts:
        """Take out what was typed so far, letter by letter."""
        lines = {name for name, field in self.fields.items() if isinstance(field.editor, Input | TextArea)}
        typed = {name: text for name, text in self.changed.items() if name in lines}
        self.fill(dict.fromkeys(typed, ""))
        return typed

    def add(self, texts: Texts) -> None:
        """Put texts behind what stands in their fields."""
        self.fill({name: " ".join(filter(None, (self.fields[name].typed, text))) for name, text in texts.items()})

    def reset(self) -> None:
        """As nobody had typed anything."""
        self.fill(self._blank)
        self.tried = False
        self.look()

    def fill(self, texts: Texts) -> None:
        """Put texts into their fields; what has no field is left out."""
        for name, text in texts.items():
            if name in self.fields:
                self.fields[name].fill(text)

    # What is said about it

    def say(self, name: str, sentence: str) -> None:
        """Say at a field what is wrong with it, and go there."""
        field = self.fields[name]
        field.remark(sentence, wanting=True)
        field.go_there()

    def insist(self) -> bool:
        """Say beside each field what is missing and go to the first of them. Whether nothing is."""
        self.tried = True
        self.look()
        wanting = [field for field in self.fields.values() if field.display and field.wants]
        if wanting:
            wanting[0].go_there()
        return not wanting

    def look(self) -> None:
        """Say at each field what is needed. A field that reads what is typed says so itself."""
        for name, field in self.fields.items():
            group = self.needed.get(name, ())
            if not field.is_empty:
                field.read()
            elif group and all(self.fields[each].is_empty for each in group) and (self.tried or name == group[0]):
                # Of several that would do, the first one says so until somebody has tried without.
                names = ", ".join(_within(self.fields[each].called) for each in group)
                field.remark(needed(names if len(group) > 1 else "", missing=self.tried), wanting=self.tried)
            else:
                field.remark(field.hint)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def _changed(self) -> None:
        self.look()
        self.post_message(self.Typed())


def needed(names: str, *, missing: bool) -> str:
    """That a field is needed, or one of several; `missing` says that somebody has tried without."""
    if not names:
        return _("Still missing.") if missing else _("Needed.")
    said = _("Still missing; one is enough: {names}.") if missing else _("One of these is enough: {names}.")
    return said.format(names=names)


def _within(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


def line_field(name: str, placeholder: str = "", hint: str = "") -> Field[Widget]:
    """One line."""
    # What stands there stays when the cursor comes: the first letter typed would replace a whole title.
    return Field(name, TextLine(placeholder=placeholder, compact=True, select_on_focus=False), hint)


def completing_field(name: str, source: Source, placeholder: str = "", hint: str = "") -> Field[Widget]:
    """One line that offers what can be meant."""
    return Field(name, CompletingLine(source, placeholder=placeholder), hint)


def block_field(name: str, hint: str = "") -> Field[Widget]:
    """Some lines."""
    return Field(name, TextBlock(compact=True, show_line_numbers=False), hint)


def coded_field(name: str, group: str, codes: Iterable[str], chosen: str | None = None) -> Field[Widget]:
    """One of some codes, shown by their words; without one that is `chosen` it may be left open."""
    return choice_field(name, [(label(group, code), str(code)) for code in codes], chosen)


def choice_field(name: str, choices: Iterable[tuple[str, str]], chosen: str | None = None) -> Field[Widget]:
    """One of some choices: what is said, and what is meant."""
    options = [(shown(said), meant) for said, meant in choices]
    if chosen is None:
        blank: Select[str] = OneOf(options, prompt=_("choose …"), compact=True)
        return Field(name, blank)
    select: Select[str] = OneOf(options, value=chosen, allow_blank=False, compact=True)
    return Field(name, select)
