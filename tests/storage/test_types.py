"""Moments and numbers come back as they were given, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy.exc import StatementError

from tests.factories import a_party, an_act, record
from tracker.domain.register import Figure, Reading, Words
from tracker_db import queries
from tracker_db.entries import entries
from tracker_db.session import Database


def test_a_moment_keeps_its_microseconds_and_is_in_utc(database: Database) -> None:
    hanoi = timezone(timedelta(hours=7))
    record(database, a_party("vn"), at=datetime(2026, 11, 22, 0, 30, 15, 123456, tzinfo=hanoi))
    with database.read() as session:
        (entry,) = entries(session)
    assert entry.recorded_at == datetime(2026, 11, 21, 17, 30, 15, 123456, tzinfo=UTC)
    assert entry.recorded_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        record(database, a_party("vn"), at=an_act().recorded_at.replace(tzinfo=None))
    with database.read() as session:
        assert entries(session) == ()


@pytest.mark.parametrize(
    "number", ["0.1", "2250000000", "123456789012345678901234567890.123456789", "-7.50", "5E+9", "0"]
)
def test_a_number_is_exact(database: Database, number: str) -> None:
    reading = Reading(period="2025", value=Decimal(number))
    record(database, Figure(key="trade", name=Words(vi="Kim ngạch"), unit="USD", readings=(reading,)))
    with database.read() as session:
        (figure,) = queries.figures(session)
    assert figure.readings[0].value == Decimal(number)
