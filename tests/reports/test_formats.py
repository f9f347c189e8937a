"""Every format carries the same rows in the same order, and none of them can do harm."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.reports.views import AS_OF, NASTY, SECTIONED, a_party, a_report, a_source, a_view, late
from tracker.domain.deadline import Deadline, parse_period
from tracker.domain.lateness import SECTIONS
from tracker.domain.register import Words
from tracker.domain.status import Status
from tracker.domain.views import (
    CommitmentDetail,
    CommitmentView,
    EntryView,
    FigureView,
    PartyView,
    ReadingView,
    SideView,
    TargetView,
)
from tracker.i18n import Language, use_language
from tracker.render import label
from tracker.reports.detail import render_detail
from tracker.reports.formats import FORMATS, render_list
from tracker.reports.forms import render
from tracker.reports.layout import cells, cut, wrap
from tracker.reports.listing import COMMITMENTS, ENTRIES
from tracker.reports.overdue import overdue_report

ROWS = [(section, view) for section in SECTIONS for view in SECTIONED[section]]
REF = re.compile(r"\b[A-Z]+-\d{4}-\d{3,}\b")


@pytest.fixture(autouse=True, params=["vi", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    chosen: Language = request.param
    use_language(chosen)
    yield
    use_language("en")


def overdue(form: str, width: int | None = None) -> str:
    return "".join(render(form, overdue_report(a_report()), width=width))


def listed(form: str, *views: CommitmentView, width: int | None = None, colour: bool = False) -> str:
    return "".join(render_list(form, COMMITMENTS, views, width=width, colour=colour))


def from_json(text: str) -> list[tuple[str, str, int | None]]:
    report = json.loads(text)
    return [(section, row["ref"], row["days_overdue"]) for section in SECTIONS for row in report[section]]


def from_lines(text: str) -> list[tuple[str, str, int | None]]:
    rows = [json.loads(line) for line in text.splitlines()]
    return [(row["section"], row["ref"], row["days_overdue"]) for row in rows]


def from_csv(text: str) -> list[tuple[str, str, int | None]]:
    rows = csv.DictReader(io.StringIO(text))
    return [(row["section"], row["ref"], int(row["days_overdue"]) if row["days_overdue"] else None) for row in rows]


def test_all_formats_carry_the_same_rows_in_the_same_order() -> None:
    expected = [(section, view.ref, view.days_overdue) for section, view in ROWS]
    assert from_json(overdue("json")) == expected
    assert from_lines(overdue("jsonl")) == expected
    assert from_csv(overdue("csv")) == expected
    refs = [view.ref for _section, view in ROWS]
    assert REF.findall(overdue("md")) == refs
    assert REF.findall(overdue("table")) == refs
    assert REF.findall(overdue("table", width=60)) == refs


def test_text_and_markdown_say_how_late_each_one_is() -> None:
    for form in ("table", "md"):
        report = overdue(form)
        for view in NASTY:
            assert view.days_overdue is not None
            after = report[report.index(view.ref) :]
            assert after.index(str(view.days_overdue)) < after.index(str(view.days_past_baseline))


def test_every_format_of_a_list_carries_the_same_rows() -> None:
    refs = [view.ref for view in NASTY]
    assert [row["ref"] for row in json.loads(listed("json", *NASTY))] == refs
    assert [json.loads(line)["ref"] for line in listed("jsonl", *NASTY).splitlines()] == refs
    assert [row["ref"] for row in csv.DictReader(io.StringIO(listed("csv", *NASTY)))] == refs
    assert REF.findall(listed("md", *NASTY)) == refs
    assert REF.findall(listed("table", *NASTY, width=70)) == refs


def test_a_list_of_nothing() -> None:
    assert listed("json") == "[]\n"
    assert listed("jsonl") == ""
    assert len(listed("csv").splitlines()) == 1


def test_the_buckets_stand_in_the_report_and_add_up() -> None:
    report = json.loads(overdue("json"))
    assert sum(report["buckets"].values()) == report["total"] == 5
    assert report["as_of"] == AS_OF.isoformat()
    assert report["anchor"] == "7:" + "ab" * 32
    assert overdue("table").splitlines()[-1].endswith(report["anchor"])
    assert overdue("md").splitlines()[-1].endswith(report["anchor"])


def test_an_empty_section_says_so() -> None:
    text = "".join(render("table", overdue_report(a_report({}))))
    assert text.count("None.") + text.count("Không có.") == len(SECTIONS)


def test_what_a_limit_leaves_out_is_said() -> None:
    report = a_report({"overdue": NASTY[:1]}, limit=1, sizes=dict.fromkeys(SECTIONS, 0) | {"overdue": 3})
    text = "".join(render("table", overdue_report(report)))
    assert re.search(r"\b1\b.*\b3\b", text.splitlines()[-14:][0] + text)


def test_same_input_same_bytes() -> None:
    for form in FORMATS:
        assert overdue(form) == overdue(form)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_in_the_text_reaches_the_terminal_as_a_command(form: str) -> None:
    for text in (overdue(form), listed(form, *NASTY)):
        assert not [
            char
            for char in text
            if (unicodedata.category(char) in ("Cc", "Cs") and char != "\n") or char in "\u202e\u2066"
        ]


def test_no_spreadsheet_takes_a_title_for_a_formula() -> None:
    views = [a_view(f"VL-2025-{place:03}", title=Words(vi=text)) for place, text in enumerate(("=1", "+1", "-1", "@a"))]
    for row in csv.DictReader(io.StringIO(listed("csv", *views))):
        assert row["title_vi"].startswith("'")


def test_markdown_keeps_its_columns() -> None:
    for text in (overdue("md"), listed("md", *NASTY)):
        rows = [line for line in text.splitlines() if REF.search(line)]
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} in ({7}, {14})
        assert "<script>" not in text.replace("\\<", "")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for text in (overdue("table", width), listed("table", *NASTY, width=width)):
        wide = [line for line in text.splitlines() if cells(line) > width]
        # Only an anchor or the buckets' names may be; they hold no rows.
        assert not [line for line in wide if REF.search(line)]
        assert width < 60 or not wide


def test_columns_are_aligned_in_cells_however_a_letter_is_composed() -> None:
    composed = a_view(title=Words(vi="ế"), parties=())
    other = late("VL-2025-002", 3, parties=())
    first, second, third = listed("table", composed, other).splitlines()
    assert cells("e\u0302\u0301") == cells("ế") == 1
    assert cells("越南") == 4
    assert cells(second[: second.index("ế")]) == cells(third[: third.index("Khởi" if "Khởi" in third else "Begin")])
    assert first


def test_colour_only_repeats_what_words_say() -> None:
    painted = listed("table", *NASTY, colour=True)
    assert "\x1b[31m" in painted
    assert re.sub(r"\x1b\[\d*m", "", painted) == listed("table", *NASTY)


def test_a_proposed_lead_is_visibly_so() -> None:
    for form in ("table", "md"):
        assert label("basis", "proposed") in overdue(form)
    assert json.loads(listed("json", a_view()))[0]["lead"]["basis"] == "proposed"


@pytest.mark.parametrize("form", ["table", "md"])
def test_a_lead_has_one_heading_and_each_row_says_whether_a_source_names_it(form: str) -> None:
    told = ("stated", "proposed", "stated", "assigned")
    rows = [late(f"VL-2025-00{at}", 10 + at, parties=(a_party(basis=basis),)) for at, basis in enumerate(told, 1)]
    report = replace(a_report(), sections={**dict.fromkeys(SECTIONS, ()), "overdue": rows})
    text = "".join(render(form, overdue_report(report)))
    assert len(re.findall("^#* *Bộ Công Thương$", text, re.MULTILINE)) == 1
    after = [re.split(r"VL-2025-00\d", text)[at] for at in range(1, 5)]
    proposed, assigned = label("basis", "proposed"), label("basis", "assigned")
    assert [proposed in row for row in after] == [False, True, False, False]
    assert [assigned in row for row in after] == [False, False, False, True]


def test_wrapping_loses_no_word_and_breaks_only_what_is_wider_than_a_line() -> None:
    assert list(wrap("một hai ba", 7, first="- ", rest="  ")) == ["- một", "  hai", "  ba"]
    assert "".join(line.strip() for line in wrap("x" * 25, 10)) == "x" * 25
    assert cut("Khởi công", 5) == "Khởi…"


@pytest.mark.parametrize("form", FORMATS)
def test_a_long_list_is_never_held_whole(form: str) -> None:
    def many() -> Iterator[CommitmentView]:
        for number in range(2_000):
            yield a_view(f"VL-2025-{number:06}")

    tracemalloc.start()
    for _piece in render_list(form, COMMITMENTS, many(), width=100):
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_500_000


def test_a_commitment_as_json_has_the_promised_keys() -> None:
    row = json.loads(listed("json", a_view()))[0]
    promised = (
        "ref title statement kind sector instrument strength status status_since done sides schedule days_overdue"
        " days_past_baseline moves deadline baseline review_on lead parties sources targets evidence_tier next"
        " last_update silent_days tags version"
    )
    assert list(row)[:28] == promised.split()
    assert row["deadline"] == {
        "text": "năm 2026",
        "value": "2026",
        "start": "2026-01-01",
        "end": "2026-12-31",
        "precision": "year",
        "certainty": "stated",
    }
    assert {"document", "sha256", "published", "paragraph", "start", "end", "role"} == set(row["sources"][0])


def test_an_interval_is_never_said_to_be_more_exact_than_its_source() -> None:
    use_language("en")
    event = "event:congress"
    for days, said in (("2026-08", "August 2026"), ("2026", "2026"), ("2026-08-03", "3 Aug 2026")):
        view = a_view(deadline=Deadline.of(event, event=parse_period(days)), event=Words(vi="Đại hội", en="Congress"))
        assert f"  {said}  " in listed("table", view)
        assert json.loads(listed("jsonl", view))["event"] == {"vi": "Đại hội", "en": "Congress"}
    assert json.loads(listed("jsonl", a_view()))["event"] is None


def test_a_side_says_when_its_part_was_done() -> None:
    view = a_view(sides=(SideView("vn-mofa", Status.DELIVERED, AS_OF, "2026-10"),))
    assert json.loads(listed("jsonl", view))["sides"] == [
        {"party": "vn-mofa", "status": "delivered", "since": "2026-11-21", "done": "2026-10"}
    ]


def test_a_ref_in_the_history_is_never_cut() -> None:
    ref = "quan-he-hop-tac-kinh-te-thuong-mai-2025"
    entry = EntryView(
        1, "a", "add", "event", ref, 1, "Lan", "cli", datetime(2026, 1, 1, tzinfo=UTC), AS_OF, "", {}, None, "f" * 64
    )
    for width in (None, 80):
        assert ref in "".join(render_list("table", ENTRIES, [entry], width=width))


def test_the_side_that_nobody_has_marked_is_the_one_whose_move_it_is() -> None:
    use_language("en")
    ours = PartyView("vn", Words(en="Viet Nam"), "undertaker", "stated", "VN", True)
    theirs = PartyView("la", Words(en="Laos"), "undertaker", "stated", "LA", False)
    view = a_view(parties=(ours, theirs), sides=(SideView("vn", Status.DELIVERED, AS_OF),))
    page = "".join(render_detail("table", CommitmentDetail(view, (), (), ())))
    assert re.search(r"Whose move +Laos \(Newly recorded, since 2 Dec 2025\)", page)


def test_a_target_shows_every_reading_of_the_latest_period_and_a_source_without_a_day_says_so() -> None:
    use_language("en")
    target = TargetView("trade", Words(en="Trade"), Decimal("5e9"), "USD", "2030")
    readings = tuple(
        ReadingView("2025", Decimal(value), said, "", None, None) for value, said in (("3e9", "about"), ("2.8e9", ""))
    )
    figure = FigureView("trade", Words(en="Trade"), "USD", "year", readings)
    view = a_view(targets=(target,), sources=(replace(a_source(), published="none"),))
    page = "".join(render_detail("table", CommitmentDetail(view, (), (), (figure,))))
    assert "latest reading: about USD 3 billion (2025); USD 2.8 billion (2025)\n" in page
    assert "(origin, not known)" in page
