"""The relatives of the overdue report: each asks its service and draws the answer."""

from __future__ import annotations

from typing import Any

from tracker.cli.asking import query_of
from tracker.cli.call import Call
from tracker.cli.reporting import check, deliver
from tracker.reports.brief import brief_report
from tracker.reports.changes import changes_report
from tracker.reports.due import due_report
from tracker.reports.plan import plan_report
from tracker.reports.scorecard import scorecard_report
from tracker.reports.slippage import slippage_report
from tracker.reports.targets import targets_report


def report_due(call: Call) -> int:
    """`tracker report due`: what ends within so many days."""
    with call.tracker() as tracker, tracker.reports.due(days=call.args.days, **_scope(call)) as report:
        return deliver(call, due_report(report))


def report_changes(call: Call) -> int:
    """`tracker report changes`: what happened since a day, an event or the last meeting."""
    typed = call.args.since
    since = call.period(typed) if typed[:1].isdigit() else typed
    with call.tracker() as tracker, tracker.reports.changes(since=since, **_scope(call)) as report:
        return deliver(call, changes_report(report))


def report_brief(call: Call) -> int:
    """`tracker report brief`: a page for a meeting with a partner."""
    asked = _scope(call)
    if call.args.limit is None:
        # As many as fit on a page.
        del asked["limit"]
    with call.tracker() as tracker, tracker.reports.brief(**asked, event=call.args.event) as report:
        return deliver(call, brief_report(report))


def report_slippage(call: Call) -> int:
    """`tracker report slippage`: what was moved from its baseline."""
    with call.tracker() as tracker, tracker.reports.slippage(**_scope(call)) as report:
        return deliver(call, slippage_report(report))


def report_targets(call: Call) -> int:
    """`tracker report targets`: figures against targets."""
    with call.tracker() as tracker, tracker.reports.targets(**_scope(call)) as report:
        return deliver(call, targets_report(report))


def report_scorecard(call: Call) -> int:
    """`tracker report scorecard`: the buckets by lead and by period, beside an earlier day's."""
    before = call.day(call.args.before)
    with call.tracker() as tracker, tracker.reports.scorecard(by=call.args.by, before=before, **_scope(call)) as report:
        return deliver(call, scorecard_report(report))


def report_plan(call: Call) -> int:
    """`tracker report plan`: the yearly plan."""
    with call.tracker() as tracker, tracker.reports.plan(year=call.args.year, **_scope(call)) as report:
        return deliver(call, plan_report(report))


def _scope(call: Call) -> dict[str, Any]:
    """What every report is asked with; what could not be delivered is refused before that."""
    check(call)
    args = call.args
    return {
        "as_of": call.as_of,
        "query": query_of(args.query),
        "lead": args.lead,
        "partner": args.partner,
        "limit": args.limit,
    }
