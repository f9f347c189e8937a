"""What others change is seen at once, and so is a new day; what takes long says so and can be given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event
from time import monotonic
from typing import Any

from tests.tui.desk import DAY, FixedSettings, Open, Person, opened
from tests.tui.test_history import mark
from tracker.domain.status import Status
from tracker.tui.screens.day import DayDialog
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.screens.register import RegisterRoom
from tracker.tui.widgets.bars import Notice
from tracker.tui.widgets.commitment_list import CommitmentList


async def test_a_colleagues_change_is_on_the_screen_and_the_cursor_stays(seeded: FixedSettings) -> None:
    async with opened(seeded) as person:
        await person.press("down", "down")
        chosen = person.rows.current
        assert chosen is not None
        mark(person, chosen.ref, "Begun.")
        await person.until(
            lambda: person.rows.current and person.rows.current.status is Status.IN_PROGRESS, "the change"
        )
        assert person.rows.current is not None
        assert (person.rows.cursor, person.rows.current.ref) == (2, chosen.ref)


async def test_a_room_that_is_covered_reads_again_on_the_way_back(desk: Open) -> None:
    async with desk() as person:
        first = person.rows.current
        assert first is not None
        await person.press("g", "h")
        await person.until(lambda: person.app.screen is not person.app.register_room)
        mark(person, first.ref, "Begun.", "Minh")
        await person.sees("Minh")
        await person.press("escape")
        await person.until(lambda: person.rows.current and person.rows.current.version > first.version, "the change")


async def test_an_open_form_is_told_and_keeps_its_text(desk: Open) -> None:
    async with desk((100, 40)) as person:
        await person.press("f4")
        dialog = await person.at(MarkDialog)
        await person.until(lambda: person.form.status.editor.has_focus, "the form")
        person.form.note.editor.focus()
        await person.until(lambda: person.form.note.editor.has_focus)
        await person.write("Hai gói thầu")
        (ref,) = dialog.about
        mark(person, ref, "Faster.")
        await person.hears(f"Minh has changed {ref} meanwhile")
        assert person.form.note.editor.text == "Hai gói thầu"


async def test_our_own_act_is_read_once_to_see_where_it_stands(desk: Open) -> None:
    async with desk() as person:
        ref = person.rows.current.ref if person.rows.current else ""
        asked: list[str] = []
        commitments = person.app.tracker.commitments
        page = commitments.page

        def noted(query: str = "", **named: Any) -> Any:
            asked.append(query)
            return page(query, **named)

        vars(commitments)["page"] = noted
        person.app.changed(mark(person, ref, "Ours."))
        await person.pilot.pause(0.6)
        # Once in the room that is seen; one that is covered reads again on the way back.
        assert asked == [""]
        assert person.rows.current is not None
        assert person.rows.current.status is Status.IN_PROGRESS


async def test_the_listener_ends_with_the_interface(desk: Open) -> None:
    async with desk() as person:
        listener = person.app._listener
        assert listener is not None
        assert listener.is_alive()
        begun = monotonic()
        person.app.close_tracker()
        assert not listener.is_alive()
        assert monotonic() - begun < 5
        person.app.exit()


async def test_after_midnight_today_is_another_day(desk: Open) -> None:
    async with desk((100, 30)) as person:
        await person.sees("21 Nov 2026")
        person.app.settings = replace(person.app.settings, day=DAY + timedelta(days=1))
        person.app.look_at_the_calendar()
        await person.sees("22 Nov 2026")
        await person.until(lambda: person.rows.as_of == DAY + timedelta(days=1), "the rows of the new day")
        assert person.app.shows_today


async def test_from_another_day_another_one_is_asked_for(desk: Open) -> None:
    async with desk((100, 30)) as person:
        person.app.show_day(DAY.replace(day=1))
        await person.press("f6")
        dialog = await person.at(DayDialog)
        await person.press("ctrl+f")
        assert person.app.screen is dialog
        await person.write("2026-10-01")
        await person.press("f9")
        await person.sees("You look at the register of 1 Oct 2026")
        await person.press("v", "b")
        room = await person.at(RegisterRoom)
        await person.until(lambda: not room.query_one("#banner", Notice).said)


# What takes long


async def slowly(person: Person, name: str = "page") -> tuple[Event, CommitmentList]:
    """From now on the register answers when it is told to."""
    may_answer, commitments = Event(), person.app.tracker.commitments
    answer = getattr(commitments, name)

    def slow(*given: Any, **named: Any) -> Any:
        assert may_answer.wait(15)
        return answer(*given, **named)

    vars(commitments)[name] = slow
    return may_answer, person.rows


async def test_what_takes_long_says_so_and_ends_on_esc(desk: Open) -> None:
    async with desk((120, 30)) as person:
        may_answer, rows = await slowly(person)
        generation = rows.generation
        await person.press("f2")
        await person.write("lao")
        await person.sees("working … Esc gives up")
        await person.press("escape")
        await person.sees("Given up.")
        assert "working" not in person.screen
        may_answer.set()
        await person.pilot.pause(0.2)
        assert rows.generation == generation
        assert person.app.is_running


async def test_an_answer_takes_the_notice_away(desk: Open) -> None:
    async with desk((120, 30)) as person:
        may_answer, rows = await slowly(person)
        generation = rows.generation
        await person.press("f5")
        await person.sees("working …")
        may_answer.set()
        await person.until(lambda: rows.generation > generation and "working" not in person.screen)


async def test_a_question_that_was_replaced_is_not_waited_for(desk: Open) -> None:
    async with desk((160, 50)) as person:
        for _time in range(20):
            person.app.register_room.action_read_again()
            person.app.register_room.action_read_again()
        await person.pilot.pause(0.8)
        assert not person.app.register_room.is_late
        await person.press("f2")
        await person.write("lao")
        await person.press("escape")
        assert "Given up" not in person.screen


async def test_an_act_is_heard_out(desk: Open) -> None:
    async with desk((120, 40)) as person:
        may_answer, _rows = await slowly(person, "record_status")
        await person.press("f4")
        dialog = await person.at(MarkDialog)
        await person.until(lambda: person.form.status.editor.has_focus, "the form")
        person.form.status.editor.value = Status.IN_PROGRESS
        person.form.note.editor.focus()
        await person.pilot.pause()
        await person.write("Begun.")
        await person.press("f9")
        await person.until(lambda: dialog.is_late)
        await person.press("escape")
        assert person.app.screen is dialog
        may_answer.set()
        await person.at(RegisterRoom)
        await person.hears("is marked")
