"""The whole register as one open file: a zip of JSON Lines, a text for each document, the schema, and a manifest.

`sha256sum -c SHA256SUMS` proves it without this program. The same register gives the same bytes. What a person looks
for is there once more as CSV, for any spreadsheet; whoever reads the archive back does not read that.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Boolean, Date, Integer, Table, select
from sqlalchemy.orm import Session

from tracker.domain.history import moment
from tracker.domain.register import plain_number
from tracker_db import history, models, transfer
from tracker_db.session import Database
from tracker_db.texts import WithdrawnText
from tracker_db.types import ExactDecimal, UTCDateTime

FORMAT, VERSION = "commitment-tracker archive", 1
MANIFEST, SUMS, SCHEMA = "manifest.json", "SHA256SUMS", "schema.json"
READ = "read"
# Texts stand in files of their own, under the SHA-256 that each has.
TEXTS: Mapping[str, type[models.Document | WithdrawnText | models.ReadDocument]] = {
    "documents": models.Document,
    "withdrawn": WithdrawnText,
    READ: models.ReadDocument,
}
# What they are called in the archive, and the rows of each, as lines of CSV.
SHEETS = ("commitments", "history")
Sheets = Iterable[tuple[str, Iterator[str]]]
# By this a spreadsheet knows that the letters are Unicode.
_UNICODE = "\ufeff"
_PIECE = 1 << 16


def sheet(name: str) -> str:
    """Its file in an archive."""
    return f"csv/{name}.csv"


def write_archive(database: Database, sheets: Callable[[Session], Sheets] = lambda _session: ()) -> Iterator[bytes]:
    """The archive, piece by piece, of one state of the register, which may be of another schema than this version's.

    `sheets` are for reading it without this program.
    """
    pipe = _Pipe()
    with database.read() as session, ZipFile(pipe, "w", ZIP_DEFLATED) as packed:
        files: dict[str, dict[str, object]] = {}
        revision, tables = transfer.tables_of(session.connection(), str(database))
        for table in tables:
            name = f"tables/{table.name}.jsonl"
            lines = _lines(transfer.rows(session, table, without="text"), table)
            yield from _member(packed, pipe, name, lines, files)
        there = {table.name for table in tables}
        for folder in (folder for folder, table in TEXTS.items() if table.__tablename__ in there):
            for sha256, content in _texts(session, folder):
                yield from _member(packed, pipe, f"{folder}/{sha256}.txt", iter([content.encode()]), files)
        for kind, written in sheets(session):
            yield from _member(packed, pipe, sheet(kind), map(str.encode, chain((_UNICODE,), written)), files)
        yield from _member(packed, pipe, SCHEMA, iter([_json(schema(tables), 2)]), files)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "schema": revision,
            "anchor": history.anchor(session),
            "files": files,
        }
        yield from _member(packed, pipe, SUMS, iter([sums_of(files)]), {})
        yield from _member(packed, pipe, MANIFEST, iter([_json(manifest, 2)]), {})
    yield pipe.taken()


def sums_of(files: Mapping[str, Mapping[str, object]]) -> bytes:
    """What `sha256sum -c` reads."""
    return "".join(f"{facts.get('sha256')}  {name}\n" for name, facts in sorted(files.items())).encode()


def schema(tables: Sequence[Table]) -> dict[str, list[dict[str, object]]]:
    """The columns of these tables: name, type (see `type_of`), and whether it may be null."""
    return {
        table.name: [
            {"name": column.name, "type": type_of(column.type), "null": bool(column.nullable)}
            for column in table.c
            if column.name != "text"
        ]
        for table in tables
    }


def type_of(kind: Any) -> str:
    """What a column's values are, in words of JSON or of ISO 8601."""
    match kind:
        case UTCDateTime():
            return "moment"
        case ExactDecimal():
            return "decimal"
        case Date():
            return "date"
        case Boolean():
            return "boolean"
        case Integer():
            return "integer"
        case _:
            return "text"


def _texts(session: Session, folder: str) -> Iterator[tuple[str, str]]:
    table = TEXTS[folder]
    rows = session.execute(
        select(table.sha256, table.text).where(table.text.is_not(None)).order_by(table.sha256),
        execution_options={"yield_per": 10},
    )
    for sha256, content in rows:
        yield sha256, content or ""


def _lines(rows: Iterator[transfer.Row], table: Table) -> Iterator[bytes]:
    for row in rows:
        yield _json({name: _plain(value) for name, value in row.items()})


def _plain(value: object) -> object:
    match value:
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return plain_number(value)
        case _:
            return value


def _json(value: object, indent: int | None = None) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent) + "\n").encode()


def _member(
    packed: ZipFile, pipe: _Pipe, name: str, lines: Iterator[bytes], files: dict[str, dict[str, object]]
) -> Iterator[bytes]:
    # No clock in it, and for its owner alone when it is unpacked.
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
    digest, size, number = hashlib.sha256(), 0, 0
    with packed.open(info, "w", force_zip64=True) as member:
        for line in lines:
            member.write(line)
            digest.update(line)
            size += len(line)
            number += 1
            if pipe.waiting > _PIECE:
                yield pipe.taken()
    files[name] = {"sha256": digest.hexdigest(), "bytes": size}
    if name.startswith("tables/"):
        files[name]["rows"] = number


class _Pipe(io.RawIOBase):
    """What a zip is written to that is read while it is made."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self.waiting += len(self._pieces[-1])
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        """What was written since."""
        pieces, self._pieces, self.waiting = self._pieces, [], 0
        return b"".join(pieces)
