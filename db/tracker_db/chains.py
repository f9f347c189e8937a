"""What the entries of one subject add up to: which of them count, the value on a day, a commitment's states."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain import register
from tracker.domain.change import Change, replay
from tracker.domain.deadline import Deadline
from tracker.domain.history import ActKind
from tracker.domain.status import Status
from tracker_db import models
from tracker_db.types import FOREVER

S = TypeVar("S", bound=register.Subject)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it was read back; `act` and `undoes` are ids, `number` is its act's (0 while that is under way)."""

    position: int
    effective_on: date
    kind: str
    change: Change
    hash: str
    act: str
    undoes: str | None = None
    number: int = 0
    reason: str = ""
    update: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A commitment from one day on, with its baseline, after `moves` moves of its deadline.

    `version` counts the entries up to the last day of the state, those that no longer count among them.
    """

    day: date
    value: register.Commitment
    baseline: Deadline | None
    version: int
    moves: int


def kept_entries(session: Session, subject: str, ref: str) -> list[Kept]:
    """A subject's entries in the order in which they count: by effective day, then as recorded."""
    return kept_of(session, subject, (ref,)).get(ref, [])


def kept_of(session: Session, subject: str, refs: Collection[str]) -> dict[str, list[Kept]]:
    """The entries of several subjects of a kind, by ref, each in the order in which they count."""
    entry, act = models.Entry, models.Act
    columns = (entry.ref, entry.position, entry.effective_on, entry.kind, entry.changes, entry.hash, entry.reason)
    rows = session.execute(
        select(*columns, act.id, act.undoes, act.number)
        .join(act, act.number == entry.act_number)
        .where(entry.subject == subject, entry.ref.in_(refs))
        .order_by(entry.ref, entry.effective_on, entry.position)
    )
    found: dict[str, list[Kept]] = {}
    for row in rows:
        found.setdefault(row.ref, []).append(_kept(row, json.loads(row.changes)))
    return found


def _kept(row: Any, said: Mapping[str, Any]) -> Kept:
    return Kept(
        position=row.position,
        effective_on=row.effective_on,
        kind=row.kind,
        change=said["fields"],
        hash=row.hash,
        act=row.id,
        undoes=row.undoes,
        number=row.number,
        reason=row.reason,
        update=said.get("update"),
    )


def undos(entries: Sequence[Kept]) -> dict[str, Kept]:
    """The entries of the undos in force, those that no redo took back, by the act that each takes back.

    An undo and a redo have an entry on every subject of the act they name, so a chain tells by itself.
    """
    named = {kept.undoes for kept in entries}
    return {
        kept.undoes: kept
        for kept in entries
        if kept.undoes is not None and kept.kind == ActKind.UNDO and kept.act not in named
    }


def counting(entries: Sequence[Kept]) -> list[Kept]:
    """The entries that count: not those of acts that are taken back, nor those of undos and redos themselves."""
    if all(kept.undoes is None for kept in entries):
        return list(entries)
    undone = undos(entries)
    return [kept for kept in entries if kept.undoes is None and kept.act not in undone]


def values(kind: type[S], entries: Sequence[Kept]) -> Iterator[tuple[Kept, S]]:
    """Each entry that counts with the subject after it, in their order."""
    value: S | None = None
    for kept in counting(entries):
        value = replay(kind, value, kept.change)
        yield kept, value


def states(kind: type[S], entries: Sequence[Kept]) -> list[tuple[date, S]]:
    """The values of a subject, one for each day on which something changed, from the entries that count."""
    found: dict[date, S] = {}
    for kept, value in values(kind, entries):
        found[kept.effective_on] = value
    return list(found.items())


def value_on(kind: type[S], entries: Sequence[Kept], day: date = FOREVER) -> S | None:
    """The subject after all entries effective by that day, or None when there is none by then."""
    value: S | None = None
    for kept in counting(entries):
        if kept.effective_on <= day:
            value = replay(kind, value, kept.change)
    return value


def fold(entries: Sequence[Kept]) -> list[State]:
    """The states of a commitment, one for each day on which something changed, from entries in their order.

    The baseline is the first deadline: corrections before the first move change it, moves never do. Giving a first
    deadline to one that had none is no move.
    """
    states: list[State] = []
    value: register.Commitment | None = None
    baseline: Deadline | None = None
    version = moves = 0
    counts = {kept.position for kept in counting(entries)}
    for day, of_it in itertools.groupby(entries, attrgetter("effective_on")):
        that_day = list(of_it)
        version = max(version, *(entry.position for entry in that_day))
        for entry in that_day:
            if entry.position not in counts:
                continue
            before = value.deadline if value else None
            value = replay(register.Commitment, value, entry.change)
            if value.deadline != before:
                if entry.kind == ActKind.MOVE and before is not None:
                    moves += 1
                elif moves == 0:
                    baseline = value.deadline
        if value is not None and any(entry.position in counts for entry in that_day):
            states.append(State(day, value, baseline, version, moves))
        elif states:
            states[-1] = replace(states[-1], version=version)
    return states


def refuse_closing_twice(ref: str, entries: Sequence[Kept]) -> None:
    """Raises ChangeNotAllowed when two closed statuses follow each other among the entries that count."""
    said = [Status(entry.change["status"][1]) for entry in counting(entries) if "status" in entry.change]
    for before, after in itertools.pairwise(said):
        if before.closed and after.closed:
            raise errors.ChangeNotAllowed(ref, before, after)
