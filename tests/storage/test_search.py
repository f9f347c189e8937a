"""Finding commitments by words and by conditions: the same refs in the same order on both databases."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest

from tests.domain.test_query import HOSTILE
from tests.factories import (
    TODAY,
    a_citation,
    a_commitment,
    a_document,
    a_hand,
    a_party,
    a_role,
    adding,
    amending,
    everything,
    furnish,
    marking,
    record,
    settings_for,
)
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.status import Status
from tracker_db import matches
from tracker_db.session import Database

OTHER_ARTICLE = "a" * 64


@pytest.fixture(scope="module")
def desk(long_lived_url: str) -> Iterator[Tracker]:
    """Six commitments on each kind of database."""
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as tracker:
        furnish(tracker.database)
        record(
            tracker.database,
            a_document(OTHER_ARTICLE, "000_other_50%.txt"),
            a_commitment(
                "C-2025-001",
                title={"vi": "Triển khai đường cao tốc Hà Nội - Vientiane", "en": "Hà Nội - Vientiane expressway"},
                parties=(a_role("vn"), a_role("la"), a_role("vn-moit", "lead", "proposed")),
                sector="infrastructure",
                deadline="2026-06-30",
                status=Status.IN_PROGRESS,
                tags=("duong-bo",),
            ),
            a_commitment(
                "C-2025-002",
                title="Mở cửa hàng ở Hà Nội",
                statement="Hàng hóa hai nước được bày bán; đương nhiên phải có giấy phép",
                kind="programme",
                deadline="2026",
                parties=(a_role("vn"), a_role("la-moic", "counterpart"), a_role("vn-mofa", "lead")),
                sources=(a_citation(OTHER_ARTICLE),),
                status_since=date(2026, 1, 5),
            ),
            a_commitment(
                "C-2025-003",
                title="Duong Thu Huong thăm trường học",
                deadline="none",
                text="sớm",
                parties=(a_role("vn"),),
                review_on=date(2026, 3, 1),
            ),
            a_commitment(
                "C-2025-004", title="Tăng kim ngạch lên 5 tỷ USD vào năm 2030", deadline="..2030", kind="target"
            ),
            a_commitment(
                "C-2025-005",
                title="Nối tốc độ cao đường sắt",
                parties=(a_role("la"),),
                status=Status.DELIVERED,
                done="2025-12-30",
                deadline="2025",
            ),
            a_commitment("C-2025-006", title="Diễn tập chung", parties=(a_role("vn-mond", "lead"), a_role("la"))),
        )
        yield tracker


def found(desk: Tracker, query: str) -> list[str]:
    refs = [view.ref for view in desk.commitments.page(query, as_of=TODAY, offset=0, limit=100)]
    with desk.commitments.listing(query, as_of=TODAY) as whole:
        assert [view.ref for view in whole] == refs
    assert desk.commitments.count(query, as_of=TODAY) == len(refs)
    return [ref.removeprefix("C-2025-00") for ref in refs]


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        # Without marks; whole words or their beginnings; any order; every word must be there.
        ("duong cao toc", "15"),
        ("DUONG CAO TOC", "15"),
        ("đường cao tốc", "15"),
        ("toc cao", "15"),
        ("expressw", "1"),
        ("hang", "2"),
        ("truong hoc", "3"),
        ("xyz", ""),
        ("duong xyz", ""),
        # A phrase stands in its order, word for word.
        ('"duong cao toc"', "1"),
        ('"cao toc duong"', ""),
        ('"duong ca"', ""),
        ('"ha noi"', "12"),
        # Marks that somebody typed: exact matches first, the others after them.
        ("đường", "1532"),
        ("duong", "1235"),
        ("đương", "2135"),
        ("dương", "1235"),
        # Parties by name, other name and alias; a ref; numbers.
        ("bo cong thuong", "12"),
        ("moit", "1"),
        ("chdcnd", "1465"),
        ("C-2025-004", "4"),
        ("5 tỷ USD", "4"),
        ("2030", "4"),
        # Negation, OR, groups.
        ("duong -cao", "23"),
        ("-duong", "46"),
        ('duong -"cao toc"', "235"),
        ("expressway OR kim", "14"),
        ("(expressway OR kim) -usd", "1"),
        ("-(duong OR kim)", "6"),
        # Nothing but signs asks for nothing in particular.
        ("…", "124365"),
        ("", "124365"),
    ],
)
def test_words_find_commitments(desk: Tracker, query: str, refs: str) -> None:
    assert sorted(found(desk, query)) == sorted(refs)
    assert found(desk, unicodedata.normalize("NFD", query)) == found(desk, query)


@pytest.mark.parametrize(("query", "first"), [("đường", {"1", "5"}), ("đương", {"2"}), ("Đường", {"1", "5"})])
def test_with_marks_the_exact_matches_come_first(desk: Tracker, query: str, first: set[str]) -> None:
    refs = found(desk, query)
    assert set(refs[: len(first)]) == first
    assert len(refs) > len(first)


def test_open_ones_come_first_then_by_the_end_of_the_deadline_undated_last(desk: Tracker) -> None:
    assert found(desk, "") == ["1", "2", "4", "3", "6", "5"]


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("status:in_progress,delivered", "15"),
        ("-status:recorded", "15"),
        ("is:closed", "5"),
        ("is:overdue", "1"),
        ("is:review", "3"),
        ("is:no-deadline", "36"),
        ("is:open -is:no-deadline", "124"),
        ("schedule:in_window,not_due", "24"),
        ("kind:programme,target", "24"),
        ("sector:infrastructure", "1"),
        ("ref:C-2025-002", "2"),
        ("tag:duong-bo", "1"),
        ("-tag:duong-bo", "24365"),
        ("doc:000", "2"),
        ("doc:000_other_50%", "2"),
        ("doc:%", ""),
        ("doc:AAAA", "2"),
        ("doc:000_,001_", "124365"),
        ('lead:"Bộ Công Thương"', "1"),
        ("lead:vn-mofa", "2"),
        ("lead:mofa", "2"),
        ("-lead:vn-mofa", "14365"),
        ("lead:vn", "126"),
        ("party:lao", "12465"),
        ("party:la-moic", "2"),
        ('party:"ministry of industry"', "2"),
        ("counterpart:la", "2"),
        ("undertaker:la", "1456"),
        ("owner:vn-mond", "6"),
        ("partner:lao", "12456"),
        ("side:home", "1243"),
        ("side:counterpart", "1456"),
        ("side:joint", "14"),
        ("due:<2026-12-31", "15"),
        ("due:<=2026-12-31", "125"),
        ("due:2026", "12"),
        ("due:2026-Q2", "1"),
        ("due:>2026", "4"),
        ("-due:2026", "4365"),
        ("made:2025", "14365"),
        ("made:>2025", "2"),
        ("updated:>2026-01-01", "2"),
        ("silent:>330d", "14365"),
        ("silent:<330d", "2"),
        ("silent:>99999d", ""),
        ("silent:<99999d", "124365"),
        ("duong is:open lead:vn", "12"),
    ],
)
def test_conditions_find_commitments(desk: Tracker, query: str, refs: str) -> None:
    assert sorted(found(desk, query)) == sorted(refs)


@pytest.mark.parametrize("query", ["lead:nobody", 'party:"Bộ Công Thươn"', 'lead:"."', "party:***"])
def test_a_party_that_nobody_knows_is_named_with_the_nearest(desk: Tracker, query: str) -> None:
    with pytest.raises(errors.NotFound) as refused:
        found(desk, query)
    assert refused.value.kind == "party"
    if "Thươn" in query:
        assert "Bộ Công Thương" in refused.value.nearest


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_never_reach_the_database_as_anything_but_words(desk: Tracker, query: str) -> None:
    with contextlib.suppress(errors.UsageError, errors.NotFound):
        assert set(found(desk, query)) <= set("123456")
    assert len(found(desk, "")) == 6


@pytest.mark.parametrize("ref", ["'", '"', "%", "\x00", "\ud800", "C-2025-00\x00", "", "x" * 5000, "-- "])
def test_hostile_refs_find_nothing(desk: Tracker, ref: str) -> None:
    with pytest.raises(errors.NotFound):
        desk.commitments.show(ref, as_of=TODAY)
    with pytest.raises(errors.NotFound):
        desk.commitments.history(ref)
    with pytest.raises(errors.NotFound):
        desk.library.party(ref)
    with pytest.raises((errors.NotFound, errors.Ambiguous)):
        desk.library.document(ref)


def test_hostile_words_are_kept_as_they_are_and_found_again(tracker: Tracker) -> None:
    title = 'Robert\'); DROP TABLE commitment;-- "NEAR(" [secret] %s {0}'
    tracker.commitments.add(adding(title=title), a_hand())
    before = everything(tracker.database)
    (view,) = tracker.commitments.page('"drop table commitment"', as_of=TODAY, offset=0, limit=9)
    assert view.title.vi == title
    assert everything(tracker.database) == before


def test_what_was_renamed_is_found_by_its_new_words_and_not_by_the_old(tracker: Tracker) -> None:
    tracker.commitments.add(adding(title="Cầu cũ"), a_hand())
    tracker.commitments.amend(amending(title="Cầu mới"), a_hand())
    assert tracker.commitments.count("cau cu", as_of=TODAY) == 0
    assert tracker.commitments.count("cau moi", as_of=TODAY) == 1


def test_a_party_is_found_by_a_name_that_it_was_given_later(tracker: Tracker) -> None:
    tracker.commitments.add(adding(), a_hand())
    assert tracker.commitments.count("vientiane", as_of=TODAY) == 0
    later = a_party("la", {"vi": "Lào", "en": "Laos"}, kind="state", aliases=("CHDCND Lào", "phía Vientiane"))
    record(tracker.database, later, on=TODAY)
    assert tracker.commitments.count("vientiane", as_of=TODAY) == 1
    assert tracker.commitments.count("party:vientiane", as_of=TODAY) == 1


WINDOWED = [
    "",
    "duong",
    "đường",
    "-duong",
    "is:open",
    "lead:vn",
    '"ha noi"',
    "đương -sector:border",
    "xyz",
    "a OR hang",
]


@pytest.mark.parametrize("walked", [1, 3, 2000])
def test_a_window_of_the_list_is_a_part_of_the_whole(
    desk: Tracker, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many rows are walked along before the indexes are asked."""
    monkeypatch.setattr(matches, "WALKED", walked)
    for query in WINDOWED:
        with desk.commitments.listing(query, as_of=TODAY) as views:
            whole = tuple(views)
        for size in (1, 2, 4):
            windows = [
                desk.commitments.page(query, as_of=TODAY, offset=offset, limit=size) for offset in range(0, 8, size)
            ]
            assert sum(windows, ()) == whole, (query, size)


def test_the_first_and_the_last_day_of_the_calendar_can_be_asked_for(desk: Tracker) -> None:
    for day in (date.min, date.max):
        with desk.reports.overdue(as_of=day) as report:
            assert report.counts.total == (0 if day == date.min else 6)
        for query in ("is:due", "silent:>90d", "schedule:due_soon", "due:>9999-12-31", "made:<0001-01-01"):
            desk.commitments.page(query, as_of=day, offset=0, limit=10)


def test_what_a_mark_changes_is_what_a_query_of_that_day_finds(tracker: Tracker) -> None:
    tracker.commitments.add(adding(deadline_value="2026-06-30"), a_hand())
    tracker.commitments.record_status(
        marking("withdrawn", note="hai bên thôi", effective_on=date(2026, 8, 1)), a_hand()
    )
    assert tracker.commitments.count("is:overdue", as_of=date(2026, 7, 31)) == 1
    assert tracker.commitments.count("is:overdue", as_of=date(2026, 8, 1)) == 0
    assert tracker.commitments.count("status:withdrawn", as_of=date(2026, 7, 31)) == 0
