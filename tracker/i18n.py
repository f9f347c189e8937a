"""Words in the person's language: English is the message, Vietnamese is in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gettext import GNUTranslations

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

# One language for the whole process: a worker thread speaks as the screen does.
_language: Language = "en"
# Another one, for a question asked on the way, in one thread only.
_on_the_way: ContextVar[Language | None] = ContextVar("on_the_way", default=None)


def use_language(chosen: Language) -> None:
    """From now on every sentence is said in that language."""
    global _language
    _language = chosen


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Within the block that language is spoken: a letter has a language of its own."""
    before = _on_the_way.set(chosen)
    try:
        yield
    finally:
        _on_the_way.reset(before)


def language() -> Language:
    """The language that is spoken now."""
    return _on_the_way.get() or _language


def in_every_language(say: Callable[[], str]) -> tuple[str, ...]:
    """What that says in each language, whichever is spoken."""
    said = []
    for each in LANGUAGES:
        with speaking(each):
            said.append(say())
    return tuple(said)


def _(message: str) -> str:
    """The message in the present language."""
    return message if language() == "en" else _catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for that many, in the present language."""
    if language() == "en":
        return singular if count == 1 else plural
    return _catalogue().ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The message in the present language, where one English word has several translations."""
    return message if language() == "en" else _catalogue().pgettext(context, message)


def both(message: str) -> str:
    """The message in both languages, the present one first: for a page that two sides read together."""
    vietnamese = _catalogue().gettext(message)
    return f"{message} / {vietnamese}" if _language == "en" else f"{vietnamese} / {message}"


@cache
def _catalogue() -> GNUTranslations:
    from gettext import GNUTranslations

    with (Path(__file__).parent / "locale/vi/LC_MESSAGES/tracker.mo").open("rb") as file:
        return GNUTranslations(file)
