"""Facets, groups, Today's sections, orders and places are those that counting the listed views one by one gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.benchmarks.generate import generate
from tests.benchmarks.stories import AS_OF
from tests.factories import TODAY as TODAY_AT_THE_DESK
from tests.factories import a_citation, a_document, a_hand, a_party, a_role, adding, record, settings_for
from tracker.bootstrap import Tracker
from tracker.domain.query import FACETS, GROUPINGS, SORTS, TODAY
from tracker.domain.schedule import Schedule
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView
from tracker.errors import UnknownValue
from tracker.services.commitments import Commitments
from tracker_db import facets, matches, scan
from tracker_db.session import Database

ROWS = 120
EARLIER = AS_OF - timedelta(days=200)
QUERIES = ("", "is:claimed OR is:paused", "-partner:=la lead:none", "doc:000 due:none", "đường is:open", "is:follow-up")
Views = tuple[CommitmentView, ...]
PARTNER_ROLES = ("undertaker", "counterpart", "beneficiary")


@pytest.fixture(scope="module")
def register(long_lived_url: str) -> Iterator[Tracker]:
    generate(ROWS, long_lived_url)
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as tracker:
        yield tracker


@pytest.fixture(params=[AS_OF, EARLIER], ids=["today", "earlier"])
def as_of(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture(params=[1, scan.FEW], ids=["as many", "as few"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for is looked for among all, or looked up one by one."""
    monkeypatch.setattr(scan, "FEW", request.param)


def listed(register: Tracker, query: str, as_of: date, sort: str = "deadline", descending: bool = False) -> Views:
    """The whole list."""
    return _listed(register.commitments, query, as_of, sort, descending)


@cache
def _listed(commitments: Commitments, query: str, as_of: date, sort: str, descending: bool) -> Views:
    with commitments.listing(query, as_of=as_of, sort=sort, descending=descending) as views:
        return tuple(views)


def values(view: CommitmentView, name: str) -> set[str]:
    """The keys and codes that a person would count a commitment under."""
    match name:
        case "lead":
            return {view.lead.key if view.lead else "none"}
        case "partner":
            found = {party.key for party in view.parties if not party.ours and party.role in PARTNER_ROLES}
            return found or {"none"}
        case "doc":
            return {source.document for source in view.sources}
        case "quarter":
            end = view.deadline.end if view.deadline else None
            return {f"{end.year}-Q{(end.month + 2) // 3}" if end else "none"}
        case _:
            return {str(getattr(view, name))}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", FACETS)
def test_a_facet_counts_what_the_listing_shows(
    register: Tracker, name: str, as_of: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST", ROWS)
    for query in QUERIES:
        counted = Counter(value for view in listed(register, query, as_of) for value in values(view, name))
        if name == "partner":
            del counted["none"]
        facet = register.commitments.facet(query, name, as_of=as_of)
        assert {value.value.strip('"').removeprefix("="): value.count for value in facet.values} == counted, query
        assert [value.count for value in facet.values] == sorted(counted.values(), reverse=True)
        assert facet.more == 0
        for value in facet.values[:1]:
            narrowed = f"({query}) {name}:{value.value}" if query else f"{name}:{value.value}"
            assert register.commitments.count(narrowed, as_of=as_of) == value.count, narrowed


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("by", GROUPINGS)
def test_a_group_is_a_query_that_finds_as_many(register: Tracker, by: str, as_of: date) -> None:
    for query in QUERIES:
        views = listed(register, query, as_of)
        counted = Counter(value for view in views for value in values(view, by))
        groups = register.commitments.groups(query, by, as_of=as_of)
        assert {group.key: group.count for group in groups} == counted
        assert "none" not in [group.key for group in groups[:-1]]
        for group in (*groups[:1], *groups[-1:]):
            found = {view.ref for view in listed(register, group.query, as_of)}
            assert found == {view.ref for view in views if group.key in values(view, by)}, group.query


def test_groups_stand_in_their_own_order(register: Tracker) -> None:
    def keys(by: str) -> list[str]:
        return [group.key for group in register.commitments.groups("", by, as_of=AS_OF)]

    assert keys("status") == [status for status in Status if status in keys("status")]
    assert keys("quarter")[:-1] == sorted(keys("quarter")[:-1])
    in_list = [party.key for party in register.library.parties()]
    assert keys("lead")[:-1] == [key for key in in_list if key in keys("lead")]


def test_a_facet_says_how_many_values_it_leaves_out(register: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = register.commitments.facet("", "lead", as_of=AS_OF)
    monkeypatch.setattr(facets, "MOST", 3)
    cut = register.commitments.facet("", "lead", as_of=AS_OF)
    assert cut.values == whole.values[:3]
    assert cut.more == len(whole.values) - 3
    assert {facet.name for facet in register.commitments.facets("", as_of=AS_OF)} == set(FACETS)


@pytest.mark.parametrize("name", ["colour", "", "LEAD"])
def test_what_is_no_facet_or_grouping_is_named(register: Tracker, name: str) -> None:
    with pytest.raises(UnknownValue):
        register.commitments.facet("", name, as_of=AS_OF)
    with pytest.raises(UnknownValue):
        register.commitments.groups("", name, as_of=AS_OF)
    with pytest.raises(UnknownValue):
        register.commitments.section(name, AS_OF)


def section(view: CommitmentView, followed_up: set[str]) -> str | None:
    """Where a person would look for it, the first that fits."""
    if view.schedule is Schedule.OVERDUE:
        return "overdue"
    if view.status is Status.CLAIMED_DONE:
        return "claimed"
    if view.schedule is Schedule.REVIEW_DUE:
        return "review"
    if view.ref in followed_up:
        return "follow_up"
    if view.schedule is Schedule.DUE_SOON:
        return "due"
    return "silent" if not view.status.closed and view.silent_days > 90 else None


def test_todays_sections_part_what_needs_somebody(register: Tracker, as_of: date) -> None:
    followed_up = {view.ref for view in listed(register, "is:follow-up", as_of)}
    for query in QUERIES:
        sections = register.commitments.today(as_of, query)
        assert [group.key for group in sections] == list(TODAY)
        for group in sections:
            expected = {view.ref for view in listed(register, query, as_of) if section(view, followed_up) == group.key}
            assert {view.ref for view in listed(register, group.query, as_of)} == expected, group.query
            assert group.count == len(expected)
            assert register.commitments.section(group.key, as_of, query) == group


def key(view: CommitmentView, sort: str, parties: list[str], began: dict[str, date]) -> Any:
    """What a person would sort by."""
    match sort:
        case "deadline":
            end = view.deadline.end if view.deadline else None
            return (view.status.closed, end is None, end)
        case "updated":
            return view.last_update
        case "made":
            return began[view.ref]
        case "lead":
            return (view.lead is None, parties.index(view.lead.key) if view.lead else 0)
        case "status":
            return list(Status).index(view.status)
        case _:
            return ()


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("sort", SORTS)
def test_an_order_is_what_it_says_and_every_page_a_piece_of_it(
    register: Tracker, sort: str, descending: bool, as_of: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = {
        entry.ref: entry.effective_on
        for entry in register.commitments.history()
        if entry.subject == "commitment" and entry.position == 1
    }
    parties = [party.key for party in register.library.parties()]
    order: dict[str, Any] = {"sort": sort, "descending": descending}
    for query in ("", "is:open", '"đường" -is:paused'):
        views = listed(register, query, as_of, **order)
        refs = [view.ref for view in views]
        assert sorted(refs) == sorted(view.ref for view in listed(register, query, as_of))
        keys = [key(view, sort, parties, began) for view in views]
        if "đ" not in query:
            assert [view.ref for view in in_order(views, keys, sort, descending)] == refs
        for walked, total in ((1, None), (60, None), (60, len(refs)), (2000, None)):
            monkeypatch.setattr(matches, "WALKED", walked)
            for offset, limit in ((0, 5), (max(len(refs) - 20, 0), 50)):
                page = register.commitments.page(query, as_of=as_of, offset=offset, limit=limit, total=total, **order)
                assert [view.ref for view in page] == refs[offset : offset + limit], (query, walked, offset, total)
        for place in {0, 2 * len(refs) // 3} if refs else ():
            assert register.commitments.position(refs[place], query, as_of=as_of, **order) == place
        seen = register.commitments.refs(query, as_of=as_of, limit=30, **order)
        assert [(each.ref, each.version) for each in seen] == [(view.ref, view.version) for view in views[:30]]


def in_order(views: Views, keys: list[Any], sort: str, descending: bool) -> list[CommitmentView]:
    """Ties go by ref. Turned round, what has no day or lead still stands last, and what is open first."""
    by_ref = sorted(zip(keys, views, strict=True), key=lambda pair: pair[1].ref, reverse=descending)
    match sort:
        case "deadline":
            last = date.max if not descending else date.min

            def place(pair: tuple[Any, CommitmentView]) -> Any:
                closed, undated, end = pair[0]
                days = (end or last).toordinal()
                return (closed, undated, -days if descending else days)

        case "lead":

            def place(pair: tuple[Any, CommitmentView]) -> Any:
                return (pair[0][0], -pair[0][1] if descending else pair[0][1])

        case _:
            return [view for _, view in sorted(by_ref, key=lambda pair: pair[0], reverse=descending and sort != "ref")]
    return [view for _, view in sorted(by_ref, key=place)]


def test_what_does_not_match_has_no_place(register: Tracker) -> None:
    ref = register.commitments.page("is:closed", as_of=AS_OF, offset=0, limit=1)[0].ref
    assert register.commitments.position(ref, "is:open", as_of=AS_OF) is None
    assert register.commitments.position("C-1900-001", as_of=AS_OF) is None


def test_a_register_with_nothing_in_it_has_nothing_to_count(empty_tracker: Tracker) -> None:
    facets = empty_tracker.commitments.facets("", as_of=AS_OF)
    assert [facet.values for facet in facets] == [()] * len(FACETS)
    assert [group.count for group in empty_tracker.commitments.today(AS_OF)] == [0] * len(TODAY)


def test_a_facets_value_finds_its_own_document_whatever_that_is_called(tracker: Tracker) -> None:
    files = ("Đề án.txt", "001_article.txt", 'tin "lạ", 1.txt', "tin, số 2.txt", "dddd", "none", "tin")
    for number, file in enumerate(files):
        sha256 = f"{number:x}d" * 32
        record(tracker.database, a_document(sha256, file))
        tracker.commitments.add(adding(None, sources=(a_citation(sha256),)), a_hand())
    facet = tracker.commitments.facet("", "doc", as_of=TODAY_AT_THE_DESK)
    assert [value.count for value in facet.values] == [1] * len(files)
    for value in facet.values:
        assert tracker.commitments.count(f"doc:{value.value}", as_of=TODAY_AT_THE_DESK) == 1, value
    for typed in ('"Đề án.txt"', '"đề án"', '"ĐỀ ÁN"'):
        assert tracker.commitments.count(f"doc:{typed}", as_of=TODAY_AT_THE_DESK) == 1, typed


def test_a_party_whose_key_means_nobody_is_counted_as_itself(tracker: Tracker) -> None:
    tracker.library.add_party(a_party("none", "Không"), a_hand())
    tracker.commitments.add(adding(None, parties=(a_role("vn"), a_role("none", "lead"))), a_hand())
    tracker.commitments.add(adding(None), a_hand())
    tracker.commitments.add(adding(None), a_hand())
    facet = tracker.commitments.facet("", "lead", as_of=TODAY_AT_THE_DESK)
    assert [value.count for value in facet.values] == [2, 1]
    for value in facet.values:
        assert tracker.commitments.count(f"lead:{value.value}", as_of=TODAY_AT_THE_DESK) == value.count, value
