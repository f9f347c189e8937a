"""Acts and entries: what is hashed, and how. Nothing here is ever edited; migrations never rewrite an entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from tracker.domain.change import Change

PAYLOAD_VERSION = 1
# The head of an empty chain.
NOTHING_BEFORE = "0" * 64
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class ActKind(StrEnum):
    """What a person did."""

    ADD = "add"
    AMEND = "amend"
    MARK = "mark"
    MOVE = "move"
    FOLLOW_UP = "follow_up"
    IMPORT = "import"
    UNDO = "undo"
    REDO = "redo"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, through which channel (cli, tui, web, import, seed), on which day, under which act id.

    The id is made by the client, so that the same act sent twice is done once.
    """

    actor: str
    channel: str
    today: date
    act_id: str = ""

    def act(self) -> str:
        """The act's id: the client's, or a new one."""
        return self.act_id or str(uuid4())


@dataclass(frozen=True, slots=True)
class Act:
    """One act, before it is numbered and hashed by the store."""

    id: str
    kind: ActKind
    actor: str
    channel: str
    recorded_at: datetime
    undoes: str | None = None


def canonical(payload: Any) -> str:
    """The one JSON spelling of a payload: sorted keys, no spaces, UTF-8 as it is."""
    return _JSON.encode(payload)


def moment(at: datetime) -> str:
    """A moment in UTC with microseconds, always six digits of them."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an act said of one subject: the fields before and after, from which day on, and why.

    `kind` is what was done to this subject (an import adds, amends and marks). `position` counts the subject's
    entries from 1. `update` holds a status update's own facts (whose side it is, who confirms, the evidence), which
    are no field of the commitment.
    """

    kind: ActKind
    subject: str
    ref: str
    position: int
    effective_on: date
    change: Change
    reason: str = ""
    update: Mapping[str, Any] | None = None

    def payload(self) -> dict[str, Any]:
        """The change as it is hashed and kept."""
        fields: dict[str, Any] = {name: list(pair) for name, pair in self.change.items()}
        return {"fields": fields} if self.update is None else {"fields": fields, "update": self.update}


def entry_hash(act: Act, entry: Entry, previous: str) -> str:
    """SHA-256 over an entry, its act and the entry before it on the same subject, as hex."""
    payload = {
        "v": PAYLOAD_VERSION,
        "act": act.id,
        "act_kind": act.kind.value,
        "kind": entry.kind.value,
        "actor": act.actor,
        "channel": act.channel,
        "recorded_at": moment(act.recorded_at),
        "undoes": act.undoes,
        "subject": entry.subject,
        "ref": entry.ref,
        "position": entry.position,
        "effective_on": entry.effective_on.isoformat(),
        "reason": entry.reason,
        "changes": entry.payload(),
        "previous": previous,
    }
    return hashlib.sha256(canonical(payload).encode()).hexdigest()


def act_hash(previous: str, number: int, act_id: str, entries: Sequence[str]) -> str:
    """SHA-256 over the act before, this act's number and id, and its entries' hashes in their order: the anchor."""
    payload = {
        "v": PAYLOAD_VERSION,
        "previous": previous,
        "number": number,
        "act": act_id,
        "entries": list(entries),
    }
    return hashlib.sha256(canonical(payload).encode()).hexdigest()
