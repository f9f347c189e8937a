"""Look through the drafts of a document: its text, the draft at the cursor beside it, and one key to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from tracker.domain.history import Hand
from tracker.domain.views import Done, Remark
from tracker.i18n import _
from tracker.reading.review import OPEN, KeptDraft, Review
from tracker.render import error as worded
from tracker.render import published
from tracker.tui.actions import PAGE, REVIEW, TEXT, Action, bindings
from tracker.tui.draft_sheet import draft_sheet, on_record
from tracker.tui.forms import tell_done
from tracker.tui.messages import Acted, Failed
from tracker.tui.openings import open_it
from tracker.tui.review_messages import ProposalArrived, ReviewArrived
from tracker.tui.screens.drafts import progress
from tracker.tui.screens.room import Room
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.document_text import PlacedText, pieces
from tracker.tui.widgets.page_view import PageView
from tracker.tui.widgets.review_text import ReviewText

if TYPE_CHECKING:
    from textual.message import Message

    from tracker.bootstrap import Tracker
    from tracker.tui.screens.deciding import OneDraft


class ReviewRoom(Room):
    """From waiting draft to waiting draft with the arrows. What is decided is kept at once: it can be left any time."""

    place = REVIEW
    also = (TEXT, PAGE)
    CSS_PATH = "review.tcss"
    BINDINGS = bindings(REVIEW)
    AUTO_FOCUS = "ReviewText"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def __init__(self, sha256: str) -> None:
        super().__init__()
        self._sha256 = sha256
        self._review: Review | None = None
        # The draft that was decided last here, when that was no act: a rejection.
        self._without_act: int | None = None

    def compose(self) -> ComposeResult:
        """Title, banner, the text and the draft, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="missing")
        with Container(id="columns"):
            yield ReviewText()
            yield PageView(id="draft")
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for it."""
        self.retell()
        self.action_read_again()

    def retell(self) -> None:
        """Say everything again."""
        self.query_one("#banner", Notice).say(self.office.banner)
        if self._review is None:
            self.query_one(Bar).tell(_("Review"), _("reading …"))
            return
        document = self._review.document
        facts = (progress(document), published(document.published), document.publisher)
        self.query_one(Bar).tell(document.file, "  ·  ".join(filter(None, facts)))
        self._write()

    # The drafts

    @property
    def drafts(self) -> tuple[KeptDraft, ...]:
        """All of them, in the order of the text."""
        return self._review.drafts if self._review else ()

    @property
    def chosen_draft(self) -> KeptDraft | None:
        """The draft at the cursor."""
        return self.query_one(ReviewText).place

    def action_read_again(self) -> None:
        """Ask the register once more; the cursor stays."""
        sha256, day, first = self._sha256, self.office.day, self._review is None

        def arrived(tracker: Tracker) -> ReviewArrived:
            review = tracker.drafts.review(sha256, as_of=day)
            # The text stays as it was read.
            return ReviewArrived(review, pieces(review.text) if first else [])

        self.ask("review", arrived)

    def on_review_arrived(self, message: ReviewArrived) -> None:
        """Show it: first at the first draft that waits, later at the next one once the draft here is decided."""
        before, self._review = self._review, message.review
        text, drafts = self.query_one(ReviewText), message.review.drafts
        self.query_one("#missing", Notice).say("" if drafts else _("No sentence here was taken for a promise."))
        if before is None:
            text.put(message.review.text, message.pieces, drafts)
            self._step(1, waiting=True)
        else:
            text.decide(drafts)
            self._go_on({one.number: one.decision for one in before.drafts})
        self.retell()

    def _go_on(self, before: dict[int, str]) -> None:
        """To the next draft that waits when the one here was decided, if there is one; to one that waits again."""
        changed = [one for one in self.drafts if before.get(one.number, one.decision) != one.decision]
        again = next((one for one in changed if one.decision == OPEN), None)
        if again is not None:
            self.query_one(ReviewText).go_to_place(self.drafts.index(again))
        elif any(one.decision == OPEN for one in self.drafts):
            if self.chosen_draft in changed:
                self._step(1, waiting=True)
        elif changed:
            self.office.say(_("Every draft of this document is decided."))

    def _step(self, by: int, *, waiting: bool) -> None:
        """To the next draft in that direction, and around; of those that wait, if any does."""
        text, count = self.query_one(ReviewText), len(self.drafts)
        here = text.number - 1 if text.place else (-1 if by > 0 else 0)
        order = [(here + by * step) % count for step in range(1, count + 1)]
        wait = [number for number in order if self.drafts[number].decision == OPEN] if waiting else []
        if order:
            text.go_to_place((wait or order)[0])

    def action_next_waiting(self) -> None:
        """To the next draft that waits."""
        self._step(1, waiting=True)

    def action_waiting_before(self) -> None:
        """To the draft before that waits."""
        self._step(-1, waiting=True)

    def action_next_draft(self) -> None:
        """To the next draft."""
        self._step(1, waiting=False)

    def action_draft_before(self) -> None:
        """To the draft before."""
        self._step(-1, waiting=False)

    @on(PlacedText.Moved)
    def _moved(self) -> None:
        self._write(from_start=True)

    def _write(self, *, from_start: bool = False) -> None:
        kept, review = self.chosen_draft, self._review
        write = partial(draft_sheet, kept, review) if kept and review else None
        self.query_one("#draft", PageView).show(write, from_start=from_start)

    @on(PlacedText.Chosen)
    def _read_beside(self) -> None:
        self.query_one("#draft", PageView).focus()

    @on(PageView.Opened)
    def _open(self, event: PageView.Opened) -> None:
        open_it(self.office, event.chosen)

    @on(PageView.Beyond)
    def _beyond(self, event: PageView.Beyond) -> None:
        if event.around:
            self.query_one(ReviewText).focus()

    # Deciding

    def why_not(self, action: Action) -> str:
        """A decision needs a draft that waits; what was decided can wait again."""
        if action.where == REVIEW and action.records:
            kept = self.chosen_draft
            if kept is None:
                return _("No draft is chosen.")
            if (kept.decision == OPEN) == (action.name == "reopen_draft"):
                return _("It waits already.") if kept.decision == OPEN else _already(kept)
        return super().why_not(action)

    def _waiting(self) -> KeptDraft | None:
        """The draft at the cursor, to be decided now; else it is said why not."""
        kept = self.chosen_draft
        if not self.may_record:
            self.office.say(self.office.why_not_recorded, severity="warning")
        elif kept is not None and kept.decision != OPEN:
            self.office.say(_already(kept), severity="warning")
        elif not self.is_acting:
            # Pressed twice it is done once, not the next one too.
            return kept
        return None

    def action_accept_draft(self) -> None:
        """Make a commitment of it as it stands; a report, and what seems to be on record, is looked at first."""
        kept = self._waiting()
        if kept is None or self._review is None:
            return
        if kept.draft.status or on_record(kept, self._review):
            self._propose(kept)
        else:
            hand = self._hand()
            self._decide(lambda tracker: tracker.drafts.accept(kept.number, hand))

    def action_edit_draft(self) -> None:
        """Look at it in the form first."""
        if (kept := self._waiting()) is not None:
            self._propose(kept)

    def _propose(self, kept: KeptDraft) -> None:
        self.ask("proposal", lambda tracker: ProposalArrived(tracker.drafts.proposal(kept.number)))

    def on_proposal_arrived(self, message: ProposalArrived) -> None:
        """Open its form."""
        from tracker.tui.screens.deciding import EditDraftDialog, ReportDraftDialog

        proposal = message.proposal
        if proposal.mark:
            self._fill_in(ReportDraftDialog(proposal, proposal.mark))
        elif self._review is not None:
            self._fill_in(EditDraftDialog(proposal, on_record(proposal.kept, self._review)))

    def action_merge_draft(self) -> None:
        """Choose the commitment that it reaffirms."""
        from tracker.tui.screens.deciding import MergeDraftDialog

        if (kept := self._waiting()) is not None and self._review is not None:
            self._fill_in(MergeDraftDialog(kept, self._review))

    def action_reject_draft(self) -> None:
        """Ask why."""
        from tracker.tui.screens.deciding import RejectDraftDialog

        if (kept := self._waiting()) is not None:
            self._fill_in(RejectDraftDialog(kept))

    def _fill_in(self, form: OneDraft) -> None:
        def filled_in(done: Done | None) -> None:
            if done is not None:
                self._without_act = None if done.number else form.kept.number
            tell_done(self.office, form.act, done)

        self.office.push_screen(form, filled_in)

    def action_reopen_draft(self) -> None:
        """Let it wait again: take the act back that decided it, where there was one."""
        kept = self.chosen_draft
        if kept is None or self.is_acting:
            return
        if not self.may_record:
            self.office.say(self.office.why_not_recorded, severity="warning")
        elif kept.decision == OPEN:
            self.office.say(_("It waits already."))
        elif kept.act is None:
            self._reopen(kept.number)
        else:
            self.office.undo(act=kept.act)

    def take_back(self) -> None:
        """Take the last decision back: one that was no act would be passed over."""
        if self._without_act is None or not self.may_record:
            super().take_back()
        elif not self.is_acting:
            self._reopen(self._without_act)

    def _reopen(self, number: int) -> None:
        hand = self._hand()

        def reopen(tracker: Tracker) -> Done:
            tracker.drafts.reopen((number,), hand)
            return Done(hand.act_id, 0, remarks=(Remark("reopened"),))

        self._decide(reopen)

    def _hand(self) -> Hand:
        return replace(self.office.tracker.hand("tui"), act_id=str(uuid4()))

    def _decide(self, decision: Callable[[Tracker], Done]) -> None:
        def decide(tracker: Tracker) -> Message:
            return Acted(decision(tracker))

        self.ask("decide", decide, exclusive=False)

    def on_acted(self, message: Acted) -> None:
        """Show it everywhere, here at the next draft."""
        self._without_act = None
        tell_done(self.office, "edit_draft", message.done)

    def on_failed(self, message: Failed) -> None:
        """Say why not; somebody else may have decided meanwhile."""
        if message.group == "review":
            self.query_one("#missing", Notice).say(worded(message.error))
        else:
            self.broke_off(message.group, worded(message.error))
            self.action_read_again()


def _already(kept: KeptDraft) -> str:
    """That it is decided, and how to decide anew."""
    if kept.ref:
        return _("It is decided already and went into {ref}. Ctrl+O takes that back.").format(ref=kept.ref)
    return _("It is rejected already. Ctrl+O lets it wait again.")
