"""Backups that are made by themselves: when they are expected, never when not, and thinned as they grow old."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.factories import a_hand, adding, marking
from tests.services.small_seeds import SEED, Write
from tracker.bootstrap import Tracker, open_tracker
from tracker.domain.backup import BackupPolicy
from tracker.services.backups import Backup, kept_of


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("tracker.bootstrap._now", made)
    return made


@pytest.fixture
def opened(loaded: Tracker, clock: Clock) -> Tracker:
    """The register with the small set of seeds, as a command or the interface opens it."""
    loaded.keep_copies()
    return loaded


def whys(tracker: Tracker) -> list[str]:
    return [backup.why for backup in tracker.backups.listing()]


def work(tracker: Tracker) -> None:
    tracker.commitments.record_status(marking("in_progress", "VL-2026-001", note="họp"), a_hand())


def test_the_first_act_of_a_day_is_preceded_by_a_copy_and_looking_never(
    opened: Tracker, clock: Clock, home: Path, engine_name: str
) -> None:
    before = opened.status()
    opened.library.parties()
    assert not list(home.rglob("*.sqlite"))
    work(opened)
    work(opened)
    if engine_name == "postgresql":
        # A server's keeper makes them; a desk does not fetch the whole register.
        assert whys(opened) == []
        return
    (first,) = opened.backups.listing()
    assert (first.why, before.anchor.startswith(first.anchor)) == ("daily", True)
    assert home in first.file.parents
    assert first.file.parent.stat().st_mode & 0o777 == 0o700
    clock.at += timedelta(days=1)
    again = open_tracker(opened.settings)
    work(again)
    assert whys(again) == ["daily", "daily"]
    # Whoever leaves it open has a copy of each day too.
    clock.at += timedelta(days=1)
    work(again)
    work(again)
    assert whys(again) == ["daily"] * 3
    again.close()


def test_imports_and_acts_on_many_are_preceded_by_a_copy(
    opened: Tracker, clock: Clock, write: Write, engine_name: str
) -> None:
    if engine_name == "postgresql":
        return
    refs = [f"VL-2024-{number:03d}" for number in range(101)]
    for ref in refs:
        opened.commitments.add(adding(ref, sources=opened_sources(opened)), a_hand())
    clock.at += timedelta(minutes=1)
    opened.commitments.record_status(marking("in_progress", *refs[:100], note="họp"), a_hand())
    assert whys(opened) == ["daily"]
    opened.commitments.record_status(marking("in_progress", *refs, note="họp"), a_hand())
    assert whys(opened) == ["batch", "daily"]
    clock.at += timedelta(minutes=1)
    opened.seeding.load(write(), hand=SEED)
    assert whys(opened) == ["import", "batch", "daily"]
    # Nothing has changed since: another copy would be the same.
    clock.at += timedelta(minutes=1)
    opened.seeding.load(write(), hand=SEED)
    assert whys(opened) == ["import", "batch", "daily"]
    assert opened.said_of_copies() == []


def opened_sources(tracker: Tracker) -> tuple[object, ...]:
    from tests.factories import a_citation

    return (a_citation(tracker.library.documents()[0].sha256),)


def test_a_large_register_is_not_copied_unasked_and_that_is_said_once_a_day(
    opened: Tracker, clock: Clock, engine_name: str
) -> None:
    opened.settings = replace(opened.settings, backup=BackupPolicy(largest=0))
    work(opened)
    said = [remark.code for remark in opened.said_of_copies()]
    assert whys(opened) == []
    assert said == ([] if engine_name == "postgresql" else ["backup_too_large"])
    opened.keep_copies()
    work(opened)
    assert opened.said_of_copies() == []
    file, proved = opened.backups.asked()
    assert file.exists()
    assert (proved.anchor, proved.whole) == (opened.status().anchor, True)
    assert whys(opened) == ["asked"]
    # A second one in the same second has a name of its own.
    assert opened.backups.asked()[0] != file
    assert whys(opened) == ["asked", "asked"]


def test_a_copy_of_what_does_not_hold_takes_the_place_of_no_other(opened: Tracker) -> None:
    good, _ = opened.backups.asked()
    with opened.database.write() as session:
        session.execute(text("UPDATE commitment SET status = 'withdrawn' WHERE ref = 'VL-2026-001'"))
    damaged, proved = opened.backups.asked()
    assert not proved.good
    assert damaged.exists()
    assert [backup.file for backup in opened.backups.listing()] == [good]


def test_a_copy_that_cannot_be_made_keeps_nobody_from_work(opened: Tracker, home: Path, engine_name: str) -> None:
    (home / ".local").write_text("no folder")
    work(opened)
    assert opened.status().acts == 2
    said = [remark.code for remark in opened.said_of_copies()]
    assert said == ([] if engine_name == "postgresql" else ["backup_failed"])


def test_copies_are_thinned_to_days_weeks_and_months() -> None:
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)
    hours = [now - timedelta(hours=6 * number) for number in range(4 * 800)]
    backups = [Backup(Path(f"{at:%Y%m%d%H}"), at, 1, "a" * 12, "daily") for at in hours]
    asked = Backup(Path("before"), now - timedelta(days=900), 1, "a" * 12, "migration")
    kept = kept_of([*backups, asked], BackupPolicy(), now, lambda at: at.date().isoformat())
    assert asked in kept
    days = {backup.at.date() for backup in kept}
    assert {now.date() - timedelta(days=number) for number in range(7)} <= days
    assert (
        len({at.strftime("%G-%V") for at in days} & {(now - timedelta(weeks=n)).strftime("%G-%V") for n in range(4)})
        == 4
    )
    assert len({at.strftime("%Y-%m") for at in days}) == 13
    # All of two days, and one of each older span.
    assert len(kept) < 8 + 7 + 4 + 12 + 1
    newest = max(backup.at for backup in backups if backup.at.date() == now.date() - timedelta(days=5))
    assert any(backup.at == newest for backup in kept)
