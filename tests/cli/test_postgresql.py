"""A register on PostgreSQL where its URL says: in its schema, as it was after a refusal, and no password shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.cli.conftest import Run
from tests.factories import a_hand, adding, furnish, settings_for
from tests.roles import logins
from tests.storage.test_verify import tamper
from tracker.bootstrap import Tracker, back_up, backups_of
from tracker.cli.secrets import out_of_sight
from tracker.crash import without_secrets
from tracker.domain.outcomes import Progress
from tracker_db.session import Database
from tracker_db.upgrade import upgrade

SECRET = "bi-mat"


@pytest.fixture
def empty(postgresql: Any) -> Iterator[Callable[[], str]]:
    """Makes databases with nothing in them, and gives their URLs."""
    made: list[str] = []

    def make() -> str:
        made.append(postgresql.create())
        return made[-1]

    yield make
    for url in made:
        postgresql.drop(url)


def in_schema(url: str, schema: str) -> str:
    options = {"options": f'-csearch_path="{schema}"'}
    return make_url(url).update_query_dict(options).render_as_string(hide_password=False)


def do(url: str, statement: str) -> list[Any]:
    with closing(Database(url)) as database, database.connect() as connection:
        found = connection.exec_driver_sql(statement)
        return list(found.scalars()) if found.returns_rows else []


def what_is_in(url: str) -> list[Any]:
    """Schemas, relations and functions, of all schemas but PostgreSQL's own."""
    names = "SELECT nspname, oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'"
    return do(
        url,
        f"SELECT nspname || '.' || coalesce(relname, '') FROM ({names}) n LEFT JOIN pg_class ON relnamespace = n.oid"
        f" UNION ALL SELECT nspname || '.' || proname FROM ({names}) n JOIN pg_proc ON pronamespace = n.oid ORDER BY 1",
    )


def furnished(url: str) -> str:
    upgrade(url)
    with Tracker(settings_for(url), Database(url)) as tracker:
        furnish(tracker.database)
        tracker.commitments.add(adding(), a_hand())
    return url


def test_a_backup_of_a_schema_goes_back_into_it_there_or_not_and_into_no_other(
    run: Run, empty: Callable[[], str], tmp_path: Path
) -> None:
    source = empty()
    files = {}
    for schema in ("Sổ", "public"):
        do(source, f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        files[schema] = tmp_path / f"{schema}.pgdump"
        back_up(settings_for(furnished(in_schema(source, schema))), files[schema])
    target = empty()
    before = what_is_in(target)
    for schema, elsewhere in (("Sổ", "public"), ("public", "reg9")):
        answer = run("db", "restore", files[schema], "--database", in_schema(target, elsewhere))
        assert (answer.code, answer.out, answer.err.count("\n")) == (6, "", 1)
        assert f"of the schema {schema}," in answer.err
        assert f"for the schema {elsewhere}. Nothing was changed." in answer.err
        assert what_is_in(target) == before
    assert "-csearch_path%3D%22S%E1%BB%95%22" in run("db", "restore", files["Sổ"], "--database", target).err
    for schema in files:
        there = in_schema(target, schema)
        assert run("db", "restore", files[schema], "--database", there).code == 0
        assert run("db", "verify", "--database", there).code == 0
        assert run("db", "restore", files[schema], "--database", there).code == 7
    do(other := empty(), 'CREATE SCHEMA "Sổ"')
    assert run("db", "restore", files["Sổ"], "--database", in_schema(other, "Sổ")).code == 0


def test_a_backup_of_two_registers_in_one_database_has_the_one_that_is_asked_for(
    run: Run, empty: Callable[[], str], tmp_path: Path
) -> None:
    source, target = empty(), empty()
    do(source, "CREATE SCHEMA reg1")
    upgrade(in_schema(source, "reg1"))
    back_up(settings_for(furnished(source)), tmp_path / "kept")
    assert run("db", "restore", tmp_path / "kept", "--database", target).code == 0
    assert do(target, "SELECT nspname FROM pg_namespace WHERE nspname = 'reg1'") == []
    assert run("list", "--database", target, "--format", "json").json


def test_a_backup_that_does_not_hold_leaves_no_schema_behind(
    run: Run, empty: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker import errors
    from tracker_db import dumps

    do(source := empty(), "CREATE SCHEMA reg1")
    back_up(settings_for(furnished(in_schema(source, "reg1"))), tmp_path / "kept")
    before = what_is_in(target := empty())

    def broken(_database: Database, file: Path, _told: Progress) -> str:
        raise errors.HistoryBroken(str(file))

    monkeypatch.setattr(dumps, "brought_forward", broken)
    assert run("db", "restore", tmp_path / "kept", "--database", in_schema(target, "reg1")).code == 6
    assert what_is_in(target) == before


def test_what_is_refused_on_the_way_leaves_an_empty_database_empty(
    run: Run, empty: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = furnished(empty()), empty()
    assert run("export", "-o", tmp_path / "all.zip", "--database", source).code == 0
    before = what_is_in(target)
    with closing(Database(source)) as database:
        tamper(database, "UPDATE entry SET reason = 'khác' WHERE id = 3")
    assert run("db", "copy", source, target).code == 7
    assert what_is_in(target) == before
    assert run("export", "-o", tmp_path / "bad.zip", "--database", source).code == 0
    assert run("import", tmp_path / "bad.zip", "--database", target).code == 6
    assert what_is_in(target) == before
    assert run("import", tmp_path / "all.zip", "--database", target).code == 0
    assert run("db", "verify", "--database", target).code == 0


def test_a_register_has_one_name_and_one_folder_of_copies_with_its_password_or_without(tmp_path: Path) -> None:
    plain = "postgresql://lan@localhost/so"
    named = (plain, f"postgresql://lan:{SECRET}@localhost/so", f"{plain}?password={SECRET}")
    assert {str(Database(url)) for url in named} == {plain}
    folders = [backups_of(settings_for(url), Database(url)) for url in named]
    assert len({found.folder for found in folders}) == 1
    # Where an earlier version put those of a URL with a password.
    older = folders[0].folder.with_name("so-1930c0b3")
    older.mkdir(parents=True)
    (older / "20261121T030000Z-1-aaaaaaaaaaaa-asked.pgdump").touch()
    assert [len(found.listing()) for found in folders] == [1, 1, 1]


@pytest.mark.parametrize("command", ["list", "seed", "db verify", "db status", "db backup"])
def test_a_schema_that_is_not_there_is_named(run: Run, empty: Callable[[], str], command: str) -> None:
    answer = run(*command.split(), "--database", in_schema(empty(), "reg1"))
    assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
    assert "has no schema reg1." in answer.err
    assert "CREATE SCHEMA reg1" in answer.err


@pytest.mark.parametrize("parameter", ["bogus=1", "sslmode=bogus", "connect_timeout=abc"])
def test_a_parameter_of_the_url_that_nobody_knows_is_told(run: Run, empty: Callable[[], str], parameter: str) -> None:
    url = empty()
    answer = run("list", "--database", f"{url}{'&' if '?' in url else '?'}{parameter}")
    assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
    assert "cannot be opened: " in answer.err


def test_a_port_that_is_none_is_told(run: Run) -> None:
    answer = run("list", "--database", "postgresql://lan:bi-mat@localhost/so?port=abc")
    assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
    assert "bi-mat" not in answer.err


def test_roles_of_the_server_rights_and_status_are_worded_for_postgresql(
    run: Run, empty: Callable[[], str], tmp_path: Path
) -> None:
    url = furnished(empty())
    answer = run("db", "grant", "pg_read_all_data", "--may", "read", "--database", url)
    assert (answer.code, answer.out) == (4, "")
    assert "one of PostgreSQL's own roles" in answer.err
    assert "Journal mode" not in run("db", "status", "--database", url).out
    back_up(settings_for(url), tmp_path / "kept")
    target = empty()
    do(target, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    with logins(target, "lan") as urls:
        answer = run("db", "restore", tmp_path / "kept", "--database", urls["lan"])
    assert (answer.code, answer.out) == (7, "")
    assert "has no right to do it" in answer.err


BAD = {
    f"postgresql://lan:hai@{SECRET}@127.0.0.1:5/x": "%40",
    f"postgresql://lan:hai@a/{SECRET}@127.0.0.1:5/x": "%40",
    f"postgresql:lan:{SECRET}@127.0.0.1": "postgresql://ROLE@HOST",
    f"postgresql:/lan:{SECRET}@127.0.0.1/x": "postgresql://ROLE@HOST",
    f"postgresql:///lan:{SECRET}@127.0.0.1/x": "postgresql://ROLE@HOST",
    f"lan:{SECRET}@127.0.0.1/x": "postgresql://ROLE@HOST",
    f"postgres://lan:{SECRET}@127.0.0.1/x": "is written postgresql://",
    f"mysql://lan:{SECRET}@127.0.0.1/x": "neither SQLite nor PostgreSQL",
}


@pytest.mark.parametrize("url", BAD)
def test_what_was_meant_as_a_url_and_is_none_is_told_so_without_its_password(
    run: Run, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, _password = out_of_sight(["list", "--database", url])
    monkeypatch.setenv("TRACKER_DATABASE", url)
    for answer in (run("list"), run(*words)):
        assert (answer.code, answer.out, answer.err.count("\n")) == (7, "", 1)
        assert BAD[url] in answer.err
        assert "127.0.0.1" in answer.err
        assert not any(part in answer.err for part in (SECRET, "hai"))


def test_an_at_in_a_password_does_not_reach_a_crash_s_trace_and_a_path_with_one_is_a_path(
    run: Run, tmp_path: Path
) -> None:
    assert SECRET not in without_secrets(f"postgresql://lan:hai@{SECRET}@127.0.0.1/x")
    file = tmp_path / "số:2@nhà.sqlite"
    assert run("db", "upgrade", "--database", file).code == 0
    assert file.exists()
