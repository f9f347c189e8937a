"""The terminal interface: opens the register in a thread while the first screen is painted, then gives it to rooms."""

from __future__ import annotations

import gc
import os
from asyncio import get_running_loop
from contextlib import suppress
from datetime import UTC, date, datetime

from rich.text import Text
from textual.notifications import SeverityLevel
from textual.worker import Worker, WorkerState

from tracker.crash import told
from tracker.domain.views import Changes, CommitmentDetail, Done, Remark
from tracker.errors import TrackerError
from tracker.i18n import LANGUAGES, _, language, use_language
from tracker.render import error as worded
from tracker.render import remark, safe
from tracker.settings import Settings
from tracker.tui.actions import ABOVE_DIALOGS, ACTIONS, EVERYWHERE, Action, bindings, found, rebind, target
from tracker.tui.day_shown import DayShown
from tracker.tui.drafts import Drafts, drafts_folder, forget_old
from tracker.tui.forms import left_open
from tracker.tui.keymap import apply_keys
from tracker.tui.living import Listener
from tracker.tui.messages import CannotOpen, ChangesArrived, Opened, RegisterChanged
from tracker.tui.rooms import HOME, load_rooms
from tracker.tui.screens.room import Place, Room
from tracker.tui.state import Remembered
from tracker.tui.themes import THEMES, theme_for
from tracker.tui.tidying import Forgetful

# After every act: what has changed since then is nothing, and the newest act's number comes with the answer.
LATER = 2**31 - 1
# How often the calendar is looked at: a day begins within so many seconds.
CALENDAR = 20.0
# What is needed later is loaded when the first rows stand.
LOADING_REST = 0.3
# A short command lets its garbage lie; whoever stays all day has it looked for after so many new things.
GARBAGE = 4000


def run(settings: Settings, as_of: date | None = None, *, no_color: bool = False) -> int:
    """Open the interface, on another day if one is given, and stay until the person leaves.

    The exit code; not 0 when the register cannot be used. Raises FileRefused for keys that cannot be given.
    """
    if no_color:
        # Textual knows no other way to be told.
        os.environ["NO_COLOR"] = "1"
    app = TrackerApp(settings, as_of)
    app.run()
    app.close_tracker()
    return app.return_code or 0


class TrackerApp(DayShown, inherit_bindings=False):
    """The interface. It holds what all rooms share: the tracker, the day that is shown, language and theme."""

    TITLE = "Commitment tracker"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings(EVERYWHERE)
    # Ours opens with our own providers only; Textual's would offer to write files.
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, settings: Settings, as_of: date | None = None) -> None:
        super().__init__(settings, as_of)
        self.state = Remembered()
        # The commitment on which the cursor rested last, and the day of that look: opened, it is shown at once.
        self.looked_at: tuple[date, CommitmentDetail] | None = None
        self._listener: Listener | None = None
        # The newest act whose changes are on the screen.
        self._newest = 0
        apply_keys(settings)
        rebind(self, EVERYWHERE)
        self.drafts = Drafts(drafts_folder(), settings.database, settings.zone)
        # Asked for now, while nobody else speaks: a name is found in either language, whichever is spoken.
        self._names: dict[Action, tuple[str, ...]] = {}
        for spoken in LANGUAGES:
            use_language(spoken)
            self._names = {action: (*self._names.get(action, ()), action.says()) for action in ACTIONS}
        kept = self.state.text("language", LANGUAGES) if settings.language_is_default else None
        use_language(next((each for each in LANGUAGES if each == kept), settings.language))
        for theme in THEMES:
            self.register_theme(theme)
        few_colours = self.no_color or (self.console.color_system == "standard" and bool(os.environ.get("TERM")))
        self.theme = theme_for(settings.theme, self.state, few_colours=few_colours)

    # Opening and closing

    def on_mount(self) -> None:
        """Show the first room, and open the register once it is painted."""
        get_running_loop().set_default_executor(Forgetful())
        self.push_screen(self.room(HOME))
        self.call_after_refresh(self._open)
        self.set_interval(CALENDAR, self.look_at_the_calendar)

    def _open(self) -> None:
        self.run_worker(self._open_tracker, thread=True, exit_on_error=True, group="open")

    def _open_tracker(self) -> None:
        # Imported here, in the thread: the database's library loads while the first screen is drawn.
        from tracker.bootstrap import open_tracker

        forget_old(drafts_folder(), datetime.now(UTC))
        try:
            opened = open_tracker(self.settings, may_create=True)
        except TrackerError as error:
            self.post_message(CannotOpen(error))
        else:
            status = opened.status() if opened.made else None
            newest = opened.commitments.changed_since(LATER).number
            self.post_message(Opened(opened, status, newest, self.drafts.waiting()))

    def on_opened(self, message: Opened) -> None:
        """Fill the room, and listen for what others change from now on."""
        self._tracker = message.tracker
        self._newest = message.newest
        self._listener = Listener(message.tracker, self._heard)
        self._listener.start()
        for room in self.rooms:
            if self._only_reads:
                room.retell()
            room.refresh_bindings()
        if message.made is not None:
            made = Remark("database_made", {"path": message.made.url, "commitments": message.made.commitments})
            self.say(remark(made), timeout=15)
        if message.waiting:
            self.say(left_open(message.waiting), timeout=15)
        for room in self.rooms:
            room.action_read_again()
        # What was loaded stays: nobody needs to look for garbage among it, which takes longer than a keystroke.
        gc.freeze()
        gc.set_threshold(GARBAGE)
        self.set_timer(LOADING_REST, self._load_rooms)

    def _load_rooms(self) -> None:
        self.run_worker(load_rooms, thread=True, group="load")

    def on_cannot_open(self, message: CannotOpen) -> None:
        """Leave with the reason on the terminal, where it stays to be read."""
        self.exit(return_code=message.error.exit_code, message=Text(safe(worded(message.error), newlines=True)))

    def close_tracker(self) -> None:
        """Let go of the register."""
        if self._listener is not None:
            self._listener.stop()
            self._listener = None
        if self._tracker is not None:
            self._tracker.close()
            self._tracker = None

    def names_of(self, action: Action) -> tuple[str, ...]:
        """What an action is called, in every language."""
        return self._names[action]

    def changed(self, done: Done) -> None:
        """Something was recorded here: every room shows it."""
        if done.number == self._newest + 1:
            self._newest = done.number
        for room in self.every_room():
            room.was_changed(done)
        # A copy that was not made is worth a line, and keeps nobody from work.
        for said in self.tracker.said_of_copies():
            self.say(remark(said), severity="warning", timeout=15)

    # What others change

    def _heard(self) -> None:
        """Somebody has committed something (told from the listener's thread)."""
        with suppress(RuntimeError):
            # The loop may be gone when the person is leaving.
            self.post_message(RegisterChanged())

    def on_register_changed(self) -> None:
        """Ask what it was."""
        if self._tracker is not None:
            tracker, newest = self._tracker, self._newest

            def ask() -> None:
                with suppress(TrackerError):
                    # What cannot be read now is asked again at the next change.
                    self.post_message(ChangesArrived(tracker.commitments.changed_since(newest)))

            self.run_worker(ask, thread=True, exclusive=True, group="changes")

    def on_changes_arrived(self, message: ChangesArrived) -> None:
        """Tell every room and dialog, unless it was our own act, which they show already."""
        changes: Changes = message.changes
        if changes.number <= self._newest:
            return
        self._newest = changes.number
        for room in self.every_room():
            room.register_changed(changes)
        for place in self.screen_stack:
            if isinstance(place, Place) and not isinstance(place, Room):
                place.register_changed(changes)

    def say(self, sentence: str, *, severity: SeverityLevel = "information", timeout: float | None = None) -> None:
        """Tell something in passing."""
        self.notify(safe(sentence, newlines=True), severity=severity, timeout=timeout, markup=False)

    def clear_news(self) -> None:
        """Take away what was told in passing; warnings stay until their time is over."""
        for news in [each for each in self._notifications if each.severity == "information"]:
            self._unnotify(news)

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the register is open only leaving and looks are asked for; above a form what a form lets through."""
        known = found(f"app.{target(action, *parameters)}", EVERYWHERE)
        below = (each for each in self.screen_stack[:-1] if isinstance(each, Place))
        if known is not None and known.name not in ABOVE_DIALOGS and any(each.holds_text for each in below):
            return False
        return None if known is not None and known.asks and not self.is_open else True

    def action_help(self) -> None:
        """What can be done, by key and name."""
        from tracker.tui.screens.help import HelpRoom

        if not isinstance(self.screen, HelpRoom):
            self.push_screen(HelpRoom(self.screen))

    def action_palette(self) -> None:
        """All commands, and commitments, by name."""
        from tracker.tui.palette import open_palette

        open_palette(self)

    def action_go(self, name: str) -> None:
        """To a room."""
        self.go(name)

    def action_menu(self, prefix: str) -> None:
        """Open the menu of a letter over the present room."""
        from tracker.tui.screens.menu import Menu, menu_of

        place = self.screen
        if not isinstance(place, Room):
            return
        if menu_of(place, prefix):
            self.push_screen(Menu(place, prefix), self._chosen)
        else:
            self.say(_("There is nothing of that kind to do here."))

    async def _chosen(self, action: Action | None) -> None:
        if action is not None:
            await self.screen.run_action(action.target)

    def action_day(self) -> None:
        """Choose the day to look at; today is one of the choices."""
        from tracker.tui.screens.day import DayDialog

        self.push_screen(DayDialog(), self._day_chosen)

    def action_today(self) -> None:
        """Back to today."""
        self.show_day(None)

    def _day_chosen(self, chosen: date | None) -> None:
        if chosen is not None:
            self.show_day(chosen)

    def action_undo(self) -> None:
        """Take back what was done last."""
        self.rooms[-1].take_back()

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self.undo(redo=True)

    def undo(self, *, redo: bool = False, act: str | None = None) -> None:
        """Show what would be taken back (that act, or the last one; or done again), and do it when confirmed."""
        from tracker.tui.screens.undo import UndoDialog

        if self.may_record:
            self.push_screen(UndoDialog(redo=redo, act=act), self._undone)
        else:
            self.say(self.why_not_recorded, severity="warning")

    def _undone(self, done: Done | None) -> None:
        if done is not None:
            self.changed(done)
            # What was taken back may have been all there was of a commitment: lists are read again.
            for room in self.every_room():
                room.register_changed(Changes(done.number, None, ()))
            refs = ", ".join(view.ref for view in done.commitments)
            for sentence in map(remark, done.remarks) if done.remarks else (_("Done: {refs}").format(refs=refs),):
                self.say(sentence)

    def action_language(self) -> None:
        """The other language, at once and everywhere, and after a restart."""
        use_language(LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])
        self.state.keep("language", language())
        for room in self.every_room():
            room.retell()
        self.screen.refresh_bindings()

    def action_theme(self) -> None:
        """The next theme, and after a restart."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.state.keep("theme", self.theme)

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
        """Textual's own would print every variable, and so the register: a sentence says where the trace is kept."""
        if self._exception is not None:
            self._exit_renderables.append(Text(safe(told(self._exception))))
        self._close_messages_no_wait()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Opening ends in one of its messages, or in a defect, which ends the program."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.log(event.worker.error)
