"""What an act does to one follow-up: the same rules for one commitment and for many, for doing and for trying."""

from __future__ import annotations

from datetime import date

from tracker import errors
from tracker.domain.commands import AnswerFollowUp, DropFollowUp, FinishFollowUp, PlanFollowUp, PutOffFollowUp
from tracker.domain.follow_up import FollowUp
from tracker.domain.history import ActKind
from tracker.domain.recurrence import next_after, read_rule
from tracker.domain.register import Commitment
from tracker_db.follow_ups import nearest_keys
from tracker_db.history import Recorder

# What an act says of a follow-up, whether it changes it or not: acts are taken back in the order of their telling.
SAID = frozenset({"on", "answer_due", "done_on", "answer", "answered_on", "dropped"})


def free_key(recorder: Recorder, year: int) -> str:
    """The first key of a year that no follow-up ever had, also none whose planning was taken back.

    They are given without gaps, so that the end is found in a few steps, however many there are.
    """

    def key(number: int) -> str:
        return f"F-{year}-{number:03d}"

    low, high = 0, 1
    while recorder.version(FollowUp, key(high)):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if recorder.version(FollowUp, key(middle)) else (low, middle)
    return key(high)


def plan_follow_up(recorder: Recorder, ref: str, command: PlanFollowUp, today: date) -> FollowUp:
    """Plan a contact or look for one commitment.

    Raises FollowUpRefused (the commitment is closed, a day that has passed, an answer before its question),
    InTheFuture (it is made on a later day), UnknownValue (the cadence), NotFound (the party).
    """
    commitment = recorder.value(Commitment, ref)
    if commitment is None:
        raise errors.NotFound("commitment", ref)
    if commitment.status.closed:
        raise errors.FollowUpRefused(ref, "closed")
    if command.on < today:
        raise errors.FollowUpRefused(ref, "past", today)
    if command.made and command.on > today:
        raise errors.InTheFuture("effective", command.on, today)
    if command.answer_due is not None and command.answer_due < command.on:
        raise errors.FollowUpRefused(ref, "early", command.on)
    rule = read_rule(command.rule)
    if rule and next_after(rule, command.on, command.on) is None:
        raise errors.FollowUpRefused(ref, "never")
    planned = FollowUp(
        key=free_key(recorder, today.year),
        commitment=ref,
        what=command.what,
        how=command.how,
        to=command.to,
        on=command.on,
        rule=rule,
        anchor=command.on,
        answer_due=command.answer_due,
        done_on=command.on if command.made else None,
    )
    recorder.put(planned, max(today, recorder.last_day(Commitment, ref)), kind=ActKind.FOLLOW_UP)
    return planned


def finish_follow_up(recorder: Recorder, command: FinishFollowUp, done_on: date, today: date) -> FollowUp | None:
    """The contact or look was made; of a cadence on an open commitment the next one is planned, and given.

    An answer's day that has passed by then moves along with the contact. Raises NotFound, FollowUpRefused.
    """
    before = follow_up(recorder, command.key)
    if before.done_on is not None or before.dropped:
        raise errors.FollowUpRefused(before.key, "dropped" if before.dropped else "done", before.done_on)
    if command.answer_due is not None and command.answer_due < done_on:
        raise errors.FollowUpRefused(before.key, "early", done_on)
    answer_due = command.answer_due or before.answer_due
    if answer_due is not None and answer_due < done_on:
        answer_due = before.answer_due_after(done_on)
    after = before.model_copy(
        update={
            "done_on": done_on,
            "answer_due": answer_due,
            "answer": command.answer,
            "answered_on": done_on if command.answer else None,
        }
    )
    _put(recorder, after, done_on)
    commitment = recorder.value(Commitment, before.commitment)
    if commitment is None or commitment.status.closed:
        return None
    planned = before.next_one(free_key(recorder, today.year), done_on) if before.rule else None
    if planned is not None:
        recorder.put(planned, max(today, recorder.last_day(FollowUp, before.key)), kind=ActKind.FOLLOW_UP)
    return planned


def answer_follow_up(recorder: Recorder, command: AnswerFollowUp, day: date) -> None:
    """The answer came. Raises NotFound, FollowUpRefused."""
    before = follow_up(recorder, command.key)
    if before.dropped or before.answered_on is not None:
        raise errors.FollowUpRefused(before.key, "dropped" if before.dropped else "answered", before.answered_on)
    if before.done_on is None:
        raise errors.FollowUpRefused(before.key, "not_done")
    if day < before.done_on:
        raise errors.FollowUpRefused(before.key, "early", before.done_on)
    _put(recorder, before.model_copy(update={"answer": command.answer, "answered_on": day}), day)


def put_off_follow_up(recorder: Recorder, command: PutOffFollowUp, today: date) -> None:
    """Another day for what is awaited. Raises NotFound, FollowUpRefused."""
    before = _open(recorder, command.key)
    if command.on < today:
        raise errors.FollowUpRefused(before.key, "past", today)
    if command.on == before.due_on:
        raise errors.FollowUpRefused(before.key, "same_day", command.on)
    _put(recorder, before.put_off(command.on), today, command.note)


def drop_follow_up(recorder: Recorder, command: DropFollowUp, today: date) -> None:
    """Nothing more is awaited of it, with the reason. Raises NotFound, FollowUpRefused."""
    before = _open(recorder, command.key)
    if not command.note:
        raise errors.FollowUpRefused(before.key, "note")
    _put(recorder, before.model_copy(update={"dropped": True}), today, command.note)


def follow_up(recorder: Recorder, key: str) -> FollowUp:
    """The follow-up as it stands. Raises NotFound with the nearest keys."""
    found = recorder.value(FollowUp, key)
    if found is None:
        raise errors.NotFound("follow_up", key, nearest_keys(recorder.session, key))
    return found


def _open(recorder: Recorder, key: str) -> FollowUp:
    found = follow_up(recorder, key)
    if found.due_on is None:
        reason = "dropped" if found.dropped else "done" if found.answered_on is None else "answered"
        raise errors.FollowUpRefused(key, reason, found.answered_on or found.done_on)
    return found


def _put(recorder: Recorder, after: FollowUp, day: date, note: str = "") -> None:
    # What is told late of an earlier day counts from the entry before it: its order is that of the telling.
    day = max(day, recorder.last_day(FollowUp, after.key))
    recorder.put(after, day, kind=ActKind.FOLLOW_UP, reason=note, asserted=SAID)
