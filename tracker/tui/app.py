"""The terminal interface: opens the register in a thread while the first screen is painted, then gives it to rooms."""

from __future__ import annotations

import gc
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from traceback import format_exception
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.worker import Worker, WorkerState

from tracker.domain.outcomes import DatabaseStatus
from tracker.domain.views import CommitmentDetail, Done, Remark
from tracker.errors import TrackerError
from tracker.i18n import LANGUAGES, _, language, use_language
from tracker.render import day as in_words
from tracker.render import error as worded
from tracker.render import remark, safe
from tracker.settings import Settings
from tracker.tui.actions import ACTIONS, EVERYWHERE, Action, bindings, found
from tracker.tui.palette import open_palette
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.room import Place, Room
from tracker.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


# What is needed later is loaded when the first rows stand.
LOADING_REST = 0.3


def load_rooms() -> None:
    """Load every room and dialog, so that none is loaded while somebody waits for it."""
    from tracker.tui import screens

    for module in iter_modules(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)


def run(settings: Settings, as_of: date | None = None) -> int:
    """Open the interface, on another day if one is given, and stay until the person leaves.

    The exit code; not 0 when the register cannot be used.
    """
    app = TrackerApp(settings, as_of)
    app.run()
    app.close_tracker()
    return app.return_code or 0


class Opened(Message):
    """The register is open; `made` says where it lies when this run has made it."""

    def __init__(self, tracker: Tracker, made: DatabaseStatus | None) -> None:
        super().__init__()
        self.tracker = tracker
        self.made = made


class CannotOpen(Message):
    """The register cannot be used."""

    def __init__(self, error: TrackerError) -> None:
        super().__init__()
        self.error = error


class TrackerApp(App[None], inherit_bindings=False):
    """The interface. It holds what all rooms share: the tracker, the day that is shown, language and theme."""

    TITLE = "Commitment tracker"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings(EVERYWHERE)
    # Ours opens with our own providers only; Textual's would offer to write files.
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, settings: Settings, as_of: date | None = None) -> None:
        super().__init__()
        self.settings = settings
        self._tracker: Tracker | None = None
        self._day = None if as_of == settings.today() else as_of
        # The commitment on which the cursor rested last, and the day of that look: opened, it is shown at once.
        self.looked_at: tuple[date, CommitmentDetail] | None = None
        self.register_room = RegisterRoom()
        # Asked for now, while nobody else speaks: a name is found in either language, whichever is spoken.
        self._names: dict[Action, tuple[str, ...]] = {}
        for spoken in LANGUAGES:
            use_language(spoken)
            self._names = {
                action: (*self._names.get(action, ()), action.says(), action.called(today=False)) for action in ACTIONS
            }
        use_language(settings.language)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    # Opening and closing

    def on_mount(self) -> None:
        """Show the register room, and open the register once it is painted."""
        self.push_screen(self.register_room)
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        self.run_worker(self._open_tracker, thread=True, exit_on_error=True, group="open")

    def _open_tracker(self) -> None:
        # Imported here, in the thread: the database's library loads while the first screen is drawn.
        from tracker.bootstrap import open_tracker

        try:
            opened = open_tracker(self.settings, may_create=True)
        except TrackerError as error:
            self.post_message(CannotOpen(error))
        else:
            status = opened.status() if opened.made else None
            self.post_message(Opened(opened, status))

    def on_opened(self, message: Opened) -> None:
        """Fill the room."""
        self._tracker = message.tracker
        for room in self.rooms:
            room.refresh_bindings()
        if message.made is not None:
            made = Remark("database_made", {"path": message.made.url, "commitments": message.made.commitments})
            self.say(remark(made), timeout=15)
        self.register_room.read()
        # What was loaded stays: nobody needs to look for garbage among it, which takes longer than a keystroke.
        gc.freeze()
        self.set_timer(LOADING_REST, self._load_rooms)

    def _load_rooms(self) -> None:
        self.run_worker(load_rooms, thread=True, group="load")

    def on_cannot_open(self, message: CannotOpen) -> None:
        """Leave with the reason on the terminal, where it stays to be read."""
        self.exit(return_code=message.error.exit_code, message=Text(safe(worded(message.error), newlines=True)))

    def close_tracker(self) -> None:
        """Let go of the register."""
        if self._tracker is not None:
            self._tracker.close()
            self._tracker = None

    @property
    def tracker(self) -> Tracker:
        """The register, open."""
        assert self._tracker is not None
        return self._tracker

    @property
    def is_open(self) -> bool:
        """Whether the register is open yet."""
        return self._tracker is not None

    # The day that is shown

    @property
    def day(self) -> date:
        """The day that is shown: the one chosen, else today."""
        return self._day or self.settings.today()

    @property
    def shows_today(self) -> bool:
        """Whether the register is shown as it is today."""
        return self.day == self.settings.today()

    @property
    def day_in_words(self) -> str:
        """The day that is shown."""
        return in_words(self.day)

    @property
    def banner(self) -> str:
        """What to say above the register of another day; nothing on today's."""
        if self.shows_today:
            return ""
        return _("You look at the register of {day}. Nothing can be recorded here; F6 goes back to today.").format(
            day=self.day_in_words
        )

    @property
    def why_not_today(self) -> str:
        """Why nothing can be recorded now."""
        return _("You look at {day}: the register is changed only as it is today. F6 goes back to today.").format(
            day=self.day_in_words
        )

    def show_day(self, chosen: date | None) -> None:
        """Show the register of that day (None: of today) in every room."""
        self._day = None if chosen == self.settings.today() else chosen
        for room in self.rooms:
            room.day_changed()
        self.screen.refresh_bindings()

    @property
    def rooms(self) -> list[Room]:
        """The rooms that are open, the register first."""
        return [screen for screen in self.screen_stack if isinstance(screen, Room)]

    def go_to(self, ref: str) -> None:
        """Open one commitment over the present room."""
        from tracker.tui.screens.detail import DetailRoom

        self.push_screen(DetailRoom(ref))

    def filter_by(self, query: str) -> None:
        """Back to the register, filtered."""
        while isinstance(self.screen, Room) and self.screen is not self.register_room:
            self.pop_screen()
        self.register_room.filter_by(query)

    def names_of(self, action: Action) -> tuple[str, ...]:
        """What an action is called, in every language."""
        return self._names[action]

    def changed(self, done: Done) -> None:
        """Something was recorded: every open room shows it."""
        for room in self.rooms:
            room.was_changed(done)

    def say(self, sentence: str, *, severity: SeverityLevel = "information", timeout: float | None = None) -> None:
        """Tell something in passing."""
        self.notify(safe(sentence, newlines=True), severity=severity, timeout=timeout, markup=False)

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the register is open only leaving and looks can be asked for."""
        known = found(f"app.{action}", EVERYWHERE)
        return None if known is not None and known.asks and not self.is_open else True

    def action_help(self) -> None:
        """What can be done, by key and name."""
        from tracker.tui.screens.help import HelpRoom

        if not isinstance(self.screen, HelpRoom):
            self.push_screen(HelpRoom(self.screen))

    def action_palette(self) -> None:
        """All commands, and commitments, by name."""
        open_palette(self)

    def action_day(self) -> None:
        """Choose the day to look at; from another day, go back to today."""
        from tracker.tui.screens.day import DayDialog

        if self.shows_today:
            self.push_screen(DayDialog(), self._day_chosen)
        else:
            self.show_day(None)

    def _day_chosen(self, chosen: date | None) -> None:
        if chosen is not None:
            self.show_day(chosen)

    def action_language(self) -> None:
        """The other language, at once and everywhere."""
        use_language(LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])
        for room in self.rooms:
            room.retell()
        self.screen.refresh_bindings()

    def action_theme(self) -> None:
        """The other theme."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_figures(self) -> None:
        """The measured series, against their targets."""
        from tracker.tui.screens.figures import FiguresRoom

        if not isinstance(self.screen, FiguresRoom):
            self.push_screen(FiguresRoom())

    async def action_quit(self) -> None:
        """Leave; with something typed in a dialog, only when asked twice."""
        if any(place.loses_text() for place in self.screen_stack if isinstance(place, Place)):
            self.say(_("What you typed will be lost. Once more leaves the program."), severity="warning")
        else:
            self.exit()

    def action_how_to_quit(self) -> None:
        """Ctrl+C copies; whoever meant to leave is told how."""
        self.say(_("F10 or Ctrl+Q leaves the program."))

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Textual's own would write a file wherever it is told; here nothing does that."""

    async def action_simulate_key(self, key: str) -> None:
        """Textual's own would type for the person; here nothing does that."""

    def _fatal_error(self) -> None:
        """Textual's own would print every variable, and so the register; a trace is enough to find a defect."""
        trace = "".join(format_exception(self._exception)) if self._exception else ""
        self._exit_renderables.append(Text(safe(trace, newlines=True)))
        self._close_messages_no_wait()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Opening ends in one of its messages, or in a defect, which ends the program."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.log(event.worker.error)
