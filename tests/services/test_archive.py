"""An archive holds everything and nothing else: it comes back the same on either engine, or it is refused."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT
from tests.factories import TODAY, a_citation, a_hand, adding, delivering, everything, moving, settings_for
from tests.postgres import Server
from tests.storage.older import REVISIONS, acts_of, make_older
from tests.storage.test_verify import tamper
from tracker import errors
from tracker.bootstrap import (
    Tracker,
    archive_as_it_lies,
    copy_database,
    database_status,
    import_archive,
    upgrade_database,
    verify_database,
)
from tracker.domain.commands import PlanFollowUp, SaveView, Seen
from tracker.reading.drafting import draft
from tracker.reading.files import read_content
from tracker.services.archive import SUMS, sums_of
from tracker_db.session import Database
from tracker_db.upgrade import HEAD, is_empty

READ = (
    "Thủ tướng Việt Nam hội đàm với Thủ tướng Lào tại Hà Nội.",
    "Hai bên nhất trí lập quỹ chung trong năm 2026.",
    "Lào cam kết giảm phí 10%.",
)
WORDS = "Tin tức\n\nHai bên nhất trí mở đường bay thẳng trong năm 2026.\n"


@pytest.fixture
def full(tracker: Tracker, tmp_path: Path) -> Tracker:
    """A register with something of every kind, texts among it, one of them taken back."""
    desk = tracker.commitments
    for name, words in (("bai.txt", WORDS), ("hai.txt", "\ufeff" + WORDS)):
        (tmp_path / name).write_text(words, encoding="utf-8", newline="")
        tracker.library.add_documents([tmp_path / name], a_hand())
    desk.undo(a_hand())
    sha256 = hashlib.sha256(WORDS.encode()).hexdigest()
    desk.add(adding("VL-2025-001", deadline_value="2026", tags=("bay",), sources=(a_citation(sha256),)), a_hand())
    desk.add(adding("VL-2025-002"), a_hand())
    desk.move_deadline(moving("2027-H1", "VL-2025-001", note="thống nhất “\u2028” 😀"), a_hand())
    desk.record_status(delivering("VL-2025-002"), a_hand())
    tracker.followups.plan(PlanFollowUp(commitments=(Seen(ref="VL-2025-001"),), what="Hỏi", on=TODAY), a_hand())
    tracker.saved_views.save(SaveView(name="bay", query="tag:bay", slot=3), a_hand())
    source = read_content("bài.html", "".join(f"<p>{line}</p>" for line in READ).encode())
    read = draft(source.text, TODAY)
    first, *_ = tracker.drafts.save(source, read, read.drafts, a_hand(), published="2026-06-01", publisher="TTXVN")
    tracker.drafts.accept(first.number, a_hand())
    return tracker


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of another database, on either engine, in which there is nothing."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    url = server.create()
    yield url
    server.drop(url)


def archived(tracker: Tracker, file: Path) -> Path:
    file.write_bytes(b"".join(tracker.transfer.archive()))
    return file


def state(url: str) -> dict[str, Any]:
    database = Database(url)
    try:
        # Moments come back in the zone of the server: what they mean counts, not how they are spelt.
        plain = json.loads(
            json.dumps(everything(database), default=lambda value: getattr(value, "isoformat", value.__str__)())
        )
        for name in plain:
            plain[name] = sorted(([_plain(value) for value in row] for row in plain[name]), key=repr)
        return plain
    finally:
        database.close()


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d\.\d{6})(\+00:00)?")


def _plain(value: Any) -> Any:
    if isinstance(value, str) and (moment := _MOMENT.fullmatch(value)):
        return f"{moment[1]} {moment[2]}"
    return int(value) if isinstance(value, bool) else value


def test_an_archive_comes_back_the_same_on_either_engine(full: Tracker, elsewhere: str, tmp_path: Path) -> None:
    file = archived(full, tmp_path / "a.zip")
    status = import_archive(settings_for(elsewhere), file)
    assert status.anchor == full.status().anchor
    assert state(elsewhere) == state(full.settings.database)
    assert verify_database(settings_for(elsewhere)).good
    with Tracker(settings_for(elsewhere), Database(elsewhere)) as again:
        assert b"".join(again.transfer.archive()) == file.read_bytes()
        # Work goes on where it was, and what was taken back can be brought again.
        again.commitments.add(adding("VL-2025-009"), a_hand())
        again.commitments.undo(a_hand())
        assert verify_database(settings_for(elsewhere)).good
        assert again.library.document("bai.txt").text == WORDS


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_register_of_every_schema_is_taken_out_as_it_lies_and_comes_back_brought_forward(
    revision: str, engine_url: str, tmp_path: Path
) -> None:
    make_older(engine_url, revision)
    file = tmp_path / "older.zip"
    file.write_bytes(b"".join(archive_as_it_lies(settings_for(engine_url))))
    assert database_status(settings_for(engine_url)).revision == revision
    with zipfile.ZipFile(file) as packed:
        assert json.loads(packed.read("manifest.json"))["schema"] == revision
    acts, anchor = acts_of(revision)
    into = f"sqlite:///{tmp_path / 'into.sqlite'}"
    status = import_archive(settings_for(into), file)
    assert (status.revision, status.acts, status.anchor) == (HEAD, acts, anchor)
    assert verify_database(settings_for(into), anchor=anchor).findings == ()
    with pytest.raises(errors.NotEmpty):
        import_archive(settings_for(into), file)
    # Brought forward first and taken out then, it is the same register.
    upgrade_database(settings_for(engine_url), keep=False)
    assert state(into) == state(engine_url)


def test_an_older_archive_comes_into_the_other_engine_and_only_whole(elsewhere: str, tmp_path: Path) -> None:
    older = f"sqlite:///{tmp_path / 'older.sqlite'}"
    make_older(older, "0004")
    whole, less, wrong = (tmp_path / name for name in ("whole.zip", "less.zip", "wrong.zip"))
    whole.write_bytes(b"".join(archive_as_it_lies(settings_for(older))))
    with zipfile.ZipFile(whole) as members:
        content = {name: members.read(name) for name in members.namelist()}
    for spoilt in (
        packed(less, without("tables/follow_up.jsonl")(content)),
        packed(wrong, line("entry", reason="khác")(content)),
    ):
        with pytest.raises((errors.FileRefused, errors.FileBroken)):
            import_archive(settings_for(elsewhere), spoilt)
    assert import_archive(settings_for(elsewhere), whole).anchor == acts_of("0004")[1]


def test_a_register_is_copied_between_engines(full: Tracker, elsewhere: str) -> None:
    source = full.settings.database
    assert copy_database(source, elsewhere) == full.status().anchor
    assert state(elsewhere) == state(source)
    with pytest.raises(errors.NotEmpty):
        copy_database(source, elsewhere)
    assert state(elsewhere) == state(source)


def test_what_does_not_hold_is_not_copied_or_imported(full: Tracker, elsewhere: str, tmp_path: Path) -> None:
    tamper(full.database, "UPDATE entry SET reason = 'khác' WHERE id = 3")
    with pytest.raises(errors.HistoryBroken):
        copy_database(full.settings.database, elsewhere)
    with pytest.raises(errors.HistoryBroken):
        import_archive(settings_for(elsewhere), archived(full, tmp_path / "a.zip"))
    if elsewhere.startswith("sqlite"):
        assert not (tmp_path / "elsewhere.sqlite").exists()
        assert not list(tmp_path.glob(".*"))
    else:
        with closing(Database(elsewhere)) as database:
            assert is_empty(database)


def test_an_archive_is_proved_without_this_program(full: Tracker, tmp_path: Path) -> None:
    with zipfile.ZipFile(archived(full, tmp_path / "a.zip")) as packed:
        packed.extractall(tmp_path / "out")
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, check=False)
    assert done.returncode == 0
    assert {b"csv/commitments.csv: OK", b"csv/history.csv: OK"} <= set(done.stdout.splitlines())
    # A document is the very file that was added.
    text = tmp_path / "out" / "documents" / f"{hashlib.sha256(WORDS.encode()).hexdigest()}.txt"
    assert text.read_bytes() == (tmp_path / "bai.txt").read_bytes()
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["anchor"] == full.status().anchor


def test_any_spreadsheet_opens_what_is_in_an_archive(full: Tracker, tmp_path: Path) -> None:
    full.commitments.add(adding("VL-2025-003", title="=HYPERLINK(1)"), a_hand())
    with zipfile.ZipFile(archived(full, tmp_path / "a.zip")) as packed:
        commitments, history = (
            list(csv.DictReader(io.StringIO(packed.read(f"csv/{name}.csv").decode("utf-8-sig"))))
            for name in ("commitments", "history")
        )
        # Without this sign the letters of a Vietnamese name are not read as what they are.
        assert packed.read("csv/commitments.csv").startswith(b"\xef\xbb\xbf")
    # What is counted for a day is left to whoever knows the day.
    assert not {"schedule", "days_overdue", "silent_days"} & commitments[0].keys()
    views = full.commitments.page(as_of=TODAY, offset=0, limit=100)
    assert [row["ref"] for row in commitments] == sorted(view.ref for view in views)
    assert [row["title_vi"] for row in commitments if row["ref"] == "VL-2025-003"] == ["'=HYPERLINK(1)"]
    entries = full.commitments.history()
    assert [row["hash"] for row in history] == [entry.hash for entry in reversed(entries)]
    assert {row["reason"] for row in history} >= {entry.reason for entry in entries if "\u2028" not in entry.reason}


def test_a_spreadsheet_is_not_read_but_has_to_be_what_was_written(honest: dict[str, bytes], tmp_path: Path) -> None:
    file, into = tmp_path / "a.zip", tmp_path / "into.sqlite"
    other = added("csv/commitments.csv", b"something else\n")(honest)
    refused(packed(file, other, agree=False), into)
    import_archive(settings_for(f"sqlite:///{into}"), packed(file, other))
    into.unlink()
    # An archive of an earlier version has none.
    for name in ("csv/commitments.csv", "csv/history.csv"):
        honest = without(name)(honest)
    import_archive(settings_for(f"sqlite:///{into}"), packed(file, honest))


# Archives that somebody made up


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The members of a small archive."""
    folder = tmp_path_factory.mktemp("honest")
    url = f"sqlite:///{folder / 'a.sqlite'}"
    from tests.factories import furnish
    from tracker_db.upgrade import upgrade

    upgrade(url)
    with Tracker(settings_for(url), Database(url)) as made:
        furnish(made.database)
        made.commitments.add(adding(), a_hand())
        with zipfile.ZipFile(io.BytesIO(b"".join(made.transfer.archive()))) as packed:
            return {name: packed.read(name) for name in packed.namelist()}


def packed(file: Path, members: dict[str, bytes], *, agree: bool = True, how: int = zipfile.ZIP_DEFLATED) -> Path:
    """An archive of these members; with `agree` the manifest says just what is in it."""
    manifest = json.loads(members["manifest.json"])
    if agree:
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "rows": content.count(b"\n")}
            for name, content in members.items()
            if name not in ("manifest.json", "SHA256SUMS")
        }
        members = {name: sums_of(manifest["files"]) if name == SUMS else said for name, said in members.items()}
    with zipfile.ZipFile(file, "w", how) as made:
        for name, content in members.items():
            made.writestr(name, json.dumps(manifest) if name == "manifest.json" else content)
    return file


def test_an_archive_whose_sums_are_others_or_gone_is_refused(honest: dict[str, bytes], tmp_path: Path) -> None:
    file, into = tmp_path / "a.zip", tmp_path / "into.sqlite"
    refused(packed(file, without(SUMS)(honest)), into)
    for sums in (b"", honest[SUMS].replace(b"a", b"b"), honest[SUMS] + b"\n"):
        refused(packed(file, added(SUMS, sums)(honest), agree=False), into)


Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def line(table: str, **fields: Any) -> Change:
    """The first row of a table says something else."""

    def changed(members: dict[str, bytes]) -> dict[str, bytes]:
        first, _, rest = members[f"tables/{table}.jsonl"].partition(b"\n")
        row = {name: value for name, value in (json.loads(first) | fields).items() if value != "GONE"}
        return members | {f"tables/{table}.jsonl": json.dumps(row).encode() + b"\n" + rest}

    return changed


def added(name: str, content: bytes) -> Change:
    return lambda members: members | {name: content}


def without(name: str) -> Change:
    return lambda members: {each: content for each, content in members.items() if each != name}


def schema_of(revision: str) -> Change:
    def changed(members: dict[str, bytes]) -> dict[str, bytes]:
        manifest = json.loads(members["manifest.json"]) | {"schema": revision}
        return members | {"manifest.json": json.dumps(manifest).encode()}

    return changed


REFUSED: dict[str, Change] = {
    "an entry is another one": line("entry", reason="khác"),
    "a table is another one": line("commitment", status="withdrawn"),
    "a column too many": line("act", colour="red"),
    "a column too few": line("act", actor="GONE"),
    "a number is a word": line("act", number="one"),
    "a number is true": line("act", number=True),
    "a number is too large": line("act", number=1 << 40),
    "a word is a number": line("act", actor=7),
    "a word is nothing": line("act", actor=None),
    "a word ends in the middle": line("act", actor="a\0b"),
    "a word is half a character": line("act", actor="\ud800"),
    "a day is none": line("entry", effective_on="2026-02-30"),
    "a moment is none": line("act", recorded_at="yesterday"),
    "a row twice": lambda members: members | {"tables/tag.jsonl": members["tables/party.jsonl"]},
    "the same row twice": lambda m: m | {"tables/act.jsonl": m["tables/act.jsonl"] * 2},
    "no JSON": added("tables/act.jsonl", b"{{{\n"),
    "deep JSON": added("tables/act.jsonl", b"[" * 100_000 + b"\n"),
    "no object": added("tables/act.jsonl", b"[]\n"),
    "a table is missing": without("tables/act.jsonl"),
    "the manifest is missing": without("schema.json"),
    "a foreign file": added("../../evil.txt", b"x"),
    "an absolute file": added("/tmp/evil.txt", b"x"),
    "a text of no document": added(f"documents/{'a' * 64}.txt", b"x"),
    "a newer schema": schema_of("9999"),
    "a schema that never was": schema_of("0000"),
    "no schema": schema_of("00001"),
}


def refused(file: Path, into: Path) -> None:
    # Of its own, not of the clock: others may be at work on the machine.
    began = time.process_time()
    with pytest.raises((errors.FileRefused, errors.HistoryBroken)) as failure:
        import_archive(settings_for(f"sqlite:///{into}"), file)
    assert failure.value.exit_code == 6
    assert time.process_time() - began < 2
    assert not into.exists()
    assert {each.name for each in into.parent.iterdir()} <= {file.name}


@pytest.mark.parametrize("what", REFUSED)
def test_an_archive_that_says_something_else_is_refused_whole(
    what: str, honest: dict[str, bytes], tmp_path: Path
) -> None:
    refused(packed(tmp_path / "a.zip", REFUSED[what](honest)), tmp_path / "into.sqlite")


def test_an_honest_archive_is_taken(honest: dict[str, bytes], tmp_path: Path) -> None:
    file = packed(tmp_path / "a.zip", honest)
    import_archive(settings_for(f"sqlite:///{tmp_path / 'into.sqlite'}"), file)
    assert stat.S_IMODE((tmp_path / "into.sqlite").stat().st_mode) == 0o600


def test_every_byte_that_is_changed_or_missing_is_found(honest: dict[str, bytes], tmp_path: Path) -> None:
    whole = packed(tmp_path / "whole.zip", honest).read_bytes()
    (tmp_path / "into").mkdir()
    file = tmp_path / "a.zip"
    for place in range(40, len(whole), max(1, len(whole) // 60)):
        for spoilt in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]):
            file.write_bytes(spoilt)
            into = tmp_path / "into" / "a.sqlite"
            try:
                import_archive(settings_for(f"sqlite:///{into}"), file)
            except (errors.FileRefused, errors.HistoryBroken):
                assert not into.exists()
            else:
                # Bytes that mean nothing, such as a member's date.
                into.unlink()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"PK", b"PK\5\6" + b"\0" * 18, os.urandom(5000), b"PK\3\4" + b"\0" * 200):
        file = tmp_path / "a.zip"
        file.write_bytes(content)
        refused(file, tmp_path / "into.sqlite")
    with pytest.raises(errors.FileProblem):
        import_archive(settings_for(f"sqlite:///{tmp_path / 'into.sqlite'}"), tmp_path)


# Archives that expand


def _bomb(members: dict[str, bytes], name: str, size: int) -> dict[str, bytes]:
    return members | {name: b"0" * size}


def _overlapping(file: Path, members: dict[str, bytes]) -> None:
    """Many members in the list, and one of them in the file."""
    packed(file, _bomb(members, f"documents/{'0' * 64}.txt", 20 << 20))
    raw = file.read_bytes()
    end = raw.rfind(b"PK\5\6")
    size, offset = (
        int.from_bytes(raw[end + 12 : end + 16], "little"),
        int.from_bytes(raw[end + 16 : end + 20], "little"),
    )
    listed = raw[offset : offset + size]
    place = listed.rfind(b"PK\1\2")
    last = listed[place:]
    names = [f"documents/{number:064x}.txt".encode() for number in range(1, 3000)]
    more = b"".join(last.replace(b"documents/" + b"0" * 64 + b".txt", name) for name in names)
    number = len(members) + 1 + len(names)
    tail = (
        raw[end : end + 8]
        + number.to_bytes(2, "little") * 2
        + (size + len(more)).to_bytes(4, "little")
        + raw[end + 16 :]
    )
    file.write_bytes(raw[:offset] + listed + more + tail)


BOMBS = {
    "a text": lambda file, members: packed(file, _bomb(members, f"documents/{'0' * 64}.txt", 200 << 20)),
    "a table": lambda file, members: packed(file, _bomb(members, "tables/entry.jsonl", 200 << 20)),
    "a manifest": lambda file, members: packed(file, _bomb(members, "schema.json", 200 << 20)),
    "one long line": lambda file, members: packed(
        file, _bomb(members, "tables/entry.jsonl", 40 << 20), how=zipfile.ZIP_STORED
    ),
    "another packing": lambda file, members: packed(
        file, _bomb(members, "tables/entry.jsonl", 100 << 20), how=zipfile.ZIP_LZMA
    ),
    "overlapping": _overlapping,
    "many files": lambda file, members: packed(
        file, members | {f"documents/{number:064x}.txt": b"" for number in range(61_000)}
    ),
}


@pytest.mark.parametrize("what", BOMBS)
def test_an_archive_that_expands_is_refused_in_two_seconds_and_two_hundred_megabytes(
    what: str, honest: dict[str, bytes], tmp_path: Path
) -> None:
    BOMBS[what](tmp_path / "a.zip", honest)
    # The program itself needs some time and memory to start: as much as for a file that is not there.
    start, _ = _measured(tmp_path, "missing.zip")
    seconds, kilobytes = _measured(tmp_path, "a.zip")
    assert seconds < 2 + start
    assert kilobytes < 200 << 10
    assert not (tmp_path / "into.sqlite").exists()


# A process counts the memory of the one that it was forked from: this one is small.
_SMALL = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, encoding="utf-8")
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss, done.stderr)
"""


def _measured(folder: Path, name: str) -> tuple[float, int]:
    """Seconds of work and peak kilobytes of an import that is refused."""
    asked = [sys.executable, "-m", "tracker", "import", str(folder / name), "--database", str(folder / "into.sqlite")]
    done = subprocess.run(
        [sys.executable, "-c", _SMALL, *asked],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    code, seconds, kilobytes, said = done.stdout.split(" ", 3)
    assert code == "6", said
    assert name in said
    return float(seconds), int(kilobytes)
