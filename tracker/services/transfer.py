"""Taking the register out whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm import Session

from tracker.services.acts import House
from tracker_db import queries
from tracker_db.entries import every_entry
from tracker_db.follow_ups import FollowUps
from tracker_db.parties import Directory
from tracker_db.saved_views import saved_views
from tracker_db.view import Day


class Transfer:
    """Exports: the same register gives the same rows in the same order."""

    def __init__(self, house: House, as_csv: Callable[[str, Iterator[object]], Iterator[str]]) -> None:
        self._house, self._as_csv = house, as_csv

    @contextmanager
    def export(self) -> Iterator[Iterator[tuple[str, Iterator[object]]]]:
        """Commitments, what they point at, follow-ups and views, streamed while the block is open.

        No clock is in it: all stand as on the day of the last entry.
        """
        with self._house.database.read() as session:
            day = self._last_day(session)
            yield iter(
                (
                    ("commitments", queries.all_commitments(session, day)),
                    ("parties", iter(Directory(session).listings())),
                    ("documents", iter(queries.documents(session))),
                    ("events", iter(queries.event_list(session))),
                    ("figures", iter(queries.figures(session))),
                    ("follow_ups", FollowUps(session, day).listing()),
                    ("views", iter(saved_views(session))),
                )
            )

    def archive(self) -> Iterator[bytes]:
        """The whole register as one open file, piece by piece (see `archive`)."""
        from tracker.services.archive import write_archive
        from tracker_db.copies import still

        with still(self._house.database) as database:
            yield from write_archive(database, self._sheets)

    def _sheets(self, session: Session) -> Iterator[tuple[str, Iterator[str]]]:
        """What a person looks for in the register: each commitment as it stands, and all that was ever done."""
        commitments = queries.all_commitments(session, self._last_day(session))
        yield "commitments", self._as_csv("commitments", commitments)
        yield "history", self._as_csv("history", every_entry(session))

    def _last_day(self, session: Session) -> Day:
        return self._house.day(queries.last_day(session) or date.min)
