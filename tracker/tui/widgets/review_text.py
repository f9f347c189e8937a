"""A document under review: its sentences lit by how sure their drafts are, and marked by what was decided."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.i18n import _
from tracker.reading.review import ACCEPTED, MERGED, OPEN, REJECTED, KeptDraft
from tracker.tui.actions import REVIEW, TEXT, bindings_beside
from tracker.tui.symbols import Symbol
from tracker.tui.widgets.document_text import PlacedText

SURE, LIKELY = 0.85, 0.7
DECIDED = {
    ACCEPTED: Symbol("✓", "done", lambda: _("Accepted")),
    MERGED: Symbol("→", "done", lambda: _("Merged")),
    REJECTED: Symbol("✕", "quiet", lambda: _("Rejected")),
}
SURE_ENOUGH = Symbol("●", "calm", lambda: _("To decide"))
LESS_SURE = Symbol("◐", "soon", lambda: _("To decide"))
UNSURE = Symbol("○", "review", lambda: _("To decide"))
REPORTS = Symbol("◆", "claimed", lambda: _("To decide: it reports on a commitment"))
# Decided sentences are no longer underlined: what is, waits.
STYLES = {
    "calm": "underline $primary",
    "soon": "underline $warning",
    "review": "underline $review",
    "claimed": "underline $claimed",
    "done": "$success",
    "quiet": "$quiet",
}


def sign(kept: KeptDraft) -> Symbol:
    """What was decided; for one that waits, how sure it is, or that it reports on a known commitment."""
    if kept.decision != OPEN:
        return DECIDED[kept.decision]
    if kept.draft.status:
        return REPORTS
    if kept.draft.confidence >= SURE:
        return SURE_ENOUGH
    if kept.draft.confidence >= LIKELY:
        return LESS_SURE
    return UNSURE


def legend() -> Iterator[tuple[Symbol, str]]:
    """Every sign with its meaning, for the help."""
    yield SURE_ENOUGH, _("to decide: surely a promise")
    yield LESS_SURE, _("to decide: likely a promise")
    yield UNSURE, _("to decide: perhaps a promise")
    yield REPORTS, _("to decide: it reports on a commitment")
    yield DECIDED[ACCEPTED], _("accepted: it is a commitment, or its report is recorded")
    yield DECIDED[MERGED], _("merged: one more source of a commitment")
    yield DECIDED[REJECTED], _("rejected")


class ReviewText(PlacedText[KeptDraft], inherit_bindings=False):
    """The text with its drafts. A click on a sentence chooses its draft."""

    BINDINGS = bindings_beside(REVIEW, TEXT)

    def look_of(self, place: KeptDraft) -> tuple[str, str]:
        """Its sign, and its tone."""
        found = sign(place)
        return found.cells, STYLES[found.tone]

    def decide(self, drafts: tuple[KeptDraft, ...]) -> None:
        """The same drafts as they are decided now; what is lit stays."""
        self._places = drafts
        self._draw_again()
