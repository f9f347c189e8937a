"""One measured series: drawn against its targets, its readings with their sources, what follows from them."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from tracker.domain.pace import outlook, points
from tracker.domain.views import AimView, FigureView
from tracker.i18n import _
from tracker.render import error as worded
from tracker.render import label, period, words
from tracker.render.pace import aim, gap, leads, measured, needed, present, remarks
from tracker.tui.actions import FIGURE, PAGE, bindings
from tracker.tui.chart import chart
from tracker.tui.messages import Failed, FiguresArrived
from tracker.tui.openings import ACommitment, ASource, open_it
from tracker.tui.page import QUIET, Block, Page
from tracker.tui.screens.room import Room
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.page_view import PageView


class FigureRoom(Room):
    """Enter opens a reading's source, or a target's commitment."""

    place = FIGURE
    also = (PAGE,)
    CSS_PATH = "figure.tcss"
    BINDINGS = bindings(FIGURE)
    AUTO_FOCUS = "PageView"

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._figure: FigureView | None = None

    def compose(self) -> ComposeResult:
        """Title, banner, the page, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="missing")
        yield PageView()
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for it."""
        self.retell()
        self.action_read_again()

    def action_read_again(self) -> None:
        """Ask once more."""
        key, day = self._key, self.office.day
        self.ask("figure", lambda tracker: FiguresArrived((tracker.library.figure(key, as_of=day),)))

    def on_figures_arrived(self, message: FiguresArrived) -> None:
        """Show it."""
        (self._figure,) = message.figures
        self.query_one("#missing", Notice).say("")
        self.retell()

    def on_failed(self, message: Failed) -> None:
        """Say why it cannot be shown."""
        self.query_one("#missing", Notice).say(worded(message.error))

    def retell(self) -> None:
        """Say everything again."""
        self.query_one(Bar).tell(words(self._figure.name) if self._figure else self._key, self.office.day_in_words)
        self.query_one("#banner", Notice).say(self.office.banner)
        if self._figure is not None:
            self.query_one(PageView).show(partial(written, self._figure))

    @on(PageView.Opened)
    def _open(self, event: PageView.Opened) -> None:
        open_it(self.office, event.chosen)

    @on(PageView.Beyond)
    def _around(self, event: PageView.Beyond) -> None:
        page = self.query_one(PageView)
        if event.around and page.sections:
            page.go_to_section((event.section - 1) % len(page.sections) + 1)


def written(figure: FigureView, width: int) -> list[Block]:
    """The page of a series."""
    page = Page(width)
    page.full(shown(figure.key, QUIET), section=figure.key)
    page.full(shown(words(figure.name), "bold"))
    page.full(shown(f"{figure.unit} · {label('per', figure.per)}", QUIET))
    page.section(
        _("Readings"),
        (
            (
                shown(f"{period(point.period.value)}  {measured(figure, reading)}")
                + shown(f"  {reading.document or ''}", QUIET)
                + (shown(f"\n{reading.note}", QUIET) if reading.note else Content("")),
                ASource(reading.sha256, reading.start or 0, reading.end or 0) if reading.sha256 else None,
            )
            for point in points(figure)
            for reading in point.readings
        ),
    )
    for aimed in figure.targets:
        _target(page, figure, aimed)
    if not figure.targets:
        page.full(chart(figure, None, page.width), section=_("Chart"), apart=True)
    return page.blocks


def _target(page: Page, figure: FigureView, aimed: AimView) -> None:
    found = outlook(figure, aimed.value, aimed.by)
    title = shown(aim(figure, aimed.value, aimed.by), "bold") + shown(f"  {aimed.ref} {words(aimed.title)}", QUIET)
    page.field(_("Target"), title, section=aimed.ref, apart=True, opens=ACommitment(aimed.ref))
    page.full(chart(figure, found, page.width), apart=True)
    told = {
        _("Gap"): gap(figure, found),
        _("Pace needed"): needed(figure, found),
        _("Present pace"): present(figure, found),
        _("Leads to"): leads(figure, found),
    }
    for number, (name, said) in enumerate((name, said) for name, said in told.items() if said):
        page.field(name, shown(said), apart=number == 0)
    for remark in remarks(found):
        page.field("", shown(remark, QUIET))
