"""The overdue report as lines of a list: what is on the screen, taken out of the stream while it is open."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from tracker.domain.views import SECTIONS, CommitmentView, OverdueReport, PartyView
from tracker.tui.messages import ReportArrived

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose overdue report: of a lead, of a partner, of what a query finds; of all when nothing is given."""

    lead: str = ""
    partner: str = ""
    query: str = ""

    def report(
        self, tracker: Tracker, as_of: date, *, limit: int | None = None
    ) -> AbstractContextManager[OverdueReport]:
        """The report, streamed while it is open."""
        return tracker.reports.overdue(
            as_of=as_of, query=self.query, lead=self.lead or None, partner=self.partner or None, limit=limit
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a section, with how many belong to it."""

    section: str
    size: int


@dataclass(frozen=True, slots=True)
class UnderLead:
    """The commitments below are this party's (None: nobody's)."""

    lead: PartyView | None


@dataclass(frozen=True, slots=True)
class More:
    """So many more of the section are not shown."""

    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Air."""


Line = Heading | UnderLead | More | Gap | CommitmentView


def gathered(report: OverdueReport) -> ReportArrived:
    """The report with its sections read to the end (of its limit)."""
    # The sections with something in them first, then the names of the empty ones.
    lines: list[Line] = []
    for section in sorted(SECTIONS, key=lambda section: not report.sizes.get(section)):
        lines += _section(report, section)
    return ReportArrived(report.as_of, report.counts, tuple(lines))


def _section(report: OverdueReport, section: str) -> list[Line]:
    size = report.sizes.get(section, 0)
    lines: list[Line] = [Heading(section, size)]
    if not size:
        return lines
    taken = 0
    # One party stated as lead here and proposed there stands under two headings: they do not say the same.
    for _same, rows in groupby(report.rows(section), key=_answerable):
        for place, row in enumerate(rows):
            if place == 0:
                lines.append(UnderLead(row.lead))
            lines.append(row)
            taken += 1
    if taken < size:
        lines.append(More(size - taken))
    return [*lines, Gap()]


def _answerable(row: CommitmentView) -> tuple[str, str] | None:
    return (row.lead.key, row.lead.basis) if row.lead else None
