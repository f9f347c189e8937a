"""Bring a database up to date, and say where it stands. Alembic is imported only to upgrade."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, text

from tracker import errors
from tracker.domain.outcomes import May
from tracker_db import guard, rights
from tracker_db.session import APPLICATION_ID, Database, refuse_network_folder

# The first and the newest revision in migrations/versions, numbered one by one; a test compares them.
FIRST, HEAD = "0001", "0009"


def revision_of(connection: Connection, database: str) -> str | None:
    """The schema's revision, or None when the database is empty. Raises NotOurDatabase, RightMissing."""
    tables = tables_there(connection, database)
    if not tables:
        return None
    if connection.dialect.name == "sqlite":
        ours = connection.exec_driver_sql("PRAGMA application_id").scalar_one() == APPLICATION_ID
    else:
        ours = "entry" in tables
    if not ours or "alembic_version" not in tables:
        raise errors.NotOurDatabase(database)
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def tables_there(connection: Connection, database: str) -> Sequence[str]:
    """The names of the tables that there are. Raises RightMissing."""
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
        schema, there = asked_schema(connection)
        # Where this role may not look into the schema, there may be a register.
        raise errors.RightMissing(database) if there else errors.SchemaMissing(database, schema)
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return connection.exec_driver_sql(asked).scalars().all()


def asked_schema(connection: Connection) -> tuple[str, bool]:
    """The schema of PostgreSQL in which a register lies or is to be made, and whether one of those asked for exists."""
    asked = text("SELECT current_schema() AS ours, current_user AS role, current_setting('search_path') AS path")
    found = connection.execute(asked).one()
    if found.ours is not None:
        return str(found.ours), True
    spelt = re.findall(r'"((?:[^"]|"")*)"|([^\s,"]+)', found.path)
    names = [quoted.replace('""', '"') or plain.lower() for quoted, plain in spelt]
    exists = text("SELECT count(*) FROM pg_namespace WHERE nspname = ANY(:names)")
    there = connection.execute(exists, {"names": [found.role if name == "$user" else name for name in names]})
    return next((name for name in names if name != "$user"), found.role), bool(there.scalar_one())


def check(database: Database) -> May:
    """Refuse a database that this program cannot use, with the one reason why; else what may be done with it.

    Changes nothing. Raises DatabaseMissing, OnNetworkFolder, NotOurDatabase, DatabaseTooNew, DatabaseBehind,
    GuardMissing, RightMissing, DatabaseUnreachable.
    """
    if database.path is not None and not database.path.is_file():
        raise errors.DatabaseMissing(str(database))
    if database.path is not None:
        refuse_network_folder(database.path)
    with database.read() as session:
        connection = session.connection()
        refuse_other_schema(connection, str(database))
        if gone := guard.missing(connection):
            raise errors.GuardMissing(str(database), gone)
        return rights.may(connection)


def refuse_other_schema(connection: Connection, database: str) -> None:
    """Raise DatabaseMissing, NotOurDatabase, DatabaseTooNew or DatabaseBehind when its schema is not the newest."""
    revision = revision_of(connection, database)
    if revision is None:
        raise errors.DatabaseMissing(database)
    if revision > HEAD:
        raise errors.DatabaseTooNew(database, revision)
    if revision < HEAD:
        raise errors.DatabaseBehind(database, revision, own=rights.may(connection) is May.OWN)


def upgrade(database_url: str, to: str = HEAD) -> None:
    """Make the schema, or bring it to HEAD, in one transaction. Raises what `check` raises, but for what it mends.

    With `to` it is brought only so far: for what was written when the program went no further.
    """
    database = Database(database_url)
    try:
        database.make_file()
        with database.connect() as connection:
            upgrade_within(connection, str(database), to)
    finally:
        database.close()


def upgrade_within(connection: Connection, database: str, to: str = HEAD) -> None:
    """The same in a transaction that has begun: with what follows in it, the schema comes or stays away."""
    from alembic import command
    from alembic.config import Config

    revision = revision_of(connection, database)
    if revision is not None and revision > HEAD:
        raise errors.DatabaseTooNew(database, revision)
    _refuse_all_but_its_owner(connection, database, revision)
    roles = rights.given(connection)
    if revision is None and connection.dialect.name == "sqlite":
        # An SQLite file that is not new but holds nothing becomes ours with its first table.
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    if revision != to:
        config = Config()
        config.set_main_option("script_location", "tracker_db:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    rights.give_again(connection, roles)
    if gone := guard.missing(connection):
        raise errors.GuardMissing(database, gone)


def is_empty(database: Database) -> bool:
    """Whether there is nothing yet: no file, an empty file, or a PostgreSQL schema without tables.

    Raises RightMissing, SchemaMissing.
    """
    if database.path is not None and not database.path.exists():
        return True
    with database.read() as session:
        return not tables_there(session.connection(), str(database))


def is_behind(database: Database) -> bool:
    """Whether it is a register of ours whose schema is to be brought forward.

    Raises NotOurDatabase, and DatabaseBehind when whoever asks may not do that.
    """
    with database.read() as session:
        connection = session.connection()
        revision = revision_of(connection, str(database))
        _refuse_all_but_its_owner(connection, str(database), revision)
        return (revision or HEAD) < HEAD


def _refuse_all_but_its_owner(connection: Connection, database: str, revision: str | None) -> None:
    if revision is not None and revision < HEAD and rights.may(connection) is not May.OWN:
        raise errors.DatabaseBehind(database, revision, own=False)
