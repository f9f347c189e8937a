"""Domain values in a person's words, in the present language; the only place that makes data safe to show."""

from tracker.render.dates import day, days_late, deadline, moves, overdue, period
from tracker.render.errors import error
from tracker.render.history import change
from tracker.render.labels import label
from tracker.render.remarks import remark
from tracker.render.safe import safe
from tracker.render.values import amount, party, source, words

__all__ = [
    "amount",
    "change",
    "day",
    "days_late",
    "deadline",
    "error",
    "label",
    "moves",
    "overdue",
    "party",
    "period",
    "remark",
    "safe",
    "source",
    "words",
]
