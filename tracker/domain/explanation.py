"""Why a commitment stands where it stands: the source's words, the rule that reads them, the days counted, who said so.

Nothing is decided here. The schedule and the deadline were computed elsewhere (domain rules, sections 1B and 2); this
tells, step by step and in codes, how anybody comes to the same result with a calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from tracker.domain.codes import CitationRole
from tracker.domain.deadline import Certainty, Deadline, Precision, ReviewPolicy, parse_period
from tracker.domain.schedule import Schedule
from tracker.domain.status import Status
from tracker.domain.text import fold, folded_words
from tracker.domain.views import CommitmentDetail, CommitmentView, EntryView, SourceView


@dataclass(frozen=True, slots=True)
class Count:
    """Days from `first` to `last`, and what they are (`code`): never negative."""

    code: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """The difference of the two days."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class Review:
    """When our own desk looks again, and by which rule.

    `rule`: soon, coming or nothing (a line of the house policy, counted from the day `since`), or set (by hand).
    """

    on: date
    rule: str
    days: int | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something: the act, the actor, the day from which it holds, and the reason given."""

    kind: str
    actor: str
    channel: str
    on: date
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """The schedule of one commitment on one day, taken apart.

    `rule` names the line that reads the deadline (`RULES`), `line` the place in the schedule table (from 1) that was
    the first to fit. `counts` is the arithmetic. `deadline_by` said the deadline, `status_by` the status, `source` is
    the place whose words they are.
    """

    ref: str
    as_of: date
    status: Status
    schedule: Schedule
    line: int
    soon_days: int
    deadline: Deadline | None
    rule: str
    baseline: Deadline | None
    moves: int
    done: str | None
    review: Review | None
    counts: tuple[Count, ...]
    deadline_by: Said | None
    status_by: Said | None
    source: SourceView | None


RULES = (
    "day",
    "day_first",
    "derived_year",
    "period",
    "part_of_year",
    "by_end",
    "before_year",
    "before_day",
    "event",
    "event_undated",
    "recurring",
    "vague",
    "no_words",
)
# The schedule's states stand in the order of the table.
_TABLE = tuple(Schedule)
_NUMERIC = re.compile(r"\b([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}))?\b")
_PART_OF_YEAR = re.compile(r"\b(?:dau|giua|cuoi) nam\b")


def explain(detail: CommitmentDetail, *, as_of: date, soon_days: int, policy: ReviewPolicy) -> Explanation:
    """Why the commitment is in its schedule state on that day. `detail` is the commitment as it stood then."""
    view = detail.commitment
    standing = _standing(detail.entries)
    deadline_by = _setter(standing, "deadline")
    review = _review(view, standing, policy)
    return Explanation(
        ref=view.ref,
        as_of=as_of,
        status=view.status,
        schedule=view.schedule,
        line=_TABLE.index(view.schedule) + 1,
        soon_days=soon_days,
        deadline=view.deadline,
        rule=rule_of(view.deadline),
        baseline=view.baseline,
        moves=view.moves,
        done=view.done,
        review=review,
        counts=tuple(_counts(view, review, as_of)),
        deadline_by=_said(deadline_by or _first(standing)),
        status_by=_said(_setter(standing, "status") or _first(standing)),
        source=_source(view, deadline_by),
    )


def rule_of(deadline: Deadline | None) -> str:
    """Which line of the rules for deadlines reads these words as these days: one of `RULES`."""
    if deadline is None or deadline.precision is Precision.NONE:
        return "vague" if deadline and deadline.text else "no_words"
    if deadline.precision is Precision.RECURRING:
        return "recurring"
    if deadline.precision is Precision.EVENT:
        return "event" if deadline.end else "event_undated"
    words = folded_words(deadline.text)
    before = "truoc" in words.split()
    if deadline.value.startswith(".."):
        if not before:
            return "by_end"
        return "before_day" if deadline.precision is Precision.DAY and _names_its_last_day(deadline) else "before_year"
    if deadline.certainty is Certainty.DERIVED and _PART_OF_YEAR.search(words):
        return "part_of_year"
    if deadline.certainty is Certainty.DERIVED and f"{deadline.end:%Y}" not in words:
        return "derived_year"
    if deadline.precision is not Precision.DAY:
        return "period"
    if before:
        return "before_day"
    return "day_first" if _could_be_month_first(deadline.text) else "day"


def _names_its_last_day(deadline: Deadline) -> bool:
    """Whether the words name the day on which it ends ("trước ngày 30/6"), and not the year after."""
    named = _NUMERIC.search(fold(deadline.text))
    return named is not None and deadline.end is not None and int(named[1]) == deadline.end.day


def _could_be_month_first(text: str) -> bool:
    named = _NUMERIC.search(text)
    return (
        named is not None and named[3] is not None and named[1] != named[2] and max(map(int, named.group(1, 2))) <= 12
    )


def _counts(view: CommitmentView, review: Review | None, as_of: date) -> Iterator[Count]:
    deadline, baseline = view.deadline, view.baseline
    start, end = (deadline.start, deadline.end) if deadline else (None, None)
    match view.schedule:
        case Schedule.OVERDUE | Schedule.LATE_CLAIM:
            assert end is not None
            yield Count("past_end", end, as_of)
        case Schedule.DUE_SOON | Schedule.IN_WINDOW | Schedule.NOT_DUE:
            assert end is not None
            if start is not None and start != end:
                yield Count("until_start", as_of, start) if as_of < start else Count("since_start", start, as_of)
            yield Count("until_end", as_of, end)
        case Schedule.DONE_ON_TIME | Schedule.DONE_LATE:
            done = parse_period(view.done or "none")
            assert end is not None
            if view.schedule is Schedule.DONE_ON_TIME and done.end is not None:
                yield Count("done_before_end", done.end, end)
            elif done.start is not None:
                yield Count("done_after_end", end, done.start)
    if view.moves and baseline and baseline.end and end and baseline.end != end:
        yield Count("moved_on" if end > baseline.end else "moved_back", *sorted((baseline.end, end)))
    if view.moves and view.days_past_baseline and baseline and baseline.end:
        yield Count("past_baseline", baseline.end, as_of)
    if review is not None and not view.status.closed:
        if review.since is not None:
            yield Count("review_counted", review.since, review.on)
        yield Count("past_review", review.on, as_of) if as_of > review.on else Count("until_review", as_of, review.on)


def _standing(entries: Sequence[EntryView]) -> tuple[EntryView, ...]:
    """The entries that count, the one that counts last first: by effective day, then as recorded."""
    counting = (entry for entry in entries if entry.undoes is None and entry.taken_back_by is None)
    return tuple(sorted(counting, key=lambda entry: (entry.effective_on, entry.position), reverse=True))


def _setter(entries: Sequence[EntryView], field: str) -> EntryView | None:
    """The last entry that changed the field."""
    return next((entry for entry in entries if field in entry.changes), None)


def _first(entries: Sequence[EntryView]) -> EntryView | None:
    return entries[-1] if entries else None


def _said(entry: EntryView | None) -> Said | None:
    if entry is None:
        return None
    return Said(entry.kind, entry.actor, entry.channel, entry.effective_on, entry.reason, entry.number)


def _review(view: CommitmentView, entries: Sequence[EntryView], policy: ReviewPolicy) -> Review | None:
    """When our desk looks again. It was ruled by the policy when some entry's day and the policy's days make it up."""
    if view.review_on is None:
        return None
    rule, days = policy.rule(view.deadline)
    since = view.review_on - timedelta(days=days)
    dated = view.deadline is not None and view.deadline.end is not None
    if not dated and any(entry.effective_on == since and "review_on" in entry.changes for entry in entries):
        return Review(view.review_on, rule, days, since)
    return Review(view.review_on, "set", None, None)


def _source(view: CommitmentView, setter: EntryView | None) -> SourceView | None:
    """The place that the deadline was moved by, when the move names one; else the origin; else the first."""
    before, after = setter.changes.get("sources", ((), ())) if setter and setter.position > 1 else ((), ())
    brought = [(cited["document"], cited["start"]) for cited in after or () if cited not in (before or ())]
    moved_by = (cited for cited in view.sources if (cited.sha256, cited.start) in brought)
    origins = (cited for cited in view.sources if cited.role == CitationRole.ORIGIN)
    return next(chain(moved_by, origins, view.sources), None)
