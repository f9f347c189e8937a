"""The overdue report in every format: the same rows in the same order, each section by lead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from tracker.domain.views import SECTIONS
from tracker.i18n import _, ngettext
from tracker.render import day, days_late, deadline, label, moves, overdue, party, safe, source, words
from tracker.reports.formats import csv_rows, json_array, json_line, json_text, markdown, markdown_table
from tracker.reports.layout import cells, pad, wrap
from tracker.reports.listing import COMMITMENTS, NOTHING, Column
from tracker.reports.rows import Row, commitment_row

if TYPE_CHECKING:
    from tracker.domain.views import CommitmentView, OverdueReport

TONE = {"overdue": "31", "late_claim": "31", "review_due": "35", "due_soon": "33"}


def render_overdue(
    form: str, report: OverdueReport, *, width: int | None = None, colour: bool = False
) -> Iterator[str]:
    """The report in that format. `width` is the terminal's; without one no line is broken."""
    match form:
        case "json":
            yield from _json(report)
        case "jsonl":
            yield from (json_line(row) for row in _rows(report))
        case "csv":
            yield from csv_rows(("section", "as_of", *COMMITMENTS.fields), _rows(report))
        case "md":
            yield from _markdown(report)
        case _:
            yield from _text(report, width=width, colour=colour)


def _rows(report: OverdueReport) -> Iterator[Row]:
    for section in SECTIONS:
        for view in report.rows(section):
            yield {"section": section, "as_of": report.as_of.isoformat(), **commitment_row(view)}


def _json(report: OverdueReport) -> Iterator[str]:
    head = {
        "as_of": report.as_of.isoformat(),
        "soon_days": report.soon_days,
        "total": report.counts.total,
        "buckets": dict(report.counts.buckets),
        "sizes": dict(report.sizes),
    }
    yield json_text(head)[:-1]
    for section in SECTIONS:
        yield f',\n"{section}": '
        yield from json_array(commitment_row(view) for view in report.rows(section))
    yield f',\n"anchor": {json_text(report.anchor)}}}\n'


# Words that text and Markdown share


def _heading(report: OverdueReport) -> str:
    return _("Overdue report as of {day}").format(day=day(report.as_of))


def _asked(report: OverdueReport) -> list[str]:
    asked = []
    if report.query:
        asked.append(_("Query: {query}").format(query=safe(report.query)))
    if report.lead:
        asked.append(_("Lead: {party}").format(party=words(report.lead)))
    if report.partner:
        asked.append(_("Partner: {party}").format(party=words(report.partner)))
    return asked


def _counts(report: OverdueReport) -> list[tuple[str, int]]:
    buckets = [(label("bucket", bucket), count) for bucket, count in report.counts.buckets.items()]
    return [*buckets, (_("Total"), report.counts.total)]


def _section(section: str, report: OverdueReport) -> str:
    titles = {
        "overdue": _("Overdue ({count})"),
        "late_claim": _("Reported done, past the deadline, not confirmed ({count})"),
        "paused": _("Suspended ({count})"),
        "review_due": _("Review due: our desk is late, not the partner ({count})"),
        "due_soon": ngettext("Due within {days} day ({count})", "Due within {days} days ({count})", report.soon_days),
    }
    return titles[section].format(count=report.sizes.get(section, 0), days=report.soon_days)


def _remaining(section: str, report: OverdueReport) -> str:
    size = report.sizes.get(section, 0)
    if not size:
        return _("None.")
    if report.limit is not None and size > report.limit:
        return _("The first {shown} of {count} are shown.").format(shown=report.limit, count=size)
    return ""


def _anchor(report: OverdueReport) -> str:
    return _("Anchor of the history: {anchor}").format(anchor=safe(report.anchor))


def _lead(view: CommitmentView) -> str:
    return party(view.lead) if view.lead else _("Without a lead")


def _delay(view: CommitmentView, report: OverdueReport) -> str:
    """How late it is, and who is: the deadline's days, the review's days, or what is left."""
    if view.days_overdue:
        return _("{days} ({band})").format(days=days_late(view.days_overdue), band=label("band", view.band))
    if view.schedule == "review_due" and view.review_on:
        late = (report.as_of - view.review_on).days
        return ngettext(
            "our review is {days} day late, it was due on {day}",
            "our review is {days} days late, it was due on {day}",
            late,
        ).format(days=late, day=day(view.review_on))
    if view.schedule == "due_soon" and view.deadline and view.deadline.end:
        left = (view.deadline.end - report.as_of).days
        return ngettext("{days} day left", "{days} days left", left).format(days=left) if left else _("due today")
    if view.schedule == "paused" and view.review_on:
        return _("suspended, review on {day}").format(day=day(view.review_on))
    return overdue(view)


def _past_baseline(view: CommitmentView) -> str:
    if not view.days_past_baseline:
        return ""
    return ngettext("{days} day past the baseline", "{days} days past the baseline", view.days_past_baseline).format(
        days=view.days_past_baseline
    )


def _sources(view: CommitmentView) -> str:
    return "; ".join(map(source, view.sources)) or NOTHING


# Text


def _text(report: OverdueReport, *, width: int | None, colour: bool) -> Iterator[str]:
    yield from _lines(_heading(report), width)
    for asked in _asked(report):
        yield from _lines(asked, width)
    yield "\n"
    counts = _counts(report)
    widest = max(cells(name) for name, count in counts)
    digits = len(str(report.counts.total))
    for name, count in counts[:-1]:
        yield f"  {pad(name, widest)}  {count:>{digits}}\n"
    yield f"  {pad('', widest)}  {'─' * digits}\n  {pad(counts[-1][0], widest)}  {counts[-1][1]:>{digits}}\n"
    for section in SECTIONS:
        yield "\n"
        title = "".join(_lines(_section(section, report), width))
        tone = TONE.get(section, "1")
        yield f"\x1b[{tone}m{title[:-1]}\x1b[0m\n" if colour else title
        for lead, views in groupby(report.rows(section), key=_lead):
            yield "\n"
            yield from _lines(lead, width, "  ", "    ")
            for view in views:
                yield from _block(view, report, width)
        if remaining := _remaining(section, report):
            yield from _lines(remaining, width, "  ", "  ")
    yield "\n"
    yield from _lines(_anchor(report), width)


def _block(view: CommitmentView, report: OverdueReport, width: int | None) -> Iterator[str]:
    ref = safe(view.ref)
    yield from _lines(words(view.title), width, f"    {ref}  ", " " * 6)
    late = [_delay(view, report), _past_baseline(view), moves(view.moves) if view.baseline else ""]
    facts = [
        "; ".join(filter(None, late)),
        _("Deadline: {deadline}").format(deadline=deadline(view.deadline)),
        _("Baseline: {deadline}").format(deadline=deadline(view.baseline)) if view.moves else "",
        _("Status: {status}, last update {day}").format(status=label("status", view.status), day=day(view.last_update)),
        _("Source: {source}").format(source=_sources(view)),
    ]
    for fact in filter(None, facts):
        yield from _lines(fact, width, " " * 6, " " * 8)


def _lines(text: str, width: int | None, first: str = "", rest: str = "") -> Iterator[str]:
    if width is None:
        yield f"{first}{text}\n"
    else:
        yield from (f"{line}\n" for line in wrap(text, width, first=first, rest=rest))


# Markdown


def _columns(report: OverdueReport) -> tuple[Column[CommitmentView], ...]:
    return (
        Column(lambda: _("Ref"), lambda view: safe(view.ref)),
        Column(lambda: _("Title"), lambda view: words(view.title)),
        Column(lambda: _("Schedule"), lambda view: _delay(view, report)),
        Column(lambda: _("Past the baseline"), lambda view: _past_baseline(view) or NOTHING),
        Column(lambda: _("Moves"), lambda view: str(view.moves)),
        Column(lambda: _("Deadline"), lambda view: deadline(view.deadline)),
        Column(lambda: _("Status"), lambda view: label("status", view.status)),
        Column(lambda: _("Last update"), lambda view: day(view.last_update)),
        Column(lambda: _("Source"), _sources),
    )


def _markdown(report: OverdueReport) -> Iterator[str]:
    yield f"# {markdown(_heading(report))}\n\n"
    yield from (f"{markdown(asked)}\n\n" for asked in _asked(report))
    heads = (_("Schedule"), _("Commitments"))
    yield f"| {' | '.join(map(markdown, heads))} |\n| --- | ---: |\n"
    yield from (f"| {markdown(name)} | {count} |\n" for name, count in _counts(report))
    columns = _columns(report)
    for section in SECTIONS:
        yield f"\n## {markdown(_section(section, report))}\n\n"
        for lead, views in groupby(report.rows(section), key=_lead):
            yield f"### {markdown(lead)}\n\n"
            yield from markdown_table(columns, views)
            yield "\n"
        if remaining := _remaining(section, report):
            yield f"{markdown(remaining)}\n"
    yield f"\n{markdown(_anchor(report))}\n"
