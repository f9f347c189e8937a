"""Events by their key and by their day: from which day a report counts."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.register import Words
from tracker.domain.reported import LAST_MEETING, MEETINGS
from tracker.domain.text import alike
from tracker.domain.views import EventView
from tracker_db import models


def event(session: Session, key: str) -> tuple[EventView, date | None, date | None]:
    """The event with this key, with its first and last day. Raises NotFound with keys that are alike."""
    found = _first(session, select(models.Event).where(models.Event.key == key))
    if found is None:
        keys = session.execute(select(models.Event.key)).scalars().all()
        raise errors.NotFound("event", key, tuple(alike(key, keys)))
    return found


def last_meeting(
    session: Session, before: date, parties: Set[int] | None = None, other_than: str = ""
) -> tuple[EventView, date | None, date | None] | None:
    """The latest meeting that was over before a day: with one of these parties (row numbers), or of all."""
    table = models.Event
    wanted = select(table).where(table.kind.in_(MEETINGS), table.held_end < before, table.key != other_than)
    if parties is not None:
        takes_part = select(models.EventParty.event_id).where(models.EventParty.party_id.in_(parties))
        wanted = wanted.where(table.id.in_(takes_part))
    return _first(session, wanted.order_by(table.held_end.desc(), table.key).limit(1))


def since(session: Session, typed: str, before: date, parties: Set[int] | None = None) -> tuple[date, EventView | None]:
    """The day that an event's key or `last-meeting` means: the event's first. Raises NotFound, BadOption (no date)."""
    found = last_meeting(session, before, parties) if typed == LAST_MEETING else event(session, typed)
    if found is None:
        raise errors.NotFound("event", typed)
    meeting, first, last = found
    day = first or last
    if day is None:
        raise errors.BadOption("--since", "no_date", typed)
    return day, meeting


def _first(session: Session, wanted: Select[Any]) -> tuple[EventView, date | None, date | None] | None:
    row: models.Event | None = session.execute(wanted).scalars().first()
    if row is None:
        return None
    takes_part = (
        select(models.Party.key)
        .join(models.EventParty, models.EventParty.party_id == models.Party.id)
        .where(models.EventParty.event_id == row.id)
        .order_by(models.EventParty.position)
    )
    parties = tuple(session.execute(takes_part).scalars())
    return (
        EventView(row.key, row.kind, Words(vi=row.name_vi, en=row.name_en), row.held_on, parties),
        row.held_start,
        row.held_end,
    )
