"""Letters read back from their files: the layout that the decree asks for, what is said, and nothing more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.reports.views import AS_OF, ESC, RLO, a_party, a_source, a_view, late
from tracker.domain.agenda import FollowUpView
from tracker.domain.deadline import Deadline
from tracker.domain.letter import Asked, Letter, LetterKind
from tracker.domain.letterhead import Letterhead, numbered
from tracker.domain.register import Words
from tracker.domain.schedule import Schedule
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView, DocumentView, PartyListing
from tracker.errors import BadOption, FileProblem, FileRefused
from tracker.i18n import language, use_language
from tracker.reports.letters import placing
from tracker.reports.letters.drawing import draw
from tracker.reports.letters.listing import Made, letter_row
from tracker.reports.letters.placing import in_place, places
from tracker.reports.letters.template import FILES, built_in, read_template
from tracker.reports.letters.urging import MOTTO, NATION
from tracker.reports.letters.words import text_of

NOWHERE = Path("/nowhere")
HEAD = Letterhead(
    superior="Bộ Ngoại giao",
    issuer="Vụ Đông Nam Á",
    place="Hà Nội",
    number="{number}/BNG-ĐNA",
    authority="TL. Bộ trưởng",
    office="Vụ trưởng",
    signatory="Nguyễn Thị Ánh",
    copies=("Bộ trưởng (để báo cáo)",),
    filed="VT, ĐNA",
    sender="The Ministry of Foreign Affairs of the Socialist Republic of Viet Nam",
    sender_short="The Ministry",
)
REVIEW = a_view(
    "VL-2025-005",
    schedule=Schedule.REVIEW_DUE,
    deadline=Deadline.of("none", "sớm"),
    review_on=date(2026, 11, 1),
)
CLAIM = a_view("VL-2025-004", schedule=Schedule.LATE_CLAIM, status=Status.CLAIMED_DONE, days_overdue=3)


def asked(view: CommitmentView, *, role: str = "lead", basis: str = "proposed", before: Any = None) -> Asked:
    document = DocumentView("f" * 64, "000.txt", "Cuộc gặp cấp cao", "TTXVN", "vi", "2025-12-02", False)
    return Asked(view, a_party(role=role, basis=basis), ((a_source(), document),), before)


def a_letter(*views: Asked, kind: LetterKind = LetterKind.URGING, number: int | None = None) -> Letter:
    to = PartyListing("vn-moit", Words(vi="Bộ Công Thương", en="Ministry of Trade"), "ministry", "VN", None, ())
    return Letter(kind, to, views or (asked(late("VL-2025-001", 12)),), AS_OF, date(2026, 12, 6), number)


def drawn(letter: Letter, head: Letterhead = HEAD) -> Any:
    text = text_of(letter, head, read_template(letter.kind, NOWHERE))
    return Document(io.BytesIO(draw(letter, text, head)))


def paragraphs(document: Any) -> Iterator[Paragraph]:
    """All paragraphs, in the order of the page."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield block


def look(document: Any, text: str) -> tuple[float, bool, bool, Any]:
    """Size, bold, italic and alignment of the paragraph that begins so."""
    found = next(each for each in paragraphs(document) if each.text.startswith(text))
    font = found.runs[0].font
    assert font.name == "Times New Roman"
    return font.size.pt, bool(font.bold), bool(font.italic), found.alignment


def ruled_tables(document: Any) -> list[list[list[str]]]:
    """The tables of commitments, without their headings."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows[1:]]
        for table in document.tables
        if table.style.name == "Table Grid"
    ]


def test_the_page_is_the_decrees() -> None:
    section = drawn(a_letter()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for margin, (least, most) in zip(margins, ((20, 25), (20, 25), (30, 35), (15, 20)), strict=True):
        assert least <= round(margin.mm, 1) <= most
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[0]
    assert number.alignment == ALIGN.CENTER
    assert (number.runs[0].font.size.pt, "PAGE" in number._p.xml) == (14, True)
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_each_part_of_a_letter_looks_as_the_decree_says() -> None:
    document = drawn(a_letter(number=5))
    assert look(document, NATION) == (12, True, False, ALIGN.CENTER)
    assert look(document, MOTTO) == (13, True, False, ALIGN.CENTER)
    assert look(document, "BỘ NGOẠI GIAO") == (12, False, False, ALIGN.CENTER)
    assert look(document, "VỤ ĐÔNG NAM Á") == (12, True, False, ALIGN.CENTER)
    assert look(document, "Số: 05/BNG-ĐNA") == (13, False, False, ALIGN.CENTER)
    assert look(document, "V/v đôn đốc") == (12, False, False, ALIGN.CENTER)
    assert look(document, "Hà Nội, ngày 21 tháng 11 năm 2026") == (13, False, True, ALIGN.CENTER)
    assert look(document, "Kính gửi: Bộ Công Thương") == (14, False, False, ALIGN.CENTER)
    assert look(document, "Nơi nhận:") == (12, True, True, ALIGN.LEFT)
    assert look(document, "- Như trên;")[:3] == (11, False, False)
    assert look(document, "- Lưu: VT, ĐNA.")[:3] == (11, False, False)
    for said in ("TL. BỘ TRƯỞNG", "VỤ TRƯỞNG", "Nguyễn Thị Ánh"):
        assert look(document, said) == (14, True, False, ALIGN.CENTER)
    body = next(each for each in paragraphs(document) if each.text.startswith("Qua theo dõi"))
    shape = body.paragraph_format
    assert (body.runs[0].font.size.pt, body.alignment) == (14, ALIGN.JUSTIFY)
    assert round(shape.first_line_indent.cm, 2) == 1.27
    assert shape.space_before.pt >= 6
    assert 1 <= shape.line_spacing <= 1.5


def test_the_blocks_stand_in_the_order_of_the_decree() -> None:
    said = [each.text for each in paragraphs(drawn(a_letter())) if each.text]
    order = [
        "BỘ NGOẠI GIAO",
        NATION,
        "Số: …/BNG-ĐNA",
        "V/v",
        "Hà Nội, ngày",
        "Kính gửi",
        "Qua theo dõi",
        "Mã",
        "Đề nghị",
    ]
    order += ["Nơi nhận:", "TL. BỘ TRƯỞNG", "Nguyễn Thị Ánh"]
    places = [next(at for at, text in enumerate(said) if text.startswith(begins)) for begins in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "issuer", ["Vụ Lễ tân", "Vụ Đông Nam Á - Nam Á - Nam Thái Bình Dương", "Ủy ban Biên giới quốc gia"]
)
def test_the_lines_below_the_names_are_as_long_as_they_should_be(issuer: str) -> None:
    document = drawn(a_letter(), Letterhead(**{**_fields(HEAD), "issuer": issuer}))
    lines = [each for each in paragraphs(document) if "w:pBdr" in each._p.xml]
    name, motto = ((66 if at == 0 else 94) - 2 * line.paragraph_format.left_indent.mm for at, line in enumerate(lines))
    # The motto's own length in 13 points, by the font's measures.
    assert motto == pytest.approx(56.1, abs=1)
    # Of the longest line: a capital of that font is 0.59 to 0.63 of its size.
    longest = min(len(issuer), 25) * 12 * 0.61 * 25.4 / 72
    assert 0.3 * longest < name < 0.52 * longest


def _fields(head: Letterhead) -> dict[str, Any]:
    return {name: getattr(head, name) for name in head.__slots__}


def test_a_draft_says_so_and_nobody_has_signed() -> None:
    draft, numbered_one = drawn(a_letter()), drawn(a_letter(number=45))
    assert draft.sections[0].first_page_header.paragraphs[0].text == "DỰ THẢO"
    assert numbered_one.sections[0].first_page_header.paragraphs[0].text == ""
    assert any(each.text == "Số: 45/BNG-ĐNA" for each in paragraphs(numbered_one))
    assert (numbered("{number}/X", None), numbered("{number}/X", 3)) == ("…/X", "03/X")
    assert not draft.inline_shapes


def test_tables_say_what_json_says() -> None:
    views = (late("VL-2025-001", 12), late("VL-2025-002", 200), CLAIM, REVIEW, a_view("VL-2025-006"))
    letter = a_letter(*map(asked, views))
    text = text_of(letter, HEAD, read_template(letter.kind, NOWHERE))
    row: Any = letter_row(Made(letter, text))
    rows = [row for table in ruled_tables(drawn(letter)) for row in table]
    assert [cells[0] for cells in rows] == [each["ref"] for each in row["commitments"]]
    late_ones = [each["days_overdue"] for each in row["commitments"] if each["group"] in ("overdue", "late_claim")]
    assert [int(cells[4].split("\n")[0]) for cells in rows[: len(late_ones)]] == late_ones
    assert all(each["title"]["vi"] in cells[1] for each, cells in zip(row["commitments"], rows, strict=True))
    assert row["answer_due"] == "2026-12-06"


def test_a_deadline_stands_in_the_sources_own_words_with_the_day_computed() -> None:
    [[row]] = ruled_tables(drawn(a_letter(asked(a_view("VL-2025-006")))))
    assert row[3] == "năm 2026 (đến hết 31/12/2026)"
    assert row[2] == "Cuộc gặp cấp cao, TTXVN, 02/12/2025, đoạn 13"
    assert row[4] == "40"


@pytest.mark.parametrize(
    ("role", "kind", "said"),
    [
        ("lead", LetterKind.URGING, {"stated": "nêu trong nguồn", "proposed": "đề xuất", "assigned": "phân công"}),
        ("counterpart", LetterKind.NOTE, {"stated": "named in", "proposed": "proposed by", "assigned": "chosen by"}),
    ],
)
def test_who_says_that_it_is_the_addressees_is_said_with_each(
    role: str, kind: LetterKind, said: dict[str, str]
) -> None:
    views = (asked(late("VL-2025-001", 9), role=role, basis=basis) for basis in said)
    [rows] = ruled_tables(drawn(a_letter(*views, kind=kind)))
    for row, (basis, words) in zip(rows, said.items(), strict=True):
        assert words in row[1].split("\n")[1]
        assert ("nguồn không nêu" in row[1] or "not named in the source" in row[1]) == (basis != "stated")


def test_a_late_review_is_ours_and_no_delay_of_the_addressee() -> None:
    document = drawn(a_letter(asked(REVIEW)))
    said = " ".join(each.text for each in paragraphs(document))
    assert "việc rà soát chậm thuộc về Vụ Đông Nam Á" in said
    assert "quá thời hạn" not in said
    assert "đôn đốc" not in said
    [[row]] = ruled_tables(document)
    assert row[3:5] == ["sớm (không có thời hạn)", "01/11/2026"]
    english = " ".join(each.text for each in paragraphs(drawn(a_letter(asked(REVIEW), kind=LetterKind.NOTE))))
    assert "implies none on the part of" in english
    assert "has passed" not in english


def test_a_letter_without_an_answer_is_named() -> None:
    before = FollowUpView(
        *("F-2026-001", "VL-2025-001", Words(vi="x"), "Công văn", "letter", None, date(2026, 10, 1), ""),
        *(date(2026, 10, 16), date(2026, 10, 1), "", None, False, "answer_late"),
    )
    [[row]] = ruled_tables(drawn(a_letter(asked(late("VL-2025-001", 12), before=before))))
    assert "đã hỏi ngày 01/10/2026, hạn trả lời 16/10/2026" in row[5]


def test_a_note_is_in_the_third_person_and_names_its_addressee_at_the_foot() -> None:
    document = drawn(a_letter(kind=LetterKind.NOTE, number=12))
    said = [each.text for each in paragraphs(document) if each.text]
    assert said[0] == "No. 12/BNG-ĐNA"
    assert said[1].startswith(
        "The Ministry of Foreign Affairs of the Socialist Republic of Viet Nam presents its compliments to"
        " the Ministry of Trade and has the honour to refer to"
    )
    assert "avails itself of this opportunity to renew to the Ministry of Trade the assurances" in said[-3]
    assert said[-2:] == ["Hà Nội, 21 November 2026", "(initials and seal)"]
    assert document.sections[0].first_page_footer.paragraphs[0].text == "The Ministry of Trade"
    assert document.sections[0].footer.paragraphs[0].text == ""
    named = Letterhead(**{**_fields(HEAD), "to": {"vn-moit": "the Embassy of the Lao PDR"}})
    assert "to the Embassy of the Lao PDR and" in " ".join(
        each.text for each in paragraphs(drawn(a_letter(kind=LetterKind.NOTE), named))
    )


def test_a_letter_speaks_its_own_language_and_leaves_the_interfaces() -> None:
    use_language("en")
    assert "Đang triển khai" in ruled_tables(drawn(a_letter()))[0][0][5]
    assert language() == "en"
    use_language("vi")
    assert "In progress" in ruled_tables(drawn(a_letter(kind=LetterKind.NOTE)))[0][0][5]
    assert language() == "vi"
    use_language("en")


def test_the_same_letter_is_the_same_bytes() -> None:
    letter = a_letter(*(asked(late(f"VL-2025-{number:03d}", number)) for number in range(1, 30)))
    text = text_of(letter, HEAD, read_template(letter.kind, NOWHERE))
    first, second = draw(letter, text, HEAD), draw(letter, text, HEAD)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as whole:
        assert {member.date_time for member in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = Document(io.BytesIO(first)).core_properties
    assert (about.created.date(), about.modified.date(), about.title) == (AS_OF, AS_OF, text.title)


NASTY = f"=HYPERLINK(1) <w:p/> &amp; {{party}} {{count}} {ESC}[31m{RLO}ngược\x00\ufffe\uffff\tx"


def test_hostile_text_does_nothing_but_be_read() -> None:
    view = late("VL-2025-001", 12, title=Words(vi=NASTY))
    head = Letterhead(
        **{**_fields(HEAD), "signatory": NASTY, "place": NASTY, "issuer": NASTY, "to": {"vn-moit": NASTY}}
    )
    document = drawn(a_letter(asked(view)), head)
    for each in paragraphs(document):
        assert not {ESC, RLO, "\x00", "\ufffe", "\uffff"} & set(each.text)
    [[row]] = ruled_tables(document)
    assert row[1].startswith("=HYPERLINK(1) <w:p/> &amp; {party} {count} [31m")
    assert row[1].count("\n") == 1
    assert drawn(a_letter(asked(view), kind=LetterKind.NOTE), Letterhead(**{**_fields(HEAD), "sender": NASTY}))


def test_many_commitments_have_headings_on_every_page_and_whole_rows() -> None:
    letter = a_letter(*(asked(late(f"VL-2025-{number:03d}", number)) for number in range(1, 61)))
    [table] = [table for table in drawn(letter).tables if table.style.name == "Table Grid"]
    assert len(table.rows) == 61
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)


def test_word_finds_everything_in_its_order() -> None:
    """It calls a file damaged whose parts stand in another order than the schema's; LibreOffice does not mind."""
    document = drawn(a_letter(*map(asked, (late("VL-2025-001", 12), REVIEW))))
    for table in document.tables:
        names = [part.tag.rpartition("}")[2] for part in table._tbl.tblPr]
        order = ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"]
        assert names == [name for name in order if name in names]
    for each in paragraphs(document):
        names = [part.tag.rpartition("}")[2] for part in (each._p.pPr if each._p.pPr is not None else ())]
        order = ["pStyle", "keepNext", "keepLines", "pBdr", "spacing", "ind", "jc"]
        assert names == [name for name in order if name in names]
    assert document.element.body[-2].tag.endswith("}p")


# Templates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, old: str, new: str) -> None:
    text = built_in(LetterKind.URGING)
    assert old in text
    (folder / FILES[LetterKind.URGING]).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_office_changes_the_words(folder: Path) -> None:
    write(folder, "đôn đốc thực hiện", "nhắc {{việc}} thực hiện {count}")
    text = text_of(a_letter(), HEAD, read_template(LetterKind.URGING, folder))
    assert text.subject == "nhắc {việc} thực hiện 1 cam kết quốc tế"


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("{signature}", "unknown_hole: signature"),
        ("{party.__class__}", "unknown_hole: party.__class__"),
        ("{party[0]}", "unknown_hole: party[0]"),
        ("{party!r}", "unknown_hole: party"),
        ("{count:>9999999}", "unknown_hole: count"),
        ("{}", "unknown_hole: "),
        ("{party", "bad_hole"),
        ("}", "bad_hole"),
    ],
)
def test_a_hole_that_there_is_not_is_told(folder: Path, new: str, reason: str) -> None:
    write(folder, "đôn đốc thực hiện", new)
    with pytest.raises(FileRefused) as refused:
        read_template(LetterKind.URGING, folder)
    assert [(problem.key, problem.reason) for problem in refused.value.problems] == [("subject", reason)]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("subject = 1", ["not_words", *["missing"] * 7]),
        ("subject = ", ["not_toml"]),
        ('subjekt = "x"', ["unknown_key", *["missing"] * 8]),
    ],
)
def test_a_template_that_is_none_is_told(folder: Path, text: str, reasons: list[str]) -> None:
    (folder / FILES[LetterKind.NOTE]).write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as refused:
        read_template(LetterKind.NOTE, folder)
    assert [problem.reason.partition(":")[0] for problem in refused.value.problems] == reasons


# Places


def test_a_folder_or_a_name_with_holes(tmp_path: Path) -> None:
    letter = a_letter()
    assert places(str(tmp_path), [letter]) == (tmp_path / "cong-van-vn-moit-2026-11-21.docx",)
    assert places("x-{party}-{as_of}.docx", [letter]) == (Path("x-vn-moit-2026-11-21.docx"),)
    assert places("x.docx", [letter]) == (Path("x.docx"),)
    for name, several, reason in (
        ("x.docx", 2, "one_file"),
        ("x-{as_of}.docx", 2, "one_file"),
        ("x.pdf", 1, "bad_pattern"),
        ("{nobody}.docx", 1, "bad_pattern"),
        ("{party.key}.docx", 1, "bad_pattern"),
        ("{party:>99}.docx", 1, "bad_pattern"),
        ("{.docx", 1, "bad_pattern"),
    ):
        with pytest.raises(BadOption) as refused:
            places(name, [letter] * several)
        assert refused.value.reason == reason


def test_files_are_in_place_when_all_has_ended_well_and_else_gone(tmp_path: Path) -> None:
    files = {tmp_path / "a.docx": b"a", tmp_path / "b.docx": b"b"}

    def within() -> None:
        with in_place(files, replace=False):
            assert not any(file.exists() for file in files)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        within()
    assert list(tmp_path.iterdir()) == []
    with in_place(files, replace=False):
        pass
    assert sorted(tmp_path.iterdir()) == sorted(files)
    with pytest.raises(FileProblem) as there, in_place({tmp_path / "c.docx": b"c", **files}, replace=False):
        pass
    assert (there.value.reason, sorted(tmp_path.iterdir())) == ("exists", sorted(files))
    with in_place({tmp_path / "a.docx": b"new"}, replace=True):
        pass
    assert (tmp_path / "a.docx").read_bytes() == b"new"


def test_what_came_in_between_stays_and_the_letter_lies_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with pytest.raises(FileProblem) as beside, in_place({file: b"mine"}, replace=False):
        file.write_bytes(b"theirs")
    assert beside.value.reason == "beside"
    assert file.read_bytes() == b"theirs"
    assert Path(beside.value.file).read_bytes() == b"mine"


def test_a_folder_that_knows_no_links_takes_letters_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(placing.os, "link", no_link)
    file = tmp_path / "a.docx"
    with in_place({file: b"mine"}, replace=False):
        pass
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"mine"]
    with pytest.raises(FileProblem), in_place({tmp_path / "b.docx": b"mine"}, replace=False):
        (tmp_path / "b.docx").write_bytes(b"theirs")
    assert (tmp_path / "b.docx").read_bytes() == b"theirs"
