"""The least that an interface on this machine can be: Textual and lines of constant text.

`python -m tests.benchmarks.bare frame|screen|keys [URL]`: one text; the same with our libraries loaded and the
database asked for nothing; these too, and a list with a cursor, a line to type in and two more screens.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static

LINES, COLUMNS = 40, 120
ROWS = 1_000_000
# What every screen of it shows.
WORDS = "constant text"
MARKED = "marked"


def ref(number: int) -> str:
    """The ref of a row."""
    return f"BA-2026-{number:07d}"


def line(number: int, said: str = WORDS) -> str:
    """A line as wide as the terminal, with a ref as rows have it."""
    return f" ● {ref(number)}  {said} {'của hai bên ' * 12}"[:COLUMNS]


def page() -> str:
    """A screenful without refs."""
    return "\n".join(f"{WORDS} {number}" for number in range(LINES))


class Frame(App[None]):
    """As many lines of constant text as the terminal has."""

    BINDINGS = [("f10", "quit", "")]
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("\n".join(line(number) for number in range(LINES)), markup=False)


def load_libraries(url: str) -> None:
    """Import what the tracker asks its register with, and ask it for nothing."""
    from importlib import import_module

    from sqlalchemy import create_engine

    for name in ("pydantic", "tracker_db.models"):
        import_module(name)
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1").scalar_one()
    engine.dispose()


def keys() -> App[None]:
    """A list of constant text with a cursor, a line to type in, a screen to open and a dialog."""
    from rich.segment import Segment
    from rich.style import Style
    from textual import on
    from textual.geometry import Size
    from textual.screen import ModalScreen, Screen
    from textual.scroll_view import ScrollView
    from textual.strip import Strip
    from textual.widgets import Input

    styles = (Style.parse("white on black"), Style.parse("white on blue"))

    class List(ScrollView, can_focus=True):
        BINDINGS = [
            ("down", "step(1)", ""),
            ("pagedown", "step(37)", ""),
            ("home", f"step({-ROWS})", ""),
            ("end", f"step({ROWS})", ""),
        ]

        def __init__(self) -> None:
            super().__init__()
            self.virtual_size = Size(0, ROWS)
            self.cursor = 0
            self.said = WORDS

        def render_line(self, y: int) -> Strip:
            index = y + self.scroll_offset.y
            text = line(index, self.said)
            return Strip([Segment(text, styles[index == self.cursor])]).adjust_cell_length(self.size.width)

        def action_step(self, by: int) -> None:
            before, self.cursor = self.cursor, max(min(self.cursor + by, ROWS - 1), 0)
            top, height = self.scroll_offset.y, self.size.height
            if top <= self.cursor < top + height:
                self.refresh_line(before)
                self.refresh_line(self.cursor)
            else:
                self.scroll_to(y=self.cursor - (height - 1 if by > 0 else 0), animate=False, immediate=True)

    class Page(Screen[None]):
        BINDINGS = [("escape", "dismiss", "")]

        def compose(self) -> ComposeResult:
            yield Static(page(), markup=False)

    class Dialog(ModalScreen[None]):
        BINDINGS = [("f9", "dismiss", "")]

        def compose(self) -> ComposeResult:
            yield Static(page(), markup=False)

    class Keys(Frame):
        BINDINGS = [("enter", "open", ""), ("f4", "mark", ""), ("f2", "filter", ""), ("escape", "list", "")]

        def compose(self) -> ComposeResult:
            yield Input(compact=True, select_on_focus=False)
            yield List()

        def on_mount(self) -> None:
            self.action_list()

        def action_list(self) -> None:
            self.query_one(List).focus()

        def action_filter(self) -> None:
            self.query_one(Input).focus()

        def action_open(self) -> None:
            self.push_screen(Page())

        def action_mark(self) -> None:
            self.push_screen(Dialog(), lambda _: self._say(MARKED))

        @on(Input.Changed)
        def _typed(self, event: Input.Changed) -> None:
            self._say(f"{len(event.value)} letters")

        def _say(self, said: str) -> None:
            listed = self.query_one(List)
            listed.said = said
            listed.refresh()

    return Keys()


def main(kind: str, *url: str) -> None:
    """Run one of them."""
    if kind != "frame":
        load_libraries(*url)
    app = keys() if kind == "keys" else Frame()
    app.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
