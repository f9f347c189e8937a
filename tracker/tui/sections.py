"""Groups of commitments laid out as lines: a heading each, then its rows unless it is folded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tracker.domain.views import Group


@dataclass(frozen=True, slots=True)
class Line:
    """A line: of which group, and its how-manieth row, or None for the heading."""

    group: int
    place: int | None


class Sections:
    """The lines of some groups. What is asked costs the same for ten rows and for ten million."""

    def __init__(self, groups: Sequence[Group] = (), *, headed: bool = False, folded: frozenset[str] = frozenset()):
        self.groups = tuple(groups)
        self.headed = headed
        self.folded = folded
        sizes = ((0 if self.is_folded(group) else group.count) + headed for group in self.groups)
        # Where each group begins; last, how many lines there are.
        self._begins = [0, *accumulate(sizes)]

    def __len__(self) -> int:
        return self._begins[-1]

    def is_folded(self, group: Group) -> bool:
        """Whether its rows are hidden."""
        return self.headed and group.key in self.folded

    def line(self, index: int) -> Line:
        """What stands on a line."""
        group = bisect_right(self._begins, index) - 1
        place = index - self._begins[group] - self.headed
        return Line(group, None if place < 0 else place)

    def index(self, group: int, place: int | None) -> int:
        """The line of a group's row; of its heading, when there is no such row on a line."""
        begin = self._begins[group]
        last = self._begins[group + 1] - 1
        return begin if place is None else max(min(begin + place + self.headed, last), begin)

    def turned(self, key: str) -> Sections:
        """The same with that group folded, or unfolded when it was."""
        return Sections(self.groups, headed=self.headed, folded=self.folded ^ {key})
