"""Domain values in a person's words, in the present language; the only place that makes data safe to show."""

from tracker.render.dates import day, days_late, deadline, held, moves, overdue, period, published
from tracker.render.errors import error
from tracker.render.explanation import explanation
from tracker.render.following import entry_act, reason, rule
from tracker.render.history import act, called, change, reversal, subject
from tracker.render.labels import label
from tracker.render.remarks import remark
from tracker.render.safe import safe
from tracker.render.values import amount, citations, in_both, latest, party, reading, source, words
from tracker.render.why import next_step, why

__all__ = [
    "act",
    "amount",
    "called",
    "change",
    "citations",
    "day",
    "days_late",
    "deadline",
    "entry_act",
    "error",
    "explanation",
    "held",
    "in_both",
    "label",
    "latest",
    "moves",
    "next_step",
    "overdue",
    "party",
    "period",
    "published",
    "reading",
    "reason",
    "remark",
    "reversal",
    "rule",
    "safe",
    "source",
    "subject",
    "why",
    "words",
]
