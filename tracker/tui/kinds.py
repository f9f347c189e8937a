"""The reports that can be read and written here, by name. A new one is one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.reports.model import Report


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is asked for: of a lead, of a partner, of what a query finds; of all when nothing is given."""

    lead: str = ""
    partner: str = ""
    query: str = ""


Draws = Callable[["Tracker", Scope, date, int | None], "Iterator[Report]"]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: its name for files, what it is called, and how it is drawn from the register while it is open."""

    name: str
    says: Callable[[], str]
    draws: Draws

    @contextmanager
    def opened(self, tracker: Tracker, scope: Scope, as_of: date, limit: int | None = None) -> Iterator[Report]:
        """The report of a day in the present language; at most `limit` rows in a section."""
        yield from self.draws(tracker, scope, as_of, limit)


def _overdue(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.overdue import overdue_report

    with tracker.reports.overdue(
        as_of=as_of, query=scope.query, lead=scope.lead or None, partner=scope.partner or None, limit=limit
    ) as report:
        yield overdue_report(report)


KINDS: tuple[ReportKind, ...] = (ReportKind("overdue", lambda: _("Overdue report"), _overdue),)
