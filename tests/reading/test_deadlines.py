"""Which dates of a sentence are its deadlines, and what days they mean."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.deadline import Certainty
from tracker.reading.deadlines import deadlines, in_cell, undated
from tracker.reading.spelling import shadow

PUBLISHED = date(2025, 12, 2)


def found(sentence: str, *, published: date = PUBLISHED, directive: bool = False) -> list[tuple[str, str]]:
    text = shadow(sentence)
    dated = deadlines(text, 0, len(text.text), published, directive=directive)
    return [(one.deadline.value, one.deadline.text) for one in dated]


@pytest.mark.parametrize(
    ("sentence", "value", "words"),
    [
        ("Hoàn thành trước ngày 30/6/2026.", "..2026-06-30", "trước ngày 30/6/2026"),
        ("Báo cáo chậm nhất ngày 05 tháng 02 năm 2026.", "..2026-02-05", "chậm nhất ngày 05 tháng 02 năm 2026"),
        ("Hoàn thành trong tháng 6/2026.", "2026-06", "trong tháng 6/2026"),
        ("Trình trong quý III năm 2026.", "2026-Q3", "trong quý III năm 2026"),
        ("Trình trong Quý IV/2026.", "2026-Q4", "trong Quý IV/2026"),
        ("Ban hành trong 6 tháng đầu năm 2026.", "2026-H1", "trong 6 tháng đầu năm 2026"),
        ("Tổ chức hội nghị lần thứ ba năm 2026.", "2026", "năm 2026"),
        ("Đưa kim ngạch đạt 5 tỷ USD vào năm 2030.", "..2030", "vào năm 2030"),
        ("Đến hết năm 2030 đạt mục tiêu.", "..2030", "Đến hết năm 2030"),
        ("Hoàn thành trước năm 2030.", "..2029", "trước năm 2030"),
        ("Triển khai trong giai đoạn 2026 - 2030.", "2026..2030", "trong giai đoạn 2026 - 2030"),
        ("Điều phối trong giai đoạn 7/2026 - 7/2029.", "2026-07-01..2029-07-31", "trong giai đoạn 7/2026 - 7/2029"),
        ("Năm Đoàn kết Hữu nghị Việt Nam - Lào 2027.", "2027", "Năm Đoàn kết Hữu nghị Việt Nam - Lào 2027"),
        ("Both sides will finish it by the end of 2027.", "..2027", "by the end of 2027"),
        ("The Parties will meet in March 2026.", "2026-03", "in March 2026"),
        ("We will end forest loss by 2030.", "..2030", "by 2030"),
        ("It will be delivered no later than June 30, 2026.", "..2026-06-30", "no later than June 30, 2026"),
        ("Japan will buy rice until at least 2029.", "..2029", "until at least 2029"),
        ("Japan will buy rice in each of 2026, 2027, and 2028.", "2026..2028", "in each of 2026, 2027, and 2028"),
        (
            "It will be shown in the last two months of 2026.",
            "2026-11-01..2026-12-31",
            "in the last two months of 2026",
        ),
        (
            "Japan will waive the fee for two years, starting on March 1, 2026.",
            "2026-03-01..2028-03-01",
            "for two years, starting on March 1, 2026",
        ),
        ("Miễn phí trong 2 năm kể từ ngày 01/3/2026.", "2026-03-01..2028-03-01", "trong 2 năm kể từ ngày 01/3/2026"),
    ],
)
def test_a_deadline_is_read_with_its_words(sentence: str, value: str, words: str) -> None:
    assert found(sentence) == [(value, words)]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Hoàn thành trước ngày 5/2.", "..2026-02-05"),
        ("Hoàn thành trong quý I.", "2026-Q1"),
        ("Hoàn thành vào cuối năm 2026.", "..2026"),
        ("Triển khai trong năm tới.", "2026"),
        ("Thực hiện từ nay đến năm 2030.", "..2030"),
        ("Báo cáo trong vòng 3 tháng.", "2025-12-02..2026-03-02"),
    ],
)
def test_what_the_words_leave_open_is_inferred_from_the_day_of_publication(sentence: str, value: str) -> None:
    text = shadow(sentence)
    (one,) = deadlines(text, 0, len(text.text), PUBLISHED)
    assert one.deadline.end == date.fromisoformat(str(one.deadline.end))
    assert one.deadline.value == value


def test_an_inferred_year_is_said_to_be_derived() -> None:
    text = shadow("Hoàn thành trước ngày 5/2, báo cáo trước ngày 5/3/2026.")
    first, second = deadlines(text, 0, len(text.text), PUBLISHED)
    assert (first.deadline.certainty, second.deadline.certainty) == (Certainty.DERIVED, Certainty.STATED)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hội đồng nhân dân nhiệm kỳ 2026 - 2031 tiếp tục giám sát.",
        "Tổ chức lễ kỷ niệm 80 năm ngày thành lập (1946-2026).",
        "Thực hiện Nghị quyết số 98/NQ-CP ngày 26 tháng 8 năm 2026 của Chính phủ.",
        "Thi hành Luật Đất đai năm 2026.",
        "Đạt 5,6 tỷ USD.",
        "Tăng 12,5% so với năm 2026.",
        "Kim ngạch năm 2024 đạt 2 tỷ USD.",
        "Chủ tịch sẽ thăm Lào vào ngày 5/2/2026.",
        "Kế hoạch hành động, tầm nhìn đến năm 2045.",
        "Từ năm 2026, hai bên bỏ thị thực.",
        "Tham dự COP26 và Đại hội 14.",
        "Trực 24/7.",
        "Chuẩn bị cho năm học mới 2026 - 2027.",
        "Nâng kim ngạch trong những năm tới.",
        "Chiều 5/12, Thủ tướng cho biết sẽ mở đường bay.",
        "Ngày 2/12/2025, hai bên nhất trí mở đường bay.",
        "Trong bối cảnh năm 2026 Việt Nam làm chủ nhà, hai bên sẽ phối hợp.",
        "Japan will prolong the waiver that is due to expire on March 1, 2026.",
    ],
)
def test_lures_are_no_deadlines(sentence: str) -> None:
    assert found(sentence) == []


def test_building_a_plan_is_not_due_when_the_plan_ends() -> None:
    sentence = "Xây dựng Kế hoạch đầu tư công giai đoạn 2026 - 2030, trình trước ngày 31/3/2026."
    assert found(sentence, directive=True) == [("..2026-03-31", "trước ngày 31/3/2026")]


def test_what_a_plan_reaches_to_is_not_when_it_has_to_be_made() -> None:
    assert found("Điều chỉnh quy hoạch cảng biển đến năm 2030.", directive=True) == []
    assert found("Điều chỉnh quy hoạch, đến năm 2030 đạt ba cảng.", directive=True) == [("..2030", "đến năm 2030")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026", "..2026"),
        ("2024", "..2024"),
        ("Quý II/2024", "..2024-Q2"),
        ("2024-2026", "2024..2026"),
        ("31/3/2026", "..2026-03-31"),
        ("Hằng năm", "recurring"),
    ],
)
def test_a_cell_of_a_table_is_a_deadline_even_when_it_is_over(cell: str, value: str) -> None:
    deadline = in_cell(shadow(cell), 0, len(cell), PUBLISHED)
    assert deadline is not None
    assert deadline.value == value


def test_several_deadlines_in_one_sentence_are_all_found() -> None:
    sentence = "Tăng trưởng năm 2026 đạt trên 8%, đến năm 2030 đạt trên 10%."
    assert [value for value, _ in found(sentence)] == ["2026", "..2030"]


@pytest.mark.parametrize(
    ("sentence", "value", "words"),
    [
        ("Hai bên sớm ký hiệp định.", "none", "sớm"),
        ("Tiếp tục hợp tác trong thời gian tới.", "none", "trong thời gian tới"),
        ("Báo cáo hằng năm kết quả.", "recurring", "hằng năm"),
    ],
)
def test_words_that_name_no_day_are_kept_beside_no_deadline(sentence: str, value: str, words: str) -> None:
    text = shadow(sentence)
    deadline = undated(text, 0, len(text.text))
    assert deadline is not None
    assert (deadline.value, deadline.text, deadline.end) == (value, words, None)
