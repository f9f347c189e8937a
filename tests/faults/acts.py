"""People who do anything at all: acts drawn at random, those that a rule refuses among them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from tests.factories import NOW, TODAY, a_party, adding, amending, evidence, moving
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
from tracker.reading.drafting import draft
from tracker.reading.files import read_content

REFS = tuple(f"C-2025-{number:03d}" for number in range(1, 9))
LEADS = ("vn-moit", "vn-mofa", "vn-mond", "")
TITLES = ("Mở đường bay thẳng", "Chợ biên giới", "Đường cao tốc", "Khu công nghiệp")
VIEWS = ("một", "hai")
TOLD = """Thủ tướng Việt Nam hội đàm với Thủ tướng Lào, lần {number}.
Hai bên nhất trí lập quỹ chung trong năm 2026.
Lào cam kết giảm phí 10%.
"""
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
        self._bodies: list[str] = []
        # How many were done, and how many a rule refused.
        self.done = self.refused = 0

        self._kinds: dict[Callable[[Hand], object], int] = {
            self._add: 3,
            self._mark: 8,
            self._mark_many: 2,
            self._move: 4,
            self._move_many: 1,
            self._amend: 2,
            self._amend_many: 2,
            self._plan: 2,
            self._plan_many: 1,
            self._finish: 1,
            self._answer: 1,
            self._put_off: 1,
            self._drop: 1,
            self._save_view: 1,
            self._drop_view: 1,
            self._add_party: 1,
            self._add_document: 1,
            self._accept: 2,
            self._merge: 1,
            self._reject: 1,
            self._undo: 5,
            self._redo: 4,
        }

    def act(self) -> bool:
        """Do something; False when a rule refused it."""
        (chosen,) = self._chance.choices([*self._kinds], [*self._kinds.values()])
        return self._do(self._add if self._number < len(REFS) else chosen)

    def each_kind(self) -> Iterator[Callable[[], bool]]:
        """Every kind of act that can be taken back: what does one, or says False when a rule refused it."""
        for kind in self._kinds:
            if kind not in (self._reject, self._undo, self._redo):
                yield partial(self._do, kind)

    def _do(self, kind: Callable[[Hand], object]) -> bool:
        self._number += 1
        # Known by its place in the story, so that the same story gives the same acts on any database.
        hand = Hand(self._chance.choice(("Lan", "Minh")), "cli", TODAY, f"act-{self._number:05d}")
        try:
            kind(hand)
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

    def _mark_many(self, hand: Hand) -> object:
        return self._tracker.commitments.record_status(self._status(self._seen(3)), hand)

    def _move(self, hand: Hand, number: int = 1) -> object:
        to = moving(self._chance.choice(DEADLINES), effective_on=self._some_day())
        command = to.model_copy(update={"commitments": self._seen(number)})
        return self._tracker.commitments.move_deadline(command, hand)

    def _move_many(self, hand: Hand) -> object:
        return self._move(hand, 2)

    def _amend(self, hand: Hand) -> object:
        command = amending(self._chance.choice(REFS), title=self._chance.choice(TITLES))
        return self._tracker.commitments.amend(command, hand)

    def _amend_many(self, hand: Hand) -> object:
        command = AmendCommitment(
            commitments=self._seen(self._chance.choice((1, 2, 3))),
            lead=self._chance.choice((*LEADS, *self._bodies)),
            add_tags=(self._chance.choice("abc"),),
            drop_tags=(self._chance.choice("abc"),),
            effective_on=self._some_day(),
        )
        return self._tracker.commitments.amend(command, hand)

    def _plan(self, hand: Hand, number: int = 1) -> object:
        on = TODAY + timedelta(days=self._chance.randrange(-5, 60))
        rule = self._chance.choice(("", "monthly"))
        command = PlanFollowUp(commitments=self._seen(number), what="Hỏi tiến độ", on=on, rule=rule, to="la")
        return self._tracker.followups.plan(command, hand)

    def _plan_many(self, hand: Hand) -> object:
        return self._plan(hand, 3)

    def _finish(self, hand: Hand) -> object:
        later = TODAY + timedelta(days=self._chance.randrange(1, 90))
        return self._tracker.followups.finish(FinishFollowUp(key=self._planned(), answer_due=later), hand)

    def _answer(self, hand: Hand) -> object:
        return self._tracker.followups.answer(AnswerFollowUp(key=self._planned(done=True), answer="Đã nhận"), hand)

    def _put_off(self, hand: Hand) -> object:
        later = TODAY + timedelta(days=self._chance.randrange(1, 90))
        return self._tracker.followups.put_off(PutOffFollowUp(key=self._planned(), on=later), hand)

    def _drop(self, hand: Hand) -> object:
        return self._tracker.followups.drop(DropFollowUp(key=self._planned(), note="không cần nữa"), hand)

    def _planned(self, *, done: bool = False) -> str:
        """A follow-up that is still to be made, or was and is to be answered; now and then any, or the key of none."""
        there = self._tracker.followups.listing(as_of=TODAY)
        awaited = [each for each in there if each.state != "closed" and (each.done_on is not None) == done]
        chosen = awaited if awaited and self._chance.random() < 0.8 else there
        return self._chance.choice([each.key for each in chosen] or ["F-2026-000"])

    def _save_view(self, hand: Hand) -> object:
        query = self._chance.choice(("is:overdue", "tag:a", "lead:none"))
        return self._tracker.saved_views.save(SaveView(name=self._chance.choice(VIEWS), query=query), hand)

    def _drop_view(self, hand: Hand) -> object:
        return self._tracker.saved_views.drop(self._chance.choice(VIEWS), hand)

    def _add_party(self, hand: Hand) -> object:
        key = f"vn-{self._number}"
        self._bodies.append(key)
        return self._tracker.library.add_party(a_party(key, f"Cơ quan {self._number}"), hand)

    def _add_document(self, hand: Hand) -> object:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"bai-{self._number}.txt"
            # Few texts, so that one is added again that was taken back.
            file.write_text(f"Bài số {self._number % 40}.\n", encoding="utf-8")
            return self._tracker.library.add_documents([file], hand)

    def _accept(self, hand: Hand) -> object:
        return self._tracker.drafts.accept(self._waiting(hand), hand)

    def _merge(self, hand: Hand) -> object:
        return self._tracker.drafts.merge(self._waiting(hand), self._chance.choice(REFS), hand)

    def _reject(self, hand: Hand) -> object:
        return self._tracker.drafts.reject((self._waiting(hand),), "đã có", hand)

    def _waiting(self, hand: Hand) -> int:
        """A draft that nobody decided on yet; a text is read when there is none."""
        drafts = self._tracker.drafts
        if not (waiting := drafts.listing()):
            source = read_content(f"tin-{self._number}.txt", TOLD.format(number=self._number).encode())
            read = draft(source.text, TODAY)
            waiting = drafts.save(source, read, read.drafts, hand, published="2026-06-01", publisher="")
        return self._chance.choice(waiting).number

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
