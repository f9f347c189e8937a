"""The rows of follow-ups and saved views, from the frozen values of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker.domain.follow_up import FollowUp
from tracker.domain.saved_view import StoredView
from tracker_db import models
from tracker_db.keys import Keys
from tracker_db.types import FOREVER

_FOLLOW_UP = ("key", "what", "how", "rule", "anchor", "done_on", "answer", "answered_on", "dropped", "due_on")


def save_follow_up(session: Session, states: Sequence[tuple[date, FollowUp]], keys: Keys) -> int:
    """Write a follow-up's rows again, one for each day on which it changed; the number of the last."""
    table, (_, last) = models.FollowUp, states[-1]
    commitment_id = keys.id("commitment", last.commitment)
    closed = session.execute(select(models.Commitment.closed).where(models.Commitment.id == commitment_id)).scalar_one()
    session.execute(delete(table).where(table.key == last.key))
    for columns in follow_up_rows(states, keys, closed=closed):
        row = table(**columns)
        session.add(row)
    session.flush()
    return row.id


def follow_up_rows(states: Sequence[tuple[date, FollowUp]], keys: Keys, *, closed: bool) -> list[dict[str, Any]]:
    """A follow-up's rows, one for each day on which it changed. `closed` says that its commitment is, now."""
    ends = [*(day for day, _ in states[1:]), FOREVER]
    return [
        {
            "commitment_id": keys.id("commitment", value.commitment),
            "party_id": keys.id("party", value.to) if value.to else None,
            "planned_on": value.on,
            "answer_due_on": value.answer_due,
            "agenda_on": value.due_on if until == FOREVER and not closed else None,
            "valid_from": day,
            "valid_to": until,
            **{name: getattr(value, name) for name in _FOLLOW_UP},
        }
        for (day, value), until in zip(states, ends, strict=True)
    ]


def show_follow_ups(session: Session, commitment_id: int, *, closed: bool) -> None:
    """Take a closed commitment's follow-ups off the agenda, or put a reopened one's back."""
    table = models.FollowUp
    session.execute(
        update(table)
        .where(table.commitment_id == commitment_id, table.valid_to == FOREVER)
        .values(agenda_on=None if closed else table.due_on)
    )


def save_view(session: Session, view: StoredView) -> int:
    """Write a saved view's row, or take it away when it was dropped; the row number, 0 for none."""
    table = models.SavedView
    if view.dropped:
        session.execute(delete(table).where(table.key == view.subject_ref))
        return 0
    # Undone acts may give one slot to two views: it is that of the one saved last.
    session.execute(update(table).where(table.slot == view.slot).values(slot=None))
    row = session.execute(select(table).where(table.key == view.subject_ref)).scalar_one_or_none() or table()
    session.add(row)
    row.key, row.columns, row.grouping = view.subject_ref, " ".join(view.columns), view.group
    row.name, row.query, row.sort, row.slot = view.name, view.query, view.sort, view.slot
    session.flush()
    return row.id
