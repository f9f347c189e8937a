"""How long the commands take on registers of several sizes, and how long the least that they could take."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import select

from tests.benchmarks.measure import Bench, Figure, bench, compared, side_by_side
from tests.benchmarks.stories import AS_OF
from tests.benchmarks.words import COMMON_WORDS, RARE_WORD
from tracker.domain.status import Stage
from tracker_db import models
from tracker_db.session import Database

RUNS = 15
_AS_OF = ("--as-of", AS_OF.isoformat())
_PAGE = ("--limit", "50", *_AS_OF)
# The questions, by the names of their figures.
QUESTIONS = {
    "commands.list": ("list", *_PAGE),
    "commands.overdue": ("report", "overdue", *_PAGE),
    "commands.search": ("list", COMMON_WORDS, *_PAGE),
    "commands.search_marks": ("list", '"đường cao tốc"', *_PAGE),
    "commands.search_rare": ("list", RARE_WORD, *_PAGE),
}
ALL_OVERDUE = ("list", "is:overdue", "--format", "json", *_AS_OF)


def measure(url: str, rows: int, report: Callable[[str, Figure], None]) -> None:
    """Measure every command on a register of `rows` commitments and hand over each figure as it is known."""
    with bench(url) as place:

        def measured(name: str, commands: Iterator[Sequence[str]], floor: Sequence[str]) -> None:
            figure = side_by_side(RUNS, _each(place, commands), _floor(place, floor))
            report(name, figure | {"rows": rows})

        for word in ("help", "version"):
            measured(f"commands.{word}", itertools.repeat((f"--{word}",)), ("-c", "pass"))
        for name, arguments in QUESTIONS.items():
            measured(name, itertools.repeat(arguments), place.floor(arguments))
        marks = _marks(url)
        measured("commands.mark", marks, place.floor(next(marks)))
        report("commands.overdue_all", _all_overdue(place) | {"rows": rows})


def _all_overdue(place: Bench) -> Figure:
    answer = place.home / "overdue.json"
    took = [place.run("-m", "tracker", *ALL_OVERDUE, output=answer)]
    with answer.open() as page:
        streamed = sum(line.startswith('{"ref"') for line in page)
    answer.unlink()
    floor = place.floor(ALL_OVERDUE)
    least = [place.run(*floor)]
    for _ in range(2 if took[0] < 5000 else 0):
        took.append(place.run("-m", "tracker", *ALL_OVERDUE))
        least.append(place.run(*floor))
    memory = place.peak("-m", "tracker", *ALL_OVERDUE)
    return compared(took, least) | {"streamed": streamed, "memory": round(memory, 1)}


def _each(place: Bench, commands: Iterator[Sequence[str]]) -> Iterator[float]:
    for arguments in commands:
        yield place.run("-m", "tracker", *arguments)


def _floor(place: Bench, command: Sequence[str]) -> Iterator[float]:
    while True:
        yield place.run(*command)


def _marks(url: str) -> Iterator[Sequence[str]]:
    """Marks of open commitments from all over the register, each of another one."""
    database = Database(url)
    table = models.Commitment
    with database.read() as session:
        many = session.execute(select(table.id).order_by(table.id.desc()).limit(1)).scalar_one()
        step = max(many // (2 * (RUNS + 4)), 1)
        asked = select(table.ref).where(table.id.in_(range(1, many, step)), table.stage == Stage.RUNNING)
        refs = session.execute(asked.order_by(table.id)).scalars().all()
    database.close()
    for ref in itertools.cycle(refs):
        yield ("mark", "in_progress", ref, "--note", "Đã họp tổ công tác.", "--on", AS_OF.isoformat())
