"""The rows of an overdue report under partners or sectors instead of leads."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, not_, select

from tracker.domain import query
from tracker.domain.codes import PARTNER_ROLES, SECTORS
from tracker.domain.lateness import Placed
from tracker.domain.register import Words
from tracker_db import models
from tracker_db.filters import held
from tracker_db.overdue import OverdueRows

Heading = tuple[str, Words | None, ColumnElement[bool]]


class OverdueBy(OverdueRows):
    """Heading by heading, each by deadline. One with several partners stands under each of them."""

    def placed(self, by: str, name: str, limit: int | None = None) -> Iterator[Placed]:
        """The rows of a section; those that have nothing of the kind stand last."""
        condition = and_(self._condition, self._in_section(name))
        order = self._order(name)
        left = limit
        for under, called, within in self._partners(condition) if by == "partner" else self._sectors(condition):
            if left == 0:
                return
            wanted = select(self._commitments).where(condition, within).order_by(*order).limit(left)
            for view in self._viewer.stream(self._fetched(wanted)):
                yield Placed(view, under, called)
                left = None if left is None else left - 1

    def _partners(self, condition: ColumnElement[bool]) -> Iterator[Heading]:
        part, c = models.Participation, self._commitments.c
        home = self._directory.home(self._day.home)
        theirs = and_(part.role.in_(PARTNER_ROLES), part.party_id.not_in(home), held(part, self._day))
        among = select(part.party_id).join(self._commitments, c.id == part.commitment_id).where(theirs, condition)
        present = set(self._session.execute(among.distinct()).scalars())
        for party_id, known in self._directory.by_id.items():
            if party_id in present:
                ids = select(part.commitment_id).where(part.party_id == party_id, theirs)
                yield known.listing.key, known.listing.name, c.id.in_(ids)
        yield query.NOBODY, None, not_(c.id.in_(select(part.commitment_id).where(theirs)))

    def _sectors(self, condition: ColumnElement[bool]) -> Iterator[Heading]:
        sector = self._commitments.c.sector
        present = set(self._session.execute(select(sector).where(condition).distinct()).scalars())
        for code in (*(code for code in SECTORS if code in present), *sorted(present - set(SECTORS))):
            yield code, None, sector == code
