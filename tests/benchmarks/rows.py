"""The rows of the generated commitments, as the services would have written them: many at a time, plain tuples."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

from tests.benchmarks import follow_ups, surroundings
from tests.benchmarks.stories import IMPORTED_TOGETHER, ROUNDS, Plain, Step, Teller
from tracker.domain import history
from tracker.domain.change import Change
from tracker.domain.deadline import parse_period
from tracker.domain.history import Act, Entry, canonical
from tracker.domain.status import Stage, Status
from tracker.domain.text import fold, words
from tracker_db import subjects
from tracker_db.types import FOREVER

Row = tuple[Any, ...]
Ids = Mapping[str, Mapping[str, int]]
# The commitments' own, then follow-ups: planned, done.
ALL_ROUNDS = len(ROUNDS) + 2
_FOREVER = FOREVER.isoformat()
_STAGES = {status.value: (Stage.of(status).value, int(status.closed)) for status in Status}
_DEADLINE = ("text", "value", "start", "end", "precision", "certainty")
_PLAIN = ("kind", "sector", "instrument", "strength", "status", "status_since", "done", "review_on", "replaced_by")

# The columns of each table's tuples below. What is not named here the database numbers itself.
_STATE = (
    *("ref", "title_vi", "title_en", "statement_vi", "statement_en", *_PLAIN, "evidence_tier"),
    *("done_start", "done_end"),
    *(f"deadline_{name}" for name in _DEADLINE),
    *(f"baseline_{name}" for name in _DEADLINE),
    *("closed", "stage", "sort_day", "lead_id", "version", "moves", "began_on", "valid_from"),
)
_PART = ("commitment_id", "position", "valid_from", "valid_to")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "commitment": ("id", *_STATE),
    "commitment_version": ("commitment_id", "valid_to", *_STATE),
    "participation": (*_PART, "party_id", "role", "basis"),
    "citation": (*_PART, "document_id", "paragraph", "start", "end", "role"),
    "target": (*_PART, "figure_id", "value", "by"),
    "tag": (*_PART, "tag"),
    "follow_up": (
        *("key", "commitment_id", "party_id", "what", "how", "planned_on", "rule", "anchor", "answer_due_on"),
        *("done_on", "answer", "answered_on", "dropped", "due_on", "agenda_on", "valid_from", "valid_to"),
    ),
    "act": ("number", "id", "kind", "actor", "channel", "recorded_at", "undoes", "hash"),
    "entry": (
        *(
            "id",
            "act_number",
            "kind",
            "subject",
            "ref",
            "position",
            "effective_on",
            "reason",
            "changes",
            "previous",
            "hash",
        ),
    ),
    "status_update": (
        *("id", "commitment_id", "act_number", "position", "effective_on", "status", "note", "side_id", "confirmed_by"),
    ),
    "evidence": (*("id", "status_update_id", "kind", "value", "tier", "document_id", "paragraph", "start", "end"),),
    "commitment_search": ("rowid", "folded", "exact"),
}


@dataclass(frozen=True)
class Numbers:
    """Where the generated rows begin: the last act and entry before them, and the row numbers of what they name."""

    rows: int
    act: int
    entry: int
    ids: Ids

    def act_number(self, round_: int, number: int) -> int:
        """The number of the act that made this round's entry of a commitment, or of its follow-up."""
        imports = -(-self.rows // IMPORTED_TOGETHER)
        if round_ >= len(ROUNDS):
            return self.act + 1 + imports + 2 * self.rows + follow_ups.place(round_, number, self.rows)
        place = number // IMPORTED_TOGETHER if round_ == 0 else imports + (round_ - 1) * self.rows + number
        return self.act + 1 + place

    def entry_id(self, round_: int, number: int) -> int:
        """The row number of this round's entry of a commitment, or of its follow-up."""
        if round_ >= len(ROUNDS):
            return self.entry + 1 + 3 * self.rows + follow_ups.place(round_, number, self.rows)
        return self.entry + 1 + round_ * self.rows + number


@dataclass
class Round:
    """What one round of acts writes. The acts wait for their seals: each with the hashes of its entries."""

    acts: list[tuple[int, Row, list[str]]] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def put(self, table: str, row: Row) -> None:
        """One more row of a table."""
        self.rows.setdefault(table, []).append(row)

    def packed(self) -> bytes:
        """As bytes, to cross to another process or to wait in a file."""
        return marshal.dumps((self.acts, self.rows))

    @classmethod
    def unpacked(cls, content: bytes) -> Round:
        """What was packed."""
        return cls(*marshal.loads(content))


@dataclass
class Chunk:
    """Some commitments: the first round has the rows of all but the later rounds' entries."""

    rounds: tuple[Round, ...] = field(default_factory=lambda: tuple(Round() for _ in range(ALL_ROUNDS)))
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)


def packed_chunk(numbers: Numbers, first: int, many: int) -> tuple[list[bytes], Counter[tuple[str, str]]]:
    """The packed rounds and the tally of `many` commitments from number `first` on."""
    chunk = chunk_of(numbers, first, many)
    return [round_.packed() for round_ in chunk.rounds], chunk.tally


def chunk_of(numbers: Numbers, first: int, many: int) -> Chunk:
    """The rows of `many` commitments from number `first` on."""
    teller, chunk = Teller(first, numbers.rows), Chunk()
    for number in range(first, first + many):
        steps = teller.story(number)
        _entries(chunk, numbers, number, steps)
        _commitment(chunk, numbers, number, steps)
        _follow_up(chunk, numbers, number, steps)
    return chunk


def _entries(chunk: Chunk, numbers: Numbers, number: int, steps: Sequence[Step]) -> None:
    before: Plain | None = None
    previous = history.NOTHING_BEFORE
    for round_, step in enumerate(steps):
        written, ref = chunk.rounds[round_], step.state["ref"]
        change = _change(before, step.state, step.asserted)
        entry = Entry(step.kind, "commitment", ref, round_ + 1, step.effective_on, change, step.reason, step.update)
        act_number, entry_id = numbers.act_number(round_, number), numbers.entry_id(round_, number)
        previous = _entry(written, step.act, entry, previous, act_number, entry_id)
        if step.update is not None:
            _update(written, numbers, entry_id, act_number, number, round_ + 1, step, step.update)
        before = step.state


def _entry(written: Round, act: Act, entry: Entry, previous: str, act_number: int, entry_id: int) -> str:
    """Put an entry and its act; its hash."""
    digest = history.entry_hash(act, entry, previous)
    day, changes = entry.effective_on.isoformat(), canonical(entry.payload())
    said = (entry.kind.value, entry.subject, entry.ref, entry.position, day, entry.reason, changes)
    written.put("entry", (entry_id, act_number, *said, previous, digest))
    if written.acts and written.acts[-1][0] == act_number:
        written.acts[-1][2].append(digest)
    else:
        written.acts.append((act_number, _act(act), [digest]))
    return digest


def _follow_up(chunk: Chunk, numbers: Numbers, number: int, steps: Sequence[Step]) -> None:
    told = follow_ups.story(number, steps)
    closed = _STAGES[steps[-1].state["status"]][1]
    before: Plain | None = None
    previous = history.NOTHING_BEFORE
    for position, one in enumerate(told, 1):
        round_, plain = len(ROUNDS) + position - 1, one.value.plain()
        entry = Entry(one.kind, "follow_up", one.value.key, position, one.effective_on, _change(before, plain, set()))
        ids = numbers.act_number(round_, number), numbers.entry_id(round_, number)
        previous = _entry(chunk.rounds[round_], one.act, entry, previous, *ids)
        last = position == len(told)
        due_on = one.value.due_on.isoformat() if one.value.due_on else None
        chunk.rounds[0].put(
            "follow_up",
            (
                *(plain["key"], number + 1, numbers.ids["party"][plain["to"]], plain["what"], plain["how"]),
                *(plain["on"], plain["rule"], plain["anchor"], plain["answer_due"], plain["done_on"], plain["answer"]),
                *(plain["answered_on"], int(plain["dropped"]), due_on, due_on if last and not closed else None),
                one.effective_on.isoformat(),
                _FOREVER if last else told[position].effective_on.isoformat(),
            ),
        )
        before = plain


def _act(act: Act) -> Row:
    recorded_at = act.recorded_at.isoformat(" ", "microseconds").removesuffix("+00:00")
    return (act.id, act.kind.value, act.actor, act.channel, recorded_at, act.undoes)


def _change(before: Plain | None, after: Plain, asserted: Set[str]) -> Change:
    if before is None:
        return {name: (None, value) for name, value in after.items() if value not in (None, "", [], 0, False)}
    return {name: (before[name], value) for name, value in after.items() if name in asserted or before[name] != value}


def _update(
    written: Round,
    numbers: Numbers,
    update_id: int,
    act_number: int,
    number: int,
    position: int,
    step: Step,
    update: Plain,
) -> None:
    day = step.effective_on.isoformat()
    row = (
        update_id,
        number + 1,
        act_number,
        position,
        day,
        update["status"],
        step.reason,
        None,
        update["confirmed_by"],
    )
    written.put("status_update", row)
    for piece in update["evidence"]:
        place = piece["place"]
        cited = _cited(numbers.ids, place) if place else (None, None, None, None)
        written.put("evidence", (update_id, update_id, piece["kind"], piece["value"], piece["tier"], *cited))


def _cited(ids: Ids, place: Plain) -> Row:
    return (ids["document"][place["document"]], place["paragraph"], place["start"], place["end"])


def _commitment(chunk: Chunk, numbers: Numbers, number: int, steps: Sequence[Step]) -> None:
    put, row_id = chunk.rounds[0].put, number + 1
    moves = 0
    for round_, step in enumerate(steps):
        moves += step.kind is history.ActKind.MOVE
        days = (steps[0].effective_on.isoformat(), step.effective_on.isoformat())
        # The first deadline is the baseline: nothing here corrects one.
        state = (*_columns(numbers, step.state, steps[0].state["deadline"]), round_ + 1, moves, *days)
        if round_ + 1 == len(steps):
            put("commitment", (row_id, *state))
        else:
            put("commitment_version", (row_id, steps[round_ + 1].effective_on.isoformat(), *state))
    for table, name, columns in _PARTS:
        for since, until, items in _spans(steps, name):
            for position, item in enumerate(items):
                put(table, (row_id, position, since, until, *columns(numbers.ids, item)))
    now = steps[-1].state
    kind, day = subjects.tally_key(_tallied(now))
    chunk.tally[kind, day.isoformat()] += 1
    put("commitment_search", (row_id, *_search(now)))


def _columns(numbers: Numbers, state: Plain, baseline: Plain | None) -> Row:
    deadline = state["deadline"]
    lead = next((part["party"] for part in state["parties"] if part["role"] == "lead"), None)
    stage, closed = _STAGES[state["status"]]
    return (
        state["ref"],
        state["title"]["vi"],
        state["title"]["en"],
        state["statement"]["vi"],
        state["statement"]["en"],
        *(state[name] for name in _PLAIN),
        state["evidence_tier"],
        *_done(state["done"]),
        *(deadline[name] if deadline else None for name in _DEADLINE),
        *(baseline[name] if baseline else None for name in _DEADLINE),
        closed,
        stage,
        (deadline["end"] if deadline else None) or _FOREVER,
        numbers.ids["party"][lead] if lead else None,
    )


@lru_cache(maxsize=65536)
def _done(value: str | None) -> tuple[str | None, str | None]:
    if value is None or value == "unknown":
        return None, None
    period = parse_period(value)
    assert period.start is not None
    assert period.end is not None
    return period.start.isoformat(), period.end.isoformat()


def _spans(steps: Sequence[Step], name: str) -> Iterator[tuple[str, str, list[Any]]]:
    """The values of a list, each from its first day to the day on which another one took its place."""
    since, items = steps[0].effective_on.isoformat(), steps[0].state[name]
    for step in steps[1:]:
        if step.state[name] != items:
            day = step.effective_on.isoformat()
            yield since, day, items
            since, items = day, step.state[name]
    yield since, _FOREVER, items


_PARTS: tuple[tuple[str, str, Callable[[Ids, Any], Row]], ...] = (
    ("participation", "parties", lambda ids, part: (ids["party"][part["party"]], part["role"], part["basis"])),
    ("citation", "sources", lambda ids, place: (*_cited(ids, place), place["role"])),
    ("target", "targets", lambda ids, aim: (ids["figure"][aim["figure"]], aim["value"], aim["by"])),
    ("tag", "tags", lambda ids, tag: (tag,)),
)


def _tallied(state: Plain) -> dict[str, Any]:
    deadline = state["deadline"] or {}
    done = _done(state["done"])
    days = {
        "deadline_start": deadline.get("start"),
        "deadline_end": deadline.get("end"),
        "done_start": done[0],
        "done_end": done[1],
        "review_on": state["review_on"],
    }
    found = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return {"status": state["status"], "stage": _STAGES[state["status"]][0], **found}


def _search(state: Plain) -> tuple[str, str]:
    texts = (*(state[name][language] for name in ("title", "statement") for language in ("vi", "en")),)
    cut = words(" ".join((state["ref"], *texts)).casefold())
    exact, folded = [" ".join(cut)], [" ".join(map(_fold, cut))]
    for key in sorted({part["party"] for part in state["parties"]}):
        names = _names()[key]
        exact.append(names)
        folded.append(_fold(names))
    return " ".join(folded), " ".join(exact)


_fold = lru_cache(maxsize=65536)(fold)


@cache
def _names() -> Mapping[str, str]:
    """All that a party is called, cut into words as the search keeps them."""
    return {
        party.key: " ".join(words(" ".join((party.name.vi, party.name.en, *party.aliases)).casefold()))
        for party in surroundings.parties()
    }
