"""One overdue list in every form: the same refs and the same days late, at the edges of days, years and clocks.

What is expected is reckoned here, apart from the product: the ends of periods and the days of moments are written out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import a_commitment, a_role, record
from tests.reports.readers import READERS
from tests.tui.desk import opened
from tracker.bootstrap import Tracker
from tracker.cli import main
from tracker.domain.register import Commitment
from tracker.domain.status import Status
from tracker.i18n import use_language
from tracker.reports.forms import FORMS
from tracker.settings import Settings

COUNT = 500
Late = list[tuple[str, int]]

# A moment, the desk's zone, and what day it is there.
MOMENTS = {
    "the last second of the year in Ha Noi": ("2026-12-31T16:59:59", "Asia/Ho_Chi_Minh", "2026-12-31"),
    "the first second of the next": ("2026-12-31T17:00:00", "Asia/Ho_Chi_Minh", "2027-01-01"),
    "the first to have a new year": ("2026-12-31T10:00:00", "Pacific/Kiritimati", "2027-01-01"),
    "the last to have the old one": ("2027-01-01T10:59:59", "Pacific/Pago_Pago", "2026-12-31"),
    "clocks go on: winter's last midnight": ("2026-03-28T23:00:00", "Europe/Berlin", "2026-03-29"),
    "clocks went on: the day's last second": ("2026-03-29T21:59:59", "Europe/Berlin", "2026-03-29"),
    "clocks went on: summer's first midnight": ("2026-03-29T22:00:00", "Europe/Berlin", "2026-03-30"),
    "clocks went back: the longest day's last second": ("2026-10-25T22:59:59", "Europe/Berlin", "2026-10-25"),
    "clocks went back: the midnight after it": ("2026-10-25T23:00:00", "Europe/Berlin", "2026-10-26"),
    "a day without a midnight": ("2026-03-08T05:00:00", "America/Havana", "2026-03-08"),
    "the second before it": ("2026-03-08T04:59:59", "America/Havana", "2026-03-07"),
    "the leap day": ("2028-02-28T17:00:00", "Asia/Ho_Chi_Minh", "2028-02-29"),
    "the day after it": ("2028-02-29T17:00:00", "Asia/Ho_Chi_Minh", "2028-03-01"),
}
# Drawn in every form: one day of each kind.
DRAWN = ("the first second of the next", "clocks went back: the midnight after it", "the day after it")
# Periods and the day on which each ends.
ENDS = {
    "2026-03": "2026-03-31",
    "2026-Q1": "2026-03-31",
    "2026-W13": "2026-03-29",
    "2026-03-08..2026-03-29": "2026-03-29",
    "2026-10": "2026-10-31",
    "2026-W43": "2026-10-25",
    "2026-12": "2026-12-31",
    "2026-Q4": "2026-12-31",
    "2026-H2": "2026-12-31",
    "2026": "2026-12-31",
    "..2026": "2026-12-31",
    "2025..2026": "2026-12-31",
    "2026-W53": "2027-01-03",
    "2028-02": "2028-02-29",
    "2027": "2027-12-31",
    "..2028": "2028-12-31",
}
OPEN = (Status.RECORDED, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTIAL)
OTHER = (Status.CLAIMED_DONE, Status.SUSPENDED, Status.DELIVERED, Status.NOT_DELIVERED, Status.WITHDRAWN)


def cases() -> Iterator[tuple[Commitment, date | None]]:
    """Commitments whose deadlines lie on and about those days, and where each ends."""
    chance = Random(12)
    edges = sorted({date.fromisoformat(day) for _moment, _zone, day in MOMENTS.values()})
    for number in range(COUNT):
        end: date | None
        match chance.randrange(20):
            case 0:
                spelling, end = "none", None
            case 1 | 2 | 3 | 4 | 5 | 6:
                spelling, last = chance.choice(list(ENDS.items()))
                end = date.fromisoformat(last)
            case _:
                end = chance.choice(edges) + timedelta(days=chance.choice((-200, -91, -31, -2, -1, 0, 0, 1, 2)))
                spelling = end.isoformat()
        status = chance.choice(OPEN * 3 + OTHER)
        lead = chance.choice(("vn-moit", "vn-mofa", ""))
        parties = (a_role("vn"), a_role("la"), *((a_role(lead, "lead"),) if lead else ()))
        done = "unknown" if status is Status.DELIVERED else None
        ref = f"C-2025-{number:03}"
        yield a_commitment(ref, deadline=spelling, text="theo lịch", status=status, parties=parties, done=done), end


CASES = tuple(cases())


def expected(day: date, *statuses: Status) -> dict[str, int]:
    """How many days each open one is past its end on that day."""
    ended = {each.ref: (day - end).days for each, end in CASES if end and each.status in (statuses or OPEN)}
    return {ref: late for ref, late in ended.items() if late > 0}


@pytest.fixture(scope="module")
def register(long_lived_tracker: Tracker) -> str:
    """The URL of a register of all of them."""
    record(long_lived_tracker.database, *(each for each, _end in CASES))
    return str(long_lived_tracker.database.url)


Clock = Callable[[str], date]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, home: Path) -> Clock:
    """Stops the clock at a moment and puts the desk into its zone; answers what day it is there."""

    def stopped(name: str) -> date:
        moment, zone, day = MOMENTS[name]
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)

        class Stopped(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return now.astimezone(tz)

        monkeypatch.setattr("tracker.settings.datetime", Stopped)
        folder = home / ".config" / "commitment-tracker"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.toml").write_text(f'zone = "{zone}"\n')
        return date.fromisoformat(day)

    return stopped


@pytest.fixture(autouse=True)
def _english_after() -> Iterator[None]:
    yield
    use_language("en")


# How late each one is, read out of a form. In words, a review of ours that is late has no band behind it.

_SAID = re.compile(r"(C-2025-\d{3})(?:(?!C-2025-).)*?(\d+)\s+days?\s+late\s+\(", re.DOTALL)
_LISTED = re.compile(r"^(?:\| )?(C-2025-\d{3}) .*?(\d+) days? late", re.MULTILINE)


def of_report(form: str, made: bytes) -> Late:
    """Of the report: what is past its deadline, in its order. A mail says it twice, as text and as a page."""
    match form:
        case "json":
            report = json.loads(made)
            return late_ones(report["overdue"] + report["late_claim"])
        case "jsonl" | "csv":
            return late_ones(rows_of(form, made.decode()))
        case "xlsx":
            sheets = openpyxl.load_workbook(io.BytesIO(made)).worksheets[1:3]
            return [late for sheet in sheets for late in of_sheet(sheet)]
        case _:
            text = READERS[form](made).text if form in READERS else made.decode()
            found = [(ref, int(days)) for ref, days in _SAID.findall(text)]
            half = len(found) // 2
            return found[:half] if form == "eml" and found[:half] == found[half:] else found


def of_sheet(sheet: Worksheet) -> Late:
    heads, *rows = sheet.iter_rows(values_only=True)
    ref, late, words = map(heads.index, ("Ref", "Schedule (value)", "Schedule"))
    assert all(str(row[words]).startswith(f"{row[late]} day") for row in rows)
    return [(str(row[ref]), int(str(row[late]))) for row in rows]


def of_list(form: str, answer: str) -> Late:
    """Of the list, on the command line."""
    if form == "table":
        return [(ref, int(days)) for ref, days in _LISTED.findall(answer)]
    return late_ones(json.loads(answer) if form == "json" else rows_of(form, answer))


def rows_of(form: str, text: str) -> Iterable[dict[str, Any]]:
    return map(json.loads, text.splitlines()) if form == "jsonl" else csv.DictReader(io.StringIO(text))


def late_ones(rows: Iterable[dict[str, Any]]) -> Late:
    return [(row["ref"], int(row["days_overdue"])) for row in rows if row["days_overdue"]]


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_day_is_the_desks_and_the_list_is_that_days(
    moment: str, register: str, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    late = expected(clock(moment))
    assert late
    for form in ("table", "json", "jsonl", "csv"):
        assert main(["list", "is:overdue", "--format", form, "--lang", "en", "--database", register]) == 0
        found = of_list(form, capsys.readouterr().out)
        assert (len(found), dict(found)) == (len(late), late), form


@pytest.mark.parametrize("moment", DRAWN)
def test_the_report_is_the_same_in_every_form(
    moment: str, register: str, clock: Clock, tmp_path: Path, long_lived_tracker: Tracker
) -> None:
    day = clock(moment)
    with long_lived_tracker.reports.overdue(as_of=day) as report:
        asked = [(view.ref, view.days_overdue) for name in ("overdue", "late_claim") for view in report.rows(name)]
    assert dict(asked) == expected(day) | expected(day, Status.CLAIMED_DONE)
    assert len(asked) == len(dict(asked))
    # What is drawn comes from the same views.
    for form in FORMS if long_lived_tracker.database.path else ("json",):
        file = tmp_path / f"report.{form}"
        words = ["report", "overdue", "--format", form, "-o", str(file), "--lang", "en", "--database", register]
        assert main(words) == 0
        assert of_report(form, file.read_bytes()) == asked, form


async def test_the_interface_shows_the_same(register: str, clock: Clock) -> None:
    late = expected(clock("the first second of the next"))
    settings = Settings(register, database_is_default=False, actor="Lan", language="en")
    async with opened(settings, (160, 50)) as person:
        await person.press("f2")
        await person.write("is:overdue")
        await person.has_rows(len(late))
        await person.press("enter")
        for key in ("home", "end"):
            await person.press(key)
            await person.settles()
            shown = [row for index in range(person.rows.length) if (row := person.rows.row(index))]
            assert len(shown) > 20
            assert all(late[row.ref] == row.days_overdue for row in shown)
            drawn = re.findall(r"(C-2025-\d{3}).*?(\d+) late", person.screen)
            assert len(drawn) > 20
            assert all(late[ref] == int(days) for ref, days in drawn)
