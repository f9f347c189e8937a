"""Which commitments a sentence may be about, and what it says of them."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.reading.likeness import Claim, Known, Record, relation

ROAD = Known(
    "VL-1", ("Triển khai dự án đường bộ cao tốc Hà Nội - Vientiane",), ("Việt Nam", "Lào"), "agreed", None, frozenset()
)
RAIL = Known(
    "VL-2", ("Nghiên cứu tuyến đường sắt Vientiane - Vũng Áng",), ("Việt Nam", "Lào"), "agreed", None, frozenset()
)
VISITS = tuple(
    Known(f"VL-{n}", (f"Thủ tướng thăm cấp Nhà nước tới Lào lần thứ {n}",), ("Lào",), "will", None, frozenset())
    for n in range(3, 9)
)


def test_a_project_is_known_by_its_name_among_many_other_words_and_by_the_other_name_of_a_city() -> None:
    said = (
        "Hai Thủ tướng giao Bộ Xây dựng và Bộ Công chính và Vận tải Lào phối hợp với các nhà tài trợ quốc tế sớm hoàn "
        "thành báo cáo nghiên cứu khả thi của dự án cao tốc Hà Nội - Viêng Chăn, trình cấp có thẩm quyền phê duyệt."
    )
    (like,) = Record([ROAD, RAIL, *VISITS]).like(Claim(said, ("Lào",)))
    assert (like.ref, like.because) == ("VL-1", ("name",))


def test_what_many_commitments_are_called_is_no_name_of_one() -> None:
    said = (
        "Hai bên đánh giá kết quả sau khi Thủ tướng thăm cấp Nhà nước tới Lào và bàn việc mở cửa khẩu, chợ biên giới."
    )
    assert not any("name" in like.because for like in Record([ROAD, RAIL, *VISITS]).like(Claim(said, ("Lào",))))


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        (None, date(2027, 12, 31), "stronger"),
        (date(2026, 12, 31), date(2027, 12, 31), "moved"),
        (date(2027, 12, 31), date(2027, 12, 31), "same"),
        (date(2027, 12, 31), None, "same"),
        (None, None, "same"),
    ],
)
def test_a_day_where_there_was_none_is_stronger_and_another_day_is_a_move(
    before: date | None, now: date | None, says: str
) -> None:
    known = Known("VL-1", ("Mở đường bay",), (), "agreed", before, frozenset())
    assert relation(known, Claim("Mở đường bay", (), "agreed", now)) == says
