"""Follow-ups: a planned contact or look, what became of it, and where it stands on a day (domain rules, section 6)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from tracker.domain.codes import How
from tracker.domain.recurrence import next_after
from tracker.domain.register import Key, Named, Ref, Subject, Text


class FollowUpState(StrEnum):
    """Exactly one of these holds for every follow-up on every day."""

    PLANNED = "planned"
    DUE = "due"
    WAITING = "waiting"
    ANSWER_LATE = "answer_late"
    CLOSED = "closed"


class FollowUp(Subject):
    """A contact or look planned for a day: once, or by a cadence that is counted from `anchor`."""

    kind_of_subject: ClassVar[str] = "follow_up"

    key: Ref
    commitment: Ref
    what: Named
    how: How = How.OTHER
    to: Key | None = None
    on: date
    rule: str = ""
    anchor: date
    answer_due: date | None = None
    done_on: date | None = None
    answer: Text = ""
    answered_on: date | None = None
    dropped: bool = False

    @property
    def subject_ref(self) -> str:
        return self.key

    def refers_to(self) -> frozenset[tuple[str, str]]:
        """The other subjects that it needs: its commitment, and the party that is contacted."""
        return frozenset([("commitment", self.commitment), *([("party", self.to)] if self.to else [])])

    @property
    def due_on(self) -> date | None:
        """The day of what is awaited: of the contact until it is done, then of its answer; None when nothing is."""
        if self.dropped:
            return None
        if self.done_on is None:
            return self.on
        return self.answer_due if self.answered_on is None else None

    def state(self, as_of: date) -> FollowUpState:
        """Where it stands on a day. Due today is due; an answer is late from the day after its own on."""
        return state_of(self.due_on, done=self.done_on is not None, as_of=as_of)

    def put_off(self, day: date) -> FollowUp:
        """The same on another day: of the contact, or, once that is done, of the answer.

        Before the contact, the answer's day moves along: who answers has as long as was planned.
        """
        if self.done_on is not None:
            return self.model_copy(update={"answer_due": day})
        return self.model_copy(update={"on": day, "answer_due": self.answer_due_after(day)})

    def answer_due_after(self, day: date) -> date | None:
        """When the answer is due if the contact is made on that day instead of the planned one."""
        if self.answer_due is None:
            return None
        given = self.answer_due - self.on
        return day + given if date.max - day > given else date.max

    def next_one(self, key: str, done_on: date) -> FollowUp | None:
        """The next of a cadence: the first of its days after both the planned one and the day it was done."""
        day = next_after(self.rule, self.anchor, max(self.on, done_on)) if self.rule else None
        if day is None:
            return None
        planned = {name: getattr(self, name) for name in ("commitment", "what", "how", "to", "rule", "anchor")}
        return FollowUp(key=key, on=day, answer_due=self.answer_due_after(day), **planned)


def state_of(due_on: date | None, *, done: bool, as_of: date) -> FollowUpState:
    """The state of a follow-up of which something is awaited on `due_on` (nothing: it is closed)."""
    if due_on is None:
        return FollowUpState.CLOSED
    if done:
        return FollowUpState.ANSWER_LATE if due_on < as_of else FollowUpState.WAITING
    return FollowUpState.DUE if due_on <= as_of else FollowUpState.PLANNED
