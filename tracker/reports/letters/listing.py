"""What is in letters, as a list and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracker.domain.letter import Asked, Letter
from tracker.domain.register import Words
from tracker.i18n import _
from tracker.render import day, safe, words
from tracker.reports.letters.words import Text
from tracker.reports.listing import NOTHING, Column, Listing
from tracker.reports.rows import Row, deadline_row


@dataclass(frozen=True, slots=True)
class Made:
    """A letter with its words, the file that it is in, and whether it is on record."""

    letter: Letter
    text: Text
    file: Path | None = None
    recorded: bool = False


def letter_row(made: Made) -> Row:
    """A letter, with what is asked for in it in the order of its tables."""
    letter = made.letter
    return {
        "kind": letter.kind.value,
        "to": {"party": letter.to.key, "name": _both(letter.to.name), "addressed": made.text.to},
        "number": made.text.number if letter.number is not None else None,
        "subject": made.text.subject,
        "on": letter.on.isoformat(),
        "answer_due": letter.answer_due.isoformat(),
        "file": str(made.file) if made.file else None,
        "recorded": made.recorded,
        "commitments": [_asked(group, each) for group, asked in letter.groups.items() for each in asked],
    }


def _asked(group: str, each: Asked) -> Row:
    view = each.commitment
    return {
        "ref": view.ref,
        "title": _both(view.title),
        "group": group,
        "basis": each.party.basis,
        "status": view.status.value,
        "schedule": view.schedule.value,
        "days_overdue": view.days_overdue,
        "deadline": deadline_row(view.deadline),
        "review_on": view.review_on.isoformat() if view.review_on else None,
        "asked_before": each.before.key if each.before else None,
    }


def _both(name: Words) -> dict[str, str]:
    return {"vi": name.vi, "en": name.en}


LETTERS: Listing[Made] = Listing(
    letter_row,
    (
        Column(lambda: _("To whom"), lambda made: words(made.letter.to.name), most=48),
        Column(lambda: _("Commitments"), lambda made: str(len(made.letter.asked)), most=12),
        Column(lambda: _("Answer due"), lambda made: day(made.letter.answer_due), most=12),
        Column(lambda: _("File"), lambda made: safe(str(made.file)) if made.file else NOTHING),
    ),
    (),
)
