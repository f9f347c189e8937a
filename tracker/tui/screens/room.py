"""What all rooms and dialogs share: asking the services in a thread, and telling of failures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState, get_current_worker

from tracker.domain.views import Done
from tracker.errors import TakenBack, TrackerError
from tracker.i18n import _
from tracker.tui.actions import ACTIONS, DIALOG, bindings, found
from tracker.tui.messages import Failed

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.tui.app import TrackerApp

Result = TypeVar("Result")
# The group of questions that only tell numbers: they stand back when something is recorded, and are asked again.
COUNT = "count"
# A dialog covers the keys of everywhere. The help and the way out are looked for there too; a ? is typed there.
ABOVE_ALL: list[BindingType] = [
    Binding(key, action.target, show=False)
    for action in ACTIONS
    if action.name in ("help", "quit")
    for key in action.keys
    if key != "question_mark"
]


class Place(Screen[Result], Generic[Result]):
    """A room or a dialog. It asks the services in threads and hears their answers as messages."""

    place: ClassVar[str]
    # Places whose actions it shares.
    also: ClassVar[tuple[str, ...]] = ()

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
        """Whether the register can be changed from here: only while it is shown as it is today."""
        return self.office.shows_today

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the register is open, what asks it is named and does nothing."""
        known = found(action, *self.places)
        if known is not None and known.asks and not self.office.is_open:
            return None
        return super().check_action(action, parameters)

    def loses_text(self) -> bool:
        """Whether leaving now would lose what was typed; asked once more, the person knows."""
        return False

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

        self.run_worker(work, group=group, exclusive=exclusive, thread=True, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A defect of ours ends the question, not the session with all that was typed."""
        if event.state is WorkerState.ERROR:
            sentence = _("Something unexpected went wrong ({what}). What you typed is still here.")
            self.broke_off(event.worker.group, sentence.format(what=repr(event.worker.error)))

    def broke_off(self, group: str, sentence: str) -> None:
        """A question of that group will not be answered: say so."""
        self.office.say(sentence, severity="error", timeout=30)

    def retell(self) -> None:
        """Say everything again: the language or the day has changed."""


class Room(Place[None]):
    """A whole screen."""

    def day_changed(self) -> None:
        """Another day is shown: read everything again."""
        self.retell()

    def was_changed(self, done: Done) -> None:
        """An act has changed commitments, from this room or from one above it: show it."""


class Dialog(Place[Result], ModalScreen[Result], Generic[Result]):
    """A form over a room."""

    place = DIALOG
    BINDINGS = [*bindings(DIALOG), *ABOVE_ALL]
