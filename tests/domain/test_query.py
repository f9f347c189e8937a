"""The query language: what each term means, and that nothing a person types breaks it."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import query
from tracker.domain.query import (
    EVERYTHING,
    And,
    Cites,
    HasParty,
    Is,
    Not,
    OneOf,
    OnSide,
    Or,
    Silent,
    Tagged,
    Text,
    When,
    days_in,
    parse_query,
)
from tracker.errors import BadDate, BadQuery, UnknownValue, UsageError

HOSTILE = [
    '"',
    '"""',
    "*",
    "AND",
    "NOT",
    "NEAR(",
    "NEAR(a b, 5)",
    ":",
    "::",
    "-",
    "--",
    "-(",
    "()",
    "(())",
    ")",
    "'; DROP TABLE commitment; --",
    "%_\\",
    "{folded} : x",
    "folded:x",
    "a* OR b*",
    "^a",
    "a + b",
    "a & b | !c",
    "a <-> b",
    "a:*",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "tag:\x00",
    "tag:\ud800",
    "ref:'",
    "doc:%",
    "doc:\\",
    "party:'",
    "sector:\x00x",
    'tag:""',
    'party:","',
    'party:"."',
    "silent:>99999d",
    "due:<",
    "due:9999..0001",
    "made:0001-01-01",
    "updated:<=9999-12-31",
    "ẞ ǅ ﬁ İ ½ ² ① ٣ ʰ",
    "1e5 5.2.2026 a.b@c.vn https://x.vn/y?z",
    "đ" * 1999,
    "字" * 1999,
    "a-" * 999,
    "a " * 999,
    "-a " * 600,
    "a OR " * 390 + "a",
    "is:open OR " * 170 + "is:open",
    "(" * 19 + "a" + ")" * 19,
    "-(" * 19 + "a" + ")" * 19,
    "(" * 5000,
    "x" * 100_000,
    "tag:" + ",".join("abcdefg" for _ in range(240)),
]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("đường", Text("đường")),
        ("đường cao tốc", And((Text("đường"), Text("cao"), Text("tốc")))),
        ('"đường cao tốc"', Text("đường cao tốc", phrase=True)),
        ("status:in_progress,recorded", OneOf("status", ("in_progress", "recorded"))),
        ("is:open", Is("open")),
        ("is:overdue,review", Or((Is("overdue"), Is("review")))),
        ('lead:"Bộ Công Thương"', HasParty(("Bộ Công Thương",), ("lead",))),
        ('lead:Bộ" Công Thương"', HasParty(("Bộ Công Thương",), ("lead",))),
        ("party:lao", HasParty(("lao",))),
        ("party:lao,vn", HasParty(("lao", "vn"))),
        ("owner:moit", HasParty(("moit",), ("lead", "undertaker"))),
        ("partner:lao", HasParty(("lao",), ("undertaker", "counterpart", "beneficiary"), partner=True)),
        ("side:counterpart", OnSide("counterpart")),
        ("side:home,joint", Or((OnSide("home"), OnSide("joint")))),
        ("sector:economy_trade", OneOf("sector", ("economy_trade",))),
        ("KIND:project", OneOf("kind", ("project",))),
        ("schedule:due_soon", OneOf("schedule", ("due_soon",))),
        ("tag:x,y", Tagged(("x", "y"))),
        ("doc:000", Cites(("000",))),
        ("-status:delivered", Not(OneOf("status", ("delivered",)))),
        ("-lào", Not(Text("lào"))),
        ('-"cao tốc"', Not(Text("cao tốc", phrase=True))),
        ("a OR b", Or((Text("a"), Text("b")))),
        ("a b OR c", Or((And((Text("a"), Text("b"))), Text("c")))),
        ("(a OR b) c", And((Or((Text("a"), Text("b"))), Text("c")))),
        ("-(a OR b)", Not(Or((Text("a"), Text("b"))))),
        ("a or b", And((Text("a"), Text("or"), Text("b")))),
        ('"OR"', Text("OR", phrase=True)),
        ("silent:>90d", Silent(">", 90)),
        ("silent:<30", Silent("<", 30)),
        ("http://x.vn", Text("http //x.vn")),
        ("nơi:đây", Text("nơi:đây")),
        ("who:me", Text("who me")),
        ("who:", Text("who:")),
    ],
)
def test_what_a_query_means(text: str, term: query.Term) -> None:
    assert parse_query(text) == term


@pytest.mark.parametrize(
    ("text", "field", "operator", "first", "last"),
    [
        ("due:<2026-12-31", "due", "<", date(2026, 12, 31), date(2026, 12, 31)),
        ("due:2026-Q4", "due", "=", date(2026, 10, 1), date(2026, 12, 31)),
        ("due:2026-q4", "due", "=", date(2026, 10, 1), date(2026, 12, 31)),
        ("due:2026-01..2026-06", "due", "=", date(2026, 1, 1), date(2026, 6, 30)),
        ("due:..2026", "due", "=", date.min, date(2026, 12, 31)),
        ("made:2025", "made", "=", date(2025, 1, 1), date(2025, 12, 31)),
        ("made:=2025", "made", "=", date(2025, 1, 1), date(2025, 12, 31)),
        ("updated:>2026-10-01", "updated", ">", date(2026, 10, 1), date(2026, 10, 1)),
        ("updated:>=2026-10", "updated", ">=", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_days_are_compared_with_whole_periods(text: str, field: str, operator: str, first: date, last: date) -> None:
    term = parse_query(text)
    assert isinstance(term, When)
    assert (term.field, term.operator, *days_in(term.period)) == (field, operator, first, last)


@pytest.mark.parametrize(
    ("text", "what", "value"),
    [
        ("status:donee", "status", "donee"),
        ("status:recorded,", "status", "recorded,"),
        ("is:late", "is", "late"),
        ("kind:agreement", "kind", "agreement"),
        ("side:ours", "side", "ours"),
        ("strength:strong", "strength", "strong"),
        ("status:", "status", ""),
        ("lead: Bộ", "lead", ""),
        ('status:""', "status", ""),
        ("silent:90", "silent", "90"),
    ],
)
def test_a_known_qualifier_with_a_bad_value_names_it_and_the_allowed_ones(text: str, what: str, value: str) -> None:
    with pytest.raises(UnknownValue) as refused:
        parse_query(text)
    assert (refused.value.what, refused.value.value) == (what, value)
    assert refused.value.allowed == query.QUALIFIERS[what] or what == "silent"


@pytest.mark.parametrize(
    "text", ["due:soon", "due:<", "made:none", "due:event:visit", "updated:05/12/2026", "due:2026-02-30"]
)
def test_a_day_that_is_none_is_named(text: str) -> None:
    with pytest.raises(BadDate):
        parse_query(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('"open', "quote"),
        ('lead:"Bộ', "quote"),
        ("(a", "parenthesis"),
        ("a)", "parenthesis"),
        ("((a)", "parenthesis"),
        ("OR a", "operator"),
        ("a OR", "operator"),
        ("a OR OR b", "operator"),
        ("(a OR) b", "operator"),
        ("x" * 2001, "too_long"),
        ("(" * 21 + "a" + ")" * 21, "too_deep"),
    ],
)
def test_a_query_that_cannot_be_read_says_where_and_why(text: str, reason: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse_query(text)
    assert refused.value.reason == reason
    assert 0 < len(refused.value.near) < 60


def test_a_query_is_cleaned_before_it_is_read() -> None:
    assert parse_query("tag:a\x00\ud800b") == Tagged(("ab",))
    assert parse_query("Đường".encode().decode()) == Text("Đường")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_read_or_refused_in_our_words(text: str) -> None:
    with contextlib.suppress(UsageError):
        parse_query(text)


pieces = st.sampled_from(
    ['"', "(", ")", "-", ":", "*", " ", "OR", " OR ", "AND", "NEAR(", "status:", "is:open", "due:", "tag:", "a", "đ"]
)


@given(st.lists(pieces | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_is_read_or_refused_in_our_words(text: str) -> None:
    with contextlib.suppress(UsageError):
        parse_query(text)


def test_every_qualifier_is_offered_with_its_values() -> None:
    assert {"status", "is", "lead", "party", "side", "sector", "kind", "tag", "doc", "due"} <= set(query.QUALIFIERS)
    assert "in_progress" in query.QUALIFIERS["status"]
    assert query.QUALIFIERS["is"] == query.CONDITIONS
    assert query.QUALIFIERS["lead"] == ()


def test_nobody_and_no_day_can_be_asked_for() -> None:
    assert parse_query("lead:none") == HasParty(("none",), ("lead",))
    assert parse_query("due:none") == parse_query("due:NONE") == query.Undated()
    for other in ("made:none", "updated:none"):
        with pytest.raises(BadDate):
            parse_query(other)


@pytest.mark.parametrize("value", ["trade", "=vn", "a b", "a,b", "(a)", "2026..2030", "Bộ Công Thương"])
def test_a_quoted_value_is_read_as_it_is(value: str) -> None:
    assert parse_query(f"tag:{query.quoted(value)}") == Tagged((value,))


def test_a_narrowed_query_finds_what_both_find() -> None:
    both = And((parse_query("is:open OR cầu"), parse_query("lead:vn")))
    assert parse_query(query.narrowed("is:open OR cầu", "lead:vn")) == both
    assert query.narrowed("is:open", "lead:vn") == "is:open lead:vn"
    assert query.narrowed("  ", "lead:vn") == "lead:vn"


def test_an_order_is_typed_with_or_without_a_minus() -> None:
    assert query.read_sort("updated") == ("updated", False)
    assert query.read_sort("-lead") == ("lead", True)
    for wrong in ("", "-", "--ref", "colour"):
        with pytest.raises(UnknownValue):
            query.read_sort(wrong)
