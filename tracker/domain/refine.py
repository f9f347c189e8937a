"""The text of a query, changed a value at a time: what a choice among values adds, a person can read and type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.query import tokens

# What stands bare in the language; anything else is quoted.
_APART = frozenset(' \t\n"(),')


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a query between `start` and `end`; `values` of the qualifier `name`, when it asks for nothing else."""

    start: int
    end: int
    name: str = ""
    values: tuple[str, ...] = ()


def values_in(text: str, name: str) -> frozenset[str]:
    """The values of that qualifier that a commitment may have to match. Raises BadQuery."""
    pieces, either = _pieces(text)
    return (
        frozenset() if either else frozenset(value for piece in pieces if piece.name == name for value in piece.values)
    )


def toggled(text: str, name: str, value: str) -> str:
    """The query with that value allowed too, or no longer. Raises BadQuery."""
    value = value.strip('"')
    pieces, either = _pieces(text)
    if either:
        return f"({text.strip()}) {_term(name, (value,))}"
    holding = [piece for piece in pieces if piece.name == name]
    piece = next((each for each in holding if value in each.values), holding[-1] if holding else None)
    if piece is None:
        return f"{text.strip()} {_term(name, (value,))}".strip()
    left = tuple(each for each in piece.values if each != value)
    term = _term(name, left if value in piece.values else (*piece.values, value))
    return " ".join(filter(None, (text[: piece.start].strip(), term, text[piece.end :].strip())))


def without(text: str, name: str) -> str:
    """The query that does not ask for that qualifier's values. Raises BadQuery."""
    pieces, either = _pieces(text)
    for piece in reversed(pieces):
        if piece.name == name and not either:
            text = f"{text[: piece.start].strip()} {text[piece.end :].strip()}"
    return text.strip()


def _term(name: str, values: Sequence[str]) -> str:
    if not values:
        return ""
    if not any(_APART & set(value) for value in values):
        return f"{name}:{','.join(values)}"
    # A comma inside quotes separates nothing, so that each quoted value stands alone.
    terms = [f'{name}:"{value}"' for value in values]
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


def _pieces(text: str) -> tuple[list[Piece], bool]:
    """The terms and groups that stand at the top, and whether an OR stands between them."""
    pieces: list[Piece] = []
    either = False
    unit: list[re.Match[str]] = []
    depth = 0
    for token in tokens(text):
        unit.append(token)
        depth += {"(": 1, ")": -1}.get(token["paren"] or "", 0)
        if depth <= 0 and not token["group"]:
            either = either or _is_or(token)
            pieces.append(_piece(unit))
            unit, depth = [], 0
    return pieces, either


def _piece(unit: list[re.Match[str]]) -> Piece:
    """What a term, or a group of terms with OR between them, asks of one qualifier."""
    start = unit[0].end() - len(unit[0].group().lstrip())
    terms = unit[1:-1] if unit[0]["paren"] else unit
    names = {(term["name"] or "").lower() for term in terms[::2]}
    simple = len(names) == 1 and not any(term["minus"] or term["paren"] or term["group"] for term in terms)
    if not simple or not all(map(_is_or, terms[1::2])):
        return Piece(start, unit[-1].end())
    return Piece(start, unit[-1].end(), names.pop(), tuple(value for term in terms[::2] for value in _values(term)))


def _is_or(token: re.Match[str]) -> bool:
    return token["bare"] == "OR" and not token["name"]


def _values(term: re.Match[str]) -> tuple[str, ...]:
    if term["quoted"] is not None:
        return (term["quoted"],)
    return tuple(value.strip() for value in term["bare"].replace('"', "").split(","))
