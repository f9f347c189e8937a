"""Why a commitment needs somebody today, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n import _, ngettext
from tracker.render.dates import day, days_late
from tracker.render.safe import safe

if TYPE_CHECKING:
    from tracker.domain.views import CommitmentView, NextStep


def next_step(step: NextStep) -> str:
    """What is to be done next; our own review has no words of its own."""
    match step.kind:
        case "review":
            return _("review by our desk")
        case "answer":
            return _("answer awaited: {what}").format(what=safe(step.what))
        case _:
            return safe(step.what)


def why(section: str, commitment: CommitmentView, as_of: date) -> str:
    """Why it stands in that section of today's list: how late, how long, since when. Empty for an unknown section."""
    match section:
        case "overdue":
            return days_late(commitment.days_overdue or 0)
        case "claimed":
            return _claimed((as_of - commitment.status_since).days)
        case "review" if commitment.review_on:
            return _review((as_of - commitment.review_on).days)
        case "follow_up" if commitment.next:
            return _planned(commitment.next, as_of)
        case "due" if commitment.deadline and commitment.deadline.end:
            return _ends((commitment.deadline.end - as_of).days)
        case "silent":
            days = commitment.silent_days
            return ngettext("no word for {days} day", "no word for {days} days", days).format(days=days)
    return ""


def _claimed(days: int) -> str:
    if days <= 0:
        return _("claimed today, unconfirmed")
    said = ngettext("claimed {days} day ago, unconfirmed", "claimed {days} days ago, unconfirmed", days)
    return said.format(days=days)


def _review(days: int) -> str:
    if days <= 0:
        return _("review is due today")
    return ngettext("review was due {days} day ago", "review was due {days} days ago", days).format(days=days)


def _planned(step: NextStep, as_of: date) -> str:
    if step.kind == "answer":
        if step.on == as_of:
            return _("{what}: due today").format(what=next_step(step))
        return _("{what}: was due on {day}").format(what=next_step(step), day=day(step.on))
    if step.on == as_of:
        return _("{what}: planned for today").format(what=next_step(step))
    return _("{what}: was planned for {day}").format(what=next_step(step), day=day(step.on))


def _ends(days: int) -> str:
    match days:
        case 0:
            return _("ends today")
        case 1:
            return _("ends tomorrow")
    return ngettext("ends in {days} day", "ends in {days} days", days).format(days=days)
