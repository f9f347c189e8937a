"""From the text of a document to draft commitments. Proposes; nothing is stored or decided here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tracker.reading import rules
from tracker.reading.directives import Directives
from tracker.reading.drafts import HOME, Drafting
from tracker.reading.files import FileText
from tracker.reading.gathering import Gathering
from tracker.reading.parties import Parties
from tracker.reading.spelling import Shadow, Word, shadow, words
from tracker.reading.statements import Statements
from tracker.reading.tables import Table, read_tables
from tracker.reading.units import Unit, UnitKind, units

# Told how many pieces of a text are read, and of how many; what it raises ends the reading.
Watch = Callable[[int, int], None]


def draft_file(
    source: FileText, published: date, *, language: str | None = None, watch: Watch | None = None
) -> Drafting:
    """The commitments that a file of that day seems to make, each with its page."""
    read = draft(source.text, published, language=language, watch=watch)
    return replace(read, drafts=tuple(replace(one, page=source.page(one.start)) for one in read.drafts))


def draft(
    text: str, published: date, *, language: str | None = None, home: str = HOME, watch: Watch | None = None
) -> Drafting:
    """The commitments that a text of that day seems to make, in its order. Any text gives an answer, perhaps empty."""
    seen = shadow(text)
    given = words(seen.text)
    language = language or language_of(given)
    parties = Parties(seen, given, home, language)
    parts = list(units(seen.cased))
    tables = read_tables(seen, parts)
    directive = is_directive(seen, parts, tables)
    gathering = Gathering(seen, given, parties, published, directive)
    if directive:
        judge: Directives | Statements = Directives(seen, given, parties)
    else:
        opening = words(seen.text, 0, min(len(seen.text), 400))
        judge = Statements(seen, given, parties, agreed=any(rules.cues().statement.find(seen.text, opening)))
    for number, unit in enumerate(parts):
        if watch is not None:
            watch(number, len(parts))
        if unit.kind is UnitKind.ROW:
            gathering.row(unit, tables.get(unit.start))
            continue
        if isinstance(judge, Directives):
            following = parts[number + 1] if number + 1 < len(parts) else None
            gathering.unit(unit, judge.judge(unit, following), judge.headings())
            gathering.own(*judge.named())
            continue
        for finding in judge.judge(unit) or (None,):
            gathering.unit(finding.unit if finding else unit, finding, [])
    drafts = gathering.drafts(text)
    taken = {one.start for one in drafts}
    spans = ((seen.place(unit.start), seen.place(unit.end)) for unit in parts if unit.kind is UnitKind.SENTENCE)
    others = tuple((start, end, text[start:end]) for start, end in spans if start not in taken)
    named = parties.named(parties.pair)
    kind = "directive" if directive else "statement"
    return Drafting(published, kind, language, parties.named((home,))[0], named, drafts, others)


_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]")


def language_of(given: list[Word]) -> str:
    """vi or en, by the letters of the first words."""
    sample = given[:400]
    marked = sum(bool(_VIETNAMESE.search(word.text)) for word in sample)
    return "vi" if not sample or marked * 8 >= len(sample) else "en"


def is_directive(text: Shadow, parts: list[Unit], tables: dict[int, Table]) -> bool:
    """Whether the text gives tasks: by the forms of directives at the head of its lines, its items, or a table."""
    if tables:
        return True
    forms, acts = rules.directive()["signs"], rules.cues().acts
    seen: set[str] = set()
    titled = False
    items = tasks = lines = 0
    for unit in parts:
        given = words(text.text, unit.body, unit.end)
        if not unit.first or not given:
            continue
        lines += 1
        if sign := forms.at(text.text, given, 0):
            seen.add(text.text[sign.start : sign.end])
            titled |= text.cased[unit.body : unit.end].isupper()
        if unit.depth >= 2:
            items += 1
            tasks += acts.at(text.text, given, 0) is not None or given[0].text in ("bộ", "các", "ủy", "giao")
    listed = items * 3 >= lines
    return (titled and items >= 3) or (len(seen) >= 2 and listed) or (tasks >= 6 and tasks * 2 >= items and listed)
