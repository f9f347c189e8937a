"""What reports say of a commitment: the same words in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.render import citations, day, deadline, label, next_step, party, safe, words
from tracker.reports.listing import NOTHING
from tracker.reports.model import Field, Mark

if TYPE_CHECKING:
    from tracker.domain.views import CommitmentView

Column = Field["CommitmentView"]


def ref() -> Column:
    """Which one it is."""
    return Field(_("Ref"), lambda view: safe(view.ref), share=4)


def title() -> Column:
    """Its name in the present language."""
    return Field(_("Title"), lambda view: words(view.title), share=6)


def by_when() -> Column:
    """Its deadline, with the source's words."""
    return Field(
        _("Deadline"),
        lambda view: deadline(view.deadline),
        lambda view: view.deadline.end if view.deadline else None,
        share=4,
    )


def status() -> Column:
    """Where it stands."""
    return Field(_("Status"), lambda view: label("status", view.status), share=3)


def last_update() -> Column:
    """The day of its last entry, beside where it stands."""
    return Field(_("Last update"), lambda view: day(view.last_update), lambda view: view.last_update, beside=True)


def led_by() -> Column:
    """Who is answerable at our desk."""
    return Field(_("Lead"), lambda view: party(view.lead) if view.lead else NOTHING, share=3)


def named_by() -> Column:
    """Under a lead's own name: that its source does not name it, beside what stands before."""
    return Field(_("Lead"), _basis, beside=True)


def partners() -> Column:
    """The other side's parties."""
    return Field(_("Partner"), lambda view: ", ".join(words(each.name) for each in view.partners) or NOTHING, share=3)


def whose_move() -> Column:
    """Of a joint one: which side is waited for."""
    return Field(_("Whose move"), _whose_move, share=3)


def next_one() -> Column:
    """The next step, and when."""
    return Field(_("Next step"), _next, lambda view: view.next.on if view.next else None, share=3)


def cited() -> Column:
    """Where it says so."""
    return Field(_("Source"), sources, share=5)


def lead(view: CommitmentView) -> str:
    """Who leads it, and who says so."""
    return party(view.lead) if view.lead else _("Without a lead")


def lead_alone(view: CommitmentView) -> str:
    """Under whose name it stands, whoever says so: all of one lead stand together."""
    return words(view.lead.name) if view.lead else _("Without a lead")


def sources(view: CommitmentView) -> str:
    """Where it says so."""
    return citations(view.sources) or NOTHING


def mark(view: CommitmentView) -> Mark | None:
    """Its deadline as a day of a calendar; a review, when it has no deadline."""
    if view.deadline is not None and view.deadline.end is not None:
        return Mark(view.ref, view.deadline.end, view.deadline.end, words(view.title), deadline(view.deadline))
    return review_mark(view)


def review_mark(view: CommitmentView) -> Mark | None:
    """Its review as a day of a calendar."""
    if view.review_on is None:
        return None
    return Mark(view.ref, view.review_on, view.review_on, words(view.title), _("review by our desk"))


def _basis(view: CommitmentView) -> str:
    return NOTHING if view.lead is None or view.lead.basis == "stated" else label("basis", view.lead.basis)


def _whose_move(view: CommitmentView) -> str:
    if view.move_of is None:
        return NOTHING
    names = {each.key: words(each.name) for each in view.parties}
    return names.get(view.move_of.party, safe(view.move_of.party))


def _next(view: CommitmentView) -> str:
    if view.next is None:
        return NOTHING
    return _("{what}, {day}").format(what=next_step(view.next), day=day(view.next.on))
