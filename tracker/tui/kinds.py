"""The reports that can be read and written here, by name. A new one is one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.errors import BadOption
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


def _asked(scope: Scope, as_of: date, limit: int | None) -> dict[str, Any]:
    return {
        "as_of": as_of,
        "query": scope.query,
        "lead": scope.lead or None,
        "partner": scope.partner or None,
        "limit": limit,
    }


def _overdue(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.overdue import overdue_report

    with tracker.reports.overdue(**_asked(scope, as_of, limit)) as report:
        yield overdue_report(report)


def _due(days: int) -> Draws:
    def draws(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
        from tracker.reports.due import due_report

        with tracker.reports.due(days=days, **_asked(scope, as_of, limit)) as report:
            yield due_report(report)

    return draws


def _changes(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.changes import changes_report

    with tracker.reports.changes(**_asked(scope, as_of, limit)) as report:
        yield changes_report(report)


def _scorecard(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.scorecard import scorecard_report

    with tracker.reports.scorecard(**_asked(scope, as_of, limit)) as report:
        yield scorecard_report(report)


def _brief(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.brief import brief_report

    if not scope.partner:
        # A page for a meeting is about somebody.
        raise BadOption("--partner", "missing")
    with tracker.reports.brief(**_asked(scope, as_of, limit)) as report:
        yield brief_report(report)


def _slippage(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.slippage import slippage_report

    with tracker.reports.slippage(**_asked(scope, as_of, limit)) as report:
        yield slippage_report(report)


def _targets(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.targets import targets_report

    with tracker.reports.targets(**_asked(scope, as_of, limit)) as report:
        yield targets_report(report)


def _plan(tracker: Tracker, scope: Scope, as_of: date, limit: int | None) -> Iterator[Report]:
    from tracker.reports.plan import plan_report

    with tracker.reports.plan(**_asked(scope, as_of, limit)) as report:
        yield plan_report(report)


KINDS: tuple[ReportKind, ...] = (
    ReportKind("overdue", lambda: _("Overdue report"), _overdue),
    ReportKind("due-30", lambda: _("Due within 30 days"), _due(30)),
    ReportKind("due-90", lambda: _("Due within 90 days"), _due(90)),
    ReportKind("changes", lambda: _("Since the last meeting"), _changes),
    ReportKind("scorecard", lambda: _("Scorecard"), _scorecard),
    ReportKind("brief", lambda: _("Brief on a partner"), _brief),
    ReportKind("slippage", lambda: _("Moved deadlines"), _slippage),
    ReportKind("targets", lambda: _("Figures and targets"), _targets),
    ReportKind("plan", lambda: _("Plan for the coming year"), _plan),
)
