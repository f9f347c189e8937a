"""What happened to commitments in a stretch of time, by effective day; acts that are taken back do not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, func, select
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker.domain.history import ActKind
from tracker.domain.register import Commitment
from tracker.domain.reported import AnswerCame, EvidenceCame, Happening, Part
from tracker.domain.views import CommitmentView, EvidenceView
from tracker_db import chains, models
from tracker_db.filters import Filter
from tracker_db.follow_ups import FollowUps, held_on
from tracker_db.parties import Directory
from tracker_db.scan import behind_plus
from tracker_db.undo import numbers_undone
from tracker_db.view import CHUNK, Day, Viewer, commitments_on

KINDS = {"added": ActKind.ADD, "moved": ActKind.MOVE, "marked": ActKind.MARK, "amended": ActKind.AMEND}
# Its entries stand under the day of their source by design: they are never late.
CURATED = "seed"


class Happened:
    """From `since` on until the day, both counted, of the commitments that match. `zone` says which day it was."""

    def __init__(
        self,
        session: Session,
        day: Day,
        directory: Directory,
        term: query.Term,
        *,
        since: date,
        zone: tzinfo,
        limit: int | None = None,
    ) -> None:
        self._session, self._day, self._directory = session, day, directory
        self._since, self._zone, self._limit = since, zone, limit
        self._commitments: FromClause = commitments_on(session, day.as_of)
        self._condition = Filter(session, self._commitments, day, directory).where(term)
        # For entries that are found first: SQLite would try every commitment that matches against each of them.
        self._one_by_one = Filter(session, self._commitments, day, directory, row_by_row=True).where(term)
        # The last entry's day: whatever was told of these days left it there or later, and it has an index.
        self._touched = self._condition, self._commitments.c.valid_from >= since

    def told(self, kind: str) -> Part[Happening]:
        """What acts of a kind did, by day. Before all days: what was recorded since then of an earlier one."""
        acted = KINDS[kind]
        # What is told of no entry is not looked for.
        wanted = [self._entries(late=late).where(models.Entry.kind == acted) for late in self._told_of(acted)]
        return Part(sum(counted.get(acted, 0) for counted in self._counts.values()), self._happenings(kind, *wanted))

    def evidence(self) -> Part[EvidenceCame]:
        """The pieces of evidence that status updates of these days brought."""
        told, proof, c = models.StatusUpdate, models.Evidence, self._commitments.c
        wanted: Select[*tuple[Any, ...]] = (
            select(proof.id, told.commitment_id, told.effective_on, told.note)
            .join(told, told.id == proof.status_update_id)
            .join(self._commitments, c.id == told.commitment_id)
            .where(*self._touched, told.effective_on.between(self._since, self._day.as_of))
        )
        ordered = wanted.order_by(told.effective_on, c.ref, told.position, proof.id).limit(self._limit)
        return Part(self._count(wanted), self._came(ordered))

    def answers(self) -> Part[AnswerCame]:
        """The answers to follow-ups that came on these days."""
        step, c = models.FollowUp, self._commitments.c
        days = (self._since, self._day.as_of)
        wanted: Select[*tuple[Any, ...]] = (
            select(step, step.commitment_id)
            .join(self._commitments, c.id == step.commitment_id)
            .where(step.valid_from.between(*days), held_on(self._day.as_of), step.answered_on.between(*days))
            .where(self._condition)
        )
        return Part(self._count(wanted), self._answered(wanted.order_by(step.answered_on, step.key).limit(self._limit)))

    @cached_property
    def _counts(self) -> dict[bool, dict[str, int]]:
        """How many late entries and how many others there are of each kind: all kinds are counted in one walk."""
        counted = {}
        for late in (True, False):
            kind = models.Entry.kind
            wanted = self._entries(late=late).with_only_columns(kind, func.count().label("number")).group_by(kind)
            counted[late] = {row.kind: row.number for row in self._session.execute(wanted)}
        return counted

    def _told_of(self, kind: ActKind) -> Iterator[bool]:
        return (late for late, counted in self._counts.items() if counted.get(kind))

    def _entries(self, *, late: bool) -> Select[*tuple[Any, ...]]:
        entry, act, c = models.Entry, models.Act, self._commitments.c
        wanted = (
            select(entry.ref, entry.position, entry.effective_on, act.actor, act.channel, act.recorded_at, c.id)
            .join(act, act.number == entry.act_number)
            .join(self._commitments, c.ref == entry.ref)
            .where(entry.kind.in_(KINDS.values()), act.undoes.is_(None), entry.act_number.not_in(numbers_undone()))
        )
        subject = entry.subject == Commitment.kind_of_subject
        if not late:
            # By their refs, or SQLite would read the entries of all commitments.
            refs = select(c.ref).where(*self._touched)
            return wanted.where(subject, entry.ref.in_(refs), entry.effective_on.between(self._since, self._day.as_of))
        first, after = (self._begins(day) for day in (self._since, self._day.as_of + timedelta(days=1)))
        recorded = select(act.number).where(act.recorded_at >= first, act.recorded_at < after, act.channel != CURATED)
        if self._session.connection().dialect.name == "sqlite":
            # By their acts, for the same reason.
            subject = behind_plus(entry.__table__.c.subject) == Commitment.kind_of_subject
        return wanted.where(subject, self._one_by_one, entry.act_number.in_(recorded), entry.effective_on < self._since)

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)

    def _count(self, wanted: Select[*tuple[Any, ...]]) -> int:
        return self._session.execute(select(func.count()).select_from(wanted.order_by(None).subquery())).scalar_one()

    def _happenings(self, kind: str, *wanted: Select[*tuple[Any, ...]]) -> Iterator[Happening]:
        left = self._limit
        for part in wanted:
            if left == 0:
                return
            ordered = part.order_by(models.Entry.effective_on, models.Entry.ref, models.Entry.position).limit(left)
            for rows in self._chunks(ordered):
                left = None if left is None else left - len(rows)
                views, tellings = self._views({row.id for row in rows}), self._told(rows)
                evidence = self._evidence_of(rows) if kind == "marked" else {}
                for row in rows:
                    kept, before, after = tellings[row.ref, row.position]
                    update = kept.update or {}
                    recorded_on = row.recorded_at.astimezone(self._zone).date()
                    yield Happening(
                        kind,
                        row.effective_on,
                        recorded_on,
                        row.channel != CURATED and recorded_on > row.effective_on,
                        row.actor,
                        kept.reason,
                        views[row.id],
                        before,
                        after,
                        self._directory.one(update["side"]).listing.name if update.get("side") else None,
                        update.get("confirmed_by", ""),
                        tuple(evidence.get((row.id, row.position), ())),
                    )

    def _told(
        self, rows: Sequence[Row[Any]]
    ) -> dict[tuple[str, int], tuple[chains.Kept, Commitment | None, Commitment]]:
        """Each entry with the commitment before and after it, as all that counts adds up."""
        found = {}
        for ref, entries in chains.kept_of(
            self._session, Commitment.kind_of_subject, {row.ref for row in rows}
        ).items():
            before: Commitment | None = None
            for kept, after in chains.values(Commitment, entries):
                found[ref, kept.position] = kept, before, after
                before = after
        return found

    def _views(self, ids: set[int]) -> dict[int, CommitmentView]:
        rows = self._session.execute(select(self._commitments).where(self._commitments.c.id.in_(ids))).all()
        viewer = Viewer(self._session, self._day, self._directory)
        return dict(zip((row.id for row in rows), viewer.of(rows), strict=True))

    def _evidence_of(self, rows: Sequence[Row[Any]]) -> dict[tuple[int, int], list[EvidenceView]]:
        told = models.StatusUpdate
        found: dict[tuple[int, int], list[EvidenceView]] = defaultdict(list)
        for row in self._proofs(told.commitment_id.in_({row.id for row in rows})):
            found[row.commitment_id, row.position].append(_evidence(row))
        return found

    def _proofs(self, condition: ColumnElement[bool]) -> Sequence[Row[Any]]:
        told, proof, document = models.StatusUpdate, models.Evidence, models.Document
        place = (proof.paragraph, proof.start, proof.end)
        return self._session.execute(
            select(proof.id, told.commitment_id, told.position, proof.kind, proof.value, proof.tier, *place)
            .add_columns(document.file, document.sha256)
            .join(told, told.id == proof.status_update_id)
            .outerjoin(document, document.id == proof.document_id)
            .where(condition)
            .order_by(proof.id)
        ).all()

    def _came(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[EvidenceCame]:
        for rows in self._chunks(wanted):
            views = self._views({row.commitment_id for row in rows})
            proofs = {row.id: row for row in self._proofs(models.Evidence.id.in_([row.id for row in rows]))}
            for row in rows:
                yield EvidenceCame(row.effective_on, views[row.commitment_id], row.note, _evidence(proofs[row.id]))

    def _answered(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[AnswerCame]:
        steps = FollowUps(self._session, self._day, self._directory, self._commitments)
        for rows in self._chunks(wanted):
            views = self._views({row.commitment_id for row in rows})
            for row in rows:
                step, view = row[0], views[row.commitment_id]
                shown = steps.view(step, view.ref, view.title, shut=view.status.closed)
                yield AnswerCame(step.answered_on, view, shown)

    def _chunks(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[list[Row[Any]]]:
        waiting = iter(self._session.execute(wanted.execution_options(yield_per=CHUNK)))
        while chunk := list(islice(waiting, CHUNK)):
            yield chunk


def _evidence(row: Row[Any]) -> EvidenceView:
    return EvidenceView(row.kind, row.file or row.value, row.tier, row.paragraph, None, row.sha256, row.start, row.end)
