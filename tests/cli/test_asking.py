"""list, show, history and the overdue report, as a person meets them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("register")
LATER = "--as-of=2027-03-01"


def test_a_list_is_the_answer_and_nothing_else(run: Run) -> None:
    answer = run("list", "--as-of", "2026-11-21")
    assert (answer.code, answer.err) == (0, "")
    assert "VL-2025-004" in answer.out
    assert "\x1b" not in answer.out


def test_every_format_lists_the_same(run: Run) -> None:
    refs = [row["ref"] for row in run("list", "--format", "json").json]
    assert len(refs) > 30
    assert [row["ref"] for row in csv.DictReader(io.StringIO(run("list", "--format", "csv").out))] == refs
    assert len(run("list", "--format", "jsonl").out.splitlines()) == len(refs)
    for form in ("table", "md"):
        assert re.findall(r"^\|? ?(VL-\d{4}-\d{3})", run("list", "--format", form).out, re.MULTILINE) == refs


def test_an_empty_list(run: Run) -> None:
    assert run("list", "tag:không-có", "--format", "json").out == "[]\n"
    answer = run("list", "tag:không-có")
    assert answer.code == 0
    assert answer.err == "No commitment matches.\n"


def test_limit_and_offset_cut_a_window(run: Run) -> None:
    refs = [row["ref"] for row in run("list", "--format=json").json]
    assert [row["ref"] for row in run("list", "--format=json", "--limit", "3", "--offset=2").json] == refs[2:5]
    assert run("list", "--limit", "-1").code == 2
    assert run("list", "--limit", "many").code == 2


def test_global_options_stand_before_or_after_the_command(run: Run, register: Path) -> None:
    before = run("--format", "json", "--as-of", "2027-03-01", "--lang", "vi", "list", "is:overdue")
    after = run("list", "is:overdue", "--lang=vi", "--as-of=2027-03-01", "--format=json")
    assert before == after
    assert before.json
    assert run("report", "--database", str(register), "overdue", LATER).code == 0


def test_a_term_may_begin_with_a_minus(run: Run) -> None:
    everything = run("list", "--format=json").json
    found = run("list", "-status:in_progress", "--format=json").json
    assert 0 < len(found) < len(everything)
    assert run("list", "-lao", "--format=json").code == 0
    assert run("report", "overdue", "-status:in_progress", "--format=json").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("lead:Bộ Công Thương",),
        ('lead:"Bộ Công Thương"',),
        ("lead:Bộ Công Thương", "-status:withdrawn"),
        ("-status:withdrawn", "--limit=50", 'lead:"bo cong thuong" is:open'),
    ],
)
def test_a_name_whose_quotes_the_shell_took_is_a_name_again(run: Run, words: tuple[str, ...]) -> None:
    found = run("list", "--format=json", *words).json
    assert found
    assert {row["lead"]["name"]["vi"] for row in found} == {"Bộ Công Thương"}


def test_a_whole_query_in_one_word_stays_a_query(run: Run) -> None:
    one = run("list", "lead:vn-moit sector:economy_trade", "--format=json")
    assert one.json
    assert one == run("list", "lead:vn-moit", "sector:economy_trade", "--format=json")


def test_show_has_everything_in_both_languages_of_the_title(run: Run) -> None:
    shown = run("show", "vl-2025-012").out
    assert shown.startswith("VL-2025-012  Raise trade")
    for part in ("5 tỷ USD", "Ministry of Industry and Trade (Viet Nam) (proposed)", "paragraph 24", "USD 5 billion"):
        assert part in shown
    assert "tracker document add 000_71fae73bf112ebc2.txt" in shown
    in_vietnamese = run("show", "VL-2025-012", "--lang", "vi").out
    for part in ("Bộ Công Thương (đề xuất)", "đoạn 24", "sớm (không có thời hạn)", "5 tỷ USD", "Lịch sử"):
        assert part in in_vietnamese


def test_show_as_json_is_one_commitment(run: Run) -> None:
    shown = run("show", "VL-2025-004", "--format", "json").json
    assert shown["ref"] == "VL-2025-004"
    assert shown["deadline"]["value"] == "2026"
    assert shown["history"]
    assert run("show", "VL-2025-004", "--format", "csv").code == 2


def test_history_is_newest_first(run: Run) -> None:
    run("mark", "in_progress", "VL-2025-004", "--note", "đã họp")
    entries = run("history", "VL-2025-004", "--format", "json").json
    assert [entry["kind"] for entry in entries] == ["mark", "import"]
    assert entries[0]["actor"] == "Lan"
    assert "In progress" in run("history", "VL-2025-004").out
    assert len(run("history", "--limit", "2", "--format=jsonl").out.splitlines()) == 2


def test_the_overdue_report_in_every_format(run: Run) -> None:
    report = run("report", "overdue", LATER, "--format", "json").json
    assert sum(report["buckets"].values()) == report["total"]
    refs = [
        row["ref"]
        for section in ("overdue", "late_claim", "paused", "review_due", "due_soon")
        for row in report[section]
    ]
    assert len(report["overdue"]) == report["buckets"]["open_overdue"] > 0
    assert [
        row["ref"] for row in csv.DictReader(io.StringIO(run("report", "overdue", LATER, "--format=csv").out))
    ] == refs
    for form in ("table", "md"):
        text = run("report", "overdue", LATER, f"--format={form}").out
        assert re.findall(r"^(?: {4}|\| )(VL-\d{4}-\d{3})", text, re.MULTILINE) == refs
        assert text.rstrip().endswith(report["anchor"])


def test_the_report_takes_a_lead_a_partner_and_a_query(run: Run) -> None:
    by_lead = run("report", "overdue", LATER, "--lead", "Bộ Ngoại giao", "--format=json").json
    assert {row["lead"]["party"] for row in by_lead["overdue"]} == {"vn-mofa"}
    assert run("report", "overdue", LATER, "--partner", "Lào", "--format=json").code == 0
    assert run("report", "overdue", LATER, "--limit", "1", "--format=json").json["sizes"]["overdue"] > 1
    assert "Lead: Ministry of Foreign Affairs" in run("report", "overdue", LATER, "--lead", "vn-mofa").out
    assert run("report", "overdue", "--lead", "Bộ Không Có").code == 3


def test_fail_if_any(run: Run) -> None:
    assert run("report", "overdue", LATER, "--fail-if-any").code == 10
    assert run("report", "overdue", "--as-of", "2025-12-05", "--fail-if-any", "ref:VL-2025-004").code == 0


def test_a_report_in_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "báo cáo.csv"
    file.write_text("old")
    answer = run("report", "overdue", LATER, "-o", file)
    assert (answer.code, answer.out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("section,as_of,ref")
    again = file.read_bytes()
    run("report", "overdue", LATER, "-o", file)
    assert file.read_bytes() == again
    assert sorted(path.name for path in tmp_path.iterdir() if "báo" in path.name) == ["báo cáo.csv"]
    assert run("report", "overdue", LATER, "-o", "-").out


def test_a_report_that_cannot_be_written_leaves_no_file(run: Run, tmp_path: Path) -> None:
    assert run("report", "overdue", "-o", tmp_path / "no" / "a.md").code == 6
    assert run("report", "overdue", "-o", tmp_path).code == 6
    file = tmp_path / "a.md"
    assert run("report", "overdue", "lead:không-ai", "-o", file).code == 3
    assert not file.exists()


def test_a_narrow_terminal_is_not_overrun(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for words in (("list",), ("report", "overdue", LATER), ("show", "VL-2025-012"), ("list", "--lang=vi")):
        long = [line for line in run(*words).out.splitlines() if len(line) > 60]
        assert [line for line in long if "Anchor" not in line] == []


def test_dates_are_read_as_the_language_reads_them(run: Run) -> None:
    read = run("list", "--as-of", "05/12/2026", "--lang", "vi")
    assert (read.code, read.err) == (0, "“05/12/2026” được đọc là ngày 5 tháng 12 năm 2026.\n")
    refused = run("list", "--as-of", "05/12/2026", "--lang", "en")
    assert refused.code == 2
    assert "2026-12-05" in refused.err
    assert "2026-05-12" in refused.err
    assert run("list", "--as-of", "25/12/2026").code == 0
    assert run("list", "--as-of", "25/12/26").code == 2
    assert run("list", "--as-of", "2026-12").code == 2
    assert run("list", "--as-of", "hôm qua").code == 2


def test_a_sector_is_found_by_a_word_of_its_code_and_an_unknown_one_is_refused(run: Run) -> None:
    assert {row["sector"] for row in run("list", "sector:trade", "--format=json").json} == {"economy_trade"}
    refused = run("list", "sector:trad")
    assert refused.code == 2
    assert "economy_trade" in refused.err


def test_a_group_of_commands_has_its_help(run: Run) -> None:
    answer = run("document", "--help")
    assert answer.code == 0
    assert "document add FILE..." in answer.out
    assert "report overdue" not in answer.out


def test_a_file_of_a_known_kind_that_is_not_written_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("report", "overdue", "-o", str(tmp_path / "r.odt")).code == 2
    assert run("agenda", "-o", str(tmp_path / "r.docx")).code == 2
    assert not list(tmp_path.glob("r.*"))


def test_paragraphs_are_shown_with_the_numbers_that_citations_use(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bai.txt"
    file.write_text("Hai bên gặp nhau.\n\nHai bên sẽ mở đường bay.\n", encoding="utf-8")
    assert run("document", "add", str(file)).code == 0
    assert "  2  Hai bên sẽ mở đường bay.\n" in run("document", "show", "bai").out


def test_a_list_comes_in_the_order_asked_for(run: Run) -> None:
    def refs(*words: str) -> list[str]:
        return [row["ref"] for row in run("list", "--format=json", *words).json]

    assert refs("--sort", "ref") == sorted(refs())
    assert refs("--sort=-ref") == refs("--sort", "-ref") == sorted(refs(), reverse=True)
    assert refs("--sort", "deadline") == refs()
    days = [row["last_update"] for row in run("list", "--format=json", "--sort=-updated").json]
    assert days == sorted(days, reverse=True)
    assert refs("--sort", "lead", "--limit", "5") == refs("--sort", "lead")[:5]
    answer = run("list", "--sort", "colour")
    assert answer.code == 2
    assert "deadline, ref, updated, made, lead, status" in answer.err


def test_a_list_shows_the_columns_asked_for(run: Run) -> None:
    table = run("list", "--columns", "ref,days,sector", "--limit=2", LATER).out.splitlines()
    assert table[0].split() == ["Ref", "Days", "late", "Sector"]
    markdown = run("list", "--columns", "title, ref", "--format=md", "--limit=1").out.splitlines()
    assert markdown[0] == "| Title | Ref |"
    rows = list(csv.DictReader(io.StringIO(run("list", "--columns", "ref,lead,tags", "--format=csv").out)))
    assert list(rows[0]) == ["ref", "lead_party", "lead_name_vi", "lead_name_en", "lead_basis", "tags"]
    assert run("list", "--columns", "ref", "--limit=1").out.splitlines()[0] == "Ref"
    for wrong in ("colour", "ref,", ""):
        answer = run("list", "--columns", wrong)
        assert answer.code == 2
        assert "updated, moves, tags" in answer.err
    assert run("list", "--columns", "ref", "--format", "json").code == 2


def test_the_history_names_parties(run: Run) -> None:
    run("edit", "VL-2025-013", "--lead", "vn-moit", "--supporting", "vn-mofa")
    said = run("history", "VL-2025-013").out.splitlines()[1]
    assert "Ministry of Foreign Affairs" in said
    assert "vn-mo" not in said
    assert "Bộ Ngoại giao" in run("history", "VL-2025-013", "--lang", "vi").out.splitlines()[1]


def test_the_history_names_documents(run: Run, article: Path) -> None:
    run("document", "add", str(article), "--published", "2026-11-20")
    run("move", "VL-2025-004", "2027", "--source", f"{article.name}:1")
    said = run("history", "VL-2025-004").out.splitlines()[1]
    assert f"Sources: + {article.name}, paragraph 1" in said
