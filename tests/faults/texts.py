"""Texts that would do harm, put on record and taken out in every form, and read back as another program reads them."""

from __future__ import annotations

import html
import importlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from tests.factories import TODAY, a_hand, adding
from tests.faults.ledger import Outcome
from tests.faults.records import CELL, records
from tests.tui.hostile import FORBIDDEN, packed, read_as
from tracker.bootstrap import Tracker
from tracker.domain.text import clean
from tracker.i18n import language
from tracker.reports.forms import FORMS, draw, readable_again
from tracker.reports.overdue import overdue_report

# Forms that need a reader which the project itself does not bring.
READERS = {"xlsx": "openpyxl", "pdf": "pypdf"}
# Spaces and escapes are of the form, not of the text.
_ESCAPES = re.compile(r"\\(?=[^\w\s]|_)|[\s'│|]")
# The end of a cell of a workbook that could not hold the whole text.
CUT = {"en": "… (cut: a cell holds no more)", "vi": "… (cắt ở đây: một ô không chứa được hơn)"}


def texts_through_forms(tracker: Tracker, forms: Iterable[str] = tuple(FORMS)) -> Outcome:
    """Each text as the title of a commitment that is overdue, in every form of the report.

    Lost: a text that does not come out as a person is to read it, or anything in an answer that acts on a terminal.
    In JSON each is exactly as it was kept; of a PDF, where letters are glyphs, it is looked for each one's end; in a
    workbook one that is longer than a cell says that it was cut.
    """
    kept = {}
    for number, text in enumerate(records(), 1):
        ref = f"C-2025-{number:03d}"
        title = f"|{text}|{_end(ref)}"
        tracker.commitments.add(adding(ref, title=title, deadline_value="2026-01-31"), a_hand())
        kept[ref] = clean(title)
    with tracker.reports.overdue(as_of=TODAY) as found:
        report = readable_again(overdue_report(found))
    tried = lost = 0
    for form in forms:
        if not _can_be_read(form):
            continue
        made = b"".join(piece.encode() if isinstance(piece, str) else piece for piece in draw(form, report))
        tried += len(kept)
        lost += sum(_wrong(form, made, kept))
    return Outcome(tried, lost)


def _can_be_read(form: str) -> bool:
    try:
        importlib.import_module(READERS.get(form, "json"))
    except ModuleNotFoundError:
        return False
    return True


def _wrong(form: str, made: bytes, kept: dict[str, str]) -> Iterator[int]:
    """For each text 1 when it is wrong, and more for what acts."""
    if form in ("json", "jsonl"):
        titles = _titles(form, made)
        yield from (titles.get(ref) != title for ref, title in kept.items())
        return
    if form == "pdf":
        read = importlib.import_module("tests.reports.readers").pdf(made)
        plain = packed(read.text)
        yield from (ref not in read.refs or _end(ref) not in plain for ref in kept)
        yield len(re.findall(rb"/(?:JS|JavaScript|Launch|URI)\b", made))
        return
    said = _text(form, made)
    # Tabs and returns are of the form itself in a table, a mail and a calendar.
    yield len(FORBIDDEN.findall(re.sub(r"[\t\r]", "", said)))
    plain = _plain(said)
    # Markdown may spell a sign by its name; a text may hold such a name.
    meant = {"md": html.unescape, "xlsx": _in_a_cell}.get(form, str)
    yield from (_plain(meant(read_as(title))) not in plain for title in kept.values())


def _end(ref: str) -> str:
    return f"END{ref[-3:]}"


def _in_a_cell(text: str) -> str:
    counted = text.encode("utf-16-le")
    if len(counted) <= 2 * CELL:
        return text
    cut = CUT[language()]
    return counted[: 2 * (CELL - len(cut))].decode("utf-16-le", "ignore") + cut


def _titles(form: str, made: bytes) -> dict[str, str]:
    rows = (
        chain.from_iterable(value for value in json.loads(made).values() if isinstance(value, list))
        if form == "json"
        else map(json.loads, made.decode().splitlines())
    )
    return {row["ref"]: row["title"]["vi"] for row in rows if isinstance(row, dict) and "ref" in row}


def _text(form: str, made: bytes) -> str:
    match form:
        case "html" | "xlsx" | "docx" | "ics" | "eml":
            text: str = getattr(importlib.import_module("tests.reports.readers"), form)(made).text
            return text
        case "md":
            return html.unescape(made.decode())
        case _:
            return made.decode().replace('""', '"')


def _plain(text: str) -> str:
    return _ESCAPES.sub("", packed(text))
