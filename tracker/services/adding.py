"""Putting one commitment on record, within an act."""

from __future__ import annotations

from datetime import date

from tracker import errors
from tracker.domain.codes import CitationRole
from tracker.domain.commands import AddCommitment
from tracker.domain.deadline import Certainty
from tracker.domain.history import Hand
from tracker.domain.register import Commitment, Document
from tracker.services.acting import read_deadline
from tracker.services.acts import House, Writing, effective_day
from tracker_db import history


def add(
    house: House, writing: Writing, command: AddCommitment, hand: Hand, certainty: Certainty = Certainty.STATED
) -> str:
    """Put it on record and give its ref: the next number of its prefix and its source's year, when it has none.

    Raises AlreadyThere, RefSpent, NotFound (a document or event nobody knows), NoSource, BadDate, InTheFuture.
    """
    said_on = _said_on(writing, command, hand)
    day = effective_day(command.effective_on or min(said_on, hand.today), hand)
    ref = command.ref or history.next_ref(writing.session, command.prefix, said_on.year)
    if writing.recorder.value(Commitment, ref):
        raise errors.AlreadyThere("commitment", ref)
    if writing.recorder.version(Commitment, ref):
        raise errors.RefSpent(ref)
    deadline = (
        read_deadline(writing, command.deadline_value or "none", command.deadline_text, certainty)
        if command.deadline_value or command.deadline_text
        else None
    )
    shared = set(AddCommitment.model_fields) & set(Commitment.model_fields) - {"ref", "review_on"}
    commitment = Commitment(
        ref=ref,
        status_since=day,
        deadline=deadline,
        review_on=command.review_on or house.review.review_on(deadline, day),
        **{name: getattr(command, name) for name in shared},
    )
    if not any(source.role is CitationRole.ORIGIN for source in commitment.sources):
        raise errors.NoSource(ref)
    writing.recorder.put(commitment, day, reason=command.note)
    return ref


def _said_on(writing: Writing, command: AddCommitment, hand: Hand) -> date:
    for source in command.sources:
        document = writing.recorder.value(Document, source.document)
        if document is None:
            raise errors.NotFound("document", source.document)
        if document.published_end is not None:
            return document.published_end
    return command.effective_on or hand.today
