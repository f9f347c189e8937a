"""What can be meant by what is typed: parties, tags, refs, documents, files, and the words of the query language.

Each source is asked in a thread, with the whole line and the place of the cursor, and says which piece of the line it
would replace. Everything is compared folded; what is typed with its marks finds the exact ones first.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.domain.query import QUALIFIERS
from tracker.domain.sought import KINDS
from tracker.domain.text import fold, folded_words, has_marks, slug
from tracker.domain.views import DocumentView, PartyListing
from tracker.errors import TrackerError
from tracker.i18n import _, in_every_language
from tracker.reading.sentences import paragraphs
from tracker.render import label, period, published, words

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

MOST = 30
SNIPPET = 70
# One letter begins too many words to be taken for a qualifier.
SHORTEST = 2
# One word of fewer letters begins too many names.
SHORTEST_NAME = 3
# What the values of a qualifier are called, where they are codes.
_GROUPS = ("status", "schedule", "kind", "instrument", "strength", "sector")
_PARTIES = ("party", "lead", "owner", "undertaker", "counterpart", "partner")


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be meant: the text that would stand there, and what is said of it."""

    text: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be meant by the piece of the line from `start` to `end`."""

    start: int
    end: int
    offers: tuple[Offer, ...] = ()


Source = Callable[["Tracker", str, int], Offers]


def rank(typed: str, names: Iterable[str]) -> int | None:
    """How well a thing of these names answers what is typed, 0 best; None when it does not.

    Each typed word must begin a word of one name. Exact marks come before folded ones, beginnings before the rest.
    """
    wanted = folded_words(typed).split()
    best: int | None = None
    for name in names:
        folded = folded_words(name)
        if not all(any(part.startswith(word) for part in folded.split()) for word in wanted):
            continue
        exact = has_marks(typed) and typed.strip().casefold() in name.casefold()
        found = (0 if exact or not has_marks(typed) else 2) + (0 if folded.startswith(" ".join(wanted)) else 1)
        best = found if best is None else min(best, found)
    return best


def best(typed: str, things: Iterable[tuple[Offer, Sequence[str]]]) -> tuple[Offer, ...]:
    """The offers whose names answer what is typed, best first, else in the order in which they come."""
    ranked = [(place, offer) for offer, names in things if (place := rank(typed, names)) is not None]
    return tuple(offer for _place, offer in sorted(ranked, key=lambda found: found[0]))[:MOST]


def _whole(line: str, offers: tuple[Offer, ...]) -> Offers:
    # What stands there already needs no offer.
    return Offers(0, len(line), () if [offer.text for offer in offers] == [line] else offers)


# Parties, tags, refs, documents


def party_names(listing: PartyListing) -> tuple[str, ...]:
    """All that a party is called."""
    return tuple(filter(None, (listing.name.vi, listing.name.en, *listing.aliases, listing.key)))


def _party_offers(tracker: Tracker, typed: str) -> tuple[Offer, ...]:
    listings = tracker.library.parties()
    return best(typed, ((Offer(words(each.name), each.key), party_names(each)) for each in listings))


def parties(tracker: Tracker, line: str, at: int) -> Offers:
    """A party's name, the whole line."""
    return _whole(line, _party_offers(tracker, line))


def tags(tracker: Tracker, line: str, at: int) -> Offers:
    """Tags, separated by commas: the one at the cursor."""
    start, end = _segment(line, at, ",")
    typed = slug(line[start:end])
    given = {slug(part) for part in line.split(",")}
    found = [tag for tag in tracker.library.tags(typed, limit=MOST) if tag not in given]
    return Offers(start, end, tuple(Offer(tag) for tag in found))


def _segment(line: str, at: int, sign: str) -> tuple[int, int]:
    """Where the piece at the cursor begins and ends, between two of these signs."""
    start = line.rfind(sign, 0, at) + 1
    start += len(line[start:at]) - len(line[start:at].lstrip())
    end = line.find(sign, at)
    return start, len(line) if end < 0 else end


def _ref_offers(tracker: Tracker, typed: str, limit: int = 8) -> tuple[Offer, ...]:
    day, found = tracker.settings.today(), dict[str, str]()
    for query in (f"ref:{typed.strip().upper()}", typed):
        try:
            page = tracker.commitments.page(query, as_of=day, offset=0, limit=limit)
        except TrackerError:
            continue
        found |= {view.ref: words(view.title) for view in page}
    return tuple(Offer(ref, title) for ref, title in found.items())[:limit]


def refs(tracker: Tracker, line: str, at: int) -> Offers:
    """A commitment's ref, found by it or by words of the title."""
    return _whole(line, _ref_offers(tracker, line) if line.strip() else ())


def reasons(tracker: Tracker, line: str, at: int) -> Offers:
    """The usual reasons why a sentence is no commitment."""
    usual = (
        _("a wish, not a promise"),
        _("a fact, not a promise"),
        _("not ours to follow up"),
        _("on record already"),
        _("misread"),
    )
    return _whole(line, best(line, ((Offer(reason), (reason,)) for reason in usual)))


def _document_offers(documents: Iterable[DocumentView], typed: str, end: str = "") -> tuple[Offer, ...]:
    def said(each: DocumentView) -> str:
        return " · ".join(filter(None, (each.title, published(each.published))))

    return best(typed, ((Offer(each.file + end, said(each)), (each.file, each.title)) for each in documents))


def documents(tracker: Tracker, line: str, at: int) -> Offers:
    """A document whose text is there, and then its paragraphs: DOCUMENT:PARAGRAPH."""
    name, colon, number = line.rpartition(":")
    if not colon:
        there = [each for each in tracker.library.named_documents() if each.text_added]
        return _whole(line, _document_offers(there, line, ":"))
    try:
        text = tracker.library.document(name).text or ""
    except TrackerError:
        return Offers(0, 0)
    offers = (
        Offer(str(place), text[start:end][:SNIPPET])
        for place, (start, end) in enumerate(paragraphs(text), 1)
        if str(place).startswith(number.strip())
    )
    found = tuple(offer for offer, _count in zip(offers, range(MOST), strict=False))
    return Offers(len(name) + 1, len(line), () if [offer.text for offer in found] == [number] else found)


def files(tracker: Tracker, line: str, at: int) -> Offers:
    """A file or folder, one step further along its path."""
    typed = Path(line).expanduser() if line.startswith("~") and _has_home(line) else Path(line)
    folder, beginning = (typed, "") if line.endswith(os.sep) else (typed.parent, typed.name)
    prefix = line[: len(line) - len(beginning)] if beginning else line
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: (not entry.is_dir(), fold(entry.name)))
    except (OSError, ValueError):
        return Offers(0, 0)
    found = [
        Offer(prefix + entry.name + (os.sep if entry.is_dir() else ""))
        for entry in entries
        if fold(entry.name).startswith(fold(beginning)) and (beginning or not entry.name.startswith("."))
    ]
    return _whole(line, tuple(found[:MOST]))


def _has_home(line: str) -> bool:
    try:
        Path(line).expanduser()
    except RuntimeError:
        return False
    return True


def evidence(tracker: Tracker, line: str, at: int) -> Offers:
    """What evidence can be: a path, or a place in a document; a link is typed."""
    if "://" in line:
        return Offers(0, 0)
    if line.startswith(("/", "~", ".")):
        return files(tracker, line, at)
    return documents(tracker, line, at)


def figures(tracker: Tracker, line: str, at: int) -> Offers:
    """Figures, each before the value of a target, several with a semicolon: FIGURE=VALUE."""
    start, end = _segment(line, at, ";")
    if "=" in line[start:end]:
        return Offers(0, 0)
    listed = tracker.library.figures()
    named = ((Offer(f"{each.key}=", words(each.name)), (each.key, each.name.vi, each.name.en)) for each in listed)
    return Offers(start, end, best(line[start:end], named))


# The query language

# The term at the cursor, as far as it is typed: a sign before it, a qualifier, a value that may be open in quotes.
_TERM = re.compile(r'(?:^|(?<=[\s(]))(?P<sign>-?)(?:(?P<name>[A-Za-z]+):)?(?P<value>"[^"]*"?|[^\s"()]*)$')


def query(tracker: Tracker, line: str, at: int) -> Offers:
    """The qualifiers, their values in people's words, and the saved views."""
    term = _TERM.search(line[:at])
    if term is None:
        return Offers(0, 0)
    name, value = (term["name"] or "").lower(), term["value"]
    if name in QUALIFIERS:
        quoted = value.startswith('"')
        start = term.start("value") + (0 if quoted else value.rfind(",") + 1)
        typed = value.strip('"') if quoted else value.rpartition(",")[2]
        offers = tuple(Offer(_quoted(each.text), each.said) for each in _values(tracker, name, typed))
        return Offers(start, at, () if [each.text for each in offers] == [line[start:at]] else offers)
    if name or (len(value) < SHORTEST and not value.startswith("@")):
        return Offers(0, 0)
    if value.startswith("@"):
        views = tracker.saved_views.listing()
        found = best(value[1:], ((Offer("@" + _view_word(each.name), each.query), (each.name,)) for each in views))
        return Offers(term.start("value"), at, found)
    names = (Offer(f"{each}:", qualifier_name(each)) for each in QUALIFIERS)
    fitting = tuple(each for each in names if each.text.startswith(value.lower()))
    start, meant = _meant_by(line[:at])
    # Several words that are a name mean more than the last of them.
    return Offers(start, at, fitting * (start == term.start("value")) + meant)


def history(tracker: Tracker, line: str, at: int) -> Offers:
    """What can be sought in the history: who acted, which kind of act."""
    term = _TERM.search(line[:at])
    if term is None or term["sign"]:
        return Offers(0, 0)
    name, value = (term["name"] or "").lower(), term["value"]
    if not name:
        offered = (Offer("actor:", _("who acted")), Offer("kind:", _("what was done")))
        return Offers(
            term.start("value"), at, tuple(each for each in offered if value and each.text.startswith(value.lower()))
        )
    typed = value.strip('"')
    if name == "actor":
        return Offers(
            term.start("value"),
            at,
            best(typed, ((Offer(_quoted(who)), (who,)) for who in tracker.commitments.actors())),
        )
    if name == "kind":
        kinds = ((Offer(kind, label("act", kind)), (kind, label("act", kind))) for kind in KINDS)
        return Offers(term.start("value"), at, best(typed, kinds))
    return Offers(0, 0)


# What is also said for a condition, in either language; where a status says the same, the status is offered.
ALSO_SAID = {
    "open": ("đang mở", "chưa kết thúc"),
    "closed": ("đã kết thúc", "đã đóng"),
    "overdue": ("quá hạn", "trễ hạn", "chậm hạn", "chậm tiến độ", "muộn", "late"),
    "due": ("sắp đến hạn", "sắp tới hạn", "đến hạn"),
    "review": ("cần rà soát", "đến kỳ rà soát", "review due"),
    "no-deadline": ("không thời hạn", "không có thời hạn", "no deadline"),
    "follow-up": ("đôn đốc", "cần đôn đốc", "follow-up due"),
}


@cache
def _named_terms() -> tuple[tuple[str, Callable[[], str], tuple[str, ...]], ...]:
    """The terms that have names: each with what it is called now, and all its names in both languages, folded."""
    says: dict[str, tuple[Callable[[], str], tuple[str, ...]]]
    says = {f"status:{code}": (partial(label, "status", code), (code,)) for code in QUALIFIERS["status"]}
    says |= {f"is:{code}": (partial(condition_name, code), (code, *also)) for code, also in ALSO_SAID.items()}
    return tuple(
        (term, say, tuple(map(folded_words, (*in_every_language(say), *also)))) for term, (say, also) in says.items()
    )


def _meant_by(before: str) -> tuple[int, tuple[Offer, ...]]:
    """The terms that the last words are a name of, and where these words begin: as many of them as one name has.

    One word must begin a name; several may stand anywhere in it.
    """
    begins = [word.start() + word[0].startswith("-") for word in re.finditer(r"[^\s()]+", before)]
    for start in () if before.count('"') % 2 else begins[-6:]:
        typed = folded_words(before[start:])
        if len(typed) < SHORTEST_NAME or re.search(r'["():@]', before[start:]):
            continue
        several = " " in typed
        found = [
            (not any(name.startswith(typed) for name in names), Offer(term, say()))
            for term, say, names in _named_terms()
            if any(name.startswith(typed) or (several and f" {typed}" in name) for name in names)
        ]
        if found:
            return start, tuple(offer for _rank, offer in sorted(found, key=lambda each: each[0]))
    return begins[-1] if begins else 0, ()


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s,()]", value) else value


def _view_word(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _values(tracker: Tracker, name: str, typed: str) -> tuple[Offer, ...]:
    if name in _PARTIES:
        return _party_offers(tracker, typed)
    if name == "tag":
        return tuple(Offer(tag) for tag in tracker.library.tags(slug(typed), limit=MOST))
    if name == "ref":
        return _ref_offers(tracker, typed) if typed else ()
    if name == "doc":
        return _document_offers(tracker.library.named_documents(), typed)
    if name in ("due", "made"):
        year = tracker.settings.today().year
        spelled = (str(year), *(f"{year}-Q{part}" for part in range(1, 5)), str(year + 1))
        return tuple(Offer(each, period(each)) for each in spelled if each.startswith(typed.upper()))
    codes = QUALIFIERS[name]
    if name == "sector":
        from tracker.domain.codes import SECTORS

        codes = SECTORS
    named = ((Offer(code, label(name, code) if name in _GROUPS else condition_name(code)), code) for code in codes)
    return best(typed, ((offer, (code, code.replace("_", " "), offer.said)) for offer, code in named))


def qualifier_name(name: str) -> str:
    """What a qualifier asks about."""
    return {
        "status": _("delivery status"),
        "schedule": _("where it stands in time"),
        "kind": _("kind"),
        "sector": _("sector"),
        "instrument": _("class of text"),
        "strength": _("weight of the verb"),
        "ref": _("ref"),
        "is": _("open, overdue, review …"),
        "side": _("who is bound: ours, theirs, both"),
        "party": _("a party in any role"),
        "lead": _("who leads at our desk"),
        "owner": _("who leads or undertook it"),
        "undertaker": _("who undertook it"),
        "counterpart": _("whom we ask"),
        "partner": _("the other side"),
        "tag": _("tag"),
        "doc": _("source document"),
        "due": _("deadline: a day or period"),
        "made": _("when it was made"),
        "updated": _("when it was last told of"),
        "silent": _("days without an entry"),
    }.get(name, "")


def condition_name(code: str) -> str:
    """What a condition or a side is called."""
    return {
        "open": _("still open"),
        "closed": _("closed"),
        "overdue": _("past its deadline"),
        "due": _("due soon"),
        "review": _("our review is due"),
        "claimed": _("reported done, to be confirmed"),
        "paused": _("suspended"),
        "no-deadline": _("without a deadline"),
        "follow-up": _("a follow-up or an answer is due"),
        "home": _("our side"),
        "counterpart": _("the other side"),
        "joint": _("both sides"),
    }.get(code, code)
