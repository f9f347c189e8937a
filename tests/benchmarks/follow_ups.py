"""The follow-ups of the generated register: one for every eighth commitment, every other one of them done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from tests.benchmarks import words
from tests.benchmarks.stories import AS_OF, Step
from tracker.domain.codes import How
from tracker.domain.follow_up import FollowUp
from tracker.domain.history import Act, ActKind

EVERY = 8
_LAST_DAY = AS_OF - timedelta(days=1)
# In the order of their acts: all are planned, then some are done.
_RECORDED = (datetime.combine(_LAST_DAY, time(3), UTC), datetime.combine(_LAST_DAY, time(5), UTC))
_WHAT = (
    "Gửi công văn đôn đốc tiến độ",
    "Họp với phía bạn về tiến độ",
    "Gọi cho đơn vị đầu mối",
    "Rà soát lại hồ sơ",
    "Đề nghị phía bạn trả lời bằng văn bản",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry: the follow-up as it is from that day on."""

    act: Act
    kind: ActKind
    effective_on: date
    value: FollowUp


def has_one(number: int) -> bool:
    """Whether commitment `number` is followed up."""
    return number % EVERY == 3


def is_done(number: int) -> bool:
    """Whether its follow-up has been made."""
    return has_one(number) and number // EVERY % 2 == 0


def planned(rows: int) -> int:
    """How many there are in a register of so many rows."""
    return (rows + EVERY - 4) // EVERY


def place(round_: int, number: int, rows: int) -> int:
    """The place of an entry among those of follow-ups: all are planned (3), then some are done (4)."""
    return number // EVERY if round_ == 3 else planned(rows) + number // (2 * EVERY)


def story(number: int, steps: Sequence[Step]) -> tuple[Told, ...]:
    """What happened to the follow-up of commitment `number`, with the story of that: nothing, or one or two entries."""
    if not has_one(number):
        return ()
    # Apart from the draws of the commitments, whose stories stay what they are.
    draw, place_ = Random(f"follow-up {number}"), number // EVERY
    day = steps[1].effective_on
    on = AS_OF + timedelta(days=-draw.randint(1, 90) if is_done(number) else draw.randint(-20, 150))
    on = max(on, day)
    first = FollowUp(
        key=f"F-{AS_OF.year}-{place_ + 1:03d}",
        commitment=steps[0].state["ref"],
        what=draw.choice(_WHAT),
        how=draw.choice(tuple(How)),
        to=next(part["party"] for part in steps[0].state["parties"] if part["party"] != "vn"),
        on=on,
        rule="FREQ=MONTHLY;INTERVAL=3" if place_ % 5 == 1 else "",
        anchor=on,
        answer_due=on + timedelta(days=draw.randint(5, 60)) if draw.random() < 0.6 else None,
    )
    told = [Told(_act(draw, 0, number), ActKind.ADD, day, first)]
    if is_done(number):
        done_on = min(on + timedelta(days=draw.randint(0, 9)), _LAST_DAY)
        answered = draw.random() < 0.5
        update = {
            "done_on": done_on,
            "answer": "Phía bạn cho biết đang triển khai" if answered else "",
            "answered_on": done_on if answered else None,
        }
        told.append(Told(_act(draw, 1, number), ActKind.FOLLOW_UP, max(done_on, day), first.model_copy(update=update)))
    return tuple(told)


def _act(draw: Random, round_: int, number: int) -> Act:
    act_id = str(UUID(int=draw.getrandbits(128), version=4))
    recorded_at = _RECORDED[round_] + timedelta(microseconds=number)
    return Act(act_id, ActKind.FOLLOW_UP, draw.choice(words.PEOPLE), "tui", recorded_at)
