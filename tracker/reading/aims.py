"""Which measured series an amount is aimed at: it proposes, and a person decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.register import Words
from tracker.domain.text import folded_words


@dataclass(frozen=True, slots=True)
class Series:
    """A measured series of the register: its key, its name in each language, and its unit."""

    key: str
    name: Words
    unit: str


def aimed_at(sentence: str, unit: str, partners: Iterable[str], known: Iterable[Series]) -> Series | None:
    """The series measured in that unit of which a sentence says every word of the name, or None.

    The partners' own names need not stand in the sentence: whose trade it is, the parties tell. Of several series it
    is the one that says most ("trade of two years" before "trade"); None when two say as much.
    """
    said = set(folded_words(" ".join((sentence, *partners))).split())
    named = set(folded_words(" ".join(partners)).split())
    fits: list[tuple[int, Series]] = []
    for one in known:
        if folded_words(one.unit) == folded_words(unit):
            names = (set(folded_words(name).split()) for name in (one.name.vi, one.name.en))
            says = max((len(words - named) for words in names if words <= said), default=0)
            fits.append((says, one))
    most = max((says for says, _ in fits), default=0)
    meant = [one for says, one in fits if says == most]
    return meant[0] if most and len(meant) == 1 else None
