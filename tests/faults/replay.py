"""The register put together from its entries, by a reader who knows nothing of how the product does it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tracker.domain.views import CommitmentView
from tracker_db import models
from tracker_db.session import Database

# What makes two members of a list the same one.
SAME = {
    "sides": lambda member: member["party"],
    "parties": lambda member: "lead" if member["role"] == "lead" else (member["role"], member["party"]),
}
PLAIN = ("status", "done", "review_on", "replaced_by", "evidence_tier", "kind", "sector", "instrument", "strength")


@dataclass(frozen=True)
class Said:
    """An entry, with when it was recorded and what its act takes back."""

    act: str
    subject: str
    number: int
    recorded_at: datetime
    undoes: str | None
    ref: str
    kind: str
    position: int
    effective_on: date
    fields: dict[str, Any]


def read(database: Database, subject: str = "commitment") -> list[Said]:
    """All entries on a kind of subject, as they were recorded."""
    entry, act = models.Entry, models.Act
    with database.read() as session:
        rows = session.execute(
            select(entry, act).join(act, act.number == entry.act_number).where(entry.subject == subject)
        )
        found = [
            Said(
                row.Act.id,
                subject,
                row.Act.number,
                row.Act.recorded_at,
                row.Act.undoes,
                row.Entry.ref,
                row.Entry.kind,
                row.Entry.position,
                row.Entry.effective_on,
                json.loads(row.Entry.changes)["fields"],
            )
            for row in rows
        ]
    return sorted(found, key=lambda said: (said.number, said.position))


def register(said: list[Said], as_of: date, known: datetime) -> dict[str, dict[str, Any]]:
    """The commitments of a day as they were known at a moment, by ref: their fields."""
    heard = [each for each in said if each.recorded_at <= known]
    gone = taken_back(heard)
    standing = [each for each in heard if not each.undoes and each.act not in gone and each.effective_on <= as_of]
    found: dict[str, dict[str, Any]] = {}
    for each in sorted(standing, key=lambda one: (one.effective_on, one.number, one.position)):
        present = found.setdefault(each.ref, {})
        for name, (before, after) in each.fields.items():
            if isinstance(after, list) and name in present and present[name] != (before or []):
                after = _merged(name, present[name], before or [], after)
            present[name] = after
    return found


def taken_back(said: list[Said]) -> set[str]:
    """The acts that count no more. An undo counts unless it is undone itself: decided from the newest to the oldest."""
    gone: set[str] = set()
    for _number, act, undoes in sorted({(each.number, each.act, each.undoes) for each in said if each.undoes})[::-1]:
        if act not in gone:
            gone.add(str(undoes))
    return gone


def _merged(name: str, present: list[Any], before: list[Any], after: list[Any]) -> list[Any]:
    same = SAME.get(name, lambda member: json.dumps(member, sort_keys=True))
    new = {same(member): member for member in after if member not in before}
    removed = [same(member) for member in before if same(member) not in [same(left) for left in after]]
    kept = [new.pop(same(member), member) for member in present if same(member) not in removed]
    return [*kept, *new.values()]


def fields_of(view: CommitmentView) -> dict[str, Any]:
    """What a view of the product says, in the words of the entries."""
    spelled = {name: getattr(view, name) for name in PLAIN}
    return {
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in spelled.items()},
        "status_since": view.status_since.isoformat(),
        "title": {"vi": view.title.vi, "en": view.title.en},
        "deadline": view.deadline.value if view.deadline else None,
        "parties": [(part.key, str(part.role), str(part.basis)) for part in view.parties],
        "sides": [(side.party, str(side.status), side.since.isoformat(), side.done) for side in view.sides],
        "tags": list(view.tags),
    }


def fields_said(fields: dict[str, Any]) -> dict[str, Any]:
    """The same of what a replay found."""
    nothing = {"kind": "", "sector": "other", "instrument": "other", "strength": "agreed", "status": "recorded"}
    deadline = fields.get("deadline")
    return {
        **{name: fields.get(name, nothing.get(name)) for name in PLAIN},
        "evidence_tier": fields.get("evidence_tier", 0),
        "status_since": fields["status_since"],
        "title": {"vi": fields["title"]["vi"], "en": fields["title"]["en"]},
        "deadline": deadline["value"] if deadline else None,
        "parties": [(part["party"], part["role"], part["basis"]) for part in fields.get("parties", [])],
        "sides": [(side["party"], side["status"], side["since"], side["done"]) for side in fields.get("sides", [])],
        "tags": list(fields.get("tags", [])),
    }
