"""The reports that can be read and written here, by name. A new one is one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from tracker.domain.deadline import read_period
from tracker.errors import BadOption
from tracker.i18n import _, language

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.reports.model import Report


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is asked for: of a lead, of a partner, of what a query finds; of all when nothing is given.

    `choice` is what is typed for the kind's own option.
    """

    lead: str = ""
    partner: str = ""
    query: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """What only some reports ask: its name at the service, what it is called, what it is unless said, how it is read.

    `read` raises BadOption or BadDate.
    """

    name: str
    says: Callable[[], str]
    unless_said: Callable[[], str]
    read: Callable[[str], str | int] = str


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: its name for files and at the service, what it is called, and its own option, if it has one.

    One `of_a_partner` is nothing without somebody.
    """

    name: str
    says: Callable[[], str]
    option: Option | None = None
    of_a_partner: bool = False

    @contextmanager
    def opened(self, tracker: Tracker, scope: Scope, as_of: date, limit: int | None = None) -> Iterator[Report]:
        """The report of a day in the present language; at most `limit` rows in a section.

        Raises BadOption without a partner that is needed, and what the option and the service raise.
        """
        if self.of_a_partner and not scope.partner:
            raise BadOption(_("Partner"), "missing")
        own = {self.option.name: self.option.read(scope.choice)} if self.option and scope.choice else {}
        asked = getattr(tracker.reports, self.name)(
            as_of=as_of,
            query=scope.query,
            lead=scope.lead or None,
            partner=scope.partner or None,
            limit=limit,
            **own,
        )
        # What draws it is loaded when it is asked for.
        from tracker.reports.framing import as_known

        build = getattr(import_module(f"tracker.reports.{self.name}"), f"{self.name}_report")
        with asked as found:
            yield as_known(build(found), tracker.settings.known)


def _number(called: Callable[[], str]) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if not (typed.isascii() and typed.isdigit() and len(typed) < 7):
            raise BadOption(called(), "invalid", typed)
        return int(typed)

    return read


def _since(typed: str) -> str:
    return read_period(typed, language()).period.value if typed[:1].isdigit() else typed


KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        "overdue", lambda: _("Overdue report"), Option("by", lambda: _("Headings"), lambda: "lead, partner, sector")
    ),
    ReportKind(
        "due", lambda: _("Falling due"), Option("days", lambda: _("Days"), lambda: "30", _number(lambda: _("Days")))
    ),
    ReportKind(
        "changes",
        lambda: _("What changed"),
        Option("since", lambda: _("Since"), lambda: _("the last meeting; or a day, an event's key"), _since),
    ),
    ReportKind("scorecard", lambda: _("Scorecard"), Option("by", lambda: _("Periods"), lambda: "quarter, month, year")),
    ReportKind(
        "brief",
        lambda: _("Brief on a partner"),
        Option("event", lambda: _("Event"), lambda: _("the key of the visit that is prepared")),
        of_a_partner=True,
    ),
    ReportKind("slippage", lambda: _("Moved deadlines")),
    ReportKind("targets", lambda: _("Figures and targets")),
    ReportKind(
        "plan",
        lambda: _("Yearly plan"),
        Option("year", lambda: _("Year"), lambda: _("the coming one"), _number(lambda: _("Year"))),
    ),
)
