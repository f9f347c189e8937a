"""The lines of the overdue report, with a cursor that stands on commitments only."""

from __future__ import annotations

from datetime import date

from tracker.domain.views import CommitmentView
from tracker.i18n import _, ngettext
from tracker.render import party
from tracker.tui.columns import DEFAULT, REF_CELLS, Columns
from tracker.tui.report_lines import Gap, Heading, Line, More, UnderLead
from tracker.tui.shown import cell
from tracker.tui.widgets.rows import Part, Rows


def section_name(section: str) -> str:
    """What a section is called."""
    return {
        "overdue": _("Overdue"),
        "late_claim": _("Past the deadline, reported done, to be confirmed"),
        "paused": _("Suspended"),
        "review_due": _("No deadline, our review is due"),
        "due_soon": _("Due soon"),
    }[section]


class ReportList(Rows):
    """Section headings, leads, commitments."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()
        self._as_of = date.min
        self._ref_cells = REF_CELLS

    def show(self, lines: tuple[Line, ...], as_of: date) -> None:
        """Show another report. The cursor stays on its commitment, or on the first one."""
        before = self.current
        self._lines, self._as_of = lines, as_of
        self._ref_cells = max((REF_CELLS, *(len(line.ref) for line in lines if isinstance(line, CommitmentView))))
        places = {line.ref: place for place, line in enumerate(lines) if isinstance(line, CommitmentView)}
        self.set_length(len(lines))
        if before is not None and before.ref in places:
            self.cursor = places[before.ref]
        else:
            self.action_first_row()

    def _columns(self, width: int) -> Columns:
        # The lead stands above its commitments.
        return Columns(width, self._ref_cells, [name for name in DEFAULT if name != "lead"])

    @property
    def current(self) -> CommitmentView | None:
        """The commitment under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, CommitmentView) else None

    def may_stand(self, index: int) -> bool:
        """On commitments only."""
        return isinstance(self._lines[index], CommitmentView)

    def header_parts(self, width: int) -> list[Part]:
        """The names of the columns."""
        return self._columns(width).header()

    def row_parts(self, index: int, width: int) -> list[Part]:
        """One line."""
        match self._lines[index]:
            case Heading(section, size):
                return [
                    (" ", ""),
                    (cell(f"{section_name(section)} · {size}", width - 1), "heading" if size else "quiet"),
                ]
            case UnderLead(lead):
                return [(" ", ""), (cell(party(lead) if lead else _("no lead"), width - 1), "subheading")]
            case More(count):
                said = ngettext("… and {count} more", "… and {count} more", count).format(count=count)
                return [("    ", ""), (cell(said, width - 4), "quiet")]
            case Gap():
                return [("", "")]
            case CommitmentView() as commitment:
                return self._columns(width).row(commitment, self._as_of)
