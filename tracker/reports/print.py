"""A report as pages ready to be printed. Long reports are set in parts, each by a process of its own: a hundred
kilobytes for each row would otherwise be needed at once.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from tracker.i18n import _
from tracker.reports.charts import drawn
from tracker.reports.drawing import svg
from tracker.reports.layout import cells
from tracker.reports.model import Report, Section
from tracker.reports.table import columns
from tracker.reports.words import anchored, opening, tabled

T = TypeVar("T")
Part = dict[str, Any]
# The rows of a part; a report that has no more is set whole, with its structure marked for those who hear it.
ROWS = 400
# Small letters that go on a line from margin to margin: across the page, and on upright paper. A capital takes more.
ACROSS, UPRIGHT, CAPITAL = 205, 132, 1.4
FONT = "Libertinus Serif"
PIECE = 1 << 16
_TEMPLATES = Path(__file__).parent / "templates"
# Sets a part and says how many pages it has. It runs beside us, so that its memory is given back.
_SETTER = """
import json, sys, typst
template, folder, out, tagged = sys.argv[1:]
setter = typst.Compiler(template, root=folder, sys_inputs={"data": sys.stdin.read()})
open(out, "wb").write(setter.compile(pdf_tags=tagged == "yes"))
print(json.loads(setter.query("<pages>", field="value", one=True)))
"""


def draw(report: Report) -> Iterator[bytes]:
    """The pages, with the report's day as their date."""
    head = {
        "title": report.title,
        "lang": report.language,
        "year": report.as_of.year,
        "month": report.as_of.month,
        "day": report.as_of.day,
        "compact": report.compact,
    }
    parts = _parts(report)
    first = next(parts)
    second = next(parts, None)
    with TemporaryDirectory() as folder:
        for template in _TEMPLATES.glob("*.typ"):
            copy(template, folder)
        pages = Path(folder) / "report.pdf"
        if second is None:
            _set("report.typ", {**head, **first, "numbered": True}, pages)
        else:
            every = enumerate(chain((first, second), parts))
            counts = [
                _set("report.typ", {**head, **part, "numbered": False}, pages.with_stem(str(number)), tagged=False)
                for number, part in every
            ]
            _set("parts.typ", {**head, "pages": counts}, pages)
        with pages.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _set(template: str, data: Part, out: Path, *, tagged: bool = True) -> int:
    """Set the data in a file beside the template; how many pages it has."""
    folder = out.parent
    done = subprocess.run(
        [sys.executable, "-P", "-c", _SETTER, folder / template, folder, out, "yes" if tagged else "no"],
        input=_written(data),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return int(done.stdout)


def _written(data: Part) -> str:
    """As JSON. The fonts have no pictures of control characters: the sign of what is not known stands for them."""
    return re.sub("[\u2400-\u2421]", "\ufffd", json.dumps(data, ensure_ascii=False))


def _parts(report: Report) -> Iterator[Part]:
    """The report in parts of so many rows: the first has the sum and the charts, the last the anchor."""
    part: Part = {"front": _front(report), "sections": [], "remarks": []}
    left = ROWS
    for section in report.sections:
        title: str | None = section.title
        written = _Written(section, UPRIGHT if report.compact else ACROSS)
        for group, items in section.groups():
            while rows := list(islice(items, left)):
                part["sections"].append(written.rows(title, group, rows))
                title, left = None, left - len(rows)
                if not left:
                    yield part
                    part, left = {"front": None, "sections": [], "remarks": []}, ROWS
                    group = _("{group} (continued)").format(group=group) if group else ""
        if title is not None or section.remark:
            part["sections"].append(written.end(title))
    part["remarks"] = [*map(_breakable, report.remarks), anchored(report)]
    yield part


def _front(report: Report) -> Part:
    charts = [drawn(chart) for chart in report.charts]
    return {
        "asked": [*map(_breakable, opening(report))],
        "heads": [report.total, _("Commitments")],
        "sums": [[name, str(count)] for name, count in tabled(report)],
        "charts": [{"title": each.title, "said": each.said, "svg": svg(each, FONT)} for each in charts],
    }


class _Written:
    """A section as it is handed to the typesetter."""

    def __init__(self, section: Section[Any], letters: int) -> None:
        self._columns, self._remark = columns(section), section.remark
        self._letters = letters / sum(column.share for column in self._columns)

    def rows(self, title: str | None, group: str, items: list[Any]) -> Part:
        shown = [
            [_breakable(column.cell(item), int(column.share * self._letters)) for column in self._columns]
            for item in items
        ]
        return self._part(title, [{"title": _breakable(group), "rows": shown}], "")

    def end(self, title: str | None) -> Part:
        return self._part(title, [], self._remark)

    def _part(self, title: str | None, groups: list[Part], remark: str) -> Part:
        return {
            "title": title,
            "heads": [column.head for column in self._columns],
            "shares": [column.share for column in self._columns],
            "groups": groups,
            "remark": remark,
        }


def _breakable(text: str, width: int = 120) -> str:
    """The text with places to break a line in words wider than their column."""
    return re.sub(rf"\S{{{int(width / CAPITAL)},}}", lambda word: _broken(word.group(), width), text)


def _wide(word: str) -> float:
    return cells(word) + (CAPITAL - 1) * sum(map(str.isupper, word))


def _broken(word: str, width: int) -> str:
    """As it is where it fits, else cut: after a mark where there is one, else wherever the line may be full."""
    if _wide(word) < width:
        return word
    full = int(width / CAPITAL)
    pieces = re.findall(r"[^_./\-]*[_./\-]|[^_./\-]+", word)
    parts = (re.findall(f".{{1,{full}}}", piece) if _wide(piece) > width else [piece] for piece in pieces)
    return "\u200b".join(chain.from_iterable(parts))
