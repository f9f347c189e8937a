"""What can be copied of a commitment: its ref, its title, a line, where it is said, and the sentence itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.domain.views import CommitmentView, SourceView
from tracker.i18n import _, language, ngettext
from tracker.render import deadline, label, party, safe, words
from tracker.tui.messages import ToCopy

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.tui.screens.room import Room


def copy(room: Room, what: str) -> None:
    """Read the chosen commitments of a room and send it the text for the clipboard."""
    refs, day = tuple(seen.ref for seen in room.chosen()), room.office.day
    if not refs:
        room.office.say(room.why_none(), severity="warning")
        return

    def read(tracker: Tracker) -> ToCopy:
        shown = (tracker.commitments.show(ref, as_of=day).commitment for ref in refs)
        text = "\n".join(filter(None, map(_WAYS[what], shown)))
        if not text:
            return ToCopy("", _("There is nothing to copy: the register holds no such text."))
        first, *others = text.splitlines()
        if not others:
            return ToCopy(text, _("Copied: {text}").format(text=first))
        count = len(others)
        more = ngettext("Copied: {text} … and {count} line more", "Copied: {text} … and {count} lines more", count)
        return ToCopy(text, more.format(text=first, count=count))

    room.ask("copy", read)


def citation(source: SourceView) -> str:
    """Where it says so, so exactly that anybody finds it: document, paragraph, span, hash."""
    return _("{document}, paragraph {paragraph}, characters {start} to {end}, SHA-256 {hash}").format(
        document=safe(source.document),
        paragraph=source.paragraph,
        start=source.start,
        end=source.end,
        hash=source.sha256,
    )


def _line(commitment: CommitmentView) -> str:
    leading = party(commitment.lead) if commitment.lead else ""
    status = label("status", commitment.status)
    parts = (commitment.ref, words(commitment.title), deadline(commitment.deadline), status, leading)
    return " · ".join(safe(part) for part in parts if part)


def _sentences(commitment: CommitmentView) -> str:
    said = [source.sentence for source in commitment.sources if source.sentence]
    return safe("\n".join(said) or commitment.statement.said_in(language()), newlines=True)


_WAYS: dict[str, Callable[[CommitmentView], str]] = {
    "ref": lambda commitment: commitment.ref,
    "title": lambda commitment: safe(words(commitment.title)),
    "line": _line,
    "citation": lambda commitment: "\n".join(map(citation, commitment.sources)),
    "sentence": _sentences,
}
