"""What happened to the register since somebody looked, and what its history names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain import views
from tracker.domain.follow_up import FollowUp
from tracker.domain.register import Commitment, Words
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


def entry_ids(limit: int | None, offset: int, by: date | None = None) -> Select[Any]:
    """The row numbers of the register's entries, newest first, from an index: an entry itself is long.

    Those effective `by` a day are looked for among the entries themselves.
    """
    entry = models.Entry
    newest = select(entry.id).order_by(entry.act_number.desc(), entry.id.desc())
    if by is not None:
        newest = newest.where(entry.effective_on <= by)
    return newest.limit(limit).offset(offset or None)


def count_entries(session: Session, subject: str | None = None, ref: str | None = None) -> int:
    """How many entries there are: of one subject, or in the whole register."""
    asked = select(func.count()).select_from(models.Entry)
    if ref is not None:
        asked = asked.where(models.Entry.subject == subject, models.Entry.ref == ref)
    return session.execute(asked).scalar_one()


def with_names(session: Session, entries: Iterable[views.EntryView]) -> tuple[views.EntryView, ...]:
    """The entries with the names of the parties and the files of the documents that their values name by key."""
    told = tuple(entries)
    keys = {entry.hash: frozenset(_keys(entry.changes)) for entry in told}
    wanted = frozenset[str]().union(*keys.values())
    names: dict[str, Words] = {}
    if wanted:
        party = models.Party
        rows = session.execute(select(party.key, party.name_vi, party.name_en).where(party.key.in_(wanted)))
        names = {row.key: Words(vi=row.name_vi, en=row.name_en) for row in rows}
        document = models.Document
        files = session.execute(select(document.sha256, document.file).where(document.sha256.in_(wanted)))
        names |= {row.sha256: Words(vi=row.file, en=row.file) for row in files}
    return tuple(
        replace(entry, names={key: names[key] for key in sorted(keys[entry.hash]) if key in names}) for entry in told
    )


def _keys(changes: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    for field, values in changes.items():
        for value in values:
            match field, value:
                case "sources", list():
                    yield from (member["document"] for member in value)
                case (("parties" | "sides"), list()):
                    yield from (member["party"] if isinstance(member, dict) else member for member in value)
                case (("parent" | "to"), str()):
                    yield value
