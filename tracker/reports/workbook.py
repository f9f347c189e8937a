"""A report as a workbook: its sum, then a sheet for each section, to be filtered, sorted and counted with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any, TypeVar

import xlsxwriter

from tracker.i18n import _
from tracker.reports.charts import numbers
from tracker.reports.layout import wrap
from tracker.reports.model import Field, Report, Section, Value
from tracker.reports.words import anchored, sums, titled

T = TypeVar("T")
# What one cell can hold; the characters that a share of a page's width is worth, and the fewest of a column; those of
# ten billion, which a spreadsheet shows whole or not at all; the height of a line.
LONGEST, SHARE, NARROWEST, COUNTED, LINE = 32_767, 4.5, 11.0, 16.0, 15.0
# The columns of the first sheet.
FRONT = (60.0, 30.0)
# A line is said to be full a little early; no row may be higher than this.
FULL, HIGHEST = 0.9, 409.0
PIECE = 1 << 16
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def draw(report: Report) -> Iterator[bytes]:
    """The workbook. Rows are written as they come; the words of a field stand beside its day or number."""
    with TemporaryFile() as file:
        # Text stays text: no formula, no link.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(file, options)
        made = datetime.combine(report.as_of, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": report.title, "created": made})
        _Book(book, report).write()
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


class _Book:
    def __init__(self, book: Any, report: Report) -> None:
        self._book, self._report = book, report
        text = {"valign": "top", "text_wrap": True}
        self._text = book.add_format(text)
        self._head = book.add_format({**text, "bold": True, "bg_color": "#E6E6E6", "border": 1})
        self._bold = book.add_format({"bold": True, "font_size": 14})
        self._sum = book.add_format({"bold": True, "top": 6, "align": "left"})
        day = "dd/mm/yyyy" if report.language == "vi" else "yyyy-mm-dd"
        self._day = book.add_format({"valign": "top", "num_format": day, "align": "center"})
        self._number = book.add_format({"valign": "top", "num_format": "#,##0.##;-#,##0.##;0", "align": "center"})
        self._whole = book.add_format({"valign": "top", "num_format": "#,##0", "align": "center"})
        self._line = book.add_format({})
        self._names: set[str] = set()

    def write(self) -> None:
        """All sheets."""
        self._front(self._sheet(_("Sum")))
        for section in self._report.sections:
            self._section(self._sheet(section.title), section)

    def _sheet(self, title: str) -> Any:
        """A sheet of that name, as far as a workbook allows it."""
        name = _NOT_IN_A_NAME.sub(" ", title).strip("' ")[:31].strip("' ") or _("Sum")
        number = 1
        while name.casefold() in self._names:
            number += 1
            name = f"{name[: 31 - len(str(number)) - 1].rstrip()} {number}"
        self._names.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&L" + self._report.title.replace("&", "&&")[:200] + "&R&P / &N")
        return sheet

    def _front(self, sheet: Any) -> None:
        report = self._report
        for column, width in enumerate(FRONT):
            sheet.set_column(column, column, width)
        lines: list[tuple[tuple[Value, ...], Any]] = [((report.title,), self._bold)]
        lines += [((said,), self._line) for said in report.asked]
        if report.counts:
            *parts, total = sums(report)
            lines += [((), None), ((report.total, _("Commitments")), self._head), *((part, None) for part in parts)]
            lines.append((total, self._sum))
        for chart in report.charts:
            lines += [((), None), ((titled(chart), ""), self._head), *((each, None) for each in numbers(chart))]
        lines.append(((), None))
        lines += [((said,), self._line) for said in (*report.remarks, anchored(report))]
        for row, (values, form) in enumerate(lines):
            if len(values) == len(FRONT):
                self._row(sheet, row, values, FRONT, form)
            elif values:
                # A sentence of its own goes on over the columns beside it.
                self._cell(sheet, row, 0, values[0], form)

    def _section(self, sheet: Any, section: Section[T]) -> None:
        grouped = section.group is not None
        heads = [_("Group")] if grouped else []
        widths = [5 * SHARE] if grouped else []
        for field in section.fields:
            heads.append(field.head)
            widths.append(max(field.share * SHARE, NARROWEST))
            if field.value is not None:
                heads.append(_("{field} (value)").format(field=field.head))
                widths.append(COUNTED)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 2 if grouped else 1)
        sheet.repeat_rows(0)
        self._row(sheet, 0, heads, widths, self._head)
        row = 0
        for group, items in section.groups():
            for item in items:
                row += 1
                values = [value for field in section.fields for value in _values(field, item)]
                self._row(sheet, row, [group, *values] if grouped else values, widths, None)
        sheet.autofilter(0, 0, row, len(heads) - 1)
        if section.remark:
            self._cell(sheet, row + 2, 0, section.remark, None)

    def _row(self, sheet: Any, row: int, values: Sequence[Value], widths: Sequence[float], form: Any) -> None:
        """As high as its longest text needs: not every program finds that out by itself."""
        texts = ((value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str))
        lines = max(sum(1 for _line in wrap(text, int(width * FULL))) for text, width in texts)
        sheet.set_row(row, min(LINE * lines, HIGHEST))
        for column, value in enumerate(values):
            self._cell(sheet, row, column, value, form)

    def _cell(self, sheet: Any, row: int, column: int, value: Value, form: Any) -> None:
        match value:
            case None:
                return
            case str():
                sheet.write_string(row, column, _shortened(value), form or (self._text if row else None))
            case date():
                sheet.write_datetime(row, column, datetime.combine(value, time()), form or self._day)
            case Decimal():
                sheet.write_number(row, column, float(value), form or self._number)
            case _:
                sheet.write_number(row, column, value, form or self._whole)


def _values(field: Field[T], item: T) -> Iterator[Value]:
    yield field.cell(item)
    if field.value is not None:
        yield field.value(item)


def _shortened(text: str) -> str:
    """As much as a cell holds, which workbooks count in UTF-16; what is cut says so."""
    counted = text.encode("utf-16-le")
    if len(counted) <= 2 * LONGEST:
        return text
    end = _("… (cut: a cell holds no more)")
    return counted[: 2 * (LONGEST - len(end))].decode("utf-16-le", "ignore") + end
