"""The documents that were read, each with how many of its drafts are decided; Enter goes on looking one through."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from tracker.i18n import _, ngettext
from tracker.reading.review import UnderReview
from tracker.render import error as worded
from tracker.render import published
from tracker.tui.actions import DRAFTS, bindings
from tracker.tui.forms import open_act
from tracker.tui.messages import Failed
from tracker.tui.openings import AReview, open_it
from tracker.tui.review_messages import ReviewsArrived
from tracker.tui.screens.room import Room
from tracker.tui.shown import cell
from tracker.tui.widgets.bars import Bar, KeyLine, Notice
from tracker.tui.widgets.rows import Part, Rows

WAITING, DONE = "● ", "✓ "
DECIDED_CELLS, DAY_CELLS = 16, 14
# From this width on it is said who published a document.
WIDE, PUBLISHER_CELLS = 110, 30


def progress(document: UnderReview) -> str:
    """How far its review is."""
    return _("{decided} of {drafts} decided").format(decided=document.decided, drafts=document.drafts)


class ReviewList(Rows):
    """A line for each document."""

    def __init__(self) -> None:
        super().__init__()
        self._documents: tuple[UnderReview, ...] = ()

    def show(self, documents: tuple[UnderReview, ...]) -> None:
        """Show these."""
        self._documents = documents
        self.set_length(len(documents))

    @property
    def current(self) -> UnderReview | None:
        """The document under the cursor."""
        return self._documents[self.cursor] if self._documents else None

    def header_parts(self, width: int) -> list[Part]:
        """The names of the columns."""
        return self._line(width, "  ", _("Document"), _("Decided"), _("Published"), _("Publisher"))

    def row_parts(self, index: int, width: int) -> list[Part]:
        """A document: whether drafts wait, and how many are decided."""
        document = self._documents[index]
        waits = document.decided < document.drafts
        told = _("{decided} of {drafts}").format(decided=document.decided, drafts=document.drafts)
        parts = (told, published(document.published), document.publisher)
        return self._line(width, WAITING if waits else DONE, document.file, *parts, "calm" if waits else "done")

    def _line(
        self, width: int, mark: str, file: str, decided: str, day: str, publisher: str, tone: str = ""
    ) -> list[Part]:
        by = PUBLISHER_CELLS if width >= WIDE else 0
        name = max(width - DECIDED_CELLS - DAY_CELLS - by - 3, 10)
        return [
            (" ", ""),
            (mark, tone),
            (cell(file, name - 1) + " ", ""),
            (cell(decided, DECIDED_CELLS), tone),
            (cell(day, DAY_CELLS), ""),
            (cell(publisher, by) if by else "", ""),
        ]


class DraftsRoom(Room):
    """Enter opens a review where it was left."""

    place = DRAFTS
    CSS_PATH = "drafts.tcss"
    BINDINGS = bindings(DRAFTS)
    AUTO_FOCUS = "ReviewList"

    def __init__(self) -> None:
        super().__init__()
        self._documents: tuple[UnderReview, ...] | None = None

    def compose(self) -> ComposeResult:
        """Title, banner, the list, keys."""
        yield Bar()
        yield Notice(id="banner")
        yield Notice(id="missing")
        yield ReviewList()
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for them."""
        self.retell()
        self.action_read_again()

    def action_read_again(self) -> None:
        """Ask once more."""
        self.ask("reviews", lambda tracker: ReviewsArrived(tracker.drafts.documents()))

    def on_reviews_arrived(self, message: ReviewsArrived) -> None:
        """Show them."""
        self._documents = message.documents
        self.query_one(ReviewList).show(message.documents)
        self.retell()

    def on_failed(self, message: Failed) -> None:
        """Say why there are none."""
        self.query_one("#missing", Notice).say(worded(message.error))

    def retell(self) -> None:
        """Say everything again."""
        self.query_one(Bar).tell(_("Drafts"), self._told())
        self.query_one("#banner", Notice).say(self.office.banner)
        none = _(
            "No document has been read for drafts. F2 reads a file or a pasted text and finds the sentences that "
            "promise something; you decide on each of them."
        )
        self.query_one("#missing", Notice).say(none if self._documents == () else "")
        self.query_one(ReviewList).refresh()

    def _told(self) -> str:
        if self._documents is None:
            return _("counting …")
        waiting = sum(document.drafts - document.decided for document in self._documents)
        return ngettext("{count} draft waits", "{count} drafts wait", waiting).format(count=waiting)

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Look through the document under the cursor."""
        chosen = self.query_one(ReviewList).current
        if chosen is not None:
            open_it(self.office, AReview(chosen.sha256))

    def action_read(self) -> None:
        """Read another document."""
        open_act(self, "read")
