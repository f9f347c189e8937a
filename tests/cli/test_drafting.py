"""Drafting from the command line: what is answered, in which form, and what is refused."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run, process
from tests.reading.test_any_text import pdf_file

TEXT = """Tuyên bố của Việt Nam và Nhật Bản
Hai bên nhất trí đưa kim ngạch đạt 60 tỷ USD vào năm 2030.
Hai bên đánh giá cao kết quả hợp tác.
"""
PUBLISHED = ("--published", "2026-01-10")
NO_REGISTER = "There is no register yet: nothing was compared. `tracker seed` makes one.\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "tuyên-bố.txt"
    file.write_text(TEXT, "utf8")
    return file


def test_a_draft_is_answered_as_scripts_are_promised_it(run: Run, document: Path) -> None:
    answer = run("draft", document, *PUBLISHED, "--format", "jsonl")
    assert answer.code == 0
    (row,) = map(json.loads, answer.out.splitlines())
    assert TEXT[row["start"] : row["end"]] == row["sentence"]
    assert row["sentence"] == "Hai bên nhất trí đưa kim ngạch đạt 60 tỷ USD vào năm 2030."
    assert row["owners"] == ["Việt Nam", "Nhật Bản"]
    assert row["counterparts"] == []
    assert row["deadline"] == {
        "text": "vào năm 2030",
        "value": "..2030",
        "start": None,
        "end": "2030-12-31",
        "precision": "year",
        "certainty": "stated",
    }
    assert [(t["text"], t["value"], t["unit"]) for t in row["targets"]] == [("60 tỷ USD", 60_000_000_000, "USD")]
    assert row["strength"] == "agreed"
    assert 0 < row["confidence"] <= 1
    assert row["why"] == ["agree: nhất trí"]
    assert row["similar"] == []


def test_every_form_has_the_same_drafts(run: Run, document: Path) -> None:
    assert len(run("draft", document, *PUBLISHED, "--format", "json").json) == 1
    assert len(run("draft", document, *PUBLISHED, "--format", "csv").out.splitlines()) == 2
    table = run("draft", document, *PUBLISHED)
    assert "Việt Nam, Nhật Bản" in table.out
    assert table.err == NO_REGISTER + "tuyên-bố.txt was read as news or a statement: 1 draft.\n"


def test_a_text_that_promises_nothing_has_no_drafts(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text("Trời hôm nay đẹp.\n", "utf8")
    assert run("draft", file, *PUBLISHED, "--format", "json").out == "[]\n"


def test_the_day_of_publication_is_asked_for_and_never_guessed(run: Run, document: Path) -> None:
    assert run("draft", document).code == 2
    assert run("draft", document, "--published", "soon").code == 2
    assert run("draft", document, "--published", "2026-01").code == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4 nothing", "a.pdf is damaged, or is not what its name says."),
        ("a.docx", b"PK", "a.docx is damaged, or is not what its name says."),
        ("a.txt", b"\xff\xfe\x00", "a.txt is not a text in UTF-8."),
        (
            "a.rtf",
            b"{\\rtf1\\ansi Hai ben}",
            "a.rtf is rich text (RTF), which is not read. Save it as .docx or .txt and give that.",
        ),
        ("a.html", b"<script>x</script>", "a.html has no words in it."),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_one_sentence(
    run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    answer = run("draft", tmp_path / name, *PUBLISHED)
    assert (answer.code, answer.out) == (6, "")
    assert answer.err.strip().endswith(said)


def test_drafting_needs_no_register(document: Path, tmp_path: Path) -> None:
    environment = {"TRACKER_DATABASE": str(tmp_path / "nowhere" / "none.sqlite"), "TRACKER_LANG": "en"}
    answer = process("draft", str(document), *PUBLISHED, "--format", "jsonl", env=environment)
    assert answer.returncode == 0
    assert len(answer.stdout.splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.usefixtures("register")
def test_what_is_known_already_is_named_beside_a_draft(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(
        "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\n"
        "Hai bên nhất trí triển khai dự án đường cao tốc Hà Nội - Vientiane.\n",
        "utf8",
    )
    (row,) = run("draft", file, *PUBLISHED, "--format", "json").json
    assert "VL-2025-013" in row["similar"]
    assert row["likeness"][0]["because"]


@pytest.mark.usefixtures("register")
def test_saved_drafts_are_accepted_merged_and_rejected(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(
        "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\n"
        "Hai bên nhất trí lập quỹ chung trong năm 2027.\n"
        "Hai bên nhất trí sớm hoàn thành đường cao tốc Hà Nội - Vientiane.\n"
        "Lào cam kết giảm phí 10%.\n",
        "utf8",
    )
    saved = run("draft", file, *PUBLISHED, "--save", "--format", "json").json
    assert [row["decision"] for row in saved] == ["open"] * 3
    first, second, third = (str(row["number"]) for row in saved)

    accepted = run("drafts", "accept", first, "--title", "Lập quỹ chung", "--format", "json")
    assert accepted.code == 0
    (commitment,) = accepted.json
    assert commitment["title"]["vi"] == "Lập quỹ chung"
    assert commitment["deadline"]["value"] == "2027"
    assert run("show", commitment["ref"]).code == 0

    merged = run("drafts", "merge", second, "VL-2025-013")
    assert (merged.code, merged.err) == (0, "VL-2025-013 has one more source.\n")
    assert run("drafts", "reject", third, "--reason", "không thuộc phạm vi").code == 0
    assert run("drafts", "list", "--format", "json").json == []
    decided = run("drafts", "list", "--all", "--format", "json").json
    assert [(row["decision"], row["ref"]) for row in decided] == [
        ("accepted", commitment["ref"]),
        ("merged", "VL-2025-013"),
        ("rejected", None),
    ]
    again = run("drafts", "accept", third)
    assert (again.code, again.err) == (4, f"Draft {third} is decided already: it was rejected.\n")
    unknown = run("drafts", "accept", "999999")
    assert (unknown.code, unknown.err) == (3, "There is no draft called “999999”.\n")
    assert run("drafts", "reject", first).code == 2


REPORT = (
    "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\nDự án đường cao tốc Hà Nội - Vientiane đã hoàn thành.\n"
    "Lào cam kết giảm phí 10%.\n"
)


@pytest.mark.usefixtures("register")
def test_a_list_of_drafts_tells_of_which_document_each_is_and_what_it_has_to_do_with_a_commitment(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "tin hôm nay.txt"
    agreed = "Hai bên nhất trí sớm hoàn thành đường cao tốc Hà Nội - Vientiane."
    file.write_text(REPORT.replace("Dự án đường cao tốc Hà Nội - Vientiane đã hoàn thành.", agreed), "utf8")
    (like, new) = run("draft", file, *PUBLISHED, "--save", "--format", "json").json
    table = run("drafts", "list").out
    assert table.count("tin hôm nay.txt") == 2
    assert "like VL-2025-013" in table
    run("drafts", "merge", like["number"], "VL-2025-014")
    run("drafts", "reject", new["number"], "--reason", "x")
    assert "went into VL-2025-014" in run("drafts", "list", "--all").out


@pytest.mark.usefixtures("register")
def test_a_report_is_accepted_and_not_merged(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(REPORT, "utf8")
    row = next(each for each in run("draft", file, *PUBLISHED, "--save", "--format", "json").json if each["status"])
    assert f"reports on {row['similar'][0]}" in run("drafts", "list").out
    before = run("history", "--format", "json").out
    refused = run("drafts", "merge", row["number"], "VL-2025-013")
    ref = row["similar"][0]
    assert (refused.code, refused.err) == (
        4,
        f"Draft {row['number']} reports that {ref} is “Delivered”; it is not merged but accepted,"
        f" which marks {ref} so.\n",
    )
    assert run("history", "--format", "json").out == before
    assert run("drafts", "list", "--format", "json").json[0]["decision"] == "open"


@pytest.mark.usefixtures("register")
def test_a_draft_merged_into_what_has_its_sentence_is_said_to_change_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(
        "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\n"
        "Hai bên nhất trí lập quỹ chung trong năm 2026 và xây trường học trong năm 2028.\n",
        "utf8",
    )
    first, second = run("draft", file, *PUBLISHED, "--save", "--format", "json").json
    (commitment,) = run("drafts", "accept", first["number"], "--format", "json").json
    said = run("drafts", "merge", second["number"], commitment["ref"]).err
    assert said == (
        f"The sentence is a source of {commitment['ref']} already; the draft is decided, and nothing else changed.\n"
    )


@pytest.mark.usefixtures("register")
def test_updates_are_counted_as_updates_and_none_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(REPORT, "utf8")
    answer = run("draft", file, *PUBLISHED, "--updates")
    assert answer.err == "tin.txt: 1 sentence reports on a commitment on record.\n"
    file.write_text("Trời hôm nay đẹp.\n", "utf8")
    assert run("draft", file, *PUBLISHED, "--updates").err.endswith("No sentence reports on a commitment on record.\n")
    refused = run("draft", file, *PUBLISHED, "--updates", "--save")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "--updates has no meaning with --save" in refused.err


@pytest.mark.usefixtures("register")
def test_only_a_name_that_is_really_alike_is_offered(run: Run) -> None:
    assert "Did you mean" not in run("report", "overdue", "--lead", "Trung Quốc").err
    assert "“Bộ Công Thương”" in run("report", "overdue", "--lead", "Bộ Công Thươn").err
    assert "Did you mean" not in run("report", "changes", "--since", "hoi-cho").err


@pytest.mark.usefixtures("register")
def test_a_draft_is_accepted_as_the_options_say(run: Run, document: Path) -> None:
    (row,) = run("draft", document, *PUBLISHED, "--save", "--format", "json").json
    number = str(row["number"])
    assert run("drafts", "accept", number, "--kind", "wish").code == 2
    assert run("drafts", "accept", number, "--source", "x:1").code == 2
    assert run("drafts", "accept", number, "7", "--title", "x").code == 2
    said = ("--title-en", "Trade of 60 billion", "--deadline", "2030-06", "--undertaker", "Lào", "--tag", "thuong mai")
    (commitment,) = run("drafts", "accept", number, *said, "--format", "json").json
    assert commitment["title"]["en"] == "Trade of 60 billion"
    assert commitment["title"]["vi"].startswith("Đưa kim ngạch")
    assert (commitment["deadline"]["value"], commitment["deadline"]["text"]) == ("2030-06", "vào năm 2030")
    assert [part["role"] for part in commitment["parties"]] == ["undertaker"]
    assert commitment["tags"] == ["thuong-mai"]


@pytest.mark.usefixtures("register")
def test_undo_lets_an_accepted_draft_wait_again_and_reopen_a_rejected_one(run: Run, document: Path) -> None:
    (row,) = run("draft", document, *PUBLISHED, "--save", "--format", "json").json
    number = str(row["number"])
    run("drafts", "accept", number)
    assert run("drafts", "list", "--format", "json").json == []
    refused = run("drafts", "reopen", number)
    assert (refused.code, refused.err.startswith(f"Draft {number} is decided already: it went into ")) == (4, True)
    assert run("undo").code == 0
    assert [each["number"] for each in run("drafts", "list", "--format", "json").json] == [row["number"]]
    run("drafts", "reject", number, "--reason", "sai")
    reopened = run("drafts", "reopen", number, "--format", "json")
    assert [(each["decision"], each["reason"]) for each in reopened.json] == [("open", "")]


def test_a_text_from_standard_input_is_read_under_its_name() -> None:
    def answer(*words: str, text: str = TEXT) -> subprocess.CompletedProcess[str]:
        return process("draft", "-", *PUBLISHED, *words, env={"TRACKER_LANG": "en"}, input=text)

    pasted = answer("--name", "tuyên bố")
    assert pasted.stderr == NO_REGISTER + "tuyên bố was read as news or a statement: 1 draft.\n"
    assert "Việt Nam, Nhật Bản" in pasted.stdout
    assert answer().stderr.startswith(NO_REGISTER + "pasted text was read as")
    assert answer(text="").returncode == 6


def test_the_page_of_a_pdf_stands_beside_its_paragraph(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf_file("Viet Nam and Laos met.", "Both sides agreed to open a new route by 2030."))
    assert re.search(r"\d, page 1 ", run("draft", file, *PUBLISHED).out)
    assert [row["page"] for row in run("draft", file, *PUBLISHED, "--format", "json").json] == [1]


def test_a_name_is_for_what_has_none(run: Run, document: Path) -> None:
    refused = run("draft", document, *PUBLISHED, "--name", "tin")
    assert refused.code == 2
    assert "--name" in refused.err


@pytest.mark.usefixtures("register")
def test_a_report_is_accepted_as_the_options_of_mark_say_and_takes_none_of_those_of_add(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(
        "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\n"
        "Hai bên nhất trí lập quỹ chung trong năm 2027.\n"
        "Dự án đường cao tốc Hà Nội - Vientiane đã được khánh thành.\n",
        "utf8",
    )
    rows = run("draft", file, *PUBLISHED, "--save", "--format", "json").json
    new, report = (str(row["number"]) for row in rows)
    refused = run("drafts", "accept", new, report, "--sector", "infrastructure")
    said = f"--sector is for a new commitment, and draft {report} reports on one that is on record.\n"
    assert (refused.code, refused.err) == (2, said)
    refused = run("drafts", "accept", new, report, "--done", "unknown")
    said = f"--done is for a report on a commitment, and draft {new} would be a new one.\n"
    assert (refused.code, refused.err) == (2, said)
    assert len(run("drafts", "list", "--format", "json").json) == 2
    assert run("drafts", "accept", report).code == 4
    assert run("drafts", "accept", report, "--done", "2025-12", "--tier", "7").code == 2
    told = ("--done", "2025-12", "--tier", "2", "--note", "đã xem", "--on", "2026-01-10", "--evidence", "https://a.vn")
    (commitment,) = run("drafts", "accept", report, *told, "--format", "json").json
    assert (commitment["status"], commitment["done"], commitment["evidence_tier"]) == ("delivered", "2025-12", 2)
    assert commitment["status_since"] == "2026-01-10"
    (update, *_earlier) = run("show", commitment["ref"], "--format", "json").json["updates"]
    assert (update["note"], [each["kind"] for each in update["evidence"]]) == ("đã xem", ["citation", "link"])


@pytest.mark.parametrize("day", ["..2030", "none", "2099-01-01", "1825-12-02", "2027"])
def test_a_text_came_out_on_a_day_that_is_behind_us(run: Run, document: Path, day: str) -> None:
    answer = run("draft", document, "--published", day)
    assert (answer.code, answer.out) == (2, "")
    assert f"“{day}”" in answer.err


@pytest.mark.usefixtures("register")
def test_what_was_done_before_a_refusal_is_said(run: Run, document: Path) -> None:
    document.write_text(TEXT + "Nhật Bản cam kết cấp vốn.\nKhởi công tháng 2/2026.", "utf8")
    run("draft", document, *PUBLISHED, "--save")
    assert run("drafts", "accept", "1").code == 0
    both = run("drafts", "accept", "1", "2")
    assert (both.code, both.out) == (4, "")
    assert "decided already" in both.err
    again = run("drafts", "accept", "2", "2")
    assert (again.code, again.err.count("was added")) == (0, 1)


@pytest.mark.usefixtures("register")
def test_a_text_that_was_read_before_says_so(run: Run, document: Path, tmp_path: Path) -> None:
    run("draft", document, *PUBLISHED, "--save")
    run("drafts", "reject", "1", "--reason", "thử")
    other = tmp_path / "bản sao.txt"
    other.write_bytes(document.read_bytes())
    assert "read before, as tuyên-bố.txt, published 10 Jan 2026" in run("draft", other, *PUBLISHED, "--save").err
    late = run("draft", document, "--published", "2026-01-11", "--save").err
    assert "read before, as tuyên-bố.txt, published 10 Jan 2026" in late


@pytest.mark.usefixtures("register")
def test_a_guessed_day_is_said_once(run: Run, document: Path) -> None:
    answer = run("draft", document, "--published", "5/1/2026", "--lang", "vi", "--save")
    assert answer.err.count("“5/1/2026”") == 1
