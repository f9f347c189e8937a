"""The mark dialog: a status, and just the reasons that it needs from the present one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Static

from tracker.domain.history import Hand
from tracker.domain.views import CommitmentView, Done
from tracker.errors import DatabaseUnreachable, StaleCommitment
from tracker.i18n import _
from tracker.render import day as in_words
from tracker.render import error as worded
from tracker.render import label, words
from tracker.tui.messages import DetailArrived, Failed, Marked, Overtaken
from tracker.tui.reasons import Answers
from tracker.tui.screens.room import Dialog
from tracker.tui.shown import shown
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.mark_form import MarkForm

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class MarkDialog(Dialog[Done | None]):
    """Yields what was done, or None. Whatever goes wrong, what was typed stays in the form."""

    CSS_PATH = "mark.tcss"

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._seen: CommitmentView | None = None
        # What was sent and may have been done: the same sent again under the same hand is done once.
        self._doubtful: tuple[Answers, Hand] | None = None
        self._saving = False
        self._warned = False

    def compose(self) -> ComposeResult:
        """The commitment, the form, the answer of the register, two buttons."""
        with Vertical(classes="dialog"):
            yield Static(shown(self._ref), classes="title", markup=False)
            yield Static(classes="under-title", markup=False)
            yield MarkForm(in_words(self.office.settings.today()))
            yield Notice(classes="answer")
            with Horizontal(classes="buttons"):
                yield Button(shown(_("Save (F9)")), id="save", variant="primary", compact=True)
                yield Button(shown(_("Leave (Esc)")), id="leave", compact=True)

    @property
    def about(self) -> frozenset[str]:
        """The commitment that is marked."""
        return frozenset((self._ref,))

    def on_mount(self) -> None:
        """Look at the commitment as it is now: that is the version on which the person decides."""
        ref, day = self._ref, self.office.day
        self.ask("look", lambda tracker: DetailArrived(tracker.commitments.show(ref, as_of=day)))

    def on_detail_arrived(self, message: DetailArrived) -> None:
        """Offer what may follow from where it stands."""
        self._look_at(message.detail.commitment)
        self.query_one(MarkForm).status.editor.focus()

    def _look_at(self, commitment: CommitmentView) -> None:
        self._seen = commitment
        now = _("Now: {status}, since {day}").format(
            status=label("status", commitment.status), day=in_words(commitment.status_since)
        )
        self.query_one(".title", Static).update(shown(f"{commitment.ref}  {words(commitment.title)}"))
        self.query_one(".under-title", Static).update(shown(now))
        self.query_one(MarkForm).offer(commitment)

    # Saving

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Record it. What is missing is said beside its field, and nothing is sent."""
        form, seen = self.query_one(MarkForm), self._seen
        if self._saving or seen is None or not form.insist():
            return
        status = form.chosen
        assert status is not None
        answers, ref, day = form.answers(status), seen.ref, self.office.day
        hand = self._hand_for(answers)

        def record(tracker: Tracker) -> Message:
            given = answers.evidence.strip()
            evidence = (tracker.commitments.read_evidence(given, answers.tier),) if given else ()
            try:
                command = answers.command(seen.ref, seen.version, evidence)
                return Marked(tracker.commitments.record_status(command, hand))
            except StaleCommitment as error:
                return Overtaken(error, tracker.commitments.show(ref, as_of=day).commitment)

        self._set_saving(True)
        self.ask("mark", record, exclusive=False)

    def _hand_for(self, answers: Answers) -> Hand:
        """The hand of the doubtful attempt when the same is sent again; for anything else a new one."""
        if self._doubtful is None or self._doubtful[0] != answers:
            self._doubtful = answers, replace(self.office.tracker.hand("tui"), act_id=str(uuid4()))
        return self._doubtful[1]

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.query_one("#save", Button).disabled = saving
        if saving:
            self.query_one(Notice).say("")

    def on_marked(self, message: Marked) -> None:
        """Done."""
        self.dismiss(message.done)

    def on_overtaken(self, message: Overtaken) -> None:
        """Show what has changed meanwhile; saving once more decides on what is there now."""
        self._set_saving(False)
        self._doubtful = None
        self._look_at(message.present)
        self._answer(worded(message.error), _("What you typed is kept. Save once more to record it on top of that."))

    def on_failed(self, message: Failed) -> None:
        """Say why not; what was typed stays."""
        self._set_saving(False)
        if message.group == "look":
            self._answer(worded(message.error))
        else:
            # A refusal is certain; after a lost connection nobody knows whether it was done.
            if not isinstance(message.error, DatabaseUnreachable):
                self._doubtful = None
            self._answer(worded(message.error), _("What you typed is kept."))

    def broke_off(self, group: str, sentence: str) -> None:
        """A defect of ours: the form can be saved again."""
        self._set_saving(False)
        self._answer(sentence)

    def _answer(self, *sentences: str) -> None:
        self.query_one(Notice).say("\n".join(sentences))

    # Leaving

    @on(MarkForm.Typed)
    def _typed(self) -> None:
        self._warned = False

    def loses_text(self) -> bool:
        """Whether something is typed and the person does not know yet that it will be lost."""
        knew, self._warned = self._warned, True
        return self.query_one(MarkForm).has_text and not knew

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave; with something typed, only when asked twice."""
        if self._saving:
            return
        if self.loses_text():
            self._answer(_("What you typed will be lost. Esc once more leaves."))
        else:
            self.dismiss(None)
