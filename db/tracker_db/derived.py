"""Rows, versions, lists, status updates, search, tally: what is made from the entries, so that any day is a query."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Date, bindparam, delete, insert, select, text
from sqlalchemy.orm import Session

from tracker.domain import register
from tracker_db import models, search, subjects
from tracker_db.chains import Kept, State, counting, fold, states
from tracker_db.keys import Keys
from tracker_db.models import STATE_COLUMNS
from tracker_db.rows_of_following import show_follow_ups
from tracker_db.types import FOREVER

# Both engines say it so; their own `insert` constructs would load every dialect's drivers.
_COUNT = text(
    "INSERT INTO tally (kind, day, number) VALUES (:kind, :day, :number) "
    "ON CONFLICT (kind, day) DO UPDATE SET number = tally.number + excluded.number"
).bindparams(bindparam("day", type_=Date))

# The fields whose words a commitment is found by.
SEARCHED = {"title", "statement", "parties"}


class Derived:
    """Keeps what is made from the entries, within one act. What it counts is written by `write_tally`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._keys = Keys(session)
        self._tally: Counter[tuple[str, date]] = Counter()

    def save(self, kind: type[register.Subject], entries: Sequence[Kept]) -> None:
        """Write a subject that is no commitment, from its entries."""
        subjects.save(self._session, states(kind, entries), self._keys)

    def drop(self, kind: str, ref: str) -> None:
        """Delete a subject that is no commitment."""
        subjects.drop(self._session, kind, ref, self._keys)

    def extend(self, ref: str, entries: Sequence[Kept], day: date, changed: Set[str]) -> int:
        """Write a commitment after one more entry, effective on `day`, of these fields; the row number."""
        states = fold(entries)
        row = self._row(ref)
        if row is None:
            return self._add(ref, states)
        now, before = states[-1], row.valid_from
        columns = self._columns(now, states[0].day)
        self._count(row, columns)
        if day < before:
            self._rewrite_versions(row, states, changed)
        else:
            if day > before:
                self._keep_version(row, day, states[-2].version)
            for name in changed & set(subjects.PARTS):
                subjects.write_part(self._session, name, row.id, now.value, day, self._keys)
        self._set(row, columns)
        if changed & SEARCHED:
            self.find(row.id, now.value)
        return row.id

    def rebuild(self, ref: str, entries: Sequence[Kept], turned: Sequence[Kept]) -> None:
        """Make a commitment again after the entries that `turned` no longer count, or count again.

        It goes when none of its entries counts.
        """
        states = fold(entries)
        row = self._row(ref)
        if not states:
            if row is not None:
                self._remove(ref, row)
            return
        if row is None:
            row_id = self._add(ref, states)
        else:
            row_id = row.id
            changed = {name for kept in turned for name in kept.change}
            columns = self._columns(states[-1], states[0].day)
            self._count(row, columns)
            self._rewrite_versions(row, states, changed)
            self._set(row, columns)
            if changed & SEARCHED:
                self.find(row_id, states[-1].value)
        if any(kept.update is not None for kept in turned):
            self._rebuild_updates(row_id, counting(entries))

    def find(self, row_id: int, value: register.Commitment) -> None:
        """Make a commitment findable by its present words."""
        search.put(self._session, row_id, subjects.search_texts(self._session, value))

    def led_or_joined_by(self, party: str) -> list[tuple[int, str]]:
        """Row number and ref of the commitments that a party has a role in now."""
        part, commitment = models.Participation, models.Commitment
        rows = self._session.execute(
            select(commitment.id, commitment.ref)
            .join(part, part.commitment_id == commitment.id)
            .where(part.party_id == self._keys.id("party", party), part.valid_to == FOREVER)
            .distinct()
        )
        return [(row.id, row.ref) for row in rows]

    def write_tally(self) -> None:
        """Add what has changed since to the tally."""
        changed = [(kind, day, number) for (kind, day), number in sorted(self._tally.items()) if number]
        if changed:
            self._session.execute(
                _COUNT, [{"kind": kind, "day": day, "number": number} for kind, day, number in changed]
            )

    def write_update(self, commitment_id: int, entry: Kept) -> None:
        """Write the status update that an entry tells, with its evidence."""
        row = models.StatusUpdate(commitment_id=commitment_id, **update_columns(entry, self._keys))
        self._session.add(row)
        self._session.flush()
        for proof in evidence_rows(entry, self._keys):
            self._session.add(models.Evidence(status_update_id=row.id, **proof))
        self._session.flush()

    def _row(self, ref: str) -> models.Commitment | None:
        return self._session.execute(
            select(models.Commitment).where(models.Commitment.ref == ref).with_for_update()
        ).scalar_one_or_none()

    def _add(self, ref: str, states: list[State]) -> int:
        columns = self._columns(states[-1], states[0].day)
        row = models.Commitment(**columns)
        self._session.add(row)
        self._session.flush()
        self._keys.new("commitment", ref, row.id)
        self._fill_parts(row.id, states, subjects.PARTS)
        self._keep_versions(row.id, states)
        self._count(None, columns)
        self.find(row.id, states[-1].value)
        return row.id

    def _set(self, row: models.Commitment, columns: dict[str, Any]) -> None:
        if row.closed != columns["closed"]:
            show_follow_ups(self._session, row.id, closed=columns["closed"])
        for name, value in columns.items():
            setattr(row, name, value)
        self._session.flush()

    def _remove(self, ref: str, row: models.Commitment) -> None:
        self._count(row, None)
        self._delete_versions(row.id)
        self._delete_parts(row.id, subjects.PARTS)
        self._delete_updates(models.StatusUpdate.commitment_id == row.id)
        search.drop(self._session, row.id)
        self._session.delete(row)
        self._session.flush()

    def _count(self, row: models.Commitment | None, columns: dict[str, Any] | None) -> None:
        if row is not None:
            self._tally[subjects.tally_key({name: getattr(row, name) for name in STATE_COLUMNS})] -= 1
        if columns is not None:
            self._tally[subjects.tally_key(columns)] += 1

    def _columns(self, state: State, began_on: date) -> dict[str, Any]:
        return state_columns(state, began_on, self._keys)

    def _keep_version(self, row: models.Commitment, day: date, version: int) -> None:
        kept = {name: getattr(row, name) for name in STATE_COLUMNS} | {"version": version}
        self._session.execute(insert(models.CommitmentVersion).values(commitment_id=row.id, valid_to=day, **kept))

    def _rewrite_versions(self, row: models.Commitment, states: list[State], changed: Set[str]) -> None:
        """What changes earlier days makes the versions again from the entries, and the lists that it spoke of."""
        parts = changed & subjects.PARTS.keys()
        self._delete_versions(row.id)
        self._delete_parts(row.id, parts)
        self._fill_parts(row.id, states, parts)
        self._keep_versions(row.id, states)

    def _delete_versions(self, commitment_id: int) -> None:
        version = models.CommitmentVersion
        self._session.execute(delete(version).where(version.commitment_id == commitment_id))

    def _delete_parts(self, commitment_id: int, parts: Iterable[str]) -> None:
        for name in parts:
            part = subjects.PARTS[name]
            self._session.execute(delete(part).where(part.commitment_id == commitment_id))

    def _keep_versions(self, commitment_id: int, states: list[State]) -> None:
        for state, after in itertools.pairwise(states):
            self._session.execute(
                insert(models.CommitmentVersion).values(
                    commitment_id=commitment_id, valid_to=after.day, **self._columns(state, states[0].day)
                )
            )

    def _fill_parts(self, commitment_id: int, states: list[State], parts: Iterable[str]) -> None:
        """The lists of which a commitment has no rows yet."""
        for name in parts:
            rows = [row | {"commitment_id": commitment_id} for row in list_rows(name, states, self._keys)]
            if rows:
                self._session.execute(insert(subjects.PARTS[name]), rows)

    def _rebuild_updates(self, commitment_id: int, entries: Sequence[Kept]) -> None:
        told, wanted = models.StatusUpdate, {entry.position: entry for entry in entries if entry.update is not None}
        of_it = told.commitment_id == commitment_id
        present = set(self._session.execute(select(told.position).where(of_it)).scalars())
        self._delete_updates(of_it & told.position.in_(present - wanted.keys()))
        for position in sorted(wanted.keys() - present):
            self.write_update(commitment_id, wanted[position])

    def _delete_updates(self, condition: Any) -> None:
        told, proof = models.StatusUpdate, models.Evidence
        gone = self._session.execute(select(told.id).where(condition)).scalars().all()
        self._session.execute(delete(proof).where(proof.status_update_id.in_(gone)))
        self._session.execute(delete(told).where(told.id.in_(gone)))


def state_columns(state: State, began_on: date, keys: Keys) -> dict[str, Any]:
    """The typed columns of a commitment's state, with what is counted over its entries."""
    counted = subjects.deadline_columns("baseline", state.baseline) | {
        "version": state.version,
        "moves": state.moves,
        "began_on": began_on,
        "valid_from": state.day,
    }
    return subjects.commitment_columns(state.value, keys) | counted


def list_rows(name: str, states: list[State], keys: Keys) -> list[dict[str, Any]]:
    """The rows of one of a commitment's lists, each with the days for which it holds."""
    said = [state for _, same in itertools.groupby(states, partial(_list, name)) for state in [next(same)]]
    return [
        row | {"valid_from": state.day, "valid_to": until}
        for state, until in zip(said, (*(after.day for after in said[1:]), FOREVER), strict=True)
        for row in subjects.part_rows(name, state.value, keys)
    ]


def update_columns(entry: Kept, keys: Keys) -> dict[str, Any]:
    """The columns of the status update that an entry tells."""
    told = dict(entry.update or {})
    return {
        "act_number": entry.number,
        "position": entry.position,
        "effective_on": entry.effective_on,
        "status": told["status"],
        "note": entry.reason,
        "side_id": keys.id("party", told["side"]) if told.get("side") else None,
        "confirmed_by": told.get("confirmed_by", ""),
    }


def evidence_rows(entry: Kept, keys: Keys) -> list[dict[str, Any]]:
    """The evidence of the status update that an entry tells."""
    given = [register.Evidence.model_validate(plain) for plain in (entry.update or {}).get("evidence", ())]
    return [
        {"kind": proof.kind, "value": proof.value, "tier": proof.tier, **subjects.place_columns(proof.place, keys)}
        for proof in given
    ]


def _list(name: str, state: State) -> Any:
    return getattr(state.value, name)
