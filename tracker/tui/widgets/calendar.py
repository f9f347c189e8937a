"""A calendar page: the days of a month, the months or quarters of a year, or years, with a cursor on one of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dateutil.relativedelta import relativedelta
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tracker.domain.deadline import FIRST_DAY, LAST_DAY, Precision
from tracker.i18n import _
from tracker.render import label, period
from tracker.tui.actions import CALENDAR, bindings
from tracker.tui.shown import cell

# How many of a unit stand side by side, and how wide one is.
SHAPES = {Precision.DAY: (7, 6), Precision.MONTH: (2, 21), Precision.QUARTER: (2, 21), Precision.YEAR: (3, 14)}
STEPS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}
YEARS_SHOWN = 12
WIDTH = 42
# The title, the units, and the names of the weekdays.
HEAD = 3


def weekday_name(number: int) -> str:
    """A weekday in two letters, Monday first."""
    return (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))[number]


class Calendar(Widget, can_focus=True):
    """One page, Monday first. It says `Chosen` with the day or period in the one spelling."""

    DEFAULT_CSS = """
    Calendar {
        width: 42; height: 9; color: $foreground;
        & > .calendar--title { color: $accent; text-style: bold; }
        & > .calendar--quiet { color: $quiet; }
        & > .calendar--today { color: $primary; text-style: bold underline; }
        & > .calendar--cursor { color: $block-cursor-foreground; background: $row-cursor; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {f"calendar--{part}" for part in ("title", "quiet", "today", "cursor")}
    BINDINGS = bindings(CALENDAR)

    at: reactive[date] = reactive(date.min)
    unit: reactive[Precision] = reactive(Precision.DAY)

    class Chosen(Message):
        """A day or period was chosen: `value` is its spelling."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(self, at: date, today: date, units: tuple[Precision, ...] = (Precision.DAY,)) -> None:
        super().__init__()
        self._today, self._units = today, units
        self.set_reactive(Calendar.at, at)
        self.set_reactive(Calendar.unit, units[0])

    # What stands on the page

    @property
    def value(self) -> str:
        """What the cursor stands on, in the one spelling."""
        return spelled(self.at, self.unit)

    def cells(self) -> list[tuple[str, date | None]]:
        """The page from left to right and down: what each place says, and the first day it stands for."""
        year, month = self.at.year, self.at.month
        match self.unit:
            case Precision.DAY:
                first = date(year, month, 1)
                days = [date(year, month, day + 1) for day in range(monthrange(year, month)[1])]
                return [("", None)] * first.weekday() + [(str(day.day), day) for day in days]
            case Precision.YEAR:
                top = max(MINYEAR, year - year % YEARS_SHOWN)
                found = [date(shown, 1, 1) for shown in range(top, min(top + YEARS_SHOWN, MAXYEAR + 1))]
            case unit:
                found = [date(year, shown, 1) for shown in range(1, 13, STEPS[unit])]
        return [(period(spelled(day, self.unit)), day) for day in found]

    def _title(self) -> str:
        match self.unit:
            case Precision.DAY:
                return period(spelled(self.at, Precision.MONTH))
            case Precision.YEAR:
                found = [day for _said, day in self.cells() if day]
                return f"{found[0].year} – {found[-1].year}"
            case _:
                return period(spelled(self.at, Precision.YEAR))

    def _unit_places(self) -> list[tuple[range, Precision]]:
        places: list[tuple[range, Precision]] = []
        at = 1
        for unit in self._units:
            width = len(label("precision", unit))
            places.append((range(at, at + width), unit))
            at += width + 3
        return places

    def render(self) -> Content:
        """The page as text."""
        style = {part.removeprefix("calendar--"): self._style(part) for part in self.COMPONENT_CLASSES}
        names = [
            (label("precision", unit), style["cursor" if unit is self.unit and len(self._units) > 1 else "quiet"])
            for unit in self._units
        ]
        lines = [
            Content.styled(f" ‹ {cell(self._title(), WIDTH - 8).strip():^{WIDTH - 8}} › ", style["title"]),
            Content(" ") + Content("   ").join(Content.styled(*name) for name in names),
            Content.styled("".join(f"{weekday_name(day):>4}  " for day in range(7)), style["quiet"])
            if self.unit is Precision.DAY
            else Content(""),
        ]
        columns, width = SHAPES[self.unit]
        line: list[Content] = []
        for said, day in self.cells():
            days = self.unit is Precision.DAY
            text = cell(said, 4, right=True) + "  " if days else " " + cell(said, width - 1)
            here = day is not None and spelled(day, self.unit) == self.value
            now = day is not None and spelled(day, self.unit) == spelled(self._today, self.unit)
            line.append(Content.styled(text, style["cursor" if here else "today"]) if here or now else Content(text))
            if len(line) == columns:
                lines.append(Content("").join(line))
                line = []
        return Content("\n").join([*lines, Content("").join(line)])

    def _style(self, part: str) -> Style:
        found = self.get_component_styles(part)
        return Style(background=found.background, foreground=found.color, bold=bool(found.text_style.bold))

    # Moving

    def _go(self, count: int, *, pages: bool = False) -> None:
        """So many units, or pages of them, further; nobody leaves the days that can be meant."""
        step: timedelta | relativedelta
        match self.unit, pages:
            case Precision.DAY, False:
                step = timedelta(days=count)
            case Precision.DAY, True:
                step = relativedelta(months=count)
            case Precision.YEAR, True:
                step = relativedelta(years=count * YEARS_SHOWN)
            case _, True:
                step = relativedelta(years=count)
            case unit, _:
                step = relativedelta(months=count * STEPS[unit])
        if FIRST_DAY <= self.at + step <= LAST_DAY:
            self.at += step

    def action_earlier(self) -> None:
        """One to the left."""
        self._go(-1)

    def action_later(self) -> None:
        """One to the right."""
        self._go(1)

    def action_above(self) -> None:
        """One up."""
        self._go(-SHAPES[self.unit][0])

    def action_below(self) -> None:
        """One down."""
        self._go(SHAPES[self.unit][0])

    def action_page_back(self) -> None:
        """One page back."""
        self._go(-1, pages=True)

    def action_page_on(self) -> None:
        """One page on."""
        self._go(1, pages=True)

    def action_today(self) -> None:
        """To today."""
        self.at = self._today

    def action_unit(self) -> None:
        """Another unit: days, months, quarters, years."""
        self.unit = self._units[(self._units.index(self.unit) + 1) % len(self._units)]

    def action_choose(self) -> None:
        """This one."""
        self.post_message(self.Chosen(self.value))

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """What is clicked is chosen; beside the title, the page turns."""
        x, y = event.get_content_offset_capture(self)
        if y == 0:
            self._go(-1 if x < WIDTH // 2 else 1, pages=True)
        elif y == 1:
            self.unit = next((unit for places, unit in self._unit_places() if x in places), self.unit)
        elif y >= HEAD:
            columns, width = SHAPES[self.unit]
            place = (y - HEAD) * columns + x // width
            found = self.cells()
            day = found[place][1] if x // width < columns and place < len(found) else None
            if day is not None:
                self.at = day
                self.action_choose()

    def on_mouse_scroll_up(self) -> None:
        """One page back."""
        self._go(-1, pages=True)

    def on_mouse_scroll_down(self) -> None:
        """One page on."""
        self._go(1, pages=True)


def spelled(day: date, unit: Precision) -> str:
    """The day, month, quarter or year that a day lies in, in the one spelling."""
    match unit:
        case Precision.DAY:
            return day.isoformat()
        case Precision.MONTH:
            return f"{day.year:04d}-{day.month:02d}"
        case Precision.QUARTER:
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case _:
            return f"{day.year:04d}"
