"""What happened to the register since somebody looked, and what its history names."""

from __future__ import annotations

import json

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain import views
from tracker.domain.follow_up import FollowUp
from tracker.domain.register import Commitment
from tracker_db import models

# More commitments than that are not named one by one: who follows them reads all again.
MOST_REFS = 500


def changed_since(session: Session, number: int) -> views.Changes:
    """Which commitments the acts after that one touched, and who acted."""
    act, entry = models.Act, models.Entry
    latest = session.execute(select(func.coalesce(func.max(act.number), 0))).scalar_one()
    if latest <= number:
        return views.Changes(latest)
    # Entries are read in the order of their acts, so that a look after a long time ends soon.
    touched = (
        select(entry.subject, entry.ref)
        .where(entry.act_number > number)
        .order_by(entry.act_number, entry.id)
        .limit(MOST_REFS + 1)
    )
    found = session.execute(touched).all()
    actors = session.execute(select(act.actor).where(act.number > number).order_by(act.number).limit(MOST_REFS + 1))
    refs = frozenset(row.ref for row in found if row.subject == Commitment.kind_of_subject)
    # A follow-up is shown with its commitment, which its planning names, also where that was taken back.
    steps = {row.ref for row in found if row.subject == FollowUp.kind_of_subject}
    planned = select(entry.changes).where(
        entry.subject == FollowUp.kind_of_subject, entry.ref.in_(steps), entry.position == 1
    )
    said = session.execute(planned).scalars() if steps else ()
    refs |= {json.loads(changes)["fields"]["commitment"][1] for changes in said}
    return views.Changes(latest, refs if len(found) <= MOST_REFS else None, tuple(dict.fromkeys(actors.scalars())))
