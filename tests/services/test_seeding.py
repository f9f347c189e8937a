"""Seeds: loaded whole or not at all, twice without a trace, and never over what a person has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import TODAY, a_hand, amending, everything, marking, moving
from tracker.bootstrap import Tracker
from tracker.domain.register import (
    CitationRole,
    EventKind,
    Instrument,
    Kind,
    PartyKind,
    Role,
    Strength,
)
from tracker.domain.status import Status
from tracker.domain.views import Remark, SeedResult
from tracker.errors import FileRefused
from tracker.services.seed_files import seeds_folder

SEED = a_hand(channel="seed", actor="seed")
ARTICLE = """date 2026-03-02

  Hai bên đã hội đàm tại TP. Huế. Hai bên nhất trí mở đường bay thẳng trong năm 2026.
“Chúng tôi sẽ xây cầu,” ông nói. Kim ngạch năm 2025 đạt 3 tỷ USD.
"""
LATER = "Đường bay đã khai trương ngày 5/9. Hai bên khẳng định sẽ xây cầu.\n"


def place(text: str, sentence: str, paragraph: int) -> str:
    start = text.index(sentence)
    return f"paragraph = {paragraph}, start = {start}, end = {start + len(sentence)}"


FLIGHT = place(ARTICLE, "Hai bên nhất trí mở đường bay thẳng trong năm 2026.", 2)
BRIDGE = place(ARTICLE, "“Chúng tôi sẽ xây cầu,” ông nói.", 3)
TRADE = place(ARTICLE, "Kim ngạch năm 2025 đạt 3 tỷ USD.", 3)
OPENED = place(LATER, "Đường bay đã khai trương ngày 5/9.", 1)
AGAIN = place(LATER, "Hai bên khẳng định sẽ xây cầu.", 1)


def lines(inline: str) -> str:
    return inline.replace(", ", "\n")


FILES = {
    "parties.toml": """
[[party]]
key = "vn"
kind = "state"
country = "VN"
name = { vi = "Việt Nam", en = "Viet Nam" }
aliases = []

[[party]]
key = "la"
kind = "state"
country = "LA"
name = { vi = "Lào", en = "Laos" }
aliases = ["CHDCND Lào"]

[[party]]
key = "vn-moc"
kind = "ministry"
country = "VN"
parent = "vn"
name = { vi = "Bộ Xây dựng", en = "Ministry of Construction" }
aliases = []
""",
    "figures.toml": """
[[figure]]
key = "trade"
name = { vi = "Kim ngạch", en = "Trade" }
unit = "USD"
per = "year"
""",
    "000.toml": f"""
[document]
file = "000.txt"
sha256 = "{hashlib.sha256(ARTICLE.encode()).hexdigest()}"
title = "Hội đàm"
language = "vi"
published = "2026-03-02"

[[event]]
key = "talks"
kind = "session"
name = {{ vi = "Hội đàm" }}
on = "2026-03-02"
parties = ["vn", "la"]

[[commitment]]
ref = "VL-2026-001"
title = {{ vi = "Mở đường bay thẳng", en = "Open a direct flight" }}
statement = {{ vi = "Hai bên sẽ mở đường bay.", en = "Both sides will open a flight." }}
kind = "project"
sector = "infrastructure"
instrument = "leaders_statement"
strength = "agreed"
deadline = {{ text = "trong năm 2026", value = "2026", certainty = "stated" }}
parties = [
  {{ party = "vn", role = "undertaker", basis = "stated" }},
  {{ party = "la", role = "undertaker", basis = "stated" }},
  {{ party = "vn-moc", role = "lead", basis = "proposed" }},
]
sources = [ {{ {FLIGHT}, role = "origin" }} ]
tags = ["hang-khong"]

[[commitment]]
ref = "VL-2026-002"
title = {{ vi = "Xây cầu", en = "Build a bridge" }}
kind = "project"
sector = "infrastructure"
instrument = "leaders_statement"
strength = "will"
deadline = {{ text = "dịp hội đàm", value = "event:talks", certainty = "stated" }}
parties = [ {{ party = "la", role = "undertaker", basis = "stated" }} ]
sources = [ {{ {BRIDGE}, role = "origin" }} ]
targets = [ {{ figure = "trade", value = 5_000_000_000, by = "2030" }} ]

[[reading]]
figure = "trade"
period = "2025"
value = 3_000_000_000
qualifier = ""
note = ""
{lines(TRADE)}
""",
    "001.toml": f"""
[document]
file = "001.txt"
sha256 = "{hashlib.sha256(LATER.encode()).hexdigest()}"
title = "Khai trương"
language = "vi"
published = "2026-09-05..2026-09-06"

[[citation]]
commitment = "VL-2026-002"
{lines(AGAIN)}
role = "reaffirms"

[[update]]
commitment = "VL-2026-001"
status = "delivered"
note = "Đã khai trương."
done = "2026-09-05"
evidence = [ {{ {OPENED}, tier = 2 }} ]
""",
}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a small set of seeds, each change put in: {file: (old, new)}."""

    def write_changed(changes: dict[str, tuple[str, str]] | None = None, name: str = "seeds", **more: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file, text in (FILES | {key.replace("_toml", ".toml"): value for key, value in more.items()}).items():
            old, new = (changes or {}).get(file, ("", ""))
            assert old in text, old
            (folder / file).write_text(text.replace(old, new, 1) if old else text + new)
        return folder

    return write_changed


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """The articles that the small set of seeds cites."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "000.txt").write_text(ARTICLE)
    (folder / "001.txt").write_text(LATER)
    return folder


@pytest.fixture
def loaded(empty_tracker: Tracker, write: Write) -> Tracker:
    """A register with the small set of seeds."""
    empty_tracker.seeding.load(write(), hand=SEED)
    return empty_tracker


# The seeds that come with the program


def test_the_curated_commitments_load_and_each_stands_on_a_source(seeded_register: Tracker) -> None:
    views = seeded_register.commitments.page(as_of=TODAY, offset=0, limit=1000)
    assert len(views) > 30
    for view in views:
        assert any(source.role == "origin" for source in view.sources), view.ref
        assert view.title.vi, view.ref
        assert view.title.en, view.ref
        assert max(len(view.title.vi), len(view.title.en)) <= 90, view.ref
        assert view.lead is None or view.lead.ours, view.ref
        assert view.lead is None or view.lead.basis != "stated", view.ref
    assert len({view.ref for view in views}) == len(views)


def test_each_entry_counts_from_the_day_of_its_source(seeded_register: Tracker) -> None:
    published = {document.file: document.published[-10:] for document in seeded_register.library.documents()}
    for view in seeded_register.commitments.page(as_of=TODAY, offset=0, limit=1000):
        first = min(source.published[-10:] for source in view.sources if source.role == "origin")
        began = seeded_register.commitments.history(view.ref)[-1]
        assert began.effective_on.isoformat() >= first, view.ref
        assert began.effective_on.isoformat() in published.values()


def test_loading_the_curated_commitments_again_changes_nothing(empty_tracker: Tracker) -> None:
    first = empty_tracker.seeding.load(hand=SEED)
    before = everything(empty_tracker.database)
    again = empty_tracker.seeding.load(hand=a_hand(channel="seed"))
    assert again == SeedResult(0, 0, first.added)
    assert everything(empty_tracker.database) == before
    assert empty_tracker.status().acts == 1


def test_the_guide_to_curating_names_every_code() -> None:
    guide = (Path(str(seeds_folder())) / "README.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"[a-z][a-z_]+", guide))
    for kind in (Status, Kind, Instrument, Strength, Role, CitationRole, PartyKind, EventKind):
        assert {code.value for code in kind} <= codes | {"recorded", "superseded"}, kind


# A second time


def test_the_same_files_a_second_time_change_nothing(loaded: Tracker, write: Write) -> None:
    before = everything(loaded.database)
    assert loaded.seeding.load(write(), hand=a_hand(channel="seed")) == SeedResult(0, 0, 10)
    assert everything(loaded.database) == before


def shown(loaded: Tracker, ref: str = "VL-2026-001", as_of: date = TODAY) -> Any:
    return loaded.commitments.show(ref, as_of=as_of).commitment


def test_what_seeds_say_counts_from_the_day_of_their_source(loaded: Tracker) -> None:
    assert (shown(loaded).status, shown(loaded).schedule, shown(loaded).done) == (
        "delivered",
        "done_on_time",
        "2026-09-05",
    )
    assert shown(loaded, as_of=date(2026, 9, 5)).status == "recorded"
    assert [source.role for source in shown(loaded, "VL-2026-002").sources] == ["origin", "reaffirms"]
    assert len(shown(loaded, "VL-2026-002", date(2026, 9, 5)).sources) == 1
    assert shown(loaded, "VL-2026-002").deadline.end == date(2026, 3, 2)
    (figure,) = loaded.library.figures()
    assert [(reading.period, reading.value) for reading in figure.readings] == [("2025", 3_000_000_000)]
    assert figure.targets == (("VL-2026-002", 5_000_000_000),)


def test_a_newer_file_changes_what_nobody_else_has_changed(loaded: Tracker, write: Write) -> None:
    folder = write({"000.toml": ('vi = "Xây cầu"', 'vi = "Xây cầu hữu nghị"')})
    assert loaded.seeding.load(folder, hand=a_hand(channel="seed")) == SeedResult(0, 1, 9)
    view = shown(loaded, "VL-2026-002")
    assert view.title.vi == "Xây cầu hữu nghị"
    assert [source.role for source in view.sources] == ["origin", "reaffirms"]
    entry = loaded.commitments.history("VL-2026-002")[0]
    assert (entry.effective_on, set(entry.changes)) == (date(2026, 3, 2), {"title"})
    # And once more, now from what was seeded last.
    folder = write({"000.toml": ('vi = "Xây cầu"', 'vi = "Xây hai cầu"')})
    assert loaded.seeding.load(folder, hand=a_hand(channel="seed")).changed == 1
    assert shown(loaded, "VL-2026-002", date(2026, 3, 2)).title.vi == "Xây hai cầu"


def test_what_a_person_has_changed_stays_and_is_listed(loaded: Tracker, write: Write) -> None:
    loaded.commitments.amend(amending("VL-2026-002", title="Xây cầu lớn"), a_hand())
    before = everything(loaded.database)
    folder = write({"000.toml": ('vi = "Xây cầu"', 'vi = "Xây cầu hữu nghị"')})
    result = loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert result == SeedResult(0, 0, 10, (Remark("seed_left", {"ref": "VL-2026-002", "field": "title"}),))
    assert everything(loaded.database) == before


def test_one_field_left_does_not_keep_the_others_from_changing(loaded: Tracker, write: Write) -> None:
    loaded.commitments.amend(amending("VL-2026-002", title="Xây cầu lớn"), a_hand())
    folder = write(
        {"000.toml": ('title = { vi = "Xây cầu", en = "Build a bridge" }', 'title = { vi = "Cầu" }\ntags = ["cau"]')}
    )
    result = loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert (result.changed, len(result.left)) == (1, 1)
    view = shown(loaded, "VL-2026-002")
    assert (view.title.vi, view.tags) == ("Xây cầu lớn", ("cau",))


def test_a_status_that_a_person_set_is_left_alone(loaded: Tracker, write: Write) -> None:
    loaded.commitments.record_status(marking("suspended", "VL-2026-002", note="chờ", review_on=TODAY), a_hand())
    told = (
        '\n[[update]]\ncommitment = "VL-2026-002"\nstatus = "in_progress"\nnote = "Đã khởi công."\n'
        f"evidence = [ {{ {AGAIN}, tier = 1 }} ]\n"
    )
    result = loaded.seeding.load(write({"001.toml": ("", told)}), hand=a_hand(channel="seed"))
    assert result.left == (Remark("seed_left", {"ref": "VL-2026-002", "field": "status"}),)
    assert shown(loaded, "VL-2026-002").status == "suspended"


def test_a_new_update_of_one_that_nobody_marked_is_told(loaded: Tracker, write: Write) -> None:
    told = (
        '\n[[update]]\ncommitment = "VL-2026-002"\nstatus = "in_progress"\nnote = "Đã khởi công."\n'
        f"evidence = [ {{ {AGAIN}, tier = 1 }} ]\n"
    )
    assert loaded.seeding.load(write({"001.toml": ("", told)}), hand=a_hand(channel="seed")).added == 1
    assert shown(loaded, "VL-2026-002").status == "in_progress"


def test_a_deadline_that_was_moved_by_agreement_is_not_moved_back(loaded: Tracker, write: Write) -> None:
    loaded.commitments.move_deadline(moving("2028", "VL-2026-002"), a_hand())
    folder = write({"000.toml": ('value = "event:talks"', 'value = "2027"')})
    result = loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert Remark("seed_left", {"ref": "VL-2026-002", "field": "deadline"}) in result.left
    assert shown(loaded, "VL-2026-002").deadline.value == "2028"


def test_what_is_no_longer_in_the_files_is_not_deleted(loaded: Tracker, write: Write) -> None:
    folder = write()
    (folder / "001.toml").unlink()
    loaded.seeding.load(folder, hand=a_hand(channel="seed"))
    assert shown(loaded).status == "delivered"
    assert {document.file for document in loaded.library.documents()} == {"000.txt", "001.txt"}


def test_a_new_name_of_a_party_is_taken(loaded: Tracker, write: Write) -> None:
    folder = write({"parties.toml": ('aliases = ["CHDCND Lào"]', 'aliases = ["CHDCND Lào", "phía Lào"]')})
    assert loaded.seeding.load(folder, hand=a_hand(channel="seed")).changed == 1
    assert loaded.library.party("phia lao").key == "la"


# Files that cannot be taken


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
