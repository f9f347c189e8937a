"""Acts on commitments that are there: mark and move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.cli.asking import ref_of
from tracker.cli.call import CHANNEL, Call
from tracker.domain.codes import CitationRole
from tracker.domain.commands import MoveDeadline, RecordStatus, Seen
from tracker.domain.deadline import read_done
from tracker.domain.register import Citation
from tracker.domain.status import Status
from tracker.errors import BadOption, UnknownValue

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

TIERS = ("0", "1", "2", "3")


def mark(call: Call) -> int:
    """`tracker mark`: say where commitments stand, all of them or none."""
    args = call.args
    status = status_of(args.status)
    if args.tier is not None and not args.evidence:
        raise BadOption("--tier", "needless", args.tier)
    if args.if_version is not None and len(args.refs) > 1:
        raise BadOption("--if-version", "needless", str(args.if_version))
    on, review = call.day(args.on), call.day(args.review)
    with call.tracker() as tracker:
        command = RecordStatus(
            commitments=tuple(seen(call, tracker, ref, args.if_version) for ref in dict.fromkeys(args.refs)),
            status=status,
            note=args.note,
            effective_on=on,
            review_on=review,
            replaced_by=ref_of(args.replaced_by) if args.replaced_by is not None else None,
            **said_of_status(call, tracker),
        )
        return call.changed(tracker.commitments.record_status(command, tracker.hand(CHANNEL)), "marked")


def said_of_status(call: Call, tracker: Tracker) -> dict[str, Any]:
    """What the options of a status update say, by the fields of its command."""
    args, tier = call.args, tier_of(call.args.tier)
    given = {
        "done": done_when(call, args.done),
        "evidence": tuple(tracker.commitments.read_evidence(each, tier) for each in args.evidence or ()),
        "confirmed_by": args.confirmed_by,
        "side": tracker.library.party(args.side).key if args.side is not None else None,
    }
    return {name: value for name, value in given.items() if value is not None}


def move(call: Call) -> int:
    """`tracker move`: a new agreed deadline."""
    args = call.args
    value, on = call.period(args.deadline), call.day(args.on)
    with call.tracker() as tracker:
        command = MoveDeadline(
            commitments=(seen(call, tracker, args.ref, args.if_version),),
            value=value,
            text=args.text,
            note=args.note,
            source=citation(tracker, args.source, CitationRole.REPORTS) if args.source is not None else None,
            effective_on=on,
        )
        return call.changed(tracker.commitments.move_deadline(command, tracker.hand(CHANNEL)), "moved")


def seen(call: Call, tracker: Tracker, typed: str, version: int | None) -> Seen:
    """The commitment that a person names. Raises NotFound with the nearest refs for what cannot be a ref."""
    from pydantic import ValidationError

    try:
        return Seen(ref=ref_of(typed), version=version)
    except ValidationError:
        tracker.commitments.show(ref_of(typed), as_of=call.as_of)
        raise


def citation(tracker: Tracker, place: str, role: CitationRole = CitationRole.ORIGIN) -> Citation:
    """A source as a person names it: DOC:PARA."""
    return Citation(**tracker.commitments.read_place(place).model_dump(), role=role)


def status_of(typed: str) -> Status:
    """A status by its code. Raises UnknownValue with all of them."""
    try:
        return Status(typed.strip().lower().replace("-", "_"))
    except ValueError:
        raise UnknownValue("status", typed, tuple(Status)) from None


def done_when(call: Call, typed: str | None) -> str | None:
    """When it was done, as a person types it: a period, or unknown."""
    if typed is None:
        return None
    done = read_done(typed, call.settings.language)
    # The second look says so when the reading is a guess.
    return done if done == "unknown" else call.period(typed)


def tier_of(typed: str | None) -> int | None:
    """The tier of evidence, as a person types it. Raises UnknownValue."""
    if typed is None:
        return None
    if typed not in TIERS:
        raise UnknownValue("tier", typed, TIERS)
    return int(typed)
