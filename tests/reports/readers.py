"""What another program reads out of a report in each form."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

import openpyxl
from docx import Document
from docx.oxml.ns import qn
from icalendar import Calendar
from pypdf import PdfReader

REF_FIRST = re.compile(r"^([A-Z]+-\d{4}-\d{3,})\b", re.MULTILINE)


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


def docx(made: bytes) -> Read:
    """With python-docx: the tables after the sum, under the headings that stand before them."""
    paper = Document(io.BytesIO(made))
    _sum, *tables = paper.tables
    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    refs = [row.cells[0].text for table in tables for row in table.rows[1:]]
    said = [text.text for text in paper.element.body.iter(qn("w:t"))]
    return Read(refs, "\n".join(said))


def pdf(made: bytes) -> Read:
    """With pypdf: a row's first cell begins a line."""
    book = PdfReader(io.BytesIO(made))
    assert book.metadata is not None
    assert book.metadata.title
    text = "\n".join(page.extract_text() for page in book.pages)
    return Read(REF_FIRST.findall(text), text)


def ics(made: bytes) -> Read:
    """With icalendar; no line is longer than the format allows, and none was slipped in."""
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert made.count(b"\n") == made.count(b"\r\n")
    (calendar,) = Calendar.from_ical(made, multiple=True)
    events = list(calendar.walk("VEVENT"))
    assert not [event for event in events if "ATTENDEE" in event]
    said = [str(event[name]) for event in events for name in ("SUMMARY", "DESCRIPTION")]
    return Read(
        [str(event["UID"]).removesuffix("@commitment-tracker") for event in events],
        "\n".join([str(calendar["DESCRIPTION"]), *said]),
    )


def eml(made: bytes) -> Read:
    """With the standard library; the text and the page say the same."""
    mail = email.message_from_bytes(made, policy=email.policy.default)
    text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    read = html(page.get_content().encode())
    assert re.findall(r"^ {4}([A-Z]+-\d{4}-\d+)", text.get_content(), re.MULTILINE) == read.refs
    return Read(read.refs, f"{text.get_content()}\n{read.text}")


READERS: dict[str, Callable[[bytes], Read]] = {
    "html": html,
    "xlsx": xlsx,
    "docx": docx,
    "pdf": pdf,
    "ics": ics,
    "eml": eml,
}
