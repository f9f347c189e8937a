"""From the words of a command line to an exit code. The one place where errors become sentences."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from tracker.cli import output
from tracker.cli.output import say
from tracker.cli.parser import GUARD, Misuse, Parser, command_words, early_value, guard_query
from tracker.errors import BadDate, BadOption, TrackerError, UnknownValue
from tracker.i18n import _, use_language

if TYPE_CHECKING:
    from tracker.cli.command import Command
    from tracker.settings import SettingsFile

DONE, UNEXPECTED, INTERRUPTED = 0, 1, 130


def run(argv: Sequence[str]) -> int:
    """Run one command. Never raises: whatever happens becomes an exit code and one clear sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Whatever the locale: Vietnamese is written as UTF-8, and nothing can fail to be written.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _carried_out(argv)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else DONE
    except Misuse as misuse:
        from tracker.render import safe

        say(safe(misuse.sentence.replace(GUARD, "")))
        if misuse.usage:
            say(misuse.usage.rstrip())
        return misuse.exit_code
    except TrackerError as failure:
        from tracker.render import error

        say(error(failure))
        return failure.exit_code
    except KeyboardInterrupt:
        say(_("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:
        _hush()
        return DONE
    except Exception as crash:  # noqa: BLE001 - the outermost place: a person gets a sentence, not a trace
        return _crashed(crash)


def _carried_out(argv: Sequence[str]) -> int:
    from tracker.cli.commands import COMMANDS, GROUPS, find

    file = _speak_early(argv)
    words, rest = command_words(argv, GROUPS)
    if (not words or (len(words) == 1 and words[0] in GROUPS)) and {"--help", "-h"} & set(rest):
        from tracker.cli.overview import overview

        print(overview([command for command in COMMANDS if command.words[: len(words)] == words]), end="")
        return DONE
    command = find(words)
    parser = Parser(prog=" ".join(("tracker", *command.words)), description=command.help())
    command.options(parser)
    parser.add_global_options(command.formats, as_of=command.as_of)
    args = parser.read(guard_query(rest) if command.takes_query else rest)

    from tracker.cli.call import Call, format_for, read_typed_day
    from tracker.settings import load_settings

    for option, given_day in (("--as-of", args.as_of), ("--known", args.known)):
        if given_day is not None and not command.as_of:
            raise _no_day(command, option)
    settings = load_settings(database=args.database, actor=args.actor, language=args.lang, file=file)
    use_language(settings.language)
    allowed = command.formats or ("table",)
    given: str = args.format or format_for(getattr(args, "output", None), allowed)
    forms = tuple(dict.fromkeys(given.split(","))) if command.several_forms else (given,)
    for form in forms:
        if form not in allowed:
            raise UnknownValue("format", form, allowed)
    as_of = read_typed_day(args.as_of, settings.language) if args.as_of is not None else settings.today()
    if args.known is not None:
        known = read_typed_day(args.known, settings.language)
        if known > settings.today():
            raise BadDate(args.known, "to_come")
        settings = replace(settings, known=known)
    module, name = command.does.split(":")
    with output.delivered():
        try:
            code: int = getattr(import_module(module), name)(Call(args, settings, as_of, forms[0], forms))
        except ValueError as unfit:
            raise _unfit(unfit) from unfit
    return code


def _no_day(command: Command, option: str) -> Misuse:
    words = " ".join(("tracker", *command.words))
    if command.on:
        return Misuse(
            _("{command} acts today: {option} has no meaning here; --on gives the day since which it is so.").format(
                command=words, option=option
            )
        )
    said = _("{command} works on the register as it is now: {option} has no meaning here.")
    return Misuse(said.format(command=words, option=option))


# Where a field's name is not the option's.
_OPTIONS = {
    "tags": "tag",
    "review_on": "review",
    "effective_on": "on",
    "aliases": "alias",
    "deadline_value": "deadline",
}


def _unfit(unfit: ValueError) -> Exception:
    """A value that the domain's types refuse, as the option that gave it. Anything else stays what it is."""
    from pydantic import ValidationError

    if not isinstance(unfit, ValidationError):
        return unfit
    first = unfit.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    given = first["input"]
    option = f"--{_OPTIONS.get(name, name)}".replace("_", "-") if name else _("What was given")
    return BadOption(option, "invalid", given if isinstance(given, str) else "")


def _speak_early(argv: Sequence[str]) -> SettingsFile:
    """Choose the language before anything is parsed: help is in it. Gives the settings file, read or not."""
    from tracker.settings import SettingsFile, chosen_language

    file = SettingsFile()
    use_language(chosen_language(early_value(argv, "--lang"), file))
    return file


def _hush() -> None:
    """Nobody reads any more: let Python's own flush at the end go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crashed(crash: Exception) -> int:
    from tracker.crash import told, trace
    from tracker.render import safe

    if os.environ.get("TRACKER_DEBUG") == "1":
        say(safe(trace(crash), newlines=True))
    say(safe(told(crash)))
    return UNEXPECTED
