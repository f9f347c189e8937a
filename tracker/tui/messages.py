"""What workers and widgets say to rooms. Only frozen values travel; no widget is touched from a worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from textual.message import Message

from tracker.domain.agenda import FollowUpView, SavedView
from tracker.domain.commands import Seen
from tracker.domain.outcomes import DatabaseStatus
from tracker.domain.views import (
    ActView,
    Changes,
    CitedView,
    CommitmentDetail,
    CommitmentView,
    DocumentView,
    Done,
    EntryView,
    Facet,
    FigureView,
    Group,
    Preview,
)
from tracker.errors import StaleCommitment, TrackerError

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.domain.explanation import Explanation
    from tracker.tui.asking import Asked
    from tracker.tui.drafts import Kept, Waiting
    from tracker.tui.report_lines import Line
    from tracker.tui.widgets.document_text import Piece

# Of a group, by its number, so many rows: where they lie is the list's affair.
Block = tuple[int, int]


class Opened(Message):
    """The register is open, with acts up to `newest`; `made` says where it lies when this run has made it.

    `waiting` are the forms that were left with something typed.
    """

    def __init__(
        self, tracker: Tracker, made: DatabaseStatus | None, newest: int, waiting: tuple[Waiting, ...] = ()
    ) -> None:
        super().__init__()
        self.tracker = tracker
        self.made = made
        self.newest = newest
        self.waiting = waiting


class CannotOpen(Message):
    """The register cannot be used."""

    def __init__(self, error: TrackerError) -> None:
        super().__init__()
        self.error = error


class Failed(Message):
    """What was asked (`group` of workers) ended with an error that a person can be told."""

    def __init__(self, group: str, error: TrackerError) -> None:
        super().__init__()
        self.group = group
        self.error = error


class Found(Message):
    """The answer to a question: its groups, the rows of some blocks, and where the cursor's commitment stands now.

    `counted` says that the groups' counts are right; a plain list is shown before it is counted. `whole` says that
    these are all groups, and not the first of them, which fill a screen until the others are counted.
    """

    def __init__(
        self,
        asked: Asked,
        groups: tuple[Group, ...],
        blocks: Mapping[Block, tuple[CommitmentView, ...]],
        at: tuple[int, int] | None,
        *,
        counted: bool,
        whole: bool = True,
    ) -> None:
        super().__init__()
        self.asked = asked
        self.groups = groups
        self.blocks = blocks
        self.at = at
        self.counted = counted
        self.whole = whole


class Counted(Message):
    """How many match."""

    def __init__(self, asked: Asked, total: int) -> None:
        super().__init__()
        self.asked = asked
        self.total = total


class EntriesCounted(Message):
    """How many entries there are in the history `of` what is shown."""

    def __init__(self, of: tuple[str | None, date | None, str], total: int) -> None:
        super().__init__()
        self.of = of
        self.total = total


class Sized(Message):
    """How many commitments the register has."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.total = total


class FacetArrived(Message):
    """The values of one field among those that match."""

    def __init__(self, asked: Asked, facet: Facet) -> None:
        super().__init__()
        self.asked = asked
        self.facet = facet


class Gathered(Message):
    """All that answers a question, by name."""

    def __init__(self, asked: Asked, seen: tuple[Seen, ...]) -> None:
        super().__init__()
        self.asked = asked
        self.seen = seen


class StillThere(Message):
    """So many of the selected ones are among those that match."""

    def __init__(self, asked: Asked, refs: frozenset[str], matching: int) -> None:
        super().__init__()
        self.asked = asked
        self.refs = refs
        self.matching = matching


class ViewsArrived(Message):
    """The saved views, to show the one in `slot`, or all of them."""

    def __init__(self, views: tuple[SavedView, ...], slot: int | None = None) -> None:
        super().__init__()
        self.views, self.slot = views, slot


class ViewKept(Message):
    """A view was kept under a name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class BlocksWanted(Message):
    """The list shows rows that it does not have."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        super().__init__()
        self.blocks = blocks


class BlocksArrived(Message):
    """Rows for the list, by block; `generation` says for which answer they were asked."""

    def __init__(self, generation: int, blocks: Mapping[Block, tuple[CommitmentView, ...]]) -> None:
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


class Looked(Message):
    """What a form is about, as it is now, and what was typed into it before and not saved.

    `beforehand` is what is to be done before it can be filled in.
    """

    def __init__(self, view: CommitmentView | None, kept: Kept | None, beforehand: str = "") -> None:
        super().__init__()
        self.view = view
        self.kept = kept
        self.beforehand = beforehand


class DraftKept(Message):
    """What is typed lies on disk now, or could not be put there."""

    def __init__(self, typed: Mapping[str, str], kept: bool) -> None:
        super().__init__()
        self.typed = typed
        self.kept = kept


class Checked(Message):
    """So many of the commitments of a batch have been looked at."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class Recording(Message):
    """So many of a batch are done; nothing of it is kept before all are."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class Stopped(Message):
    """What was being recorded was given up: nothing of it is kept."""


class Previewed(Message):
    """What a batch would do to each of its commitments."""

    def __init__(self, found: Preview) -> None:
        super().__init__()
        self.found = found


class FollowUpFound(Message):
    """The follow-up of a commitment that is awaited first, if there is one; `done` when it was carried out at once."""

    def __init__(self, act: str, ref: str, follow_up: FollowUpView | None, done: Done | None = None) -> None:
        super().__init__()
        self.act = act
        self.ref = ref
        self.follow_up = follow_up
        self.done = done


class Acted(Message):
    """An act was done."""

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
    """A report of a day: its sum, when it has one, its lines, and the parts that may be left out, by key."""

    def __init__(
        self,
        as_of: date,
        counts: tuple[tuple[str, int], ...],
        lines: tuple[Line, ...],
        parts: tuple[tuple[str, str], ...],
    ) -> None:
        super().__init__()
        self.as_of = as_of
        self.counts = counts
        self.lines = lines
        self.parts = parts


class RowsWritten(Message):
    """So many rows of a report are read and drawn; it has so many."""

    def __init__(self, rows: int, of: int) -> None:
        super().__init__()
        self.rows = rows
        self.of = of


class WritingStopped(Message):
    """The person did not want the file any more: there is none."""


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
    """Entries of the history from the `offset`th on, newest first; `again` to those shown.

    They are those `of` a commitment, or of all (None), by a day, or all (None), and those sought.
    """

    def __init__(
        self,
        of: tuple[str | None, date | None, str],
        offset: int,
        entries: tuple[EntryView, ...],
        *,
        again: bool = False,
    ) -> None:
        super().__init__()
        self.of = of
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
