"""Follow-ups in words: their cadence, what an entry did to one, why a line stands on the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.recurrence import plain_rule, rule_ends
from tracker.i18n import _, ngettext
from tracker.render.dates import day
from tracker.render.labels import label
from tracker.render.safe import safe

if TYPE_CHECKING:
    from tracker.domain.agenda import AgendaLine
    from tracker.domain.views import EntryView


def rule(text: str) -> str:
    """A cadence in words: every 2 weeks, until 31 Dec 2026. One that says more is shown as it is kept."""
    plain = plain_rule(text)
    said = _every(*plain) if plain else _("by the rule {rule}").format(rule=safe(text))
    times, last = rule_ends(text)
    if not plain:
        return said
    if times is not None:
        said = ngettext("{every}, {times} time", "{every}, {times} times", times).format(every=said, times=times)
    return said if last is None else _("{every}, until {day}").format(every=said, day=day(last))


def _every(unit: str, number: int) -> str:
    match unit, number:
        case "month", 3:
            return _("every quarter")
        case "month", 6:
            return _("every half-year")
        case "day", 1:
            return _("every day")
        case "week", 1:
            return _("every week")
        case "month", 1:
            return _("every month")
        case "year", 1:
            return _("every year")
        case "day", _:
            shape = _("every {number} days")
        case "week", _:
            shape = _("every {number} weeks")
        case "month", _:
            shape = _("every {number} months")
        case _:
            shape = _("every {number} years")
    return shape.format(number=number)


def entry_act(entry: EntryView) -> str:
    """What an entry did, in a word or two; of a follow-up, what became of it."""
    if entry.subject != "follow_up" or entry.kind not in ("add", "follow_up"):
        return label("act", entry.kind)
    if entry.kind == "add":
        # A letter is put on record when it goes out.
        made = entry.changes.get("done_on", (None, None))[1]
        return label("follow_up_act", "done_on" if made else "planned")
    done = ("dropped", "done_on", "answered_on")
    return label("follow_up_act", next((name for name in done if name in entry.changes), "put_off"))


def reason(line: AgendaLine) -> str:
    """Why a line stands on the agenda: what is due, and how late it is."""
    said = label("agenda", line.kind)
    if not line.band:
        return said
    return _("{what}, late: {band}").format(what=said, band=label("band", line.band))
