"""How many commitments are in which bucket: by lead, by the period in which they end, and in other scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from tracker.domain import query
from tracker.domain.lateness import Counts
from tracker.domain.reported import Tallied
from tracker.domain.scales import SCALES, Span, grade
from tracker.domain.schedule import BUCKET_OF, BUCKETS, Schedule
from tracker.domain.status import Status
from tracker_db.filters import Filter
from tracker_db.parties import Directory
from tracker_db.scan import ORDERED, unindexed
from tracker_db.schedule import schedule_of
from tracker_db.view import Day, stretches_on

Totals = dict[str, Counts]


class Scores:
    """Counts of the commitments that match on a day, grouped by the database from the index of the default order."""

    def __init__(
        self, session: Session, day: Day, directory: Directory, term: query.Term, *, by: Span, silent_days: int
    ) -> None:
        self._session, self._day, self._directory, self._by = session, day, directory, by
        # What the day is put together from: each is counted by itself.
        self._stretches = [
            (part, Filter(session, part, day, directory, scanning=True).where(term))
            for part in stretches_on(session, day.as_of)
        ]
        self._silent_since = day.as_of - timedelta(days=silent_days)

    def tallied(self) -> Tallied:
        """All of it, with two questions to the database."""
        by_lead: Counter[tuple[int | None, str]] = Counter()
        scales: dict[str, Counter[str]] = {scale: Counter() for scale in SCALES}
        for lead_id, status, state, is_silent, number in self._counted(
            lambda c, state: (c.lead_id, c.status, state, case((c.valid_from < self._silent_since, 1), else_=0))
        ):
            by_lead[lead_id, BUCKET_OF[Schedule(state)]] += number
            for scale, grades in scales.items():
                grades[grade(scale, Status(status), Schedule(state), silent=bool(is_silent))] += number
        by_period: Counter[tuple[str, str]] = Counter()
        for end, state, number in self._counted(lambda c, state: (c.deadline_end, state)):
            by_period[self._by.of(end) if end else query.NOBODY, BUCKET_OF[Schedule(state)]] += number
        return Tallied(
            _together(by_lead, self._key_of, [*(known.listing.key for known in self._directory.by_id.values())]),
            # Letters stand after digits, and so what has no deadline stands last.
            _together(by_period, str, sorted({period for period, _bucket in by_period})),
            {scale: {name: grades[name] for name in SCALES[scale]} for scale, grades in scales.items()},
        )

    def _counted(self, values: Callable[[Any, ColumnElement[str]], tuple[ColumnElement[Any], ...]]) -> Iterator[Any]:
        for part, condition in self._stretches:
            columns = unindexed(part, self._session.connection().dialect, ORDERED)
            by = values(columns.c, schedule_of(columns, self._day.as_of, self._day.soon_days))
            asked = select(*by, func.count()).select_from(part).where(condition)
            yield from self._session.execute(asked.group_by(*by))

    def _key_of(self, lead_id: Any) -> str:
        return query.NOBODY if lead_id is None else self._directory.by_id[lead_id].listing.key


def _together(
    counted: Counter[tuple[Any, str]], key_of: Callable[[Any], Hashable], order: list[str]
) -> dict[str, Counts]:
    found: dict[Any, dict[str, int]] = {}
    for (what, bucket), number in counted.items():
        buckets = found.setdefault(key_of(what), dict.fromkeys(BUCKETS, 0))
        buckets[bucket] += number
    keys = [*(key for key in order if key in found), *(key for key in found if key not in order)]
    return {key: Counts(found[key]) for key in keys}
