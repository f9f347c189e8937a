"""What was moved from its baseline, and what that adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.query import NOBODY
from tracker.i18n import _, ngettext
from tracker.render import day, deadline, label, moves, safe, source, words
from tracker.reports import columns
from tracker.reports.framing import framed, part_section
from tracker.reports.listing import NOTHING
from tracker.reports.model import Bar, Bars, Field, Mark, Report
from tracker.reports.rows import Row, commitment_row, words_row

if TYPE_CHECKING:
    from tracker.domain.reported import Slip, SlippageReport, SlipSum

# So many bars are compared at a glance.
MOST_BARS = 20
COLUMNS = (
    *("ref", "title.vi", "title.en", "days", "moves", "baseline.value", "baseline.end", "deadline.value"),
    *("deadline.end", "moved_on", "note", "source", "status", "schedule", "lead.party", "key", "name.vi", "name.en"),
    "commitments",
)


def slippage_report(report: SlippageReport) -> Report:
    """The report in the present language, to be drawn once."""
    scope, total = report.scope, report.total
    return framed(
        "slippage",
        _("Moved deadlines as of {day}").format(day=day(scope.as_of)),
        scope,
        (
            part_section(
                "moved", _("Moved from the baseline ({count})"), report.moved, scope, _fields(), _row, mark=_mark
            ),
            part_section("leads", _("By lead ({count})"), report.leads, scope, _sum_fields(), _sum_row),
            part_section("partners", _("By partner ({count})"), report.partners, scope, _sum_fields(), _sum_row),
        ),
        columns=COLUMNS,
        head={"total": total.commitments, "moves": total.moves, "days": total.days},
        said=(
            _("Together: {commitments}, {moves}, {days}").format(
                commitments=_commitments(total.commitments), moves=moves(total.moves), days=_days(total.days)
            ),
        ),
        charts=_charts(report),
        remarks=(
            _("Days are counted from the end of the baseline to the end of the present deadline; earlier is negative."),
            _("A commitment with several partners stands under each of them, so partners add up to more than all."),
        ),
    )


def _charts(report: SlippageReport) -> tuple[Bars, ...]:
    bars = tuple(
        Bar(
            _lead(sum_),
            (max(sum_.days, 0),),
            _("{days} ({moves})").format(days=_days(sum_.days), moves=moves(sum_.moves)),
        )
        for sum_ in list(report.leads.rows)[:MOST_BARS]
    )
    return (Bars(_("Days by lead"), (), bars),) if bars else ()


def _fields() -> tuple[Field[Slip], ...]:
    return (
        Field(_("Ref"), lambda slip: safe(slip.commitment.ref), share=3),
        Field(_("Title"), lambda slip: words(slip.commitment.title), share=6),
        Field(
            _("Days"),
            lambda slip: _days(slip.days) if slip.days is not None else _("not to be counted in days"),
            lambda slip: slip.days,
            plain=True,
        ),
        Field(
            _("Moves"),
            lambda slip: moves(slip.commitment.moves),
            lambda slip: slip.commitment.moves,
            plain=True,
            beside=True,
        ),
        Field(
            _("Baseline"),
            lambda slip: deadline(slip.commitment.baseline),
            lambda slip: slip.commitment.baseline.end if slip.commitment.baseline else None,
            share=3,
        ),
        Field(
            _("Deadline"),
            lambda slip: deadline(slip.commitment.deadline),
            lambda slip: slip.commitment.deadline.end if slip.commitment.deadline else None,
            share=3,
        ),
        Field(_("Last moved by"), _last, lambda slip: slip.moved_on, share=4),
        Field(_("Status"), lambda slip: label("status", slip.commitment.status), share=3),
        Field(_("Lead"), lambda slip: columns.lead(slip.commitment), share=3),
    )


def _sum_fields() -> tuple[Field[SlipSum], ...]:
    return (
        Field(_("Key"), lambda sum_: safe(sum_.key), share=3, coded=True),
        Field(_("Name"), _lead, share=6),
        Field(_("Commitments"), lambda sum_: _commitments(sum_.commitments), lambda sum_: sum_.commitments, plain=True),
        Field(_("Moves"), lambda sum_: moves(sum_.moves), lambda sum_: sum_.moves, plain=True, beside=True),
        Field(_("Days"), lambda sum_: _days(sum_.days), lambda sum_: sum_.days, plain=True, beside=True),
    )


def _lead(sum_: SlipSum) -> str:
    return words(sum_.name) if sum_.name else _("Without a lead") if sum_.key == NOBODY else safe(sum_.key)


def _commitments(number: int) -> str:
    return ngettext("{count} commitment", "{count} commitments", number).format(count=number)


def _days(number: int) -> str:
    return ngettext("{days} day", "{days} days", abs(number)).format(days=number)


def _last(slip: Slip) -> str:
    """The last move: when, according to which source, else for which reason."""
    if slip.moved_on is None:
        return NOTHING
    because = "; ".join(map(source, slip.sources)) or safe(slip.note)
    on = day(slip.moved_on)
    return _("{day}: {what}").format(day=on, what=because) if because else on


def _mark(slip: Slip) -> Mark | None:
    return columns.mark(slip.commitment)


def _row(slip: Slip) -> Row:
    row = commitment_row(slip.commitment)
    kept = ("ref", "title", "moves", "baseline", "deadline", "status", "schedule", "lead", "days_past_baseline")
    return {
        **{name: row[name] for name in kept},
        "days": slip.days,
        "moved_on": slip.moved_on.isoformat() if slip.moved_on else None,
        "note": slip.note,
        "source": [f"{place.document}:{place.paragraph}" for place in slip.sources],
    }


def _sum_row(sum_: SlipSum) -> Row:
    return {
        "key": sum_.key,
        "name": words_row(sum_.name) if sum_.name else None,
        "commitments": sum_.commitments,
        "moves": sum_.moves,
        "days": sum_.days,
    }
