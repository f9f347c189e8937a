"""Undo and redo over the tables: what is taken back leaves nothing, and what is brought back is all there again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.factories import a_citation, a_hand, a_role, adding, amending, evidence, marking, moving
from tests.storage.tables import tables
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.views import CommitmentView, Done
from tracker_db import chains, models
from tracker_db.derived import Derived

FIRST, TODAY = date(2026, 1, 10), date(2026, 2, 9)
HAND = a_hand(today=TODAY)
DAYS = st.integers(0, 30).map(lambda number: FIRST + timedelta(number))
PERIODS = st.sampled_from(["2026-01-10", "2026-Q1", "2026", "..2026-01-31", "none", "event:visit"])
Act = Callable[[Tracker, list[str]], Done]


def _marks() -> st.SearchStrategy[Act]:
    def mark(status: str, day: date, both: bool, tier: int, proofs: int) -> Act:
        fields: dict[str, Any] = {"note": "n", "effective_on": day, "evidence": (evidence(tier),) * proofs}
        if status == "delivered":
            fields |= {"done": "unknown", "confirmed_by": "Minh"}
        if status == "suspended":
            fields |= {"review_on": day}

        def done(tracker: Tracker, refs: list[str]) -> Done:
            more = fields | ({"replaced_by": refs[-1]} if status == "superseded" else {})
            command = marking(status, *(refs[:2] if both else refs[:1]), **more)
            return tracker.commitments.record_status(command, HAND)

        return done

    statuses = st.sampled_from(["in_progress", "recorded", "delivered", "suspended", "withdrawn", "superseded"])
    return st.builds(mark, statuses, DAYS, st.booleans(), st.integers(1, 3), st.integers(0, 2))


def _sides() -> st.SearchStrategy[Act]:
    def mark(side: str, day: date) -> Act:
        command = {"note": "n", "side": side, "effective_on": day}
        return lambda tracker, refs: tracker.commitments.record_status(marking("partial", refs[0], **command), HAND)

    return st.builds(mark, st.sampled_from(["vn", "la"]), DAYS)


def _moves() -> st.SearchStrategy[Act]:
    def move(period: str, day: date, source: bool) -> Act:
        cited = a_citation(start=3, role="reports") if source else None
        return lambda tracker, refs: tracker.commitments.move_deadline(
            moving(period, refs[0], effective_on=day, source=cited), HAND
        )

    return st.builds(move, PERIODS, DAYS, st.booleans())


def _amendments() -> st.SearchStrategy[Act]:
    def amend(fields: dict[str, Any], day: date) -> Act:
        return lambda tracker, refs: tracker.commitments.amend(
            amending(refs[0], **fields).model_copy(update={"effective_on": day}), HAND
        )

    fields: list[dict[str, Any]] = [
        {"title": "Tên khác"},
        {"title": "Tên khác nữa", "tags": ["t1"]},
        {"tags": ["t1", "t2"]},
        {"parties": [a_role("vn").model_dump(mode="json"), a_role("vn-mofa", "lead").model_dump(mode="json")]},
        {"sources": [a_citation(start=5).model_dump(mode="json")]},
        {"targets": [{"figure": "trade", "value": "5000"}]},
        {"milestones": [{"name": "Khởi công", "deadline": {"value": "2026-Q1"}}]},
        {"review_on": "2026-12-01"},
    ]
    return st.builds(amend, st.sampled_from(fields), DAYS)


def _additions() -> st.SearchStrategy[Act]:
    def add(period: str, day: date, lead: bool) -> Act:
        parties = (a_role("vn"), a_role("la"), *([a_role("vn-moit", "lead")] if lead else []))
        command = adding(None, deadline_value=period, parties=parties, effective_on=day, tags=("new",))

        def done(tracker: Tracker, refs: list[str]) -> Done:
            made = tracker.commitments.add(command, HAND)
            refs.insert(0, made.commitments[0].ref)
            return made

        return done

    return st.builds(add, PERIODS, DAYS, st.booleans())


ACTS = st.one_of(_marks(), _marks(), _sides(), _moves(), _amendments(), _additions())


def pages(tracker: Tracker) -> list[list[CommitmentView]]:
    """The list on days before, within and after, but for the numbers of the versions."""
    seen = [FIRST - timedelta(1), *(FIRST + timedelta(number) for number in (0, 15)), TODAY]
    return [
        [replace(view, version=0) for view in tracker.commitments.page(as_of=day, offset=0, limit=1000)] for day in seen
    ]


# Nothing is shrunk: the register grows with every example.
@settings(max_examples=10, phases=[Phase.generate])
@given(st.lists(st.tuples(ACTS, st.booleans()), min_size=2, max_size=7))
def test_undo_leaves_what_was_there_before_and_redo_what_was_there_after(
    long_lived_tracker: Tracker, steps: list[tuple[Act, bool]]
) -> None:
    tracker, database = long_lived_tracker, long_lived_tracker.database
    refs = [tracker.commitments.add(adding(None, effective_on=FIRST), HAND).commitments[0].ref for _ in range(2)]
    for act, stays_undone in steps:
        before, shown, number, known = tables(database), pages(tracker), tracker.status().acts, list(refs)
        try:
            done = act(tracker, refs)
        except (errors.Refused, errors.BadOption):
            continue
        after, shown_after = tables(database), pages(tracker)
        tracker.commitments.undo(HAND)
        assert tables(database) == before
        assert pages(tracker) == shown
        assert tracker.status().acts == number + 2
        tracker.commitments.redo(HAND)
        assert tables(database) == after
        assert pages(tracker) == shown_after
        if stays_undone:
            tracker.commitments.undo(HAND, act=str(done.number))
            assert tables(database) == before
            refs = known
    rebuilt_is_the_same(tracker)


def rebuilt_is_the_same(tracker: Tracker) -> None:
    """What stands in the tables is what making all of it anew from the entries gives, versions too."""
    database = tracker.database
    before = tables(database, versions=True)
    with database.write() as session:
        derived = Derived(session)
        refs = session.query(models.Entry.ref).filter(models.Entry.subject == "commitment").distinct()
        for (ref,) in refs.all():
            entries = chains.kept_entries(session, "commitment", ref)
            derived.rebuild(ref, entries, entries)
        derived.write_tally()
    assert tables(database, versions=True) == before
