"""What holds for every text and every file, whatever is in it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import ROOT
from tracker.errors import FileProblem
from tracker.reading import files
from tracker.reading.drafting import draft, draft_file
from tracker.reading.files import LARGEST_PAGE, FileText, read_content, read_file

# Words that rules look for, so that a made-up text goes through them and not past them.
PIECES = st.sampled_from(
    [
        "Hai bên ",
        "nhất trí ",
        "sẽ ",
        "cam kết ",
        "tăng cường ",
        "Việt Nam ",
        "Lào ",
        "trước ngày 30/2/2026",
        "quý IV/2026 ",
        "năm 2030 ",
        "giai đoạn 2026-2030",
        "99/99/9999 ",
        "5,6 tỷ USD ",
        "10% ",
        ". ",
        "; ",
        ":\n",
        "\n",
        "| ",
        "|\n",
        "1. ",
        "a) ",
        "- ",
        "CÔNG ĐIỆN\n",
        "Bộ Tài chính ",
        "giao ",
        "Nơi nhận:\n",
        "The Leaders ",
        "will ",
        "agreed to ",
        "by 2030 ",
        "“",
        "”",
        "(",
        ")",
        "trong 999 năm tới ",
        "trong 2 năm kể từ ngày 01/3/2026 ",
        "in each of 2026, 2027, and 2028 ",
        "Tổng thống ",
        "President ",
        "Mỹ ",
        "tháng 13/2026 ",
        "e\u0302\u0301",
        "\u200b",
        "\r\n",
        "\t",
        "năm 0000 ",
        "Ảnh: ",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(9990, 12, 31))


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS)
def test_any_text_of_any_day_gives_drafts_that_lie_on_it(text: str, published: date) -> None:
    for one in draft(text, published).drafts:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.sentence
        assert 0.0 <= one.confidence <= 1.0
        assert one.title


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS)
def test_a_date_is_never_outside_the_words_it_was_read_from(text: str, published: date) -> None:
    for one in draft(text, published).drafts:
        deadline = one.deadline
        if deadline is None or deadline.end is None:
            continue
        assert deadline.text
        assert deadline.start is None or deadline.start <= deadline.end
        years = {year for year in (deadline.end.year, deadline.end.year + 1) if str(year) in deadline.text}
        assert years or deadline.certainty.value == "derived" or "s" in deadline.text


def word_file() -> bytes:
    document = Document()
    document.add_paragraph("Việt Nam và Lào hội đàm tại Hà Nội.")
    document.add_paragraph("Hai bên nhất trí mở thêm cửa khẩu trước ngày 30/6/2026.")
    table = document.add_table(rows=2, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"), strict=True):
        cell.text = words
    for cell, words in zip(table.rows[1].cells, ("Xây dựng đề án", "Bộ Công Thương", "Quý I/2026"), strict=True):
        cell.text = words
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def pdf_file(*lines: str) -> bytes:
    shown = " ".join(f"BT /F1 12 Tf 50 {700 - 20 * n} Td ({line}) Tj ET" for n, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    made = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    made += (
        f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    )
    return made.encode("latin-1")


HTML = (
    "<html><head><title>x</title><style>p{}</style></head><body><script>alert(1)</script><p>Việt Nam và Lào hội đàm.</p>"
    "<ul><li>Hai bên nhất trí mở thêm cửa khẩu.</li></ul><table><tr><th>Nhiệm vụ</th><th>Chủ trì</th></tr>"
    "<tr><td>Xây dựng đề án</td><td>Bộ Công Thương</td></tr></table></body></html>"
).encode()


def test_a_word_file_is_read_with_its_table() -> None:
    text = read_content("a.docx", word_file()).text
    assert "Hai bên nhất trí mở thêm cửa khẩu trước ngày 30/6/2026.\n" in text
    assert "| Xây dựng đề án | Bộ Công Thương | Quý I/2026 |\n" in text


def test_a_page_is_read_as_a_reader_sees_it() -> None:
    text = read_content("a.html", HTML).text
    assert text.splitlines() == [
        "Việt Nam và Lào hội đàm.",
        "- Hai bên nhất trí mở thêm cửa khẩu.",
        "| Nhiệm vụ | Chủ trì |",
        "| Xây dựng đề án | Bộ Công Thương |",
    ]


def test_the_text_layer_of_a_pdf_is_read_and_its_pages_are_known() -> None:
    read = read_content("a.pdf", pdf_file("Viet Nam and Laos met.", "Both sides agreed to open a new route by 2030."))
    assert "Both sides agreed to open a new route by 2030." in read.text
    assert read.page(len(read.text) - 1) == 1


def test_a_pdf_that_would_be_read_for_ever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileProblem, match="too_large"):
        read_content("a.pdf", pdf_file("Viet Nam", "x" * LARGEST_PAGE))
    monkeypatch.setattr(files, "LONGEST_READING", timedelta(0))
    with pytest.raises(FileProblem, match="too_large"):
        read_content("a.pdf", pdf_file("Viet Nam"))


def test_a_draft_of_a_pdf_knows_its_page() -> None:
    sentence = "Both sides agreed to open a new route by 2030."
    source = FileText("a.pdf", "0" * 64, f"Viet Nam and Laos met.\n\n{sentence}\n", (0, 24))
    (one,) = draft_file(source, date(2026, 6, 1)).drafts
    assert (one.sentence, one.page) == (sentence, 2)


def test_a_scan_is_refused_with_its_reason() -> None:
    with pytest.raises(FileProblem) as refused:
        read_content("scan.pdf", pdf_file())
    assert refused.value.reason == "no_text_layer"


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", word_file()), ("a.pdf", pdf_file("Viet Nam")), ("a.html", HTML)]
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_cut_off_anywhere_gives_a_text_or_one_clear_error(
    name: str, content: bytes, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(content)))
    flipped = data.draw(st.integers(0, 255))
    damaged = bytearray(content[:cut])
    if damaged:
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = flipped
    refused = ""
    try:
        draft(read_content(name, bytes(damaged)).text, date(2025, 12, 2))
    except FileProblem as problem:
        refused = problem.reason
    assert refused in {"", "damaged", "empty", "not_text", "no_text_layer", "protected", "too_large"}


def test_a_part_that_unpacks_to_more_than_we_take_is_refused_unread() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<a>" + b" " * (65 * 2**20) + b"</a>")
    with pytest.raises(FileProblem) as refused:
        read_content("bomb.docx", made.getvalue())
    assert refused.value.reason == "too_large"


BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
ENTITIES = "".join(f'<!ENTITY {one} "{f"&{other};" * 10}">' for other, one in pairwise("abcdefghi"))
BOMBS: dict[str, Callable[[], str]] = {
    "many.docx": lambda: BODY.format("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_700_000),
    "table.docx": lambda: BODY.format("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 1_700_000 + "</w:tbl>"),
    "deep.docx": lambda: BODY.format("<w:p>" * 400_000 + "</w:p>" * 400_000),
    "long.docx": lambda: BODY.format("<w:p><w:r><w:t>" + "a " * 30_000_000 + "</w:t></w:r></w:p>"),
    "laughs.docx": lambda: f'<!DOCTYPE x [<!ENTITY a "ha">{ENTITIES}]>{BODY.format("<w:p>&i;</w:p>")}',
    "many.html": lambda: "<p>" * 9_000_000,
    "deep.html": lambda: "<div>" * 3_000_000 + "x",
    "big.txt": lambda: "a" * 40_000_000,
}
# A process counts the memory of the one that it was forked from: this one is small.
MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "tracker", "draft", sys.argv[1], "--published", "2026-06-01"])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_document_that_expands_is_refused_in_two_seconds_and_two_hundred_megabytes(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    if name.endswith(".docx"):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("word/document.xml", BOMBS[name]())
    else:
        file.write_text(BOMBS[name]())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    code, seconds, kilobytes = done.stdout.split()
    assert (code, name in done.stderr) == ("6", True), done.stderr
    assert float(seconds) < 2
    assert int(kilobytes) < 200 << 10


def test_entities_of_a_word_file_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf8")
    source = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>Mở &x;</w:t></w:r></w:p></w:body></w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", source)
    assert "secret" not in read_content("a.docx", made.getvalue()).text


@pytest.mark.parametrize(("name", "reason"), [("none.txt", "missing"), (".", "folder")])
def test_what_is_no_file_is_said(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(FileProblem) as refused:
        read_file(tmp_path / name)
    assert refused.value.reason == reason
