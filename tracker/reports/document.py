"""A report as a document for a word processor, to be edited: styles, headings, tables that repeat their heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, TypeVar
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.i18n import _
from tracker.reports.charts import drawn
from tracker.reports.drawing import Drawing
from tracker.reports.emf import emf
from tracker.reports.model import Report, Section
from tracker.reports.stationery import ACROSS, FONT, HERE, UPRIGHT, stationery
from tracker.reports.table import columns
from tracker.reports.words import anchored, opening, tabled

T = TypeVar("T")
PIECE = 1 << 16
EMU = 12_700
# Of a document that is the same each time.
_NEVER = (1980, 1, 1, 0, 0, 0)
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"


def draw(report: Report) -> Iterator[bytes]:
    """The document. The library makes all of it but the rows, which are written as they come: ten thousand of them
    as objects would take a gigabyte.
    """
    drawings = tuple(map(drawn, report.charts))
    made = datetime.combine(report.as_of, time(), UTC).replace(tzinfo=None)
    empty = BytesIO()
    drawn_as = [emf(each, FONT) for each in drawings]
    pictures = stationery(report.title, report.language, made, drawn_as, empty, compact=report.compact)
    with TemporaryFile() as file:
        with ZipFile(empty) as source, ZipFile(file, "w") as target:
            for name in source.namelist():
                entry = ZipInfo(name, _NEVER)
                entry.compress_type = ZIP_DEFLATED
                with target.open(entry, "w", force_zip64=True) as page:
                    content = source.read(name)
                    if name == "word/document.xml":
                        _fill(page, content.decode(), _body(report, tuple(zip(pictures, drawings, strict=True))))
                    else:
                        page.write(content)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _fill(page: IO[bytes], frame: str, body: Iterable[str]) -> None:
    """Write the document with its body where the empty one has a mark."""
    place = frame.index(HERE)
    start, end = frame.rindex("<w:p>", 0, place), frame.index("</w:p>", place) + len("</w:p>")
    page.write(frame[:start].encode())
    for piece in body:
        page.write(piece.encode())
    page.write(frame[end:].encode())


def _body(report: Report, pictures: tuple[tuple[str, Drawing], ...]) -> Iterator[str]:
    yield _paragraph(report.title, "Title")
    yield from map(_paragraph, opening(report))
    yield from _sum(report)
    for number, (relation, drawing) in enumerate(pictures, 1):
        yield _paragraph(drawing.title, "Heading2")
        yield _picture(number, relation, drawing)
    for section in report.sections:
        yield from _section(section, report.compact)
    yield from map(_paragraph, (*report.remarks, anchored(report)))


def _sum(report: Report) -> Iterator[str]:
    if not tabled(report):
        return
    widths = (ACROSS // 3, ACROSS // 9)
    yield _table_begins(report.total, widths, (report.total, _("Commitments")))
    *parts, total = tabled(report)
    for name, count in parts:
        yield _row((name, str(count)), widths)
    yield _row((total[0], str(total[1])), widths, style="TableHead") + "</w:tbl>"


def _section(section: Section[T], compact: bool) -> Iterator[str]:
    shown = columns(section)
    whole = sum(column.share for column in shown)
    widths = tuple((UPRIGHT if compact else ACROSS) * column.share // whole for column in shown)
    beside = section.remark if compact and not section.size else ""
    yield _paragraph(section.title, "Heading1", beside)
    for group, items in section.groups():
        begun = False
        for item in items:
            if not begun:
                yield _paragraph(group, "Heading2") if group else ""
                yield _table_begins(group or section.title, widths, tuple(column.head for column in shown))
                begun = True
            yield _row(tuple(column.cell(item) for column in shown), widths)
        yield "</w:tbl>" if begun else ""
    if section.remark and not beside:
        yield _paragraph(section.remark)


def _paragraph(text: str, style: str = "Normal", beside: str = "") -> str:
    added = _run(f"  {beside}", '<w:rPr><w:b w:val="0"/></w:rPr>') if beside else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}{added}</w:p>'


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table_begins(caption: str, widths: tuple[int, ...], heads: tuple[str, ...]) -> str:
    margins = "".join(f'<w:{side} w:w="45" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        + _row(heads, widths, style="TableHead", extra="<w:tblHeader/>")
    )


def _row(cells: tuple[str, ...], widths: tuple[int, ...], *, style: str = "TableCell", extra: str = "") -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E6E6E6"/>' if style == "TableHead" else ""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{_paragraph(cell, style)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{extra}</w:trPr>{written}</w:tr>"


def _picture(number: int, relation: str, drawing: Drawing) -> str:
    size = f'cx="{round(drawing.width * EMU)}" cy="{round(drawing.height * EMU)}"'
    name = f'id="{number}" name="chart {number}" descr={quoteattr(f"{drawing.title}: {drawing.said}")}'
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWN}/wordprocessingDrawing"><wp:extent {size}/>'
        f'<wp:docPr {name}/><a:graphic xmlns:a="{_DRAWN}/main"><a:graphicData uri="{_DRAWN}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWN}/picture"><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
