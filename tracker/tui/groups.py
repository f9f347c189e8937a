"""What the headings of a grouped list say."""

from __future__ import annotations

from tracker.domain.views import Group
from tracker.i18n import _
from tracker.render import label, period, words


def group_name(grouping: str, group: Group) -> str:
    """What a group is called: a section of today, a party, a status, a sector or a quarter."""
    match grouping:
        case "today":
            return section_name(group.key)
        case "status" | "sector":
            return label(grouping, group.key)
        case "quarter":
            return period(group.key) if group.key else _("no deadline")
    if group.name is not None:
        return words(group.name)
    return _("no lead") if grouping == "lead" else _("no partner")


def section_name(section: str) -> str:
    """What a section of today's list is called."""
    return {
        "overdue": _("Overdue"),
        "claimed": _("Reported done, to be confirmed"),
        "review": _("Our review is due"),
        "follow_up": _("Follow-ups due"),
        "due": _("Due soon"),
        "silent": _("Long without a word"),
    }[section]


def grouping_name(grouping: str) -> str:
    """What a way of grouping is called; the empty one is no grouping."""
    return {
        "": _("Not grouped"),
        "lead": _("By lead"),
        "partner": _("By partner"),
        "sector": _("By sector"),
        "status": _("By status"),
        "quarter": _("By quarter of the deadline"),
    }[grouping]


def sort_name(sort: str) -> str:
    """What an order is called."""
    return {
        "deadline": _("By deadline, open ones first"),
        "ref": _("By ref"),
        "updated": _("By last update"),
        "made": _("By the day it was made"),
        "lead": _("By lead"),
        "status": _("By status"),
    }[sort]
