"""What happened to each generated commitment: it was imported, then marked or moved twice.

A story is told in the plain values that entries hold, and says what the services would have made of the same acts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar
from uuid import UUID

from tests.benchmarks import deadlines, surroundings, words
from tests.benchmarks.deadlines import Due
from tracker.domain.deadline import Deadline, ReviewPolicy
from tracker.domain.history import Act, ActKind
from tracker.domain.status import CLOSED, Status
from tracker.services.marking import SAID

# The day that the benchmarks look at: after every entry, so that the register is seen as it is now.
AS_OF = date(2026, 11, 21)
# Commitments that one act imports.
IMPORTED_TOGETHER = 10
# When the entries of each round were recorded: first and last day.
ROUNDS = (
    (date(2026, 1, 19), date(2026, 1, 30)),
    (date(2026, 2, 2), date(2026, 6, 30)),
    (date(2026, 7, 1), date(2026, 11, 20)),
)
# Where a commitment stands at last, by how its deadline stands.
_ENDINGS: Mapping[str, Mapping[Status, int]] = {
    "past": {
        Status.DELIVERED: 62, Status.IN_PROGRESS: 14, Status.PARTIAL: 6, Status.NOT_STARTED: 5,
        Status.CLAIMED_DONE: 5, Status.NOT_DELIVERED: 4, Status.WITHDRAWN: 2, Status.SUPERSEDED: 1,
        Status.SUSPENDED: 1,
    },
    "coming": {
        Status.IN_PROGRESS: 60, Status.NOT_STARTED: 17, Status.PARTIAL: 9, Status.DELIVERED: 7,
        Status.SUSPENDED: 3, Status.CLAIMED_DONE: 2, Status.WITHDRAWN: 1, Status.SUPERSEDED: 1,
    },
    "none": {
        Status.IN_PROGRESS: 62, Status.NOT_STARTED: 14, Status.DELIVERED: 10, Status.PARTIAL: 8,
        Status.SUSPENDED: 2, Status.CLAIMED_DONE: 2, Status.WITHDRAWN: 1, Status.SUPERSEDED: 1,
    },
}  # fmt: skip
_FIRST_WORDS = {Status.IN_PROGRESS: 62, Status.NOT_STARTED: 22, Status.PARTIAL: 10, Status.CLAIMED_DONE: 6}
_REVIEW = ReviewPolicy()

T = TypeVar("T")
Plain = dict[str, Any]


class Shares(Generic[T]):
    """Things to choose from, each as often as it is said."""

    def __init__(self, shares: Mapping[T, int]) -> None:
        self._things, self._sums = tuple(shares), tuple(accumulate(shares.values()))

    def one(self, draw: Random) -> T:
        """One of them."""
        return self._things[bisect_right(self._sums, int(draw.random() * self._sums[-1]))]


_ENDED = {stand: Shares(shares) for stand, shares in _ENDINGS.items()}
_BEGUN = Shares(_FIRST_WORDS)
_PARTNERS = Shares(surroundings.PARTNERS)


@dataclass(frozen=True, slots=True)
class Step:
    """One entry: the commitment's plain values from that day on, why, and what a status update told.

    `asserted` are the fields that it says even where they stay the same.
    """

    act: Act
    kind: ActKind
    effective_on: date
    state: Plain
    reason: str = ""
    asserted: Set[str] = frozenset()
    update: Plain | None = None


class Teller:
    """Tells the stories of the commitments from `first` on, of a register of `rows`; the same each time."""

    def __init__(self, first: int, rows: int) -> None:
        self._random = Random(first)
        self._rows = rows
        self._standing: list[str] = []
        self._imported: Act | None = None

    def story(self, number: int) -> tuple[Step, ...]:
        """The three entries of commitment `number` (from 0), in their order."""
        draw = self._random
        due = deadlines.some(draw)
        state, began_on = self._recorded(number, due)
        steps = [Step(self._import(number), ActKind.ADD, began_on, state)]
        recorded = [_day(ROUNDS[round_], number, self._rows) for round_ in (1, 2)]
        told_on = min(began_on + timedelta(days=draw.randint(20, 400)), date(2026, 2, 1))
        if due and due.deadline.end and draw.random() < 0.15:
            steps.append(self._moved(number, 1, steps[-1], told_on, due.end))
        else:
            steps.append(self._marked(number, 1, steps[-1], told_on, _BEGUN.one(draw)))
        told_on = min(told_on + timedelta(days=draw.randint(30, 900)), recorded[1])
        if draw.random() < 0.35:
            told_on = recorded[1]
        end = _end(steps[-1].state)
        if end and AS_OF - timedelta(days=500) < end and draw.random() < 0.12:
            steps.append(self._moved(number, 2, steps[-1], told_on, end))
        else:
            ending = _ENDED["none" if end is None else "past" if end < AS_OF else "coming"]
            steps.append(self._marked(number, 2, steps[-1], told_on, ending.one(draw)))
        if steps[-1].state["replaced_by"] is None:
            self._standing.append(state["ref"])
        return tuple(steps)

    def _recorded(self, number: int, due: Due | None) -> tuple[Plain, date]:
        draw = self._random
        topic = draw.choice(words.TOPICS)
        place = words.RARE_PLACE if self._is_rare(number) else draw.choice(words.PLACES)
        country = _PARTNERS.one(draw)
        partner = _party_names()[country.lower()]
        strength, verb_vi, verb_en = draw.choice(words.VERBS)
        clause_vi, clause_en = draw.choice(words.CLAUSES)
        vi = topic.vi.format(place=place, partner=partner[0])
        en = topic.en.format(place=place, partner=partner[1])
        text = f" {due.deadline.text}" if due and due.deadline.text else ""
        document = _document_before(draw, due.deadline.end if due else None)
        day = date.fromisoformat(document.published)
        # Without a day to watch, our own desk looks again some time after the source.
        review = _REVIEW.review_on(due.deadline if due else None, day)
        start = draw.randrange(200, 4000)
        plain = due.plain if due else None
        state: Plain = {
            "ref": f"V{country[0]}-{day.year}-{number + 1:03d}",
            "title": {"vi": vi, "en": en},
            "statement": {
                "vi": f"Hai bên {verb_vi} {vi[0].lower()}{vi[1:]}{text}, {clause_vi}; địa bàn {place}.",
                "en": f"On “{en}” both sides {verb_en}, {clause_en}; around {place}.",
            },
            "kind": topic.kind,
            "sector": topic.sector,
            "instrument": draw.choice(("treaty", "agreement", "leaders_statement", "leaders_statement", "plan")),
            "strength": strength,
            "status": "recorded",
            "status_since": day.isoformat(),
            "done": None,
            "review_on": review.isoformat() if review else None,
            "replaced_by": None,
            "evidence_tier": 0,
            "deadline": plain,
            "parties": self._parties(country.lower()),
            "sources": [_place(document.sha256, start, draw) | {"role": "origin"}],
            "targets": [_target(draw, country.lower())] if draw.random() < 0.05 else [],
            "milestones": [],
            "sides": [],
            "tags": sorted(draw.sample(words.TAGS, draw.choice((0, 0, 1, 2)))),
        }
        return state, day

    def _is_rare(self, number: int) -> bool:
        return number % max(self._rows // 5, 1) == 3

    def _parties(self, state: str) -> list[Plain]:
        draw = self._random
        parties = [
            {"party": "vn", "role": "undertaker", "basis": "stated"},
            {"party": state, "role": draw.choice(("undertaker", "counterpart")), "basis": "stated"},
        ]
        if draw.random() < 0.4:
            body = draw.choice(("mofa", "trade", "transport", "planning"))
            parties.append({"party": f"{state}-{body}", "role": "counterpart", "basis": "proposed"})
        if draw.random() < 0.93:
            # A few ministries lead most of what is followed up.
            lead = surroundings.leads()[min(int(draw.expovariate(0.15)), len(surroundings.leads()) - 1)]
            parties.append({"party": lead, "role": "lead", "basis": draw.choice(("proposed", "assigned"))})
        return parties

    def _import(self, number: int) -> Act:
        if number % IMPORTED_TOGETHER == 0 or self._imported is None:
            self._imported = self._act(ActKind.IMPORT, "import", 0, number)
        return self._imported

    def _act(self, kind: ActKind, channel: str, round_: int, number: int) -> Act:
        draw = self._random
        # Later acts of a day are recorded later.
        noted_at = _morning(_day(ROUNDS[round_], number, self._rows)) + timedelta(microseconds=number)
        act_id = str(UUID(int=draw.getrandbits(128), version=4))
        return Act(act_id, kind, draw.choice(words.PEOPLE), channel, noted_at)

    def _moved(self, number: int, round_: int, before: Step, day: date, end: date) -> Step:
        draw = self._random
        due = deadlines.later(draw, end)
        if due is None:
            return self._marked(number, round_, before, day, Status.IN_PROGRESS)
        act = self._act(ActKind.MOVE, draw.choice(("cli", "tui")), round_, number)
        cited: list[Plain] = []
        if draw.random() < 0.5:
            cited = [_place(draw.choice(surroundings.documents()).sha256, draw.randrange(100, 3000), draw)]
            cited[0]["role"] = "softens"
        state = before.state | {
            "deadline": due.plain,
            "review_on": None,
            "sources": [*before.state["sources"], *cited],
        }
        day = max(day, before.effective_on + timedelta(days=1))
        said = frozenset({"deadline", "review_on"})
        return Step(act, ActKind.MOVE, day, state, draw.choice(words.MOVE_NOTES), said)

    def _marked(self, number: int, round_: int, before: Step, day: date, status: Status) -> Step:
        draw = self._random
        day = max(day, before.effective_on + timedelta(days=1))
        old = before.state
        if status is Status.SUPERSEDED and not self._standing:
            status = Status.WITHDRAWN
        evidence = self._evidence(status)
        same = old["status"] == status.value
        end = _end(old)
        review = None
        if status is Status.SUSPENDED:
            review = day + timedelta(days=180)
        elif status not in CLOSED and end is None:
            review = day + timedelta(days=_review_days(old["deadline"] and old["deadline"]["text"]))
        state = old | {
            "status": status.value,
            "status_since": old["status_since"] if same else day.isoformat(),
            "done": self._done(status, before.effective_on, day, end),
            "replaced_by": draw.choice(self._standing) if status is Status.SUPERSEDED else None,
            "evidence_tier": max([old["evidence_tier"] if same else 0, *(piece["tier"] for piece in evidence)]),
            "review_on": review.isoformat() if review else None,
        }
        confirmed = status is Status.DELIVERED and not any(piece["tier"] >= 2 for piece in evidence)
        update = {
            "status": status.value,
            "side": None,
            "confirmed_by": draw.choice(words.PEOPLE) if confirmed else "",
            "evidence": evidence,
        }
        act = self._act(ActKind.MARK, draw.choice(("cli", "tui", "tui")), round_, number)
        return Step(act, ActKind.MARK, day, state, draw.choice(words.NOTES), SAID, update)

    def _done(self, status: Status, before: date, day: date, end: date | None) -> str | None:
        """Most are done in time, some after it, and of a few nobody knows when."""
        draw = self._random
        if status is not Status.DELIVERED:
            return None
        if draw.random() < 0.06:
            return "unknown"
        wanted = (end or day) - timedelta(days=draw.randint(-80, 200))
        done = max(before, min(wanted, day))
        return done.isoformat() if draw.random() < 0.8 else done.isoformat()[:7]

    def _evidence(self, status: Status) -> list[Plain]:
        draw = self._random
        tier = 2 if status is Status.DELIVERED and draw.random() < 0.7 else 1
        wanted = status is Status.PARTIAL or tier == 2 or draw.random() < 0.25
        if not wanted:
            return []
        if draw.random() < 0.5:
            value = f"https://example.org/tin/{draw.randrange(10**8)}"
            return [{"kind": "link", "value": value, "tier": tier, "place": None}]
        document = draw.choice(surroundings.documents())
        place = _place(document.sha256, draw.randrange(100, 3000), draw)
        return [{"kind": "citation", "value": document.file, "tier": tier, "place": place}]


def _day(round_: tuple[date, date], number: int, rows: int) -> date:
    first, last = round_
    return first + timedelta(days=(last - first).days * number // max(rows, 1))


@cache
def _morning(day: date) -> datetime:
    return datetime.combine(day, time(3), UTC)


def _end(state: Plain) -> date | None:
    deadline = state["deadline"]
    return date.fromisoformat(deadline["end"]) if deadline and deadline["end"] else None


@cache
def _review_days(text: str | None) -> int:
    some_day = date(2020, 1, 1)
    looked_at = _REVIEW.review_on(None if text is None else Deadline.of("none", text), some_day)
    assert looked_at is not None
    return (looked_at - some_day).days


@cache
def _party_names() -> Mapping[str, tuple[str, str]]:
    return {party.key: (party.name.vi, party.name.en) for party in surroundings.parties()}


@cache
def _published() -> list[str]:
    return [document.published for document in surroundings.documents()]


def _document_before(draw: Random, end: date | None) -> Any:
    """A document that is older than the deadline's end, seldom much older."""
    known = len(_published())
    if end is not None:
        known = max(1, bisect_left(_published(), (end - timedelta(days=60)).isoformat()))
    return surroundings.documents()[known - 1 - min(int(draw.expovariate(1 / 90)), known - 1)]


def _place(sha256: str, start: int, draw: Random) -> Plain:
    return {"document": sha256, "paragraph": draw.randint(2, 24), "start": start, "end": start + draw.randint(90, 400)}


def _target(draw: Random, country: str) -> Plain:
    return {
        "figure": f"trade-{country}",
        "value": str(draw.randint(1, 90) * 10**9),
        "by": str(draw.randint(2026, 2032)),
    }
