"""Telling something of commitments as they stand: a note, or evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.views import CommitmentView, Done
from tracker.i18n import _
from tracker.render import day as in_words
from tracker.render import label
from tracker.tui import completion
from tracker.tui.reasons import TIERS, day_typed
from tracker.tui.screens.act import ActDialog
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.form import Form, Texts, block_field, coded_field, completing_field

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class TellDialog(ActDialog):
    """What was heard or done, without another status."""

    def now(self, view: CommitmentView) -> str:
        """Where it stands, and goes on standing."""
        return _("Stays: {status}, since {day}").format(
            status=label("status", view.status), day=in_words(view.status_since)
        )

    def effective(self) -> DateField:
        """The day of it."""
        today = in_words(self.office.settings.today())
        return DateField(_("Effective on"), placeholder=_("today, {day}").format(day=today))

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> RecordStatus:
        """What is asked of the register."""
        given = typed.get("evidence", "").strip()
        tier = int(typed.get("tier", "1"))
        return RecordStatus(
            commitments=chosen,
            status=None,
            note=typed["note"],
            evidence=(tracker.commitments.read_evidence(given, tier),) if given else (),
            effective_on=day_typed(typed["effective"]),
        )

    def carry_out(self, tracker: Tracker, command: RecordStatus, hand: Hand) -> Done:
        """Ask it."""
        return tracker.commitments.record_status(command, hand)


class NoteDialog(TellDialog):
    """A note."""

    act = "note"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Note")

    def make_form(self) -> Form:
        """The note and its day."""
        return Form({"note": block_field(_("Note")), "effective": self.effective()}, [("note",)])


class EvidenceDialog(TellDialog):
    """A piece of evidence."""

    act = "evidence"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Add evidence")

    def make_form(self) -> Form:
        """What it is, how strong it is, what is to be said of it, its day."""
        return Form(
            {
                "evidence": completing_field(
                    _("Evidence"), completion.evidence, _("a file, a link, or DOCUMENT:PARAGRAPH")
                ),
                "tier": coded_field(_("Evidence tier"), "evidence_tier", map(str, TIERS), str(TIERS[0])),
                "note": block_field(_("Note")),
                "effective": self.effective(),
            },
            [("evidence",)],
        )
