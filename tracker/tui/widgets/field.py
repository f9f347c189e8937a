"""A line of a form: a name, what the person fills in, and beneath it what is to be said about that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from tracker.tui.shown import cell, shown

Editor = TypeVar("Editor", bound=Widget, covariant=True)
# The cells of a name; its editor begins two further on.
NAMED = 18


class Field(Widget, Generic[Editor]):
    """One thing to fill in. It `wants` something while what is typed cannot be taken."""

    # It draws its name itself: a form of ten fields is laid out sooner without twenty more widgets.
    DEFAULT_CSS = """
    Field {
        height: auto; color: $quiet;
        &:focus-within { color: $accent; }
        & > .editor { width: 1fr; margin-left: 20; }
        & > .remark { margin-left: 20; padding: 0 1; color: $quiet; height: auto; display: none; }
        & > .remark.-said { display: block; }
        & > .remark.-wanting { color: $warning; }
        &.-under > .editor { margin: 1 0 0 2; }
    }
    """

    def __init__(self, name: str, editor: Editor, hint: str = "") -> None:
        super().__init__()
        self._called = name
        self._below = Static(classes="remark", markup=False)
        self.editor = editor
        # What is said while nothing is typed.
        self.hint = hint
        self.said = ""
        self.wants = False
        editor.add_class("editor")

    def compose(self) -> ComposeResult:
        """The editor beside the name, the remark below."""
        yield from self.beside()
        yield self.editor
        yield self._below

    def render(self) -> Content:
        """The name."""
        return shown(f" {cell(self._called, NAMED)}")

    def beside(self) -> Iterable[Widget]:
        """What stands to the right of the editor."""
        return ()

    @property
    def called(self) -> str:
        """Its name."""
        return self._called

    @property
    def typed(self) -> str:
        """What is filled in, exactly as it stands there."""
        match self.editor:
            case Input():
                return self.editor.value
            case TextArea():
                return self.editor.text
            case Select():
                return "" if self.editor.value is Select.NULL else str(self.editor.value)
            case _:
                return ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return not self.typed.strip()

    def in_words(self, text: str) -> str:
        """A text of this field as a person reads it."""
        if isinstance(self.editor, Select):
            return next((str(said) for said, value in self.editor._options if str(value) == text), text)
        return text

    def fill(self, text: str) -> None:
        """Fill it in, as if typed; a choice that is not offered is left."""
        match self.editor:
            case Input():
                self.editor.value = text
            case TextArea():
                self.editor.text = text
            case Select() if not text and self.editor._allow_blank:
                self.editor.clear()
            case Select():
                for _said, value in self.editor._options:
                    if str(value) == text:
                        self.editor.value = value

    def go_there(self) -> None:
        """Put the cursor into it."""
        self.editor.focus()

    def read(self) -> None:
        """Say how what is typed is read; a plain text is taken as it is."""
        self.remark("")

    def remark(self, sentence: str, *, wanting: bool = False) -> None:
        """Say something about it: how it was read, or (`wanting`) what is missing or wrong."""
        if (sentence, wanting) == (self.said, self.wants):
            # Every update lays the whole form out again, and each letter has all fields looked at.
            return
        self.said, self.wants = sentence, wanting
        self._below.update(shown(sentence))
        self._below.set_class(bool(sentence), "-said")
        self._below.set_class(wanting, "-wanting")
