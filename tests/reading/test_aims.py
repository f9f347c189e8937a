"""Which measured series an amount is aimed at: only what its sentence names whole."""

from __future__ import annotations

import pytest

from tracker.domain.register import Words
from tracker.reading.aims import Series, aimed_at

TRADE = Series("trade", Words(vi="Kim ngạch thương mại Việt Nam - Lào", en="Viet Nam - Laos trade"), "USD")
ADDED_UP = Series(
    "added-up", Words(vi="Kim ngạch thương mại Việt Nam - Lào cộng dồn nhiều năm", en="Added up trade"), "USD"
)
WITH_JAPAN = Series("japan", Words(vi="Kim ngạch thương mại Việt Nam - Nhật Bản", en="Viet Nam - Japan trade"), "USD")
GROWTH = Series("growth", Words(vi="Tăng kim ngạch thương mại Việt Nam - Lào", en=""), "percent")
KNOWN = (TRADE, ADDED_UP, WITH_JAPAN, GROWTH)
BOTH = ("Việt Nam", "Viet Nam", "Lào", "Laos")


@pytest.mark.parametrize(
    ("sentence", "unit", "meant"),
    [
        ("Hai bên nhất trí đưa kim ngạch thương mại sớm đạt 5 tỷ USD", "USD", TRADE),
        ("Đưa KIM NGẠCH thương mại hai chiều lên 5 tỷ", "USD", TRADE),
        ("Kim ngạch thương mại cộng dồn trong nhiều năm đạt 8 tỷ USD", "USD", ADDED_UP),
        ("Raise bilateral trade to USD 5 billion", "USD", TRADE),
        ("Tăng kim ngạch thương mại 10%", "percent", GROWTH),
        ("Đưa kim ngạch thương mại lên 5 tỷ kíp", "LAK", None),
        ("Đầu tư 5 tỷ USD", "USD", None),
    ],
)
def test_every_word_of_its_name_is_said(sentence: str, unit: str, meant: Series | None) -> None:
    assert aimed_at(sentence, unit, BOTH, KNOWN) == meant


def test_nobody_chooses_between_two_that_say_as_much() -> None:
    twin = Series("twin", TRADE.name, "USD")
    assert aimed_at("kim ngạch thương mại 5 tỷ USD", "USD", BOTH, (TRADE, twin)) is None


def test_a_series_named_by_its_parties_alone_is_not_meant() -> None:
    bare = Series("bare", Words(vi="Việt Nam - Lào", en="Viet Nam - Laos"), "USD")
    assert aimed_at("Lào cam kết 5 tỷ USD", "USD", BOTH, (bare,)) is None
