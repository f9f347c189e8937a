"""What an office's letters carry that no register knows: its names, place, signatory and number scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NUMBER = "{number}"
# Where no number is given: the clerks write it in when they register the letter.
OPEN = "…"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The part `[letter]` of the settings; the field names are its keys.

    `issuer` sends the công văn, `superior` stands above it, if anybody does; `sender` sends the notes. `number` and
    `note_number` are schemes such as `{number}/BNG-ĐNA`. `to` has the words by which a party (its key) is addressed,
    where they differ from its name. `filed` is where the office keeps its own copy.
    """

    superior: str = ""
    issuer: str = ""
    place: str = ""
    number: str = ""
    authority: str = ""
    office: str = ""
    signatory: str = ""
    copies: tuple[str, ...] = ()
    filed: str = "VT"
    sender: str = ""
    sender_short: str = ""
    note_number: str = ""
    answer_days: int = 15
    to: Mapping[str, str] = field(default_factory=dict)


def numbered(scheme: str, number: int | None) -> str:
    """The number and symbol of a letter; without a number its place is left open.

    A number below ten is written with a 0 before it (Decree 30/2020/NĐ-CP, Appendix I, part I, section II, 3 c).
    """
    return scheme.replace(NUMBER, OPEN if number is None else f"{number:02d}")
