"""The words that an office may change: one file for each kind of letter, with named holes and nothing that computes.

Holes and not a template language: a file that somebody sends by mail can say whatever it likes, and do nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from string import Formatter

from tracker.domain.letter import LetterKind
from tracker.errors import FileProblem, FileRefused, Problem
from tracker.render import safe

HOLES = ("party", "sender", "sender_short", "day", "answer_due", "count")
FILES = {LetterKind.URGING: "urging.toml", LetterKind.NOTE: "note.toml"}
_BUILT_IN = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of a letter; the field names are the keys of the file."""

    subject: str
    subject_not_late: str
    opening: str
    overdue: str
    late_claim: str
    review_due: str
    open: str
    closing: str


def built_in(kind: LetterKind) -> str:
    """The file that comes along, to be changed."""
    return (_BUILT_IN / FILES[kind]).read_text(encoding="utf-8")


def read_template(kind: LetterKind, folder: Path) -> Template:
    """The office's template of that kind, if there is one in the folder; else the one that comes along.

    Raises FileRefused with every problem, FileProblem.
    """
    file = folder / FILES[kind]
    try:
        text = file.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError):
        text = built_in(kind)
    except UnicodeDecodeError:
        raise FileProblem(str(file), "not_text") from None
    except OSError:
        raise FileProblem(str(file), "unreadable") from None
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileRefused(str(file), (Problem(str(file), "", f"not_toml: {error}"),)) from None
    known = [known.name for known in fields(Template)]
    problems = [Problem(str(file), key, "unknown_key") for key in given if key not in known]
    for key in known:
        problems += [Problem(str(file), key, reason) for reason in _problems(given.get(key))]
    if problems:
        raise FileRefused(str(file), problems)
    return Template(**given)


def _problems(part: object) -> Iterator[str]:
    if part is None:
        yield "missing"
    elif not isinstance(part, str):
        yield "not_words"
    else:
        try:
            holes = list(Formatter().parse(part))
        except ValueError:
            yield "bad_hole"
            return
        for _literal, name, spec, conversion in holes:
            if name is not None and (name not in HOLES or spec or conversion):
                yield f"unknown_hole: {name}"


def paragraphs(part: str, holes: Mapping[str, str]) -> tuple[str, ...]:
    """The paragraphs of a part, its holes filled: what fills a hole is not looked at again."""
    whole = (" ".join(piece.split()) for piece in part.split("\n\n"))
    return tuple(safe(_filled(piece, holes)) for piece in whole if piece)


def _filled(text: str, holes: Mapping[str, str]) -> str:
    return "".join(literal + (holes[name] if name else "") for literal, name, *_rest in Formatter().parse(text))
