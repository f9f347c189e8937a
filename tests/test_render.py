"""Domain values in a person's words, in both languages."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import errors, render
from tracker.domain import agenda, codes, history, register, schedule, status, views
from tracker.domain.deadline import FIRST_DAY, LAST_DAY, Certainty, Deadline, Precision, read_day
from tracker.domain.follow_up import FollowUp, FollowUpState
from tracker.domain.saved_view import StoredView
from tracker.i18n import Language, use_language
from tracker.render.labels import labels


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use_language("en")


def in_both(said: object) -> tuple[str, str]:
    spoken: list[str] = []
    languages: tuple[Language, ...] = ("en", "vi")
    for language in languages:
        use_language(language)
        spoken.append(said())  # type: ignore[operator]
    return spoken[0], spoken[1]


@given(st.text(st.characters(codec=None, categories=None)))
def test_safe_text_can_only_be_read(text: str) -> None:
    for newlines in (True, False):
        shown = render.safe(text, newlines=newlines)
        assert not set(shown) & set(map(chr, [*range(10), *range(11, 32), *range(0x7F, 0xA0)]))
        assert not set(shown) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        assert ("\n" in shown) <= newlines
        shown.encode()
        assert render.safe(shown, newlines=newlines) == shown


@given(st.dates(FIRST_DAY, LAST_DAY), st.sampled_from(["vi", "en"]))
def test_a_day_is_typed_as_it_is_shown(shown: date, spoken: Language) -> None:
    use_language(spoken)
    assert read_day(render.day(shown), spoken) == shown


def test_what_is_not_safe_is_shown_not_dropped() -> None:
    assert render.safe("a\x1b[31mb\x00") == "a␛[31mb␀"
    assert render.safe("a\x9bb\u202ec\ud800") == "a�b�c�"
    assert render.safe("một\r\nhai\nba") == "một hai ba"
    assert render.safe("một\nhai", newlines=True) == "một\nhai"
    assert render.safe("Đường cao tốc 越南 👩‍🌾") == "Đường cao tốc 越南 👩‍🌾"
    assert render.safe("a\u200db\u200b\ufeff\U000e0041") == "a�b���"


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("status", list(status.Status)),
        ("schedule", list(schedule.Schedule)),
        ("bucket", list(schedule.BUCKETS)),
        ("band", [schedule.band(days) for days in (1, 31, 91, 181)]),
        ("role", list(codes.Role)),
        ("basis", list(codes.Basis)),
        ("precision", list(Precision)),
        ("kind", list(codes.Kind)),
        ("sector", list(codes.SECTORS)),
        ("instrument", list(codes.Instrument)),
        ("strength", list(codes.Strength)),
        ("citation_role", list(codes.CitationRole)),
        ("evidence_tier", [0, 1, 2, 3]),
        ("act", list(history.ActKind)),
        ("channel", ["cli", "tui", "web", "import", "seed"]),
        ("party_kind", list(codes.PartyKind)),
        ("event_kind", list(codes.EventKind)),
        ("field", list(register.Commitment.model_fields)),
        ("field", [*FollowUp.model_fields, *StoredView.model_fields]),
        ("how", list(codes.How)),
        ("follow_up_state", list(FollowUpState)),
        ("agenda", agenda.LINES),
        ("field", [*register.Party.model_fields, *register.Document.model_fields, *register.Figure.model_fields]),
    ],
)
def test_every_code_of_the_domain_has_a_word(group: str, codes: list[object]) -> None:
    assert [code for code in codes if str(code) not in labels(group)] == []


def test_statuses_are_said_in_the_office_s_own_words() -> None:
    use_language("vi")
    assert [render.label("status", code) for code in status.Status] == [
        "Mới ghi nhận",
        "Chưa triển khai",
        "Đang triển khai",
        "Hoàn thành một phần",
        "Báo cáo hoàn thành, chờ xác nhận",
        "Đã hoàn thành",
        "Tạm hoãn",
        "Đã thay thế",
        "Không đạt",
        "Chấm dứt",
    ]


def test_an_unknown_sector_passes_as_it_is() -> None:
    assert render.label("sector", "fisheries\x1b") == "fisheries␛"


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        ("2026-12-31", "31 Dec 2026", "31/12/2026"),
        ("2026-02-01", "1 Feb 2026", "01/02/2026"),
        ("2026-W35", "week 35 of 2026", "tuần 35 năm 2026"),
        ("2026-08", "August 2026", "tháng 8/2026"),
        ("2026-Q3", "Q3 2026", "quý III/2026"),
        ("2026-H1", "the first half of 2026", "6 tháng đầu năm 2026"),
        ("2026-H2", "the second half of 2026", "6 tháng cuối năm 2026"),
        ("2026", "2026", "năm 2026"),
        ("2026..2030", "2026–2030", "giai đoạn 2026–2030"),
        ("2026-01-30..2026-02-02", "30 Jan 2026 to 2 Feb 2026", "từ 30/01/2026 đến 02/02/2026"),
        ("..2030", "by the end of 2030", "đến hết năm 2030"),
        ("..2030-06-30", "by 30 Jun 2030", "đến hết 30/06/2030"),
        ("event:visit-2026", "at the event visit-2026", "vào dịp sự kiện visit-2026"),
        ("recurring", "recurring", "định kỳ"),
        ("none", "no deadline", "không có thời hạn"),
        ("unknown", "on an unknown day", "không rõ ngày"),
        ("what\x07", "what␇", "what␇"),
    ],
)
def test_periods(value: str, english: str, vietnamese: str) -> None:
    assert in_both(lambda: render.period(value)) == (english, vietnamese)


@pytest.mark.parametrize(
    ("deadline", "english", "vietnamese"),
    [
        (None, "no deadline", "không có thời hạn"),
        (Deadline.of("2026", "năm 2026"), "năm 2026 (until 31 Dec 2026)", "năm 2026 (đến hết 31/12/2026)"),
        (Deadline.of("2026"), "2026 (until 31 Dec 2026)", "năm 2026 (đến hết 31/12/2026)"),
        (Deadline.of("2026-08-31"), "31 Aug 2026", "31/08/2026"),
        (
            Deadline.of("2026-Q4", "cuối năm", Certainty.DERIVED),
            "cuối năm (until 31 Dec 2026, derived)",
            "cuối năm (đến hết 31/12/2026, suy ra)",
        ),
        (
            Deadline.of("2027", "", Certainty.AGREED),
            "2027 (until 31 Dec 2027, as agreed later)",
            "năm 2027 (đến hết 31/12/2027, theo thỏa thuận điều chỉnh)",
        ),
        (Deadline.of("none", "sớm"), "sớm (no deadline)", "sớm (không có thời hạn)"),
        (
            Deadline.of("event:visit", "chuyến thăm tới"),
            "chuyến thăm tới (no date yet)",
            "chuyến thăm tới (chưa có ngày)",
        ),
    ],
)
def test_the_words_of_the_source_stand_beside_what_was_computed(
    deadline: Deadline | None, english: str, vietnamese: str
) -> None:
    assert in_both(lambda: render.deadline(deadline)) == (english, vietnamese)


@pytest.mark.parametrize(
    ("value", "unit", "english", "vietnamese"),
    [
        ("5000000000", "USD", "USD 5 billion", "5 tỷ USD"),
        ("2250000000", "USD", "USD 2.25 billion", "2,25 tỷ USD"),
        ("2245123456", "USD", "USD 2,245,123,456", "2.245.123.456 USD"),
        ("1200000000000", "VND", "VND 1.2 trillion", "1,2 nghìn tỷ VND"),
        ("1400", "MW", "1,400 MW", "1.400 MW"),
        ("45.5", "%", "45.5%", "45,5%"),
        ("-3000000", "", "-3 million", "-3 triệu"),
        ("0", "km", "0 km", "0 km"),
    ],
)
def test_amounts(value: str, unit: str, english: str, vietnamese: str) -> None:
    assert in_both(lambda: render.amount(Decimal(value), unit)) == (english, vietnamese)


def test_days() -> None:
    assert in_both(lambda: render.days_late(1)) == ("1 day late", "quá hạn 1 ngày")
    assert in_both(lambda: render.days_late(12)) == ("12 days late", "quá hạn 12 ngày")
    assert in_both(lambda: render.day(date(2026, 12, 31))) == ("31 Dec 2026", "31/12/2026")


def test_a_lead_that_was_proposed_is_shown_so() -> None:
    proposed = views.PartyView("x", register.Words(vi="Bộ Công Thương"), "lead", "proposed", "VN", True)
    stated = views.PartyView("x", register.Words(vi="Bộ Công Thương"), "lead", "stated", "VN", True)
    assert in_both(lambda: render.party(proposed)) == ("Bộ Công Thương (proposed)", "Bộ Công Thương (đề xuất)")
    assert render.party(stated) == "Bộ Công Thương"


PLAIN_DEADLINE = {
    "text": "",
    "value": "2026",
    "start": "2026-01-01",
    "end": "2026-12-31",
    "precision": "year",
    "certainty": "stated",
}


@pytest.mark.parametrize(
    ("field", "before", "after", "english"),
    [
        ("status", "in_progress", "delivered", "Status: In progress → Delivered"),
        ("title", {"vi": "A", "en": ""}, {"vi": "B", "en": ""}, "Title: A → B"),
        ("title", {"vi": "A", "en": "C"}, {"vi": "B", "en": "C"}, "Title: A → B"),
        ("title", {"vi": "A", "en": "C"}, {"vi": "A", "en": ""}, "Title: C → nothing"),
        ("deadline", None, PLAIN_DEADLINE, "Deadline: 2026 (until 31 Dec 2026)"),
        ("review_on", "2026-01-02", None, "Review on: 2 Jan 2026 → nothing"),
        (
            "evidence_tier",
            1,
            2,
            "Evidence tier: 1 (a claim or press report) → 2 (an official act, document or statement)",
        ),
        ("tags", ["a", "b"], ["b", "c"], "Tags: − a; + c"),
        ("text_added", False, True, "Text: yes"),
        ("sector", "x\x1b", "other", "Sector: x␛ → Other"),
        (
            "parties",
            [],
            [{"party": "vn-moit", "role": "lead", "basis": "proposed"}],
            "Parties: + Lead vn-moit (proposed)",
        ),
        (
            "readings",
            [],
            [{"period": "2025", "value": "5000000000", "qualifier": "about"}, {"period": "2024-Q1", "value": "1"}],
            "Readings: + about 5 billion (2025); + 1 (Q1 2024)",
        ),
        ("published", "none", "2026-08", "Published: not known → August 2026"),
        ("on", "none", "2026-08", "When: no date yet → August 2026"),
        (
            "sides",
            [],
            [{"party": "vn-moh", "status": "delivered", "since": "2026-01-02", "done": "2025"}],
            "Sides: + vn-moh Delivered, since 2 Jan 2026, done: 2025",
        ),
        ("targets", [], [{"figure": "trade", "value": "5000000000", "by": "2030"}], "Targets: + trade 5 billion, 2030"),
    ],
)
def test_a_change_is_one_line(field: str, before: object, after: object, english: str) -> None:
    assert render.change(field, before, after) == english


def every_error() -> list[errors.TrackerError]:
    """One of each, its fields filled with what a person could have typed."""
    made: list[errors.TrackerError] = []
    for kind in vars(errors).values():
        if not inspect.isclass(kind) or not issubclass(kind, errors.TrackerError):
            continue
        fillings: dict[str, object] = {
            "what": "status",
            "value": "\x1bnope",
            "allowed": ("recorded", "delivered"),
            "kind": "commitment",
            "ref": "VL-2025-013",
            "status": "delivered",
            "asked": "withdrawn",
            "needs": "evidence2|confirmed_by",
            "day": date(2027, 1, 1),
            "today": date(2026, 11, 21),
            "began": date(2026, 1, 1),
            "seen": 2,
            "stored": 3,
            "number": 12,
            "other": 15,
            "recorded_at": datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        }
        wanted = [field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING]
        if kind is errors.NumberTaken:
            fillings["number"] = "12\x1b/BNG"
        made.append(kind(**{name: fillings.get(name, "a\x1bb") for name in wanted}))
    return made


@pytest.mark.parametrize("failure", every_error(), ids=lambda failure: type(failure).__name__)
def test_every_failure_is_one_safe_sentence_in_both_languages(failure: errors.TrackerError) -> None:
    english, vietnamese = in_both(lambda: render.error(failure))
    assert english
    assert english != vietnamese
    assert "\x1b" not in english
    assert "{" not in english
    assert type(failure).__name__ not in english or type(failure) is errors.TrackerError


def test_an_error_says_what_to_do() -> None:
    unknown = errors.UnknownValue("status", "deliverd", ("recorded", "delivered"))
    assert (
        render.error(unknown) == "“deliverd” is not a status. Did you mean “delivered”? Allowed: recorded, delivered."
    )
    assert render.error(errors.NotFound("party", "Bộ X", ("Bộ Y",))).endswith("Did you mean “Bộ Y”?")
    assert "5 Dec 2026" in render.error(errors.BadDate("05/12/2026", "ambiguous", ("2026-12-05", "2026-05-12")))
    assert render.error(errors.DatabaseBehind("x.sqlite", "0001")).endswith("Run `tracker db upgrade` first.")
    assert "Its owner has to run" in render.error(errors.DatabaseBehind("x.sqlite", "0001", own=False))


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (errors.NothingToReverse("undo"), "There is nothing of yours to undo."),
        (errors.NothingToReverse("undo", "C-2025-001"), "There is nothing to undo on C-2025-001."),
        (
            errors.NothingToReverse("redo", "C-2025-001"),
            "There is nothing to redo on C-2025-001: nothing was undone, or something else was done since.",
        ),
        (errors.ActNotReversed("undo", 12, "undone", 15), "Act 12 is taken back already, by act 15."),
        (errors.ActNotReversed("redo", 12, "counts"), "Act 12 was not taken back, so there is nothing to redo."),
        (
            errors.ActNotReversed("undo", 12, "reversal"),
            "Act 12 is itself an undo or a redo. Name the act that it is about.",
        ),
        (
            errors.ActNotReversed("undo", 1, "seed"),
            "Act 1 is what the curated commitments say. Correct them in the seeds, or edit what they say.",
        ),
    ],
)
def test_a_refused_undo_says_why(failure: errors.TrackerError, said: str) -> None:
    assert render.error(failure) == said


@pytest.mark.parametrize(
    ("asked", "reason", "channel", "said"),
    [
        ("undo", "later", "cli", "undone: act 15 builds on it ({act}). Undo that one first."),
        ("undo", "uses", "tui", "undone: act 15 uses what it added ({act}). Undo that one first."),
        (
            "undo",
            "later",
            "seed",
            "undone: the curated commitments build on it in act 15 ({act}). Edit what is wrong instead.",
        ),
        ("redo", "later", "cli", "redone: act 15 says otherwise since then ({act})."),
        ("redo", "gone", "cli", "redone: it builds on act 15, which was taken back ({act}). Redo that one first."),
    ],
)
def test_an_act_in_the_way_is_named_with_who_did_what_and_when(
    asked: str, reason: str, channel: str, said: str
) -> None:
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    failure = errors.ActInTheWay(asked, 12, reason, 15, "mark", "Minh", channel, at, "C-2025-001")
    named = "Marked: C-2025-001, by Minh, 21 Nov 2026 09:30"
    assert render.error(failure) == f"Act 12 cannot be {said.format(act=named)}"


def test_what_is_refused_for_one_of_many_names_it_once() -> None:
    failure = errors.InTheFuture("done", date(2027, 1, 1), date(2026, 11, 21))
    failure.concerns = "C-2025-001"
    assert render.error(failure).startswith("C-2025-001: It cannot have been done")
    failure = errors.NoSource("C-2025-001")
    failure.concerns = "C-2025-001"
    assert render.error(failure).count("C-2025-001") == 1


def test_an_act_on_many_is_told_with_the_first_of_them() -> None:
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    refs = [f"C-2025-00{number}" for number in range(1, 8)]
    assert render.act("batch", refs, "Lan\x1b", at).startswith(
        "Several changes: C-2025-001, C-2025-002, C-2025-003, 4 others, by Lan"
    )
    assert render.act("add", ["f" * 64], "Lan", at) == "Added: ffffffffffff, by Lan, 21 Nov 2026 09:30"


@pytest.mark.parametrize(
    ("reason", "said"),
    [("too_long", "too long"), ("too_deep", "parentheses within"), ("quote", "quotation mark"), ("operator", "term")],
)
def test_a_query_that_cannot_be_read_says_why(reason: str, said: str) -> None:
    english, vietnamese = in_both(lambda: render.error(errors.BadQuery("((((", reason)))
    assert said in english
    assert vietnamese != english
    assert "cannot be read" not in english


def test_a_refused_file_lists_every_problem_on_a_line() -> None:
    problems = (errors.Problem("a.toml", "x", "unknown_key"), errors.Problem("b.toml", "", "not_toml: line 3"))
    english, vietnamese = in_both(lambda: render.error(errors.FileRefused("seeds", problems)))
    assert english.splitlines()[1:] == ["  a.toml, x: there is no such key", "  b.toml: it is not TOML: line 3"]
    assert vietnamese.splitlines()[1] == "  a.toml, x: không có khóa này"


def test_a_stale_commitment_shows_what_changed_since() -> None:
    found = (errors.Difference("status", "recorded", "delivered"),)
    assert "Status: you saw “Newly recorded”, now it is “Delivered”" in render.error(
        errors.StaleCommitment("VL-2025-013", 2, 3, found)
    )


@pytest.mark.parametrize(
    ("code", "facts", "english"),
    [
        ("date_read", {"typed": "05/12/2026", "value": "2026-12-05"}, "“05/12/2026” was read as 5 December 2026."),
        (
            "backdated",
            {"ref": "A-2025-001", "day": date(2026, 1, 2), "since": date(2026, 2, 3)},
            "What was recorded for 2 Jan 2026 does not change how A-2025-001 stands today: later entries say otherwise.",
        ),
        ("seed_left", {"ref": "A", "field": "title"}, "A: Title was changed by hand and is left as it is."),
        ("database_made", {"path": "/x", "commitments": 37}, "A new register was made at /x, with 37 commitments."),
        ("database_made", {"path": "/x", "commitments": 0}, "A new register was made at /x."),
        (
            "side_marked",
            {"ref": "A", "party": register.Words(vi="Bộ Y tế"), "status": "delivered"},
            "A: the side of Bộ Y tế is marked “Delivered”.",
        ),
        ("seed_foreign", {"ref": "A"}, "A was not made by the seeds; the seed of that ref was left out."),
    ],
)
def test_remarks(code: str, facts: dict[str, object], english: str) -> None:
    said = views.Remark(code, facts)
    in_english, in_vietnamese = in_both(lambda: render.remark(said))
    assert in_english == english
    assert in_vietnamese != english


def a_figure(*readings: tuple[str, str, str]) -> views.FigureView:
    read = tuple(views.ReadingView(of, Decimal(value), said, "", None, None) for of, value, said in readings)
    return views.FigureView("trade", register.Words(vi="Kim ngạch", en="Trade"), "USD", "year", read)


def test_all_readings_of_the_latest_period_are_said_as_their_sources_say_them() -> None:
    figure = a_figure(("2024", "2e9", ""), ("2025", "5e9", "about"), ("2025", "5.2e9", "over"))
    english, vietnamese = in_both(lambda: render.latest(figure))
    assert english == "about USD 5 billion (2025); over USD 5.2 billion (2025)"
    assert "khoảng 5 tỷ USD" in vietnamese
    assert render.latest(a_figure()) == ""


@pytest.mark.parametrize(
    ("rule", "english", "vietnamese"),
    [
        ("FREQ=WEEKLY", "every week", "hằng tuần"),
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks", "2 tuần một lần"),
        ("FREQ=MONTHLY;INTERVAL=3", "every quarter", "hằng quý"),
        ("FREQ=YEARLY;COUNT=3", "every year, 3 times", "hằng năm, 3 lần"),
        ("FREQ=MONTHLY;UNTIL=20271231", "every month, until 31 Dec 2027", "hằng tháng, đến 31/12/2027"),
        ("FREQ=MONTHLY;BYDAY=1MO", "by the rule FREQ=MONTHLY;BYDAY=1MO", "theo quy tắc FREQ=MONTHLY;BYDAY=1MO"),
    ],
)
def test_a_cadence_is_said_in_words(rule: str, english: str, vietnamese: str) -> None:
    assert in_both(lambda: render.rule(rule)) == (english, vietnamese)
