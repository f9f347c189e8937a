"""Acts and entries: chained, all or none, once; and rows, versions and tally are made from them on every day."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import CursorResult, text
from sqlalchemy.orm import Session

from tests.factories import (
    REF,
    a_commitment,
    a_document,
    a_hand,
    a_party,
    adding,
    amending,
    an_act,
    delivering,
    everything,
    evidence,
    marking,
    moving,
    record,
)
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.history import NOTHING_BEFORE, Act, ActKind, Entry, act_hash, entry_hash
from tracker_db import history, models
from tracker_db.derived import Derived
from tracker_db.session import Database
from tracker_db.upgrade import upgrade


def broken_links(session: Session) -> list[str]:
    """What a check of the chains finds wrong, computed again from what is stored."""
    found: list[str] = []
    sealed = NOTHING_BEFORE
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    acts = session.query(models.Act).order_by(models.Act.number).all()
    known = {act.number for act in acts}
    entries = session.query(models.Entry).order_by(models.Entry.id).all()
    found += [f"entry {row.id} of no act" for row in entries if row.act_number not in known]
    for number, row in enumerate(acts, 1):
        act = Act(row.id, ActKind(row.kind), row.actor, row.channel, row.recorded_at, row.undoes)
        digests = []
        for kept in (kept for kept in entries if kept.act_number == row.number):
            changes = json.loads(kept.changes)
            entry = Entry(
                ActKind(kept.kind),
                kept.subject,
                kept.ref,
                kept.position,
                kept.effective_on,
                {name: (before, after) for name, (before, after) in changes["fields"].items()},
                kept.reason,
                changes.get("update"),
            )
            position, previous = heads.get((kept.subject, kept.ref), (0, NOTHING_BEFORE))
            if (kept.position, kept.previous) != (position + 1, previous):
                found.append(f"entry {kept.id} does not follow the one before")
            if entry_hash(act, entry, kept.previous) != kept.hash:
                found.append(f"entry {kept.id} says something else")
            heads[kept.subject, kept.ref] = (kept.position, kept.hash)
            digests.append(kept.hash)
        sealed = act_hash(sealed, number, row.id, digests)
        if (row.number, row.hash) != (number, sealed):
            found.append(f"act {row.number} is not sealed so")
    return found


@pytest.fixture
def busy_desk(tracker: Tracker) -> Tracker:
    """A register after a few acts of every kind."""
    hand = a_hand()
    commitments = tracker.commitments
    commitments.add(adding(deadline_value="2026-06-30"), hand)
    commitments.add(adding("C-2025-002", title="Mở chợ biên giới"), hand)
    commitments.record_status(marking("in_progress", note="đã họp", evidence=(evidence(1),)), hand)
    commitments.move_deadline(moving("2026-Q4"), hand)
    commitments.amend(amending(title={"vi": "Đường bay thẳng", "en": "Direct flight"}), hand)
    commitments.record_status(marking("suspended", REF, "C-2025-002", note="chờ", review_on=date(2027, 1, 1)), hand)
    commitments.record_status(
        marking("partial", side="la", evidence=(evidence(),), effective_on=date(2026, 3, 1)), hand
    )
    return tracker


def test_the_chain_can_be_computed_again_from_what_is_stored(busy_desk: Tracker) -> None:
    with busy_desk.database.read() as session:
        assert broken_links(session) == []
        last = session.query(models.Act).order_by(models.Act.number.desc()).first()
        assert last is not None
        assert history.anchor(session) == f"{last.number}:{last.hash}"
        assert last.number == 8


TAMPERING = [
    "UPDATE act SET actor = 'Minh' WHERE number = 3",
    "UPDATE act SET channel = 'tui' WHERE number = 3",
    "UPDATE act SET kind = 'amend' WHERE number = 4",
    "UPDATE act SET recorded_at = '2026-11-20 02:30:00.123456+00:00' WHERE number = 3",
    "UPDATE act SET undoes = 'x' WHERE number = 3",
    "UPDATE act SET id = 'x' WHERE number = 3",
    "UPDATE entry SET reason = 'đã ký' WHERE reason = 'đã họp'",
    "UPDATE entry SET changes = replace(changes, 'in_progress', 'delivered') WHERE reason = 'đã họp'",
    "UPDATE entry SET effective_on = '2026-01-01' WHERE reason = 'đã họp'",
    "UPDATE entry SET ref = 'C-2025-003' WHERE ref = 'C-2025-002'",
    "UPDATE entry SET previous = hash WHERE reason = 'đã họp'",
    "UPDATE entry SET hash = previous WHERE reason = 'đã họp'",
    "UPDATE entry SET act_number = 2 WHERE reason = 'đã họp'",
    "DELETE FROM entry WHERE reason = 'đã họp'",
    "DELETE FROM entry WHERE act_number = 8",
    "DELETE FROM entry WHERE ref = 'C-2025-002'",
    "DELETE FROM act WHERE number = 8",
]


def broken_links_after(database: Database, statement: str) -> list[str]:
    """What a check finds after a statement, which is then taken back."""
    found: list[str] = []

    class Undone(Exception):
        pass

    with suppress(Undone), database.write() as session:
        if database.path:
            session.execute(text("PRAGMA defer_foreign_keys=ON"))
        result = session.execute(text(statement))
        assert isinstance(result, CursorResult)
        assert result.rowcount >= 1
        found = broken_links(session)
        raise Undone
    return found


def test_any_tampering_shows(busy_desk: Tracker, engine_name: str) -> None:
    database = busy_desk.database
    with database.connect() as connection:
        # What whoever may write the file can do, and what a superuser can do on a server.
        if engine_name == "sqlite":
            for name in ("update", "delete", "replace"):
                for table in ("act", "entry"):
                    connection.exec_driver_sql(f"DROP TRIGGER guard_{table}_{name}")
        else:
            connection.exec_driver_sql("ALTER TABLE act DISABLE TRIGGER ALL")
            connection.exec_driver_sql("ALTER TABLE entry DISABLE TRIGGER ALL")
    for statement in TAMPERING:
        assert broken_links_after(database, statement), statement
    with database.read() as session:
        assert broken_links(session) == []


def test_the_last_act_cut_off_shows_in_the_anchor(busy_desk: Tracker) -> None:
    with busy_desk.database.read() as session:
        before = history.anchor(session)
    busy_desk.commitments.record_status(marking("in_progress", note="tiếp tục"), a_hand())
    with busy_desk.database.read() as session:
        assert history.anchor(session) != before


# All or none, and once


@pytest.mark.parametrize(
    ("part", "step"), [(Derived, "write_update"), (Derived, "write_tally"), (history.Recorder, "close")]
)
def test_when_the_last_step_fails_nothing_of_the_act_is_kept(
    busy_desk: Tracker, part: type[Any], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(busy_desk.database)
    done = getattr(part, step)

    class Stumbled(Exception):
        pass

    def stumble(self: Any, *given: Any) -> None:
        done(self, *given)
        raise Stumbled

    monkeypatch.setattr(part, step, stumble)
    with pytest.raises(Stumbled):
        busy_desk.commitments.record_status(delivering(REF, "C-2025-002"), a_hand())
    assert everything(busy_desk.database) == before


def test_when_one_of_many_is_refused_none_is_marked(busy_desk: Tracker) -> None:
    before = everything(busy_desk.database)
    for refs in ((REF, "C-2025-002", "C-2025-999"), ("C-2025-999", REF)):
        with pytest.raises(errors.NotFound):
            busy_desk.commitments.record_status(delivering(*refs), a_hand())
    assert everything(busy_desk.database) == before


@pytest.mark.parametrize(
    "act",
    [
        lambda tracker, hand: tracker.commitments.add(adding(None), hand),
        lambda tracker, hand: tracker.commitments.record_status(delivering(), hand),
        lambda tracker, hand: tracker.commitments.move_deadline(moving("2027"), hand),
        lambda tracker, hand: tracker.commitments.amend(amending(sector="investment"), hand),
        lambda tracker, hand: tracker.library.add_party(a_party("la-mofa", "Bộ Ngoại giao Lào"), hand),
    ],
    ids=["add", "mark", "move", "amend", "party"],
)
def test_the_same_act_sent_twice_is_done_once(busy_desk: Tracker, act: Callable[[Tracker, Any], Any]) -> None:
    hand = a_hand("11111111-2222-3333-4444-555555555555")
    first = act(busy_desk, hand)
    before = everything(busy_desk.database)
    again = act(busy_desk, hand)
    assert everything(busy_desk.database) == before
    assert (again.act, again.number) == (first.act, first.number)
    assert again.commitments == first.commitments


def test_an_act_that_changes_nothing_is_no_act(database: Database) -> None:
    assert record(database, a_party("vn", "Việt Nam")) == 1
    before = everything(database)
    assert record(database, a_party("vn", "Việt Nam")) == 0
    assert everything(database) == before


def test_a_ref_is_never_given_twice(tracker: Tracker) -> None:
    refs = [tracker.commitments.add(adding(None), a_hand()).commitments[0].ref for _ in range(3)]
    assert refs == ["C-2025-001", "C-2025-002", "C-2025-003"]
    tracker.commitments.add(adding("C-2025-999"), a_hand())
    assert tracker.commitments.add(adding(None), a_hand()).commitments[0].ref == "C-2025-1000"
    assert tracker.commitments.add(adding(None), a_hand()).commitments[0].ref == "C-2025-1001"
    assert tracker.commitments.add(adding(None, prefix="VL"), a_hand()).commitments[0].ref == "VL-2025-001"


def test_refs_are_numbered_on_a_server_that_sorts_as_people_do(postgresql: Any) -> None:
    url = postgresql.create("template0 LOCALE_PROVIDER icu ICU_LOCALE 'vi-VN'")
    upgrade(url)
    database = Database(url)
    try:
        with database.write() as session:
            recorder = history.Recorder(session, an_act())
            for party in (a_party("vn"), a_party("la")):
                recorder.put(party, date(2025, 1, 1))
            recorder.put(a_document(), date(2025, 1, 1))
            for number in (1, 2):
                assert history.next_ref(session, "C", 2025) == f"C-2025-00{number}"
                recorder.put(a_commitment(f"C-2025-00{number}"), date(2025, 12, 2))
            recorder.close()
        with database.read() as session:
            assert history.next_ref(session, "C", 2025) == "C-2025-003"
            assert history.next_ref(session, "C", 2026) == "C-2026-001"
    finally:
        database.close()
        postgresql.drop(url)
