"""How the rows of the register stand: columns, order, headings; and the names under which that is kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from tracker.domain.agenda import SavedView
from tracker.domain.commands import SaveView
from tracker.domain.query import GROUPINGS, SORTS
from tracker.domain.saved_view import view_key
from tracker.i18n import _
from tracker.tui.columns import ALWAYS, DEFAULT
from tracker.tui.groups import grouping_name, sort_name
from tracker.tui.screens.listing import Listing


class Arranging(Listing):
    """A list whose columns, order and headings a person chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[str] = DEFAULT
        self.sort, self.descending = SORTS[0], False
        self.grouping = ""

    @abstractmethod
    def filter_by(self, query: str) -> None:
        """Filter by that query."""

    def arranged(self) -> None:
        """Show the columns chosen, and ask for the rows in the order chosen."""
        self.rows.set_columns(self.columns, self.sort, descending=self.descending)
        self.read(again=True)

    # Order and headings

    def sort_by(self, sort: str) -> None:
        """In that order; chosen once more, the other way round."""
        self.descending = sort == self.sort and not self.descending
        self.sort = sort
        self.arranged()

    def action_sort(self) -> None:
        """Choose the order."""
        from tracker.tui.screens.choice import ChoiceDialog

        choices = [(sort, sort_name(sort)) for sort in SORTS]
        self.app.push_screen(ChoiceDialog(_("Sort"), choices, self.sort), self._sort_chosen)

    def _sort_chosen(self, sort: str | None) -> None:
        if sort is not None:
            self.sort_by(sort)

    def action_reverse(self) -> None:
        """The same order, the other way round."""
        self.sort_by(self.sort)

    def action_group(self) -> None:
        """Choose the headings."""
        from tracker.tui.screens.choice import ChoiceDialog

        choices = [(by, grouping_name(by)) for by in ("", *GROUPINGS)]
        self.app.push_screen(ChoiceDialog(_("Group"), choices, self.grouping), self._group_chosen)

    def _group_chosen(self, grouping: str | None) -> None:
        if grouping is not None and grouping != self.grouping:
            self.grouping = grouping
            self.arranged()

    # Columns

    def action_columns(self) -> None:
        """Choose the columns and their order."""
        from tracker.tui.screens.columns import ColumnsDialog

        self.app.push_screen(ColumnsDialog(self.columns), self._columns_chosen)

    def _columns_chosen(self, columns: tuple[str, ...] | None) -> None:
        if columns is not None:
            self.columns = columns
            self.rows.set_columns(self.columns, self.sort, descending=self.descending)

    # Saved views

    def show_view(self, view: SavedView) -> None:
        """The view's filter, columns, order and headings."""
        sort = view.sort.removeprefix("-")
        self.sort, self.descending = sort or SORTS[0], view.sort.startswith("-")
        self.grouping = view.group
        self.columns = tuple(dict.fromkeys((*ALWAYS, *view.columns))) if view.columns else DEFAULT
        self.rows.set_columns(self.columns, self.sort, descending=self.descending)
        self.filter_by(view.query)
        self.read()
        self.office.say(_("View “{name}”").format(name=view.name), timeout=3)

    def action_keep_view(self) -> None:
        """Keep filter, columns, order and headings under a name."""
        from tracker.tui.screens.views import KeepViewDialog

        if not self.may_record:
            self.office.say(self.office.why_not_recorded, severity="warning")
            return
        sort = f"-{self.sort}" if self.descending else self.sort
        kept = SaveView(
            name="", query=self.asked().query, columns=tuple(self.columns), sort=sort, group=self.grouping, slot=None
        )
        self.app.push_screen(KeepViewDialog(kept), self._view_kept)

    def _view_kept(self, name: str | None) -> None:
        if name is not None:
            said = _("Kept as “{name}”. On the command line: tracker list @{key}")
            self.office.say(said.format(name=name, key=view_key(name)))
