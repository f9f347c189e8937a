"""What workers and widgets say to rooms. Only frozen values travel; no widget is touched from a worker."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.message import Message

from tracker.domain.views import (
    ActView,
    Changes,
    CitedView,
    CommitmentDetail,
    CommitmentView,
    Counts,
    DocumentView,
    Done,
    EntryView,
    FigureView,
)
from tracker.errors import StaleCommitment, TrackerError

if TYPE_CHECKING:
    from tracker.domain.explanation import Explanation
    from tracker.tui.report_lines import Line
    from tracker.tui.widgets.document_text import Piece


class Failed(Message):
    """What was asked (`group` of workers) ended with an error that a person can be told."""

    def __init__(self, group: str, error: TrackerError) -> None:
        super().__init__()
        self.group = group
        self.error = error


class Found(Message):
    """The answer to a filter on a day: the rows of one block, and how many match where that is known so soon."""

    def __init__(
        self, query: str, day: date, total: int | None, block: int, rows: tuple[CommitmentView, ...], again: bool
    ) -> None:
        super().__init__()
        self.query = query
        self.day = day
        self.total = total
        self.block = block
        self.rows = rows
        self.again = again


class Counted(Message):
    """How many match a filter on a day."""

    def __init__(self, query: str, day: date, total: int) -> None:
        super().__init__()
        self.query = query
        self.day = day
        self.total = total


class BlocksWanted(Message):
    """The list shows rows that it does not have."""

    def __init__(self, blocks: tuple[int, ...]) -> None:
        super().__init__()
        self.blocks = blocks


class BlocksArrived(Message):
    """Rows for the list, by block; `generation` says for which filter and reading they were asked."""

    def __init__(self, generation: int, blocks: dict[int, tuple[CommitmentView, ...]]) -> None:
        super().__init__()
        self.generation = generation
        self.blocks = blocks


class DetailArrived(Message):
    """One commitment, whole."""

    def __init__(self, detail: CommitmentDetail) -> None:
        super().__init__()
        self.detail = detail


class Explained(Message):
    """Why a commitment stands where it stands."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__()
        self.explanation = explanation


class SourceFound(Explained):
    """The same, asked for the sake of its source."""


class DocumentArrived(Message):
    """A document with its text cut for the screen, and the places cited in it."""

    def __init__(self, document: DocumentView, pieces: list[Piece], places: tuple[CitedView, ...]) -> None:
        super().__init__()
        self.document = document
        self.pieces = pieces
        self.places = places


class FiguresArrived(Message):
    """Measured series."""

    def __init__(self, figures: tuple[FigureView, ...]) -> None:
        super().__init__()
        self.figures = figures


class Marked(Message):
    """A status was recorded."""

    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


class Overtaken(Message):
    """Somebody else was faster: the error with its differences, and the commitment as it is now."""

    def __init__(self, error: StaleCommitment, present: CommitmentView) -> None:
        super().__init__()
        self.error = error
        self.present = present


class ReportArrived(Message):
    """The overdue report of a day: its sum, and its lines."""

    def __init__(self, as_of: date, counts: Counts, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self.as_of = as_of
        self.counts = counts
        self.lines = lines


class Written(Message):
    """A file was written, whole."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class ToCopy(Message):
    """Text for the clipboard, and what to say about it."""

    def __init__(self, text: str, told: str) -> None:
        super().__init__()
        self.text = text
        self.told = told


class RegisterChanged(Message):
    """Somebody has changed the register; what, is to be asked."""


class ChangesArrived(Message):
    """What others have changed."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes


class EntriesArrived(Message):
    """Entries of the history (of `ref`, or of all) from the `offset`th on, newest first; `again` to those shown."""

    def __init__(self, ref: str | None, offset: int, entries: tuple[EntryView, ...], *, again: bool = False) -> None:
        super().__init__()
        self.ref = ref
        self.offset = offset
        self.entries = entries
        self.again = again


class ToUndo(Message):
    """The act that would be taken back, or done again; None when there is none."""

    def __init__(self, act: ActView | None) -> None:
        super().__init__()
        self.act = act


class Undone(Message):
    """An act was taken back, or done again."""

    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done
