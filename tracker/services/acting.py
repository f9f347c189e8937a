"""Acts on one or on many commitments: what each does to one of them, all of them in one act, and the dry run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from tracker import errors
from tracker.domain.change import changes
from tracker.domain.codes import Basis, CitationRole, Role
from tracker.domain.commands import AmendCommitment, MoveDeadline, OnMany, PlanFollowUp, RecordStatus, Seen
from tracker.domain.deadline import Certainty, Deadline, Period, Precision, parse_period
from tracker.domain.history import ActKind, Hand
from tracker.domain.register import Commitment, Event, Participation, Value, Words
from tracker.domain.status import Status
from tracker.domain.text import alike
from tracker.domain.views import Preview, Remark
from tracker.services.acts import House, Writing, effective_day
from tracker.services.following import plan_follow_up
from tracker.services.marking import record_status, review_on
from tracker_db import history, queries
from tracker_db.session import still_wanted

# So many are tried at a time: others may write in between.
TRIED_AT_ONCE = 100
Row = Callable[[House, Writing, Any, Seen, Hand], Sequence[Remark]]


def mark(house: House, writing: Writing, command: RecordStatus, seen: Seen, hand: Hand) -> Sequence[Remark]:
    """Say where one commitment stands."""
    now, day = present(writing, seen), effective_day(command.effective_on, hand)
    side = writing.directory.one(command.side).listing if command.side is not None else None
    key = side.key if side else None
    record_status(writing.recorder, house.review, seen.ref, command, key, day=day, today=hand.today)
    told = {"ref": seen.ref, "party": side.name, "status": command.status} if side else None
    return (*([Remark("side_marked", told)] if told else []), *_untouched(writing, now, day))


def move(house: House, writing: Writing, command: MoveDeadline, seen: Seen, hand: Hand) -> Sequence[Remark]:
    """Give one commitment a new agreed deadline."""
    ref, day = seen.ref, effective_day(command.effective_on, hand)
    now, before = present(writing, seen), _on(writing, seen.ref, day)
    if before.status.closed:
        raise errors.ChangeNotAllowed(ref, before.status, "move")
    if not command.note and command.source is None:
        raise errors.ReasonMissing(ref, "move", "note|source")
    deadline = read_deadline(writing, command.value, command.text, Certainty.AGREED)
    if before.deadline is not None and before.deadline.value == deadline.value:
        raise errors.SameDeadline(ref, deadline.value)
    began = writing.recorder.began_on(Commitment, ref)
    if deadline.end is not None and deadline.end < began:
        raise errors.BeforeItBegan(ref, deadline.end, began)
    after = before.model_copy(
        update={
            "deadline": deadline,
            "review_on": review_on(house.review, before, deadline, day),
            "sources": (*before.sources, *([command.source] if command.source else [])),
        }
    )
    said = frozenset({"deadline", "review_on"})
    writing.recorder.put(after, day, kind=ActKind.MOVE, reason=command.note, asserted=said)
    return _untouched(writing, now, day)


def amend(house: House, writing: Writing, command: AmendCommitment, seen: Seen, hand: Hand) -> Sequence[Remark]:
    """Correct fields of one commitment."""
    ref, day = seen.ref, effective_day(command.effective_on, hand)
    now, before = present(writing, seen), _on(writing, ref, day)
    after = _tagged(_amended(before, command.fields), command)
    if command.lead is not None:
        after = _led_by(after, writing.directory.one(command.lead).listing.key if command.lead else None)
    if "review_on" in command.fields and after.review_on is None and not before.status.closed:
        if before.status is Status.SUSPENDED:
            raise errors.ReasonMissing(ref, before.status, "review")
        after = after.model_copy(update={"review_on": house.review.review_on(before.deadline, day)})
    if not any(source.role is CitationRole.ORIGIN for source in after.sources):
        raise errors.NoSource(ref)
    if not writing.recorder.put(after, day, reason=command.note):
        raise errors.BadOption("", "nothing_to_change", ref)
    return _untouched(writing, now, day)


def plan(_house: House, writing: Writing, command: PlanFollowUp, seen: Seen, hand: Hand) -> Sequence[Remark]:
    """Plan a contact or look for one commitment."""
    present(writing, seen)
    plan_follow_up(writing.recorder, seen.ref, command, hand.today)
    return ()


# An act on many: the kind that it has on one, and what it does to each.
ACTS: Mapping[type[OnMany], tuple[ActKind, Row]] = {
    RecordStatus: (ActKind.MARK, mark),
    MoveDeadline: (ActKind.MOVE, move),
    AmendCommitment: (ActKind.AMEND, amend),
    PlanFollowUp: (ActKind.FOLLOW_UP, plan),
}


def kind_of(command: OnMany) -> ActKind:
    """The kind of the act: a batch when it is on many."""
    return ACTS[type(command)][0] if len(_wanted(command)) == 1 else ActKind.BATCH


def carry_out(house: House, writing: Writing, command: OnMany, hand: Hand) -> list[Remark]:
    """Act on all of them; what is refused for one is refused for all, and names it.

    Of many, those that a correction leaves as they were are no reason to refuse the others. Before each it is asked
    whether somebody still waits: raises TakenBack, and so nothing is kept, when nobody does.
    """
    row, wanted = ACTS[type(command)][1], _wanted(command)
    remarks: list[Remark] = []
    same: list[errors.BadOption] = []
    for seen in wanted:
        still_wanted()
        try:
            remarks += row(house, writing, command, seen, hand)
        except errors.BadOption as error:
            if error.reason != "nothing_to_change":
                raise _naming(error, seen, wanted) from None
            same.append(error)
        except errors.TrackerError as error:
            raise _naming(error, seen, wanted) from None
    if len(same) == len(wanted):
        raise same[0]
    return remarks + [Remark("same", {"ref": error.value}) for error in same]


def preview(house: House, command: OnMany, hand: Hand) -> Preview:
    """Try the act on each of them by itself and keep nothing."""
    row, wanted = ACTS[type(command)][1], _wanted(command)
    will: list[str] = []
    refused: list[tuple[str, errors.TrackerError]] = []
    titles: dict[str, Words] = {}
    for first in range(0, len(wanted), TRIED_AT_ONCE):
        with house.trial(kind_of(command), hand) as attempts:
            for seen in wanted[first : first + TRIED_AT_ONCE]:
                try:
                    with attempts() as writing:
                        if found := writing.recorder.value(Commitment, seen.ref):
                            titles[seen.ref] = found.title
                        row(house, writing, command, seen, hand)
                        writing.finish()
                except errors.TrackerError as error:
                    refused.append((seen.ref, error))
                else:
                    will.append(seen.ref)
    return Preview(tuple(will), tuple(refused), titles)


def present(writing: Writing, seen: Seen) -> Commitment:
    """The commitment as it stands, if the person saw its latest version. Raises NotFound, StaleCommitment."""
    recorder, ref = writing.recorder, seen.ref
    now = recorder.value(Commitment, ref)
    if now is None:
        raise errors.NotFound("commitment", ref, queries.nearest_refs(writing.session, ref))
    version = recorder.version(Commitment, ref)
    if seen.version is not None and seen.version != version:
        raise errors.StaleCommitment(ref, seen.version, version, _differences(recorder, ref, seen.version, now))
    return now


def read_deadline(writing: Writing, value: str, text: str, certainty: Certainty) -> Deadline:
    """The deadline spelled so; one at an event takes the event's days. Raises BadDate, NotFound."""
    period = parse_period(value)
    event: Period | None = None
    if period.precision is Precision.EVENT:
        key = period.value.removeprefix("event:")
        found = writing.recorder.value(Event, key)
        if found is None:
            keys = (view.key for view in queries.event_list(writing.session))
            raise errors.NotFound("event", key, tuple(alike(key, keys)))
        event = parse_period(found.on)
    return Deadline.of(period.value, text, certainty, event)


def _wanted(command: OnMany) -> list[Seen]:
    return list({seen.ref: seen for seen in command.commitments}.values())


def _naming(error: errors.TrackerError, seen: Seen, wanted: Sequence[Seen]) -> errors.TrackerError:
    if len(wanted) > 1:
        error.concerns = seen.ref
    return error


def _on(writing: Writing, ref: str, day: date) -> Commitment:
    """The commitment on the day from which an act counts."""
    state = writing.recorder.value(Commitment, ref, day)
    if state is None:
        raise errors.BeforeItBegan(ref, day, writing.recorder.began_on(Commitment, ref))
    return state


def _untouched(writing: Writing, before: Commitment, day: date) -> Sequence[Remark]:
    """Says so when an act for an earlier day leaves the commitment as it stood."""
    if writing.recorder.value(Commitment, before.ref) != before:
        return ()
    since = writing.recorder.last_day(Commitment, before.ref)
    return (Remark("backdated", {"ref": before.ref, "day": day, "since": since}),) if day < since else ()


def _amended(before: Commitment, fields: Mapping[str, Any]) -> Commitment:
    plain = before.plain() | {
        name: value.model_dump(mode="json") if isinstance(value, Value) else value for name, value in fields.items()
    }
    try:
        return Commitment.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"] and first["type"] == "value_error" and "empty" in first["msg"]:
            raise errors.BadOption(f"--{first['loc'][0]}", "missing") from None
        # What is wrong with the whole, such as two leads, is wrong with what was to be changed.
        where = ".".join(map(str, first["loc"])) or ", ".join(fields)
        raise errors.UnknownValue(where, f"{first['input'] if first['loc'] else first['msg']!s:.80}") from None


def _tagged(commitment: Commitment, command: AmendCommitment) -> Commitment:
    kept = [tag for tag in commitment.tags if tag not in command.drop_tags]
    return commitment.model_copy(update={"tags": tuple(dict.fromkeys((*kept, *command.add_tags)))})


def _led_by(commitment: Commitment, party: str | None) -> Commitment:
    """With this lead, assigned by our desk, or with none; one that the source names stays stated."""
    present = next((part for part in commitment.parties if part.role is Role.LEAD), None)
    if present is not None and present.party == party and present.basis is Basis.STATED:
        return commitment
    lead = [Participation(party=party, role=Role.LEAD, basis=Basis.ASSIGNED)] if party else []
    others = [part for part in commitment.parties if part.role is not Role.LEAD]
    place = commitment.parties.index(present) if present else len(others)
    return commitment.model_copy(update={"parties": (*others[:place], *lead, *others[place:])})


def _differences(recorder: history.Recorder, ref: str, seen: int, now: Commitment) -> tuple[errors.Difference, ...]:
    then = recorder.value_at_version(Commitment, ref, seen)
    if then is None:
        return ()
    return tuple(
        errors.Difference(name, _words(before), _words(after)) for name, (before, after) in changes(then, now).items()
    )


def _words(plain: Any) -> str:
    """A plain value short enough to stand beside another one in a sentence."""
    if isinstance(plain, dict):
        said = plain.get("vi") or plain.get("en")
        named = ("figure", "value", "party", "role", "status", "file", "paragraph")
        return str(said) if said else " ".join(str(plain[name]) for name in named if plain.get(name))
    if isinstance(plain, list):
        return ", ".join(_words(part) for part in plain)
    return "" if plain is None else str(plain)
