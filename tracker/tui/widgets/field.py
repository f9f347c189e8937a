"""A line of a form: a name, what the person fills in, and beneath it what is to be said about that."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from tracker.tui.shown import shown

Editor = TypeVar("Editor", bound=Widget, covariant=True)


class Field(Vertical, Generic[Editor]):
    """One thing to fill in. It `wants` something while what is typed cannot be taken."""

    def __init__(self, name: str, editor: Editor) -> None:
        super().__init__()
        self._called = name
        self._below = Static(classes="remark", markup=False)
        self.editor = editor
        self.said = ""
        self.wants = False
        editor.add_class("editor")

    def compose(self) -> ComposeResult:
        """Name and editor side by side, the remark below."""
        with Horizontal(classes="line"):
            yield Static(shown(self._called), classes="name", markup=False)
            yield self.editor
        yield self._below

    def remark(self, sentence: str, *, wanting: bool = False) -> None:
        """Say something about it: how it was read, or (`wanting`) what is missing or wrong."""
        self.said, self.wants = sentence, wanting
        self._below.update(shown(sentence))
        self._below.set_class(bool(sentence), "-said")
        self._below.set_class(wanting, "-wanting")
