"""Paragraphs and sentences of Vietnamese articles, found where they stand in the file."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reading.sentences import is_whole_sentences, paragraph_span, paragraphs, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["Hai bên đã họp.", "Hai bên nhất trí mở đường bay."],
        ["Ai đi trước?", "Ai đi sau!", "Cùng đi…", "Hết."],
        # Abbreviations, titles, initials, numbers.
        ["Đoàn thăm TP. Hồ Chí Minh.", "Đoàn gặp GS. TS. Nguyễn Văn A ở đó."],
        ["Tp. Huế đón khách.", "Tham dự có PGS. Lê B. và ThS. Trần C. cùng đoàn."],
        ["Mr. Smith và Dr. Lê Minh đến dự.", "St. Petersburg gửi điện mừng."],
        ["Kim ngạch đạt 2.250 triệu USD, tăng 1.5 lần.", "Năm 2026 sẽ hơn."],
        ["Hai bên ký ngày 5.2.2026.", "12 văn kiện được ký."],
        ["Gồm cầu, đường, v.v. và cửa khẩu.", "Xong."],
        ["1. Mở đường bay.", "Hai bên giao hai Bộ làm."],
        ["IV. Tổ chức thực hiện.", "Hai bên phân công."],
        # Quotations: the mark that ends them belongs to the sentence.
        ["“Chúng tôi sẽ làm.”", "Ông nói vậy."],
        ["Ông nói: “Chúng tôi sẽ làm”.", "“Chắc chắn!”", "Bà đáp."],
        ["“Chúng tôi sẽ xây cầu,” ông nói.", "Bà gật đầu."],
        ["Hai nước (Việt Nam và Lào.)", "(Ảnh: báo)"],
        # An ellipsis inside a sentence does not end it.
        ["Có điện, đường, trường, trạm… và chợ.", "Đủ cả."],
        ["Hợp tác ... sẽ được mở rộng.", "Tốt."],
        # A caption without a full stop, a heading, one word.
        [["Hai Tổng Bí thư tại lễ ký", "Ảnh: TTXVN"][0] + ".", "Ảnh: TTXVN"],
        ["Đường bay, cầu và chợ"],
        ["Hết."],
    ],
    ids=lambda expected: expected[0][:20],
)
def test_a_paragraph_is_cut_into_its_sentences(expected: list[str]) -> None:
    assert cut(" ".join(expected)) == expected


def test_a_number_with_a_point_at_the_end_of_a_sentence_still_ends_it() -> None:
    assert cut("Mục tiêu là năm 2030. Hai bên sẽ cố gắng.") == ["Mục tiêu là năm 2030.", "Hai bên sẽ cố gắng."]


def test_paragraphs_are_the_lines_that_say_something_trimmed() -> None:
    text = "\n\n  Một.  \n\t\nHai. Ba.\r\n   \n Bốn"
    assert [text[start:end] for start, end in paragraphs(text)] == ["Một.", "Hai. Ba.", "Bốn"]
    assert paragraph_span(text, 2) == (text.index("Hai"), text.index("Ba.") + 3)
    assert paragraph_span(text, 0) is None
    assert paragraph_span(text, 4) is None
    assert paragraph_span("", 1) is None


@pytest.mark.parametrize("header", ["date 2025-12-02 ", "date 2025-12\t", "date 2026  "])
def test_a_date_that_a_collection_put_in_front_is_no_part_of_the_first_sentence(header: str) -> None:
    text = f"{header}Hai bên đã họp. Tốt.\nHết."
    span = paragraph_span(text, 1)
    assert span is not None
    assert text[span[0] : span[1]] == "Hai bên đã họp. Tốt."
    assert is_whole_sentences(text, 1, span[0], text.index(" Tốt"))
    assert not is_whole_sentences(text, 1, 0, text.index(" Tốt"))


def test_only_the_front_of_the_file_has_such_a_header() -> None:
    text = "Một.\ndate 2025-12-02 là ngày ký."
    span = paragraph_span(text, 2)
    assert span is not None
    assert text[span[0] : span[1]] == "date 2025-12-02 là ngày ký."


def test_whole_sentences_are_told_from_parts_of_them() -> None:
    text = "Một hai. Ba bốn. Năm sáu.\nBảy."
    assert is_whole_sentences(text, 1, 0, 8)
    assert is_whole_sentences(text, 1, 9, 25)
    assert is_whole_sentences(text, 1, 0, 25)
    assert is_whole_sentences(text, 2, 26, 30)
    for start, end in ((0, 7), (1, 8), (0, 12), (4, 16), (8, 16), (0, 30), (16, 9)):
        assert not is_whole_sentences(text, 1, start, end), (start, end)
    assert not is_whole_sentences(text, 2, 0, 8)
    assert not is_whole_sentences(text, 3, 26, 30)


pieces = st.sampled_from(
    [
        "Hai bên",
        "họp",
        "TP.",
        "Huế",
        "2.250",
        "5.",
        "…",
        "...",
        ".",
        "!”",
        "“",
        "”",
        "(",
        ")",
        " ",
        "  ",
        "\n",
        "đã",
        "Ông",
        "A.",
    ]
)


@given(st.lists(pieces, max_size=25).map(" ".join) | st.text(max_size=60))
def test_sentences_fill_each_paragraph_in_order_and_leave_out_only_space(text: str) -> None:
    for number, (start, end) in enumerate(paragraphs(text), 1):
        assert paragraph_span(text, number) == (start, end)
        assert start < end
        assert "\n" not in text[start:end]
        found = list(sentences(text, start, end))
        assert found[0][0] == start
        assert found[-1][1] == end
        for (_, before), (after, _) in itertools.pairwise(found):
            assert before <= after
            assert not text[before:after].strip()
        assert all(text[first:last] == text[first:last].strip() for first, last in found)
        assert is_whole_sentences(text, number, start, end)
