"""How many of what matches have which value: facets to narrow a query by, and the groups of a list.

All are read from indexes that hold every column they need; over the whole register some numbers are kept in the tally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, func, inspect, select
from sqlalchemy.orm import Session

from tracker.domain import query, views
from tracker.domain.codes import PARTNER_ROLES, SECTORS
from tracker.domain.register import Words
from tracker.domain.schedule import Schedule, last_soon_day
from tracker.domain.status import Stage, Status
from tracker_db import models
from tracker_db.filters import Filter, held, is_everything
from tracker_db.overdue import tallied
from tracker_db.parties import directory_of
from tracker_db.queries import count
from tracker_db.scan import ORDERED, are_many, behind_plus, unindexed
from tracker_db.schedule import schedule_of
from tracker_db.view import Day, commitments_on

# So many values of a facet are named; of the others it is said how many there are.
MOST = 50


class Counting:
    """Counts of what matches a query on a day. Raises NotFound for a party nobody knows."""

    def __init__(self, session: Session, text: str, day: Day) -> None:
        self._session = session
        self._text = text
        self._day = day
        self._term = query.parse_query(text)
        self._commitments = commitments_on(session, day.as_of)
        now = self._commitments is models.Commitment.__table__
        self._is_everything = now and is_everything(self._term)
        self._dialect = session.connection().dialect
        self._columns = unindexed(self._commitments, self._dialect, ORDERED)
        self._directory = directory_of(session)
        self._filter = Filter(session, self._commitments, day, self._directory, scanning=True)
        self._condition = self._filter.where(self._term)

    def facet(self, name: str) -> views.Facet:
        """The values of one of the domain's FACETS, most first."""
        match name:
            case "lead" | "partner":
                counted = [self._party(party_id, number) for party_id, number in self._by(name).items()]
            case "doc":
                counted = self._documents()
            case _:
                counted = [
                    views.FacetValue(query.quoted(str(value)), None, found) for value, found in self._by(name).items()
                ]
        counted.sort(key=lambda value: (-value.count, value.value))
        return views.Facet(name, tuple(counted[:MOST]), max(len(counted) - MOST, 0))

    def groups(self, by: str) -> tuple[views.Group, ...]:
        """The groups of the list by one of the domain's GROUPINGS, in their own order; who has no lead, partner or
        deadline stands last."""
        match by:
            case "lead" | "partner":
                parties = self._by(by)
                known = [party_id for party_id in self._directory.by_id if party_id in parties]
                values = [self._party(party_id, parties[party_id]) for party_id in known]
                if nobody := parties[None] if by == "lead" else self._count(f"{by}:{query.NOBODY}"):
                    values.append(views.FacetValue(query.NOBODY, None, nobody))
            case "quarter":
                values = self._quarters()
            case _:
                codes: Sequence[str] = list(Status) if by == "status" else SECTORS
                found = self._by(by)
                present = [*(code for code in codes if found[code]), *sorted(set(found) - set(codes))]
                values = [views.FacetValue(query.quoted(code), None, found[code]) for code in present]
        field = "due" if by == "quarter" else by
        return tuple(
            views.Group(
                value.value.strip('"').removeprefix(query.EXACTLY),
                value.name,
                query.narrowed(self._text, f"{field}:{value.value}"),
                value.count,
            )
            for value in values
        )

    def section(self, key: str, silent_days: int) -> views.Group:
        """A section of Today: most are a short stretch of the default order."""
        terms = query.TODAY[key].format(silent=silent_days)
        return views.Group(key, None, query.narrowed(self._text, terms), self._count(terms))

    def _count(self, term: str) -> int:
        return count(self._session, query.parse_query(query.narrowed(self._text, term)), self._day)

    def _by(self, name: str) -> Counter[Any]:
        match name:
            case "partner":
                return self._partners()
            case "schedule" if self._is_everything:
                return self._tallied()
            case "schedule":
                return self._counted(schedule_of(self._columns, self._day.as_of, self._day.soon_days))
            case "status" | "lead" if self._is_everything:
                # In the order of an index: nothing is sorted.
                return self._counted(self._commitments.c["lead_id" if name == "lead" else name])
            case _:
                return self._counted(self._columns.c["lead_id" if name == "lead" else name])

    def _counted(self, value: ColumnElement[Any]) -> Counter[Any]:
        asked = select(value, func.count()).select_from(self._commitments).where(self._condition).group_by(value)
        return Counter(dict(self._session.execute(asked).all()))

    def _tallied(self) -> Counter[Any]:
        states = Counter(tallied(self._session, self._day))
        c, as_of = self._commitments.c, self._day.as_of
        later = and_(
            c.closed.is_(False),
            self._columns.c.stage.in_((Stage.RUNNING, Stage.CLAIMED)),
            c.sort_day > last_soon_day(as_of, self._day.soon_days),
            self._columns.c.deadline_end.is_not(None),
            self._columns.c.deadline_start > as_of,
        )
        not_due = self._session.execute(select(func.count()).select_from(self._commitments).where(later)).scalar_one()
        states[Schedule.NOT_DUE] += not_due
        states[Schedule.IN_WINDOW] -= not_due
        return +states

    def _partners(self) -> Counter[Any]:
        home = self._directory.home(self._day.home)
        others = [party_id for party_id in self._directory.by_id if party_id not in home]
        return self._of_part(models.Participation, "party_id", others, models.Participation.role.in_(PARTNER_ROLES))

    def _documents(self) -> list[views.FacetValue]:
        table = models.Document
        rows = self._session.execute(select(table.id, table.file, table.sha256)).all()
        names = sorted(name for row in rows for name in (row.file.casefold(), row.sha256))
        # A name that is another's too, or its beginning, would find both documents.
        shared = {name for name, after in pairwise(names) if after.startswith(name)}
        counted = self._of_part(models.Citation, "document_id", [row.id for row in rows])
        found = []
        for row in rows:
            if number := counted[row.id]:
                said = row.file.casefold() not in shared and '"' not in row.file
                value = query.quoted(row.file) if said else row.sha256
                found.append(views.FacetValue(value, Words(vi=row.file), number))
        return found

    def _of_part(
        self, table: type[models.Part], name: str, wanted: Sequence[int], *conditions: ColumnElement[bool]
    ) -> Counter[Any]:
        """Of a list's members: how many commitments have each, from the index that is sorted by them."""
        columns: Any = inspect(table).local_table.c
        member, commitment_id = columns[name], columns.commitment_id
        among: list[ColumnElement[bool]] = []
        if not self._is_everything:
            ids = select(self._commitments.c.id).where(self._condition)
            if self._dialect.name == "sqlite" and are_many(self._session, ids):
                commitment_id = behind_plus(commitment_id)
            elif self._dialect.name == "sqlite":
                member = behind_plus(member)
            among.append(commitment_id.in_(ids))
        asked = select(member, func.count(columns.commitment_id.distinct()))
        asked = asked.where(member.in_(wanted), held(table, self._day), *conditions, *among)
        return Counter(dict(self._session.execute(asked.group_by(member)).all()))

    def _quarters(self) -> list[views.FacetValue]:
        quarters: Counter[str] = Counter()
        for end, number in self._counted(self._columns.c.deadline_end).items():
            quarters[f"{end.year:04d}-Q{(end.month + 2) // 3}" if end else query.NOBODY] += number
        # Letters stand after digits, and so what has no deadline stands last.
        return [views.FacetValue(quarter, None, quarters[quarter]) for quarter in sorted(quarters)]

    def _party(self, party_id: int | None, number: int) -> views.FacetValue:
        if party_id is None:
            return views.FacetValue(query.NOBODY, None, number)
        known = self._directory.by_id[party_id]
        # With bodies under it, its key would mean them too; and one key means nobody.
        apart = party_id in self._directory.parents or known.listing.key == query.NOBODY
        exactly = query.EXACTLY if apart else ""
        return views.FacetValue(exactly + known.listing.key, known.listing.name, number)
