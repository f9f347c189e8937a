"""What every failure is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class TrackerError(Exception):
    """The root: anything a person can be told in one sentence. Its own code is never used."""

    exit_code = 1
    # The commitment that it is about, where an act on many was refused.
    concerns = ""


class TakenBack(Exception):
    """Nobody waits for the answer any more: it is no failure, and no person is told."""
