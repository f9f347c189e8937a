"""Database roles for the tests: made for a while, of names that no other test on the server has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import make_url

from tracker_db.session import Database


@contextmanager
def logins(url: str, *names: str) -> Iterator[Mapping[str, str]]:
    """The URLs at which roles of these names log in to a database. Afterwards what they own there is gone with them."""
    given, administrator = uuid4().hex[:8], Database(url)
    roles = {name: f"tracker_test_{name}_{given}" for name in names}
    with administrator.connect() as connection:
        for role in roles.values():
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
    try:
        yield {
            name: make_url(url).set(username=role).render_as_string(hide_password=False) for name, role in roles.items()
        }
    finally:
        with administrator.connect() as connection:
            for role in roles.values():
                connection.exec_driver_sql(f"DROP OWNED BY {role} CASCADE")
                connection.exec_driver_sql(f"DROP ROLE {role}")
        administrator.close()
