"""A new commitment: where it says so, what is promised, by whom and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from tracker.domain.codes import CitationRole, Instrument, Kind, Strength
from tracker.domain.commands import AddCommitment, Seen
from tracker.domain.deadline import read_deadline
from tracker.domain.history import Hand
from tracker.domain.register import Citation, Words
from tracker.domain.typed import read_tags
from tracker.domain.views import Done
from tracker.i18n import _, language
from tracker.tui import completion
from tracker.tui.actions import ACTIONS
from tracker.tui.dates import DateKind
from tracker.tui.reasons import day_typed
from tracker.tui.screens.act import ActDialog
from tracker.tui.screens.edit import nature_fields, participations, targets, targets_field
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.form import Form, Texts, block_field, completing_field, line_field
from tracker.tui.widgets.party_rows import PartiesField
from tracker.tui.widgets.source_field import SourceField

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class AddDialog(ActDialog):
    """Put a commitment on record."""

    act = "add"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Add a commitment")

    def make_form(self) -> Form:
        """The source first: without one there is no commitment."""
        self._deadline = DateField(_("Deadline"), DateKind.DEADLINE)
        return Form(
            {
                "source": SourceField(_("Source"), _("Where it says so; the paragraph is shown here.")),
                "title_vi": line_field(_("Title (vi)")),
                "title_en": line_field(_("Title (en)")),
                "statement_vi": block_field(_("Statement (vi)")),
                "statement_en": block_field(_("Statement (en)")),
                "parties": PartiesField(_("Parties")),
                "deadline": self._deadline,
                "text": line_field(_("In the words of"), _("the source's own words, such as: trong năm 2026")),
                **nature_fields(),
                "tags": completing_field(_("Tags"), completion.tags, _("separated by commas")),
                "targets": targets_field(),
                "review": DateField(_("Review on"), placeholder=_("by the rule of the house")),
                "effective": DateField(_("Made on"), placeholder=_("the day of the source")),
                "prefix": line_field(_("Ref begins"), "C"),
                "note": line_field(_("Note")),
            },
            [("source",), ("title_vi", "title_en")],
        )

    def beforehand(self, tracker: Tracker) -> str:
        """Where a source comes from when no document has its text."""
        if any(document.text_added for document in tracker.library.named_documents()):
            return ""
        add = next(action for action in ACTIONS if action.argument == "document")
        return _(
            "The source is a paragraph of a text, and no document here has its text yet. Esc, then F9 {letter}: "
            "{action}. To cite by hand, write the sentences into a text file and add that. What you type here is kept."
        ).format(letter=add.chord[1:], action=add.says())

    @on(Input.Changed)
    def _worded(self) -> None:
        # The words decide when the house looks again at a commitment without a deadline.
        self._deadline.words = self.form.fields["text"].typed

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> AddCommitment:
        """What is asked of the register."""
        value, words = None, ""
        if typed["deadline"].strip():
            reading, words = read_deadline(typed["deadline"], language())
            value = reading.period.value
        return AddCommitment(
            prefix=typed["prefix"].strip().upper() or "C",
            title=Words(vi=typed["title_vi"], en=typed["title_en"]),
            statement=Words(vi=typed["statement_vi"], en=typed["statement_en"]),
            kind=Kind(typed["kind"]),
            sector=typed["sector"],
            instrument=Instrument(typed["instrument"]),
            strength=Strength(typed["strength"]),
            deadline_value=value,
            deadline_text=typed["text"].strip() or words,
            parties=participations(tracker, typed["parties"]),
            sources=self.sources(tracker, typed),
            targets=targets(typed["targets"]),
            tags=read_tags(typed["tags"]),
            review_on=day_typed(typed["review"]),
            effective_on=day_typed(typed["effective"]),
            note=typed["note"],
        )

    def sources(self, tracker: Tracker, typed: Texts) -> tuple[Citation, ...]:
        """Where it says so."""
        place = tracker.commitments.read_place(typed["source"].strip())
        return (Citation(**place.model_dump(), role=CitationRole.ORIGIN),)

    def carry_out(self, tracker: Tracker, command: AddCommitment, hand: Hand) -> Done:
        """Ask it."""
        return tracker.commitments.add(command, hand)
