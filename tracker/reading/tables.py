"""Tables of tasks as lines of cells: which column says what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.domain.deadline import Deadline
from tracker.reading import rules
from tracker.reading.deadlines import deadlines
from tracker.reading.spelling import Shadow, words
from tracker.reading.units import Unit, UnitKind

_CELL = re.compile(r"\|([^|\n]*)(?=\|)")
_RULE = re.compile(r"[|:\-\s]+")
_COLUMNS = ("deadline", "support", "lead", "product", "unit", "task", "value")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of the table a row stands in, by their meaning; `heads` are the spans of their headings."""

    columns: dict[str, int]
    heads: tuple[tuple[int, int], ...]

    def cells(self, unit: Unit, text: Shadow) -> dict[str, tuple[int, int]]:
        """The spans of the row's cells that are not empty, by meaning."""
        spans = _spans(unit, text)
        found = {name: spans[at] for name, at in self.columns.items() if at < len(spans)}
        return {name: (start, end) for name, (start, end) in found.items() if start < end}

    def deadline(self, text: Shadow, anchor: date) -> Deadline | None:
        """The deadline that the heading of the value's column gives ("Mục tiêu đến năm 2030")."""
        at = self.columns.get("value")
        if at is None or at >= len(self.heads):
            return None
        found = deadlines(text, *self.heads[at], anchor, directive=True)
        return found[-1].deadline if found else None


def read_tables(text: Shadow, parts: list[Unit]) -> dict[int, Table]:
    """The table of each row of tasks, by where the row starts. Rows of other tables have none."""
    found: dict[int, Table] = {}
    table: Table | None = None
    before = -2
    for unit in parts:
        if unit.kind is not UnitKind.ROW:
            continue
        if unit.paragraph != before + 1:
            table = None
        before = unit.paragraph
        spans = _spans(unit, text)
        if _RULE.fullmatch(text.text[unit.start : unit.end]):
            continue
        if head := _columns(spans, text):
            table = head
        elif table is not None and sum(start < end for start, end in spans) >= 2:
            found[unit.start] = table
    return found


def _spans(unit: Unit, text: Shadow) -> list[tuple[int, int]]:
    spans = []
    for cell in _CELL.finditer(text.cased, unit.start, unit.end):
        inside = cell.group(1)
        start = cell.start(1) + len(inside) - len(inside.lstrip())
        spans.append((start, max(start, cell.start(1) + len(inside.rstrip()))))
    return spans


def _columns(spans: list[tuple[int, int]], text: Shadow) -> Table | None:
    """The meaning of the columns when this row is a heading: a task, and a lead, a deadline or a value beside it."""
    forms = rules.directive()
    columns: dict[str, int] = {}
    for at, (start, end) in enumerate(spans):
        given = words(text.text, start, end)
        if not given or len(given) > 14:
            continue
        for name in _COLUMNS:
            phrase = forms[f"column_{name}"].at(text.text, given, 0)
            if phrase and name not in columns and phrase.last - phrase.first + 3 >= min(len(given), 8) - 3:
                columns[name] = at
                break
    if "task" not in columns and "value" in columns and len(columns) > 1:
        columns["task"] = columns.pop("value")
    enough = "task" in columns and ({"lead", "deadline", "value", "unit"} & set(columns))
    return Table(columns, tuple(spans)) if enough else None
