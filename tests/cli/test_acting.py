"""mark, move, add, edit, documents and parties, as a person meets them."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run

REF = "VL-2025-004"
pytestmark = pytest.mark.usefixtures("register")


def test_mark_answers_with_the_commitment_as_it_is_now(run: Run) -> None:
    answer = run("mark", "in_progress", REF, "--note", "Đã họp trù bị", "--format", "json")
    assert answer.code == 0
    assert answer.err == f"{REF} is marked “In progress”.\n"
    assert [(row["ref"], row["status"], row["version"]) for row in answer.json] == [(REF, "in_progress", 2)]


def test_several_are_marked_together_or_not_at_all(run: Run) -> None:
    assert run("mark", "not_started", REF, "--note", "chưa thấy gì", "VL-2025-001").code == 0
    assert run("mark", "in_progress", REF, "VL-2025-999", "--note", "x").code == 3
    assert run("show", REF, "--format=json").json["status"] == "not_started"


def test_delivered_needs_its_proof_and_its_day(run: Run, article: Path) -> None:
    assert run("mark", "delivered", REF).code == 4
    assert run("mark", "delivered", REF, "--evidence", "https://example.vn/tin", "--done", "2026").code == 4
    refused = run("mark", "delivered", REF, "--confirmed-by", "Vụ Lào", "--lang", "vi")
    assert refused.code == 4
    assert "thời điểm hoàn thành" in refused.err
    # What the field takes is what its refusal names.
    for typed in ("xyz", "none"):
        refused = run("mark", "delivered", REF, "--evidence", "https://example.vn/tin", "--done", typed)
        assert refused.code == 2
        assert "or unknown" in refused.err
    answer = run("mark", "delivered", REF, "--evidence", article, "--tier", "2", "--done", "2026-10", "--format=json")
    assert answer.json[0]["schedule"] == "done_on_time"
    assert answer.json[0]["evidence_tier"] == 2
    assert "bai-viet.txt" in run("show", REF).out


def test_a_closed_one_is_reopened_with_a_note(run: Run) -> None:
    run("mark", "withdrawn", REF, "--note", "hai bên thống nhất dừng")
    assert run("mark", "delivered", REF, "--confirmed-by", "A", "--done", "unknown").code == 4
    assert run("move", REF, "2027", "--note", "x").code == 4
    assert run("mark", "recorded", REF).code == 4
    assert run("mark", "recorded", REF, "--note", "làm lại").code == 0


def test_every_other_status_with_its_reason(run: Run) -> None:
    assert run("mark", "suspended", REF, "--note", "chờ", "--review", "2027-01-15").code == 0
    assert run("mark", "superseded", REF, "--replaced-by", "vl-2025-001").code == 0
    assert run("show", REF, "--format=json").json["replaced_by"] == "VL-2025-001"
    assert run("mark", "superseded", "VL-2025-001", "--replaced-by", "VL-2025-001").code == 2
    assert run("mark", "claimed-done", "VL-2025-001", "--note", "Lào báo đã xong").code == 0
    assert run("mark", "partial", "VL-2025-002", "--evidence", "https://example.vn").code == 0


def test_one_side_of_a_joint_commitment(run: Run) -> None:
    answer = run("mark", "in_progress", REF, "--side", "la-politburo", "--note", "phía ta đã gửi", "--format=json")
    assert answer.json[0]["sides"] == [
        {"party": "la-politburo", "status": "in_progress", "since": "2026-11-21", "done": None}
    ]
    # The whole is what it was, and nothing says otherwise.
    assert (
        answer.err == f"{REF}: the side of Politburo of the Lao People's Revolutionary Party is marked “In progress”.\n"
    )
    assert answer.json[0]["status"] == "recorded"


def test_what_lies_in_the_future_did_not_happen(run: Run) -> None:
    assert run("mark", "in_progress", REF, "--note", "x", "--on", "2027-01-01").code == 4
    assert run("mark", "in_progress", REF, "--note", "x", "--on", "2020-01-01").code == 4


def test_a_status_for_an_earlier_day_is_said_to_be_one(run: Run) -> None:
    run("mark", "partial", REF, "--evidence", "https://example.vn", "--on", "2026-10-01")
    answer = run("mark", "in_progress", REF, "--note", "x", "--on", "2026-03-01", "--format=json")
    assert answer.code == 0
    assert answer.err.splitlines() == [
        f"What was recorded for 1 Mar 2026 does not change how {REF} stands today: later entries say otherwise."
    ]
    assert answer.json[0]["status"] == "partial"


def test_what_somebody_else_changed_is_not_overwritten(run: Run) -> None:
    run("mark", "in_progress", REF, "--note", "một")
    answer = run("mark", "withdrawn", REF, "--note", "hai", "--if-version", "1")
    assert answer.code == 5
    assert "version 1" in answer.err
    assert "Status: you saw" in answer.err
    assert run("mark", "withdrawn", REF, "--note", "hai", "--if-version", "2").code == 0


def test_move_keeps_the_baseline(run: Run) -> None:
    answer = run("move", REF, "30/6/2027", "--note", "theo biên bản", "--text", "trước 30/6/2027", "--format=json")
    moved = answer.json[0]
    assert (moved["deadline"]["value"], moved["deadline"]["certainty"], moved["moves"]) == ("2027-06-30", "agreed", 1)
    assert moved["baseline"]["value"] == "2026"
    assert run("move", REF, "30/6/2027", "--note", "x").code == 4
    assert run("move", REF, "2028").code == 4
    assert run("move", REF, "31/02/2028", "--note", "x").code == 2
    assert "Deadline moved" in run("show", REF).out


def test_add_from_a_document(run: Run, article: Path) -> None:
    added = run("document", "add", article, "--published", "2026-01-05", "--publisher", "Báo Nhân Dân", "--format=json")
    assert (added.code, added.json[0]["text_added"]) == (0, True)
    assert "was added" in added.err
    assert "already" in run("document", "add", article).err
    what = ("--kind", "project", "--sector", "infrastructure", "--deadline", "2026", "--tag", "hang-khong")
    whose = ("--lead", "Bộ Công Thương", "--undertaker", "vn", "--undertaker", "la")
    aim = ("--target", "vn-la-trade=5000000000@2030")
    source = ("--source", "bai-viet:2", "--prefix", "vl")
    answer = run("add", "--title", "Mở đường bay thẳng", *what, *whose, *aim, *source, "--format=json")
    assert answer.code == 0, answer.err
    row = answer.json[0]
    assert row["ref"].startswith("VL-2026-")
    assert row["lead"] == {
        "party": "vn-moit",
        "basis": "assigned",
        "name": {"vi": "Bộ Công Thương", "en": "Ministry of Industry and Trade (Viet Nam)"},
    }
    assert row["sources"][0]["paragraph"] == 2
    assert row["targets"][0]["value"] == 5_000_000_000
    assert "nhất trí mở đường bay thẳng" in run("show", row["ref"]).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--title", "x", "--kind", "project"), 2),
        (("--title", "x", "--source", "000:1"), 2),
        (("--kind", "project", "--source", "000:1"), 2),
        (("--title", "x", "--kind", "projekt", "--source", "bai-viet:2"), 2),
        (("--title", "x", "--kind", "project", "--source", "bai-viet:99"), 2),
        (("--title", "x", "--kind", "project", "--source", "001:2"), 2),
        (("--title", "x", "--kind", "project", "--source", "không-có:2"), 3),
        (("--title", "x", "--kind", "project", "--source", "bai-viet:2", "--lead", "Bộ Không Có"), 3),
        (("--title", "x", "--kind", "project", "--source", "bai-viet:2", "--target", "vn-la-trade"), 2),
        (("--title", "x", "--kind", "project", "--source", "bai-viet:2", "--target", "nope=3"), 3),
        (("--title", "x", "--kind", "project", "--source", "bai-viet:2", "--ref", "lỗi"), 2),
        (("--title", "x", "--kind", "project", "--source", "bai-viet:2", "--ref", REF), 4),
        (("--title", "x", "--kind", "project", "--source", "bai-viet:2", "--sector", "Lạ Lùng!"), 2),
        (("--title", " ", "--kind", "project", "--source", "bai-viet:2"), 2),
    ],
)
def test_add_refuses_what_is_not_right(run: Run, article: Path, words: tuple[str, ...], code: int) -> None:
    run("document", "add", article)
    answer = run("add", *words)
    assert (answer.code, answer.out) == (code, "")
    assert len(answer.err.splitlines()) == 1
    assert "unexpected" not in answer.err


def test_edit_changes_what_is_named_and_nothing_else(run: Run) -> None:
    before = run("show", REF, "--format=json").json
    answer = run(
        "edit", REF, "--title-en", "Carry it out", "--tag", "a", "--tag", "b", "--note", "sửa", "--format=json"
    )
    after = answer.json[0]
    assert answer.code == 0
    assert after["title"] == {"vi": before["title"]["vi"], "en": "Carry it out"}
    assert after["tags"] == ["a", "b"]
    assert after["parties"] == before["parties"]
    roles = run("edit", REF, "--supporting", "Bộ Công Thương", "--format=json").json[0]["parties"]
    assert {"party": "vn-moit", "role": "supporting", "basis": "stated"}.items() <= roles[-1].items()
    assert [party for party in roles if party["role"] != "supporting"] == [
        party for party in before["parties"] if party["role"] != "supporting"
    ]
    assert run("edit", REF, "--tag", "a", "--tag", "b").code == 2
    assert run("edit", REF, "--title", "x", "--if-version", "1").code == 5
    assert run("edit", REF, "--note", "nothing else").code == 2
    assert run("edit", "VL-2025-999", "--title", "x").code == 3


# In the editor


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that does what the file `do` beside it says, at a terminal."""
    script = tmp_path / "my editor.sh"
    script.write_text('#!/bin/sh\nsh "$(dirname "$0")/do" "$1"\n')
    script.chmod(stat.S_IRWXU)
    monkeypatch.setenv("EDITOR", f"'{script}'")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    return tmp_path / "do"


def test_add_in_the_editor(run: Run, editor: Path, article: Path) -> None:
    run("document", "add", article, "--published", "2026")
    editor.write_text(
        'sed -i -e "s/^title = .*/title = \\"Đường bay\\"/" -e "s/^kind = .*/kind = \\"project\\"/"'
        ' -e "s/^source = .*/source = [\\"bai-viet:2\\"]/" -e "s/^deadline = .*/deadline = 2026-12-31/" "$1"\n'
    )
    answer = run("add", "--format=json")
    assert answer.code == 0, answer.err
    assert answer.json[0]["title"]["vi"] == "Đường bay"
    assert answer.json[0]["deadline"]["value"] == "2026-12-31"


def test_edit_in_the_editor_starts_from_what_is_there(run: Run, editor: Path) -> None:
    before = run("show", REF, "--format=json").json
    editor.write_text(
        'sed -i -e "s/^title_en = .*/title_en = \\"Anew\\"/" -e "s/^review = .*/review = 2027-01-01/" "$1"'
    )
    answer = run("edit", REF, "--format=json")
    assert answer.code == 0, answer.err
    after = answer.json[0]
    assert (after["title"]["en"], after["review_on"]) == ("Anew", "2027-01-01")
    assert after["parties"] == before["parties"]
    assert [source["start"] for source in after["sources"]] == [source["start"] for source in before["sources"]]


def test_a_page_that_is_left_as_it_was_changes_nothing(run: Run, editor: Path) -> None:
    editor.write_text("true\n")
    for words in (("add",), ("edit", REF)):
        answer = run(*words)
        assert (answer.code, answer.out, answer.err) == (0, "", "Nothing was changed.\n")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("title = 'x", 6),
        ('colour = "red"', 6),
        ('kind = "projekt"\ntitle = "x"\nsource = ["a:1"]', 2),
        ("kind = 3.5", 2),
    ],
)
def test_what_was_typed_is_kept_when_it_is_refused(run: Run, editor: Path, typed: str, code: int) -> None:
    editor.write_text(f"cat > \"$1\" <<'END'\n{typed}\nEND\n")
    answer = run("add")
    assert answer.code == code
    kept = re.search(r"kept in (\S+\.toml)", answer.err)
    assert kept is not None
    assert Path(kept[1]).read_text().strip() == typed
    Path(kept[1]).unlink()


def test_an_editor_that_fails_changes_nothing(run: Run, editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor.write_text("exit 3\n")
    assert run("add").code == 2
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    assert run("edit", REF).code == 2


def test_without_an_editor_or_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run("add")
    assert answer.code == 2
    assert answer.err.count("\n") == 1
    assert "--title" in answer.err
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert run("edit", REF).code == 2


# What commitments point at


def test_documents(run: Run, article: Path, tmp_path: Path) -> None:
    assert len(run("document", "list", "--format=json").json) == 5
    run("document", "add", article)
    shown = run("document", "show", "bai-viet").out
    assert "Hai bên nhất trí" in shown
    assert run("document", "show", "bai-viet", "--format=json").json["text"].startswith("Tin tức")
    assert "does not hold the text" in run("document", "show", "000").out
    assert run("document", "show", "không-có").code == 3
    assert run("document", "show", "00").code == 3
    assert run("document", "add", tmp_path / "none.txt").code == 6
    assert run("document", "add", tmp_path).code == 6
    (tmp_path / "scan.pdf").write_bytes(b"%PDF\xff\x00")
    assert run("document", "add", article, tmp_path / "scan.pdf").code == 6


def test_parties_events_and_figures(run: Run) -> None:
    assert "Bộ Công Thương" in run("party", "list", "cong", "thuong", "--lang=vi").out
    words = ("--kind", "ministry", "--country", "vn", "--parent", "Chính phủ", "--alias", "BTN")
    added = run("party", "add", "Bộ Thử Nghiệm", *words[:4], *words[6:], "--format=json")
    assert added.code == 0, added.err
    assert added.json[0]["key"] == "bo-thu-nghiem"
    assert run("party", "add", "Bộ Thử Nghiệm").code == 4
    assert run("party", "add", "x", "--kind", "planet").code == 2
    assert run("party", "add", "x", "--country", "Việt").code == 2
    assert run("party", "add", "???").code == 2
    assert run("event", "list", "--format=json").json
    figures = run("figure", "list", "--format=json").json
    assert {"vn-la-trade"} <= {figure["key"] for figure in figures}
    assert "USD" in run("figure", "list").out
