"""Saying where a commitment stands: the same rules for a person and for a seed."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker import errors
from tracker.domain.codes import Role
from tracker.domain.commands import RecordStatus
from tracker.domain.deadline import Deadline, ReviewPolicy, parse_period
from tracker.domain.history import ActKind
from tracker.domain.register import Commitment, Side
from tracker.domain.status import Status, check_change, given_reasons
from tracker_db import history, queries

# What a mark says of the whole, whether it changes it or not: an earlier day that comes to be known later, or an act
# that is taken back, leaves it standing.
SAID = frozenset({"status", "status_since", "done", "replaced_by", "evidence_tier", "review_on"})


def record_status(
    recorder: history.Recorder,
    policy: ReviewPolicy,
    ref: str,
    command: RecordStatus,
    side: str | None,
    *,
    day: date,
    today: date,
) -> None:
    """Mark one commitment from `day` on; with `side` (a party's key), only where that party stands.

    Raises BeforeItBegan, ChangeNotAllowed, ReasonMissing, InTheFuture, NotASide, ReviewPast, BadOption, NotFound.
    """
    before = recorder.value(Commitment, ref, day)
    if before is None:
        raise errors.BeforeItBegan(ref, day, recorder.began_on(Commitment, ref))
    done = done_when(command, today)
    _refuse_needless(command, side)
    bound = (Role.UNDERTAKER, Role.COUNTERPART)
    sides_of = tuple(dict.fromkeys(part.party for part in before.parties if part.role in bound))
    if side is not None and side not in sides_of:
        raise errors.NotASide(ref, side, sides_of)
    if command.review_on is not None and command.review_on < day:
        raise errors.ReviewPast(ref, command.review_on)
    if command.status is None:
        _tell(recorder, policy, before, command, day)
        return
    new, tiers = command.status, [evidence.tier for evidence in command.evidence]
    given = given_reasons(
        note=command.note,
        evidence_tiers=tiers,
        confirmed_by=command.confirmed_by,
        done=done,
        review=command.review_on is not None,
        replaced_by=command.replaced_by,
    )
    marked = next((kept for kept in before.sides if kept.party == side), None)
    old = before.status if side is None else marked.status if marked else Status.RECORDED
    check_change(ref, old, new, given)
    if command.replaced_by is not None:
        _check_replacement(recorder, ref, command.replaced_by)
    next_review = command.review_on or review_on(policy, before, before.deadline, day)
    changed: dict[str, Any]
    if side is not None:
        others = (kept for kept in before.sides if kept.party != side)
        sides = sorted((*others, Side(party=side, status=new, since=day, done=done)), key=lambda kept: kept.party)
        changed = {"sides": tuple(sides), "review_on": None if before.status.closed else next_review}
    else:
        same = old is new
        changed = {
            "status": new,
            "status_since": before.status_since if same else day,
            "done": done,
            "replaced_by": command.replaced_by,
            "evidence_tier": max([before.evidence_tier if same else 0, *tiers]),
            "review_on": None
            if new.closed
            else command.review_on or (next_review if same else policy.review_on(before.deadline, day)),
        }
    _put(recorder, before.model_copy(update=changed), command, new, side, day, SAID if side is None else frozenset())


def _tell(
    recorder: history.Recorder, policy: ReviewPolicy, before: Commitment, command: RecordStatus, day: date
) -> None:
    """Note something of a commitment, or add evidence, as it stands: nothing of what was said of it is said again."""
    if not command.note.strip() and not command.evidence:
        raise errors.ReasonMissing(before.ref, before.status, "evidence|note")
    told: dict[str, Any] = {
        "evidence_tier": max([before.evidence_tier, *(evidence.tier for evidence in command.evidence)])
    }
    if not before.status.closed:
        told["review_on"] = command.review_on or review_on(policy, before, before.deadline, day)
    _put(recorder, before.model_copy(update=told), command, before.status, None, day, frozenset())


def _put(
    recorder: history.Recorder,
    after: Commitment,
    command: RecordStatus,
    status: Status,
    side: str | None,
    day: date,
    asserted: frozenset[str],
) -> None:
    recorder.put(
        after,
        day,
        kind=ActKind.MARK,
        reason=command.note,
        asserted=asserted,
        update={
            "status": status.value,
            "side": side,
            "confirmed_by": command.confirmed_by,
            "evidence": [evidence.model_dump(mode="json") for evidence in command.evidence],
        },
    )


def review_on(policy: ReviewPolicy, before: Commitment, deadline: Deadline | None, day: date) -> date | None:
    """When our desk looks again after an act that does not say: by the policy, or the day that was set by hand.

    A paused one keeps the day that somebody set, and so does one that had a deadline to watch and has one still.
    """
    if before.status is Status.SUSPENDED:
        return before.review_on
    by_hand = policy.review_on(before.deadline, day) is None
    ruled = policy.review_on(deadline, day)
    return before.review_on if by_hand and ruled is None else ruled


def done_when(command: RecordStatus, today: date) -> str | None:
    """When it was done, in the one spelling or "unknown". Raises BadOption, BadDate, InTheFuture."""
    if command.done is None or command.done == "unknown":
        return command.done
    period = parse_period(command.done)
    if period.start is None and period.end is None:
        raise errors.BadDate(command.done, "unknown")
    began = period.start or period.end or today
    if began > today:
        raise errors.InTheFuture("done", began, today)
    return period.value


def _refuse_needless(command: RecordStatus, side: str | None) -> None:
    """What would be taken and then forgotten is refused."""
    if command.done is not None and command.status not in (Status.DELIVERED, Status.CLAIMED_DONE):
        raise errors.BadOption("--done", "needless", command.status or "")
    if command.replaced_by is not None and command.status is not Status.SUPERSEDED:
        raise errors.BadOption("--replaced-by", "needless", command.status or "")
    if side is not None and command.status in (None, Status.SUPERSEDED):
        raise errors.BadOption("--side", "needless", command.status or "")


def _check_replacement(recorder: history.Recorder, ref: str, other: str) -> None:
    if other == ref:
        raise errors.BadOption("--replaced-by", "itself", other)
    replacement = recorder.value(Commitment, other)
    if replacement is None:
        raise errors.NotFound("commitment", other, queries.nearest_refs(recorder.session, other))
    if replacement.replaced_by is not None:
        raise errors.BadOption("--replaced-by", "itself" if replacement.replaced_by == ref else "replaced", other)
