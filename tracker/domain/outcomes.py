"""What became of the register as a whole: seeds loaded, citations checked, where it lies and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.views import Remark


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


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """Where the register lies and how it stands. `url` carries no password."""

    url: str
    engine: str
    revision: str
    head: str
    journal_mode: str
    commitments: int
    acts: int
    anchor: str
