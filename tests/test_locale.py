"""Every sentence is in the catalogue and translated, and the file that the program reads is the one that was meant."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.catalogue import MO, PO, SOURCES, as_mo, as_po, extracted, merged, translated
from tracker.i18n import _, language, ngettext, use_language

ASKS = {"_": 0, "both": 0, "ngettext": 0, "pgettext": 1}
MESSAGES = [message for message in translated() if message.id]


def ident(message: Message) -> tuple[str | None, object]:
    return message.context, message.id


def texts(of: object) -> tuple[str, ...]:
    return tuple(of) if isinstance(of, (tuple, list)) else (str(of),)


def holes(text: str) -> set[str]:
    named = {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name is not None}
    return named | set(re.findall(r"%(?:\(\w+\))?[sdr]", text))


def said_in(file: Path) -> Iterator[str]:
    """Every message that a source asks for, also inside f-strings, where the extraction does not look."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKS:
            message = node.args[ASKS[node.func.id]] if len(node.args) > ASKS[node.func.id] else None
            if isinstance(message, ast.Constant):
                yield str(message.value)
            elif file.name != "i18n.py":
                raise AssertionError(f"{file}:{node.lineno}: a message must be written out")


def test_nothing_new_is_found_in_the_sources_and_nothing_is_left_over() -> None:
    assert {ident(message) for message in extracted() if message.id} == {ident(message) for message in MESSAGES}


@pytest.mark.parametrize("file", sorted(SOURCES.rglob("*.py")), ids=lambda file: str(file.relative_to(SOURCES)))
def test_every_message_of_a_source_is_in_the_catalogue(file: Path) -> None:
    known = {texts(message.id)[0] for message in MESSAGES}
    assert [said for said in said_in(file) if said not in known] == []


def test_everything_is_translated() -> None:
    assert [message.id for message in MESSAGES if not all(texts(message.string)) or message.fuzzy] == []


def test_the_holes_of_a_translation_are_those_of_the_message() -> None:
    wrong = []
    for message in MESSAGES:
        # The plural is the one with all holes: "once" counts nothing.
        wanted = holes(texts(message.id)[-1])
        wrong += [text for text in texts(message.string) if holes(text) != wanted]
    assert wrong == []


def test_both_files_say_the_same_and_would_be_written_the_same_again() -> None:
    catalogue = merged(extracted(), translated())
    assert PO.read_bytes() == as_po(catalogue)
    assert MO.read_bytes() == as_mo(catalogue)


def test_no_day_and_no_path_stands_in_the_catalogue() -> None:
    text = PO.read_text(encoding="utf-8")
    assert "POT-Creation-Date" not in text
    assert "#:" not in text
    assert "Babel" not in text


def test_the_language_can_be_changed_at_any_time() -> None:
    assert language() == "en"
    assert _("Overdue") == "Overdue"
    use_language("vi")
    try:
        assert _("Overdue") == "Quá hạn"
        assert ngettext("{days} day late", "{days} days late", 3).format(days=3) == "quá hạn 3 ngày"
    finally:
        use_language("en")
    assert ngettext("{days} day late", "{days} days late", 1) == "{days} day late"


def test_the_catalogue_is_shipped() -> None:
    project = tomllib.loads((SOURCES.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert "tracker" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert MO.is_relative_to(SOURCES)
