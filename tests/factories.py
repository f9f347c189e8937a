"""Values with good defaults, so that a test names only what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.domain.commands import AddCommitment, AmendCommitment, MoveDeadline, RecordStatus, Seen
from tracker.domain.deadline import Certainty, Deadline
from tracker.domain.history import Act, ActKind, Hand
from tracker.domain.register import (
    Citation,
    Commitment,
    Document,
    Event,
    Evidence,
    Figure,
    Participation,
    Party,
    Subject,
    Words,
)
from tracker.domain.status import Status
from tracker.settings import Settings
from tracker_db.history import Recorder
from tracker_db.models import Base
from tracker_db.session import Database

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 2, 30, 0, 123456, tzinfo=UTC)
SAID_ON = date(2025, 12, 2)
DOCUMENT = "f" * 63 + "1"
REF = "C-2025-001"


@dataclass(frozen=True)
class FixedSettings(Settings):
    """Settings for which today is always the same day."""

    day: date = TODAY

    def today(self) -> date:
        return self.day


def settings_for(database_url: str, **fields: Any) -> FixedSettings:
    """Settings of a register at this URL, on 21 November 2026."""
    given: dict[str, Any] = {"database_is_default": False, "actor": "Lan", "language": "vi"} | fields
    return FixedSettings(database=database_url, **given)


def a_hand(act_id: str = "", *, channel: str = "cli", actor: str = "Lan", today: date = TODAY) -> Hand:
    """Somebody at the desk, today."""
    return Hand(actor, channel, today, act_id)


# Values


def a_deadline(value: str, text: str = "", certainty: Certainty = Certainty.STATED) -> Deadline:
    """A deadline stated so."""
    return Deadline.of(value, text, certainty)


def a_party(key: str = "vn-moit", name: Any = None, **fields: Any) -> Party:
    """A Vietnamese ministry."""
    country = key[:2].upper() if key[:2] in ("vn", "la") else ""
    given: dict[str, Any] = {"kind": "ministry", "country": country, "name": name or key}
    return Party(key=key, **given | fields)


def a_document(sha256: str = DOCUMENT, file: str = "001_article.txt", **fields: Any) -> Document:
    """An article of 2 December 2025."""
    return Document(sha256=sha256, file=file, **{"published": SAID_ON.isoformat()} | fields)


def a_citation(document: str = DOCUMENT, **fields: Any) -> Citation:
    """The first sentence of the article."""
    return Citation(document=document, **{"paragraph": 1, "start": 0, "end": 20} | fields)


def a_role(party: str, role: str = "undertaker", basis: str = "stated") -> Participation:
    """A party's role."""
    given: Any = {"party": party, "role": role, "basis": basis}
    return Participation(**given)


def evidence(tier: int = 2, value: str = "https://example.vn/van-ban") -> Evidence:
    """A link to a document."""
    return Evidence(kind="link", value=value, tier=tier)


def a_commitment(ref: str = REF, *, deadline: str | None = None, text: str = "", **fields: Any) -> Commitment:
    """A joint promise of both countries, recorded on the day it was made. `deadline` is its spelling."""
    by = a_deadline(deadline or "none", text) if deadline or text else None
    given: dict[str, Any] = {
        "title": "Mở đường bay thẳng",
        "kind": "project",
        "status_since": SAID_ON,
        "deadline": by,
        "parties": (a_role("vn"), a_role("la")),
        "sources": (a_citation(),),
    }
    return Commitment(ref=ref, **given | fields)


# Commands


def adding(ref: str | None = REF, **fields: Any) -> AddCommitment:
    """A new commitment from the article of 2 December 2025. `deadline_value` is its deadline's spelling."""
    given: dict[str, Any] = {
        "title": "Mở đường bay thẳng",
        "kind": "project",
        "parties": (a_role("vn"), a_role("la")),
        "sources": (a_citation(),),
    }
    return AddCommitment(ref=ref, **given | fields)


def marking(status: str, *refs: str, version: int | None = None, **fields: Any) -> RecordStatus:
    """Where commitments stand."""
    seen = tuple(Seen(ref=ref, version=version) for ref in refs or (REF,))
    return RecordStatus(commitments=seen, status=Status(status), **fields)


def delivering(*refs: str, done: str = "2026-05-20", **fields: Any) -> RecordStatus:
    """Done, and confirmed."""
    return marking("delivered", *refs, **{"done": done, "evidence": (evidence(),)} | fields)


def moving(value: str, ref: str = REF, version: int | None = None, **fields: Any) -> MoveDeadline:
    """A new agreed deadline."""
    return MoveDeadline(
        commitments=(Seen(ref=ref, version=version),), value=value, **{"note": "hai bên thống nhất"} | fields
    )


def amending(ref: str = REF, *, version: int | None = None, **fields: Any) -> AmendCommitment:
    """Fields corrected."""
    return AmendCommitment(commitments=(Seen(ref=ref, version=version),), fields=fields)


# Straight into the store


PARTIES = (
    a_party("vn", "Việt Nam", kind="state"),
    a_party("la", {"vi": "Lào", "en": "Laos"}, kind="state", aliases=("CHDCND Lào",)),
    a_party("vn-moit", "Bộ Công Thương", parent="vn", aliases=("BCT", "MOIT")),
    a_party("vn-mofa", "Bộ Ngoại giao", parent="vn"),
    a_party("vn-mond", "Bộ Quốc phòng", parent="vn"),
    a_party("vn-hanoi", "Hà Nội", parent="vn", kind="city"),
    a_party("la-moic", {"vi": "Bộ Công Thương Lào", "en": "Ministry of Industry and Commerce of Laos"}, parent="la"),
)
LONG_AGO = date(2025, 1, 1)


def record(database: Database, *subjects: Subject, on: date | None = None, **act: Any) -> int:
    """Put these on record in one act, each from the day it was said on; the act's number."""
    with database.write() as session:
        recorder = Recorder(session, an_act(**act))
        for subject in subjects:
            since = subject.status_since if isinstance(subject, Commitment) else LONG_AGO
            recorder.put(subject, on or since)
        return recorder.close()


def furnish(database: Database, **act: Any) -> None:
    """A register with parties, an article, a dated and an undated event, and a figure, but no commitment yet."""
    record(
        database,
        *PARTIES,
        a_document(),
        Event(key="visit", name=Words(vi="Chuyến thăm"), on="2026-02-05", parties=("vn", "la")),
        Event(key="congress", name=Words(vi="Đại hội")),
        Figure(key="trade", name=Words(vi="Kim ngạch"), unit="USD"),
        **act,
    )


def an_act(act_id: str | None = None, kind: ActKind = ActKind.ADD, at: datetime = NOW, **fields: Any) -> Act:
    """An act of Lan's at the command line."""
    given: dict[str, Any] = {"actor": "Lan", "channel": "cli"}
    return Act(act_id or a_hand().act(), kind, recorded_at=at, **given | fields)


def days(first: date, last: date, step: int = 1) -> list[date]:
    """The days from first to last."""
    return [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, the search tables' too: what must not change when an act is refused."""
    with database.read() as session:
        connection = session.connection()
        names = [table.name for table in Base.metadata.sorted_tables]
        searched = "rowid, folded, exact" if database.path else "commitment_id, folded, exact"
        asked = {name: f"SELECT * FROM {name}" for name in names}
        asked["commitment_search"] = f"SELECT {searched} FROM commitment_search"
        return {
            name: sorted((tuple(row) for row in connection.exec_driver_sql(statement)), key=repr)
            for name, statement in asked.items()
        }
