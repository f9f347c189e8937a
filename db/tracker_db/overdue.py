"""The overdue report: counts first, then its sections, each by lead and then by deadline, from indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, case, exists, func, literal, select
from sqlalchemy.orm import Session

from tracker.domain import lateness, query, views
from tracker.domain.schedule import BANDS, BUCKET_OF, BUCKETS, Schedule, band, last_soon_day
from tracker.domain.status import Stage
from tracker_db import models
from tracker_db.filters import Filter, is_everything
from tracker_db.parties import Directory
from tracker_db.schedule import schedule_of
from tracker_db.view import CHUNK, Day, Viewer, commitments_on, stretches_on


class OverdueRows:
    """The rows of an overdue report. Raises NotFound for a party nobody knows."""

    def __init__(self, session: Session, day: Day, term: query.Term, *, with_leads_only: bool = False) -> None:
        self._session = session
        self._day = day
        self._commitments = commitments_on(session, day.as_of)
        self._directory = Directory(session)
        self._viewer = Viewer(session, day, self._directory)
        self._term = term
        self._condition = Filter(session, self._commitments, day, self._directory).where(self._term)
        self._only_lead = with_leads_only

    def counts(self) -> lateness.Counts:
        """The buckets. Over the whole register they come from the tally, whatever its size."""
        buckets = dict.fromkeys(BUCKETS, 0)
        for state, number in self._states.items():
            buckets[BUCKET_OF[state]] += number
        return lateness.Counts(buckets)

    def sizes(self) -> dict[str, int]:
        """How many rows each section has."""
        return {section: self._states.get(Schedule(section), 0) for section in lateness.SECTIONS}

    def section(self, name: str, limit: int | None = None) -> Iterator[views.CommitmentView]:
        """The rows of a section: leads in the order of a Vietnamese list, those without a lead last."""
        return self._viewer.stream(self._rows(name, limit))

    def late(self) -> tuple[lateness.LeadLateness, ...]:
        """The overdue by lead and band, in the order of the sections."""
        bounds = [(self._day.as_of - timedelta(days=last), band(last)) for _first, last in BANDS if last]
        by_id = self._directory.by_id
        counted: dict[int | None, dict[str, int]] = {}
        for part, condition in self._stretches:
            c = part.c
            which = case(*((c.sort_day >= day, name) for day, name in bounds), else_=band(BANDS[-1][0]))
            overdue = self._in_section("overdue", part)
            grouped = select(c.lead_id, which, func.count()).where(condition, overdue).group_by(c.lead_id, which)
            for lead_id, name, number in self._session.execute(grouped):
                bands = counted.setdefault(lead_id, {})
                bands[name] = bands.get(name, 0) + number
        return tuple(
            lateness.LeadLateness(None if lead_id is None else by_id[lead_id].listing.name, counted[lead_id])
            for lead_id in (*by_id, None)
            if lead_id in counted
        )

    def soonest(self, limit: int) -> tuple[views.CommitmentView, ...]:
        """The next deadlines."""
        c = self._commitments.c
        wanted = select(self._commitments).where(self._condition, self._in_section("due_soon"))
        return tuple(self._viewer.stream(self._fetched(wanted.order_by(c.sort_day, c.ref).limit(limit))))

    @property
    def _is_now(self) -> bool:
        return self._commitments is models.Commitment.__table__

    @cached_property
    def _states(self) -> Mapping[Schedule, int]:
        return tallied(self._session, self._day) if self._is_now and is_everything(self._term) else self._counted()

    @cached_property
    def _stretches(self) -> list[tuple[FromClause, ColumnElement[bool]]]:
        """What the day is put together from, each with the condition on it."""
        return [
            (part, Filter(self._session, part, self._day, self._directory).where(self._term))
            for part in stretches_on(self._session, self._day.as_of)
        ]

    def _counted(self) -> Mapping[Schedule, int]:
        counted: Counter[Schedule] = Counter()
        for part, condition in self._stretches:
            state = schedule_of(part, self._day.as_of, self._day.soon_days)
            grouped = select(state, func.count()).select_from(part).where(condition).group_by(state)
            for name, number in self._session.execute(grouped):
                counted[Schedule(name)] += number
        return counted

    def _in_section(self, name: str, commitments: FromClause | None = None) -> ColumnElement[bool]:
        c, as_of = (self._commitments if commitments is None else commitments).c, self._day.as_of
        match name:
            case "overdue":
                return and_(c.stage == Stage.RUNNING, c.sort_day < as_of)
            case "late_claim":
                return and_(c.stage == Stage.CLAIMED, c.sort_day < as_of)
            case "paused":
                return c.stage == Stage.PAUSED
            case "review_due":
                # Said by what it is not, or SQLite would take the index by stage, which has another order.
                alive = c.stage.not_in((Stage.PAUSED, Stage.CLOSED))
                return and_(c.deadline_end.is_(None), alive, c.review_on < as_of)
            case _:
                soon = last_soon_day(as_of, self._day.soon_days)
                return and_(c.stage.in_((Stage.RUNNING, Stage.CLAIMED)), c.sort_day >= as_of, c.sort_day <= soon)

    def _order(self, name: str) -> list[ColumnElement[Any]]:
        c = self._commitments.c
        return [c.review_on if name == "review_due" else c.sort_day, c.ref]

    def _rows(self, name: str, limit: int | None) -> Iterator[Row[Any]]:
        condition = and_(self._condition, self._in_section(name))
        c = self._commitments.c
        order = self._order(name)
        wanted = select(self._commitments).where(condition)
        # Lead by lead: each comes from an index in its order, and nothing is sorted.
        left = limit
        for lead_id in self._leads(condition):
            if left == 0:
                return
            lead = c.lead_id.is_(None) if lead_id is None else c.lead_id == lead_id
            # By lead too, though there is but one: PostgreSQL sees only so that the index has the order.
            for row in self._fetched(wanted.where(lead).order_by(c.lead_id, *order).limit(left)):
                yield row
                left = None if left is None else left - 1

    def _fetched(self, statement: Select[Any]) -> Iterator[Row[Any]]:
        return iter(self._session.execute(statement.execution_options(yield_per=CHUNK)))

    def _leads(self, condition: ColumnElement[bool]) -> Iterator[int | None]:
        has_some = exists(literal(1)).select_from(self._commitments)
        has_some = has_some.where(self._commitments.c.lead_id == models.Party.id, condition)
        ids = set(self._session.execute(select(models.Party.id).where(has_some)).scalars())
        yield from (party_id for party_id in self._directory.by_id if party_id in ids)
        if not self._only_lead:
            yield None


def tallied(session: Session, day: Day) -> Mapping[Schedule, int]:
    """How many commitments of the present register are in each state; what is not due counts as in its window."""
    tally = models.Tally
    soon = last_soon_day(day.as_of, day.soon_days)
    when = case((tally.day < day.as_of, "past"), (tally.day <= soon, "soon"), else_="later").label("at")
    states: dict[Schedule, int] = {}
    for kind, at, number in session.execute(
        select(tally.kind, when, func.sum(tally.number)).group_by(tally.kind, when)
    ):
        match kind, at:
            case "review", _:
                state = Schedule.REVIEW_DUE if at == "past" else Schedule.NO_DEADLINE
            case "running" | "claimed", "past":
                state = Schedule.OVERDUE if kind == "running" else Schedule.LATE_CLAIM
            case "running" | "claimed", _:
                # In the window or not due: one bucket, and no section needs them apart.
                state = Schedule.DUE_SOON if at == "soon" else Schedule.IN_WINDOW
            case _:
                state = Schedule(kind)
        states[state] = states.get(state, 0) + number
    return states
