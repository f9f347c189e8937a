"""What stands before a row: a symbol that says the state without colour, and the tone that repeats it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.schedule import Schedule
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView
from tracker.i18n import _


@dataclass(frozen=True, slots=True)
class Symbol:
    """Two cells, a tone (the name of a style) and what they say."""

    cells: str
    tone: str
    says: Callable[[], str]


CLAIMED = "?"
# What a person has picked: a row, a value to filter by, a column.
PICKED = "■"
# Before a lead's name: the source does not name it.
LEAD_MARKS = {"stated": "", "proposed": "~", "assigned": "+"}

SYMBOLS: dict[Schedule, Symbol] = {
    Schedule.OVERDUE: Symbol("▲ ", "late", lambda: _("overdue")),
    Schedule.LATE_CLAIM: Symbol("▲?", "late", lambda: _("past its deadline, reported done, not confirmed")),
    Schedule.DUE_SOON: Symbol("◆ ", "soon", lambda: _("due soon")),
    Schedule.IN_WINDOW: Symbol("● ", "calm", lambda: _("open, within its time")),
    Schedule.NOT_DUE: Symbol("○ ", "calm", lambda: _("open, its time has not begun")),
    Schedule.REVIEW_DUE: Symbol("–!", "review", lambda: _("no deadline; our review is due")),
    Schedule.NO_DEADLINE: Symbol("– ", "quiet", lambda: _("no deadline")),
    Schedule.PAUSED: Symbol("‖ ", "quiet", lambda: _("paused")),
    Schedule.DONE_ON_TIME: Symbol("✓ ", "done", lambda: _("done in time")),
    Schedule.DONE_LATE: Symbol("✓+", "done", lambda: _("done late")),
    Schedule.DONE_NO_DEADLINE: Symbol("✓–", "done", lambda: _("done, there was no deadline")),
    Schedule.TIMELINESS_UNKNOWN: Symbol("✓~", "done", lambda: _("done; whether in time is not known")),
    Schedule.CLOSED_UNDONE: Symbol("✕ ", "quiet", lambda: _("closed without being done")),
    Schedule.REPLACED: Symbol("→ ", "quiet", lambda: _("replaced by another")),
}
TONES = ("late", "soon", "calm", "review", "claimed", "done", "quiet")


def symbol(commitment: CommitmentView) -> Symbol:
    """The symbol of its state; one reported done and not confirmed carries a question mark."""
    known = SYMBOLS[commitment.schedule]
    if commitment.status is Status.CLAIMED_DONE and not known.cells.endswith(CLAIMED):
        return Symbol(known.cells[0] + CLAIMED, "claimed", known.says)
    return known


def legend() -> tuple[Symbol, ...]:
    """Every symbol with its meaning, for the help."""
    return (
        *SYMBOLS.values(),
        Symbol(f" {CLAIMED}", "claimed", lambda: _("reported done, nobody has confirmed")),
        Symbol(f" {LEAD_MARKS['proposed']}", "quiet", lambda: _("before a lead: proposed, not named by the source")),
        Symbol(
            f" {LEAD_MARKS['assigned']}", "quiet", lambda: _("before a lead: assigned by our desk, not by the source")
        ),
    )
