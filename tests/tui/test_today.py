"""Today: sections in an order that explains itself, each line with its reason; what to do when there is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.desk import DAY, FixedSettings, Open, opened
from tracker.bootstrap import open_tracker
from tracker.domain.commands import RecordStatus, Seen
from tracker.domain.deadline import Deadline
from tracker.domain.history import Hand
from tracker.domain.register import Evidence
from tracker.domain.schedule import Schedule
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView, NextStep
from tracker.render import why
from tracker.tui.screens.detail import DetailRoom
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.screens.today import TodayRoom
from tracker.tui.widgets.detail_pane import DetailPane


async def test_the_interface_opens_on_what_needs_somebody(desk: Open) -> None:
    async with desk(room="today") as person:
        await person.at(TodayRoom)
        await person.sees("[Today]", "▾ Overdue · 4", "325 days late", "Our review is due", "review was due")
        current = person.rows.current
        assert current is not None
        assert current.ref == "VL-2025-026"
        await person.press("escape", "escape")
        await person.at(TodayRoom)


async def test_one_marked_as_done_waits_for_confirmation(desk: Open) -> None:
    async with desk((100, 30), room="today") as person:
        command = RecordStatus(
            commitments=(Seen(ref="VL-2026-001"),),
            status=Status.CLAIMED_DONE,
            note="They say so.",
            effective_on=date(2026, 10, 12),
        )
        person.app.changed(person.app.tracker.commitments.record_status(command, Hand("Lan", "tui", DAY)))
        await person.sees("Overdue · 3", "to be confirmed · 1", "claimed 40 days ago, unconfirmed")


async def test_a_section_folds_and_a_row_opens(desk: Open) -> None:
    async with desk(room="today") as person:
        await person.press("left")
        await person.sees("▸ Overdue · 4")
        assert "325 days late" not in person.screen
        await person.press("enter")
        await person.sees("325 days late")
        await person.press("down", "enter")
        await person.at(DetailRoom)
        await person.press("escape")
        await person.at(TodayRoom)
        assert person.rows.cursor == 1
    async with desk((160, 50), room="today") as person:
        await person.sees("Our side", "~Hà Nội")
        await person.press("enter")
        assert isinstance(person.app.focused, DetailPane)
        await person.press("escape")
        assert person.rows.has_focus


@pytest.mark.parametrize("key", ["slash", "f2"])
async def test_who_begins_to_look_for_something_is_in_the_registers_filter(desk: Open, key: str) -> None:
    async with desk(room="today") as person:
        await person.press(key)
        await person.at(RegisterRoom)
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("duong cao toc")
        await person.has_rows(1)
        await person.press("escape", "escape", "escape")
        await person.at(TodayRoom)


async def test_everything_of_today_can_be_selected(desk: Open) -> None:
    async with desk((100, 30), room="today") as person:
        await person.press("ctrl+a")
        await person.until(lambda: len(person.room.chosen()) == person.rows.selection.count > 30)
        await person.sees(f"{person.rows.selection.count} selected")
        await person.press("escape")
        await person.until(lambda: not person.rows.selection)


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_an_empty_day_and_an_empty_register_say_what_to_do(tmp_path: Path, language: str) -> None:
    settings = FixedSettings(f"sqlite:///{tmp_path / 'empty.sqlite'}", False, "Lan", "en", day=DAY)
    async with opened(settings, language=language, room="today") as person:
        await person.sees("tracker seed", "Insert")
    file = tmp_path / "quiet.sqlite"
    quiet = replace(settings, database=f"sqlite:///{file}")
    with open_tracker(quiet, may_create=True) as tracker:
        tracker.seeding.load(hand=tracker.hand("seed"))
        rows = tracker.commitments.page("is:open", as_of=DAY, offset=0, limit=100)
        done = RecordStatus(
            commitments=tuple(Seen(ref=row.ref) for row in rows),
            status=Status.DELIVERED,
            done="unknown",
            evidence=(Evidence(kind="link", value="https://example.org", tier=2),),
        )
        tracker.commitments.record_status(done, tracker.hand("cli"))
    async with opened(quiet, room="today", language=language) as person:
        await person.sees("F6", "F3")
        assert "tracker seed" not in person.screen


async def test_today_of_another_day(desk: Open) -> None:
    async with desk(room="today") as person:
        person.app.show_day(date(2026, 1, 10))
        await person.sees("10 Jan 2026", "10 days late")
        assert "review was due 174" not in person.screen


REASONS = [
    ("overdue", {"days_overdue": 289}, "289 days late"),
    ("claimed", {"status_since": date(2026, 10, 12)}, "claimed 40 days ago, unconfirmed"),
    ("claimed", {"status_since": DAY}, "claimed today, unconfirmed"),
    ("review", {"review_on": date(2026, 11, 9)}, "review was due 12 days ago"),
    (
        "follow_up",
        {"next": NextStep("call: ask for the plan", date(2026, 11, 5), "follow_up")},
        "call: ask for the plan: was planned for 5 Nov 2026",
    ),
    (
        "follow_up",
        {"next": NextStep("call: ask for the plan", DAY, "follow_up")},
        "call: ask for the plan: planned for today",
    ),
    (
        "follow_up",
        {"next": NextStep("call: ask for the plan", date(2026, 11, 5), "answer")},
        "answer awaited: call: ask for the plan: was due on 5 Nov 2026",
    ),
    (
        "follow_up",
        {"next": NextStep("call: ask for the plan", DAY, "answer")},
        "answer awaited: call: ask for the plan: due today",
    ),
    ("due", {"deadline": Deadline.of("2026-12-03")}, "ends in 12 days"),
    ("due", {"deadline": Deadline.of("2026-11-21")}, "ends today"),
    ("due", {"deadline": Deadline.of("2026-11-22")}, "ends tomorrow"),
    ("silent", {"silent_days": 120}, "no word for 120 days"),
]


@pytest.mark.parametrize(("section", "facts", "said"), REASONS, ids=[said for *_given, said in REASONS])
def test_each_line_says_why_it_is_here(section: str, facts: dict[str, object], said: str) -> None:
    assert why(section, replace(COMMITMENT, **facts), DAY) == said


COMMITMENT = CommitmentView(
    ref="VL-2025-001",
    title=None,  # type: ignore[arg-type]
    statement=None,  # type: ignore[arg-type]
    kind="project",
    sector="other",
    instrument="other",
    strength="agreed",
    status=Status.IN_PROGRESS,
    status_since=DAY,
    done=None,
    schedule=Schedule.IN_WINDOW,
    days_overdue=None,
    days_past_baseline=None,
    moves=0,
    deadline=None,
    baseline=None,
    review_on=None,
    review_overdue=False,
    replaced_by=None,
    evidence_tier=0,
    last_update=DAY,
    silent_days=0,
    version=1,
)


async def test_in_a_narrow_terminal_the_reason_stays_and_the_lead_gives_way(desk: Open) -> None:
    async with desk((60, 20), room="today") as person:
        await person.sees("Why here", "289 days")
        assert "Lead" not in person.screen
