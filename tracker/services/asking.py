"""What is asked of commitments: lists in any order, counts by what they share, one of them whole, their history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker import errors
from tracker.domain.commands import Seen
from tracker.domain.explanation import Explanation, explain
from tracker.domain.query import FACETS, GROUPINGS, TODAY, parse_query
from tracker.domain.register import Commitment
from tracker.domain.sought import read_sought
from tracker.domain.text import clean
from tracker.domain.views import Changes, CommitmentDetail, CommitmentView, EntryView, Facet, Group
from tracker.services.acts import House
from tracker_db import follow_ups, queries
from tracker_db.changes import changed_since
from tracker_db.entries import actors, count_entries, entries
from tracker_db.facets import Counting
from tracker_db.matches import Matches
from tracker_db.parties import directory_of


class Asking:
    """Reads only."""

    def __init__(self, house: House) -> None:
        self._house = house

    @contextmanager
    def listing(
        self,
        query: str = "",
        *,
        as_of: date,
        limit: int | None = None,
        offset: int = 0,
        sort: str = "deadline",
        descending: bool = False,
        total: int | None = None,
    ) -> Iterator[Iterator[CommitmentView]]:
        """The commitments that match, streamed in one of the domain's SORTS while the block is open.

        Whoever knows the `total` of the query says it: then the last ones come as fast as the first.
        Raises BadQuery, UnknownValue, BadDate, NotFound (a party nobody knows).
        """
        term, day = parse_query(query), self._house.day(as_of)
        with self._house.database.read() as session:
            yield queries.listing(
                session, term, day, limit=limit, offset=offset, sort=sort, descending=descending, total=total
            )

    def page(
        self,
        query: str = "",
        *,
        as_of: date,
        offset: int,
        limit: int,
        sort: str = "deadline",
        descending: bool = False,
        total: int | None = None,
    ) -> tuple[CommitmentView, ...]:
        """A window of the listing."""
        with self.listing(
            query, as_of=as_of, limit=limit, offset=offset, sort=sort, descending=descending, total=total
        ) as rows:
            return tuple(rows)

    def count(self, query: str = "", *, as_of: date) -> int:
        """How many match."""
        term = parse_query(query)
        with self._house.database.read() as session:
            return queries.count(session, term, self._house.day(as_of))

    def refs(
        self, query: str = "", *, as_of: date, limit: int, sort: str = "deadline", descending: bool = False
    ) -> tuple[Seen, ...]:
        """The refs and versions of the first so many that match: for an act on all of them."""
        term, day = parse_query(query), self._house.day(as_of)
        with self._house.database.read() as session:
            rows = Matches(session, term, day, directory_of(session), sort, descending=descending).versions(limit)
            return tuple(Seen(ref=row.ref, version=row.version) for row in rows)

    def position(
        self, ref: str, query: str = "", *, as_of: date, sort: str = "deadline", descending: bool = False
    ) -> int | None:
        """How many stand before a commitment in the listing, or None when it does not match."""
        term, day = parse_query(query), self._house.day(as_of)
        with self._house.database.read() as session:
            return Matches(session, term, day, directory_of(session), sort, descending=descending).position(ref)

    def facet(self, query: str, name: str, *, as_of: date) -> Facet:
        """The values of one of the domain's FACETS among what matches, most first."""
        if name not in FACETS:
            raise errors.UnknownValue("facet", name, FACETS)
        with self._house.database.read() as session:
            return Counting(session, query, self._house.day(as_of)).facet(name)

    def facets(self, query: str = "", *, as_of: date) -> tuple[Facet, ...]:
        """All facets of what matches."""
        with self._house.database.read() as session:
            counting = Counting(session, query, self._house.day(as_of))
            return tuple(counting.facet(name) for name in FACETS)

    def groups(self, query: str, by: str, *, as_of: date) -> tuple[Group, ...]:
        """What matches, in groups by one of the domain's GROUPINGS; a page of one is a page of its query.

        A commitment with several partners stands with each of them.
        """
        if by not in GROUPINGS:
            raise errors.UnknownValue("group", by, GROUPINGS)
        with self._house.database.read() as session:
            return Counting(session, query, self._house.day(as_of)).groups(by)

    def section(self, key: str, as_of: date, query: str = "") -> Group:
        """One section of Today, by its key in the domain's TODAY."""
        if key not in TODAY:
            raise errors.UnknownValue("group", key, tuple(TODAY))
        with self._house.database.read() as session:
            return Counting(session, query, self._house.day(as_of)).section(key, self._house.silent_days)

    def today(self, as_of: date, query: str = "") -> tuple[Group, ...]:
        """What needs somebody on a day, in sections: each commitment stands in the first that fits."""
        with self._house.database.read() as session:
            counting = Counting(session, query, self._house.day(as_of))
            return tuple(counting.section(key, self._house.silent_days) for key in TODAY)

    def changed_since(self, number: int) -> Changes:
        """What acts after that number did: to be asked again with the number of the answer."""
        with self._house.database.read() as session:
            return changed_since(session, number)

    def show(self, ref: str, *, as_of: date) -> CommitmentDetail:
        """One commitment, whole, on a day. Raises NotYet, NotFound with the nearest refs."""
        day, ref = self._house.day(as_of), clean(ref)
        with self._house.database.read() as session:
            view = queries.commitment(session, ref, day)
            said = entries(session, subject=Commitment.kind_of_subject, ref=ref)
            return CommitmentDetail(
                view,
                queries.updates(session, ref, day),
                tuple(entry for entry in said if entry.effective_on <= as_of),
                queries.figures(session, {target.figure for target in view.targets}, as_of, of=ref)
                if view.targets
                else (),
                tuple(follow_ups.FollowUps(session, day).listing(ref=view.ref)),
            )

    def explain(self, ref: str, *, as_of: date) -> Explanation:
        """Why a commitment stands where it stands on a day, step by step. Raises NotYet, NotFound."""
        detail = self.show(ref, as_of=as_of)
        return explain(detail, as_of=as_of, soon_days=self._house.soon_days, policy=self._house.review)

    def history(
        self,
        ref: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        by: date | None = None,
        sought: str = "",
        total: int | None = None,
    ) -> tuple[EntryView, ...]:
        """Entries, newest first: of one commitment, or of the whole register; all, or those `sought`.

        With `by` those effective by that day: what that day's register is made of, as it is known now, also
        where it was recorded later. With their `total` the oldest come as fast as the newest.
        Raises NotFound, UnknownValue (what is sought).
        """
        looked_for = read_sought(sought)
        with self._house.database.read() as session:
            kind = Commitment.kind_of_subject if ref is not None else None
            ref = clean(ref) if ref is not None else None
            found = entries(
                session, subject=kind, ref=ref, limit=limit, offset=offset, by=by, sought=looked_for, total=total
            )
            if not found and ref is not None and not offset and by is None and not looked_for:
                raise errors.NotFound("commitment", ref, queries.nearest_refs(session, ref))
            return found

    def history_count(self, ref: str | None = None, *, by: date | None = None, sought: str = "") -> int:
        """How many entries there are: of one commitment, or in the whole register; all, or those `sought`."""
        looked_for = read_sought(sought)
        with self._house.database.read() as session:
            kind = Commitment.kind_of_subject
            return count_entries(session, kind, clean(ref) if ref is not None else None, by=by, sought=looked_for)

    def actors(self) -> list[str]:
        """Everybody who has acted."""
        with self._house.database.read() as session:
            return actors(session)
