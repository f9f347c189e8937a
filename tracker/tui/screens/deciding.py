"""The forms of a review: accept a draft as edited, take its report, merge it into a known commitment, reject it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.commands import AddCommitment, RecordStatus, Seen
from tracker.domain.history import Hand
from tracker.domain.register import Citation, Evidence
from tracker.domain.typed import typed_target
from tracker.domain.views import CommitmentView, Done, Remark
from tracker.errors import BadOption
from tracker.i18n import _
from tracker.reading.review import KeptDraft, Proposal, Review
from tracker.render import day, safe, words
from tracker.tui import completion
from tracker.tui.draft_sheet import similar
from tracker.tui.drafts import Draft
from tracker.tui.screens.act import ActDialog
from tracker.tui.screens.add import AddDialog
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.widgets.form import Form, Texts, choice_field, completing_field
from tracker.tui.widgets.party_rows import spelled

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

ANOTHER = ""


class OneDraft(ActDialog):
    """About one draft of a document; what is typed is kept for that one."""

    kept: KeptDraft

    def _find_draft(self) -> Draft:
        return self.office.drafts.of(self.act, self.kept.file, str(self.kept.number))


class EditDraftDialog(OneDraft, AddDialog):
    """The form of a new commitment, filled in by the draft; its sentence is the source."""

    act = "edit_draft"

    def __init__(self, proposal: Proposal, on_record: str) -> None:
        """`on_record` is the commitment of which the sentence is a source already, if there is one."""
        super().__init__()
        self._proposal, self.kept, self._on_record = proposal, proposal.kept, on_record

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Edit the draft; saving accepts it")

    def make_form(self) -> Form:
        """All but the source."""
        fields = {name: field for name, field in super().make_form().fields.items() if name != "source"}
        return Form(fields, [("title_vi", "title_en")])

    def beforehand(self, tracker: Tracker) -> str:
        """That the sentence is on record, and whom it names and the register does not know."""
        said = []
        if self._on_record:
            there = _("This sentence is a source of {ref} already. Saving makes another commitment of it.")
            said.append(there.format(ref=self._on_record))
        if self._proposal.unknown:
            them = _(
                "Not known to the register, and so not filled in: {names}. To name them, first add them as parties."
            )
            said.append(them.format(names=safe(", ".join(self._proposal.unknown))))
        return "\n".join(said)

    @property
    def proposed(self) -> Texts:
        """The draft as a commitment."""
        command = self._proposal.command
        names = self._proposal.names
        rows = [(words(names[part.party]), part.role.value, part.basis.value) for part in command.parties]
        return {
            "title_vi": safe(command.title.vi),
            "title_en": safe(command.title.en),
            "statement_vi": safe(command.statement.vi, newlines=True),
            "statement_en": safe(command.statement.en, newlines=True),
            "parties": spelled(rows),
            "targets": "; ".join(typed_target(each.figure, each.value, each.by) for each in command.targets),
            "deadline": command.deadline_value or "",
            "text": safe(command.deadline_text),
            "kind": command.kind,
            "instrument": command.instrument,
            "strength": command.strength,
        }

    def sources(self, tracker: Tracker, typed: Texts) -> tuple[Citation, ...]:
        """The draft's sentence."""
        return self._proposal.command.sources

    def carry_out(self, tracker: Tracker, command: AddCommitment, hand: Hand) -> Done:
        """Ask it."""
        return tracker.drafts.accept(self.kept.number, hand, command)


class ReportDraftDialog(OneDraft, MarkDialog):
    """The status that a sentence reports, to be looked at before it is recorded."""

    act = "report_draft"

    def __init__(self, proposal: Proposal, mark: RecordStatus) -> None:
        super().__init__((Seen(ref=mark.commitments[0].ref),))
        self._mark, self.kept = mark, proposal.kept
        self._cited = f"{safe(self.kept.file)}:{self.kept.draft.paragraph}"

    def present(self, view: CommitmentView) -> Texts:
        """The proposed status and its day, with the sentence as its note and evidence."""
        since = self._mark.effective_on
        return {
            "status": str(self._mark.status),
            "note": safe(self._mark.note),
            "evidence": self._cited,
            "effective": day(since) if since else "",
        }

    def evidence(self, tracker: Tracker, given: str, tier: int) -> Evidence:
        """The sentence itself, unless something else is given."""
        if given != self._cited:
            return super().evidence(tracker, given, tier)
        return self._mark.evidence[0].model_copy(update={"tier": tier})

    def carry_out(self, tracker: Tracker, command: RecordStatus, hand: Hand) -> Done:
        """Ask it."""
        return tracker.drafts.report(self.kept.number, command, hand)


class MergeDraftDialog(OneDraft):
    """Which commitment on record the draft reaffirms: one that it is like, or another."""

    act = "merge_draft"

    def __init__(self, kept: KeptDraft, review: Review) -> None:
        super().__init__()
        self.kept, self._similar = kept, tuple(similar(kept, review))

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Merge the draft into a commitment on record")

    def make_form(self) -> Form:
        """Those that it is like, best first, and a line to look another one up."""
        another = completing_field(_("Another one"), completion.refs, _("a ref, or words of its title"))
        if not self._similar:
            return Form({"ref": another}, [("ref",)])
        into = choice_field(_("Into"), (*self._similar, (_("another one, below"), ANOTHER)), self._similar[0][1])
        return Form({"into": into, "ref": another})

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> str:
        """The commitment; one that is looked up counts."""
        ref = typed["ref"].strip().upper() or typed.get("into", ANOTHER)
        if not ref:
            raise BadOption("ref", "missing")
        return ref

    def carry_out(self, tracker: Tracker, command: str, hand: Hand) -> Done:
        """Ask it."""
        return tracker.drafts.merge(self.kept.number, command, hand)


class RejectDraftDialog(OneDraft):
    """Why it is no commitment of ours."""

    act = "reject_draft"

    def __init__(self, kept: KeptDraft) -> None:
        super().__init__()
        self.kept = kept

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Reject the draft")

    def make_form(self) -> Form:
        """The reason; the usual ones are offered."""
        return Form(
            {"reason": completing_field(_("Reason"), completion.reasons, _("why it is no commitment; ↓ offers some"))},
            [("reason",)],
        )

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> str:
        """The reason."""
        return typed["reason"]

    def carry_out(self, tracker: Tracker, command: Any, hand: Hand) -> Done:
        """Ask it."""
        (kept,) = tracker.drafts.reject((self.kept.number,), command, hand)
        return Done(hand.act_id, 0, remarks=(Remark("rejected", {"number": kept.number}),))
