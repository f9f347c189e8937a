"""Stories of random acts: what the entries add up to is what every table says, on any day, as known on any day."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from tests.factories import TODAY, a_hand, furnish, settings_for
from tests.faults import replay
from tests.faults.acts import REFS, Clock, Desk
from tests.faults.ledger import Outcome, wrong_with
from tests.storage.tables import Tables, tables
from tracker.bootstrap import Tracker
from tracker.domain.history import Hand
from tracker.errors import ActInTheWay, TrackerError
from tracker_db import chains, models
from tracker_db.derived import Derived
from tracker_db.history import KINDS
from tracker_db.known import copy_as_known, last_act_by
from tracker_db.session import Database

# Days of the past, the day of the story, and days to come.
DAYS = tuple(TODAY + timedelta(days=days) for days in (-420, -354, -300, -200, -90, -20, -1, 0, 1, 45, 500))
# One act in so many is taken back, brought again, and compared.
TAKEN_BACK = 6
# How often at most an act is tried until a rule lets it be.
TRIES = 30
State = tuple[Tables, list[tuple[int, str, str | None]]]


@contextmanager
def at_work(url: str, chance: Random) -> Iterator[tuple[Tracker, Desk, Clock]]:
    """A desk on a furnished register, and the clock that it records by."""
    clock = Clock(chance)
    with Tracker(settings_for(url), Database(url)) as tracker:
        # The one thing that the services ask of the outside.
        house = replace(tracker._house, now=clock)
        for service in (
            *(tracker.commitments, tracker.followups, tracker.saved_views),
            *(tracker.library, tracker.drafts),
        ):
            service._house = house
        furnish(tracker.database, act_id="furnished")
        yield tracker, Desk(tracker, chance), clock


def told_and_replayed(url: str, acts: int, chance: Random) -> Outcome:
    """Random acts. Lost: a day on which a listing is not what a replay of the entries says, or a row that is not."""
    with at_work(url, chance) as (tracker, desk, clock):
        for _ in range(acts):
            desk.act()
        lost = differences(tracker, clock.now, DAYS) + len(wrong_with(tracker.database))
        lost += not _made_again(tracker.database)
    return Outcome(acts, lost, (("done", desk.done), ("refused", desk.refused)))


def known_earlier(url: str, folder: Path, acts: int, moments: int, chance: Random) -> Outcome:
    """The register as it was known at moments of a story. Lost: it is not what it was, or not what a replay says."""
    seen: list[tuple[int, datetime, Tables]] = []
    with at_work(url, chance) as (tracker, desk, clock):
        for place in range(acts):
            desk.act()
            if place % max(acts // moments, 1) == 0:
                seen.append((tracker.status().acts, clock.now, tables(tracker.database, versions=True)))
        said = replay.read(tracker.database)
        lost = 0
        for number, moment, then in seen:
            lost += last_act_by(tracker.database, moment) not in (number, None)
            copy = copy_as_known(tracker.database, folder / f"known-{number}.sqlite", number, moment)
            with Tracker(tracker.settings, copy) as known:
                lost += tables(copy, versions=True) != then
                lost += sum(_listed(known, day) != _replayed(said, day, moment) for day in DAYS[::3])
                lost += len(wrong_with(copy))
    return Outcome(len(seen), lost)


def taken_back(url: str, acts: int, chance: Random) -> Outcome:
    """Acts are undone at once, or any time later, and redone. Lost: a state that is another one, or a missing entry.

    One that is refused must have a later act in its way, and one that is not must have none.
    """
    tried = lost = 0
    with at_work(url, chance) as (tracker, desk, _clock):
        for _ in range(acts):
            before, number = _all_of(tracker), tracker.status().acts
            if not desk.act() or tracker.status().acts == number or chance.randrange(TAKEN_BACK):
                continue
            tried += 1
            lost += not _turned(tracker, before, number)
            lost += _any_earlier(tracker, chance, a_hand())
    return Outcome(tried, lost)


def each_kind_taken_back(url: str, times: int, chance: Random) -> Outcome:
    """Every kind of act, on one and on many, is undone and redone so often. Lost: as above, or one that is never done."""
    tried = lost = 0
    with at_work(url, chance) as (tracker, desk, _clock):
        for _ in range(len(REFS)):
            desk.act()
        for _ in range(times):
            for kind in desk.each_kind():
                for _ in range(TRIES):
                    before, number = _all_of(tracker), tracker.status().acts
                    if kind() and tracker.status().acts > number:
                        tried += 1
                        lost += not _turned(tracker, before, number)
                        break
                else:
                    lost += 1
    return Outcome(tried, lost)


def _turned(tracker: Tracker, before: State, number: int) -> bool:
    """Undo and redo what was done after that act: the state is the one before and the one after, history is longer."""
    done = _all_of(tracker)
    try:
        tracker.commitments.undo(a_hand(), act=str(number + 1))
    except TrackerError:
        # An undo or a redo: those are turned by acts of their own.
        return _all_of(tracker) == done
    undone = _all_of(tracker) == before and tracker.status().acts == number + 2
    tracker.commitments.redo(a_hand(), act=str(number + 1))
    return undone and _all_of(tracker) == done and tracker.status().acts == number + 3


def _all_of(tracker: Tracker) -> State:
    """The state, and what was decided on each draft."""
    drafts = tracker.drafts.listing(None)
    decided = [(kept.number, kept.decision, kept.ref) for kept in drafts if kept.decision != "open"]
    return tables(tracker.database), decided


def _any_earlier(tracker: Tracker, chance: Random, hand: Hand) -> bool:
    """Try to take back any act at all; whether it was refused without a reason, or done in spite of one."""
    said = [each for kind in KINDS for each in replay.read(tracker.database, kind)]
    gone = replay.taken_back(said)
    standing = [each for each in said if not each.undoes and each.act not in gone]
    if not standing:
        return False
    chosen = chance.choice(standing)
    own = [each for each in standing if each.act == chosen.act]
    later = [each for each in standing if each.number > chosen.number]
    in_the_way = any(
        (mine.subject, mine.ref) == (other.subject, other.ref)
        and (mine.kind == "add" or mine.fields.keys() & other.fields.keys())
        for mine in own
        for other in later
    )
    before = _all_of(tracker)
    try:
        tracker.commitments.undo(hand, act=chosen.act)
    except ActInTheWay as refused:
        return _all_of(tracker) != before or (refused.reason == "later" and not in_the_way)
    except TrackerError:
        # Two closed statuses would follow each other.
        return _all_of(tracker) != before
    after = replay.register(replay.read(tracker.database), date.max, datetime.max.replace(tzinfo=UTC))
    tracker.commitments.redo(hand, act=chosen.act)
    stayed = any(each.ref in after and each.kind == "add" for each in own if each.subject == "commitment")
    return in_the_way or stayed or _all_of(tracker) != before


def the_same_story_twice(first: str, second: str, acts: int, seed: int) -> Outcome:
    """The same acts on two databases. Lost: a table, or the seal of the last act, that differs."""
    ends = []
    for url in (first, second):
        with at_work(url, Random(seed)) as (tracker, desk, _clock):
            for _ in range(acts):
                desk.act()
            ends.append((tables(tracker.database, versions=True), tracker.status().anchor))
    (here, anchor), (there, other) = ends
    return Outcome(acts, sum(here[name] != there[name] for name in here) + (anchor != other))


def differences(tracker: Tracker, moment: datetime, days: tuple[date, ...]) -> int:
    """On how many of the days a listing is not what a replay says."""
    said = replay.read(tracker.database)
    return sum(_listed(tracker, day) != _replayed(said, day, moment) for day in days)


def _listed(tracker: Tracker, day: date) -> dict[str, object]:
    with tracker.commitments.listing(as_of=day) as rows:
        return {view.ref: replay.fields_of(view) for view in rows}


def _replayed(said: list[replay.Said], day: date, moment: datetime) -> dict[str, object]:
    return {ref: replay.fields_said(fields) for ref, fields in replay.register(said, day, moment).items()}


def _made_again(database: Database) -> bool:
    """Whether all that is made from the entries of commitments is the same when it is made anew, in a copy."""
    if database.path is None:
        return True
    file = database.path.with_suffix(".again")
    shutil.copy(database.path, file)
    again = Database(f"sqlite:///{file}")
    with again.write() as session:
        derived = Derived(session)
        refs = session.query(models.Entry.ref).filter_by(subject="commitment").distinct().all()
        for (ref,) in refs:
            entries = chains.kept_entries(session, "commitment", ref)
            derived.rebuild(ref, entries, entries)
        derived.write_tally()
    same = tables(again, versions=True) == tables(database, versions=True)
    again.close()
    file.unlink()
    return same
