"""A figure against a target: the gap, the pace needed, the present pace and where it leads, never more exact than read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.domain.pace import Outlook, Range, last_years, outlook, path, points, trend
from tracker.domain.register import Words
from tracker.domain.views import FigureView, ReadingView

Said = tuple[str, float] | tuple[str, float, str]


def a_figure(*readings: Said, per: str = "year", unit: str = "USD") -> FigureView:
    made = tuple(
        ReadingView(period, Decimal(str(value)), *(qualifier or [""]), "", None, None)  # type: ignore[arg-type]
        for period, value, *qualifier in readings
    )
    return FigureView("trade", Words(vi="Kim ngạch"), unit, per, made)


def against(value: float, by: str | None, *readings: Said, **named: Any) -> Outlook:
    return outlook(a_figure(*readings, **named), Decimal(str(value)), by)


def one(found: Range | None) -> Decimal:
    assert found is not None
    assert found.exact
    return found.low


def test_trade_grows_in_proportion_to_itself() -> None:
    found = against(8, "2027", ("2024", 2), ("2025", 4))
    assert found.growth == "compound"
    assert one(found.gap) == 4
    assert found.years_left == 2
    assert found.trend is not None
    assert found.trend.pace.compound is not None
    assert one(found.trend.pace.compound) == 1
    assert one(found.leads_to) == 16
    assert found.reached_in == (2026, 2026)
    assert found.needed is not None
    assert found.needed.compound is not None
    assert round(one(found.needed.compound), 4) == Decimal("0.4142")
    assert one(found.needed.arithmetic) == 2
    assert "two_readings" in found.remarks


@pytest.mark.parametrize(
    ("named", "because"),
    [({"per": "stock"}, "stock"), ({"unit": "percent"}, "percentage"), ({"unit": "%", "per": "stock"}, "percentage")],
)
def test_a_stock_or_a_percentage_grows_by_the_same_step(named: dict[str, str], because: str) -> None:
    found = against(8, "2027", ("2024", 2), ("2025", 4), **named)
    assert (found.growth, found.because) == ("arithmetic", because)
    assert one(found.leads_to) == 8
    assert found.reached_in == (2027, 2027)
    assert found.trend is not None
    assert found.trend.pace.compound is None


def test_a_negative_amount_has_no_growth_in_percent() -> None:
    found = against(8, "2027", ("2024", -2), ("2025", 4))
    assert (found.growth, found.because) == ("arithmetic", "not_positive")
    assert one(found.leads_to) == 16


def test_the_present_pace_is_that_of_the_last_readings() -> None:
    far = against(100, None, ("2010", 90), ("2021", 10), ("2022", 11), ("2023", 12), ("2024", 13), per="stock")
    assert far.trend is not None
    assert (far.trend.first.period.value, far.trend.steps) == ("2021", 3)
    assert one(far.trend.pace.arithmetic) == 1


def test_without_a_date_there_is_no_pace_needed_but_a_year() -> None:
    found = against(5, None, ("2024", 2.25), ("2025", 3))
    assert (found.needed, found.years_left, found.leads_to) == (None, None, None)
    assert found.reached_in == (2027, 2027)
    assert "no_date" in found.remarks


@pytest.mark.parametrize(
    ("readings", "per", "remark"),
    [
        ((), "year", "no_readings"),
        ((("2025", 3),), "year", "too_few"),
        ((("2025-04", 267), ("2025", 276)), "stock", "not_comparable"),
        ((("2022..2025", 8), ("2021..2024", 6)), "period", "not_comparable"),
        ((("2025-Q1", 1), ("2025-Q2", 2)), "year", "not_comparable"),
        ((("2024", 2), ("2025", 3), ("2026-H1", 2)), "year", "newer_left_out"),
        ((("2024", 3), ("2025", 2)), "year", "no_growth"),
        ((("2024", 2, "about"), ("2025", 3)), "year", "rough"),
        ((("2025", 3), ("2025", 3.1), ("2024", 2)), "year", "disputed"),
    ],
)
def test_what_cannot_be_known_is_said(readings: tuple[Said, ...], per: str, remark: str) -> None:
    found = against(5, "2030", *readings, per=per)
    assert remark in found.remarks
    if remark in ("no_readings", "too_few", "not_comparable"):
        assert found.trend is None
        assert found.reached_in is None


def test_half_a_year_is_not_held_against_a_target_for_a_year() -> None:
    found = against(5, "2030", ("2024", 2), ("2025", 3), ("2026-H1", 2))
    assert found.latest is not None
    assert found.latest.period.value == "2025"


def test_sources_that_differ_give_a_range_all_the_way() -> None:
    found = against(10, "2027", ("2024", 2), ("2025", 3), ("2025", 4), per="stock")
    assert found.latest is not None
    assert found.latest.value == Range(Decimal(3), Decimal(4))
    assert found.gap == Range(Decimal(6), Decimal(7))
    assert found.leads_to == Range(Decimal(5), Decimal(8))
    assert found.reached_in == (2028, 2032)
    assert against(3.5, "2027", ("2025", 3), ("2025", 4)).reached == "disputed"


def test_reached_is_reached_and_nothing_more_is_needed() -> None:
    found = against(3, "2030", ("2024", 2), ("2025", 3))
    assert (found.reached, found.needed, found.reached_in) == ("yes", None, None)


def test_a_target_whose_time_is_over_needs_no_pace() -> None:
    found = against(5, "2024", ("2024", 2), ("2025", 3))
    assert "past" in found.remarks
    assert found.needed is None


def test_a_sum_is_held_against_a_target_for_the_same_days_only() -> None:
    assert against(9, "2022..2025", ("2022..2025", 8), per="period").reached == "no"
    assert against(9, "2026..2030", ("2022..2025", 8), per="period").reached == "unknown"


def test_a_stock_in_the_middle_of_a_year_is_reached_in_the_year_in_which_its_time_comes() -> None:
    found = against(20, None, ("2024-04", 10), ("2025-04", 14), per="stock")
    assert found.reached_in == (2026, 2026)
    assert against(16, None, ("2024-04", 10), ("2025-04", 14), per="stock").reached_in == (2025, 2025)


amounts = st.decimals(min_value="0.01", max_value="1e15", places=2)


@given(first=amounts, last=amounts, value=amounts, ahead=st.integers(1, 200), per=st.sampled_from(["year", "stock"]))
def test_the_pace_needed_leads_exactly_to_the_target(
    first: Decimal, last: Decimal, value: Decimal, ahead: int, per: str
) -> None:
    assume(last < value)
    found = against(float(value), str(2025 + ahead), ("2024", float(first)), ("2025", float(last)), per=per)
    assert found.needed is not None
    assert found.latest is not None
    now = found.latest.value.low
    assert abs(now + one(found.needed.arithmetic) * ahead - found.value) < Decimal("0.001")
    if found.needed.compound is not None:
        reached = now * (1 + one(found.needed.compound)) ** ahead
        assert abs(reached / found.value - 1) < Decimal("1e-9")


@given(first=amounts, last=amounts, value=amounts, per=st.sampled_from(["year", "stock"]))
def test_the_year_it_is_reached_in_is_the_first_in_which_the_path_is_there(
    first: Decimal, last: Decimal, value: Decimal, per: str
) -> None:
    found = against(float(value), None, ("2024", float(first)), ("2025", float(last)), per=per)
    if found.reached_in is None:
        assert found.reached == "yes" or "no_growth" in found.remarks
        return
    year = found.reached_in[0]
    assert list(last_years(found))[-1] == year
    steps = dict(path(found, [year - 1, year]))
    nearly = Decimal("1e-9") * found.value
    assert steps[year].low >= found.value - nearly
    assert steps[year - 1].low < found.value + nearly


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["2023", "2024", "2024-Q1", "2024-05", "2025", "2025-12-31", "2022..2025", "none", "..2025"]
            ),
            st.decimals(min_value="-1e6", max_value="1e6", places=1).map(float),
            st.sampled_from(["", "about", "over", "under"]),
        ),
        max_size=8,
    ),
    st.sampled_from(["year", "stock", "period"]),
    st.sampled_from([None, "2024", "2030", "9999", "2026..2030", "none", "event:visit", "recurring"]),
    st.decimals(min_value="-1e6", max_value="1e6", places=1).map(float),
)
def test_any_readings_and_any_target_have_an_answer_in_order(
    readings: list[Said], per: str, by: str | None, value: float
) -> None:
    figure = a_figure(*readings, per=per)
    found = outlook(figure, Decimal(str(value)), by)
    spans = [found.gap, found.leads_to, *(point.value for point in points(figure))]
    for pace in (found.needed, found.trend.pace if found.trend else None):
        spans += [pace.arithmetic, pace.compound] if pace else []
    assert all(span.low <= span.high for span in spans if span is not None)
    assert [point.end for point in points(figure)] == sorted(point.end for point in points(figure))
    if found.reached_in is not None and found.reached_in[1] is not None:
        assert found.reached_in[0] <= found.reached_in[1]
    assert len(list(path(found, last_years(found)))) == len(last_years(found))


def test_two_readings_of_one_period_in_two_spellings_are_of_one_period() -> None:
    (point,) = points(a_figure(("2025", 3), ("2025-01-01..2025-12-31", 4)))
    assert point.end == date(2025, 12, 31)
    assert len(point.readings) == 2
    assert trend(a_figure(("2025", 3), ("2025-01-01..2025-12-31", 4))) is None
