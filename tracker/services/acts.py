"""How every act travels: one transaction, one act, its entries, then a frozen answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from sqlalchemy.orm import Session

from tracker import errors
from tracker.domain.deadline import ReviewPolicy
from tracker.domain.history import Act, ActKind, Hand
from tracker.domain.views import CommitmentView
from tracker_db import history, queries
from tracker_db.parties import Directory
from tracker_db.session import Database
from tracker_db.view import Day

# An act on more than so many is preceded by a copy of the register.
MANY = 100


@dataclass(frozen=True, slots=True)
class House:
    """What the services need of the outside: the database, the house's settings, and a clock for the record."""

    database: Database
    now: Callable[[], datetime]
    home: str = "VN"
    soon_days: int = 30
    silent_days: int = 90
    review: ReviewPolicy = ReviewPolicy()
    # Where a recorded moment is told as somebody's time of day.
    zone: tzinfo = UTC
    # Keeps a copy of the register before an act of that kind: import, batch.
    keep: Callable[[str], None] | None = None

    def day(self, as_of: date) -> Day:
        """A question's day with the settings that its answer depends on."""
        return Day(as_of, self.soon_days, self.home)

    @contextmanager
    def trial(self, kind: ActKind, hand: Hand) -> Iterator[Callable[[], AbstractContextManager[Writing]]]:
        """Any number of tries at an act, each by itself; nothing of them is kept."""
        with self.database.trial() as session:
            act = Act(hand.act(), kind, hand.actor, hand.channel, history.next_moment(session, self.now()))
            directory = Directory(session)

            @contextmanager
            def attempt() -> Iterator[Writing]:
                with session.begin_nested() as tried:
                    yield Writing(session, history.Recorder(session, act), None, _directory=directory)
                    tried.rollback()

            yield attempt

    @contextmanager
    def act(self, kind: ActKind, hand: Hand, rows: int = 1) -> Iterator[Writing]:
        """One act in one transaction, on so many rows: committed when the block ends, or nothing of it kept."""
        if self.keep is not None and (kind is ActKind.IMPORT or rows > MANY):
            self.keep("import" if kind is ActKind.IMPORT else "batch")
        with self.database.write() as session:
            act = Act(hand.act(), kind, hand.actor, hand.channel, history.next_moment(session, self.now()))
            writing = Writing(session, history.Recorder(session, act), history.known_act(session, act.id))
            yield writing
            writing.finish()


@dataclass(slots=True)
class Writing:
    """An act under way. `repeated` is the number it got when it was sent before: then it is not done again."""

    session: Session
    recorder: history.Recorder
    repeated: int | None
    _number: int | None = None
    _directory: Directory | None = None

    @property
    def directory(self) -> Directory:
        """The parties, as they were when somebody first asked."""
        if self._directory is None:
            self._directory = Directory(self.session)
        return self._directory

    @property
    def done_before(self) -> bool:
        """Whether the client sent this act before."""
        return self.repeated is not None

    def finish(self) -> int:
        """Seal the act, once, and give its number; 0 when it changed nothing and so was no act."""
        if self._number is None:
            self._number = self.repeated if self.repeated is not None else self.recorder.close()
        return self._number

    def views(self, refs: list[str], day: Day) -> tuple[CommitmentView, ...]:
        """The commitments as the act leaves them."""
        return queries.commitments(self.session, refs, day)


def effective_day(given: date | None, hand: Hand) -> date:
    """The day from which an act counts: as given, or today. Raises InTheFuture."""
    day = given or hand.today
    if day > hand.today:
        raise errors.InTheFuture("effective", day, hand.today)
    return day
