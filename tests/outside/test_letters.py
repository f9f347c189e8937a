"""Letters as LibreOffice prints them: every Vietnamese letter, nothing cut, headings on every page, page numbers."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.reports.test_letters import HEAD, a_letter, asked
from tests.reports.views import late
from tracker.domain.letter import Letter, LetterKind
from tracker.domain.register import Words
from tracker.reports.letters.drawing import draw
from tracker.reports.letters.template import read_template
from tracker.reports.letters.words import text_of

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LONG = "Đẩy mạnh kết nối hạ tầng giao thông, sớm khởi công đường cao tốc Hà Nội - Viêng Chăn"


def printed(letter: Letter, folder: Path) -> Path:
    """The letter as a PDF file."""
    file = folder / "letter.docx"
    file.write_bytes(draw(letter, text_of(letter, HEAD, read_template(letter.kind, folder)), HEAD))
    office = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=120)
    return folder / "letter.pdf"


def pages(file: Path, *options: str) -> list[str]:
    """The text of each page."""
    told = subprocess.run(["pdftotext", *options, str(file), "-"], check=True, capture_output=True, encoding="utf-8")
    return told.stdout.split("\f")[:-1]


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def sixty() -> Letter:
    views = (late(f"VL-2025-{number:03d}", number, title=Words(vi=LONG, en=LONG)) for number in range(1, 61))
    return a_letter(*map(asked, views))


def test_a_letter_is_one_page_with_its_head_in_two_columns(tmp_path: Path) -> None:
    [page] = pages(printed(a_letter(number=5), tmp_path), "-layout")
    head = [one_line(line) for line in page.splitlines() if line.strip()][:6]
    assert head[0] == f"BỘ NGOẠI GIAO {NATION}"
    assert head[1] == "VỤ ĐÔNG NAM Á Độc lập - Tự do - Hạnh phúc"
    assert head[2] == "Số: 05/BNG-ĐNA Hà Nội, ngày 21 tháng 11 năm 2026"
    assert head[3] == "V/v đôn đốc thực hiện cam kết quốc tế"
    assert head[4] == "Kính gửi: Bộ Công Thương"
    foot = [one_line(line) for line in page.splitlines() if line.strip()]
    assert "Nơi nhận: TL. BỘ TRƯỞNG" in foot
    assert foot[-1].endswith("Nguyễn Thị Ánh")


def test_sixty_commitments_are_all_there_under_headings_on_every_page(tmp_path: Path, sixty: Letter) -> None:
    found = pages(printed(sixty, tmp_path), "-raw")
    assert len(found) > 5
    whole = one_line(" ".join(found))
    for number in range(1, 61):
        assert f"VL-2025-{number:03d}" in whole
    with_rows = [page for page in found if "VL-2025-" in page]
    assert all(page.count("Mã Cam kết Nguồn") == 1 for page in with_rows)
    numbers = [re.match(r"\s*(\d+)\n", page) for page in found]
    assert numbers[0] is None
    assert [int(number[1]) for number in numbers[1:] if number] == list(range(2, len(found) + 1))


def test_nothing_is_printed_outside_the_margins(tmp_path: Path, sixty: Letter) -> None:
    told = subprocess.run(
        ["pdftotext", "-bbox", str(printed(sixty, tmp_path)), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    points = 72 / 25.4
    edges = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)"', told)
    assert len(edges) > 1000
    assert min(float(left) for left, _right, _foot in edges) >= 30 * points - 1
    assert max(float(right) for _left, right, _foot in edges) <= 190 * points + 1
    assert max(float(foot) for _left, _right, foot in edges) <= 277 * points + 1


def test_every_letter_has_a_shape_in_the_fonts_that_are_used(tmp_path: Path) -> None:
    letters = "ăâđêôơư áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ ĂÂĐÊÔƠƯ ỆỘỢỰỴ"
    file = printed(a_letter(asked(late("VL-2025-001", 3, title=Words(vi=letters)))), tmp_path)
    assert one_line(letters) in one_line(pages(file)[0]).replace("- ", "") or all(
        word in pages(file)[0] for word in letters.split()
    )
    fonts = subprocess.run(["pdffonts", str(file)], check=True, capture_output=True, encoding="utf-8").stdout
    names = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
    # One family in its four faces: a letter that it lacked would have come from another one.
    assert all(name.startswith(("LiberationSerif", "TimesNewRoman")) for name in names), names


def test_the_addressee_of_a_note_stands_at_the_foot_of_its_first_page_only(tmp_path: Path, sixty: Letter) -> None:
    note = Letter(LetterKind.NOTE, sixty.to, sixty.asked, sixty.on, sixty.answer_due)
    found = pages(printed(note, tmp_path))
    assert found[0].count("The Ministry of Trade") == 1
    assert not any("The Ministry of Trade" in page for page in found[1:])
    assert "avails itself of this opportunity to renew to the Ministry of Trade" in one_line(" ".join(found))
    assert one_line(found[-1]).endswith("Hà Nội, 21 November 2026 (initials and seal)")


def test_the_signature_is_not_torn_from_what_it_signs(tmp_path: Path, sixty: Letter) -> None:
    found = pages(printed(sixty, tmp_path))
    last = one_line(found[-1])
    assert "Nơi nhận:" in last
    assert "Nguyễn Thị Ánh" in last
    assert "Đề nghị Bộ Công Thương" in last
