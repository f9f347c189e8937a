"""Acts and entries: every change to the register is written here, in one transaction.

The entries are the truth. Rows, versions, lists, search and tally are made from them, so that any day is a query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tracker.domain import history, register
from tracker.domain.change import changes
from tracker.domain.follow_up import FollowUp
from tracker.domain.history import Act, ActKind, Entry, canonical
from tracker.domain.saved_view import StoredView
from tracker_db import chains, models
from tracker_db.chains import Kept, kept_entries, refuse_closing_twice
from tracker_db.derived import Derived
from tracker_db.types import FOREVER

S = TypeVar("S", bound=register.Subject)
KINDS: Mapping[str, type[register.Subject]] = {
    kind.kind_of_subject: kind
    for kind in (
        *(register.Commitment, register.Party, register.Document, register.Event, register.Figure),
        *(FollowUp, StoredView),
    )
}


@dataclass(slots=True)
class _Head:
    """Where a subject's chain ends: its entries so far in this transaction."""

    position: int = 0
    hash: str = history.NOTHING_BEFORE
    entries: list[Kept] = field(default_factory=list)


# The fields of a party by which its commitments are found.
NAMES = {"name", "aliases"}
_ENTRY_COLUMNS = ("kind", "subject", "ref", "position", "effective_on", "reason")


class Recorder:
    """Writes one act: `put` each changed subject, then `close`. Nothing counts until the transaction commits."""

    def __init__(self, session: Session, act: Act) -> None:
        self.session = session
        self.act = act
        self._derived = Derived(session)
        self._heads: dict[tuple[str, str], _Head] = {}
        self._entries: list[tuple[Entry, str, str]] = []
        self._updates: list[tuple[int, Kept]] = []

    def value(self, kind: type[S], ref: str, on: date = FOREVER) -> S | None:
        """The subject as it stands after all entries effective by `on`, or None when there is none by then."""
        return chains.value_on(kind, self.entries(kind.kind_of_subject, ref), on)

    def version(self, kind: type[register.Subject], ref: str) -> int:
        """How many entries the subject has: the version that a person sees."""
        return self._head(kind.kind_of_subject, ref).position

    def began_on(self, kind: type[register.Subject], ref: str) -> date:
        """The day from which the subject is in the register."""
        return chains.counting(self.entries(kind.kind_of_subject, ref))[0].effective_on

    def last_day(self, kind: type[register.Subject], ref: str) -> date:
        """The effective day of its latest entry."""
        return chains.counting(self.entries(kind.kind_of_subject, ref))[-1].effective_on

    def value_at_version(self, kind: type[S], ref: str, version: int) -> S | None:
        """The subject as a person saw it after its first `version` entries."""
        known = [kept for kept in self.entries(kind.kind_of_subject, ref) if kept.position <= version]
        return chains.value_on(kind, known)

    def entries(self, kind: str, ref: str) -> Sequence[Kept]:
        """A subject's entries, those of this act among them, in the order in which they count."""
        return self._head(kind, ref).entries

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
        change = changes(before, value, asserted)
        kind = kind if before is not None else ActKind.ADD
        kept = self._append(Entry(kind, subject, ref, head.position + 1, effective_on, change, reason, update))
        if isinstance(value, register.Commitment):
            refuse_closing_twice(ref, head.entries)
            commitment_id = self._derived.extend(ref, head.entries, effective_on, change.keys())
            if update is not None:
                self._updates.append((commitment_id, kept))
        else:
            self._derived.save(type(value), head.entries)
            if isinstance(value, register.Party) and before is not None and change.keys() & NAMES:
                self._find_by_new_names(value)
        return True

    def reverse(self, act: str, subjects: Sequence[tuple[str, str]], on: date) -> None:
        """Take an act back; with the id of an undo, bring back what it took. `subjects` are all that the act changed.

        Each gets an entry that says what changes today; it counts for nothing itself, but from now on those of the
        act count no more, or again. Raises ChangeNotAllowed when a closed status would follow a closed one.
        """
        self.act = replace(self.act, undoes=act)
        turned: list[tuple[str, str, list[Kept]]] = []
        for kind, ref in subjects:
            counted, before = chains.counting(self.entries(kind, ref)), self.value(KINDS[kind], ref)
            position = self._head(kind, ref).position + 1
            named = Kept(position, on, self.act.kind, {}, "", self.act.id, act)
            after = chains.value_on(KINDS[kind], [*self.entries(kind, ref), named])
            self._append(Entry(self.act.kind, kind, ref, position, on, changes(before, after)))
            entries = self.entries(kind, ref)
            counting = chains.counting(entries)
            turned.append((kind, ref, [kept for kept in entries if (kept in counted) != (kept in counting)]))
        # What others point at comes first and goes last.
        for kind, ref, those in reversed(turned) if self.act.kind is ActKind.UNDO else turned:
            self._settle(kind, ref, those)

    def close(self) -> int:
        """Number and seal the act, write its entries, and give the number; 0 when nothing was put."""
        if not self._entries:
            return 0
        self._derived.write_tally()
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
        for commitment_id, kept in self._updates:
            self._derived.write_update(commitment_id, replace(kept, number=number))
        return number

    def _head(self, kind: str, ref: str) -> _Head:
        if (kind, ref) not in self._heads:
            entries = kept_entries(self.session, kind, ref)
            last = max(entries, key=lambda entry: entry.position, default=None)
            self._heads[kind, ref] = _Head(last.position, last.hash, entries) if last else _Head()
        return self._heads[kind, ref]

    def _append(self, entry: Entry) -> Kept:
        head = self._head(entry.subject, entry.ref)
        digest = history.entry_hash(self.act, entry, head.hash)
        self._entries.append((entry, head.hash, digest))
        kept = Kept(
            position=entry.position,
            effective_on=entry.effective_on,
            kind=entry.kind,
            change=entry.change,
            hash=digest,
            act=self.act.id,
            undoes=self.act.undoes,
            reason=entry.reason,
            update=entry.update,
        )
        head.position, head.hash = kept.position, digest
        head.entries.append(kept)
        head.entries.sort(key=lambda kept: (kept.effective_on, kept.position))
        return kept

    def _settle(self, kind: str, ref: str, turned: Sequence[Kept]) -> None:
        """What is made from a subject's entries, made again after those that `turned` count no more, or again."""
        entries = self.entries(kind, ref)
        if kind == register.Commitment.kind_of_subject:
            refuse_closing_twice(ref, entries)
            self._derived.rebuild(ref, entries, turned)
            return
        now = chains.value_on(KINDS[kind], entries)
        if now is None:
            self._derived.drop(kind, ref)
            return
        self._derived.save(KINDS[kind], entries)
        if isinstance(now, register.Party) and any(kept.change.keys() & NAMES for kept in turned):
            self._find_by_new_names(now)

    def _find_by_new_names(self, party: register.Party) -> None:
        for row_id, ref in self._derived.led_or_joined_by(party.key):
            value = self.value(register.Commitment, ref)
            if value is not None:
                self._derived.find(row_id, value)


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
    """The next free ref of a prefix and year. None is used twice, not even one whose commitment was taken back."""
    stem = f"{prefix}-{year}-"
    given, entry, act = models.Commitment.ref, models.Entry.ref, models.Act
    # Only an undo takes a commitment out, and there are few of them.
    taken_back = (
        select(entry)
        .join(act, act.number == models.Entry.act_number)
        .where(act.undoes > "", models.Entry.subject == register.Commitment.kind_of_subject)
    )
    last = 0
    for statement, ref in ((select(given), given), (taken_back, entry)):
        found = session.execute(
            statement.where(ref >= stem, ref < stem + ":").order_by(func.length(ref).desc(), ref.desc()).limit(1)
        ).scalar_one_or_none()
        last = max(last, int(found.removeprefix(stem)) if found else 0)
    return f"{stem}{last + 1:03d}"
