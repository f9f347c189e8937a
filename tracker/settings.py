"""Settings: options beat the environment, which beats settings.toml, which beats what is written here.

Read on the way to every command, so it loads nothing heavy.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.domain.address import is_url
from tracker.domain.backup import BackupPolicy
from tracker.domain.text import clean
from tracker.errors import BadOption, FileProblem, FileRefused, Problem, TrackerError, UnknownValue
from tracker.i18n import LANGUAGES, Language

if TYPE_CHECKING:
    from tracker.domain.deadline import ReviewPolicy
    from tracker.domain.letterhead import Letterhead

# The folder's name in the places where a system keeps settings and data.
APPLICATION = "commitment-tracker"
# The interface's, by name.
THEMES = ("night", "day", "contrast-night", "contrast-day")
# A country, or the key of any party.
_HOME = re.compile(r"[A-Z]{2}|[a-z0-9][a-z0-9-]*")


def _review() -> ReviewPolicy:
    from tracker.domain.deadline import ReviewPolicy

    return ReviewPolicy()


@dataclass(frozen=True)
class Settings:
    """Where the register lies, who acts, and the rules of the house."""

    database: str
    database_is_default: bool
    actor: str
    language: Language
    home: str = "VN"
    zone: str = "Asia/Ho_Chi_Minh"
    soon_days: int = 30
    silent_days: int = 90
    review: ReviewPolicy = field(default_factory=_review)
    # What the office's letters carry; None: the file has no part [letter].
    letter: Letterhead | None = None
    # Where copies of the register go, and how many are kept.
    backup: BackupPolicy = field(default_factory=BackupPolicy)
    # Of the interface: nobody chose the language; its theme, and the keys of its actions.
    language_is_default: bool = False
    # Of this run: the register is shown as it was known at the end of that day; None: as it is known now.
    known: date | None = None
    theme: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def today(self) -> date:
        """Today in the configured zone: the one place that asks the clock for a day."""
        from zoneinfo import ZoneInfo

        return datetime.now(ZoneInfo(self.zone)).date()


class SettingsFile:
    """settings.toml, read when it is asked for and then kept."""

    @cached_property
    def written(self) -> _Written:
        """What it says. Raises FileRefused with every problem, FileProblem when it cannot be read."""
        return _read(settings_file())


def load_settings(
    *,
    database: str | None = None,
    actor: str | None = None,
    language: str | None = None,
    file: SettingsFile | None = None,
) -> Settings:
    """The settings of this run.

    Raises BadOption or UnknownValue for an option or variable, FileRefused for a settings file that cannot be
    taken, with every problem in it.
    """
    written = (file or SettingsFile()).written
    chosen = _database(database, "--database") or _database(os.environ.get("TRACKER_DATABASE"), "TRACKER_DATABASE")
    chosen = chosen or written.database
    spoken = _spoken(language, "--lang") or _spoken(os.environ.get("TRACKER_LANG"), "TRACKER_LANG") or written.language
    return Settings(
        database=chosen or _sqlite(_data_folder() / "tracker.sqlite"),
        database_is_default=chosen is None,
        actor=_actor(actor, written.actor),
        language=spoken or locale_language(),
        home=written.home,
        zone=written.zone,
        soon_days=written.soon_days,
        silent_days=written.silent_days,
        review=written.review or _review(),
        letter=written.letter,
        language_is_default=spoken is None,
        theme=written.theme,
        keys=written.keys or {},
        backup=written.backup or BackupPolicy(),
    )


def chosen_language(asked: str | None, file: SettingsFile) -> Language:
    """The language before anything else is known: help speaks it, also when the settings cannot be taken."""
    try:
        return (
            _spoken(asked, "--lang")
            or _spoken(os.environ.get("TRACKER_LANG"), "TRACKER_LANG")
            or file.written.language
            or locale_language()
        )
    except TrackerError:
        return "vi" if asked == "vi" else locale_language()


def settings_file() -> Path:
    """Where settings.toml is looked for."""
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False) / "settings.toml"


def locale_language() -> Language:
    """Vietnamese when the locale is, else English."""
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "vi" if spoken.lower().startswith("vi") else "en"


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False)


def _sqlite(path: Path) -> str:
    # In a URL these two would begin something else than a part of the path.
    return f"sqlite:///{path.expanduser().absolute()}".replace("%", "%25").replace("?", "%3F")


def _database(given: str | None, option: str) -> str | None:
    if given is None or (not given.strip() and option != "--database"):
        return None
    if not given.strip():
        raise BadOption(option, "invalid", given)
    try:
        return given if is_url(given) else _sqlite(Path(given))
    except (RuntimeError, OSError):
        # ~nobody: there is no such home; and the folder we stand in may be gone.
        raise BadOption(option, "no_home", given) from None


def database_url(given: str) -> str:
    """The URL of a database that is named by a path or a URL. Raises BadOption."""
    return _database(given, "--database") or ""


def _spoken(given: str | None, option: str) -> Language | None:
    if given is None or (not given and option != "--lang"):
        return None
    found = next((known for known in LANGUAGES if known == given.lower()), None)
    if found is None:
        raise UnknownValue(option, given, LANGUAGES)
    return found


def _actor(given: str | None, written: str | None) -> str:
    if given is not None and not clean(given):
        raise BadOption("--actor", "invalid", given)
    return clean(given or os.environ.get("TRACKER_ACTOR") or written or "") or _login()


def _login() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        # A container may run under a number that has no name.
        return f"uid {os.getuid()}"


@dataclass(frozen=True)
class _Written:
    """What settings.toml says; the field names are its keys."""

    database: str | None = None
    actor: str | None = None
    language: Language | None = None
    home: str = Settings.home
    zone: str = Settings.zone
    soon_days: int = Settings.soon_days
    silent_days: int = Settings.silent_days
    review: ReviewPolicy | None = None
    letter: Letterhead | None = None
    theme: str | None = None
    keys: Mapping[str, tuple[str, ...]] | None = None
    backup: BackupPolicy | None = None


def _read(file: Path) -> _Written:
    try:
        text = file.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError):
        return _Written()
    except UnicodeDecodeError:
        raise FileProblem(str(file), "not_text") from None
    except OSError:
        raise FileProblem(str(file), "unreadable") from None
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileRefused(str(file), (Problem(str(file), "", f"not_toml: {error}"),)) from None
    taken: dict[str, object] = {}
    problems: list[Problem] = []
    for key, value in given.items():
        reason = _take(key, value, taken, file.parent)
        problems += [Problem(str(file), at, why) for at, why in reason]
    if problems:
        raise FileRefused(str(file), problems)
    return _Written(**taken)  # type: ignore[arg-type]


def _take(key: str, value: object, taken: dict[str, object], folder: Path) -> list[tuple[str, str]]:
    """Put one key's value where it belongs, or say what is wrong with it and where."""
    match key, value:
        case "database", str() if value.strip():
            try:
                taken[key] = value if is_url(value) else _sqlite(folder / Path(value).expanduser())
            except RuntimeError:
                return [(key, f"no_home: {value}")]
        case "actor", str() if clean(value):
            taken[key] = clean(value)
        case "language", "vi" | "en":
            taken[key] = value
        case "home", str() if _HOME.fullmatch(value):
            taken[key] = value
        case "zone", str():
            if not _is_zone(value):
                return [(key, "unknown_zone")]
            taken[key] = value
        case "soon_days" | "silent_days", int() if _days(value):
            taken[key] = value
        case "review", dict():
            return _take_review(value, taken)
        case "letter", dict():
            return _take_letter(value, taken)
        case "theme", str() if value in THEMES:
            taken[key] = value
        case "keys", dict():
            return _take_keys(value, taken)
        case "backup", dict():
            return _take_backup(value, taken, folder)
        case _:
            known = key in {known.name for known in fields(_Written)}
            return [(key, f"invalid_{key}" if known else "unknown_key")]
    return []


def _take_review(given: Mapping[str, object], taken: dict[str, object]) -> list[tuple[str, str]]:
    from tracker.domain.deadline import ReviewPolicy

    known = {known.name for known in fields(ReviewPolicy)}
    problems = [
        (f"review.{key}", "invalid_days" if key in known else "unknown_key")
        for key, days in given.items()
        if key not in known or not _days(days)
    ]
    if not problems:
        taken["review"] = ReviewPolicy(**given)  # type: ignore[arg-type]
    return problems


def _take_letter(given: Mapping[str, object], taken: dict[str, object]) -> list[tuple[str, str]]:
    from tracker.domain.letterhead import NUMBER, Letterhead

    def fits(key: str, value: object) -> bool:
        match key, value:
            case "number" | "note_number", str():
                # The scheme has one hole, and no other braces that could be meant as one.
                return value.count(NUMBER) == 1 and not {"{", "}"} & set(value.replace(NUMBER, ""))
            case "answer_days", int():
                return _days(value) and value > 0
            case "copies", list():
                return all(isinstance(name, str) and clean(name) for name in value)
            case "to", dict():
                return all(isinstance(name, str) and clean(name) for name in value.values())
            case _, str():
                return key not in ("answer_days", "copies", "to")
            case _:
                return False

    known = {known.name for known in fields(Letterhead)}
    problems = [
        (f"letter.{key}", f"invalid_letter_{key}" if key in ("number", "note_number") else "invalid_letter")
        if key in known
        else (f"letter.{key}", "unknown_key")
        for key, value in given.items()
        if key not in known or not fits(key, value)
    ]
    if not problems:
        read = {key: _cleaned(value) for key, value in given.items()}
        taken["letter"] = Letterhead(**read)  # type: ignore[arg-type]
    return problems


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case list():
            return tuple(map(_cleaned, value))
        case dict():
            return {key: _cleaned(each) for key, each in value.items()}
        case _:
            return value


def _take_keys(given: Mapping[str, object], taken: dict[str, object]) -> list[tuple[str, str]]:
    """Action ids with their keys; what actions and keys there are, only the interface knows."""
    read: dict[str, tuple[str, ...]] = {}
    problems: list[tuple[str, str]] = []
    for action, keys in given.items():
        pressed = tuple(key.strip() for key in keys.split(",")) if isinstance(keys, str) else ()
        if all(pressed) and pressed:
            read[action] = pressed
        else:
            problems.append((f"keys.{action}", "invalid_keys"))
    taken["keys"] = read
    return problems


def _take_backup(given: Mapping[str, object], taken: dict[str, object], folder: Path) -> list[tuple[str, str]]:
    """Where copies go and how many are kept; at least one of each kind, and up to a terabyte without being asked."""
    read: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for key, value in given.items():
        match key, value:
            case "folder", str() if value.strip():
                try:
                    read[key] = folder / Path(value).expanduser()
                except RuntimeError:
                    problems.append((f"backup.{key}", f"no_home: {value}"))
            case "automatic", bool():
                read[key] = value
            case "daily" | "weekly" | "monthly", int() if _days(value) and value > 0:
                read[key] = value
            case "largest", int() if not isinstance(value, bool) and 0 <= value <= 1 << 20:
                read[key] = value
            case _:
                known = key in {known.name for known in fields(BackupPolicy)}
                problems.append((f"backup.{key}", "invalid_backup" if known else "unknown_key"))
    taken["backup"] = BackupPolicy(**read)
    return problems


def state_folder() -> Path:
    """Where what the program keeps for itself lies, apart from the data."""
    from platformdirs import user_state_path

    return user_state_path(APPLICATION, appauthor=False)


def _days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3660


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True
