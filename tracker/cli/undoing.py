"""Taking acts back and bringing them again."""

from __future__ import annotations

from tracker.cli.asking import ref_of
from tracker.cli.call import CHANNEL, Call


def undo(call: Call) -> int:
    """`tracker undo`: take back one's own last act, the last on a commitment, or the one of a number."""
    with call.tracker() as tracker:
        return call.changed(tracker.commitments.undo(tracker.hand(CHANNEL), _ref(call), call.args.act))


def redo(call: Call) -> int:
    """`tracker redo`: bring back what an undo took."""
    with call.tracker() as tracker:
        return call.changed(tracker.commitments.redo(tracker.hand(CHANNEL), _ref(call), call.args.act))


def _ref(call: Call) -> str | None:
    return ref_of(call.args.ref) if call.args.ref is not None else None
