"""Proving a register: whatever was done past the program is found, and named; what was not, is not."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from tests.factories import REF, TODAY, a_hand, adding, amending, delivering, marking, moving, settings_for
from tracker.bootstrap import Tracker, verify_database
from tracker.domain.commands import PlanFollowUp, SaveView, Seen
from tracker.domain.outcomes import Verification
from tracker.render.findings import finding
from tracker_db import copies, guard
from tracker_db import verify as verify_module
from tracker_db.session import Database
from tracker_db.verify import verify

Check = Callable[..., Verification]


@pytest.fixture
def worked(tracker: Tracker) -> Tracker:
    """A register in which some work was done, undone and done again."""
    desk = tracker.commitments
    for ref in (REF, "VL-2025-002", "VL-2025-003"):
        desk.add(adding(ref, deadline_value="2026", tags=("bay",)), a_hand())
    desk.record_status(marking("in_progress", note="họp ở Vinh"), a_hand())
    desk.move_deadline(moving("2027-H1"), a_hand())
    desk.record_status(delivering("VL-2025-002"), a_hand())
    desk.amend(amending("VL-2025-003", title="Mở đường bay mới"), a_hand())
    desk.undo(a_hand())
    desk.redo(a_hand())
    tracker.followups.plan(PlanFollowUp(commitments=(Seen(ref=REF),), what="Hỏi lại", on=TODAY), a_hand())
    tracker.saved_views.save(SaveView(name="bay", query="tag:bay"), a_hand())
    return tracker


def codes(database: Database, **how: object) -> set[str]:
    proved = verify(database, **how)  # type: ignore[arg-type]
    for found in proved.findings:
        # A sentence that says what to do, never the bare code.
        assert finding(found).endswith((".", ")")), finding(found)
        assert found.code not in finding(found)
    return {found.code for found in proved.findings}


@contextmanager
def unguarded(database: Database) -> Iterator[None]:
    """As somebody with write access to the database would do it: past the triggers, and without a trace of that."""
    with database.connect() as connection:
        if database.path is None:
            for table in guard.GUARDED:
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for name in guard.expected("sqlite"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    with database.connect() as connection:
        if database.path is None:
            for table in guard.GUARDED:
                connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            for statement in guard.expected("sqlite").values():
                connection.exec_driver_sql(statement)


def tamper(database: Database, *statements: str) -> None:
    with unguarded(database), database.write() as session:
        for statement in statements:
            session.execute(text(statement))


def test_nothing_is_found_where_nothing_was_done(worked: Tracker) -> None:
    proved = verify(worked.database)
    assert proved.findings == ()
    assert proved.good
    with worked.database.read() as session:
        assert proved.entries == session.execute(text("SELECT count(*) FROM entry")).scalar_one()
    assert proved.anchor == worked.status().anchor


CHANGED = [
    "UPDATE entry SET reason = 'khác' WHERE id = 14",
    "UPDATE entry SET kind = 'amend' WHERE id = 14",
    "UPDATE entry SET ref = 'VL-2025-009' WHERE id = 14",
    "UPDATE entry SET effective_on = '2026-11-20' WHERE id = 14",
    "UPDATE entry SET changes = replace(changes, 'bay', 'tàu') WHERE id = 14",
    "UPDATE entry SET changes = changes || ' ' WHERE id = 14",
    "UPDATE entry SET changes = '' WHERE id = 14",
    "UPDATE entry SET position = 7 WHERE id = 14",
    "UPDATE entry SET previous = hash WHERE id = 14",
    "UPDATE entry SET hash = previous WHERE id = 14",
    "UPDATE entry SET act_number = act_number + 1 WHERE id = 14",
    "UPDATE act SET actor = 'Minh' WHERE number = 3",
    "UPDATE act SET channel = 'tui' WHERE number = 3",
    "UPDATE act SET kind = 'mark' WHERE number = 3",
    "UPDATE act SET recorded_at = '2026-11-20 03:00:00.000000' WHERE number = 3",
    "UPDATE act SET undoes = id WHERE number = 3",
    "UPDATE act SET id = 'another' WHERE number = 3",
    "UPDATE act SET hash = (SELECT hash FROM act WHERE number = 2) WHERE number = 3",
    "DELETE FROM entry WHERE id = 14",
    # Reordered: two entries of an act change places.
    "UPDATE entry SET id = CASE id WHEN 3 THEN 100000 ELSE 3 END WHERE id IN (3, 100000)",
    "INSERT INTO entry (id, act_number, kind, subject, ref, position, effective_on, reason, changes, previous, hash)"
    " SELECT 999, act_number, kind, subject, ref, position + 50, effective_on, reason, changes, hash, hash"
    " FROM entry WHERE id = 14",
    "INSERT INTO act SELECT 99, 'new', kind, actor, channel, recorded_at, undoes, hash FROM act WHERE number = 3",
]


@pytest.mark.parametrize("statement", CHANGED)
def test_every_change_removal_insertion_and_reordering_of_history_is_found(worked: Tracker, statement: str) -> None:
    tamper(worked.database, statement)
    found = codes(worked.database, whole=False)
    assert found & {"entry_changed", "act_unsealed", "act_missing", "entry_of_no_act", "entry_missing"}


def test_an_act_that_was_removed_with_its_entries_is_found(worked: Tracker) -> None:
    tamper(
        worked.database,
        "DELETE FROM status_update WHERE act_number = 5",
        "DELETE FROM entry WHERE act_number = 5",
        "DELETE FROM act WHERE number = 5",
    )
    assert "act_missing" in codes(worked.database, whole=False)


def test_a_tail_that_was_cut_is_found_with_the_anchor_and_only_with_it(worked: Tracker) -> None:
    anchor = worked.status().anchor
    last = int(anchor.partition(":")[0])
    assert codes(worked.database, whole=False, anchor=anchor) == set()
    tamper(worked.database, f"DELETE FROM entry WHERE act_number = {last}", f"DELETE FROM act WHERE number = {last}")
    assert codes(worked.database, whole=False) == set()
    assert codes(worked.database, whole=False, anchor=anchor) == {"history_cut"}
    assert codes(worked.database, whole=False, anchor=anchor.partition(":")[2]) == {"anchor_unknown"}
    # The tables still say what the cut act did: somebody who forgot them is found without an anchor.
    assert codes(worked.database)


def test_an_anchor_of_earlier_stands_while_work_goes_on(worked: Tracker) -> None:
    anchor = worked.status().anchor
    worked.commitments.record_status(marking("in_progress", "VL-2025-003", note="họp"), a_hand())
    for given in (anchor, anchor.partition(":")[2], anchor.partition(":")[2][:16].upper()):
        proved = verify(worked.database, anchor=given)
        assert (proved.good, proved.held) == (True, given)
    wrong = anchor.partition(":")[0] + ":" + "ab" * 32
    assert codes(worked.database, anchor=wrong) == {"history_rewritten"}


@pytest.mark.parametrize("given", ["", "abc", "1:", "12:xyz", "-1:" + "a" * 64, "a" * 65])
def test_what_can_be_no_anchor_is_refused(worked: Tracker, database_url: str, given: str) -> None:
    with pytest.raises(ValueError, match="no anchor"):
        verify_database(settings_for(database_url), anchor=given)


TABLES = {
    "UPDATE commitment SET status = 'withdrawn' WHERE ref = 'VL-2025-003'": "row_differs",
    "UPDATE commitment SET deadline_end = '2026-01-01' WHERE ref = 'VL-2025-003'": "row_differs",
    "UPDATE commitment SET lead_id = 1 WHERE ref = 'VL-2025-003'": "row_differs",
    "UPDATE commitment SET version = 9 WHERE ref = 'VL-2025-003'": "row_differs",
    "UPDATE party SET name_vi = 'Ai đó' WHERE key = 'vn-moit'": "row_differs",
    "DELETE FROM party_alias": "rows_differ",
    "UPDATE event SET held_on = '2026-02-06' WHERE key = 'visit'": "row_differs",
    "UPDATE document SET title = 'khác'": "row_differs",
    "UPDATE figure SET unit = 'VND'": "row_differs",
    "DELETE FROM tag": "rows_differ",
    "UPDATE participation SET role = 'lead' WHERE id = 1": "rows_differ",
    "UPDATE citation SET paragraph = 9": "row_differs",
    "UPDATE status_update SET note = 'khác'": "row_differs",
    "DELETE FROM evidence": "rows_differ",
    "UPDATE follow_up SET what = 'khác'": "row_differs",
    "UPDATE saved_view SET query = 'khác'": "row_differs",
    "UPDATE tally SET number = number + 1": "count_differs",
    "DELETE FROM commitment_search": "not_findable",
    "UPDATE document SET text = 'khác'": "text_differs",
    "INSERT INTO event (id, key, kind, name_vi, name_en, held_on) VALUES (99, 'x', 'visit', '', '', 'none')": "row_untold",
}


@pytest.mark.parametrize("statement", TABLES)
def test_tables_that_say_something_else_than_history_are_found(worked: Tracker, statement: str) -> None:
    with worked.database.write() as session:
        session.execute(text(statement))
    assert TABLES[statement] in codes(worked.database)


def test_missing_guards_are_found_by_name(worked: Tracker) -> None:
    with worked.database.connect() as connection:
        name = sorted(guard.expected(connection.dialect.name))[0]
        connection.exec_driver_sql(
            f"DROP TRIGGER {name}" + ("" if worked.database.path else f" ON {name.split('_')[1]}")
        )
    proved = verify(worked.database)
    assert [dict(found.facts) for found in proved.findings] == [{"trigger": name}]


def plant(database: Database, table: str, name: str) -> None:
    """A trigger that nobody of us made, on one of our tables."""
    with database.connect() as connection:
        if database.path is not None:
            connection.exec_driver_sql(f'CREATE TRIGGER "{name}" AFTER INSERT ON {table} BEGIN DELETE FROM tally; END')
            return
        connection.exec_driver_sql(
            "CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN DELETE FROM tally; RETURN NULL; END$$"
        )
        connection.exec_driver_sql(
            f'CREATE TRIGGER "{name}" AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION evil()'
        )


@pytest.mark.parametrize("table", ["act", "commitment", "alembic_version"])
def test_triggers_of_others_are_found_and_shown_safely(worked: Tracker, table: str) -> None:
    plant(worked.database, table, "e\x1b[2Jvil")
    proved = verify(worked.database)
    assert [dict(found.facts) for found in proved.findings] == [{"trigger": "e\x1b[2Jvil", "table": table}]
    assert "\x1b" not in finding(proved.findings[0])


def test_a_rule_of_others_is_found(worked: Tracker) -> None:
    if worked.database.path is None:
        with worked.database.connect() as connection:
            connection.exec_driver_sql("CREATE RULE evil AS ON INSERT TO act DO ALSO DELETE FROM tally")
        assert codes(worked.database) == {"trigger_foreign"}


@pytest.mark.parametrize("table", ["tally", "commitment_search", "evidence", "act"])
def test_a_table_that_is_gone_is_a_finding(worked: Tracker, table: str) -> None:
    if worked.database.path is not None:
        with closing(sqlite3.connect(worked.database.path)) as past:
            past.execute(f"DROP TABLE {table}")
    else:
        with worked.database.connect() as connection:
            connection.exec_driver_sql(f"DROP TABLE {table} CASCADE")
    for whole in (True, False):
        found = verify(worked.database, whole=whole).findings
        assert {"code": "table_missing", "table": table} in [{"code": each.code, **each.facts} for each in found]


def test_rows_that_point_nowhere_and_a_broken_search_index_are_found(worked: Tracker) -> None:
    if worked.database.path is None:
        with worked.database.write() as session:
            # What only a superuser can do.
            session.execute(text("SET LOCAL session_replication_role = replica"))
            session.execute(text("UPDATE citation SET document_id = 77"))
        assert "points_nowhere" in codes(worked.database)
        return
    with sqlite3.connect(worked.database.path) as past:
        past.execute("UPDATE citation SET document_id = 77")
        past.execute("DELETE FROM commitment_search_docsize")
    past.close()
    assert {"points_nowhere", "search_index_differs"} <= codes(worked.database)


def test_a_hundred_thousand_entries_are_proved_in_seconds(shared_empty_tracker: Tracker) -> None:
    """A tenth of them here, in a tenth of the time and some more for a busy machine."""
    from tests.benchmarks.generate import generate

    url = shared_empty_tracker.settings.database
    generate(3000, url)
    began = time.perf_counter()
    proved = verify(shared_empty_tracker.database, whole=False)
    assert proved.entries > 9000
    assert proved.good
    assert time.perf_counter() - began < 2


def test_nobody_who_writes_waits_for_a_long_proof(worked: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a reader keeps writers out, a copy is looked at: what is written meanwhile is written at once."""
    monkeypatch.setattr(copies, "LONG_TO_READ", 0)
    monkeypatch.setattr("tracker_db.session.BUSY_SECONDS", 0.2)
    whole, done = verify_module.verify, []

    def slow(database: Database, **how: Any) -> Verification:
        with database.read() as session:
            session.execute(text("SELECT count(*) FROM entry")).scalar_one()
            writer = Database(worked.settings.database)
            with writer.write() as writing:
                writing.execute(text("UPDATE tally SET number = number"))
                done.append(True)
            writer.close()
        return whole(database, **how)

    monkeypatch.setattr(verify_module, "verify", slow)
    assert verify_database(worked.settings).good
    assert done == [True]
