"""The values to filter by, with how many commitments have each; Enter adds one to the filter line or takes it out."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from tracker.domain.query import FACETS
from tracker.domain.views import Facet, FacetValue
from tracker.i18n import _
from tracker.render import label, words
from tracker.tui.actions import FACET, bindings, rebind
from tracker.tui.shown import cell
from tracker.tui.symbols import PICKED
from tracker.tui.widgets.rows import Part, Rows

# More values of a field are shown only when asked for.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a field; `known` says that its values have been counted."""

    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field."""

    name: str
    of: FacetValue


@dataclass(frozen=True, slots=True)
class More:
    """So many more values of a field."""

    name: str
    count: int


def facet_name(name: str) -> str:
    """What a field to filter by is called."""
    return {
        "status": _("Status"),
        "schedule": _("Schedule"),
        "lead": _("Lead"),
        "partner": _("Partner"),
        "sector": _("Sector"),
        "doc": _("Source"),
    }[name]


def value_name(name: str, of: FacetValue) -> str:
    """What a value is called: a party by its name, a code by its word, nobody as nobody."""
    if of.name is not None:
        return words(of.name)
    if of.value == "none":
        return _("(none)")
    return label(name, of.value) if name in ("status", "schedule", "sector") else of.value.strip('"')


class FacetPane(Rows):
    """Fields and their values, the most frequent first."""

    place = FACET
    BINDINGS = bindings(FACET)

    class Toggled(Message):
        """A value is to be filtered by, or no longer."""

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.name = name
            self.value = value

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        rebind(self, FACET)
        self._facets: dict[str, Facet] = {}
        self._whole: set[str] = set()
        self._filtered: dict[str, frozenset[str]] = {}
        self._lines: list[Heading | Value | More] = []
        # As wide as the greatest count.
        self._digits = 1
        self._arrange()

    # What is shown

    def show(self, facet: Facet) -> None:
        """These are the values of a field now."""
        self._facets[facet.name] = facet
        self._arrange()

    def mark(self, filtered: dict[str, frozenset[str]]) -> None:
        """These values stand in the filter line."""
        self._filtered = filtered
        self._arrange()

    def _arrange(self) -> None:
        before = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        self._lines = []
        for name in FACETS:
            facet = self._facets.get(name)
            self._lines.append(Heading(name, facet is not None))
            self._lines += self._values(name, facet.values if facet else ())
        counts = [line.of.count for line in self._lines if isinstance(line, Value)]
        self._digits = len(str(max(counts, default=0)))
        same = [number for number, line in enumerate(self._lines) if _same(line, before)]
        self.set_length(len(self._lines))
        if same:
            self.cursor = same[0]
        if not self.may_stand(self.cursor):
            # The first value of the field, once it is there.
            self.action_row_down()

    def _values(self, name: str, values: tuple[FacetValue, ...]) -> list[Value | More]:
        chosen = self._filtered.get(name, frozenset())
        there = {each.value.strip('"') for each in values}
        # What is filtered by is shown also when nothing matches it, so that it can be taken out again.
        kept = [FacetValue(value, None, 0) for value in sorted(chosen - there)]
        shown = values if name in self._whole else values[:SHOWN]
        beyond = [each for each in values[len(shown) :] if each.value.strip('"') in chosen]
        lines: list[Value | More] = [Value(name, each) for each in (*shown, *beyond, *kept)]
        left = len(values) - len(shown) - len(beyond)
        return [*lines, More(name, left)] if left else lines

    def may_stand(self, index: int) -> bool:
        """On values only."""
        return not isinstance(self._lines[index], Heading)

    # What is done

    def action_choose(self) -> None:
        """Filter by the value under the cursor, or no longer; or show all values of the field."""
        match self._lines[self.cursor]:
            case Value(name, of):
                self.post_message(self.Toggled(name, of.value))
            case More(name):
                self._whole.add(name)
                self._arrange()

    def to(self, name: str) -> None:
        """Put the cursor on the first value of a field."""
        places = [number for number, line in enumerate(self._lines) if line.name == name]
        self.cursor = places[min(1, len(places) - 1)]
        self.scroll_to(y=places[0], animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """One click is enough."""
        event.prevent_default()
        index = event.y - 1 + self.scroll_offset.y
        if event.y >= 1 and index < self.length and self.may_stand(index):
            self.cursor = index
            self.action_choose()

    # How a line looks

    def header_parts(self, width: int) -> list[Part]:
        """What this is."""
        return [(" ", ""), (cell(_("Filter by"), width - 1), "")]

    def row_parts(self, index: int, width: int) -> list[Part]:
        """A field, a value with its count, or how many more."""
        match self._lines[index]:
            case Heading(name, known):
                return [(" ", ""), (cell(facet_name(name) + ("" if known else " …"), width - 1), "heading")]
            case More(_name, count):
                return [("   ", ""), (cell(_("… {count} more").format(count=count), width - 3), "quiet")]
            case Value(name, of):
                chosen = of.value.strip('"') in self._filtered.get(name, frozenset())
                digits = self._digits
                return [
                    (f" {PICKED if chosen else ' '} ", "picked"),
                    (cell(value_name(name, of), max(width - 5 - digits, 1)), "picked" if chosen else ""),
                    (f" {of.count:>{digits}}", "quiet"),
                ]


def _same(line: object, before: object) -> bool:
    if isinstance(line, Value) and isinstance(before, Value):
        return (line.name, line.of.value) == (before.name, before.of.value)
    return isinstance(line, Heading) and isinstance(before, Heading) and line.name == before.name
