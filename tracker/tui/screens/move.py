"""A new agreed deadline; the baseline stays and stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from tracker.domain.codes import CitationRole
from tracker.domain.commands import MoveDeadline, Seen
from tracker.domain.deadline import read_deadline
from tracker.domain.history import Hand
from tracker.domain.register import Citation
from tracker.domain.views import CommitmentView, Done
from tracker.i18n import _, language
from tracker.render import day as in_words
from tracker.render import deadline
from tracker.tui.dates import DateKind
from tracker.tui.reasons import day_typed
from tracker.tui.screens.act import ActDialog
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.form import Form, Texts, block_field, line_field
from tracker.tui.widgets.source_field import SourceField

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class MoveDialog(ActDialog):
    """By when it is promised now, and who says so."""

    act = "move"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Move the deadline")

    def make_form(self) -> Form:
        """The deadline with its words, the source or the note that founds it, the day of the agreement."""
        today = in_words(self.office.settings.today())
        self._deadline = DateField(_("New deadline"), DateKind.DEADLINE)
        return Form(
            {
                "deadline": self._deadline,
                "text": line_field(_("In the words of"), _("the source's own words, if it has some")),
                "source": SourceField(_("Source")),
                "note": block_field(_("Note")),
                "effective": DateField(_("Agreed on"), placeholder=_("today, {day}").format(day=today)),
            },
            [("deadline",), ("note", "source")],
        )

    def now(self, view: CommitmentView) -> str:
        """The deadline as it stands, and the first one, which is never changed."""
        now = _("Now: {deadline}").format(deadline=deadline(view.deadline))
        if view.baseline is None or view.baseline == view.deadline:
            return _("{now}. It stays on record as the baseline.").format(now=now)
        first = _("Baseline, which stays: {deadline}").format(deadline=deadline(view.baseline))
        return f"{now}\n{first}"

    @on(Input.Changed)
    def _worded(self) -> None:
        # The words decide when the house looks again at a commitment without a deadline.
        self._deadline.words = self.form.fields["text"].typed
        self._deadline.since = None

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> MoveDeadline:
        """What is asked of the register."""
        reading, words = read_deadline(typed["deadline"], language())
        place = typed["source"].strip()
        source = tracker.commitments.read_place(place).model_dump() if place else None
        return MoveDeadline(
            commitments=chosen,
            value=reading.period.value,
            text=typed["text"].strip() or words,
            note=typed["note"],
            source=Citation(**source, role=CitationRole.REPORTS) if source else None,
            effective_on=day_typed(typed["effective"]),
        )

    def carry_out(self, tracker: Tracker, command: MoveDeadline, hand: Hand) -> Done:
        """Ask it."""
        return tracker.commitments.move_deadline(command, hand)
