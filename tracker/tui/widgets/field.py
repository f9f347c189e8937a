"""A line of a form: a name, what the person fills in, and beneath it what is to be said about that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from tracker.tui.shown import shown

Editor = TypeVar("Editor", bound=Widget, covariant=True)


class Field(Vertical, Generic[Editor]):
    """One thing to fill in. It `wants` something while what is typed cannot be taken."""

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
        """Name and editor side by side, the remark below."""
        with Horizontal(classes="line"):
            yield Static(shown(self._called), classes="name", markup=False)
            yield self.editor
            yield from self.beside()
        yield self._below

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
        self.said, self.wants = sentence, wanting
        self._below.update(shown(sentence))
        self._below.set_class(bool(sentence), "-said")
        self._below.set_class(wanting, "-wanting")
