"""Somebody else changed what a form is about: what is theirs beside what is typed."""

from __future__ import annotations

from tracker.errors import StaleCommitment
from tracker.i18n import _
from tracker.render import label
from tracker.render.history import said
from tracker.tui.widgets.form import Form

# Fields of a commitment that forms call otherwise.
ALSO_CALLED = {"review_on": "review", "evidence_tier": "tier"}


def side_by_side(form: Form, error: StaleCommitment) -> list[str]:
    """A line for each field that both speak of."""
    lines: list[str] = []
    for found in error.differences:
        field = form.fields.get(ALSO_CALLED.get(found.name, found.name))
        if field is not None and field.display and not field.is_empty:
            line = _("{field}: theirs “{theirs}” | yours “{yours}”").format(
                field=label("field", found.name),
                theirs=said(found.name, found.stored),
                yours=field.in_words(field.typed),
            )
            lines.append(line)
    return lines
