"""What another program reads out of a report in each form."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

import openpyxl

REF = re.compile(r"\b[A-Z]+-\d{4}-\d{3,}\b")


@dataclass(frozen=True)
class Read:
    """The refs of its rows, and all its text."""

    refs: list[str]
    text: str


class _Page(HTMLParser):
    """Rows are what stands under a table's heading and has an anchor."""

    def __init__(self) -> None:
        super().__init__()
        self.refs: list[str] = []
        self.said: list[str] = []
        self._row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._row = "id" in dict(attrs)

    def handle_data(self, data: str) -> None:
        if self.lasttag in ("style", "desc"):
            return
        self.said.append(data)
        if self._row and self.lasttag == "th":
            self.refs.append(data)
            self._row = False


def html(made: bytes) -> Read:
    """With the standard library's parser."""
    page = _Page()
    page.feed(made.decode())
    return Read(page.refs, "".join(page.said))


def xlsx(made: bytes) -> Read:
    """With openpyxl; every cell must be what it looks like."""
    book = openpyxl.load_workbook(io.BytesIO(made))
    front, *sheets = book.worksheets
    refs = [str(row[1].value) for sheet in sheets for row in sheet.iter_rows(min_row=2) if row[1].value]
    cells = [cell for sheet in (front, *sheets) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    return Read(refs, "\n".join(str(cell.value) for cell in cells if cell.value is not None))


READERS: dict[str, Callable[[bytes], Read]] = {"html": html, "xlsx": xlsx}
