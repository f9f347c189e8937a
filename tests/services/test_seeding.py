"""Seeds: loaded whole or not at all, twice without a trace, and never over what a person has changed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.factories import TODAY, a_hand, amending, everything, marking, moving
from tests.services.small_seeds import AGAIN, SEED, Write
from tracker.bootstrap import Tracker
from tracker.domain.codes import CitationRole, EventKind, Instrument, Kind, PartyKind, Role, Strength
from tracker.domain.outcomes import SeedResult
from tracker.domain.status import Status
from tracker.domain.views import Remark
from tracker.services.seed_files import seeds_folder

# The seeds that come with the program


def test_the_curated_commitments_load_and_each_stands_on_a_source(seeded_register: Tracker) -> None:
    views = seeded_register.commitments.page(as_of=TODAY, offset=0, limit=1000)
    assert len(views) > 30
    for view in views:
        assert any(source.role == "origin" for source in view.sources), view.ref
        assert view.title.vi, view.ref
        assert view.title.en, view.ref
        assert max(len(view.title.vi), len(view.title.en)) <= 90, view.ref
        assert view.lead is None or view.lead.ours, view.ref
        assert view.lead is None or view.lead.basis != "stated", view.ref
    assert len({view.ref for view in views}) == len(views)


def test_each_entry_counts_from_the_day_of_its_source(seeded_register: Tracker) -> None:
    published = {document.file: document.published[-10:] for document in seeded_register.library.documents()}
    for view in seeded_register.commitments.page(as_of=TODAY, offset=0, limit=1000):
        first = min(source.published[-10:] for source in view.sources if source.role == "origin")
        began = seeded_register.commitments.history(view.ref)[-1]
        assert began.effective_on.isoformat() >= first, view.ref
        assert began.effective_on.isoformat() in published.values()


def test_loading_the_curated_commitments_again_changes_nothing(empty_tracker: Tracker) -> None:
    first = empty_tracker.seeding.load(hand=SEED)
    before = everything(empty_tracker.database)
    again = empty_tracker.seeding.load(hand=a_hand(channel="seed"))
    assert again == SeedResult(0, 0, first.added)
    assert everything(empty_tracker.database) == before
    assert empty_tracker.status().acts == 1


def test_the_guide_to_curating_names_every_code() -> None:
    guide = (Path(str(seeds_folder())) / "README.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"[a-z][a-z_]+", guide))
    for kind in (Status, Kind, Instrument, Strength, Role, CitationRole, PartyKind, EventKind):
        assert {code.value for code in kind} <= codes | {"recorded", "superseded"}, kind


# A second time


def test_the_same_files_a_second_time_change_nothing(loaded: Tracker, write: Write) -> None:
    before = everything(loaded.database)
    assert loaded.seeding.load(write(), hand=a_hand(channel="seed")) == SeedResult(0, 0, 10)
    assert everything(loaded.database) == before


def shown(loaded: Tracker, ref: str = "VL-2026-001", as_of: date = TODAY) -> Any:
    return loaded.commitments.show(ref, as_of=as_of).commitment


def test_what_seeds_say_counts_from_the_day_of_their_source(loaded: Tracker) -> None:
    assert (shown(loaded).status, shown(loaded).schedule, shown(loaded).done) == (
        "delivered",
        "done_on_time",
        "2026-09-05",
    )
    assert shown(loaded, as_of=date(2026, 9, 5)).status == "recorded"
    assert [source.role for source in shown(loaded, "VL-2026-002").sources] == ["origin", "reaffirms"]
    assert len(shown(loaded, "VL-2026-002", date(2026, 9, 5)).sources) == 1
    assert shown(loaded, "VL-2026-002").deadline.end == date(2026, 3, 2)
    (figure,) = loaded.library.figures()
    assert [(reading.period, reading.value) for reading in figure.readings] == [("2025", Decimal(3_000_000_000))]
    assert [(aim.ref, aim.value) for aim in figure.targets] == [("VL-2026-002", Decimal(5_000_000_000))]


def test_a_newer_file_changes_what_nobody_else_has_changed(loaded: Tracker, write: Write) -> None:
    folder = write({"000.toml": ('vi = "Xây cầu"', 'vi = "Xây cầu hữu nghị"')})
    assert loaded.seeding.load(folder, hand=a_hand(channel="seed")) == SeedResult(0, 1, 9)
    view = shown(loaded, "VL-2026-002")
    assert view.title.vi == "Xây cầu hữu nghị"
    assert [source.role for source in view.sources] == ["origin", "reaffirms"]
    entry = loaded.commitments.history("VL-2026-002")[0]
    assert (entry.effective_on, set(entry.changes)) == (date(2026, 3, 2), {"title"})
    # And once more, now from what was seeded last.
    folder = write({"000.toml": ('vi = "Xây cầu"', 'vi = "Xây hai cầu"')})
    assert loaded.seeding.load(folder, hand=a_hand(channel="seed")).changed == 1
    assert shown(loaded, "VL-2026-002", date(2026, 3, 2)).title.vi == "Xây hai cầu"


def test_what_a_person_has_changed_stays_and_is_listed(loaded: Tracker, write: Write) -> None:
    loaded.commitments.amend(amending("VL-2026-002", title="Xây cầu lớn"), a_hand())
    before = everything(loaded.database)
    folder = write({"000.toml": ('vi = "Xây cầu"', 'vi = "Xây cầu hữu nghị"')})
    result = loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert result == SeedResult(0, 0, 10, (Remark("seed_left", {"ref": "VL-2026-002", "field": "title"}),))
    assert everything(loaded.database) == before


def test_one_field_left_does_not_keep_the_others_from_changing(loaded: Tracker, write: Write) -> None:
    loaded.commitments.amend(amending("VL-2026-002", title="Xây cầu lớn"), a_hand())
    folder = write(
        {"000.toml": ('title = { vi = "Xây cầu", en = "Build a bridge" }', 'title = { vi = "Cầu" }\ntags = ["cau"]')}
    )
    result = loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert (result.changed, len(result.left)) == (1, 1)
    view = shown(loaded, "VL-2026-002")
    assert (view.title.vi, view.tags) == ("Xây cầu lớn", ("cau",))


def test_a_status_that_a_person_set_is_left_alone(loaded: Tracker, write: Write) -> None:
    loaded.commitments.record_status(marking("suspended", "VL-2026-002", note="chờ", review_on=TODAY), a_hand())
    told = (
        '\n[[update]]\ncommitment = "VL-2026-002"\nstatus = "in_progress"\nnote = "Đã khởi công."\n'
        f"evidence = [ {{ {AGAIN}, tier = 1 }} ]\n"
    )
    result = loaded.seeding.load(write({"001.toml": ("", told)}), hand=a_hand(channel="seed"))
    assert result.left == (Remark("seed_left", {"ref": "VL-2026-002", "field": "status"}),)
    assert shown(loaded, "VL-2026-002").status == "suspended"


def test_a_new_update_of_one_that_nobody_marked_is_told(loaded: Tracker, write: Write) -> None:
    told = (
        '\n[[update]]\ncommitment = "VL-2026-002"\nstatus = "in_progress"\nnote = "Đã khởi công."\n'
        f"evidence = [ {{ {AGAIN}, tier = 1 }} ]\n"
    )
    assert loaded.seeding.load(write({"001.toml": ("", told)}), hand=a_hand(channel="seed")).added == 1
    assert shown(loaded, "VL-2026-002").status == "in_progress"


def test_a_deadline_that_was_moved_by_agreement_is_not_moved_back(loaded: Tracker, write: Write) -> None:
    loaded.commitments.move_deadline(moving("2028", "VL-2026-002"), a_hand())
    folder = write({"000.toml": ('value = "event:talks"', 'value = "2027"')})
    result = loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert Remark("seed_left", {"ref": "VL-2026-002", "field": "deadline"}) in result.left
    assert shown(loaded, "VL-2026-002").deadline.value == "2028"


def test_what_is_no_longer_in_the_files_is_not_deleted(loaded: Tracker, write: Write) -> None:
    folder = write()
    (folder / "001.toml").unlink()
    loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert shown(loaded).status == "delivered"
    assert {document.file for document in loaded.library.documents()} == {"000.txt", "001.txt"}


def test_a_new_name_of_a_party_is_taken(loaded: Tracker, write: Write) -> None:
    folder = write({"parties.toml": ('aliases = ["CHDCND Lào"]', 'aliases = ["CHDCND Lào", "phía Lào"]')})
    assert loaded.seeding.load(folder, hand=a_hand(channel="seed")).changed == 1
    assert loaded.library.party("phia lao").key == "la"
