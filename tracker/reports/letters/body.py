"""What all letters have between head and signature: paragraphs, and a table for each group of commitments."""

from __future__ import annotations

from docx.shared import Mm, Pt

from tracker.reports.letters.sheet import Sheet, fill
from tracker.reports.letters.words import Text

# Wide enough for a ref and a day in one line.
COLUMNS = (Mm(25), Mm(36), Mm(34), Mm(25), Mm(21), Mm(19))


def draw_body(sheet: Sheet, text: Text) -> None:
    """What the letter says."""
    for said in text.opening:
        sheet.body(said)
    for part in text.parts:
        for said in part.said:
            sheet.body(said).paragraph_format.keep_with_next = True
        gap = fill(sheet.document.add_paragraph(), "")
        gap.paragraph_format.line_spacing, gap.paragraph_format.keep_with_next = Pt(6), True
        sheet.table(part.table.heads, part.table.rows, COLUMNS)
    for said in text.closing:
        # The signature never stands alone on a page.
        sheet.body(said).paragraph_format.keep_with_next = True
