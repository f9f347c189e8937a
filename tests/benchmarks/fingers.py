"""The same keys on the interface and on a bare one: what each should show, and how long that took to come.

A key is answered when the first frame is whole that shows what it should: a service is asked beforehand which rows
that is. What comes later, such as a count, is not waited for, but may be under way when the next key comes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from time import perf_counter

from tests.benchmarks import bare
from tests.benchmarks.glass import Glass, Screen
from tests.benchmarks.stories import AS_OF
from tests.benchmarks.words import COMMON_WORDS
from tracker.bootstrap import Tracker
from tracker.domain.status import Status
from tracker.domain.views import CommitmentView
from tracker.render import label
from tracker.tui.reasons import open_to

KEYS = ("down", "pagedown", "end", "home", "filter", "open", "mark")
# What is typed into the filter: what many have, and a word that nothing has.
TYPED = (COMMON_WORDS, "zzyx")
NOTE = "Đã họp tổ công tác."
# Who leaves does not wait for an answer.
LEAVING = "leaving"
# A person's fingers rest so long between two keys.
PAUSE = 0.1
# What comes within this time after the first rows belongs to the opening.
CALM = 0.7

Shows = Callable[[Screen], object]


@dataclass(frozen=True, slots=True)
class Effort:
    """How often each thing is done; the first starts only warm up."""

    warm: int = 1
    starts: int = 11
    downs: int = 60
    pages: int = 30
    ends: int = 12
    words: int = 4
    opens: int = 12
    marks: int = 12


class Keys:
    """How long each key took, and when each kind of work began."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {name: [] for name in KEYS}
        self._began: list[tuple[str, float]] = []

    def begin(self, work: str) -> None:
        """Another kind of work begins."""
        self._began.append((work, perf_counter()))

    def press(self, glass: Glass, name: str, key: str, shows: Shows, *, counts: bool = True) -> None:
        """Press a key, wait for what it should show, and rest."""
        at = glass.press(key)
        took = (glass.after(at, shows, f"{name} ({key!r})").at - at) * 1000
        glass.rest(PAUSE)
        if counts:
            self.took[name].append(took)

    def blocks(self, late: list[tuple[float, float]]) -> dict[str, float]:
        """The longest block of the loop during each kind of work."""
        ends = [*(began for _, began in self._began[1:]), float("inf")]
        return {
            work: max((ms for at, ms in late if began <= at < end), default=0.0)
            for (work, began), end in zip(self._began, ends, strict=True)
            if work != LEAVING
        }


class Person:
    """Works with the register, and knows what it should show."""

    def __init__(self, glass: Glass, tracker: Tracker, keys: Keys) -> None:
        self._glass = glass
        self._ask = tracker.commitments
        self._keys = keys
        self._order: list[str] = []
        self._height = 0

    def work(self, effort: Effort) -> None:
        """All keys, one kind after the other, in the register."""
        self._glass.until(lambda screen: screen.has_words, "words")
        self._keys.begin("start")
        self._glass.until(lambda screen: len(screen.refs) > 10, "rows")
        self._glass.rest(CALM)
        self._to_the_register()
        self._height = len(self._glass.screen.refs)
        wanted = self._height * (effort.pages + 3) + effort.downs
        self._order = [row.ref for row in self._page(limit=wanted)]
        self._go_home()
        self._downs(effort.downs)
        self._pages(effort.pages)
        self._ends(effort.ends)
        self._filter(effort.words)
        self._open(effort.opens)
        self._mark(effort.marks)
        self._keys.begin(LEAVING)

    def _to_the_register(self) -> None:
        """From the room in which the interface opens, by its menu."""
        if "[Today]" not in self._glass.screen.lines[0]:
            return
        self._glass.press("F3")
        self._glass.until(lambda screen: "Register" in screen.text, "the menu")
        self._glass.rest(PAUSE)
        self._glass.press("r")
        self._glass.until(lambda screen: "[Register]" in screen.lines[0] and len(screen.refs) > 10, "the register")
        self._glass.rest(CALM)

    def _go_home(self) -> None:
        """To the first row."""
        self._glass.rest(PAUSE)
        self._glass.press("home")
        self._glass.until(_stands_on(self._order[0]), "the first row")
        self._glass.rest(PAUSE)

    def _page(self, query: str = "", limit: int = 100, offset: int = 0) -> tuple[CommitmentView, ...]:
        return self._ask.page(query, as_of=AS_OF, offset=offset, limit=limit)

    def _shows(self, refs: Sequence[str]) -> Callable[[Screen], bool]:
        """That a screenful of these rows is there, from the first on."""
        least = min(len(refs), self._height - 2)
        return lambda screen: len(screen.refs) >= least and list(screen.refs) == list(refs[: len(screen.refs)])

    def _somewhere(self, screen: Screen) -> bool:
        """Whether a screenful of the register is there, from any row on."""
        first = self._order.index(screen.refs[0]) if screen.refs and screen.refs[0] in self._order else 0
        return self._shows(self._order[first:])(screen)

    def _press(self, name: str, key: str, shows: Shows) -> None:
        self._keys.press(self._glass, name, key, shows)

    def _downs(self, times: int) -> None:
        self._keys.begin("down")
        for place in range(1, min(times, len(self._order) - 1) + 1):
            self._press("down", "down", _stands_on(self._order[place]))

    def _pages(self, times: int) -> None:
        self._keys.begin("pagedown")
        for _ in range(times):
            before = self._glass.screen.refs[-1]
            if before == self._order[-1]:
                break

            def further(screen: Screen, before: str = before) -> bool:
                return screen.refs[-1:] != (before,) and self._somewhere(screen)

            self._press("pagedown", "pagedown", further)

    def _ends(self, times: int) -> None:
        self._keys.begin("end")
        self._go_home()
        total = self._ask.count(as_of=AS_OF)
        last = [row.ref for row in self._page(offset=max(total - self._height, 0), limit=self._height)]
        for _ in range(times):
            self._press(
                "end",
                "end",
                lambda screen: screen.chosen == last[-1] and screen.refs == tuple(last[-len(screen.refs) :]),
            )
            self._press(
                "home", "home", lambda screen: screen.chosen == self._order[0] and self._shows(self._order)(screen)
            )

    def _filter(self, times: int) -> None:
        self._keys.begin("filter")
        answers = {typed: self._answer(typed) for text in TYPED for typed in _typed(text)} | {"": self._order}
        self._glass.press("F2")
        self._glass.rest(PAUSE)
        for text in TYPED * times:
            for before, typed in pairwise(("", *_typed(text))):
                answer = self._shows(answers[typed])

                def shows(screen: Screen, typed: str = typed, answer: Callable[[Screen], bool] = answer) -> bool:
                    return any(typed.rstrip() in line for line in screen.lines[:6]) and answer(screen)

                # Where the rows stay the same, nobody sees from outside when they were answered.
                same = answers[typed] == answers[before][: len(answers[typed])]
                self._keys.press(self._glass, "filter", typed[-1], shows, counts=not same)
            self._glass.press("wipe")
            self._glass.until(self._somewhere, "the whole register")
            self._glass.rest(PAUSE)
        self._glass.escape()
        self._go_home()

    def _answer(self, typed: str) -> list[str]:
        return [row.ref for row in self._page(typed.strip(), self._height)]

    def _open(self, times: int) -> None:
        self._keys.begin("open")
        for row in self._page(limit=times):
            self._glass.until(_stands_on(row.ref), "the row")
            self._glass.rest(PAUSE)
            self._press("open", "enter", _opened(row))
            self._glass.escape()
            self._glass.until(lambda screen: self._shows(self._order)(screen) and screen.chosen, "the list again")
            self._glass.rest(PAUSE)
            self._glass.press("down")
        self._go_home()

    def _mark(self, times: int) -> None:
        self._keys.begin("mark")
        for row in self._page(limit=times):
            self._glass.until(_stands_on(row.ref), "the row")
            status = Status.IN_PROGRESS if row.status is Status.NOT_STARTED else Status.NOT_STARTED
            self._fill_in(row.status, status)

            def marked(screen: Screen, ref: str = row.ref, status: Status = status) -> bool:
                lines = [line.text for line in screen.rows if line.ref == ref]
                return "New status" not in screen.text and any(label("status", status) in line for line in lines)

            self._press("mark", "F9", marked)
            self._glass.press("down")

    def _fill_in(self, before: Status, status: Status) -> None:
        """Open the dialog, choose the status, and write a note."""
        glass, said = self._glass, label("status", status)
        glass.press("F4")
        glass.until(lambda screen: "New status" in screen.text and "Now:" in screen.text, "the dialog")
        glass.rest(PAUSE)
        glass.press("enter")
        glass.until(lambda screen: label("status", Status.WITHDRAWN) in screen.text, "the choice")
        # The first choice is none.
        for _ in range(open_to(before).index(status) + 1):
            glass.rest(PAUSE)
            glass.press("down")
        glass.rest(PAUSE)
        glass.press("enter")
        glass.until(
            lambda screen: any("New status" in line and said in line for line in screen.lines), f"the status {said}"
        )
        # It leads on to the note.
        glass.rest(PAUSE)
        for letter in NOTE:
            glass.rest(PAUSE / 10)
            glass.press(letter)
        glass.until(lambda screen: NOTE in screen.text, "the note")
        glass.rest(PAUSE)


class Reader:
    """Presses the same keys in front of constant text."""

    def __init__(self, glass: Glass, keys: Keys) -> None:
        self._glass = glass
        self._keys = keys

    def work(self, effort: Effort) -> None:
        """All keys that `Person` presses."""
        glass = self._glass
        glass.until(lambda screen: len(screen.refs) > 10 and screen.chosen, "rows")
        self._keys.begin("all")
        glass.rest(CALM)
        for name, times in (("down", effort.downs), ("pagedown", effort.pages)):
            for _ in range(times):
                self._press(name, name, _left(glass.screen.chosen))
        for _ in range(effort.ends):
            self._press("end", "end", _stands_on(bare.ref(bare.ROWS - 1)))
            self._press("home", "home", _stands_on(bare.ref(0)))
        glass.press("F2")
        glass.rest(PAUSE)
        numbers = count(1)
        for letter in "".join(TYPED) * effort.words:
            self._press("filter", letter, _says(f"{next(numbers)} letters"))
        glass.escape()
        for _ in range(effort.opens):
            self._press("open", "enter", lambda screen: not screen.rows and bare.WORDS in screen.text)
            glass.escape()
        for _ in range(effort.marks):
            glass.press("F4")
            glass.until(lambda screen: not screen.rows, "the dialog")
            glass.rest(PAUSE)
            self._press("mark", "F9", _says(bare.MARKED))
        self._keys.begin(LEAVING)

    def _press(self, name: str, key: str, shows: Shows) -> None:
        self._keys.press(self._glass, name, key, shows)


def _typed(text: str) -> list[str]:
    """What stands in the line after each letter."""
    return [text[:length] for length in range(1, len(text) + 1)]


def _stands_on(ref: str) -> Shows:
    return lambda screen: screen.chosen == ref


def _left(ref: str | None) -> Shows:
    return lambda screen: screen.chosen not in (ref, None)


def _says(said: str) -> Shows:
    return lambda screen: screen.rows and said in screen.rows[-1].text


def _opened(row: CommitmentView) -> Shows:
    """That its title is there and the list is gone."""
    return lambda screen: len(screen.rows) < 3 and row.title.said_in("en")[:30] in screen.text
