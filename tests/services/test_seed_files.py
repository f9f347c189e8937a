"""Seed files that cannot be taken, and citations that cannot be proved: each is named with its file and key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories import everything
from tests.services.small_seeds import ARTICLE, BRIDGE, FLIGHT, OPENED, SEED, TRADE, Write, lines, place
from tracker.bootstrap import Tracker
from tracker.errors import FileRefused

WRONG: dict[str, tuple[dict[str, tuple[str, str]], str, str, str]] = {
    "no TOML": ({"000.toml": ('ref = "VL-2026-001"', "ref = VL")}, "000.toml", "", "not_toml"),
    "a key nobody knows": ({"000.toml": ('tags = ["hang', 'owner = "x"\ntags = ["hang')}, "000.toml", "commitment.0.owner", "unknown_key"),
    "a key that is missing": ({"000.toml": ('kind = "project"\n', "")}, "000.toml", "commitment.0.kind", "missing"),
    "a code nobody knows": ({"000.toml": ('"agreed"', '"sworn"')}, "000.toml", "commitment.0.strength", "wrong_value: sworn"),
    "a sector that is no code": ({"000.toml": ('"infrastructure"', '"Hạ tầng"')}, "000.toml", "commitment.0.sector", "wrong_value"),
    "a date that is none": ({"000.toml": ('value = "2026"', 'value = "2026-13"')}, "000.toml", "commitment.0.deadline", "wrong_value"),
    "a period that is none": ({"000.toml": ('period = "2025"', 'period = "năm ngoái"')}, "000.toml", "reading.0.period", "wrong_value"),
    "a qualifier nobody knows": ({"000.toml": ('qualifier = ""', 'qualifier = "circa"')}, "000.toml", "reading.0.qualifier", "wrong_value"),
    "a number that is none": ({"000.toml": ("value = 3_000_000_000", "value = inf")}, "000.toml", "reading.0.value", "wrong_value"),
    "a done that is no date": ({"001.toml": ('"2026-09-05"\nev', '"mới đây"\nev')}, "001.toml", "update.0.done", "wrong_value"),
    "a hash that is none": ({"001.toml": ('sha256 = "', 'sha256 = "x')}, "001.toml", "document.sha256", "wrong_value"),
    "a language that is none": ({"001.toml": ('"vi"', '"vietnamese"')}, "001.toml", "document.language", "wrong_value"),
    "no day of publication": ({"001.toml": ('"2026-09-05..2026-09-06"', '"none"')}, "001.toml", "document.published", "missing"),
    "an unknown party": ({"000.toml": ('party = "vn-moc"', 'party = "vn-x"')}, "000.toml", "commitment.VL-2026-001", "unknown_party: vn-x"),
    "an unknown parent": ({"parties.toml": ('parent = "vn"', 'parent = "x"')}, "parties.toml", "party.vn-moc.parent", "unknown_party: x"),
    "a parent of its own child": ({"parties.toml": ('key = "vn"', 'key = "vn"\nparent = "vn-moc"')}, "parties.toml", "party.vn", "wrong_value"),
    "an unknown figure": ({"000.toml": ('{ figure = "trade"', '{ figure = "gdp"')}, "000.toml", "commitment.VL-2026-002.targets", "unknown_figure: gdp"),
    "an unknown figure read": ({"000.toml": ('\nfigure = "trade"', '\nfigure = "gdp"')}, "000.toml", "reading", "unknown_figure: gdp"),
    "an unknown event": ({"000.toml": ("event:talks", "event:visit")}, "000.toml", "commitment.VL-2026-002.deadline", "unknown_event: visit"),
    "an unknown commitment": ({"001.toml": ('"VL-2026-002"', '"VL-2026-009"')}, "001.toml", "citation", "unknown_commitment: VL-2026-009"),
    "an unknown document": ({"001.toml": ("tier = 2", 'document = "x.txt", tier = 2')}, "001.toml", "update.VL-2026-001", "unknown_document: x.txt"),
    "a place that ends before it begins": ({"001.toml": (OPENED, OPENED.replace("start = 0", "start = 90"))}, "001.toml", "update.VL-2026-001", "wrong_value: 90"),
    "a ref twice": ({"000.toml": ('"VL-2026-002"', '"VL-2026-001"')}, "000.toml", "commitment.VL-2026-001", "doubled"),
    "a party twice": ({"parties.toml": ('key = "la"', 'key = "vn"')}, "parties.toml", "party.vn", "doubled"),
    "two leads": ({"000.toml": ('"la", role = "undertaker"', '"la", role = "lead"')}, "000.toml", "commitment.VL-2026-001.parties", "two_leads"),
    "a party twice in one role": ({"000.toml": ('party = "la", role', 'party = "vn", role')}, "000.toml", "commitment.VL-2026-001.parties", "doubled"),
    "no origin": ({"000.toml": ('"origin"', '"reports"')}, "000.toml", "commitment.VL-2026-001.sources", "no_origin"),
    "an update without its reason": ({"001.toml": ("tier = 2", "tier = 1")}, "001.toml", "update.VL-2026-001", "needs: confirmed_by|evidence2"),
    "an update before the promise": ({"001.toml": ('"2026-09-05..2026-09-06"', '"2026-01-01"')}, "001.toml", "update.VL-2026-001", "before_it_began"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "file", "key", "reason"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_wrong_is_refused_whole_with_file_key_and_reason(
    shared_empty_tracker: Tracker, write: Write, changes: Any, file: str, key: str, reason: str
) -> None:
    before = everything(shared_empty_tracker.database)
    with pytest.raises(FileRefused) as refused:
        shared_empty_tracker.seeding.load(write(changes), hand=SEED)
    problems = refused.value.problems
    assert any(
        problem.file == file and problem.key.startswith(key) and problem.reason.startswith(reason)
        for problem in problems
    ), problems
    assert everything(shared_empty_tracker.database) == before


def test_every_problem_of_every_file_is_listed(shared_empty_tracker: Tracker, write: Write) -> None:
    folder = write(
        {
            "parties.toml": ('kind = "ministry"', 'kind = "office"'),
            "000.toml": ('strength = "agreed"', 'strength = "sworn"\nowner = "x"'),
            "001.toml": ('language = "vi"', 'language = "vi"\nauthor = "x"'),
        }
    )
    (folder / "figures.toml").unlink()
    with pytest.raises(FileRefused) as refused:
        shared_empty_tracker.seeding.load(folder, hand=SEED)
    assert {problem.file for problem in refused.value.problems} == {
        "parties.toml",
        "figures.toml",
        "000.toml",
        "001.toml",
    }
    assert len(refused.value.problems) == 5


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[document\n"])
def test_a_file_that_is_no_text_or_a_folder_that_is_none_is_named(
    shared_empty_tracker: Tracker, write: Write, content: bytes
) -> None:
    folder = write()
    (folder / "002.toml").write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        shared_empty_tracker.seeding.load(folder, hand=SEED)
    assert [problem.file for problem in refused.value.problems] == ["002.toml"]
    with pytest.raises(FileRefused):
        shared_empty_tracker.seeding.load(folder / "nowhere", hand=SEED)


# Proving the citations


def test_citations_that_are_right_are_counted(shared_empty_tracker: Tracker, write: Write, articles: Path) -> None:
    found = shared_empty_tracker.seeding.check(articles, write())
    assert (found.documents, found.citations) == (2, 5)


@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        (
            (FLIGHT, FLIGHT.replace("paragraph = 2", "paragraph = 3")),
            "commitment.VL-2026-001.sources",
            "not_in_paragraph: 3",
        ),
        (
            (FLIGHT, FLIGHT.replace("paragraph = 2", "paragraph = 9")),
            "commitment.VL-2026-001.sources",
            "not_in_paragraph: 9",
        ),
        (
            (FLIGHT, place(ARTICLE, "Hai bên nhất trí mở đường bay", 2)),
            "commitment.VL-2026-001.sources",
            "not_sentences",
        ),
        (
            (FLIGHT, place(ARTICLE, "mở đường bay thẳng trong năm 2026.", 2)),
            "commitment.VL-2026-001.sources",
            "not_sentences",
        ),
        (
            (BRIDGE, place(ARTICLE, "Chúng tôi sẽ xây cầu,” ông nói.", 3)),
            "commitment.VL-2026-002.sources",
            "not_sentences",
        ),
        ((lines(TRADE), lines(place(ARTICLE, "Kim ngạch năm 2025 đạt 3 tỷ USD", 3))), "reading.trade", "not_sentences"),
        (
            (FLIGHT, FLIGHT.replace("paragraph = 2", "paragraph = 1")),
            "commitment.VL-2026-001.sources",
            "not_in_paragraph: 1",
        ),
    ],
)
def test_a_citation_that_is_no_whole_sentence_of_its_paragraph_is_named(
    shared_empty_tracker: Tracker, write: Write, articles: Path, changes: tuple[str, str], key: str, reason: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        shared_empty_tracker.seeding.check(articles, write({"000.toml": changes}))
    (problem,) = refused.value.problems
    assert (problem.file, problem.key) == ("000.toml", key)
    assert problem.reason.startswith(reason)


def test_several_sentences_together_are_a_citation(shared_empty_tracker: Tracker, write: Write, articles: Path) -> None:
    both = place(ARTICLE, "Hai bên đã hội đàm tại TP. Huế. Hai bên nhất trí mở đường bay thẳng trong năm 2026.", 2)
    shared_empty_tracker.seeding.check(articles, write({"000.toml": (FLIGHT, both)}))


def test_an_article_that_differs_or_is_missing_is_named(
    shared_empty_tracker: Tracker, write: Write, articles: Path
) -> None:
    (articles / "000.txt").write_text(ARTICLE + "\n")
    (articles / "001.txt").unlink()
    with pytest.raises(FileRefused) as refused:
        shared_empty_tracker.seeding.check(articles, write())
    assert [(problem.file, problem.key, problem.reason.split(":")[0]) for problem in refused.value.problems] == [
        ("000.toml", "document.sha256", "hash_differs"),
        ("001.toml", "document.file", "unknown_document"),
    ]


def test_proving_stores_nothing(shared_empty_tracker: Tracker, write: Write, articles: Path) -> None:
    before = everything(shared_empty_tracker.database)
    shared_empty_tracker.seeding.check(articles, write())
    assert everything(shared_empty_tracker.database) == before
