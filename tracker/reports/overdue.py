"""The overdue report: its sum, how late the late ones are, and its five sections by lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.domain.lateness import SECTIONS, Asked
from tracker.domain.query import NOBODY
from tracker.domain.schedule import BANDS, band
from tracker.i18n import _, language, ngettext
from tracker.render import day, days_late, deadline, label, moves, overdue, safe, words
from tracker.reports import columns
from tracker.reports.columns import lead_alone, mark
from tracker.reports.listing import COMMITMENTS, NOTHING
from tracker.reports.model import Bar, Bars, Chart, Field, Report, Section, Span, Spans
from tracker.reports.rows import commitment_row
from tracker.reports.words import asked, remaining

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.lateness import LeadLateness, OverdueReport, Placed
    from tracker.domain.views import CommitmentView

# So many leads have a bar of their own.
LEADS = 15
TONE = {"overdue": "31", "late_claim": "31", "review_due": "35", "due_soon": "33"}


def overdue_report(report: OverdueReport) -> Report:
    """The report in the present language, to be drawn once."""
    counts = report.counts
    return Report(
        name="overdue",
        title=_("Overdue report as of {day}").format(day=day(report.as_of)),
        language=language(),
        as_of=report.as_of,
        asked=asked(report.query, report.lead, report.partner),
        counts=tuple((label("bucket", bucket), count) for bucket, count in counts.buckets.items()),
        total=_("Schedule"),
        sections=tuple(_section(section, report) for section in SECTIONS),
        head={
            "as_of": report.as_of.isoformat(),
            "soon_days": report.soon_days,
            "total": counts.total,
            "buckets": dict(counts.buckets),
            "sizes": dict(report.sizes),
            **({} if report.by == "lead" else {"by": report.by}),
        },
        columns=COMMITMENTS.fields if report.by == "lead" else ("under", *COMMITMENTS.fields),
        charts=Asked(partial(_charts, report)),
        remarks=_remarks(report.by),
        anchor=report.anchor,
    )


def _charts(report: OverdueReport) -> Iterator[Chart]:
    """How late, whose, and what comes next; only what there is."""
    bands = [band(first) for first, _last in BANDS]
    names = tuple(label("band", each) for each in bands)
    late = tuple(report.late)
    if late:
        sums = {each: sum(of.bands.get(each, 0) for of in late) for each in bands}
        bars = (Bar(name, (sums[each],), str(sums[each])) for each, name in zip(bands, names, strict=True))
        yield Bars(_("Overdue by band"), (), tuple(bars))
        most = sorted(late, key=lambda of: -of.total)
        bars = (Bar(name, parts, _parts(parts)) for name, parts in _by_lead(most, bands))
        yield Bars(_("Overdue by lead"), names, tuple(bars))
    if spans := tuple(map(_span, report.soonest)):
        yield Spans(_("The next deadlines"), report.as_of, spans)


def _by_lead(most: list[LeadLateness], bands: list[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Those who have most, and all others in one."""
    for late in most[:LEADS]:
        yield words(late.lead) if late.lead else _("Without a lead"), tuple(late.bands.get(each, 0) for each in bands)
    if others := most[LEADS:]:
        yield (
            ngettext("{count} other lead", "{count} other leads", len(others)).format(count=len(others)),
            tuple(sum(late.bands.get(each, 0) for late in others) for each in bands),
        )


def _parts(parts: tuple[int, ...]) -> str:
    """The sum, and what it is made of when that is more than one."""
    several = " + ".join(map(str, parts)) if sum(map(bool, parts)) > 1 else ""
    return f"{sum(parts)} = {several}" if several else str(sum(parts))


def _span(view: CommitmentView) -> Span:
    """From the beginning of its days to its deadline."""
    assert view.deadline is not None
    assert view.deadline.end is not None
    return Span(
        words(view.title),
        view.deadline.start,
        view.deadline.end,
        f"{day(view.deadline.end)}, {safe(view.ref)}",
    )


def _remarks(by: str) -> tuple[str, ...]:
    if by != "partner":
        return ()
    return (_("A commitment with several partners stands under each of them; the sum counts it once."),)


def _section(section: str, report: OverdueReport) -> Section[Any]:
    titles = {
        "overdue": _("Overdue ({count})"),
        "late_claim": _("Reported done, past the deadline, not confirmed ({count})"),
        "paused": _("Suspended ({count})"),
        "review_due": _("Review due: our desk is late, not the partner ({count})"),
        "due_soon": ngettext("Due within {days} day ({count})", "Due within {days} days ({count})", report.soon_days),
    }
    size = report.sizes.get(section, 0)
    by_lead = Section(
        key=section,
        title=titles[section].format(count=size, days=report.soon_days),
        fields=_fields(report.as_of, by_lead=report.by == "lead"),
        items=report.sections[section],
        row=commitment_row,
        size=size,
        group=lead_alone,
        remark=remaining(size, report.limit),
        mark=mark,
        tone=TONE.get(section, ""),
    )
    return by_lead if report.by == "lead" else _regrouped(by_lead, report.placed[section], report.by)


def _regrouped(section: Section[CommitmentView], rows: Iterable[Placed], by: str) -> Section[Placed]:
    """The same under other headings; then the lead is said of each row."""
    ref, title, *facts = section.fields

    def under(placed: Placed) -> str:
        if placed.name is not None:
            return words(placed.name)
        return _("Without a partner") if placed.under == NOBODY else label(by, placed.under)

    return Section(
        key=section.key,
        title=section.title,
        fields=tuple(_of_commitment(each) for each in (ref, title, columns.led_by(), *facts)),
        items=rows,
        row=lambda placed: {"under": placed.under, **commitment_row(placed.commitment)},
        size=section.size,
        group=under,
        remark=section.remark,
        mark=lambda placed: mark(placed.commitment),
        tone=section.tone,
    )


def _of_commitment(given: Field[CommitmentView]) -> Field[Placed]:
    cell, value = given.cell, given.value
    return Field(
        given.head,
        lambda placed: cell(placed.commitment),
        (lambda placed: value(placed.commitment)) if value else None,
        given.share,
        given.plain,
        given.beside,
    )


def _fields(as_of: date, *, by_lead: bool) -> tuple[Field[CommitmentView], ...]:
    return (
        columns.ref(),
        columns.title(),
        Field(_("Schedule"), partial(delay, as_of), lambda view: view.days_overdue, share=3, plain=True),
        Field(
            _("Past the baseline"),
            _past_baseline,
            lambda view: view.days_past_baseline,
            plain=True,
            beside=True,
        ),
        Field(_("Moves"), _moves, lambda view: view.moves, plain=True, beside=True),
        columns.by_when(),
        Field(
            _("Baseline"),
            lambda view: deadline(view.baseline) if view.moves else NOTHING,
            lambda view: view.baseline.end if view.baseline and view.moves else None,
            share=3,
            beside=True,
        ),
        columns.status(),
        columns.last_update(),
        *((columns.named_by(),) if by_lead else ()),
        columns.whose_move(),
        columns.next_one(),
        columns.cited(),
    )


def delay(as_of: date, view: CommitmentView) -> str:
    """How late it is, and who is: the deadline's days, the review's days, or what is left."""
    if view.days_overdue:
        return _("{days} ({band})").format(days=days_late(view.days_overdue), band=label("band", view.band))
    if view.schedule == "review_due" and view.review_on:
        late = (as_of - view.review_on).days
        return ngettext(
            "our review is {days} day late, it was due on {day}",
            "our review is {days} days late, it was due on {day}",
            late,
        ).format(days=late, day=day(view.review_on))
    if view.schedule == "due_soon" and view.deadline and view.deadline.end:
        left = (view.deadline.end - as_of).days
        return ngettext("{days} day left", "{days} days left", left).format(days=left) if left else _("due today")
    if view.schedule == "paused" and view.review_on:
        return _("suspended, review on {day}").format(day=day(view.review_on))
    return overdue(view)


def _moves(view: CommitmentView) -> str:
    return moves(view.moves) if view.baseline else NOTHING


def _past_baseline(view: CommitmentView) -> str:
    if not view.days_past_baseline:
        return NOTHING
    return ngettext("{days} day past the baseline", "{days} days past the baseline", view.days_past_baseline).format(
        days=view.days_past_baseline
    )
