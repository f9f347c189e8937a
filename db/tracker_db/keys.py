"""The row numbers of what values name by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker import errors
from tracker_db import models

# What goes with a row of another kind than a commitment: the columns that name it.
OWN: Mapping[str, tuple[Any, ...]] = {
    "party": (models.PartyAlias.party_id,),
    "event": (models.EventParty.event_id,),
    "figure": (models.Reading.figure_id,),
}


class Keys:
    """Row numbers of parties, documents, events and figures by the keys that values use, looked up once each."""

    _COLUMNS: Mapping[str, Any] = {
        "party": models.Party.key,
        "document": models.Document.sha256,
        "event": models.Event.key,
        "figure": models.Figure.key,
        "commitment": models.Commitment.ref,
    }

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, str], int] = {}

    def id(self, kind: str, key: str) -> int:
        """The row number. Raises NotFound."""
        if (kind, key) not in self._known:
            column = self._COLUMNS[kind]
            found = self._session.execute(select(column.class_.id).where(column == key)).scalar_one_or_none()
            if found is None:
                raise errors.NotFound(kind, key)
            self._known[kind, key] = found
        return self._known[kind, key]

    def new(self, kind: str, key: str, row_id: int) -> None:
        """Remember a row made in this transaction."""
        self._known[kind, key] = row_id

    def drop(self, kind: str, key: str) -> None:
        """Delete the row with the rows that are its own. Raises NotFound."""
        row_id = self.id(kind, key)
        for column in OWN.get(kind, ()):
            self._session.execute(delete(column.class_).where(column == row_id))
        table = self._COLUMNS[kind].class_
        self._session.execute(delete(table).where(table.id == row_id))
        del self._known[kind, key]
