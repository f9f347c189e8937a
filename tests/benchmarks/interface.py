"""How fast the interface opens and answers keys on a real terminal, and how fast a bare one of constant text does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles

from tests.benchmarks.fingers import CALM, KEYS, Effort, Keys, Person, Reader
from tests.benchmarks.glass import Glass, running
from tests.benchmarks.measure import Bench, Figure, bench, compared
from tests.benchmarks.stories import AS_OF
from tracker.bootstrap import open_tracker
from tracker.i18n import use_language
from tracker.settings import load_settings

TRACKER = ("-m", "tracker", "--lang", "en")


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds from exec on, and MiB; `painted` is when the keys stand below."""

    frame: float
    painted: float
    screen: float
    peak: float


def measure(url: str, rows: int, report: Callable[[str, Figure], None], effort: Effort | None = None) -> None:
    """Measure the interface on a register of `rows` commitments and hand over each figure as it is known."""
    effort = effort or Effort()
    use_language("en")
    with bench(url) as place, open_tracker(load_settings(database=url)) as tracker:
        peak = _measure_starts(place, effort, lambda name, figure: report(name, figure | {"rows": rows}))
        ours, least = Keys(), Keys()
        with _session(place, "tracker", *TRACKER[2:]) as (glass, late):
            Person(glass, tracker, ours).work(effort)
            used = glass.peak
        with _session(place, "bare", "keys", url) as (glass, late_there):
            Reader(glass, least).work(effort)
        blocks, blocks_there = ours.blocks(late()), least.blocks(late_there())
    for name in KEYS:
        figure = compared(ours.took[name], least.took[name]) | {"p95": _p95(ours.took[name]), "rows": rows}
        report(f"interface.key.{name}", figure)
    longest: Figure = _ratio(max(blocks.values()), max(blocks_there.values())) | {"rows": rows}
    report("interface.longest_block", {**longest, **blocks})
    report("interface.memory", _ratio(used, peak) | {"over": round(used - peak, 1), "rows": rows})


def _measure_starts(place: Bench, effort: Effort, report: Callable[[str, Figure], None]) -> float:
    """The program, the bare app, and the bare app with the libraries, in turn; the memory of the last."""
    programs = {
        "ours": TRACKER,
        "bare": ("-m", "tests.benchmarks.bare", "frame"),
        "loaded": ("-m", "tests.benchmarks.bare", "screen", place.url),
    }
    starts: dict[str, list[Start]] = {name: [] for name in programs}
    for round_ in range(-effort.warm, effort.starts):
        for name, command in programs.items():
            start = _start(place, command)
            if round_ >= 0:
                starts[name].append(start)
    frames = {name: [start.frame for start in known] for name, known in starts.items()}
    screens = {name: [start.screen for start in known] for name, known in starts.items()}
    painted = median(start.painted for start in starts["ours"])
    report("interface.first_frame", compared(frames["ours"], frames["bare"]) | {"painted": round(painted, 1)})
    report("interface.first_screen", compared(screens["ours"], screens["loaded"]))
    return median(start.peak for start in starts["loaded"])


def _start(place: Bench, command: Sequence[str]) -> Start:
    """From exec to the first words, to the first key names, and to the frame from which on the rows stay the same."""
    with running(command, place.environment, place.home) as glass:
        first = glass.until(lambda screen: screen.has_words, "words")
        seen = [first, glass.until(lambda screen: "F1" in screen.text or screen.refs, "the interface")]
        seen.append(glass.until(lambda screen: screen.refs, "rows"))
        seen += glass.rest(CALM)
        whole = next(screen for screen in seen if screen.refs == seen[-1].refs)
        painted = next((screen for screen in seen if "F1" in screen.text), first)
        frame, names, rows = ((screen.at - glass.began) * 1000 for screen in (first, painted, whole))
        start = Start(frame, names, rows, glass.peak)
        glass.leave()
    return start


@contextmanager
def _session(place: Bench, *program: str) -> Iterator[tuple[Glass, Callable[[], list[tuple[float, float]]]]]:
    """A program whose loop is watched, and what the watch saw, to be asked for when it has ended."""
    seen = place.home / f"late-{program[0]}.json"
    command = ("-m", "tests.benchmarks.watched", str(seen), AS_OF.isoformat(), *program)
    with running(command, place.environment, place.home) as glass:
        yield glass, lambda: [(at, late) for at, late in json.loads(seen.read_text())]
        glass.leave()


def _p95(took: Sequence[float]) -> float:
    return round(quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0], 1)


def _ratio(value: float, floor: float) -> Figure:
    return {"value": round(value, 1), "floor": round(floor, 1), "ratio": round(value / floor, 2) if floor else 0.0}
