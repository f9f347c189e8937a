"""Numbers, days and places that have no meaning are refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.cli.commands import GROUPS


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("number", ["1000000001", "9" * 30, "9" * 5000, "1_0", "٣", "1.5", "-1"])
def test_numbers_that_no_register_has(run: Run, number: str) -> None:
    for words in (
        ("list", f"--limit={number}"),
        ("list", f"--offset={number}"),
        ("history", f"--limit={number}"),
        ("report", "overdue", f"--limit={number}"),
        ("mark", "in_progress", "VL-2025-001", "--note=x", f"--if-version={number}"),
    ):
        answer = run(*words)
        assert (answer.code, answer.out) == (2, "")
        assert "it must be a whole number" in answer.err
    assert run("list", "--limit=1000000000", "--offset=1000000000").code == 0


@pytest.mark.usefixtures("register")
def test_refs_and_paragraphs_of_thousands_of_digits(run: Run) -> None:
    digits = "9" * 5000
    assert run("show", f"VL-2025-{digits}").code == 3
    assert run("show", digits).code == 3
    assert run("mark", "in_progress", "VL-2025-001", "--evidence", f"000_71fae73bf112ebc2.txt:{digits}").code in (2, 6)
    assert run("edit", "VL-2025-001", "--source", f"000_71fae73bf112ebc2.txt:{digits}").code == 2
    for value in (digits, "1e999999999", "1e-999999999", "nan"):
        assert run("edit", "VL-2025-001", "--target", f"vn-la-trade={value}").code == 2
    assert run("edit", "VL-2025-001", "--target", "vn-la-trade=5_000_000_000.25").code == 0


ACTS = (
    ("mark", "in_progress", "VL-2025-001", "--note=x"),
    ("move", "VL-2025-001", "2027"),
    ("edit", "VL-2025-001", "--note=x"),
    ("add", "--title=x"),
)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "words",
    [
        ("history",),
        ("history", "VL-2025-001"),
        ("document", "list"),
        ("document", "show", "000_71fae73bf112ebc2.txt"),
        ("party", "list"),
        ("event", "list"),
        ("figure", "list"),
        ("export",),
        ("seed",),
        ("db", "status"),
        *ACTS,
    ],
)
def test_a_day_to_look_at_is_refused_where_it_has_no_meaning(run: Run, words: tuple[str, ...]) -> None:
    answer = run(*words, "--as-of=2026-01-01")
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert "--as-of" in answer.err
    assert ("--on" in answer.err) == (words in ACTS)
    command = words[:2] if words[0] in GROUPS else words[:1]
    assert "--as-of" not in run(*command, "--help").out


@pytest.mark.usefixtures("register")
def test_places_that_cannot_be(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = tmp_path / "ring"
    ring.symlink_to(ring)
    for place in ("~nosuchuser/x.json", "x" * 5000, ring / "x.json", ring):
        answer = run("export", "-o", place)
        assert (answer.code, answer.out, len(answer.err.splitlines())) == (6, "", 1)
    assert run("seed", "--from", "x" * 5000).code == 2
    monkeypatch.setenv("TRACKER_DATABASE", "~nosuchuser/x.db")
    answer = run("list")
    assert (answer.code, answer.err) == (2, "TRACKER_DATABASE: the folder of ~nosuchuser/x.db cannot be found.\n")


def test_a_register_with_nothing_in_it_is_announced_without_a_number(run: Run, tmp_path: Path) -> None:
    answer = run("seed", "--database", tmp_path / "new.sqlite")
    assert answer.err == f"A new register was made at {tmp_path / 'new.sqlite'}.\n"


@pytest.mark.usefixtures("register")
def test_what_a_commitment_needs_cannot_be_emptied(run: Run) -> None:
    for given, said in (
        (("--title=", "--title-en="), "--title is needed and cannot be empty.\n"),
        (("--kind=",), "A value is missing: a kind of commitment."),
        (("--sector=",), "A value is missing"),
        (("--source=",), "VL-2025-001 needs at least one source"),
    ):
        answer = run("edit", "VL-2025-001", *given)
        assert answer.code in (2, 4)
        assert said in answer.err
        assert len(answer.err.splitlines()) == 1
