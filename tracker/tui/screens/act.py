"""What every form of an act shares: look, fill in, see what it will do, save; whatever goes wrong, the text stays."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from itertools import count as numbers
from threading import Event
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pydantic import ValidationError
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from tracker.domain.commands import Seen
from tracker.domain.history import Hand
from tracker.domain.register import Words
from tracker.domain.views import Changes, CommitmentView, Done, Preview
from tracker.errors import BadOption, DatabaseUnreachable, StaleCommitment, TakenBack, TrackerError
from tracker.i18n import _, ngettext
from tracker.render import day as in_words
from tracker.render import error as worded
from tracker.render import words
from tracker.tui.blame import field_of
from tracker.tui.conflict import side_by_side
from tracker.tui.messages import Acted, Checked, Failed, Looked, Overtaken, Previewed, Recording, Stopped
from tracker.tui.screens.drafting import Drafting
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.form import Form, Texts

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# So many commitments of a batch are looked at between two looks at whether the person still wants it.
CHUNK = 200
REFS_NAMED = 6
GREY_AFTER = 0.15


class ActDialog(Drafting):
    """Yields what was done, or None. It is about one commitment, about many, or about none that is there yet."""

    CSS_PATH = "act.tcss"

    def __init__(self, chosen: tuple[Seen, ...] = ()) -> None:
        super().__init__(chosen)
        # What was sent and may have been done: the same sent again under the same hand is done once.
        self._doubtful: tuple[Texts, tuple[Seen, ...], Hand] | None = None
        self._checking = False
        # Whether what stands below the form is why it was refused as it was typed then.
        self._refused = False
        # Set when a batch that is being recorded is to be given up.
        self._stop = Event()

    # What a form says

    @property
    @abstractmethod
    def heading(self) -> str:
        """What it does."""

    @abstractmethod
    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> Any:
        """What is asked of the register. Called in a thread; raises TrackerError."""

    @abstractmethod
    def carry_out(self, tracker: Tracker, command: Any, hand: Hand) -> Done:
        """Ask it. Called in a thread."""

    def now(self, view: CommitmentView) -> str:
        """What is to be known of the commitment, below its title."""
        return ""

    def beforehand(self, tracker: Tracker) -> str:
        """What is to be done before the form can be filled in, if anything. Called in a thread."""
        return ""

    def look_at(self, view: CommitmentView) -> None:
        """The commitment is so, now: say it, and let the form follow it."""
        self.seen = view
        self.query_one(".title", Static).update(shown(f"{self.heading} · {view.ref}  {words(view.title)}"))
        now, below = self.now(view), self.query_one(".under-title", Static)
        below.update(shown(now))
        below.set_class(not now, "-empty")

    def merge(self, before: CommitmentView, present: CommitmentView) -> str:
        """Somebody changed the commitment under the form: take over what is theirs. What to say beside the error."""
        return _("What you typed is kept. Save once more to record it on top of that.")

    # The screen

    def compose(self) -> ComposeResult:
        """What it is about, the fields, the answer of the register, two buttons."""
        with Vertical(classes="dialog"):
            yield Static(shown(self.heading), classes="title", markup=False)
            about = self._about_many()
            yield Static(shown(about), classes="under-title" if about else "under-title -empty", markup=False)
            yield Notice(classes="draft")
            yield self.form
            yield Notice(classes="answer")
            with Horizontal(classes="buttons"):
                yield Button(shown(_("Save (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    def register_changed(self, changes: Changes) -> None:
        """Say who has changed what the form is about; what is typed stays, and saving shows both."""
        if self._saving:
            # It may be this very act that is heard of.
            return
        super().register_changed(changes)
        if changes.refs and self.about & changes.refs and not self.query_one(".answer", Notice).said:
            self.answer(_("It was changed meanwhile. Saving shows what is theirs beside what is yours."))

    @property
    def stoppable(self) -> bool:
        """Whether what is being recorded takes long enough to be stopped: one commitment is done before a key could."""
        return self.many

    def _about_many(self) -> str:
        if not self.many:
            return self._chosen[0].ref if self._chosen else ""
        count = len(self._chosen)
        said = ngettext("{count} commitment: {refs}", "{count} commitments: {refs}", count)
        refs = ", ".join(seen.ref for seen in self._chosen[:REFS_NAMED])
        return said.format(count=count, refs=f"{refs} …" if count > REFS_NAMED else refs)

    @property
    def many(self) -> bool:
        """Whether it is about more than one commitment."""
        return len(self._chosen) > 1

    @property
    def about(self) -> frozenset[str]:
        """The refs of the commitments that it is about."""
        return frozenset(seen.ref for seen in self._chosen)

    def on_mount(self) -> None:
        """Look at the commitment as it is now: that is the version on which the person decides.

        What was told before the form came would lie over its first fields.
        """
        self.office.clear_news()
        self._look()

    def _look(self) -> None:
        self.query_one("#save", Button).disabled = True
        ref, day = self._chosen[0].ref if len(self._chosen) == 1 else None, self.office.day

        def look(tracker: Tracker) -> Looked:
            view = tracker.commitments.show(ref, as_of=day).commitment if ref is not None else None
            return Looked(view, self._draft.find(), self.beforehand(tracker))

        self.ask("look", look)

    def on_looked(self, message: Looked) -> None:
        """Fill the form with what is there, then with what was typed before and not saved."""
        if message.view is not None:
            self.look_at(message.view)
            self._chosen = (Seen(ref=message.view.ref, version=message.view.version),)
        elif message.beforehand:
            below = self.query_one(".under-title", Static)
            below.update(shown(message.beforehand))
            below.remove_class("-empty")
        # Whoever types faster than the register answers has typed into an empty form.
        early = self.form.put_aside()
        self.form.begin(self.present(message.view) if message.view is not None else self.proposed)
        if message.kept is not None:
            self._kept = message.kept.typed
            self.form.fill(self._kept)
            said = _("What you typed on {day} is here again. F8 discards it.").format(day=in_words(message.kept.on))
            if message.view is not None and message.view.version > message.kept.version > 0:
                said += "\n" + _("The commitment has been changed since then: look again at what you typed.")
            self.query_one(".draft", Notice).say(said)
        self.form.add(early)
        self._ready = True
        self.query_one("#save", Button).disabled = False
        self.answer()
        self.form.look()
        self.begin()

    @on(Form.Typed)
    def _typed_otherwise(self) -> None:
        if self._refused:
            self.answer()

    def answer(self, *sentences: str) -> None:
        """Say something below the form."""
        self._refused = False
        super().answer(*sentences)

    # Saving

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Record it. What is missing is said beside its field, and nothing is sent; a batch is shown beforehand."""
        if not self._ready:
            if not self.query_one("#save", Button).disabled:
                self._look()
            return
        if self._saving or self._checking:
            return
        if self._refused:
            self.answer()
        if not self.form.insist():
            return
        if self.many:
            self._check()
        else:
            self._record(self._chosen)

    def _record(self, chosen: tuple[Seen, ...]) -> None:
        typed, day, draft = self.form.typed, self.office.day, self._draft
        hand = self._hand_for(typed, chosen)
        self._stop = stop = Event()
        counted = numbers()

        def wanted() -> bool:
            # Asked before each commitment of a batch.
            if (number := next(counted)) % CHUNK == 0 and number:
                self.post_message(Recording(number))
            return not stop.is_set()

        def record(tracker: Tracker) -> Message:
            command = self._command(tracker, typed, chosen)
            try:
                with tracker.while_wanted(wanted):
                    done = self.carry_out(tracker, command, hand)
            except TakenBack:
                return Stopped()
            except StaleCommitment as error:
                return Overtaken(error, tracker.commitments.show(error.ref, as_of=day).commitment)
            draft.drop()
            return Acted(done)

        self._set_saving(True)
        if len(chosen) > CHUNK:
            self.on_recording(Recording(0))
        self.ask("act", record, exclusive=False)

    def on_recording(self, message: Recording) -> None:
        """Tell how far it is."""
        if self._saving and not self._stop.is_set():
            said = _("Recording: {count} of {total}. Esc stops it, and nothing is kept.")
            self.answer(said.format(count=message.count, total=len(self._chosen)))

    def on_stopped(self) -> None:
        """Nothing was recorded; it can be saved again."""
        self._set_saving(False)
        self._doubtful = None
        self.answer(_("Stopped. Nothing was changed."))

    def _command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> Any:
        try:
            return self.command(tracker, typed, chosen)
        except ValidationError as error:
            # What cannot be a value of that field: too long a name, a country of three letters.
            first = error.errors()[0]
            name = next((str(part) for part in first["loc"]), "")
            raise BadOption(name, "invalid", f"{first['input']!s:.80}") from None

    def _hand_for(self, typed: Texts, chosen: tuple[Seen, ...]) -> Hand:
        """The hand of the doubtful attempt when the same is sent again; for anything else a new one."""
        if self._doubtful is None or self._doubtful[:2] != (typed, chosen):
            self._doubtful = typed, chosen, replace(self.office.tracker.hand("tui"), act_id=str(uuid4()))
        return self._doubtful[2]

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        if saving:
            self.answer()
            # Most is done before anybody could see the button turn grey, and drawing that would hold it up.
            self.set_timer(GREY_AFTER, self._grey)
        else:
            self._grey()

    def _grey(self) -> None:
        self.query_one("#save", Button).disabled = self._saving

    def on_acted(self, message: Acted) -> None:
        """Done."""
        self.dismiss(message.done)

    def on_overtaken(self, message: Overtaken) -> None:
        """Show what has changed meanwhile; saving once more decides on what is there now."""
        self._set_saving(False)
        self._doubtful = None
        before = self.seen
        if before is None:
            self.answer(worded(message.error), _("What you typed is kept."))
            return
        self._chosen = (Seen(ref=message.present.ref, version=message.present.version),)
        beside = self.merge(before, message.present)
        self.look_at(message.present)
        self.answer(worded(message.error), *side_by_side(self.form, message.error), beside)

    def on_failed(self, message: Failed) -> None:
        """Say why not, at the field it is about; what was typed stays."""
        if message.group == "look":
            self.broke_off("look", worded(message.error))
            return
        self._set_saving(False)
        self._checking = False
        # A refusal is certain; after a lost connection nobody knows whether it was done.
        if not isinstance(message.error, DatabaseUnreachable):
            self._doubtful = None
        self.refuse(message.error)

    def refuse(self, error: TrackerError) -> None:
        """Say at its field why it cannot be taken, or below when it is about none."""
        name = field_of(error, self.form.typed)
        if name is None:
            self.answer(worded(error), _("What you typed is kept."))
        else:
            self.form.say(name, worded(error))
            at = _("It cannot be saved so: see “{field}”. What you typed is kept.")
            self.answer(at.format(field=self.form.fields[name].called))
        self._refused = True

    def broke_off(self, group: str, sentence: str) -> None:
        """A defect of ours, or given up: the form can be saved again."""
        self._checking = False
        self._set_saving(False)
        self.answer(sentence, *(() if self._ready else (_("F9 looks once more."),)))

    # Batches

    def _check(self) -> None:
        """Look beforehand what it would do to each; nothing is kept."""
        typed, chosen, hand = self.form.typed, self._chosen, self.office.tracker.hand("tui")

        def check(tracker: Tracker) -> Previewed:
            worker = get_current_worker()
            command = self._command(tracker, typed, chosen)
            will: list[str] = []
            refused: list[tuple[str, TrackerError]] = []
            titles: dict[str, Words] = {}
            for at in range(0, len(chosen), CHUNK):
                if worker.is_cancelled:
                    break
                part = command.model_copy(update={"commitments": chosen[at : at + CHUNK]})
                found = tracker.commitments.preview(part, hand)
                will += found.will
                refused += found.refused
                titles |= found.titles
                self.post_message(Checked(len(will) + len(refused)))
            return Previewed(Preview(tuple(will), tuple(refused), titles))

        self._checking = True
        self.on_checked(Checked(0))
        self.ask("check", check)

    def on_checked(self, message: Checked) -> None:
        """Tell how far the look is."""
        if self._checking:
            said = _("Checking beforehand: {count} of {total}. Esc stops it.")
            self.answer(said.format(count=message.count, total=len(self._chosen)))

    def on_previewed(self, message: Previewed) -> None:
        """Show what it will do; what is refused stays as it is."""
        from tracker.tui.screens.batch import BatchDialog

        if not self._checking:
            return
        self._checking = False
        self.answer()

        def agreed(yes: bool | None) -> None:
            if yes:
                will = frozenset(message.found.will)
                self._record(tuple(seen for seen in self._chosen if seen.ref in will))

        self.app.push_screen(BatchDialog(self.heading, message.found), agreed)

    # Leaving

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave. What is typed is kept for the next time; when it cannot be, only when asked twice."""
        if self._saving:
            if self.stoppable:
                self._stop.set()
                self.answer(_("Stopping …"))
            return
        if self._checking:
            self._checking = False
            self.workers.cancel_group(self, "check")
            self.answer(_("Stopped. Nothing was changed."))
        elif self.loses_text():
            self.answer(_("What you typed will be lost. Esc once more leaves."))
        else:
            if self._to_keep():
                self.office.say(_("What you typed is kept; it is here again when you open this form."))
            self.dismiss(None)
