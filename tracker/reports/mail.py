"""A report as a mail that is ready to be sent: its text, its page, and whatever is attached.

No clock: the mail has no Date header, which the program that sends it adds; the same report gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from mimetypes import types_map

from tracker.reports.forms import FORMS, readable_again
from tracker.reports.forms import draw as drawn
from tracker.reports.model import Report

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
    mail.set_content(_made("table", report).decode(), cte="base64")
    mail.add_alternative(_made("html", report).decode(), subtype="html", cte="base64")
    for form in attach:
        suffix = f".{FORMS[form].suffix}"
        kind, _slash, subtype = (_TYPES.get(suffix) or types_map.get(suffix, "text/plain")).partition("/")
        name = f"{report.name}-{report.as_of.isoformat()}{suffix}"
        mail.add_attachment(_made(form, report), maintype=kind, subtype=subtype, filename=name)
    _fix_boundaries(mail)
    yield mail.as_bytes()


def _made(form: str, report: Report) -> bytes:
    return b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in drawn(form, report))


def _fix_boundaries(mail: EmailMessage) -> None:
    """Boundaries that depend on nothing but the report; base64 cannot contain one."""
    for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        digest = sha256(f"{mail['Subject']} {number}".encode()).hexdigest()[:24]
        part.set_boundary(f"=_{number}_{digest}")
