"""A page of an official letter, drawn with python-docx: fonts, paragraphs, ruled lines, tables, page numbers.

The rules are those of Decree 30/2020/NĐ-CP, Appendix I, part I, section I: A4 upright (1, 2), margins of 20-25 mm above
and below, 30-35 mm left, 15-20 mm right (3), Times New Roman in black (4), pages numbered from the second on, in Arabic
numerals of 13-14 points in the middle of the upper margin (7).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TOP = BOTTOM = Mm(20)
LEFT, RIGHT = Mm(30), Mm(20)
WIDTH = Mm(210) - LEFT - RIGHT
# Of a table's text the decree says nothing; it is as large as the list of recipients.
IN_TABLE = 11
# Of what a file says about itself.
LONGEST = 255
# Zip knows no earlier moment. A file says nothing of when it was written: the same letter is the same bytes.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Sheet:
    """A letter under way."""

    def __init__(self, *, title: str, author: str, language: str, on: date) -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = TOP, BOTTOM
        section.left_margin, section.right_margin = LEFT, RIGHT
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        self.section = section
        normal: Any = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(14)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
            fonts.set(qn(script), FONT)
        normal.paragraph_format.space_after = Pt(0)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), {"vi": "vi-VN", "en": "en-GB"}[language])
        normal.element.get_or_add_rPr().append(spoken)
        about = self.document.core_properties
        about.title, about.author, about.last_modified_by = (
            writable(said)[:LONGEST] for said in (title, author, author)
        )
        about.comments = ""
        about.language = language
        about.created = about.modified = datetime.combine(on, time())
        number = self.section.header.paragraphs[0]
        number.alignment = ALIGN.CENTER
        _page_number(number)

    def paragraph(self, text: str = "", **look: Any) -> Paragraph:
        """A paragraph of the letter."""
        return fill(self.document.add_paragraph(), text, **look)

    def body(self, text: str) -> Paragraph:
        """A paragraph of what the letter says: 14 points, justified, its first line 1.27 cm in, 6 points apart.

        Decree 30/2020/NĐ-CP, Appendix I, part I, section II, 6 e.
        """
        return self.paragraph(text, align=ALIGN.JUSTIFY, before=6, first=Mm(12.7), line=1.1)

    def columns(self, *widths: Length) -> tuple[_Cell, ...]:
        """Cells side by side, without lines."""
        table = self.document.add_table(rows=1, cols=len(widths))
        _measured(table, widths)
        _keep_whole(table)
        cells: tuple[_Cell, ...] = table.rows[0].cells
        return cells

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[Length]) -> Table:
        """A ruled table. Its headings come again on each page, and no row is torn in two."""
        table: Table = self.document.add_table(rows=1 + len(rows), cols=len(heads))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _measured(table, widths, side=Mm(1.2))
        _keep_whole(table)
        again = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(again)
        # `table.cell` looks at the whole table each time.
        for line, (row, texts) in enumerate(zip(table.rows, (heads, *rows), strict=True)):
            for cell, text in zip(row.cells, texts, strict=True):
                for number, said in enumerate(text.split("\n")):
                    place = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                    align = ALIGN.CENTER if line == 0 else ALIGN.LEFT
                    fill(place, said, size=IN_TABLE, bold=line == 0, align=align)
                    place.paragraph_format.keep_with_next = line == 0
        return table

    def bytes(self) -> bytes:
        """The file: the same letter gives the same bytes."""
        made, settled = io.BytesIO(), io.BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as given, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as kept:
            for name in given.namelist():
                member = zipfile.ZipInfo(name, _LONG_AGO)
                member.compress_type = zipfile.ZIP_DEFLATED
                kept.writestr(member, given.read(name))
        return settled.getvalue()


def fill(
    place: Paragraph,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.LEFT,
    before: float = 0,
    after: float = 0,
    first: Length | None = None,
    line: float = 1.0,
) -> Paragraph:
    """Put text into an empty paragraph, so that it looks as said; sizes and spaces in points."""
    shape = place.paragraph_format
    place.alignment = align
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    if first is not None:
        shape.first_line_indent = first
    if text:
        run = place.add_run(writable(text))
        run.font.name, run.font.size, run.font.bold, run.font.italic = FONT, Pt(size), bold, italic
    return place


def writable(text: str) -> str:
    """Text that XML can hold: the two codes that are no characters become the sign for what is unknown."""
    return text.translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})


def first_in(cell: _Cell) -> Iterator[Paragraph]:
    """The paragraphs of a cell, to be filled one after the other."""
    yield cell.paragraphs[0]
    while True:
        yield cell.add_paragraph()


def ruled(place: Paragraph, length: Length, room: Length) -> None:
    """Make an empty paragraph a thin unbroken line of that length in the middle of its room."""
    fill(place, "", align=ALIGN.CENTER)
    shape = place.paragraph_format
    shape.left_indent = shape.right_indent = Length(max(0, (room - length) // 2))
    shape.line_spacing = Pt(3)
    edges, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        below.set(qn(f"w:{name}"), value)
    edges.append(below)
    place._p.get_or_add_pPr().insert_element_before(
        edges, *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    )


def _measured(table: Table, widths: Sequence[Length], side: Length | None = None) -> None:
    """Fixed column widths, and as much room beside the text of a cell."""
    table.autofit = False
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str((side or Mm(0)).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # Word wants the parts of a table's properties in their order.
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _keep_whole(table: Table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_number(place: Paragraph) -> None:
    run = place.add_run()
    run.font.name, run.font.size = FONT, Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
