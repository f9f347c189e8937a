"""Acts, entries and versions: every change to the register is written here, in one transaction.

The entries are the truth. Rows, versions, lists, search and tally are made from them, so that any day is a query.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Date, bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain import history, register
from tracker.domain.deadline import Deadline
from tracker.domain.follow_up import FollowUp
from tracker.domain.history import Act, ActKind, Entry, canonical
from tracker.domain.saved_view import StoredView
from tracker.domain.status import Status
from tracker_db import models, search, subjects
from tracker_db.models import STATE_COLUMNS
from tracker_db.rows_of_following import show_follow_ups
from tracker_db.types import FOREVER

# Both engines say it so; their own `insert` constructs would load every dialect's drivers.
_COUNT = text(
    "INSERT INTO tally (kind, day, number) VALUES (:kind, :day, :number) "
    "ON CONFLICT (kind, day) DO UPDATE SET number = tally.number + excluded.number"
).bindparams(bindparam("day", type_=Date))
S = TypeVar("S", bound=register.Subject)
KINDS: Mapping[str, type[register.Subject]] = {
    kind.kind_of_subject: kind
    for kind in (
        *(register.Commitment, register.Party, register.Document, register.Event, register.Figure),
        *(FollowUp, StoredView),
    )
}


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it was read back, with what ordering and counting need."""

    position: int
    effective_on: date
    kind: str
    change: register.Change
    hash: str


@dataclass(frozen=True, slots=True)
class State:
    """A commitment from one day on, with its baseline, after `version` entries and `moves` moves of its deadline."""

    day: date
    value: register.Commitment
    baseline: Deadline | None
    version: int
    moves: int


@dataclass(slots=True)
class _Head:
    """Where a subject's chain ends: its entries so far in this transaction."""

    position: int = 0
    hash: str = history.NOTHING_BEFORE
    entries: list[Kept] = field(default_factory=list)


_ENTRY_COLUMNS = ("kind", "subject", "ref", "position", "effective_on", "reason")


class Recorder:
    """Writes one act: `put` each changed subject, then `close`. Nothing counts until the transaction commits."""

    def __init__(self, session: Session, act: Act) -> None:
        self.session = session
        self.act = act
        self.keys = subjects.Keys(session)
        self._heads: dict[tuple[str, str], _Head] = {}
        self._entries: list[tuple[Entry, str, str]] = []
        self._updates: list[tuple[int, Entry]] = []
        self._tally: Counter[tuple[str, date]] = Counter()

    def value(self, kind: type[S], ref: str, on: date = FOREVER) -> S | None:
        """The subject as it stands after all entries effective by `on`, or None when there is none by then."""
        value: S | None = None
        for entry in self._head(kind.kind_of_subject, ref).entries:
            if entry.effective_on <= on:
                value = register.replay(kind, value, entry.change)
        return value

    def version(self, kind: type[register.Subject], ref: str) -> int:
        """How many entries the subject has: the version that a person sees."""
        return self._head(kind.kind_of_subject, ref).position

    def began_on(self, kind: type[register.Subject], ref: str) -> date:
        """The day from which the subject is in the register."""
        return self._head(kind.kind_of_subject, ref).entries[0].effective_on

    def last_day(self, kind: type[register.Subject], ref: str) -> date:
        """The effective day of its latest entry."""
        return self._head(kind.kind_of_subject, ref).entries[-1].effective_on

    def value_at_version(self, kind: type[S], ref: str, version: int) -> S | None:
        """The subject as a person saw it after its first `version` entries."""
        value: S | None = None
        for entry in self._head(kind.kind_of_subject, ref).entries:
            if entry.position <= version:
                value = register.replay(kind, value, entry.change)
        return value

    def put(
        self,
        value: register.Subject,
        effective_on: date,
        *,
        kind: ActKind = ActKind.AMEND,
        reason: str = "",
        asserted: Set[str] = frozenset(),
        update: Mapping[str, Any] | None = None,
    ) -> bool:
        """From `effective_on` on the subject is `value`; False when that changes nothing and no update is told.

        `value` must have been made from the state on that day. `asserted` fields are said by this act even where
        they change nothing; later entries keep what they said. Raises ChangeNotAllowed when a status that was
        recorded for a later day could not have been recorded after this one.
        """
        subject, ref = value.kind_of_subject, value.subject_ref
        head = self._head(subject, ref)
        before = self.value(type(value), ref, effective_on)
        if before == value and update is None:
            return False
        change = register.changes(before, value, asserted)
        kind = kind if before is not None else ActKind.ADD
        entry = Entry(kind, subject, ref, head.position + 1, effective_on, change, reason, update)
        digest = history.entry_hash(self.act, entry, head.hash)
        self._entries.append((entry, head.hash, digest))
        head.position, head.hash = entry.position, digest
        head.entries.append(Kept(entry.position, effective_on, kind, change, digest))
        head.entries.sort(key=lambda kept: (kept.effective_on, kept.position))
        if isinstance(value, register.Commitment):
            _refuse_closing_twice(ref, head.entries)
            commitment_id = self._write_commitment(ref, head, effective_on, set(change))
            if update is not None:
                self._updates.append((commitment_id, entry))
        else:
            row_id = subjects.save(self.session, subjects.states(type(value), head.entries), self.keys)
            self.keys.new(subject, ref, row_id)
            if isinstance(value, register.Party) and before is not None and change.keys() & {"name", "aliases"}:
                self._find_by_new_names(value)
        return True

    def close(self) -> int:
        """Number and seal the act, write its entries, and give the number; 0 when nothing was put."""
        if not self._entries:
            return 0
        self._write_tally()
        last = self.session.execute(
            select(models.Act.number, models.Act.hash).order_by(models.Act.number.desc()).limit(1)
        ).first()
        number, previous = (last.number + 1, last.hash) if last else (1, history.NOTHING_BEFORE)
        act = self.act
        sealed = history.act_hash(previous, number, act.id, [digest for _, _, digest in self._entries])
        self.session.execute(
            insert(models.Act).values(
                number=number,
                id=act.id,
                kind=act.kind,
                actor=act.actor,
                channel=act.channel,
                recorded_at=act.recorded_at,
                undoes=act.undoes,
                hash=sealed,
            )
        )
        self.session.execute(
            insert(models.Entry),
            [
                {
                    "act_number": number,
                    **{name: getattr(entry, name) for name in _ENTRY_COLUMNS},
                    "changes": canonical(entry.payload()),
                    "previous": previous_hash,
                    "hash": digest,
                }
                for entry, previous_hash, digest in self._entries
            ],
        )
        for commitment_id, entry in self._updates:
            self._write_update(number, commitment_id, entry)
        return number

    def _head(self, kind: str, ref: str) -> _Head:
        if (kind, ref) not in self._heads:
            entries = kept_entries(self.session, kind, ref)
            last = max(entries, key=lambda entry: entry.position, default=None)
            self._heads[kind, ref] = _Head(last.position, last.hash, entries) if last else _Head()
        return self._heads[kind, ref]

    def _write_commitment(self, ref: str, head: _Head, day: date, changed: set[str]) -> int:
        states = fold(head.entries)
        row = self.session.execute(
            select(models.Commitment).where(models.Commitment.ref == ref).with_for_update()
        ).scalar_one_or_none()
        now = states[-1]
        columns = self._columns(now, states[0].day)
        was_closed = row.closed if row is not None else columns["closed"]
        if row is None:
            row = models.Commitment(**columns)
            self.session.add(row)
            self.session.flush()
            self.keys.new("commitment", ref, row.id)
            self._fill_parts(row.id, states)
        else:
            self._tally[subjects.tally_key({name: getattr(row, name) for name in columns})] -= 1
            if day < row.valid_from:
                self._rewrite_versions(row, states)
            else:
                if day > row.valid_from:
                    self._keep_version(row, day)
                for name in changed & set(subjects.PARTS):
                    subjects.write_part(self.session, name, row.id, now.value, day, self.keys)
            for name, value in columns.items():
                setattr(row, name, value)
            self.session.flush()
        self._tally[subjects.tally_key(columns)] += 1
        if was_closed != columns["closed"]:
            show_follow_ups(self.session, row.id, closed=columns["closed"])
        if changed & {"title", "statement", "parties"}:
            search.put(self.session, row.id, subjects.search_texts(self.session, now.value))
        return row.id

    def _find_by_new_names(self, party: register.Party) -> None:
        part, commitment = models.Participation, models.Commitment
        found = self.session.execute(
            select(commitment.id, commitment.ref)
            .join(part, part.commitment_id == commitment.id)
            .where(part.party_id == self.keys.id("party", party.key), part.valid_to == FOREVER)
            .distinct()
        ).all()
        for row_id, ref in found:
            value = self.value(register.Commitment, ref)
            if value is not None:
                search.put(self.session, row_id, subjects.search_texts(self.session, value))

    def _columns(self, state: State, began_on: date) -> dict[str, Any]:
        counted = subjects.deadline_columns("baseline", state.baseline) | {
            "version": state.version,
            "moves": state.moves,
            "began_on": began_on,
            "valid_from": state.day,
        }
        return subjects.commitment_columns(state.value, self.keys) | counted

    def _keep_version(self, row: models.Commitment, day: date) -> None:
        kept = {name: getattr(row, name) for name in STATE_COLUMNS}
        self.session.execute(insert(models.CommitmentVersion).values(commitment_id=row.id, valid_to=day, **kept))

    def _rewrite_versions(self, row: models.Commitment, states: list[State]) -> None:
        """A backdated entry changes earlier days: all versions are made again from the entries."""
        self.session.execute(delete(models.CommitmentVersion).where(models.CommitmentVersion.commitment_id == row.id))
        for table in subjects.PARTS.values():
            self.session.execute(delete(table).where(table.commitment_id == row.id))
        self._fill_parts(row.id, states)
        for state, after in itertools.pairwise(states):
            self.session.execute(
                insert(models.CommitmentVersion).values(
                    commitment_id=row.id, valid_to=after.day, **self._columns(state, states[0].day)
                )
            )

    def _fill_parts(self, commitment_id: int, states: list[State]) -> None:
        before: register.Commitment | None = None
        for state in states:
            for name in subjects.PARTS:
                if getattr(state.value, name) != (getattr(before, name) if before else ()):
                    subjects.write_part(self.session, name, commitment_id, state.value, state.day, self.keys)
            before = state.value

    def _write_tally(self) -> None:
        changed = [(kind, day, number) for (kind, day), number in sorted(self._tally.items()) if number]
        if changed:
            self.session.execute(
                _COUNT, [{"kind": kind, "day": day, "number": number} for kind, day, number in changed]
            )

    def _write_update(self, number: int, commitment_id: int, entry: Entry) -> None:
        told = dict(entry.update or {})
        row = models.StatusUpdate(
            commitment_id=commitment_id,
            act_number=number,
            position=entry.position,
            effective_on=entry.effective_on,
            status=told["status"],
            note=entry.reason,
            side_id=self.keys.id("party", told["side"]) if told.get("side") else None,
            confirmed_by=told.get("confirmed_by", ""),
        )
        self.session.add(row)
        self.session.flush()
        for plain in told.get("evidence", ()):
            evidence = register.Evidence.model_validate(plain)
            self.session.add(
                models.Evidence(
                    status_update_id=row.id,
                    kind=evidence.kind,
                    value=evidence.value,
                    tier=evidence.tier,
                    **subjects.place_columns(evidence.place, self.keys),
                )
            )
        self.session.flush()


def kept_entries(session: Session, subject: str, ref: str) -> list[Kept]:
    """A subject's entries in the order in which they count: by effective day, then as recorded."""
    entry = models.Entry
    rows = session.execute(
        select(entry.position, entry.effective_on, entry.kind, entry.changes, entry.hash)
        .where(entry.subject == subject, entry.ref == ref)
        .order_by(entry.effective_on, entry.position)
    )
    return [Kept(row.position, row.effective_on, row.kind, json.loads(row.changes)["fields"], row.hash) for row in rows]


def fold(entries: list[Kept]) -> list[State]:
    """The states of a commitment, one for each day on which something changed, from entries in their order.

    The baseline is the first deadline: corrections before the first move change it, moves never do. Giving a first
    deadline to one that had none is no move.
    """
    states: list[State] = []
    value: register.Commitment | None = None
    baseline: Deadline | None = None
    version = moves = 0
    for entry in entries:
        before = value.deadline if value else None
        value = register.replay(register.Commitment, value, entry.change)
        version = max(version, entry.position)
        if value.deadline != before:
            if entry.kind == ActKind.MOVE and before is not None:
                moves += 1
            elif moves == 0:
                baseline = value.deadline
        if states and states[-1].day == entry.effective_on:
            states.pop()
        states.append(State(entry.effective_on, value, baseline, version, moves))
    return states


def _refuse_closing_twice(ref: str, entries: list[Kept]) -> None:
    said = [Status(entry.change["status"][1]) for entry in entries if "status" in entry.change]
    for before, after in itertools.pairwise(said):
        if before.closed and after.closed:
            raise errors.ChangeNotAllowed(ref, before, after)


def known_act(session: Session, act_id: str) -> int | None:
    """The number of an act that was already done under this id."""
    return session.execute(select(models.Act.number).where(models.Act.id == act_id)).scalar_one_or_none()


def next_moment(session: Session, now: datetime) -> datetime:
    """When an act is recorded: now, or just after the act before it where that clock was ahead.

    So acts are recorded in the order of their numbers, and what was known at a moment is what stands before it.
    """
    last = session.execute(select(models.Act.recorded_at).order_by(models.Act.number.desc()).limit(1)).scalar()
    return now if last is None else max(now, last + timedelta(microseconds=1))


def anchor(session: Session) -> str:
    """The number and seal of the last act: it changes when any act or entry before it does."""
    last = session.execute(
        select(models.Act.number, models.Act.hash).order_by(models.Act.number.desc()).limit(1)
    ).first()
    return f"{last.number}:{last.hash}" if last else f"0:{history.NOTHING_BEFORE}"


def next_ref(session: Session, prefix: str, year: int) -> str:
    """The next free ref of a prefix and year. Commitments are never deleted, so none is used twice."""
    stem = f"{prefix}-{year}-"
    ref = models.Commitment.ref
    last = session.execute(
        select(ref).where(ref >= stem, ref < stem + ":").order_by(func.length(ref).desc(), ref.desc()).limit(1)
    ).scalar_one_or_none()
    return f"{stem}{int(last.removeprefix(stem)) + 1 if last else 1:03d}"
