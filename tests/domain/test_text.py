"""Vietnamese text: one spelling in the register, a folded copy to search, a key to sort by."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.text import clean, fold, folded_words, has_marks, slug, sort_key, words

# A small dictionary in its order: the letters decide first (ă and â after a, đ after d), then the tones (none, huyền,
# hỏi, ngã, sắc, nặng).
DICTIONARY = [
    "a",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "an",
    "án",
    "ăn",
    "ằn",
    "ân",
    "ấn",
    "ba",
    "bà",
    "bả",
    "bã",
    "bá",
    "bạ",
    "ban",
    "bàn",
    "bản",
    "bạn",
    "bang",
    "băng",
    "bân",
    "ca",
    "cá",
    "cam",
    "dan",
    "dân",
    "đan",
    "đân",
    "em",
    "ên",
    "hà",
    "hạ",
    "hai",
    "hàn",
    "hạn",
    "hàng",
    "la",
    "là",
    "lá",
    "lan",
    "lăn",
    "lân",
    "ma",
    "mà",
    "mả",
    "mã",
    "má",
    "mạ",
    "nam",
    "năm",
    "no",
    "nô",
    "nơ",
    "phở",
    "quà",
    "sông",
    "sơn",
    "tu",
    "từ",
    "tử",
    "tự",
    "xe",
    "ý",
]


def test_a_list_is_in_the_order_of_a_vietnamese_dictionary() -> None:
    assert sorted(random.Random(1).sample(DICTIONARY, len(DICTIONARY)), key=sort_key) == DICTIONARY


def test_letters_that_share_a_shape_are_apart() -> None:
    expected = ["dan", "dân", "đan", "đân", "ê", "no", "nô", "nơ", "tu", "từ", "tử", "tự"]
    assert sorted(expected, key=sort_key) == expected


def test_a_tone_decides_only_between_words_with_the_same_letters() -> None:
    assert sorted(["bạn", "bản", "bàn", "bang", "ban"], key=sort_key) == ["ban", "bàn", "bản", "bạn", "bang"]
    assert sorted(["hạ tầng", "hà nội", "ha long"], key=sort_key) == ["ha long", "hà nội", "hạ tầng"]


def test_a_shorter_word_stands_before_a_longer_one_and_a_word_before_words() -> None:
    assert sorted(["Bộ Y tế", "Bộ", "Bội", "Bộ Xây dựng"], key=sort_key) == ["Bộ", "Bộ Xây dựng", "Bộ Y tế", "Bội"]


def test_the_ministries_stand_in_the_order_in_which_an_office_lists_them() -> None:
    expected = [
        "Ban Tuyên giáo",
        "Bộ Công Thương",
        "Bộ Giáo dục và Đào tạo",
        "Bộ Ngoại giao",
        "Bộ Quốc phòng",
        "Bộ Tài chính",
        "Bộ Xây dựng",
        "Đài Truyền hình",
        "Thành ủy Hà Nội",
        "Ủy ban nhân dân",
        "Văn phòng",
    ]
    assert sorted(expected, key=sort_key) == expected


@given(st.text(max_size=30))
def test_case_and_the_way_marks_are_written_do_not_change_the_place(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", clean(text))
    assert sort_key(clean(decomposed)) == sort_key(clean(text))
    assert sort_key(text).isascii()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường cao tốc", "duong cao toc"),
        ("ĐƯỜNG CAO TỐC", "duong cao toc"),
        ("Thủ đô Viêng Chăn", "thu do vieng chan"),
        ("Bộ Công Thương", "bo cong thuong"),
        ("Quỹ đỏ rực", "quy do ruc"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
    ],
)
def test_folding_drops_case_and_marks_and_makes_d_of_the_crossed_d(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded_words(folded_words(text)) == folded_words(text)


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("5 tỷ USD, (Hà Nội–Viêng Chăn): VL-2025-013_x") == [
        "5", "tỷ", "USD", "Hà", "Nội", "Viêng", "Chăn", "VL", "2025", "013", "x",
    ]  # fmt: skip
    assert folded_words("  Hà   Nội – “Viêng Chăn” ") == "ha noi vieng chan"
    assert words("…!?") == []


def test_marks_that_somebody_typed_are_noticed() -> None:
    assert has_marks("đường")
    assert has_marks("cao TỐC")
    assert not has_marks("duong cao toc")
    assert not has_marks("DUONG 5")


def test_a_key_is_made_from_a_name() -> None:
    assert slug("Bộ Công Thương") == "bo-cong-thuong"
    assert slug("  CHDCND Lào (Nhà nước) ") == "chdcnd-lao-nha-nuoc"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a\tb"),
        ("\x1b[31mđỏ\x1b[0m", "[31mđỏ[0m"),
        ("\x9b31m", "31m"),
        ("abc\u202edef\u2066ghi\u200b\ufeff", "abcdefghi"),
        ("\ud800a\udcff", "a"),
        ("a\x00b\x7f", "ab"),
        (unicodedata.normalize("NFD", "Việt Nam"), "Việt Nam"),
        ("  hai đầu  ", "hai đầu"),
    ],
)
def test_text_is_kept_without_what_a_terminal_would_obey(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_is_clean_and_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(char < " " and char not in "\n\t" for char in cleaned)
