"""Python and SQL agree on the schedule of every commitment, on every day, and on what a query calls overdue or due."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from tracker.domain.query import CONDITIONS, parse_query
from tracker.domain.schedule import Schedule, schedule
from tracker.domain.status import OPEN, Stage, Status
from tracker_db import models
from tracker_db.filters import Filter
from tracker_db.schedule import schedule_of
from tracker_db.session import Database
from tracker_db.types import FOREVER
from tracker_db.view import Day

# Few days, so that the edges are met often.
days = st.dates(date(2026, 6, 1), date(2026, 6, 12))
maybe = st.none() | days
states = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status),
        "deadline_start": maybe,
        "deadline_end": maybe,
        "done_start": maybe,
        "done_end": maybe,
        "review_on": maybe,
    }
)
NOTHING: dict[str, Any] = {
    **dict.fromkeys(column.key for column in models.Commitment.__table__.columns if column.nullable),
    **dict.fromkeys(("title_vi", "title_en", "statement_vi", "statement_en"), ""),
    **dict.fromkeys(("kind", "sector", "instrument", "strength"), "other"),
    **dict.fromkeys(("status_since", "began_on", "valid_from"), date(2026, 1, 1)),
    **dict.fromkeys(("evidence_tier", "moves", "version"), 0),
}


def row(number: int, state: dict[str, Any]) -> dict[str, Any]:
    status: Status = state["status"]
    return NOTHING | state | {
        "id": number,
        "ref": f"C-2026-{number:03d}",
        "closed": status.closed,
        "stage": Stage.of(status),
        "sort_day": state["deadline_end"] or FOREVER,
    }  # fmt: skip


def in_python(state: dict[str, Any], as_of: date, soon_days: int) -> Schedule:
    return schedule(
        state["status"],
        start=state["deadline_start"],
        end=state["deadline_end"],
        done_start=state["done_start"],
        done_end=state["done_end"],
        review_on=state["review_on"],
        as_of=as_of,
        soon_days=soon_days,
    )


@settings(max_examples=50)
@given(
    states=st.lists(states, min_size=1, max_size=40),
    as_of=days | st.sampled_from([date.min, date.max]),
    soon_days=st.integers(0, 12) | st.just(30),
)
def test_python_and_sql_agree_on_every_schedule(
    database: Database, states: list[dict[str, Any]], as_of: date, soon_days: int
) -> None:
    rows = [row(number, state) for number, state in enumerate(states, 1)]
    table = models.Commitment.__table__
    with database.write() as session:
        session.execute(insert(models.Commitment), rows)
        found = dict(tuple(pair) for pair in session.execute(select(table.c.ref, schedule_of(table, as_of, soon_days))))
        expected = {one["ref"]: in_python(one, as_of, soon_days) for one in rows}
        assert found == expected
        asked = Filter(session, table, Day(as_of, soon_days))
        for condition in CONDITIONS if as_of.year == 2026 else ():
            for sign in ("", "-"):
                where = asked.where(parse_query(f"{sign}is:{condition}"))
                refs = set(session.execute(select(table.c.ref).where(where)).scalars())
                fits = {one["ref"] for one in rows if holds(condition, one, expected[one["ref"]])}
                assert refs == (set(expected) - fits if sign else fits), f"{sign}is:{condition}"
        session.execute(delete(models.Commitment))


def holds(condition: str, one: dict[str, Any], state: Schedule) -> bool:
    """What a person means by `is:...`, in the words of the schedule."""
    match condition:
        case "open":
            return one["status"] in OPEN
        case "closed":
            return one["status"] not in OPEN
        case "overdue":
            return state is Schedule.OVERDUE
        case "due":
            return state is Schedule.DUE_SOON
        case "review":
            return state is Schedule.REVIEW_DUE
        case "claimed":
            return one["status"] is Status.CLAIMED_DONE
        case "paused":
            return state is Schedule.PAUSED
        case "follow-up":
            return False  # none is planned here
        case _:
            return one["status"] in OPEN and one["deadline_end"] is None
