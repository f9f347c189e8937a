"""Letters as they are typed: what is written, what is recorded, and what is told when neither can be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.cli.conftest import Run
from tracker.reports.letters import drawing, placing
from tracker.settings import settings_file

pytestmark = pytest.mark.usefixtures("register")

REF = "VL-2025-012"
HEAD = """
[letter]
issuer = "Bộ Ngoại giao"
place = "Hà Nội"
number = "{number}/BNG-ĐNA"
authority = "TL. Bộ trưởng"
office = "Vụ trưởng Vụ Đông Nam Á"
sender = "The Ministry of Foreign Affairs of the Socialist Republic of Viet Nam"
"""
NAME = "cong-van-vn-moit-2026-11-21.docx"


@pytest.fixture
def settings() -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = settings_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture(autouse=True)
def head(settings: Callable[[str], Path]) -> Path:
    return settings(HEAD)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def anchor(run: Run) -> Any:
    return run("db", "status", "--format", "json").json["anchor"]


def test_a_look_writes_and_records_nothing(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out)
    before = anchor(run)
    seen = run("letter", "--lead", "Bộ Công Thương", "--format", "json")
    assert seen.code == 0
    assert seen.err == "No letter is written yet: -o FOLDER writes them.\n"
    [letter] = seen.json
    assert (letter["kind"], letter["to"]["party"], letter["file"]) == ("urging", "vn-moit", None)
    assert (letter["on"], letter["answer_due"], letter["recorded"]) == ("2026-11-21", "2026-12-06", False)
    assert REF in [each["ref"] for each in letter["commitments"]]
    assert {each["basis"] for each in letter["commitments"]} == {"proposed"}
    assert os.listdir(out) == []
    assert anchor(run) == before
    assert "Bộ Công Thương" in run("letter", "--lead", "vn-moit", "--lang", "vi").out


def test_a_letter_in_a_folder_says_what_json_says(run: Run, out: Path) -> None:
    before = anchor(run)
    written = run("letter", "--lead", "vn-moit", "-o", out, "--format", "json", "--answer-due", "2026-12-20")
    assert written.err == f"{out / NAME}: written, not signed.\n"
    [letter] = written.json
    assert letter["file"] == str(out / NAME)
    tables = [table for table in Document(out / NAME).tables if table.style.name == "Table Grid"]
    refs = [row.cells[0].text for table in tables for row in table.rows[1:]]
    assert refs == [each["ref"] for each in letter["commitments"]]
    said = "\n".join(each.text for each in Document(out / NAME).paragraphs)
    assert "chậm nhất ngày 20 tháng 12 năm 2026" in said
    assert anchor(run) == before
    first = (out / NAME).read_bytes()
    assert run("letter", "--lead", "vn-moit", "-o", out, "--lang", "vi", "--answer-due", "2026-12-20").code == 6
    run("letter", "--lead", "vn-moit", "-o", out, "--replace", "--lang", "vi", "--answer-due", "2026-12-20")
    assert (out / NAME).read_bytes() == first


def test_one_letter_for_each_and_one_act_for_all(run: Run, out: Path) -> None:
    sent = run("letter", "is:review", "sector:economy_trade", "-o", out, "--record", "--format", "json")
    assert sent.code == 0
    assert len(sent.json) == len(os.listdir(out)) > 1
    assert {letter["recorded"] for letter in sent.json} == {True}
    count = sum(len(letter["commitments"]) for letter in sent.json)
    waiting = run("follow-up", "list", "--state", "waiting", "--format", "json").json
    assert len(waiting) == count
    assert {(each["how"], each["done_on"], each["answer_due"]) for each in waiting} == {
        ("letter", "2026-11-21", "2026-12-06")
    }
    assert waiting[0]["what"] == "Công văn V/v tình hình thực hiện cam kết quốc tế"
    assert "Recorded as sent today: F-2026-001, " in sent.err
    lines = run("agenda", "--as-of", "2026-12-06", "--format", "json").json["lines"]
    assert [line["follow_up"]["key"] for line in lines if line["kind"] == "answer"] == [each["key"] for each in waiting]
    again = run("letter", "is:review", "sector:economy_trade", "-o", out, "--record")
    assert (again.code, again.out) == (0, "")
    assert "has time until 6 Dec 2026" in again.err
    assert again.err.endswith("There is nothing to ask for, so there is no letter.\n")
    assert run("letter", "is:review", "sector:economy_trade", "--again", "--format", "json").json
    assert run("undo").code == 0
    assert run("follow-up", "list", "--format", "json").json == []


def test_a_number_from_the_clerks_is_in_the_letter_and_on_record(run: Run, out: Path) -> None:
    sent = run("letter", REF, "-o", out / "x.docx", "--number", "7", "--record", "--format", "json")
    assert sent.json[0]["number"] == "07/BNG-ĐNA"
    [listed] = run("follow-up", "list", REF, "--format", "json").json
    assert listed["what"] == "Công văn số 07/BNG-ĐNA V/v tình hình thực hiện cam kết quốc tế"
    refused = run("letter", "is:review", "-o", out, "--number", "8")
    assert (refused.code, refused.err) == (2, "--number is for one letter at a time, and there are several.\n")


def test_no_two_letters_of_a_year_have_one_number(run: Run, out: Path) -> None:
    assert run("letter", REF, "-o", out / "x.docx", "--number", "17", "--record").code == 0
    other = ("letter", "--lead", "vn-mofa", "is:overdue", "--record")
    assert run(*other, "--number", "7", "-o", out / "y.docx").code == 0
    refused = run(*other, "--again", "--number", "17", "-o", out / "z.docx")
    assert (refused.code, refused.out) == (4, "")
    assert refused.err == (
        "The number 17/BNG-ĐNA is that of another letter already: tracker follow-up show F-2026-001\n"
    )
    assert sorted(os.listdir(out)) == ["x.docx", "y.docx"]
    assert run("undo").code == 0
    assert run(*other, "--number", "7", "-o", out / "y.docx", "--replace").code == 0


def test_a_note_to_the_counterpart_who_is_asked(run: Run, out: Path) -> None:
    sent = run("letter", "--partner", "la-moic", "-o", out, "--record", "--format", "json")
    [letter] = sent.json
    assert (letter["kind"], letter["to"]["addressed"]) == ("note", "the Ministry of Industry and Commerce (Laos)")
    assert os.listdir(out) == ["note-la-moic-2026-11-21.docx"]
    assert run("follow-up", "list", REF, "--format", "json").json[0]["to"]["party"] == "la-moic"
    assert run("letter", REF, "--note", "--format", "json").json == []


def test_what_has_nobody_to_be_asked_is_told(run: Run) -> None:
    told = run("letter", "--partner", "la", "VL-2025-005")
    assert told.code == 2
    told = run("letter", "VL-2025-005", "--note")
    assert (told.code, told.out) == (0, "")
    assert told.err == (
        "In no letter, because nobody is there to be asked: VL-2025-005.\n"
        "There is nothing to ask for, so there is no letter.\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Name commitments, a query, --lead or --partner"),
        (("VL-2025-999",), 3, "no commitment called"),
        (("--lead", "không ai cả"), 3, "no party called"),
        (("status:lost",), 2, "lost"),
        ((REF, "--record"), 2, "-o is needed"),
        ((REF, "--lead", "vn-moit"), 2, "--lead has no meaning here"),
        ((REF, "--answer-due", "2026-11-01"), 2, "--answer-due cannot be “2026-11-01”"),
        ((REF, "--record", "-o", "x.docx", "--as-of", "2026-11-20"), 2, "--as-of has no meaning here"),
        ((REF, "-o", "x.pdf"), 2, "is no name for letters"),
        ((REF, "-o", "x.docx", "-o", "y.docx"), 2, "-o can be given only once"),
        ((REF, "-o", "{nobody}.docx"), 2, "{party} and {as_of} may stand in it"),
        (("is:review", "-o", "x.docx"), 2, "put {party} into the name"),
        ((REF, "-o", "nowhere/x.docx"), 6, "out/nowhere."),
        ((REF, "--format", "csv"), 2, "csv"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    run: Run, out: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(out)
    before = anchor(run)
    answer = run("letter", *words)
    assert answer.code == code
    assert said in answer.err
    assert os.listdir(out) == []
    assert anchor(run) == before


def test_missing_settings_are_told_with_what_to_write_where(
    run: Run, settings: Callable[[str], Path], out: Path
) -> None:
    file = settings("")
    refused = run("letter", REF, "-o", out)
    assert refused.code == 6
    assert refused.err == (
        f"{file} lacks what this needs: write issuer, place, number, office under [letter],"
        ' such as issuer = "Bộ Ngoại giao".\n'
    )
    settings('[letter]\nplace = "Hà Nội"\nsender = "x"')
    assert run("letter", "--partner", "la", "-o", out).err.count("write number under [letter]") == 1
    # The example is of what is missing.
    settings('[letter]\nplace = "Hà Nội"\nnumber = "{number}/BNG"')
    assert 'write sender under [letter], such as sender = "' in run("letter", "--partner", "la", "-o", out).err
    assert run("letter", "--partner", "la").code == 0
    assert os.listdir(out) == []


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('number = "45/BNG"', "letter.number"),
        ('number = "{number}/{year}"', "letter.number"),
        ('note_number = "{number}{number}"', "letter.note_number"),
        ("answer_days = 0", "letter.answer_days"),
        ("answer_days = true", "letter.answer_days"),
        ('copies = "Bộ trưởng"', "letter.copies"),
        ("copies = [1]", "letter.copies"),
        ('to = "x"', "letter.to"),
        ("place = 1", "letter.place"),
        ('seal = "x"', "letter.seal"),
    ],
)
def test_a_bad_setting_is_told_with_its_key(run: Run, settings: Callable[[str], Path], line: str, key: str) -> None:
    settings(f"[letter]\n{line}")
    refused = run("letter", REF)
    assert refused.code == 6
    assert f", {key}: " in refused.err


def test_the_office_changes_the_words(run: Run, out: Path, head: Path) -> None:
    written = run("letter", "--write-template")
    file = head.parent / "letters/urging.toml"
    assert (written.code, written.out) == (0, "")
    assert f"Written to {file}.\n" in written.err
    assert run("letter", "--write-template").code == 6
    file.write_text(file.read_text().replace("trân trọng đề nghị", "kính mời", 1))
    run("letter", REF, "-o", out)
    assert any("kính mời Bộ Công Thương" in each.text for each in Document(out / NAME).paragraphs)
    file.write_text(file.read_text().replace("{party}", "{sender.__init__}"))
    refused = run("letter", REF, "-o", out, "--replace")
    assert refused.code == 6
    assert "there is no hole “sender.__init__”" in refused.err
    assert run("letter", "--write-template", "--replace").code == 0
    assert run("letter", REF, "-o", out, "--replace").code == 0


def test_what_cannot_be_written_is_not_recorded(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = anchor(run)
    (out / NAME).write_bytes(b"mine")
    refused = run("letter", REF, "-o", out, "--record")
    assert (refused.code, (out / NAME).read_bytes()) == (6, b"mine")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(placing.os, "fsync", full)
    refused = run("letter", REF, "-o", out / "other.docx", "--record")
    assert (refused.code, os.listdir(out)) == (6, [NAME])
    assert anchor(run) == before


def test_what_cannot_be_recorded_is_not_written(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody marks the commitment, or asks the same, between the look and the record."""
    draw = drawing.draw
    theirs = (("mark", "in_progress", REF, "--note", "đã họp"), ("letter", REF, "-o", out / "theirs.docx", "--record"))
    waiting = iter(theirs)

    def in_between(*given: Any) -> bytes:
        monkeypatch.setattr(drawing, "draw", draw)
        assert run(*next(waiting)).code == 0
        return draw(*given)

    for _act in theirs:
        monkeypatch.setattr(drawing, "draw", in_between)
        refused = run("letter", REF, "-o", out / "mine.docx", "--record")
        assert refused.code == 5
        assert not (out / "mine.docx").exists()
    assert "Somebody else has asked vn-moit about VL-2025-012 in the meantime" in refused.err
    assert os.listdir(out) == ["theirs.docx"]
