"""Whether a register is whole: its chains, its acts, what is made of them, and the file itself."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select, text

from tracker.domain.history import NOTHING_BEFORE, Act, ActKind, Entry, act_hash, entry_hash
from tracker_db import models
from tracker_db.session import Database


@dataclass(frozen=True)
class Outcome:
    """How often something was tried, and how often it went wrong. `lost` is 0 or there is a defect."""

    tried: int
    lost: int
    # What else is worth a figure, by name.
    beside: tuple[tuple[str, float], ...] = ()

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.tried + other.tried, self.lost + other.lost, (*self.beside, *other.beside))


def wrong_with(database: Database) -> list[str]:
    """What is wrong with a register; nothing, as a rule."""
    return [*_file(database), *_chains(database), *_projections(database)]


def acts_of(database: Database) -> dict[str, int]:
    """The acts on record, by the client's id, with how many entries each has."""
    act, entry = models.Act, models.Entry
    with database.read() as session:
        counted = select(act.id, func.count(entry.id).label("number")).outerjoin(entry, entry.act_number == act.number)
        return {row.id: row.number for row in session.execute(counted.group_by(act.id))}


def _file(database: Database) -> list[str]:
    if database.path is None:
        return []
    with database.read() as session:
        said = session.execute(text("PRAGMA integrity_check")).scalars().all()
        loose = session.execute(text("PRAGMA foreign_key_check")).all()
    return [*(line for line in said if line != "ok"), *(f"points nowhere: {tuple(row)}" for row in loose)]


def _chains(database: Database) -> list[str]:
    """The chains counted again from what is stored, with one walk along the entries."""
    found: list[str] = []
    with database.read() as session:
        acts = session.query(models.Act).order_by(models.Act.number).all()
        rows = session.query(models.Entry).order_by(models.Entry.id).all()
        session.expunge_all()
    by_act: dict[int, list[models.Entry]] = defaultdict(list)
    for row in rows:
        by_act[row.act_number].append(row)
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    sealed = NOTHING_BEFORE
    for number, row_of_act in enumerate(acts, 1):
        act = Act(
            row_of_act.id,
            ActKind(row_of_act.kind),
            row_of_act.actor,
            row_of_act.channel,
            row_of_act.recorded_at,
            row_of_act.undoes,
        )
        mine = by_act.pop(row_of_act.number, [])
        if not mine:
            found.append(f"act {number} has no entry")
        for row in mine:
            kept = json.loads(row.changes)
            entry = Entry(
                ActKind(row.kind),
                row.subject,
                row.ref,
                row.position,
                row.effective_on,
                {name: (before, after) for name, (before, after) in kept["fields"].items()},
                row.reason,
                kept.get("update"),
            )
            position, previous = heads.get((row.subject, row.ref), (0, NOTHING_BEFORE))
            if (row.position, row.previous, row.hash) != (
                position + 1,
                previous,
                entry_hash(act, entry, previous),
            ):
                found.append(f"entry {row.id} breaks its chain")
            heads[row.subject, row.ref] = row.position, row.hash
        sealed = act_hash(sealed, number, act.id, [row.hash for row in mine])
        if (row_of_act.number, row_of_act.hash) != (number, sealed):
            found.append(f"act {number} is not sealed")
    return found + [f"entries of no act {number}" for number in by_act]


def _projections(database: Database) -> list[str]:
    """What is kept beside the entries and must never be without them, or they without it."""
    entry, commitment = models.Entry, models.Commitment
    with database.read() as session:
        counted = (
            select(entry.ref, func.count().label("number")).where(entry.subject == "commitment").group_by(entry.ref)
        )
        entries = {row.ref: row.number for row in session.execute(counted)}
        versions = {row.ref: row.version for row in session.execute(select(commitment.ref, commitment.version))}
        tallied = session.execute(select(func.sum(models.Tally.number))).scalar() or 0
        searched = session.execute(text("SELECT COUNT(*) FROM commitment_search")).scalar_one()
    half = [
        f"{ref}: {entries.get(ref)} entries, version {version}"
        for ref, version in versions.items()
        if entries.get(ref) != version
    ]
    if not len(versions) == tallied == searched:
        half.append(f"{len(versions)} commitments, {tallied} counted, {searched} searched")
    return half
