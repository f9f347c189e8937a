"""The measured series of the register, each with its latest reading, its targets, and where the present pace leads."""

from __future__ import annotations

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from tracker.domain.pace import outlook
from tracker.domain.views import AimView, FigureView
from tracker.i18n import _, ngettext
from tracker.render import error as worded
from tracker.render import latest, words
from tracker.render.pace import aim, gap, leads, present
from tracker.tui.actions import FIGURES, bindings
from tracker.tui.messages import Failed, FiguresArrived
from tracker.tui.openings import AFigure, open_it
from tracker.tui.screens.room import Room
from tracker.tui.shown import cell
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.rows import Part, Rows

# Beside the name from this width on; below it a target's line stands under the series.
WIDE = 120


class FigureList(Rows):
    """A line for each series, and one under it for each target."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[FigureView, AimView | None]] = []

    def show(self, figures: tuple[FigureView, ...]) -> None:
        """Show these, those with targets first."""
        ordered = sorted(figures, key=lambda figure: not figure.targets)
        self._lines = [(figure, aimed) for figure in ordered for aimed in (None, *figure.targets)]
        self.set_length(len(self._lines))

    @property
    def current(self) -> FigureView | None:
        """The series under the cursor."""
        return self._lines[self.cursor][0] if self._lines else None

    def header_parts(self, width: int) -> list[Part]:
        """The names of the two columns."""
        name, rest = self._widths(width)
        return [(" " + cell(_("Series"), name - 1), ""), ("  ", ""), (cell(_("Latest reading; pace"), rest), "")]

    def row_parts(self, index: int, width: int) -> list[Part]:
        """A series, or one of its targets."""
        figure, aimed = self._lines[index]
        name, rest = self._widths(width)
        if aimed is None:
            return [(" " + cell(words(figure.name), name - 1), ""), ("  ", ""), (cell(latest(figure) or "–", rest), "")]
        found = outlook(figure, aimed.value, aimed.by)
        tone = "done" if found.reached == "yes" else "quiet" if found.latest is None else "calm"
        target = _("→ {target} ({ref})").format(target=aim(figure, aimed.value, aimed.by), ref=aimed.ref)
        ahead = "; ".join(said for said in (leads(figure, found) or present(figure, found), gap(figure, found)) if said)
        if cell_len(target) > name - 2:
            return [("  ", ""), (cell(f"{target}; {ahead}", width - 2), tone)]
        return [("  ", ""), (cell(target, name - 2), tone), ("  ", ""), (cell(ahead, rest), tone)]

    def _widths(self, width: int) -> tuple[int, int]:
        name = max(min(width * (2 if width >= WIDE else 3) // 5, 70), 10)
        return name, max(width - name - 2, 10)


class FiguresRoom(Room):
    """Enter opens a series."""

    place = FIGURES
    CSS_PATH = "figures.tcss"
    BINDINGS = bindings(FIGURES)
    AUTO_FOCUS = "FigureList"

    def __init__(self) -> None:
        super().__init__()
        self._count: int | None = None

    def compose(self) -> ComposeResult:
        """Title, banner, the list, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="missing")
        yield FigureList()
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for them."""
        self.retell()
        self.action_read_again()

    def action_read_again(self) -> None:
        """Ask once more."""
        day = self.office.day
        self.ask("figures", lambda tracker: FiguresArrived(tracker.library.figures(as_of=day)))

    def on_figures_arrived(self, message: FiguresArrived) -> None:
        """Show them."""
        self._count = len(message.figures)
        self.query_one(FigureList).show(message.figures)
        self.retell()

    def on_failed(self, message: Failed) -> None:
        """Say why there are none."""
        self.query_one("#missing", Notice).say(worded(message.error))

    def retell(self) -> None:
        """Say everything again."""
        count = self._count
        said = _("counting …") if count is None else ngettext("{count} series", "{count} series", count)
        self.query_one(Bar).tell(_("Figures"), "  ·  ".join((said.format(count=count), self.office.day_in_words)))
        self.query_one("#banner", Notice).say(self.office.banner)
        self.query_one("#missing", Notice).say("" if count != 0 else _("No figure is on record."))
        self.query_one(FigureList).refresh()

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """To the series under the cursor."""
        chosen = self.query_one(FigureList).current
        if chosen is not None:
            open_it(self.office, AFigure(chosen.key))
