"""What a database role that does not own a register may do with it on PostgreSQL. A SQLite file has its permissions.

A role that reads may select. One that records may besides do to each table what recording does to it, and no more:
history can be added to, and by nobody but the owner changed, emptied or rid of its guards.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from tracker import errors
from tracker.domain.outcomes import May

# What recording does to tables, beside reading them. A table that stands nowhere here is nobody's but the owner's.
RECORDING: Mapping[str, Sequence[str]] = {
    "": ("alembic_version",),
    "INSERT": ("act", "entry"),
    "INSERT, UPDATE": ("tally",),
    "INSERT, DELETE": (
        *("acknowledged", "commitment_search", "commitment_version", "event_party", "evidence", "party_alias"),
        *("read_document", "reading", "status_update", "withdrawn_text"),
    ),
    "INSERT, UPDATE, DELETE": (
        *("citation", "commitment", "document", "draft", "event", "figure", "follow_up", "milestone", "participation"),
        *("party", "saved_view", "side", "tag", "target"),
    ),
}
_ALL = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
_HERE = "relnamespace = quote_ident(current_schema())::regnamespace"


def may(connection: Connection) -> May:
    """What whoever is connected may do with the register."""
    if connection.dialect.name == "sqlite":
        return May.OWN if os.access(connection.engine.url.database or "", os.W_OK) else May.READ
    found = connection.exec_driver_sql(
        "SELECT CASE WHEN pg_has_role(relowner, 'USAGE') THEN 'own'"
        " WHEN has_table_privilege(oid, 'INSERT') THEN 'record'"
        f" WHEN has_table_privilege(oid, 'SELECT') THEN 'read' END FROM pg_class WHERE relname = 'entry' AND {_HERE}"
    ).scalar()
    return May(found or May.NOTHING)


def grant(connection: Connection, database: str, role: str, wanted: May) -> None:
    """From the end of this transaction on the role has the rights that it needs for what it may do, and no others.

    Raises RightMissing (only an owner gives rights), NotFound, ServersRole, and RightsElsewhere for a role that could
    still do more.
    """
    if may(connection) is not May.OWN:
        raise errors.RightMissing(database)
    named = connection.exec_driver_sql("SELECT rolname FROM pg_roles").scalars().all()
    if role in named and role.startswith("pg_"):
        raise errors.ServersRole(role)
    roles = [name for name in named if not name.startswith("pg_")]
    if role not in roles:
        from difflib import get_close_matches

        raise errors.NotFound("database_role", role, get_close_matches(role, roles))
    _take_all(connection, role)
    _give(connection, role, wanted)
    enters = "SELECT has_schema_privilege(:role, current_schema(), 'USAGE')"
    if wanted is not May.NOTHING and not connection.execute(text(enters), {"role": role}).scalar_one():
        # The schema is somebody else's: PostgreSQL gave nothing, and only warned.
        raise errors.RightMissing(database)
    if ways := _ways_to_more(connection, role, wanted):
        raise errors.RightsElsewhere(database, role, ways)


def given(connection: Connection) -> dict[str, May]:
    """What roles were given by the owner that is connected, for `give_again` after a migration; nothing on SQLite."""
    if connection.dialect.name != "postgresql" or may(connection) is not May.OWN:
        return {}
    rows = connection.exec_driver_sql(
        "SELECT rolname, relname, privilege_type FROM pg_class CROSS JOIN aclexplode(relacl)"
        f" JOIN pg_roles ON pg_roles.oid = grantee WHERE grantee <> relowner AND {_HERE}"
    )
    rights: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for role, table, right in rows:
        rights[role].add((table, right))
    reading = {(table, "SELECT") for table in _tables(connection)}
    # Whoever reads only some tables was given that by other means, and gets no more.
    return {
        role: May.RECORD if ("entry", "INSERT") in has else May.READ for role, has in rights.items() if reading <= has
    }


def give_again(connection: Connection, roles: Mapping[str, May]) -> None:
    """Let roles do after a migration what they could do before: tables may have come with it. Nothing is taken away."""
    for role, wanted in roles.items():
        _give(connection, role, wanted)


def _take_all(connection: Connection, role: str) -> None:
    for relations in (", ".join(_tables(connection).values()), f"SEQUENCE {_sequences(connection)}"):
        connection.exec_driver_sql(f"REVOKE ALL ON {relations} FROM {_quoted(connection, role)}")


def _give(connection: Connection, role: str, wanted: May) -> None:
    tables, sequences = _tables(connection), _sequences(connection)
    given: list[str] = []
    if wanted is not May.NOTHING:
        given.append(f"USAGE ON SCHEMA {connection.exec_driver_sql('SELECT quote_ident(current_schema())').scalar()}")
        # pg_dump reads where the numbers stand.
        given += [f"SELECT ON {', '.join(tables.values())}", f"SELECT ON SEQUENCE {sequences}"]
    if wanted is May.RECORD:
        given.append(f"USAGE ON SEQUENCE {sequences}")
        for rights, names in RECORDING.items():
            if rights:
                given.append(f"{rights} ON {', '.join(tables[name] for name in names if name in tables)}")
    for rights in given:
        connection.exec_driver_sql(f"GRANT {rights} TO {_quoted(connection, role)}")


def _quoted(connection: Connection, role: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(role)


def _tables(connection: Connection) -> dict[str, str]:
    """The tables of a register by name, as statements spell them; an earlier schema has not all of them."""
    ours = [name for names in RECORDING.values() for name in names]
    asked = text(
        "SELECT relname, oid::regclass::text AS spelt FROM pg_class"
        f" WHERE relkind = 'r' AND relname = ANY(:ours) AND {_HERE}"
    )
    return {row.relname: row.spelt for row in connection.execute(asked, {"ours": ours})}


def _sequences(connection: Connection) -> str:
    """The sequences that number the rows of those tables."""
    asked = text(
        "SELECT string_agg(sequence.oid::regclass::text, ', ') FROM pg_class sequence"
        " JOIN pg_depend ON objid = sequence.oid AND deptype IN ('a', 'i') JOIN pg_class ON pg_class.oid = refobjid"
        f" WHERE sequence.relkind = 'S' AND pg_class.relname = ANY(:tables) AND pg_class.{_HERE}"
    )
    return str(connection.execute(asked, {"tables": list(_tables(connection))}).scalar_one())


def _ways_to_more(connection: Connection, role: str, wanted: May) -> tuple[str, ...]:
    """Those as whom the role may do more: the owner, roles that it is a member of, PUBLIC."""
    asked = text(
        "SELECT DISTINCT CASE WHEN rolname = :role AND pg_roles.oid <> relowner AND NOT rolsuper THEN 'PUBLIC'"
        " ELSE rolname END FROM pg_class CROSS JOIN pg_roles"
        f" WHERE relname = ANY(:tables) AND {_HERE} AND pg_has_role(:role, pg_roles.oid, 'MEMBER')"
        " AND (pg_roles.oid = relowner OR has_table_privilege(pg_roles.oid, pg_class.oid, :beyond))"
    )
    ways: set[str] = set()
    for rights, tables in RECORDING.items():
        wants = {May.NOTHING: (), May.READ: ("SELECT",), May.RECORD: ("SELECT", *rights.split(", "))}[wanted]
        beyond = ", ".join(right for right in _ALL if right not in wants)
        ways.update(connection.execute(asked, {"role": role, "tables": list(tables), "beyond": beyond}).scalars())
    return tuple(sorted(ways - {"PUBLIC"} or ways))
