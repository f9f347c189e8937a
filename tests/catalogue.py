"""The catalogue of translations, made from all sources: `python -m tests.catalogue` after a sentence has changed.

Nothing in it changes from run to run: no dates, no paths, no name of the tool.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCES = Path(__file__).parents[1] / "tracker"
PO = SOURCES / "locale/vi/LC_MESSAGES/tracker.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "both": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


class Plain(Catalog):
    """A catalogue whose header says only what gettext needs."""

    mime_headers = [  # noqa: RUF012 - the parent's property, made a constant
        ("Language", "vi"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
    ]


def extracted() -> Catalog:
    """Every message of the sources, untranslated."""
    found = Catalog(locale="vi")
    for _file, _line, message, _comments, context in extract_from_dir(
        SOURCES, [("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message, context=context)
    return found


def translated() -> Catalog:
    """The catalogue as it lies in the sources."""
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


def merged(messages: Catalog, translations: Catalog) -> Catalog:
    """The messages of the sources with the translations there are."""
    made = Plain(locale="vi", fuzzy=False, header_comment="")
    for message in messages:
        if message.id:
            known = translations.get(message.id, message.context)
            made.add(message.id, known.string if known else None, context=message.context, flags=message.flags)
    return made


def as_po(catalogue: Catalog) -> bytes:
    """The text that is translated by hand."""
    page = BytesIO()
    write_po(page, catalogue, width=0, no_location=True, sort_output=True)
    return page.getvalue().lstrip()


def as_mo(catalogue: Catalog) -> bytes:
    """The file that the program reads."""
    page = BytesIO()
    write_mo(page, catalogue)
    return page.getvalue()


def main() -> int:
    """Bring both files up to date; name what still wants a translation."""
    catalogue = merged(extracted(), translated() if PO.exists() else Catalog(locale="vi"))
    PO.write_bytes(as_po(catalogue))
    MO.write_bytes(as_mo(catalogue))
    missing = [message.id for message in catalogue if message.id and not message.string]
    for message in missing:
        print(f"not translated: {message}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
