"""The sheet that a document is written on: paper, styles, language, page numbers, and the pictures that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

# The font that Vietnamese offices write in, and the twips of a line on A4: across, and upright.
FONT = "Times New Roman"
ACROSS, UPRIGHT = 15_478, 10_545
# Stands where the body goes.
HERE = "\u2042 here"
_LOCALES = {"vi": "vi-VN", "en": "en-GB"}


def stationery(
    title: str, language: str, made: datetime, pictures: Sequence[bytes], file: IO[bytes], *, compact: bool = False
) -> list[str]:
    """Write an empty document; the names by which its body may refer to the pictures. A compact one is close-set."""
    paper = Document()
    _sheet(paper, compact)
    _styles(paper, _LOCALES.get(language, language), compact)
    _page_numbers(paper, title)
    core = paper.core_properties
    core.title, core.language, core.author, core.comments = title, language, "", ""
    core.created = core.modified = made
    core.last_modified_by, core.revision = "", 1
    paper.add_paragraph(HERE)
    names = []
    for number, picture in enumerate(pictures, 1):
        part = Part(PackURI(f"/word/media/chart{number}.emf"), "image/x-emf", picture, paper.part.package)
        names.append(paper.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))
    paper.save(file)
    return names


def _sheet(paper: Paper, compact: bool) -> None:
    section = paper.sections[0]
    if compact:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(9), Mm(11)
    else:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(12), Mm(15)
    section.left_margin = section.right_margin = Mm(12)
    section.footer_distance = Mm(5 if compact else 7)


def _styles(paper: Paper, locale: str, compact: bool) -> None:
    styles = paper.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = defaults.find(qn("w:lang"))
    spoken.set(qn("w:val"), locale)
    for name, size, close, bold in (
        ("Normal", 11, 9, None),
        ("Title", 18, 13, True),
        ("Heading 1", 14, 10, True),
        ("Heading 2", 11, 9, True),
    ):
        style = styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(close if compact else size), bold, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        style.paragraph_format.space_after = Pt(1 if compact else 4)
        if compact:
            style.paragraph_format.space_before = Pt(3 if name.startswith("Heading") else 0)
            style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.keep_with_next = name.startswith("Heading")
    for name, bold in (("Table Cell", False), ("Table Head", True)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold = Pt(8.5 if compact else 8), bold
        style.paragraph_format.space_after = Pt(0)


def _page_numbers(paper: Paper, title: str) -> None:
    line = paper.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.add_run(f"{title}    ")
    _field(line, "PAGE")
    line.add_run(" / ")
    _field(line, "NUMPAGES")


def _field(line: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)
