"""Why an act cannot be undone or redone."""

from __future__ import annotations

from tracker import errors as e
from tracker.i18n import _
from tracker.render.history import act
from tracker.render.safe import safe


def irreversible(failure: e.NothingToReverse | e.ActNotReversed | e.ActInTheWay) -> str:
    """Why an act cannot be taken back or brought again, and which one to look at first."""
    undo = failure.asked == "undo"
    match failure:
        case e.NothingToReverse(ref="") if undo:
            return _("There is nothing of yours to undo.")
        case e.NothingToReverse(ref=""):
            return _("There is nothing to redo: nothing was undone, or something else was done since.")
        case e.NothingToReverse() if undo:
            return _("There is nothing to undo on {ref}.").format(ref=safe(failure.ref))
        case e.NothingToReverse():
            return _("There is nothing to redo on {ref}: nothing was undone, or something else was done since.").format(
                ref=safe(failure.ref)
            )
        case e.ActNotReversed(reason="undone"):
            return _("Act {number} is taken back already, by act {other}.").format(
                number=failure.number, other=failure.other
            )
        case e.ActNotReversed(reason="counts"):
            return _("Act {number} was not taken back, so there is nothing to redo.").format(number=failure.number)
        case e.ActNotReversed(reason="seed"):
            return _(
                "Act {number} is what the curated commitments say. Correct them in the seeds, or edit what they say."
            ).format(number=failure.number)
        case e.ActNotReversed():
            return _("Act {number} is itself an undo or a redo. Name the act that it is about.").format(
                number=failure.number
            )
        case e.ActInTheWay():
            numbers = {"number": failure.number, "other": failure.other}
            said = act(failure.kind, (failure.ref,), failure.actor, failure.recorded_at)
            return _in_the_way(failure, undo).format(act=said, **numbers)


def _in_the_way(failure: e.ActInTheWay, undo: bool) -> str:
    if failure.reason == "gone":
        return _(
            "Act {number} cannot be redone: it builds on act {other}, which was taken back ({act})."
            " Redo that one first."
        )
    if failure.reason == "drafted":
        return _(
            "Act {number} cannot be redone: the draft that it took up was decided anew in act {other} ({act})."
            " Undo that one first."
        )
    if not undo:
        return _("Act {number} cannot be redone: act {other} says otherwise since then ({act}).")
    if failure.channel == "seed":
        return _(
            "Act {number} cannot be undone: the curated commitments build on it in act {other} ({act})."
            " Edit what is wrong instead."
        )
    if failure.reason == "uses":
        return _("Act {number} cannot be undone: act {other} uses what it added ({act}). Undo that one first.")
    return _("Act {number} cannot be undone: act {other} builds on it ({act}). Undo that one first.")
