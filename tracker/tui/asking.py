"""What a list of commitments asks of the register, and how the answer is gathered: in threads, from services only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.commands import Seen
from tracker.domain.query import TODAY
from tracker.domain.views import CommitmentView, Facet, Group
from tracker.tui.messages import Block, Counted, Found, Gathered, StillThere

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

# Rows are read so many at a time.
BLOCK = 50
# More than a screen shows, so that the first answer fills it.
SCREENFUL = 60
# So many groups are searched for the commitment under the cursor.
SEARCHED = 20
# Refs in one query, well below its greatest length.
REFS_ASKED = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: which commitments, on which day, in which order, under which headings ("today": its sections)."""

    query: str
    day: date
    sort: str = "deadline"
    descending: bool = False
    grouping: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """What the cursor stands on: a commitment, in a group, on a place; `total` is how long the list was."""

    ref: str | None
    group: str
    place: int
    total: int


def answer(tracker: Tracker, asked: Asked, follow: Follow | None) -> Found:
    """The groups and the first rows, or the rows about the commitment that is followed, wherever it stands now."""
    groups = _groups(tracker, asked)
    at = _where(tracker, asked, groups, follow) if follow and groups else None
    begin = at or (0, 0)
    blocks: dict[Block, tuple[CommitmentView, ...]] = {}
    found = 0
    for number in range(begin[0], len(groups)):
        block = begin[1] // BLOCK if number == begin[0] else 0
        rows = page(tracker, asked, groups[number], block)
        blocks[number, block] = rows
        found += len(rows)
        if found >= SCREENFUL:
            break
    if asked.grouping:
        # One with two partners stands under both: such groups do not add up.
        return Found(asked, groups, blocks, at, counted=asked.grouping != "partner")
    return _plain(tracker, asked, groups, blocks, at, follow)


def first_sections(tracker: Tracker, asked: Asked, lines: int) -> Found:
    """The first sections of Today, as many as fill so many lines: to count all of them takes longer."""
    groups: list[Group] = []
    blocks: dict[Block, tuple[CommitmentView, ...]] = {}
    for key in TODAY:
        group = tracker.commitments.section(key, asked.day, asked.query)
        if group.count:
            blocks[len(groups), 0] = page(tracker, asked, group, 0)
            groups.append(group)
        if sum(map(len, blocks.values())) >= lines:
            break
    whole = key == tuple(TODAY)[-1]
    return Found(asked, tuple(groups), blocks, None, counted=whole, whole=whole)


def _plain(
    tracker: Tracker,
    asked: Asked,
    groups: tuple[Group, ...],
    blocks: dict[Block, tuple[CommitmentView, ...]],
    at: tuple[int, int] | None,
    follow: Follow | None,
) -> Found:
    """A plain list is as long as its rows say, when they end; until it is counted, as long as it was."""
    ((place, rows),) = blocks.items()
    offset = place[1] * BLOCK
    if offset and not rows:
        return answer(tracker, asked, None)
    ends = len(rows) < BLOCK
    known = offset + len(rows)
    if not ends and not asked.query:
        # Of the whole register the number is at hand.
        known, ends = tracker.commitments.count(as_of=asked.day), True
    # While it is counted, one row more than are there tells that there are more.
    count = known if ends else max(known + 1, follow.total if follow else 0)
    return Found(asked, (replace(groups[0], count=count),), blocks, at, counted=ends)


def page(
    tracker: Tracker, asked: Asked, group: Group, block: int, total: int | None = None
) -> tuple[CommitmentView, ...]:
    """One block of a group's rows. Of a plain list whoever knows its `total` says it: its end comes faster then."""
    return tracker.commitments.page(
        group.query,
        as_of=asked.day,
        offset=block * BLOCK,
        limit=BLOCK,
        sort=group.sort,
        descending=group.descending,
        total=group.count if asked.grouping else total,
    )


def _groups(tracker: Tracker, asked: Asked) -> tuple[Group, ...]:
    match asked.grouping:
        case "":
            return (Group("", None, asked.query, 0, asked.sort, asked.descending),)
        case "today":
            found: Sequence[Group] = tracker.commitments.today(asked.day, asked.query)
        case by:
            found = [
                replace(group, sort=asked.sort, descending=asked.descending)
                for group in tracker.commitments.groups(asked.query, by, as_of=asked.day)
            ]
    return tuple(group for group in found if group.count)


def _where(tracker: Tracker, asked: Asked, groups: Sequence[Group], follow: Follow) -> tuple[int, int]:
    """Where the commitment stands now, first looked for in its group; else the place where it stood."""
    keys = [group.key for group in groups]
    near = keys.index(follow.group) if follow.group in keys else 0
    if follow.ref is not None:
        for number in sorted(range(len(groups)), key=lambda each: abs(each - near))[:SEARCHED]:
            group = groups[number]
            place = tracker.commitments.position(
                follow.ref, group.query, as_of=asked.day, sort=group.sort, descending=group.descending
            )
            if place is not None:
                return number, place
    last = groups[near].count - 1 if asked.grouping else follow.place
    return near, max(min(follow.place, last), 0) if follow.group in keys else 0


def count(tracker: Tracker, asked: Asked) -> Counted:
    """How many match."""
    return Counted(asked, tracker.commitments.count(asked.query, as_of=asked.day))


def still_there(tracker: Tracker, asked: Asked, refs: frozenset[str]) -> StillThere:
    """How many of these match."""
    named, matching = sorted(refs), 0
    for begin in range(0, len(named), REFS_ASKED):
        some = ",".join(named[begin : begin + REFS_ASKED])
        query = f"({asked.query}) ref:{some}" if asked.query else f"ref:{some}"
        matching += tracker.commitments.count(query, as_of=asked.day)
    return StillThere(asked, refs, matching)


def gather(tracker: Tracker, asked: Asked, queries: Sequence[str], most: int) -> Gathered:
    """All that these queries find, by name, each once."""
    found: dict[str, Seen] = {}
    for query in queries:
        found |= {seen.ref: seen for seen in tracker.commitments.refs(query, as_of=asked.day, limit=most)}
    return Gathered(asked, tuple(found.values()))


def facet(tracker: Tracker, query: str, name: str, day: date) -> Facet:
    """The values of one field among those that match."""
    return tracker.commitments.facet(query, name, as_of=day)
