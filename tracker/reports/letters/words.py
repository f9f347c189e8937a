"""What a letter says, in its own language: the paragraphs of its template, and a table for each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.codes import PartyKind
from tracker.domain.letter import Asked, Letter, LetterKind
from tracker.domain.letterhead import Letterhead, numbered
from tracker.i18n import Language, _, ngettext, speaking
from tracker.render import day, deadline, label, moves, published, safe, words
from tracker.render.dates import day_in_full
from tracker.reports.letters.template import Template, paragraphs
from tracker.reports.listing import NOTHING

LANGUAGES: Mapping[LetterKind, Language] = {LetterKind.URGING: "vi", LetterKind.NOTE: "en"}
# A follow-up's words are no longer.
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of cells; a cell may have several lines."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of commitments: what is asked, and of which."""

    said: tuple[str, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Text:
    """All that a letter says. `title` names it in the register."""

    language: Language
    to: str
    number: str
    subject: str
    title: str
    place_and_day: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...]


def text_of(letter: Letter, head: Letterhead, template: Template) -> Text:
    """The letter in words: Vietnamese for a công văn, English for a note, whatever the interface speaks."""
    spoken = LANGUAGES[letter.kind]
    with speaking(spoken):
        note = letter.kind is LetterKind.NOTE
        to = safe(head.to.get(letter.to.key, "")) or _named(letter)
        sender = head.sender if note else head.issuer
        holes = {
            "party": to,
            "sender": sender,
            "sender_short": (head.sender_short if note else "") or sender,
            "day": _day(letter.on, spoken),
            "answer_due": _day(letter.answer_due, spoken),
        }

        def said(part: str, count: int) -> tuple[str, ...]:
            return paragraphs(part, {**holes, "count": str(count)})

        late = {"overdue", "late_claim"} & set(letter.groups)
        subject = " ".join(said(template.subject if late else template.subject_not_late, len(letter.asked)))
        number = numbered((head.note_number or head.number) if note else head.number, letter.number)
        return Text(
            language=spoken,
            to=to,
            number=safe(number),
            subject=subject,
            title=_title(letter, safe(number), subject),
            place_and_day=safe(_place_and_day(head.place, letter.on, spoken)),
            opening=said(template.opening, len(letter.asked)),
            parts=tuple(
                Part(said(getattr(template, name), len(asked)), _table(name, asked, letter))
                for name, asked in letter.groups.items()
            ),
            closing=said(template.closing, len(letter.asked)),
        )


def _named(letter: Letter) -> str:
    name = words(letter.to.name)
    article = letter.kind is LetterKind.NOTE and letter.to.kind in (PartyKind.MINISTRY, PartyKind.PARTY_BODY)
    return f"the {name}" if article and letter.to.name.en and not name.lower().startswith("the ") else name


def _title(letter: Letter, number: str, subject: str) -> str:
    if letter.kind is LetterKind.NOTE:
        title = _("Note {number}: {subject}") if letter.number else _("Note: {subject}")
    else:
        title = _("Official letter {number} on {subject}") if letter.number else _("Official letter on {subject}")
    return title.format(number=number, subject=subject)[:LONGEST_TITLE]


def _day(given: date, spoken: Language) -> str:
    """A day in full. In Vietnamese a day below ten, January and February are written with a 0 before them.

    Decree 30/2020/NĐ-CP, Appendix I, part I, section II, 4 b.
    """
    if spoken == "vi":
        month = f"{given.month:02d}" if given.month < 3 else str(given.month)
        return f"{given.day:02d} tháng {month} năm {given.year}"
    return day_in_full(given.isoformat())


def _place_and_day(place: str, given: date, spoken: Language) -> str:
    return f"{place}, ngày {_day(given, spoken)}" if spoken == "vi" else f"{place}, {_day(given, spoken)}"


def _table(group: str, asked: tuple[Asked, ...], letter: Letter) -> Table:
    head, cell = _days(group, letter.on)
    return Table(
        heads=(_("Ref"), _("Commitment"), _("Source"), _("Deadline"), head, _("Status")),
        rows=tuple(
            (
                safe(each.commitment.ref),
                f"{words(each.commitment.title)}\n{_basis(each)}",
                _source(each),
                _deadline(each),
                cell(each),
                _status(each),
            )
            for each in asked
        ),
    )


def _days(group: str, as_of: date) -> tuple[str, Callable[[Asked], str]]:
    """What is counted: the addressee's delay, or what is left; of a review only its day, for the delay is ours."""
    if group in ("overdue", "late_claim"):
        return _("Days late"), _late
    if group == "review_due":
        return _("Our review"), lambda each: day(each.commitment.review_on) if each.commitment.review_on else NOTHING
    return _("Days left"), lambda each: _left(each, as_of)


def _late(each: Asked) -> str:
    view = each.commitment
    if not view.days_overdue:
        return NOTHING
    if view.moves and view.days_past_baseline:
        past = ngettext("{days} day past the baseline", "{days} days past the baseline", view.days_past_baseline)
        return f"{view.days_overdue}\n{past.format(days=view.days_past_baseline)}"
    return str(view.days_overdue)


def _left(each: Asked, as_of: date) -> str:
    end = each.commitment.deadline.end if each.commitment.deadline else None
    return str((end - as_of) // timedelta(days=1)) if end is not None and end >= as_of else NOTHING


def _deadline(each: Asked) -> str:
    view = each.commitment
    said = deadline(view.deadline)
    if not view.moves or view.baseline is None:
        return said
    return "\n".join((said, _("first: {deadline}").format(deadline=deadline(view.baseline)), moves(view.moves)))


def _status(each: Asked) -> str:
    said, before = label("status", each.commitment.status), each.before
    if before is None or before.done_on is None or before.answer_due is None:
        return said
    asked = _("asked on {day}, answer due on {due}, none recorded")
    return f"{said}\n{asked.format(day=day(before.done_on), due=day(before.answer_due))}"


def _source(each: Asked) -> str:
    """The document by its title, else its file; who published it and when; the place in it."""
    return "\n".join(
        ", ".join(
            filter(
                None,
                (
                    safe(document.title) or safe(document.file),
                    safe(document.publisher),
                    published(source.published) if source.published != "none" else "",
                    _("paragraph {number}").format(number=source.paragraph),
                ),
            )
        )
        for source, document in each.said_in
    )


def _basis(each: Asked) -> str:
    """Who says that this one is to be asked: what our desk thinks is never told as if the source said so."""
    if each.party.role == "lead":
        said = {
            "stated": _("Lead: named in the source"),
            "proposed": _("Lead: proposed by the sender, not named in the source"),
            "assigned": _("Lead: assigned by the sender, not named in the source"),
        }
    else:
        said = {
            "stated": _("Addressee: named in the source"),
            "proposed": _("Addressee: proposed by the sender, not named in the source"),
            "assigned": _("Addressee: chosen by the sender, not named in the source"),
        }
    return said.get(each.party.basis, label("basis", each.party.basis))
