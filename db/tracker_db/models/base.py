"""What all tables share. Names and constraints follow one convention, so that migrations can name them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from tracker_db.types import ExactDecimal, UTCDateTime


class Base(DeclarativeBase):
    """All tables; columns of these Python types are these column types."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, date: Date, datetime: UTCDateTime, Decimal: ExactDecimal, bool: Boolean}
