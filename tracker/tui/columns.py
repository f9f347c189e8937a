"""The columns of a list of commitments: what each says, how wide it is, and how a width is shared out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from tracker.domain.deadline import Deadline, spelling
from tracker.domain.schedule import Schedule
from tracker.domain.views import CommitmentView, PartyView
from tracker.i18n import _, language
from tracker.render import day as in_words
from tracker.render import label, next_step, period, why
from tracker.tui.shown import cell
from tracker.tui.symbols import LEAD_MARKS, symbol
from tracker.tui.widgets.rows import Part

# VL-2025-013
REF_CELLS = 11
# With less the title says nothing: the columns behind it give way first.
TITLE_CELLS = 20
# From this width on there is room for longer words, and for air.
WIDE = 124
ASCENDING, DESCENDING = "↑", "↓"


@dataclass(frozen=True, slots=True)
class Look:
    """How a commitment is looked at: on which day, in which section of a list, in so many cells."""

    as_of: date
    section: str
    cells: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `cells` are its width in a narrow and in a wide list; a click on its name sorts by `sort`."""

    says: Callable[[], str]
    part: Callable[[CommitmentView, Look], Part]
    cells: tuple[int, int]
    sort: str = ""
    right: bool = False


def by_when(deadline: Deadline | None, cells: int) -> str:
    """The deadline in so many cells, as exact as its source: its period in words, else in the one spelling.

    Nothing when there is none; of a range or an end that does not fit, the last day.
    """
    if deadline is None:
        return ""
    if deadline.end is None:
        return label("precision", deadline.precision) if deadline.event else ""
    value = spelling(deadline.start, deadline.end) if deadline.event else deadline.value
    if cell_len(said := period(value)) <= cells:
        return said
    _first, _dots, last = value.partition("..")
    if not last:
        return value
    end = period(last) if cell_len(period(last)) < cells else last
    return f"≤ {end}" if cell_len(end) + 2 <= cells else f"≤{end}"


def days(commitment: CommitmentView, as_of: date) -> str:
    """How late it is or how long there is, in few cells."""
    if commitment.days_overdue:
        return _("{days} late").format(days=commitment.days_overdue)
    end = commitment.deadline.end if commitment.deadline else None
    if end is not None and commitment.schedule in (Schedule.DUE_SOON, Schedule.IN_WINDOW, Schedule.NOT_DUE):
        return _("{days} left").format(days=(end - as_of).days)
    return ""


def _days(commitment: CommitmentView, look: Look) -> Part:
    return days(commitment, look.as_of), _urgency(commitment)


def _why(commitment: CommitmentView, look: Look) -> Part:
    return why(look.section, commitment, look.as_of), _urgency(commitment)


def _urgency(commitment: CommitmentView) -> str:
    tone = symbol(commitment).tone
    return tone if tone in ("late", "soon") else "quiet"


def _status(commitment: CommitmentView, _look: Look) -> Part:
    return label("status", commitment.status), "quiet" if commitment.status.closed else ""


def _name(party: PartyView) -> str:
    return LEAD_MARKS.get(party.basis, "") + party.name.said_in(language())


def _lead(commitment: CommitmentView, _look: Look) -> Part:
    return _name(commitment.lead) if commitment.lead else "", "quiet"


def _partner(commitment: CommitmentView, _look: Look) -> Part:
    return ", ".join(party.name.said_in(language()) for party in commitment.partners), "quiet"


def _source(commitment: CommitmentView, _look: Look) -> Part:
    return (commitment.sources[0].document if commitment.sources else ""), "quiet"


def _next(commitment: CommitmentView, _look: Look) -> Part:
    step = commitment.next
    return (f"{in_words(step.on)} {next_step(step)}" if step else ""), "quiet"


COLUMNS: Mapping[str, Column] = {
    "ref": Column(lambda: _("Ref"), lambda c, _look: (c.ref, "quiet"), (0, 0), sort="ref"),
    "title": Column(lambda: _("Commitment"), lambda c, _look: (c.title.said_in(language()), ""), (0, 0)),
    # The narrow one has room for ≤31 Dec 2026.
    "deadline": Column(
        lambda: _("Deadline"), lambda c, look: (by_when(c.deadline, look.cells), ""), (12, 14), "deadline"
    ),
    "days": Column(lambda: _("Late/left"), _days, (9, 9), right=True),
    "status": Column(lambda: _("Status"), _status, (15, 22), sort="status"),
    "schedule": Column(lambda: _("Schedule"), lambda c, _look: (label("schedule", c.schedule), "quiet"), (14, 22)),
    "lead": Column(lambda: _("Lead"), _lead, (16, 26), sort="lead"),
    "partner": Column(lambda: _("Partner"), _partner, (16, 26)),
    "sector": Column(lambda: _("Sector"), lambda c, _look: (label("sector", c.sector), "quiet"), (14, 20)),
    "source": Column(lambda: _("Source"), _source, (16, 28)),
    "next": Column(lambda: _("Next step"), _next, (20, 32)),
    "updated": Column(
        lambda: _("Updated"), lambda c, _look: (in_words(c.last_update), "quiet"), (11, 12), sort="updated"
    ),
    "moves": Column(
        lambda: _("Moves"), lambda c, _look: (str(c.moves) if c.moves else "", "quiet"), (8, 8), right=True
    ),
    "tags": Column(lambda: _("Tags"), lambda c, _look: (", ".join(c.tags), "quiet"), (14, 22)),
    "why": Column(lambda: _("Why here"), _why, (34, 40)),
}
ALWAYS = ("ref", "title")
LEAST_WHY = 14
# Why something stands in a list is asked of a list of reasons only.
TO_CHOOSE = tuple(name for name in COLUMNS if name != "why")
DEFAULT = ("ref", "title", "deadline", "days", "status", "lead")


class Columns:
    """How a width is shared out: the title takes what the others leave; those that do not fit are left out."""

    def __init__(self, width: int, ref_cells: int, names: Sequence[str] = DEFAULT) -> None:
        wide = width >= WIDE
        self._gap = " " * (2 if wide else 1)
        left = width - 5 - ref_cells - len(self._gap) - TITLE_CELLS
        self.cells: dict[str, int] = {}
        for name in names:
            if name == "ref":
                self.cells[name] = ref_cells
            elif name == "title":
                self.cells[name] = TITLE_CELLS
            elif (taken := COLUMNS[name].cells[wide] + len(self._gap)) <= left:
                self.cells[name] = COLUMNS[name].cells[wide]
                left -= taken
            elif name == "why" and left - len(self._gap) >= LEAST_WHY:
                # The beginning of a reason says more than a whole name.
                self.cells[name] = left - len(self._gap)
                left = 0
        self.cells["title"] = max(TITLE_CELLS + left, 8)

    def header(self, sort: str = "", *, descending: bool = False) -> list[Part]:
        """The names of the columns; an arrow on the one that the list is sorted by."""
        parts: list[Part] = [("     ", "")]
        for name, cells in self.cells.items():
            column = COLUMNS[name]
            arrow = (DESCENDING if descending else ASCENDING) if sort and column.sort == sort else ""
            said = cell(column.says(), cells - 2).rstrip() + f" {arrow}" if arrow else column.says()
            parts.append((cell(said, cells, right=column.right) + self._gap, ""))
        return parts

    def row(self, commitment: CommitmentView, as_of: date, section: str = "", *, picked: str = " ") -> list[Part]:
        """One commitment: whether it is picked, its symbol, its cells."""
        mark = symbol(commitment)
        # The first cell is the cursor's.
        parts: list[Part] = [(f" {picked}", "picked"), (f"{cell(mark.cells, 2)} ", mark.tone)]
        for name, cells in self.cells.items():
            column = COLUMNS[name]
            text, tone = column.part(commitment, Look(as_of, section, cells))
            parts.append((cell(text, cells, right=column.right) + self._gap, tone))
        return parts

    def at(self, x: int) -> str | None:
        """The column at that cell of a line."""
        begin = 5
        for name, cells in self.cells.items():
            if begin <= x < begin + cells + len(self._gap):
                return name
            begin += cells + len(self._gap)
        return None
