"""A letter on its page: a form for each kind."""

from __future__ import annotations

from tracker.domain.letter import Letter, LetterKind
from tracker.domain.letterhead import Letterhead
from tracker.reports.letters.note import draw_note
from tracker.reports.letters.urging import draw_urging
from tracker.reports.letters.words import Text


def draw(letter: Letter, text: Text, head: Letterhead) -> bytes:
    """The letter as a DOCX file."""
    return (draw_note if letter.kind is LetterKind.NOTE else draw_urging)(letter, text, head)
