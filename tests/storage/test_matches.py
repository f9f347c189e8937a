"""A page is the same whether it was found by walking along the order or through the indexes of what was asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.benchmarks.generate import generate
from tests.benchmarks.stories import AS_OF
from tests.factories import settings_for
from tracker.bootstrap import Tracker
from tracker_db import matches
from tracker_db.session import Database

ROWS = 300
QUERIES = (
    "",
    "duong cao toc",
    '"đường cao tốc"',
    "đường",
    "duong OR cau",
    "-duong",
    "đường -status:delivered",
    "cao t",
    '"hai ben nhat tri"',
    "viet nam",
    "xekong",
    "nothing-like-it",
    "...",
    "status:delivered",
    "status:delivered,in_progress cau",
    "schedule:done_late",
    "schedule:overdue,done_late",
    "is:overdue",
    "is:due OR is:review",
    "is:claimed,paused",
    'lead:"Bộ Ngoại giao"',
    "partner:lào is:open",
    "party:la-mofa",
    "-party:la-mofa",
    "side:joint",
    "tag:bao-cao-quy",
    "-tag:bao-cao-quy duong",
    "doc:000",
    "due:2026",
    "due:>2030",
    "due:<=2021 OR updated:>2026-07",
    "-due:2026",
    "silent:>300d cầu",
)


@pytest.fixture(scope="module")
def register(long_lived_url: str) -> Iterator[Tracker]:
    generate(ROWS, long_lived_url)
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as tracker:
        yield tracker


@pytest.mark.parametrize("query", QUERIES)
def test_every_page_is_a_piece_of_the_whole_list(
    register: Tracker, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with register.commitments.listing(query, as_of=AS_OF) as views:
        whole = [view.ref for view in views]
    assert register.commitments.count(query, as_of=AS_OF) == len(whole) == len(set(whole))
    for walked in (1, 40, 2000):
        monkeypatch.setattr(matches, "WALKED", walked)
        for offset, limit in ((0, 5), (2, 9), (30, 50), (0, ROWS), (ROWS, 10)):
            page = register.commitments.page(query, as_of=AS_OF, offset=offset, limit=limit)
            assert [view.ref for view in page] == whole[offset : offset + limit], (walked, offset, limit)
