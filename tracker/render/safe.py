"""The one function that makes text from data safe to show."""

from __future__ import annotations

import re

_REPLACEMENT = 0xFFFD
# What turns the direction of writing, and what has no width: it hides, and two libraries do not agree on its cells.
_HIDES = (
    *(0x061C, 0x200B, 0x200C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF),
    *(*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)),
)
_SURROGATES = range(0xD800, 0xE000)
# XML has no way to write these.
_NO_LETTERS = (0xFFFE, 0xFFFF)
# A joiner makes one picture of two; between letters it hides, and their cells are counted wrongly.
_JOINER = "\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
_UNSAFE = re.compile(
    f"{_JOINER}|"
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_SHOWN = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *_HIDES, *_SURROGATES, *_NO_LETTERS), _REPLACEMENT),
}
# NEL and the two Unicode separators end a line as a newline does.
_LINE_ENDS = re.compile("\r\n|[\n\x85\u2028\u2029]")


def safe(text: str, *, newlines: bool = False) -> str:
    """Text that can do nothing but be read.

    Control characters are shown as pictures (␛), what reverses or hides text as �. Line ends are kept as \\n
    with `newlines`, else each becomes a space.
    """
    if not _UNSAFE.search(text):
        return text
    text = re.sub(_JOINER, chr(_REPLACEMENT), text)
    if newlines:
        return "\n".join(line.translate(_SHOWN) for line in _LINE_ENDS.split(text))
    return _LINE_ENDS.sub(" ", text).translate(_SHOWN)
