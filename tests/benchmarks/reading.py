"""How long it takes to draft from documents of several lengths, beside only cutting the same text into words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle
from statistics import median
from time import perf_counter

from tests.benchmarks.measure import Figure, bench, compared

PUBLISHED = date(2025, 12, 2)
RUNS = 3
_OPENING = "Tại Hà Nội, Thủ tướng Việt Nam Trần Văn Minh hội đàm với Thủ tướng Nhật Bản Tanaka Ichiro.\n\n"
_PARAGRAPHS = (
    "Hai Thủ tướng đánh giá cao kết quả hợp tác thời gian qua; kim ngạch năm 2024 đạt 46,2 tỷ USD, tăng 8% so với năm 2023.",
    "Hai bên nhất trí đưa kim ngạch thương mại lên 60 tỷ USD vào năm 2030; tăng cường kết nối hai nền kinh tế, mở thêm hai "
    "đường bay thẳng trong quý III/2026. Bao gồm đơn giản hóa thủ tục và công nhận lẫn nhau về kiểm dịch.",
    "Thủ tướng Trần Văn Minh đề nghị Nhật Bản tạo điều kiện cho nông sản Việt Nam, mong muốn hai bên sẽ sớm ký hiệp định.",
    "Thủ tướng Tanaka Ichiro khẳng định Nhật Bản sẽ cấp 200 suất học bổng trong giai đoạn 2026 - 2030, sẵn sàng hỗ trợ Việt "
    "Nam chuyển đổi năng lượng và phát triển nguồn nhân lực chất lượng cao.",
    "Thủ tướng giao Bộ Công Thương chủ trì, phối hợp với Bộ Tài chính xây dựng đề án, báo cáo trước ngày 30/6/2026.",
)
# Reads one file and answers nothing: what the reading itself needs of memory.
_READ = """
import sys
from datetime import date
from tracker.reading.drafting import draft
with open(sys.argv[1], encoding="utf8") as file:
    draft(file.read(), date(2025, 12, 2))
"""


def made(characters: int) -> str:
    """A news item of that length."""
    pieces, length = [_OPENING], len(_OPENING)
    for paragraph in cycle(_PARAGRAPHS):
        if length >= characters:
            break
        pieces.append(f"{paragraph}\n\n")
        length += len(paragraph) + 2
    return "".join(pieces)[:characters]


def measure(_url: str, characters: int, report: Callable[[str, Figure], None]) -> None:
    """Measure one length: its time, the time for each character, and the memory of a process that reads it."""
    from tracker.reading.drafting import draft
    from tracker.reading.spelling import words

    text = made(characters)
    draft(text[:2000], PUBLISHED)
    took, floor = [], []
    for _ in range(RUNS):
        began = perf_counter()
        words(text)
        floor.append((perf_counter() - began) * 1000)
        began = perf_counter()
        draft(text, PUBLISHED)
        took.append((perf_counter() - began) * 1000)
    with bench("") as place:
        file = place.home / "document.txt"
        file.write_text(text, "utf8")
        memory = place.peak("-c", _READ, str(file))
    by_character = median(took) * 1000 / characters
    report(
        f"reading.{characters}",
        compared(took, floor)
        | {"microseconds_a_character": round(by_character, 2), "memory": round(memory, 1), "rows": characters},
    )
