"""A register on PostgreSQL and those who share it: its owner, who records, who only reads, and a stranger.

It lies in a schema of its own, whose name has to be quoted, and none of the four is a superuser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from tests.cli.conftest import Run
from tests.factories import settings_for
from tests.roles import logins
from tests.services.small_seeds import ARTICLE, FILES
from tracker import errors
from tracker.bootstrap import open_tracker, upgrade_database
from tracker.cli import main
from tracker.domain.outcomes import May
from tracker_db import guard, rights, transfer
from tracker_db.session import Database
from tracker_db.upgrade import FIRST, upgrade

WHO = ("owner", "record", "read", "stranger")
REF, OTHER = "VL-2026-001", "VL-2026-002"
SCHEMA = "Register"


@dataclass(frozen=True)
class Shared:
    """The register at the URL of each of the four, and a folder with its seeds and their article."""

    urls: Mapping[str, str]
    folder: Path
    administrator: str

    def administer(self, *statements: str) -> None:
        """As whoever made the roles."""
        with closing(Database(self.administrator)) as database, database.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def role(self, who: str) -> str:
        """The name of the role."""
        return str(make_url(self.urls[who]).username)

    def sql(self, who: str, statement: str) -> Any:
        """What a statement gives, or how it is refused; nothing of it is kept."""
        with closing(Database(self.urls[who])) as database, database.trial() as session:
            try:
                found = session.execute(text(statement))
                return found.scalars().all() if found.returns_rows else "done"
            except DBAPIError as refused:
                return getattr(refused.orig, "sqlstate", "")


@pytest.fixture(scope="module")
def shared(postgresql: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    url, folder = postgresql.create(), tmp_path_factory.mktemp("shared")
    (folder / "seeds").mkdir()
    for name, content in FILES.items():
        (folder / "seeds" / name).write_text(content)
    for name in ("000", *WHO):
        (folder / f"{name}.txt").write_text(ARTICLE if name == "000" else f"{ARTICLE}{name}\n")
    with logins(url, *WHO) as plain:
        found = Shared({who: _in_schema(given) for who, given in plain.items()}, folder, _in_schema(url))
        found.administer(f'CREATE SCHEMA "{SCHEMA}" AUTHORIZATION {found.role("owner")}')
        owner = ("--database", found.urls["owner"], "--actor", "owner")
        assert main(["seed", "--from", str(folder / "seeds"), *owner]) == 0
        assert main(["document", "add", str(folder / "000.txt"), *owner]) == 0
        for note in ("họp", "họp lại"):
            assert main(["mark", "in_progress", OTHER, "--note", note, *owner]) == 0
        for may in ("record", "read"):
            assert main(["db", "grant", found.role(may), "--may", may, *owner]) == 0
        yield found
    postgresql.drop(url)


def _in_schema(url: str) -> str:
    options = {"options": f'-csearch_path="{SCHEMA}"'}
    return make_url(url).update_query_dict(options).render_as_string(hide_password=False)


READING = (
    "list",
    f"show {REF}",
    "history",
    "report overdue",
    "export",
    "list --known 2026-01-02",
    "db status",
    "db verify",
    "db backup -o {folder}/{who}.pgdump",
)
RECORDING = (
    "seed --from {folder}/seeds",
    f"mark in_progress {REF} --note họp",
    f"move {REF} 2027-0{{number}} --note dời",
    f"edit {REF} --title Khác-{{who}} --note sửa",
    f"undo {OTHER}",
    "add --title Mới --kind project --undertaker vn --counterpart la --source 000:2",
    f"follow-up plan {REF} --on 2026-12-0{{number}} --what hỏi",
    "view save {who} is:open",
    "party add {who} --kind company",
    "document add {folder}/{who}.txt --published 2026-03-02",
    "draft {folder}/{who}.txt --published 2026-03-02 --save",
    "agenda --acknowledge",
)
OWNING = ("db grant {stranger} --may nothing",)


@pytest.mark.parametrize("command", [*READING, *RECORDING, *OWNING])
def test_each_does_what_they_may_and_is_told_otherwise(shared: Shared, run: Run, tmp_path: Path, command: str) -> None:
    permitted = WHO[:1] if command in OWNING else WHO[:2] if command in RECORDING else WHO[:3]
    for number, who in enumerate(WHO, 1):
        facts = {"folder": shared.folder, "who": who, "number": number, "stranger": shared.role("stranger")}
        words = [word.format(**facts) for word in command.split()]
        answer = run(*words, "--database", shared.urls[who], "--actor", who)
        if who in permitted:
            assert answer.code == 0, answer.err
            continue
        assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
        only_reads = who == "read" and command in RECORDING
        assert ("may be read but not written" if only_reads else "has no right to do it") in answer.err


# Past the program, each logged in as themselves: what they are answered.
DENIED, GUARDED, DONE = "42501", "P0001", "done"
ONLY_ITS_OWNER = (DONE, DENIED, DENIED, DENIED)
NOBODY = (GUARDED, DENIED, DENIED, DENIED)
NO_GUARD = (
    "CREATE OR REPLACE FUNCTION {s}.refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
)
SQL = {
    "SELECT count(*) > 0 FROM {s}.entry": ([True], [True], [True], DENIED),
    "UPDATE {s}.commitment SET ref = ref": (DONE, DONE, DENIED, DENIED),
    "UPDATE {s}.act SET actor = 'x'": NOBODY,
    "UPDATE {s}.entry SET reason = 'x'": NOBODY,
    "DELETE FROM {s}.act": NOBODY,
    "DELETE FROM {s}.entry": NOBODY,
    "TRUNCATE {s}.act CASCADE": NOBODY,
    "TRUNCATE {s}.entry": NOBODY,
    "INSERT INTO {s}.act SELECT * FROM {s}.act ON CONFLICT (number) DO UPDATE SET actor = 'x'": NOBODY,
    "ALTER TABLE {s}.entry DISABLE TRIGGER USER": ONLY_ITS_OWNER,
    "DROP TRIGGER guard_entry_edit ON {s}.entry": ONLY_ITS_OWNER,
    "CREATE TRIGGER mine BEFORE INSERT ON {s}.entry EXECUTE FUNCTION suppress_redundant_updates_trigger()": ONLY_ITS_OWNER,
    NO_GUARD: ONLY_ITS_OWNER,
    "SET session_replication_role = replica": (DENIED,) * 4,
    "CREATE TABLE {s}.mine (id INTEGER)": ONLY_ITS_OWNER,
    "DROP TABLE {s}.tag": ONLY_ITS_OWNER,
    "UPDATE {s}.alembic_version SET version_num = '0001'": ONLY_ITS_OWNER,
    "DELETE FROM {s}.tally": ONLY_ITS_OWNER,
    "UPDATE {s}.status_update SET note = 'x'": ONLY_ITS_OWNER,
    "ALTER SEQUENCE {s}.entry_id_seq RESTART": ONLY_ITS_OWNER,
    "LISTEN tracker_changed": (DONE,) * 4,
}


@pytest.mark.parametrize("statement", SQL)
def test_the_database_itself_refuses_what_the_program_does(shared: Shared, statement: str) -> None:
    spelt = statement.replace("{s}", f'"{SCHEMA}"')
    assert tuple(shared.sql(who, spelt) for who in WHO) == SQL[statement]


def test_who_records_owns_nothing_and_has_no_right_but_to_add_to_the_history(shared: Shared) -> None:
    who = f"'{shared.role('record')}'"
    owned = f"SELECT count(*) FROM pg_shdepend WHERE refobjid = {who}::regrole AND deptype = 'o'"
    assert shared.sql("owner", owned) == [0]
    for table in guard.GUARDED:
        named = f"""{who}, '"{SCHEMA}".{table}'"""
        held = (
            f"has_table_privilege({named}, 'INSERT'), has_table_privilege({named}, 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
        )
        held = f"SELECT ARRAY[{held}, has_any_column_privilege({named}, 'UPDATE')]"
        assert shared.sql("owner", held) == [[True, False, False]]


def test_each_table_has_its_rights(shared: Shared) -> None:
    # Whoever adds a table says what recording does to it.
    assert sorted(sum(rights.RECORDING.values(), ())) == sorted(
        [*(table.name for table in transfer.tables()), "alembic_version"]
    )
    for role, more in (("read", False), ("record", True)):
        given = (
            "SELECT relname || ' ' || string_agg(privilege_type, ', ' ORDER BY privilege_type) FROM pg_class,"
            f" aclexplode(relacl) WHERE relkind = 'r' AND grantee = '{shared.role(role)}'::regrole GROUP BY relname"
        )
        assert set(shared.sql("owner", given)) == {
            f"{table} {', '.join(sorted(['SELECT', *(held.split(', ') if held and more else ())]))}"
            for held, tables in rights.RECORDING.items()
            for table in tables
        }


def test_who_only_reads_hears_what_another_records(shared: Shared, run: Run) -> None:
    with open_tracker(settings_for(shared.urls["read"])) as tracker, tracker.watch() as watch:
        assert not tracker.may_record
        assert not watch.changed(0)
        run("mark", "in_progress", REF, "--note", "nghe", "--database", shared.urls["record"])
        assert watch.changed(5)


def test_status_says_what_each_may_do(shared: Shared, run: Run) -> None:
    for who in WHO[:3]:
        answer = run("db", "status", "--format", "json", "--database", shared.urls[who])
        assert answer.json["may"] == {"owner": "own"}.get(who, who)
    assert "You may        only read" in answer_of(run, shared, "read")


def answer_of(run: Run, shared: Shared, who: str) -> str:
    return run("db", "status", "--database", shared.urls[who]).out


def test_what_was_given_is_taken_away_again(shared: Shared, run: Run) -> None:
    def let(may: str) -> int:
        return run("db", "grant", shared.role("stranger"), "--may", may, "--database", shared.urls["owner"]).code

    def codes() -> tuple[int, int]:
        acting = ("mark", "in_progress", REF, "--note", "lại", "--database", shared.urls["stranger"])
        return run("list", "--database", shared.urls["stranger"]).code, run(*acting).code

    assert (let("record"), codes()) == (0, (0, 0))
    assert (let("read"), codes()) == (0, (0, 7))
    assert (let("nothing"), codes()) == (0, (7, 7))


def test_rights_reach_a_person_through_a_group_and_a_group_lets_nobody_do_more_unseen(shared: Shared, run: Run) -> None:
    stranger, group, owner = (shared.role(who) for who in ("stranger", "record", "owner"))
    asked = ("db", "grant", stranger, "--may", "read", "--database", shared.urls["owner"])
    shared.administer(f"GRANT {group} TO {stranger}")
    assert run("mark", "in_progress", REF, "--note", "nhóm", "--database", shared.urls["stranger"]).code == 0
    answer = run(*asked)
    assert (answer.code, answer.out) == (4, "")
    assert f"as {group}." in answer.err
    shared.administer(f"REVOKE {group} FROM {stranger}", f"GRANT {owner} TO {stranger}")
    assert f"as {owner}." in run(*asked).err
    shared.administer(f"REVOKE {owner} FROM {stranger}", f'GRANT DELETE ON "{SCHEMA}".tally TO PUBLIC')
    assert "as PUBLIC." in run(*asked).err
    shared.administer(f'REVOKE ALL ON "{SCHEMA}".tally FROM PUBLIC')
    assert run("list", "--database", shared.urls["stranger"]).code == 7


def test_only_a_role_that_is_there_and_does_not_own_is_let_in(shared: Shared, run: Run) -> None:
    for role, may, code, said in (
        (f"{shared.role('read')}x", "read", 3, f"Did you mean “{shared.role('read')}”"),
        ("public", "read", 3, "There is no database role called “public”"),
        (shared.role("owner"), "read", 4, f"as {shared.role('owner')}."),
        (str(make_url(shared.administrator).username), "record", 4, "could still do more"),
        (shared.role("read"), "own", 2, "Allowed: read, record, nothing."),
    ):
        answer = run("db", "grant", role, "--may", may, "--database", shared.urls["owner"])
        assert (answer.code, answer.out) == (code, "")
        assert said in answer.err


def test_a_file_has_no_roles(register: Path, run: Run) -> None:
    answer = run("db", "grant", "lan", "--may", "read")
    assert (answer.code, answer.out) == (4, "")
    assert "the file's permissions" in answer.err
    assert run("db", "status", "--format", "json").json["may"] == "own"


def test_an_upgrade_is_its_owner_s_and_brings_the_rights_along(
    postgresql: Any, run: Run, home: Path, article: Path
) -> None:
    url = postgresql.create()
    with logins(url, "owner", "record", "part") as urls:
        owner, record, part = (make_url(urls[who]).username for who in ("owner", "record", "part"))
        with closing(Database(url)) as administrator, administrator.connect() as connection:
            connection.exec_driver_sql(f"GRANT CREATE ON SCHEMA public TO {owner}")
        upgrade(urls["owner"], FIRST)
        with closing(Database(urls["owner"])) as database, database.connect() as connection:
            rights.grant(connection, url, str(record), May.RECORD)
            connection.exec_driver_sql(f"GRANT SELECT ON party TO {part}")
        for command in ("list", "db upgrade"):
            answer = run(*command.split(), "--database", urls["record"])
            assert (answer.code, answer.out) == (7, "")
            assert "Its owner has to run `tracker db upgrade` first." in answer.err
        assert not list(home.rglob("*.pgdump"))
        with pytest.raises(errors.DatabaseBehind):
            upgrade(urls["record"])
        upgrade_database(settings_for(urls["owner"]), keep=False)
        saved = ("draft", article, "--published", "2026-05-01", "--save")
        assert run(*saved, "--database", urls["record"]).code == 0
        # Somebody who was shown one table by other means is shown no more.
        assert run("list", "--database", urls["part"]).code == 7
    postgresql.drop(url)
