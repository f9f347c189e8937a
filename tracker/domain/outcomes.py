"""What became of the register as a whole: seeds loaded, citations checked, where it lies and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.views import Remark

# Is told how far a long piece of work is: which step of it, how many are done, and of how many.
Progress = Callable[[str, int, int], None]


# So many findings are told one by one.
MOST_FINDINGS = 100


def untold(_step: str, _done: int, _of: int) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class SeedResult:
    """What loading the seeds did."""

    added: int
    changed: int
    unchanged: int
    left: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """What checking the citations on the article files found."""

    documents: int
    citations: int


class May(StrEnum):
    """What somebody may do with a register: own it (upgrade it, let others in), record, only read, nothing."""

    OWN = "own"
    RECORD = "record"
    READ = "read"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """Where the register lies and how it stands. `url` carries no password; `may` is for whoever asks."""

    url: str
    engine: str
    revision: str
    head: str
    journal_mode: str
    commitments: int
    acts: int
    anchor: str
    may: May


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a register: a code, and the facts that its sentence names (what, where)."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """What proving a register found: at most so many findings one by one, and how many `more` there are.

    `whole` says that the tables were compared with a replay of history, not only the history proved. `held` is the
    anchor that was asked for, if it still stands in the history.
    """

    database: str
    anchor: str
    acts: int
    entries: int
    whole: bool
    findings: tuple[Finding, ...] = ()
    more: int = 0
    held: str | None = None

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
