"""Rows, versions and tally are made from the entries, and say the same as they on every day."""

from __future__ import annotations

import contextlib
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import (
    REF,
    a_citation,
    a_hand,
    a_role,
    adding,
    amending,
    days,
    evidence,
    furnish,
    marking,
    moving,
    settings_for,
)
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.change import replay
from tracker.domain.register import Commitment
from tracker.domain.schedule import BUCKET_OF, BUCKETS, Schedule
from tracker.domain.status import OPEN, Status
from tracker.domain.views import CommitmentView
from tracker_db import chains, models, subjects
from tracker_db.keys import Keys
from tracker_db.session import Database

FIRST, TODAY = date(2026, 1, 1), date(2026, 2, 9)


def random_acts(tracker: Tracker, seed: int, number: int) -> None:
    """Acts as a busy desk does them, many on the same days, many backdated, some taken back; refusals among them."""
    chance = random.Random(seed)
    refs: list[str] = []
    hand = a_hand(today=TODAY)

    def day() -> date:
        return FIRST + timedelta(days=chance.randrange(40))

    def period() -> str:
        return chance.choice(["2026-01-10", "2026-01-20", "2026-Q1", "2026", "..2026-01-31", "none", "event:visit"])

    def one() -> None:
        ref = chance.choice(refs) if refs else ""
        acts = ["add", "mark", "mark", "mark", "move", "amend", "side", "undo", "redo"]
        match chance.choice(acts) if refs else "add":
            case "add" if len(refs) < 6:
                parties = (a_role("vn"), a_role("la"), *([a_role("vn-moit", "lead")] if chance.random() < 0.5 else []))
                began = FIRST + timedelta(days=chance.randrange(15))
                command = adding(None, deadline_value=period(), parties=parties, effective_on=began)
                refs.append(tracker.commitments.add(command, hand).commitments[0].ref)
            case "undo":
                tracker.commitments.undo(hand, chance.choice([None, ref]))
            case "redo":
                tracker.commitments.redo(hand, chance.choice([None, ref]))
            case "move":
                tracker.commitments.move_deadline(moving(period(), ref, effective_on=day()), hand)
            case "amend":
                fields: dict[str, Any] = chance.choice(
                    [
                        {"title": f"Tên {chance.randrange(99)}"},
                        {"tags": [f"t{chance.randrange(3)}"]},
                        {"parties": [a_role("vn-mofa", "lead").model_dump(mode="json")]},
                        {"sources": [a_citation(start=chance.randrange(9)).model_dump(mode="json")]},
                        {"review_on": day().isoformat()},
                    ]
                )
                correction = amending(ref, **fields).model_copy(update={"effective_on": day()})
                tracker.commitments.amend(correction, hand)
            case "side":
                side = chance.choice(["vn", "la"])
                tracker.commitments.record_status(
                    marking("in_progress", ref, note="n", side=side, effective_on=day()), hand
                )
            case _:
                status = chance.choice([*Status, *OPEN, *OPEN])
                tracker.commitments.record_status(
                    marking(
                        status,
                        *dict.fromkeys((ref, chance.choice(refs))),
                        note="n",
                        effective_on=day(),
                        evidence=(evidence(chance.randint(1, 3)), evidence(2)),
                        done=chance.choice(["unknown", "2026-01-05", "2026-Q1"])
                        if status is Status.DELIVERED
                        else None,
                        review_on=chance.choice([None, day()]) if status is not Status.SUSPENDED else day(),
                        replaced_by=chance.choice(refs) if status is Status.SUPERSEDED else None,
                    ),
                    hand,
                )

    for _ in range(number):
        with contextlib.suppress(errors.Refused, errors.BadOption, errors.NotFound):
            one()


@pytest.fixture(scope="module")
def worked_on(long_lived_url: str) -> Iterator[Tracker]:
    """A register after random acts, on each kind of database."""
    with Tracker(settings_for(long_lived_url), Database(long_lived_url)) as tracker:
        furnish(tracker.database)
        for seed in range(3):
            random_acts(tracker, seed, 60)
        yield tracker


@dataclass(frozen=True, order=True)
class Said:
    """An entry as it is stored, and whether the acts say that it counts."""

    effective_on: date
    position: int
    fields: dict[str, Any] = field(compare=False)
    counts: bool = field(compare=False)


def kept(session: Session) -> Iterator[tuple[str, list[Said]]]:
    """Each commitment's entries, of those that are gone too, in the order in which they count."""
    entry = models.Entry
    acts = {act.number: act for act in session.query(models.Act)}
    named = {act.undoes for act in acts.values()}
    undone = {act.undoes for act in acts.values() if act.undoes and act.id not in named}
    counting = {number for number, act in acts.items() if act.undoes is None and act.id not in undone}
    refs = session.query(entry.ref).filter(entry.subject == "commitment").distinct().order_by(entry.ref)
    for (ref,) in refs.all():
        rows = session.query(entry).filter(entry.subject == "commitment", entry.ref == ref)
        said = [(row, json.loads(row.changes)["fields"]) for row in rows]
        yield (
            ref,
            sorted(Said(row.effective_on, row.position, fields, row.act_number in counting) for row, fields in said),
        )


def state_on(day: date, entries: list[Said]) -> tuple[Commitment | None, int]:
    """The commitment that day, and how many entries there are until it changes again."""
    value: Commitment | None = None
    for said in entries:
        if said.counts and said.effective_on <= day:
            value = replay(Commitment, value, {name: (pair[0], pair[1]) for name, pair in said.fields.items()})
    until = min((said.effective_on for said in entries if said.counts and said.effective_on > day), default=date.max)
    return value, max((said.position for said in entries if said.effective_on < until), default=0)


def as_value(view: CommitmentView) -> dict[str, Any]:
    """What a view shows, in the words of a commitment's plain value."""
    return {
        "ref": view.ref,
        "title": view.title,
        "kind": view.kind,
        "status": view.status,
        "status_since": view.status_since,
        "done": view.done,
        "review_on": view.review_on,
        "replaced_by": view.replaced_by,
        "evidence_tier": view.evidence_tier,
        "deadline": view.deadline,
        "tags": view.tags,
        "parties": [(part.key, part.role, part.basis) for part in view.parties],
        "sources": [(part.sha256, part.paragraph, part.start, part.end, part.role) for part in view.sources],
        "sides": [(part.party, part.status, part.since) for part in view.sides],
    }


def as_shown(value: Commitment) -> dict[str, Any]:
    names = ("ref", "title", "kind", "status", "status_since", "done", "review_on", "replaced_by", "evidence_tier")
    return {name: getattr(value, name) for name in (*names, "deadline", "tags")} | {
        "parties": [(part.party, part.role, part.basis) for part in value.parties],
        "sources": [(part.document, part.paragraph, part.start, part.end, part.role) for part in value.sources],
        "sides": [(part.party, part.status, part.since) for part in value.sides],
    }


def test_the_state_on_every_day_is_the_sum_of_the_entries_effective_by_that_day(worked_on: Tracker) -> None:
    with worked_on.database.read() as session:
        entries = dict(kept(session))
    assert len(entries) >= 15
    assert sum(not said.counts for changes in entries.values() for said in changes) > 20
    assert sum(map(len, entries.values())) > 80
    for day in days(FIRST - timedelta(1), TODAY + timedelta(1)):
        shown = {view.ref: view for view in worked_on.commitments.page(as_of=day, offset=0, limit=100)}
        for ref, changes in entries.items():
            value, version = state_on(day, changes)
            if value is None:
                assert ref not in shown
            else:
                assert as_value(shown[ref]) == as_shown(value), (day, ref)
                assert shown[ref].version == version


def test_an_act_taken_back_and_said_anew_on_its_day_is_no_part_of_the_day_before(tracker: Tracker) -> None:
    furnish(tracker.database)
    hand = a_hand(today=TODAY)
    tracker.commitments.add(adding(effective_on=FIRST), hand)
    tracker.commitments.record_status(marking("claimed_done", effective_on=TODAY, evidence=(evidence(3),)), hand)
    tracker.commitments.undo(hand, REF)
    tracker.commitments.record_status(marking("in_progress", note="n", effective_on=TODAY), hand)
    shown = [tracker.commitments.page(as_of=day, offset=0, limit=1)[0].version for day in (FIRST, TODAY)]
    assert shown == [1, 4]


def test_the_rows_are_what_folding_all_entries_gives(worked_on: Tracker) -> None:
    with worked_on.database.read() as session:
        keys = Keys(session)
        for row in session.query(models.Commitment):
            states = chains.fold(chains.kept_entries(session, "commitment", row.ref))
            columns = subjects.commitment_columns(states[-1].value, keys)
            assert {name: getattr(row, name) for name in columns} == columns
            assert (row.version, row.moves, row.valid_from) == (states[-1].version, states[-1].moves, states[-1].day)
            assert row.began_on == states[0].day


def test_the_tally_is_what_counting_again_gives(worked_on: Tracker) -> None:
    with worked_on.database.read() as session:
        tallied = {(row.kind, row.day): row.number for row in session.query(models.Tally) if row.number}
        counted = Counter(
            subjects.tally_key({name: getattr(row, name) for name in models.STATE_COLUMNS})
            for row in session.query(models.Commitment)
        )
    assert tallied == counted


def test_the_buckets_of_the_report_are_those_of_the_commitments_on_every_day(worked_on: Tracker) -> None:
    for day in (*days(FIRST, TODAY, 6), *days(TODAY, TODAY + timedelta(400), 50)):
        views = worked_on.commitments.page(as_of=day, offset=0, limit=100)
        states = Counter(view.schedule for view in views)
        expected = dict.fromkeys(BUCKETS, 0) | Counter(BUCKET_OF[view.schedule] for view in views)
        with worked_on.reports.overdue(as_of=day) as report:
            assert report.counts.buckets == expected, day
            assert report.counts.total == len(views)
            for section, size in report.sizes.items():
                assert size == states[Schedule(section)] == len(list(report.rows(section))), (day, section)
        # Asked with a condition that holds for all, it is counted and not tallied.
        with worked_on.reports.overdue(as_of=day, query="is:open,closed") as report:
            assert report.counts.buckets == expected, day


def test_both_ways_of_writing_a_day_late_end_in_the_same_register(tracker: Tracker) -> None:
    """An act told late leaves what told in time would have left, but for the number of its version."""
    commitments = tracker.commitments

    def begun(ref: str) -> None:
        command = marking("in_progress", ref, note="a", effective_on=date(2026, 1, 10))
        commitments.record_status(command, a_hand())

    def moved(ref: str) -> None:
        commitments.move_deadline(moving("2026-Q3", ref, effective_on=date(2026, 1, 20)), a_hand())

    def paused(ref: str) -> None:
        command = marking("suspended", ref, note="b", review_on=date(2026, 5, 1), effective_on=date(2026, 1, 30))
        commitments.record_status(command, a_hand())

    for ref, acts in ((REF, (begun, moved, paused)), ("C-2025-002", (paused, begun, moved))):
        commitments.add(adding(ref, deadline_value="2026-02"), a_hand())
        for act in acts:
            act(ref)
    for day in days(date(2026, 1, 1), date(2026, 2, 10), 5):
        one, other = (commitments.show(ref, as_of=day).commitment for ref in (REF, "C-2025-002"))
        assert replace(one, ref="", version=0) == replace(other, ref="", version=0), day
