"""The mark dialog: a status, and just the reasons that it needs from the present one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.register import Evidence
from tracker.domain.views import CommitmentView, Done
from tracker.i18n import _
from tracker.render import day as in_words
from tracker.render import label
from tracker.tui.reasons import Answers
from tracker.tui.screens.act import ActDialog
from tracker.tui.widgets.form import Texts
from tracker.tui.widgets.mark_form import MarkForm

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class MarkDialog(ActDialog):
    """Where one or many commitments stand."""

    act = "mark"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Mark status")

    @cached_property
    def form(self) -> MarkForm:
        """Status, reasons, note and effective day."""
        return self.make_form()

    def make_form(self) -> MarkForm:
        """Status, reasons, note and effective day."""
        return MarkForm(in_words(self.office.settings.today()), many=self.many)

    def now(self, view: CommitmentView) -> str:
        """Where it stands."""
        return _("Now: {status}, since {day}").format(
            status=label("status", view.status), day=in_words(view.status_since)
        )

    def look_at(self, view: CommitmentView) -> None:
        """Offer what may follow from where it stands."""
        super().look_at(view)
        self.form.offer(view)

    def begin(self) -> None:
        """At the status."""
        self.form.status.go_there()

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> RecordStatus:
        """What is asked of the register."""
        answers = Answers.of(typed)
        given = answers.evidence.strip()
        return answers.command(chosen, (self.evidence(tracker, given, answers.tier),) if given else ())

    def evidence(self, tracker: Tracker, given: str, tier: int) -> Evidence:
        """What is given as evidence."""
        return tracker.commitments.read_evidence(given, tier)

    def carry_out(self, tracker: Tracker, command: RecordStatus, hand: Hand) -> Done:
        """Ask it."""
        return tracker.commitments.record_status(command, hand)
