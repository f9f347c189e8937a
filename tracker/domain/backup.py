"""The rules of the house for copies of the register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BackupPolicy:
    """Where copies go, how many stay of each kind, and how large a register is copied without being asked.

    `largest` is in MiB: so much takes about a second, once a day. `automatic` False: none is made but those that are
    asked for. No `folder`: that of the user's state.
    """

    folder: Path | None = None
    automatic: bool = True
    daily: int = 7
    weekly: int = 4
    monthly: int = 12
    largest: int = 64
