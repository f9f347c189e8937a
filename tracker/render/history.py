"""One line of history: which field changed, from what to what; and an act in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tracker.domain.deadline import Certainty, Deadline, Precision
from tracker.domain.register import Document, Words
from tracker.i18n import _, language, ngettext, pgettext
from tracker.render.dates import day, deadline, held, period, published
from tracker.render.following import rule
from tracker.render.labels import label
from tracker.render.safe import safe
from tracker.render.values import amount, reading, words

Names = Mapping[str, Words]
_NAMELESS: Names = {}

if TYPE_CHECKING:
    from tracker.domain.views import EntryView

# More refs than these are counted.
NAMED = 3
HASH = 64


def change(field: str, before: object, after: object, names: Names = _NAMELESS) -> str:
    """A field's change in words: `Status: In progress → Delivered`. A list tells what came and what went.

    A party is called by its name and a document by that of its file where `names` has it, else by its key.
    """
    name = label("field", field)
    if field in _SAID_TWICE and isinstance(before, Mapping) and isinstance(after, Mapping):
        # What was changed in the other language only would read as no change.
        changed = [spoken for spoken in after if before.get(spoken) != after[spoken]]
        before, after = ({spoken: value.get(spoken, "") for spoken in changed} for value in (before, after))
    if isinstance(before, list) or isinstance(after, list):
        return _("{field}: {change}").format(field=name, change=_members(field, before or [], after or [], names))
    if before in (None, "", False) or (field == "baseline" and before == after):
        return _("{field}: {change}").format(field=name, change=said(field, after, names))
    return _("{field}: {before} → {after}").format(
        field=name, before=said(field, before, names), after=said(field, after, names)
    )


def subject(entry: EntryView) -> str:
    """What an entry is about: its ref, or the file of a document."""
    return called(entry.ref, entry.names) if entry.subject == Document.kind_of_subject else safe(entry.ref)


def called(ref: str, names: Names) -> str:
    """A ref, or the file of the document that it is the hash of."""
    return words(names[ref]) if ref in names else safe(ref[:12] if len(ref) == HASH else ref)


def act(kind: str, refs: Sequence[str], actor: str, at: datetime, names: Names = _NAMELESS) -> str:
    """An act in a few words: what was done, to which, by whom and when."""
    named = [called(ref, names) for ref in refs[:NAMED]]
    if more := len(refs) - len(named):
        named.append(ngettext("{count} other", "{count} others", more).format(count=more))
    return _("{act}: {refs}, by {actor}, {day} {time}").format(
        act=label("act", kind), refs=", ".join(named), actor=safe(actor), day=day(at.date()), time=f"{at:%H:%M}"
    )


def reversal(entry: EntryView) -> str:
    """That an entry takes an act back, or that its own act was taken back; else nothing."""
    if entry.taken_back_by is not None:
        return _("taken back by act {number}").format(number=entry.taken_back_by)
    if entry.takes_back is None:
        return ""
    if entry.kind == "redo":
        return _("brings back what act {number} took back").format(number=entry.takes_back)
    return _("takes back act {number}").format(number=entry.takes_back)


def _members(field: str, before: object, after: object, names: Names) -> str:
    was, now = (
        list(before) if isinstance(before, list) else [],
        list(after) if isinstance(after, list) else [],
    )
    came = [f"+ {said(field, member, names)}" for member in now if member not in was]
    went = [f"− {said(field, member, names)}" for member in was if member not in now]
    return "; ".join(went + came) or pgettext("history", "another order")


def said(field: str, value: object, names: Names = _NAMELESS) -> str:
    """A field's plain value in words."""
    if value is None or value == "":
        return pgettext("history", "nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _NAMING[field](value, names) if field in _NAMING else _SHAPES.get(field, _plain)(value)
    text = str(value)
    match field:
        case "status" | "kind" | "sector" | "instrument" | "strength":
            return label(field, text)
        case "status_since" | "review_on" | "anchor" | "answer_due" | "done_on" | "answered_on":
            return day(date.fromisoformat(text))
        case "how":
            return label("how", text)
        case "rule":
            return rule(text)
        case "done" | "deadline" | "baseline":
            return period(text)
        case "published":
            return published(text)
        case "on":
            return held(text)
        case "parties" | "parent" | "to":
            return _party(text, names)
        case "evidence_tier":
            return pgettext("history", "{tier} ({meaning})").format(tier=text, meaning=label(field, text))
        case _:
            return safe(text)


def _party(key: str, names: Names) -> str:
    return words(names[key]) if key in names else safe(key)


def _words(value: Mapping[str, Any]) -> str:
    first, second = ("en", "vi") if language() == "en" else ("vi", "en")
    return safe(str(value.get(first) or value.get(second) or "")) or pgettext("history", "nothing")


def _deadline(value: Mapping[str, Any]) -> str:
    start, end = (date.fromisoformat(value[edge]) if value.get(edge) else None for edge in ("start", "end"))
    return deadline(
        Deadline(
            str(value.get("text", "")),
            str(value.get("value", "none")),
            start,
            end,
            Precision(value.get("precision", "none")),
            Certainty(value.get("certainty", "none")),
        )
    )


def _participation(value: Mapping[str, Any], names: Names) -> str:
    return _("{role} {party} ({basis})").format(
        role=label("role", value["role"]),
        party=_party(str(value["party"]), names),
        basis=label("basis", value["basis"]),
    )


def _citation(value: Mapping[str, Any], names: Names) -> str:
    document = str(value["document"])
    return _("{document}, paragraph {paragraph} ({role})").format(
        document=words(names[document]) if document in names else safe(document[:12]),
        paragraph=value["paragraph"],
        role=label("citation_role", value["role"]),
    )


def _target(value: Mapping[str, Any]) -> str:
    number = amount(Decimal(str(value["value"])), "")
    if value.get("by", "none") == "none":
        return _("{figure} {number}").format(figure=safe(str(value["figure"])), number=number)
    return _("{figure} {number}, {by}").format(
        figure=safe(str(value["figure"])), number=number, by=period(str(value["by"]))
    )


def _milestone(value: Mapping[str, Any]) -> str:
    name = _words(value["name"])
    if not value.get("deadline"):
        return name
    return _("{name}: {deadline}").format(name=name, deadline=_deadline(value["deadline"]))


def _side(value: Mapping[str, Any], names: Names) -> str:
    stands = _("{party} {status}, since {day}").format(
        party=_party(str(value["party"]), names),
        status=label("status", value["status"]),
        day=day(date.fromisoformat(str(value["since"]))),
    )
    if not value.get("done"):
        return stands
    return _("{side}, done: {period}").format(side=stands, period=period(str(value["done"])))


def _reading(value: Mapping[str, Any]) -> str:
    return reading(Decimal(str(value["value"])), "", str(value.get("qualifier") or ""), str(value["period"]))


def _plain(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{safe(str(name))} {safe(str(part))}" for name, part in value.items())


# Fields that have their words in both languages.
_SAID_TWICE = frozenset({"title", "statement", "name"})
_SHAPES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "title": _words,
    "statement": _words,
    "name": _words,
    "deadline": _deadline,
    "baseline": _deadline,
    "targets": _target,
    "milestones": _milestone,
    "readings": _reading,
}
_NAMING: Mapping[str, Callable[[Mapping[str, Any], Names], str]] = {
    "parties": _participation,
    "sides": _side,
    "sources": _citation,
}
