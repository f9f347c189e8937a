"""Acts and entries: what is hashed, and how. Nothing here is ever edited; migrations never rewrite an entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from json.encoder import encode_basestring as _said
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
    """SHA-256 over an entry, its act and the entry before it on the same subject, as hex.

    What is hashed is the canonical JSON of all their fields, under the names that they have here, with a payload
    version.
    """
    said = act_said(act.id, act.kind, act.actor, act.channel, moment(act.recorded_at), act.undoes)
    return kept_hash(
        *(said, entry.kind, entry.subject, entry.ref, entry.position, entry.effective_on.isoformat()),
        *(entry.reason, canonical(entry.payload()), previous),
    )


def act_said(
    act_id: str, kind: str, actor: str, channel: str, recorded_at: str, undoes: str | None
) -> tuple[str, str, str, str]:
    """What an act says in each of its entries' payloads: the four pieces between which an entry's own values stand."""
    undone = "null" if undoes is None else _said(undoes)
    return (
        f'{{"act":{_said(act_id)},"act_kind":{_said(kind)},"actor":{_said(actor)},"changes":',
        f',"channel":{_said(channel)},"effective_on":',
        f',"recorded_at":{_said(recorded_at)},"ref":',
        f',"undoes":{undone},"v":{PAYLOAD_VERSION}}}',
    )


def kept_hash(
    act: tuple[str, str, str, str],
    kind: str,
    subject: str,
    ref: str,
    position: int,
    effective_on: str,
    reason: str,
    changes: str,
    previous: str,
) -> str:
    """The hash of an entry from its values as they are kept: the day and the changes are text already.

    Put together from pieces, not by an encoder: a hundred thousand of them are proved in a second or two.
    """
    first, second, third, last = act
    payload = (
        f'{first}{changes}{second}{_said(effective_on)},"kind":{_said(kind)},"position":{position}'
        f',"previous":"{previous}","reason":{_said(reason)}{third}{_said(ref)},"subject":{_said(subject)}{last}'
    )
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()


def act_hash(previous: str, number: int, act_id: str, entries: Sequence[str]) -> str:
    """SHA-256 over the act before, this act's number and id, and its entries' hashes in their order: the anchor."""
    digests = '","'.join(entries)
    listed = f'["{digests}"]' if entries else "[]"
    payload = (
        f'{{"act":{_said(act_id)},"entries":{listed},"number":{number},"previous":"{previous}","v":{PAYLOAD_VERSION}}}'
    )
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()
