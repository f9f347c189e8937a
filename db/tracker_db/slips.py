"""How far deadlines were moved from their baselines: each, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Row, Select, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker.domain.codes import PARTNER_ROLES
from tracker.domain.history import ActKind
from tracker.domain.register import Commitment
from tracker.domain.reported import Part, Slip, SlipSum
from tracker.domain.views import CommitmentView
from tracker_db import chains, models
from tracker_db.filters import Filter, held
from tracker_db.parties import Directory
from tracker_db.view import CHUNK, Day, Viewer, commitments_on


class Slips:
    """Of the commitments that match, those whose deadline was moved: found by their own index."""

    def __init__(self, session: Session, day: Day, directory: Directory, term: query.Term) -> None:
        self._session, self._day, self._directory = session, day, directory
        self._commitments: FromClause = commitments_on(session, day.as_of)
        c = self._commitments.c
        self._moved = c.moves > 0, Filter(session, self._commitments, day, directory).where(term)
        self._days = _between(session, c.baseline_end, c.deadline_end)

    def total(self) -> SlipSum:
        """What all of it adds up to."""
        row = self._session.execute(self._sums().select_from(self._commitments).where(*self._moved)).one()
        return SlipSum("", None, row.number, row.moves or 0, row.days or 0)

    def moved(self, limit: int | None = None) -> Part[Slip]:
        """Each, the furthest first; what has no end, then or now, last."""
        c = self._commitments.c
        wanted = select(self._commitments, self._days.label("slipped")).where(*self._moved)
        number = self._session.execute(select(func.count()).select_from(self._commitments).where(*self._moved))
        order = (self._days.desc().nulls_last(), c.moves.desc(), c.ref)
        return Part(number.scalar_one(), self._rows(wanted.order_by(*order).limit(limit)))

    def leads(self, limit: int | None = None) -> Part[SlipSum]:
        """Added up by lead, the most days first."""
        c = self._commitments.c
        wanted = self._sums(c.lead_id.label("party")).select_from(self._commitments).where(*self._moved)
        return self._named(wanted.group_by(c.lead_id), limit)

    def partners(self, limit: int | None = None) -> Part[SlipSum]:
        """Added up by partner; a commitment with several stands under each of them."""
        part, c = models.Participation, self._commitments.c
        home = self._directory.home(self._day.home)
        theirs = (part.role.in_(PARTNER_ROLES), part.party_id.not_in(home), held(part, self._day))
        # Once, whatever the number of its roles.
        once = select(part.commitment_id, part.party_id).where(*theirs).distinct().subquery()
        wanted = (
            self._sums(once.c.party_id.label("party"))
            .select_from(self._commitments)
            .join(once, once.c.commitment_id == c.id)
            .where(*self._moved)
        )
        return self._named(wanted.group_by(once.c.party_id), limit)

    def _sums(self, *columns: Any) -> Select[*tuple[Any, ...]]:
        c = self._commitments.c
        return select(
            *columns,
            func.count().label("number"),
            func.sum(c.moves).label("moves"),
            func.sum(self._days).label("days"),
        )

    def _named(self, wanted: Select[*tuple[Any, ...]], limit: int | None) -> Part[SlipSum]:
        found = [self._sum(row) for row in self._session.execute(wanted)]
        found.sort(key=lambda sum_: (-sum_.days, -sum_.moves, sum_.key))
        return Part(len(found), found[:limit])

    def _sum(self, row: Row[Any]) -> SlipSum:
        party = self._directory.by_id[row.party].listing if row.party is not None else None
        key, name = (party.key, party.name) if party else (query.NOBODY, None)
        return SlipSum(key, name, row.number, row.moves, row.days or 0)

    def _rows(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[Slip]:
        viewer = Viewer(self._session, self._day, self._directory)
        waiting = iter(self._session.execute(wanted.execution_options(yield_per=CHUNK)))
        while chunk := list(islice(waiting, CHUNK)):
            chains_of = chains.kept_of(self._session, Commitment.kind_of_subject, {row.ref for row in chunk})
            for row, view in zip(chunk, viewer.of(chunk), strict=True):
                yield self._slip(row.slipped, view, chains_of[row.ref])

    def _slip(self, days: int | None, view: CommitmentView, entries: Sequence[chains.Kept]) -> Slip:
        """With the last move by that day: its reason, and the citations that it brought."""
        last: chains.Kept | None = None
        brought: set[tuple[str, int, int]] = set()
        before: Commitment | None = None
        for kept, value in chains.values(Commitment, entries):
            if kept.effective_on <= self._day.as_of and kept.kind == ActKind.MOVE:
                known = before.sources if before else ()
                last, brought = kept, {(p.document, p.start, p.end) for p in value.sources if p not in known}
            before = value
        return Slip(
            view,
            days,
            last.effective_on if last else None,
            last.reason if last else "",
            tuple(source for source in view.sources if (source.sha256, source.start, source.end) in brought),
        )


def _between(session: Session, first: ColumnElement[Any], last: ColumnElement[Any]) -> ColumnElement[int | None]:
    """The days from one column's day to another's, in the words of the engine."""
    if session.connection().dialect.name == "sqlite":
        return cast(func.julianday(last) - func.julianday(first), Integer)
    return type_coerce(last - first, Integer)
