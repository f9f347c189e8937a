"""The agenda of a day: what is due, what is late, what a lead's desk has not yet seen. From indexes, a few of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, exists, func, insert, literal, or_, select
from sqlalchemy.orm import Session

from tracker.domain.agenda import LINES, AgendaLine, FollowUpView
from tracker.domain.schedule import BANDS, band
from tracker.domain.status import Stage
from tracker.domain.views import CommitmentView
from tracker_db import models
from tracker_db.follow_ups import FollowUps, awaited
from tracker_db.models import Acknowledged
from tracker_db.parties import Directory
from tracker_db.view import Day, Viewer, commitments_on

# So many of each kind at most: an agenda is read by a person.
MOST = 50


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    on: date
    commitment_id: int
    follow_up: models.FollowUp | None = None


class AgendaRows:
    """The lines of an agenda from `day` to `until`.

    Late follow-ups and answers are all listed. A review or a deadline that passed is listed for as many days as lie
    ahead, and again when a deadline's delay enters a further band: the others are counted elsewhere.
    """

    def __init__(self, session: Session, day: Day, until: date, directory: Directory) -> None:
        self._session = session
        self._as_of, self._until = day.as_of, until
        self._ago = until - day.as_of
        self._directory = directory
        self._commitments = commitments_on(session, day.as_of)
        self._viewer = Viewer(session, day, directory)
        self._follow_ups = FollowUps(session, day, directory, self._commitments)
        self._now = self._commitments is models.Commitment.__table__
        self._awaited_on, self._held = awaited(session, day.as_of, now=self._now)

    def lines(
        self, leads: Set[int | None] | None = None, *, unseen_by: str | None = None, most: int = MOST
    ) -> tuple[tuple[AgendaLine, ...], frozenset[str]]:
        """The lines, oldest first, and the kinds of which there are more than `most`.

        `leads` (row numbers; None for what nobody leads) narrows them; `unseen_by` leaves out what the digest of
        that lead (a party's key, or empty) has shown and somebody has acknowledged.
        """
        found: list[_Found] = []
        cut: set[str] = set()
        for kind in LINES:
            some = list(self._some(kind, leads, unseen_by, most + 1))
            some.sort(key=lambda line: line.on)
            found += some[:most]
            cut |= {kind} if len(some) > most else set()
        return self._views(found), frozenset(cut)

    def late(self, leads: Set[int | None]) -> dict[str, int]:
        """How many of these leads' commitments are overdue, and how many reviews of those without a deadline late."""
        c, as_of = self._commitments.c, self._as_of
        # Said by stage alone, and by what it is not: for the indexes that begin with the lead.
        undated = and_(c.deadline_end.is_(None), c.stage.not_in((Stage.PAUSED, Stage.CLOSED)))
        late = {
            "overdue": and_(c.stage == Stage.RUNNING, c.sort_day < as_of),
            "review": and_(undated, c.review_on < as_of),
        }
        counted = select(func.count()).select_from(self._commitments).where(*self._led_by(leads))
        return {kind: self._session.execute(counted.where(fits)).scalar_one() for kind, fits in late.items()}

    def leads(self) -> Iterator[int | None]:
        """Who leads something open, in the order of a Vietnamese list; then None, for what nobody leads."""
        c = self._commitments.c
        # Said by stage, or there is no index for it.
        has_some = exists(literal(1)).where(c.lead_id == models.Party.id, c.stage.in_(set(Stage) - {Stage.CLOSED}))
        ids = set(self._session.execute(select(models.Party.id).where(has_some)).scalars())
        yield from (party_id for party_id in self._directory.by_id if party_id in ids)
        yield None

    def _led_by(self, leads: Set[int | None] | None) -> list[ColumnElement[bool]]:
        c = self._commitments.c
        if leads is None:
            return []
        named = c.lead_id.in_([lead for lead in leads if lead is not None])
        return [or_(named, c.lead_id.is_(None)) if None in leads else named]

    def _some(self, kind: str, leads: Set[int | None] | None, unseen_by: str | None, most: int) -> Iterator[_Found]:
        if kind in ("follow_up", "answer"):
            yield from self._awaited(kind, leads, unseen_by, most)
            return
        c = self._commitments.c
        on = c.review_on if kind == "review" else c.sort_day
        for first, last in self._spans(kind):
            fits = (*self._led_by(leads), *self._of_kind(kind), on >= first, on <= last)
            wanted: Select[Any] = select(c.id, on.label("on")).where(*fits)
            wanted = self._unseen(wanted, kind, c.ref, on, unseen_by).order_by(on, c.ref).limit(most)
            yield from (_Found(kind, row.on, row.id) for row in self._session.execute(wanted))

    def _awaited(self, kind: str, leads: Set[int | None] | None, unseen_by: str | None, most: int) -> Iterator[_Found]:
        """Follow-ups along their own index; whose each is, is asked of one after the other, until there are enough."""
        c, table, on = self._commitments.c, models.FollowUp, self._awaited_on
        done = table.done_on.is_not(None) if kind == "answer" else table.done_on.is_(None)
        wanted: Select[Any] = select(table).where(on <= self._until, self._held, done)
        if leads is not None or not self._now:
            wanted = wanted.where(
                exists(literal(1)).where(c.id == table.commitment_id, c.closed.is_(False), *self._led_by(leads))
            )
        wanted = self._unseen(wanted, kind, table.key, on, unseen_by).order_by(on, table.key).limit(most)
        for kept in self._session.execute(wanted).scalars():
            yield _Found(kind, kept.due_on, kept.commitment_id, kept)

    def _of_kind(self, kind: str) -> list[ColumnElement[bool]]:
        c = self._commitments.c
        match kind:
            case "review":
                # Party by party and by what they are not: for the index of reviews, which begins with the lead.
                led = or_(c.lead_id.in_(list(self._directory.by_id)), c.lead_id.is_(None))
                return [led, c.stage.not_in((Stage.CLOSED,))]
            case "deadline":
                # What has no deadline is sorted by the calendar's last day.
                alive = c.stage.in_((Stage.RUNNING, Stage.CLAIMED))
                return [c.closed.is_(False), alive, c.deadline_end.is_not(None)]
            case _:
                return [c.closed.is_(False), c.stage == Stage.RUNNING]

    def _spans(self, kind: str) -> Iterator[tuple[date, date]]:
        """The first and last days on which such a line falls."""
        match kind:
            case "review":
                yield _before(self._as_of, self._ago), self._until
            case "deadline":
                yield self._as_of, self._until
            case _:
                # Into each band within the last days, as many as lie ahead; no further than to the next band.
                days = max(self._ago.days, 1)
                for late, last in BANDS:
                    longest = late + days - 1 if last is None else min(late + days - 1, last)
                    yield _before(self._as_of, timedelta(days=longest)), _before(self._as_of, timedelta(days=late))

    def _unseen(self, wanted: Select[Any], kind: str, ref: Any, on: Any, lead: str | None) -> Select[Any]:
        if lead is None:
            return wanted
        late = [
            (on >= _before(self._as_of, timedelta(days=last)), band(first)) for first, last in BANDS if last is not None
        ]
        in_band = case((on >= self._as_of, ""), *late, else_=band(BANDS[-1][0]))
        seen = and_(
            Acknowledged.lead == lead,
            Acknowledged.kind == kind,
            Acknowledged.ref == ref,
            Acknowledged.day == on,
            Acknowledged.band == in_band,
        )
        return wanted.where(~exists(literal(1)).where(seen))

    def _views(self, found: list[_Found]) -> tuple[AgendaLine, ...]:
        ids = {line.commitment_id for line in found}
        c = self._commitments.c
        rows = self._session.execute(select(self._commitments).where(c.id.in_(ids))).all() if ids else []
        shown = dict(zip((row.id for row in rows), self._viewer.of(rows), strict=True))
        lines = (
            AgendaLine(
                line.kind,
                line.on,
                band((self._as_of - line.on).days) if line.on < self._as_of else "",
                shown[line.commitment_id],
                self._shown(line.follow_up, shown[line.commitment_id]) if line.follow_up else None,
            )
            for line in found
        )
        return tuple(sorted(lines, key=lambda line: (line.on, LINES.index(line.kind), line.subject_ref)))

    def _shown(self, kept: models.FollowUp, commitment: CommitmentView) -> FollowUpView:
        return self._follow_ups.view(kept, commitment.ref, commitment.title, shut=commitment.status.closed)


def acknowledge(session: Session, lead: str, lines: Iterable[AgendaLine], actor: str, at: datetime) -> None:
    """These lines of a lead's digest are not shown in it again until their day or their band is another one."""
    table = Acknowledged
    for line in lines:
        key = {"lead": lead, "kind": line.kind, "ref": line.subject_ref}
        session.execute(delete(table).filter_by(**key))
        session.execute(insert(table).values(**key, day=line.on, band=line.band, actor=actor, at=at))


def _before(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min
