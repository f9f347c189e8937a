"""The query language in SQL: one condition for each term, over the commitments of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain import query
from tracker.domain.codes import SECTORS
from tracker.domain.schedule import last_soon_day
from tracker.domain.status import CLOSED, Stage
from tracker.domain.text import has_marks
from tracker_db import models, search
from tracker_db.follow_ups import awaited
from tracker_db.parties import Directory, directory_of
from tracker_db.scan import ORDERED, Columned, are_many, behind_plus, unindexed
from tracker_db.schedule import CLOSED_STATES, schedule_of
from tracker_db.types import FOREVER
from tracker_db.view import Day


class Filter:
    """Turns a query into a condition on `commitments`, the commitments of a day.

    Words, parties, tags and documents are asked of their own indexes, which list all that match. `row_by_row` tests
    each commitment by itself instead: cheap for a few of them, whatever is asked. `scanning` is for reading along the
    default order's index: nothing is looked up elsewhere but what few commitments have. All mean the same.
    """

    def __init__(
        self,
        session: Session,
        commitments: FromClause,
        day: Day,
        directory: Directory | None = None,
        *,
        row_by_row: bool = False,
        scanning: bool = False,
    ) -> None:
        self._session = session
        self._day = day
        self._given = directory
        self._row_by_row = row_by_row
        self._dialect = session.connection().dialect
        self._commitments: Columned = commitments
        self._everywhere = commitments
        if row_by_row or scanning:
            self._commitments = unindexed(commitments, self._dialect, ORDERED if scanning else frozenset())
        self._weighing = self._commitments is not commitments and scanning
        self._c = self._commitments.c

    @cached_property
    def _directory(self) -> Directory:
        return self._given or directory_of(self._session)

    def where(self, term: query.Term) -> ColumnElement[bool]:
        """The condition of a term. Raises NotFound when it names a party that nobody knows."""
        match term:
            case query.And(terms):
                texts = [part for part in terms if isinstance(part, query.Text)]
                others = [self.where(part) for part in terms if not isinstance(part, query.Text)]
                return and_(true(), *([self._text(texts)] if texts else []), *others)
            case query.Or(terms):
                return or_(false(), *(self.where(part) for part in terms))
            case query.Not(part):
                # What has no lead or no date does not fit, so its opposite does: in SQL both would be unknown.
                return not_(func.coalesce(self.where(part), false()))
            case query.Text():
                return self._text([term])
            case query.Is(condition):
                return self._is(condition)
            case query.OneOf("schedule", values):
                state = schedule_of(self._commitments, self._day.as_of, self._day.soon_days)
                return and_(state.in_(values), self._all_closed(value in CLOSED_STATES for value in values))
            case query.OneOf("status", values):
                return and_(self._c.status.in_(values), self._all_closed(value in CLOSED for value in values))
            case query.OneOf("sector", values):
                return self._c.sector.in_([code for value in values for code in self._sectors(value)])
            case query.OneOf(field, values):
                return self._c[field].in_(values)
            case query.HasParty():
                return self._party(term)
            case query.OnSide(side):
                return self._side(side)
            case query.Tagged(tags):
                return self._has(models.Tag, models.Tag.tag.in_(tags))
            case query.Cites(documents):
                return self._cites(documents)
            case query.When():
                return self._when(term)
            case query.Undated():
                return and_(self._c.sort_day == FOREVER, self._c.deadline_end.is_(None))
            case query.Silent(operator, days):
                as_of = self._day.as_of
                last = as_of - timedelta(days=min(days, (as_of - date.min).days))
                return self._c.valid_from < last if operator == ">" else self._c.valid_from > last

    def as_typed(self, term: query.Term) -> ColumnElement[bool] | None:
        """When somebody typed marks: that the text has the words as they were typed."""
        texts = [part for part in _parts(term) if isinstance(part, query.Text)]
        return self._text(texts, exact=True) if any(has_marks(text.words) for text in texts) else None

    def _text(self, texts: list[query.Text], *, exact: bool = False) -> ColumnElement[bool]:
        if self._row_by_row:
            return search.holds(texts, self._c.id, self._dialect, exact=exact)
        ids = search.matching(texts, self._dialect, exact=exact)
        return true() if ids is None else self._among(ids)

    def _is(self, condition: str) -> ColumnElement[bool]:
        c, as_of = self._c, self._day.as_of
        undated = c.deadline_end.is_(None)
        alive = or_(c.stage == Stage.RUNNING, c.stage == Stage.CLAIMED)
        # It goes without saying, but not for the index on which the order rests.
        still_open = c.closed.is_(False)
        match condition:
            case "open":
                return still_open
            case "closed":
                return c.closed.is_(True)
            case "overdue":
                return and_(still_open, c.sort_day < as_of, c.stage == Stage.RUNNING)
            case "due":
                soon = last_soon_day(as_of, self._day.soon_days)
                return and_(still_open, c.sort_day >= as_of, c.sort_day <= soon, alive)
            case "review":
                return and_(still_open, c.sort_day == FOREVER, undated, c.review_on < as_of, alive)
            case "claimed":
                return and_(still_open, c.stage == Stage.CLAIMED)
            case "paused":
                return and_(still_open, c.stage == Stage.PAUSED)
            case "follow-up":
                return and_(still_open, self._followed_up())
            case _:
                return and_(still_open, c.sort_day == FOREVER, undated)

    def _followed_up(self) -> ColumnElement[bool]:
        """A follow-up that was planned by then and not done, or an answer that was due by then and has not come."""
        step, now = models.FollowUp, self._everywhere is models.Commitment.__table__
        on, held = awaited(self._session, self._day.as_of, now=now)
        waiting = and_(on <= self._day.as_of, held)
        if self._row_by_row:
            return exists(literal(1)).where(step.commitment_id == self._c.id, waiting)
        return self._among(select(step.commitment_id).where(waiting))

    def _all_closed(self, closed: Iterable[bool]) -> ColumnElement[bool]:
        """That they are closed, or open, when all values say the same: the order's index begins with it."""
        said = set(closed)
        return self._c.closed.is_(said.pop()) if len(said) == 1 else true()

    def _has(self, table: type[models.Part], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        said = and_(held(table, self._day), *conditions)
        if self._row_by_row:
            return exists(literal(1)).where(table.commitment_id == self._c.id, said)
        return self._among(select(table.commitment_id).where(said))

    def _among(self, ids: Select[Any]) -> ColumnElement[bool]:
        """That it is one of these: each is looked up, or looked for while all are read."""
        if self._weighing and are_many(self._session, ids):
            return behind_plus(self._everywhere.c.id).in_(ids)
        return self._c.id.in_(ids)

    def _party(self, term: query.HasParty) -> ColumnElement[bool]:
        conditions = [self._nobody(term)] if query.NOBODY in term.names else []
        if names := [name for name in term.names if name != query.NOBODY]:
            ids = set().union(*(self._directory.matching(name) for name in names))
            if term.partner:
                ids -= self._directory.home(self._day.home)
            conditions.append(self._lead(ids) if term.roles == ("lead",) else self._takes_part(ids, term.roles))
        return or_(*conditions)

    def _nobody(self, term: query.HasParty) -> ColumnElement[bool]:
        if term.roles == ("lead",):
            return self._c.lead_id.is_(None)
        ours = self._directory.home(self._day.home) if term.partner else set()
        return not_(self._takes_part(set(self._directory.by_id) - ours, term.roles))

    def _lead(self, ids: Set[int]) -> ColumnElement[bool]:
        table = models.Commitment
        if not self._weighing or are_many(self._session, select(table.id).where(table.lead_id.in_(ids))):
            # Of any stage: the index by leads begins with it.
            return and_(self._c.stage.in_(Stage), self._c.lead_id.in_(ids))
        indexed = self._everywhere.c
        return and_(indexed.stage.in_(Stage), indexed.lead_id.in_(ids))

    def _takes_part(self, ids: Set[int], roles: Sequence[str]) -> ColumnElement[bool]:
        in_role = [models.Participation.role.in_(roles)] if roles else []
        return self._has(models.Participation, models.Participation.party_id.in_(ids), *in_role)

    def _side(self, side: str) -> ColumnElement[bool]:
        home = self._directory.home(self._day.home)
        bound = models.Participation.role == "undertaker"
        ours = self._has(models.Participation, bound, models.Participation.party_id.in_(home))
        theirs = self._has(models.Participation, bound, models.Participation.party_id.not_in(home))
        return {"home": ours, "counterpart": theirs, "joint": and_(ours, theirs)}[side]

    def _sectors(self, value: str) -> list[str]:
        """The sectors meant: of that code, or with that word in it; seeds may have added others."""
        known = [code for code in SECTORS if value == code or value in code.split("_")]
        used = select(literal(1)).where(models.Commitment.sector == value).limit(1)
        if not known and self._session.execute(used).first() is None:
            raise errors.UnknownValue("sector", value, SECTORS)
        return known or [value]

    def _cites(self, documents: Iterable[str]) -> ColumnElement[bool]:
        table = models.Document
        # Compared here: SQLite knows the small letters of English alone.
        beginnings = tuple(map(str.casefold, documents))
        named = [
            row.id
            for row in self._session.execute(select(table.id, table.file, table.sha256))
            if row.file.casefold().startswith(beginnings) or row.sha256.startswith(beginnings)
        ]
        return self._has(models.Citation, models.Citation.document_id.in_(named))

    def _when(self, term: query.When) -> ColumnElement[bool]:
        # The day by which they are sorted stands in the index; of what has no deadline it says nothing.
        column = {"due": self._c.sort_day, "made": self._c.began_on, "updated": self._c.valid_from}[term.field]
        compared = self._compared(column, term)
        return and_(compared, self._c.deadline_end.is_not(None)) if term.field == "due" else compared

    @staticmethod
    def _compared(column: ColumnElement[date], term: query.When) -> ColumnElement[bool]:
        first, last = query.days_in(term.period)
        match term.operator:
            case "<":
                return column < first
            case "<=":
                return column <= last
            case ">":
                return column > last
            case ">=":
                return column >= first
            case _:
                return and_(column >= first, column <= last)


def held(table: type[models.Part], day: Day) -> ColumnElement[bool]:
    """That a member of a list stood in it on that day."""
    as_of = min(day.as_of, FOREVER - timedelta(days=1))
    return and_(table.valid_from <= as_of, table.valid_to > as_of)


def _parts(term: query.Term) -> tuple[query.Term, ...]:
    return term.terms if isinstance(term, query.And) else (term,)


def is_everything(term: query.Term) -> bool:
    """Whether a query asks for all commitments."""
    return term == query.EVERYTHING


def only_texts(term: query.Term) -> list[query.Text]:
    """The words of a query that asks for nothing else."""
    texts = [part for part in _parts(term) if isinstance(part, query.Text)]
    return texts if len(texts) == len(_parts(term)) else []


def is_plain(term: query.Term) -> bool:
    """Whether a query asks only for columns of the commitments themselves."""
    match term:
        case query.And(terms) | query.Or(terms):
            return all(map(is_plain, terms))
        case query.Not(part):
            return is_plain(part)
        case query.Is(condition):
            return condition != "follow-up"
        case query.OneOf() | query.When() | query.Undated() | query.Silent():
            return True
        case _:
            return False
