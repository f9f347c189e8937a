"""What commitments point at: parties and documents; and taking all of it out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.factories import (
    TODAY,
    a_citation,
    a_document,
    a_hand,
    a_party,
    adding,
    everything,
    record,
)
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.views import CommitmentView


@pytest.fixture
def desk(tracker: Tracker) -> Tracker:
    """A register with one commitment, by the end of June 2026."""
    tracker.commitments.add(adding(deadline_value="2026-06-30", deadline_text="trước ngày 30/6/2026"), a_hand())
    return tracker


def shown(desk: Tracker, ref: str) -> CommitmentView:
    return desk.commitments.show(ref, as_of=TODAY).commitment


def test_parties_are_listed_in_the_order_of_a_vietnamese_list_and_found_by_any_name(desk: Tracker) -> None:
    assert [party.name.vi for party in desk.library.parties()] == [
        "Bộ Công Thương",
        "Bộ Công Thương Lào",
        "Bộ Ngoại giao",
        "Bộ Quốc phòng",
        "Hà Nội",
        "Lào",
        "Việt Nam",
    ]
    assert [party.key for party in desk.library.parties("cong thuong")] == ["vn-moit", "la-moic"]
    for name in ("vn-moit", "Bộ Công Thương", "bo cong thuong", "moit", "BCT"):
        assert desk.library.party(name).key == "vn-moit"


def test_a_name_that_a_party_bears_is_not_given_to_another(desk: Tracker) -> None:
    lao = a_party("la-mofa", {"vi": "Bộ Ngoại giao Lào", "en": "Laos MOFA"}, aliases=("bo ngoai giao",))
    with pytest.raises(errors.AlreadyThere) as refused:
        desk.library.add_party(lao, a_hand())
    assert refused.value.ref == "bo ngoai giao"
    assert desk.library.party("Bộ Ngoại giao").key == "vn-mofa"


ARTICLE = "date 2025-12-02\n\nHai bên nhất trí mở đường bay thẳng. Hai bên sẽ họp.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The file of an article."""
    file = tmp_path / "000_article.txt"
    file.write_text(ARTICLE)
    return file


def test_once_the_text_of_a_document_is_given_its_citations_open_on_their_sentences(
    desk: Tracker, article: Path
) -> None:
    digest = hashlib.sha256(ARTICLE.encode()).hexdigest()
    record(desk.database, a_document(digest, article.name))
    start = ARTICLE.index("Hai bên nhất trí")
    cited = a_citation(digest, start=start, end=ARTICLE.index(" Hai bên sẽ"))
    desk.commitments.add(adding("C-2025-002", sources=(cited,)), a_hand())
    assert shown(desk, "C-2025-002").sources[0].sentence is None
    ((document, outcome),) = desk.library.add_documents([article], a_hand())
    assert (document.file, outcome, document.text) == (article.name, "text_added", ARTICLE)
    assert shown(desk, "C-2025-002").sources[0].sentence == "Hai bên nhất trí mở đường bay thẳng."
    before = everything(desk.database)
    assert [outcome for _, outcome in desk.library.add_documents([article, article], a_hand())] == ["unchanged"] * 2
    assert everything(desk.database) == before
    listed = {view.file: view for view in desk.library.documents()}
    assert (listed[article.name].text_added, listed[article.name].commitments) == (True, 1)
    assert not listed["001_article.txt"].text_added


def test_a_document_that_nobody_knew_is_added_with_what_is_said_of_it(desk: Tracker, article: Path) -> None:
    ((document, outcome),) = desk.library.add_documents(
        [article], a_hand(), title="Hội đàm", publisher="Báo", published="2025-12", language="vi"
    )
    assert (outcome, document.title, document.publisher, document.published) == ("added", "Hội đàm", "Báo", "2025-12")
    for name in (article.name, "000", document.sha256, document.sha256[:6].upper()):
        assert desk.library.document(name).text == ARTICLE


@pytest.mark.parametrize(
    ("content", "reason"), [(b"\xff\xfe\x00a", "not_text"), (b"a\x00b", "not_text"), (None, "missing")]
)
def test_a_file_that_is_no_text_is_refused_and_the_others_with_it(
    desk: Tracker, article: Path, content: bytes | None, reason: str
) -> None:
    other = article.with_name("other.txt")
    if content is not None:
        other.write_bytes(content)
    before = everything(desk.database)
    with pytest.raises(errors.FileProblem) as refused:
        desk.library.add_documents([article, other], a_hand())
    assert (refused.value.reason, refused.value.file) == (reason, str(other))
    with pytest.raises(errors.FileProblem) as refused:
        desk.library.add_documents([article.parent], a_hand())
    assert refused.value.reason == "folder"
    assert everything(desk.database) == before


def test_an_export_is_the_same_for_the_same_register(desk: Tracker) -> None:
    def whole() -> list[tuple[str, list[object]]]:
        with desk.transfer.export() as sections:
            return [(name, list(rows)) for name, rows in sections]

    first = whole()
    assert [name for name, _ in first] == [
        "commitments",
        "parties",
        "documents",
        "events",
        "figures",
        "follow_ups",
        "views",
    ]
    assert [len(rows) for _, rows in first] == [1, 7, 1, 2, 1, 0, 0]
    assert whole() == first
