"""One command under way: what was asked, with which settings, and the ways to answer."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tracker.cli import output
from tracker.cli.output import say
from tracker.domain.deadline import Precision, day_needed, read_period, within_reach
from tracker.errors import BadDate, UnknownValue
from tracker.settings import Settings

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker
    from tracker.domain.views import Done, Remark
    from tracker.reports.listing import Listing

T = TypeVar("T")
CHANNEL = "cli"
_BY_SUFFIX = {".htm": "html", ".zip": "archive"} | {
    f".{form}": form for form in ("json", "jsonl", "csv", "md", "html", "xlsx", "docx", "pdf", "ics", "eml")
}
# Another program would call a file of these names damaged when it holds anything else.
_OTHERS = frozenset((".xls", ".doc", ".odt", ".ods", ".xml"))


@dataclass(frozen=True)
class Call:
    """What a command's function is given."""

    args: argparse.Namespace
    settings: Settings
    as_of: date
    form: str
    # A report may be asked for in several.
    forms: tuple[str, ...] = ()

    @contextmanager
    def tracker(self, *, may_create: bool = False) -> Iterator[Tracker]:
        """The register, open. Says on stderr when a new one was made."""
        from tracker.bootstrap import open_tracker
        from tracker.domain.views import Remark

        with open_tracker(self.settings, may_create=may_create) as opened:
            if opened.made:
                made = opened.status()
                self.remark(Remark("database_made", {"path": made.url, "commitments": made.commitments}))
            if (known := self.settings.known) is not None:
                self.remark(Remark("as_known", {"day": known}))
            yield opened
            for said in opened.said_of_copies():
                self.remark(said)

    def period(self, typed: str) -> str:
        """A deadline or period as a person types it, in the one spelling; a guessed reading is said."""
        return read_typed(typed, self.settings.language)[0]

    def day(self, typed: str | None) -> date | None:
        """A day as a person types it; a guessed reading is said. Raises BadDate when it is not one day."""
        return None if typed is None else read_typed_day(typed, self.settings.language)

    def answer(self, pieces: Iterable[str | bytes], file: str | None = None, *, private: bool = False) -> None:
        """Write the answer to stdout, or to the file that was asked for; to another one when its name is given.

        A new file is for whoever the umask lets read it, or with `private` for its owner alone.
        """
        file = file or getattr(self.args, "output", None)
        if file is None or file == "-":
            output.write(pieces)
        else:
            from tracker.reports.files import write_whole

            write_whole(Path(file), pieces, replace=True, private=private)

    def listed(self, listing: Listing[T], items: Sequence[T], nothing: str = "") -> int:
        """Answer with a list, and where there is none say `nothing` below the headings of its table."""
        from tracker.reports.formats import render_list

        self.answer(render_list(self.form, listing, items, width=self.width, colour=self.colour))
        if nothing and not items and self.form == "table":
            output.finish()
            say(nothing)
        return 0

    @property
    def width(self) -> int | None:
        """The width of what is written to, if it is a terminal."""
        return None if self._to_file else output.width()

    @property
    def colour(self) -> bool:
        """Whether colours may be used."""
        return not self._to_file and output.colour(self.args.no_color)

    @property
    def _to_file(self) -> bool:
        return getattr(self.args, "output", None) not in (None, "-")

    def remark(self, remark: Remark) -> None:
        """Say a remark beside the answer."""
        from tracker.render import remark as worded

        say(worded(remark))

    def changed(self, done: Done, code: str | None = None) -> int:
        """Answer an act: the commitments as they are now on stdout, what was done and every remark on stderr.

        `code` says what was done to each of them; without one the remarks say it.
        """
        from tracker.domain.views import Remark
        from tracker.render import deadline
        from tracker.reports.formats import render_list
        from tracker.reports.listing import COMMITMENTS

        # These say themselves what became of it; that the whole is marked would not be true.
        by_themselves = ("side_marked", "backdated", "same", "source_already")
        worded = {remark.facts["ref"] for remark in done.remarks if remark.code in by_themselves}
        for view in done.commitments:
            if code is None or view.ref in worded:
                continue
            facts = {"ref": view.ref, "status": view.status, "deadline": deadline(view.deadline)}
            self.remark(Remark(code, facts))
        for remark in done.remarks:
            self.remark(remark)
        if done.commitments or self.form != "table":
            self.answer(render_list(self.form, COMMITMENTS, done.commitments, width=self.width, colour=self.colour))
        return 0


def read_typed(typed: str, language: str) -> tuple[str, Precision]:
    """A period as a person types it, and its precision; a guessed reading is said on stderr."""
    reading = read_period(typed, language)
    if reading.guessed:
        from tracker.domain.views import Remark
        from tracker.render import remark

        say(remark(Remark("date_read", {"typed": typed, "value": reading.period.value})))
    return reading.period.value, reading.period.precision


def read_typed_day(typed: str, language: str) -> date:
    """A single day as a person types it. Raises BadDate when it is no day, or not one day."""
    try:
        value, precision = read_typed(typed, language)
    except BadDate as error:
        raise day_needed(error) from None
    if precision is not Precision.DAY:
        raise BadDate(typed, "not_a_day")
    return within_reach(date.fromisoformat(value), typed)


def format_for(file: str | None, allowed: Sequence[str]) -> str:
    """The format that a file's name asks for, or the first that is allowed. Raises UnknownValue for another one.

    Where nothing is for a person to read (no table), a name's ending that means nothing is another one too.
    """
    suffix = Path(file).suffix.lower() if file else ""
    meant = _BY_SUFFIX.get(suffix, "")
    strange = len(suffix) > 1 and not meant and "table" not in allowed
    if strange or suffix in _OTHERS or (meant and meant not in allowed):
        raise UnknownValue("format", suffix.removeprefix("."), allowed)
    return meant or allowed[0]
