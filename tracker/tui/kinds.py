"""The reports that can be read and written here, by name. A new one is one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
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


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: its name for files, what it is called, which `report` of the service it is, and what that is given.

    One `of_a_partner` is nothing without somebody.
    """

    name: str
    says: Callable[[], str]
    report: str
    given: Mapping[str, Any] = field(default_factory=dict)
    of_a_partner: bool = False

    @contextmanager
    def opened(self, tracker: Tracker, scope: Scope, as_of: date, limit: int | None = None) -> Iterator[Report]:
        """The report of a day in the present language; at most `limit` rows in a section.

        Raises BadOption without a partner that is needed, and what the service raises.
        """
        if self.of_a_partner and not scope.partner:
            raise BadOption("--partner", "missing")
        asked = getattr(tracker.reports, self.report)(
            as_of=as_of,
            query=scope.query,
            lead=scope.lead or None,
            partner=scope.partner or None,
            limit=limit,
            **self.given,
        )
        # What draws it is loaded when it is asked for.
        from tracker.reports.framing import as_known

        build = getattr(import_module(f"tracker.reports.{self.report}"), f"{self.report}_report")
        with asked as found:
            yield as_known(build(found), tracker.settings.known)


KINDS: tuple[ReportKind, ...] = (
    ReportKind("overdue", lambda: _("Overdue report"), "overdue"),
    ReportKind("due-30", lambda: _("Due within 30 days"), "due", {"days": 30}),
    ReportKind("due-90", lambda: _("Due within 90 days"), "due", {"days": 90}),
    ReportKind("changes", lambda: _("Since the last meeting"), "changes"),
    ReportKind("scorecard", lambda: _("Scorecard"), "scorecard"),
    ReportKind("brief", lambda: _("Brief on a partner"), "brief", of_a_partner=True),
    ReportKind("slippage", lambda: _("Moved deadlines"), "slippage"),
    ReportKind("targets", lambda: _("Figures and targets"), "targets"),
    ReportKind("plan", lambda: _("Plan for the coming year"), "plan"),
)
