"""The text of a document, with the sentence lit that was asked for and every other citation marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from tracker.domain.views import Done
from tracker.i18n import _, ngettext
from tracker.render import error as worded
from tracker.render import label, published, words
from tracker.tui.actions import DOCUMENT, TEXT, bindings
from tracker.tui.messages import DocumentArrived, Failed
from tracker.tui.openings import ACommitment, ASource, open_it
from tracker.tui.screens.room import Room
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.document_text import DocumentText, pieces

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


class DocumentRoom(Room):
    """From citation to citation with the arrows; Enter opens the commitment that was taken from it."""

    place = DOCUMENT
    also = (TEXT,)
    CSS_PATH = "document.tcss"
    BINDINGS = bindings(DOCUMENT)
    AUTO_FOCUS = "DocumentText"

    def __init__(self, source: ASource) -> None:
        super().__init__()
        self._source = source
        self._given: DocumentArrived | None = None

    def compose(self) -> ComposeResult:
        """Title, banner, the text, what is lit, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="missing")
        yield DocumentText()
        yield Notice(id="lit")
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for it."""
        self.retell()
        self._read()

    def _read(self) -> None:
        sha256, day = self._source.sha256, self.office.day

        def arrived(tracker: Tracker) -> DocumentArrived:
            document = tracker.library.document(sha256)
            return DocumentArrived(document, pieces(document.text or ""), tracker.library.cited(sha256, as_of=day))

        self.ask("document", arrived)

    def on_document_arrived(self, message: DocumentArrived) -> None:
        """Show it, the sentence lit."""
        first, self._given = self._given is None, message
        lit = (self._source.start, self._source.end, self._source.ref)
        if first:
            self.query_one(DocumentText).show(message.document.text or "", message.pieces, message.places, lit)
        self.retell()

    def on_failed(self, message: Failed) -> None:
        """Say why it cannot be shown."""
        self.query_one("#missing", Notice).say(worded(message.error))

    def retell(self) -> None:
        """Say everything again."""
        self.query_one("#banner", Notice).say(self.office.banner)
        given = self._given
        if given is None:
            self.query_one(Bar).tell(_("Document"), _("reading …"))
            return
        document = given.document
        cited = ngettext("{count} citation", "{count} citations", len(given.places)).format(count=len(given.places))
        facts = (document.publisher, published(document.published), cited)
        self.query_one(Bar).tell(document.title or document.file, "  ·  ".join(filter(None, facts)))
        missing = _("The register does not hold the text of {file}. Add it: tracker document add {file}")
        self.query_one("#missing", Notice).say("" if document.text else missing.format(file=document.file))
        self._tell_lit()

    @on(DocumentText.Moved)
    def _tell_lit(self) -> None:
        text = self.query_one(DocumentText)
        if self._given is None:
            return
        place, count = text.place, len(self._given.places)
        if place is None:
            said = _("→ lights the first of {count} citations").format(count=count) if count else ""
        else:
            said = _("{number} of {count}, paragraph {paragraph} ({role}): {ref} {title}").format(
                number=text.number,
                count=count,
                paragraph=place.paragraph,
                role=label("citation_role", place.role),
                ref=place.ref,
                title=words(place.title),
            )
        self.query_one("#lit", Notice).say(said)

    @on(DocumentText.Chosen)
    def action_open(self) -> None:
        """To the commitment whose citation is lit."""
        place = self.query_one(DocumentText).place
        if place is not None:
            open_it(self.office, ACommitment(place.ref))

    def day_changed(self) -> None:
        """What was cited by another day."""
        self._given = None
        self.retell()
        self._read()

    def was_changed(self, done: Done) -> None:
        """Citations may have come; the text does not change."""
