"""A reader who takes his time, stops, or has seen enough: nobody else waits for him."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, process
from tracker.cli import output


def starting(*words: str) -> subprocess.Popen[bytes]:
    """A command whose answer nobody has read yet."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
    return subprocess.Popen(
        [sys.executable, "-m", "tracker", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_reader_who_stops_locks_nobody_out(run: Run, register: Path) -> None:
    expected = run("export").out
    assert len(expected) > 1 << 16  # more than a pipe holds
    with sqlite3.connect(register) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    with starting("export") as reading:
        assert reading.stdout is not None
        first = reading.stdout.read(1)
        marked = run("mark", "in_progress", "VL-2025-004", "--note", "đã họp")
        assert (marked.code, reading.poll()) == (0, None)
        assert (first + reading.stdout.read()).decode() == expected
        assert reading.wait(60) == 0


def test_the_beginning_of_a_long_answer_is_there_at_once_and_its_end_is_not_waited_for() -> None:
    made = []

    def rows() -> Iterator[str]:
        for number in itertools.count():
            made.append(number)
            yield f"row {number}\n" * 100
            time.sleep(0.001)

    ours, theirs = os.pipe()
    with os.fdopen(theirs, "w") as stdout, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stdout)

        def look() -> None:
            os.read(ours, 10)
            os.close(ours)

        reader = threading.Thread(target=look)
        reader.start()
        with pytest.raises(BrokenPipeError), output.delivered():
            output.write(rows())
        reader.join()
    assert len(made) < 10_000


def test_a_reader_who_has_seen_enough_ends_a_long_answer(register: Path) -> None:
    with starting("export", "--format=jsonl") as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        assert json.loads(reading.stdout.readline())["section"] == "commitments"
        reading.stdout.close()
        assert (reading.wait(10), reading.stderr.read()) == (0, b"")


def test_an_answer_of_any_size_takes_little_memory() -> None:
    script = (
        "import sys, tracemalloc; from tracker.cli import output; tracemalloc.start()\n"
        "output.write('một hàng dài ' * 100 + chr(10) for row in range(100_000))\n"
        "output.finish()\n"
        "print(tracemalloc.get_traced_memory()[1], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
    answer = subprocess.run(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
    )
    assert int(answer.stderr) < 4_000_000


def test_control_c_does_not_wait_for_the_reader(register: Path) -> None:
    with starting("export") as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.read(1)
        time.sleep(1)
        reading.send_signal(signal.SIGINT)
        assert (reading.wait(10), reading.stderr.read()) == (130, b"Interrupted.\n")


def test_a_reader_who_does_not_wait_gets_the_whole_answer(register: Path) -> None:
    """Some programs open the pipe so that a write into a full one fails instead of waiting."""
    expected = process("export").stdout
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'db'}"}
    with subprocess.Popen([sys.executable, "-m", "tracker", "export"], env=environment, stdout=theirs) as reading:
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as stdout:
            time.sleep(1)
            assert stdout.read() == expected
    assert reading.returncode == 0
