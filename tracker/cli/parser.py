"""How the words of a command line are read: argparse, in two languages, with global options anywhere."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from tracker.cli import VERSION
from tracker.errors import BadOption, UsageError
from tracker.i18n import _, ngettext

VALUED = ("--database", "--as-of", "--known", "--actor", "--lang", "--format")
# Before a query term that begins with a minus: argparse takes such a word for an option.
GUARD = "\x00"
MOST = 10**9
_OPTION = re.compile(r"-[oh]|--.*", re.DOTALL)


class Once(argparse.Action):
    """An option that may be given once: of several places to write to, none is silently left out."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            raise BadOption(self.option_strings[0], "once")
        setattr(namespace, self.dest, values)


@dataclass(eq=False)
class Misuse(UsageError):
    """A command line that cannot be understood, already in words; `usage` shows how it is meant."""

    sentence: str
    usage: str = ""


class Parser(argparse.ArgumentParser):
    """argparse in the present language, that raises instead of leaving the program."""

    def __init__(self, prog: str, description: str) -> None:
        # argparse looks these two up in its own module each time it says something.
        vars(argparse).update(_=_, ngettext=ngettext)
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise Misuse(message[:1].upper() + message[1:], self.format_usage())

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """The options and arguments, in any order. Raises Misuse."""
        # argparse takes seven letters off the usage to have it without "usage: ", whatever that is here.
        self.usage = self.format_usage().removeprefix(_("usage: ")).rstrip().replace("%", "%%")
        return self.parse_intermixed_args(words)

    def add_global_options(self, formats: Sequence[str], *, as_of: bool) -> None:
        """The options that every command takes, before or after its name. Help names --as-of where it has a meaning."""
        group = self.add_argument_group(_("options of every command"))
        group.add_argument("--database", metavar="URL|PATH", help=_("the register; also TRACKER_DATABASE"))
        group.add_argument(
            "--as-of", metavar=_("DATE"), help=_("look at that day instead of today") if as_of else argparse.SUPPRESS
        )
        group.add_argument(
            "--known",
            metavar=_("DATE"),
            help=_("as it was known at the end of that day: what was recorded later is left out")
            if as_of
            else argparse.SUPPRESS,
        )
        group.add_argument("--actor", metavar=_("NAME"), help=_("who acts; also TRACKER_ACTOR, else the login"))
        group.add_argument("--lang", metavar="vi|en", help=_("the language; also TRACKER_LANG, else the locale"))
        group.add_argument(
            "--format",
            metavar="|".join(formats) or "table",
            help=_("how the answer is written") if formats else argparse.SUPPRESS,
        )
        group.add_argument("--no-color", action="store_true", help=_("no colours; also NO_COLOR"))
        group.add_argument("--version", action="version", version=VERSION, help=_("the version, and nothing else"))
        group.add_argument("-h", "--help", action="help", help=_("this help"))


def command_words(argv: Sequence[str], groups: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The command's own words (`list`; `report overdue`) and everything else, in its order."""
    found: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--" or (found and not (len(found) == 1 and found[0] in groups)):
            rest += [word, *words]
        elif word in VALUED:
            rest += [word, *[value for value in (next(words, None),) if value is not None]]
        elif word.startswith("-"):
            rest.append(word)
        else:
            found.append(word)
    return tuple(found), rest


def early_value(argv: Sequence[str], option: str) -> str | None:
    """The value of an option before anything is parsed: help is in the language that is asked for."""
    for place, word in enumerate(argv):
        if word == option and place + 1 < len(argv):
            return argv[place + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None


def guard_query(argv: Sequence[str]) -> list[str]:
    """The words with a guard before each term that begins with a minus (`-status:delivered`)."""
    return [
        GUARD + word if word.startswith("-") and len(word) > 1 and not _OPTION.fullmatch(word) else word
        for word in argv
    ]


def query_word(word: str) -> str:
    """A term of the query as it was typed."""
    return word.removeprefix(GUARD)


def whole_number(word: str) -> int:
    """A number of rows or a version: 0 to a billion, more than any register has."""
    digits = query_word(word)
    # Looked at before it is read: Python reads no number of thousands of digits.
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and int(digits) <= MOST):
        raise argparse.ArgumentTypeError(_("it must be a whole number, 0 to 1000000000"))
    return int(digits)


def argparse_says() -> tuple[str, ...]:
    """What argparse itself says to a person, so that the catalogue has it."""
    return (
        _("usage: "),
        _("options"),
        _("positional arguments"),
        _("argument %(argument_name)s: %(message)s"),
        _("the following arguments are required: %s"),
        _("unrecognized arguments: %s"),
        _("expected one argument"),
        _("expected at least one argument"),
        _("expected at most one argument"),
        ngettext("expected %s argument", "expected %s arguments", 2),
        _("ignored explicit argument %r"),
        _("not allowed with argument %s"),
        _("invalid %(type)s value: %(value)r"),
        _("invalid choice: %(value)r (choose from %(choices)s)"),
    )
