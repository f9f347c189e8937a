"""The rules a linguist writes, read once when they are first needed: see the files in tracker/reading/rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.reading.spelling import Lexicon, lexicon


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("rules").joinpath(f"{name}.toml").read_text("utf8"))


def _set(phrases: Iterable[str]) -> Lexicon[str]:
    return Lexicon((phrase, phrase) for phrase in phrases)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A word of undertaking: its group, the register's code of strength, its weight, and what it needs beside it."""

    name: str
    strength: str
    weight: float
    needs: str
    soft: bool
    english: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase does in a sentence: a frame, an undertaking, or both ("khẳng định")."""

    frame: str | None
    undertaking: Undertaking | None


class Cues:
    """The words of binding (cues.toml) and of acting (verbs.toml)."""

    def __init__(self) -> None:
        rules, verbs = _read("cues"), _read("verbs")
        frames = {phrase: name for name, phrases in rules["frames"].items() for phrase in phrases}
        bare = rules["bare"]["words"]
        undertakings = {
            phrase: Undertaking(
                group["name"],
                group["strength"],
                group["weight"],
                group["needs"],
                group.get("soft", False),
                phrase.isascii() and phrase not in bare,
            )
            for group in rules["undertaking"]
            for phrase in group["words"]
        }
        self.all = Lexicon(
            (phrase, Cue(frames.get(phrase), undertakings.get(phrase))) for phrase in {**frames, **undertakings}
        )
        self.no_act = {name: _set(phrases) for name, phrases in rules["no_act"].items()}
        self.subordinate = _set(rules["subordinate"]["opens"])
        self.next = _set(rules["next"]["words"])
        self.step = _set(rules["step"]["words"])
        self.before_nouns = _set(rules["nouns"]["before"])
        self.noun_pledges = frozenset(rules["nouns"]["english_pledge"])
        self.adverbs = _set(rules["adverbs"]["words"])
        self.continues = _set(rules["continues"]["words"])
        self.things = _set(rules["things"]["words"])
        self.no_verbs = frozenset(rules["no_verbs"]["words"])
        self.links = _set(rules["links"]["words"])
        self.no_subject = _set(rules["no_subject"]["words"])
        self.past = _set(rules["past"]["words"])
        self.statement = _set(rules["statement"]["words"])
        self.acts = _set(verbs["acts"]["words"])
        self.consider = _set(verbs["consider"]["words"])
        self.strive = _set(verbs["strive"]["words"])
        self.closes = _set(verbs["closes"]["words"])


@cache
def cues() -> Cues:
    """The words of binding and acting."""
    return Cues()


@cache
def measures() -> dict[str, Any]:
    """Units, scales, currencies and series (measures.toml)."""
    return _read("measures")


@cache
def directive() -> dict[str, Lexicon[str]]:
    """The forms of directives and plans (directives.toml)."""
    return {name: lexicon({name: group["words"]}) for name, group in _read("directives").items()}


@cache
def parties() -> dict[str, Any]:
    """Who can be bound (parties.toml)."""
    return _read("parties")


@cache
def likeness() -> dict[str, Any]:
    """What counts in comparing with the record (likeness.toml)."""
    return _read("likeness")


@cache
def dates() -> dict[str, Any]:
    """The words around dates (dates.toml)."""
    return _read("dates")
