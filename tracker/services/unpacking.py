"""Reading an archive: what it may be, checked before anything is unpacked, and then row by row, never whole."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from struct import unpack
from tempfile import TemporaryDirectory
from typing import IO, Any, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from sqlalchemy import Table, update
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from tracker import errors
from tracker.services.archive import (
    FORMAT,
    MANIFEST,
    READ,
    SCHEMA,
    SHEETS,
    SUMS,
    TEXTS,
    VERSION,
    sheet,
    sums_of,
    type_of,
)
from tracker_db import history, transfer
from tracker_db.session import Database
from tracker_db.upgrade import FIRST, HEAD, upgrade
from tracker_db.verify import findings_of

# How much an archive may grow when it is unpacked, how many files it may have, how long a line and a text may be.
MOST_TIMES, MOST_FILES, MOST_DIRECTORY = 200, 60_000, 32 << 20
MOST_LINE, MOST_TEXT, MOST_MANIFEST = 16 << 20, 25 << 20, 16 << 20
_SPARE = 1 << 20
# What reading a member raises when its bytes are not those that were packed.
_SPOILT = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RecursionError)
_TEXT = re.compile(rf"({'|'.join(TEXTS)})/([0-9a-f]{{64}})\.txt")


class Archive:
    """An archive that was looked at: its limits hold and its manifest names just what is in it. Raises FileRefused.

    `revision` is the schema of the register that it was made of.
    """

    def __init__(self, file: Path) -> None:
        self._file = str(file)
        if not file.is_file():
            if not file.exists() or file.is_dir():
                raise errors.FileProblem(self._file, "folder" if file.is_dir() else "missing")
            self._refuse("", "not_an_archive")
        try:
            _check_directory(file)
            self._zip = ZipFile(file)
        except (BadZipFile, NotImplementedError, ValueError, EOFError):
            self._refuse("", "not_an_archive")
        except OSError:
            raise errors.FileProblem(self._file, "unreadable") from None
        try:
            self._check_limits(file.stat().st_size)
            self._read_manifest()
        except BaseException:
            self._zip.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def _refuse(self, key: str, reason: str) -> NoReturn:
        raise errors.FileRefused(self._file, (errors.Problem(Path(self._file).name, key, reason),)) from None

    def _check_limits(self, size: int) -> None:
        members = self._zip.infolist()
        known = {f"tables/{table.name}.jsonl" for table in transfer.tables()} | {MANIFEST, SUMS, SCHEMA}
        known |= set(map(sheet, SHEETS))
        names = [member.filename for member in members]
        if len(set(names)) != len(names) or len(names) > MOST_FILES:
            self._refuse("", "archive_doubled")
        for member in members:
            name = member.filename
            if name not in known and not _TEXT.fullmatch(name):
                self._refuse(name, "archive_foreign")
            if member.flag_bits & 1 or member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                self._refuse(name, "archive_packed")
            most = MOST_TEXT if _TEXT.fullmatch(name) else MOST_MANIFEST if name in (MANIFEST, SUMS, SCHEMA) else None
            grown = member.file_size > MOST_TIMES * member.compress_size + _SPARE
            if grown or (most is not None and member.file_size > most):
                self._refuse(name, "archive_expands")
        # Members that lie over each other would pass one by one.
        if sum(member.compress_size for member in members) > size:
            self._refuse("", "archive_expands")

    def _read_manifest(self) -> None:
        try:
            said = json.loads(self._zip.read(MANIFEST))
            form, version, self.revision = said["format"], said["version"], str(said["schema"])
            self._anchor, self._files = str(said["anchor"]), {str(name): dict(of) for name, of in said["files"].items()}
        except (*_SPOILT, LookupError, ValueError, TypeError, AttributeError):
            self._refuse(MANIFEST, "not_an_archive")
        if (form, version) != (FORMAT, VERSION):
            self._refuse(MANIFEST, "not_an_archive")
        if not (FIRST <= self.revision <= HEAD and self.revision.isdecimal() and len(self.revision) == len(HEAD)):
            self._refuse(MANIFEST, f"archive_schema: {self.revision}")
        there = set(self._zip.namelist()) - {MANIFEST, SUMS}
        for name in sorted(there ^ self._files.keys()):
            self._refuse(name, "archive_incomplete" if name in self._files else "archive_foreign")
        self._check_sums()

    def _check_sums(self) -> None:
        """What proves an archive without this program says the same of it."""
        try:
            said = self._zip.read(SUMS)
        except KeyError:
            self._refuse(SUMS, "archive_incomplete")
        except _SPOILT:
            self._refuse(SUMS, "hash_differs")
        if said != sums_of(self._files):
            self._refuse(SUMS, "hash_differs")

    def load(self, session: Session) -> None:
        """Put everything into an unused register of the archive's schema, the newest one, and prove it.

        Raises FileRefused for what cannot be taken, FileBroken for what does not hold: the transaction is not to
        be committed then.
        """
        self._fill(session, transfer.tables())
        transfer.settle(session.connection())
        self._prove(session)

    @contextmanager
    def brought_forward(self) -> Iterator[Database]:
        """What an archive of an earlier schema holds, as a register of the newest, proved; it lasts for the block.

        Raises FileRefused, FileBroken.
        """
        with TemporaryDirectory(prefix="tracker-") as folder:
            url = f"sqlite:///{folder}/register.sqlite"
            upgrade(url, self.revision)
            with closing(Database(url)) as made:
                with made.write() as session:
                    self._fill(session, transfer.tables_of(session.connection(), self._file)[1])
                upgrade(url)
                with made.read() as session:
                    self._prove(session)
                yield made

    def _fill(self, session: Session, tables: Sequence[Table]) -> None:
        missing = {SCHEMA, *(f"tables/{table.name}.jsonl" for table in tables)} - self._files.keys()
        for name in sorted(missing):
            self._refuse(name, "archive_incomplete")
        for table in tables:
            name = f"tables/{table.name}.jsonl"
            try:
                transfer.load(session, table, self._rows(name, table))
            except (DBAPIError, StatementError) as error:
                if isinstance(error, DBAPIError) and type(error).__name__ == "OperationalError":
                    raise
                self._refuse(name, "archive_rows")
        for name in sorted(self._files):
            if match := _TEXT.fullmatch(name):
                self._put_text(session, name, match[1], match[2])
        for name in sorted(set(map(sheet, SHEETS)) & self._files.keys()):
            self._check_sheet(name)

    def _prove(self, session: Session) -> None:
        if found := findings_of(session):
            raise errors.FileBroken(self._file, found)
        if history.anchor(session) != self._anchor:
            self._refuse(MANIFEST, "archive_anchor")

    def _rows(self, name: str, table: Table) -> Iterator[transfer.Row]:
        # Its texts come later, from files of their own.
        columns = {column.name: column for column in table.c if column.name != "text"}
        read = {each: (_READ[type_of(column.type)], bool(column.nullable)) for each, column in columns.items()}
        blank = {"text": ""} if "text" in table.c and not table.c.text.nullable else {}
        for number, line in enumerate(self._lines(name), 1):
            try:
                given = json.loads(line)
                if given.keys() != columns.keys():
                    raise ValueError(name)
                row = {
                    each: None if value is None and read[each][1] else read[each][0](value)
                    for each, value in given.items()
                }
            except (ValueError, TypeError, AttributeError, InvalidOperation, RecursionError):
                self._refuse(f"{name}:{number}", "archive_rows")
            yield row | blank

    def _lines(self, name: str) -> Iterator[bytes]:
        """The lines of a table, whose hash and number are checked when the last one was read."""
        digest, number = hashlib.sha256(), 0
        try:
            with self._zip.open(name) as page:
                while line := page.readline(MOST_LINE + 1):
                    if len(line) > MOST_LINE:
                        self._refuse(f"{name}:{number + 1}", "archive_expands")
                    digest.update(line)
                    number += 1
                    yield line
        except _SPOILT:
            self._refuse(name, "hash_differs")
        facts = self._files[name]
        if (digest.hexdigest(), number) != (facts.get("sha256"), facts.get("rows")):
            self._refuse(name, "hash_differs")

    def _check_sheet(self, name: str) -> None:
        """Nothing is taken from it, but it has to be what was written."""
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as page:
                while piece := page.read(_SPARE):
                    digest.update(piece)
        except _SPOILT:
            self._refuse(name, "hash_differs")
        if digest.hexdigest() != self._files[name].get("sha256"):
            self._refuse(name, "hash_differs")

    def _put_text(self, session: Session, name: str, folder: str, sha256: str) -> None:
        try:
            content = self._zip.read(name)
            kept = content.decode()
        except (*_SPOILT, UnicodeDecodeError):
            self._refuse(name, "hash_differs")
        # What was read for drafting may stand under the hash of its file: see `texts.proves`.
        said = self._files[name].get("sha256") if folder == READ else sha256
        if hashlib.sha256(content).hexdigest() != said or "\0" in kept:
            self._refuse(name, "hash_differs")
        table: Any = TEXTS[folder]
        done: Any = session.execute(update(table).where(table.sha256 == sha256).values(text=kept))
        if done.rowcount != 1:
            self._refuse(name, "archive_foreign")


def _check_directory(file: Path) -> None:
    """How long the list of members is, before anything reads it into memory. Raises ValueError."""
    with file.open("rb") as page:
        page.seek(0, 2)
        page.seek(max(0, page.tell() - 65_557 - 20))
        begins = page.tell()
        tail = page.read()
        place = tail.rfind(b"PK\5\6")
        if place < 0 or len(tail) < place + 22:
            raise ValueError(file)
        number, size = unpack("<HL", tail[place + 10 : place + 16])
        if place >= 20 and tail[place - 20 : place - 16] == b"PK\6\7":
            number, size = _zip64(page, unpack("<Q", tail[place - 12 : place - 4])[0], begins + place - 20)
    if number > MOST_FILES or size > MOST_DIRECTORY:
        raise ValueError(file)


def _zip64(page: IO[bytes], offset: int, before: int) -> tuple[int, int]:
    # Python looks for the record just before its locator, wherever the locator points.
    for place in {offset, before - 56}:
        page.seek(max(0, place))
        record = page.read(56)
        if record[:4] == b"PK\6\6" and len(record) == 56:
            number, size = unpack("<QQ", record[32:48])
            if number > MOST_FILES or size > MOST_DIRECTORY:
                raise ValueError(page)
    return 0, 0


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    # A lone surrogate is no text.
    value.encode()
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 1 << 31:
        raise ValueError(value)
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _date(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _moment(value: Any) -> datetime:
    return datetime.strptime(_text(value), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _decimal(value: Any) -> Decimal:
    if len(_text(value)) > 64:
        raise ValueError(value)
    found = Decimal(value)
    if not found.is_finite():
        raise ValueError(value)
    return found


_READ = {
    "text": _text,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
    "moment": _moment,
    "decimal": _decimal,
}
