"""A choice among values changes the text of a query so that a person could have typed it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.query import parse_query
from tracker.domain.refine import toggled, values_in, without
from tracker.errors import BadQuery


@pytest.mark.parametrize(
    ("text", "name", "value", "after"),
    [
        ("", "status", "recorded", "status:recorded"),
        ("lao", "status", "recorded", "lao status:recorded"),
        ("status:recorded lao", "status", "partial", "status:recorded,partial lao"),
        ("lao status:recorded,partial  ray", "status", "recorded", "lao status:partial ray"),
        ("status:recorded", "status", "recorded", ""),
        ("STATUS:recorded x", "status", "recorded", "x"),
        ("", "lead", '"Bộ Công Thương"', 'lead:"Bộ Công Thương"'),
        ('lead:"Bộ A" x', "lead", "moit", '(lead:"Bộ A" OR lead:"moit") x'),
        ('(lead:"Bộ A" OR lead:"moit") x', "lead", '"Bộ B"', '(lead:"Bộ A" OR lead:"moit" OR lead:"Bộ B") x'),
        ('(lead:"Bộ A" OR lead:"moit") x', "lead", '"Bộ A"', "lead:moit x"),
        ('lead:"A, B"', "lead", '"A, B"', ""),
        ("a OR b", "sector", "border", "(a OR b) sector:border"),
        ("-sector:border", "sector", "border", "-sector:border sector:border"),
        ("-(sector:border) x", "sector", "border", "-(sector:border) x sector:border"),
        ("(sector:border x)", "sector", "border", "(sector:border x) sector:border"),
        ("(sector:border OR (lead:x OR lead:y))", "lead", "x", "(sector:border OR (lead:x OR lead:y)) lead:x"),
    ],
)
def test_a_value_is_added_and_taken_away(text: str, name: str, value: str, after: str) -> None:
    assert toggled(text, name, value) == after
    parse_query(after)


NAMES = st.sampled_from(["bo-cong-thuong", '"Bộ Công Thương"', '"A, B"', "recorded", '"(x)"'])


@given(st.lists(st.tuples(st.sampled_from(["lead", "doc", "tag"]), NAMES), max_size=8), st.sampled_from(["", "a OR b"]))
def test_what_is_chosen_stands_in_the_query_and_goes_again(choices: list[tuple[str, str]], text: str) -> None:
    chosen: set[tuple[str, str]] = set()
    for name, value in choices:
        text = toggled(text, name, value)
        parse_query(text)
        chosen ^= {(name, value.strip('"'))}
        assert {(each, there) for each in ("lead", "doc", "tag") for there in values_in(text, each)} == chosen
    for name in ("lead", "doc", "tag"):
        assert not values_in(without(text, name), name)


def test_what_is_asked_of_other_fields_stays() -> None:
    assert without("x status:recorded lead:a status:partial", "status") == "x lead:a"
    assert without("x OR status:recorded", "status") == "x OR status:recorded"


def test_an_open_quote_is_told() -> None:
    with pytest.raises(BadQuery):
        toggled('lao "rail', "status", "recorded")
