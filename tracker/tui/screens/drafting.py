"""Forms whose text is kept on disk while it is typed, and is there again when the form is opened again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from textual import on
from textual.timer import Timer

from tracker.domain.commands import Seen
from tracker.domain.views import CommitmentView, Done
from tracker.i18n import _
from tracker.tui.actions import FORM, bindings
from tracker.tui.drafts import Draft
from tracker.tui.messages import DraftKept
from tracker.tui.screens.room import Dialog
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.form import Form, Texts

# What is typed is on disk so long after the last key.
DRAFT_REST = 0.3


class Drafting(Dialog[Done | None]):
    """A form over commitments, or over none that is there yet."""

    also = (FORM,)
    holds_text = True
    BINDINGS = bindings(FORM)
    # The name under which what is typed is kept.
    act: ClassVar[str]

    def __init__(self, chosen: tuple[Seen, ...] = ()) -> None:
        super().__init__()
        self._chosen = chosen
        self.seen: CommitmentView | None = None
        self._ready = self._saving = self._warned = False
        # What lies on disk.
        self._kept: Texts = {}
        self._discarded: Texts = {}
        self._rest: Timer | None = None

    @abstractmethod
    def make_form(self) -> Form:
        """Its fields."""

    def present(self, view: CommitmentView) -> Texts:
        """What the fields hold before anything is typed."""
        return {}

    @property
    def proposed(self) -> Texts:
        """What they hold then when it is about nothing that is there yet."""
        return {}

    @cached_property
    def form(self) -> Form:
        """The fields."""
        return self.make_form()

    def begin(self) -> None:
        """Where the cursor stands first."""
        first = next((field for field in self.form.fields.values() if field.display), None)
        if first is not None:
            first.go_there()

    def answer(self, *sentences: str) -> None:
        """Say something below the form."""
        self.query_one(".answer", Notice).say("\n".join(sentences))

    @cached_property
    def _draft(self) -> Draft:
        return self._find_draft()

    def _find_draft(self) -> Draft:
        return self.office.drafts.of(self.act, *(seen.ref for seen in self._chosen))

    # Keeping

    @on(Form.Typed)
    def _typed(self) -> None:
        self._warned = False
        if self._ready:
            self._keep_soon()

    def _keep_soon(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(DRAFT_REST, self._keep)

    def _keep(self) -> None:
        typed, draft, version = self._to_keep(), self._draft, self._version
        if typed == self._kept:
            return

        def keep() -> None:
            self.post_message(DraftKept(typed, _put(draft, typed, version)))

        # Not a question: the register has no part in it.
        self.run_worker(keep, thread=True, group="draft", exit_on_error=False)

    @property
    def _version(self) -> int:
        return self.seen.version if self.seen is not None else 0

    def _to_keep(self) -> Mapping[str, str]:
        return self.form.changed if self.form.has_text else {}

    def on_draft_kept(self, message: DraftKept) -> None:
        """Remember what lies on disk; when it is no longer what is typed, keep that."""
        if message.kept and not self._saving:
            self._kept = message.typed
            self._keep_soon()

    def action_discard(self) -> None:
        """Forget what was typed, and show what is there; at once after that, bring it back."""
        if not self._ready or self._saving:
            return
        typed, discarded = self._to_keep(), self._discarded
        self._discarded = typed
        if not typed and discarded:
            self.form.fill(discarded)
            self.answer()
            return
        self._draft.drop(for_good=False)
        self._kept = {}
        self.form.reset()
        self.query_one(".draft", Notice).say("")
        self.answer(_("Discarded. F8 brings it back.") if typed else "")
        self.begin()

    def loses_text(self) -> bool:
        """Whether something is typed that could not be kept, and the person does not know yet that it will be lost."""
        knew, self._warned = self._warned, True
        if not self._ready:
            # Nobody knows yet what was typed before: it is not to be overwritten.
            return self.form.has_text and not knew
        typed = self._to_keep()
        if typed and _put(self._draft, typed, self._version):
            # A small file; between the last key and leaving there is no time for a thread, and another window may have
            # saved the same form and dropped the draft.
            self._kept = typed
        return bool(typed) and typed != self._kept and not knew


def _put(draft: Draft, typed: Texts, version: int) -> bool:
    if typed:
        return draft.keep(typed, version)
    draft.drop(for_good=False)
    return True
