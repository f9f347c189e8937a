"""Making a register's schema, and refusing what is none: each with its own reason, and nothing changed."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tests.factories import REF, TODAY, a_hand, evidence, marking, settings_for
from tests.storage.older import FIRST, REVISIONS, acts_of, make_older
from tracker import errors
from tracker.bootstrap import database_status, open_tracker, restore, upgrade_database, verify_database
from tracker.domain.commands import PlanFollowUp, SaveView, Seen
from tracker.domain.views import Remark
from tracker.settings import load_settings
from tracker_db import migrations
from tracker_db.models import Base
from tracker_db.session import Database
from tracker_db.upgrade import HEAD, check, is_empty, upgrade


def schema(database: Database) -> list[Any]:
    """All that the database says of its own schema."""
    asked = (
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        if database.path
        else "SELECT table_name, column_name, data_type, collation_name, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
    )
    with database.read() as session:
        return [tuple(row) for row in session.execute(text(asked))]


def test_migrations_make_exactly_the_models(database: Database) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        found = compare_metadata(context, Base.metadata)
    ours = [change for change in found if "commitment_search" not in repr(change)]
    assert ours == []


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", "tracker_db:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]
    # Revisions are compared as texts, to tell a newer database from an older one.
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)


def test_a_migration_stands_on_its_own() -> None:
    """What our code says tomorrow must not change what a migration did yesterday."""
    folder = Path(migrations.__file__).parent / "versions"
    for file in folder.glob("[0-9]*.py"):
        assert not re.search(r"^\s*(from|import) tracker", file.read_text(), re.MULTILINE), file.name


def test_a_new_database_is_made_whole_and_a_second_upgrade_changes_nothing(engine_url: str) -> None:
    database = Database(engine_url)
    try:
        assert is_empty(database)
        upgrade(engine_url)
        check(database)
        made = schema(database)
        assert len(made) > 20
        upgrade(engine_url)
        assert schema(database) == made
        assert not is_empty(database)
    finally:
        database.close()


def test_upgrading_leaves_the_rows_alone(tracker: Any, database_url: str) -> None:
    before = tracker.status()
    upgrade(database_url)
    assert tracker.status() == before
    assert before.acts == 1


def test_the_status_says_where_the_register_lies_and_how_it_stands(tracker: Any, engine_name: str) -> None:
    status = tracker.status()
    assert (status.revision, status.head, status.commitments) == (HEAD, HEAD, 0)
    assert status.engine.lower().startswith(engine_name)
    assert status.anchor.startswith("1:")


# What an earlier version wrote

ACTS, ANCHOR = acts_of(FIRST)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_register_of_every_schema_is_brought_forward_and_holds(revision: str, engine_url: str) -> None:
    make_older(engine_url, revision)
    acts, anchor = acts_of(revision)
    status = upgrade_database(settings_for(engine_url), keep=False)
    assert (status.revision, status.commitments, status.acts, status.anchor) == (
        HEAD,
        2 + (revision >= "0008"),
        acts,
        anchor,
    )
    assert verify_database(settings_for(engine_url), anchor=anchor).findings == ()
    with open_tracker(settings_for(engine_url)) as tracker:
        assert tracker.commitments.show(REF, as_of=TODAY).commitment.moves == 1
        assert [view.name for view in tracker.saved_views.listing()] == ["Của tôi"] * (revision >= "0002")
        assert len(tracker.followups.listing(as_of=TODAY)) == (revision >= "0002")
        tracker.commitments.record_status(marking("partial", evidence=(evidence(),)), a_hand())
        tracker.commitments.undo(a_hand())
        if "0003" <= revision < "0008":
            # What was taken back then comes back with its text.
            tracker.commitments.redo(a_hand(), act=str(acts))
            assert "đường bay" in (tracker.library.document("bai.txt").text or "")
    assert verify_database(settings_for(engine_url), anchor=anchor).findings == ()


def test_a_register_of_every_schema_is_kept() -> None:
    assert tuple(f"{number:04d}" for number in range(int(FIRST), int(HEAD) + 1)) == REVISIONS


def test_a_register_of_the_first_schema_keeps_all_that_is_in_it(engine_url: str) -> None:
    make_older(engine_url)
    with pytest.raises(errors.DatabaseBehind):
        _opening(engine_url)
    status = upgrade_database(settings_for(engine_url))
    assert (status.revision, status.commitments, status.acts, status.anchor) == (HEAD, 2, ACTS, ANCHOR)
    with open_tracker(settings_for(engine_url)) as tracker:
        shown = tracker.commitments.show(REF, as_of=TODAY)
        assert shown.commitment.status == "in_progress"
        assert shown.commitment.moves == 1
        assert [entry.kind for entry in shown.entries] == ["move", "mark", "add"]
        assert tracker.commitments.count("duong bay", as_of=TODAY) == 1
        # And all that is new works on it.
        plan = PlanFollowUp(commitments=(Seen(ref=REF),), what="Gửi công văn", on=TODAY)
        assert tracker.followups.plan(plan, a_hand()).number == 7
        assert [line.subject_ref for line in tracker.followups.agenda(as_of=TODAY).lines] == ["F-2026-001"]
        tracker.saved_views.save(SaveView(name="Của tôi", query="is:open", slot=1), a_hand())
        assert tracker.commitments.record_status(marking("partial", evidence=(evidence(),)), a_hand()).number == 9


def test_an_upgraded_register_has_the_schema_of_a_new_one(
    engine_name: str, engine_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    make_older(engine_url)
    upgrade(engine_url)
    old = Database(engine_url)
    new = Database(request.getfixturevalue("database_url"))
    assert [row[1] for row in schema(old)] == [row[1] for row in schema(new)]
    old.close()
    new.close()


def test_a_register_is_copied_before_it_is_upgraded_and_can_be_put_back(engine_url: str, home: Path) -> None:
    make_older(engine_url)
    said: list[Remark] = []
    upgrade_database(settings_for(engine_url), say=said.append)
    assert [remark.code for remark in said] == ["kept_before"]
    kept = Path(str(said[0].facts["file"]))
    assert home in kept.parents
    assert ANCHOR[:14] in kept.name.replace("-", ":")
    # A second time there is nothing to bring forward, and nothing to keep.
    upgrade_database(settings_for(engine_url), say=said.append)
    assert len(said) == 1
    if engine_url.startswith("sqlite"):
        anchor, before = restore(settings_for(engine_url), kept)
        assert before is not None
        assert anchor == database_status(settings_for(engine_url)).anchor == ANCHOR
        assert verify_database(settings_for(engine_url)).good


def test_a_register_is_upgraded_without_a_copy_when_nobody_wants_one(engine_url: str, home: Path) -> None:
    make_older(engine_url)
    upgrade_database(settings_for(engine_url), keep=False)
    assert not [each for each in home.rglob("*") if each.is_file()]


# What is no register


def _opening(url: str) -> None:
    open_tracker(settings_for(url)).close()


def _making(url: str) -> None:
    open_tracker(settings_for(url), may_create=True).close()


def _upgrading(url: str) -> None:
    upgrade_database(settings_for(url))


def _asking(url: str) -> None:
    database_status(settings_for(url))


def test_a_register_that_is_newer_than_the_program_is_refused(database_url: str) -> None:
    database = Database(database_url)
    with database.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = schema(database)
    for act in (_opening, _making, _upgrading):
        with pytest.raises(errors.DatabaseTooNew) as refused:
            act(database_url)
        assert refused.value.revision == "9999"
    assert database_status(settings_for(database_url)).revision == "9999"
    assert schema(database) == before
    database.close()


def test_a_register_that_is_older_asks_to_be_upgraded(database_url: str) -> None:
    database = Database(database_url)
    with database.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    database.close()
    for act in (_opening, _making):
        with pytest.raises(errors.DatabaseBehind) as refused:
            act(database_url)
        assert refused.value.revision == "0000"
    assert database_status(settings_for(database_url)).revision == "0000"


def test_a_stranger_on_the_server_is_left_alone(engine_url: str) -> None:
    database = Database(engine_url)
    with database.connect() as connection:
        connection.execute(text("CREATE TABLE entry (id INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO entry VALUES (1)"))
    before = schema(database)
    for act in (_opening, _making, _upgrading, _asking):
        with pytest.raises(errors.NotOurDatabase):
            act(engine_url)
    assert schema(database) == before
    database.close()


@pytest.fixture(params=["stranger", "text", "bytes", "short"])
def foreign_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that is no register."""
    file = tmp_path / "theirs.sqlite"
    match request.param:
        case "stranger":
            connection = sqlite3.connect(file)
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
            connection.execute("INSERT INTO alembic_version VALUES ('0001')")
            connection.commit()
            connection.close()
        case "text":
            file.write_text("Đây là ghi chú, không phải cơ sở dữ liệu.\n" * 100)
        case "bytes":
            file.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 20)
        case _:
            file.write_text("ghi chú")
    return file


@pytest.mark.parametrize("act", [_opening, _making, _upgrading, _asking])
def test_somebody_elses_file_is_refused_and_not_a_byte_of_it_changes(act: Any, foreign_file: Path) -> None:
    before = hashlib.sha256(foreign_file.read_bytes()).digest()
    with pytest.raises(errors.NotOurDatabase) as refused:
        act(f"sqlite:///{foreign_file}")
    assert str(foreign_file) in refused.value.database
    assert hashlib.sha256(foreign_file.read_bytes()).digest() == before
    assert list(foreign_file.parent.iterdir()) == [foreign_file]


@pytest.mark.parametrize("act", [_opening, _asking])
def test_a_file_that_is_not_there_is_missing_and_is_not_made_by_looking(act: Any, tmp_path: Path) -> None:
    with pytest.raises(errors.DatabaseMissing):
        act(f"sqlite:///{tmp_path / 'tracker.sqlite'}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", [_opening, _asking])
def test_an_empty_file_is_no_register_yet(act: Any, tmp_path: Path) -> None:
    file = tmp_path / "tracker.sqlite"
    file.touch()
    with pytest.raises(errors.DatabaseMissing):
        act(f"sqlite:///{file}")
    assert file.read_bytes() == b""


@pytest.mark.parametrize("act", [_making, _upgrading])
def test_an_empty_file_can_become_one(act: Any, tmp_path: Path) -> None:
    file = tmp_path / "tracker.sqlite"
    file.touch()
    act(f"sqlite:///{file}")
    _opening(f"sqlite:///{file}")


@pytest.mark.parametrize("act", [_opening, _asking])
def test_a_postgresql_database_without_tables_is_no_register_yet(act: Any, postgresql: Any) -> None:
    url = postgresql.create()
    with pytest.raises(errors.DatabaseMissing):
        act(url)
    postgresql.drop(url)


@pytest.mark.parametrize("act", [_making, _upgrading])
def test_a_missing_folder_is_named_and_not_made(act: Any, tmp_path: Path) -> None:
    with pytest.raises(errors.FolderMissing) as refused:
        act(f"sqlite:///{tmp_path / 'nowhere' / 'tracker.sqlite'}")
    assert "nowhere" in refused.value.database
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", [_opening, _making, _upgrading, _asking])
def test_a_folder_is_no_database(act: Any, tmp_path: Path) -> None:
    with pytest.raises(errors.DatabaseUnusable):
        act(f"sqlite:///{tmp_path}")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_unreachable_and_its_password_is_not_said(tmp_path: Path) -> None:
    url = f"postgresql://lan:bi-mat@/tracker?host={tmp_path}&connect_timeout=2"
    for act in (_opening, _making, _upgrading, _asking):
        with pytest.raises(errors.DatabaseUnreachable) as refused:
            act(url)
        assert "bi-mat" not in f"{refused.value.database} {refused.value.reason}"


@pytest.mark.parametrize("url", ["mysql://root:bi-mat@localhost/x", "postgresql://a:bi-mat@:x:y/z", "://"])
def test_a_url_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(errors.BadURL) as refused:
        _opening(url)
    assert "bi-mat" not in f"{refused.value.database} {refused.value.reason}"


def test_a_database_that_does_not_exist_on_the_server_is_unreachable(postgresql: Any) -> None:
    url = postgresql.create()
    postgresql.drop(url)
    with pytest.raises(errors.DatabaseUnreachable):
        _opening(url)


# Whose file it is


def test_a_new_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "tracker.sqlite"
    before = os.umask(0)
    try:
        _making(f"sqlite:///{file}")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["tracker.sqlite"]


def test_without_a_configured_database_the_first_run_makes_and_seeds_one_in_a_private_folder(home: Path) -> None:
    with open_tracker(load_settings(actor="Lan")) as tracker:
        assert tracker.made
        assert tracker.seeded is not None
        assert tracker.seeded.added > 30
        path = tracker.database.path
        assert path is not None
        assert home in path.parents
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with open_tracker(load_settings(actor="Lan")) as tracker:
        assert not tracker.made
        assert tracker.status().acts == 1


def test_a_configured_database_is_made_only_when_asked_and_not_seeded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    with open_tracker(settings_for(url), may_create=True) as tracker:
        assert (tracker.made, tracker.seeded, tracker.status().acts) == (True, None, 0)


def test_a_path_with_letters_that_mean_something_in_a_url_is_a_path(tmp_path: Path) -> None:
    file = tmp_path / "sổ 100% chắc? #1.sqlite"
    settings = load_settings(database=str(file), actor="Lan")
    open_tracker(settings, may_create=True).close()
    assert file.is_file()
