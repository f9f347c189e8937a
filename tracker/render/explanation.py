"""Why a commitment stands where it stands, in sentences: what anybody with the source and a calendar can check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.schedule import Schedule
from tracker.i18n import _, ngettext, pgettext
from tracker.render.dates import day, moves, period
from tracker.render.labels import label
from tracker.render.safe import safe
from tracker.render.values import source

if TYPE_CHECKING:
    from tracker.domain.deadline import Deadline
    from tracker.domain.explanation import Count, Explanation, Said


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, and the sentences that belong to it."""

    name: str
    sentences: tuple[str, ...]


def question(given: Explanation) -> str:
    """The question that is answered: why is this overdue?"""
    return {
        Schedule.OVERDUE: _("Why is {ref} overdue?"),
        Schedule.LATE_CLAIM: _("Why is {ref} past its deadline, though reported done?"),
        Schedule.DUE_SOON: _("Why is {ref} due soon?"),
        Schedule.IN_WINDOW: _("Why is {ref} within its period?"),
        Schedule.NOT_DUE: _("Why is {ref} not due yet?"),
        Schedule.REVIEW_DUE: _("Why is a review of {ref} due?"),
        Schedule.NO_DEADLINE: _("Why has {ref} no deadline?"),
        Schedule.PAUSED: _("Why is {ref} paused?"),
        Schedule.DONE_ON_TIME: _("Why is {ref} done on time?"),
        Schedule.DONE_LATE: _("Why is {ref} done late?"),
        Schedule.DONE_NO_DEADLINE: _("Why is {ref} done, without a deadline?"),
        Schedule.TIMELINESS_UNKNOWN: _("Why is it not known whether {ref} was done in time?"),
        Schedule.CLOSED_UNDONE: _("Why is {ref} closed, not done?"),
        Schedule.REPLACED: _("Why is {ref} replaced?"),
    }[given.schedule].format(ref=safe(given.ref))


def explanation(given: Explanation) -> tuple[Step, ...]:
    """The answer, step by step: the words, the rule, the days, the arithmetic, the line that fits, who said so."""
    return (
        Step(_("The source says"), tuple(_words(given))),
        Step(_("Read by the rule"), (_rule(given.rule, given.deadline),)),
        Step(_("These days"), tuple(_days(given))),
        Step(_("Counted"), tuple(_counts(given))),
        Step(_("So"), (_line(given),)),
        Step(_("Who said so"), tuple(_sayers(given))),
    )


def _words(given: Explanation) -> Iterator[str]:
    text = given.deadline.text if given.deadline else ""
    yield f"“{safe(text)}”" if text else _("no words for a deadline")
    if given.source is None:
        yield _("No source is on record.")
        return
    yield source(given.source)
    if given.source.sentence:
        yield f"“{safe(given.source.sentence)}”"
    else:
        yield _("The register does not hold the text. Add it: tracker document add {file}").format(
            file=safe(given.source.document)
        )


def _rule(rule: str, deadline: Deadline | None) -> str:
    year = deadline.end.year + 1 if deadline and deadline.end else ""
    return {
        "day": _("A day is that day."),
        "day_first": _("A date in digits is read day first, as Vietnamese writes it."),
        "derived_year": _("A date without a year is the next one after the source's own date, when it looks ahead."),
        "period": _("A stated period lasts from its first to its last day, and its last day is still in time."),
        "part_of_year": _(
            "Early, middle and end of a year are its first quarter, May to August, and its last quarter."
        ),
        "by_end": _("“By” a period has no beginning and ends with that period's last day."),
        "before_year": _("“Before {year}” ends with the last day of the year before.").format(year=year),
        "before_day": _("“Before” a day includes the day, as offices read it."),
        "event": _("It points at an event and has the event's date."),
        "event_undated": _("It points at an event that has no date yet."),
        "recurring": _("What recurs without an end is never overdue; our desk reviews it."),
        "vague": _("Words such as “soon” are no deadline. They are kept, and our desk sets itself a review date."),
        "no_words": _("Without words there is no deadline. Our desk sets itself a review date."),
    }[rule]


def _days(given: Explanation) -> Iterator[str]:
    yield _interval(given.deadline)
    if given.moves and given.baseline is not None:
        yield _("The first deadline (the baseline) was {interval}; {moves}.").format(
            interval=_interval(given.baseline), moves=moves(given.moves)
        )
    review = given.review
    if review is None:
        return
    if review.since is None:
        yield _("Our desk looks again on {day}, a day set by hand.").format(day=day(review.on))
        return
    policy = {
        "soon": _("the house policy for “sớm” (soon)"),
        "coming": _("the house policy for “thời gian tới” (the coming time)"),
        "nothing": _("the house policy where nothing is said"),
    }[review.rule]
    yield ngettext(
        "Our desk looks again on {day}: {policy} gives {days} day, counted from {since}.",
        "Our desk looks again on {day}: {policy} gives {days} days, counted from {since}.",
        review.days or 0,
    ).format(day=day(review.on), policy=policy, days=review.days, since=day(review.since))


def _interval(deadline: Deadline | None) -> str:
    if deadline is None or deadline.end is None:
        return _("no day")
    days = day(deadline.end)
    if deadline.start is None:
        days = _("until {day}").format(day=days)
    elif deadline.start != deadline.end:
        days = _("{first} to {last}").format(first=day(deadline.start), last=days)
    return pgettext("days, and who says so", "{days} ({certainty})").format(
        days=days, certainty=label("certainty", deadline.certainty)
    )


def _counts(given: Explanation) -> Iterator[str]:
    if not given.counts:
        yield _("nothing to count")
    yield from map(_count, given.counts)
    if given.deadline and given.deadline.end and not given.moves:
        yield _("The deadline was never moved: the first one (the baseline) is the same.")


def _count(count: Count) -> str:
    meaning = {
        "past_end": ngettext("{days} day past the deadline", "{days} days past the deadline", count.days),
        "past_baseline": ngettext(
            "{days} day past the first deadline", "{days} days past the first deadline", count.days
        ),
        "until_end": ngettext("{days} day left", "{days} days left", count.days),
        "until_start": ngettext("{days} day until it begins", "{days} days until it begins", count.days),
        "since_start": ngettext("{days} day since it began", "{days} days since it began", count.days),
        "done_before_end": ngettext(
            "done {days} day before the deadline's end", "done {days} days before the deadline's end", count.days
        ),
        "done_after_end": ngettext(
            "done {days} day after the deadline's end", "done {days} days after the deadline's end", count.days
        ),
        "moved_on": ngettext("moved on by {days} day", "moved on by {days} days", count.days),
        "moved_back": ngettext("brought forward by {days} day", "brought forward by {days} days", count.days),
        "review_counted": ngettext("{days} day until our review", "{days} days until our review", count.days),
        "past_review": ngettext("our review is {days} day late", "our review is {days} days late", count.days),
        "until_review": ngettext("{days} day left for our review", "{days} days left for our review", count.days),
    }[count.code].format(days=count.days)
    return pgettext("days counted", "{first} → {last} = {meaning}").format(
        first=day(count.first), last=day(count.last), meaning=meaning
    )


def _line(given: Explanation) -> str:
    said = {
        Schedule.REPLACED: _("It is superseded."),
        Schedule.CLOSED_UNDONE: _("It is marked not delivered or withdrawn."),
        Schedule.DONE_NO_DEADLINE: _("It is delivered, and there is no deadline."),
        Schedule.DONE_ON_TIME: _("It is delivered, and was done by the deadline's last day."),
        Schedule.DONE_LATE: _("It is delivered, and was done after the deadline's last day."),
        Schedule.TIMELINESS_UNKNOWN: _(
            "It is delivered, but it is not known on which side of the deadline's last day it was done."
        ),
        Schedule.PAUSED: _("It is suspended."),
        Schedule.REVIEW_DUE: _("It is open without a deadline, and {day} is past the review date."),
        Schedule.NO_DEADLINE: _("It is open without a deadline, and no review date has passed."),
        Schedule.LATE_CLAIM: _("It is reported done but not confirmed, and {day} is past the deadline."),
        Schedule.OVERDUE: _("It is open, and {day} is past the deadline."),
        Schedule.DUE_SOON: _("It is open, and the deadline ends within {soon} days of {day}."),
        Schedule.IN_WINDOW: _("It is open, and its time has begun or has no beginning."),
        Schedule.NOT_DUE: _("It is open, and its time has not begun."),
    }[given.schedule].format(day=day(given.as_of), soon=given.soon_days)
    return _("{reason} {state}: line {line} of the schedule table, the first that fits.").format(
        reason=said, state=label("schedule", given.schedule), line=given.line
    )


def _sayers(given: Explanation) -> Iterator[str]:
    if given.deadline_by is not None:
        yield pgettext("who said something", "{what}: {said}").format(what=_("Deadline"), said=_said(given.deadline_by))
    if given.status_by is not None:
        status = label("status", given.status)
        if given.done:
            status = _("{status}, done: {period}").format(status=status, period=period(given.done))
        yield pgettext("who said something", "{what}: {said}").format(
            what=_("Status “{status}”").format(status=status), said=_said(given.status_by)
        )


def _said(said: Said) -> str:
    told = _("{act} by {actor} ({channel}), effective {day}, act {number}").format(
        act=label("act", said.kind),
        actor=safe(said.actor),
        channel=label("channel", said.channel),
        day=day(said.on),
        number=said.number,
    )
    return (
        pgettext("an act and its reason", "{act}: “{reason}”").format(act=told, reason=safe(said.reason))
        if said.reason
        else told
    )
