"""The text of a document file: plain text, Markdown, HTML, Word, and the text layer of a PDF.

What comes from outside may be damaged or made to do harm: every file ends as a text or as one FileProblem, within
bounds of size, and nothing in it is followed, run or fetched.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from os.path import isdir
from pathlib import Path
from time import monotonic

from tracker.errors import FileProblem

LARGEST_FILE = 32 * 2**20
LARGEST_PART = 64 * 2**20
LONGEST_TEXT = 8_000_000
MOST_PAGES = 2_000
# Of a PDF: what draws one page, unpacked, and how long reading all of them may take (two million letters take 30 s).
LARGEST_PAGE = 4 * 2**20
LONGEST_READING = timedelta(minutes=2)
# A page of 500 paragraphs has some thousands; 200 kB of a Word file can unpack to ten million, which fill a gigabyte.
MOST_TAGS = 1_000_000
FORMATS = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class FileText:
    """What was read of a file. `pages` are the places in `text` where pages of the original begin, if it has any.

    `sha256` is that of the text in UTF-8: the text is what the register keeps, cites and proves. A file of plain text
    has the same.
    """

    file: str
    sha256: str
    text: str
    pages: tuple[int, ...] = ()

    def page(self, at: int) -> int | None:
        """The page of the original on which a place of the text lies, from 1; None when it has no pages."""
        return bisect_right(self.pages, at) or None


def read_file(path: Path) -> FileText:
    """The text of a file, by what its name says it is; another name is read as text.

    Raises FileProblem: missing, folder, unreadable, too_large, not_text, rich_text, damaged, no_text_layer, protected,
    empty.
    """
    try:
        if path.stat().st_size > LARGEST_FILE and path.is_file():
            raise FileProblem(str(path), "too_large")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise FileProblem(str(path), "missing") from None
    except (OSError, ValueError):
        raise FileProblem(str(path), "folder" if isdir(path) else "unreadable") from None
    if len(content) > LARGEST_FILE:
        raise FileProblem(str(path), "too_large")
    return read_content(str(path), content)


def read_text(name: str, content: bytes) -> FileText:
    """A text that came without a file, under a name. Raises FileProblem: too_large, not_text, rich_text, empty."""
    if len(content) > LARGEST_FILE:
        raise FileProblem(name, "too_large")
    return _taken(name, content, _decoded(name, content))


def read_content(name: str, content: bytes) -> FileText:
    """The text of the bytes of a file called `name`. Raises FileProblem, as `read_file`."""
    pages: tuple[int, ...] = ()
    match Path(name).suffix.lower():
        case ".pdf":
            text, pages = _pdf(name, content)
        case ".docx":
            text = _docx(name, content)
        case ".html" | ".htm":
            text = _html(name, _decoded(name, content))
        case _:
            text = _decoded(name, content)
    return _taken(name, content, text, pages)


def _taken(name: str, content: bytes, text: str, pages: tuple[int, ...] = ()) -> FileText:
    if not text.strip():
        raise FileProblem(name, "empty")
    if len(text) > LONGEST_TEXT:
        raise FileProblem(name, "too_large")
    return FileText(Path(name).name, hashlib.sha256(text.encode()).hexdigest(), text, pages)


def _decoded(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise FileProblem(name, "not_text") from None
    if "\0" in text:
        raise FileProblem(name, "not_text")
    if text.startswith("{\\rtf"):
        raise FileProblem(name, "rich_text")
    return text


class _Blocks(HTMLParser):
    """The lines that a reader sees: one for each block, a row of a table as cells between bars."""

    _UNSEEN = frozenset(("script", "style", "head", "nav", "noscript", "template", "svg", "button", "select", "form"))
    _LINES = frozenset(
        [
            "p",
            "div",
            "br",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "tr",
            "table",
            "section",
            "article",
            "header",
            "footer",
            "blockquote",
            "figcaption",
            "figure",
            "ul",
            "ol",
            "dt",
            "dd",
            "main",
            "aside",
            "pre",
            "hr",
            "tbody",
            "thead",
            "caption",
            "address",
        ]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._unseen: list[str] = []
        self._row: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._UNSEEN:
            self._unseen.append(tag)
        elif tag == "tr":
            self._end()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._line = []
        elif tag in self._LINES and self._row is None:
            self._end()
            if tag == "li":
                self._line.append("- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            # A page that never closes what it opened must not hide the rest of its text for ever.
            del self._unseen[self._unseen.index(tag) :]
        elif tag in ("td", "th") and self._row is not None:
            self._row.append(_one_line("".join(self._line)).replace("|", "/"))
            self._line = []
        elif tag == "tr" and self._row is not None:
            if any(self._row):
                self.lines.append("| " + " | ".join(self._row) + " |")
            self._row, self._line = None, []
        elif tag in self._LINES and self._row is None:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._line.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        if (line := _one_line("".join(self._line))) and line != "-":
            self.lines.append(line)
        self._line = []


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _html(name: str, source: str) -> str:
    if source.count("<") > MOST_TAGS:
        raise FileProblem(name, "too_large")
    blocks = _Blocks()
    blocks.feed(source)
    blocks.close()
    return "\n".join(blocks.lines) + "\n" if blocks.lines else ""


# What a damaged archive makes its reader raise.
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _docx(name: str, content: bytes) -> str:
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            part = packed.getinfo("word/document.xml")
            if part.file_size > LARGEST_PART:
                raise FileProblem(name, "too_large")
            with packed.open(part) as file:
                source = file.read(LARGEST_PART + 1)
        if len(source) > LARGEST_PART or source.count(b"<") > MOST_TAGS:
            raise FileProblem(name, "too_large")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        body = etree.fromstring(source, parser).find(f"{_W}body")
    except (*_DAMAGED, etree.XMLSyntaxError):
        raise FileProblem(name, "damaged") from None
    return "\n".join(_word_lines(body)) + "\n" if body is not None else ""


def _word_lines(body: object) -> Iterator[str]:
    from lxml.etree import _Element

    assert isinstance(body, _Element)
    for block in body:
        if block.tag == f"{_W}p":
            line = _word_text(block)
            numbered = block.find(f"{_W}pPr/{_W}numPr") is not None
            if line:
                yield f"- {line}" if numbered and not re.match(r"[-–•\d]|\w\)", line) else line
        elif block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                cells = [
                    " ".join(filter(None, map(_word_text, cell.iter(f"{_W}p")))).replace("|", "/")
                    for cell in row.findall(f"{_W}tc")
                ]
                if any(cells):
                    yield "| " + " | ".join(cells) + " |"
        elif block.tag == f"{_W}sdt" and (inner := block.find(f"{_W}sdtContent")) is not None:
            yield from _word_lines(inner)


def _word_text(paragraph: object) -> str:
    from lxml.etree import _Element

    assert isinstance(paragraph, _Element)
    pieces = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        pieces.append((node.text or "") if node.tag == f"{_W}t" else " ")
    return _one_line("".join(pieces))


def _pdf(name: str, content: bytes) -> tuple[str, tuple[int, ...]]:
    import logging

    from pypdf import PdfReader

    # What pypdf has to say about a damaged file goes to nobody: the person gets one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    text, starts = "", []
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileProblem(name, "protected")
        if len(reader.pages) > MOST_PAGES:
            raise FileProblem(name, "too_large")
        until = monotonic() + LONGEST_READING.total_seconds()
        for page in reader.pages:
            drawn = page.get_contents()
            if monotonic() > until or (drawn is not None and len(drawn.get_data()) > LARGEST_PAGE):
                raise FileProblem(name, "too_large")
            starts.append(len(text))
            text += _joined_lines(page.extract_text())
            if len(text) > LONGEST_TEXT:
                raise FileProblem(name, "too_large")
    except FileProblem:
        raise
    except Exception:  # noqa: BLE001 - a damaged PDF makes its reader fail in any way there is
        raise FileProblem(name, "damaged") from None
    if not text.strip():
        raise FileProblem(name, "no_text_layer")
    return text, tuple(starts)


_ENDS = re.compile(r"[.!?…:;]['\"”’»)]*$")
_BEGINS = re.compile(r"\s*(?:[-–•+*]\s|\d+(?:\.\d+)*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s|điều\s+\d|[|])", re.IGNORECASE)


def _joined_lines(text: str) -> str:
    """Paragraphs out of the lines of a page: a line that neither ends nor is followed by a beginning goes on."""
    lines = [_one_line(line) for line in text.splitlines()]
    joined: list[str] = []
    for line in lines:
        going_on = joined and joined[-1] and line and not _ENDS.search(joined[-1]) and not _BEGINS.match(line)
        if going_on and (line[:1].islower() or line[:1].isdigit() or len(joined[-1]) > 60):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n".join(joined) + "\n"
