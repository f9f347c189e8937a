"""What PostgreSQL's programs make of a register and put back: the schema in which it lies, and no other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tracker import errors
from tracker.domain import history
from tracker.domain.outcomes import Progress, Verification
from tracker_db.given import brought_forward, given
from tracker_db.session import Database
from tracker_db.upgrade import asked_schema, is_empty
from tracker_db.verify import prove_state


def dump(database: Database, target: Path, whole: bool, told: Progress) -> Verification:
    """pg_dump of the very state that is proved: both look through one snapshot."""
    _found(database, "pg_dump")
    with database.read() as session:
        snapshot = session.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        schema, _there = asked_schema(session.connection())
        # Of the register alone, and read as a pattern: what stands in quotes is the name.
        only = '--schema="{}"'.format(schema.replace('"', '""'))
        _run(database, "pg_dump", f"--file={target}", "--format=custom", "--no-owner", f"--snapshot={snapshot}", only)
        proved = prove_state(session, str(database), whole=whole, told=told)
    # Seals that do not fit are among what was found.
    if not proved.findings and _seal_in(database, target, schema) != proved.anchor:
        raise errors.ProgramMissing(str(database), "pg_dump", "the dump is not what was to be dumped")
    return proved


def restore(file: Path, database: Database, told: Progress) -> str:
    """Put a dump into the schema that the database is asked for in, which is empty or missing; its anchor.

    Raises FileProblem (not_a_backup), OtherSchema, NotEmpty, RightMissing, FileBroken, ProgramMissing.
    """
    with database.read() as session:
        schema, there = asked_schema(session.connection())
    held = _schemas_in(database, file)
    if not held:
        raise errors.FileProblem(str(file), "not_a_backup")
    if schema not in held:
        raise errors.OtherSchema(str(database), str(file), held[0], schema)
    expected = _seal_in(database, file, schema)
    if there and not is_empty(database):
        raise errors.NotEmpty(str(database))
    # The schema itself is not restored: it may be there already.
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--schema={schema}")
    with given(file), _schema_made(database, schema, there):
        _run(database, "pg_restore", *options, str(file))
        try:
            anchor = brought_forward(database, file, told)
            if anchor != expected:
                raise errors.HistoryBroken(str(file))
        except BaseException:
            # Ctrl+C too: what is not proved does not stay.
            _empty(database)
            raise
    return anchor


@contextmanager
def _schema_made(database: Database, schema: str, there: bool) -> Iterator[None]:
    """The schema, if it was not there: made, and gone again where the block fails and has left nothing in it."""
    if there:
        yield
        return
    with database.connect() as connection:
        spelt = connection.dialect.identifier_preparer.quote_identifier(schema)
        connection.exec_driver_sql(f"CREATE SCHEMA {spelt}")
    try:
        yield
    except BaseException:
        with suppress(DBAPIError), database.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {spelt}")
        raise


def _empty(database: Database) -> None:
    """Take away what was put into a database that had nothing in it."""
    with database.connect() as connection:
        of_ours = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        for name in connection.exec_driver_sql(of_ours).scalars().all():
            connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS refuse_edit()")


def _schemas_in(database: Database, file: Path) -> list[str]:
    """The schemas of a dump that have a register."""
    copied = re.compile(r'COPY (?:"((?:[^"]|"")+)"|([^".]+))\.')
    found = [match for line in _lines(database, file, "--table=act") if (match := copied.match(line))]
    return [(match[1] or match[2]).replace('""', '"') for match in found]


def _seal_in(database: Database, file: Path, schema: str) -> str:
    """Read a dump back: its acts and their entries' hashes give the seal of the last one. Raises FileProblem."""
    digests: dict[int, list[tuple[int, bytes]]] = {}
    for row_id, number, digest in _rows(database, file, schema, "entry", ("id", "act_number", "hash")):
        digests.setdefault(int(number), []).append((int(row_id), bytes.fromhex(digest)))
    seal, last = history.NOTHING_BEFORE, 0
    acts = _rows(database, file, schema, "act", ("number", "id", "hash"))
    for number, act_id, sealed in sorted(acts, key=lambda act: int(act[0])):
        last = int(number)
        of_it = [digest.hex() for _, digest in sorted(digests.pop(last, []))]
        seal = history.act_hash(seal, last, act_id, of_it)
        if seal != sealed:
            raise errors.FileProblem(str(file), "not_a_backup")
    return f"{last}:{seal}"


def _rows(database: Database, file: Path, schema: str, table: str, wanted: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Some columns of a table in a dump."""
    return _cells(_lines(database, file, f"--schema={schema}", f"--table={table}"), wanted)


def _lines(database: Database, file: Path, *only: str) -> Iterator[str]:
    """The rows of a dump as pg_restore spells them. Raises FileProblem."""
    words = [_found(database, "pg_restore"), "--data-only", *only, "--file=-", str(file)]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said, encoding="utf-8") as reading:
            assert reading.stdout is not None
            yield from reading.stdout
        if reading.returncode:
            raise errors.FileProblem(str(file), "not_a_backup")


def _cells(lines: Iterable[str], wanted: Sequence[str]) -> Iterator[tuple[str, ...]]:
    places: list[int] = []
    for line in lines:
        if line.startswith("COPY ") and not places:
            columns = [name.strip(' "') for name in line.partition("(")[2].partition(")")[0].split(",")]
            places = [columns.index(name) for name in wanted]
        elif line.rstrip("\n") == "\\.":
            places = []
        elif places:
            cells = line.rstrip("\n").split("\t")
            yield tuple(cells[place] for place in places)


def _found(database: Database, program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise errors.ProgramMissing(str(database), program)
    return found


def _run(database: Database, program: str, *options: str) -> None:
    """A program of PostgreSQL's. The password goes by its environment, not by its words, which everybody can list."""
    secret = database.url.password or database.url.query.get("password")
    plain = database.without_password.set(drivername="postgresql")
    words = [_found(database, program), f"--dbname={plain.render_as_string(hide_password=False)}", *options]
    environment = os.environ | ({"PGPASSWORD": str(secret)} if secret else {})
    done = subprocess.run(words, env=environment, capture_output=True, check=False, encoding="utf-8", errors="replace")
    if done.returncode:
        said = done.stderr.strip().splitlines() or [""]
        if "permission denied for" in said[0]:
            raise errors.RightMissing(str(database))
        raise errors.ProgramMissing(str(database), program, said[0].partition("error: ")[2] or said[0])
