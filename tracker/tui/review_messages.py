"""What workers say to the rooms and forms of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tracker.reading.review import Proposal, Review, UnderReview
    from tracker.tui.widgets.document_text import Piece


class ReviewsArrived(Message):
    """The documents that were read for review."""

    def __init__(self, documents: tuple[UnderReview, ...]) -> None:
        super().__init__()
        self.documents = documents


class ReviewArrived(Message):
    """A document to look through, with its text cut for the screen."""

    def __init__(self, review: Review, pieces: list[Piece]) -> None:
        super().__init__()
        self.review = review
        self.pieces = pieces


class ProposalArrived(Message):
    """What a draft would become, to be edited."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        self.proposal = proposal


class PartRead(Message):
    """So much of a document is read, in parts of a hundred."""

    def __init__(self, percent: int) -> None:
        super().__init__()
        self.percent = percent
