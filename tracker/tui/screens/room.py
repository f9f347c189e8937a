"""What all rooms and dialogs share: asking the services in a thread, telling of failures, hearing of changes."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState, get_current_worker

from tracker.domain.commands import Seen
from tracker.domain.views import Done
from tracker.errors import TakenBack, TrackerError
from tracker.i18n import _
from tracker.tui.actions import ABOVE_DIALOGS, ACTIONS, ACTS, DIALOG, Action, bindings, found, rebind, target
from tracker.tui.messages import Failed, ToCopy, ViewsArrived
from tracker.tui.tidying import tidy

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.domain.views import Changes
    from tracker.tui.app import TrackerApp

Result = TypeVar("Result")
# The group of questions that only tell numbers: they stand back when something is recorded, and are asked again.
COUNT = "count"
TIDYING_REST = 0.7
# A dialog covers the keys of everywhere. The help and the way out are looked for there too; a ? is typed there.
ABOVE_ALL: list[BindingType] = [
    Binding(key, action.target, show=False, id=action.id)
    for action in ACTIONS
    if action.name in ABOVE_DIALOGS
    for key in action.keys
    if key != "question_mark"
]
# Esc first stops what takes long; check_action lets it pass when nothing does.
STOP_WAITING = Binding("escape", "stop_waiting", show=False, priority=True)
# What takes longer than this is said to be under way.
PATIENCE = 0.5


class Place(Screen[Result], Generic[Result]):
    """A room or a dialog. It asks the services in threads and hears their answers as messages."""

    place: ClassVar[str]
    # Places whose actions it shares.
    also: ClassVar[tuple[str, ...]] = ()
    # Whether a person's text is in it: then nobody goes elsewhere from above it but back.
    holds_text: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        # The questions under way, with the moment of each; an act among them is heard out.
        self._under_way: dict[Worker[None], float] = {}
        self._acts: set[Worker[None]] = set()
        self._stopped: set[Worker[None]] = set()
        self._watching_time = False
        self._said_late = False
        self._styled_in: str | None = None
        rebind(self, *self.places)
        keys = self._bindings.key_to_bindings
        keys["escape"] = [STOP_WAITING, *keys.get("escape", ())]

    @property
    def places(self) -> tuple[str, ...]:
        """Where its actions live in the registry."""
        return (self.place, *self.also)

    @property
    def office(self) -> TrackerApp:
        """The interface, with the tracker, the day that is shown and the settings."""
        from tracker.tui.app import TrackerApp

        assert isinstance(self.app, TrackerApp)
        return self.app

    @property
    def may_record(self) -> bool:
        """Whether the register can be changed from here."""
        return self.office.may_record

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done here and now; nothing when it can."""
        if action.asks and not self.office.is_open:
            return _("The register is still being opened.")
        if action.records and not self.may_record:
            return self.office.why_not_recorded
        if action.name == "today" and self.office.shows_today:
            return _("Today is what is shown.")
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the register is open, what asks it is named and does nothing."""
        if action == "stop_waiting":
            return bool(self.waits_for)
        known = found(target(action, *parameters), *self.places)
        if known is not None and known.asks and not self.office.is_open:
            return None
        return super().check_action(action, parameters)

    @on(events.ScreenResume)
    def _style_once(self, event: events.ScreenResume) -> None:
        """Textual would style every part anew, which they were when they were mounted, or shown last in this theme."""
        event.refresh_styles = self._styled_in not in (None, self.app.theme)
        self._styled_in = self.app.theme

    def on_unmount(self) -> None:
        """What was on the screen is given back a little later, when nobody waits for a key's answer."""
        self.app.set_timer(TIDYING_REST, tidy)

    def loses_text(self) -> bool:
        """Whether leaving now would lose what was typed; asked once more, the person knows."""
        return False

    # Asking

    def ask(self, group: str, question: Callable[[Tracker], Message], *, exclusive: bool = True) -> None:
        """Put a question to the services in a thread. Its answer, or Failed, comes back as a message.

        While the register is being opened nothing is asked, and the person is told.

        A newer question of the same group takes the place of an older one, whose answer is dropped; an act
        (`exclusive=False`) is always heard out.
        """
        if not self.office.is_open:
            self.office.say(_("The register is still being opened."))
            return
        tracker = self.office.tracker
        if not exclusive:
            for worker in list(self.app.workers):
                if worker.group == COUNT:
                    worker.cancel()

        def work() -> None:
            worker = get_current_worker()
            answer: Message
            try:
                with tracker.while_wanted(lambda: not worker.is_cancelled):
                    answer = question(tracker)
            except TakenBack:
                return
            except TrackerError as error:
                answer = Failed(group, error)
            if not worker.is_cancelled:
                self.post_message(answer)

        worker = self.run_worker(work, group=group, exclusive=exclusive, thread=True, exit_on_error=False)
        self._under_way[worker] = monotonic()
        if not exclusive:
            self._acts.add(worker)
        self._watch_time()

    def _watch_time(self) -> None:
        if not self._watching_time:
            self._watching_time = True
            self.set_timer(PATIENCE, self._time_passed)

    def _time_passed(self) -> None:
        self._watching_time = False
        # One that was replaced before it began says nothing of its end.
        self._under_way = {w: at for w, at in self._under_way.items() if not (w.is_cancelled or w.is_finished)}
        if self.is_late:
            self._said_late = True
            self.refresh_bindings()
        if set(self._under_way) - set(self._late):
            self._watch_time()

    @property
    def _late(self) -> list[Worker[None]]:
        begun = monotonic() - PATIENCE
        return [w for w, at in self._under_way.items() if at <= begun and not (w.is_cancelled or w.is_finished)]

    @property
    def is_late(self) -> bool:
        """Whether something takes long."""
        return bool(self._late)

    @property
    def waits_for(self) -> list[Worker[None]]:
        """The questions that take long and can be given up; an act cannot."""
        return [worker for worker in self._late if worker not in self._acts]

    @property
    def is_acting(self) -> bool:
        """Whether an act is under way: it is heard out, and not sent a second time."""
        return bool(self._acts)

    def action_stop_waiting(self) -> None:
        """Give up what takes long: its answer will be dropped."""
        for worker in self.waits_for:
            self._under_way.pop(worker)
            self._stopped.add(worker)
            worker.cancel()
            self.gave_up(worker.group)
        self.refresh_bindings()

    def gave_up(self, group: str) -> None:
        """The person did not want to wait for that question."""
        self.broke_off(group, _("Given up. What was there before is still shown."))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A defect of ours ends the question, not the session with all that was typed."""
        if event.state in (WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED):
            self._under_way.pop(event.worker, None)
            self._acts.discard(event.worker)
            if self._said_late and not self.is_late:
                self._said_late = False
                self.refresh_bindings()
        if event.state is WorkerState.ERROR and event.worker not in self._stopped:
            sentence = _("Something unexpected went wrong ({what}). What you typed is still here.")
            self.broke_off(event.worker.group, sentence.format(what=repr(event.worker.error)))
        self._stopped.discard(event.worker)

    def broke_off(self, group: str, sentence: str) -> None:
        """A question of that group will not be answered: say so."""
        self.office.say(sentence, severity="error", timeout=30)

    # Hearing

    def retell(self) -> None:
        """Say everything again: the language or the day has changed."""

    def register_changed(self, changes: Changes) -> None:
        """Somebody else has changed the register."""


class Room(Place[None]):
    """A whole screen. It is kept when somebody leaves it, and is as it was when they come back."""

    _stale = False

    def chosen(self) -> tuple[Seen, ...]:
        """The commitments that an act is meant for; none in a room that shows none."""
        return ()

    def why_none(self) -> str:
        """Why there is no commitment that an act could be meant for."""
        return _("No commitment is chosen.")

    def why_not(self, action: Action) -> str:
        """An act needs a commitment, and nobody goes where they are."""
        if action.where == ACTS and action.name != "menu" and not self.chosen() and self.office.is_open:
            return self.why_none()
        if action.name == "go" and action.argument == self.place:
            return _("You are here.")
        return super().why_not(action)

    def day_changed(self) -> None:
        """Another day is shown: read everything again."""
        self.retell()
        self.action_read_again()

    def was_changed(self, done: Done) -> None:
        """An act has changed commitments, from this room or from one above it: show it."""
        self.action_read_again()

    def register_changed(self, changes: Changes) -> None:
        """Read again what is shown, keeping cursor and scroll: now when it can be seen, else on the way back."""
        if self.is_seen:
            self.action_read_again()
        else:
            self._stale = True

    @property
    def is_seen(self) -> bool:
        """Whether no other room covers this one."""
        return self.office.rooms[-1:] == [self]

    def action_read_again(self) -> None:
        """Ask the register once more; the cursor stays."""

    def on_screen_resume(self) -> None:
        """What has changed meanwhile is read now."""
        if self._stale:
            self._stale = False
            self.action_read_again()

    def take_back(self) -> None:
        """Take back what was done last: the last act."""
        self.office.undo()

    def action_menu(self, prefix: str) -> None:
        """Open a menu of what can be done here."""
        self.office.action_menu(prefix)

    def ask_views(self, slot: int | None = None) -> None:
        """Show the saved view in that slot; without one, choose among them all."""

        def listed(tracker: Tracker) -> ViewsArrived:
            return ViewsArrived(tracker.saved_views.listing(), slot)

        self.ask("views", listed)

    def on_views_arrived(self, message: ViewsArrived) -> None:
        """Show the one asked for, or all of them."""
        from tracker.tui.screens.views import ViewsDialog

        if message.slot is None:
            self.app.push_screen(ViewsDialog(message.views), self.office.show_view)
            return
        found = [view for view in message.views if view.slot == message.slot]
        if found:
            self.office.show_view(found[0])
        else:
            said = _("No view is saved under {slot}: v k in the register keeps what it shows there.")
            self.office.say(said.format(slot=message.slot), severity="warning")

    def action_copy(self, what: str) -> None:
        """Put something of the chosen commitments into the clipboard."""
        from tracker.tui.copying import copy

        copy(self, what)

    def on_to_copy(self, message: ToCopy) -> None:
        """It was read: into the clipboard with it."""
        if message.text:
            self.office.copy_to_clipboard(message.text)
        self.office.say(message.told)

    def action_leave(self) -> None:
        """One level back."""
        self.office.back()


class Dialog(Place[Result], ModalScreen[Result], Generic[Result]):
    """A form over a room."""

    place = DIALOG
    BINDINGS = [*bindings(DIALOG), *ABOVE_ALL]

    @property
    def about(self) -> frozenset[str]:
        """The refs of the commitments that it is about."""
        return frozenset()

    def register_changed(self, changes: Changes) -> None:
        """Say who has changed what the dialog is about; what is typed stays."""
        touched = self.about if changes.refs is None else self.about & changes.refs
        # Our own act, under way, is no news.
        if touched and changes.refs is not None and not self.is_acting:
            said = _("{actors} has changed {refs} meanwhile. What is typed here stays.")
            said = said.format(actors=", ".join(changes.actors), refs=", ".join(sorted(touched)))
            self.office.say(said, severity="warning", timeout=15)
