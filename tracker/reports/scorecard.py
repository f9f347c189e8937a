"""The scorecard: the four numbers of a Vietnamese office and all that stands beside them, by lead and by period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.domain.query import NOBODY
from tracker.domain.reported import FOUR, Part
from tracker.domain.scales import UNCONFIRMED
from tracker.domain.schedule import BUCKETS
from tracker.i18n import _, pgettext
from tracker.render import day, label, period, safe, words
from tracker.reports.framing import framed, part_section
from tracker.reports.listing import NOTHING
from tracker.reports.model import Bar, Bars, Field, Report
from tracker.reports.rows import Row, words_row

if TYPE_CHECKING:
    from tracker.domain.lateness import Counts
    from tracker.domain.reported import Grade, Score, ScorecardReport

MOST_BARS = 20
# The four first; then those beside them, in the order of the domain.
ORDER = (*FOUR, *(bucket for bucket in BUCKETS if bucket not in FOUR))
COLUMNS = (
    *("key", "name.vi", "name.en", "total", *(f"buckets.{bucket}" for bucket in ORDER)),
    *("before.total", *(f"before.buckets.{bucket}" for bucket in ORDER), "scale", "grade", "count", "share"),
)


def scorecard_report(report: ScorecardReport) -> Report:
    """The report in the present language, to be drawn once."""
    scope, before = report.scope, day(report.before_day)
    # What must add up is shown whole.
    whole = replace(scope, limit=None)
    leads = list(report.leads.rows)
    return framed(
        "scorecard",
        _("Scorecard as of {day}").format(day=day(scope.as_of)),
        scope,
        (
            part_section(
                "all",
                _("All, beside {day}").format(day=before),
                _buckets(report),
                whole,
                _bucket_fields(),
                _bucket_row,
                group=lambda found: _("What a Vietnamese office reports") if found[0] in FOUR else _("Beside them"),
            ),
            part_section(
                "leads", _("By lead ({count})"), Part(report.leads.size, leads), scope, _fields(before), _score_row
            ),
            part_section(
                "periods",
                _by(report.by),
                report.periods,
                scope,
                _fields(before),
                _score_row,
            ),
            part_section(
                "scales",
                _("In the words of other scales: translations, no judgements ({count})"),
                report.grades,
                whole,
                _grade_fields(),
                _grade_row,
                group=lambda given: label("scale", given.scale),
            ),
        ),
        columns=COLUMNS,
        head={
            "by": report.by,
            "total": report.total.total,
            "buckets": dict(report.total.buckets),
            "shares": _shares(report.total),
            "before": {"as_of": report.before_day.isoformat(), **_counts_row(report.before)},
        },
        said=(_("Compared with {day}").format(day=before),),
        counts=[(label("bucket", bucket), report.total.buckets[bucket]) for bucket in ORDER],
        total=_("Schedule"),
        charts=_charts(leads),
        remarks=_remarks(),
    )


def _remarks() -> tuple[str, ...]:
    return (
        _("Shares are of all commitments of the row, rounded to whole per cent."),
        _("A period is the one in which the deadline ends. What has no deadline is never late."),
        _("The register of the earlier day is the one that held on it, as it is known today."),
        _(
            "OGP: completion as its reviewers grade it; “partly delivered” is taken as substantial,"
            " which a person may judge otherwise."
        ),
        _(
            "G7/G20: UNCONFIRMED. The words of its grades were not checked on its manual, and it scores each member"
            " by itself within a fixed time. Do not publish these numbers."
        ),
        _(
            "Promise trackers: after PolitiFact. “Compromise” is given when a promise is over, so nothing open is"
            " called so here; long silence counts as stalled."
        ),
    )


def _by(span: str) -> str:
    return {
        "month": _("By the month in which the deadline ends ({count})"),
        "quarter": _("By the quarter in which the deadline ends ({count})"),
        "year": _("By the year in which the deadline ends ({count})"),
    }[span]


def share(count: int, total: int) -> str:
    """A count with its share of all."""
    if not total:
        return str(count)
    return _("{count} ({share}%)").format(count=count, share=round(100 * count / total))


# The buckets of all, each a row


Bucket = tuple[str, int, int, int, int]


def _buckets(report: ScorecardReport) -> Part[Bucket]:
    now, then = report.total, report.before
    rows = [(name, now.buckets[name], now.total, then.buckets[name], then.total) for name in ORDER]
    return Part(len(rows), rows)


def _bucket_fields() -> tuple[Field[Bucket], ...]:
    return (
        Field(_("Key"), lambda found: found[0], share=3, coded=True),
        Field(_("Bucket"), lambda found: label("bucket", found[0]), share=4),
        Field(_("Now"), lambda found: share(found[1], found[2]), lambda found: found[1]),
        Field(_("Before"), lambda found: share(found[3], found[4]), lambda found: found[3], beside=True),
        Field(
            _("Change"),
            lambda found: f"{found[1] - found[3]:+d}" if found[1] != found[3] else "0",
            lambda found: found[1] - found[3],
            beside=True,
        ),
    )


def _bucket_row(found: Bucket) -> Row:
    name, now, total, then, total_then = found
    return {
        "key": name,
        "count": now,
        "share": _share(now, total),
        "before": {"count": then, "share": _share(then, total_then)},
    }


# By lead and by period


def _fields(before: str) -> tuple[Field[Score], ...]:
    return (
        Field(_("Key"), lambda score: safe(score.key), share=3, coded=True),
        Field(_("Name"), _name, share=5),
        Field(_("Total"), lambda score: str(score.counts.total), lambda score: score.counts.total),
        *(_bucket(name) for name in ORDER),
        Field(
            _("On {day}").format(day=before),
            lambda score: _("{total} in all, {late} overdue").format(
                total=score.before.total, late=score.before.buckets["open_overdue"]
            ),
            lambda score: score.before.total,
            share=3,
        ),
    )


def _bucket(name: str) -> Field[Score]:
    return Field(
        label("bucket", name),
        lambda score: share(score.counts.buckets[name], score.counts.total) if score.counts.buckets[name] else NOTHING,
        lambda score: score.counts.buckets[name],
        beside=True,
    )


def _name(score: Score) -> str:
    if score.name is not None:
        return words(score.name)
    if score.key == NOBODY:
        return pgettext("scorecard", "none")
    return period(score.key)


def _score_row(score: Score) -> Row:
    return {
        "key": score.key,
        "name": words_row(score.name) if score.name else None,
        **_counts_row(score.counts),
        "before": _counts_row(score.before),
    }


def _counts_row(counts: Counts) -> Row:
    return {"total": counts.total, "buckets": dict(counts.buckets), "shares": _shares(counts)}


def _shares(counts: Counts) -> Row:
    return {name: _share(number, counts.total) for name, number in counts.buckets.items()}


def _share(number: int, total: int) -> float | None:
    return round(number / total, 4) if total else None


def _charts(leads: Iterable[Score]) -> tuple[Bars, ...]:
    """Its parts are the buckets in which there are some."""
    drawn = [score for score in leads if score.counts.total][:MOST_BARS]
    parts = [name for name in ORDER if any(score.counts.buckets[name] for score in drawn)]
    bars = tuple(
        Bar(
            _name(score) if score.key != NOBODY else _("Without a lead"),
            tuple(score.counts.buckets[name] for name in parts),
            _said(score.counts),
        )
        for score in drawn
    )
    return (Bars(_("Buckets by lead"), tuple(label("bucket", name) for name in parts), bars),) if bars else ()


def _said(counts: Counts) -> str:
    """Every part of a bar in numbers."""
    parts = (
        _("{bucket}: {count}").format(bucket=label("bucket", name), count=counts.buckets[name])
        for name in ORDER
        if counts.buckets[name]
    )
    return _("{total}: {parts}").format(total=counts.total, parts="; ".join(parts))


# Other people's scales


def _grade_fields() -> tuple[Field[Grade], ...]:
    return (
        Field(_("Key"), lambda given: safe(given.grade), share=3, coded=True),
        Field(_("Grade"), lambda given: label(f"grade_{given.scale}", given.grade), share=5),
        Field(_("Commitments"), lambda given: share(given.count, given.total), lambda given: given.count),
    )


def _grade_row(given: Grade) -> Row:
    return {
        "scale": given.scale,
        "grade": given.grade,
        "count": given.count,
        "share": _share(given.count, given.total),
        "total": given.total,
        "confirmed": given.scale not in UNCONFIRMED,
    }
