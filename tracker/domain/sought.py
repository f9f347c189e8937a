"""What somebody looks for in the history: `actor:Minh kind:mark,move hop dong`; all of it must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker import errors
from tracker.domain.history import ActKind
from tracker.domain.text import clean

KINDS = tuple(kind.value for kind in ActKind if kind is not ActKind.BATCH)
_TERM = re.compile(r'(?=\S)(?:(?P<name>actor|kind):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S*))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sought:
    """Of any of these actors (as their names begin), of any of these kinds, with each of these words."""

    actors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.actors or self.kinds or self.words)


def read_sought(text: str) -> Sought:
    """What a person typed. Raises UnknownValue for a kind of act that there is not."""
    found: dict[str, list[str]] = {"actor": [], "kind": [], "": []}
    for term in _TERM.finditer(clean(text)):
        name, quoted = (term["name"] or "").lower(), term["quoted"]
        value = term["bare"].strip('"') if quoted is None else quoted
        found[name] += [part for part in (value.split(",") if name else [value]) if part]
    kinds = tuple(kind.lower() for kind in found["kind"])
    for kind in kinds:
        if kind not in KINDS:
            raise errors.UnknownValue("act_kind", kind, KINDS)
    return Sought(tuple(found["actor"]), kinds, tuple(found[""]))
