"""A report as a mail that is ready to be sent: its text, its page, and whatever is attached.

No clock: the mail has no Date header, which the program that sends it adds; the same report gives the same bytes.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from mimetypes import types_map

from tracker.reports.forms import FORMS, readable_again
from tracker.reports.forms import draw as drawn
from tracker.reports.model import Report

# No base64 has it. So many bytes make a line; so many are drawn before some are encoded.
_HERE = b"@@here@@"
_LINE, _PIECE = 57, 1 << 16
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".md": "text/markdown",
    ".ics": "text/calendar",
    ".jsonl": "application/jsonl",
}


def draw(report: Report, to: str = "", sender: str = "", attach: tuple[str, ...] = ()) -> Iterator[bytes]:
    """The mail as a file that a mail program opens."""
    report = readable_again(report)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = report.title
    if sender:
        mail["From"] = sender
    if to:
        mail["To"] = to
    mail["Content-Language"] = report.language
    mail["X-Unsent"] = "1"
    mail.set_content("", cte="base64")
    mail.add_alternative("", subtype="html", cte="base64")
    for form in attach:
        suffix = f".{FORMS[form].suffix}"
        kind, _slash, subtype = (_TYPES.get(suffix) or types_map.get(suffix, "text/plain")).partition("/")
        name = f"{report.name}-{report.as_of.isoformat()}{suffix}"
        mail.add_attachment(b"", maintype=kind, subtype=subtype, filename=name)
    _fix_boundaries(mail)
    for part in mail.walk():
        if not part.is_multipart():
            part.set_payload(_HERE.decode())
    # The parts go where the empty mail has its marks, as they are drawn: whole, each would be there several times.
    *frame, end = mail.as_bytes().split(_HERE)
    for before, form in zip(frame, ("table", "html", *attach), strict=True):
        yield before
        yield from _encoded(drawn(form, report))
    yield end


def _encoded(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """In base64, in lines of a mail."""
    left = b""
    for piece in pieces:
        left += piece if isinstance(piece, bytes) else piece.encode()
        if len(left) >= _PIECE:
            whole = len(left) - len(left) % _LINE
            yield _lines(left[:whole])
            left = left[whole:]
    yield _lines(left)


def _lines(given: bytes) -> bytes:
    return encodebytes(given).replace(b"\n", b"\r\n")


def _fix_boundaries(mail: EmailMessage) -> None:
    """Boundaries that depend on nothing but the report; base64 cannot contain one."""
    for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        digest = sha256(f"{mail['Subject']} {number}".encode()).hexdigest()[:24]
        part.set_boundary(f"=_{number}_{digest}")
