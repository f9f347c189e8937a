"""The fields that people type in. They do what is typed in the order in which it comes.

Textual puts a letter in at once, and runs a key binding only after the key has gone up to the app. A Vietnamese input
method sends letters and backspaces in one burst (`tac`, two backspaces, `ác`): there, the backspaces would take away
letters that came after them. So a field of ours runs its own bindings as it hears their keys.
"""

from __future__ import annotations

from textual import events
from textual.binding import NoBinding
from textual.command import CommandInput
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tracker.render import safe


async def edit_at_once(field: Widget, event: events.Key) -> None:
    """Run the field's own binding of the key, if it has one, before the next key is heard."""
    if event.is_printable:
        return
    try:
        edits = field._bindings.get_bindings_for_key("backspace" if event.key == "ctrl+h" else event.key)
    except NoBinding:
        return
    for edit in edits:
        if await field.app.run_action(edit.action, field):
            event.stop()
            event.prevent_default()
            return


class TextLine(Input):
    """One line. Whatever is put into it can do nothing but be read."""

    def validate_value(self, value: str) -> str:
        """No control sequence, from data or out of the clipboard."""
        return safe(value)

    async def _on_key(self, event: events.Key) -> None:
        await edit_at_once(self, event)


class TextBlock(TextArea):
    """Some lines. Whatever is put into it can do nothing but be read."""

    def load_text(self, text: str) -> None:
        """Put a text into it, without control sequences."""
        super().load_text(safe(text, newlines=True))

    async def _on_paste(self, event: events.Paste) -> None:
        # Textual's own handler of it comes next and puts it in. A terminal may end lines as the Enter key does.
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n")
        event.text = safe(lines, newlines=True)

    async def _on_key(self, event: events.Key) -> None:
        await edit_at_once(self, event)


class CommandLine(CommandInput):
    """The line of the command palette."""

    async def _on_key(self, event: events.Key) -> None:
        await edit_at_once(self, event)
