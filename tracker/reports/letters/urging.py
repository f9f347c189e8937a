"""The công văn on paper, as Decree 30/2020/NĐ-CP lays it out (Appendix I, part I, section II).

What the decree leaves open between two sizes is the larger one for what is read (14) and the smaller one for the head
(12 and 13), where the two columns would not hold it.
"""

from __future__ import annotations

import textwrap

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Length, Mm, Pt
from docx.table import _Cell

from tracker.domain.letter import Letter
from tracker.domain.letterhead import Letterhead
from tracker.render import safe
from tracker.reports.letters.body import draw_body
from tracker.reports.letters.sheet import WIDTH, Sheet, fill, first_in, ruled
from tracker.reports.letters.words import Text

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
_LEFT, _RIGHT = Mm(66), Length(WIDTH - Mm(66))
_HALF = Length(WIDTH // 2)
# The motto's length in bold Times New Roman, and that of a capital on the average, in parts of the font's size.
_MOTTO_LENGTH, _CAPITAL = 12.24, 0.61
# Of an issuer's name: the decree wants a third to a half.
_OF_NAME = 0.42


def draw_urging(letter: Letter, text: Text, head: Letterhead) -> bytes:
    """The letter as a DOCX file. Nobody has signed it; without a number it says that it is a draft."""
    sheet = Sheet(title=text.title, author=safe(head.issuer), language=text.language, on=letter.on)
    if letter.number is None:
        fill(sheet.section.first_page_header.paragraphs[0], DRAFT, size=13, bold=True, align=ALIGN.RIGHT)
    left, right = sheet.columns(_LEFT, _RIGHT)
    _issuer(left, head)
    _nation(right)
    left, right = sheet.columns(_LEFT, _RIGHT)
    _number(left, text)
    place = fill(right.paragraphs[0], text.place_and_day, size=13, italic=True, align=ALIGN.CENTER, before=6)
    place.paragraph_format.keep_together = True
    sheet.paragraph(f"Kính gửi: {text.to}", align=ALIGN.CENTER, before=18, after=12)
    draw_body(sheet, text)
    sheet.paragraph("").paragraph_format.keep_with_next = True
    left, right = sheet.columns(_HALF, _HALF)
    _recipients(left, head)
    _signature(right, head)
    # Word wants a paragraph after the last table; this one takes no room.
    sheet.paragraph("").paragraph_format.line_spacing = Pt(1)
    return sheet.bytes()


def _nation(cell: _Cell) -> None:
    """The nation's name and motto, and below it a line as long as the motto (section II, 1)."""
    lines = first_in(cell)
    fill(next(lines), NATION, size=12, bold=True, align=ALIGN.CENTER)
    fill(next(lines), MOTTO, size=13, bold=True, align=ALIGN.CENTER)
    ruled(next(lines), Pt(_MOTTO_LENGTH * 13), _RIGHT)


def _issuer(cell: _Cell, head: Letterhead) -> None:
    """The body above, upright; the issuing body, bold; a line of a third to a half of its length (section II, 2)."""
    lines, name = first_in(cell), safe(head.issuer).upper()
    if head.superior:
        fill(next(lines), safe(head.superior).upper(), size=12, align=ALIGN.CENTER)
    fill(next(lines), name, size=12, bold=True, align=ALIGN.CENTER)
    letters_in_a_line = int(_LEFT.pt / (12 * _CAPITAL))
    longest = max(map(len, textwrap.wrap(name, letters_in_a_line)))
    ruled(next(lines), Pt(longest * 12 * _CAPITAL * _OF_NAME), _LEFT)


def _number(cell: _Cell, text: Text) -> None:
    """Number and symbol, and 6 points below what the letter is about (section II, 3 c and 5 b)."""
    lines = first_in(cell)
    fill(next(lines), f"Số: {text.number}", size=13, align=ALIGN.CENTER, before=6)
    fill(next(lines), f"V/v {text.subject}", size=12, align=ALIGN.CENTER, before=6)


def _recipients(cell: _Cell, head: Letterhead) -> None:
    """Who receives it, and where it is filed (section II, 9 d)."""
    lines = first_in(cell)
    fill(next(lines), "Nơi nhận:", size=12, bold=True, italic=True)
    for name in ("Như trên", *map(safe, head.copies)):
        fill(next(lines), f"- {name};", size=11)
    fill(next(lines), f"- Lưu: {safe(head.filed)}.", size=11)


def _signature(cell: _Cell, head: Letterhead) -> None:
    """Authority and office in capitals, room for the signature, the name (section II, 7 đ)."""
    lines = first_in(cell)
    for said in (head.authority, head.office):
        if said:
            fill(next(lines), safe(said).upper(), bold=True, align=ALIGN.CENTER)
    fill(next(lines), safe(head.signatory), bold=True, align=ALIGN.CENTER, before=72)
