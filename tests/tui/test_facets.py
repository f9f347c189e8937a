"""The values to filter by: they follow the filter, and what is chosen stands in the filter line as one would type it."""

from __future__ import annotations

import pytest

from tests.tui.desk import Open, Person
from tracker.tui.widgets.facet_pane import FacetPane


def facets(person: Person) -> FacetPane:
    return person.app.register_room.query_one(FacetPane)


async def test_values_stand_beside_a_wide_list_and_over_a_narrow_one(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await person.sees("Filter by", "Newly recorded          32", "Laos")
        await person.press("v", "f")
        await person.until(lambda: "Filter by" not in person.screen)
        await person.press("v", "f")
        await person.sees("Filter by")
    async with desk() as person:
        assert "Filter by" not in person.screen
        await person.press("f", "s")
        await person.sees("Filter by", "Newly recorded")
        assert facets(person).has_focus
        await person.press("escape")
        await person.until(lambda: "Filter by" not in person.screen)
        assert person.rows.has_focus


async def test_a_value_goes_into_the_filter_line_and_out_again(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await person.sees("In progress", "Laos")
        await person.press("f", "s", "enter")
        await person.until(lambda: person.filter_line.value == "status:recorded")
        await person.has_rows(32)
        await person.sees("■ Newly recorded")
        # Values of the same field may be added: they are still counted, those of others follow.
        await person.until(lambda: "In progress              3" in person.screen)
        await person.press("down", "space")
        await person.until(lambda: person.filter_line.value == "status:recorded,in_progress")
        await person.has_rows(35)
        await person.press("up", "enter")
        await person.has_rows(3)
        assert person.filter_line.value == "status:in_progress"


async def test_a_party_with_a_name_is_one_that_the_language_takes(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await person.sees("Laos")
        await person.press("f", "a", "enter")
        await person.until(lambda: person.filter_line.value.startswith("lead:"))
        await person.has_rows(14)
        await person.press("down", "enter")
        await person.has_rows(20)
        await person.press("f", "x")
        await person.has_rows(37)
        assert not person.filter_line.value


async def test_what_nothing_matches_can_still_be_taken_out(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await person.press("f2")
        await person.write("is:overdue status:delivered")
        await person.has_rows(0)
        await person.press("enter")
        await person.sees("Nothing matches", "■ Delivered")
        await person.press("f", "s")
        await person.until(lambda: facets(person).has_focus)
        place = next(
            line
            for line in range(facets(person).length)
            if "Delivered" in "".join(part for part, _tone in facets(person).row_parts(line, 34))
        )
        facets(person).cursor = place
        await person.press("enter")
        await person.has_rows(4)
        assert person.filter_line.value == "is:overdue"


async def test_a_click_chooses_a_value(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await person.sees("In progress              3")
        line = next(n for n, text in enumerate(person.screen.splitlines()) if "In progress              3" in text)
        await person.pilot.click(offset=(6, line))
        await person.until(lambda: person.filter_line.value == "status:in_progress")
        await person.has_rows(3)


async def test_a_filter_with_an_open_quote_is_explained_and_stays(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await person.sees("In progress")
        await person.press("f2")
        await person.write('lao "rail')
        await person.press("enter", "f", "s", "enter")
        await person.sees("quotation mark")
        assert person.filter_line.value == 'lao "rail'


@pytest.mark.parametrize(("keys", "query", "count"), [("fo", "is:overdue", 4), ("fr", "is:review", 29)])
async def test_what_many_ask_is_two_letters_away(desk: Open, keys: str, query: str, count: int) -> None:
    async with desk() as person:
        await person.press(*keys)
        await person.has_rows(count)
        assert person.filter_line.value == query


async def test_values_are_asked_for_after_the_rows_and_never_for_rows_that_are_gone(desk: Open) -> None:
    async with desk((160, 50)) as person:
        await person.sees("Laos")
        asked: list[str] = []
        commitments = person.app.tracker.commitments
        facet, page = commitments.facet, commitments.page
        vars(commitments)["facet"] = lambda *given, **named: asked.append("facet") or facet(*given, **named)
        vars(commitments)["page"] = lambda *given, **named: asked.append("page") or page(*given, **named)
        await person.press("f2", *"is:overdue")
        await person.has_rows(4)
        await person.settles()
        assert asked[-6:] == ["facet"] * 6
        assert asked.count("facet") < 6 * len("is:overdue")
