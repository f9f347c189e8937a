"""Finding parties by what people call them: key, name or alias, without diacritics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.query import EXACTLY
from tracker.domain.register import Words
from tracker.domain.text import alike, folded_words
from tracker.domain.views import PartyListing
from tracker_db.models import Act, Party, PartyAlias


@dataclass
class Known:
    """A party with all that it is called."""

    id: int
    parent_id: int | None
    listing: PartyListing

    @cached_property
    def folded(self) -> list[str]:
        """Its key, names and aliases as they are compared."""
        name = self.listing.name
        names = (self.listing.key, name.vi, name.en, *self.listing.aliases)
        return [folded_words(called) for called in names if called]


def directory_of(session: Session) -> Directory:
    """The directory for reading: the same one until an act changes the register."""
    kept: dict[str, tuple[int | None, Directory]] = session.info.get("kept", {})
    newest = session.execute(select(func.max(Act.number))).scalar()
    if "directory" not in kept or kept["directory"][0] != newest:
        kept["directory"] = newest, Directory(session)
    return kept["directory"][1]


class Directory:
    """All parties (some hundreds at most), in the order of a Vietnamese list."""

    def __init__(self, session: Session) -> None:
        aliases: dict[int, list[str]] = {}
        for party_id, name in session.execute(
            select(PartyAlias.party_id, PartyAlias.name).order_by(PartyAlias.party_id, PartyAlias.position)
        ):
            aliases.setdefault(party_id, []).append(name)
        columns = (Party.id, Party.key, Party.kind, Party.country, Party.parent_id, Party.name_vi, Party.name_en)
        rows = session.execute(select(*columns).order_by(Party.sort_key, Party.key)).all()
        keys = {row.id: row.key for row in rows}
        self.by_id: dict[int, Known] = {}
        for row in rows:
            listing = PartyListing(
                row.key,
                Words(vi=row.name_vi, en=row.name_en),
                row.kind,
                row.country,
                keys.get(row.parent_id or 0),
                tuple(aliases.get(row.id, ())),
            )
            self.by_id[row.id] = Known(row.id, row.parent_id, listing)

    @cached_property
    def parents(self) -> frozenset[int]:
        """The row numbers of those with bodies under them."""
        return frozenset(known.parent_id for known in self.by_id.values() if known.parent_id is not None)

    def listings(self, text: str = "") -> tuple[PartyListing, ...]:
        """The parties with these words in one of their names, all when there are none."""
        return tuple(known.listing for known in self._containing(folded_words(text)))

    def one(self, name: str) -> Known:
        """The party called exactly so. Raises NotFound with the nearest names, or Ambiguous."""
        found = self._called(name)
        if len(found) > 1:
            raise errors.Ambiguous("party", name, tuple(known.listing.key for known in found))
        if not found:
            raise errors.NotFound("party", name, self.nearest(name))
        return found[0]

    def is_taken(self, name: str) -> bool:
        """Whether a party is called so already."""
        return bool(self._called(name))

    def matching(self, name: str) -> set[int]:
        """The row numbers of the parties meant by a filter: called so, or else with these words, and all under them.

        After "=" it is the party called so alone. Raises NotFound with the nearest names, or Ambiguous.
        """
        if name.startswith(EXACTLY):
            return {self.one(name.removeprefix(EXACTLY)).id}
        folded = folded_words(name)
        found = (self._called(name) or self._containing(folded)) if folded else []
        if not found:
            raise errors.NotFound("party", name, self.nearest(name))
        return self._with_all_under({known.id for known in found})

    def home(self, home: str) -> set[int]:
        """Our side: the parties of that country, or that party with all under it."""
        if len(home) == 2 and home.isupper():
            return {known.id for known in self.by_id.values() if known.listing.country == home}
        party = self.one(home)
        if party.listing.country:
            return self.home(party.listing.country)
        return self._with_all_under({party.id})

    def nearest(self, name: str) -> tuple[str, ...]:
        """The names that a mistyped one may have meant, at most three."""
        folded = {folded: known for known in self.by_id.values() for folded in known.folded}
        close = alike(folded_words(name), folded)
        return tuple(dict.fromkeys(folded[match].listing.name.said_in("vi") for match in close))

    def _called(self, name: str) -> list[Known]:
        key, folded = name.strip(), folded_words(name)
        by_key = [known for known in self.by_id.values() if known.listing.key == key]
        return by_key or [known for known in self.by_id.values() if folded in known.folded]

    def _containing(self, folded: str) -> list[Known]:
        wanted = folded.split()
        return [
            known
            for known in self.by_id.values()
            if any(all(word in name.split() for word in wanted) for name in known.folded)
        ]

    def _with_all_under(self, ids: Iterable[int]) -> set[int]:
        found = set(ids)
        while more := {known.id for known in self.by_id.values() if known.parent_id in found} - found:
            found |= more
        return found
