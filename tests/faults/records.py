"""Three hundred texts for a record: those that would do harm on a terminal, and as many more as are made here.

The same in every run: odd characters of every kind in odd company, and texts about as long as what has to hold them.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.tui.hostile import HOSTILE

COUNT = 300
# As much as one cell of a workbook holds, counted as workbooks do.
CELL = 32_767

_KINDS = (
    "\ud800\udbff\udc00\udfff",
    "😀🇻🇳👩\u200d👩\u200d👧👍🏽❤️\u20e3🏴\U000e0067\U000e007f",
    "שלוםعربى\u202e\u2067\u2069\u200f\u061c",
    "\x00\x07\x08\x0b\x0c\x1b\x7f\x80\x9b\x9f",
    "\n\r\t\x85\u2028\u2029",
    "\u200b\u200c\u2060\ufeff\ufff9\ufffb",
    "ơưạẵỗe\u0301\u0323Z\u0351\u036b\u0343",
    "漢字한국ສາທາລະກ็ํา",
    "\ue000\U000f0000\U0010fffd\ufffe\uffff\U0001fffe",
    "=+-@'\"`|<>&;,:\\/%$#{}[]()*_~^!?",
    "một hai ba 0 1 2",
)


def records() -> tuple[str, ...]:
    """All three hundred."""
    made = [*HOSTILE, *_long()]
    chance = Random(17)
    while len(made) < COUNT:
        kinds = chance.sample(_KINDS, chance.randint(2, 5))
        made.append("".join(chance.choice(chance.choice(kinds)) for _each in range(chance.randint(1, 120))))
    return tuple(made)


def _long() -> Iterator[str]:
    """A little shorter than a cell holds, a little longer, and far too long: of words, without a gap, and in pairs."""
    for length in (CELL - 20, CELL + 1, 100_000):
        yield ("dài lắm " * length)[:length]
        yield ("x" * length)[:length]
        yield "😀" * (length // 2)
