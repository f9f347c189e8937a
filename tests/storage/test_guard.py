"""Acts and entries are appended, never edited; and a register whose guard is gone is not opened."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.factories import settings_for
from tracker.bootstrap import Tracker, open_tracker
from tracker.errors import GuardMissing
from tracker_db import guard
from tracker_db.session import Database
from tracker_db.upgrade import upgrade

_ACT = "number, id, kind, actor, channel, recorded_at, undoes, hash"
_ENTRY = "id, act_number, kind, subject, ref, position, effective_on, reason, changes, previous, hash"

ON_BOTH = [
    "UPDATE act SET actor = 'Minh'",
    "UPDATE entry SET reason = 'khác'",
    "DELETE FROM act",
    "DELETE FROM entry",
    "DELETE FROM entry WHERE position = 1",
    f"INSERT INTO act ({_ACT}) SELECT {_ACT} FROM act WHERE number = 1",
    f"INSERT INTO entry ({_ENTRY}) SELECT {_ENTRY} FROM entry WHERE position = 1",
    f"INSERT INTO act ({_ACT}) SELECT {_ACT} FROM act WHERE number = 1 ON CONFLICT (number) DO UPDATE SET actor = 'Minh'",
    f"INSERT INTO entry ({_ENTRY}) SELECT {_ENTRY} FROM entry WHERE id = 1 ON CONFLICT (id) DO UPDATE SET reason = 'x'",
]
ONLY_ON = {
    "sqlite": [
        f"INSERT OR REPLACE INTO act ({_ACT}) SELECT {_ACT} FROM act WHERE number = 1",
        f"INSERT OR REPLACE INTO entry ({_ENTRY}) SELECT {_ENTRY} FROM entry WHERE id = 1",
        # The same id under another number, the same place under another id.
        "INSERT OR REPLACE INTO act SELECT 99, id, kind, actor, channel, recorded_at, undoes, hash FROM act WHERE number = 1",
        "INSERT OR REPLACE INTO entry SELECT 99999, act_number, kind, subject, ref, position, effective_on, reason, changes,"
        " previous, hash FROM entry WHERE id = 1",
        "UPDATE OR REPLACE entry SET id = 2 WHERE id = 1",
    ],
    "postgresql": ["TRUNCATE act, entry CASCADE", "TRUNCATE entry CASCADE"],
}


def history(database: Database) -> list[tuple[object, ...]]:
    with database.read() as session:
        acts = session.execute(text("SELECT * FROM act ORDER BY number")).all()
        entries = session.execute(text("SELECT * FROM entry ORDER BY id")).all()
    return [tuple(row) for row in (*acts, *entries)]


def write(database: Database, *statements: str) -> None:
    with database.write() as session:
        for statement in statements:
            session.execute(text(statement))


def test_history_refuses_every_way_to_edit_it(tracker: Tracker, engine_name: str) -> None:
    before = history(tracker.database)
    assert before
    for statement in (*ON_BOTH, *ONLY_ON[engine_name]):
        # Whatever the driver calls the refusal: it must not go through.
        with pytest.raises(Exception, match=r"never edited|duplicate key"):
            write(tracker.database, statement)
        assert history(tracker.database) == before, statement


def test_the_guard_does_not_depend_on_what_a_connection_switched_on(tracker: Tracker, engine_name: str) -> None:
    before = history(tracker.database)
    for statement in ONLY_ON[engine_name]:
        switched_off = ["PRAGMA recursive_triggers=OFF"] if engine_name == "sqlite" else []
        with pytest.raises(Exception, match="never edited"):
            write(tracker.database, *switched_off, statement)
        assert history(tracker.database) == before, statement


_ENTRY_EDIT = "CREATE TRIGGER guard_entry_edit BEFORE {} FOR EACH ROW EXECUTE FUNCTION refuse_edit()"
BREAKING = {
    "sqlite": [
        (["DROP TRIGGER guard_entry_update"], "guard_entry_update"),
        (["DROP TRIGGER guard_act_replace"], "guard_act_replace"),
        (
            [
                "DROP TRIGGER guard_entry_delete",
                "CREATE TRIGGER guard_entry_delete BEFORE DELETE ON entry WHEN 0 "
                "BEGIN SELECT RAISE(ABORT, 'history is appended, never edited'); END",
            ],
            "guard_entry_delete",
        ),
    ],
    "postgresql": [
        (["DROP TRIGGER guard_entry_edit ON entry"], "guard_entry_edit"),
        (["ALTER TABLE act DISABLE TRIGGER guard_act_truncate"], "guard_act_truncate"),
        (["ALTER TABLE act ENABLE REPLICA TRIGGER guard_act_edit"], "guard_act_edit"),
        (["DROP TRIGGER guard_entry_edit ON entry", _ENTRY_EDIT.format("DELETE ON entry")], "guard_entry_edit"),
        (["DROP TRIGGER guard_entry_edit ON entry", _ENTRY_EDIT.format("DELETE OR UPDATE ON act")], "guard_entry_edit"),
        (
            [
                "DROP TRIGGER guard_entry_edit ON entry",
                _ENTRY_EDIT.format("DELETE OR UPDATE ON entry").replace("EXECUTE", "WHEN (false) EXECUTE"),
            ],
            "guard_entry_edit",
        ),
        (
            [
                "CREATE OR REPLACE FUNCTION refuse_edit() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NEW; END $$"
            ],
            "guard_entry_truncate",
        ),
    ],
}


def _run(database: Database, *statements: str) -> None:
    with database.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _make_anew(database: Database, dialect: str) -> None:
    statements = []
    for name, statement in guard.expected(dialect).items():
        places = [""] if dialect == "sqlite" else [" ON act", " ON entry"]
        statements += [*(f"DROP TRIGGER IF EXISTS {name}{place}" for place in places), statement]
    _run(database, *REFUSING[dialect], *statements)


REFUSING = {
    "sqlite": [],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION refuse_edit() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is appended, never edited'; END $$"
    ],
}


def test_a_guard_that_is_missing_altered_or_switched_off_is_found_when_the_register_is_opened(
    database: Database, database_url: str, engine_name: str
) -> None:
    for breaking, name in BREAKING[engine_name]:
        _run(database, *breaking)
        with pytest.raises(GuardMissing) as refused:
            open_tracker(settings_for(database_url))
        assert name in refused.value.missing, breaking
        with pytest.raises(GuardMissing):
            upgrade(database_url)
        _make_anew(database, engine_name)
    open_tracker(settings_for(database_url)).close()
