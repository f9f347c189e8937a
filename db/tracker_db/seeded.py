"""What seeds said of a subject, and whether somebody else has spoken since: what a newer seed must know."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker_db import models


def fields(session: Session, subject: str, ref: str) -> dict[str, Any]:
    """The plain values that seeds last gave to a subject's fields."""
    rows = session.execute(
        select(models.Entry.changes)
        .join(models.Act, models.Act.number == models.Entry.act_number)
        .where(models.Entry.subject == subject, models.Entry.ref == ref, models.Act.channel == "seed")
        .order_by(models.Entry.position)
    ).scalars()
    values: dict[str, Any] = {}
    for changes in rows:
        values |= {name: pair[1] for name, pair in json.loads(changes)["fields"].items()}
    return values


def updates(session: Session, ref: str) -> set[tuple[date, str, str | None]]:
    """The status updates that seeds told of a commitment: effective day, status, and the side if it was one's."""
    told = models.StatusUpdate
    rows = session.execute(
        select(told.effective_on, told.status, models.Party.key)
        .join(models.Commitment, models.Commitment.id == told.commitment_id)
        .join(models.Act, models.Act.number == told.act_number)
        .outerjoin(models.Party, models.Party.id == told.side_id)
        .where(models.Commitment.ref == ref, models.Act.channel == "seed")
    )
    return {(row.effective_on, row.status, row.key) for row in rows}


def marked_by_hand(session: Session, ref: str) -> bool:
    """Whether somebody, not a seed, has said where a commitment stands."""
    told = models.StatusUpdate
    found = session.execute(
        select(told.id)
        .join(models.Commitment, models.Commitment.id == told.commitment_id)
        .join(models.Act, models.Act.number == told.act_number)
        .where(models.Commitment.ref == ref, models.Act.channel != "seed")
        .limit(1)
    )
    return found.first() is not None
