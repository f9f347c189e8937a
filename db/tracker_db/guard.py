"""The triggers that keep acts and entries from being edited, and the check that they are all there, and no others.

On SQLite they stop accidents (whoever may write the file may drop them; the hash chain shows it); on PostgreSQL a
role that does not own the tables cannot get round them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

# Table and the columns that name a row: a row with the same one would replace it.
GUARDED = {"act": ("number", "id"), "entry": ("id", "subject, ref, position")}


def expected(dialect: str) -> dict[str, str]:
    """The triggers of a database, by name, with the statements that make them."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> dict[str, str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'history is appended, never edited'); END"
    triggers = {}
    for table, keys in GUARDED.items():
        for act in ("update", "delete"):
            name = f"guard_{table}_{act}"
            triggers[name] = f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} {refuse}"
        # INSERT OR REPLACE fires delete triggers only under recursive_triggers, which is per connection.
        same = " OR ".join(f"({key}) = ({', '.join('NEW.' + column for column in key.split(', '))})" for key in keys)
        name = f"guard_{table}_replace"
        triggers[name] = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
        )
    return triggers


def _postgresql() -> dict[str, str]:
    """In PostgreSQL's own spelling, so that what it tells of itself can be compared."""
    triggers = {}
    for table in GUARDED:
        row, whole = f"guard_{table}_edit", f"guard_{table}_truncate"
        triggers[row] = (
            f"CREATE TRIGGER {row} BEFORE DELETE OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_edit()"
        )
        triggers[whole] = (
            f"CREATE TRIGGER {whole} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_edit()"
        )
    return triggers


def missing(connection: Connection) -> list[str]:
    """The names of the triggers that are not there, not as made, or switched off."""
    dialect = connection.dialect.name
    found = set(connection.execute(text(_FOUND[dialect])).scalars())
    return sorted(name for name, statement in expected(dialect).items() if statement not in found)


def foreign(connection: Connection, tables: Sequence[str]) -> list[tuple[str, str]]:
    """What acts by itself when these tables are written to, and is none of ours: its name and its table."""
    ours = {(name, name.split("_")[1]) for name in expected(connection.dialect.name)}
    if connection.dialect.name == "sqlite":
        # A file is one register: nothing else has a trigger in it.
        rows = connection.execute(text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"))
    else:
        rows = connection.execute(text(_ON_TABLES), {"tables": list(tables)})
    return sorted({(str(name), str(table)) for name, table in rows} - ours)


_FOUND = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'",
    # A trigger is as good as the function that it calls.
    "postgresql": (
        "SELECT pg_get_triggerdef(pg_trigger.oid, true) "
        "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE relnamespace = quote_ident(current_schema())::regnamespace AND tgenabled IN ('O', 'A') "
        "AND trim(prosrc) = $$BEGIN RAISE EXCEPTION 'history is appended, never edited'; END$$"
    ),
}
_HERE = "relnamespace = quote_ident(current_schema())::regnamespace AND relname = ANY(:tables)"
_ON_TABLES = (
    "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    f" WHERE NOT tgisinternal AND {_HERE}"
    " UNION SELECT rulename, relname FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class"
    f" WHERE relkind = 'r' AND {_HERE}"
)
