"""The proof of a history: every entry's hash, every subject's chain, every act's seal, and an anchor of earlier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from tracker.domain import history
from tracker.domain.outcomes import Finding, Progress, untold

T = TypeVar("T")
AT_ONCE = 2000

# Read as text: what somebody put there instead of a day or a moment must not stop the reading.
_ACTS = {
    "sqlite": "SELECT number, id, kind, actor, channel, undoes, hash,"
    " replace(recorded_at, ' ', 'T') || 'Z' AS recorded_at FROM act ORDER BY number",
    "postgresql": "SELECT number, id, kind, actor, channel, undoes, hash,"
    """ to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at"""
    " FROM act ORDER BY number",
}
_DAY = {"sqlite": "effective_on", "postgresql": "to_char(effective_on, 'YYYY-MM-DD')"}
_ENTRIES = (
    "SELECT act_number, kind, subject, ref, position, {day}, reason, changes, previous, hash"
    " FROM entry ORDER BY act_number, id"
)
# Where a subject's entries do not follow each other.
_BROKEN = text(
    "SELECT subject, ref, position, expected, before, previous FROM ("
    "SELECT subject, ref, position, previous,"
    " lag(position, 1, 0) OVER chain + 1 AS expected, lag(hash, 1, :nothing) OVER chain AS before"
    " FROM entry WINDOW chain AS (PARTITION BY subject, ref ORDER BY position)) AS chained"
    " WHERE position <> expected OR previous <> before"
)
_ANCHOR = re.compile(r"(?:(\d{1,9}):)?([0-9a-f]{12,64})", re.IGNORECASE)


def broken(connection: Connection, told: Progress = untold) -> Iterator[Finding]:
    """Every place where history is not what was written: changed, removed, inserted or reordered.

    A tail that was cut off leaves no trace here: `unanchored` finds it.
    """
    yield from _seals(connection, told)
    for row in connection.execute(_BROKEN, {"nothing": history.NOTHING_BEFORE}):
        facts = {"subject": row.subject, "ref": row.ref, "position": row.position}
        if row.position != row.expected:
            yield Finding("entry_missing", facts | {"expected": row.expected})
        else:
            yield Finding("entry_unchained", facts)


def _seals(connection: Connection, told: Progress) -> Iterator[Finding]:
    dialect = connection.dialect.name
    entries = iter(_streamed(connection, _ENTRIES.format(day=_DAY[dialect])))
    entry = next(entries, None)
    previous, expected = history.NOTHING_BEFORE, 1
    last = connection.execute(text("SELECT coalesce(max(number), 0) FROM act")).scalar_one()
    for number, act_id, kind, actor, channel, undoes, sealed, recorded_at in _streamed(connection, _ACTS[dialect]):
        if expected % AT_ONCE == 0:
            told("history", expected, last)
        if number != expected:
            yield Finding("act_missing", {"act": number, "expected": expected})
        while entry is not None and entry[0] < number:
            yield Finding("entry_of_no_act", {"subject": entry[2], "ref": entry[3], "act": entry[0]})
            entry = next(entries, None)
        said = _tried(history.act_said, act_id, kind, actor, channel, recorded_at, undoes)
        digests: list[str] = []
        while entry is not None and entry[0] == number:
            _, *values, digest = entry
            if _tried(history.kept_hash, said, *values) != digest:
                yield Finding("entry_changed", {"subject": entry[2], "ref": entry[3], "act": number})
            digests.append(str(digest))
            entry = next(entries, None)
        if _tried(history.act_hash, previous, number, act_id, digests) != sealed:
            yield Finding("act_unsealed", {"act": number})
        # Go on from what stands there: each break is told once.
        previous, expected = sealed, number + 1
    while entry is not None:
        yield Finding("entry_of_no_act", {"subject": entry[2], "ref": entry[3], "act": entry[0]})
        entry = next(entries, None)


def _tried(hashed: Callable[..., T], *values: Any) -> T | None:
    """What is hashed, or None: where somebody put a number or nothing instead of a text, no hash can fit."""
    try:
        return hashed(*values)
    except (TypeError, ValueError):
        return None


def _streamed(connection: Connection, statement: str) -> Any:
    return connection.execution_options(yield_per=AT_ONCE).execute(text(statement))


def is_anchor(given: str) -> bool:
    """Whether it can be an anchor: NUMBER:HEX as reports print it, HEX alone, or 12 or more of its first digits."""
    return _ANCHOR.fullmatch(given) is not None


def unanchored(connection: Connection, anchor: str) -> Finding | None:
    """What has happened to the history since this anchor was printed; None when it still stands in it."""
    found = _ANCHOR.fullmatch(anchor)
    assert found is not None, "is_anchor comes first"
    number, digits = found[1], found[2].lower()
    if number is not None and int(number) == 0:
        return None if history.NOTHING_BEFORE.startswith(digits) else Finding("anchor_unknown", {"anchor": anchor})
    last = connection.execute(text("SELECT coalesce(max(number), 0) FROM act")).scalar_one()
    if number is None:
        beginning = {"first": digits, "after": digits + "g"}
        found_act = connection.execute(text("SELECT 1 FROM act WHERE hash >= :first AND hash < :after"), beginning)
        return None if found_act.first() else Finding("anchor_unknown", {"anchor": anchor, "last": last})
    if int(number) > last:
        return Finding("history_cut", {"act": int(number), "last": last})
    sealed = connection.execute(text("SELECT hash FROM act WHERE number = :number"), {"number": int(number)}).scalar()
    if sealed is None or not str(sealed).startswith(digits):
        return Finding("history_rewritten", {"act": int(number)})
    return None
