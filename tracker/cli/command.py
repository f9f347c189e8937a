"""What a command is: its words, help, options, forms, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.cli import options
from tracker.cli.parser import Parser

ROWS = ("table", "json", "jsonl", "csv", "md")
ONE = ("table", "json", "jsonl")
FACTS = ("table", "json")
REPORTS = (*ROWS, "html", "xlsx", "docx", "pdf", "ics", "eml")


@dataclass(frozen=True)
class Command:
    """One command. `does` names `module:function`; `takes` shows what stands after its words."""

    words: tuple[str, ...]
    does: str
    help: Callable[[], str]
    options: Callable[[Parser], None] = options.none
    formats: tuple[str, ...] = ROWS
    several_forms: bool = False
    takes: str = ""
    takes_query: bool = False
    # What --as-of means to it: a day to look at; nothing; and an act has --on instead.
    as_of: bool = False
    on: bool = False


def report(
    name: str, module: str, says: Callable[[], str], takes_options: Callable[[Parser], None], takes: str = "[QUERY...]"
) -> Command:
    """A report, which all are asked for and delivered in the same way."""
    return Command(
        ("report", name),
        f"tracker.cli.{module}:report_{name}",
        says,
        takes_options,
        formats=REPORTS,
        several_forms=True,
        takes=takes,
        takes_query=True,
        as_of=True,
    )
