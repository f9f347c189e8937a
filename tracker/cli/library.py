"""What commitments point at: documents, parties, events, figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracker.cli.call import CHANNEL, Call
from tracker.domain.codes import PartyKind
from tracker.domain.register import Party, Words
from tracker.domain.text import slug
from tracker.domain.views import DocumentView, Remark
from tracker.errors import BadOption, UnknownValue
from tracker.i18n import _
from tracker.reading.sentences import paragraphs
from tracker.render import label, published, safe
from tracker.reports.facts import render_figure
from tracker.reports.formats import json_text
from tracker.reports.listing import DOCUMENTS, EVENTS, FIGURES, NOTHING, PARTIES
from tracker.reports.rows import document_row

_OUTCOMES = {"added": "document_added", "text_added": "text_added", "unchanged": "document_unchanged"}


def list_documents(call: Call) -> int:
    """`tracker document list`."""
    with call.tracker() as tracker:
        documents = tracker.library.documents()
    return call.listed(DOCUMENTS, documents, _("No document is in the register."))


def add_documents(call: Call) -> int:
    """`tracker document add`: all of the files, or none."""
    args = call.args
    published = call.period(args.published) if args.published is not None else "none"
    if args.language not in ("vi", "en"):
        raise UnknownValue("--lang", args.language, ("vi", "en"))
    with call.tracker() as tracker:
        outcomes = tracker.library.add_documents(
            [Path(file) for file in args.files],
            tracker.hand(CHANNEL),
            title=args.title,
            publisher=args.publisher,
            published=published,
            language=args.language,
        )
    for document, outcome in outcomes:
        call.remark(Remark(_OUTCOMES[outcome], {"ref": document.file}))
    documents = [document for document, _outcome in outcomes]
    return call.listed(DOCUMENTS, documents)


def show_document(call: Call) -> int:
    """`tracker document show`: what is known of it, then its text."""
    with call.tracker() as tracker:
        document = tracker.library.document(call.args.document)
    if call.form == "json":
        call.answer((json_text(document_row(document), indent=2), "\n"))
    else:
        call.answer(_document(document))
    return 0


def _document(document: DocumentView) -> Iterator[str]:
    facts = {
        "file": safe(document.file),
        "sha256": document.sha256,
        "title": safe(document.title) or NOTHING,
        "publisher": safe(document.publisher) or NOTHING,
        "published": published(document.published),
        "language": document.language,
    }
    for name, value in facts.items():
        yield f"{label('field', name)}: {value}\n"
    yield "\n"
    if document.text is None:
        yield _("The register does not hold the text. Add it: tracker document add FILE") + "\n"
    else:
        # Numbered as citations count them: DOC:PARA.
        for number, (start, end) in enumerate(paragraphs(document.text), 1):
            yield f"{number:>3}  {safe(document.text[start:end])}\n"


def list_parties(call: Call) -> int:
    """`tracker party list`."""
    with call.tracker() as tracker:
        parties = tracker.library.parties(" ".join(call.args.words))
    return call.listed(PARTIES, parties, _("No party matches."))


def add_party(call: Call) -> int:
    """`tracker party add`."""
    args = call.args
    if args.kind not in tuple(PartyKind):
        raise UnknownValue("party_kind", args.kind, tuple(PartyKind))
    key = args.key or slug(args.name or args.name_en)
    if not key:
        raise BadOption("NAME", "missing")
    with call.tracker() as tracker:
        party = Party(
            key=key,
            kind=PartyKind(args.kind),
            country=args.country.upper(),
            parent=tracker.library.party(args.parent).key if args.parent else None,
            name=Words(vi=args.name, en=args.name_en),
            aliases=tuple(args.alias),
        )
        tracker.library.add_party(party, tracker.hand(CHANNEL))
        listed = tracker.library.party(key)
    call.remark(Remark("added", {"ref": key}))
    return call.listed(PARTIES, (listed,))


def list_events(call: Call) -> int:
    """`tracker event list`."""
    with call.tracker() as tracker:
        events = tracker.library.events()
    return call.listed(EVENTS, events, _("No event is in the register."))


def list_figures(call: Call) -> int:
    """`tracker figure list`."""
    with call.tracker() as tracker:
        figures = tracker.library.figures()
    return call.listed(FIGURES, figures, _("No figure is in the register."))


def show_figure(call: Call) -> int:
    """`tracker figure show`: readings, and what follows from them for each target."""
    with call.tracker() as tracker:
        figure = tracker.library.figure(call.args.key, as_of=call.as_of)
    call.answer(render_figure(call.form, figure, width=call.width, colour=call.colour))
    return 0
