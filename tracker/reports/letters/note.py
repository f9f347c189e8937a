"""The note verbale on paper: in the third person, unsigned, to be initialled and sealed, addressed at its first foot.

No law lays it out; this is the common usage of foreign ministries. The page is that of the official letters.
"""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from tracker.domain.letter import Letter
from tracker.domain.letterhead import Letterhead
from tracker.render import safe
from tracker.reports.letters.body import draw_body
from tracker.reports.letters.sheet import Sheet, fill
from tracker.reports.letters.words import Text

DRAFT = "DRAFT"


def draw_note(letter: Letter, text: Text, head: Letterhead) -> bytes:
    """The note as a DOCX file. Nobody has initialled it; without a number it says that it is a draft."""
    sheet = Sheet(title=text.title, author=safe(head.sender), language=text.language, on=letter.on)
    if letter.number is None:
        fill(sheet.section.first_page_header.paragraphs[0], DRAFT, size=13, bold=True, align=ALIGN.RIGHT)
    fill(sheet.section.first_page_footer.paragraphs[0], text.to[:1].upper() + text.to[1:], size=13, bold=True)
    sheet.paragraph(f"No. {text.number}", size=13, after=18)
    draw_body(sheet, text)
    place = sheet.paragraph(text.place_and_day, align=ALIGN.RIGHT, before=24)
    place.paragraph_format.keep_with_next = True
    sheet.paragraph("(initials and seal)", size=13, italic=True, align=ALIGN.RIGHT, before=12)
    return sheet.bytes()
