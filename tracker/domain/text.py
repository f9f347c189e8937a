"""Vietnamese text: one spelling in the register, a folded copy to search, a key to sort by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Marks that reorder or hide text on a terminal: bidirectional controls and zero-width characters.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Of the letters of two names that could be meant for one another, so many are the same.
ALIKE = 0.7
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """Text as the register keeps it: NFC, line ends as \\n, no control, bidirectional or surrogate characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", _INVISIBLE.sub("", text))).strip()


def fold(text: str) -> str:
    """The copy that is searched: case and marks dropped, đ as d, so that `duong cao toc` finds `đường cao tốc`."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize(
        "NFC", "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")
    )


_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def words(text: str) -> list[str]:
    """The words of a text, as both search engines cut them: runs of letters and digits."""
    return _WORD.findall(text)


def folded_words(text: str) -> str:
    """The folded words, one space between: what is stored for search and compared with a person's words."""
    return " ".join(words(fold(text)))


def has_marks(text: str) -> bool:
    """Whether somebody typed Vietnamese marks, and so meant them."""
    return fold(text) != text.casefold()


def alike(typed: str, names: Iterable[str]) -> list[str]:
    """The names that a mistyped one may have meant, the likest first, at most three: a few letters differ, no more."""
    from difflib import get_close_matches

    return get_close_matches(typed, names, n=3, cutoff=ALIKE)


def slug(text: str) -> str:
    """A key made from a name: `Bộ Công Thương` gives `bo-cong-thuong`."""
    return "-".join(words(fold(text)))


_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# huyền, hỏi, ngã, sắc, nặng: the order of tones in Vietnamese dictionaries (TCVN 5712 lists them so).
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A key in plain ASCII that sorts as a Vietnamese dictionary does: letters first (đ after d), then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for word in words(text.casefold()):
        for char in word:
            decomposed = unicodedata.normalize("NFD", char)
            tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), "0")
            letter = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
            place = _LETTERS.find(letter)
            letters.append(f"{place + 1:02d}" if place >= 0 else f"99{ord(char):06x}")
            tones.append(tone)
        letters.append("00")
    return "".join(letters) + "." + "".join(tones)
