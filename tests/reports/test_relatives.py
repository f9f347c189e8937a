"""What all relatives of the overdue report have in common, whatever they are about."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from tests.factories import TODAY, a_hand, a_role, adding
from tracker import errors
from tracker.bootstrap import Tracker
from tracker.domain.register import Words
from tracker.i18n import Language, use_language
from tracker.reports.brief import brief_report
from tracker.reports.changes import changes_report
from tracker.reports.due import due_report
from tracker.reports.forms import draw, readable_again, render
from tracker.reports.model import Report
from tracker.reports.overdue import overdue_report
from tracker.reports.plan import plan_report
from tracker.reports.scorecard import scorecard_report
from tracker.reports.slippage import slippage_report
from tracker.reports.targets import targets_report

Maker = Callable[..., Any]
EARLIER = date(2025, 12, 4)
# Sections whose rows add up to all commitments are never cut.
ADD_UP = {"all", "scales"}


def _made(service: str, build: Callable[[Any], Report], **given: Any) -> Maker:
    @contextmanager
    def made(tracker: Tracker, **asked: Any) -> Iterator[Report]:
        with getattr(tracker.reports, service)(**{"as_of": TODAY} | given | asked) as report:
            yield build(report)

    return made


REPORTS: dict[str, Maker] = {
    "overdue by partner": _made("overdue", overdue_report, by="partner"),
    "overdue by sector": _made("overdue", overdue_report, by="sector"),
    "due": _made("due", due_report, days=90),
    "changes": _made("changes", changes_report, since="2025-04-01"),
    "plan": _made("plan", plan_report, year=2026),
    "scorecard": _made("scorecard", scorecard_report),
    "slippage": _made("slippage", slippage_report),
    "targets": _made("targets", targets_report),
    "brief": _made("brief", brief_report, partner="Lào", limit=1000),
}


@pytest.fixture(params=list(REPORTS))
def make(request: pytest.FixtureRequest) -> Maker:
    return REPORTS[request.param]


@pytest.fixture(autouse=True, params=["vi", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    chosen: Language = request.param
    use_language(chosen)
    yield
    use_language("en")


def drawn(make: Maker, form: str, tracker: Tracker, **asked: Any) -> str:
    with make(tracker, **asked) as report:
        return "".join(render(form, report, width=100 if form == "table" else None))


def sections(answer: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {key: answer[key] for key in answer["sizes"]}


def size(rows: list[dict[str, Any]]) -> int:
    """How many there are; one that stands under several headings is one."""
    return len({row["ref"] for row in rows}) if rows and "under" in rows[0] else len(rows)


@pytest.mark.parametrize("as_of", [TODAY, EARLIER])
def test_every_form_carries_the_same_rows_in_the_same_order(seeded_register: Tracker, make: Maker, as_of: date) -> None:
    answer = json.loads(drawn(make, "json", seeded_register, as_of=as_of))
    assert answer["as_of"] == as_of.isoformat()
    assert answer["anchor"] == seeded_register.status().anchor
    rows = [(key, row) for key, found in sections(answer).items() for row in found]
    assert {key: size(found) for key, found in sections(answer).items()} == answer["sizes"]
    lines = [json.loads(line) for line in drawn(make, "jsonl", seeded_register, as_of=as_of).splitlines()]
    assert lines == [{"section": key, "as_of": as_of.isoformat(), **row} for key, row in rows]
    table = list(csv.DictReader(io.StringIO(drawn(make, "csv", seeded_register, as_of=as_of))))
    assert [row["section"] for row in table] == [key for key, _row in rows]
    for form in ("table", "md"):
        text, place = drawn(make, form, seeded_register, as_of=as_of), 0
        for _key, row in rows:
            which = str(row.get("ref") or row.get("key") or "")
            assert which in text[place:]
            place = text.index(which, place)
        assert text.rstrip().endswith(answer["anchor"])


def test_counts_add_up(seeded_register: Tracker, make: Maker) -> None:
    for as_of in (TODAY, EARLIER):
        with make(seeded_register, as_of=as_of) as report:
            if report.counts:
                assert sum(count for _name, count in report.counts) == report.head["total"]


def test_what_a_section_says_is_its_query_finds_the_same(seeded_register: Tracker, make: Maker) -> None:
    for asked in ({}, {"lead": "vn-mofa"}, {"partner": "la-vientiane", "query": "is:open OR is:closed"}):
        answer = json.loads(drawn(make, "json", seeded_register, **asked))
        for key, query in answer.get("queries", {}).items():
            found = seeded_register.commitments.page(query, as_of=TODAY, offset=0, limit=1000)
            assert {row["ref"] for row in answer[key]} == {view.ref for view in found}, query


def test_a_limit_is_kept_and_what_it_leaves_out_is_said(seeded_register: Tracker, make: Maker) -> None:
    whole = json.loads(drawn(make, "json", seeded_register, limit=1000))
    first = json.loads(drawn(make, "json", seeded_register, limit=1))
    assert first["sizes"] == whole["sizes"]
    for key, rows in sections(first).items():
        assert rows == sections(whole)[key][: None if key in ADD_UP else 1]


def test_a_register_without_commitments_has_a_report_too(tracker: Tracker, make: Maker) -> None:
    for form in ("table", "md", "json", "jsonl", "csv"):
        assert "None" not in drawn(make, form, tracker).replace("None.", "")
    answer = json.loads(drawn(make, "json", tracker))
    assert not [row for rows in sections(answer).values() for row in rows if "ref" in row]


@pytest.mark.parametrize("asked", [{}, {"as_of": date(2026, 2, 4), "event": "visit-2026-02-05"}])
def test_a_brief_is_one_page_with_all_its_rows(seeded_register: Tracker, asked: dict[str, Any]) -> None:
    with seeded_register.reports.brief("Lào", **{"as_of": TODAY} | asked) as found:
        report = readable_again(brief_report(found))
    made = b"".join(piece for piece in draw("pdf", report) if isinstance(piece, bytes))
    (page,) = PdfReader(io.BytesIO(made)).pages
    text = page.extract_text()
    refs = [str(row["ref"]) for row in report.rows()]
    assert len(refs) > 10
    assert sorted(re.findall(r"VL-\d{4}-\d{3}", text)) == sorted(refs)
    assert report.anchor in text


@pytest.mark.parametrize("key", ["open_overdue", "vn-mofa", "not_yet_rated"])
def test_keys_are_for_scripts_and_on_no_page(seeded_register: Tracker, key: str) -> None:
    assert key in drawn(REPORTS["scorecard"], "json", seeded_register)
    page = drawn(REPORTS["scorecard"], "html", seeded_register)
    assert key not in re.sub(r'id="[^"]*"', "", page)


def test_a_source_that_came_is_called_by_its_file(seeded_register: Tracker) -> None:
    said = drawn(REPORTS["changes"], "table", seeded_register)
    assert re.search(r"\+ \d{3}_\w+\.txt,", said)
    assert not re.search(r"\+ [0-9a-f]{12},", said)


def test_no_section_hides_a_key_of_the_head(tracker: Tracker, make: Maker) -> None:
    with make(tracker) as report:
        keys = [section.key for section in report.sections]
        assert len({*keys, *report.head, "anchor"}) == len(keys) + len(report.head) + 1


def test_somebody_whom_nobody_knows_is_refused(seeded_register: Tracker, make: Maker) -> None:
    for asked in ({"partner": "Nước Lạ"}, {"lead": "nobody"}):
        with pytest.raises(errors.NotFound), make(seeded_register, **asked):
            pass


def test_hostile_text_stays_text(tracker: Tracker, make: Maker) -> None:
    nasty = "=HYPERLINK(1)| a `b` <b>*c*_d_ [x](y) \x1b[31mđỏ\u202engược\x9b"
    tracker.commitments.add(
        adding("C-2026-001", title=Words(vi=nasty), deadline_value="2026-12-10", parties=(a_role("vn"), a_role("la"))),
        a_hand(),
    )
    for form in ("table", "md", "json", "jsonl", "csv"):
        text = drawn(make, form, tracker)
        bad = [char for char in text if (unicodedata.category(char) == "Cc" and char != "\n") or char in "\u202e\x9b"]
        assert not bad, form
        if form == "csv":
            for row in csv.DictReader(io.StringIO(text)):
                assert not [cell for cell in row.values() if cell and cell.startswith("=")]
        if form == "md":
            assert "<b>" not in text.replace("\\<", "")
