"""What a person may have meant to name, in the words of errors."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.i18n import _, pgettext


def asked() -> Mapping[str, str]:
    """Each thing that can be named, by its code."""
    return {
        "status": _("a status"),
        "schedule": _("a schedule state"),
        "is": _("a condition"),
        "side": _("a side"),
        "kind": _("a kind of commitment"),
        "act_kind": _("a kind of act"),
        "sector": _("a sector"),
        "instrument": _("an instrument"),
        "strength": _("a strength"),
        "silent": _("a number of days"),
        "format": _("a format for this command"),
        "command": _("a command"),
        "tier": _("an evidence tier"),
        "field": _("a field"),
        "party_kind": _("a kind of party"),
        "role": _("a role"),
        "--lang": _("a language"),
        "TRACKER_LANG": _("a language"),
        "commitment": _("commitment"),
        "party": _("party"),
        "document": _("document"),
        "figure": _("figure"),
        "event": pgettext("subject", "event"),
        "paragraph": _("paragraph"),
        "follow_up": _("follow-up"),
        "follow_up_state": _("a state of a follow-up"),
        "how": _("a way of following up"),
        "rule": _("a cadence"),
        "view": _("saved view"),
        "sort": _("an order"),
        "group": _("something to group by"),
        "column": _("a column"),
        "slot": _("a slot"),
        "period": _("a length of time to count by"),
        "part": _("a part of this report"),
        "act": _("act"),
        "may": _("something that a role may do"),
        "database_role": _("database role"),
        "facet": _("something to narrow a list by"),
    }
