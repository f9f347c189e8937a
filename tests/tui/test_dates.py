"""The date field reads what the domain reads, says so as it is typed, and has a calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.desk import DAY, Open, Person
from tracker.domain.deadline import FIRST_DAY, LAST_DAY, Precision, ReviewPolicy, read_deadline, read_done, read_period
from tracker.domain.status import Status
from tracker.errors import BadDate
from tracker.i18n import use_language
from tracker.tui.dates import DateKind, told
from tracker.tui.screens.calendar import CalendarDialog
from tracker.tui.screens.mark import MarkDialog
from tracker.tui.widgets.calendar import Calendar, spelled
from tracker.tui.widgets.date_field import Opener

NUMBERS = st.integers(0, 40).map(str) | st.integers(1900, 2110).map(str) | st.integers(1, 12).map(lambda n: f"{n:02d}")
PIECES = st.sampled_from(
    ["-", "/", ".", "..", "Q", "H", "W", " ", "năm ", "quý ", "tháng ", "ngày ", "đến ", "trước ", "cuối ", "sớm"]
)
TYPED = st.lists(NUMBERS | PIECES, max_size=8).map("".join) | st.dates().map(str) | st.text(max_size=12)


@given(TYPED, st.sampled_from(["vi", "en"]))
def test_the_reading_is_the_domains(typed: str, language: str) -> None:
    use_language("vi" if language == "vi" else "en")

    def domain(kind: DateKind) -> str | None:
        try:
            match kind:
                case DateKind.DONE:
                    return read_done(typed, language)
                case DateKind.DEADLINE:
                    return read_deadline(typed, language)[0].period.value
                case DateKind.PERIOD:
                    period = read_period(typed, language).period
                    return None if period.precision is Precision.NONE else period.value
                case DateKind.DAY:
                    period = read_period(typed, language).period
                    one = period.precision is Precision.DAY and period.start
                    return period.value if one and FIRST_DAY <= one <= LAST_DAY else None
        except BadDate:
            return None

    for kind in DateKind:
        found = told(kind, typed, words="", policy=ReviewPolicy(), since=DAY)
        assert found.value == domain(kind)
        assert found.said


@pytest.mark.parametrize(
    ("language", "kind", "typed", "said"),
    [
        ("vi", DateKind.DAY, "5/12/2026", "Read as 05/12/2026, day first."),
        ("en", DateKind.DAY, "5/12/2026", "can be read in two ways"),
        ("en", DateKind.DAY, "25/12/2026", "Read as 25 Dec 2026."),
        ("en", DateKind.DAY, "2026-Q4", "is not one day"),
        ("en", DateKind.DAY, "1/2/27", "write the year with four digits"),
        ("en", DateKind.PERIOD, "20 Nov 2026", "Read as 20 Nov 2026."),
        ("en", DateKind.PERIOD, "none", "A day or a period is needed"),
        ("en", DateKind.DONE, "không rõ", "It is done; the day is not known."),
        ("en", DateKind.DEADLINE, "2027", "Read as 2027, until 31 Dec 2027."),
        ("en", DateKind.DEADLINE, "đầu năm 2027", "Read as Q1 2027, until 31 Mar 2027, by the rule of the house."),
        ("en", DateKind.DEADLINE, "trước năm 2030", "Read as by 31 Dec 2029"),
        ("en", DateKind.DEADLINE, "sớm", "No deadline. By the rule of the house we look again on 19 Feb 2027."),
        ("en", DateKind.DEADLINE, "trong thời gian tới", "we look again on 20 May 2027."),
        ("en", DateKind.DEADLINE, "none", "No deadline."),
        ("en", DateKind.DEADLINE, "2026-02-30", "is a day that does not exist"),
    ],
)
def test_what_is_said_of_it(language: str, kind: DateKind, typed: str, said: str) -> None:
    english = {"05/12/2026": "5 Dec 2026"}
    use_language("vi" if language == "vi" else "en")
    found = told(kind, typed, words="", policy=ReviewPolicy(), since=DAY)
    use_language("en")
    if language == "vi":
        assert "05/12/2026" in found.said
        assert found.value == "2026-12-05"
    else:
        assert english.get(said, said) in found.said


def test_the_words_of_the_source_decide_when_the_house_looks_again() -> None:
    soon = told(DateKind.DEADLINE, "none", words="sớm hoàn thành", policy=ReviewPolicy(soon=10), since=DAY)
    assert "1 Dec 2026" in soon.said


@given(st.dates(), st.sampled_from([Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR]))
def test_what_is_chosen_on_a_calendar_holds_its_day(day: date, unit: Precision) -> None:
    from tracker.domain.deadline import parse_period

    period = parse_period(spelled(day, unit))
    assert period.precision is unit
    assert period.start is not None
    assert period.end is not None
    assert period.start <= day <= period.end


async def at_the_review(person: Person) -> None:
    await person.press("f4")
    await person.at(MarkDialog)
    await person.until(lambda: person.form.status.editor.has_focus, "the form")
    person.form.status.editor.value = Status.SUSPENDED
    await person.pilot.pause()
    person.form.review.editor.focus()


@pytest.mark.parametrize("key", ["f4", "down", "ctrl+@"])
async def test_the_calendar_opens_without_a_letter_and_writes_what_is_chosen(desk: Open, key: str) -> None:
    async with desk() as person:
        await at_the_review(person)
        await person.press(key)
        await person.at(CalendarDialog)
        await person.sees("November 2026", "Mo", "Su")
        await person.press("down", "right", "pagedown", "enter")
        await person.at(MarkDialog)
        assert person.form.review.editor.value == "2026-12-29"
        assert person.form.review.said == "Read as 29 Dec 2026."
        await person.press(key)
        await person.at(CalendarDialog)
        await person.sees("December 2026")
        await person.press("home", "escape")
        await person.at(MarkDialog)
        assert person.form.review.editor.value == "2026-12-29"


async def test_the_calendar_chooses_months_quarters_and_years(desk: Open) -> None:
    async with desk((80, 24), "vi") as person:
        await person.press("f4")
        await person.at(MarkDialog)
        await person.until(lambda: person.form.status.editor.has_focus, "the form")
        person.form.status.editor.value = Status.DELIVERED
        await person.pilot.pause()
        person.form.done.editor.focus()
        for tabs, value in [(1, "2026-11"), (2, "2026-Q4"), (3, "2026")]:
            person.form.done.editor.value = ""
            await person.press("f4")
            calendar = (await person.at(CalendarDialog)).query_one(Calendar)
            await person.press(*["f4"] * tabs)
            assert calendar.value == value
            await person.press("enter")
            await person.at(MarkDialog)
            assert person.form.done.editor.value == value


async def test_the_mouse_chooses_a_day(desk: Open) -> None:
    async with desk() as person:
        await at_the_review(person)
        await person.pilot.click(person.form.review.query_one(Opener))
        await person.at(CalendarDialog)
        await person.sees("November 2026")
        # 1 November 2026 is a Sunday: the second line begins with Monday the 2nd.
        await person.pilot.click("Calendar", offset=(3, 4))
        await person.at(MarkDialog)
        assert person.form.review.editor.value == "2026-11-02"


async def test_the_calendar_ends_where_the_years_end(desk: Open) -> None:
    async with desk() as person:
        await at_the_review(person)
        person.form.review.editor.value = "2999-12-30"
        await person.press("f4")
        calendar = (await person.at(CalendarDialog)).query_one(Calendar)
        await person.press("right", "right", "down", "pagedown", "enter")
        assert calendar.value == "2999-12-31"
