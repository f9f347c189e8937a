"""Words that reports share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.render import safe, words
from tracker.reports.model import Bars, Chart, Report

if TYPE_CHECKING:
    from tracker.domain.register import Words


def sums(report: Report) -> list[tuple[str, int]]:
    """The counts, and what they add up to."""
    return [*report.counts, (_("Total"), sum(count for _name, count in report.counts))]


def opening(report: Report) -> tuple[str, ...]:
    """What stands below the title on paper: of whom and of what it is; of a compact one also its sum, in a line."""
    if not (report.compact and report.counts):
        return report.asked
    said = "; ".join(f"{name} {count}" for name, count in sums(report))
    return (*report.asked, _("{name}: {said}").format(name=report.total, said=said))


def tabled(report: Report) -> list[tuple[str, int]]:
    """The sum where it stands as a table on paper."""
    return sums(report) if report.counts and not report.compact else []


def titled(chart: Chart) -> str:
    """The title of a chart where its numbers are a table, with what the parts of a sum are."""
    parts = chart.parts if isinstance(chart, Bars) else ()
    if len(parts) < 2:
        return chart.title
    return _("{name}: {said}").format(name=chart.title, said=" + ".join(parts))


def anchored(report: Report) -> str:
    """The line that closes every report: what proves later that no history was cut or rewritten."""
    return _("Anchor of the history: {anchor}").format(anchor=safe(report.anchor))


def asked(query: str, lead: Words | None, partner: Words | None) -> tuple[str, ...]:
    """Of whom and of what a report is."""
    said = (
        _("Query: {query}").format(query=safe(query)) if query else "",
        _("Lead: {party}").format(party=words(lead)) if lead else "",
        _("Partner: {party}").format(party=words(partner)) if partner else "",
    )
    return tuple(filter(None, said))


def remaining(size: int, limit: int | None) -> str:
    """That there is nothing in a section, or that not all of it is shown."""
    if not size:
        return _("None.")
    if limit is not None and size > limit:
        return _("The first {shown} of {count} are shown.").format(shown=limit, count=size)
    return ""
