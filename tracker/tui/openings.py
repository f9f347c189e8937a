"""What can be opened with Enter from a page, and how it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.tui.app import TrackerApp


@dataclass(frozen=True, slots=True)
class ACommitment:
    """A commitment by its ref."""

    ref: str


@dataclass(frozen=True, slots=True)
class ASource:
    """A document at a place; without a span, at its beginning. `ref` is the commitment that was looked at."""

    sha256: str
    start: int = 0
    end: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class AFigure:
    """A series by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class TheReason:
    """Why a commitment stands where it stands."""

    ref: str


@dataclass(frozen=True, slots=True)
class AReview:
    """The drafts of a document, to be looked through."""

    sha256: str


Opening = ACommitment | ASource | AFigure | TheReason | AReview


def open_it(office: TrackerApp, chosen: Opening) -> None:
    """Open it over the present room; the rooms are loaded when they are first needed."""
    match chosen:
        case ACommitment(ref):
            office.go_to(ref)
        case ASource():
            from tracker.tui.screens.document import DocumentRoom

            office.push_screen(DocumentRoom(chosen))
        case AFigure(key):
            from tracker.tui.screens.figure import FigureRoom

            office.push_screen(FigureRoom(key))
        case TheReason(ref):
            from tracker.tui.screens.why import WhyDialog

            office.push_screen(WhyDialog(ref))
        case AReview(sha256):
            from tracker.tui.screens.review import ReviewRoom

            office.push_screen(ReviewRoom(sha256))
