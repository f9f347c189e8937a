"""Drafts that earlier versions kept: what they did not write down is found out, or said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import settings_for
from tests.services.test_drafts import TEXT, TODAY, decisions
from tests.storage.older import make_older
from tracker.bootstrap import Tracker, import_archive, verify_database
from tracker.errors import ActInTheWay
from tracker.reading.drafting import draft
from tracker.reading.files import read_content
from tracker.reading.review import KeptDraft
from tracker.render.findings import finding
from tracker_db.session import Database
from tracker_db.upgrade import upgrade


def test_a_draft_of_the_schema_that_kept_no_act_waits_again_when_its_commitment_is_taken_back(engine_url: str) -> None:
    make_older(engine_url, "0008")
    upgrade(engine_url)
    with Tracker(settings_for(engine_url), Database(engine_url)) as older:
        (one,) = older.drafts.listing(None)
        assert (one.decision, one.ref) == ("accepted", "C-2026-001")
        assert one.act is not None
        older.commitments.undo(older.hand("cli"), act=one.act)
        assert decisions(older) == [("open", None)]
        older.commitments.redo(older.hand("cli"), act=one.act)
        assert decisions(older) == [("accepted", "C-2026-001")]


# Under an earlier version what was read of a Word file or a page was kept under the hash of the file


def kept_under_the_hash_of_the_file(tracker: Tracker) -> KeptDraft:
    source = replace(read_content("tuyên bố.txt", TEXT.encode()), sha256="a" * 64)
    read = draft(source.text, date(2026, 6, 1))
    first, _second = tracker.drafts.save(
        source, read, read.drafts, tracker.hand("cli"), published="2026-06-01", publisher=""
    )
    return first


def test_what_no_hash_proves_is_accepted_without_its_text(loaded: Tracker) -> None:
    one = kept_under_the_hash_of_the_file(loaded)
    (view,) = loaded.drafts.accept(one.number, loaded.hand("cli")).commitments
    assert verify_database(loaded.settings).good
    (source,) = loaded.commitments.show(view.ref, as_of=TODAY).commitment.sources
    assert (source.sha256, source.sentence) == ("a" * 64, None)


def test_a_text_that_was_accepted_so_is_named_with_what_to_do_and_that_helps(
    loaded: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("tracker.services.deciding.proves", lambda *_: True)
        one = kept_under_the_hash_of_the_file(loaded)
    loaded.drafts.accept(one.number, loaded.hand("cli"))
    (found,) = verify_database(loaded.settings).findings
    number = str(found.facts["act"])
    assert f"tracker undo --act {number}" in finding(found)
    with pytest.raises(ActInTheWay):
        loaded.commitments.undo(loaded.hand("cli"), act=number)
    loaded.commitments.undo(loaded.hand("cli"))
    loaded.commitments.undo(loaded.hand("cli"), act=number)
    assert verify_database(loaded.settings).good
    loaded.drafts.accept(one.number, loaded.hand("cli"))
    assert verify_database(loaded.settings).good


def test_an_archive_of_such_a_register_can_be_imported(loaded: Tracker, tmp_path: Path) -> None:
    kept_under_the_hash_of_the_file(loaded)
    file = tmp_path / "a.zip"
    file.write_bytes(b"".join(loaded.transfer.archive()))
    into = settings_for(f"sqlite:///{tmp_path / 'into.sqlite'}")
    import_archive(into, file)
    assert verify_database(into).good
