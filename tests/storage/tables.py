"""The tables in words: row numbers replaced by what they stand for, so that a row made again is the same row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, select, text
from sqlalchemy.orm import Session

from tracker_db.models import Base
from tracker_db.session import Database

TRUTH = ("act", "entry")
# No entry tells these: a text that waits for a redo, and drafts that wait for somebody to decide.
APART = ("withdrawn_text", "read_document", "draft")
# Every entry counts for the number that a person sees, whether it still counts for the state or not.
COUNTED = ("version",)
NAMES = {"party": "key", "document": "sha256", "event": "key", "figure": "key", "commitment": "ref"}
Tables = dict[str, list[dict[str, Any]]]


def tables(database: Database, *, versions: bool = False) -> Tables:
    """Every row that is made from the entries; with `versions`, how many entries made it too."""
    left_out = ("id", *(() if versions else COUNTED))
    with database.read() as session:
        names = _names(session)
        found: Tables = {}
        for table in Base.metadata.sorted_tables:
            if table.name in (*TRUTH, *APART):
                continue
            foreign = {column.name: next(iter(column.foreign_keys)) for column in table.c if column.foreign_keys}
            found[table.name] = [
                {
                    name: _named(names, foreign[name], value) if name in foreign else value
                    for name, value in row._mapping.items()
                    if name not in left_out
                }
                for row in session.execute(select(table))
            ]
        # A count of none is as good as no count.
        found["tally"] = [row for row in found["tally"] if row["number"]]
        key = "rowid" if database.path else "commitment_id"
        rows = session.execute(text(f"SELECT {key} AS id, folded, exact FROM commitment_search"))
        found["commitment_search"] = [
            {"ref": names["commitment"][row.id], "folded": row.folded, "exact": row.exact} for row in rows
        ]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def _names(session: Session) -> dict[str, dict[int, Any]]:
    made = Base.metadata.tables
    names: dict[str, dict[int, Any]] = {
        table: {row.id: row[1] for row in session.execute(select(made[table].c.id, made[table].c[column]))}
        for table, column in NAMES.items()
    }
    told = made["status_update"].c
    rows = session.execute(select(told.id, told.commitment_id, told.position))
    names["status_update"] = {row.id: (names["commitment"][row.commitment_id], row.position) for row in rows}
    return names


def _named(names: dict[str, dict[int, Any]], key: ForeignKey, value: Any) -> Any:
    return value if value is None else names.get(key.column.table.name, {}).get(value, value)
