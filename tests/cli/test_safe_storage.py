"""What a register must not lie on, must not be and cannot be written to: one sentence, and not a byte changed."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from tests.factories import furnish
from tracker import errors, render
from tracker.reports.files import write_whole
from tracker_db import session
from tracker_db.session import APPLICATION_ID, Database, file_system
from tracker_db.upgrade import check, upgrade

MOUNTS = """\
22 27 0:21 / / rw - ext4 /dev/root rw
23 27 0:22 / /srv rw - nfs4 server:/export rw
24 27 0:23 / /srv/local rw shared:1 - xfs /dev/sdb rw
25 27 0:24 / /mnt/m\\040y rw - cifs //server/share rw
26 27 0:25 / /home/lan/remote rw - fuse.sshfs lan@server: rw
27 27 0:26 / /home/lan/usb rw - fuseblk /dev/sdc rw
28 27 0:27 / /twice rw - nfs server:/a rw
29 27 0:28 / /twice rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    {
        "/a.sqlite": "ext4",
        "/srv/a.sqlite": "nfs4",
        "/srvx/a.sqlite": "ext4",
        "/srv/local/a.sqlite": "xfs",
        "/mnt/m y/a.sqlite": "cifs",
        "/home/lan/remote/deep/a.sqlite": "fuse.sshfs",
        "/home/lan/usb/a.sqlite": "fuseblk",
        "/twice/a.sqlite": "tmpfs",
    }.items(),
)
def test_a_network_folder_is_known_by_its_mount_and_refused(
    path: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr(session, "MOUNTS", mounts)
    assert file_system(Path(path)) == kind
    if kind in ("nfs4", "cifs", "fuse.sshfs"):
        with pytest.raises(errors.OnNetworkFolder) as failure:
            upgrade(f"sqlite:///{path}")
        assert kind in render.error(failure.value)
        assert "PostgreSQL" in render.error(failure.value)
    monkeypatch.setattr(session, "MOUNTS", tmp_path / "none")
    assert file_system(Path(path)) == ""


@pytest.fixture
def lying(migrated_sqlite: Path, tmp_path: Path) -> Path:
    file = tmp_path / "register.sqlite"
    file.write_bytes(migrated_sqlite.read_bytes())
    database = Database(f"sqlite:///{file}")
    furnish(database)
    database.close()
    return file


def foreign(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute(f"PRAGMA application_id={APPLICATION_ID + 1}")


def newer(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")


def damaged(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:200] + os.urandom(4000) + content[4200:])


def a_picture(file: Path) -> None:
    file.write_bytes(b"\x89PNG" + os.urandom(4000))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


UNUSABLE: dict[str, Callable[[Path], None]] = {
    "foreign": foreign,
    "newer": newer,
    "damaged": damaged,
    "a picture": a_picture,
    "cut": cut,
}
COMMANDS = (
    ("list",),
    ("mark", "in_progress", "VL-2025-001", "--note", "x"),
    ("seed",),
    ("db", "verify"),
    ("db", "upgrade"),
    ("db", "backup"),
    ("export",),
    ("report", "overdue"),
)


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_cannot_be_used_is_refused_by_every_command_and_left_as_it_is(
    what: str, lying: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    UNUSABLE[what](lying)
    before = hashlib.sha256(lying.read_bytes()).hexdigest()
    for words in COMMANDS:
        answer = run(*words, "--database", lying)
        assert answer.code == 7, (words, answer)
        assert len(answer.err.strip().splitlines()) == 1, (words, answer)
        assert str(lying) in answer.err
        assert "Traceback" not in answer.err
        assert hashlib.sha256(lying.read_bytes()).hexdigest() == before, words
    assert sorted(os.listdir(tmp_path)) == ["register.sqlite"]


def test_a_register_of_another_schema_is_still_taken_out_whole(lying: Path, run: Run, tmp_path: Path) -> None:
    newer(lying)
    before = hashlib.sha256(lying.read_bytes()).hexdigest()
    assert "tracker export" in run("list", "--database", lying).err
    answer = run("export", "-o", tmp_path / "out.zip", "--database", lying)
    assert answer.code == 0
    as_it_lies, written = answer.err.splitlines()
    assert "9999" in as_it_lies
    assert str(tmp_path / "out.zip") in written
    assert hashlib.sha256(lying.read_bytes()).hexdigest() == before
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert len(packed.read("tables/party.jsonl").splitlines()) == 7
    # A version that does not know the schema does not guess at it.
    answer = run("import", tmp_path / "out.zip", "--database", tmp_path / "into.sqlite")
    assert answer.code == 6
    assert "9999" in answer.err


def test_a_link_to_nothing_is_not_followed_when_a_register_is_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").symlink_to(tmp_path / "elsewhere.sqlite")
    for words in (("seed",), ("db", "upgrade")):
        answer = run(*words, "--database", tmp_path / "register.sqlite")
        assert answer.code == 7
        assert not (tmp_path / "elsewhere.sqlite").exists()


def test_whatever_is_written_replaces_a_link_and_leaves_what_it_points_at(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("untouched")
    (tmp_path / "report.md").symlink_to(tmp_path / "secret")
    (tmp_path / "dangling.md").symlink_to(tmp_path / "planted")
    for name in ("report.md", "dangling.md"):
        write_whole(tmp_path / name, ["new"], replace=True)
        assert (tmp_path / name).read_text() == "new"
        assert not (tmp_path / name).is_symlink()
    assert (tmp_path / "secret").read_text() == "untouched"
    assert not (tmp_path / "planted").exists()
    write_whole(tmp_path / "private", ["new"], private=True)
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600


def test_what_a_killed_program_left_beside_a_file_goes_with_the_next_one_written_there(tmp_path: Path) -> None:
    def left(name: str, hours: int, kind: Callable[[Path], object] = Path.touch) -> None:
        kind(tmp_path / name)
        at = time.time() - hours * 3600
        os.utime(tmp_path / name, (at, at), follow_symlinks=False)

    left(".báo cáo.md.tracker-abcd_123", 25)
    others = {
        ".báo cáo.md.tracker-abcd_124": 23,
        ".báo cáo.md.abcd_123": 99,
        ".báo cáo.md.tracker-abcd_123~": 99,
        ".báo cáo.mdx.tracker-abcd_123": 99,
        "báo cáo.md.tracker-abcd_123": 99,
    }
    for name, hours in others.items():
        left(name, hours)
    left(".báo cáo.md.tracker-a_folder", 99, Path.mkdir)
    left(".báo cáo.md.tracker-a___link", 99, lambda link: link.symlink_to(tmp_path / "elsewhere"))
    write_whole(tmp_path / "báo cáo.md", ["new"])
    there = {*others, "báo cáo.md", ".báo cáo.md.tracker-a_folder", ".báo cáo.md.tracker-a___link"}
    assert set(os.listdir(tmp_path)) == there


def test_files_are_their_owner_s_alone_whatever_the_umask(tmp_path: Path, home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}", "TRACKER_ACTOR": "Lan"}

    def run(*words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "tracker", *words],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            preexec_fn=lambda: os.umask(0),
        )

    run("seed")
    run("mark", "in_progress", "VL-2025-013", "--note", "họp")
    run("db", "backup")
    run("db", "backup", "-o", "kept.sqlite")
    run("db", "restore", "kept.sqlite")
    run("export", "-o", "all.zip")
    files = [*home.rglob("*"), tmp_path / "kept.sqlite", tmp_path / "all.zip"]
    ours = [each for each in files if "commitment-tracker" in str(each) or each.parent == tmp_path]
    assert len([each for each in ours if each.is_file()]) >= 5
    for each in ours:
        wanted = 0o700 if each.is_dir() else 0o600
        assert stat.S_IMODE(each.stat().st_mode) == wanted, each


def test_a_file_that_can_grow_no_more_keeps_what_it_had(lying: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk."""
    before = hashlib.sha256(lying.read_bytes()).hexdigest()
    limit = lying.stat().st_size // 4096 * 4096
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        "from tracker.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}", "TRACKER_ACTOR": "Lan"}
    done = subprocess.run(
        [sys.executable, "-c", program, "seed", "--database", str(lying)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment,
    )
    assert done.returncode == 7, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    database = Database(f"sqlite:///{lying}")
    check(database)
    database.close()
    assert hashlib.sha256(lying.read_bytes()).hexdigest() == before
