"""People who do anything at all: acts drawn at random, those that a rule refuses among them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from tests.factories import NOW, TODAY, adding, amending, evidence, moving
from tracker.bootstrap import Tracker
from tracker.domain.commands import (
    AmendCommitment,
    AnswerFollowUp,
    DropFollowUp,
    FinishFollowUp,
    PlanFollowUp,
    PutOffFollowUp,
    RecordStatus,
    SaveView,
    Seen,
)
from tracker.domain.history import Hand
from tracker.domain.status import Status
from tracker.errors import TrackerError

REFS = tuple(f"C-2025-{number:03d}" for number in range(1, 9))
LEADS = ("vn-moit", "vn-mofa", "vn-mond", "")
TITLES = ("Mở đường bay thẳng", "Chợ biên giới", "Đường cao tốc", "Khu công nghiệp")
DEADLINES = ("none", "2026", "2026-06-30", "2027-H1", "..2030", "2026-01-30..2026-02-02", "event:visit")


class Clock:
    """The moment at which an act is recorded; it goes on by some hours from act to act."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(hours=self._chance.randrange(1, 15))
        return self.now


class Desk:
    """Does one act after another on few commitments, as chance wants it."""

    def __init__(self, tracker: Tracker, chance: Random) -> None:
        self._tracker = tracker
        self._chance = chance
        self._number = 0
        # How many were done, and how many a rule refused.
        self.done = self.refused = 0

    def act(self) -> bool:
        """Do something; False when a rule refused it."""
        choices: tuple[tuple[Callable[[Hand], object], int], ...] = (
            (self._add, 3),
            (self._mark, 8),
            (self._batch, 2),
            (self._move, 5),
            (self._amend, 4),
            (self._plan, 3),
            (self._carry_on, 4),
            (self._save_view, 1),
            (self._undo, 5),
            (self._redo, 4),
        )
        (chosen,) = self._chance.choices([does for does, _ in choices], [weight for _, weight in choices])
        self._number += 1
        if self._number <= len(REFS):
            chosen = self._add
        # Known by its place in the story, so that the same story gives the same acts on any database.
        hand = Hand(self._chance.choice(("Lan", "Minh")), "cli", TODAY, f"act-{self._number:05d}")
        try:
            chosen(hand)
        except TrackerError:
            self.refused += 1
            return False
        self.done += 1
        return True

    def _some_day(self) -> date | None:
        """Today more often than not; else a day of the year before."""
        return None if self._chance.random() < 0.5 else TODAY - timedelta(days=self._chance.randrange(400))

    def _seen(self, number: int = 1) -> tuple[Seen, ...]:
        return tuple(Seen(ref=ref) for ref in self._chance.sample(REFS, number))

    def _which_status(self) -> Status:
        """Open ones more often, or soon all would be closed."""
        return self._chance.choice([*Status, Status.IN_PROGRESS, Status.PARTIAL, Status.IN_PROGRESS])

    def _add(self, hand: Hand) -> object:
        value = self._chance.choice(DEADLINES)
        command = adding(
            REFS[self._number - 1] if self._number <= len(REFS) else None,
            title=self._chance.choice(TITLES),
            deadline_value=value,
            deadline_text="" if value == "none" else f"trong {value}",
            effective_on=self._some_day(),
        )
        return self._tracker.commitments.add(command, hand)

    def _status(self, seen: tuple[Seen, ...]) -> RecordStatus:
        status = self._which_status()
        return RecordStatus(
            commitments=seen,
            status=status,
            note=f"lần {self._number}",
            evidence=(evidence(self._chance.choice((1, 2, 3))),) if self._chance.random() < 0.9 else (),
            done="2026-02" if status in (Status.DELIVERED, Status.CLAIMED_DONE) else None,
            review_on=TODAY + timedelta(days=40) if status is Status.SUSPENDED else None,
            replaced_by=self._chance.choice(REFS) if status is Status.SUPERSEDED else None,
            side=self._chance.choice(("la", "vn")) if self._chance.random() < 0.15 else None,
            effective_on=self._some_day(),
        )

    def _mark(self, hand: Hand) -> object:
        return self._tracker.commitments.record_status(self._status(self._seen()), hand)

    def _batch(self, hand: Hand) -> object:
        return self._tracker.commitments.record_status(self._status(self._seen(3)), hand)

    def _move(self, hand: Hand) -> object:
        ref = self._chance.choice(REFS)
        command = moving(self._chance.choice(DEADLINES), ref, effective_on=self._some_day())
        return self._tracker.commitments.move_deadline(command, hand)

    def _amend(self, hand: Hand) -> object:
        if self._chance.random() < 0.4:
            command = amending(self._chance.choice(REFS), title=self._chance.choice(TITLES))
        else:
            command = AmendCommitment(
                commitments=self._seen(self._chance.choice((1, 1, 2))),
                lead=self._chance.choice(LEADS),
                add_tags=(self._chance.choice("abc"),),
                drop_tags=(self._chance.choice("abc"),),
                effective_on=self._some_day(),
            )
        return self._tracker.commitments.amend(command, hand)

    def _plan(self, hand: Hand) -> object:
        on = TODAY + timedelta(days=self._chance.randrange(-5, 60))
        rule = self._chance.choice(("", "monthly"))
        command = PlanFollowUp(commitments=self._seen(), what="Hỏi tiến độ", on=on, rule=rule, to="la")
        return self._tracker.followups.plan(command, hand)

    def _carry_on(self, hand: Hand) -> object:
        followups = self._tracker.followups
        planned = followups.listing(as_of=TODAY)
        if not planned:
            return self._plan(hand)
        key = self._chance.choice(planned).key
        later = TODAY + timedelta(days=self._chance.randrange(1, 90))
        match self._chance.randrange(4):
            case 0:
                return followups.finish(FinishFollowUp(key=key, answer_due=later), hand)
            case 1:
                return followups.answer(AnswerFollowUp(key=key, answer="Đã nhận"), hand)
            case 2:
                return followups.put_off(PutOffFollowUp(key=key, on=later), hand)
            case _:
                return followups.drop(DropFollowUp(key=key), hand)

    def _save_view(self, hand: Hand) -> object:
        query = self._chance.choice(("is:overdue", "tag:a", "lead:none"))
        return self._tracker.saved_views.save(SaveView(name=self._chance.choice(("một", "hai")), query=query), hand)

    def _undo(self, hand: Hand) -> object:
        return self._tracker.commitments.undo(hand, **self._which())

    def _redo(self, hand: Hand) -> object:
        return self._tracker.commitments.redo(hand, **self._which())

    def _which(self) -> dict[str, str]:
        match self._chance.randrange(3):
            case 0:
                return {}
            case 1:
                return {"ref": self._chance.choice(REFS)}
            case _:
                return {"act": str(self._chance.randrange(1, self._tracker.status().acts + 1))}
