"""What was asked, or brought in a file, cannot be understood or found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.errors.root import TrackerError


@dataclass(eq=False)
class UsageError(TrackerError):
    """What was asked cannot be understood: exit code 2."""

    exit_code = 2


@dataclass(eq=False)
class UnknownValue(UsageError):
    """`value` is none of the `allowed` values of `what` (a status, a sector, a query qualifier...)."""

    what: str
    value: str
    allowed: Sequence[str] = ()


@dataclass(eq=False)
class BadDate(UsageError):
    """`value` is no date: `reason` is impossible | ambiguous | two_digit_year | unknown | reversed |
    not_a_day | not_when_done | out_of_reach | after_the_day | to_come |
    not_published."""

    value: str
    reason: str = "unknown"
    readings: Sequence[str] = ()


@dataclass(eq=False)
class BadQuery(UsageError):
    """The query cannot be read at `near`: `reason` is parenthesis | quote | operator | too_long | too_deep."""

    near: str
    reason: str


@dataclass(eq=False)
class BadOption(UsageError):
    """Option `option` cannot be used as given: `reason` is missing | nothing_to_change | needless | invalid |
    itself | no_text | no_paragraph | one_only | one_letter | one_file | bad_pattern | no_terminal | one_answer |
    no_such_hole | no_date | once | a_file | kept_anyway | for_new | for_report (then `value` is the draft's number).
    """

    option: str
    reason: str
    value: str = ""


@dataclass(eq=False)
class NotFound(TrackerError):
    """No `kind` (commitment, party, document, figure, event, act, follow_up, view) is called `ref`: exit code 3.

    `nearest` are offered.
    """

    exit_code = 3
    kind: str
    ref: str
    nearest: Sequence[str] = ()


@dataclass(eq=False)
class Ambiguous(TrackerError):
    """Several of `kind` are called `ref`: exit code 3, with the candidates."""

    exit_code = 3
    kind: str
    ref: str
    candidates: Sequence[str] = ()


@dataclass(eq=False)
class NotYet(TrackerError):
    """On `day` the commitment was not in the register: it begins on `began`. Exit code 3."""

    exit_code = 3
    ref: str
    day: date
    began: date


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where (file, then key), and the reason in the person's words or a code."""

    file: str
    key: str
    reason: str


@dataclass(eq=False)
class FileRefused(TrackerError):
    """An input file cannot be taken, and nothing of it was: exit code 6."""

    exit_code = 6
    file: str
    problems: Sequence[Problem] = field(default_factory=tuple)


@dataclass(eq=False)
class SettingMissing(TrackerError):
    """What is asked for needs these `keys` in the part `part` of the settings file. Exit code 6.

    `example` is a line as it may stand there.
    """

    exit_code = 6
    file: str
    part: str
    keys: Sequence[str]
    example: str = ""


@dataclass(eq=False)
class FileProblem(TrackerError):
    """A file to read or write: `reason` is missing | exists | unreadable | unwritable | not_text | rich_text |
    folder | no_evidence | not_a_backup | beside (it lies under another name) | too_large | damaged | protected |
    no_text_layer | empty. Exit code 6."""

    exit_code = 6
    file: str
    reason: str
