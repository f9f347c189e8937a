"""The commitments that a person has picked: some by name, or all that match but some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tracker.domain.commands import Seen
from tracker.domain.views import CommitmentView

NOBODY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Selection:
    """`seen` are picked, each in the version the person saw; with a query, all `total` of it but those.

    A query is kept as it is: all that match may be a million.
    """

    seen: Mapping[str, int] = field(default_factory=lambda: NOBODY)
    query: str | None = None
    total: int = 0

    def __bool__(self) -> bool:
        return self.count > 0

    def __contains__(self, ref: str) -> bool:
        return (ref in self.seen) != (self.query is not None)

    @property
    def count(self) -> int:
        """How many are picked."""
        return len(self.seen) if self.query is None else self.total - len(self.seen)

    def turned(self, row: CommitmentView) -> Selection:
        """With that one picked, or no longer."""
        return self.dropped(row) if row.ref in self else self.picked((row,))

    def picked(self, rows: Iterable[CommitmentView]) -> Selection:
        """With these too."""
        if self.query is None:
            return self._with({**self.seen, **{row.ref: row.version for row in rows}})
        back = {row.ref for row in rows}
        return self._with({ref: version for ref, version in self.seen.items() if ref not in back})

    def dropped(self, row: CommitmentView) -> Selection:
        """Without that one."""
        if self.query is None:
            return self._with({ref: version for ref, version in self.seen.items() if ref != row.ref})
        return self._with({**self.seen, row.ref: row.version})

    def shown(self, rows: Iterable[CommitmentView]) -> Selection:
        """The person sees these now: an act goes by what was seen last."""
        newer = {row.ref: row.version for row in rows if self.seen.get(row.ref, row.version) != row.version}
        return self._with({**self.seen, **newer}) if newer else self

    def _with(self, seen: Mapping[str, int]) -> Selection:
        return Selection(seen, self.query, self.total)

    def chosen(self) -> tuple[Seen, ...]:
        """Those picked by name, in the order in which they were."""
        return tuple(Seen(ref=ref, version=version) for ref, version in self.seen.items()) if self.query is None else ()
