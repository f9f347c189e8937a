"""What the judges of statements and of directives say about a unit."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.reading.units import Unit


@dataclass(frozen=True, slots=True)
class Finding:
    """A unit that binds: with what confidence, how strongly, whom, and the words it was taken for.

    `basis` says where the owners come from: stated, joint ("hai bên"), office (a person stands for a state), pronoun,
    heading, or nothing. `at` is where the act begins, for a title.
    """

    unit: Unit
    weight: float
    strength: str
    owners: tuple[str, ...]
    basis: str
    why: tuple[str, ...]
    at: int
