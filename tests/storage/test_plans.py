"""A list or report of a large register walks an index: it is not sorted, and not read whole."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select, text

from tests.factories import TODAY, a_hand, a_party, furnish, settings_for
from tests.storage.test_schedule import NOTHING, row
from tracker.bootstrap import Tracker
from tracker.domain.reported import Part
from tracker.domain.status import Status
from tracker_db import models
from tracker_db.session import Database

ROWS = 2000
ORDERED_BY = {
    "ix_commitment_order": "closed",
    "ix_commitment_updated": "valid_from",
    "ix_commitment_made": "began_on",
    "ix_commitment_status": "status",
}


@pytest.fixture(scope="module")
def large(long_lived_url: str) -> Iterator[Tracker]:
    """A register of two thousand commitments, on each kind of database."""
    chance = random.Random(7)
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as tracker:
        furnish(tracker.database)
        with tracker.database.write() as session:
            leads = [None, *session.execute(select(models.Party.id)).scalars()]
            rows = [
                row(number, NOTHING | _state(chance)) | {"ref": f"C-2026-{number:04d}", "lead_id": chance.choice(leads)}
                for number in range(1, ROWS + 1)
            ]
            session.execute(insert(models.Commitment), rows)
        with tracker.database.connect() as connection:
            connection.execute(text("ANALYZE"))
        yield tracker


def _state(chance: random.Random) -> dict[str, Any]:
    end = date(2026, 1, 1) + timedelta(days=chance.randrange(700)) if chance.random() < 0.7 else None
    review_on = date(2026, 6, 1) + timedelta(days=chance.randrange(400))
    return {"status": chance.choice(list(Status)), "deadline_end": end, "review_on": None if end else review_on}


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """What is really sent to the database meanwhile."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan(tracker: Tracker, statement: str, parameters: Any) -> str:
    """How the database would carry it out. PostgreSQL is asked whether an index can give it at all."""
    with tracker.database.read() as session:
        connection = session.connection()
        if tracker.database.path:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(row.detail for row in rows)
        for way in ("seqscan", "sort", "bitmapscan"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))


def listed(tracker: Tracker) -> None:
    assert len(tracker.commitments.page(as_of=TODAY, offset=0, limit=50)) == 50


def listed_further_down(tracker: Tracker) -> None:
    assert len(tracker.commitments.page(as_of=TODAY, offset=1000, limit=50)) == 50


def sorted_by(sort: str, *, descending: bool = False, offset: int = 0) -> Callable[[Tracker], None]:
    def ask(tracker: Tracker) -> None:
        order: dict[str, Any] = {"sort": sort, "descending": descending}
        assert len(tracker.commitments.page(as_of=TODAY, offset=offset, limit=50, **order)) == 50

    return ask


def section(name: str) -> Callable[[Tracker], None]:
    def ask(tracker: Tracker) -> None:
        with tracker.reports.overdue(as_of=TODAY) as report:
            assert len(list(report.rows(name))) == sum(
                view.schedule == name for view in tracker.commitments.page(as_of=TODAY, offset=0, limit=ROWS)
            )

    return ask


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (listed, "ix_commitment_order"),
        (listed_further_down, "ix_commitment_order"),
        (sorted_by("deadline", descending=True), "ix_commitment_order"),
        (sorted_by("updated"), "ix_commitment_updated"),
        (sorted_by("updated", descending=True, offset=1000), "ix_commitment_updated"),
        (sorted_by("made"), "ix_commitment_made"),
        (sorted_by("status", offset=300), "ix_commitment_status"),
        (sorted_by("lead", offset=300), "ix_commitment_by_lead"),
        (section("overdue"), "ix_commitment_lead"),
        (section("late_claim"), "ix_commitment_lead"),
        (section("paused"), "ix_commitment_lead"),
        (section("review_due"), "ix_commitment_review"),
    ],
    ids=[
        *("list", "list further down", "latest first", "updated", "-updated", "made", "status", "by lead"),
        *("overdue", "late_claim", "paused", "review_due"),
    ],
)
def test_rows_come_in_order_from_an_index(large: Tracker, ask: Callable[[Tracker], None], index: str) -> None:
    with asked() as statements:
        ask(large)
    main = [
        (statement, parameters)
        for statement, parameters in statements
        if "FROM commitment " in statement.replace("\n", " ") and "ORDER BY" in statement
    ]
    ordered_by = ORDERED_BY.get(index, "lead_id")
    main = [(statement, given) for statement, given in main if ordered_by in statement.split("ORDER BY")[1]]
    assert main
    for statement, parameters in main:
        found = plan(large, statement, parameters)
        # Of two thousand rows PostgreSQL as gladly reads the one index on refs for an order that ends with them.
        assert index in found or ("uq_commitment_ref" in found and large.database.path is None), found
        assert "TEMP B-TREE" not in found, found
        assert "Sort" not in found, found


def test_what_is_to_be_followed_up_comes_from_the_agenda_s_own_index(large: Tracker) -> None:
    with asked() as statements:
        large.followups.agenda(as_of=TODAY, lead="Bộ Công Thương")
        large.followups.digest(as_of=TODAY)
    main = [(said, given) for said, given in statements if "agenda_on <=" in said]
    assert len(main) > 4
    for statement, parameters in main:
        found = plan(large, statement, parameters)
        assert "ix_follow_up_agenda" in found, found
        assert "TEMP B-TREE" not in found, found


def reported(ask: str, **given: Any) -> Callable[[Tracker], None]:
    """A report with all its rows read."""

    def read(tracker: Tracker) -> None:
        with getattr(tracker.reports, ask)(as_of=TODAY, **given) as report:
            parts = [part for part in vars_of(report) if isinstance(part, Part)]
            for several in ("told", "owed", "parts"):
                parts += getattr(report, several, {}).values()
            assert parts
            for part in parts:
                assert len(list(part.rows)) == part.size

    return read


def vars_of(report: Any) -> list[Any]:
    return [getattr(report, name) for name in report.__dataclass_fields__]


REPORTED = {
    "due": reported("due"),
    "changes": reported("changes", since="2026-11-20"),
    "changes with a partner": reported("changes", since="2026-11-20", partner="Lào"),
    "scorecard": reported("scorecard", before=TODAY),
    "plan": reported("plan"),
    "slippage": reported("slippage"),
    "targets": reported("targets"),
    "brief": reported("brief", partner="Lào", limit=None),
}


@pytest.mark.parametrize("ask", REPORTED.values(), ids=REPORTED)
def test_no_report_reads_all_commitments_where_an_index_can_answer(
    large: Tracker, ask: Callable[[Tracker], None]
) -> None:
    with asked() as statements:
        ask(large)
    main = [(said, given) for said, given in statements if "commitment" in said and said.startswith("SELECT")]
    assert len(main) > 3
    for statement, given in main:
        found = plan(large, statement, given)
        assert not re.search(r"SCAN commitment(?! USING)|Seq Scan on commitment", found), (statement, found)
        assert "SCAN milestone" not in found, (statement, found)
        # An index that tells only which kind of subject an entry is about leads to all of them.
        assert not re.search(r"entry USING [^(]*\(subject=\?\)", found), (statement, found)
        # One that is found by its ref is not tried against all that match.
        assert "(ref=? AND rowid=?)" not in found, (statement, found)


def test_what_changed_is_counted_in_two_walks_along_the_entries_and_looked_for_where_there_is_some(
    large: Tracker,
) -> None:
    with asked() as statements:
        REPORTED["changes"](large)
    walks = [statement for statement, _given in statements if re.search(r"FROM entry\b", statement)]
    assert len([each for each in walks if "count(" in each]) == len(walks) == 2


def test_the_sides_of_a_brief_are_counted_in_one_walk_and_many_is_weighed_once(large: Tracker) -> None:
    with asked() as statements:
        REPORTED["brief"](large)
    sides = [said for said, _ in statements if "count(" in said and said.count("participation.role =") > 1]
    assert len([each for each in sides if "LIMIT" not in each]) == 1
    weighed = [(said, str(given)) for said, given in statements if "LIMIT" in said and "count(" in said]
    assert len(weighed) == len(set(weighed))


def test_the_buckets_of_the_whole_register_are_not_counted_row_by_row(large: Tracker) -> None:
    with asked() as statements, large.reports.overdue(as_of=TODAY) as report:
        assert report.counts is not None
    counted = [statement for statement, _ in statements if "count(" in statement.lower() and "commitment" in statement]
    assert counted == []


def test_a_list_fetches_its_parts_with_few_questions(large: Tracker) -> None:
    with asked() as few:
        large.commitments.page(as_of=TODAY, offset=0, limit=10)
    with asked() as many:
        large.commitments.page(as_of=TODAY, offset=0, limit=400)
    assert len(many) == len(few) < 20


def test_what_a_person_may_undo_or_redo_is_found_by_an_index(large: Tracker) -> None:
    with asked() as statements:
        large.commitments.next_undo(a_hand(actor="Hoa"))
        large.commitments.next_redo(a_hand(actor="Hoa"))
    of_acts = [(said, given) for said, given in statements if "FROM act" in said.replace("\n", " ")]
    assert len(of_acts) == 3
    for statement, parameters in of_acts:
        found = plan(large, statement, parameters)
        assert "ix_act_actor" in found, found
        assert "TEMP B-TREE" not in found, found
        assert "Sort" not in found, found


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_who_uses_what_is_taken_back_is_found_without_reading_every_entry(tracker: Tracker) -> None:
    tracker.library.add_party(a_party("la-mofa", "Bộ Ngoại giao Lào"), a_hand())
    with asked() as statements:
        tracker.commitments.undo(a_hand())
    plans = [plan(tracker, said, given) for said, given in statements if "LIKE" in said]
    assert len(plans) == 1
    assert "ix_entry_act" in plans[0]
    assert "SCAN entry" not in plans[0]


# PostgreSQL knows how few these are, and reads whichever index it likes.
@pytest.mark.parametrize("long_lived_url", ["sqlite"], indirect=True, scope="module")
@pytest.mark.parametrize("facet", ["status", "schedule", "lead", "sector"])
def test_a_facet_is_counted_without_reading_a_commitment(large: Tracker, facet: str) -> None:
    with asked() as statements:
        for query in ("", "is:open", "status:delivered,in_progress", "sector:other", "is:overdue"):
            large.commitments.facet(query, facet, as_of=TODAY)
    counted = [(statement, given) for statement, given in statements if "count(*)" in statement]
    assert all("FROM commitment" in statement for statement, _ in counted)
    for statement, given in counted:
        found = plan(large, statement, given)
        assert "COVERING INDEX" in found, found


def test_a_page_of_the_whole_history_is_found_in_an_index(large: Tracker) -> None:
    with asked() as statements:
        large.commitments.history(limit=5, offset=3)
    ids, whole = [(said, given) for said, given in statements if "FROM entry" in said]
    found = plan(large, *ids)
    assert "ix_entry_act" in found, found
    assert "TEMP B-TREE" not in found, found
    assert "SCAN entry" not in plan(large, *whole)
