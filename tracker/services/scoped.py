"""How every report is asked: the day, a query, one lead, one partner; all of it in one read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.domain.codes import PARTNER_ROLES, Role
from tracker.domain.query import NOBODY, And, HasParty, Term, narrowed, parse_query, quoted
from tracker.domain.register import Words
from tracker.domain.reported import Part, Scope
from tracker.domain.views import CommitmentView
from tracker.errors import Ambiguous, NotFound
from tracker.services.acts import House
from tracker_db import history, queries
from tracker_db.parties import Directory, directory_of
from tracker_db.view import Day


@dataclass(frozen=True)
class Asked:
    """A report that is being made: its session, its day, and the term and the query that all its rows fulfil."""

    session: Session
    day: Day
    directory: Directory
    term: Term
    query: str
    scope: Scope

    def on(self, as_of: date) -> Asked:
        """The same of another day."""
        return replace(self, day=replace(self.day, as_of=as_of))

    def count(self, term: str = "") -> int:
        """How many there are that a term of the query language finds too."""
        return queries.count(self.session, self._both(term), self.day)

    def listing(self, term: str, *, size: int | None = None) -> Part[CommitmentView]:
        """Those that a term of the query language finds too, by deadline; counted unless their `size` is known."""
        found = self._both(term)
        rows = queries.listing(self.session, found, self.day, limit=self.scope.limit)
        size = queries.count(self.session, found, self.day) if size is None else size
        return Part(size, rows if size else (), narrowed(self.query, term))

    def _both(self, term: str) -> Term:
        return And((self.term, parse_query(term))) if term else self.term


@contextmanager
def asked(
    house: House,
    *,
    as_of: date,
    query: str = "",
    lead: str | None = None,
    partner: str | None = None,
    limit: int | None = None,
) -> Iterator[Asked]:
    """A report of a day. Raises BadQuery, UnknownValue, BadDate, NotFound (a party nobody knows), Ambiguous."""
    whole = parse_query(query)
    parties = [
        *([("lead", lead, HasParty((lead,), (Role.LEAD,)))] if lead else []),
        *([("partner", partner, HasParty((partner,), PARTNER_ROLES, partner=True))] if partner else []),
    ]
    said = query
    for name, party, _term in parties:
        said = narrowed(said, f"{name}:{quoted(party)}")
    with house.database.read() as session:
        directory = directory_of(session)
        for _name, party, _term in parties:
            if party != NOBODY:
                directory.matching(party)
        yield Asked(
            session,
            house.day(as_of),
            directory,
            And((whole, *(term for _name, _party, term in parties))) if parties else whole,
            said,
            Scope(
                as_of,
                history.anchor(session),
                query,
                named(directory, lead),
                named(directory, partner),
                limit,
            ),
        )


def named(directory: Directory, name: str | None) -> Words | None:
    """The party's own name when one is called so; the words that were typed when they mean several."""
    if name is None:
        return None
    try:
        return directory.one(name).listing.name
    except (NotFound, Ambiguous):
        return Words(vi=name)
