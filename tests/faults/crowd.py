"""Eight people at once, some at the interface's services and some at the command line: nobody overwrites anybody."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.factories import a_hand, adding, amending, furnish, marking, settings_for
from tests.faults.ledger import Outcome, wrong_with
from tests.faults.processes import together
from tracker.bootstrap import Tracker
from tracker.domain.history import Hand
from tracker.errors import DatabaseBusy, StaleCommitment
from tracker_db.session import Database

PEOPLE, AT_THE_COMMAND_LINE = 8, 3
SHARED = "C-2025-001"
# What the command line says of both is exit code 5; the sentence tells them apart.
STALE, IS_BUSY = 5, "is writing to"
# The command line acts on the real day, and so does everybody else.
NOW_TODAY = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def prepare(url: str) -> None:
    """A register with one commitment that all edit, and one for each person."""
    with Tracker(settings_for(url), Database(url)) as tracker:
        furnish(tracker.database)
        for number in range(PEOPLE + 1):
            ref = f"C-2025-{number + 1:03d}"
            tracker.commitments.add(adding(ref, title="Lần 0", deadline_value="2026"), a_hand())


def conflicting_edits(url: str, edits: int) -> Outcome:
    """All count on in the title of one commitment, each from what they saw. Lost: counts that were overwritten.

    Whoever saw an old version is refused, and looks again.
    """
    each = edits // PEOPLE
    works = [
        _at_the_command_line(url, number, each)
        if number < AT_THE_COMMAND_LINE
        else _at_the_interface(url, number, each)
        for number in range(PEOPLE)
    ]
    refused = busy = 0
    for said in map(json.loads, together(works)):
        refused, busy = refused + said["stale"], busy + said["busy"]
    database = Database(url)
    with Tracker(settings_for(url), database) as tracker:
        counted = int(tracker.commitments.show(SHARED, as_of=NOW_TODAY).commitment.title.vi.removeprefix("Lần "))
        lost = abs(each * PEOPLE - counted) + len(wrong_with(database))
    return Outcome(each * PEOPLE, lost + busy, (("refused and tried again", refused), ("locked", busy)))


def commits(url: str, number_of_commits: int) -> Outcome:
    """Everybody records on a commitment of their own, as fast as it goes. Lost: what was answered with "locked"."""
    each = number_of_commits // PEOPLE
    waits: list[float] = []
    busy = 0
    for said in map(json.loads, together([_marks(url, number, each) for number in range(PEOPLE)])):
        waits += said["waits"]
        busy += said["busy"]
    waits.sort()
    database = Database(url)
    lost = busy + len(wrong_with(database)) + (each * PEOPLE - len(waits))
    database.close()
    return Outcome(each * PEOPLE, lost, (("p99 wait ms", round(waits[int(len(waits) * 0.99)] * 1000)),))


def _marks(url: str, number: int, each: int) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        waits, busy = [], 0
        with Tracker(settings_for(url), Database(url)) as tracker:
            for place in range(each):
                began = time.perf_counter()
                command = marking("in_progress", f"C-2025-{number + 2:03d}", note=f"{number}.{place}")
                try:
                    tracker.commitments.record_status(command, Hand(f"người {number}", "tui", NOW_TODAY))
                except DatabaseBusy:
                    busy += 1
                else:
                    waits.append(time.perf_counter() - began)
        os.write(pipe, json.dumps({"waits": waits, "busy": busy}).encode())

    return work


def _at_the_interface(url: str, number: int, each: int) -> Callable[[int], None]:
    # Whoever is ended with its work undone takes its crowd along.
    parent = os.getpid()

    def work(pipe: int) -> None:
        done = stale = busy = 0
        with Tracker(settings_for(url), Database(url)) as tracker:
            while done < each and os.getppid() == parent:
                seen = tracker.commitments.show(SHARED, as_of=NOW_TODAY).commitment
                title = f"Lần {int(seen.title.vi.removeprefix('Lần ')) + 1}"
                try:
                    tracker.commitments.amend(
                        amending(SHARED, version=seen.version, title=title), Hand(f"người {number}", "tui", NOW_TODAY)
                    )
                    done += 1
                except StaleCommitment:
                    stale += 1
                except DatabaseBusy:
                    busy += 1
        os.write(pipe, json.dumps({"stale": stale, "busy": busy}).encode())

    return work


def _at_the_command_line(url: str, number: int, each: int) -> Callable[[int], None]:
    parent = os.getpid()

    def work(pipe: int) -> None:
        from tracker.cli import main

        answer = Path(os.environ.get("TMPDIR", "/tmp")) / f"crowd-{os.getpid()}"
        done = stale = busy = 0
        # Its own standard streams: what it says is read as a script reads it.
        stream = os.open(answer, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
        answer.unlink()
        os.dup2(stream, 1)
        os.dup2(stream, 2)
        sys.stdout, sys.stderr = (open(number, "w", closefd=False, encoding="utf-8") for number in (1, 2))  # noqa: SIM115

        def run(*words: str) -> tuple[int, str]:
            os.ftruncate(stream, 0)
            os.lseek(stream, 0, os.SEEK_SET)
            code = main([*words, "--database", url, "--actor", f"người {number}", "--lang", "en"])
            sys.stdout.flush()
            return code, os.pread(stream, 1 << 20, 0).decode()

        while done < each and os.getppid() == parent:
            code, said = run("show", SHARED, "--format", "json")
            if code:
                busy += 1
                continue
            seen = json.loads(said)
            title = f"Lần {int(seen['title']['vi'].removeprefix('Lần ')) + 1}"
            code, said = run("edit", SHARED, "--title", title, "--if-version", str(seen["version"]))
            if code == 0:
                done += 1
            elif code == STALE and IS_BUSY not in said:
                stale += 1
            else:
                busy += 1
        os.write(pipe, json.dumps({"stale": stale, "busy": busy}).encode())

    return work
