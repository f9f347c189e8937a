"""Timing of whole processes: a command and its floor, one after the other again and again, and the medians."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from time import perf_counter

import tests
import tracker
import tracker_db

Figure = dict[str, float | int]
# Runs a command and writes down the libraries that it loaded, in their order.
_LIBRARIES = """
import sys
from tracker.cli import main
code = main(sys.argv[2:])
ours = {"tracker", "tracker_db", "__main__"}
with open(sys.argv[1], "w") as file:
    for name in sys.modules:
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in ours and not name.startswith("_"):
            print(name, file=file)
raise SystemExit(code)
"""
# Imports these libraries and asks the database for nothing: what any program that uses them costs here.
_FLOOR = """
import importlib
for name in %s:
    try:
        importlib.import_module(name)
    except ImportError:
        pass
from sqlalchemy import create_engine
with create_engine(%r).connect() as connection:
    connection.exec_driver_sql("SELECT 1").scalar_one()
"""


# Runs a command and says its peak memory: a process counts that of the one that started it, so this one is small.
_PEAK = """
import os, subprocess, sys
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL)
_pid, status, used = os.wait4(process.pid, 0)
print(used.ru_maxrss)
raise SystemExit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Bench:
    """Runs commands on one register, in an empty home, with none of the person's settings."""

    url: str
    home: Path

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """What the commands know of the outside: the register, and where the packages lie."""
        folders = dict.fromkeys(str(Path(package.__path__[0]).parent) for package in (tracker, tracker_db, tests))
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(folders),
            "TRACKER_DATABASE": self.url,
            "TRACKER_ACTOR": "benchmark",
        }

    def run(self, *command: str, output: Path | None = None) -> float:
        """The milliseconds of one process. Raises RuntimeError with what it said when it fails."""
        with open(output or os.devnull, "wb") as page, tempfile.TemporaryFile() as said:
            began = perf_counter()
            done = subprocess.run(
                [sys.executable, *command],
                stdin=subprocess.DEVNULL,
                stdout=page,
                stderr=said,
                env=self.environment,
                cwd=self.home,
            )
            took = perf_counter() - began
            if done.returncode:
                said.seek(0)
                raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}\n{said.read().decode()}")
        return took * 1000

    def peak(self, *command: str) -> float:
        """The most memory that one process had, in MiB."""
        answer = self.home / "peak"
        self.run("-c", _PEAK, *command, output=answer)
        return int(answer.read_text()) / 1024

    def floor(self, arguments: Sequence[str]) -> tuple[str, ...]:
        """A process that loads what `tracker ARGUMENTS` really loads and runs SELECT 1 on the same database."""
        loaded = self.home / "loaded"
        self.run("-c", _LIBRARIES, str(loaded), *arguments)
        names = json.dumps(loaded.read_text().split())
        script = self.home / f"floor-{len(list(self.home.glob('floor-*')))}.py"
        script.write_text(_FLOOR % (names, self.url))
        return (str(script),)


def side_by_side(runs: int, command: Iterator[float], floor: Iterator[float]) -> Figure:
    """The medians of command and floor, run in turn, after one of each to warm up."""
    next(command), next(floor)
    pairs = [(next(command), next(floor)) for _ in range(runs)]
    return compared([took for took, _ in pairs], [least for _, least in pairs])


def compared(took: Sequence[float], floor: Sequence[float]) -> Figure:
    """The medians and their ratio."""
    value, least = median(took), median(floor)
    return {"value": round(value, 1), "floor": round(least, 1), "ratio": round(value / least, 2)}


@contextmanager
def bench(url: str) -> Iterator[Bench]:
    """A bench with a home folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as home:
        yield Bench(url, Path(home))
