"""What a person fills in to add or edit a commitment: by options, or as TOML in the editor."""

from __future__ import annotations

import argparse
import datetime
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from tracker.cli.options import CODES
from tracker.errors import FileRefused, Problem
from tracker.i18n import _

Answer = str | tuple[str, ...] | None


@dataclass(frozen=True)
class Form:
    """The answers, as typed; None where nothing was said. Field names are the options' and the keys of the TOML."""

    ref: str | None = None
    prefix: str | None = None
    title: str | None = None
    title_en: str | None = None
    statement: str | None = None
    statement_en: str | None = None
    kind: str | None = None
    sector: str | None = None
    instrument: str | None = None
    strength: str | None = None
    deadline: str | None = None
    deadline_text: str | None = None
    undertaker: tuple[str, ...] | None = None
    counterpart: tuple[str, ...] | None = None
    lead: str | None = None
    supporting: tuple[str, ...] | None = None
    beneficiary: tuple[str, ...] | None = None
    source: tuple[str, ...] | None = None
    target: tuple[str, ...] | None = None
    tag: tuple[str, ...] | None = None
    review: str | None = None
    on: str | None = None
    note: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all."""
        return self == Form()


NAMES = tuple(field.name for field in fields(Form))
SEVERAL = ("undertaker", "counterpart", "supporting", "beneficiary", "source", "target", "tag")


def from_options(args: argparse.Namespace) -> Form:
    """The answers given as options."""
    given: dict[str, Answer] = {}
    for name in NAMES:
        value = getattr(args, name, None)
        if value is not None:
            # An empty member of a list says that there is none.
            given[name] = tuple(filter(None, value)) if isinstance(value, list) else value
    return replace(Form(), **given)  # type: ignore[arg-type]


def template(heading: str, answers: Form, names: tuple[str, ...]) -> str:
    """The page that the editor opens: an explanation, then a line for each field with what is known."""
    lines = [f"# {line}" if line else "#" for line in heading.splitlines()]
    meanings = _meanings()
    for name in names:
        lines += ["", f"# {meanings[name]}", f"{name} = {_toml(getattr(answers, name), several=name in SEVERAL)}"]
    return "\n".join(lines) + "\n"


def from_template(text: str, file: str, names: tuple[str, ...]) -> Form:
    """The answers on a filled-in page. Raises FileRefused with every problem."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileRefused(file, (Problem(file, "", f"not_toml: {error}"),)) from None
    problems = [Problem(file, name, "unknown_key") for name in given if name not in names]
    answers: dict[str, Answer] = {}
    for name in names:
        if name not in given:
            continue
        try:
            answers[name] = _answer(given[name], several=name in SEVERAL)
        except TypeError:
            problems.append(Problem(file, name, f"wrong_value: {given[name]}"))
    if problems:
        raise FileRefused(file, problems)
    return replace(Form(), **answers)  # type: ignore[arg-type]


def said_anew(before: Form, after: Form) -> Form:
    """Only the answers in which the page differs from the one that was opened."""
    changed: Mapping[str, Answer] = {
        name: getattr(after, name) for name in NAMES if getattr(after, name) != getattr(before, name)
    }
    return replace(Form(), **changed)  # type: ignore[arg-type]


def filled(form: Form) -> Form:
    """The form with empty answers as not given: on a new page an empty line says nothing."""
    return replace(form, **{name: getattr(form, name) or None for name in NAMES})


def _answer(value: object, *, several: bool) -> str | tuple[str, ...]:
    if several:
        members = value if isinstance(value, list) else [value]
        return tuple(_one(member) for member in members if member != "")
    return _one(value)


def _one(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case bool():
            raise TypeError
        case int() | float():
            return str(value)
        case datetime.date() if not isinstance(value, datetime.datetime):
            return value.isoformat()
        case _:
            raise TypeError


def _toml(value: Answer, *, several: bool) -> str:
    if several:
        return f"[{', '.join(_quoted(member) for member in value or ())}]"
    return _quoted(value if isinstance(value, str) else "")


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for the character DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _meanings() -> dict[str, str]:
    """A line on each field, with its codes where it has some."""
    return {
        "ref": _("Its ref; empty: the next number is taken."),
        "prefix": _("The beginning of a ref that is made."),
        "title": _("Its title in Vietnamese."),
        "title_en": _("Its title in English."),
        "statement": _("What is promised, in Vietnamese."),
        "statement_en": _("What is promised, in English."),
        **CODES,
        "deadline": _("By when: 2026-08-31, 2026-08, 2026-Q3, 2026-H2, 2026, 2026..2030, ..2030, none."),
        "deadline_text": _("The source's own words for it."),
        "undertaker": _("Who is bound by the text: keys or names of parties."),
        "counterpart": _("Whom we ask."),
        "lead": _("Who is answerable at our desk: one."),
        "supporting": _("Who helps."),
        "beneficiary": _("Who gains by it."),
        "source": _('Where it says so, at least one: "DOC:PARA".'),
        "target": _('Measured aims: "FIGURE=VALUE" or "FIGURE=VALUE@BY".'),
        "tag": _("Words to find it by."),
        "review": _("When our desk looks again; empty: by the rule of the house."),
        "on": _("Since when it is so; empty: the source's day, or today."),
        "note": _("The reason."),
    }
