"""undo, redo and edit on many, as a person meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

REF, OTHER = "VL-2025-004", "VL-2025-001"
pytestmark = pytest.mark.usefixtures("register")


def status(run: Run, ref: str = REF) -> str:
    answer: str = run("show", ref, "--format=json").json["status"]
    return answer


def test_a_mark_is_taken_back_and_brought_back(run: Run) -> None:
    run("mark", "in_progress", REF, "--note", "đã họp")
    undone = run("undo", "--format=json")
    assert undone.code == 0
    assert undone.err.startswith(f"Act 2 is taken back (Marked: {REF}, by ")
    assert [(row["ref"], row["status"]) for row in undone.json] == [(REF, "recorded")]
    assert status(run) == "recorded"
    redone = run("redo")
    assert redone.code == 0
    assert redone.err.startswith(f"Act 2 counts again (Marked: {REF}, by ")
    assert "In progress" in redone.out
    assert status(run) == "in_progress"


def test_undo_of_a_ref_and_of_a_number(run: Run) -> None:
    run("mark", "in_progress", REF, OTHER, "--note", "đã họp", "--actor", "Minh")
    run("edit", REF, "--sector", "border")
    assert run("undo", OTHER.lower()).err.startswith("Act 2 is taken back (Several changes: ")
    assert (status(run), status(run, OTHER)) == ("recorded", "recorded")
    assert run("undo", "--act", "3").code == 0
    assert run("show", REF, "--format=json").json["sector"] == "politics"
    assert run("redo", "--act", "2").code == 0


def test_an_addition_that_is_taken_back_answers_with_no_commitment(run: Run, article: Path) -> None:
    run("document", "add", article)
    added = run("add", "--title", "Cầu", "--kind", "project", "--source", "bai-viet:2", "--format=json")
    assert added.code == 0
    ref = added.json[0]["ref"]
    undone = run("undo")
    assert (undone.code, undone.out) == (0, "")
    assert undone.err.endswith(f"No longer in the register: {ref}.\n")
    assert run("redo", "--format=json").json[0]["ref"] == ref
    assert run("undo", "--format=json").json == []
    assert run("add", "--ref", ref, "--title", "x", "--kind", "project", "--source", "bai-viet:2").code == 4


def test_a_document_is_called_by_its_file_wherever_a_person_reads(run: Run, article: Path) -> None:
    hashed = run("document", "add", article, "--format", "json").json[0]["sha256"]
    assert f"Added: {article.name}, by " in run("undo").err
    told = run("history").out
    assert told.count(article.name) >= 2
    assert hashed[:12] not in told
    assert f"Added: {article.name}, by " in run("redo").err
    assert {row["ref"] for row in run("history", "--format", "json").json if row["subject"] == "document"} >= {hashed}


def test_what_cannot_be_undone_says_why(run: Run) -> None:
    for words, code, said in (
        (("undo",), 4, "There is nothing of yours to undo."),
        (("redo",), 4, "There is nothing to redo"),
        (("undo", REF), 4, "Act 1 is what the curated commitments say."),
        (("undo", "VL-2025-999"), 3, "There is no commitment called"),
        (("undo", "--act", "99"), 3, "There is no act called “99”."),
        (("undo", "--act", "nonsense\x1b"), 3, "There is no act called"),
    ):
        answer = run(*words)
        assert (answer.code, answer.out) == (code, "")
        assert answer.err.startswith(said)
    run("mark", "in_progress", REF, "--note", "đã họp", "--actor", "Lan")
    run("mark", "suspended", REF, "--note", "chờ", "--review", "2027-01-15", "--actor", "Minh")
    refused = run("undo", "--actor", "Lan")
    assert refused.code == 4
    assert refused.err.startswith(f"Act 2 cannot be undone: act 3 builds on it (Marked: {REF}, by Minh, ")
    assert refused.err.endswith("Undo that one first.\n")


def test_history_shows_what_was_undone_as_undone(run: Run) -> None:
    run("mark", "in_progress", REF, "--note", "đã họp")
    run("undo")
    first, second, third = run("history", REF).out.splitlines()[1:]
    assert "takes back act 2; " in first
    assert "taken back by act 3; " in second
    assert "back" not in third
    undo, mark, _ = run("history", REF, "--format=json").json
    assert (undo["kind"], undo["takes_back"], undo["undoes"]) == ("undo", 2, mark["act"])
    assert (mark["kind"], mark["taken_back_by"]) == ("mark", 3)
    assert "taken back by act 3" in run("show", REF).out


def test_many_get_a_lead_and_tags_at_once(run: Run) -> None:
    answer = run("edit", REF, OTHER, "--lead", "Bộ Ngoại giao", "--add-tag", "Rà soát", "--format=json")
    assert answer.code == 0
    assert [(row["lead"]["party"], row["lead"]["basis"]) for row in answer.json] == [("vn-mofa", "assigned")] * 2
    assert all("ra-soat" in row["tags"] for row in answer.json)
    again = run("edit", REF, OTHER, "VL-2025-002", "--add-tag", "ra-soat")
    assert again.code == 0
    assert f"{REF} had it so already and is left as it is.\n" in again.err
    assert "VL-2025-002 was changed.\n" in again.err
    dropped = run("edit", REF, "--drop-tag", "ra-soat", "--format=json")
    assert "ra-soat" not in dropped.json[0]["tags"]
    run("undo", "--format=json")
    assert "ra-soat" in run("show", REF, "--format=json").json["tags"]


def test_what_each_has_of_its_own_is_not_changed_on_many(run: Run) -> None:
    for options in (("--title", "x"), ("--undertaker", "vn"), ("--source", "bai-viet:2"), ("--if-version", "1")):
        answer = run("edit", REF, OTHER, *options)
        assert answer.code == 2
        assert answer.err.startswith(f"{options[0]} is for one commitment at a time.")
    assert run("edit", REF, OTHER).code == 2
    assert run("edit", REF, "VL-2025-999", "--lead", "vn-mofa").code == 3
