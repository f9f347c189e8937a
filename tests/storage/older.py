"""Registers of every schema that there was, as they lay on somebody's disk: written by the program as it was then."""

from __future__ import annotations

import re
from pathlib import Path

from tracker_db.session import Database
from tracker_db.upgrade import upgrade

ROWS = Path(__file__).parent / "registers"
REVISIONS = tuple(sorted(file.stem for file in ROWS.glob("*.sql")))
FIRST = REVISIONS[0]


def make_older(url: str, revision: str = FIRST) -> None:
    """Make a register of that schema in an empty database: commitments that were marked, moved and delivered.

    From 0002 on it has a follow-up and a view, from 0003 on a text that was taken back, from 0008 on a draft.
    """
    upgrade(url, revision)
    database = Database(url)
    written = (ROWS / f"{revision}.sql").read_text(encoding="utf-8")
    with database.connect() as connection:
        if database.path is None:
            connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
            written = written.replace("commitment_search (rowid,", "commitment_search (commitment_id,")
        for statement in filter(None, map(str.strip, written.split(";\n"))):
            connection.exec_driver_sql(statement)
        numbered = set(re.findall(r'INTO (\w+) \((?:[\w"]+, )*id\b', written)) - {"act"}
        for table in sorted(numbered) if database.path is None else ():
            last = f"(SELECT max(id) FROM {table})"
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")
    database.close()


def acts_of(revision: str) -> tuple[int, str]:
    """How many acts that register has, and its anchor, as they stand in its rows."""
    rows = re.findall(
        r"INTO act \(.*\) VALUES \((\d+), .*'([0-9a-f]{64})'", (ROWS / f"{revision}.sql").read_text("utf-8")
    )
    number, seal = max(rows, key=lambda row: int(row[0]))
    return int(number), f"{number}:{seal}"
