"""A draft written out beside its document: what it says, where, why it was taken, and what it is like."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tracker.i18n import _
from tracker.reading.likeness import Likeness
from tracker.reading.review import KeptDraft, Review
from tracker.render import deadline, label, words
from tracker.tui.openings import ACommitment
from tracker.tui.page import QUIET, Block, Openable, Page
from tracker.tui.sheet import TONE_COLOURS
from tracker.tui.shown import shown
from tracker.tui.symbols import symbol
from tracker.tui.widgets.review_text import sign

# What is said beside the names is short.
NARROW = 40


def draft_sheet(kept: KeptDraft, review: Review, width: int) -> list[Block]:
    """The draft as a page of that width."""
    page, one = Page(width, narrow=NARROW), kept.draft
    mark = sign(kept)
    sure = _("{percent} % sure").format(percent=round(one.confidence * 100))
    head = shown(f"{mark.cells} {mark.says()}", TONE_COLOURS[mark.tone])
    page.full(head + shown(f" · {sure}", QUIET) if not kept.ref else head, section=mark.says())
    if kept.ref:
        page.full(_commitment(kept.ref, review), opens=ACommitment(kept.ref))
    if kept.reason:
        page.field(_("Reason"), shown(kept.reason))
    if one.status:
        _report(page, kept, review)
    else:
        _promise(page, kept, review)
        page.section(_("Like"), (_likeness(like, review) for like in one.similar))
    page.section(_("Where"), [shown(_where(kept))])
    page.section(_("Why"), [shown("; ".join(map(_cue, one.why)))])
    page.field("", shown(f"“{one.sentence}”", "italic"))
    return page.blocks


def _promise(page: Page, kept: KeptDraft, review: Review) -> None:
    one = kept.draft
    page.full(shown(one.title, "bold"))
    basis = _basis(one.basis)
    owners = shown(", ".join(one.owners) or _("nobody is named"))
    page.section(_("Who"), [owners + shown(f"  {basis}", QUIET) if one.owners and basis else owners])
    if one.counterparts:
        page.field(_("To"), shown(", ".join(one.counterparts)))
    page.field(_("Deadline"), shown(deadline(one.deadline)))
    for target in one.targets:
        figure = review.aims.get(kept.number, {}).get(target.text)
        aimed = shown(f"\n→ {words(figure)}", QUIET) if figure else Content("")
        page.field(_("Amount"), shown(" ".join(filter(None, (target.text, target.per or "")))) + aimed)
    page.field(_("Strength"), shown(label("strength", one.strength)))


def _report(page: Page, kept: KeptDraft, review: Review) -> None:
    """The status that it proposes, and for which commitment."""
    one, like = kept.draft, kept.draft.similar[0]
    page.full(shown(_("Reported: {status}").format(status=label("status", one.status)), "bold"))
    view = review.known.get(like.ref)
    now = shown(_("Now: {status}").format(status=label("status", view.status)), QUIET) if view else Content("")
    page.section(_("Of"), [(_commitment(like.ref, review), ACommitment(like.ref)), now])
    page.field("", shown(", ".join(map(_reason, like.because)), QUIET))


def _commitment(ref: str, review: Review) -> Content:
    view = review.known.get(ref)
    if view is None:
        return shown(ref) + shown("  " + _("no longer on record"), QUIET)
    mark = symbol(view)
    return shown(mark.cells.strip(), TONE_COLOURS[mark.tone]) + shown(f" {ref}  ", QUIET) + shown(words(view.title))


def _likeness(like: Likeness, review: Review) -> Openable:
    """A known commitment: how it differs, and why it may be the same."""
    because = ", ".join(map(_reason, like.because))
    said = because
    if like.because[0] != "place":
        said = _("{relation}, {percent} %: {because}").format(
            relation=_relation(like.relation), percent=round(like.score * 100), because=because
        )
    return _commitment(like.ref, review) + "\n" + shown(said, QUIET), ACommitment(like.ref)


def _where(kept: KeptDraft) -> str:
    one = kept.draft
    if one.page is None:
        return _("paragraph {paragraph}").format(paragraph=one.paragraph)
    return _("page {page}, paragraph {paragraph}").format(page=one.page, paragraph=one.paragraph)


def _basis(code: str) -> str:
    """Where the owners come from."""
    return {
        "stated": _("named in the sentence"),
        "joint": _("both sides"),
        "office": _("a person who stands for it"),
        "pronoun": _("meant by a pronoun"),
        "heading": _("named in the heading"),
    }.get(code, "")


def _relation(code: str) -> str:
    """How a draft stands to a commitment on record."""
    return {
        "same": _("the same"),
        "stronger": _("stronger now"),
        "weaker": _("weaker now"),
        "moved": _("another deadline"),
    }[code]


def _reason(code: str) -> str:
    """Why a draft may be about a commitment on record."""
    return {
        "place": _("this sentence is its source already"),
        "target": _("the same amount"),
        "deadline": _("the same deadline"),
        "name": _("the same project or event by name"),
        "wording": _("alike in wording"),
    }[code]


def _cue(why: str) -> str:
    """A cue: what it means, and the words of the text that are one."""
    kind, _colon, found = why.partition(": ")
    if kind == "report":
        return _("it reports “{status}”").format(status=label("status", found))
    meaning = {
        "agree": _("they agree"),
        "pledge": _("a pledge"),
        "will": _("an announced act"),
        "resolve": _("a resolve"),
        "decide": _("a decision"),
        "affirm": _("an affirmation"),
        "offer": _("an offer"),
        "back": _("a promise of support"),
        "memorandum": _("a signed document"),
        "assign": _("a task that is given"),
        "task": _("a task"),
        "list": _("an item of the list that it opens"),
        "carried on": _("carries on the sentence before"),
        "table row": _("a row of a table of tasks"),
    }.get(kind, kind)
    return f"{meaning}: “{found}”" if found else meaning


def on_record(kept: KeptDraft, review: Review) -> str:
    """The commitment of which the draft's sentence is a source already; nothing when there is none."""
    refs = (like.ref for like in kept.draft.similar if "place" in like.because)
    return next((ref for ref in refs if ref in review.known), "")


def similar(kept: KeptDraft, review: Review) -> Iterator[tuple[str, str]]:
    """The commitments that it may be merged into: what is said of each, and its ref."""
    for like in kept.draft.similar:
        if (view := review.known.get(like.ref)) is not None:
            yield f"{like.ref}  {words(view.title)} ({_relation(like.relation)})", like.ref
